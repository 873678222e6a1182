"""A person's own cases on a whole terminal: more is asked for, handed in over a dead line, taken back."""

from __future__ import annotations

import io

import pytest
from e2e_support import JOBLESS, PHONE, Desk, Stage, pending, told
from PIL import Image

from drivers.sdt import demo_card
from kiosk.demo import Errand
from kiosk.visit import events as ev
from kiosk.visit.model import Step
from kiosk.visit.own import Act
from portal.contract.progress import SupplementSubmission
from portal.sandbox.database import actions, cases

ME = {"card": "resident", "face": "chen"}


def handed_in(stage: Stage, key: str) -> tuple[SupplementSubmission, list[tuple[str, bytes]]]:
    """What the authority finds in a supplement: its content, and its papers."""
    portal = stage.world.portal.server.world
    with portal.database.read() as connection:
        act = connection.execute(actions.select().where(actions.c.key == key)).one()
        case = connection.execute(cases.select().where(cases.c.key == act.case_key)).one()
    said = {"key": key, "destination": case.destination, "case_no": case.case_no}
    given = portal.receivers.open(act.sealed, case.destination, said, SupplementSubmission)
    return given, [(one.kind, portal.uploads.content(key, one)) for one in given.attachments]


def state_of(stage: Stage, key: str) -> str:
    """How the portal says a case stands."""
    with stage.world.portal.server.world.database.read() as connection:
        return str(connection.execute(cases.select().where(cases.c.key == key)).one().state)


def test_what_is_asked_for_is_handed_in_and_the_case_taken_back(
    shared_terminal: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    desk = shared_terminal
    applied = desk.visit(JOBLESS)
    desk.delivered_once(applied.key)
    stage.play.command("portal", "ask")
    assert state_of(stage, applied.key) == "supplement_required"

    desk.patience_ends(pending)
    cut = {Step.REVIEW: lambda person: person.world.command("line", "refuse")}
    handed = desk.visit(
        Errand(JOBLESS.item, **ME, case=Act.SUPPLEMENT, form={"phone": PHONE}, at=cut)
    )
    assert (handed.submission, handed.receipt) == ("stored", "confirmed")
    view = desk.item(handed.key)
    assert (view.operation, view.case_id) == ("supplement", applied.key)
    folder = desk.app.settings.terminal.data_dir
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    card = demo_card("resident")
    for secret in (PHONE, card.name, card.number):
        assert secret.encode() not in written
        assert secret not in caplog.text
    stage.play.command("line", "up")
    desk.delivered_once(handed.key)
    given, papers = handed_in(stage, handed.key)
    assert given.form == {"phone": PHONE}
    assert [kind for kind, _ in papers] == ["household_register"]
    assert Image.open(io.BytesIO(papers[0][1])).format == "JPEG"
    assert state_of(stage, applied.key) == "in_process"

    lost = {Step.WITHDRAW: lambda _person: stage.fault("drop_after", target="cases", count=1)}
    back = desk.visit(Errand(JOBLESS.item, **ME, case=Act.WITHDRAWAL, at=lost))
    assert back.receipt == "confirmed"
    desk.delivered_once(back.key)
    assert state_of(stage, applied.key) == "withdrawn"


def test_without_a_line_nobody_is_shown_a_case(desk: Desk, stage: Stage) -> None:
    stage.play.command("line", "refuse")
    desk.begin()
    desk.terminal.post(ev.CasesWanted())
    desk.until("the reader", lambda v: v.step is Step.IDENTIFY)
    stage.play.command("camera", "show", scene="chen")
    desk.identify("resident")
    visit = desk.until("the list", lambda v: v.step is Step.CASES and v.trouble is not None)
    assert visit.trouble is not None
    told("case.portal_away", visit)
    assert visit.trouble.code == "case.portal_away"
    assert visit.own is not None
    assert visit.own.cases is None
    desk.leave()
    stage.play.command("line", "up")
    desk.ready()
