"""The judge: the portal of a campaign, which owns the truth and answers as badly as portals do.

HTTPS with a key of its own making. Applies a key once; between applying and answering it hangs up,
cuts the answer short, answers with an error, with rubbish, with another key's receipt, twice, or
not in time. What was really applied is what counts.
"""

from __future__ import annotations

import hashlib
import json
import random
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc.jwk import ECKey

from kiosk.torture.certificate import make_certificate
from kiosk.torture.shelf import Shelf, UploadHandler
from portal.contract.sealing import SealError, open_sealed

BEFORE = ("hang_up", "busy", "refused", "rubbish")
AFTER = ("hang_up", "cut_short", "error", "other_key", "twice", "late")
LATE_S = 0.6
"""Longer than the victim waits between two reads."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A submission that took effect."""

    key: str
    case: str
    seq: int
    digest: str


class Judge:
    """Serves until :meth:`stop`. ``faults``: share of requests that meet one (0 to 1)."""

    def __init__(self, folder: Path, seed: int, faults: float = 0.4) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - a campaign can be repeated
        self._lock = threading.Lock()
        self._key: ECKey = ECKey.generate_key("P-256")
        self.faults = faults
        self.effects: list[Effect] = []
        self.refused: set[str] = set()
        self.doubts: list[str] = []
        """What no honest terminal does: another body under a used key, a broken seal."""
        self.replays = 0
        self.told: dict[str, str] = {}
        """Key of a submission → how its terminal says it ended."""
        self.shelf = Shelf(random.Random(seed + 1))  # noqa: S311 - a campaign can be repeated
        self._digests: dict[str, str] = {}
        self.ca_file, certificate = make_certificate(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server = _Server(("127.0.0.1", 0), self, context)
        self.url = f"https://localhost:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, name="judge", daemon=True).start()

    @property
    def public_jwk(self) -> dict[str, Any]:
        """The key submissions are sealed to."""
        return {**self._key.as_dict(private=False), "kid": "judge"}

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def plan(self) -> tuple[str, str]:
        """What goes wrong with the next request, before and after it is applied; mostly nothing."""
        with self._lock:
            if self._rng.random() >= self.faults:
                return "", ""
            if self._rng.random() < 0.4:
                return self._rng.choice(BEFORE), ""
            return "", self._rng.choice(AFTER)

    def apply(self, key: str, body: bytes) -> bool | None:
        """Let a submission take effect, once; False if it is refused for good, None as long as an
        upload of it is not whole."""
        digest = hashlib.sha256(body).hexdigest()
        with self._lock:
            if key in self._digests:
                self.replays += 1
                if self._digests[key] != digest:
                    self.doubts.append(f"{key} came again with another body")
                return key not in self.refused
            try:
                envelope = json.loads(body)
                content = json.loads(open_sealed(envelope["sealed"], self._key))
                whole = self.shelf.claim(key, envelope, content)
            except (SealError, ValueError, KeyError):
                self.doubts.append(f"{key} cannot be opened")
                return False
            if not whole:
                return None
            self._digests[key] = digest
            if content["filler"].startswith("refuse"):
                self.refused.add(key)
                return False
            self.effects.append(Effect(key, content["case"], content["seq"], digest))
            return True

    def hear(self, report: Mapping[str, Any]) -> None:
        """Note how a submission ended; of one key always the same is said."""
        with self._lock:
            if self.told.setdefault(report["key"], report["how"]) != report["how"]:
                self.doubts.append(f"{report['key']} ended as {report['how']}, too")

    def known(self, key: str) -> bool:
        """Whether ``key`` took effect."""
        with self._lock:
            return any(effect.key == key for effect in self.effects)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], judge: Judge, context: ssl.SSLContext) -> None:
        self.judge = judge
        self.context = context
        super().__init__(address, _Handler)

    def get_request(self) -> tuple[Any, Any]:
        connection, address = super().get_request()
        # the handshake is the handler thread's: a client killed in it must hold up nobody
        return self.context.wrap_socket(
            connection, server_side=True, do_handshake_on_connect=False
        ), address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that die in the middle are what this is about."""


class _Handler(UploadHandler):
    server: _Server

    def shelf(self) -> Shelf:
        return self.server.judge.shelf

    def plan(self) -> tuple[str, str]:
        return self.server.judge.plan()

    def late(self) -> None:
        # the waiting client gives up first; no test waits for this thread
        threading.Event().wait(LATE_S)

    def do_POST(self) -> None:
        body = self.body()
        if body is None:
            return
        if self.path == "/v1/uploads":
            self.begin_upload()
            return
        if self.path == "/v1/endings":
            self._hear(json.loads(body))
            return
        key = self.headers.get("Idempotency-Key", "")
        before, after = self.server.judge.plan()
        if before == "hang_up":
            self.close_connection = True
        elif before == "busy":
            self.problem(503, "gateway_unavailable", retryable=True)
        elif before == "refused":
            self.problem(429, "rate_limited", retryable=True)
        elif before == "rubbish":
            self.send(200, "text/html", b"<html>log in to the network</html>")
        elif (applied := self.server.judge.apply(key, body)) is None:
            self.problem(409, "upload_incomplete", retryable=True)
        elif not applied:
            self.problem(400, "form_invalid", retryable=False)
        else:
            self._answer(201, key, after)

    def do_GET(self) -> None:
        key = parse_qs(urlsplit(self.path).query).get("key", [""])[0]
        before, after = self.server.judge.plan()
        if before:
            self.close_connection = True
        elif self.server.judge.known(key):
            self._answer(200, key, after)
        else:
            self.problem(404, "not_found", retryable=False)

    def _hear(self, report: Mapping[str, Any]) -> None:
        before, after = self.server.judge.plan()
        if before:
            self.problem(503, "gateway_unavailable", retryable=True)
            return
        self.server.judge.hear(report)
        if after:
            self.close_connection = True  # it knows; the terminal does not
            return
        receipt = {"key": report["key"], "noted": True}
        self.send(200, "application/json", json.dumps(receipt).encode())

    def _answer(self, status: int, key: str, fault: str) -> None:
        if fault == "hang_up":
            self.close_connection = True
            return
        if fault == "error":
            self.problem(500, "internal", retryable=True)
            return
        if fault == "late":
            self.late()
        body = _receipt("00000000-0000-7000-8000-000000000000" if fault == "other_key" else key)
        if fault == "cut_short":
            self.send(status, "application/json", body, sent=len(body) // 2)
            self.close_connection = True
            return
        self.send(status, "application/json", body)
        if fault == "twice":
            self.send(status, "application/json", body)


def _receipt(key: str) -> bytes:
    now = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
    return json.dumps(
        {
            "key": key,
            "case_no": f"T-{key[-12:]}",
            "lookup_code": "0123ABCD000J",
            "state": "submitted",
            "accepted_at": now,
            "authority_zh": "演练",
            "authority_en": "Exercise",
            "destination": "440500",
        }
    ).encode()
