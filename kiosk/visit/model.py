"""The state of one visit: a value. Everything a screen shows of a person's errand is in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from dataclasses import dataclass as standard_dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from config import catalogue as cat
from config.text import Text
from kiosk.personal import Holder, Personal
from kiosk.visit.assistance import PLAIN
from kiosk.visit.assistance import Assistance as Assistance
from kiosk.visit.assistance import Contrast as Contrast
from kiosk.visit.assistance import TextSize as TextSize
from kiosk.visit.own import Own
from kiosk.visit.page import Page
from kiosk.visit.print_job import NO_PROOF, NO_RECEIPT
from kiosk.visit.print_job import PrintJob as PrintJob
from kiosk.visit.print_job import PrintState as PrintState
from kiosk.visit.records import Bill as Bill
from kiosk.visit.records import Column as Column
from kiosk.visit.records import FoundPolicy as FoundPolicy
from kiosk.visit.records import QueryAnswer as QueryAnswer
from kiosk.visit.records import Slot as Slot
from kiosk.visit.signature import Confirmed as Confirmed
from kiosk.visit.signature import Signature as Signature
from kiosk.visit.tickets import Claimed, Kept


class Step(StrEnum):
    """Where a visit is. Each step has one screen of its name (face: FaceScreen.qml)."""

    ATTRACT = "attract"
    HOME = "home"
    LOOKUP = "lookup"
    RESUME = "resume"
    CASES = "cases"
    CASE = "case"
    WITHDRAW = "withdraw"
    GUIDE = "guide"
    PLACE = "place"
    IDENTIFY = "identify"
    FACE = "face"
    STAFF = "staff"
    ANSWER = "answer"
    POLICIES = "policies"
    BILLS = "bills"
    SLOTS = "slots"
    FORM = "form"
    MATERIALS = "materials"
    REVIEW = "review"
    SIGN = "sign"
    SUBMITTING = "submitting"
    PAYMENT = "payment"
    RESULT = "result"
    KEPT = "kept"
    RATING = "rating"
    FAREWELL = "farewell"
    OUT_OF_SERVICE = "out_of_service"


@dataclass(frozen=True, slots=True)
class Route:
    """Who decides the matter, and how it gets there (the answer of :mod:`kiosk.routing`)."""

    mode: cat.Mode
    destination: str
    authority: Text
    level: cat.Level
    division: str
    promised: str | None
    promised_estimated: bool
    working_days: int
    explanation: Text


@dataclass(frozen=True, slots=True)
class Availability:
    """Can this item be finished here and now? ``code`` names the reason when not (or when only
    partly: ``limited``), ``words`` say it to the person, ``way_out`` the nearest alternative."""

    possible: bool = True
    limited: bool = False
    code: str = ""
    words: Text | None = None
    way_out: Text | None = None


@dataclass(frozen=True, slots=True)
class Finder:
    """A list of policies left for an errand of its own, as it was (see :class:`Visit`)."""

    item: cat.ServiceItem
    availability: Availability
    route: Route | None
    trail: tuple[Step, ...]
    form: Mapping[str, Personal] = field(repr=False)
    form_page: int
    answer: QueryAnswer | None = field(repr=False)
    policy: str


AVAILABLE = Availability()


@dataclass(frozen=True, slots=True)
class FaceRecord:
    """What was and wasn't checked of the face; goes into the submission as it is."""

    outcome: str = "not_checked"
    compared: bool = False
    matched: bool | None = None
    score: float | None = None
    threshold: float | None = None
    recogniser: str = ""
    liveness: str = "not_checked"
    calibrated: bool = False
    reason: str = ""


class SubmissionState(StrEnum):
    """What is known of the submission: ``stored`` = durable here, not yet delivered;
    ``unknown`` = sent, no answer yet; never shown as failed; ``stuck`` = kept here, but it can't be
    delivered without staff: it is no refusal by the portal, and must not be handed in again."""

    PREPARING = "preparing"
    STORED = "stored"
    UNKNOWN = "unknown"
    DELIVERED = "delivered"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission of this visit. ``receipt`` is the portal's answer (nothing personal in it)."""

    key: str
    lookup_code: str
    state: SubmissionState
    accepted_at: str = ""
    """The moment it was durable here, by this terminal's clock: what counts in law."""
    receipt: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    code: str = ""
    clock_sure: bool = True
    """The terminal's clock had been compared with the portal's."""
    to_correct: bool = False
    """Fields of its form or papers were refused: they are marked, to be put right and handed in again."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up code shows; nothing personal. ``state``: a key of ``kiosk/evidence.toml``;
    ``here``: this terminal's own word, the portal having said nothing (or not been asked)."""

    lookup_code: str
    state: str
    service: Text
    received_at: str
    authority: Text
    promised: str = ""
    estimated: bool = False
    here: bool = False
    wrong: tuple[Text, ...] = ()
    """Fields and papers that have to be put right, of what was refused."""


class PaymentState(StrEnum):
    """Payment happens on the person's phone; the portal tells us."""

    NONE = "none"
    PENDING = "pending"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, for the person: ``code`` keys the words (failure catalogue or
    ``kiosk/words.toml``); ``actions`` are the buttons: retry, back, dismiss, staff, elsewhere, leave.
    ``reason`` and ``way_out`` say more exactly what the code's own words say of all such cases."""

    code: str
    actions: tuple[str, ...] = ("retry", "leave")
    reason: Text | None = None
    way_out: Text | None = None


class Power(StrEnum):
    """What the terminal runs on: ``scarce`` = on battery, enough only for what has begun;
    ``ending`` = the battery is nearly empty."""

    MAINS = "mains"
    BATTERY = "battery"
    SCARCE = "scarce"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Done:
    """What this visit finished before the present errand (再办一件 keeps the person identified)."""

    item_code: str
    submission_key: str


@standard_dataclass(frozen=True)  # no slots: the draft copies the whole __dict__ at once
class Visit:
    """One person at the terminal. Immutable; :func:`kiosk.visit.advance` makes the next one."""

    visit_id: str = ""
    step: Step = Step.ATTRACT
    trail: tuple[Step, ...] = ()
    language: str = "zh_CN"
    assist: Assistance = PLAIN

    item: cat.ServiceItem | None = None
    availability: Availability = AVAILABLE
    route: Route | None = None
    place: str = ""

    holder: Holder | None = field(default=None, repr=False)
    card_phase: str = ""
    """identify: ``waiting`` (``unlifted`` while a card lies there that was read before) →
    ``reading``; empty when no reader operation runs."""
    code_phase: str = ""
    """identify: ``waiting`` while a scanner would read a code, ``checking`` while the portal is
    asked; empty where no code can be shown."""
    social_phase: str = ""
    """identify: ``waiting`` while a social-security card can be put in, ``reading`` once one was
    seen; empty where none is read."""
    face: FaceRecord | None = None
    face_guidance: str = ""
    face_tries: int = 0
    staff_reason: str = ""
    staff_verified: str = ""
    """Staff member's code when a person of the hall vouched for the resident."""
    staff_code: str = ""
    """Why the last PIN was refused, if it was."""
    staff_authorisation: bool = False
    """This trim wants staff to authorise signed submissions (smart teller)."""
    staff_authorised: str = ""
    """Staff member's code who authorised the present errand."""
    calling_staff: bool = False
    help_call: int = 0
    """The effect of the call that stands, 0 for none."""
    help_told: bool | None = None
    """Whether the portal took the call, so that staff see it; None: not known yet."""

    answer: QueryAnswer | None = field(default=None, repr=False)
    policy: str = ""
    """policies: the one that is looked at; form: it is what the question is for."""
    finder: Finder | None = field(default=None, repr=False)
    """The list of policies from which the present errand was begun: it leads back there."""
    bills_chosen: frozenset[str] = frozenset()
    slots: tuple[Slot, ...] = ()
    slot: Slot | None = None

    form: Mapping[str, Personal] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    form_page: int = 0
    form_errors: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Field → error code (``required``, ``pattern``, ``minimum`` …; words are the screen's)."""
    papers: Mapping[int, tuple[Page, ...]] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )
    """Pages taken, by the place of their paper among those the item asks for."""
    paper_at: int = 0
    papers_refused: frozenset[int] = frozenset()
    """Places of the papers that the portal could not use and that were not laid down anew yet."""
    poor_page: Page | None = None
    """A picture that can't be read well, while the person decides what to do with it."""
    page_advice: str = ""
    consent: str = ""
    """Version of the consent text agreed to; empty = not given."""
    signature: Signature | Confirmed | None = field(default=None, repr=False)
    confirming: str = ""
    """sign: ``read`` while a statement is shown that is confirmed instead of drawing, ``pressed``
    once that was confirmed a first time; empty while drawing is asked for."""

    submission: Submission | None = None
    payment: PaymentState = PaymentState.NONE
    receipt_print: PrintJob = NO_RECEIPT
    proof_print: PrintJob = NO_PROOF
    rating: int | None = None
    done: tuple[Done, ...] = ()

    found: Found | None = None
    """lookup: what the code shows."""
    own: Own | None = field(default=None, repr=False)
    """The person's cases, while they are looked at or one of them is acted on."""
    kept: Kept | None = field(default=None, repr=False)
    """kept: the claim ticket of what was broken off."""
    ticket: Personal | None = None
    """The ticket to be claimed once its holder is identified."""
    resumed: Claimed | None = None
    """What the portal gave back for a ticket; the present errand goes on from it."""

    trouble: Trouble | None = None
    voice_notice: str = ""
    """What changed about voice guidance on this page (a code of words); "" for nothing."""
    idle_warning: bool = False
    extensions: int = 0
    leaving: bool = False
    """True while "leave without finishing?" is being asked."""
    wiped: bool = False
    out_of_service: str = ""

    near: bool | None = None
    """Whether the sensor sees somebody; None: no sensor, or it does not know."""
    headset: bool | None = None
    """Whether a headset is in its socket; None: no socket that tells, or it does not know."""
    presence_doubted: bool = False
    """Somebody touched the screen while the sensor saw nobody: it is not believed in this visit."""
    power: Power = Power.MAINS
    power_rounds: int = 0
    """How often the end of the battery waited for work under way."""
    card_lies: bool = False
    """A card is in a reader that can tell."""
    card_reminders: int = 0
    began_again: bool = False
    """A device came back and work began again without a touch; the next time waits for one."""

    busy: bool = False
    """True while the present step waits for an effect that shows a spinner (query, slots …)."""
    effects_issued: int = 0
    awaiting: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Effect slot → id of the effect whose outcome is still wanted; other outcomes are stale."""
    timers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Running timers → generation, so that a late shot of a cancelled timer means nothing."""


BLANK = Visit()
"""A visit in which nothing happened yet."""

PERSONAL_FIELDS = (
    "holder", "face", "answer", "form", "signature", "bills_chosen", "slot", "place", "papers",
    "papers_refused", "poor_page", "kept", "ticket", "resumed", "own", "policy", "finder",
)  # fmt: skip
"""Fields that must be at their default once a visit has ended."""


_LASTING = ("out_of_service", "effects_issued", "near", "headset", "power", "card_lies")


def at_rest(visit: Visit, step: Step) -> Visit:
    """Nobody's visit at ``step``: only what is true of the terminal itself is kept. With a headset
    in its socket the terminal speaks, whoever put it there: nobody else hears it."""
    lasting = {name: getattr(visit, name) for name in _LASTING}
    return Visit(step=step, assist=Assistance(voice=visit.headset is True), **lasting)


def personal_residue(visit: Visit) -> list[str]:
    """Names of personal fields that still hold something; empty after a proper end."""
    return [name for name in PERSONAL_FIELDS if getattr(visit, name) != getattr(BLANK, name)]


__all__ = [name for name in dir() if name[0].isupper()] + ["at_rest", "personal_residue", "replace"]
