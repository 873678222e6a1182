"""What became of a promised day: its clock stands still while a supplement is waited for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from portal.contract.answers import CaseReceipt, Promised
from portal.contract.base import CaseState


def still_promised(receipt: CaseReceipt, state: CaseState) -> Promised | None:
    """The day that can be told now; None while something is waited for, as it moves every day."""
    return None if state is CaseState.SUPPLEMENT_REQUIRED else receipt.promised


def moved(
    promised: Promised, asked: dt.date, given: dt.date, counts: Callable[[dt.date], bool]
) -> Promised:
    """The promise after a pause from ``asked`` to ``given``, both days included (补正期间不计入):
    as many days that ``counts`` are left behind it as there were. A promise that was broken
    before anything was asked for stays broken."""
    if asked > promised.date:
        return promised
    left = sum(map(counts, _days(asked, promised.date)))
    day = given
    while left:
        day += dt.timedelta(days=1)
        left -= counts(day)
    # The calendar of another year may not have been published when the promise was made.
    return Promised(date=day, estimated=promised.estimated or day.year > promised.date.year)


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
