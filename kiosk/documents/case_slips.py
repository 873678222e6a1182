"""What the slip of a supplement or a withdrawal says beyond every slip."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.documents.layout import Element, Pair
from kiosk.visit import papers
from kiosk.visit.cases import act_of, acting
from kiosk.visit.model import SubmissionState, Visit
from kiosk.visit.own import Act

Say = Callable[[str, str], str]

_EVIDENCE = {
    (Act.SUPPLEMENT, SubmissionState.STORED): "supplement_stored",
    (Act.SUPPLEMENT, SubmissionState.STUCK): "act_stuck",
    (Act.WITHDRAWAL, SubmissionState.STUCK): "act_stuck",
    (Act.WITHDRAWAL, SubmissionState.DELIVERED): "withdrawn",
}


def evidence_of(visit: Visit, state: SubmissionState, otherwise: str) -> str:
    """The key of ``kiosk/evidence.toml`` for what was done to a case; ``otherwise`` that of a case."""
    act = act_of(visit)
    return otherwise if act is None else _EVIDENCE.get((act, state), otherwise)


def act_heading(visit: Visit, say: Say) -> str:
    """The title of a slip for something that arrived; "" if nothing was done to a case."""
    match act_of(visit):
        case Act.SUPPLEMENT:
            return say("补正回执", "Supplement received")
        case Act.WITHDRAWAL:
            return say("撤回回执", "Withdrawal done")
    return ""


def act_lines(visit: Visit, say: Say) -> list[Element]:
    """Which case it was done to."""
    case = acting(visit)
    if case is None:
        return []
    return [Pair(say("办件编号", "Case no."), case.case.number)]


def handed_in_lines(visit: Visit, say: Say) -> list[Element]:
    """What was handed in: things and pages, never what is in them."""
    case = acting(visit)
    if case is None or act_of(visit) is not Act.SUPPLEMENT or case.asking is None:
        return []
    lines: list[Element] = []
    for thing in case.asking.things:
        if not thing.paper:
            filled = thing.name.in_language(visit.language)
            lines.append(Pair(say("补填", "Filled in"), filled))
    for place, material in enumerate(papers.of_item(visit.item)):
        count = len(visit.papers.get(place, ()))
        pages = say(f"{count} 页", f"{count} pages" if count != 1 else "1 page")
        name = material.name.in_language(visit.language)
        lines.append(Pair(say("补交", "Handed in"), say(f"{name}，{pages}", f"{name}, {pages}")))
    return lines
