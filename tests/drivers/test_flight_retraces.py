"""A session with a simulator, recorded and played again: alike where the device is, told where not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from escpos_bench import noise_image
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos import EscposTcpPrinter
from drivers.escpos import retrace as escpos
from drivers.escpos.simulator import EscposSimulator
from drivers.flight import Entry, FlightMemory, FlightRecorder, Recording, lines, parse_lines
from drivers.flight.retrace import NOTHING, Deviation, Observation, compare, line_of
from drivers.indicator import SerialPanel
from drivers.indicator import retrace as panel_board
from drivers.indicator.simulator import PanelSimulator
from drivers.ipp import IppPrinter
from drivers.ipp import retrace as ipp
from drivers.ipp.simulator import IppPrinterSimulator
from drivers.ports import AdapterContext, Light, LightState, Presence
from drivers.results import Failure, Ok
from drivers.ups import NutPowerSupply
from drivers.ups import retrace as ups
from drivers.ups.simulator import NutSimulator

PDF = b"%PDF-1.7 an invented document" + bytes(500)


@contextmanager
def recorded(adapter_class: Any, **options: Any) -> Iterator[tuple[Any, Callable[[], Recording]]]:
    """An open adapter, and what was recorded of it so far, by way of its file."""
    memory = FlightMemory()
    recorder = FlightRecorder(memory)
    recorder.begin(adapter_class)

    def taken() -> Recording:
        made = Recording("device", adapter_class.__name__, 0.0, "", memory.read()[0])
        return parse_lines(lines(made))

    context = AdapterContext(
        "device", options, lambda name, data: None, lambda: False, recorder.tap
    )
    adapter = adapter_class(context)
    recorder.note("begin open")
    assert adapter.open() == Ok(None)
    recorder.note("end open ok")
    try:
        yield adapter, taken
    finally:
        adapter.close()


@contextmanager
def running(simulator: Any) -> Iterator[Any]:
    simulator.start()
    try:
        yield simulator
    finally:
        simulator.stop()


def place_of(simulator: EscposSimulator) -> tuple[str, int]:
    host, _, port = simulator.address.rpartition(":")
    return host, int(port)


def session_of_a_printer_that_runs_out() -> Recording:
    with running(EscposSimulator.on_tcp()) as simulator:
        host, port = place_of(simulator)
        with recorded(EscposTcpPrinter, host=host, port=port) as (printer, taken):
            printed = printer.print_receipt(noise_image(576, 300), 10.0)
            assert isinstance(printed, Ok)
            simulator.command("paper_out")
            refused = printer.print_receipt(noise_image(576, 300), 0.6)
            assert isinstance(refused, Failure | Ok)
            assert printer.status().failure == "printer.paper_out"
            return taken()


def test_a_receipt_printers_recording_shows_where_another_printer_differs() -> None:
    recording = session_of_a_printer_that_runs_out()
    with running(EscposSimulator.on_tcp()) as other:
        played = escpos.retrace(recording, *place_of(other), patience_s=0.5)
        assert other.wait_for_receipts(1)
    assert played.filled == 72 * 300, "of the second receipt nothing was sent"
    [differs, *_] = [d for d in played.deviations if d.topic == "DLE EOT 4"]
    entry = recording.entries[differs.line - line_of(0)]
    assert entry.data.hex() == differs.expected
    assert int(differs.expected, 16) & 0x60, "there was no paper"
    assert differs.got == NOTHING, "it never ran out here"


def test_a_receipt_printer_that_does_the_same_deviates_nowhere() -> None:
    with running(EscposSimulator.on_tcp()) as simulator:
        host, port = place_of(simulator)
        with recorded(EscposTcpPrinter, host=host, port=port) as (printer, taken):
            assert isinstance(printer.print_receipt(noise_image(576, 300), 10.0), Ok)
            recording = taken()
        first = simulator.wait_for_receipts(1)
    with running(EscposSimulator.on_tcp()) as other:
        played = escpos.retrace(recording, *place_of(other))
        again = other.wait_for_receipts(1)
    assert played.deviations == ()
    assert b"\x55\x55" in again[0].raster.data, "grey: no dot is in a recording"
    assert [receipt.raster.height for receipt in again] == [
        receipt.raster.height for receipt in first
    ]


def test_a_printer_that_is_away_is_a_deviation_too() -> None:
    with running(EscposSimulator.on_tcp()) as simulator:
        host, port = place_of(simulator)
        with recorded(EscposTcpPrinter, host=host, port=port) as (_, taken):
            recording = taken()
    played = escpos.retrace(recording, host, port)
    assert Deviation("connection", 3, "open", "ConnectionRefusedError") in played.deviations


def session_with_a_supply(simulator: NutSimulator) -> Recording:
    with recorded(NutPowerSupply, port=simulator.port) as (supply, taken):
        supply.status()
        simulator.command("mains_fail")
        supply.status()
        return taken()


@pytest.mark.parametrize("fails", [True, False])
def test_a_power_supplys_recording_is_played(fails: bool) -> None:
    with running(NutSimulator()) as simulator:
        recording = session_with_a_supply(simulator)
        if not fails:
            simulator.command("mains_return")
        played = ups.retrace(recording, "127.0.0.1", simulator.port)
    wrong = [deviation.topic for deviation in played.deviations]
    assert "ups.status" in wrong, "its mains fail before, or never; then they did between"
    assert "battery.charge" not in wrong


def test_a_power_supply_that_says_the_same_deviates_nowhere() -> None:
    with running(NutSimulator()) as simulator:
        with recorded(NutPowerSupply, port=simulator.port) as (supply, taken):
            supply.status()
            recording = taken()
        assert ups.retrace(recording, "127.0.0.1", simulator.port).deviations == ()
        simulator.command("error", code="DATA-STALE")
        [first, *_] = ups.retrace(recording, "127.0.0.1", simulator.port, patience_s=0.2).deviations
    assert (first.topic, first.expected, first.got) == ("error", NOTHING, "DATA-STALE")


def test_a_panel_boards_recording_is_played(tmp_path: Path) -> None:
    with running(PanelSimulator(tmp_path / "board")) as board:
        with recorded(SerialPanel, port=board.address, answer_s=1.0) as (panel, taken):
            assert panel.show(Light.CARD, LightState.ON, 5.0) == Ok(None)
            assert panel.presence(5.0) == Ok(Presence.AWAY)
            recording = taken()
        assert panel_board.retrace(recording, board.address, 115200).deviations == ()
        board.command("lamp", light="card", broken=True)
        told = panel_board.retrace(recording, board.address, 115200).deviations
    assert {each.topic for each in told} >= {"LIGHT CARD", "STATE"}
    lamp = next(each for each in told if each.topic == "LIGHT CARD")
    assert (lamp.expected[:2], lamp.got[:8]) == ("OK", "ERR LAMP")
    assert recording.entries[lamp.line - line_of(0)].direction == "in"


def session_with_an_a4_printer() -> Recording:
    with running(IppPrinterSimulator(page_s=0.02)) as simulator:
        options = {"uri": simulator.address, "poll_s": 0.02}
        with recorded(IppPrinter, **options) as (printer, taken):
            printer.print_document(PDF, "A001", 20)  # so that the next has another number
            assert isinstance(printer.print_document(PDF, "A002", 20), Ok)
            return taken()


def test_an_a4_printers_recording_is_played() -> None:
    recording = session_with_an_a4_printer()
    with running(IppPrinterSimulator(page_s=0.02)) as other:
        ran = IppPrinter(
            AdapterContext("a4", {"uri": other.address}, lambda n, d: None, lambda: False)
        )
        assert ran.open() == Ok(None)
        ran.print_document(PDF, "before", 20)
        played = ipp.retrace(recording, other.address)
        assert [job.title for job in other.press.jobs()] == ["before", "A001", "A002"]
    assert played.deviations == ()
    assert played.filled == 2 * len(PDF)
    assert played.unplayed == ()


def test_an_a4_printer_that_refuses_jobs_is_told_by_the_first_answer() -> None:
    recording = session_with_an_a4_printer()
    with running(IppPrinterSimulator(page_s=0.02)) as other:
        other.command("reject_jobs")
        played = ipp.retrace(recording, other.address)
    told = {each.topic: (each.expected, each.got) for each in played.deviations}
    assert told["answer to CREATE_JOB"] == ("OK", "NOT_ACCEPTING_JOBS")
    assert told["state of job 1"] == ("9", NOTHING)


def test_a_request_that_was_not_kept_whole_is_told() -> None:
    recording = Recording("a4", "ipp", 0.0, "", (Entry(0.0, "out", b"\x02\x00", 9000),))
    with running(IppPrinterSimulator()) as other:
        played = ipp.retrace(recording, other.address)
    assert played.unplayed == (line_of(0),)


HISTORY = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=12)


@given(HISTORY, st.data())
def test_a_value_told_twice_is_told_once_and_a_change_is_found(
    history: list[tuple[str, str]], data: st.DataObject
) -> None:
    seen = [Observation(topic, value, place) for place, (topic, value) in enumerate(history)]
    twice = [each for each in seen for _ in range(data.draw(st.integers(1, 3)))]
    assert compare(seen, twice) == ()
    assert compare(twice, seen) == ()
    last = Observation("a", "new", 99)
    assert [d.got for d in compare(seen, [*twice, last])] == ["new"]
    assert [d.expected for d in compare([*seen, last], twice)] == ["new"]
