"""The sandbox as an ASGI application: the contract's routes, the pages, and the controls."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match, Route

from portal.contract.answers import HealthAnswer, TimeAnswer
from portal.contract.base import ProblemCode
from portal.contract.requests import CredentialEnvelope
from portal.sandbox.answering import NO_STORE, check_headers, json_answer, read_body
from portal.sandbox.case_routes import add_case_routes
from portal.sandbox.catalogue_routes import add_catalogue_routes
from portal.sandbox.contract_watch import WatchMiddleware
from portal.sandbox.controls import add_controls
from portal.sandbox.draft_routes import add_draft_routes
from portal.sandbox.faults import FaultMiddleware
from portal.sandbox.guard import TerminalGuard
from portal.sandbox.once import parse
from portal.sandbox.operations_routes import add_operations_routes
from portal.sandbox.problems import Refusal, problem_response
from portal.sandbox.session_routes import add_session_routes
from portal.sandbox.settings import SandboxSettings
from portal.sandbox.terminal_routes import add_terminal_routes
from portal.sandbox.tus import add_upload_routes
from portal.sandbox.world import World


def create_app(settings: SandboxSettings) -> FastAPI:
    """The application; opens the database now and closes it with the ASGI lifespan."""
    world = World(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        world.close()

    app = FastAPI(title="Citizen Window sandbox portal", docs_url=None, redoc_url=None,
                  openapi_url=None, lifespan=lifespan)  # fmt: skip
    app.state.world = world
    if settings.authority is not None:
        app.add_middleware(TerminalGuard, terminals=world.terminals, tokens=world.tokens,
                           sessions=world.sessions, clock=settings.clock)  # fmt: skip
    if world.watch is not None:
        app.add_middleware(WatchMiddleware, watch=world.watch)
    app.add_middleware(FaultMiddleware, faults=world.faults)
    _add_problem_handlers(app)
    _add_public_routes(app, world)
    add_catalogue_routes(app, world)
    add_draft_routes(app, world)
    add_case_routes(app, world, settings.public_base_url)
    _add_service_routes(app, world)
    add_session_routes(app, world)
    add_operations_routes(app, world)
    add_upload_routes(app, world.uploads)
    add_terminal_routes(app, world)
    add_controls(app, world)
    return app


def _add_problem_handlers(app: FastAPI) -> None:
    @app.exception_handler(Refusal)
    async def refused(request: Request, refusal: Refusal) -> Response:
        return problem_response(refusal)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        fields = [("/" + "/".join(map(str, each["loc"])), each["type"]) for each in error.errors()]
        return problem_response(Refusal(ProblemCode.INVALID_REQUEST, fields=fields))

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        code = ProblemCode.NOT_FOUND if error.status_code == 404 else ProblemCode.INVALID_REQUEST
        response = problem_response(Refusal(code, status=error.status_code))
        response.headers.update(error.headers or {})
        if error.status_code == 405:
            # each method of a path is a route of its own here; the framework names the first one's
            response.headers["Allow"] = ", ".join(_methods(app, request))
        return response

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> Response:
        return problem_response(Refusal(ProblemCode.INTERNAL))


def _methods(app: FastAPI, request: Request) -> list[str]:
    found: set[str] = set()
    for route in app.routes:
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE:
            found |= route.methods or set()
    return sorted(found)


def _add_public_routes(app: FastAPI, world: World) -> None:
    @app.get("/v1/time")
    def time() -> Response:
        return json_answer(TimeAnswer(now=world.settings.clock(), tz="Asia/Shanghai"))

    @app.get("/v1/health")
    def health() -> Response:
        return json_answer(HealthAnswer(status="ok"))

    @app.get("/v1/keys")
    def keys() -> Response:
        return json_answer(world.receivers.key_set())

    @app.get("/v1/gateways")
    def gateways() -> Response:
        listed = ",".join(each.model_dump_json() for each in world.gateways.listing())
        return Response(f"[{listed}]", media_type="application/json", headers=NO_STORE)


def _add_service_routes(app: FastAPI, world: World) -> None:
    @app.post("/v1/credentials")
    async def redeem_credential(request: Request) -> Response:
        envelope = parse(CredentialEnvelope, await read_body(request))
        check_headers(request, envelope.terminal, None)
        return json_answer(await run_in_threadpool(world.credentials.redeem, envelope))

    @app.get("/v1/slots")
    def slots(item: str, division: str, date_from: dt.date | None = None) -> Response:
        world.items.get(item)
        return json_answer(world.booking.offered(item, division, date_from))

    @app.get("/v1/payments/{order_id}")
    def payment(order_id: str) -> Response:
        return json_answer(world.payments.get(order_id))

    @app.get("/v1/documents/verify/{verify_code}")
    def verify_document(verify_code: str) -> Response:
        return json_answer(world.proofs.verification(verify_code))

    @app.get("/v1/documents/{document_id}/content")
    def document_content(
        request: Request,
        document_id: str,
        pickup_key: Annotated[str | None, Header()] = None,
    ) -> Response:
        pdf = world.proofs.content(document_id, pickup_key, _base_url(world, request))
        return Response(pdf, media_type="application/pdf", headers=NO_STORE)


def _base_url(world: World, request: Request) -> str:
    return (world.settings.public_base_url or str(request.base_url)).rstrip("/")
