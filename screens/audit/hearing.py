"""What voice guidance says of a page, and what can be seen but is not said (A10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtGui import QWindow
from PySide6.QtQuick import QQuickItem

from screens.accessible_tree import focused, visible
from screens.audit.judges import Fault
from screens.audit.snapshot import component
from screens.shell import Shell, walk
from screens.speech.phrases import Kind, Node, described, on_top, title, whole_page
from screens.speech.spoken import spoken

_SHEETS = ("AssistSheet", "NoteSheet", "PaperSheet", "TroubleSheet", "LeaveSheet", "IdleSheet")
_DRAWN = ("Icon_", "SealStamp", "WritingPad")
"""What draws glyphs that are pictures."""


def speech(shell: Shell, language: str) -> Iterator[Fault]:
    """A10 of the page in sight: its title, every word on it, every thing that takes the focus."""
    if not title(on_top(visible(shell.view))):
        yield "A10", "the page has no title to be said"
    for words in unheard(shell.view, shell.view.rootObject(), language):
        yield "A10", f"“{words[:24]}” is not said"


def warning(shell: Shell) -> Iterator[Fault]:
    """A7: whoever is about to be sent away hears so at once, by the title of what appears."""
    nodes = on_top(visible(shell.view))
    if not nodes or nodes[0].kind is not Kind.DIALOG or not nodes[0].name:
        yield "A7", "the warning is not said"


_TOLD = (Kind.TEXT, Kind.HEADING, Kind.ALERT, Kind.STATUS)
_TELLS = re.compile(
    r"第 ?\d+ ?步，共 ?\d+ ?步：.+|Step \d+ of \d+: .+|"
    r"已输入(的码)?：.*|Code typed so far: .*|已输入 ?\d+ ?位|\d+ digits? entered"
    r"|剩余秒数|Seconds left|[a-z']( [a-z'])*。.*"
)
"""What the voice says of a drawing that tells the same: the trail of steps, what is typed
into boxes, the ring that counts down, and of what each offer of the keyboard is built."""


def heard_only(shell: Shell) -> Iterator[Fault]:
    """A22: sentences of the voice that stand nowhere on the screen."""
    shown = plain("".join(words for words, _ in seen(shell.view.rootObject())))
    for node in visible(shell.view):
        if node.kind in _TOLD and not _TELLS.fullmatch(node.name) and plain(node.name) not in shown:
            yield "A22", f"“{node.name[:24]}” is said and not shown"


def trouble(shell: Shell) -> Iterator[Fault]:
    """A23 of a trouble: what happened and what to do, in words of their own, and a button that does it."""
    sheets = [item for item in walk(shell.view.rootObject()) if component(item) == "TroubleSheet"]
    for sheet in sheets:
        if not (sheet.property("title") and sheet.property("subtitle")):
            yield "A23", "a trouble without a remedy in words"
        if not sheet.property("actions"):
            yield "A23", "a trouble without a button"


def unheard(window: QWindow, root: QQuickItem, language: str) -> list[str]:
    """Words that can be seen, but that voice guidance says neither with the whole page nor when
    something gets the focus."""
    nodes = on_top(visible(window))
    told = plain("".join(said(window, root, language)))
    covered = any(node.kind is Kind.DIALOG for node in nodes)
    return [
        words
        for words, in_sheet in seen(root)
        if (in_sheet or not covered) and plain(spoken(words, language, private=False)) not in told
    ]


def said(window: QWindow, root: QQuickItem, language: str) -> list[str]:
    """The whole page, and what is said of everything on it that takes the focus, in a hall."""
    sentences = whole_page(on_top(visible(window)), language, private=False)
    sentences += [described(node, language, private=False) for node in _reachable(root)]
    return [spoken(one, language, private=False) for one in sentences]


def plain(text: str) -> str:
    """Without punctuation: pauses are the speaker's matter."""
    return re.sub(r"[\W_]", "", text)


def seen(item: QQuickItem, label: str = "", *, sheet: bool = False) -> list[tuple[str, bool]]:
    """The words drawn in and below an item, and whether they stand in a sheet. ``label``: of the
    button they are in; it is said by the button's name, which may say more than there is room for."""
    kind = item.metaObject().className()
    if not item.isVisible() or item.opacity() == 0 or kind.startswith(_DRAWN):
        return []
    sheet = sheet or kind.startswith(_SHEETS)
    found: list[tuple[str, bool]] = []
    if item.inherits("QQuickText"):
        words = str(item.property("text"))
        found = [(words, sheet)] if words and words != label else []
    elif item.inherits("QQuickAbstractButton"):
        label = str(item.property("text"))
    for child in item.childItems():
        found += seen(child, label, sheet=sheet)
    return found


def _reachable(item: QQuickItem) -> list[Node]:
    """What is said of everything that takes the focus."""
    if not item.isVisible():
        return []
    node = focused(item) if item.activeFocusOnTab() else None
    found = [node] if node is not None else []
    for child in item.childItems():
        found += _reachable(child)
    return found
