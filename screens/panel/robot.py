"""Hands for a scripted person that touch the real window, by the items' ``objectName``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.forms import one_answer
from kiosk.terminal_port import TerminalPort
from kiosk.visit.model import Assistance, Contrast, TextSize
from kiosk.visit.model import Slot as Appointment
from kiosk.visit.own import Act
from screens.panel.finger import Finger, first, input_of, is_key, named


class TouchHands:
    """Implements :class:`kiosk.demo.hands.Hands` on a :class:`Shell`'s window."""

    def __init__(self, port: TerminalPort, finger: Finger) -> None:
        self._port = port
        self._finger = finger
        self._led_on = False

    def start(self, language: str) -> None:
        self._touch(f"start-{language}")

    def assist(self, wanted: Assistance) -> None:
        self._touch("assist")
        if wanted.text_size is not TextSize.NORMAL:
            self._touch(f"size-{wanted.text_size.value}")
        if wanted.contrast is not Contrast.NORMAL:
            self._touch(f"contrast-{wanted.contrast.value}")
        self._touch("assistDone")

    def choose_item(self, code: str) -> None:
        situation = next(
            s
            for s in self._port.directory.situations()
            if any(item.code == code for item in self._port.directory.items_of(s.key))
        )
        tile, group = f"item-{code}", f"situation-{situation.key}"
        # Which of these home shows is looked at when it is there.
        shown = (tile, group, "situations", "mine")
        self._finger.meet("home", first(lambda one: one.objectName() in shown))
        if not self._finger.sees(named(tile)):
            # Home shows all situations at once, or leads to a page of them.
            if situation.cases:
                self._touch("mine")
            elif not self._finger.sees(named(group)):
                self._touch("situations")
            self._touch(group)
        self._touch(tile)

    def own_cases(self) -> None:
        self._touch("mine")
        self._touch("cases")

    def choose_case(self, place: int) -> None:
        self._touch(f"case-{place}")

    def act_on_case(self, act: Act) -> None:
        self._touch("primary" if act is Act.SUPPLEMENT else "secondary")

    def primary(self) -> None:
        self._touch("primary")

    def back(self) -> None:
        self._touch("back")

    def choose_place(self, path: Sequence[str]) -> None:
        for code in path:
            self._touch(f"place-{code}")

    def fill(self, values: Mapping[str, str]) -> None:
        visit = self._port.visit
        self._led_on = False
        fields = visit.item.form.fields if visit.item and visit.item.form else {}
        for name, value in values.items():
            present = visit.form.get(name)
            if present is not None and present.reveal() == value:
                continue
            widget = fields[name].widget
            if widget == "choice":
                self._touch(f"option-{value}")
                self._led_on = visit.item is not None and one_answer(visit.item, visit.form_page)
            elif widget == "toggle":
                self._touch(f"toggle-{name}")
            else:
                self._type(name, value, wheel=widget in ("date", "month"))
        # At large text the keyboard stands where the page's buttons are.
        if self._finger.sees(named("typingDone")):
            self._touch("typingDone")

    def form_done(self) -> None:
        if not self._led_on:
            self._touch("primary")

    def toggle_bill(self, bill_id: str) -> None:
        self._touch(f"bill-{bill_id}")

    def choose_slot(self, slot: Appointment) -> None:
        self._touch(f"day-{slot.date}")
        self._touch(f"slot-{slot.slot_id}")

    def agree(self) -> None:
        self._touch("consent")

    def sign(self) -> None:
        self._finger.draw("the signature pad", named("pad"))

    def print_slip(self) -> None:
        self._touch("secondary")

    def trouble(self, action: str) -> None:
        self._touch(f"trouble-{action}")

    def staff_pin(self, pin: str) -> None:
        for digit in pin:
            self._key(digit)
        self._touch("primary")

    def leave(self) -> None:
        self._touch("primary")

    def rate(self, grade: int | None) -> None:
        self._touch("secondary" if grade is None else f"grade-{grade}")

    # ---- touches ---------------------------------------------------------------------------------

    def _touch(self, name: str) -> None:
        self._finger.press(name, named(name))

    def _key(self, key: str) -> None:
        self._finger.press(f"key {key}", first(lambda i: is_key(i) and i.property("text") == key))

    def _type(self, name: str, value: str, wheel: bool) -> None:
        self._finger.press(f"field {name}", input_of(f"field-{name}"))
        if wheel:
            self._touch("wheelDigits")
        for character in value:
            self._key(character)
