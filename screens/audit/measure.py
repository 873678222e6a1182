"""From pixels to millimetres and back: where a panel stands and how large it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from config.settings import PanelSection
from screens.reach import MM_PER_INCH, reach_mm

CAPITAL_TO_DISTANCE = 0.0122
"""EN 301 549, 5.1.4: a capital H subtends 0.7° at the stated viewing distance."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A screen of ``width`` × ``height`` pixels, as it is installed."""

    width: int
    height: int
    told: PanelSection

    @property
    def px_per_mm(self) -> float:
        """4.03 on 21.5 inches of full HD."""
        return hypot(self.width, self.height) / (self.told.diagonal_inch * MM_PER_INCH)

    def mm(self, px: float) -> float:
        """A length."""
        return px / self.px_per_mm

    def above_floor_mm(self, y: float) -> float:
        """Height of a row of pixels above the floor."""
        return self.told.lower_edge_mm + self.mm(self.height - y)

    @property
    def reach_mm(self) -> float:
        """The highest a control may stand for someone who is seated."""
        return reach_mm(self.told)

    @property
    def capital_mm(self) -> float:
        """How high a capital H must be, to be read from the viewing distance."""
        return CAPITAL_TO_DISTANCE * self.told.distance_mm
