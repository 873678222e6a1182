"""The journey of an errand in a few words, for the trail above a page."""

from __future__ import annotations

from typing import Any

from kiosk.visit.model import Step, Visit

_MILESTONES: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("choose", (Step.GUIDE,)),
    ("place", (Step.PLACE,)),
    ("identify", (Step.IDENTIFY, Step.FACE, Step.STAFF)),
    ("details", (Step.ANSWER, Step.BILLS, Step.SLOTS, Step.FORM)),
    ("found", (Step.POLICIES,)),
    ("papers", (Step.MATERIALS,)),
    ("check", (Step.REVIEW, Step.SIGN)),
    ("submit", (Step.SUBMITTING, Step.PAYMENT)),
    ("result", (Step.RESULT,)),
)
_NO_TRAIL = {
    Step.ATTRACT, Step.HOME, Step.LOOKUP, Step.RESUME, Step.KEPT, Step.RATING, Step.FAREWELL,
    Step.OUT_OF_SERVICE, Step.CASES, Step.CASE, Step.WITHDRAW,
}  # fmt: skip


def milestones(visit: Visit) -> list[dict[str, Any]]:
    """The journey in a few words: key, and whether it is done, current or still to come."""
    trail, step = visit.trail, visit.step
    if step is Step.STAFF and visit.signature is not None:
        step = Step.SIGN  # staff release or witness what was signed; who it is is known
    if step in _NO_TRAIL or not trail:
        return []
    steps = set(trail) | {step}
    present = [(key, members) for key, members in _MILESTONES if steps & set(members)]
    current = next((n for n, (_, members) in enumerate(present) if step in members), 0)
    return [
        {"key": key, "number": n + 1, "done": n < current, "current": n == current}
        for n, (key, _) in enumerate(present)
    ]
