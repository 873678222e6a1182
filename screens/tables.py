"""Tables of words and drawings, read before a screen asks for them."""

from __future__ import annotations

from collections.abc import Callable

from config.languages import languages, simplified
from kiosk.advice import advice_table
from kiosk.evidence import table as evidence_table
from kiosk.words import known_codes
from screens.drawings import drawings
from screens.lock.ways import ways
from screens.typing.telling import told

SURNAME = "李"
CHARACTER = "中"
TABLES: tuple[Callable[[], object], ...] = (
    known_codes,
    advice_table,
    evidence_table,
    drawings,
    ways,
    lambda: told(SURNAME),
    lambda: [one.render(CHARACTER, "") for one in languages()],
    lambda: simplified(CHARACTER),
)
"""Each reads a file when it is first called, and keeps it. A large one takes the interpreter 6 ms, and on
a busy machine far longer: too much for the moment in which somebody waits for a page."""


def read_ahead() -> None:
    """Read them all. For a thread of its own; whoever asks meanwhile reads for themselves."""
    for read in TABLES:
        read()
