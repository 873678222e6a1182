"""A scripted person: does what the screen asks for, as it asks, and never sleeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.demo.errand import Act, Errand
from kiosk.demo.hands import Hands
from kiosk.demo.reading import codes_of, one_of_each, waits_for_person
from kiosk.demo.watch import NotAsScripted, Seen, VisitWatch, describe
from kiosk.terminal_port import TerminalPort
from kiosk.visit.journey import agrees_at_once
from kiosk.visit.model import (
    PrintState,
    Step,
    Visit,
    personal_residue,
)
from kiosk.world.client import WorldClient
from kiosk.world.launch import DEMO_PIN

STEP_S = 15.0
SLOW_STEP_S = 45.0

_PRINTING = (PrintState.FETCHING, PrintState.PRINTING, PrintState.WAITING)


class ScriptedPerson:
    """Goes through one errand after another. ``show(label)`` is called at every screen passed."""

    def __init__(
        self,
        port: TerminalPort,
        world: WorldClient,
        hands: Hands,
        watch: VisitWatch,
        show: Callable[[str], None],
    ) -> None:
        self._port = port
        self.world = world
        self.hands = hands
        self.watch = watch
        self._show = show
        self._done: set[object] = set()
        self._acting: dict[Step, Callable[[Errand, Visit], None]] = {
            Step.CASES: self._cases,
            Step.CASE: self._case,
            Step.WITHDRAW: self._withdraw,
            Step.GUIDE: self._guide,
            Step.PLACE: self._place,
            Step.IDENTIFY: self._identify,
            Step.FACE: self._face,
            Step.STAFF: self._staff,
            Step.BILLS: self._bills,
            Step.SLOTS: self._slots,
            Step.FORM: self._form,
            Step.MATERIALS: self._papers,
            Step.REVIEW: self._review,
            Step.SIGN: self._sign,
            Step.PAYMENT: self._pay,
        }

    def run(self, errand: Errand) -> Seen:
        """From the attract screen to the attract screen; :class:`NotAsScripted` where it sticks."""
        seen = self.watch.begin()
        self._done.clear()
        self.watch.until("the attract screen", lambda v: v.step is Step.ATTRACT, STEP_S)
        self._show("attract")
        self.hands.start(errand.language)
        self._arrived("home", lambda v: v.step is Step.HOME and v.language == errand.language)
        if errand.assist is not None:
            wanted = errand.assist
            self.hands.assist(wanted)
            self._arrived("the larger text", lambda v: v.assist == wanted)
        self._show("home")
        self._set_out(errand)
        if self._go_through(errand):
            self._finish(errand)
        self._say_goodbye()
        return seen

    def carry_on(self, errand: Errand) -> Visit:
        """One errand of a person who is at home already, up to its result and paper.

        The person stays; ``AnotherWanted`` leads home again, still identified.
        """
        self._set_out(errand)
        return self.go_on(errand)

    def go_on(self, errand: Errand) -> Visit:
        """As :meth:`carry_on`, of an errand whose first screen is there already."""
        self._done.clear()
        if self._go_through(errand):
            self._await_paper(errand)
        return self._port.visit

    def _set_out(self, errand: Errand) -> None:
        if errand.case is not None:
            self.hands.own_cases()
            self._left(Step.HOME, "the own cases")
        else:
            self.hands.choose_item(errand.item)
            self._arrived("the guide", lambda v: v.step is Step.GUIDE or v.trouble is not None)

    # ---- one screen after the other --------------------------------------------------------------

    def _go_through(self, errand: Errand) -> bool:
        """Act on every screen as it comes; False if the person left before the end."""
        while True:
            visit = self._next_screen()
            if visit.trouble is not None:
                if not self._troubled(errand, visit.trouble.code):
                    return False
                continue
            self._once(errand.at, visit.step)
            if visit.step is errand.walks_away_at:
                self._walk_away()
                return False
            if visit.step in (Step.RESULT, Step.ANSWER, Step.POLICIES):
                self._show(visit.step.value)
                return True
            act = self._acting.get(visit.step)
            if act is None:
                raise NotAsScripted(f"nothing is scripted for this: {describe(visit)}")
            if visit.step not in (Step.FORM, Step.SIGN):  # shown once they are filled in
                self._show(visit.step.value)
            act(errand, visit)

    def _next_screen(self) -> Visit:
        """Wait until the terminal waits for the person."""
        visit = self._port.visit
        if visit.step is Step.SUBMITTING:
            self._show("submitting")
        return self.watch.until("the next screen", waits_for_person, SLOW_STEP_S)

    def _arrived(self, what: str, condition: Callable[[Visit], bool]) -> Visit:
        return self.watch.until(what, condition, STEP_S)

    def _left(self, step: Step, what: str, timeout_s: float = STEP_S) -> None:
        """Wait until a step is over, or shows a trouble."""
        self.watch.until(what, lambda v: v.step is not step or v.trouble is not None, timeout_s)

    def _once(self, acts: Mapping[Any, Act], key: Any) -> None:
        if key in acts and key not in self._done:
            self._done.add(key)
            acts[key](self)

    def _troubled(self, errand: Errand, code: str) -> bool:
        step = self._port.visit.step
        self._show(f"{step.value}-{code.replace('.', '-')}")
        if code == errand.gives_up_after:
            self._give_up()
            return False
        if code not in errand.on_trouble or ("trouble", code) in self._done:
            raise NotAsScripted(f"unexpected: {describe(self._port.visit)}")
        self._done.add(("trouble", code))
        action, first = errand.on_trouble[code]
        if first is not None:
            first(self)
        self.hands.trouble(action)
        self._arrived("the trouble's end", lambda v: v.trouble is None or v.trouble.code != code)
        return True

    def _give_up(self) -> None:
        """Back until home, then leave."""
        self.hands.trouble("back")
        visit = self._arrived("going back", lambda v: v.trouble is None)
        while visit.step is not Step.HOME:
            self.hands.back()
            visit = self._arrived("going back", _away_from(visit.step))
        self.hands.leave()

    def _walk_away(self) -> None:
        self._show(self._port.visit.step.value)
        self.watch.run_out("idle")
        self._arrived("the idle warning", lambda v: v.idle_warning)
        self._show(f"{self._port.visit.step.value}-idle_warning")
        self.watch.run_out("warning")

    # ---- screens ---------------------------------------------------------------------------------

    def _cases(self, _errand: Errand, visit: Visit) -> None:
        if visit.own is None or not visit.own.cases:
            raise NotAsScripted("no case is listed")
        self.hands.choose_case(0)
        self._left(Step.CASES, "opening the case")

    def _case(self, errand: Errand, _visit: Visit) -> None:
        if errand.case is None:
            raise NotAsScripted("nothing is scripted for a case")
        self.hands.act_on_case(errand.case)
        self._left(Step.CASE, "leaving the case")

    def _withdraw(self, _errand: Errand, _visit: Visit) -> None:
        self.hands.primary()
        self._left(Step.WITHDRAW, "the withdrawal")

    def _guide(self, _errand: Errand, _visit: Visit) -> None:
        self.hands.primary()
        self._left(Step.GUIDE, "leaving the guide")

    def _place(self, errand: Errand, _visit: Visit) -> None:
        if not errand.place:
            raise NotAsScripted("a place is asked for, and the script has none")
        self.hands.choose_place(errand.place)
        self._left(Step.PLACE, "the route")

    def _identify(self, errand: Errand, _visit: Visit) -> None:
        again = errand.code_again and "code again" not in self._done
        if errand.code or again:
            self._done.add("code again")
            self._arrived("the scanner", lambda v: v.code_phase == "waiting")
            if again:
                self.world.command("scanner", "show_code_again")
            else:
                self.world.command("scanner", "show_code", card=errand.code)
            self._left(Step.IDENTIFY, "reading the code", SLOW_STEP_S)
            return
        if errand.social_card and "social card" not in self._done:
            self._done.add("social card")
            self._arrived("the smart card reader", lambda v: v.social_phase == "waiting")
            self.world.command("chip_reader", "insert_card", card=errand.social_card)
            try:
                self._left(Step.IDENTIFY, "reading the social-security card", SLOW_STEP_S)
            finally:
                self.world.command("chip_reader", "withdraw_card")
            return
        if errand.card is None:
            raise NotAsScripted("a card is asked for, and the script has none")
        self.world.command("card_reader", "lay_card", card=errand.card)
        try:
            self._left(Step.IDENTIFY, "reading the card", SLOW_STEP_S)
        finally:
            self.world.command("card_reader", "remove_card")

    def _face(self, errand: Errand, _visit: Visit) -> None:
        self.world.command("camera", "show", scene=errand.face)
        self._left(Step.FACE, "the comparison", SLOW_STEP_S)

    def _staff(self, _errand: Errand, _visit: Visit) -> None:
        self.hands.staff_pin(DEMO_PIN)
        self._left(Step.STAFF, "the staff member's word")

    def _bills(self, _errand: Errand, visit: Visit) -> None:
        bills = visit.answer.bills if visit.answer is not None else ()
        keep = {bill.bill_id for bill in one_of_each(bills)}
        for wanted in sorted(keep - visit.bills_chosen):
            self.hands.toggle_bill(wanted)
            self._arrived("choosing a sum", _with_bill(wanted))
        self.hands.primary()
        self._left(Step.BILLS, "leaving the bills")

    def _slots(self, _errand: Errand, visit: Visit) -> None:
        if not visit.slots:
            raise NotAsScripted("no appointment is free")
        wanted = visit.slots[len(visit.slots) // 2]
        self.hands.choose_slot(wanted)
        self._arrived("the slot", lambda v: v.slot == wanted)
        self.hands.primary()
        self._left(Step.SLOTS, "leaving the slots")

    def _form(self, errand: Errand, visit: Visit) -> None:
        if visit.item is None or visit.item.form is None:
            raise NotAsScripted("a form step without a form")
        page = visit.form_page
        names = visit.item.form.pages[page].fields
        given = {name: errand.form.get(code) for name, code in codes_of(visit, names).items()}
        wanted = {name: text for name, text in given.items() if text is not None}
        self.hands.fill(wanted)
        self._arrived(
            "filling the form",
            lambda v: all(n in v.form and v.form[n].reveal() == t for n, t in wanted.items()),
        )
        self._show(f"form-page{page + 1}")
        self.hands.form_done()
        self._arrived(
            "the next page",
            lambda v: v.step is not Step.FORM or v.form_page != page or bool(v.form_errors),
        )
        if self._port.visit.form_errors:
            raise NotAsScripted(describe(self._port.visit))

    def _papers(self, errand: Errand, _visit: Visit) -> None:
        """Lay one page of the paper asked for on the shelf, and take it away again."""
        place = self._port.visit.paper_at
        self.world.command("shelf", "show", scene=errand.paper)
        try:
            self.watch.until(
                "the page",
                lambda v: place in v.papers or v.poor_page is not None or v.trouble is not None,
                SLOW_STEP_S,
            )
        finally:
            self.world.command("shelf", "show", scene="shelf")
        self._show("page")
        if place in self._port.visit.papers:
            self.hands.primary()
            self._arrived(
                "the next paper", lambda v: v.step is not Step.MATERIALS or v.paper_at != place
            )
        elif self._port.visit.poor_page is not None:
            raise NotAsScripted(f"a poor page: {self._port.visit.poor_page.verdict}")

    def _review(self, _errand: Errand, visit: Visit) -> None:
        if not agrees_at_once(visit.item):
            self.hands.agree()
            self._arrived("the consent", lambda v: bool(v.consent))
        self.hands.primary()
        self._left(Step.REVIEW, "leaving the review")

    def _sign(self, _errand: Errand, _visit: Visit) -> None:
        self.hands.sign()
        self._arrived("the signature", lambda v: v.signature is not None)
        self._show("sign")
        self.hands.primary()
        self._left(Step.SIGN, "handing in")

    def _pay(self, _errand: Errand, visit: Visit) -> None:
        payment = visit.submission.receipt.get("payment") if visit.submission else None
        if not payment:
            raise NotAsScripted("a payment step without an order")
        self.world.command("portal", "pay", order_id=str(payment["order_id"]))
        self._left(Step.PAYMENT, "the payment")

    # ---- the end ---------------------------------------------------------------------------------

    def _finish(self, errand: Errand) -> None:
        """Take the paper, rate or skip."""
        step = self._port.visit.step
        if step in (Step.ANSWER, Step.POLICIES) and errand.slip:
            self.hands.print_slip()
            self._arrived("the slip", lambda v: v.receipt_print.state is not PrintState.NONE)
        self._await_paper(errand)
        self._show(f"{step.value}-done")
        self.hands.primary()
        if errand.case is not None:  # a case that runs is rated at its end, not now
            return
        self._arrived("the rating", lambda v: v.step is Step.RATING)
        self._show("rating")
        self.hands.rate(errand.rating)

    def _await_paper(self, errand: Errand) -> None:
        for state, act in errand.while_printing.items():
            self.watch.until(
                f"a print job {state.value}",
                _printing_at(state),
                SLOW_STEP_S,
            )
            self._show(f"{self._port.visit.step.value}-{state.value}")
            act(self)
        self.watch.until(
            "the end of printing",
            lambda v: (
                v.receipt_print.state not in _PRINTING and v.proof_print.state not in _PRINTING
            ),
            SLOW_STEP_S,
        )

    def _say_goodbye(self) -> None:
        visit = self._arrived("the farewell", lambda v: v.step is Step.FAREWELL and v.wiped)
        residue = personal_residue(visit)
        if residue:
            raise NotAsScripted(f"left behind after the visit: {', '.join(residue)}")
        self._show("farewell")
        self.world.command("camera", "show", scene="empty")
        self._arrived("the empty reader", lambda v: not v.card_lies)
        self.watch.run_out("farewell")
        self._arrived("the attract screen", lambda v: v.step is Step.ATTRACT)


def _away_from(step: Step) -> Callable[[Visit], bool]:
    return lambda visit: visit.step is not step


def _with_bill(bill_id: str) -> Callable[[Visit], bool]:
    return lambda visit: bill_id in visit.bills_chosen


def _printing_at(state: PrintState) -> Callable[[Visit], bool]:
    return lambda visit: state in (visit.receipt_print.state, visit.proof_print.state)
