"""Faults that strike a serial scanner and a panel board in the middle of an operation."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from drivers.indicator import SerialPanel
from drivers.indicator.simulator import PanelSimulator
from drivers.ports import AdapterContext, Light, LightState, Presence, ScannedCode, Symbology
from drivers.results import Failure, Ok, Result
from drivers.scanner import SerialScanner, SerialScannerSimulator

WAIT = 20.0
TEXT = "https://example.invalid/凭证?id=1"
CODE = Ok(ScannedCode(Symbology.UNKNOWN, TEXT, TEXT.encode()))


class Shown:
    """Somebody shows codes to the scanner, each as soon as the adapter listens for one."""

    def __init__(self) -> None:
        self.simulator = SerialScannerSimulator()
        self.simulator.start()
        self.unclear: list[str] = []
        self.hands: list[threading.Thread] = []
        self.show_again = False

    def told(self, name: str, data: Mapping[str, Any]) -> None:
        if name == "code_unclear":
            self.unclear.append(data["code"])
        if name == "scan_ready" or self.show_again:
            # By another hand: a code may take its time, and the adapter is to read meanwhile.
            self.show_again = False
            self.hands.append(threading.Thread(target=self.show))
            self.hands[-1].start()

    def show(self) -> None:
        self.simulator.command("scan", text=TEXT)

    def scanner(self, **options: Any) -> SerialScanner:
        settings = {"port": self.simulator.address, **options}
        scanner = SerialScanner(AdapterContext("scanner", settings, self.told, lambda: False))
        assert scanner.open() == Ok(None)
        return scanner

    def end(self) -> None:
        for hand in self.hands:
            hand.join()
        self.simulator.stop()


@pytest.fixture
def shown() -> Iterator[Shown]:
    made = Shown()
    yield made
    made.end()


def code_is(result: Result[Any], code: str) -> bool:
    return isinstance(result, Failure) and result.code == code


@pytest.mark.parametrize("kind", ["pieces", "slow"])
@pytest.mark.strikes("serial-scanner: fragmentation, slow")
def test_a_code_that_trickles_in_is_one_code(shown: Shown, kind: str) -> None:
    # Half a second for the whole; no pause in it comes near the gap that ends a code.
    scanner = shown.scanner(gap_s=2.0)
    shown.simulator.command("fault", kind=kind)
    assert scanner.scan(WAIT) == CODE
    assert shown.unclear == []
    scanner.close()


@pytest.mark.strikes("serial-scanner: noise")
def test_noise_that_runs_into_a_code_spoils_it_and_the_next_is_read(shown: Shown) -> None:
    scanner = shown.scanner()
    shown.simulator.command("fault", kind="noise")
    shown.show_again = True
    first = scanner.scan(0.5)
    assert first == CODE or code_is(first, "scanner.unreadable")
    assert shown.unclear == ["scanner.unreadable"]
    assert scanner.scan(WAIT) == CODE
    scanner.close()


@pytest.mark.strikes("serial-scanner: silence")
def test_a_code_that_never_comes_is_none_and_the_next_is_read(shown: Shown) -> None:
    scanner = shown.scanner()
    shown.simulator.command("fault", kind="silence")
    assert code_is(scanner.scan(0.3), "scanner.none")
    assert scanner.scan(WAIT) == CODE
    scanner.close()


def test_a_line_silent_in_mid_code_makes_no_whole_code_of_it(shown: Shown) -> None:
    scanner = shown.scanner(gap_s=0.05)
    shown.simulator.command("fault", kind="stall")
    result = scanner.scan(WAIT)
    assert shown.unclear == ["scanner.partial"]
    # No serial line marks a code's beginning: what follows the silence is told as it came.
    assert isinstance(result, Ok)
    assert TEXT.endswith(result.value.text)
    scanner.close()


@pytest.mark.strikes("serial-scanner: power_cycle")
def test_a_scanner_that_loses_power_in_mid_code_is_gone_and_found_again(shown: Shown) -> None:
    scanner = shown.scanner()
    shown.simulator.command("fault", kind="power_cycle")
    assert code_is(scanner.scan(WAIT), "device.gone")
    assert code_is(scanner.scan(WAIT), "device.offline")
    shown.hands[-1].join()
    again = shown.scanner()
    assert again.scan(WAIT) == CODE
    again.close()


def test_a_fault_nobody_knows_is_refused(shown: Shown) -> None:
    with pytest.raises(ValueError, match="power_cycle"):
        shown.simulator.command("fault", kind="dance")


# --- the panel board ------------------------------------------------------------------------------


@pytest.fixture
def board() -> Iterator[PanelSimulator]:
    simulator = PanelSimulator()
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def panel(board: PanelSimulator) -> Iterator[SerialPanel]:
    settings = {"port": board.address, "answer_s": 0.3}
    panel = SerialPanel(AdapterContext("panel", settings, lambda name, data: None, lambda: False))
    assert panel.open() == Ok(None)
    yield panel
    panel.close()


OPERATIONS: Mapping[str, Callable[[SerialPanel], Result[Any]]] = {
    "light": lambda panel: panel.show(Light.CARD, LightState.ON, WAIT),
    "presence": lambda panel: panel.presence(WAIT),
}


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("kind", ["pieces", "slow", "reset"])
@pytest.mark.strikes("serial-panel: fragmentation, slow, power_cycle")
def test_an_answer_that_trickles_or_a_board_that_restarts_is_got_over(
    board: PanelSimulator, panel: SerialPanel, kind: str, operation: str
) -> None:
    board.command("approach")
    panel.show(Light.STAFF, LightState.FLASH, WAIT)
    board.command("fault", kind=kind, count=1)
    assert OPERATIONS[operation](panel) in (Ok(None), Ok(Presence.NEAR))
    panel.status()
    lights = board.state()["lights"]
    # Also the light set before the restart.
    assert lights["staff"] == "flash"
    assert lights["card"] == ("on" if operation == "light" else "off")
    assert board.state()["fault"] is None


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.strikes("serial-panel: unplug")
def test_a_cable_pulled_in_mid_answer_is_gone_and_found_again(
    board: PanelSimulator, panel: SerialPanel, operation: str
) -> None:
    board.command("fault", kind="unplug", count=1)
    assert code_is(OPERATIONS[operation](panel), "device.gone")
    assert panel.status().failure == "device.offline"
    board.command("replug")
    assert panel.open() == Ok(None)
    assert isinstance(OPERATIONS[operation](panel), Ok)
