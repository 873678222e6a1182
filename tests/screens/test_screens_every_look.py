"""Every state of every step, in both orientations, languages, sizes and contrasts."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem

from config.settings import PanelSection
from kiosk.visit.model import Contrast, Step, TextSize
from screens.gallery import dressed
from screens.gallery_states import State, settle, states
from screens.gallery_visits import visits
from screens.shell import ShellOptions, walk

SIZES = (TextSize.NORMAL, TextSize.LARGEST)
CONTRASTS = (Contrast.NORMAL, Contrast.HIGH)
EVERY_LOOK = list(product(("portrait", "landscape"), ("zh_CN", "zh_HK", "en"), SIZES, CONTRASTS))
# Five looks in which every pair of two settings meets (a covering array of strength two); Traditional
# Chinese is as wide as Simplified, and stands in for it once. Every state is shown in the first two, in
# both languages at their largest, and in one of the others. All states in all twenty-four looks, some
# minutes: CW_ALL_LOOKS=1 ./test tests/screens
WHOLE = [
    ("portrait", "en", TextSize.LARGEST, Contrast.HIGH),
    ("landscape", "zh_HK", TextSize.LARGEST, Contrast.HIGH),
]
SHARED = [
    ("portrait", "zh_CN", TextSize.NORMAL, Contrast.NORMAL),
    ("landscape", "en", TextSize.NORMAL, Contrast.HIGH),
    ("landscape", "en", TextSize.LARGEST, Contrast.NORMAL),
]
EVERYTHING = bool(os.environ.get("CW_ALL_LOOKS"))
LOOKS = EVERY_LOOK if EVERYTHING else WHOLE + SHARED


def part(number: int, of: int) -> dict[str, State]:
    """The states whose turn it is where ``of`` looks share them."""
    found = states()
    return found if EVERYTHING else dict(list(found.items())[number::of])


def shown_in(look: tuple[str, str, TextSize, Contrast]) -> dict[str, State]:
    return part(SHARED.index(look), len(SHARED)) if look in SHARED else states()


MOST_ITEMS = 1050
"""In the window with a page whose keys are not asked for; some 600 are always there. A page is made in one
go, about 20 µs an item: this bounds how long the GUI thread has no time for anything else."""
MOST_IN_WORKSHOP = 1200
"""Technicians' pages are denser, and nobody is served meanwhile."""


def clipped(item: QQuickItem) -> str:
    """Why a text item does not show all of its text, or ''."""
    if not item.metaObject().className().startswith(("QQuickText", "Label_", "Icon_")):
        return ""
    if item.property("truncated"):
        return "elided"
    if item.property("contentWidth") > item.width() + 2:
        return f"{item.property('contentWidth'):.0f} px of text in {item.width():.0f}"
    if item.property("text") and item.property("contentHeight") > item.height() + 2:
        return f"{item.property('contentHeight'):.0f} px of lines in {item.height():.0f}"
    return ""


def pressable(item: QQuickItem) -> bool:
    return item.metaObject().indexOfSignal("tapped()") >= 0


def outside(item: QQuickItem, width: float) -> bool:
    left = item.mapToScene(item.boundingRect().topLeft()).x()
    return left < -1 or left + item.width() > width + 1


def in_list_view(item: QQuickItem) -> bool:
    parent = item.parentItem()
    while parent is not None:
        if parent.inherits("QQuickItemView"):
            return True
        parent = parent.parentItem()
    return False


def accessible_name(item: QQuickItem) -> str:
    """The name a screen reader would say."""
    accessible = QAccessible.queryAccessibleInterface(item)
    return accessible.text(QAccessible.Text.Name) if accessible is not None else ""


def made_at_once(items: list[QQuickItem]) -> int:
    """Home behind a page that nobody is at is made in slices: not counted."""
    behind = next(item for item in items if item.objectName() == "standing")
    return len(items) - (0 if behind.isVisible() else len(walk(behind)) - 1)


def faults(on: Any, name: str) -> list[str]:
    """What is wrong with the screen shown now.

    A function of its own: no Python name of an item may outlive the item,
    or the next one at its address is taken for the dead one and the interpreter crashes.
    """
    width = on.shell.view.width()
    found: list[str] = []
    made = walk(on.shell.view.rootObject())
    visible = [item for item in made if item.isVisible()]
    shown = {item.objectName() for item in visible}
    items = made_at_once(made)
    most = MOST_IN_WORKSHOP if name.startswith("workshop.") else MOST_ITEMS
    if "keyboard" not in shown and items > most:
        found.append(f"{name}: {items} items are made at once")
    for item in visible:
        text = item.property("text")
        why = clipped(item)
        if why:
            found.append(f"{name}: {text!r}: {why}")
        if not pressable(item) or in_list_view(item):
            continue
        if item.width() < 79 or item.height() < 79:
            found.append(f"{name}: {text!r} {item.width()}x{item.height()}")
        if item.inherits("QQuickAbstractButton") and (
            item.property("implicitContentHeight") > item.height() + 2
        ):
            found.append(f"{name}: {text!r} is taller than its button")
        if outside(item, width):
            found.append(f"{name}: {text!r} lies outside the window")
        if not accessible_name(item):
            found.append(f"{name}: {text!r} {item.objectName()} has no accessible name")
    return found


@pytest.mark.parametrize(("orientation", "language", "size", "contrast"), LOOKS)
def test_every_screen_shows_and_says_all_its_text(
    stage: Callable[..., Any], orientation: str, language: str, size: TextSize, contrast: Contrast
) -> None:
    on = stage(orientation)
    problems: list[str] = []
    voice = contrast is Contrast.HIGH
    for name, state in shown_in((orientation, language, size, contrast)).items():
        look = dressed(state.visit, language, size, contrast)
        on.enter(state, replace(look, assist=replace(look.assist, voice=voice)))
        found = faults(on, name)
        if found:
            # Layouts are finished when a frame is drawn; it also drops items, so look anew.
            on.shell.grab()
            settle()
            found = faults(on, name)
        problems += found
        problems += [f"{name}: {words!r} is not said" for words in on.unheard(language)]
    assert not problems, "\n".join(problems)
    assert on.shell.warnings == []


def test_every_step_has_a_gallery_visit_and_a_screen() -> None:
    assert {state.visit.step for state in states().values()} == set(Step)


def out_of_reach(on: Any, name: str, orientation: str) -> list[str]:
    """What can be pressed but stands too high for someone who is seated."""
    half = on.shell.view.height() / 2
    typing = [item for item in on.items() if item.objectName() in ("keyboard", "dateWheel")]
    # A keyboard fills the lower half of an upright screen; a low one leaves it a little more.
    limit = half if orientation == "portrait" or not typing else on.shell.view.height() / 3
    found: list[str] = []
    for item in walk(typing[0]) if typing else on.items():
        if not item.isVisible():
            continue
        top = item.mapToScene(item.boundingRect().topLeft()).y()
        if pressable(item) and item.isEnabled() and top < limit - 2:
            found.append(f"{name}: {item.property('text')!r} at {top:.0f}")
    return found


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_low_reach_moves_everything_pressable_into_the_lower_half(
    stage: Callable[..., Any], orientation: str
) -> None:
    # A low screen that stands so high that not all of it is in reach; else its pages stay (A18).
    panel = PanelSection(lower_edge_mm=1000.0 if orientation == "landscape" else 850.0)
    on = stage(options=ShellOptions(orientation=orientation, panel=panel))
    high: list[str] = []
    # Every state in one of the two.
    for name, state in part(int(orientation == "landscape"), 2).items():
        look = dressed(state.visit, "zh_CN", TextSize.LARGE, Contrast.NORMAL, low_reach=True)
        on.enter(state, look)
        high += out_of_reach(on, name, orientation)
    assert not high, "\n".join(high)


def test_every_pressable_item_takes_the_keyboard(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["guide"])
    policies = [item for item in on.items() if pressable(item)]
    assert policies
    assert all(item.property("focusPolicy") == Qt.FocusPolicy.StrongFocus for item in policies)


@pytest.mark.parametrize(("orientation", "language", "size", "contrast"), LOOKS)
@pytest.mark.parametrize("low_reach", [False, True])
def test_words_and_buttons_of_the_first_screen_keep_apart(
    stage: Callable[..., Any],
    orientation: str,
    language: str,
    size: TextSize,
    contrast: Contrast,
    low_reach: bool,
) -> None:
    on = stage(orientation)
    notice = states()["attract.notice"]
    on.enter(notice, dressed(notice.visit, language, size, contrast, low_reach))
    on.shell.grab()
    blocks = [on.find(f"attract{name}") for name in ("Words", "Start", "Ready")]
    areas = [block.mapRectToScene(block.boundingRect()) for block in blocks]
    assert not areas[0].intersects(areas[1])
    assert not areas[0].intersects(areas[2])
    assert areas[0].bottom() <= on.shell.view.height()
