"""Printers that fail in the middle, before, and after: what is said, and that nothing prints twice."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from e2e_support import LOOK_UP, PROOF, Desk, Stage, logged, told
from PIL import Image, ImageChops

from kiosk.documents.pictures import pdf_pictures
from kiosk.visit import events as ev
from kiosk.visit.model import PrintState, Step, Visit

ENDED = (PrintState.CONFIRMED, PrintState.DOUBTFUL, PrintState.FAILED)
SLIP = replace(LOOK_UP, slip=True)


def at_an_answer(desk: Desk) -> Visit:
    desk.begin("yb-0022")
    desk.hands.primary()
    return desk.until("the answer", lambda v: v.answer is not None)


def picture(desk: Desk, handle: str) -> Image.Image:
    """What the screen shows of a paper."""
    png = desk.terminal.page_picture(handle)
    assert png is not None
    return Image.open(io.BytesIO(png)).convert("RGB")


def slip_ended(desk: Desk) -> Visit:
    return desk.until("the slip's end", lambda v: v.receipt_print.state in ENDED)


def test_paper_out_in_mid_receipt_waits_and_goes_on(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    before = len(stage.world.receipt_printer.receipts)
    stage.play.command("receipt_printer", "paper_out", after_lines=200)
    at_an_answer(desk)
    desk.hands.print_slip()
    visit = desk.until("no paper", lambda v: v.receipt_print.state is PrintState.WAITING)
    assert visit.receipt_print.code == "printer.paper_out"
    told("printer.paper_out")
    logged(caplog, "printer.paper_out")
    assert visit.receipt_print.begun
    stage.play.command("receipt_printer", "load_paper")
    visit = slip_ended(desk)
    assert visit.receipt_print.state is PrintState.CONFIRMED
    shown = picture(desk, f"{visit.receipt_print.picture}:1")
    desk.leave()
    assert len(stage.world.receipt_printer.receipts) == before + 1
    paper = stage.world.receipt_printer.receipts[-1].image.convert("RGB")
    assert shown.width == paper.width
    blank = ImageChops.invert(paper).getbbox()  # the printer feeds some paper before its cut
    assert blank is not None
    assert ImageChops.difference(shown, paper.crop((0, 0, *shown.size))).getbbox() is None
    assert blank[3] <= shown.height
    desk.visit(SLIP)


def test_whoever_does_not_wait_for_paper_goes_on_and_nothing_comes_out_later(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.play.command("receipt_printer", "paper_out", after_lines=100)
    at_an_answer(desk)
    desk.hands.print_slip()
    desk.until("no paper", lambda v: v.receipt_print.state is PrintState.WAITING)
    desk.terminal.post(ev.PaperDropped("receipt"))
    desk.until("the code instead", lambda v: v.receipt_print.state is PrintState.DROPPED)
    desk.eventually("the printer lets go", lambda: "print.ended" in caplog.text)
    logged(caplog, "print.ended", "code=printer.unconfirmed", "cause=device.cancelled")
    desk.leave()
    before = len(stage.world.receipt_printer.receipts)
    stage.play.command("receipt_printer", "load_paper")
    desk.ready()
    assert desk.visit(SLIP).receipt == "confirmed"
    torn = 1
    assert len(stage.world.receipt_printer.receipts) <= before + torn + 1


def test_a_printer_without_power_is_named_and_the_person_goes_on(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.play.command("receipt_printer", "power_off")
    desk.eventually(
        "the printer is missed", lambda: desk.terminal.readiness()["receipt_printer"] != "ok"
    )
    seen = desk.visit(SLIP)
    assert seen.receipt == "failed"
    code = logged(caplog, "print.ended", "outcome=failed").partition("code=")[2].split()[0]
    assert code in ("device.gone", "device.offline")
    told(code)
    stage.play.command("receipt_printer", "power_on")
    desk.ready()
    assert desk.visit(SLIP).receipt == "confirmed"


def test_a_printer_that_loses_power_in_mid_receipt_is_doubtful_and_not_repeated(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    before = len(stage.world.receipt_printer.receipts)
    stage.play.command("receipt_printer", "power_cycle", after_bytes=4000, boot_s=2.5)
    at_an_answer(desk)
    desk.hands.print_slip()
    visit = slip_ended(desk)
    assert visit.receipt_print.state is PrintState.DOUBTFUL
    assert visit.receipt_print.code == "printer.unconfirmed"
    told("printer.unconfirmed")
    logged(caplog, "print.ended", "outcome=doubtful", "code=printer.unconfirmed")
    desk.hands.print_slip()  # the person can't have it repeated: staff look at the slot first
    assert desk.leave().receipt_print.state is PrintState.DOUBTFUL
    desk.eventually(
        "the printer is missed", lambda: desk.terminal.readiness()["receipt_printer"] != "ok"
    )
    desk.ready()
    assert desk.visit(SLIP).receipt == "confirmed"
    torn = 1
    assert len(stage.world.receipt_printer.receipts) <= before + torn + 1


def test_an_open_cover_is_named(desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.play.command("receipt_printer", "cover_open")
    at_an_answer(desk)
    desk.hands.print_slip()
    visit = desk.until("the cover", lambda v: v.receipt_print.state in (*ENDED, PrintState.WAITING))
    assert visit.receipt_print.code == "printer.cover_open"
    told("printer.cover_open")
    logged(caplog, "printer.cover_open")
    stage.play.command("receipt_printer", "cover_close")
    desk.leave()
    desk.ready()
    assert desk.visit(SLIP).receipt == "confirmed"


# ---- A4 ------------------------------------------------------------------------------------------


def test_a_proof_is_not_begun_without_a_printer(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.play.command("document_printer", "power_off")
    desk.eventually(
        "the printer is missed", lambda: desk.terminal.readiness()["document_printer"] != "ok"
    )
    guide = desk.begin("rs-0001")
    assert not guide.availability.possible
    assert guide.availability.code == "item.no_printer"
    assert guide.availability.way_out is not None
    told("item.no_printer")
    desk.hands.primary()
    desk.leave()
    logged(caplog, "device.status", "name=document_printer", "device.")
    desk.visit(LOOK_UP)
    stage.play.command("document_printer", "power_on")
    desk.ready()
    assert desk.begin("rs-0001").availability.possible
    desk.leave()


def test_a_proof_the_printer_refuses_can_be_fetched_again_elsewhere(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    before = len(stage.world.document_printer.documents)
    desk.sign_in()
    visit = desk.errand(
        replace(
            PROOF, at={Step.REVIEW: lambda p: p.world.command("document_printer", "reject_jobs")}
        )
    )
    assert visit.step is Step.RESULT
    assert visit.proof_print.state is PrintState.FAILED
    told(visit.proof_print.code)
    logged(caplog, "print.ended", "outcome=failed", visit.proof_print.code)
    assert visit.submission is not None
    desk.delivered_once(visit.submission.key)
    stage.play.command("document_printer", "reject_jobs", on=False)
    desk.terminal.post(ev.PrintRequested("proof"))
    visit = desk.until("the proof", lambda v: v.proof_print.state is PrintState.CONFIRMED)
    assert len(stage.world.document_printer.documents) == before + 1
    drawn = pdf_pictures(stage.world.document_printer.documents[-1].pdf)
    job = visit.proof_print
    assert (job.page, job.pages, job.pictures) == (len(drawn), len(drawn), len(drawn))
    for number, page in enumerate(drawn, start=1):
        assert desk.terminal.page_picture(f"{job.picture}:{number}") == page
    desk.leave()


def test_a_proof_waits_for_paper_and_is_printed_once(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    before = len(stage.world.document_printer.documents)

    def tray_is_empty(_person: object) -> None:
        stage.play.command("document_printer", "paper_out")

    def tray_is_filled(_person: object) -> None:
        told(desk.terminal.visit.proof_print.code)
        stage.play.command("document_printer", "load_paper")

    seen = desk.visit(
        replace(
            PROOF,
            at={Step.REVIEW: tray_is_empty},
            while_printing={PrintState.WAITING: tray_is_filled},
        )
    )
    assert (seen.submission, seen.proof, seen.waited_for_paper) == ("delivered", "confirmed", True)
    logged(caplog, "printer.paper_out")
    assert len(stage.world.document_printer.documents) == before + 1
