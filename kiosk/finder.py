"""What the terminal's own tables answer to the questions about an enterprise. No line is needed for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from config.policies import Fit, Match, judge, load_policies, profile_of
from config.text import Text
from kiosk.personal import Personal
from kiosk.visit.records import FoundPolicy, QueryAnswer

_TITLE = Text(zh="惠企政策匹配结果", en="Policies for your business")
_SOURCE = Text(zh="已公布的惠企政策", en="the published policies")
_COUNTS = {
    Fit.YES: Text(zh="符合", en="Fit"),
    Fit.POSSIBLE: Text(zh="可能符合", en="May fit"),
    Fit.NO: Text(zh="不符合", en="Don't fit"),
}


def find(answers: Mapping[str, Personal], today: date) -> QueryAnswer:
    """All policies in force ``today``, the surest first, then what ends soonest."""
    profile = profile_of({name: value.reveal() for name, value in answers.items()})
    found = [judge(policy, profile, today) for policy in load_policies() if policy.holds_on(today)]
    order = list(Fit)
    found.sort(key=lambda m: (order.index(m.fit), m.days_left is None, m.days_left or 0))
    counts = {fit: sum(one.fit is fit for one in found) for fit in Fit}
    return QueryAnswer(
        title=_TITLE,
        as_of=today.isoformat(),
        source=_SOURCE,
        summary=tuple((_COUNTS[fit], str(count)) for fit, count in counts.items()),
        policies=tuple(_policy(one) for one in found),
    )


def _policy(one: Match) -> FoundPolicy:
    policy = one.policy
    return FoundPolicy(
        code=policy.code,
        fit=one.fit,
        name=policy.name,
        gives=policy.gives,
        authority=policy.authority,
        basis=policy.basis,
        until=policy.until.isoformat() if policy.until is not None else "",
        automatic=policy.automatic,
        open=one.open,
        against=one.against,
        days_left=one.days_left,
    )
