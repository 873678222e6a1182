"""From the list of policies, over real wires: without a line, and on to an application."""

from __future__ import annotations

import pytest
from e2e_support import PHONE, Desk, Stage

from config.policies import Fit
from kiosk.demo import Errand
from kiosk.visit import events as ev
from kiosk.visit.model import PrintState, Step, Visit

FACTORY = {
    "who": "company", "division": "440515", "industry": "manufacturing", "employees": "300",
    "assets_wan": "5000", "profit_wan": "300", "small_scale_taxpayer": "false",
    "does_research": "true", "high_tech": "unknown",
}  # fmt: skip
COMPANY = {
    "company_name": "汕头市示例制造有限公司", "company_code": "91440500MA5EXAMP0N", "role": "legal",
    "phone": PHONE,
}  # fmt: skip


@pytest.fixture
def listed(desk: Desk) -> Visit:
    """The list for a factory that does research."""
    desk.begin()
    return desk.errand(Errand("gx-0102", form=FACTORY))


def test_a_dead_line_keeps_nobody_from_what_fits_and_its_slip(desk: Desk, stage: Stage) -> None:
    desk.begin()
    stage.play.command("line", "refuse")
    desk.eventually("the line is dead", lambda: desk.terminal.readiness()["portal"] != "ok")
    slips = len(stage.world.receipt_printer.receipts)
    visit = desk.errand(Errand("gx-0102", form=FACTORY))
    assert visit.answer is not None
    assert {one.code for one in visit.answer.policies if one.fit is Fit.POSSIBLE} == {"high-tech"}
    for policy in ("", "high-tech"):  # the list, and one of it
        desk.terminal.post(ev.PolicyOpened(policy))
        desk.terminal.post(ev.PrintRequested("receipt"))
        desk.until(
            "the slip",
            lambda v, p=policy: (v.policy, v.receipt_print.state) == (p, PrintState.CONFIRMED),
        )
    assert len(stage.world.receipt_printer.receipts) == slips + 2


def test_an_application_begun_from_the_list_has_what_was_answered_there(
    desk: Desk, stage: Stage, listed: Visit
) -> None:
    assert listed.holder is None, "nobody was asked who they are"
    desk.terminal.post(ev.PolicyOpened("research-deduction"))
    desk.terminal.post(ev.PolicyApplied())
    desk.until("the guide", lambda v: v.step is Step.GUIDE)
    visit = desk.person.go_on(Errand("gx-0103", card="resident", face="chen", form=COMPANY))
    assert visit.step is Step.RESULT
    assert visit.submission is not None
    desk.delivered_once(visit.submission.key)
    arrived = stage.stored(visit.submission.key)
    known = {"policy": "research-deduction", "who": "company", "division": "440515"}
    assert arrived.form == {**COMPANY, **known}
    assert arrived.assurance.level == "L2"
