"""The terminal's side of ``/v1/uploads`` (tus 1.0.0), one request a call."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from portal.contract.base import ProblemCode
from portal.outcomes import Answer, NoAnswer, NoAnswerCode, Outcome, Problem, Unreachable
from portal.transport import Reply, Transport, problem_of, retry_after_s

_PATH = "/v1/uploads"
_VERSION = {"Tus-Resumable": "1.0.0"}
_MEDIA = "application/offset+octet-stream"
_MAX_ANSWER = 64 * 1024
SLOWEST_BYTES_S = 8 * 1024
"""A line slower than this cannot be told from one that hangs."""
_GONE = (404, 410)
_HEAD_MEANS = {429: ProblemCode.RATE_LIMITED, 503: ProblemCode.MAINTENANCE}


@dataclass(frozen=True, slots=True)
class Begun:
    """An upload: where it is sent to (a path below the portal's address) and how far it has come."""

    location: str
    offset: int


class Gone:
    """The upload has expired, was given up, or was never begun: begin it again."""


class UploadClient:
    """Begins and continues uploads through ``transport``. Safe to use from several threads."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def begin(self, key: str, size: int, about: Mapping[str, str]) -> Outcome[Begun]:
        """Begin the upload of ``size`` bytes that a case will call ``key``, or find it.

        ``about`` goes along in clear (Upload-Metadata): nothing personal. With ``sha256`` (hex) among it
        one begun with another digest, by a forged export perhaps, makes way.
        """
        described = ",".join(
            f"{name} {b64encode(value.encode()).decode()}" for name, value in about.items()
        )
        headers = {"Idempotency-Key": key, "Upload-Length": str(size)}
        if described:
            headers["Upload-Metadata"] = described
        reply = self._request("POST", _PATH, headers, b"")
        if not isinstance(reply, Reply):
            return reply
        if reply.status != 201:
            return problem_of(reply)
        location, offset = self._location(reply), _offset(reply, size)
        if location is None or offset is None:
            return NoAnswer(NoAnswerCode.GARBAGE, reply.status)
        return Answer(Begun(location, offset))

    def offset(self, location: str, size: int) -> Outcome[int | Gone]:
        """How far the upload of ``size`` bytes has come."""
        reply = self._request("HEAD", location, {}, None)
        if not isinstance(reply, Reply):
            return reply
        if reply.status in _GONE:
            return Answer(Gone())
        if reply.status >= 400:
            return _refused_head(reply)
        offset = _offset(reply, size)
        if offset is None or reply.headers.get("Upload-Length") != str(size):
            return NoAnswer(NoAnswerCode.GARBAGE, reply.status)
        return Answer(offset)

    def append(
        self, location: str, offset: int, part: bytes, size: int
    ) -> Outcome[int | Gone | None]:
        """Send ``part`` at ``offset``; where the upload stands now. ``None``: nothing was taken, as
        it stands elsewhere (409) or the bytes changed on their way (460): ask, and send again."""
        checksum = b64encode(hashlib.sha256(part).digest()).decode()
        headers = {
            "Content-Type": _MEDIA,
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {checksum}",
        }
        reply = self._request("PATCH", location, headers, part)
        if not isinstance(reply, Reply):
            return reply
        if reply.status in _GONE:
            return Answer(Gone())
        if reply.status in (409, 460):
            return Answer(None)
        if reply.status != 204:
            return problem_of(reply)
        now = _offset(reply, size)
        if now is None or not offset < now <= offset + len(part):
            return NoAnswer(NoAnswerCode.GARBAGE, reply.status)
        return Answer(now)

    def terminate(self, location: str) -> Outcome[None]:
        """Give an upload up; one that is gone already is as good."""
        reply = self._request("DELETE", location, {}, None)
        if not isinstance(reply, Reply):
            return reply
        return Answer(None) if reply.status in (204, *_GONE) else problem_of(reply)

    def _request(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> Reply | Unreachable | NoAnswer:
        return self._transport.request(
            method,
            path,
            headers={**_VERSION, **headers},
            body=body,
            max_body=_MAX_ANSWER,
            patience_s=len(body or b"") / SLOWEST_BYTES_S,
        )

    def _location(self, reply: Reply) -> str | None:
        """The path of the new upload; ``None`` when it is not one of this portal's."""
        base = self._transport.base_url
        url = urljoin(base + _PATH, reply.headers.get("Location", ""))
        upload_id = url.removeprefix(base + _PATH + "/")
        if upload_id == url or not upload_id.isascii() or not upload_id.isalnum():
            return None
        return f"{_PATH}/{upload_id}"


def _offset(reply: Reply, size: int) -> int | None:
    value = reply.headers.get("Upload-Offset", "")
    if not (value.isascii() and value.isdigit() and len(value) <= 15) or int(value) > size:
        return None
    return int(value)


def _refused_head(reply: Reply) -> Problem | NoAnswer:
    """A refusal without its document: an answer to HEAD has no body."""
    if reply.media_type() != "application/problem+json":
        return NoAnswer(NoAnswerCode.BAD_STATUS, reply.status)
    code = _HEAD_MEANS.get(reply.status, ProblemCode.read("", reply.status))
    retryable = reply.status >= 500 or reply.status == 429
    after = retry_after_s(reply.headers.get("Retry-After"))
    return Problem(code, retryable, after, reply.status, (), "")
