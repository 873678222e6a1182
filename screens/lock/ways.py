"""The list of ways out (``ways.toml``), read and typed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

_FILE = Path(__file__).with_name("ways.toml")


@dataclass(frozen=True, slots=True)
class Way:
    """One way out. ``name``: a combination as Qt writes it, or a gesture's name; ``key`` and
    ``modifiers`` of a combination, a gesture has none; ``by_session``: on a terminal the session
    takes it first and has to refuse it."""

    what: str
    name: str
    key: Qt.Key = Qt.Key.Key_unknown
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    by_session: bool = False

    @property
    def is_gesture(self) -> bool:
        """Not done by keys."""
        return self.key is Qt.Key.Key_unknown


@cache
def ways() -> tuple[Way, ...]:
    """All of them, in the order of the file. :class:`ValueError` for a key that Qt does not know."""
    told = tomllib.loads(_FILE.read_text("utf-8"))
    keys = [
        Way(group["what"], name, *_combination(name), by_session=group["who"] == "session")
        for group in told["keys"]
        for name in group["keys"]
    ]
    gestures = [Way(group["what"], name) for group in told["gestures"] for name in group["names"]]
    return (*keys, *gestures)


def _combination(name: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    if name.startswith("Key_"):
        return Qt.Key[name], Qt.KeyboardModifier.NoModifier
    sequence: Any = QKeySequence(name)  # the stub does not know that it has parts
    if sequence.count() != 1 or sequence[0].key() is Qt.Key.Key_unknown:
        raise ValueError(f"not known to Qt: {name}")
    part: QKeyCombination = sequence[0]
    return part.key(), part.keyboardModifiers()
