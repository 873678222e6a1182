"""Routes of the terminals' own affairs, and the controls that play the portal's operators."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Header, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from portal.contract.base import ProblemCode, Terminal
from portal.contract.terminals import (
    EnrolmentRequest,
    RenewalRequest,
    TerminalConfig,
    TokenRequest,
    config_tag,
)
from portal.identity import thumbprint
from portal.sandbox.answering import check_headers, etags, json_answer, json_bytes, read_body
from portal.sandbox.guard import peer_of
from portal.sandbox.once import parse
from portal.sandbox.problems import Refusal
from portal.sandbox.world import World


class ConfigOrder(BaseModel):
    """Settings for a terminal, signed elsewhere: the operators' key is not here."""

    model_config = ConfigDict(extra="forbid")

    document: Annotated[str, Field(max_length=65536)]
    signature: Annotated[str, Field(max_length=200)]


class CodeOrder(BaseModel):
    """A code to enrol with, for one terminal."""

    model_config = ConfigDict(extra="forbid")

    terminal: Terminal
    site: str = ""
    ring: str = "stable"


def add_terminal_routes(app: FastAPI, world: World) -> None:
    """Add them."""

    @app.post("/v1/enrolments")
    async def enrol(request: Request) -> Response:
        asked = parse(EnrolmentRequest, await read_body(request))
        return json_answer(await run_in_threadpool(world.terminals.enrol, asked), 201)

    @app.get("/v1/terminals/self")
    def about(request: Request) -> Response:
        return json_answer(world.terminals.about(_terminal(request)))

    @app.get("/v1/config")
    def configuration(
        request: Request, if_none_match: Annotated[str | None, Header()] = None
    ) -> Response:
        found = world.terminals.configuration(_terminal(request))
        headers = {"ETag": config_tag(found.document), "Cache-Control": "no-cache"}
        if headers["ETag"] in etags(if_none_match):
            return Response(status_code=304, headers=headers)
        return json_bytes(found.model_dump_json().encode(), headers)

    @app.post("/v1/terminals/self/certificate")
    async def renew(request: Request) -> Response:
        asked = parse(RenewalRequest, await read_body(request))
        terminal = _terminal(request)
        return json_answer(await run_in_threadpool(world.terminals.renew, terminal, asked), 201)

    @app.post("/v1/tokens")
    async def token(request: Request) -> Response:
        asked = parse(TokenRequest, await read_body(request))
        check_headers(request, asked.terminal, None)
        peer = peer_of(request.scope)
        if peer is None:
            raise Refusal(ProblemCode.CERTIFICATE_REQUIRED)
        return json_answer(world.tokens.issue(peer.terminal, thumbprint(peer.certificate)), 201)

    @app.post("/sandbox/enrolment-codes", status_code=201)
    def issue_code(order: CodeOrder) -> dict[str, str]:
        code = world.terminals.issue_code(order.terminal, site=order.site, ring=order.ring)
        return {"terminal": order.terminal, "code": code}

    @app.post("/sandbox/terminals/{terminal}:configure", status_code=204)
    def configure(terminal: str, order: ConfigOrder) -> None:
        world.terminals.configure(terminal, TerminalConfig(**order.model_dump()))

    @app.post("/sandbox/terminals/{terminal}:revoke", status_code=204)
    def revoke(terminal: str) -> None:
        world.terminals.revoke(terminal)

    @app.post("/sandbox/terminals/{terminal}:reinstate", status_code=204)
    def reinstate(terminal: str) -> None:
        world.terminals.reinstate(terminal)


def _terminal(request: Request) -> str:
    """Who asks: by the certificate, or by what it says of itself where nobody demands one."""
    peer = peer_of(request.scope)
    if peer is not None:
        return peer.terminal
    claimed = request.headers.get("terminal-id", "")
    if not claimed:
        raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/terminal", "missing")])
    return claimed
