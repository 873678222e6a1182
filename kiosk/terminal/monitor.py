"""Watching the portal and the devices: what can be finished here now, said before a person starts."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from drivers.status import DeviceStatus, MediaState, SupplyState
from kiosk.directory import PORTS_JUDGED, Circumstances
from kiosk.duty import Desk
from kiosk.terminal.clock import ClockJudge
from kiosk.terminal.notices import NoticeBoard
from kiosk.terminal.sealing import SealingKeys
from offline_queue import BreakerState, Courier, Outbox
from portal.client import PortalClient
from portal.outcomes import Answer

log = logging.getLogger(__name__)

POLL_UP_S = 10.0
POLL_DOWN_S = 3.0
KEYS_EVERY = 60
GATEWAYS_EVERY = 3
CLOCK_EVERY = 30
NOTICES_EVERY = 6


class Monitor:
    """Keeps :class:`Circumstances` true. One thread polls the portal; devices push their status."""

    def __init__(
        self,
        *,
        client: PortalClient,
        keys: SealingKeys,
        clock: ClockJudge,
        outbox: Outbox | None,
        courier: Courier | None,
        ports: Mapping[str, str],
        on_change: Callable[[], None],
        board: NoticeBoard | None = None,
        desk: Callable[[], Desk] = Desk,
    ) -> None:
        self._client = client
        self._keys = keys
        self._clock = clock
        self._outbox = outbox
        self._courier = courier
        self._ports = dict(ports)
        self._on_change = on_change
        self._board = board
        self._desk = desk
        self._lock = threading.Lock()
        # What is not configured at all can't do its work either; the rest may until it says no.
        self._missing = PORTS_JUDGED - set(self._ports.values())
        self._now = Circumstances(unusable=self._missing)
        self._failing: frozenset[str] = frozenset()
        self._statuses: dict[str, DeviceStatus] = {}
        self._clock_wrong = False
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="monitor", daemon=True)

    def start(self) -> None:
        """Begin polling."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def look_now(self) -> None:
        """Poll at once (something suggests that the network changed)."""
        self._wake.set()

    def circumstances(self) -> Circumstances:
        """The present picture, with the outbox's own word, and who is at the desk."""
        refusal = self._outbox.offered() if self._outbox is not None else None
        failing = self._unreached()  # as it is now: a breaker is open for seconds
        with self._lock:
            code, now = refusal.code if refusal else "", self._now
            # With the line cut all of them fail, and that is another reason.
            down = now.cities_down | (failing if now.portal_reachable else frozenset())
            return replace(now, cities_down=down, outbox_refusal=code, staff=self._desk())

    def statuses(self) -> dict[str, DeviceStatus]:
        """Last known status of each device."""
        with self._lock:
            return dict(self._statuses)

    def device_changed(self, name: str, status: DeviceStatus) -> str:
        """A device's status really changed; the port of one that could not be used and can be again."""
        log.info(
            "device.status name=%s device=%s media=%s paper=%s code=%s",
            name, status.device.value, status.media.value, status.paper.value, status.failure or "",
        )  # fmt: skip
        with self._lock:
            before = self._statuses.get(name)
            self._statuses[name] = status
            unusable = self._missing | frozenset(
                self._ports[device]
                for device, known in self._statuses.items()
                if device in self._ports and not known.usable
            )
            self._now = replace(self._now, unusable=unusable)
        self._on_change()
        returned = before is not None and not before.usable and status.usable
        return self._ports.get(name, "") if returned else ""

    def _run(self) -> None:
        rounds = 0
        while not self._stop.is_set():
            reachable = False
            try:
                reachable = self._look(rounds)
            except Exception as error:
                # Without this thread the terminal would believe its last picture for ever.
                log.error("monitor.failed error=%s", type(error).__name__)
            rounds += 1
            self._wake.wait(POLL_UP_S if reachable else POLL_DOWN_S)
            self._wake.clear()

    def _look(self, rounds: int) -> bool:
        reachable = isinstance(self._client.health(), Answer)
        was = self._set_reachable(reachable)
        if reachable and (not was or rounds % KEYS_EVERY == 0):
            self._keys.refresh()
        if reachable and (not was or rounds % GATEWAYS_EVERY == 0):
            self._look_at_gateways()
        self._look_at_breakers()
        if reachable and (not was or rounds % CLOCK_EVERY == 0 or not self._clock.sure()):
            self._compare_clocks()
        if self._board is not None:
            self._look_at_board(
                self._board, reachable, fetch=not was or rounds % NOTICES_EVERY == 0
            )
        return reachable

    def _look_at_board(self, board: NoticeBoard, reachable: bool, *, fetch: bool) -> None:
        if not reachable:
            board.clear()
        elif fetch:
            board.fetch()
        if board.changed():
            self._on_change()

    def _compare_clocks(self) -> None:
        def ask() -> datetime | None:
            outcome = self._client.time()
            return outcome.value.now if isinstance(outcome, Answer) else None

        skew = self._clock.compare(ask)
        if skew is not None and not self._clock.sure() and not self._clock_wrong:
            log.warning("clock.wrong skew_s=%.0f", skew)
        self._clock_wrong = skew is not None and not self._clock.sure()

    def _set_reachable(self, reachable: bool) -> bool:
        with self._lock:
            was = self._now.portal_reachable
            self._now = replace(self._now, portal_reachable=reachable)
        if was != reachable:
            log.warning("portal.%s", "reachable" if reachable else "unreachable")
            if reachable and self._courier is not None:
                self._courier.nudge()
            self._on_change()
        return was

    def _look_at_gateways(self) -> None:
        outcome = self._client.gateways()
        if not isinstance(outcome, Answer):
            return
        states = {gateway.destination: gateway.state.value for gateway in outcome.value}
        down = frozenset(city for city, state in states.items() if state in ("down", "closed"))
        slow = frozenset(city for city, state in states.items() if state == "slow")
        closed = {g.destination: g.next_open for g in outcome.value if g.state.value == "closed"}
        with self._lock:
            was = self._now
            now = replace(was, cities_down=down, cities_slow=slow, cities_closed=closed)
            changed, self._now = now != was, now
        if changed:
            self._on_change()

    def _unreached(self) -> frozenset[str]:
        """Cities that what was handed in does not reach, whatever is said of their gateways: for as long
        as their breaker is open. Half open counts as well again: the next case is the one that tries."""
        if self._courier is None:
            return frozenset()
        found = self._courier.breakers().items()
        return frozenset(name for name, one in found if one.breaker == BreakerState.OPEN)

    def _look_at_breakers(self) -> None:
        """Have the tiles drawn anew when a city is given up for a while, or tried again."""
        failing = self._unreached()
        if failing != self._failing:
            self._failing = failing
            log.info("cities.failing now=%s", ",".join(sorted(failing)) or "none")
            self._on_change()


def readiness_code(status: DeviceStatus) -> str:
    """``ok``, or the failure code to show for a device."""
    if status.failure:
        return status.failure
    if status.paper is SupplyState.OUT:
        return "printer.paper_out"
    if status.media is MediaState.JAMMED:
        return "printer.jam"
    return "ok" if status.usable else "device.offline"
