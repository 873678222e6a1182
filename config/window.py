"""How the terminal's window will stand, told from its files before all settings are read and checked."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

_TRIMS = Path(__file__).parent / "data" / "trims"


class WindowHint(NamedTuple):
    """As :class:`config.settings.ScreenSection` has it."""

    fullscreen: bool = True
    orientation: str = "portrait"


def window_hint(path: Path | None, trim: str | None) -> WindowHint:
    """A guess that costs a few milliseconds, while loading all of the settings costs a hundred: the
    first picture does not wait for those. Wrong files are told by :func:`config.load.load_settings`,
    which comes right after; here they mean nothing."""
    own = _table(path) if path is not None else {}
    name = trim or own.get("trim")
    known = _table(_TRIMS / f"{name}.toml") if isinstance(name, str) else {}
    hint = WindowHint()
    for layer in (known, own):
        screen = layer.get("screen")
        if isinstance(screen, dict):
            fullscreen, orientation = screen.get("fullscreen"), screen.get("orientation")
            hint = WindowHint(
                fullscreen if isinstance(fullscreen, bool) else hint.fullscreen,
                orientation if orientation in ("portrait", "landscape") else hint.orientation,
            )
    return hint


def _table(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
