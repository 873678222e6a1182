"""A case that its holder confirmed instead of drawing a signature: what counts, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portal_support import Clerk

from portal import Answer, PortalClient, Problem
from portal.sandbox import SandboxServer

SIGNED = {"code": "sign-1", "kind": "apply", "identification": "L3", "name": "Signed"}
ACT = {"method": "confirmed", "statement": "confirm/1", "at": "2026-11-22T10:00:00+08:00"}
WITNESSED = {**ACT, "method": "witnessed", "witness": "S-07"}
VOUCHED = {"level": "L3", "methods": ["id_card", "staff"], "face": None}
STROKES = [[[1, 2, 3], [2.5, 3, 4]]]


def confirmed(act: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"width": 0, "height": 0, "strokes": [], "act": act, **changes}


def test_how_a_case_was_signed_is_checked_and_said(start: Callable[..., SandboxServer]) -> None:
    server = start(catalogue={"version": "test", "items": [SIGNED]})
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        clerk = Clerk(client)
        drawn = {"width": 10, "height": 10, "strokes": STROKES}
        for changes, how in (
            ({"signature": drawn}, "drawn"),
            ({"signature": confirmed(ACT)}, "confirmed"),
            ({"signature": confirmed(WITNESSED)}, "witnessed"),
            ({"signature": confirmed(WITNESSED), "assurance": VOUCHED}, "witnessed"),
        ):
            taken = client.submit_case(*clerk.case("sign-1", **changes))
            assert isinstance(taken, Answer), taken
            told = client.case_events(taken.value.case_no)
            assert isinstance(told, Answer)
            assert told.value.signed == how
        for changes, fault in (
            ({"signature": None}, "missing"),
            ({"signature": {**drawn, "strokes": [[]]}}, "nothing_drawn"),
            ({"signature": confirmed(ACT, strokes=STROKES)}, "drawn_as_well"),
            ({"signature": confirmed({**ACT, "statement": "confirm/0"})}, "unknown_statement"),
            (
                {"signature": confirmed({**ACT, "at": "2026-11-22T10:00:01+08:00"})},
                "later_than_the_case",
            ),
            ({"signature": confirmed(ACT), "assurance": VOUCHED}, "needs_a_witness"),
            ({"signature": confirmed({**WITNESSED, "witness": None})}, "no_witness"),
            ({"signature": confirmed({**ACT, "method": "drawn"})}, "unknown_method"),
        ):
            body, key = clerk.case("sign-1", **changes)
            outcome = client.submit_case(body, key)
            assert isinstance(outcome, Problem), fault
            said = [(field.pointer, field.code) for field in outcome.fields]
            assert (outcome.code, said) == ("identity_rejected", [("/signature", fault)])
