"""A person's own cases: what "my cases" lists, what one of them asks for, and what is done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from config.catalogue import ServiceItem
from config.text import Text
from kiosk.personal import Personal
from kiosk.visit.page import Page

OWN_CASES = "my_cases"
"""Data set of the catalogue's services that are about the person's own cases: they lead there."""


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One case as the portal lists it. ``state``: a key of ``kiosk/evidence.toml``. Moments with
    their zone, days as ISO dates; ``promised`` is "" where nothing was. ``booking``: it is an
    appointment."""

    number: str = field(repr=False)
    service: Text
    item: str
    destination: str
    state: str
    accepted_at: str
    authority: Text
    promised: str = ""
    estimated: bool = False
    booking: bool = False


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A step of a case; ``note`` are the authority's own words."""

    at: str
    state: str
    note: Text = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing the authority asks for: in writing, or (``paper``) laid under the camera."""

    code: str
    name: Text = field(repr=False)
    paper: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """What the authority asks for now. ``due``: last day. ``item``: how it is handed in here, None
    with the reason in ``obstacle`` (a code of words)."""

    request_id: str
    due: str
    note: Text = field(repr=False)
    things: tuple[Asked, ...]
    item: ServiceItem | None = None
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Booked:
    """The time of an appointment; ``number`` is called in the hall."""

    date: str
    start: str
    end: str
    place: Text
    number: str


class Act(StrEnum):
    """What a person does to a case."""

    SUPPLEMENT = "supplement"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case as it was opened. ``key``: the submission it came from, and the outbox's lane.
    ``decision``: granted, denied, other, or "". ``withdrawal``: how it is withdrawn, None where it
    can't be any more. ``waiting``: what was done to it at this terminal and has not arrived yet.
    ``signed``: how, by the contract's word, or "". ``vain``: the key of ``kiosk/evidence.toml`` for
    what was last done to it without effect, or ""."""

    case: OwnCase
    key: str
    lookup_code: str
    steps: tuple[CaseStep, ...]
    decision: str = ""
    asking: Asking | None = None
    booked: Booked | None = None
    withdrawal: ServiceItem | None = None
    waiting: Act | None = None
    signed: str = ""
    vain: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """What was filled in and laid down for a supplement before somebody went back to look at the case
    again. ``of``: which asking of which case it is for, "" for nothing."""

    of: str = field(default="", repr=False)
    form: Mapping[str, Personal] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    papers: Mapping[int, tuple[Page, ...]] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )


NOTHING_BEGUN = Begun()


@dataclass(frozen=True, slots=True)
class Own:
    """``cases``: newest first; None until they were listed. ``more``: the portal has older ones.
    ``reading``: the case being opened. ``act``: what is being done to ``opened``. ``begun``: for the
    supplement that was begun last, until another one is, it was handed in, or the visit ends."""

    cases: tuple[OwnCase, ...] | None = None
    more: bool = False
    reading: OwnCase | None = None
    opened: OpenCase | None = None
    act: Act | None = None
    begun: Begun = NOTHING_BEGUN
