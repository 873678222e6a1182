"""Routes of drafts."""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from portal.contract.drafts import DraftClaim, DraftEnvelope
from portal.sandbox.answering import check_headers, json_answer, kept_answer, read_body
from portal.sandbox.once import parse
from portal.sandbox.world import World


def add_draft_routes(app: FastAPI, world: World) -> None:
    """Add them. Claims of tickets that do not exist count as guesses."""

    @app.post("/v1/drafts")
    async def keep_draft(request: Request) -> Response:
        raw = await read_body(request)
        envelope = parse(DraftEnvelope, raw)
        check_headers(request, envelope.terminal, envelope.key)
        return kept_answer(await run_in_threadpool(world.drafts.keep, raw, envelope))

    @app.post("/v1/drafts:claim")
    async def claim_draft(request: Request) -> Response:
        claim = parse(DraftClaim, await read_body(request))
        check_headers(request, claim.terminal, claim.key)
        found = await run_in_threadpool(
            world.guesses.look_up, request, lambda: world.drafts.claim(claim)
        )
        return json_answer(found)
