"""The serial scanner on a real tty (pseudo-terminal), and in a device host."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import wait
from pathlib import Path
from typing import Any

import pytest
from host_bench import code, running, value

from drivers.failures import describe
from drivers.ports import AdapterContext, ScannedCode, Scanner, Symbology
from drivers.results import Failure, Ok, Result
from drivers.scanner import SerialScanner, SerialScannerSimulator
from drivers.simulation import Simulator
from drivers.status import DeviceState

WAIT = 20.0  # ample: every test ends by an event, not by this limit


class Bench:
    """A simulated scanner, adapters on it, and what the adapters emitted."""

    def __init__(self, link: Path, **setup: Any) -> None:
        self.simulator = SerialScannerSimulator(link, **setup)
        self.simulator.start()
        self.events: list[tuple[str, Mapping[str, Any]]] = []
        self.on_event: Callable[[], None] = lambda: None
        self.asked = 0
        self.cancelled = threading.Event()
        self.when_waiting: Callable[[], object] = lambda: None

    def _emit(self, name: str, data: Mapping[str, Any]) -> None:
        if name == "scan_ready":  # the moment for whatever the test has in store
            action, self.when_waiting = self.when_waiting, lambda: None
            action()
            return
        self.events.append((name, data))
        self.on_event()

    def adapter(self, **options: Any) -> SerialScanner:
        settings = {"port": self.simulator.address, "gap_s": 0.05, **options}
        return SerialScanner(AdapterContext("scanner", settings, self._emit, self.cancelled.is_set))

    def opened(self, **options: Any) -> SerialScanner:
        scanner = self.adapter(**options)
        assert scanner.open() == Ok(None)
        return scanner

    def do(self, name: str, **arguments: Any) -> None:
        self.simulator.command(name, **arguments)

    def once_waiting(self, name: str, **arguments: Any) -> None:
        self.when_waiting = lambda: self.do(name, **arguments)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "scanner")
    yield made
    made.simulator.stop()


def _code(result: Result[Any]) -> str:
    assert isinstance(result, Failure), result
    describe(result.code)
    return result.code


def _text(result: Result[ScannedCode]) -> str:
    assert isinstance(result, Ok), result
    return result.value.text


def test_shapes(bench: Bench) -> None:
    assert isinstance(bench.adapter(), Scanner)
    simulator: Simulator = bench.simulator
    assert {"scan", "burst", "garbage", "cut", "fault", "unplug", "replug"} == set(
        simulator.commands()
    )
    with pytest.raises(KeyError):
        simulator.command("dance")


def test_a_code_scanned_while_waiting(bench: Bench) -> None:
    scanner = bench.opened()
    bench.once_waiting("scan", text="https://example.invalid/凭证?id=1")
    assert _text(scanner.scan(WAIT)) == "https://example.invalid/凭证?id=1"
    assert bench.simulator.state()["received"] == 0
    assert scanner.status().device is DeviceState.ONLINE
    scanner.close()


@pytest.mark.parametrize(
    ("terminator", "name"), [(b"\r\n", "crlf"), (b"\r\n", "cr"), (b"\r\n", "lf"), (b"\x03", "etx")]
)
def test_terminators(tmp_path: Path, terminator: bytes, name: str) -> None:
    bench = Bench(tmp_path / "scanner", terminator=terminator)
    scanner = bench.opened(terminator=name)
    for text in ("first", "second"):
        bench.once_waiting("scan", text=text)
        assert _text(scanner.scan(WAIT)) == text
    scanner.close()
    bench.simulator.stop()


def test_identifier_and_encoding_as_the_scanner_is_set(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "scanner", encoding="gb18030", identifier=b"]Q3")
    scanner = bench.opened(encoding="gb18030", identifier="aim")
    bench.once_waiting("scan", text="10批号\x1d21A")
    result = scanner.scan(WAIT)
    assert result == Ok(
        ScannedCode(Symbology.QR, "10批号\x1d21A", "10批号\x1d21A".encode("gb18030"), gs1=True)
    )
    scanner.close()
    bench.simulator.stop()


def test_a_missing_identifier_is_a_wrong_setting(bench: Bench) -> None:
    scanner = bench.opened(identifier="aim")
    bench.once_waiting("scan", text="plain")
    assert _code(scanner.scan(0.3)) == "scanner.unreadable"
    scanner.close()


def test_no_code_in_time(bench: Bench) -> None:
    scanner = bench.opened()
    assert _code(scanner.scan(0.1)) == "scanner.none"
    assert bench.events == []
    scanner.close()


def _arrived(path: str) -> None:
    """Wait until what was sent is in the line's buffer."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        assert select.select([descriptor], [], [], WAIT)[0]
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("swept_by", ["scan", "status"])
def test_a_code_nobody_asked_for_is_for_nobody(bench: Bench, swept_by: str) -> None:
    scanner = bench.opened()
    bench.do("burst", texts=["of somebody else", "and another"])
    _arrived(bench.simulator.address)
    if swept_by == "status":
        scanner.status()
    bench.once_waiting("scan", text="mine")
    assert _text(scanner.scan(WAIT)) == "mine"
    scanner.close()


def test_of_a_burst_the_first_counts(bench: Bench) -> None:
    scanner = bench.opened()
    bench.once_waiting("burst", texts=["one", "two", "three"])
    assert _text(scanner.scan(WAIT)) == "one"
    assert _code(scanner.scan(0.1)) == "scanner.none"
    scanner.close()


def test_half_a_code_is_named_and_overcome(bench: Bench) -> None:
    scanner = bench.opened()
    bench.once_waiting("cut", text="HALF-A-CODE")
    assert _code(scanner.scan(0.3)) == "scanner.partial"
    bench.once_waiting("cut", text="HALF-A-CODE")
    bench.on_event = lambda: bench.do("scan", text="WHOLE")
    assert _text(scanner.scan(WAIT)) == "WHOLE"
    assert bench.events[-1] == ("code_unclear", {"code": "scanner.partial"})
    scanner.close()


def test_half_a_code_at_the_very_end_is_named_too(bench: Bench) -> None:
    scanner = bench.opened(gap_s=2.0)
    bench.once_waiting("cut", text="HALF-A-CODE")
    assert _code(scanner.scan(0.3)) == "scanner.partial"
    scanner.close()


@pytest.mark.parametrize("seed", range(3))
def test_garbage_is_named_and_overcome(bench: Bench, seed: int) -> None:
    scanner = bench.opened()
    bench.once_waiting("garbage", count=40, seed=seed)
    bench.on_event = lambda: bench.do("scan", text="CLEAN")
    # The noise may still be coming when the code does; then the code is scanned once more.
    while (result := scanner.scan(2.0)) != Ok(ScannedCode(Symbology.UNKNOWN, "CLEAN", b"CLEAN")):
        assert _code(result) in ("scanner.unreadable", "scanner.partial")
        bench.once_waiting("scan", text="CLEAN")
    assert {data["code"] for _, data in bench.events} <= {"scanner.unreadable", "scanner.partial"}
    assert bench.events
    scanner.close()


def test_control_characters_are_unreadable(bench: Bench) -> None:
    scanner = bench.opened()
    bench.once_waiting("scan", data="41001b42")
    assert _code(scanner.scan(0.3)) == "scanner.unreadable"
    scanner.close()


def test_a_code_too_long_ends_the_scan_and_the_next_is_read(bench: Bench) -> None:
    scanner = bench.opened(max_length=100)
    bench.once_waiting("scan", text="x" * 101)
    assert _code(scanner.scan(WAIT)) == "scanner.too_long"
    bench.once_waiting("scan", text="y" * 5000)
    assert _code(scanner.scan(WAIT)) == "scanner.too_long"
    bench.once_waiting("scan", text="z" * 100)
    assert _text(scanner.scan(WAIT)) == "z" * 100
    scanner.close()


def test_giving_up(bench: Bench) -> None:
    scanner = bench.opened()
    bench.when_waiting = bench.cancelled.set
    assert _code(scanner.scan(WAIT)) == "device.cancelled"
    scanner.close()


@pytest.mark.strikes("serial-scanner: unplug")
def test_unplugged_while_waiting_and_plugged_in_again(bench: Bench) -> None:
    scanner = bench.opened()
    bench.once_waiting("unplug")
    assert _code(scanner.scan(WAIT)) == "device.gone"
    assert _code(scanner.scan(WAIT)) == "device.offline"
    assert scanner.status().failure == "device.offline"
    assert _code(scanner.open()) == "device.gone"
    bench.do("replug")
    again = bench.opened()
    bench.once_waiting("scan", text="back")
    assert _text(again.scan(WAIT)) == "back"
    bench.do("unplug")
    assert again.status().failure == "device.gone"


@pytest.mark.parametrize(
    "wrong", [{"baud": 1234}, {"port": ""}, {"terminator": "x"}, {"speed": 1}, {"max_length": 9999}]
)
def test_wrong_settings_name_their_key(bench: Bench, wrong: dict[str, Any]) -> None:
    result = bench.adapter(**wrong).open()
    assert _code(result) == "device.misconfigured"
    assert isinstance(result, Failure)
    assert next(iter(wrong)) in result.detail


def test_a_port_in_use_and_a_path_that_is_no_port(bench: Bench, tmp_path: Path) -> None:
    first = bench.opened()
    assert _code(bench.adapter().open()) == "device.busy_elsewhere"
    first.close()
    plain = tmp_path / "file"
    plain.touch()
    assert _code(bench.adapter(port=str(plain)).open()) == "device.misconfigured"


def test_in_a_device_host_from_unplugged_to_read(tmp_path: Path) -> None:
    simulator = SerialScannerSimulator(tmp_path / "scanner")
    simulator.start()
    try:
        with running("drivers.scanner:SerialScanner", port=simulator.address, gap_s=0.05) as (
            host,
            watcher,
        ):
            watcher.until_failure(None)
            reading = host.call("scan", timeout_s=WAIT)
            # What comes before the adapter listens is dropped, so the person scans until heard.
            while not wait([reading], 0.2).done:
                simulator.command("scan", text="WHOLE")
            assert value(reading).text == "WHOLE"
            simulator.command("unplug")
            watcher.until_failure("device.gone")
            assert code(host.call("scan", timeout_s=5.0)) == "device.gone"
            simulator.command("replug")
            watcher.until_failure(None)
    finally:
        simulator.stop()
