"""A code on a phone instead of a card: over the scanner's serial line and the portal's wire."""

from __future__ import annotations

from dataclasses import replace

import pytest
from e2e_support import JOBLESS, Desk, Stage, logged, told

from kiosk.personal import Personal
from kiosk.visit import Visit
from kiosk.visit import events as ev
from kiosk.visit.model import Step
from kiosk.world.phone import holder_of


def at_the_reader(desk: Desk) -> Visit:
    desk.begin("rs-0002")
    desk.hands.primary()
    return desk.until("the offer", lambda v: v.code_phase == "waiting")


def shown(desk: Desk, command: str = "show_code", **arguments: object) -> Visit:
    desk.stage.play.command("scanner", command, **arguments)
    return desk.until("the code", lambda v: v.step is not Step.IDENTIFY or v.trouble is not None)


def refused(desk: Desk, visit: Visit, code: str) -> None:
    assert visit.trouble is not None
    assert visit.trouble.code == code
    assert visit.holder is None
    told(code)
    desk.hands.trouble("retry")
    desk.until("another try", lambda v: v.trouble is None and v.code_phase == "waiting")


def test_an_application_is_handed_in_by_code_and_face(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    desk.begin()
    visit = desk.errand(replace(JOBLESS, card=None, code="resident"))
    assert visit.holder is not None
    assert visit.holder.method == "qr_code"
    assert visit.submission is not None
    desk.delivered_once(visit.submission.key)
    case = stage.stored(visit.submission.key)
    assert case.subject is not None
    assert case.subject.name == "陈秋实"
    assert [method.value for method in case.assurance.methods] == ["qr_code", "face"]
    desk.leave()
    assert "CWID1" not in caplog.text
    assert "陈秋实" not in caplog.text


def test_a_picture_of_a_code_is_worth_nothing(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    at_the_reader(desk)
    assert shown(desk).step is Step.FACE
    desk.leave()
    at_the_reader(desk)
    refused(desk, shown(desk, "show_code_again"), "identity.code_expired")
    logged(caplog, "code.refused")
    assert shown(desk).step is Step.FACE
    desk.leave()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CWID1.never-issued-at-all", "identity.code_unknown"),
        ("6901234567892", "identity.code_unknown"),
        ("https://example.org/a page", "identity.code_unknown"),
        ("短", "identity.code_unknown"),
    ],
)
def test_any_other_code_identifies_nobody(desk: Desk, text: str, code: str) -> None:
    at_the_reader(desk)
    refused(desk, shown(desk, "scan", text=text), code)
    visit = desk.identify("resident")
    assert visit.step is Step.FACE
    assert visit.holder is not None
    assert visit.holder.method == "id_card"
    desk.leave()


def test_the_person_behind_a_code_is_checked_as_a_card_is(desk: Desk) -> None:
    at_the_reader(desk)
    refused(desk, shown(desk, card="expired"), "idcard.expired")
    refused(desk, shown(desk, card="wrong_check_digit"), "idcard.number_invalid")
    desk.leave()


def test_without_the_portal_the_card_is_the_way(desk: Desk, stage: Stage) -> None:
    at_the_reader(desk)
    stage.play.command("line", "refuse")
    refused(desk, shown(desk), "portal.unreachable")
    assert desk.identify("resident").step is Step.FACE
    stage.play.command("line", "up")
    desk.leave()


def test_a_code_without_photo_cannot_be_compared(desk: Desk) -> None:
    at_the_reader(desk)
    shown(desk, portrait=False)
    visit = desk.until("the words", lambda v: v.step is Step.FACE and v.trouble is not None)
    assert visit.trouble is not None
    assert visit.trouble.code == "face.code_has_no_photo"
    told("face.code_has_no_photo")
    desk.hands.trouble("back")
    desk.until("the guide", lambda v: v.step is Step.GUIDE)
    desk.hands.primary()
    desk.until("the reader again", lambda v: v.step is Step.IDENTIFY and v.code_phase == "waiting")
    assert desk.identify("resident").step is Step.FACE
    desk.leave()


def test_a_code_shown_when_none_is_wanted_is_not_used_up(desk: Desk, stage: Stage) -> None:
    at_the_reader(desk)
    desk.terminal.post(ev.WentBack())
    desk.until("the guide", lambda v: v.step is Step.GUIDE)
    stage.play.command("scanner", "show_code")
    desk.hands.primary()
    desk.until("the offer", lambda v: v.code_phase == "waiting")
    assert shown(desk, "show_code_again").step is Step.FACE
    desk.leave()


def test_a_scanner_that_is_gone_is_not_offered_and_disturbs_nobody(
    desk: Desk, stage: Stage
) -> None:
    at_the_reader(desk)
    stage.play.command("scanner", "unplug")
    desk.until("no offer", lambda v: v.step is Step.IDENTIFY and v.code_phase == "")
    visit = desk.identify("resident")
    assert visit.step is Step.FACE
    desk.leave()
    desk.eventually("the scanner is missed", lambda: desk.terminal.readiness()["scanner"] != "ok")
    desk.begin("rs-0002")
    desk.hands.primary()
    visit = desk.until("the reader", lambda v: v.step is Step.IDENTIFY)
    assert visit.code_phase == ""
    assert desk.identify("resident").step is Step.FACE
    desk.leave()


def test_a_keyboard_scanners_code_is_redeemed_too(desk: Desk, stage: Stage) -> None:
    at_the_reader(desk)
    code = stage.world.portal.server.world.credentials.issue(holder_of("elder"))
    desk.terminal.post(ev.CodeTyped(Personal(code)))
    visit = desk.until("the code", lambda v: v.step is Step.FACE)
    assert visit.holder is not None
    assert visit.holder.method == "qr_code"
    desk.leave()
    at_the_reader(desk)
    desk.terminal.post(ev.CodeTyped(Personal(code)))
    visit = desk.until("the refusal", lambda v: v.trouble is not None)
    refused(desk, visit, "identity.code_expired")
    desk.leave()
