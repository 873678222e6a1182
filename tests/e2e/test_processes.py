"""Killing a device's process in the middle of its work: a definite end, and the device is back."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from time import monotonic

import pytest
from e2e_support import JOBLESS, LOOK_UP, PROOF, Desk, Stage, logged, told

from drivers.host import DeviceHost, HostState
from kiosk.visit.model import PrintState, Step, Trouble

ENDED = (PrintState.CONFIRMED, PrintState.DOUBTFUL, PrintState.FAILED)


class Killed:
    """A device process killed now; :meth:`back` waits for its successor and prints how long."""

    def __init__(self, desk: Desk, name: str) -> None:
        self._desk = desk
        self.host: DeviceHost = desk.app.rack[name]
        self._pid = self.host.pid
        assert self._pid is not None
        self._at = monotonic()
        os.kill(self._pid, signal.SIGKILL)

    def back(self) -> None:
        self._desk.eventually(
            f"{self.host.name} is back",
            lambda: self.host.state is HostState.READY and self.host.pid not in (None, self._pid),
        )
        print(f"{self.host.name}: back {monotonic() - self._at:.2f} s after its process was killed")


def test_the_reader_s_process_dies_while_it_waits_for_a_card(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def looks() -> int:
        return int(desk.stage.play.state()["card_reader"]["requests"].get("FIND_CARD", 0))

    desk.begin("rs-0002")
    looks_before = looks()
    desk.hands.primary()
    desk.until("the reader", lambda v: v.step is Step.IDENTIFY)
    desk.eventually("the read begins", lambda: looks() > looks_before)
    killed = Killed(desk, "card_reader")
    visit = desk.until("a definite end", lambda v: v.trouble is not None)
    assert visit.trouble is not None
    assert visit.trouble.code == "device.host_crashed"
    told("device.host_crashed")
    logged(caplog, "card.failed", "code=device.host_crashed")
    killed.back()
    desk.hands.trouble("retry")
    desk.until("reading again", lambda v: v.trouble is None)
    assert desk.identify("resident").step is Step.FACE
    desk.leave()


def test_the_receipt_printer_s_process_dies_in_mid_slip(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.play.command("receipt_printer", "slow", rows_per_s=60.0)
    desk.begin("yb-0022")
    desk.hands.primary()
    desk.until("the answer", lambda v: v.answer is not None)
    desk.hands.print_slip()
    desk.eventually(
        "ink on the paper", lambda: stage.play.state()["receipt_printer"]["rows_on_strip"] > 0
    )
    killed = Killed(desk, "receipt_printer")
    visit = desk.until("a definite end", lambda v: v.receipt_print.state in ENDED)
    assert visit.receipt_print.state is PrintState.DOUBTFUL
    assert visit.receipt_print.code == "printer.unconfirmed"
    told("printer.unconfirmed")
    logged(caplog, "print.ended", "outcome=doubtful", "code=printer.unconfirmed")
    killed.back()
    stage.play.command("receipt_printer", "slow", rows_per_s=0)
    desk.leave()
    desk.ready()
    assert desk.visit(replace(LOOK_UP, slip=True)).receipt == "confirmed"


def test_the_document_printer_s_process_dies_in_mid_page(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.play.command("document_printer", "slow", page_s=3.0)
    killed: list[Killed] = []

    def kill(_person: object) -> None:
        desk.eventually(
            "a job at the printer",
            lambda: stage.play.state()["document_printer"]["state"] == "processing",
        )
        killed.append(Killed(desk, "document_printer"))

    seen = desk.visit(replace(PROOF, while_printing={PrintState.PRINTING: kill}))
    assert (seen.submission, seen.proof) == ("delivered", "doubtful")
    logged(caplog, "print.ended", "device=document_printer", "outcome=doubtful")
    desk.delivered_once(seen.key)
    killed[0].back()


def test_the_camera_s_process_dies_while_it_looks(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.begin("rs-0002")
    desk.hands.primary()
    desk.until("the reader", lambda v: v.step is Step.IDENTIFY)
    assert desk.identify("resident").step is Step.FACE
    desk.eventually("a picture", lambda: desk.terminal.preview() is not None)
    troubles: list[Trouble] = []  # with the camera back, the visit goes on by itself
    desk.terminal.subscribe(lambda v: troubles.append(v.trouble) if v.trouble is not None else None)
    killed = Killed(desk, "camera")
    killed.back()
    desk.eventually("a definite end", lambda: bool(troubles))
    trouble = troubles[0]
    told(trouble.code)
    assert trouble.code == "camera.no_frame"
    assert {"retry", "staff"} <= set(trouble.actions)
    logged(caplog, "face.camera_lost")
    logged(caplog, "face.checked", "outcome=cancelled")
    desk.leave()


def test_the_face_worker_dies_while_it_compares(
    desk: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    desk.begin("rs-0002")
    desk.hands.primary()
    desk.until("the reader", lambda v: v.step is Step.IDENTIFY)
    assert desk.identify("resident").step is Step.FACE
    desk.until("guidance", lambda v: v.face_guidance != "" or v.trouble is not None)
    worker = desk.app.face.worker_pid
    assert worker is not None
    began = monotonic()
    os.kill(worker, signal.SIGKILL)
    desk.eventually("a new worker", lambda: desk.app.face.worker_pid not in (worker, None))
    print(f"face worker: back {monotonic() - began:.2f} s after it was killed")
    logged(caplog, "face.again", "reason=worker_ended")
    desk.eventually("it is ready", lambda: desk.app.face.ready)
    assert desk.terminal.visit.trouble is None, "the person heard nothing of it"
    second = desk.app.face.worker_pid
    assert second is not None
    os.kill(second, signal.SIGKILL)  # and this one, too
    visit = desk.until("a definite end", lambda v: v.trouble is not None)
    assert visit.trouble is not None
    assert visit.trouble.code == "face.unavailable"
    told("face.unavailable")
    logged(caplog, "face.checked", "outcome=unavailable")
    desk.leave()
    desk.eventually("a third worker", lambda: desk.app.face.ready)
    assert desk.visit(JOBLESS).submission == "delivered"


def test_a_face_is_compared_although_the_worker_died_before_it_came(
    desk: Desk, stage: Stage
) -> None:
    desk.begin("rs-0002")
    desk.hands.primary()
    desk.until("the reader", lambda v: v.step is Step.IDENTIFY)
    assert desk.identify("resident").step is Step.FACE
    desk.until("guidance", lambda v: v.face_guidance != "")
    worker = desk.app.face.worker_pid
    assert worker is not None
    os.kill(worker, signal.SIGKILL)
    stage.play.command("camera", "show", scene=JOBLESS.face)
    visit = desk.until("the next page", lambda v: v.step is not Step.FACE or v.trouble is not None)
    assert (visit.trouble, visit.face is not None and visit.face.matched) == (None, True)
    desk.leave()
