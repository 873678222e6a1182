"""A queue without paper: a real cupsd of its own, and behind it the simulated IPP printer."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from drivers.cups.private import Cupsd
from drivers.ipp.simulator import IppPrinterSimulator

_COMMANDS: dict[str, str] = {
    "stop_queue": "Stop the queue, as cupsdisable does.",
    "start_queue": "Start it again.",
    "reject_queue": "Close the queue for new jobs (on=True), as cupsreject does.",
    "kill_cupsd": "Kill cupsd; it has no time to save anything.",
    "start_cupsd": "Start it again, at the same address.",
}


class CupsQueueSimulator:
    """cupsd and a printer (:class:`drivers.simulation.Simulator`); needs cupsd installed.

    ``printer``: the printer behind the queue; its commands are offered here as well.
    """

    queue = "a4"

    def __init__(self, page_s: float = 1.0) -> None:
        self.printer = IppPrinterSimulator(page_s)
        self.cupsd = Cupsd()
        self._lock = threading.RLock()
        self._stopped = False

    def start(self) -> None:
        """Start both. :class:`drivers.cups.private.CupsdError` if cupsd does not start."""
        self.printer.start()
        try:
            self.cupsd.start()
            self.cupsd.add_queue(self.queue, self.printer.address)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End both for good; safe to call twice."""
        with self._lock:
            already, self._stopped = self._stopped, True
        if not already:
            self.cupsd.stop()
            self.printer.stop()

    @property
    def address(self) -> str:
        """Path of cupsd's domain socket."""
        return self.cupsd.socket_path

    def commands(self) -> Mapping[str, str]:
        """See :class:`drivers.simulation.Simulator`."""
        return {**self.printer.commands(), **_COMMANDS}

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """See :class:`drivers.simulation.Simulator`."""
        if name in _COMMANDS:
            with self._lock:
                getattr(self, f"_{name}")(**arguments)
        else:
            self.printer.command(name, **arguments)
        return self.state()

    def state(self) -> Mapping[str, Any]:
        """The printer's."""
        return self.printer.state()

    def _stop_queue(self) -> None:
        self.cupsd.pause(self.queue)

    def _start_queue(self) -> None:
        self.cupsd.resume(self.queue)

    def _reject_queue(self, on: bool = True) -> None:
        self.cupsd.accept(self.queue, not on)

    def _kill_cupsd(self) -> None:
        self.cupsd.kill()

    def _start_cupsd(self) -> None:
        self.cupsd.start()
