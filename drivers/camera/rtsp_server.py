"""One RTSP 1.0 connection (RFC 2326) of a simulated camera, pictures interleaved with the answers."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from socketserver import StreamRequestHandler
from typing import Protocol

from drivers.camera.rtp_jpeg import CLOCK_HZ, PAYLOAD_TYPE, interleaved, packets, parse

REALM = "camera"
_LONGEST_LINE = 4096
_MOST_HEADERS = 64
_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN"
_REASONS = {
    200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found",
    455: "Method Not Valid in This State", 461: "Unsupported Transport", 501: "Not Implemented",
}  # fmt: skip
_PAIR = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))')
_CHANNELS = re.compile(r"interleaved=(\d+)-(\d+)")


class Stream(Protocol):
    """What a connection shows."""

    def watch(self, send: Callable[[bytes], object]) -> None:
        """Pass every new JPEG to ``send`` until the camera is switched off or ``send`` raises."""
        ...

    def admits(self, answer: Mapping[str, str], nonce: str, method: str) -> bool:
        """True if ``answer``, a digest's fields, proves that its sender knows the password."""
        ...

    def on_line(self, packet: bytes, *, last: bool) -> None:
        """Called before each packet: may take its time, or raise OSError to cut the line."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """A request: its method, address and headers by lower-case name."""

    method: str
    address: str
    headers: Mapping[str, str]


def digest_response(
    user: str, password: str, answer: Mapping[str, str], nonce: str, method: str
) -> str:
    """What an RFC 2617 digest answer's ``response`` must be."""
    secret = _md5(f"{user}:{REALM}:{password}")
    asked = _md5(f"{method}:{answer.get('uri', '')}")
    if "qop" in answer:
        once = f"{answer.get('nc', '')}:{answer.get('cnonce', '')}:{answer['qop']}"
        return _md5(f"{secret}:{nonce}:{once}:{asked}")
    return _md5(f"{secret}:{nonce}:{asked}")


def matches(answer: Mapping[str, str], expected: str) -> bool:
    """Compare an answer's ``response`` in constant time."""
    return hmac.compare_digest(answer.get("response", "").encode(), expected.encode())


def _md5(text: str) -> str:
    # RTSP 1.0's digest knows nothing else.
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def handler_for(camera: Stream, path: str) -> type[StreamRequestHandler]:
    """A request handler that shows ``camera`` at ``path``."""

    class Handler(_Connection):
        stream, stream_path = camera, path

    return Handler


class _Connection(StreamRequestHandler):
    stream: Stream
    stream_path: str

    def setup(self) -> None:
        super().setup()
        self._nonce = secrets.token_hex(16)
        self._session = secrets.token_hex(4)
        self._channel: int | None = None
        self._player: threading.Thread | None = None
        self._over = threading.Event()
        self._writing = threading.Lock()
        self._sequence = secrets.randbelow(1 << 16)
        self._source = secrets.randbits(32)

    def handle(self) -> None:
        while (request := self._next_request()) is not None:
            if not self._answer(request):
                return

    def finish(self) -> None:
        self._over.set()
        if self._player is not None:
            self._player.join()
        with contextlib.suppress(OSError):
            super().finish()

    def _next_request(self) -> Request | None:
        """None at the end of the connection; the client's RTCP reports are passed over."""
        while (first := self.rfile.read(1)) == b"$":
            head = self.rfile.read(3)
            self.rfile.read(int.from_bytes(head[1:3]))
        if not first:
            return None
        words = (first + self.rfile.readline(_LONGEST_LINE)).decode("utf-8", "replace").split()
        headers: dict[str, str] = {}
        while (line := self.rfile.readline(_LONGEST_LINE).strip()) and len(headers) < _MOST_HEADERS:
            name, _, value = line.decode("utf-8", "replace").partition(":")
            headers[name.strip().lower()] = value.strip()
        if len(words) != 3 or not words[2].startswith("RTSP/"):
            return Request("", "", headers)
        return Request(words[0], words[1], headers)

    def _answer(self, request: Request) -> bool:
        """False once the connection is over."""
        if request.method == "OPTIONS":
            self._reply(request, 200, Public=_METHODS)
        elif not request.method:
            self._reply(request, 400)
        elif not self._admitted(request):
            challenge = f'Digest realm="{REALM}", nonce="{self._nonce}", qop="auth"'
            self._reply(request, 401, **{"WWW-Authenticate": challenge})
        elif request.method == "DESCRIBE":
            self._describe(request)
        elif request.method == "SETUP":
            self._set_up(request)
        elif request.method == "PLAY":
            self._play(request)
        elif request.method == "GET_PARAMETER":
            self._reply(request, 200, Session=self._session)
        elif request.method == "TEARDOWN":
            self._reply(request, 200, Session=self._session)
            return False
        else:
            self._reply(request, 501, Public=_METHODS)
        return True

    def _admitted(self, request: Request) -> bool:
        scheme, _, rest = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "digest":
            rest = ""
        answer = {name: quoted or bare for name, quoted, bare in _PAIR.findall(rest)}
        fresh = answer.get("nonce", self._nonce) == self._nonce
        return fresh and self.stream.admits(answer, self._nonce, request.method)

    def _describe(self, request: Request) -> None:
        if not request.address.endswith(self.stream_path):
            self._reply(request, 404)
            return
        lines = (
            "v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=Camera", "c=IN IP4 0.0.0.0", "t=0 0",
            "a=control:*", f"m=video 0 RTP/AVP {PAYLOAD_TYPE}",
            f"a=rtpmap:{PAYLOAD_TYPE} JPEG/{CLOCK_HZ}", "a=control:track1", "",
        )  # fmt: skip
        described = {"Content-Type": "application/sdp", "Content-Base": f"{request.address}/"}
        self._reply(request, 200, "\r\n".join(lines).encode("ascii"), **described)

    def _set_up(self, request: Request) -> None:
        transport = request.headers.get("transport", "")
        channels = _CHANNELS.search(transport)
        if channels is None or "RTP/AVP/TCP" not in transport or int(channels[1]) > 255:
            self._reply(request, 461)
            return
        self._channel = int(channels[1])
        self._reply(
            request,
            200,
            Transport=f"RTP/AVP/TCP;unicast;interleaved={channels[1]}-{channels[2]}",
            Session=f"{self._session};timeout=60",
        )

    def _play(self, request: Request) -> None:
        if self._channel is None or self._player is not None:
            self._reply(request, 455)
            return
        self._reply(request, 200, Session=self._session, Range="npt=0.000-")
        self._player = threading.Thread(target=self._show, name="rtsp-camera", daemon=True)
        self._player.start()

    def _show(self) -> None:
        with contextlib.suppress(OSError):
            self.stream.watch(self._send_picture)
        # A line cut on purpose, or the camera switched off: the client must see the end.
        self._over.set()
        with contextlib.suppress(OSError):
            self.request.shutdown(2)

    def _send_picture(self, data: bytes) -> None:
        timestamp = int(time.monotonic() * CLOCK_HZ)
        parts = list(packets(parse(data), self._sequence, timestamp, self._source))
        self._sequence += len(parts)
        for packet in parts:
            self.stream.on_line(packet, last=packet is parts[-1])
            if self._over.is_set():
                raise ConnectionAbortedError
            with self._writing:
                self.wfile.write(interleaved(self._channel or 0, packet))

    def _reply(self, request: Request, code: int, body: bytes = b"", /, **headers: str) -> None:
        lines = [f"RTSP/1.0 {code} {_REASONS[code]}", f"CSeq: {request.headers.get('cseq', '0')}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        with self._writing:
            self.wfile.write("\r\n".join([*lines, "", ""]).encode("utf-8") + body)
