"""Calling a person: what staff see of it, by way of the portal, and how a call ends."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

import uuid_utils

from kiosk.terminal.clock import Now
from kiosk.terminal.performing import Handler, Post
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from portal.client import PortalClient
from portal.contract.operations import TelemetryBatch, TelemetryEvent
from portal.outcomes import Answer

log = logging.getLogger(__name__)

CALLED = "staff.called"
ENDED = "staff.call_ended"


class CallDesk:
    """Performs CallStaff and EndCall. A call is an event of the portal's telemetry, numbered by its
    time, and so is its end; the terminal's light and ``written`` (the audit log) know of it, too.

    Nothing of the person is told: where, when, why (a word of :data:`kiosk.visit.effects`).
    """

    def __init__(
        self,
        client: PortalClient,
        terminal_id: str,
        post: Post,
        *,
        written: Callable[[str, str], None],
        now: Now,
    ) -> None:
        self._client = client
        self._terminal_id = terminal_id
        self._post = post
        self._written = written
        self._now = now
        self._lock = threading.Lock()
        self._last = 0
        self._open: dict[int, int] = {}
        """The visit's number of a call → its number in the telemetry."""

    def ordered_handlers(self) -> Mapping[type[Any], Handler]:
        """What it performs, a call before its end."""
        return {fx.CallStaff: self._called, fx.EndCall: self._ended}

    def _called(self, effect: fx.CallStaff, _visit: Visit) -> None:
        self._written(CALLED, effect.reason)
        number = self._next()
        self._open[effect.effect] = number
        told = self._tell(f"{CALLED}.{effect.reason}", number, {"call": number})
        log.info("staff.called reason=%s told=%s", effect.reason, told)
        if effect.effect:
            self._post(ev.StaffTold(effect.effect, told))

    def _ended(self, effect: fx.EndCall, _visit: Visit) -> None:
        self._written(ENDED, effect.how)
        call = self._open.pop(effect.call, None)
        if call is None:
            return
        number = self._next()
        told = self._tell(f"{ENDED}.{effect.how}", number, {"call": call})
        log.info("staff.call_ended how=%s told=%s", effect.how, told)

    def _next(self) -> int:
        """Grows with every event, over restarts too: milliseconds since 1970."""
        with self._lock:
            self._last = max(self._last + 1, int(self._now().timestamp() * 1000))
            return self._last

    def _tell(self, code: str, number: int, data: dict[str, int | float]) -> bool:
        event = TelemetryEvent(
            id=str(uuid_utils.uuid7()),
            ts=self._now().astimezone(dt.UTC),
            seq=number,
            code=code,
            severity="warning" if code.startswith(f"{CALLED}.") else "info",
            data=data,
        )
        batch = TelemetryBatch(terminal=self._terminal_id, events=[event])
        return isinstance(self._client.send_telemetry(batch), Answer)
