"""What a scripted person reads off the screen: is it my turn, and what of this do I want?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.visit.cases import acting, asked_codes
from kiosk.visit.model import Bill, Step, SubmissionState, Visit


def waits_for_person(visit: Visit) -> bool:
    """True if the terminal has done its part and waits for a touch."""
    if visit.trouble is not None:
        return True
    if visit.step is Step.SUBMITTING or visit.busy:
        return False
    if visit.step in (Step.ANSWER, Step.POLICIES):
        return visit.answer is not None
    if visit.step is Step.RESULT:
        preparing = visit.submission is None or visit.submission.state is SubmissionState.PREPARING
        return not preparing
    return True


def codes_of(visit: Visit, names: Sequence[str]) -> Mapping[str, str]:
    """What each field of the form is called in a script: its name, or of a supplement the
    authority's code."""
    own = asked_codes(acting(visit))
    return {name: own.get(name, name) for name in names}


def one_of_each(bills: Sequence[Bill]) -> list[Bill]:
    """All that stand alone, and the first of alternatives."""
    chosen: dict[str, Bill] = {}
    for bill in bills:
        chosen.setdefault(bill.one_of or bill.bill_id, bill)
    return list(chosen.values())
