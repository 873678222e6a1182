"""Slips and proofs on paper, with the truth about how each job ended."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

from drivers.host import DeviceHost
from drivers.ports import PrintOutcome, PrintResult
from drivers.results import Failure, Ok, Result
from kiosk.documents import render, slip_for
from kiosk.terminal.clock import Now
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


class PrintDesk:
    """Performs PrintReceipt and PrintProof."""

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

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs."""
        return {fx.PrintReceipt: self._receipt, fx.PrintProof: self._proof}

    def device_event(self, name: str, event: str, data: Mapping[str, Any]) -> None:
        """Progress of a printer: paper out in mid-job, paper back, a page done."""
        with self._lock:
            running = self._running.get(name)
        if running is not None:
            code = str(data.get("code", "")) or (
                "printer.paper_out" if event == "paper_out" else ""
            )
            if code:
                log.info("print.waiting device=%s event=%s code=%s", name, event, code)
            self._post(ev.PrintPhase(running, event, code))

    def _receipt(self, effect: fx.PrintReceipt, visit: Visit) -> None:
        if self._receipts is None:
            self._post(ev.PrintEnded(effect.effect, "failed", "device.gone"))
            return
        slip = slip_for(visit, effect.kind, self._place, self._now(), self._lookup_url)
        width = int(self._receipts.spec.options.get("dots_per_line", DEFAULT_DOTS))
        image = render(slip, width)
        self._start(effect.effect, self._receipts, "print_receipt", image, RECEIPT_TIMEOUT_S)

    def _proof(self, effect: fx.PrintProof, _visit: Visit) -> None:
        pdf = self._vault.get(effect.handle)
        if self._documents is None or pdf is None:
            code = "device.gone" if self._documents is None else "document.unavailable"
            self._post(ev.PrintEnded(effect.effect, "failed", code))
            return
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
