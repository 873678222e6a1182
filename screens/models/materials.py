"""Papers under the document camera, one paper a page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.visit import events, model, papers
from screens.models.base import ScreenModel, shown

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class MaterialsModel(ScreenModel):
    """``phase``: looking (the shelf is seen live), poor (a picture that can't be read well, in
    ``poor`` and ``verdict``) or taken. ``leave``: optional or later where this paper need not be
    laid down, else empty. ``pages``: handles of the pages taken."""

    name_changed, hint_changed, place_changed, count_changed = (Signal() for _ in range(4))
    phase_changed, advice_changed, poor_changed, verdict_changed = (Signal() for _ in range(4))
    pages_changed, most_changed, full_changed, leave_changed = (Signal() for _ in range(4))
    refused_changed = Signal()
    name = shown("name", str, name_changed, "")
    hint = shown("hint", str, hint_changed, "")
    place = shown("place", int, place_changed, 0)
    count = shown("count", int, count_changed, 0)
    phase = shown("phase", str, phase_changed, "")
    advice = shown("advice", str, advice_changed, "")
    poor = shown("poor", str, poor_changed, "")
    verdict = shown("verdict", str, verdict_changed, "")
    pages = shown("pages", "QStringList", pages_changed, [])
    most = shown("most", int, most_changed, 0)
    full = shown("full", bool, full_changed, False)
    leave = shown("leave", str, leave_changed, "")
    refused = shown("refused", bool, refused_changed, False)
    """It was handed in, and the portal could not use it."""

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        material, poor = papers.present(visit), visit.poor_page
        if material is None:
            return {}
        taken = [page.handle for page in papers.pages(visit)]
        looking = "page" in visit.awaiting or (not taken and poor is None)
        later = "later" if material.later else ""
        return {
            "name": self.say(material.name),
            "hint": self.say(material.hint),
            "place": visit.paper_at + 1,
            "count": len(papers.of_item(visit.item)),
            "phase": "looking" if looking else "poor" if poor is not None else "taken",
            "advice": visit.page_advice,
            "poor": poor.handle if poor is not None else "",
            "verdict": poor.verdict if poor is not None else "",
            "pages": taken,
            "most": material.pages,
            "full": papers.full(visit),
            "refused": visit.paper_at in visit.papers_refused,
            "leave": "" if taken else "optional" if material.optional else later,
        }

    @Slot()
    def want(self) -> None:
        """One more page, or this one again."""
        self.post(events.PageWanted())

    @Slot()
    def keep(self) -> None:
        """The poor picture will do."""
        self.post(events.PageKept())

    @Slot(int)
    def drop(self, place: int) -> None:
        """Without this page."""
        self.post(events.PageDropped(place))

    @Slot()
    def leave_out(self) -> None:
        """Without this paper."""
        self.post(events.PaperLeftOut())

    @Slot()
    def proceed(self) -> None:
        """The next paper, or on."""
        self.post(events.Continued())
