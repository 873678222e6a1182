"""What came of a submission: payment, the proof issued, and paper from the printers."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit.model import PaymentState


@dataclass(frozen=True, slots=True)
class DocumentFetched:
    effect: int
    handle: str
    pages: int


@dataclass(frozen=True, slots=True)
class DocumentFailed:
    effect: int
    code: str


@dataclass(frozen=True, slots=True)
class PrintPhase:
    """``phase``: printing, resumed, page_done; or, with a ``code``, why the printer halts: paper_out,
    cover_open, too_hot, stopped."""

    effect: int
    phase: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class PrintEnded:
    """``outcome``: confirmed, doubtful or failed (nothing printed)."""

    effect: int
    outcome: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class PaymentChanged:
    effect: int
    state: PaymentState


OutputOutcome = PaymentChanged | DocumentFetched | DocumentFailed | PrintPhase | PrintEnded
