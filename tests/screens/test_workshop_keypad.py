"""The workshop by keypad alone, in at the door and out again; and its looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from test_screens_every_look import faults

from kiosk.visit.model import Contrast, Step, TextSize, Visit
from screens.gallery import dressed
from screens.gallery_states import settle
from screens.gallery_visits import visits
from screens.gallery_workshop import CLOSED, workshop_states
from screens.invented_bench import CODE, NUMBER, PIN, InventedBench
from screens.journeys.keypad import Keypad, Pace
from screens.shell import Shell

MOST = 60
"""So many presses of a key find anything on a page, or it can't be found."""


class Hands:
    """A technician with a keypad, and eyes for the ring."""

    def __init__(self, on: Any, bench: InventedBench, qtbot: Any) -> None:
        self.on, self.bench, self.qtbot = on, bench, qtbot
        self.model = on.shell.workshop
        self.keys = Keypad(on.shell.view, Pace())

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)
        settle()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.on.time += 1.0
            self.keys.press(key)
            settle(1)
        self.until(lambda: not self.model.property("busy") or self.model.property("said"))

    def at(self) -> str:
        """What has the focus, if its ring can be seen."""
        item = self.on.shell.view.activeFocusItem()
        ringed = item is not None and item.isVisible() and item.property("ringed")
        return str(item.objectName()) if ringed else ""

    def walk(self, name: str, key: str = "down") -> None:
        for _ in range(MOST):
            if self.at() == name:
                return
            self.press(key)
        raise AssertionError(f"{name} can't be reached by {key}; the last was {self.at()}")

    def hold_cancel(self) -> None:
        self._send(QEvent.Type.KeyPress, repeated=False)
        self._send(QEvent.Type.KeyPress, repeated=True)
        self.until(lambda: self.model.property("open"))
        self._send(QEvent.Type.KeyRelease, repeated=False)

    def _send(self, kind: QEvent.Type, *, repeated: bool) -> None:
        bare = Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(kind, Qt.Key.Key_Escape, bare, "", repeated)
        QGuiApplication.sendEvent(self.on.shell.view, event)
        settle(1)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> InventedBench:
    bench = InventedBench()
    made = Shell.__init__

    def with_bench(self: Shell, *args: Any, **more: Any) -> None:
        made(self, *args, **more, bench=bench)

    monkeypatch.setattr(Shell, "__init__", with_bench)
    return bench


@pytest.fixture
def hands(stage: Callable[..., Any], bench: InventedBench, qtbot: Any) -> Hands:
    on = stage()
    on.show(Visit(step=Step.ATTRACT))
    return Hands(on, bench, qtbot)


def sign_in(hands: Hands) -> None:
    hands.press(*NUMBER, "enter", *PIN, "enter", *CODE, "enter")
    hands.until(lambda: hands.model.property("role") == "manage")


def test_in_round_every_page_and_out_by_keypad_alone(hands: Hands) -> None:
    hands.hold_cancel()
    hands.walk("number")
    sign_in(hands)
    hands.on.show(CLOSED)
    for digit, page in enumerate(("devices", "drills", "queue", "network"), 2):
        hands.press(str(digit))
        assert hands.model.property("page") == page
    for page in ("settings", "changes", "log", "audit", "overview"):
        hands.walk(f"page-{page}", "tab")
        hands.press("enter")
        assert hands.model.property("page") == page
    hands.walk("primary")
    hands.press("enter")
    assert not hands.model.property("open")
    hands.until(lambda: hands.bench.role == "")


def test_keys_that_cannot_be_held_open_the_door_by_a_sequence(hands: Hands) -> None:
    for wrong in ("3579", "C357C", "C35799C", "CC357"):
        hands.press(*("escape" if key == "C" else key for key in wrong))
        assert not hands.model.property("open"), wrong
    hands.press("escape", "escape", *"3579", "escape")
    hands.until(lambda: hands.model.property("open"))
    assert hands.model.property("role") == ""
    hands.walk("number")
    sign_in(hands)


def test_while_somebody_is_served_the_sequence_is_nothing(hands: Hands) -> None:
    hands.on.show(visits()["home"])
    hands.press("escape", *"3579", "escape")
    assert not hands.model.property("open")


def test_what_is_done_to_devices_items_and_settings_by_keypad(hands: Hands) -> None:
    hands.model.begin()
    settle()
    hands.walk("number")
    sign_in(hands)
    hands.press("2")
    hands.walk("row-slips")
    hands.press("enter")
    hands.walk("try")
    hands.press("enter")
    assert hands.model.property("result").startswith("✗")
    hands.press("escape")
    assert hands.at() == "row-slips"
    hands.press("4")
    hands.walk("row-i-1")
    hands.press("enter")
    hands.walk("retry", "tab")
    hands.press("enter", "escape", "6")
    hands.walk("row-queue.max_items")
    hands.press("enter", "6", "0")
    hands.walk("keep")
    hands.press("enter")
    hands.walk("row-notices.shown")
    hands.press("enter")
    hands.walk("off")
    hands.press("enter")
    hands.until(
        lambda: not hands.model.property("busy")
    )  # until then a digit belongs to the setting
    hands.press("7")
    hands.until(lambda: not hands.model.property("busy"))  # until then the button is another
    hands.walk("secondary")
    hands.press("enter")
    hands.until(lambda: not hands.model.property("busy"))
    assert hands.bench.done == [
        ("retry", "i-1"), ("change", "queue.max_items", 60), ("change", "notices.shown", False),
        ("undo",),
    ]  # fmt: skip


def test_a_drill_is_begun_and_given_up_by_keypad(hands: Hands) -> None:
    hands.model.begin()
    settle()
    hands.walk("number")
    sign_in(hands)
    hands.press("3")
    hands.walk("row-1")
    hands.press("enter")
    hands.until(lambda: hands.model.property("said") == "请拔掉这个设备的线。")
    hands.walk("stop", "tab")
    hands.press("enter")
    hands.until(lambda: not hands.model.property("busy"))
    assert hands.model.property("result") == "✓ 有个设备没有回应 · device.offline · 1.2 s · 2.5 s"


def test_a_refused_sign_in_goes_on_at_the_pin(hands: Hands) -> None:
    hands.model.begin()
    settle()
    hands.walk("number")
    hands.press(*NUMBER, "enter", *"000000", "enter", *CODE, "enter")
    assert hands.model.property("error") == "technician.refused"
    assert hands.at() == "pin"
    hands.press(*PIN, "enter", *CODE, "enter")
    assert hands.model.property("role") == "manage"


def test_a_short_press_of_cancel_asks_nobody(hands: Hands) -> None:
    hands.press("escape")
    root = hands.on.shell.view.rootObject()
    held = [t for t in root.children() if t.objectName() == "cancelHeld"]
    assert [timer.property("running") for timer in held] == [False]
    hands.on.show(Visit(step=Step.HOME))
    hands._send(QEvent.Type.KeyPress, repeated=False)
    assert [timer.property("running") for timer in held] == [False]


@pytest.mark.parametrize(
    ("orientation", "language", "size", "pages"),
    [
        ("portrait", "zh_CN", TextSize.LARGEST, ""),
        ("landscape", "en", TextSize.NORMAL, "gate overview number device"),
    ],
)
def test_every_page_shows_all_its_text(
    stage: Callable[..., Any],
    bench: InventedBench,
    orientation: str,
    language: str,
    size: TextSize,
    pages: str,
) -> None:
    """``pages``: "" for all of them; a low screen with usual words has room enough."""
    on = stage(orientation)
    problems: list[str] = []
    for name, state in workshop_states().items():
        if pages and name.partition(".")[2] not in pages.split():
            continue
        on.enter(state, dressed(state.visit, language, size, Contrast.NORMAL))
        if faults(on, name):
            on.shell.grab()
            settle()
            problems += faults(on, name)
    assert not problems, "\n".join(problems)
    assert on.shell.warnings == []


def test_keys_go_on_whatever_became_of_the_button_that_was_pressed(hands: Hands) -> None:
    """A technician does not wait for it and goes to another page, before the answer or after it."""
    hands.model.begin()
    settle()
    hands.walk("number")
    sign_in(hands)
    for _ in range(25):
        hands.press("4")
        hands.walk("row-i-1")
        hands.press("enter")
        hands.walk("retry", "tab")
        hands.press("enter", "escape", "6")
        hands.walk("row-queue.max_items")
