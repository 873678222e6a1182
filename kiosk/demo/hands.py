"""What a scripted person's fingers do. One strategy posts events; another touches the real screen."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Protocol

from kiosk.forms import check_page
from kiosk.personal import Personal
from kiosk.terminal_port import TerminalPort
from kiosk.visit import events as ev
from kiosk.visit.errand import consent_version
from kiosk.visit.journey import agrees_at_once
from kiosk.visit.model import Assistance, Signature, Slot, Step
from kiosk.visit.own import Act

STROKES = (
    ((120, 200, 0), (180, 120, 60), (240, 210, 120), (300, 140, 190)),
    ((330, 130, 420), (335, 180, 480), (340, 230, 560)),
    ((380, 150, 800), (460, 150, 880), (420, 240, 980), (500, 230, 1100)),
)
"""A signature that is nobody's: (x, y, ms) in a box of 640 x 320."""
SIGNATURE = Signature(640, 320, STROKES)


class Hands(Protocol):
    """Fingers. Every method returns when the touch is done; what follows is the visit's business.

    A strategy that cannot do a touch (no such button on the screen) raises :class:`LookupError`.
    """

    def start(self, language: str) -> None:
        """Touch the attract screen, in this language."""
        ...

    def assist(self, wanted: Assistance) -> None:
        """Set the assistance sheet."""
        ...

    def choose_item(self, code: str) -> None:
        """Find and touch a service at home."""
        ...

    def own_cases(self) -> None:
        """ "My cases" at home."""
        ...

    def choose_case(self, place: int) -> None:
        """Touch one of the own cases, by its place from 0."""
        ...

    def act_on_case(self, act: Act) -> None:
        """Hand in what the opened case lacks, or ask to withdraw it."""
        ...

    def primary(self) -> None:
        """The one next step of guide, answer, bills, slots, review, sign, result."""
        ...

    def back(self) -> None:
        """The back button."""
        ...

    def choose_place(self, path: Sequence[str]) -> None:
        """Division or city codes, from the largest to the one meant."""
        ...

    def fill(self, values: Mapping[str, str]) -> None:
        """Fill the fields of the present form page."""
        ...

    def form_done(self) -> None:
        """The form page's primary button."""
        ...

    def toggle_bill(self, bill_id: str) -> None:
        """Tick or untick an amount."""
        ...

    def choose_slot(self, slot: Slot) -> None:
        """Touch a free appointment."""
        ...

    def agree(self) -> None:
        """Tick the consent."""
        ...

    def sign(self) -> None:
        """Write on the pad."""
        ...

    def print_slip(self) -> None:
        """Ask for a slip of what is on the answer screen."""
        ...

    def trouble(self, action: str) -> None:
        """A button of the trouble sheet: retry, staff, back, leave, dismiss."""
        ...

    def staff_pin(self, pin: str) -> None:
        """A staff member enters the PIN and confirms."""
        ...

    def leave(self) -> None:
        """End the visit from home."""
        ...

    def rate(self, grade: int | None) -> None:
        """1-5, or skip."""
        ...


class EventHands:
    """Posts what a touch would post, without a screen."""

    def __init__(self, port: TerminalPort) -> None:
        self._port = port

    def start(self, language: str) -> None:
        self._port.post(ev.Started(secrets.token_hex(8)))
        self._port.post(ev.LanguageChosen(language))

    def assist(self, wanted: Assistance) -> None:
        self._port.post(ev.AssistChanged(wanted))

    def choose_item(self, code: str) -> None:
        self._port.post(ev.ItemChosen(code))

    def own_cases(self) -> None:
        self._port.post(ev.CasesWanted())

    def choose_case(self, place: int) -> None:
        self._port.post(ev.CaseChosen(place))

    def act_on_case(self, act: Act) -> None:
        supplement = act is Act.SUPPLEMENT
        self._port.post(ev.SupplementWanted() if supplement else ev.WithdrawalWanted())

    def primary(self) -> None:
        visit = self._port.visit
        if visit.step is Step.REVIEW and agrees_at_once(visit.item):
            self.agree()  # by the button that prints
        self._port.post(ev.Continued())

    def back(self) -> None:
        self._port.post(ev.WentBack())

    def choose_place(self, path: Sequence[str]) -> None:
        self._port.post(ev.PlaceChosen(path[-1]))

    def fill(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            self._port.post(ev.FormEdited(name, Personal(value)))

    def form_done(self) -> None:
        visit = self._port.visit
        if visit.item is None:
            raise LookupError("there is no form")
        values = {name: value.reveal() for name, value in visit.form.items()}
        self._port.post(ev.FormPageDone(check_page(visit.item, visit.form_page, values)))

    def toggle_bill(self, bill_id: str) -> None:
        self._port.post(ev.BillToggled(bill_id))

    def choose_slot(self, slot: Slot) -> None:
        self._port.post(ev.SlotChosen(slot))

    def agree(self) -> None:
        self._port.post(ev.ConsentChanged(consent_version(self._port.visit)))

    def sign(self) -> None:
        self._port.post(ev.SignatureDrawn(SIGNATURE))

    def print_slip(self) -> None:
        self._port.post(ev.PrintRequested("receipt"))

    def trouble(self, action: str) -> None:
        touched: dict[str, ev.PersonEvent] = {
            "retry": ev.Retried(),
            "staff": ev.StaffRequested(),
            "back": ev.WentBack(),
            "leave": ev.LeaveRequested(),
            "dismiss": ev.TroubleDismissed(),
        }
        self._port.post(touched[action])

    def staff_pin(self, pin: str) -> None:
        self._port.post(ev.StaffPinEntered(Personal(pin)))

    def leave(self) -> None:
        self._port.post(ev.LeaveRequested())

    def rate(self, grade: int | None) -> None:
        self._port.post(ev.Rated(grade))
