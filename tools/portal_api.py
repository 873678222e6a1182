"""The contract as a page to read (``docs/portal-api.md``), from ``portal/contract/openapi.yaml``.

python tools/portal_api.py            say whether the page is stale
python tools/portal_api.py --write    renew it
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from portal.sandbox.contract_watch import contract  # noqa: E402
from portal.sandbox.problems import STATUS  # noqa: E402

PAGE = ROOT / "docs/portal-api.md"

HEAD = """# The portal's operations

Generated from `portal/contract/openapi.yaml` by `python tools/portal_api.py --write`; do not edit.
What the operations mean together: [portal.md](portal.md).

"""


def page() -> str:
    """The whole page."""
    document = contract()
    lines = [*_overview(document), "", *_problems(), ""]
    for path, item in document["paths"].items():
        for method, operation in item.items():
            lines += [*_operation(document, method, path, operation), ""]
    return HEAD + "\n".join(lines).rstrip() + "\n"


def _overview(document: Mapping[str, Any]) -> Iterator[str]:
    yield "| Operation | | Request | Answer |"
    yield "|---|---|---|---|"
    for path, item in document["paths"].items():
        for method, operation in item.items():
            name = operation["operationId"]
            asked = _body(operation.get("requestBody", {}))
            status, answer = _success(document, operation)
            yield (
                f"| [{name}](#{name.lower()}) | `{method.upper()} {path}` | {asked} | "
                f"{status} {answer} |"
            )


def _problems() -> Iterator[str]:
    yield "## Refusals"
    yield ""
    yield "Documents by RFC 9457. A terminal goes by `code` and `retryable` only."
    yield ""
    yield "| `code` | Status | Worth asking again | Meaning |"
    yield "|---|---|---|---|"
    for code, (status, retryable, title) in STATUS.items():
        yield f"| `{code.value}` | {status} | {'yes' if retryable else 'no'} | {title} |"


def _operation(
    document: Mapping[str, Any], method: str, path: str, operation: Mapping[str, Any]
) -> Iterator[str]:
    yield f"## {operation['operationId']}"
    yield ""
    yield f"`{method.upper()} {path}`: {operation['summary']}."
    if "description" in operation:
        yield ""
        yield " ".join(operation["description"].split())
    parameters = [_resolved(document, each) for each in operation.get("parameters", ())]
    if parameters:
        yield ""
        yield "| Parameter | In | Required | |"
        yield "|---|---|---|---|"
        for one in parameters:
            required = "yes" if one.get("required") else "no"
            told = one.get("description", "")
            yield f"| `{one['name']}` | {one['in']} | {required} | {told} |"
    yield ""
    if "requestBody" in operation:
        yield f"- Request: {_body(operation['requestBody'])}"
    for status, response in operation["responses"].items():
        resolved = _resolved(document, response)
        told = " ".join(resolved["description"].split())
        shown = "Else" if status == "default" else status
        content = _body(resolved)
        yield f"- {shown}: {told}" + (f", {content}" if content else "")


def _success(document: Mapping[str, Any], operation: Mapping[str, Any]) -> tuple[str, str]:
    for status, response in operation["responses"].items():
        if str(status).startswith("2"):
            return str(status), _body(_resolved(document, response))
    raise ValueError(f"{operation['operationId']} never succeeds")


def _body(node: Mapping[str, Any]) -> str:
    told = []
    for media, content in node.get("content", {}).items():
        schema = content["schema"]
        if schema.get("type") == "array":
            schema = {"$ref": f"{schema['items'].get('$ref', '')} list"}
        reference = schema.get("$ref")
        told.append(f"`{reference.rsplit('/', 1)[-1]}`" if reference else media)
    return ", ".join(told)


def _resolved(document: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = document
    if "$ref" not in node:
        return node
    for part in node["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return _resolved(document, found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="The contract as a page.")
    parser.add_argument("--write", action="store_true", help="renew the page")
    if parser.parse_args(arguments).write:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != page():
        sys.stdout.write("docs/portal-api.md is stale: run python tools/portal_api.py --write\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
