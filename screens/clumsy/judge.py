"""What must hold at every moment of a visit, whatever a person does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtQuick import QQuickItem

from kiosk.terminal_port import TerminalPort
from kiosk.visit.model import Step, Visit, personal_residue
from screens import accessible_tree
from screens.journeys.complaints import Complaints
from screens.shell import Shell, walk
from screens.speech import phrases
from screens.speech.phrases import Kind, Node

_PRESSED = (Kind.BUTTON, Kind.CHECK, Kind.RADIO, Kind.FIELD, Kind.CANVAS)
_LED = (Step.ATTRACT, Step.SUBMITTING, Step.FAREWELL, Step.OUT_OF_SERVICE)
"""Steps that lead on by themselves, or nowhere."""
_TEXTS = ("text", "title", "subtitle", "words", "value", "label")


class Judge:
    """Looks at window and visit between two acts. ``secrets``: names and numbers of everybody who comes
    here, and what they type; nothing of it may be left once they have gone."""

    def __init__(self, shell: Shell, port: TerminalPort, secrets: Sequence[str]) -> None:
        self._shell = shell
        self._port = port
        self._secrets = secrets
        self._complaints = Complaints(shell)

    def complaints(self) -> list[str]:
        """What QML has complained of, and what was logged as an error, since the last call."""
        return self._complaints.new()

    def close(self) -> None:
        """Stop reading the log."""
        self._complaints.close()

    def look(self, *, tabbed: bool) -> list[str]:
        """What does not hold now; ``tabbed``: the last key was one that walks on, so that something with
        a name must have the focus."""
        return [*self._lost(tabbed=tabbed), *self._stuck(), *self._left()]

    def _lost(self, *, tabbed: bool) -> Iterator[str]:
        step = self._port.visit.step.value
        at = self._shell.view.activeFocusItem()
        if at is None:
            yield f"{step}: nothing has the focus"
        elif not (at.isVisible() and at.isEnabled()):
            yield f"{step}: the focus is on {_named(at)}, which can't be used"
        elif tabbed and accessible_tree.focused(at) is None:
            yield f"{step}: {_named(at)} has the focus and no name"

    def _stuck(self) -> Iterator[str]:
        visit = self._port.visit
        nodes = phrases.on_top(accessible_tree.visible(self._shell.view))
        if not phrases.title(nodes):
            yield f"{visit.step.value}: the page has no title"
        if not _leads_on(visit) and not any(map(_usable, phrases.page_of(nodes))):
            yield f"{visit.step.value}: nothing leads on"

    def _left(self) -> Iterator[str]:
        visit = self._port.visit
        if visit.step is not Step.ATTRACT:
            return
        yield from (f"after the end {name} is kept" for name in personal_residue(visit))
        for name, words in self._kept():
            if any(secret in words for secret in self._secrets):
                yield f"after the end {name} holds something personal"

    def _kept(self) -> Iterator[tuple[str, str]]:
        """Whatever the window's side could still know."""
        for step, model in self._shell.models.items():
            yield f"the model of {step.value}", repr(vars(model))
        yield "the voice", repr(self._shell.reader.known())
        for item in walk(self._shell.view.rootObject()):
            for name in _TEXTS:
                words = item.property(name)
                if isinstance(words, str):
                    yield f"{name} of {_named(item)}", words


def _leads_on(visit: Visit) -> bool:
    return visit.step in _LED or visit.busy or bool(visit.awaiting)


def _usable(node: Node) -> bool:
    return node.kind in _PRESSED and not node.disabled


def _named(item: QQuickItem) -> str:
    return item.objectName() or item.metaObject().className().partition("_QMLTYPE")[0]
