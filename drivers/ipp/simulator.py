"""An IPP/2.0 printer on the loopback interface: real messages over real HTTP, no paper.

It follows RFC 8011 for the operations a kiosk uses and the attributes of IPP Everywhere
(PWG 5100.14) a client looks at, and can run out of paper, jam, be switched off or lose its network
in the middle of a job. Documents stay in memory.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from drivers.ipp.codec import decode, encode
from drivers.ipp.http_printer import handler
from drivers.ipp.press import FULL_TRAY, LOW_TRAY, Press, PrintedDocument
from drivers.ipp.server import IppOperations
from drivers.loopback_http import LoopbackHttpServer

PATH = "/ipp/print"

_COMMANDS: dict[str, str] = {
    "paper_out": "Empty the tray, now or after_pages=N more sheets.",
    "load_paper": "Fill the tray (sheets=250).",
    "paper_low": "Leave a few sheets in the tray (sheets=20).",
    "jam": "Jam the paper, now or after_pages=N of the running or next job.",
    "clear_jam": "Take the jammed sheet out.",
    "open_cover": "Open the cover.",
    "close_cover": "Close the cover.",
    "toner_low": "Report low toner (on=True).",
    "reject_jobs": "Refuse new jobs (on=True).",
    "abort_next": "Abort the running or next job after_pages=0 pages.",
    "slow": "Change the time a page takes (page_s=5.0).",
    "power_off": "Switch off; jobs in memory are lost.",
    "power_on": "Switch on again, at the same address.",
    "unplug_network": "Cut the network; the printer goes on printing.",
    "plug_network": "Connect the network again, at the same address.",
}


class IppPrinterSimulator:
    """A simulated printer (:class:`drivers.simulation.Simulator`).

    ``page_s``: seconds a page takes. ``on_document``: called from the press's thread with each
    document of which a page came out. ``two_step`` False: a printer without Create-Job.
    """

    def __init__(
        self,
        page_s: float = 1.0,
        on_document: Callable[[PrintedDocument], None] | None = None,
        two_step: bool = True,
    ) -> None:
        self.press = Press(page_s, on_document)
        self._operations = IppOperations(self.press, lambda: self.address, two_step)
        self._http = LoopbackHttpServer(handler(PATH, self._answer))
        self._lock = threading.RLock()

    def start(self) -> None:
        """Switch on and listen."""
        with self._lock:
            self._http.start()
            self.press.power_on()

    def stop(self) -> None:
        """Switch off for good."""
        with self._lock:
            self._http.stop()
            self.press.power_off()

    @property
    def address(self) -> str:
        """``ipp://127.0.0.1:port/ipp/print``."""
        return f"ipp://127.0.0.1:{self._http.port}{PATH}"

    @property
    def documents(self) -> tuple[PrintedDocument, ...]:
        """What lies in the output tray, oldest first (the newest 50)."""
        return self.press.documents

    def save(self, directory: Path) -> list[Path]:
        """Write the documents as PDF files; for demonstrations, with invented people only."""
        paths = []
        for document in self.documents:
            path = directory / f"job-{document.job_id:05d}.pdf"
            path.write_bytes(document.pdf)
            paths.append(path)
        return paths

    def commands(self) -> Mapping[str, str]:
        """See :class:`drivers.simulation.Simulator`."""
        return dict(_COMMANDS)

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """See :class:`drivers.simulation.Simulator`."""
        if name not in _COMMANDS:
            raise KeyError(name)
        with self._lock:
            getattr(self, f"_{name}")(**arguments)
        return self.state()

    def state(self) -> Mapping[str, Any]:
        """Power, condition, sheets left, jobs without their content."""
        state, reasons, accepting = self.press.condition()
        jobs = [asdict(job) for job in self.press.jobs()]
        for job in jobs:
            del job["pdf"]
            job["state"] = job["state"].name.lower()
        return {
            "on": self._http.is_on,
            "state": state.name.lower(),
            "reasons": reasons,
            "accepting": accepting,
            "sheets": self.press.sheets(),
            "jobs": jobs,
            "documents": len(self.documents),
        }

    def _paper_out(self, after_pages: int | None = None) -> None:
        self.press.set(sheets=after_pages or 0)

    def _load_paper(self, sheets: int = FULL_TRAY) -> None:
        self.press.set(sheets=sheets)

    def _paper_low(self, sheets: int = LOW_TRAY) -> None:
        self.press.set(sheets=sheets)

    def _jam(self, after_pages: int | None = None) -> None:
        self.press.set(jammed=after_pages is None, jam_after=after_pages)

    def _clear_jam(self) -> None:
        self.press.set(jammed=False, jam_after=None)

    def _open_cover(self) -> None:
        self.press.set(cover_open=True)

    def _close_cover(self) -> None:
        self.press.set(cover_open=False)

    def _toner_low(self, on: bool = True) -> None:
        self.press.set(toner_low=on)

    def _reject_jobs(self, on: bool = True) -> None:
        self.press.set(rejecting=on)

    def _abort_next(self, after_pages: int = 0) -> None:
        self.press.set(abort_after=after_pages)

    def _slow(self, page_s: float = 5.0) -> None:
        self.press.set_page_time(page_s)

    def _answer(self, body: bytes) -> bytes:
        return encode(self._operations.answer(decode(body)))

    def _power_off(self) -> None:
        self._http.switch_off()
        self.press.power_off()

    def _power_on(self) -> None:
        self.press.power_on()
        self._http.switch_on()

    def _unplug_network(self) -> None:
        self._http.switch_off()

    def _plug_network(self) -> None:
        self._http.switch_on()
