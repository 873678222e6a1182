"""Policies for enterprises: what is published, and which fit a profile (``data/policies.toml``).

A profile may leave things open. Then a policy neither fits nor fails: it is *possible*, and the question
that decides it is told. Money is in 万元 (10,000 yuan), as the announcements count it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from config import tables
from config.divisions import load_divisions
from config.policy_terms import ELSEWHERE as ELSEWHERE
from config.policy_terms import FINDER as FINDER
from config.policy_terms import UNKNOWN as UNKNOWN
from config.policy_terms import Fit as Fit
from config.tables import table
from config.text import Text

Who = Literal["company", "sole_trader"]

CITY = "440500"
"""The city: its districts are the answers beside :data:`ELSEWHERE`."""
_LIMITED = ("employees", "assets_wan", "profit_wan", "monthly_sales_wan")
_FLAGS = ("small_scale_taxpayer", "does_research", "high_tech")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Policy(_Data):
    """One policy. ``automatic``: nothing has to be applied for (免申即享). A limit that is None does
    not count; ``since`` and ``until`` are its first and last day."""

    code: str
    name: Text
    gives: Text
    authority: Text
    basis: str
    since: date
    until: date | None = None
    automatic: bool = False
    who: tuple[Who, ...]
    divisions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    not_industries: tuple[str, ...] = ()
    max_employees: float | None = None
    max_assets_wan: float | None = None
    max_profit_wan: float | None = None
    max_monthly_sales_wan: float | None = None
    small_scale_taxpayer: bool | None = None
    does_research: bool | None = None
    high_tech: bool | None = None

    def holds_on(self, day: date) -> bool:
        """In force on this day?"""
        return self.since <= day and (self.until is None or day <= self.until)


class Profile(_Data):
    """What is known of an enterprise; None and "" mean not known."""

    who: Who | None = None
    division: str = ""
    industry: str = ""
    employees: float | None = None
    assets_wan: float | None = None
    profit_wan: float | None = None
    monthly_sales_wan: float | None = None
    small_scale_taxpayer: bool | None = None
    does_research: bool | None = None
    high_tech: bool | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One policy against one profile. ``against``: profile fields that rule it out; ``open``: those
    that would decide; ``days_left``: to its last day, None if it has none."""

    policy: Policy
    fit: Fit
    against: tuple[str, ...]
    open: tuple[str, ...]
    days_left: int | None

    def due_within(self, days: int) -> bool:
        """Should the enterprise be reminded?"""
        return self.days_left is not None and self.days_left <= days


def profile_of(answers: Mapping[str, str]) -> Profile:
    """The profile of these answers to the finder's questions, by its fields' names. A number means
    "at most so much"; what is not known, or no field of a profile, is left open."""
    known = {
        name: text
        for name, text in answers.items()
        if name in Profile.model_fields and text not in ("", UNKNOWN)
    }
    return Profile.model_validate(known)


@table
def load_policies() -> tuple[Policy, ...]:
    """The published policies."""
    data = tomllib.loads(tables.read("policies.toml"))
    return tuple(Policy.model_validate(entry) for entry in data["policy"])


def match(policies: Sequence[Policy], profile: Profile, today: date) -> list[Match]:
    """Those in force that may fit, the surest first, then what ends soonest."""
    found = [judge(policy, profile, today) for policy in policies if policy.holds_on(today)]
    order = list(Fit)
    kept = [one for one in found if one.fit is not Fit.NO]
    return sorted(kept, key=lambda m: (order.index(m.fit), m.days_left is None, m.days_left or 0))


def judge(policy: Policy, profile: Profile, today: date) -> Match:
    """One policy, also if it does not fit, with what rules it out."""
    answers = dict(_answers(policy, profile))
    against = tuple(name for name, answer in answers.items() if answer is False)
    unknown = tuple(name for name, answer in answers.items() if answer is None)
    fit = Fit.NO if against else Fit.POSSIBLE if unknown else Fit.YES
    left = (policy.until - today) // timedelta(days=1) if policy.until else None
    return Match(policy, fit, against, unknown, left)


def _lies_in(where: str, divisions: Sequence[str]) -> bool | None:
    """None also where the place is told too roughly: a city whose district it may lie in."""
    tree = load_divisions()
    if where == ELSEWHERE:
        here = all(CITY in {d.code for d in tree.lineage(one)} for one in divisions)
        return False if here else None
    place = tree.get(where)
    if place is None:
        return None
    if any(above.code in divisions for above in tree.lineage(where)):
        return True
    rough = any(place.code in {d.code for d in tree.lineage(one)} for one in divisions)
    return None if rough else False


def policy_mistakes(policies: Sequence[Policy]) -> Iterator[str]:
    """What the types can't say: codes used twice, days in the wrong order, unknown divisions."""
    codes = [policy.code for policy in policies]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"policies.toml: {code}: this code is used twice"
    for policy in policies:
        if policy.until is not None and policy.until < policy.since:
            yield f"policies.toml: {policy.code}: ends before it begins"
        for division in policy.divisions:
            if load_divisions().get(division) is None:
                yield f"policies.toml: {policy.code}: division {division!r} is not known"
        for industry in sorted(set(policy.industries) & set(policy.not_industries)):
            yield f"policies.toml: {policy.code}: industry {industry!r} is both wanted and ruled out"


def finder_mistakes(
    policies: Sequence[Policy], answers: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """Where the finder's questions (``answers``: their keys, by profile field) can't decide a policy."""
    for name in sorted(answers.keys() - Profile.model_fields.keys()):
        yield f"{FINDER}: {name}: a profile has no such field"
    for policy in policies:
        for name in _LIMITED:
            limit: float | None = getattr(policy, f"max_{name}")
            if limit is not None and limit not in map(_upper_end, answers.get(name, ())):
                yield f"{FINDER}: {name}: no answer ends at {limit:g}, the limit of {policy.code}"
        for name in _FLAGS:
            if getattr(policy, name) is not None and name not in answers:
                yield f"{FINDER}: {name} is not asked, and decides {policy.code}"
        for name in sorted({*policy.industries, *policy.not_industries}):
            if name not in answers.get("industry", ()):
                yield f"{FINDER}: industry: {name!r} is no answer, and decides {policy.code}"
        for code in policy.divisions:
            if code != CITY and code not in answers.get("division", ()):
                yield f"{FINDER}: division: {code!r} is no answer, and decides {policy.code}"


def _upper_end(answer: str) -> float | None:
    try:
        return float(answer)
    except ValueError:
        return None


def industries(policies: Sequence[Policy]) -> tuple[str, ...]:
    """Every industry that some policy names."""
    named = {name for p in policies for name in (*p.industries, *p.not_industries)}
    return tuple(sorted(named))


def _answers(policy: Policy, profile: Profile) -> Iterator[tuple[str, bool | None]]:
    """Each condition of the policy: met, not met, or None where the profile does not say."""
    yield "who", None if profile.who is None else profile.who in policy.who
    if policy.divisions:
        yield "division", _lies_in(profile.division, policy.divisions)
    if policy.industries or policy.not_industries:
        wanted = not policy.industries or profile.industry in policy.industries
        allowed = wanted and profile.industry not in policy.not_industries
        yield "industry", allowed if profile.industry else None
    for name in _LIMITED:
        limit: float | None = getattr(policy, f"max_{name}")
        value: float | None = getattr(profile, name)
        if limit is not None:
            yield name, None if value is None else value <= limit
    for name in _FLAGS:
        wanted_is: bool | None = getattr(policy, name)
        known: bool | None = getattr(profile, name)
        if wanted_is is not None:
            yield name, None if known is None else known is wanted_is
