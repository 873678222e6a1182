"""Slips and proofs on paper, with the truth about how each job ended."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

from drivers.host import DeviceHost
from drivers.ports import PrintOutcome, PrintResult, RasterImage
from drivers.results import Failure, Ok, Result
from kiosk.documents import render, slip_for
from kiosk.documents.pictures import pdf_pictures, slip_picture
from kiosk.terminal.clock import Now
from kiosk.terminal.paper_pictures import PaperPictures
from kiosk.terminal.performing import Handler, Post
from kiosk.terminal.vault import Vault
from kiosk.terminal_port import Place
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev

log = logging.getLogger(__name__)

RECEIPT_TIMEOUT_S = 90.0
PROOF_TIMEOUT_S = 180.0
DEFAULT_DOTS = 576
_HALTS = {"paper_out": "printer.paper_out", "printer_gone": "device.gone"}
"""What an event without a code of its own means."""


class PrintDesk:
    """Performs ComposeReceipt, PrintReceipt, PrintProof and CancelPrint.

    What is shown of a paper is made of the very image, or file, that goes to its printer.
    """

    def __init__(
        self,
        receipts: DeviceHost | None,
        documents: DeviceHost | None,
        *,
        place: Place,
        vault: Vault,
        post: Post,
        now: Now,
        lookup_url: str,
    ) -> None:
        self._receipts = receipts
        self._documents = documents
        self._place = place
        self._vault = vault
        self._post = post
        self._now = now
        self._lookup_url = lookup_url
        self._lock = threading.Lock()
        self._running: dict[str, int] = {}
        self._pictures = PaperPictures(vault)

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs."""
        return {
            fx.ComposeReceipt: self._compose,
            fx.PrintReceipt: self._receipt,
            fx.PrintProof: self._proof,
            fx.CancelPrint: self._cancel,
        }

    def device_event(self, name: str, event: str, data: Mapping[str, Any]) -> None:
        """Progress of a printer: paper out in mid-job, paper back, a page done."""
        with self._lock:
            running = self._running.get(name)
        if running is not None:
            code = str(data.get("code", "")) or _HALTS.get(event, "")
            if code:
                log.info("print.waiting device=%s event=%s code=%s", name, event, code)
            page, pages = (_count(data.get(name)) for name in ("page", "pages"))
            begun = bool(data.get("begun")) or page > 0
            self._post(ev.PrintPhase(running, event, code, page, pages, begun))

    def _compose(self, effect: fx.ComposeReceipt, visit: Visit) -> None:
        epoch = self._vault.epoch
        if self._receipts is not None:
            self._show_slip(effect.effect, self._lay_out(effect.kind, visit), epoch)

    def _lay_out(self, kind: str, visit: Visit) -> RasterImage:
        slip = slip_for(visit, kind, self._place, self._now(), self._lookup_url)
        options = self._receipts.spec.options if self._receipts is not None else {}
        return render(slip, int(options.get("dots_per_line", DEFAULT_DOTS)))

    def _show_slip(self, effect: int, image: RasterImage, epoch: int) -> None:
        handle = self._pictures.put("receipt", [slip_picture(image)], epoch)
        self._post(ev.PaperComposed(effect, handle, 1))

    def _receipt(self, effect: fx.PrintReceipt, visit: Visit) -> None:
        if self._receipts is None:
            self._post(ev.PrintEnded(effect.effect, "failed", "device.gone"))
            return
        epoch = self._vault.epoch
        image = self._lay_out(effect.kind, visit)
        self._show_slip(effect.effect, image, epoch)
        self._start(effect.effect, self._receipts, "print_receipt", image, RECEIPT_TIMEOUT_S)

    def _cancel(self, effect: fx.CancelPrint, _visit: Visit) -> None:
        host = self._receipts if effect.paper == "receipt" else self._documents
        if host is not None:
            log.info("print.cancelled device=%s", host.name)
            host.cancel()

    def _proof(self, effect: fx.PrintProof, _visit: Visit) -> None:
        epoch = self._vault.epoch
        pdf = self._vault.get(effect.handle)
        if self._documents is None or pdf is None:
            code = "device.gone" if self._documents is None else "document.unavailable"
            self._post(ev.PrintEnded(effect.effect, "failed", code))
            return
        # Shown before it is printed: afterwards nobody waits for this effect any more.
        pages = pdf_pictures(pdf)
        handle = self._pictures.put("proof", pages, epoch)
        self._post(ev.PaperComposed(effect.effect, handle, len(pages)))
        self._start(
            effect.effect,
            self._documents,
            "print_document",
            pdf,
            PROOF_TIMEOUT_S,
            extra=(effect.title,),
        )

    def _start(
        self,
        effect: int,
        host: DeviceHost,
        operation: str,
        content: Any,
        timeout_s: float,
        extra: tuple[Any, ...] = (),
    ) -> None:
        with self._lock:
            self._running[host.name] = effect
        future = host.call(operation, content, *extra, timeout_s=timeout_s)
        future.add_done_callback(lambda done: self._ended(effect, host.name, done))

    def _ended(self, effect: int, name: str, done: Future[Result[Any]]) -> None:
        with self._lock:
            if self._running.get(name) == effect:
                del self._running[name]
        result = done.result()
        outcome, code = judge_print(result)
        log.info(
            "print.ended device=%s outcome=%s code=%s cause=%s", name, outcome, code, _cause(result)
        )
        self._post(ev.PrintEnded(effect, outcome, code))


def _count(value: object) -> int:
    """A page number of a printer's event; 0 for none."""
    return value if isinstance(value, int) and 0 < value < 10_000 else 0


# After these the host can't say how far the job got: its process or the deadline ended first.
_UNCERTAIN = (
    "device.hung",
    "device.host_crashed",
    "device.outgrown",
    "device.flooding",
    "device.timeout",
    "device.protocol",
)


def judge_print(result: Result[Any]) -> tuple[str, str]:
    """``(outcome, code)`` of a print call: confirmed, doubtful, or failed (nothing printed)."""
    match result:
        case Ok(PrintResult(outcome=PrintOutcome.CONFIRMED)):
            return "confirmed", ""
        case Ok(PrintResult()):
            # Whatever made it doubtful: the person must look whether something came out.
            return "doubtful", "printer.unconfirmed"
        case Failure(code) if code in _UNCERTAIN:
            return "doubtful", "printer.unconfirmed"
        case Failure(code):
            return "failed", code
        case _:
            return "doubtful", "printer.unconfirmed"


def _cause(result: Result[Any]) -> str:
    """What the device itself said, for the log."""
    match result:
        case Ok(PrintResult(reason=reason)):
            return reason
        case Failure(code):
            return code
        case _:
            return ""
