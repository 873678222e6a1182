"""What a screen reader says of the things on a page, made from what the accessibility tree tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from config.text import Text
from screens.speech.marks import MARKS, marked
from screens.speech.tones import tones


class Kind(StrEnum):
    """The roles our screens use; anything else is ``other`` and is said by its name alone."""

    PANE = "pane"
    DIALOG = "dialog"
    HEADING = "heading"
    TEXT = "text"
    ALERT = "alert"
    STATUS = "status"
    WORK = "work"
    BUTTON = "button"
    CHECK = "check"
    RADIO = "radio"
    FIELD = "field"
    CANVAS = "canvas"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Node:
    """One visible thing of the accessibility tree, ``depth`` below the window. ``value`` is what is
    typed in a field; personal."""

    kind: Kind
    name: str = field(repr=False)
    description: str = field(default="", repr=False)
    value: str = field(default="", repr=False)
    depth: int = 0
    checkable: bool = False
    checked: bool = False
    disabled: bool = False
    open: bool = False
    """Anybody may hear what is typed here."""
    key: int = 0
    """Tells two things apart while the page stands."""


_ROLES = {
    Kind.BUTTON: Text(zh="按钮", en="button"),
    Kind.CHECK: Text(zh="可勾选", en="tick box"),
    Kind.RADIO: Text(zh="单选", en="option"),
    Kind.FIELD: Text(zh="输入框", en="text field"),
    Kind.CANVAS: Text(zh="书写区", en="drawing area"),
    Kind.ALERT: Text(zh="请注意", en="please note"),
}
_ON = Text(zh="已选中", en="selected")
_OFF = Text(zh="未选中", en="not selected")
_DISABLED = Text(zh="现在不能用", en="not available now")
_DELETED = Text(zh="已删除", en="deleted")
_EMPTY = Text(zh="还没填", en="empty")
FIXED = (*_ROLES.values(), _ON, _OFF, _DISABLED, _EMPTY, _DELETED, *MARKS.values())
"""Words of the voice itself that never change."""
_FILLED_ZH, _FILLED_EN = "已填{count}个字", "{count} characters entered"
_CONTROLS = (Kind.BUTTON, Kind.CHECK, Kind.RADIO, Kind.FIELD, Kind.CANVAS)


def described(node: Node, language: str, *, private: bool) -> str:
    """Name, role, state and description: what is said when the thing gets the focus."""
    role = _ROLES.get(node.kind)
    parts = [
        marked(node.name, language),
        role.in_language(language) if role else "",
        *_state(node, language),
    ]
    if node.kind is Kind.FIELD:
        parts.append(_content(node.value, language, private=private or node.open))
    if node.kind is Kind.ALERT:
        parts.reverse()
    parts.append(node.description)
    return joined(parts, language)


def _state(node: Node, language: str) -> Iterable[str]:
    if node.checkable:
        yield (_ON if node.checked else _OFF).in_language(language)
    if node.disabled:
        yield _DISABLED.in_language(language)


def _content(value: str, language: str, *, private: bool) -> str:
    """What is typed is said into a headset only; a hall hears how much there is."""
    if not value:
        return _EMPTY.in_language(language)
    if private:
        return value
    return Text(zh=_FILLED_ZH, en=_FILLED_EN).in_language(language).format(count=len(value))


def typed(before: str, now: str, language: str, *, private: bool) -> str:
    """What is said while somebody types: the new characters into a headset, and the word that a space
    ended; a tone for each to a hall."""
    at = _alike(before, now)
    end = _alike(before[at:][::-1], now[at:][::-1])
    new, gone = now[at : len(now) - end], before[at : len(before) - end]
    deleted = _DELETED.in_language(language)
    if not new:
        return joined((marked(gone, language), deleted), language) if private else deleted
    if not private:
        return tones(len(new))
    word = now[:at].rpartition(" ")[2] if new == " " else ""
    return joined((marked(new if new == " " else new.strip(), language), word), language)


def _alike(one: str, other: str) -> int:
    """So many characters are the same from the beginning."""
    differ = (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differ, min(len(one), len(other)))


def joined(parts: Iterable[str], language: str) -> str:
    """With a pause between; nothing twice in a row."""
    kept: list[str] = []
    for part in parts:
        if part and (not kept or kept[-1] != part):
            kept.append(part)
    return ("，" if language.startswith("zh") else ", ").join(kept)


def on_top(nodes: Sequence[Node]) -> Sequence[Node]:
    """What can be reached now: the sheet that lies over all others, or the whole window."""
    start = next((n for n in range(len(nodes) - 1, -1, -1) if nodes[n].kind is Kind.DIALOG), None)
    return nodes if start is None else _below(nodes, start)


def _below(nodes: Sequence[Node], start: int) -> Sequence[Node]:
    end = start + 1
    while end < len(nodes) and nodes[end].depth > nodes[start].depth:
        end += 1
    return nodes[start:end]


def _page(nodes: Sequence[Node]) -> tuple[Sequence[Node], Sequence[Node]]:
    """The page itself, and what stands round it (place, clock, language, assistance)."""
    start = next((n for n, node in enumerate(nodes) if node.kind in (Kind.PANE, Kind.DIALOG)), None)
    if start is None:
        return nodes, ()
    page = _below(nodes, start)
    return page, [*nodes[:start], *nodes[start + len(page) :]]


def page_of(nodes: Sequence[Node]) -> Sequence[Node]:
    """The page or sheet alone, without what stands round it."""
    return _page(nodes)[0]


def title(nodes: Sequence[Node]) -> str:
    """The page's title."""
    page, _ = _page(nodes)
    return page[0].name if page else ""


def summary(nodes: Sequence[Node]) -> list[str]:
    """Title, and the line below it if there is one."""
    page, _ = _page(nodes)
    head = next((n for n, node in enumerate(page) if node.kind is Kind.HEADING), None)
    lines = [title(nodes)]
    if head is not None:
        if page[head].name not in lines:
            lines.append(page[head].name)
        if head + 1 < len(page) and page[head + 1].kind is Kind.TEXT:
            lines.append(page[head + 1].name)
    return lines


def calls(nodes: Sequence[Node]) -> list[Node]:
    """What is to be said when it appears or changes, in the order it stands in: what calls for
    attention, and how a thing stands that goes on by itself."""
    kinds = (Kind.ALERT, Kind.STATUS, Kind.WORK)
    return [node for node in nodes if node.kind in kinds and node.name]


def is_at_work(nodes: Sequence[Node]) -> bool:
    """Is something being fetched that the person waits for?"""
    return any(node.kind is Kind.WORK and node.name for node in nodes)


def text_of(nodes: Sequence[Node]) -> list[str]:
    """Title, summary and every other text of the page, but nothing that can be pressed."""
    page, _ = _page(nodes)
    texts = [node.name for node in page if node.kind in (Kind.HEADING, Kind.TEXT)]
    return [*dict.fromkeys((*summary(nodes), *texts))]


def whole_page(nodes: Sequence[Node], language: str, *, private: bool) -> list[str]:
    """Everything on the page, one sentence a thing, then what stands round it. The keys of a
    keyboard are left out: they are said when they get the focus."""
    page, around = _page(nodes)
    sentences: list[str] = []
    for node in (*page, *around):
        if node.kind in _CONTROLS and len(node.name) == 1:
            continue
        sentence = described(node, language, private=private)
        if sentence and (not sentences or sentence != sentences[-1]):
            sentences.append(sentence)
    return sentences
