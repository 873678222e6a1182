"""Routes of cases, queries and evaluations."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from portal.contract.base import Key
from portal.contract.endings import EndingReport
from portal.contract.progress import CaseAction
from portal.contract.requests import CaseEnvelope, EvaluationRequest, QueryEnvelope
from portal.sandbox.answering import NO_STORE, check_headers, json_answer, kept_answer, read_body
from portal.sandbox.once import parse
from portal.sandbox.world import World


def add_case_routes(app: FastAPI, world: World, base_url: str | None) -> None:
    """Add them; ``base_url`` is where a phone reaches the pages, None: where the request came."""

    @app.post("/v1/cases")
    async def submit_case(request: Request) -> Response:
        raw = await read_body(request)
        envelope = parse(CaseEnvelope, raw)
        check_headers(request, envelope.terminal, envelope.key)
        await world.gateways.pass_through(envelope.destination)
        reached = (base_url or str(request.base_url)).rstrip("/")
        return kept_answer(await run_in_threadpool(world.desk.submit, raw, envelope, reached))

    @app.get("/v1/cases")
    def case_by_key(key: Annotated[Key, Query()]) -> Response:
        body = world.desk.receipt_by_key(key)
        return Response(body, media_type="application/json", headers=NO_STORE)

    @app.get("/v1/cases/{case_no}")
    def case(case_no: str) -> Response:
        return json_answer(world.desk.status(case_no))

    @app.get("/v1/lookup/{lookup_code}")
    def lookup(lookup_code: str, request: Request) -> Response:
        found = world.guesses.look_up(request, lambda: world.desk.lookup(lookup_code))
        return json_answer(found)

    @app.post("/v1/evaluations")
    async def submit_evaluation(request: Request) -> Response:
        raw = await read_body(request)
        evaluation = parse(EvaluationRequest, raw)
        check_headers(request, evaluation.terminal, evaluation.key)
        return kept_answer(await run_in_threadpool(world.desk.evaluate, raw, evaluation))

    @app.post("/v1/endings")
    async def report_ending(request: Request) -> Response:
        report = parse(EndingReport, await read_body(request))
        check_headers(request, report.terminal, report.key)
        return json_answer(await run_in_threadpool(world.endings.note, report))

    @app.post("/v1/queries")
    async def query(request: Request) -> Response:
        envelope = parse(QueryEnvelope, await read_body(request))
        check_headers(request, envelope.terminal, None)
        await world.gateways.pass_through(envelope.destination)
        return json_answer(await run_in_threadpool(world.desk.query, envelope))

    _add_progress_routes(app, world)


def _add_progress_routes(app: FastAPI, world: World) -> None:
    @app.get("/v1/cases/{case_no}/events")
    def case_events(case_no: str, after: Annotated[int, Query(ge=0, le=1_000_000)] = 0) -> Response:
        return json_answer(world.actions.events(case_no, after))

    @app.post("/v1/cases/{case_no}/supplements")
    async def submit_supplement(case_no: str, request: Request) -> Response:
        raw = await read_body(request)
        action = await _checked(request, raw)
        return kept_answer(await run_in_threadpool(world.actions.supplement, raw, case_no, action))

    @app.post("/v1/cases/{case_no}:withdraw")
    async def withdraw_case(case_no: str, request: Request) -> Response:
        raw = await read_body(request)
        action = await _checked(request, raw)
        return kept_answer(await run_in_threadpool(world.actions.withdraw, raw, case_no, action))

    @app.get("/v1/case-actions")
    def action_by_key(key: Annotated[Key, Query()]) -> Response:
        body = world.desk.receipt_by_key(key, ("supplement", "withdrawal"))
        return Response(body, media_type="application/json", headers=NO_STORE)

    async def _checked(request: Request, raw: bytes) -> CaseAction:
        action = parse(CaseAction, raw)
        check_headers(request, action.terminal, action.key)
        await world.gateways.pass_through(action.destination)
        return action
