"""Routes of notices and telemetry."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from portal.contract.base import ProblemCode
from portal.contract.operations import TelemetryBatch
from portal.sandbox.answering import check_headers, json_answer, read_body
from portal.sandbox.once import parse
from portal.sandbox.problems import Refusal
from portal.sandbox.world import World


class NoticeOrder(BaseModel):
    """A notice posted by hand."""

    model_config = ConfigDict(extra="forbid")

    text_zh: Annotated[str, Field(min_length=1, max_length=60)]
    text_en: Annotated[str, Field(min_length=1, max_length=120)]
    level: str = "info"
    ends_at: str | None = None


def add_operations_routes(app: FastAPI, world: World) -> None:
    """Add them."""

    @app.get("/v1/notices")
    def notices() -> Response:
        return json_answer(world.notices.now())

    @app.post("/v1/telemetry:batch")
    async def take_telemetry(request: Request) -> Response:
        batch = parse(TelemetryBatch, await read_body(request))
        check_headers(request, batch.terminal, None)
        return json_answer(await run_in_threadpool(world.telemetry.take, batch))

    @app.get("/sandbox/calls")
    def calls() -> list[dict[str, str]]:
        return world.telemetry.calls()

    @app.post("/sandbox/notices")
    def post_notice(order: NoticeOrder) -> Response:
        try:
            posted = world.notices.post(order.text_zh, order.text_en, order.level, order.ends_at)
        except ValueError as error:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/ends_at", "no_time")]) from error
        return json_answer(posted, 201)
