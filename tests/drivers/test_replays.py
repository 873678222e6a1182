"""Recordings of device hosts, played to the adapter again: it meets the same ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from host_bench import Watcher, outcome

from drivers.escpos.encoding import without_realtime_codes
from drivers.escpos.replay import EscposReplay, recorded_rows
from drivers.escpos.simulator import EscposSimulator
from drivers.escpos.transport import TcpTransport
from drivers.escpos.wires import TcpWire
from drivers.flight import Entry, Outcome, Recording, lines, parse_lines
from drivers.flight.script import Question, Script, acts
from drivers.host import DeviceHost, HostPolicy, HostSpec
from drivers.ipp.simulator import IppPrinterSimulator
from drivers.ports import RasterImage
from drivers.replays import Compared, NotReplayableError, replay, replayable
from drivers.results import Ok
from drivers.sdt import SdtReaderSimulator

# Nobody but the test talks to the device while it is recorded.
SELDOM = HostPolicy(heartbeat_s=0.2, hang_s=20.0, start_limit_s=60.0, status_poll_s=60.0)
RECEIPT = RasterImage(384, 120, without_realtime_codes(b"\x5a" * 48 * 120))
PDF = b"%PDF-1.7 a document"
DOUBTFUL = "doubtful device.offline"


class Recorded:
    """A device host at a simulator, and what its recorder has."""

    def __init__(self, host: DeviceHost) -> None:
        self.host = host

    def call(self, operation: str, *arguments: Any, timeout_s: float) -> None:
        outcome(self.host.call(operation, *arguments, timeout_s=timeout_s))

    def recording(self) -> Recording:
        result = self.host.recording(2.0).result(5)
        assert isinstance(result, Ok)
        return parse_lines(lines(result.value))


@contextmanager
def recorded(adapter: str, kind: str, /, **options: Any) -> Iterator[Recorded]:
    watcher = Watcher()
    host = DeviceHost(
        HostSpec("device", kind, adapter, options),
        on_status=watcher.on_status,
        on_event=watcher.on_event,
        policy=SELDOM,
    )
    host.start()
    try:
        watcher.until_failure(None)
        yield Recorded(host)
    finally:
        host.stop()


def ends(recording: Recording, **options: Any) -> list[Compared]:
    return [one for one in replay(recording, options, 20.0) if one.operation != "open"]


def assert_met_again(recording: Recording, wanted: list[str], **options: Any) -> None:
    found = ends(recording, **options)
    assert [one.recorded for one in found] == wanted
    assert [one.now for one in found] == wanted


@pytest.mark.parametrize("adapter", ["escpos-tcp", "escpos-serial"])
def test_receipts_end_as_they_did(adapter: str) -> None:
    tcp = adapter == "escpos-tcp"
    simulator = EscposSimulator.on_tcp() if tcp else EscposSimulator.on_pty()
    simulator.start()
    host, _, port = simulator.address.rpartition(":")
    address = {"host": host, "port": int(port)} if tcp else {"port": simulator.address}
    try:
        with recorded(adapter, "receipt_printer", silence_s=3.0, **address) as device:
            device.call("print_receipt", RECEIPT, timeout_s=20.0)
            simulator.command("cover_open")
            device.call("print_receipt", RECEIPT, timeout_s=20.0)
            simulator.command("cover_close")
            if tcp:
                simulator.command("mute", after_bytes=2000)
            device.call("print_receipt", RECEIPT, timeout_s=20.0)
            recording = device.recording()
    finally:
        simulator.stop()
    assert recorded_rows(recording) == RECEIPT.height
    assert_met_again(
        recording, ["ok", "printer.cover_open", DOUBTFUL if tcp else "ok"], silence_s=3.0
    )


def test_documents_end_as_they_did() -> None:
    simulator = IppPrinterSimulator(page_s=0.05)
    simulator.start()
    try:
        with recorded("ipp", "document_printer", uri=simulator.address) as device:
            device.call("print_document", PDF, "proof", timeout_s=20.0)
            simulator.command("reject_jobs")
            device.call("print_document", PDF, "proof", timeout_s=20.0)
            simulator.command("reject_jobs", on=False)
            simulator.command("abort_next", after_pages=0)
            device.call("print_document", PDF, "proof", timeout_s=20.0)
            recording = device.recording()
    finally:
        simulator.stop()
    assert_met_again(recording, ["ok", "document_printer.rejected", "document_printer.aborted"])


def test_cards_are_read_as_they_were(tmp_path: Path) -> None:
    simulator = SdtReaderSimulator(tmp_path / "reader")
    simulator.start()
    options = {"poll_s": 0.02, "answer_s": 0.3}
    try:
        with recorded("sdt-serial", "id_card_reader", port=simulator.address, **options) as device:
            simulator.command("lay_card", card="resident")
            simulator.command("fault", kind="unknown_type", count=1)
            device.call("read_card", timeout_s=20.0)
            recording = device.recording()
    finally:
        simulator.stop()
    assert_met_again(recording, ["idcard.unknown_type"], **options)


def test_an_adapter_that_asks_what_was_never_asked_is_found_out() -> None:
    asked = Entry(1.0, "out", b"\x10\x04\x01")
    answered = Entry(1.1, "in", b"\x12")
    begun, ended = Entry(0.9, "note", b"begin open"), Entry(1.2, "note", b"end open ok")
    recording = Recording("device", "escpos-tcp", 2.0, "", (begun, asked, answered, ended))
    player = EscposReplay(recording, TcpWire("127.0.0.1", 0))
    player.start()
    player.turn()
    try:
        host, _, port = player.address.rpartition(":")
        wire = TcpTransport.connect(host, int(port), timeout_s=5)

        wire.send(b"\x10\x04\x01\x10\x04\x04", time.monotonic() + 5)
        assert wire.receive(5.0) == b"\x12"
        wire.close()
    finally:
        player.stop()
    assert player.script.unknown == [b"\x10\x04\x04"]


def test_answers_go_with_the_last_question_before_them() -> None:
    def questions(sent: bytes) -> list[tuple[bytes, bytes]]:
        return [(word[:1], word) for word in sent.split()]

    entries = (
        Entry(0.0, "out", b"a0"),
        Entry(0.5, "note", b"begin read"),
        Entry(0.6, "in", b"late"),
        Entry(1.0, "out", b"a1 b1"),
        Entry(1.5, "in", b"x"),
        Entry(1.7, "in", b"y"),
        Entry(1.8, "out", b"", 40),
        Entry(2.0, "note", b"end read ok"),
        Entry(3.0, "note", b"begin read"),
        Entry(4.0, "out", b"a2"),
        Entry(5.0, "note", b"end read doubtful device.offline"),
    )
    first, second = acts(Recording("d", "a", 5.0, "", entries), questions)
    assert first.done == Outcome("read", "ok")
    assert second.done == Outcome("read", "doubtful device.offline")
    assert [(one.data, [piece.data for piece in one.answer]) for one in first.questions] == [
        (b"a1", []),
        (b"b1", [b"x", b"y"]),
    ]
    asked = first.questions[1]
    assert [round(piece.pause_s, 3) for piece in asked.answer] == [0.5, 0.2]
    played = Script([first, second])
    played.turn()
    assert played.next(b"b") == asked
    assert played.next(b"b") == asked, "asked more often than then"
    assert played.next(b"a") is None, "passed over, and not asked again then"
    played.turn()
    assert played.next(b"a") == Question(b"a", b"a2")
    assert played.next(b"b") is None
    assert played.unknown == [b"a", b"b"]
    played.turn()
    assert played.next(b"a") is None


def test_what_can_t_be_played_is_refused() -> None:
    nothing = Recording("device", "opencv-camera", 0.0, "")
    with pytest.raises(NotReplayableError, match="sdt-serial"):
        list(replay(nothing))
    other = replace(nothing, adapter="ipp", entries=(Entry(0.0, "note", b"end fly ok"),))
    with pytest.raises(NotReplayableError, match="fly"):
        list(replay(other))
    assert set(replayable()) >= {"sdt-serial", "escpos-tcp", "escpos-serial", "ipp"}
