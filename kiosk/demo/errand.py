"""What a scripted person comes for, and how the visit must end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.visit.model import Assistance, PrintState, Step
from kiosk.visit.own import Act as CaseAct

if TYPE_CHECKING:
    from kiosk.demo.person import ScriptedPerson

Act = Callable[["ScriptedPerson"], object]
"""Something that is done to the world, or by the person, at a moment of the visit."""


@dataclass(frozen=True, slots=True)
class Expected:
    """How a visit must end. None: does not matter; ``troubles`` in the order they are shown.
    ``errors``: what the log may say meanwhile, since the script causes it."""

    submission: str = ""
    receipt: str | None = None
    proof: str | None = None
    troubles: tuple[str, ...] = ()
    ends_at: Step = Step.RESULT
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Errand:
    """What a person comes for, and what they bring.

    ``card``: demo card or a dictionary of fields, None for no card; ``code``: the demo card whose
    holder shows a code on a phone instead; ``code_again``: the last code is shown once more before
    anything else; ``social_card``: what is put into the reader for chip cards first, and taken
    out again; ``face``: camera scene; ``paper``: scene of the
    shelf for each paper.
    ``place``: codes from the largest division to the one meant. ``slip``: ask for one of an answer.
    ``case``: not a new ``item`` is wanted: the newest of the person's own cases (which is one of
    ``item``) is opened, and this is done to it; ``form`` then by the authority's codes.
    ``at``: done once, before acting on a step; ``on_trouble``: answer to a trouble's code, by the
    name of a button or something to do first; ``while_printing``: done once a print job stands
    still or, for ``printing``, runs.
    """

    item: str
    case: CaseAct | None = None
    card: str | Mapping[str, str] | None = None
    code: str = ""
    code_again: bool = False
    social_card: str = ""
    face: str = "empty"
    paper: str = "page"
    language: str = "zh_CN"
    assist: Assistance | None = None
    place: tuple[str, ...] = ()
    form: Mapping[str, str] = field(default_factory=dict)
    slip: bool = False
    rating: int | None = None
    at: Mapping[Step, Act] = field(default_factory=dict)
    on_trouble: Mapping[str, tuple[str, Act | None]] = field(default_factory=dict)
    while_printing: Mapping[PrintState, Act] = field(default_factory=dict)
    walks_away_at: Step | None = None
    gives_up_after: str = ""
    """Trouble code after which the person goes home and leaves."""
