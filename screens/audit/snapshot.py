"""What is on the screen now, as plain data: no judge ever holds an item of the scene."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF
from PySide6.QtQuick import QQuickItem

from screens.shell import Shell

_TILES = ("Tile", "ListRow", "Choice")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the window, in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def empty(self) -> bool:
        """Nothing of it is seen."""
        return self.width < 1 or self.height < 1

    def gap(self, other: Box) -> float:
        """Pixels between two boxes, 0 where they touch or overlap."""
        across = max(other.x - self.x - self.width, self.x - other.x - other.width)
        down = max(other.y - self.y - self.height, self.y - other.y - other.height)
        return max(across, down, 0.0)

    def cut(self, other: Box) -> Box:
        """What both cover."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right = min(self.x + self.width, other.x + other.width)
        bottom = min(self.y + self.height, other.y + other.height)
        return Box(x, y, max(0.0, right - x), max(0.0, bottom - y))


@dataclass(frozen=True, slots=True)
class Control:
    """Something to press or type in. ``kind``: the QML component's name; ``seen``: the part of
    ``box`` that no scroll area hides; ``glyph``: its icon; ``listed``: one of many in a
    list that makes and drops them as it scrolls; ``on``: chosen, ticked, or set; ``marks``: the icons
    in it."""

    kind: str
    name: str
    spoken: str
    role: str
    glyph: str
    box: Box
    seen: Box
    enabled: bool
    primary: bool
    listed: bool
    on: bool = False
    marks: tuple[str, ...] = ()

    @property
    def choice(self) -> bool:
        """One of several things to choose, not a way onward."""
        return self.kind in _TILES


@dataclass(frozen=True, slots=True)
class Words:
    """A text or an icon. ``capital``: height of an H in pixels; ``spacing``: line to line, in sizes of
    the type; ``fault``: why not all of it is seen, or ""; ``mark``: the seal's character, a logotype."""

    text: str
    icon: bool
    serif: bool
    family: str
    capital: float
    spacing: float
    colour: int
    seen: Box
    enabled: bool
    fault: str
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One look at a window of ``width`` × ``height`` pixels. ``fades``: where a scroll area lets
    its lower edge fade, to show that more follows."""

    width: float
    height: float
    controls: tuple[Control, ...]
    words: tuple[Words, ...]
    fades: tuple[Box, ...] = ()


def take(shell: Shell) -> Snapshot:
    """Of the window as it stands; layouts must have come to rest (grab a picture first)."""
    root = shell.view.rootObject()
    window = Box(0.0, 0.0, root.width(), root.height())
    found = _Found([], [], [])
    _collect(root, window, found)
    return Snapshot(
        window.width,
        window.height,
        tuple(found.controls),
        tuple(found.words),
        tuple(found.fades),
    )


class _Found(NamedTuple):
    controls: list[Control]
    words: list[Words]
    fades: list[Box]


def _collect(
    item: QQuickItem, clip: Box, found: _Found, listed: bool = False, strip: bool = False
) -> None:
    if not item.isVisible() or item.opacity() == 0:
        return
    box = _box(item)
    if item.clip():
        clip = clip.cut(box)
    if is_control(item):
        if listed and box.empty:
            return  # a list lays out what comes into sight when the next frame is drawn
        found.controls.append(_control(item, box, clip, listed))
    elif item.inherits("QQuickText") and str(item.property("text")):
        found.words.append(_words(item, box, clip, strip))
    elif item.objectName() == "fade":
        found.fades.append(box)
    view = item.inherits("QQuickItemView")
    for child in item.childItems():
        _collect(child, clip, found, listed or view, strip or (view and _sideways(item)))


def _sideways(view: QQuickItem) -> bool:
    """A strip that scrolls to the side: what it cuts says that more follows."""
    return bool(view.property("contentWidth") > view.width() + 1)


def is_control(item: QQuickItem) -> bool:
    """Pressed by finger or key, or typed in."""
    if item.inherits("QQuickTextInput"):
        return bool(item.property("activeFocusOnTab"))
    return item.metaObject().indexOfSignal("tapped()") >= 0


def component(item: QQuickItem) -> str:
    """``Button`` of ``Button_QMLTYPE_12``."""
    return item.metaObject().className().split("_QML")[0]


def spoken(item: QQuickItem) -> tuple[str, str]:
    """Name and role, as a screen reader gets them."""
    interface = QAccessible.queryAccessibleInterface(item)
    if interface is None:
        return "", ""
    return interface.text(QAccessible.Text.Name), interface.role().name


def _box(item: QQuickItem) -> Box:
    area: QRectF = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
    return Box(area.x(), area.y(), area.width(), area.height())


def _control(item: QQuickItem, box: Box, clip: Box, listed: bool) -> Control:
    typed = item.inherits("QQuickTextInput")
    if typed:
        box = _box(_frame(item))
    name, role = spoken(item)
    return Control(
        kind="Field" if typed else component(item),
        name=item.objectName() or str(item.property("text") or "") or name,
        spoken=name,
        role=role,
        glyph=str(item.property("glyph") or ""),
        box=box,
        seen=box.cut(clip),
        enabled=item.isEnabled(),
        primary=item.property("kind") == "primary" or component(item) == "Tile",
        listed=listed,
        on=any(bool(item.property(name)) for name in ("chosen", "lit")),
        marks=tuple(_marks(item)),
    )


def _marks(item: QQuickItem) -> Iterator[str]:
    for child in item.childItems():
        if not child.isVisible():
            continue
        if component(child) == "Icon":
            yield str(child.property("name"))
        yield from _marks(child)


def _frame(line: QQuickItem) -> QQuickItem:
    """The box round a line to type in; a finger may touch anywhere in it."""
    above = line
    while above.parentItem() is not None and not above.inherits("QQuickRectangle"):
        above = above.parentItem()
    return above


def _words(item: QQuickItem, box: Box, clip: Box, strip: bool) -> Words:
    font: QFont = item.property("font")
    metrics = QFontMetricsF(font)
    icon = component(item) == "Icon"
    natural = metrics.lineSpacing() / max(1, font.pixelSize())
    colour: QColor = item.property("color")
    return Words(
        text=str(item.property("text")),
        icon=icon,
        serif="Serif" in font.family(),
        family=font.family(),
        capital=metrics.capHeight(),
        # An icon is one line of a fixed height.
        spacing=natural * (1.0 if icon else float(item.property("lineHeight"))),
        colour=colour.rgb() & 0xFFFFFF,
        seen=box.cut(clip),
        enabled=item.isEnabled(),
        fault=_cut_off(item) or ("" if strip else _cut_at_side(box, clip)),
        mark=component(item.parentItem()) == "SealStamp",
    )


def _cut_at_side(box: Box, clip: Box) -> str:
    """Pages scroll up and down only."""
    over = max(clip.x - box.x, box.x + box.width - clip.x - clip.width)
    return f"{over:.0f} px cut at the side" if over > 1 and clip.width >= 1 else ""


def _cut_off(item: QQuickItem) -> str:
    if item.property("truncated"):
        return "elided"
    if item.property("contentWidth") > item.width() + 2:
        return f"{item.property('contentWidth'):.0f} px of text in {item.width():.0f}"
    if item.property("contentHeight") > item.height() + 2:
        return f"{item.property('contentHeight'):.0f} px of lines in {item.height():.0f}"
    return ""
