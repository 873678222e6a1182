"""What is generated from the failure catalogue (``drivers/failures.toml``).

python tools/failures.py            say what is stale or wrong
python tools/failures.py --write    renew drivers/failure_codes.py and docs/devices/failures.md
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from drivers.failures import ACTIONS, CatalogueError, FailureEntry, failure_catalogue  # noqa: E402

TYPES = ROOT / "drivers/failure_codes.py"
PAGE = ROOT / "docs/devices/failures.md"

TYPES_HEAD = '''"""Every code of the failure catalogue as a type, so that mypy finds a misspelt one.

Generated from ``failures.toml`` by ``python tools/failures.py --write``; do not edit.
"""

from typing import Literal, TypeAlias

FailureCode: TypeAlias = Literal[
'''

PAGE_HEAD = """# Failures

Generated from [`drivers/failures.toml`](../../drivers/failures.toml) by
`python tools/failures.py --write`; do not edit. `kiosk devices explain CODE` shows the same on a
terminal. Every code is brought about at a simulator by a test (`tests/drivers/test_failures_reached.py`).

"""


def types_text(entries: Iterable[FailureEntry]) -> str:
    """The module with the type of all codes."""
    return TYPES_HEAD + "".join(f'    "{entry.code}",\n' for entry in entries) + "]\n"


def _family(entry: FailureEntry) -> str:
    return entry.code.partition(".")[0]


def page_text(entries: Sequence[FailureEntry]) -> str:
    """The page: the actions, a table of all codes, then each code in full."""
    lines = ["| action | meaning | codes |", "|---|---|---|"]
    for action, meaning in ACTIONS.items():
        codes = ", ".join(_link(entry) for entry in entries if entry.action is action)
        lines.append(f"| {action.value} | {meaning} | {codes} |")
    for family in dict.fromkeys(map(_family, entries)):
        lines += ["", f"## {family}"]
        for entry in entries:
            if _family(entry) == family:
                lines += ["", *_full(entry)]
    return PAGE_HEAD + "\n".join(lines) + "\n"


def _link(entry: FailureEntry) -> str:
    anchor = entry.code.replace(".", "")
    return f"[{entry.code}](#{anchor})"


def _full(entry: FailureEntry) -> list[str]:
    return [
        f"### {entry.code}",
        "",
        f"Devices: {', '.join(entry.devices)}. Action: {entry.action.value}. Picture: {entry.part}.",
        "",
        f"- Cause: {' '.join(entry.causes)}",
        f"- Resident: {entry.zh} {entry.en}",
        f"- Staff: {entry.staff_zh} {entry.staff_en}",
        f"- Technician: {entry.technician}",
    ]


def generated() -> dict[Path, str]:
    """Path to the text that should be there."""
    entries = list(failure_catalogue().values())
    return {TYPES: types_text(entries), PAGE: page_text(entries)}


def stale() -> list[str]:
    """Files that do not hold what the catalogue says."""
    return [
        f"{path.relative_to(ROOT)} is stale: run python tools/failures.py --write"
        for path, text in generated().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="What is generated from the failure catalogue.")
    parser.add_argument("--write", action="store_true", help="renew the generated files")
    options = parser.parse_args(arguments)
    try:
        texts = generated()
    except CatalogueError as error:
        print(error)
        return 1
    if options.write:
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")
        return 0
    found = stale()
    print("\n".join(found) or "Types and page are up to date.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
