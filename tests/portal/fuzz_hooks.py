"""What Schemathesis can't draw: a body that is really sealed, by somebody it may come from."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any

import schemathesis
from portal_support import Clerk

from portal import PortalClient
from portal.contract import lookup_code


@cache
def clerk() -> Clerk:
    with PortalClient(os.environ["FUZZED_PORTAL"], terminal_id="T-1") as client:
        return Clerk(client)


def _sealed(operation: str, case: Any) -> dict[str, Any] | None:
    """A sound body in place of a drawn one; drawn choices (which item, which case) stay."""
    if operation == "createCase":
        items = ("apply-1", "print-1")
        body, _ = clerk().case(items[len(case.body["sealed"]) % len(items)])
        return dict(json.loads(body))
    if operation == "withdrawCase":
        return clerk().action(case.path_parameters["case_no"]).model_dump(mode="json")
    if operation == "query":
        return clerk().query("query-1").model_dump(mode="json")
    if operation == "reportEnding":
        body = dict(case.body)
        for name in ("act", "case_key"):
            body.pop(name, None)
        return {**body, "lookup_code": lookup_code(body["key"])}
    return None


@schemathesis.hook
def before_call(context: Any, case: Any, **_: Any) -> None:
    if not case.meta.generation.mode.is_positive:
        return
    body = _sealed(case.operation.definition.raw.get("operationId", ""), case)
    if body is None:
        return
    case.body = body
    case.headers["Terminal-Id"] = body["terminal"]
    if "key" in body:
        case.headers["Idempotency-Key"] = body["key"]


@schemathesis.serializer("application/offset+octet-stream")
def octets(context: Any, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
