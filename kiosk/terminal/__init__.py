"""The terminal: performs a visit's effects on devices, portal and queue, off the GUI thread."""

from kiosk.terminal.loop import VisitLoop
from kiosk.terminal.terminal import Terminal, TerminalParts

__all__ = ["Terminal", "TerminalParts", "VisitLoop"]
