"""What must now be done, as data. The terminal performs effects and answers each one that carries an
``effect`` number with exactly one outcome event (or, for watches, several) bearing the same number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.personal import Holder, Personal
from kiosk.visit.case_effects import ActOnCase as ActOnCase
from kiosk.visit.case_effects import CaseEffect
from kiosk.visit.case_effects import ListCases as ListCases
from kiosk.visit.case_effects import OpenCase as OpenCase
from kiosk.visit.model import Confirmed, FaceRecord, Route, Signature
from kiosk.visit.page import EnclosedPage
from kiosk.visit.ticket_effects import CheckTicket as CheckTicket
from kiosk.visit.ticket_effects import ClaimDraft as ClaimDraft
from kiosk.visit.ticket_effects import KeepDraft as KeepDraft
from kiosk.visit.ticket_effects import TicketEffect


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Look the item up and judge its availability → ItemOpened | ItemRefused."""

    effect: int
    code: str


@dataclass(frozen=True, slots=True)
class ResolveRoute:
    """→ RouteResolved | RouteRefused. ``place``: division or city code, "" = this terminal's city."""

    effect: int
    code: str
    place: str


@dataclass(frozen=True, slots=True)
class ReadCard:
    """→ CardNotLifted, CardSeen (each 0..n), then CardRead | CardFailed."""

    effect: int
    timeout_s: float


@dataclass(frozen=True, slots=True)
class CancelRead:
    """The person left the identify step; the read's outcome no longer matters."""


@dataclass(frozen=True, slots=True)
class AwaitCode:
    """Wait for a code at the scanner, if there is one, and have it redeemed → CodeAwaited, CodeSeen
    (each 0..1), then CodeRead | CodeFailed. With a keyboard scanner only, :class:`StopCode` ends it."""

    effect: int
    timeout_s: float


@dataclass(frozen=True, slots=True)
class StopCode:
    """No code is wanted any more."""


@dataclass(frozen=True, slots=True)
class RedeemCode:
    """Ask the portal whose code this is → CodeRead | CodeFailed. Asking uses it up."""

    effect: int
    code: Personal


@dataclass(frozen=True, slots=True)
class AwaitSocialCard:
    """Wait for a social-security card, if there is a reader, and read it → SocialCardAwaited,
    SocialCardSeen (each 0..1), then SocialCardRead | SocialCardFailed. A card that was read before,
    or forgotten by somebody else, is not read until it was taken out; only :class:`StopSocialCard`
    ends that wait."""

    effect: int
    timeout_s: float


@dataclass(frozen=True, slots=True)
class StopSocialCard:
    """No social-security card is wanted any more."""


@dataclass(frozen=True, slots=True)
class CheckFace:
    """→ FaceGuided (0..n), then FaceChecked. ``photo``: vault handle of the card photo."""

    effect: int
    photo: str
    timeout_s: float


@dataclass(frozen=True, slots=True)
class StopFace:
    """Stop camera and comparison; frames are cleared."""


@dataclass(frozen=True, slots=True)
class VerifyStaff:
    """→ StaffAnswered."""

    effect: int
    pin: Personal


@dataclass(frozen=True, slots=True)
class CallStaff:
    """Light, and a message to the staff by way of the portal → StaffTold, if ``effect`` is not 0.
    ``reason``: help, identity, authorise, witness, card_left."""

    reason: str
    effect: int = 0


@dataclass(frozen=True, slots=True)
class EndCall:
    """Nobody needs to come any more for the call of effect ``call``. ``how``: came, withdrawn, left,
    unanswered; no outcome."""

    call: int
    how: str


@dataclass(frozen=True, slots=True)
class RunQuery:
    """Online only, but for what the terminal's own tables answer → QueryAnswered | QueryFailed.
    ``form``: what was asked first."""

    effect: int
    item: str
    destination: str
    holder: Holder | None
    assurance: Mapping[str, Any]
    form: Mapping[str, Personal] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class ListSlots:
    """Online only → SlotsListed | SlotsFailed."""

    effect: int
    item: str
    division: str


@dataclass(frozen=True, slots=True)
class TakePage:
    """Look at the shelf until a page lies still on it, and take its picture into the vault
    → PageAdvised (0..n), then PageTaken | PageFailed."""

    effect: int
    timeout_s: float


@dataclass(frozen=True, slots=True)
class StopShelf:
    """Stop the document camera; its frames are cleared."""


@dataclass(frozen=True, slots=True)
class DropPages:
    """Overwrite and forget these pictures."""

    handles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Submit:
    """Seal, commit durably, deliver → Stored | StoreRefused, then VerdictArrived (0..n).

    ``expires_after_s``: give up (withdrawn) if it could not even be sent by then; None = keep.
    """

    effect: int
    item: str
    item_version: int
    kind: str
    route: Route
    holder: Holder | None
    assurance_level: str
    assurance_methods: tuple[str, ...]
    face: FaceRecord | None
    staff: str
    form: Mapping[str, Personal] = field(repr=False)
    consent: str
    signature: Signature | Confirmed | None = field(repr=False)
    bill_ids: tuple[str, ...] = ()
    slot_id: str = ""
    pages: tuple[EnclosedPage, ...] = ()
    wants_document: bool = False
    expires_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class ScanLookUpCode:
    """Wait at the scanner, if there is one, for the code of a slip → LookUpScanned."""

    effect: int
    timeout_s: float


@dataclass(frozen=True, slots=True)
class StopLookUpScan:
    """No slip's code is wanted any more."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """Where the case of this code stands, here or at the portal → LookedUp | LookUpFailed."""

    effect: int
    lookup_code: str


@dataclass(frozen=True, slots=True)
class WithdrawSubmission:
    """Give up a submission that must not wait; the verdict arrives as VerdictArrived."""

    key: str


@dataclass(frozen=True, slots=True)
class WatchPayment:
    """Poll → PaymentChanged (1..n) until it is final or :class:`StopPaymentWatch`."""

    effect: int
    order_id: str


@dataclass(frozen=True, slots=True)
class StopPaymentWatch:
    """Stop polling."""


@dataclass(frozen=True, slots=True)
class FetchDocument:
    """Fetch the proof issued for this submission into the vault → DocumentFetched | DocumentFailed."""

    effect: int
    key: str
    document_id: str


@dataclass(frozen=True, slots=True)
class ComposeReceipt:
    """Lay out the slip for what the visit shows, to be looked at → PaperComposed. ``kind`` as for
    :class:`PrintReceipt`."""

    effect: int
    kind: str


@dataclass(frozen=True, slots=True)
class CancelPrint:
    """Nobody waits for this paper (receipt or proof) any more. No outcome."""

    paper: str


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """Lay out and print the slip for what the visit shows → PaperComposed, PrintPhase (0..n),
    PrintEnded."""

    effect: int
    kind: str
    """``submission`` (case, offline or unknown slip), ``payment``, ``appointment``, ``answer``,
    ``ticket``, ``supplement``, ``withdrawal``."""


@dataclass(frozen=True, slots=True)
class PrintProof:
    """Print a document from the vault on A4 → PaperComposed, PrintPhase (0..n), PrintEnded."""

    effect: int
    handle: str
    title: str


@dataclass(frozen=True, slots=True)
class Evaluate:
    """Queue the rating behind its case; no outcome is shown."""

    case_key: str
    grade: int


@dataclass(frozen=True, slots=True)
class StartTimer:
    """→ TimerFired(timer, generation) after ``seconds``; a newer start of the same name replaces it."""

    timer: str
    generation: int
    seconds: float


@dataclass(frozen=True, slots=True)
class StopTimer:
    """Cancel the timer of that name."""

    timer: str


@dataclass(frozen=True, slots=True)
class Record:
    """An audit or metric event: a code and non-personal data."""

    code: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PowerDown:
    """The battery is nearly empty and nobody is served: the system may be shut down. No outcome;
    :class:`kiosk.visit.events.PowerChanged` calls it off."""


@dataclass(frozen=True, slots=True)
class WipeVisit:
    """Clear vault, frames, buffers, field texts → Wiped."""

    effect: int


Effect = (
    OpenItem
    | ResolveRoute
    | ReadCard
    | CancelRead
    | AwaitCode
    | StopCode
    | RedeemCode
    | AwaitSocialCard
    | StopSocialCard
    | CheckFace
    | StopFace
    | VerifyStaff
    | CallStaff
    | EndCall
    | RunQuery
    | ListSlots
    | TakePage
    | StopShelf
    | DropPages
    | Submit
    | ScanLookUpCode
    | StopLookUpScan
    | LookUp
    | WithdrawSubmission
    | WatchPayment
    | StopPaymentWatch
    | FetchDocument
    | ComposeReceipt
    | CancelPrint
    | PrintReceipt
    | PrintProof
    | Evaluate
    | StartTimer
    | StopTimer
    | Record
    | PowerDown
    | WipeVisit
    | TicketEffect
    | CaseEffect
)
