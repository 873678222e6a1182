"""How often a printer is asked during a job, counted on the wire."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from escpos_bench import Bench, noise_image

from drivers.escpos.link import Link, LinkTimings
from drivers.escpos.printer import ConfirmMode, JobTimings, ReceiptEngine
from drivers.escpos.redaction import TappedTransport
from drivers.escpos.simulator import EscposSimulator
from drivers.escpos.transport import TcpTransport
from drivers.ports import PrintOutcome, PrintResult
from drivers.results import Ok

CONFIRMED = Ok(PrintResult(PrintOutcome.CONFIRMED))
BLOCKS = 22  # of 1,200 rows
BEFORE_THE_JOB, BEFORE_THE_END = 4, 2


@pytest.fixture
def simulator() -> Iterator[EscposSimulator]:
    printer = EscposSimulator.on_tcp()
    printer.start()
    yield printer
    printer.stop()


class Counted:
    """A job engine on a tapped wire."""

    def __init__(
        self,
        simulator: EscposSimulator,
        bench: Bench,
        ask_every_s: float,
        watch_s: float = 30,
    ) -> None:
        self.sent: list[bytes] = []
        host, _, port = simulator.address.rpartition(":")
        transport = TcpTransport.connect(host, int(port))
        # A simulator that a busy machine keeps from answering is not asked again: it would be counted.
        self.link = Link(TappedTransport(transport, self._tap), timings=LinkTimings(reask_s=30))
        self.engine = ReceiptEngine(
            self.link,
            confirm=ConfirmMode.GS_H,
            emit=bench.emit,
            cancelled=lambda: False,
            timings=JobTimings(status_s=30, watch_s=watch_s, silence_s=60, ask_every_s=ask_every_s),
        )

    def _tap(self, direction: str, data: bytes) -> None:
        if direction == "out":
            self.sent.append(data)

    def questions(self) -> int:
        return sum(data.startswith(b"\x10\x04") for data in self.sent)


def test_a_printer_that_is_well_is_not_asked_between_blocks(simulator: EscposSimulator) -> None:
    counted = Counted(simulator, Bench(), ask_every_s=1000)
    image = noise_image(576, 1200)
    assert counted.engine.print(image, 60) == CONFIRMED
    assert counted.questions() == BEFORE_THE_JOB + BEFORE_THE_END
    [receipt] = simulator.wait_for_receipts(1)
    assert receipt.raster.data[: len(image.data)] == image.data
    counted.link.close()


def test_it_is_asked_again_once_the_last_answer_is_old(simulator: EscposSimulator) -> None:
    counted = Counted(simulator, Bench(), ask_every_s=0)
    assert counted.engine.print(noise_image(576, 1200), 60) == CONFIRMED
    assert counted.questions() == BEFORE_THE_JOB + 2 * BLOCKS + BEFORE_THE_END
    counted.link.close()


def test_what_is_pushed_between_blocks_halts_the_job_at_once(simulator: EscposSimulator) -> None:
    bench = Bench()
    # a printer that halts with its buffer full answers no question: watch_s ends the wait for it
    counted = Counted(simulator, bench, ask_every_s=1000, watch_s=1.0)
    bench.on_event = lambda name: name == "paper_out" and simulator.command("load_paper") and None
    simulator.command("paper_out", after_lines=300)
    image = noise_image(576, 2400)
    assert counted.engine.print(image, 60) == CONFIRMED
    assert bench.events == ["paper_out", "resumed"]
    [receipt] = simulator.wait_for_receipts(1)
    assert receipt.raster.data[: len(image.data)] == image.data
    counted.link.close()


def test_what_is_pushed_while_the_line_is_full_halts_the_job_at_once(
    simulator: EscposSimulator,
) -> None:
    bench = Bench()
    counted = Counted(simulator, bench, ask_every_s=1000, watch_s=1.0)

    def help_it(name: str) -> None:
        if name == "paper_out":
            simulator.command("slow", rows_per_s=0)
            simulator.command("load_paper")

    bench.on_event = help_it
    simulator.command("slow", rows_per_s=1000)  # the buffer is full when the roll ends
    simulator.command("paper_out", after_lines=150)
    assert counted.engine.print(noise_image(576, 1200), 60) == CONFIRMED
    assert bench.events == ["paper_out", "resumed"]
    counted.link.close()


def test_a_stalled_line_is_not_waited_for_past_the_limit(simulator: EscposSimulator) -> None:
    counted = Counted(simulator, Bench(), ask_every_s=1000)
    simulator.command("paper_out")  # nothing is taken once the buffer is full
    counted.link.send(bytes(60_000), time.monotonic() + 0.2)
    assert not counted.link.await_taken(4096, time.monotonic() + 0.2)
    counted.link.close()
