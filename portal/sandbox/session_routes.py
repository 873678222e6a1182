"""Routes of sessions and of what is asked in them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import FastAPI, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from portal.contract.base import ProblemCode
from portal.contract.progress import CaseNumber
from portal.contract.sessions import IdentityEnvelope, SessionId, SessionRequest
from portal.identity import thumbprint
from portal.sandbox.answering import NO_STORE, check_headers, json_answer, read_body
from portal.sandbox.guard import peer_of
from portal.sandbox.once import parse
from portal.sandbox.problems import Refusal
from portal.sandbox.world import World


def add_session_routes(app: FastAPI, world: World) -> None:
    """Add them."""

    @app.post("/v1/sessions")
    async def begin(request: Request) -> Response:
        asked = parse(SessionRequest, await read_body(request))
        check_headers(request, asked.terminal, None)
        peer = peer_of(request.scope)
        mark = None if peer is None else thumbprint(peer.certificate)
        return json_answer(world.sessions.begin(mark), 201)

    @app.put("/v1/sessions/{session_id}/identity")
    async def identify(session_id: Annotated[SessionId, Path()], request: Request) -> Response:
        token = _token(request)
        envelope = parse(IdentityEnvelope, await read_body(request))
        state = await run_in_threadpool(world.sessions.identify, session_id, token, envelope)
        return json_answer(state)

    @app.delete("/v1/sessions/{session_id}")
    def end(session_id: Annotated[SessionId, Path()], request: Request) -> Response:
        world.sessions.end(session_id, _token(request))
        return Response(status_code=204, headers=NO_STORE)

    @app.get("/v1/sessions/{session_id}/cases")
    def own_cases(
        session_id: Annotated[SessionId, Path()],
        request: Request,
        before: Annotated[CaseNumber | None, Query()] = None,
    ) -> Response:
        person = world.sessions.sure_person(session_id, _token(request))
        return json_answer(world.persons.cases(person, before))

    @app.get("/v1/documents")
    def listed(request: Request, owner: Annotated[Literal["self"], Query()]) -> Response:
        return json_answer(world.persons.documents(world.sessions.person(_token(request))))

    @app.delete("/v1/appointments/{case_no}")
    def cancel(case_no: Annotated[CaseNumber, Path()], request: Request) -> Response:
        world.persons.cancel(world.sessions.person(_token(request)), case_no)
        return Response(status_code=204, headers=NO_STORE)


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refusal(ProblemCode.FORBIDDEN, title="A session's bearer token is needed", status=401)
    return token.strip()
