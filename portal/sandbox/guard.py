"""Who may ask the sandbox: with an authority, only terminals with a certificate of its own."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509
from starlette.types import ASGIApp, Receive, Scope, Send

from portal.contract.base import ProblemCode
from portal.identity import common_name
from portal.sandbox.faults import TRANSPORT
from portal.sandbox.problems import Refusal, problem_response
from portal.sandbox.terminals import Terminals
from portal.sandbox.tls import peer_certificate

OPEN = frozenset({("GET", "/v1/time"), ("POST", "/v1/enrolments")})
"""What anybody may ask: a terminal without a good certificate must be able to find out why."""
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


class TerminalGuard:
    """ASGI middleware. What is not of the contract (pages for phones, controls) passes."""

    def __init__(self, app: ASGIApp, terminals: Terminals) -> None:
        self._app = app
        self._terminals = terminals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through or refuse."""
        guarded = scope["type"] == "http" and scope["path"].startswith("/v1/")
        if guarded and (scope["method"], scope["path"]) not in OPEN:
            try:
                self._admit(scope)
            except Refusal as refusal:
                await problem_response(refusal)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _admit(self, scope: Scope) -> None:
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
        extensions[_PEER] = Peer(terminal, certificate)
