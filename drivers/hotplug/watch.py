"""Telling at once what is plugged in and pulled out.

The kernel's or udev's events only say *when* to look; *what* changed is found by comparing two
inventories. So a storm of events ends in one look, a lost event is made up for by the next look,
and without any events the same watcher looks every two seconds.
"""

from __future__ import annotations

import logging
import os
import select
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from drivers.hotplug.inventory import AttachedPort, Roots, attached_ports

log = logging.getLogger(__name__)

POLL_S = 2.0
_RESYNC_S = 30.0  # with events: in case one was lost
_SETTLE_S = 0.05
_LONGEST_STORM_S = 0.5
_SUBSYSTEMS = ("tty", "usbmisc", "video4linux", "hidraw", "usb")
_UDEVD = Path("/run/udev/control")
_STOP_WAIT_S = 5.0


class Source(StrEnum):
    """Where the news comes from. ``udev``: when permissions and links are in place. ``kernel``:
    without udevd. ``poll``: neither can be heard."""

    UDEV = "udev"
    KERNEL = "kernel"
    POLL = "poll"


@dataclass(frozen=True, slots=True)
class PortChange:
    """A port that came (``attached``) or went."""

    attached: bool
    port: AttachedPort


def best_source(roots: Roots | None = None) -> Source:
    """What to listen to on this machine; of another machine's trees no events come."""
    if roots is not None and roots != Roots():
        return Source.POLL
    return Source.UDEV if _UDEVD.exists() else Source.KERNEL


class PortWatcher:
    """Watches from :meth:`start` to :meth:`stop`; ``on_change`` is called in its own thread, once
    for each port that came or went. A device replugged between two looks went and came."""

    def __init__(
        self,
        on_change: Callable[[PortChange], None],
        *,
        roots: Roots | None = None,
        source: Source | None = None,
        poll_s: float = POLL_S,
    ) -> None:
        self._on_change, self._roots, self._poll_s = on_change, roots, poll_s
        self._source = source or best_source(roots)
        self._listening = threading.Event()
        self._wake_read, self._wake_write = os.pipe()
        self._thread = threading.Thread(target=self._run, name="port-watcher", daemon=True)

    @property
    def source(self) -> Source:
        """What it listens to; settled once :meth:`wait_listening` returned True."""
        return self._source

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def wait_listening(self, timeout_s: float) -> bool:
        """True as soon as every change from now on will be told."""
        return self._listening.wait(timeout_s)

    def stop(self) -> None:
        """End it; call once. From ``on_change`` it returns at once, and the end follows."""
        os.close(self._wake_write)
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(_STOP_WAIT_S)

    def _run(self) -> None:
        try:
            monitor = self._monitor()
            known = self._attached()
            self._listening.set()
            while self._wait(monitor):
                now = self._attached()
                self._tell([PortChange(False, known[key]) for key in known if key not in now])
                self._tell([PortChange(True, now[key]) for key in now if key not in known])
                known = now
        finally:
            os.close(self._wake_read)

    def _attached(self) -> dict[AttachedPort, AttachedPort]:
        # By everything but the links: udev may add those later.
        return {replace(port, links=()): port for port in attached_ports(self._roots)}

    def _tell(self, changes: list[PortChange]) -> None:
        for change in changes:
            word = "attached" if change.attached else "detached"
            log.info("%s: %s %s", change.port.device, word, change.port.usb or "")
            try:
                self._on_change(change)
            except Exception:
                log.exception("on_change raised")

    def _monitor(self) -> Any:
        """pyudev's monitor, or None where events cannot be had."""
        if self._source is Source.POLL:
            return None
        try:
            import pyudev  # not at the top: it needs libudev, and a device host needs neither

            monitor = pyudev.Monitor.from_netlink(pyudev.Context(), source=self._source.value)
            for subsystem in _SUBSYSTEMS:
                monitor.filter_by(subsystem)
            monitor.start()
        except (ImportError, OSError) as error:
            log.info("no %s events (%s); looking every %s s", self._source, error, self._poll_s)
            self._source = Source.POLL
            return None
        return monitor

    def _wait(self, monitor: Any) -> bool:
        """Until there is reason to look again; False at the end."""
        watched = [self._wake_read] if monitor is None else [self._wake_read, monitor.fileno()]
        ready = select.select(
            watched, [], [], self._poll_s if monitor is None else max(_RESYNC_S, self._poll_s)
        )[0]
        storm_ends = time.monotonic() + _LONGEST_STORM_S
        # One device brings several events: its ports are complete once it falls silent.
        while self._wake_read not in ready and ready and time.monotonic() < storm_ends:
            self._drain(monitor)
            ready = select.select(watched, [], [], _SETTLE_S)[0]
        return self._wake_read not in ready

    @staticmethod
    def _drain(monitor: Any) -> None:
        try:
            while monitor.poll(timeout=0) is not None:
                pass
        except OSError as error:
            log.info("events were lost (%s); the look that follows makes up for it", error)
