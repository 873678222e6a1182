"""The judge's uploads (tus 1.0.0), answered as badly as its cases, now and then forgotten."""

from __future__ import annotations

import hashlib
import itertools
import random
import threading
from abc import ABC, abstractmethod
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.torture.answering import Answering
from portal.contract.chunks import open_chunks

_FORGETS = 0.02
"""Share of requests at which an unfinished upload has expired."""


@dataclass(slots=True)
class Shelved:
    """An upload: what has arrived, and the case that holds it."""

    key: str
    length: int
    content: bytearray = field(default_factory=bytearray)
    case: str = ""


class Shelf:
    """All uploads. Thread-safe. ``doubts``: what no honest terminal does, and no wire either."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._lock = threading.Lock()
        self._serial = itertools.count(1)
        self._by_id: dict[str, Shelved | None] = {}
        self._by_key: dict[str, str] = {}
        self.doubts: list[str] = []
        self.figures = {"uploads begun": 0, "chunks taken": 0, "uploads forgotten": 0}
        self.forgetful = True

    def begin(self, key: str, length: int) -> tuple[str, int]:
        """The id of the upload under ``key``, and how far it has come."""
        with self._lock:
            found = self._by_key.get(key)
            shelved = self._by_id.get(found) if found is not None else None
            if found is None or shelved is None:
                found, shelved = f"u{next(self._serial)}", Shelved(key, length)
                self._by_key[key], self._by_id[found] = found, shelved
                self.figures["uploads begun"] += 1
            if shelved.length != length:
                self.doubts.append(f"{key} came again with another length")
            return found, len(shelved.content)

    def get(self, upload_id: str) -> Shelved | int:
        """The upload, or the status that says why there is none."""
        with self._lock:
            if upload_id not in self._by_id:
                return 404
            shelved = self._by_id[upload_id]
            if shelved is None:
                return 410
            unfinished = len(shelved.content) < shelved.length
            if self.forgetful and unfinished and self._rng.random() < _FORGETS:
                self._by_id[upload_id] = None
                self.figures["uploads forgotten"] += 1
                return 410
            return shelved

    def append(self, shelved: Shelved, offset: int, part: bytes, checksum: str) -> int:
        """Take ``part``; the status to answer with."""
        with self._lock:
            if offset != len(shelved.content):
                return 409
            algorithm, _, coded = checksum.partition(" ")
            if algorithm != "sha256" or b64decode(coded) != hashlib.sha256(part).digest():
                self.doubts.append(f"{shelved.key} has a wrong checksum on a whole body")
                return 460
            if offset + len(part) > shelved.length:
                self.doubts.append(f"{shelved.key} is longer than was said")
                return 413
            shelved.content += part
            self.figures["chunks taken"] += 1
            return 204

    def claim(self, case: str, envelope: Mapping[str, Any], content: Mapping[str, Any]) -> bool:
        """Give a case its uploads, opened and looked at; False while one is not whole."""
        refs, described = envelope.get("uploads", []), content.get("attachments", [])
        with self._lock:
            held = [self._by_id.get(self._by_key.get(ref["key"], "")) for ref in refs]
            if any(one is None or len(one.content) < one.length for one in held):
                return False
            if [ref["key"] for ref in refs] != [each["upload"] for each in described]:
                self.doubts.append(f"{case} refers to other uploads than it describes")
            for ref, each, one in zip(refs, described, held, strict=True):
                if one is not None:
                    self._examine(case, content, ref, each, one)
            return True

    def _examine(
        self,
        case: str,
        content: Mapping[str, Any],
        ref: Mapping[str, Any],
        described: Mapping[str, Any],
        one: Shelved,
    ) -> None:
        if one.case not in ("", case):
            self.doubts.append(f"{one.key} belongs to {one.case} and to {case}")
        one.case = case
        if hashlib.sha256(one.content).hexdigest() != ref["sha256"] or one.length != ref["size"]:
            self.doubts.append(f"{one.key} is not what {case} says it is")
            return
        step, size = described["step"], one.length
        chunks = [bytes(one.content[at : at + step]) for at in range(0, size, step)]
        secret = urlsafe_b64decode(described["secret"] + "=")
        opened = b"".join(open_chunks(chunks, secret, case, one.key, len(chunks)))
        if not opened.startswith(f"{content['case']} {content['seq']} ".encode()):
            self.doubts.append(f"{one.key} holds a paper of another submission")


class UploadHandler(Answering, ABC):
    """Requests below ``/v1/uploads``."""

    @abstractmethod
    def shelf(self) -> Shelf:
        """The judge's shelf."""

    @abstractmethod
    def plan(self) -> tuple[str, str]:
        """What goes wrong with this request, before and after it is done."""

    @abstractmethod
    def late(self) -> None:
        """Wait until the client has given up."""

    def do_PATCH(self) -> None:
        body = self.body()
        if body is None:
            return
        offset = int(self.headers.get("Upload-Offset", "-1"))
        checksum = self.headers.get("Upload-Checksum", "")

        def append(shelved: Shelved) -> int:
            return self.shelf().append(shelved, offset, body, checksum)

        self._with_faults(lambda: self._at_upload(append))

    def do_HEAD(self) -> None:
        self._with_faults(lambda: self._at_upload(lambda _shelved: 200))

    def begin_upload(self) -> None:
        """POST /v1/uploads."""
        key, length = self.headers["Idempotency-Key"], int(self.headers["Upload-Length"])

        def begin() -> tuple[int, dict[str, str]]:
            upload_id, offset = self.shelf().begin(key, length)
            return 201, {"Location": f"uploads/{upload_id}", "Upload-Offset": str(offset)}

        self._with_faults(begin)

    def _at_upload(self, do: Callable[[Shelved], int]) -> tuple[int, dict[str, str]]:
        shelved = self.shelf().get(self.path.rpartition("/")[2])
        if isinstance(shelved, int):
            return shelved, {}
        status = do(shelved)
        return status, {
            "Upload-Offset": str(len(shelved.content)),
            "Upload-Length": str(shelved.length),
        }

    def _with_faults(self, do: Callable[[], tuple[int, dict[str, str]]]) -> None:
        before, after = self.plan()
        if before == "hang_up":
            self.close_connection = True
            return
        if before == "rubbish":
            self.send(200, "text/html", b"<html>log in to the network</html>")
            return
        if before:
            self.problem(503, "maintenance", retryable=True)
            return
        status, headers = do()
        if after in ("hang_up", "cut_short"):
            self.close_connection = True
        elif after == "error":
            self.problem(500, "internal", retryable=True)
        else:
            if after == "late":
                self.late()
            if status >= 400:
                self.problem(
                    status, "expired" if status == 410 else "invalid_request", retryable=False
                )
            else:
                self.send(status, "", b"", headers)
