"""Answers a visit's effects with random delays and faults, as devices, portal and outbox might."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from kiosk.directory import Circumstances, judge, scans
from kiosk.finder import find
from kiosk.personal import Personal
from kiosk.routing import NoRoute
from kiosk.simulation import world as ground
from kiosk.simulation.own_cases import OwnCases
from kiosk.simulation.tickets import Tickets
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.journey import SOCIAL_CARD
from kiosk.visit.model import FaceRecord, PaymentState, SubmissionState
from kiosk.visit.page import READABLE, Page
from kiosk.visit.paper_events import NO_PAGE
from kiosk.visit.submit import WITHDRAW_WAIT_S

Post = Callable[[float, ev.Event], None]

_FACE_FAULTS = (
    "not_matched", "no_face", "poor_quality", "several_faces", "timed_out", "cancelled",
    "poor_card_photo", "unavailable",
)  # fmt: skip

_ADVICE = ("lay_page", "hold_still", "move_page", "more_light", "flatten")
_POOR = ("blurred", "cutOff", "tooDark", "glare", "tooSmall", "unevenLight", "unsteady")


@dataclass(slots=True)
class Performer:
    """Performs effects for one visit. ``faults``: probability that an operation goes wrong;
    ``post(delay, event)`` has an event happen later."""

    random: Random
    post: Post
    faults: float
    circumstances: Circumstances = field(init=False)
    tickets: Tickets = field(init=False)
    own_cases: OwnCases = field(init=False)
    _document: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        chance = self.random.random
        self.tickets = Tickets(self.random, self.post, self.faults)
        self.own_cases = OwnCases(self.random, self.post, self.faults)
        unusable = {"id_card_reader"} if chance() < 0.03 else set()
        if chance() < 0.03:
            unusable.add("document_printer")
        if chance() < 0.1:
            unusable |= {"document_camera", "camera"}  # on one hub
        self.circumstances = Circumstances(
            portal_reachable=chance() > 0.1,
            unusable=frozenset(unusable),
            cities_down=frozenset({"440600", "441400"} if chance() < 0.2 else ()),
            outbox_refusal=self.random.choice(ground.STORE) if chance() < 0.05 else "",
        )

    def perform(self, effect: fx.Effect) -> None:
        """Start an effect; its outcomes are posted."""
        match effect:
            case fx.StartTimer():
                self.post(effect.seconds, ev.TimerFired(effect.timer, effect.generation))
            case fx.WipeVisit():
                if self.random.random() > 0.05:
                    self._after(0.1, 15.0, ev.Wiped(effect.effect))
            case fx.OpenItem():
                self._open(effect)
            case fx.ResolveRoute():
                self._route(effect)
            case fx.ReadCard():
                self._card(effect)
            case fx.AwaitCode():
                self._await_code(effect)
            case fx.RedeemCode():
                self._redeem(effect.effect, 0.1)
            case fx.AwaitSocialCard():
                self._await_social_card(effect)
            case fx.CheckFace():
                self._face(effect)
            case fx.CallStaff() if effect.effect:
                self._after(0.1, 3.0, ev.StaffTold(effect.effect, not self._fails()))
            case fx.VerifyStaff():
                refused = ev.StaffAnswered(effect.effect, "", self.random.choice(ground.STAFF))
                vouched = ev.StaffAnswered(effect.effect, "s-01")
                self._after(0.1, 1.0, refused if self._fails() else vouched)
            case _:
                self._errand(effect)

    def _errand(self, effect: fx.Effect) -> None:
        random = self.random
        match effect:
            case fx.RunQuery():
                failed = ev.QueryFailed(effect.effect, random.choice(ground.ONLINE))
                finds = effect.item == ground.world().finder.code
                answer = find(effect.form, ground.TODAY) if finds else ground.answer(random)
                found = ev.QueryAnswered(effect.effect, answer)
                self._after(0.2, 9.0, failed if self._fails() else found)
            case fx.ListSlots():
                none = ev.SlotsFailed(effect.effect, random.choice(ground.ONLINE))
                listed = ev.SlotsListed(effect.effect, ground.slots(random))
                self._after(0.2, 9.0, none if self._fails() else listed)
            case fx.TakePage():
                self._page(effect)
            case fx.ScanLookUpCode():
                scanned = ev.LookUpScanned(effect.effect, "7K4M92QF3TX7")
                if self.random.random() < 0.3:
                    self._after(1.0, 9.0, scanned)
                else:
                    gone = ev.LookUpScanned(effect.effect, "", random.choice(ground.CARD))
                    self._after(0.1, 1.0, gone)
            case fx.LookUp():
                missed = ev.LookUpFailed(effect.effect, random.choice(ground.LOOKUP))
                shown = ev.LookedUp(effect.effect, ground.found(random))
                self._after(0.1, 5.0, missed if self._fails() else shown)
            case fx.Submit():
                self._submit(effect)
            case fx.ActOnCase():
                self._act(effect)
            case fx.ListCases() | fx.OpenCase():
                self.own_cases.scans = scans(self.circumstances)
                self.own_cases.perform(effect)
            case fx.KeepDraft() | fx.CheckTicket() | fx.ClaimDraft():
                self.tickets.perform(effect)
            case fx.WithdrawSubmission():
                state = random.choice((SubmissionState.WITHDRAWN, SubmissionState.DELIVERED))
                self._after(0.1, 2 * WITHDRAW_WAIT_S, ev.VerdictArrived(effect.key, state))
            case fx.WatchPayment():
                states = (PaymentState.PAID, PaymentState.EXPIRED, PaymentState.CANCELLED)
                self._after(1, 5, ev.PaymentChanged(effect.effect, PaymentState.PENDING))
                if random.random() < 0.9:
                    self._after(6, 200, ev.PaymentChanged(effect.effect, random.choice(states)))
            case fx.FetchDocument():
                lost = ev.DocumentFailed(effect.effect, "document.unavailable")
                self._document += 1
                got = ev.DocumentFetched(effect.effect, f"doc-{self._document}", 2)
                self._after(0.3, 8.0, lost if self._fails() else got)
            case fx.ComposeReceipt():
                self._after(0.1, 0.5, ev.PaperComposed(effect.effect, "slip", 1))
            case fx.PrintReceipt():
                self._print(effect.effect, ground.RECEIPT)
            case fx.PrintProof():
                self._print(effect.effect, ground.PROOF)
            case _:
                pass

    def _after(self, least: float, most: float, event: ev.Event) -> None:
        self.post(self.random.uniform(least, most), event)

    def _fails(self) -> bool:
        return self.random.random() < self.faults

    def _open(self, effect: fx.OpenItem) -> None:
        item = ground.world().catalogue.item(effect.code)
        if item is None:
            self._after(0, 0.1, ev.ItemRefused(effect.effect, "item.unknown"))
        else:
            available = judge(item, self.circumstances)
            opened = ev.ItemOpened(effect.effect, item, available, scans(self.circumstances))
            self._after(0, 0.1, opened)

    def _route(self, effect: fx.ResolveRoute) -> None:
        item = ground.world().catalogue.item(effect.code)
        if item is None:
            return self._after(0, 0.1, ev.RouteRefused(effect.effect, "route.none"))
        route = ground.world().router.resolve(item, effect.place, ground.TODAY)
        if isinstance(route, NoRoute):
            return self._after(0, 0.1, ev.RouteRefused(effect.effect, *route.told))
        available = judge(item, self.circumstances, route.destination)
        return self._after(0, 0.1, ev.RouteResolved(effect.effect, route, available))

    def _card(self, effect: fx.ReadCard) -> None:
        random = self.random
        if effect.effect % 10 == 0:  # somebody's card was left there
            self.post(0.05, ev.CardNotLifted(effect.effect))
        if random.random() < 0.8:
            self._after(0.1, 1.0, ev.CardSeen(effect.effect))
        if self._fails():
            code = random.choice(ground.CARD)
            self._after(1.0, effect.timeout_s, ev.CardFailed(effect.effect, code))
        else:
            self._after(1.0, 8.0, ev.CardRead(effect.effect, ground.person(random)))

    def _await_code(self, effect: fx.AwaitCode) -> None:
        """Half the terminals have a scanner, half of those in keyboard mode; few people use it."""
        random, number = self.random, effect.effect
        kind = random.choice(("none", "none", "serial", "keyboard"))
        if kind == "none":
            self._after(0.0, 0.2, ev.CodeFailed(number, "device.gone"))
            return
        self._after(0.0, 0.2, ev.CodeAwaited(number))
        if random.random() < 0.7:
            if kind == "serial":
                self.post(effect.timeout_s, ev.CodeFailed(number, "scanner.none"))
        elif kind == "keyboard":
            self._after(0.3, 9.0, ev.CodeTyped(Personal(f"CWID1.simulated-{number}")))
        else:
            shown = random.uniform(0.3, 9.0)
            self.post(shown, ev.CodeSeen(number))
            self._redeem(number, shown)

    def _redeem(self, number: int, asked: float) -> None:
        answered = asked + self.random.uniform(0.2, 9.0)
        if self._fails():
            self.post(answered, ev.CodeFailed(number, self.random.choice(ground.CODE)))
        else:
            holder = replace(ground.person(self.random), method="qr_code")
            self.post(answered, ev.CodeRead(number, holder))

    def _await_social_card(self, effect: fx.AwaitSocialCard) -> None:
        """A third of the terminals have a reader, and few people put a card in; some take it out."""
        random, number = self.random, effect.effect
        if random.random() < 0.67:
            self._after(0.0, 0.2, ev.SocialCardFailed(number, "device.gone"))
            return
        self._after(0.0, 0.2, ev.SocialCardAwaited(number))
        if random.random() < 0.7:
            self.post(effect.timeout_s, ev.SocialCardFailed(number, "smartcard.none"))
            return
        seen = random.uniform(0.3, 9.0)
        self.post(seen, ev.SocialCardSeen(number))
        read = seen + random.uniform(0.3, 3.0)
        if self._fails():
            code = random.choice(ground.SOCIAL_CARD)
            self.post(read, ev.SocialCardFailed(number, code))
        else:
            holder = replace(ground.person(random), method=SOCIAL_CARD, photo="")
            self.post(read, ev.SocialCardRead(number, holder))

    def _face(self, effect: fx.CheckFace) -> None:
        self._after(0.1, 1.0, ev.FaceGuided(effect.effect, "come_closer"))
        record = FaceRecord("matched", True, True, 0.9, 0.6, "simulated", "passed")
        if self._fails():
            outcome = self.random.choice(_FACE_FAULTS)
            compared = outcome == "not_matched"
            record = FaceRecord(outcome, compared, False if compared else None)
        self._after(1.0, effect.timeout_s, ev.FaceChecked(effect.effect, record))

    def _page(self, effect: fx.TakePage) -> None:
        random, number = self.random, effect.effect
        for _ in range(random.randint(0, 3)):
            self._after(0.1, 3.0, ev.PageAdvised(number, random.choice(_ADVICE)))
        if random.random() < 0.3:
            self.post(effect.timeout_s, ev.PageFailed(number, NO_PAGE))
        elif self._fails():
            self._after(0.5, 6.0, ev.PageFailed(number, random.choice(ground.CAMERA)))
        else:
            verdict = random.choice(_POOR) if self._fails() else READABLE
            self._after(1.0, 20.0, ev.PageTaken(number, Page(f"page-{number}", verdict)))

    def _submit(self, effect: fx.Submit) -> None:
        self._hand_in(effect.effect, ground.REJECTED, lambda: self._receipt(effect))

    def _act(self, effect: fx.ActOnCase) -> None:
        receipt: dict[str, object] = {"case_no": effect.case_no, "state": "in_process"}
        self._hand_in(effect.effect, ground.CASE_REFUSED, lambda: receipt)

    def _hand_in(
        self, number: int, refusals: tuple[str, ...], receipt: Callable[[], dict[str, object]]
    ) -> None:
        random = self.random
        if self._fails():
            code = random.choice(ground.STORE)
            return self._after(0.05, 3.0, ev.StoreRefused(number, code))
        key, at = f"key-{number}", random.uniform(0.01, 1.0)
        self.post(at, ev.Stored(number, key, "ABCD1234", "2026-03-02T10:42:00+08:00"))
        if not self.circumstances.portal_reachable or random.random() < self.faults / 2:
            return None  # it waits in the outbox, beyond this visit perhaps
        later = at + random.choice((0.5, 3.0, 12.0, 45.0)) * random.uniform(0.5, 1.5)
        if self._fails():
            self.post(at, ev.VerdictArrived(key, SubmissionState.UNKNOWN))
        if self._fails():
            stuck = ev.VerdictArrived(key, SubmissionState.STUCK, code="outbox.stuck")
            self.post(later, stuck)
        elif self._fails():
            code = random.choice(refusals)
            self.post(later, ev.VerdictArrived(key, SubmissionState.REJECTED, code=code))
        else:
            self.post(later, ev.VerdictArrived(key, SubmissionState.DELIVERED, receipt()))
        return None

    def _receipt(self, effect: fx.Submit) -> dict[str, object]:
        receipt: dict[str, object] = {"case_number": "SIM-1"}
        if effect.kind == "pay":
            receipt["payment"] = {"order_id": f"order-{effect.effect}"}
        if effect.wants_document and not self._fails():
            receipt["document"] = {"document_id": f"proof-{effect.effect}"}
        return receipt

    def _print(self, number: int, codes: tuple[str, ...]) -> None:
        random = self.random
        self._after(0.05, 0.4, ev.PaperComposed(number, f"paper-{number}", 1))
        self._after(0.1, 0.5, ev.PrintPhase(number, "printing"))
        draw = random.random()
        if draw < self.faults / 3:
            out = ev.PrintPhase(
                number, "paper_out", "printer.paper_out", begun=random.random() < 0.5
            )
            self._after(0.6, 2.0, out)
            if random.random() < 0.3:
                return  # nobody comes to refill it
            self._after(20.0, 90.0, ev.PrintPhase(number, "resumed"))
            self._after(91.0, 95.0, ev.PrintEnded(number, "confirmed"))
        elif draw < self.faults:
            outcome = random.choice(("failed", "doubtful"))
            self._after(1.0, 30.0, ev.PrintEnded(number, outcome, random.choice(codes)))
        else:
            self._after(1.0, 9.0, ev.PrintEnded(number, "confirmed"))
