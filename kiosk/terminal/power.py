"""The power supply: what the terminal runs on, how long it lasts, and the end in order."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from config.settings import PowerSection
from drivers.host import DeviceHost
from drivers.ports import PowerReport, PowerSource
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceStatus
from kiosk.terminal.performing import Handler, Post
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import Power

log = logging.getLogger(__name__)

ASK_TIMEOUT_S = 3.0
POLL_S = 2.0
"""While on battery: charge and run time go down without an event."""
NEWS = frozenset({"on_line", "on_battery", "low_battery"})


def judge_power(asked: Result[PowerReport], before: Power, limits: PowerSection) -> Power:
    """What ``asked`` means, after ``before``.

    A supply that does not answer changes nothing on the mains; on battery it leaves unknown how
    long that lasts. A scarce battery is not plenty again before the mains are back, so that a
    run time estimated anew does not open and close the terminal.
    """
    if isinstance(asked, Failure):
        return Power.SCARCE if before is Power.BATTERY else before
    report = asked.value
    if report.source is PowerSource.MAINS:
        return Power.MAINS
    if report.low:
        return Power.ENDING
    if before in (Power.SCARCE, Power.ENDING):
        return Power.SCARCE
    charge, runtime = report.charge_percent, report.runtime_s
    if charge is None and runtime is None:
        return Power.SCARCE
    little = (charge is not None and charge < limits.min_charge_percent) or (
        runtime is not None and runtime < limits.min_runtime_s
    )
    return Power.SCARCE if little else Power.BATTERY


class PowerDesk:
    """Watches the supply in a thread of its own, and performs PowerDown.

    ``shut_down`` closes what must be closed and asks the system to shut down; True if it will.
    """

    def __init__(
        self,
        supply: DeviceHost | None,
        limits: PowerSection,
        post: Post,
        shut_down: Callable[[], bool],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._supply = supply
        self._limits = limits
        self._post = post
        self._shut_down = shut_down
        self._monotonic = monotonic
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._power = Power.MAINS
        self._armed_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="power", daemon=True)

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs."""
        return {fx.PowerDown: self._power_down}

    def start(self) -> None:
        """Begin, if there is a supply to watch."""
        if self._supply is not None:
            self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout_s)

    def device_event(self, name: str, event: str) -> None:
        """News of a device."""
        if self._supply is not None and name == self._supply.name and event in NEWS:
            self._wake.set()

    def device_changed(self, name: str, _status: DeviceStatus) -> None:
        """The supply came, went, or says something else."""
        if self._supply is not None and name == self._supply.name:
            self._wake.set()

    def _power_down(self, _effect: fx.PowerDown, _visit: Visit) -> None:
        if self._armed_at is None:
            self._armed_at = self._monotonic()
        self._wake.set()

    def _run(self) -> None:
        assert self._supply is not None  # noqa: S101  the thread runs only with one
        while not self._stopping.is_set():
            self._wake.wait(None if self._power is Power.MAINS else POLL_S)
            self._wake.clear()
            if self._stopping.is_set():
                return
            self._judge(self._supply.call("power", timeout_s=ASK_TIMEOUT_S).result())
            if self._due() and self._shut_down():
                return  # whatever the supply says now, the system goes down

    def _judge(self, asked: Result[PowerReport]) -> None:
        power = judge_power(asked, self._power, self._limits)
        if power is self._power:
            return
        self._power = power
        known = asked.value if isinstance(asked, Ok) else None
        log.info(
            "power.changed power=%s charge=%s runtime=%s", power.value,
            known.charge_percent if known else None, known.runtime_s if known else None,
        )  # fmt: skip
        if power is not Power.ENDING:
            self._armed_at = None
        self._post(ev.PowerChanged(power))

    def _due(self) -> bool:
        """Asked for by the visit, and the mains had their time to come back. Once a power cut."""
        armed = self._armed_at
        if armed is None or self._power is not Power.ENDING:
            return False
        if self._monotonic() - armed < self._limits.shutdown_delay_s:
            return False
        self._armed_at = None
        return True
