"""Visits from the first touch to the farewell: look-ups, rare names, people who walk away."""

from __future__ import annotations

import pytest
from e2e_support import LOOK_UP, Desk, Stage, logged, proof_text

from drivers.sdt.cards import demo_card
from kiosk.demo import Errand
from kiosk.visit.model import Step
from portal.contract.answers import CaseReceipt, Payment


def test_a_public_look_up_asks_for_nobody(desk: Desk) -> None:
    visit_steps = desk.visit(LOOK_UP).steps
    assert "identify" not in visit_steps
    assert "answer" in visit_steps


def test_walking_away_from_the_payment_code_pays_nothing(desk: Desk, stage: Stage) -> None:
    seen = desk.visit(Errand("sw-0009", card="elder", face="cai", walks_away_at=Step.PAYMENT))
    assert seen.steps[-2:] == ["payment", "farewell"]
    assert seen.idle_warned
    assert pending_order(stage, seen.key).state == "pending"


def pending_order(stage: Stage, key: str) -> Payment:
    receipt = CaseReceipt.model_validate_json(
        stage.world.portal.server.world.desk.receipt_by_key(key)
    )
    assert receipt.payment is not None
    return stage.world.portal.server.world.payments.get(receipt.payment.order_id)


def test_a_name_of_rare_characters_is_printed_exactly(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    name = demo_card("rare_name").name
    assert any(ord(sign) > 0xFFFF for sign in name)
    seen = desk.visit(Errand("gj-0024", card="rare_name", face="zheng", place=("440100",)))
    assert (seen.submission, seen.proof) == ("delivered", "confirmed")
    assert name in proof_text(stage)
    case = stage.stored(seen.key)
    assert case.subject is not None
    assert case.subject.name == name
    assert case.route.destination == "440100"
    desk.delivered_once(seen.key)
    logged(caplog, "submit.stored", seen.key, "gj-0024", "440100")
