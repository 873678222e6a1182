"""What became of a supplement or a withdrawal that had no effect, as a key of ``kiosk/evidence.toml``.

The portal knows what it refused, whichever terminal it came from. What never reached it, or fell at
its attachments, it knows from the terminal that took it, whose outbox knows it first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.terminal.enclosing import PAPERS
from kiosk.terminal.operations import SUPPLEMENT, WITHDRAWAL
from offline_queue import ItemState, ItemView
from portal.contract.answers import ActRefused
from portal.contract.base import CaseAct, CaseState, ProblemCode

EXPIRED = "outbox.expired"
"""The verdict of what was given up unsent, its time being over."""
UNSENT = "unsent"
"""The portal's code for what its terminal said had expired."""
_ACTS = {SUPPLEMENT: CaseAct.SUPPLEMENT, WITHDRAWAL: CaseAct.WITHDRAWAL}
_OPEN = frozenset(
    state.value
    for state in (
        CaseState.SUBMITTED,
        CaseState.ACCEPTED,
        CaseState.SUPPLEMENT_REQUIRED,
        CaseState.IN_PROCESS,
    )
)


def without_effect(
    state: str | None,
    told: ActRefused | None,
    kept: Sequence[ItemView],
    since: datetime | None = None,
) -> str:
    """The key of what the holder last did in vain, "" where that is of no account any more.

    ``state``: of the case, None where the portal could not be asked. ``told``: by the portal.
    ``kept``: what this outbox has of the case, oldest first. ``since``: when the portal last
    saw the case move; what was taken here before it is past.
    """
    here = _kept(kept, since, asked=state is not None)
    if here is not None:
        act, key = here
    elif told is not None:
        act, key = told.act, _key(told.act, told.code)
    else:
        return ""
    return key if key and _matters(act, state) else ""


def _matters(act: CaseAct, state: str | None) -> bool:
    if state is None:
        return True
    return state == CaseState.SUPPLEMENT_REQUIRED if act is CaseAct.SUPPLEMENT else state in _OPEN


def _kept(
    kept: Sequence[ItemView], since: datetime | None, *, asked: bool
) -> tuple[CaseAct, str] | None:
    """``asked``: the portal could be, and itself tells of what reached it."""
    acts = [view for view in kept if view.operation in _ACTS]
    if not acts or (since is not None and _accepted(acts[-1]) < since):
        return None
    last = acts[-1]
    act = _ACTS[last.operation]
    if last.state is ItemState.WITHDRAWN and last.verdict == EXPIRED:
        return act, f"{act.value}_unsent"
    if last.state is not ItemState.REJECTED or last.verdict == "portal.forbidden":
        return None
    papers = bool((last.receipt or {}).get(PAPERS))
    if asked and not papers:
        return None
    return act, _key(act, last.verdict.removeprefix("portal."), papers=papers)


def _accepted(view: ItemView) -> datetime:
    return datetime.fromisoformat(view.attributes.get("accepted_at", view.accepted_at))


def _key(act: CaseAct, code: str, *, papers: bool = False) -> str:
    if code == UNSENT and act in _ACTS.values():
        return f"{act.value}_unsent"
    if act is CaseAct.WITHDRAWAL:
        return "withdrawal_refused"
    if act is not CaseAct.SUPPLEMENT:
        return ""
    if papers or code == ProblemCode.UPLOAD_DIFFERS:
        return "supplement_paper"
    return "supplement_late" if code == ProblemCode.EXPIRED else "supplement_refused"
