"""How high a finger reaches on a panel, of somebody who is seated."""

from __future__ import annotations

from math import hypot

from config.settings import PanelSection

MM_PER_INCH = 25.4
REACH_MM = 1220.0
REACH_BEHIND_MM = 1120.0
"""EN 301 549, 8.3: the highest control, and the highest behind an obstruction."""


def reach_mm(panel: PanelSection) -> float:
    """The highest a control may stand, above the floor."""
    return REACH_BEHIND_MM if panel.behind_obstruction else REACH_MM


def all_in_reach(panel: PanelSection, width: int, height: int) -> bool:
    """Whether the upper edge of a screen of so many pixels is in reach."""
    tall = panel.diagonal_inch * MM_PER_INCH * height / hypot(width, height)
    return panel.lower_edge_mm + tall <= reach_mm(panel)
