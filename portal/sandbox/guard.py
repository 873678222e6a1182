"""Who may ask the sandbox: with an authority, only terminals with a certificate of its own, which
sign what they submit and what they change in a person's session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.contract.base import ProblemCode
from portal.contract.signatures import COVERED, IN_SESSION, MAX_AGE_S, SignatureError, verify
from portal.contract.signatures import Message as SignedParts
from portal.identity import common_name, thumbprint
from portal.sandbox.answering import MAX_BODY
from portal.sandbox.faults import TRANSPORT
from portal.sandbox.problems import Refusal, problem_response
from portal.sandbox.sessions import Sessions
from portal.sandbox.terminals import Terminals
from portal.sandbox.tls import peer_certificate
from portal.sandbox.tokens import TokenDesk

OPEN = frozenset({("GET", "/v1/time"), ("POST", "/v1/enrolments")})
"""What anybody may ask: a terminal without a good certificate must be able to find out why."""
WITHOUT_TOKEN = frozenset(
    {"/v1/health", "/v1/tokens", "/v1/terminals/self", "/v1/terminals/self/certificate"}
)
"""What a certificate alone opens."""
_PEER = "citizen_window.peer"


@dataclass(frozen=True, slots=True)
class Peer:
    """Who asks, as its certificate says."""

    terminal: str
    certificate: x509.Certificate


def peer_of(scope: Scope) -> Peer | None:
    """Who asks; None where the guard demanded nothing."""
    peer: Peer | None = scope.get("extensions", {}).get(_PEER)
    return peer


_SUBMISSIONS = ("/v1/cases", "/v1/endings", "/v1/evaluations", "/v1/drafts")
"""What is posted under a key is signed, and so is what claims a draft, withdraws a case, or says how a
submission ended."""


class TerminalGuard:
    """ASGI middleware. What is not of the contract (pages for phones, controls) passes."""

    def __init__(
        self,
        app: ASGIApp,
        terminals: Terminals,
        tokens: TokenDesk,
        sessions: Sessions,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._app = app
        self._tokens = tokens
        self._sessions = sessions
        self._clock = clock
        self._terminals = terminals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through or refuse."""
        guarded = scope["type"] == "http" and scope["path"].startswith("/v1/")
        if guarded and (scope["method"], scope["path"]) not in OPEN:
            try:
                peer = self._admit(scope)
                covered = _covered(scope)
                if covered:
                    receive = await self._signed(scope, receive, peer, covered)
            except Refusal as refusal:
                await problem_response(refusal)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _signed(
        self, scope: Scope, receive: Receive, peer: Peer, covered: Sequence[str]
    ) -> Receive:
        """Check the signature over the whole body, and give the body again."""
        body = bytearray()
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > MAX_BODY:
                raise Refusal(ProblemCode.INVALID_REQUEST, status=413)
            if not message.get("more_body", False):
                break
        if message["type"] == "http.request":
            self._check_signature(scope, bytes(body), peer, covered)
        whole = iter([{"type": message["type"], "body": bytes(body), "more_body": False}])

        async def again() -> Message:
            return next(whole, None) or await receive()

        return again

    def _check_signature(
        self, scope: Scope, body: bytes, peer: Peer, covered: Sequence[str]
    ) -> None:
        headers: dict[str, str] = {}
        for raw_name, raw_value in scope["headers"]:
            name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
            # a field that comes twice counts as one with both values (RFC 9421 2.1)
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        asked = SignedParts(
            scope["method"], headers.get("host", "").lower(), scope["raw_path"].decode(), headers
        )
        key = peer.certificate.public_key()
        try:
            if not isinstance(key, ec.EllipticCurvePublicKey):
                raise SignatureError("key")
            if scope["query_string"]:
                raise SignatureError("covers_less")
            created = verify(key, thumbprint(peer.certificate), asked, body, covered)
        except SignatureError as error:
            raise Refusal(
                ProblemCode.SIGNATURE_INVALID, fields=[("/signature", error.rule)]
            ) from error
        if abs(self._clock().timestamp() - created) > MAX_AGE_S:
            raise Refusal(ProblemCode.SIGNATURE_EXPIRED)

    def _admit(self, scope: Scope) -> Peer:
        extensions = scope.setdefault("extensions", {})
        der = peer_certificate(extensions.get(TRANSPORT))
        if der is None:
            raise Refusal(ProblemCode.CERTIFICATE_REQUIRED)
        certificate = x509.load_der_x509_certificate(der)
        terminal = common_name(certificate)
        claimed = dict(scope["headers"]).get(b"terminal-id", b"").decode("ascii", "replace")
        if claimed != terminal:
            raise Refusal(ProblemCode.FORBIDDEN, fields=[("/terminal", "differs_from_certificate")])
        if self._terminals.revoked(terminal, certificate.serial_number):
            raise Refusal(ProblemCode.CERTIFICATE_REVOKED)
        if scope["path"] not in WITHOUT_TOKEN:
            shown = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
            mark = thumbprint(certificate)
            if not (_in_session(scope) and self._sessions.opened_with(shown, mark)):
                self._tokens.check(shown, terminal, mark)
        peer = Peer(terminal, certificate)
        extensions[_PEER] = peer
        return peer


def _in_session(scope: Scope) -> bool:
    """Asked in a person's name: a session's token stands for the terminal's own."""
    path: str = scope["path"]
    return path.startswith(("/v1/sessions/", "/v1/appointments/")) or path == "/v1/documents"


def _covered(scope: Scope) -> tuple[str, ...]:
    """What a signature must cover here; nothing where none is asked for."""
    path: str = scope["path"]
    if scope["method"] == "POST" and path.startswith(_SUBMISSIONS):
        return COVERED
    if scope["method"] in ("PUT", "DELETE") and _in_session(scope):
        return IN_SESSION
    return ()
