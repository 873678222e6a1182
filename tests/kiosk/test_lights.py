"""Lights: derived from every state of a visit, and shown on a real board's wire."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from drivers.host import DeviceHost, HostPolicy, HostSpec
from drivers.indicator.simulator import PanelSimulator
from drivers.ports import Light, LightState
from drivers.results import Ok, Result
from drivers.status import DeviceState, DeviceStatus
from kiosk.simulation import run
from kiosk.simulation.report import SimulationReport
from kiosk.terminal.lights import DARK, HOLD_S, LightDesk, lights_for
from kiosk.visit import events as ev
from kiosk.visit.model import PrintJob, PrintState, Step, Visit

WAIT_S = 20.0
ON, FLASH = LightState.ON, LightState.FLASH
QUICK = HostPolicy(status_poll_s=0.05, reopen_max_s=0.2)


def printing(paper: str, state: PrintState) -> Visit:
    return Visit(step=Step.RESULT, **{f"{paper}_print": PrintJob(paper, state)})


SHOWN = [
    (Visit(), {}),
    (Visit(step=Step.HOME), {}),
    (Visit(step=Step.IDENTIFY, card_phase="waiting"), {Light.CARD: FLASH}),
    (Visit(step=Step.IDENTIFY, card_phase="reading"), {Light.CARD: ON}),
    (Visit(step=Step.IDENTIFY), {}),
    (Visit(step=Step.FACE, awaiting={"face": 3}), {Light.CAMERA: ON}),
    (Visit(step=Step.FACE), {}),
    (Visit(step=Step.STAFF), {Light.STAFF: ON}),
    (Visit(step=Step.FORM, calling_staff=True), {Light.STAFF: FLASH}),
    (printing("receipt", PrintState.PRINTING), {Light.RECEIPT: ON}),
    (printing("receipt", PrintState.WAITING), {}),
    (printing("receipt", PrintState.DOUBTFUL), {Light.RECEIPT: FLASH}),
    (printing("receipt", PrintState.FAILED), {}),
    (printing("proof", PrintState.FETCHING), {}),
    (printing("proof", PrintState.PRINTING), {Light.DOCUMENT: ON}),
    (printing("proof", PrintState.CONFIRMED), {Light.DOCUMENT: FLASH}),
    (Visit(step=Step.FAREWELL, card_lies=True), {Light.CARD: FLASH}),
    (Visit(step=Step.FORM, card_lies=True), {}),
    (Visit(card_lies=True), {Light.CARD: FLASH}),
    (Visit(step=Step.OUT_OF_SERVICE, out_of_service="service.outbox"), {}),
]


@pytest.mark.parametrize(("visit", "lit"), SHOWN)
def test_what_is_lit(visit: Visit, lit: dict[Light, LightState]) -> None:
    assert lights_for(visit) == {**DARK, **lit}


def test_in_every_simulated_moment_the_lights_tell_the_truth() -> None:
    seen: set[tuple[Light, LightState]] = set()

    def watch(_now: float, _event: ev.Event, visit: Visit) -> None:
        lights = lights_for(visit)
        seen.update(lights.items())
        lit = {light for light, state in lights.items() if state is not LightState.OFF}
        assert set(lights) == set(Light)
        if visit.step in (Step.ATTRACT, Step.OUT_OF_SERVICE):
            assert lit <= ({Light.CARD} if visit.card_lies else set())
        if Light.CAMERA in lit:
            assert visit.step is Step.FACE
        if Light.CARD in lit:
            assert visit.step is Step.IDENTIFY or visit.card_lies
        if Light.STAFF in lit:
            assert visit.calling_staff or visit.step is Step.STAFF
        if visit.step is Step.HOME:
            assert not lit & {Light.RECEIPT, Light.DOCUMENT, Light.CAMERA}

    for number in range(150):
        run._Run(5, number, SimulationReport(5), watch).to_the_end()
    assert {light for light, state in seen if state is not LightState.OFF} == set(Light)


# ---- on the board --------------------------------------------------------------------------------


class Board:
    """A board simulator, its device process, and a desk that lights it."""

    def __init__(self, folder: Path) -> None:
        self.simulator = PanelSimulator(folder / "panel")
        self.simulator.start()
        self._changed = threading.Condition()
        options = {"port": self.simulator.address, "answer_s": 0.5}
        spec = HostSpec("panel", "indicator_light", "serial-panel", options)
        self.host = DeviceHost(spec, on_status=self._status, policy=QUICK)
        self.desk = LightDesk(self.host)

    def _status(self, name: str, status: DeviceStatus) -> None:
        self.desk.device_changed(name, status)
        with self._changed:
            self._changed.notify_all()

    def lights(self) -> dict[str, str]:
        return dict(self.simulator.state()["lights"])

    def until(self, what: Callable[[], bool]) -> None:
        """The board tells nobody of its lights: looked at now and then."""
        with self._changed:
            for _ in range(int(WAIT_S / 0.02)):
                if what():
                    return
                self._changed.wait(0.02)
        raise AssertionError(self.simulator.state())


@contextmanager
def lit_board(folder: Path) -> Iterator[Board]:
    board = Board(folder)
    board.host.start()
    board.desk.start()
    try:
        yield board
    finally:
        board.desk.stop()
        board.host.stop()
        board.simulator.stop()


WAITING = Visit(step=Step.IDENTIFY, card_phase="waiting")


def test_the_board_shows_the_visit_also_after_it_was_away(tmp_path: Path) -> None:
    with lit_board(tmp_path) as board:
        board.desk.show(WAITING)
        board.until(lambda: board.lights()["card"] == "flash")
        board.simulator.command("unplug")
        board.until(lambda: not board.host.status.usable)
        board.desk.show(Visit(step=Step.FORM, calling_staff=True))
        board.desk.show(Visit(step=Step.IDENTIFY, card_phase="reading", calling_staff=True))
        board.simulator.command("replug")
        board.until(lambda: (board.lights()["card"], board.lights()["staff"]) == ("on", "flash"))
        board.desk.show(Visit())
        board.until(lambda: set(board.lights().values()) == {"off"})


def test_a_dead_lamp_leaves_the_others_alone(tmp_path: Path) -> None:
    with lit_board(tmp_path) as board:
        board.simulator.command("lamp", light="card")
        board.desk.show(Visit(step=Step.IDENTIFY, card_phase="waiting", calling_staff=True))
        board.until(lambda: board.lights()["staff"] == "flash")
        assert board.lights()["card"] == "off"


class FakeHost:
    """Takes down what is asked of it; answers at once."""

    name = "panel"

    def __init__(self) -> None:
        self.calls: list[tuple[Light, LightState]] = []
        self.changed = threading.Condition()

    def call(self, _operation: str, *args: Any, timeout_s: float) -> Future[Result[Any]]:
        with self.changed:
            self.calls.append((args[0], args[1]))
            self.changed.notify_all()
        done: Future[Result[Any]] = Future()
        done.set_result(Ok(None))
        return done

    def until(self, *calls: tuple[Light, LightState]) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.calls == list(calls), WAIT_S), self.calls


def test_no_light_changes_again_before_its_time() -> None:
    time = [100.0]
    host: Any = FakeHost()
    desk = LightDesk(host, monotonic=lambda: time[0])
    desk.device_changed("panel", DeviceStatus(DeviceState.ONLINE))
    desk.start()
    first = (Light.CARD, FLASH)
    desk.show(WAITING)
    host.until(first)
    for _ in range(20):
        desk.show(Visit())
        desk.show(Visit(step=Step.IDENTIFY, card_phase="reading", calling_staff=True))
    # The other light proves that the desk was at work meanwhile.
    host.until(first, (Light.STAFF, FLASH))
    time[0] += HOLD_S
    desk.show(Visit(step=Step.IDENTIFY, card_phase="reading"))
    desk.show(Visit(step=Step.IDENTIFY, card_phase="reading", calling_staff=True))
    host.until(first, (Light.STAFF, FLASH), (Light.CARD, ON))
    desk.stop()
