"""Bad cards, absent faces, dead cameras: what the person is told, and what the record says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from e2e_support import JOBLESS, LOOK_UP, Desk, Stage, logged, told

import kiosk.visit.identify
from kiosk.visit.model import Step, Visit

Card = str | Mapping[str, str]


def at_the_reader(desk: Desk) -> Visit:
    desk.begin("rs-0002")
    desk.hands.primary()
    return desk.until("the reader", lambda v: v.step is Step.IDENTIFY)


def try_again_with_a_good_card(desk: Desk) -> None:
    """The same person, the same visit, a card that can be read; then somebody else's visit."""
    desk.hands.trouble("retry")
    desk.until("reading again", lambda v: v.trouble is None and v.card_phase != "")
    visit = desk.identify("resident")
    assert visit.step is Step.FACE, f"stuck at {visit.step} {visit.trouble}"
    assert visit.holder is not None
    desk.leave()
    desk.visit(LOOK_UP)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "remove_during_read"}, "idcard.removed"),
        ({"kind": "remove_before_select"}, "idcard.removed"),
        ({"kind": "unknown_type"}, "idcard.unknown_type"),
        ({"kind": "sam_fault"}, "idcard.sam_fault"),
        ({"kind": "wrong_checksum"}, "idcard.unreadable"),
        ({"kind": "cut_frame"}, "idcard.unreadable"),
        ({"kind": "read_failed"}, "idcard.unreadable"),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else value,
)
def test_a_read_that_fails_is_explained_and_can_be_repeated(
    desk: Desk,
    stage: Stage,
    caplog: pytest.LogCaptureFixture,
    fault: dict[str, str],
    code: str,
) -> None:
    at_the_reader(desk)
    stage.play.command("card_reader", "fault", **fault)
    visit = desk.identify("resident")
    assert visit.trouble is not None
    assert visit.trouble.code == code
    assert "retry" in visit.trouble.actions
    assert "staff" in visit.trouble.actions
    assert visit.holder is None
    told(code)
    logged(caplog, "card.failed", f"code={code}")
    stage.play.command("card_reader", "clear_faults")
    try_again_with_a_good_card(desk)


@pytest.mark.parametrize(
    ("card", "code"),
    [("wrong_check_digit", "idcard.number_invalid"), ("expired", "idcard.expired")],
)
def test_a_card_that_must_not_be_used_lets_nobody_in(
    desk: Desk, caplog: pytest.LogCaptureFixture, card: str, code: str
) -> None:
    at_the_reader(desk)
    visit = desk.identify(card)
    assert visit.trouble is not None
    assert visit.trouble.code == code
    assert visit.holder is None
    told(code)
    logged(caplog, "card.refused", f"code={code}")
    try_again_with_a_good_card(desk)


@pytest.mark.parametrize("kind", ["noise", "fragment", "slow"])
def test_noise_on_the_line_is_read_through(desk: Desk, stage: Stage, kind: str) -> None:
    at_the_reader(desk)
    stage.play.command("card_reader", "fault", kind=kind)
    visit = desk.identify("resident")
    assert visit.step is Step.FACE
    assert visit.holder is not None
    desk.leave()


def test_nobody_lays_a_card_down(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(kiosk.visit.identify, "CARD_TIMEOUT_S", 0.5)
    at_the_reader(desk)
    visit = desk.until("the reader's patience", lambda v: v.trouble is not None)
    assert visit.trouble is not None
    assert visit.trouble.code == "idcard.none"
    told("idcard.none")
    logged(caplog, "card.failed", "code=idcard.none")
    monkeypatch.undo()
    found = desk.stage.play  # found in the other pocket at last, and just laid down
    found.command("card_reader", "lay_card", card="resident")
    visit = desk.until("the card", lambda v: v.step is Step.FACE)
    assert visit.trouble is None
    found.command("card_reader", "remove_card")
    desk.leave()


def test_a_card_left_from_the_visit_before_is_asked_to_be_lifted(desk: Desk, stage: Stage) -> None:
    at_the_reader(desk)
    stage.play.command("card_reader", "lay_card", card="resident")
    desk.until("the card", lambda v: v.step is Step.FACE)
    desk.leave()
    at_the_reader(desk)
    desk.until("the card that lies there", lambda v: v.card_phase == "unlifted")
    stage.play.command("card_reader", "remove_card")
    visit = desk.identify("resident")
    assert (visit.step, visit.trouble) == (Step.FACE, None)
    desk.leave()


def test_a_reader_unplugged_while_it_waits(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    at_the_reader(desk)
    stage.play.command("card_reader", "unplug")
    visit = desk.until("the reader's end", lambda v: v.trouble is not None)
    assert visit.trouble is not None
    told(visit.trouble.code)
    assert visit.trouble.code in ("device.gone", "device.offline")
    logged(caplog, "card.failed", f"code={visit.trouble.code}")
    desk.leave()
    guide = desk.begin("rs-0002")
    assert not guide.availability.possible, "said before the person starts"
    assert guide.availability.code == "item.no_reader"
    told("item.no_reader")
    desk.leave()
    desk.visit(LOOK_UP)
    stage.play.command("card_reader", "replug")
    desk.ready()
    at_the_reader(desk)
    stage.play.command("card_reader", "unplug")
    desk.until("the reader's end", lambda v: v.trouble is not None)
    stage.play.command("card_reader", "replug")
    desk.until("the reader that is there again", lambda v: v.trouble is None)
    assert desk.identify("resident").step is Step.FACE
    desk.leave()


def test_leaving_while_a_card_is_read_leaves_the_reader_free(desk: Desk, stage: Stage) -> None:
    at_the_reader(desk)
    desk.leave()
    at_the_reader(desk)
    assert desk.identify("resident").step is Step.FACE
    desk.leave()


# ---- faces ---------------------------------------------------------------------------------------

BY_STAFF = {"face.unavailable": ("staff", None), "face.poor_card_photo": ("staff", None)}


def test_a_dead_camera_leaves_it_to_staff_and_the_record_says_so(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.play.command("camera", "off")
    seen = desk.visit(replace(JOBLESS, on_trouble=BY_STAFF))
    told("face.unavailable", seen)
    logged(caplog, "face.", "code=camera.")
    assert seen.submission == "delivered"
    given = stage.stored(seen.key).assurance
    assert set(given.methods) == {"id_card", "staff"}
    assert given.face is not None
    assert (given.face.compared, given.face.matched, given.face.score) == (False, None, None)
    assert given.face.reason.startswith("camera.")
    desk.delivered_once(seen.key)
    stage.play.command("camera", "on")
    desk.ready()
    assert desk.visit(JOBLESS).submission == "delivered"


def test_a_card_without_a_photo_leaves_it_to_staff(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    card = {"base": "foreigner_2017"}
    lay = {"card": card, "face": ""}
    desk.begin("rs-0012")
    desk.hands.primary()
    desk.until("the place", lambda v: v.step is Step.PLACE)
    desk.hands.choose_place(["440507"])
    desk.until("the reader", lambda v: v.step is Step.IDENTIFY)
    stage.play.command("card_reader", "lay_card", **lay)
    visit = desk.until("the face step", lambda v: v.trouble is not None)
    assert visit.trouble is not None
    assert (visit.step, visit.trouble.code) == (Step.FACE, "face.poor_card_photo")
    assert "staff" in visit.trouble.actions
    told("face.poor_card_photo")
    desk.leave()


def test_another_person_s_face_is_never_let_through_silently(
    desk: Desk,
    stage: Stage,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kiosk.visit.identify, "FACE_TIMEOUT_S", 5.0)
    stranger = replace(JOBLESS, face="lin", on_trouble={"face.not_matched": ("staff", None)})
    seen = desk.visit(stranger)
    told("face.not_matched", seen)
    logged(caplog, "face.checked", "outcome=not_matched")
    given = stage.stored(seen.key).assurance
    assert given.face is not None
    assert (given.face.compared, given.face.matched) == (True, False)
    assert given.face.score is not None
    assert "face" not in given.methods
    assert "staff" in given.methods


def test_wrong_pins_vouch_for_nobody(desk: Desk, stage: Stage) -> None:
    stage.play.command("camera", "off")
    at_the_reader(desk)
    visit = desk.identify("resident")
    visit = desk.until("the camera's word", lambda v: v.trouble is not None)
    desk.hands.trouble("staff")
    desk.until("staff", lambda v: v.step is Step.STAFF)
    desk.hands.staff_pin("0000")
    visit = desk.until("the refusal", lambda v: v.staff_code != "")
    assert (visit.step, visit.staff_verified) == (Step.STAFF, "")
    told(visit.staff_code)
    desk.leave()
