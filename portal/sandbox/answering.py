"""What every route does with a request and an answer: bounded bodies, agreeing headers, no store."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from portal.contract.base import ProblemCode
from portal.sandbox.once import Kept
from portal.sandbox.problems import Refusal

MAX_BODY = 8 * 1024 * 1024
NO_STORE = {"Cache-Control": "no-store"}


async def read_body(request: Request) -> bytes:
    """The whole JSON body, bounded; raises :class:`Refusal`."""
    media = request.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    if media != "application/json":
        raise Refusal(ProblemCode.INVALID_REQUEST, status=415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise Refusal(ProblemCode.INVALID_REQUEST, status=413)
    return bytes(body)


def check_headers(request: Request, terminal: str, key: str | None) -> None:
    """Terminal and key of the body are those of the headers, or it is a :class:`Refusal`."""
    if request.headers.get("terminal-id") != terminal:
        raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/terminal", "differs_from_header")])
    if key is not None and request.headers.get("idempotency-key") != key:
        raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/key", "differs_from_header")])


def json_answer(answer: BaseModel, status: int = 200) -> Response:
    """An answer that nobody may store."""
    return Response(
        answer.model_dump_json(),
        status_code=status,
        media_type="application/json",
        headers=NO_STORE,
    )


def json_bytes(body: bytes, headers: Mapping[str, str]) -> Response:
    """An answer that may be kept, as ``headers`` say."""
    return Response(body, media_type="application/json", headers=dict(headers))


def etags(header: str | None) -> list[str]:
    """What an If-None-Match names."""
    return [tag.strip().removeprefix("W/") for tag in (header or "").split(",")]


def kept_answer(kept: Kept) -> Response:
    """The answer kept under a key, marked when it was given before."""
    headers = dict(NO_STORE)
    if kept.replayed:
        headers["Idempotency-Replayed"] = "true"
    return Response(kept.body, status_code=201, media_type="application/json", headers=headers)
