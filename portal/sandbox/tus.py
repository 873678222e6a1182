"""``/v1/uploads`` as tus 1.0.0 wants it: core, creation, expiration, checksum, termination.

https://tus.io/protocols/resumable-upload. Without a checksum what arrived before a cut is kept; a
piece with a checksum counts whole or not at all, as half of it cannot be checked.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64decode
from collections.abc import Awaitable, Callable
from email.utils import formatdate

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from portal.contract.base import ProblemCode
from portal.sandbox.problems import Refusal, problem_response
from portal.sandbox.uploads import MAX_SIZE, Upload, Uploads, offset_differs, said_digest

VERSION = "1.0.0"
CHECKSUM_MISMATCH = 460
MEDIA = "application/offset+octet-stream"
_ALGORITHMS = {"sha256": hashlib.sha256, "sha1": hashlib.sha1}
_PIECE = 256 << 10
_MAX_CHECKED = 8 << 20
"""Bytes of a piece with a checksum: it is held in memory until it has been checked."""
_KEY = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
_METADATA = re.compile(
    r"^([!-+\--~]+( [A-Za-z0-9+/]+={0,2})?)(, ?[!-+\--~]+( [A-Za-z0-9+/]+={0,2})?)*$"
)
_DIGEST = re.compile(r"^([0-9a-f]{64})?$")

Answer = Callable[[Request], Awaitable[Response]]


def add_upload_routes(app: FastAPI, uploads: Uploads) -> None:
    """Add the routes of the shelf ``uploads``."""
    desk = _Desk(uploads)
    app.add_route("/v1/uploads", _spoken(desk.create), methods=["POST", "OPTIONS"])
    app.add_route(
        "/v1/uploads/{upload_id}", _spoken(desk.one), methods=["HEAD", "PATCH", "DELETE", "OPTIONS"]
    )


def _spoken(answer: Answer) -> Answer:
    """``answer`` with what holds for every request and response of the protocol."""

    async def run(request: Request) -> Response:
        try:
            if request.method == "OPTIONS":
                response = _capabilities()
            elif request.headers.get("tus-resumable") != VERSION:
                response = problem_response(Refusal(ProblemCode.INVALID_REQUEST, status=412))
                response.headers["Tus-Version"] = VERSION
            else:
                response = await answer(request)
        except Refusal as refusal:
            response = problem_response(refusal)
        except ClientDisconnect:
            # nobody is there to read it
            response = problem_response(Refusal(ProblemCode.INVALID_REQUEST))
        response.headers["Tus-Resumable"] = VERSION
        return response

    return run


def _capabilities() -> Response:
    return Response(
        status_code=204,
        headers={
            "Tus-Version": VERSION,
            "Tus-Extension": "creation,expiration,checksum,termination",
            "Tus-Max-Size": str(MAX_SIZE),
            "Tus-Checksum-Algorithm": ",".join(_ALGORITHMS),
        },
    )


class _Desk:
    def __init__(self, uploads: Uploads) -> None:
        self._uploads = uploads

    async def create(self, request: Request) -> Response:
        key, described = _header(request, "idempotency-key"), request.headers.get("upload-metadata")
        if not _KEY.match(key):
            raise _invalid("Idempotency-Key")
        if described is not None and not _is_metadata(described):
            raise _invalid("Upload-Metadata")
        length = _number(request, "upload-length")
        upload, replayed = await run_in_threadpool(
            self._uploads.create, key, _terminal(request), length, described or ""
        )
        headers = _standing(upload)
        # relative to this request, whatever stands in front of the portal calls it
        headers["Location"] = f"uploads/{upload.upload_id}"
        if replayed:
            headers["Idempotency-Replayed"] = "true"
        return Response(status_code=201, headers=headers)

    async def one(self, request: Request) -> Response:
        upload_id, terminal = request.path_params["upload_id"], _terminal(request)
        if request.method == "DELETE":
            await run_in_threadpool(self._uploads.terminate, upload_id, terminal)
            return Response(status_code=204)
        if request.method == "PATCH":
            return await self._append(request, upload_id, terminal)
        upload = await run_in_threadpool(self._uploads.get, upload_id, terminal)
        headers = _standing(upload) | {"Upload-Length": str(upload.length)}
        if upload.described:
            headers["Upload-Metadata"] = upload.described
        return Response(status_code=200, headers=headers)

    async def _append(self, request: Request, upload_id: str, terminal: str) -> Response:
        if request.headers.get("content-type", "") != MEDIA:
            raise Refusal(ProblemCode.INVALID_REQUEST, status=415)
        offset, checksum = _number(request, "upload-offset"), _checksum(request)
        upload = await run_in_threadpool(self._uploads.get, upload_id, terminal)
        if upload.received != offset:
            raise offset_differs()
        if checksum is None:
            upload = await self._append_as_it_comes(request, upload, terminal)
        else:
            body = await _checked(request, *checksum)
            upload = await run_in_threadpool(
                self._uploads.append, upload_id, terminal, offset, body
            )
        return Response(status_code=204, headers=_standing(upload))

    async def _append_as_it_comes(self, request: Request, upload: Upload, terminal: str) -> Upload:
        waiting = bytearray()

        async def keep() -> Upload:
            kept = await run_in_threadpool(
                self._uploads.append, upload.upload_id, terminal, upload.received, bytes(waiting)
            )
            waiting.clear()
            return kept

        try:
            async for part in request.stream():
                waiting += part
                if len(waiting) >= _PIECE:
                    upload = await keep()
        except ClientDisconnect:
            await keep()
            raise
        return await keep()


async def _checked(request: Request, algorithm: str, expected: bytes) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MAX_CHECKED:
            raise Refusal(ProblemCode.INVALID_REQUEST, status=413)
    if not hmac.compare_digest(_ALGORITHMS[algorithm](body).digest(), expected):
        fields = [("/Upload-Checksum", "differs")]
        raise Refusal(ProblemCode.INVALID_REQUEST, status=CHECKSUM_MISMATCH, fields=fields)
    return bytes(body)


def _is_metadata(described: str) -> bool:
    if not _METADATA.match(described):
        return False
    try:
        return _DIGEST.match(said_digest(described)) is not None
    except ValueError:
        return False


def _standing(upload: Upload) -> dict[str, str]:
    headers = {"Upload-Offset": str(upload.received), "Cache-Control": "no-store"}
    if upload.expires_at is not None:
        headers["Upload-Expires"] = formatdate(upload.expires_at, usegmt=True)
    return headers


def _checksum(request: Request) -> tuple[str, bytes] | None:
    header = request.headers.get("upload-checksum")
    if header is None:
        return None
    algorithm, _, coded = header.partition(" ")
    try:
        expected = b64decode(coded, validate=True)
    except ValueError as error:
        raise _invalid("Upload-Checksum") from error
    if algorithm not in _ALGORITHMS:
        raise _invalid("Upload-Checksum")
    return algorithm, expected


def _terminal(request: Request) -> str:
    return _header(request, "terminal-id")


def _header(request: Request, name: str) -> str:
    value = request.headers.get(name, "")
    if not value:
        raise _invalid(name)
    return value


def _number(request: Request, name: str) -> int:
    value = _header(request, name)
    if not (value.isascii() and value.isdigit() and len(value) <= 15):
        raise _invalid(name)
    return int(value)


def _invalid(header: str) -> Refusal:
    return Refusal(ProblemCode.INVALID_REQUEST, fields=[(f"/{header}", "invalid")])
