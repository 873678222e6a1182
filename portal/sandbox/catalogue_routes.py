"""Routes of what a terminal is told: tables and items."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Header, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from portal.contract.base import ProblemCode, Sha256Hex
from portal.contract.routing import RouteQuestion
from portal.sandbox.answering import etags, json_answer, json_bytes, read_body
from portal.sandbox.once import parse
from portal.sandbox.problems import Refusal
from portal.sandbox.world import World


def add_catalogue_routes(app: FastAPI, world: World) -> None:
    """Add them."""

    @app.get("/v1/catalogue")
    def catalogue(
        since: Annotated[Sha256Hex | None, Query()] = None,
        if_none_match: Annotated[str | None, Header()] = None,
    ) -> Response:
        current = world.editions.current()
        headers = {"ETag": f'"{current.to}"', "Cache-Control": "no-cache"}
        if headers["ETag"] in etags(if_none_match):
            return Response(status_code=304, headers=headers)
        edition = current if since is None else world.editions.since(since)
        return json_bytes(edition.model_dump_json().encode(), headers)

    @app.get("/v1/items/{code}")
    def item(code: str) -> Response:
        return json_bytes(world.items.document(code), {"Cache-Control": "no-cache"})

    @app.get("/v1/items/{code}/form")
    def form(code: str) -> Response:
        schema = world.items.form(code)
        if schema is None:
            raise Refusal(ProblemCode.NOT_FOUND, title="This item asks for no form")
        return json_bytes(schema, {"Cache-Control": "no-cache"})

    @app.post("/v1/routes:resolve")
    async def resolve_route(request: Request) -> Response:
        question = parse(RouteQuestion, await read_body(request))
        return json_answer(await run_in_threadpool(world.routes.resolve, question))
