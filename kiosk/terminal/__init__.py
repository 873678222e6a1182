"""The terminal: performs a visit's effects on devices, portal and queue, off the GUI thread.

Names are loaded on first use: the first screen needs :class:`Front` only, and none of the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiosk.terminal.front import Front
    from kiosk.terminal.loop import VisitLoop
    from kiosk.terminal.terminal import Terminal, TerminalParts

__all__ = ["Front", "Terminal", "TerminalParts", "VisitLoop"]

_HOMES = {
    "Front": "kiosk.terminal.front",
    "Terminal": "kiosk.terminal.terminal",
    "TerminalParts": "kiosk.terminal.terminal",
    "VisitLoop": "kiosk.terminal.loop",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
