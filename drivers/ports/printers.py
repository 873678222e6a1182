"""Printers of receipts and of documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol, runtime_checkable

from drivers.failure_codes import FailureCode
from drivers.ports.adapter import Adapter
from drivers.results import Result


class PrintOutcome(StrEnum):
    """To be accepted is not to be done: a job ends confirmed by the device, or doubtful."""

    CONFIRMED = "confirmed"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class PrintResult:
    """How a print job ended. ``reason`` is a failure code when doubtful, else empty."""

    outcome: PrintOutcome
    reason: FailureCode | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class RasterImage:
    """A 1-bit image, rows padded to whole bytes, most significant bit left, 1 = black."""

    width: int
    height: int
    data: bytes = field(repr=False)


@runtime_checkable
class ReceiptPrinter(Adapter, Protocol):
    """A receipt printer. Width and resolution come from :meth:`dots_per_line`."""

    def dots_per_line(self) -> int:
        """Printable dots in a line (576 for 80 mm paper at 203 dpi)."""
        ...

    def print_receipt(self, image: RasterImage, timeout_s: float) -> Result[PrintResult]:
        """Print and cut. ``Ok(doubtful)``: bytes were sent but the end was not confirmed; such a job
        must never be repeated silently. ``Failure``: nothing of it was printed (``printer.paper_out``,
        ``printer.cover_open``, ``device.*``), so trying again is safe.
        """
        ...


@runtime_checkable
class DocumentPrinter(Adapter, Protocol):
    """An A4 printer."""

    def print_document(self, pdf: bytes, title: str, timeout_s: float) -> Result[PrintResult]:
        """Print a PDF one-sided on A4. ``title`` is shown on the printer: no personal data.
        Emits ``page_done``. Doubtful and failure as for :class:`ReceiptPrinter`.
        """
        ...
