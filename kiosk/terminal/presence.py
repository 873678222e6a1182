"""Somebody before the terminal: from the sensor to the visit, which alone judges what it means."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from drivers.status import DeviceStatus, MediaState
from kiosk.terminal.performing import Post
from kiosk.visit import events as ev

_SEEN = {MediaState.PRESENT: True, MediaState.NOT_PRESENT: False}
_EVENTS = {"person_near": True, "person_away": False}


class PresenceDesk:
    """Tells changes once. ``ports``: device name → port; a panel board may be named by its lights
    and carry the sensor too. ``enabled``: the technician's switch."""

    def __init__(self, ports: Mapping[str, str], post: Post, *, enabled: bool) -> None:
        named = {name for name, port in ports.items() if port == "presence_sensor"}
        boards = {name for name, port in ports.items() if port == "indicator_light"}
        self._sensors = (named or boards) if enabled else set()
        self._post = post
        self._lock = threading.Lock()
        self._told: bool | None = None

    def device_event(self, name: str, event: str) -> None:
        """News of a device."""
        if name in self._sensors and event in _EVENTS:
            self._tell(_EVENTS[event])

    def device_changed(self, name: str, status: DeviceStatus) -> None:
        """A sensor that fails knows nothing any more: nobody is taken to have left."""
        if name in self._sensors:
            self._tell(_SEEN.get(status.media) if status.usable else None)

    def _tell(self, near: bool | None) -> None:
        with self._lock:
            if near is self._told:
                return
            self._told = near
        self._post(ev.PresenceChanged(near))
