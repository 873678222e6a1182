"""What the flight recorder may keep of upsd: what a supply says of its state."""

from __future__ import annotations

import re

from drivers.flight.entry import Direction
from drivers.flight.line_redactor import LineRedactor
from drivers.ups.protocol import UPS_NAME

_UPS = UPS_NAME.pattern
_KNOWN = {
    "out": re.compile(f"LIST VAR {_UPS}"),
    "in": re.compile(
        f"(BEGIN|END) LIST VAR {_UPS}"
        "|ERR [A-Z-]{1,40}"
        rf"|VAR {_UPS} (ups\.status|battery\.(charge|runtime))(\.low)? \"[A-Z0-9. ]{{0,60}}\""
    ),
}


def _known(direction: Direction, line: bytes) -> bool:
    pattern = _KNOWN.get(direction)
    return pattern is not None and pattern.fullmatch(line.decode("latin-1")) is not None


class NutRedactor(LineRedactor):
    """Keeps questions, errors, status, charge and time left. Serial numbers and free texts of a
    supply, and whatever else answers on the port, are elided."""

    def __init__(self) -> None:
        super().__init__(_known)
