"""A journey broken off under a ticket, and one gone on with: the pure visit's side."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from visit_walk import Walk, timer

from config.catalogue import Kind
from kiosk import forms
from kiosk.personal import Personal
from kiosk.simulation import world as ground
from kiosk.simulation.tickets import TICKET
from kiosk.visit import Step
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import Power, PrintState, SubmissionState, personal_residue
from kiosk.visit.tickets import Claimed, Kept

ITEM = "rs-0012"
KEPT = Kept(TICKET, "2026-03-09")
AT = "2026-03-01T10:00:00+08:00"


def last(walk: Walk, kind: type) -> fx.Effect:
    return next(effect for effect in reversed(walk.effects) if isinstance(effect, kind))


def at_form() -> Walk:
    walk = Walk(ITEM).to(Step.FORM)
    walk.happen(ev.FormEdited("phone", Personal("13800000000")))
    return walk


def keep(walk: Walk) -> None:
    while "keep" in walk.visit.awaiting:
        walk.wait()


def test_what_was_filled_in_is_kept_and_forgotten_here() -> None:
    walk = at_form()
    place = walk.visit.place
    walk.happen(ev.LeaveRequested())
    walk.happen(ev.ElsewhereWanted())
    assert walk.visit.busy
    draft = last(walk, fx.KeepDraft)
    assert isinstance(draft, fx.KeepDraft)
    assert (draft.item, draft.place) == (ITEM, place)
    assert draft.form["phone"] == Personal("13800000000")
    locked = {n for n, f in ground.world().catalogue.item(ITEM).form.fields.items() if f.locked}
    assert not locked & set(draft.form)
    keep(walk)
    assert walk.visit.step is Step.KEPT
    assert walk.visit.kept is not None
    assert walk.visit.kept.ticket == TICKET
    assert (walk.visit.form, walk.visit.item, walk.visit.place) == ({}, None, "")
    assert walk.visit.receipt_print.state is PrintState.PRINTING
    assert last(walk, fx.PrintReceipt).kind == "ticket"
    walk.happen(ev.Continued())
    assert walk.visit.step is Step.FAREWELL
    assert personal_residue(walk.visit) == []
    assert TICKET.reveal() not in repr(walk.visit)


def test_a_broken_printer_leaves_the_code_on_the_screen() -> None:
    walk = at_form()
    walk.happen(ev.ElsewhereWanted())
    keep(walk)
    number = walk.visit.awaiting["print_receipt"]
    walk.happen(ev.PrintEnded(number, "failed", "printer.paper_out"), perform=False)
    assert walk.visit.step is Step.KEPT
    assert walk.visit.receipt_print.state is PrintState.FAILED
    walk.happen(ev.PrintRequested("receipt"), perform=False)
    assert walk.visit.receipt_print.state is PrintState.PRINTING


@pytest.mark.parametrize("step", [Step.HOME, Step.IDENTIFY, Step.FORM])
def test_nothing_is_kept_of_a_journey_in_which_nothing_was_filled_in(step: Step) -> None:
    walk = Walk(ITEM).to(step)
    walk.happen(ev.ElsewhereWanted())
    assert not any(isinstance(effect, fx.KeepDraft) for effect in walk.effects)
    assert walk.visit.step is step


def test_what_the_outbox_refuses_stays_on_the_screen_and_says_why() -> None:
    walk = at_form()
    walk.happen(ev.ElsewhereWanted(), perform=False)
    walk.happen(ev.DraftNotKept(walk.visit.awaiting["keep"], "outbox.disk_full"))
    assert walk.visit.step is Step.FORM
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == "outbox.disk_full"
    assert walk.visit.form["phone"] == Personal("13800000000")


def test_a_submission_that_could_not_be_stored_can_go_on_elsewhere() -> None:
    walk = Walk(ITEM).to(Step.REVIEW)
    walk.happen(ev.ConsentChanged(f"{ITEM}/{walk.visit.item.version}"))
    walk.happen(ev.Continued(), perform=False)
    walk.happen(ev.StoreRefused(walk.visit.awaiting["store"], "outbox.full"), perform=False)
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.actions == ("retry", "staff", "elsewhere", "leave")
    walk.happen(ev.ElsewhereWanted())
    keep(walk)
    assert walk.visit.step is Step.KEPT


def test_what_was_handed_in_has_no_ticket() -> None:
    walk = Walk(ITEM).to(Step.SUBMITTING)
    assert walk.visit.submission is not None
    assert walk.visit.submission.state in (SubmissionState.PREPARING, SubmissionState.STORED)
    walk.happen(ev.ElsewhereWanted())
    assert not any(isinstance(effect, fx.KeepDraft) for effect in walk.effects)


def test_an_empty_battery_leaves_a_ticket() -> None:
    walk = at_form()
    walk.happen(ev.PowerChanged(Power.ENDING))
    walk.now += 20.0
    timer(walk, "power")
    walk.happen(ev.DraftKept(walk.visit.awaiting["keep"], KEPT), perform=False)
    assert walk.visit.step is Step.KEPT
    walk.happen(ev.PrintEnded(walk.visit.awaiting["print_receipt"], "confirmed"), perform=False)
    assert "power" in walk.visit.timers, "the code stands on the screen for the grace's time"
    timer(walk, "power")
    assert walk.visit.step is Step.FAREWELL


def test_an_outbox_that_never_answers_does_not_hold_the_battery_up() -> None:
    walk = at_form()
    walk.happen(ev.PowerChanged(Power.ENDING))
    walk.now += 20.0
    for _ in range(5):
        if walk.visit.step is not Step.FAREWELL:
            timer(walk, "power")
    assert walk.visit.step is Step.FAREWELL


def test_a_terminal_going_out_of_service_offers_it() -> None:
    walk = at_form()
    walk.happen(ev.ServiceLost("service.outbox"))
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.actions == ("elsewhere", "dismiss", "leave")


# ---- going on ------------------------------------------------------------------------------------


def with_ticket() -> Walk:
    """At home with the ticket shown, about to be identified."""
    walk = Walk(ITEM).to(Step.HOME)
    walk.happen(ev.ResumeWanted(), perform=False)
    assert walk.visit.step is Step.RESUME
    walk.happen(ev.LookUpScanned(walk.visit.awaiting["scan"], TICKET.reveal()), perform=False)
    walk.happen(ev.TicketChecked(walk.visit.awaiting["ticket"], TICKET), perform=False)
    assert walk.visit.step is Step.IDENTIFY
    return walk


def identified(walk: Walk) -> Walk:
    holder = replace(ground.person(walk.performer.random), photo="photo-1")
    walk.happen(ev.CardRead(walk.visit.awaiting["card"], holder), perform=False)
    assert walk.visit.step is Step.RESUME
    assert walk.visit.busy
    return walk


def given(walk: Walk, item: str, **form: str) -> None:
    values = MappingProxyType({name: Personal(value) for name, value in form.items()})
    place = (ground.world().places.get(item) or ("",))[0]
    claimed = Claimed(item, 1, place, values, AT)
    walk.happen(ev.DraftClaimed(walk.visit.awaiting["claim"], claimed))


def test_the_same_person_goes_on_at_what_is_missing() -> None:
    walk = identified(with_ticket())
    given(walk, ITEM, phone="13800000000", name="somebody else")
    walk.to(Step.FORM)
    assert walk.visit.form["phone"] == Personal("13800000000")
    assert walk.visit.form.get("name") != Personal("somebody else"), "the card says who it is"
    errors = forms.check_page(
        walk.visit.item,
        walk.visit.form_page,
        {name: value.reveal() for name, value in walk.visit.form.items()},
    )
    assert errors
    assert dict(walk.visit.form_errors) == errors
    walk.to(Step.RESULT)


def test_with_nothing_missing_it_goes_on_at_the_review_and_is_agreed_to_anew() -> None:
    first = Walk(ITEM).to(Step.REVIEW)
    values = {name: value.reveal() for name, value in first.visit.form.items()}
    walk = identified(with_ticket())
    given(walk, ITEM, **values)
    while walk.visit.step is not Step.REVIEW:
        assert walk.visit.step is not Step.FORM
        walk.wait()
    assert walk.visit.consent == ""
    walk.happen(ev.WentBack())
    assert walk.visit.step is Step.FORM, "it can still be changed"


@pytest.mark.parametrize("code", ground.TICKET)
def test_a_ticket_that_is_no_good_says_why_before_anybody_is_asked_for_a_card(code: str) -> None:
    walk = Walk(ITEM).to(Step.HOME)
    walk.happen(ev.ResumeWanted(), perform=False)
    walk.happen(ev.TicketTyped(Personal("?")), perform=False)
    walk.happen(ev.TicketChecked(walk.visit.awaiting["ticket"], Personal(""), code), perform=False)
    assert walk.visit.step is Step.RESUME
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == code
    assert "scan" in walk.visit.awaiting
    walk.happen(ev.TroubleDismissed())
    walk.happen(ev.WentBack())
    assert walk.visit.step is Step.HOME


def test_another_persons_ticket_lets_its_owner_identify_again() -> None:
    walk = identified(with_ticket())
    walk.happen(ev.ClaimFailed(walk.visit.awaiting["claim"], "ticket.not_yours"), perform=False)
    assert walk.visit.holder is None
    walk.happen(ev.TicketTyped(TICKET), perform=False)
    walk.happen(ev.TicketChecked(walk.visit.awaiting["ticket"], TICKET), perform=False)
    assert walk.visit.step is Step.IDENTIFY


def test_a_portal_out_of_reach_is_asked_again_for_the_same_ticket() -> None:
    walk = identified(with_ticket())
    walk.happen(ev.ClaimFailed(walk.visit.awaiting["claim"], "ticket.portal_away"), perform=False)
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.actions == ("retry", "dismiss", "leave")
    walk.happen(ev.Retried(), perform=False)
    assert last(walk, fx.ClaimDraft).ticket == TICKET


def test_a_service_that_is_not_here_gives_a_new_ticket() -> None:
    walk = identified(with_ticket())
    given(walk, "no-such-item", phone="13800000000")
    while walk.visit.trouble is None:
        walk.wait()
    assert walk.visit.trouble.actions == ("dismiss", "elsewhere", "leave")
    walk.happen(ev.ElsewhereWanted())
    assert last(walk, fx.KeepDraft).form["phone"] == Personal("13800000000")
    keep(walk)
    assert walk.visit.step is Step.KEPT


def test_somebody_else_who_identifies_later_sees_nothing_of_it() -> None:
    walk = identified(with_ticket())
    given(walk, ITEM, phone="13800000000")
    walk.to(Step.FORM)
    walk.happen(ev.WentBack())
    walk.visit = type(walk.visit)(**{**vars(walk.visit), "holder": None})
    while walk.visit.step is not Step.IDENTIFY:
        walk.happen(ev.Continued())
        if walk.due:
            walk.wait()
        if walk.visit.step is Step.PLACE:
            walk.happen(ev.PlaceChosen(ground.world().places[ITEM][0]))
    other = ground.person(walk.performer.random)
    walk.happen(ev.CardRead(walk.visit.awaiting["card"], other), perform=False)
    assert Personal("13800000000") not in walk.visit.form.values()


def test_every_kind_with_a_form_can_be_gone_on_with() -> None:
    world = ground.world()
    for kind in (Kind.APPLY, Kind.PRINT, Kind.APPOINTMENT):
        item = next((i for i in world.offered.get(kind, ()) if i.form is not None), None)
        if item is None:
            continue
        walk = identified(with_ticket())
        given(walk, item.code)
        walk.code = item.code
        walk.to(Step.RESULT)
