"""Looking for policies as events: what is asked, one policy and its question, and what is begun there."""

from __future__ import annotations

import pytest
from visit_walk import Walk

from config.policy_terms import APPLICATION, REMINDER, Fit
from kiosk.personal import Personal
from kiosk.visit import events as ev
from kiosk.visit import finder
from kiosk.visit.model import PERSONAL_FIELDS, FoundPolicy, PrintState, Step, Visit

MATCH = "gx-0102"
COMPANY = {
    "who": "company", "division": "440507", "industry": "manufacturing", "employees": "unknown",
    "assets_wan": "5000", "profit_wan": "300", "small_scale_taxpayer": "false",
    "does_research": "true", "high_tech": "false",
}  # fmt: skip
TRADER = {
    "who": "sole_trader", "division": "440507", "industry": "wholesale_retail",
    "small_scale_taxpayer": "true", "monthly_sales_wan": "10",
}  # fmt: skip


def asked(walk: Walk) -> tuple[str, ...]:
    item = walk.visit.item
    assert item is not None
    assert item.form is not None
    return item.form.pages[walk.visit.form_page].fields


def answered(answers: dict[str, str]) -> tuple[Walk, list[str]]:
    """The list for these answers, and the questions that were put."""
    walk, put = Walk(MATCH, 2).to(Step.FORM), []
    while walk.visit.step is Step.FORM:
        [name] = asked(walk)
        put.append(name)
        walk.happen(ev.FormEdited(name, Personal(answers[name])))
        walk.happen(ev.FormPageDone({}))
    assert walk.visit.step is Step.POLICIES
    while walk.visit.answer is None:
        walk.wait()
    return walk, put


def policy(visit: Visit, code: str) -> FoundPolicy:
    assert visit.answer is not None
    return next(one for one in visit.answer.policies if one.code == code)


def test_nobody_is_asked_for_a_card_or_what_does_not_concern_them() -> None:
    walk, put = answered(TRADER)
    assert put == list(TRADER)
    assert Step.IDENTIFY not in walk.steps
    assert walk.visit.answer is not None
    assert {one.code for one in walk.visit.answer.policies if one.fit is Fit.YES} == {
        "iit-sole-trader", "six-taxes-sole-trader", "vat-small-seller",
    }  # fmt: skip
    _, put = answered(COMPANY)
    assert put == list(COMPANY), "monthly sales count for small-scale taxpayers alone"


def test_one_question_decides_a_policy_after_all() -> None:
    walk, _ = answered(COMPANY)
    walk.happen(ev.PolicyOpened("cit-small"))
    assert policy(walk.visit, "cit-small").open == ("employees",)
    walk.happen(ev.QuestionReopened("employees"))
    assert (walk.visit.step, asked(walk)) == (Step.FORM, ("employees",))
    walk.happen(ev.FormEdited("employees", Personal("300")))
    walk.happen(ev.FormPageDone({}))
    assert walk.visit.step is Step.POLICIES
    while walk.visit.answer is None:
        walk.wait()
    found = finder.opened(walk.visit)
    assert found is not None
    assert (found.code, found.fit, found.open) == ("cit-small", Fit.YES, ())


def test_back_leads_from_the_question_to_the_policy_to_the_list_to_the_last_question() -> None:
    walk, put = answered(COMPANY)
    walk.happen(ev.PolicyOpened("cit-small"))
    walk.happen(ev.QuestionReopened("employees"))
    walk.happen(ev.WentBack())
    assert (walk.visit.step, walk.visit.policy) == (Step.POLICIES, "cit-small")
    walk.happen(ev.WentBack())
    assert (walk.visit.step, walk.visit.policy) == (Step.POLICIES, "")
    walk.happen(ev.WentBack())
    back = []
    while walk.visit.step is Step.FORM:
        back += asked(walk)
        walk.happen(ev.WentBack())
    assert back == put[::-1]


def test_an_answer_whose_question_is_asked_no_more_counts_for_nothing() -> None:
    walk, put = answered(COMPANY | {"employees": "inf", "high_tech": "true"})
    assert policy(walk.visit, "cit-small").against == ("employees",)
    for _ in put:
        walk.happen(ev.WentBack())
    assert asked(walk) == ("who",)
    for name in TRADER:
        assert asked(walk) == (name,)
        walk.happen(ev.FormEdited(name, Personal(TRADER[name])))
        walk.happen(ev.FormPageDone({}))
    while walk.visit.answer is None:
        walk.wait()
    assert policy(walk.visit, "cit-small").against == ("who",)
    assert policy(walk.visit, "high-tech").open == ("high_tech",)


def test_what_is_not_asked_of_the_policy_is_not_reopened() -> None:
    walk, _ = answered(COMPANY)
    walk.happen(ev.PolicyOpened("no-such-policy"))
    assert walk.visit.policy == ""
    walk.happen(ev.PolicyOpened("cit-small"))
    walk.happen(ev.QuestionReopened("industry"))
    assert walk.visit.step is Step.POLICIES


def test_applying_takes_along_what_was_said_and_leads_back_to_the_list() -> None:
    walk, _ = answered(COMPANY)
    before = walk.visit
    walk.happen(ev.PolicyOpened("research-deduction"))
    walk.happen(ev.PolicyApplied())
    while walk.visit.step is not Step.GUIDE:
        walk.wait()
    assert walk.visit.item is not None
    assert walk.visit.item.code == APPLICATION
    brought = {name: value.reveal() for name, value in walk.visit.form.items()}
    assert brought == {"policy": "research-deduction", "who": "company", "division": "440507"}
    walk.happen(ev.WentBack())
    assert (walk.visit.step, walk.visit.policy) == (Step.POLICIES, "research-deduction")
    assert (walk.visit.answer, walk.visit.form) == (before.answer, before.form)
    assert walk.visit.finder is None


def test_the_form_of_an_application_still_knows_what_was_said() -> None:
    walk, _ = answered(COMPANY)
    walk.happen(ev.PolicyOpened("research-deduction"))
    walk.happen(ev.PolicyApplied())
    while walk.visit.step is not Step.GUIDE:
        walk.wait()
    walk.to(Step.FORM)
    assert walk.visit.form["policy"].reveal() == "research-deduction"
    walk.to(Step.RESULT)
    assert walk.visit.submission is not None


@pytest.mark.parametrize("code", ["iit-sole-trader", "cit-small", "research-deduction"])
def test_nobody_applies_for_what_is_automatic_or_does_not_fit(code: str) -> None:
    walk, _ = answered(TRADER)
    walk.happen(ev.PolicyOpened(code))
    walk.happen(ev.PolicyApplied())
    assert "item" not in walk.visit.awaiting


def test_a_wish_for_reminders_takes_the_profile_along() -> None:
    walk, _ = answered(TRADER)
    walk.happen(ev.RemindersWanted())
    while walk.visit.step is not Step.GUIDE:
        walk.wait()
    assert walk.visit.item is not None
    assert walk.visit.item.code == REMINDER
    brought = {name: value.reveal() for name, value in walk.visit.form.items()}
    assert brought == {
        "who": "sole_trader", "division": "440507", "industry": "wholesale_retail",
    }  # fmt: skip


def test_what_was_printed_belongs_to_what_was_shown() -> None:
    walk, _ = answered(COMPANY)
    walk.happen(ev.PrintRequested("receipt"))
    walk.happen(ev.PolicyOpened("cit-small"))
    assert walk.visit.receipt_print.state is PrintState.PRINTING, "it still comes out"
    while walk.visit.receipt_print.state is not PrintState.CONFIRMED:
        walk.wait()
    walk.happen(ev.QuestionReopened("employees"))
    assert walk.visit.receipt_print.state is PrintState.NONE
    walk.happen(ev.WentBack())
    walk.happen(ev.PrintRequested("receipt"))
    while walk.visit.receipt_print.state is not PrintState.CONFIRMED:
        walk.wait()
    walk.happen(ev.WentBack())
    assert (walk.visit.policy, walk.visit.receipt_print.state) == ("", PrintState.NONE)


def test_nothing_of_it_is_left_after_the_visit() -> None:
    walk, _ = answered(COMPANY)
    walk.happen(ev.PolicyOpened("cit-small"))
    walk.happen(ev.LeaveRequested())
    walk.to(Step.FAREWELL)
    blank = Visit()
    assert all(getattr(walk.visit, name) == getattr(blank, name) for name in PERSONAL_FIELDS)
