"""The workshop's screen: opened by holding the seal, signed in on the keypad, walked page by page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.visit.model import Step, Visit
from offline_queue import TimelineEntry
from screens.gallery_states import settle
from screens.invented_bench import InventedBench
from screens.opening import QML
from screens.shell import Shell


class Shop:
    def __init__(self, stage: Any, bench: InventedBench, qtbot: Any) -> None:
        self.stage, self.bench, self.qtbot = stage, bench, qtbot
        self.model = stage.shell.workshop

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)
        settle()

    def press(self, name: str) -> None:
        """The one on top: the first screen lies behind."""
        item = [one for one in self.stage.items() if one.objectName() == name][-1]
        before, place = None, self.stage.centre(item)
        while place != before:
            settle()
            before, place = place, self.stage.centre(item)
        self.stage.time += 1.0
        left, bare = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(self.stage.shell.view, left, bare, place)
        settle()

    def click(self, name: str) -> None:
        self.press(name)
        self.until(lambda: not self.model.property("busy"))

    def type(self, digits: str) -> None:
        for digit in digits:
            self.model.key(digit)

    def sign_in(self) -> None:
        self.model.begin()
        settle()
        for line, digits in (("number", "1001"), ("pin", "246810"), ("code", "123456")):
            self.press(line)
            self.type(digits)
        settle()
        self.click("primary")
        assert self.model.property("role") == "manage"

    def sees(self, *words: str) -> None:
        texts = [one for one in self.stage.items() if one.inherits("QQuickText")]
        seen = " ".join(str(one.property("text")) for one in texts)
        assert [word for word in words if word not in seen] == []


@pytest.fixture
def shop(stage: Callable[..., Any], qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Shop:
    bench = InventedBench()
    made = Shell.__init__

    def with_bench(self: Shell, *args: Any, **more: Any) -> None:
        made(self, *args, **more, bench=bench)

    monkeypatch.setattr(Shell, "__init__", with_bench)
    opened = stage()
    opened.show(Visit(step=Step.ATTRACT, language="en"))
    return Shop(opened, bench, qtbot)


def test_holding_the_seal_asks_who_it_is_and_a_touch_does_not(shop: Shop) -> None:
    view, seal = shop.stage.shell.view, QPoint(80, 80)
    left, bare = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(view, left, bare, seal)
    settle()
    assert not shop.model.property("open")
    QTest.mousePress(view, left, bare, seal)
    shop.until(lambda: shop.model.property("open"))
    QTest.mouseRelease(view, left, bare, seal)
    settle()
    shop.sees("For technicians", "One-time code of your phone")
    shop.click("back")
    assert not shop.model.property("open")
    assert shop.stage.port.posted == [] or shop.stage.port.visit.step is Step.ATTRACT


def test_during_a_visit_the_seal_is_only_a_seal(shop: Shop) -> None:
    shop.stage.show(Visit(step=Step.HOME, language="en"))
    scene = shop.stage.shell.view.rootObject()
    holds = [item for item in scene.childItems() if item.property("longPressThreshold")]
    assert holds == []
    assert not shop.model.property("open")


def test_a_wrong_sign_in_is_told_and_forgets_pin_and_code(shop: Shop) -> None:
    shop.model.begin()
    for line, digits in (("number", "1001"), ("pin", "999999"), ("code", "123456")):
        shop.model.choose_line(line)
        shop.type(digits)
    settle()
    shop.click("primary")
    shop.sees("The number, the PIN or the one-time code is wrong.")
    assert (shop.model.property("pinLength"), shop.model.property("code")) == (0, "")
    assert shop.model.property("number") == "1001"


def test_every_page_shows_what_the_bench_says(shop: Shop) -> None:
    shop.sign_in()
    shop.sees("Overview", "ST-1 · demo", "512 MiB", "device.offline", "service.outbox")
    shop.sees("A device is not answering", "Government platform")
    for page, words in {
        "devices": ("ID card reader", "no answer · card: not known", "device.offline · port gone"),
        "drills": ("Cut the line to the portal", "Unplug a device"),
        "queue": ("Application", "stuck", "portal.rejected · → 440100 · i-1"),
        "network": ("portal.example", "Nothing listens at that address", "refused · port 443"),
        "settings": ("Most items kept waiting", "as shipped", "changed here", "from afar"),
        "changes": ("Notices on the first screen", "1001 · 2026-11-26 10:00:00", "Undo the newest"),
        "log": ("reader: device.offline", "a torn line"),
        "audit": ("Technician signed in", "technician.signed_in", "line 2: not an audit", "spoilt"),
    }.items():
        shop.click(f"page-{page}")
        shop.sees(*words)
    shop.click("secondary")  # refresh
    shop.click("primary")
    assert not shop.model.property("open")
    shop.until(lambda: shop.bench.role == "")


def test_a_device_is_tried_and_what_may_not_be_done_is_told(shop: Shop) -> None:
    shop.sign_in()
    shop.click("page-devices")
    shop.click("row-reader")
    shop.sees("Check supply, cable, speed or address")
    shop.click("try")
    shop.sees("✗ no card in time")
    shop.click("restart")
    shop.sees("This account may not do that.")


def test_whatever_happens_to_an_item_has_words() -> None:
    told = re.sub(r"\(.*?\)", "", TimelineEntry.__doc__ or "")
    kinds = re.search(r"``kind``: ([a-z_,\s]*)\.", told)
    assert kinds is not None
    named = kinds[1].split(",")
    words = (QML / "workshop" / "WorkshopWords.qml").read_text("utf-8")
    assert len(named) > 5
    assert [kind for kind in map(str.strip, named) if f'"{kind}": qsTr(' not in words] == []


def test_an_item_is_sent_now(shop: Shop) -> None:
    shop.sign_in()
    shop.click("page-queue")
    shop.click("row-i-1")
    shop.sees("It needs a decision of yours.", "Taken here")
    shop.click("retry")
    assert shop.bench.done == [("retry", "i-1")]


def test_a_number_and_a_switch_are_changed_and_undone(shop: Shop) -> None:
    shop.sign_in()
    shop.click("page-settings")
    shop.click("row-queue.max_items")
    shop.sees("Now 40, from: as shipped", "Beyond it nothing more is taken for later")
    shop.model.change("queue.max_items", "0")
    shop.until(lambda: not shop.model.property("busy"))
    shop.sees("Input should be greater than or equal to 1")
    shop.model.change("queue.max_items", "60")
    shop.until(lambda: not shop.model.property("busy"))
    assert shop.model.property("chosen") == ""
    shop.click("row-notices.shown")
    shop.click("off")
    shop.click("page-changes")
    shop.click("secondary")
    assert shop.bench.done == [
        ("change", "queue.max_items", 60), ("change", "notices.shown", False), ("undo",),
    ]  # fmt: skip


def test_a_drill_tells_hands_what_to_do_and_can_be_given_up(shop: Shop) -> None:
    shop.sign_in()
    shop.click("page-drills")
    shop.model.drill("1")
    shop.until(lambda: shop.model.property("said") == "Pull out this device's cable.")
    shop.sees("Pull out this device's cable.")
    shop.bench.broken.set()
    shop.until(lambda: shop.model.property("said") == "Plug the cable in again.")
    shop.press("stop")
    shop.until(lambda: not shop.model.property("busy"))
    shop.sees("✓ A device is not answering · device.offline · 1.2 s · 2.5 s")


def test_without_a_bench_nothing_opens(stage: Callable[..., Any]) -> None:
    opened = stage()
    opened.shell.workshop.begin()
    assert not opened.shell.workshop.property("open")
