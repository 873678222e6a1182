"""The headset's socket: watched without a pause, so that speech begins as soon as a headset is in."""

from __future__ import annotations

import logging
import threading

from drivers.host import DeviceHost
from drivers.results import Failure
from drivers.status import DeviceStatus, MediaState
from kiosk.terminal.performing import Post
from kiosk.visit import events as ev

log = logging.getLogger(__name__)

WATCH_S = 20.0
GAP_S = 0.25
"""Between two watches, in which the host asks the device how it is."""
_SEEN = {MediaState.PRESENT: True, MediaState.NOT_PRESENT: False}
_EVENTS = {"headset_in": True, "headset_out": False}


class HeadsetDesk:
    """Tells changes once; watches in a thread of its own."""

    def __init__(self, socket: DeviceHost | None, post: Post) -> None:
        self._socket = socket
        self._post = post
        self._lock = threading.Lock()
        self._told: bool | None = None
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="headset", daemon=True)

    def start(self) -> None:
        """Begin, if there is a socket to watch."""
        if self._socket is not None:
            self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End."""
        self._stopping.set()
        self._wake.set()
        if self._socket is not None and self._thread.is_alive():
            self._socket.cancel()
            self._thread.join(timeout_s)

    def device_event(self, name: str, event: str) -> None:
        """News of a device."""
        if self._mine(name) and event in _EVENTS:
            self._tell(_EVENTS[event])

    def device_changed(self, name: str, status: DeviceStatus) -> None:
        """A socket that fails knows nothing any more; one that came back is watched again."""
        if not self._mine(name):
            return
        if not status.usable:
            self._tell(None)
        elif status.media in _SEEN:
            self._tell(_SEEN[status.media])
        self._wake.set()

    def _mine(self, name: str) -> bool:
        return self._socket is not None and name == self._socket.name

    def _tell(self, inserted: bool | None) -> None:
        with self._lock:
            if inserted is self._told:
                return
            self._told = inserted
        log.info("headset.changed inserted=%s", inserted)
        self._post(ev.HeadsetChanged(inserted))

    def _run(self) -> None:
        assert self._socket is not None  # noqa: S101  the thread runs only with one
        while not self._stopping.is_set():
            if not self._socket.status.usable:
                self._wake.wait()
                self._wake.clear()
                continue
            ended = self._socket.call("watch", timeout_s=WATCH_S).result()
            if isinstance(ended, Failure) and ended.code != "device.cancelled":
                log.info("headset.watch code=%s", ended.code)
            self._stopping.wait(GAP_S)
