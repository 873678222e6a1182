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
class PaperComposed:
    """What is printed, as pictures of so many ``pages`` in the vault; no handle: it can't be shown."""

    effect: int
    handle: str
    pages: int


@dataclass(frozen=True, slots=True)
class PrintPhase:
    """``phase``: printing, resumed, page_done, sent (all of it, to be confirmed); or, with a ``code``,
    why the printer halts: paper_out, cover_open, too_hot, stopped. ``page`` of ``pages``: the last one
    done, as the printer says, 0 if it does not count. ``begun``: something may be on paper."""

    effect: int
    phase: str
    code: str = ""
    page: int = 0
    pages: int = 0
    begun: bool = False


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


@dataclass(frozen=True, slots=True)
class PrintRequested:
    """``paper``: receipt or proof; also "print again" after staff allowed it."""

    paper: str


@dataclass(frozen=True, slots=True)
class PaperDropped:
    """Goes on without the paper that a printer halted over; ``paper``: receipt or proof."""

    paper: str


PrintTouch = PrintRequested | PaperDropped
OutputOutcome = (
    PaymentChanged | DocumentFetched | DocumentFailed | PaperComposed | PrintPhase | PrintEnded
)
