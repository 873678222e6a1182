"""After the submission: verdicts, payment on the phone, slips and proofs that fail or are doubtful."""

from __future__ import annotations

from random import Random

import pytest
from visit_walk import Walk, submitted, timer

from kiosk.simulation import world as ground
from kiosk.visit import Step
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import PaymentState, PrintState, SubmissionState

DOCUMENT = {"document": {"document_id": "d-1"}}
ORDER = {"payment": {"order_id": "o-1"}}


def count(walk: Walk, kind: type[fx.Effect]) -> int:
    return sum(isinstance(effect, kind) for effect in walk.effects)


def delivered(code: str, receipt: dict[str, dict[str, str]] | None = None) -> Walk:
    walk = submitted(code)
    news = ev.VerdictArrived("key", SubmissionState.DELIVERED, receipt or {})
    walk.happen(news, perform=False)
    return walk


# ---- verdicts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "shown"), [("", "portal.rejected"), ("x.own", "x.own")])
def test_a_rejection_is_said_at_the_review_and_not_simply_repeated(code: str, shown: str) -> None:
    walk = submitted("rs-0008")
    walk.happen(ev.VerdictArrived("key", SubmissionState.REJECTED, code=code), perform=False)
    assert walk.visit.step is Step.REVIEW
    assert walk.visit.trouble is not None
    assert (walk.visit.trouble.code, walk.visit.trouble.actions) == (
        shown, ("staff", "back", "leave"),
    )  # fmt: skip
    assert "verdict" not in walk.visit.timers
    walk.happen(ev.Retried(), perform=False)
    walk.happen(ev.Continued(), perform=False)
    assert walk.visit.step is Step.REVIEW
    assert count(walk, fx.Submit) == 1
    typed = walk.visit.form
    walk.happen(ev.WentBack(), perform=False)
    assert (walk.visit.step, walk.visit.form) == (Step.FORM, typed)


def test_a_changed_bill_is_looked_up_anew_and_agreed_to_again() -> None:
    walk = submitted("sw-0009")
    walk.happen(
        ev.VerdictArrived("key", SubmissionState.REJECTED, code="portal.bill_changed"),
        perform=False,
    )
    assert walk.visit.step is Step.BILLS
    assert (walk.visit.answer, walk.visit.bills_chosen, walk.visit.consent) == (
        None, frozenset(), "",
    )  # fmt: skip
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == "portal.bill_changed"
    walk.happen(ev.Retried(), perform=False)
    answer = next(a for a in map(ground.answer, map(Random, range(50))) if len(a.bills) == 3)
    walk.happen(ev.QueryAnswered(walk.visit.awaiting["query"], answer), perform=False)
    alone, small, large = (bill.bill_id for bill in answer.bills)
    assert walk.visit.bills_chosen == {alone}, "of two alternatives the person chooses"
    for touched, chosen in ((small, {alone, small}), (large, {alone, large}), (large, {alone})):
        walk.happen(ev.BillToggled(touched), perform=False)
        assert walk.visit.bills_chosen == chosen
    walk.happen(ev.Continued(), perform=False)
    assert walk.visit.step is Step.REVIEW
    assert not walk.visit.consent


def test_news_of_another_submission_or_a_second_delivery_mean_nothing() -> None:
    walk = submitted("rs-0008")
    walk.happen(ev.VerdictArrived("other", SubmissionState.DELIVERED), perform=False)
    assert walk.visit.step is Step.SUBMITTING
    walk.happen(ev.VerdictArrived("key", SubmissionState.DELIVERED, {"n": 1}), perform=False)
    walk.happen(ev.VerdictArrived("key", SubmissionState.REJECTED), perform=False)
    assert walk.visit.step is Step.RESULT
    assert walk.visit.submission is not None
    assert walk.visit.submission.state is SubmissionState.DELIVERED


# ---- payment -------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [PaymentState.PAID, PaymentState.EXPIRED, PaymentState.CANCELLED])
def test_the_result_says_how_the_payment_ended(state: PaymentState) -> None:
    walk = delivered("sw-0009", ORDER)
    assert (walk.visit.step, walk.visit.payment) == (Step.PAYMENT, PaymentState.PENDING)
    number = walk.visit.awaiting["payment"]
    for early in (PaymentState.PENDING, PaymentState.NONE):
        walk.happen(ev.PaymentChanged(number, early), perform=False)
        assert walk.visit.step is Step.PAYMENT
    walk.happen(ev.PaymentChanged(number, state), perform=False)
    assert (walk.visit.step, walk.visit.payment) == (Step.RESULT, state)
    assert walk.effects.count(fx.StopPaymentWatch()) == 1
    walk.happen(ev.PaymentChanged(number, PaymentState.PAID), perform=False)
    assert walk.visit.payment is state


def test_a_payment_left_behind_is_never_called_paid() -> None:
    walk = delivered("sw-0009", ORDER)
    number = walk.visit.awaiting["payment"]
    walk.happen(ev.Continued(), perform=False)
    assert (walk.visit.step, walk.visit.payment) == (Step.RESULT, PaymentState.PENDING)
    assert walk.effects.count(fx.StopPaymentWatch()) == 1
    walk.happen(ev.PaymentChanged(number, PaymentState.PAID), perform=False)
    assert walk.visit.payment is PaymentState.PENDING


def test_leaving_during_the_payment_stops_the_watch() -> None:
    walk = delivered("sw-0009", ORDER)
    walk.happen(ev.LeaveRequested(), perform=False)
    walk.happen(ev.LeaveAnswered(True), perform=False)
    assert walk.visit.step is Step.FAREWELL
    assert walk.effects.count(fx.StopPaymentWatch()) == 1


# ---- the slip ------------------------------------------------------------------------------------


@pytest.mark.parametrize("halt", ["paper_out", "cover_open", "too_hot"])
def test_a_printer_that_halts_does_not_hold_the_person(halt: str) -> None:
    walk = delivered("rs-0008")
    number = walk.visit.awaiting["print_receipt"]
    assert "idle" not in walk.visit.timers
    walk.happen(ev.PrintPhase(number, halt, f"printer.{halt}"), perform=False)
    assert (walk.visit.receipt_print.state, walk.visit.receipt_print.code) == (
        PrintState.WAITING, f"printer.{halt}",
    )  # fmt: skip
    assert "idle" in walk.visit.timers
    walk.happen(ev.PrintPhase(number, "resumed"), perform=False)
    assert (walk.visit.receipt_print.state, walk.visit.receipt_print.code) == (
        PrintState.PRINTING, "",
    )  # fmt: skip
    assert "idle" not in walk.visit.timers
    walk.happen(ev.PrintEnded(number, "confirmed"), perform=False)
    assert walk.visit.receipt_print.state is PrintState.CONFIRMED
    assert "idle" in walk.visit.timers


@pytest.mark.parametrize("outcome", ["doubtful", "anything else"])
def test_a_doubtful_slip_is_never_repeated(outcome: str) -> None:
    walk = delivered("rs-0008")
    walk.happen(
        ev.PrintEnded(walk.visit.awaiting["print_receipt"], outcome, "printer.unconfirmed"),
        perform=False,
    )
    for _ in range(2):
        walk.happen(ev.PrintRequested("receipt"), perform=False)
    assert walk.visit.receipt_print.state is PrintState.DOUBTFUL
    assert count(walk, fx.PrintReceipt) == 1


def test_a_failed_slip_is_printed_again_when_asked_for() -> None:
    walk = delivered("rs-0008")
    first = walk.visit.awaiting["print_receipt"]
    walk.happen(ev.PrintRequested("receipt"), perform=False)
    assert count(walk, fx.PrintReceipt) == 1, "one is being printed"
    walk.happen(ev.PrintEnded(first, "failed", "printer.jam"), perform=False)
    assert walk.visit.receipt_print.code == "printer.jam"
    walk.happen(ev.PrintRequested("receipt"), perform=False)
    assert (walk.visit.receipt_print.state, walk.visit.receipt_print.code) == (
        PrintState.PRINTING, "",
    )  # fmt: skip
    walk.happen(ev.PrintEnded(first, "doubtful", "printer.unconfirmed"), perform=False)
    assert walk.visit.receipt_print.state is PrintState.PRINTING, "news of the first job"
    walk.happen(ev.PrintEnded(walk.visit.awaiting["print_receipt"], "confirmed"), perform=False)
    assert walk.visit.receipt_print.state is PrintState.CONFIRMED
    assert count(walk, fx.PrintReceipt) == 2


# ---- the proof -----------------------------------------------------------------------------------


def test_a_document_that_failed_is_fetched_again_and_printed_once() -> None:
    walk = delivered("rs-0001", DOCUMENT)
    assert walk.visit.proof_print.state is PrintState.FETCHING
    walk.happen(
        ev.DocumentFailed(walk.visit.awaiting["document"], "document.unavailable"), perform=False
    )
    assert (walk.visit.proof_print.state, walk.visit.proof_print.code) == (
        PrintState.FAILED, "document.unavailable",
    )  # fmt: skip
    walk.happen(ev.PrintRequested("proof"), perform=False)
    assert count(walk, fx.FetchDocument) == 2
    walk.happen(ev.DocumentFetched(walk.visit.awaiting["document"], "doc-1", 2), perform=False)
    assert (walk.visit.proof_print.state, walk.visit.proof_print.pages) == (PrintState.PRINTING, 2)
    walk.happen(ev.PrintEnded(walk.visit.awaiting["print_proof"], "confirmed"), perform=False)
    walk.happen(ev.PrintRequested("proof"), perform=False)
    assert walk.visit.proof_print.state is PrintState.CONFIRMED
    assert count(walk, fx.PrintProof) == 1


@pytest.mark.parametrize(("outcome", "prints"), [("failed", 2), ("doubtful", 1)])
def test_a_proof_is_printed_again_only_if_nothing_came_out(outcome: str, prints: int) -> None:
    walk = delivered("rs-0001", DOCUMENT)
    walk.happen(ev.DocumentFetched(walk.visit.awaiting["document"], "doc-1", 2), perform=False)
    number = walk.visit.awaiting["print_proof"]
    walk.happen(ev.PrintPhase(number, "paper_out", "printer.paper_out"), perform=False)
    assert walk.visit.proof_print.state is PrintState.WAITING
    walk.happen(ev.PrintEnded(number, outcome, "document_printer.aborted"), perform=False)
    walk.happen(ev.PrintRequested("proof"), perform=False)
    assert count(walk, fx.PrintProof) == prints
    assert count(walk, fx.FetchDocument) == 1, "it is in the vault already"


@pytest.mark.parametrize("receipt", [{}, {"document": {}}])
def test_a_proof_that_was_not_issued_is_not_promised(receipt: dict[str, dict[str, str]]) -> None:
    walk = delivered("rs-0001", receipt)
    assert walk.visit.step is Step.RESULT
    assert (walk.visit.proof_print.state, walk.visit.proof_print.code) == (
        PrintState.FAILED, "document.unavailable",
    )  # fmt: skip
    walk.happen(ev.PrintRequested("proof"), perform=False)
    walk.happen(ev.PrintRequested("banknotes"), perform=False)
    assert count(walk, fx.FetchDocument) == 0


def test_the_proof_does_not_outlive_the_visit() -> None:
    walk = delivered("rs-0001", DOCUMENT)
    walk.happen(ev.DocumentFetched(walk.visit.awaiting["document"], "doc-1", 2), perform=False)
    walk.happen(ev.LeaveRequested(), perform=False)
    walk.happen(ev.Rated(None), perform=False)
    assert walk.visit.step is Step.FAREWELL
    assert walk.visit.proof_print.handle == ""
    timer(walk, "farewell")
    walk.happen(ev.Wiped(walk.visit.awaiting["wipe"]), perform=False)
    timer(walk, "farewell")
    assert walk.visit.step is Step.ATTRACT
