"""Lights that show where to go: derived from the visit, set on the board, never in a visit's way."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

from drivers.host import DeviceHost
from drivers.ports import Light, LightState
from drivers.results import Failure, Result
from drivers.status import DeviceStatus
from kiosk.visit import Visit
from kiosk.visit.model import PrintJob, PrintState, Step

log = logging.getLogger(__name__)

SHOW_TIMEOUT_S = 1.5
HOLD_S = 0.35
"""The shortest time between two changes of one light: whatever the visit does, no light flickers
faster than the 3 Hz that flashing itself keeps to (WCAG 2.3.1)."""

DARK: Mapping[Light, LightState] = dict.fromkeys(Light, LightState.OFF)


def lights_for(visit: Visit) -> dict[Light, LightState]:
    """Where the person should look or reach now. A flashing light waits for the person."""
    lights = dict(DARK)
    if visit.card_lies:
        lights[Light.CARD] = LightState.FLASH
    if visit.step in (Step.ATTRACT, Step.OUT_OF_SERVICE):
        return lights
    lights[Light.RECEIPT] = _slot(visit.receipt_print)
    lights[Light.DOCUMENT] = _slot(visit.proof_print)
    if visit.calling_staff:
        lights[Light.STAFF] = LightState.FLASH
    elif visit.step is Step.STAFF:
        lights[Light.STAFF] = LightState.ON
    if visit.step is Step.IDENTIFY:
        lights[Light.CARD] = _CARD.get(visit.card_phase, LightState.OFF)
    elif visit.step is not Step.FAREWELL and visit.card_lies:
        lights[Light.CARD] = LightState.OFF  # it is asked for at the end, not in the middle
    if visit.step is Step.FACE and "face" in visit.awaiting:
        lights[Light.CAMERA] = LightState.ON
    return lights


_CARD = {"waiting": LightState.FLASH, "unlifted": LightState.FLASH, "reading": LightState.ON}


def _slot(job: PrintJob) -> LightState:
    match job.state:
        case PrintState.PRINTING:
            return LightState.ON
        case PrintState.CONFIRMED | PrintState.DOUBTFUL:
            return LightState.FLASH  # something lies in the slot, or may
        case _:
            return LightState.OFF


class LightDesk:
    """Brings the lights to what the newest visit asks for, from a thread of its own.

    A lamp or board that fails is passed over until it is back or another light is wanted of it.
    """

    def __init__(
        self, board: DeviceHost | None, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._board = board
        self._monotonic = monotonic
        self._changed = threading.Condition()
        self._wanted: dict[Light, LightState] = dict(DARK)
        self._shown: dict[Light, LightState] = dict(DARK)
        self._changed_at: dict[Light, float] = {}
        self._usable = False
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="lights", daemon=True)

    def start(self) -> None:
        """Begin, if there is a board."""
        if self._board is not None:
            self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End; a board that hears nothing any more goes dark by itself."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def show(self, visit: Visit) -> None:
        """A new visit (any thread); returns at once."""
        wanted = lights_for(visit)
        with self._changed:
            if wanted != self._wanted:
                self._wanted = wanted
                self._changed.notify_all()

    def device_changed(self, name: str, status: DeviceStatus) -> None:
        """The board's state. One that was away has come back dark."""
        if self._board is None or name != self._board.name:
            return
        with self._changed:
            if status.usable and not self._usable:
                self._shown = dict(DARK)
                self._changed.notify_all()
            self._usable = status.usable

    def _run(self) -> None:
        while True:
            with self._changed:
                light, wait = self._next()
                while light is None and not self._stopping:
                    self._changed.wait(wait)
                    light, wait = self._next()
                if self._stopping or light is None:
                    return
                state = self._wanted[light]
                # Before it is done: what fails is not tried again and again.
                self._shown[light] = state
                self._changed_at[light] = self._monotonic()
            self._set(light, state)

    def _next(self) -> tuple[Light | None, float | None]:
        """A light to change now, or how long until one may be."""
        if not self._usable:
            return None, None
        now, wait = self._monotonic(), None
        for light, state in self._wanted.items():
            if self._shown[light] is state:
                continue
            left = self._changed_at.get(light, -HOLD_S) + HOLD_S - now
            if left <= 0:
                return light, None
            wait = left if wait is None else min(wait, left)
        return None, wait

    def _set(self, light: Light, state: LightState) -> None:
        assert self._board is not None  # noqa: S101  the thread runs only with one
        result: Result[None] = self._board.call(
            "show", light, state, timeout_s=SHOW_TIMEOUT_S
        ).result()
        if isinstance(result, Failure):
            log.info("light.failed light=%s code=%s", light.value, result.code)
