"""Papers on the shelf: what the person touches, and what the document camera says."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit.page import Page


@dataclass(frozen=True, slots=True)
class PageWanted:
    """One more page of the present paper; also "take it again" after a poor picture."""


@dataclass(frozen=True, slots=True)
class PageKept:
    """Use the poor picture that is shown all the same."""


@dataclass(frozen=True, slots=True)
class PageDropped:
    """Delete the page of this place (from 0) of the present paper."""

    place: int


@dataclass(frozen=True, slots=True)
class PaperLeftOut:
    """Go on without the present paper, where the catalogue allows it."""


@dataclass(frozen=True, slots=True)
class PageAdvised:
    """What to change, while a page is awaited: an advice of the document camera's port."""

    effect: int
    advice: str


@dataclass(frozen=True, slots=True)
class PageTaken:
    """A picture; ``page.verdict`` says whether it can be read, or what is wrong."""

    effect: int
    page: Page


@dataclass(frozen=True, slots=True)
class PageFailed:
    """No picture: the camera, not the paper. ``no_page``: it works, and nothing lay on the shelf."""

    effect: int
    code: str


NO_PAGE = "no_page"

PaperTouch = PageWanted | PageKept | PageDropped | PaperLeftOut
PaperOutcome = PageAdvised | PageTaken | PageFailed
