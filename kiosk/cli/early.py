"""The terminal's window, before anything else of the command is loaded."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from config.window import window_hint

if TYPE_CHECKING:
    from screens.opening import Opening

_open: list[Opening] = []


def open_window(arguments: Sequence[str]) -> None:
    """Show it as the options of ``kiosk run`` say, as far as they can be made out; what is wrong with
    them is told by the command, which reads them next."""
    config = _value(arguments, "--config", "-c") or os.environ.get("KIOSK_CONFIG")
    opening = _opening(Path(config) if config else None, _value(arguments, "--trim"))
    opening.first_picture()
    _open.append(opening)


def window(config: Path | None, trim: str | None) -> Opening:
    """The one that was opened early, else a new one."""
    return _open.pop() if _open else _opening(config, trim)


def _opening(config: Path | None, trim: str | None) -> Opening:
    from screens import runtime

    runtime.prepare_environment()  # before the rest is imported, which is faster then
    from screens.opening import DESIGN, Opening

    hint = window_hint(config, trim)
    return Opening(DESIGN[hint.orientation], fullscreen=hint.fullscreen)


def _value(arguments: Sequence[str], *names: str) -> str | None:
    """The last value of an option, written as one word or as two."""
    found = None
    for place, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name in names:
            found = value if equals else next(iter(arguments[place + 1 : place + 2]), None)
    return found
