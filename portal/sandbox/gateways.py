"""The cities' gateways: eight partners with a rhythm of their own, and Shantou itself."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import threading
from dataclasses import dataclass

from portal.contract.answers import Gateway
from portal.contract.base import GatewayState, ProblemCode, RouteMode
from portal.sandbox.problems import Refusal
from portal.sandbox.settings import SandboxSettings

HOME = "440500"
_SLOW_FACTOR = 20
_RETRY_S = 60


@dataclass(frozen=True, slots=True)
class City:
    """One gateway: mean latency in seconds and opening hours (None: round the clock)."""

    name_zh: str
    name_en: str
    latency_s: float
    hours: tuple[dt.time, dt.time] | None


def _hours(start: int, end: int) -> tuple[dt.time, dt.time]:
    return dt.time(start), dt.time(end)


CITIES: dict[str, City] = {
    HOME: City("汕头", "Shantou", 0.02, None),
    "440100": City("广州", "Guangzhou", 0.08, None),
    "440600": City("佛山", "Foshan", 0.10, None),
    "440700": City("江门", "Jiangmen", 0.15, _hours(6, 23)),
    "441900": City("东莞", "Dongguan", 0.09, None),
    "441300": City("惠州", "Huizhou", 0.14, _hours(6, 23)),
    "441800": City("清远", "Qingyuan", 0.25, _hours(7, 22)),
    "441400": City("梅州", "Meizhou", 0.30, _hours(7, 22)),
    "441600": City("河源", "Heyuan", 0.28, _hours(7, 22)),
}


class Gateways:
    """States of all gateways. A state set by hand wins over opening hours."""

    def __init__(self, settings: SandboxSettings) -> None:
        self._settings = settings
        self._forced: dict[str, GatewayState] = {}
        self._lock = threading.Lock()
        self._random = random.Random(settings.seed)  # noqa: S311 - simulated latency

    def force(self, destination: str, state: GatewayState | None) -> None:
        """Set a state by hand; None returns to opening hours."""
        with self._lock:
            if state is None:
                self._forced.pop(destination, None)
            else:
                self._forced[destination] = state

    def clear(self) -> None:
        """Return every gateway to its opening hours."""
        with self._lock:
            self._forced.clear()

    def state(self, destination: str) -> GatewayState:
        """State now."""
        with self._lock:
            forced = self._forced.get(destination)
        if forced is not None:
            return forced
        return GatewayState.AVAILABLE if self._open(destination) else GatewayState.CLOSED

    def listing(self) -> list[Gateway]:
        """All gateways, as the contract shows them."""
        listed = []
        for code, city in CITIES.items():
            state = self.state(code)
            next_open = self._next_open(code) if state is GatewayState.CLOSED else None
            listed.append(
                Gateway(
                    destination=code,
                    name_zh=city.name_zh,
                    name_en=city.name_en,
                    state=state,
                    next_open=next_open,
                )
            )
        return listed

    async def pass_through(self, destination: str) -> None:
        """Take as long as this city takes."""
        factor = self._settings.gateway_latency
        if destination not in CITIES or factor <= 0:
            return
        with self._lock:
            jitter = self._random.uniform(0.5, 1.5)
        if self.state(destination) is GatewayState.SLOW:
            jitter *= _SLOW_FACTOR
        await asyncio.sleep(CITIES[destination].latency_s * jitter * factor)

    def check(self, destination: str, mode: RouteMode | None) -> bool:
        """Whether the case goes on at once; False means it is taken here and forwarded later.

        Raises :class:`Refusal` when the gateway can't take it. A closed city still gets what is
        only collected here (异地代收代办).
        """
        if destination not in CITIES:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/destination", "unknown")])
        state = self.state(destination)
        if state in (GatewayState.AVAILABLE, GatewayState.SLOW):
            return True
        if state is GatewayState.CLOSED and mode is RouteMode.PROXY_COLLECT:
            return False
        retry = _RETRY_S
        if state is GatewayState.CLOSED:
            wait = self._next_open(destination) - self._settings.clock()
            retry = max(_RETRY_S, int(wait.total_seconds()))
        raise Refusal(
            ProblemCode.GATEWAY_UNAVAILABLE,
            retry_after_s=retry,
            authority=CITIES[destination].name_zh,
        )

    def _open(self, destination: str) -> bool:
        hours = CITIES[destination].hours
        if hours is None or not self._settings.gateway_hours:
            return True
        return hours[0] <= self._settings.clock().timetz().replace(tzinfo=None) < hours[1]

    def _next_open(self, destination: str) -> dt.datetime:
        now = self._settings.clock()
        hours = CITIES[destination].hours
        start = hours[0] if hours is not None else dt.time(9)
        at = now.replace(hour=start.hour, minute=0, second=0, microsecond=0)
        return at if at > now else at + dt.timedelta(days=1)
