"""Outside the contract: the phone's pages and the demo's controls under ``/sandbox``."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Annotated, Any

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import HTMLResponse, RedirectResponse, Response

from portal.codes import typed_code
from portal.contract.answers import CredentialHolder
from portal.contract.base import Decision, GatewayState, ProblemCode
from portal.contract.progress import SupplementItem
from portal.sandbox.faults import Fault
from portal.sandbox.pages import (
    lookup_page,
    missing_page,
    mistyped_page,
    not_known_page,
    payment_page,
    too_many_page,
    verification_page,
)
from portal.sandbox.problems import Refusal
from portal.sandbox.receivers import field_problems
from portal.sandbox.world import World


class Asking(BaseModel):
    """What the authority asks the holder of a case for."""

    model_config = ConfigDict(extra="forbid")

    items: Annotated[list[SupplementItem], Field(min_length=1, max_length=20)]
    days: Annotated[int, Field(ge=0, le=365)] = 5
    note: Annotated[str, Field(max_length=200)] = ""


class Deciding(BaseModel):
    """What the authority decides."""

    model_config = ConfigDict(extra="forbid")

    decision: Decision


class GatewaySetting(BaseModel):
    """A gateway's state set by hand; null returns it to its opening hours."""

    model_config = ConfigDict(extra="forbid")

    state: GatewayState | None


def add_controls(app: FastAPI, world: World) -> None:
    """Add the pages and the controls."""
    _add_pages(app, world)
    _add_control_routes(app, world)


def _add_pages(app: FastAPI, world: World) -> None:
    @app.get("/pay/{order_id}")
    def pay_page(order_id: str) -> Response:
        try:
            return HTMLResponse(payment_page(world.payments.get(order_id)))
        except Refusal:
            return HTMLResponse(missing_page(), status_code=404)

    @app.post("/pay/{order_id}")
    def pay(order_id: str) -> Response:
        with suppress(Refusal):  # the page shows the state, expired or unknown included
            world.payments.pay(order_id, "phone")
        return RedirectResponse(f"/pay/{order_id}", status_code=303)

    @app.get("/lookup/{code}")
    def show_lookup(code: str, request: Request) -> Response:
        known = typed_code(code)
        if known is None:
            return HTMLResponse(mistyped_page(), status_code=404)
        try:
            found = world.guesses.look_up(request, lambda: world.desk.lookup(known))
        except Refusal as refusal:
            limited = refusal.code is ProblemCode.RATE_LIMITED
            page = too_many_page() if limited else not_known_page()
            return HTMLResponse(page, status_code=429 if limited else 404)
        name, titles = world.items.name(found.item), partial(world.items.titles, found.item)
        return HTMLResponse(lookup_page(known, found, name, titles))

    @app.get("/verify/{code}")
    def show_verification(code: str) -> Response:
        try:
            return HTMLResponse(verification_page(world.proofs.verification(code)))
        except Refusal:
            return HTMLResponse(missing_page(), status_code=404)


def _add_control_routes(app: FastAPI, world: World) -> None:
    @app.get("/sandbox/state")
    def state() -> dict[str, Any]:
        return world.state()

    @app.get("/sandbox/effects/{key}")
    def effects(key: str) -> dict[str, Any]:
        return world.effects(key)

    @app.post("/sandbox/faults", status_code=201)
    def add_fault(fault: Fault) -> Fault:
        world.faults.add(fault)
        return fault

    @app.delete("/sandbox/faults", status_code=204)
    def clear_faults() -> None:
        world.faults.clear()

    @app.post("/sandbox/gateways/{destination}", status_code=204)
    def set_gateway(destination: str, setting: GatewaySetting) -> None:
        world.check_destination(destination)
        world.gateways.force(destination, setting.state)

    @app.post("/sandbox/cases/{case_no}:ask", status_code=201)
    def ask(case_no: str, asking: Asking) -> dict[str, Any]:
        due = world.actions.ask(case_no, asking.items, asking.days, asking.note)
        return due.model_dump(mode="json")

    @app.post("/sandbox/cases/{case_no}:decide", status_code=204)
    def decide(case_no: str, deciding: Deciding) -> None:
        world.actions.decide(case_no, deciding.decision)

    @app.post("/sandbox/credentials", status_code=201)
    async def issue_credential(request: Request) -> dict[str, str]:
        try:
            holder = CredentialHolder.model_validate_json(await request.body())
        except ValidationError as error:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=field_problems(error)) from error
        return {"credential": world.credentials.issue(holder)}

    @app.post("/sandbox/payments/{order_id}:pay")
    def pay_order(order_id: str) -> dict[str, Any]:
        return world.payments.pay(order_id, "sandbox").model_dump(mode="json")
