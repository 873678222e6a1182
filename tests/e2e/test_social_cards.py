"""A social-security card in a real pcscd's virtual reader, up to the portal's sealed record."""

from __future__ import annotations

import pytest
from e2e_support import PHONE, Desk, Stage, logged, told

from drivers.sdt.cards import demo_card
from drivers.smartcard.simulated_cards import SocialSecurityChip, social_chip
from kiosk.demo import Errand
from kiosk.visit import Visit
from kiosk.visit import events as ev
from kiosk.visit.model import Step

ASK = Errand(
    "rx-0076",
    social_card="social_security:elder",
    form={"remark": "养老金哪天发？", "phone": PHONE},
)
"""An application for which a card alone is enough."""
LOOK_UP, SIGNED = "zw-0075", "yb-0021"
"""Services for which a card is enough, and where one signs."""


def at_the_reader(desk: Desk, item: str) -> Visit:
    desk.begin(item)
    desk.hands.primary()
    visit = desk.until("a place, or the reader", lambda v: v.step in (Step.PLACE, Step.IDENTIFY))
    if visit.step is Step.PLACE:
        desk.hands.choose_place(("440500",))
    return desk.until("the offer", lambda v: v.social_phase == "waiting")


def put_in(desk: Desk, card: str | SocialSecurityChip) -> Visit:
    """Put a card in and leave it there."""
    desk.stage.world.chip_reader.command("insert_card", card=card)
    return desk.until("the card", lambda v: v.step is not Step.IDENTIFY or v.trouble is not None)


def take_out(desk: Desk) -> None:
    desk.stage.play.command("chip_reader", "withdraw_card")
    desk.until("the empty reader", lambda v: not v.card_lies)


def forget(desk: Desk) -> None:
    """Leave without the card, whatever the farewell says."""
    desk.terminal.post(ev.LeaveRequested())
    desk.until("the rating", lambda v: v.step is Step.RATING)
    desk.hands.rate(None)
    visit = desk.until("the farewell", lambda v: v.step is Step.FAREWELL and v.wiped)
    while visit.step is Step.FAREWELL:
        before = visit.card_reminders
        desk.watch.run_out("farewell")
        visit = desk.until(
            "another reminder", lambda v, n=before: v.step is Step.ATTRACT or v.card_reminders > n
        )
    assert before > 0, "the card was not missed"


def refused(desk: Desk, visit: Visit, code: str) -> None:
    assert visit.trouble is not None
    assert visit.trouble.code == code
    assert visit.holder is None
    told(code)


def test_a_question_is_handed_in_by_somebody_with_a_social_security_card(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    desk.begin()
    visit = desk.errand(ASK)
    assert visit.holder is not None
    assert visit.holder.method == "social_security_card"
    assert visit.submission is not None
    desk.delivered_once(visit.submission.key)
    case = stage.stored(visit.submission.key)
    assert case.subject is not None
    assert case.subject.name == demo_card("elder").name
    assert case.subject.number == demo_card("elder").number
    assert [method.value for method in case.assurance.methods] == ["social_security_card"]
    assert case.assurance.level.value == "L1"
    desk.until("the empty reader", lambda v: not v.card_lies)  # else it is missed for 10 s
    desk.leave()
    assert demo_card("elder").name not in caplog.text
    assert demo_card("elder").number not in caplog.text


def test_what_is_signed_asks_for_the_id_card(desk: Desk) -> None:
    at_the_reader(desk, SIGNED)
    refused(desk, put_in(desk, "social_security:resident"), "identity.id_card_needed")
    desk.hands.trouble("retry")
    desk.until("another try", lambda v: v.trouble is None and v.card_phase == "waiting")
    assert desk.identify("resident").step is Step.FACE
    take_out(desk)
    desk.leave()


def test_a_card_that_is_no_good_is_explained_and_another_one_taken(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    at_the_reader(desk, LOOK_UP)
    for card, code in (
        ("social_security_psam", "smartcard.needs_authentication"),
        (social_chip(demo_card("expired")), "idcard.expired"),
    ):
        refused(desk, put_in(desk, card), code)
        take_out(desk)
        desk.hands.trouble("retry")
        desk.until("the offer", lambda v: v.trouble is None and v.social_phase == "waiting")
    logged(caplog, "social_card.failed", "smartcard.needs_authentication")
    assert put_in(desk, "social_security:resident").step is Step.ANSWER
    take_out(desk)
    desk.leave()


def test_a_card_somebody_forgot_is_nobodys_until_it_is_taken_out(desk: Desk) -> None:
    at_the_reader(desk, LOOK_UP)
    assert put_in(desk, "social_security:resident").step is Step.ANSWER
    desk.until("the card is noticed", lambda v: v.card_lies)
    forget(desk)
    desk.begin(LOOK_UP)
    desk.hands.primary()
    desk.until("the reader", lambda v: v.step is Step.IDENTIFY and v.card_phase == "waiting")
    take_out(desk)
    visit = desk.until("the offer", lambda v: v.social_phase == "waiting" or v.holder is not None)
    assert visit.holder is None, "taken for the person of before"
    visit = put_in(desk, "social_security:elder")
    assert visit.holder is not None
    assert visit.holder.number.reveal() == demo_card("elder").number
    take_out(desk)
    desk.leave()
