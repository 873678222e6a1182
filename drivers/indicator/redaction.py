"""What the flight recorder may keep of a panel board: every sound line, for none is personal."""

from __future__ import annotations

from drivers.flight.entry import Direction
from drivers.flight.line_redactor import LineRedactor
from drivers.indicator.lines import decode


def _sound(direction: Direction, line: bytes) -> bool:
    return decode(line) is not None


class PanelRedactor(LineRedactor):
    """Keeps what the protocol can have said; something else on the port is elided."""

    def __init__(self) -> None:
        super().__init__(_sound)
