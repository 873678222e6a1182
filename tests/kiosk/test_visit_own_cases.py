"""The person's own cases: the pure visit's side, from the home screen to what became of an act."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from visit_walk import Walk, timer

from config.text import Text
from kiosk.personal import Personal
from kiosk.simulation import world as ground
from kiosk.simulation.own_cases import OwnCases
from kiosk.supplements import asked_name, supplement_item
from kiosk.visit import Step
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.elsewhere import keepable
from kiosk.visit.model import FaceRecord, Power, SubmissionState, Visit, personal_residue
from kiosk.visit.own import Act, Asked, Asking, OpenCase, OwnCase
from kiosk.visit.page import Page
from kiosk.visit.replay import parse_event, record_event

ITEM = "rs-0012"
NAME = Text(zh="示例", en="Example")
CASE = OwnCase(
    "44-1", NAME, ITEM, "440500", "supplement_required", "2026-03-01T10:00:00+08:00", NAME
)
OTHER = replace(CASE, number="44-2", state="in_process")
THINGS = (Asked("phone", NAME), Asked("转诊证明", NAME, paper=True))


def item_of(code: str = ITEM):
    item = ground.world().catalogue.item(code)
    assert item is not None
    return item


def opened(*things: Asked, **more: Any) -> OpenCase:
    asked = supplement_item(item_of(), things) if things else None
    asking = Asking("S1", "2026-03-20", NAME, things, asked) if things else None
    maker = OwnCases(Random(1), lambda _delay, _event: None, 0.0)
    plain = maker.opened(replace(CASE, state="in_process"))
    withdrawal = plain.withdrawal or maker.opened(OTHER).withdrawal
    found = OpenCase(CASE, "case-key", "7K4M92QF3TX7", (), asking=asking, withdrawal=withdrawal)
    return replace(found, **more)


def last(walk: Walk, kind: type) -> fx.Effect:
    return next(effect for effect in reversed(walk.effects) if isinstance(effect, kind))


def identified() -> Walk:
    """In front of an empty list: card read, face matched, the portal asked."""
    walk = Walk(ITEM)
    walk.happen(ev.CasesWanted(), perform=False)
    assert walk.visit.step is Step.IDENTIFY
    walk.happen(ev.CardRead(walk.visit.awaiting["card"], ground.person(Random(4))), perform=False)
    matched = FaceRecord("matched", compared=True, matched=True)
    walk.happen(ev.FaceChecked(walk.visit.awaiting["face"], matched), perform=False)
    assert walk.visit.step is Step.CASES
    return walk


def at_list(*cases: OwnCase, more: bool = False) -> Walk:
    walk = identified()
    number = walk.visit.awaiting["cases"]
    walk.happen(ev.CasesListed(number, cases or (CASE, OTHER), more), perform=False)
    return walk


def at_case(case: OpenCase) -> Walk:
    walk = at_list()
    walk.happen(ev.CaseChosen(0), perform=False)
    walk.happen(ev.CaseOpened(walk.visit.awaiting["case"], case), perform=False)
    assert walk.visit.step is Step.CASE
    return walk


def stored(walk: Walk) -> None:
    number = walk.visit.awaiting["store"]
    walk.happen(ev.Stored(number, "key", "7K4M92QF3TX7", "now"), perform=False)


def test_whoever_is_not_known_is_asked_first_and_asked_no_second_time() -> None:
    walk = identified()
    assert walk.steps == [Step.HOME, Step.IDENTIFY, Step.FACE, Step.CASES]
    asked = last(walk, fx.ListCases)
    assert isinstance(asked, fx.ListCases)
    assert (asked.assurance["level"], asked.before) == ("L2", "")
    walk.happen(ev.CasesListed(walk.visit.awaiting["cases"], (CASE,)), perform=False)
    walk.happen(ev.WentBack(), perform=False)
    assert (walk.visit.step, walk.visit.own) == (Step.HOME, None)
    walk.happen(ev.CasesWanted(), perform=False)
    assert walk.visit.step is Step.CASES


@pytest.mark.parametrize("at", [Step.IDENTIFY, Step.FACE, Step.STAFF])
def test_who_thinks_better_of_it_before_being_known_is_home_again(at: Step) -> None:
    walk = Walk(ITEM)
    walk.happen(ev.CasesWanted(), perform=False)
    if at is not Step.IDENTIFY:
        number = walk.visit.awaiting["card"]
        walk.happen(ev.CardRead(number, ground.person(Random(4))), perform=False)
    if at is Step.STAFF:
        walk.happen(ev.StaffRequested(), perform=False)
    assert walk.visit.step is at
    walk.happen(ev.WentBack(), perform=False)
    assert (walk.visit.step, walk.visit.own, walk.visit.awaiting) == (Step.HOME, None, {})


def test_older_cases_come_below_those_that_are_there() -> None:
    walk = at_list(more=True)
    walk.happen(ev.OlderCasesWanted(), perform=False)
    asked = last(walk, fx.ListCases)
    assert isinstance(asked, fx.ListCases)
    assert asked.before == OTHER.number
    third = replace(CASE, number="44-3")
    number = walk.visit.awaiting["cases"]
    walk.happen(ev.CasesFailed(number, "portal.slow"), perform=False)
    assert walk.visit.trouble is not None
    assert walk.visit.own is not None
    assert walk.visit.own.cases == (CASE, OTHER), "what is there stays"
    walk.happen(ev.Retried(), perform=False)
    walk.happen(ev.CasesListed(walk.visit.awaiting["cases"], (third,)), perform=False)
    assert walk.visit.own.cases == (CASE, OTHER, third)
    assert not walk.visit.own.more
    walk.happen(ev.OlderCasesWanted(), perform=False)
    assert walk.visit.awaiting.keys().isdisjoint({"cases"})


def test_a_dead_line_is_told_and_leads_somewhere() -> None:
    walk = identified()
    number = walk.visit.awaiting["cases"]
    walk.happen(ev.CasesFailed(number, "case.portal_away"), perform=False)
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == "case.portal_away"
    assert walk.visit.trouble.actions == ("retry", "back", "leave")
    walk.happen(ev.Retried(), perform=False)
    assert walk.visit.awaiting["cases"] > number
    walk.happen(ev.WentBack(), perform=False)
    assert walk.visit.step is Step.HOME


def test_what_is_missing_is_handed_in_by_the_ways_of_every_errand() -> None:
    walk = at_case(opened(*THINGS))
    walk.happen(ev.SupplementWanted(), perform=False)
    assert walk.visit.step is Step.FORM
    walk.happen(ev.FormEdited(asked_name(0), Personal("13800000000")), perform=False)
    walk.happen(ev.FormPageDone(), perform=False)
    assert walk.visit.step is Step.MATERIALS
    walk.happen(ev.PageTaken(walk.visit.awaiting["page"], Page("p-1")), perform=False)
    walk.happen(ev.Continued(), perform=False)
    assert walk.visit.step is Step.REVIEW
    walk.happen(ev.Continued(), perform=False)
    assert walk.visit.step is Step.REVIEW, "not without consent"
    assert walk.visit.item is not None
    walk.happen(ev.ConsentChanged(f"{ITEM}/supplement/{walk.visit.item.version}"), perform=False)
    walk.happen(ev.Continued(), perform=False)
    act = last(walk, fx.ActOnCase)
    assert isinstance(act, fx.ActOnCase)
    assert (act.act, act.case_no, act.case_key, act.request_id, act.item) == (
        Act.SUPPLEMENT, CASE.number, "case-key", "S1", ITEM,
    )  # fmt: skip
    assert {code: value.reveal() for code, value in act.form.items()} == {"phone": "13800000000"}
    assert [(page.kind, page.handle) for page in act.pages] == [("转诊证明", "p-1")]
    assert act.expires_after_s is None, "what is handed in waits for the line"
    stored(walk)
    delivered = {"case_no": CASE.number, "state": "in_process"}
    walk.happen(ev.VerdictArrived("key", SubmissionState.DELIVERED, delivered), perform=False)
    assert walk.visit.step is Step.RESULT
    printed = last(walk, fx.PrintReceipt)
    assert isinstance(printed, fx.PrintReceipt)
    assert printed.kind == "supplement"
    walk.happen(ev.CasesWanted(), perform=False)
    assert walk.visit.step is Step.CASES
    assert last(walk, fx.ListCases) is walk.effects[-1] or "cases" in walk.visit.awaiting
    walk.happen(ev.LeaveRequested(), perform=False)
    assert walk.visit.step is Step.FAREWELL
    assert personal_residue(walk.visit) == []
    assert walk.visit.item is None


def test_what_was_typed_for_a_case_waits_while_the_case_is_looked_at_again() -> None:
    walk = at_case(opened(THINGS[0]))
    typed = ev.FormEdited(asked_name(0), Personal("13800000000"))
    for event in (ev.SupplementWanted(), typed, ev.WentBack()):
        walk.happen(event, perform=False)
    assert (walk.visit.step, walk.visit.form) == (Step.CASE, {})
    walk.happen(ev.SupplementWanted(), perform=False)
    assert walk.visit.form == {asked_name(0): typed.value}
    for event in (ev.WentBack(), ev.WentBack(), ev.CaseChosen(0)):
        walk.happen(event, perform=False)
    walk.happen(ev.CaseOpened(walk.visit.awaiting["case"], opened(THINGS[0])), perform=False)
    walk.happen(ev.SupplementWanted(), perform=False)
    assert walk.visit.form == {asked_name(0): typed.value}, "also by way of the list"


def test_an_unanswered_supplement_is_told_as_taken_here_and_not_yet_delivered() -> None:
    walk = at_case(opened(THINGS[0]))
    walk.happen(ev.SupplementWanted(), perform=False)
    walk.happen(ev.FormEdited(asked_name(0), Personal("13800000000")), perform=False)
    walk.happen(ev.FormPageDone(), perform=False)
    assert walk.visit.item is not None
    walk.happen(ev.ConsentChanged(f"{ITEM}/supplement/{walk.visit.item.version}"), perform=False)
    walk.happen(ev.Continued(), perform=False)
    stored(walk)
    timer(walk, "verdict")
    assert walk.visit.step is Step.RESULT
    assert walk.visit.submission is not None
    assert walk.visit.submission.state is SubmissionState.STORED
    assert fx.WithdrawSubmission("key") not in walk.effects
    walk.happen(ev.Continued(), perform=False)
    assert walk.visit.step is Step.FAREWELL, "a case that runs is not rated now"


def test_a_case_is_withdrawn_after_its_consequences_were_shown() -> None:
    walk = at_case(opened())
    walk.happen(ev.WithdrawalWanted(), perform=False)
    assert walk.visit.step is Step.WITHDRAW
    assert not any(isinstance(effect, fx.ActOnCase) for effect in walk.effects)
    walk.happen(ev.WentBack(), perform=False)
    assert walk.visit.step is Step.CASE
    assert walk.visit.own is not None
    assert walk.visit.own.act is None
    walk.happen(ev.WithdrawalWanted(), perform=False)
    walk.happen(ev.Continued(), perform=False)
    act = last(walk, fx.ActOnCase)
    assert isinstance(act, fx.ActOnCase)
    assert (act.act, dict(act.form), act.pages) == (Act.WITHDRAWAL, {}, ())
    assert act.expires_after_s is not None, "never kept for later: the authority works on"
    stored(walk)
    walk.happen(ev.VerdictArrived("key", SubmissionState.DELIVERED, {}), perform=False)
    assert walk.visit.step is Step.RESULT
    assert last(walk, fx.PrintReceipt).kind == "withdrawal"


def test_a_withdrawal_that_could_not_be_sent_is_told_and_the_case_runs_on() -> None:
    walk = at_case(opened())
    walk.happen(ev.WithdrawalWanted(), perform=False)
    walk.happen(ev.Continued(), perform=False)
    stored(walk)
    timer(walk, "verdict")
    assert fx.WithdrawSubmission("key") in walk.effects
    walk.happen(ev.VerdictArrived("key", SubmissionState.WITHDRAWN), perform=False)
    assert walk.visit.step is Step.WITHDRAW
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == "case.not_sent"
    walk.happen(ev.WentBack(), perform=False)
    assert walk.visit.step is Step.CASES
    assert "cases" in walk.visit.awaiting, "what was tried may have changed something"


def test_a_refusal_leads_back_to_the_list_as_it_stands_now() -> None:
    walk = at_case(opened())
    walk.happen(ev.WithdrawalWanted(), perform=False)
    walk.happen(ev.Continued(), perform=False)
    stored(walk)
    refused = ev.VerdictArrived("key", SubmissionState.REJECTED, code="case.wrong_state")
    walk.happen(refused, perform=False)
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == "case.wrong_state"
    walk.happen(ev.WentBack(), perform=False)
    assert walk.visit.step is Step.CASES
    assert "cases" in walk.visit.awaiting


@pytest.mark.parametrize(
    ("case", "touch"),
    [
        (opened(*THINGS, waiting=Act.SUPPLEMENT), ev.SupplementWanted()),
        (opened(*THINGS, waiting=Act.WITHDRAWAL), ev.WithdrawalWanted()),
        (opened(), ev.SupplementWanted()),
        (opened(withdrawal=None), ev.WithdrawalWanted()),
    ],
)
def test_what_is_not_possible_does_not_begin(case: OpenCase, touch: ev.PersonEvent) -> None:
    walk = at_case(case)
    walk.happen(touch, perform=False)
    assert walk.visit.step is Step.CASE
    assert walk.visit.item is None


def test_nothing_new_begins_on_a_scarce_battery() -> None:
    walk = at_case(opened(*THINGS))
    walk.happen(ev.PowerChanged(Power.SCARCE), perform=False)
    walk.happen(ev.SupplementWanted(), perform=False)
    assert walk.visit.step is Step.CASE
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == "power.finish_only"


def laid_down(case: OpenCase) -> Walk:
    """At the case again, after a page was laid down for what it asks."""
    walk = at_case(case)
    walk.happen(ev.SupplementWanted(), perform=False)
    walk.happen(ev.PageTaken(walk.visit.awaiting["page"], Page("p-1")), perform=False)
    walk.happen(ev.WentBack(), perform=False)
    assert (walk.visit.step, dict(walk.visit.papers), walk.visit.item) == (Step.CASE, {}, None)
    return walk


def test_pages_of_a_supplement_wait_while_the_case_is_looked_at_again() -> None:
    walk = laid_down(opened(THINGS[1]))
    for event in (ev.WithdrawalWanted(), ev.WentBack(), ev.SupplementWanted()):
        walk.happen(event, perform=False)
    assert walk.visit.papers == {0: (Page("p-1"),)}
    walk.happen(ev.WentBack(), perform=False)
    assert not [effect for effect in walk.effects if isinstance(effect, fx.DropPages)]
    walk.happen(ev.LeaveRequested(), perform=False)
    walk.happen(ev.LeaveAnswered(True), perform=False)
    assert personal_residue(walk.visit) == []
    assert [effect for effect in walk.effects if isinstance(effect, fx.WipeVisit)]


@pytest.mark.parametrize("after", ["another asking", "home", "withdrawn"])
def test_pages_of_a_supplement_that_is_not_gone_on_with_are_gone(after: str) -> None:
    walk = laid_down(opened(THINGS[1]))
    match after:
        case "another asking":
            walk.happen(ev.WentBack(), perform=False)
            walk.happen(ev.CaseChosen(1), perform=False)
            other = replace(opened(THINGS[1]), case=OTHER)
            walk.happen(ev.CaseOpened(walk.visit.awaiting["case"], other), perform=False)
            walk.happen(ev.SupplementWanted(), perform=False)
            assert dict(walk.visit.papers) == {}
        case "home":
            walk.happen(ev.WentBack(), perform=False)
            walk.happen(ev.WentBack(), perform=False)
        case _:
            walk.happen(ev.WithdrawalWanted(), perform=False)
            walk.happen(ev.Continued(), perform=False)
            stored(walk)
            refused = ev.VerdictArrived("key", SubmissionState.REJECTED, code="case.wrong_state")
            walk.happen(refused, perform=False)
            walk.happen(ev.WentBack(), perform=False)
    assert fx.DropPages(("p-1",)) in walk.effects


def handed_in(*things: Asked) -> Walk:
    """A supplement in writing, stored under "key" and on its way."""
    walk = at_case(opened(*things))
    walk.happen(ev.SupplementWanted(), perform=False)
    for n in range(len(things)):
        walk.happen(ev.FormEdited(asked_name(n), Personal("13800000000")), perform=False)
    while walk.visit.step is Step.FORM:
        walk.happen(ev.FormPageDone(), perform=False)
    assert walk.visit.item is not None
    walk.happen(ev.ConsentChanged(f"{ITEM}/supplement/{walk.visit.item.version}"), perform=False)
    walk.happen(ev.Continued(), perform=False)
    stored(walk)
    return walk


WRITTEN = (THINGS[0], *(Asked(f"n{n}", NAME) for n in range(5)))


def test_a_refused_field_is_shown_again_with_the_reason_beside_it() -> None:
    walk = handed_in(*WRITTEN)
    faults = {"n4": "pattern", "phone": "minLength"}
    verdict = ev.VerdictArrived("key", SubmissionState.REJECTED, code="x", faults=faults)
    recorded = parse_event(record_event(verdict, walk.visit))
    assert isinstance(recorded, ev.VerdictArrived)
    walk.happen(verdict, perform=False)
    assert (walk.visit.step, walk.visit.form_page, walk.visit.trouble) == (Step.FORM, 0, None)
    marked = {asked_name(0): "minLength", asked_name(5): "pattern"}
    assert walk.visit.form_errors == marked == recorded.faults
    walk.happen(ev.WentBack(), perform=False)
    assert walk.visit.step is Step.CASE
    assert walk.visit.own is not None
    assert len(walk.visit.own.begun.form) == len(WRITTEN), "nothing is lost on the way back"
    walk = handed_in(*WRITTEN)
    walk.happen(verdict, perform=False)
    walk.happen(ev.FormEdited(asked_name(0), Personal("13900000000")), perform=False)
    walk.happen(ev.FormPageDone(), perform=False)
    assert (walk.visit.form_page, walk.visit.form_errors) == (1, {asked_name(5): "pattern"})
    walk.happen(ev.FormEdited(asked_name(5), Personal("7")), perform=False)
    walk.happen(ev.FormPageDone(), perform=False)
    assert (walk.visit.step, walk.visit.consent) == (Step.REVIEW, ""), "agreed to anew"


@pytest.mark.parametrize("faults", [{}, {"unknown": "pattern"}, {"phone": "x", "unknown": "x"}])
def test_a_refusal_that_no_field_explains_is_told_in_words(faults: dict[str, str]) -> None:
    walk = handed_in(THINGS[0])
    walk.happen(
        ev.VerdictArrived("key", SubmissionState.REJECTED, code="portal.rejected", faults=faults),
        perform=False,
    )
    assert walk.visit.step is Step.REVIEW
    assert walk.visit.trouble is not None


def test_a_supplement_is_not_kept_under_a_ticket_and_another_person_sees_no_list() -> None:
    walk = at_case(opened(*THINGS))
    walk.happen(ev.SupplementWanted(), perform=False)
    walk.happen(ev.FormEdited(asked_name(0), Personal("13800000000")), perform=False)
    assert not keepable(walk.visit)
    assert "44-1" not in repr(walk.visit)


def test_late_answers_reach_nobody_else() -> None:
    walk = identified()
    number = walk.visit.awaiting["cases"]
    walk.happen(ev.WentBack(), perform=False)
    walk.happen(ev.CasesListed(number, (CASE,)), perform=False)
    assert walk.visit.own is None
    walk.happen(ev.CasesWanted(), perform=False)
    walk.happen(ev.CasesListed(number, (CASE,)), perform=False)
    assert walk.visit.own is not None
    assert walk.visit.own.cases is None


TOUCHES = st.one_of(
    st.sampled_from(
        (
            ev.CasesWanted(), ev.OlderCasesWanted(), ev.SupplementWanted(), ev.WithdrawalWanted(),
            ev.Continued(), ev.WentBack(), ev.Retried(), ev.TroubleDismissed(), ev.AnotherWanted(),
            ev.PageWanted(), ev.FormPageDone(), ev.LeaveRequested(), ev.LeaveAnswered(False),
            ev.FormEdited(asked_name(0), Personal("13800000000")), ev.ElsewhereWanted(),
            ev.ConsentChanged(f"{ITEM}/supplement/1"), ev.PrintRequested("receipt"),
        )
    ),
    st.integers(-1, 3).map(ev.CaseChosen),
)  # fmt: skip


@given(touches=st.lists(st.one_of(TOUCHES, st.none()), max_size=40), seed=st.integers(0, 999))
@settings(max_examples=60, deadline=None)
def test_whatever_is_touched_in_ones_cases_every_rule_holds(
    touches: list[ev.Event | None], seed: int
) -> None:
    """``Walk`` checks the simulation's invariants after every event; None: something falls due."""
    walk = Walk(ITEM, seed)
    walk.happen(ev.CasesWanted())
    for touch in touches:
        if touch is not None:
            walk.happen(touch)
        elif walk.due:
            walk.wait()
        if walk.visit == Visit():
            break
