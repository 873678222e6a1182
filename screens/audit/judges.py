"""What a snapshot says about the requirements: geometry, text, names, ways out. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kiosk.visit.model import TextSize
from screens.audit.measure import Panel
from screens.audit.snapshot import Control, Snapshot

Fault = tuple[str, str]
"""Requirement and words."""

MAIN_MM, OTHER_MM, GAP_MM = 15.0, 12.0, 3.0
LINE_SPACING = 1.3
MOST_CHOICES = 6
ONE_TOUCH = ("language", "contrast", "textSize", "voice", "assist")
# VVSG 2.0, 7.1-G.
CAPITALS_MM = {
    TextSize.SMALL: (3.5, 4.2),
    TextSize.NORMAL: (4.8, 5.6),
    TextSize.LARGE: (6.4, 7.1),
    TextSize.LARGEST: (8.5, 9.0),
}
_ROUNDING_MM = 0.05


def targets(snap: Snapshot, panel: Panel) -> Iterator[Fault]:
    """A1: sizes of all, gaps between what is in sight together."""
    for control in snap.controls:
        least = MAIN_MM if control.primary else OTHER_MM
        short = panel.mm(min(control.box.width, control.box.height))
        if short < least - _ROUNDING_MM:
            yield "A1", f"{control.name}: {short:.1f} mm, {least:.0f} wanted"
    near = [control for control in snap.controls if control.enabled and not control.seen.empty]
    for one, other in combinations(near, 2):
        if one.listed and other.listed and not one.seen.cut(other.seen).empty:
            continue  # what a list dropped as it scrolled may still lie under what it made
        gap = panel.mm(one.seen.gap(other.seen))
        if gap < GAP_MM - _ROUNDING_MM:
            yield "A1", f"{gap:.1f} mm between {one.name} and {other.name}"


def capitals(snap: Snapshot, panel: Panel, size: TextSize) -> Iterator[Fault]:
    """A2 and A3: the smallest text in sight."""
    low, _high = CAPITALS_MM[size]
    for text in snap.words:
        if text.icon:
            continue
        height = panel.mm(text.capital)
        if height < low - _ROUNDING_MM:
            yield "A2", f"“{text.text[:16]}” {height:.1f} mm, {low} wanted"
        if size is TextSize.LARGEST and height < panel.capital_mm - _ROUNDING_MM:
            yield "A3", f"“{text.text[:16]}” {height:.1f} mm, {panel.capital_mm:.1f} wanted"


def wholeness(snap: Snapshot) -> Iterator[Fault]:
    """A3: nothing cut, nothing outside the window."""
    for text in snap.words:
        if text.fault:
            yield "A3", f"“{text.text[:24]}”: {text.fault}"
    for control in snap.controls:
        if control.listed:
            continue
        if control.box.x < -1 or control.box.x + control.box.width > snap.width + 1:
            yield "A3", f"{control.name} reaches outside the window"


def letters(snap: Snapshot) -> Iterator[Fault]:
    """A4."""
    for text in snap.words:
        if text.icon:
            continue
        if text.serif:
            yield "A4", f"“{text.text[:16]}” stands in {text.family}"
        if text.spacing < LINE_SPACING:
            yield "A4", f"“{text.text[:16]}”: lines {text.spacing:.2f} apart"


def names(snap: Snapshot) -> Iterator[Fault]:
    """A10, as far as a scene can show it."""
    for control in snap.controls:
        if control.listed and control.seen.empty:
            continue
        if not control.spoken:
            yield "A10", f"{control.name or control.kind} has no name"
        if control.role in ("", "NoRole", "Client"):
            yield "A10", f"{control.name} has no role"


def reach(snap: Snapshot, panel: Panel) -> Iterator[Fault]:
    """A18, of a look in low reach."""
    for control in snap.controls:
        if control.enabled and not control.seen.empty:
            height = panel.above_floor_mm(control.seen.y)
            if height > panel.reach_mm:
                yield "A18", f"{control.name} at {height:.0f} mm"


def one_touch(snap: Snapshot) -> Iterator[Fault]:
    """A20 and A27: each of the tools and a person, where the page is not asleep."""
    ready = [control for control in snap.controls if control.enabled and not control.seen.empty]
    for name in ONE_TOUCH:
        if not any(control.name == name for control in ready):
            yield "A20", f"no {name} button"
    if not any(calls(control) for control in ready):
        yield "A27", "no button that calls a person"


def calls(control: Control) -> bool:
    """Staff are called by the head-set, everywhere."""
    return control.glyph == "headset" or control.name == "trouble-staff"


def few_choices(snap: Snapshot) -> Iterator[Fault]:
    """A21, of a look at the largest text."""
    seen = [c for c in snap.controls if c.choice and c.enabled and not c.seen.empty]
    if len(seen) > MOST_CHOICES:
        yield "A21", f"{len(seen)} choices in view"
