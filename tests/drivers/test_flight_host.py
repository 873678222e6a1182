"""Recordings taken from running device hosts, and one of them replayed."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from host_bench import PATIENCE_S, code, outcome, running, value

from drivers.flight import Outcome, Recording, lines, outcomes, parse_lines
from drivers.host import DeviceHost, HostPolicy
from drivers.ports import AdapterContext
from drivers.results import Failure
from drivers.sdt import SdtReaderSimulator, SdtSerialReader, demo_card
from drivers.sdt.replay import SdtReplay

SELDOM = HostPolicy(heartbeat_s=0.2, hang_s=20.0, start_limit_s=60.0, status_poll_s=60.0)
READ_S = 25.0
SDT = "drivers.sdt:SdtSerialReader"


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[SdtReaderSimulator]:
    made = SdtReaderSimulator(tmp_path / "reader")
    made.start()
    yield made
    made.stop()


def taken(host: DeviceHost) -> Recording:
    recording = value(host.recording(1.0))
    assert isinstance(recording, Recording)
    return recording


def operations(recording: Recording) -> list[Outcome]:
    return [done for done in outcomes(recording) if done.operation != "open"]


def _options(address: str) -> dict[str, object]:
    return {"port": address, "poll_s": 0.02, "answer_s": 0.3, "fingerprint": True}


def test_a_replay_meets_the_same_failures_and_results(simulator: SdtReaderSimulator) -> None:
    card = replace(demo_card("elder", bytes(range(256)) * 4), fingerprint=b"\x07" * 512)
    script: list[tuple[str, dict[str, object]]] = [
        ("sam_fault", {"count": 1, "step": "find"}),
        ("fragment", {"count": 1}),
        ("unknown_type", {"count": 1}),
        ("wrong_checksum", {"count": 3}),
        ("cut_frame", {"count": 3}),
        ("noise", {"count": 1}),
        ("remove_during_read", {"count": 1}),
        ("status_word", {"count": 1, "step": "select", "sw": 0x99}),
    ]
    with running(SDT, SELDOM, **_options(simulator.address)) as (host, watcher):
        watcher.until_failure(None)
        for kind, arguments in script:
            simulator.command("lay_card", card=card)
            simulator.command("fault", kind=kind, **arguments)
            outcome(host.call("read_card", timeout_s=READ_S))
            simulator.command("clear_faults")
        recording = parse_lines(lines(taken(host)))
    recorded = [done.code for done in operations(recording)]
    assert recorded == [
        "idcard.sam_fault",
        "ok",
        "idcard.unknown_type",
        "idcard.unreadable",
        "idcard.unreadable",
        "ok",
        "idcard.removed",
        "device.protocol",
    ]
    assert replayed(recording) == recorded


def replayed(recording: Recording) -> list[str]:
    """What the adapter makes of a recording, opened anew where it was then."""
    replay = SdtReplay(recording)
    replay.start()
    context = AdapterContext("replay", _options(replay.address), lambda _n, _d: None, lambda: False)
    reader = SdtSerialReader(context)
    codes = []
    try:
        for done in outcomes(recording):
            result = reader.open() if done.operation == "open" else reader.read_card(READ_S)
            if done.operation != "open":
                codes.append(result.code if isinstance(result, Failure) else "ok")
    finally:
        reader.close()
        replay.stop()
    return codes


def test_a_recording_is_given_while_the_adapter_is_busy(simulator: SdtReaderSimulator) -> None:
    with running(SDT, SELDOM, **_options(simulator.address)) as (host, watcher):
        watcher.until_failure(None)
        reading = host.call("read_card", timeout_s=READ_S)
        while not any(entry.note == "begin read_card" for entry in taken(host).entries):
            assert not reading.done()
        assert not reading.done()
        host.cancel()
        assert code(reading) == "device.cancelled"
        assert operations(taken(host))[-1] == Outcome("read_card", "device.cancelled")


@pytest.mark.logs("device.host_crashed")
def test_a_recording_outlives_the_process(simulator: SdtReaderSimulator) -> None:
    with running(SDT, SELDOM, **_options(simulator.address)) as (host, watcher):
        watcher.until_failure(None)
        simulator.command("lay_card", card="resident")
        value(host.call("read_card", timeout_s=READ_S))
        assert host.pid is not None
        os.kill(host.pid, signal.SIGKILL)
        watcher.until_failure("device.host_crashed")
        watcher.until_failure(None)
        notes = [entry.note for entry in taken(host).entries if entry.direction == "note"]
        assert notes.count("process started") == 2
        assert notes.index("end read_card ok") < len(notes) - 1 - notes[::-1].index(
            "process started"
        )
    assert "end read_card ok" in [entry.note for entry in taken(host).entries]


def elided_talk(adapter: str) -> Recording:
    with running(f"flight_adapters:{adapter}", SELDOM) as (host, _):
        value(host.call("talk", "AnInventedName", timeout_s=PATIENCE_S))
        return taken(host)


def test_traffic_nobody_redacts_is_counted_only() -> None:
    told = [json.loads(line) for line in lines(elided_talk("Talkative"))]
    assert {"dir": "out", "hex": "", "elided": 14}.items() <= told[-2].items()
    assert told[-1]["note"] == "end talk ok"
    assert "Invented" not in json.dumps(told)


@pytest.mark.logs(r"redactor given up: ValueError$")
def test_a_redactor_that_raises_costs_the_bytes_only(caplog: pytest.LogCaptureFixture) -> None:
    recording = elided_talk("BadlyRedacted")
    assert operations(recording) == [Outcome("talk", "ok")]
    assert not any(b"Invented" in entry.data for entry in recording.entries)
    assert "redactor given up" in caplog.text
    assert "Invented" not in caplog.text
