"""What happened: touches of the person, outcomes of effects, and news from the devices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from config.catalogue import ServiceItem
from config.text import Text
from kiosk.personal import Personal
from kiosk.visit.card_events import CardFailed as CardFailed
from kiosk.visit.card_events import CardNotLifted as CardNotLifted
from kiosk.visit.card_events import CardOutcome
from kiosk.visit.card_events import CardRead as CardRead
from kiosk.visit.card_events import CardSeen as CardSeen
from kiosk.visit.card_events import SocialCardAwaited as SocialCardAwaited
from kiosk.visit.card_events import SocialCardFailed as SocialCardFailed
from kiosk.visit.card_events import SocialCardRead as SocialCardRead
from kiosk.visit.card_events import SocialCardSeen as SocialCardSeen
from kiosk.visit.case_events import CaseChosen as CaseChosen
from kiosk.visit.case_events import CaseOpened as CaseOpened
from kiosk.visit.case_events import CaseOutcome as CaseOutcome
from kiosk.visit.case_events import CasesFailed as CasesFailed
from kiosk.visit.case_events import CasesListed as CasesListed
from kiosk.visit.case_events import CasesWanted as CasesWanted
from kiosk.visit.case_events import CaseTouch as CaseTouch
from kiosk.visit.case_events import OlderCasesWanted as OlderCasesWanted
from kiosk.visit.case_events import SupplementWanted as SupplementWanted
from kiosk.visit.case_events import WithdrawalWanted as WithdrawalWanted
from kiosk.visit.code_events import CodeAwaited as CodeAwaited
from kiosk.visit.code_events import CodeFailed as CodeFailed
from kiosk.visit.code_events import CodeOutcome
from kiosk.visit.code_events import CodeRead as CodeRead
from kiosk.visit.code_events import CodeSeen as CodeSeen
from kiosk.visit.code_events import CodeTyped as CodeTyped
from kiosk.visit.finder_events import PolicyApplied as PolicyApplied
from kiosk.visit.finder_events import PolicyOpened as PolicyOpened
from kiosk.visit.finder_events import PolicyTouch as PolicyTouch
from kiosk.visit.finder_events import QuestionReopened as QuestionReopened
from kiosk.visit.finder_events import RemindersWanted as RemindersWanted
from kiosk.visit.help_events import AssistChanged as AssistChanged
from kiosk.visit.help_events import HelpWanted as HelpWanted
from kiosk.visit.help_events import HelpWithdrawn as HelpWithdrawn
from kiosk.visit.help_events import LanguageChosen as LanguageChosen
from kiosk.visit.help_events import StaffTold as StaffTold
from kiosk.visit.lookup_events import LookedUp as LookedUp
from kiosk.visit.lookup_events import LookUpCodeTyped as LookUpCodeTyped
from kiosk.visit.lookup_events import LookUpFailed as LookUpFailed
from kiosk.visit.lookup_events import LookUpOutcome
from kiosk.visit.lookup_events import LookUpScanned as LookUpScanned
from kiosk.visit.lookup_events import LookUpWanted as LookUpWanted
from kiosk.visit.model import (
    Availability,
    FaceRecord,
    QueryAnswer,
    Route,
    Slot,
    SubmissionState,
)
from kiosk.visit.news import CardLies as CardLies
from kiosk.visit.news import DeviceReturned as DeviceReturned
from kiosk.visit.news import HeadsetChanged as HeadsetChanged
from kiosk.visit.news import News as News
from kiosk.visit.news import PowerChanged as PowerChanged
from kiosk.visit.news import PresenceChanged as PresenceChanged
from kiosk.visit.news import ServiceLost as ServiceLost
from kiosk.visit.news import ServiceRestored as ServiceRestored
from kiosk.visit.output_events import DocumentFailed as DocumentFailed
from kiosk.visit.output_events import DocumentFetched as DocumentFetched
from kiosk.visit.output_events import OutputOutcome
from kiosk.visit.output_events import PaperComposed as PaperComposed
from kiosk.visit.output_events import PaperDropped as PaperDropped
from kiosk.visit.output_events import PaymentChanged as PaymentChanged
from kiosk.visit.output_events import PrintEnded as PrintEnded
from kiosk.visit.output_events import PrintPhase as PrintPhase
from kiosk.visit.output_events import PrintRequested as PrintRequested
from kiosk.visit.output_events import PrintTouch as PrintTouch
from kiosk.visit.paper_events import PageAdvised as PageAdvised
from kiosk.visit.paper_events import PageDropped as PageDropped
from kiosk.visit.paper_events import PageFailed as PageFailed
from kiosk.visit.paper_events import PageKept as PageKept
from kiosk.visit.paper_events import PageTaken as PageTaken
from kiosk.visit.paper_events import PageWanted as PageWanted
from kiosk.visit.paper_events import PaperLeftOut as PaperLeftOut
from kiosk.visit.paper_events import PaperOutcome as PaperOutcome
from kiosk.visit.paper_events import PaperTouch as PaperTouch
from kiosk.visit.signing_events import SignatureDrawn as SignatureDrawn
from kiosk.visit.signing_events import SignByConfirming as SignByConfirming
from kiosk.visit.signing_events import SigningTouch as SigningTouch
from kiosk.visit.signing_events import StatementConfirmed as StatementConfirmed
from kiosk.visit.ticket_events import ClaimFailed as ClaimFailed
from kiosk.visit.ticket_events import DraftClaimed as DraftClaimed
from kiosk.visit.ticket_events import DraftKept as DraftKept
from kiosk.visit.ticket_events import DraftNotKept as DraftNotKept
from kiosk.visit.ticket_events import ElsewhereWanted as ElsewhereWanted
from kiosk.visit.ticket_events import ResumeWanted as ResumeWanted
from kiosk.visit.ticket_events import TicketChecked as TicketChecked
from kiosk.visit.ticket_events import TicketOutcome, TicketTouch
from kiosk.visit.ticket_events import TicketTyped as TicketTyped

# ---- the person ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Touched:
    """Any touch or key; keeps the visit alive."""


@dataclass(frozen=True, slots=True)
class Started:
    """Touched the attract screen. ``visit_id`` is random and names no one."""

    visit_id: str
    staff_authorisation: bool = False


@dataclass(frozen=True, slots=True)
class ItemChosen:
    """A service was touched; ``place``: the city it was looked for in, if one was."""

    code: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Continued:
    """The primary button of guide, answer, sign, result … where nothing else is carried."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """The back button."""


@dataclass(frozen=True, slots=True)
class PlaceChosen:
    place: str


@dataclass(frozen=True, slots=True)
class Retried:
    """ "Try again" in a trouble or on identify/face."""


@dataclass(frozen=True, slots=True)
class TroubleDismissed:
    """Closed a trouble without trying again (where going on is possible)."""


@dataclass(frozen=True, slots=True)
class StaffRequested:
    """Asked for a person to verify or help instead of a machine."""


@dataclass(frozen=True, slots=True)
class StaffPinEntered:
    pin: Personal


@dataclass(frozen=True, slots=True)
class FormEdited:
    """One field's text changed."""

    name: str
    value: Personal


@dataclass(frozen=True, slots=True)
class FormPageDone:
    """ "Next" on a form page. ``errors`` come from the schema check of :mod:`kiosk.forms`."""

    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BillToggled:
    bill_id: str


@dataclass(frozen=True, slots=True)
class SlotChosen:
    slot: Slot


@dataclass(frozen=True, slots=True)
class ConsentChanged:
    """``version`` of the text agreed to; "" takes it back."""

    version: str


@dataclass(frozen=True, slots=True)
class Rated:
    """1 very satisfied … 5 very dissatisfied (GB/T 39046); None = skipped."""

    grade: int | None


@dataclass(frozen=True, slots=True)
class AnotherWanted:
    """再办一件: home again, still identified."""


@dataclass(frozen=True, slots=True)
class LeaveRequested:
    """Wants to end; asked to confirm where something would be lost."""


@dataclass(frozen=True, slots=True)
class LeaveAnswered:
    leave: bool


@dataclass(frozen=True, slots=True)
class MoreTimeWanted:
    """我还需要时间."""


# ---- outcomes of effects -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemOpened:
    """``scans``: papers can be taken in here now."""

    effect: int
    item: ServiceItem
    availability: Availability
    scans: bool = False
    form_errors: Mapping[str, str] = field(default_factory=dict)
    """In records only: what a ticket left missing, which redacted values can't tell."""


@dataclass(frozen=True, slots=True)
class ItemRefused:
    effect: int
    code: str


@dataclass(frozen=True, slots=True)
class RouteResolved:
    effect: int
    route: Route
    availability: Availability


@dataclass(frozen=True, slots=True)
class RouteRefused:
    """``reason`` and ``way_out``: the router's own, about this very service and place."""

    effect: int
    code: str
    reason: Text | None = None
    way_out: Text | None = None


@dataclass(frozen=True, slots=True)
class FaceGuided:
    effect: int
    guidance: str


@dataclass(frozen=True, slots=True)
class FaceChecked:
    effect: int
    record: FaceRecord


@dataclass(frozen=True, slots=True)
class StaffAnswered:
    """``staff``: the staff member's code; "" if the PIN was refused (``code`` says why)."""

    effect: int
    staff: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class QueryAnswered:
    effect: int
    answer: QueryAnswer


@dataclass(frozen=True, slots=True)
class QueryFailed:
    effect: int
    code: str


@dataclass(frozen=True, slots=True)
class SlotsListed:
    effect: int
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class SlotsFailed:
    effect: int
    code: str


@dataclass(frozen=True, slots=True)
class Stored:
    """Durably in the outbox: from here on it can't be lost."""

    effect: int
    key: str
    lookup_code: str
    accepted_at: str
    clock_sure: bool = True


@dataclass(frozen=True, slots=True)
class StoreRefused:
    effect: int
    code: str


@dataclass(frozen=True, slots=True)
class VerdictArrived:
    """News of a submission, now or (for earlier errands of the visit) later."""

    key: str
    state: SubmissionState
    receipt: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    """Fields of the form that were refused → why, as in a form's errors; by the portal's names."""
    papers: tuple[str, ...] = ()
    """Papers that the portal could not use as they came; by the kind of their pages."""


@dataclass(frozen=True, slots=True)
class TimerFired:
    timer: str
    generation: int


@dataclass(frozen=True, slots=True)
class Wiped:
    effect: int


PersonEvent = (
    Touched
    | Started
    | LanguageChosen
    | AssistChanged
    | ItemChosen
    | Continued
    | WentBack
    | PlaceChosen
    | Retried
    | TroubleDismissed
    | StaffRequested
    | StaffPinEntered
    | FormEdited
    | FormPageDone
    | BillToggled
    | SlotChosen
    | ConsentChanged
    | SigningTouch
    | PrintTouch
    | Rated
    | AnotherWanted
    | LeaveRequested
    | LeaveAnswered
    | MoreTimeWanted
    | HelpWanted
    | HelpWithdrawn
    | CodeTyped
    | LookUpWanted
    | LookUpCodeTyped
    | TicketTouch
    | PaperTouch
    | CaseTouch
    | PolicyTouch
)
Outcome = (
    ItemOpened
    | ItemRefused
    | RouteResolved
    | RouteRefused
    | CardOutcome
    | FaceGuided
    | FaceChecked
    | StaffTold
    | StaffAnswered
    | QueryAnswered
    | QueryFailed
    | SlotsListed
    | SlotsFailed
    | Stored
    | StoreRefused
    | OutputOutcome
    | Wiped
    | CodeOutcome
    | LookUpOutcome
    | PaperOutcome
    | TicketOutcome
    | CaseOutcome
)
Event = PersonEvent | Outcome | VerdictArrived | TimerFired | News
