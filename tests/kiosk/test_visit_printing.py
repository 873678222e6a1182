"""A paper's way from its picture to its confirmed end, told as the printer tells it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from visit_walk import Walk, submitted

from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import PrintJob, PrintState, Step, SubmissionState
from kiosk.visit.print_job import Progress

DOCUMENT = {"document": {"document_id": "proof-1"}}


def at_result(code: str, receipt: dict[str, dict[str, str]] | None = None) -> Walk:
    walk = submitted(code)
    walk.happen(ev.VerdictArrived("key", SubmissionState.DELIVERED, receipt or {}), perform=False)
    assert walk.visit.step is Step.RESULT
    return walk


def printing_a_slip() -> tuple[Walk, int]:
    walk = at_result("rs-0008")
    return walk, walk.visit.awaiting["print_receipt"]


def happens(walk: Walk, *events: ev.Event) -> PrintJob:
    for event in events:
        walk.happen(event, perform=False)
    return walk.visit.receipt_print


def test_progress_is_the_printers_word() -> None:
    walk, number = printing_a_slip()
    assert walk.visit.receipt_print.progress is Progress.SENDING
    assert happens(walk, ev.PrintPhase(number, "printing")).progress is Progress.PRINTING
    assert happens(walk, ev.PrintPhase(number, "sent")).progress is Progress.CONFIRMING
    assert walk.visit.receipt_print.state is PrintState.PRINTING
    assert happens(walk, ev.PrintEnded(number, "confirmed")).state is PrintState.CONFIRMED


def test_pages_are_counted_up_and_kept_over_a_halt() -> None:
    walk = at_result("rs-0001", DOCUMENT)
    walk.happen(ev.DocumentFetched(walk.visit.awaiting["document"], "doc", 3), perform=False)
    number = walk.visit.awaiting["print_proof"]
    for phase in (
        ev.PrintPhase(number, "page_done", page=2, pages=4),
        ev.PrintPhase(number, "paper_out", "printer.paper_out", page=1),
    ):
        walk.happen(phase, perform=False)
    job = walk.visit.proof_print
    assert (job.state, job.page, job.pages, job.begun) == (PrintState.WAITING, 2, 4, True)
    walk.happen(ev.PrintPhase(number, "trouble_cleared"), perform=False)
    assert (walk.visit.proof_print.state, walk.visit.proof_print.page) == (PrintState.PRINTING, 2)
    walk.happen(ev.PrintEnded(number, "failed", "document_printer.aborted"), perform=False)
    walk.happen(ev.PrintRequested("proof"), perform=False)
    again = walk.visit.proof_print
    assert (again.state, again.page, again.begun) == (PrintState.PRINTING, 0, False)


def test_what_has_begun_is_told_at_a_halt() -> None:
    walk, number = printing_a_slip()
    halt = ev.PrintPhase(number, "cover_open", "printer.cover_open", begun=True)
    assert happens(walk, halt).begun
    assert not happens(walk, replace(halt, begun=False)).begun


def test_a_paper_that_is_waited_for_can_be_done_without() -> None:
    walk, number = printing_a_slip()
    assert happens(walk, ev.PaperDropped("receipt")).state is PrintState.PRINTING
    happens(walk, ev.PrintPhase(number, "paper_out", "printer.paper_out"))
    assert happens(walk, ev.PaperDropped("proof")).state is PrintState.WAITING
    job = happens(walk, ev.PaperDropped("receipt"))
    assert (job.state, job.code) == (PrintState.DROPPED, "")
    assert walk.effects.count(fx.CancelPrint("receipt")) == 1
    late = happens(walk, ev.PrintEnded(number, "failed", "device.cancelled"))
    assert late.state is PrintState.DROPPED
    assert happens(walk, ev.PrintRequested("receipt")).state is PrintState.PRINTING
    assert walk.visit.awaiting["print_receipt"] != number


@pytest.mark.parametrize("leave", [ev.LeaveRequested(), ev.AnotherWanted()])
def test_no_paper_comes_out_after_who_waited_for_it_has_gone(leave: ev.Event) -> None:
    walk, number = printing_a_slip()
    happens(walk, ev.PrintPhase(number, "paper_out", "printer.paper_out"), leave)
    if walk.visit.step is Step.RATING:
        happens(walk, ev.Rated(None))
    assert walk.effects.count(fx.CancelPrint("receipt")) == 1


def test_a_paper_on_its_way_is_let_out_for_the_farewell() -> None:
    walk, number = printing_a_slip()
    happens(walk, ev.PaperComposed(number, "slip", 1), ev.LeaveRequested(), ev.Rated(None))
    assert walk.visit.step is Step.FAREWELL
    assert fx.CancelPrint("receipt") not in walk.effects
    assert walk.visit.receipt_print.picture == ""


def test_a_slip_nobody_asked_for_yet_can_be_looked_at() -> None:
    walk = at_result("rs-0001", DOCUMENT)
    composed = [effect for effect in walk.effects if isinstance(effect, fx.ComposeReceipt)]
    assert [effect.kind for effect in composed] == ["submission"]
    job = happens(walk, ev.PaperComposed(composed[0].effect, "slip", 1))
    assert (job.state, job.picture, job.pictures) == (PrintState.NONE, "slip", 1)
    happens(walk, ev.PrintRequested("receipt"))
    number = walk.visit.awaiting["print_receipt"]
    # What is seen from now on is what is printed, not what was shown before.
    assert walk.visit.receipt_print.picture == ""
    assert happens(walk, ev.PaperComposed(composed[0].effect, "old", 1)).picture == ""
    assert happens(walk, ev.PaperComposed(number, "new", 1)).picture == "new"
