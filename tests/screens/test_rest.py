"""Care for the panel: nothing bright stands on one spot, and whoever comes finds it awake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kiosk.visit import Step, Visit
from kiosk.visit.model import Assistance
from screens import rest
from screens.gallery import MOMENT, to_pillow
from screens.gallery_states import settle
from screens.models import AttractModel

if TYPE_CHECKING:
    from conftest import Stage

BRIGHT = 64
"""Of 255: what is darker does not mark a panel."""
LONGEST = timedelta(minutes=3)
"""How long a pixel of the dark screen may shine without a break."""
NOBODY = Visit(step=Step.ATTRACT, assist=Assistance(reduced_motion=True))


class Wall:
    """The time in China, moved by hand."""

    def __init__(self) -> None:
        self.now = MOMENT

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(params=["portrait", "landscape"])
def hall(stage: Callable[..., Stage], request: pytest.FixtureRequest) -> tuple[Stage, Wall]:
    on, wall = stage(request.param), Wall()
    model = on.shell.models[Step.ATTRACT]
    model.forget()
    model.wall = wall
    on.show(NOBODY)
    return on, wall


Lit = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


def lit(on: Stage) -> Lit:
    """Which pixels shine, one of sixteen."""
    for _ in range(2):
        settle()
        image = to_pillow(on.shell.grab()).convert("L")
    return np.asarray(image)[::4, ::4] > BRIGHT


def corner(shining: Lit) -> tuple[int, int]:
    """Where the words begin: row and column."""
    down, across = np.flatnonzero(shining.any(axis=1)), np.flatnonzero(shining.any(axis=0))
    return int(down[0]), int(across[0])


def test_no_pixel_shines_for_long_through_a_day_without_anybody(hall: tuple[Stage, Wall]) -> None:
    on, wall = hall
    model = on.shell.models[Step.ATTRACT]
    wall.now += rest.REST_AFTER
    model.refresh()
    first, shining = rest.place(wall.now), lit(on)
    assert 0.0005 < shining.mean() < 0.05, "a dark screen with a few words"
    words, begin = on.find("restWords"), corner(shining)
    free = ((words.x() / 4 - 14) / first[0], (words.y() / 4 - 14) / first[1])

    def moved(now: datetime) -> tuple[int, int]:
        across, down = rest.place(now)
        return (
            round((down - first[1]) * free[1]),
            round((across - first[0]) * free[0]),
        )

    # The scene draws the words where the model says, so the day is computed from one picture.
    later = wall.now = wall.now + timedelta(seconds=rest.STEP_S)
    model.refresh()
    for drawn, start, by in zip(corner(lit(on)), begin, moved(later), strict=True):
        assert abs(drawn - start - by) <= 2
    standing = np.zeros(shining.shape, dtype=np.int16)
    longest = 0
    for minute in range(24 * 60):
        now = later + timedelta(seconds=rest.STEP_S * minute)
        standing = np.where(np.roll(shining, moved(now), axis=(0, 1)), standing + 1, 0)
        longest = max(longest, int(standing.max()))
    assert longest <= LONGEST / timedelta(seconds=rest.STEP_S)


def test_who_comes_near_or_touches_it_finds_it_awake(hall: tuple[Stage, Wall]) -> None:
    on, wall = hall
    model = on.shell.models[Step.ATTRACT]
    assert isinstance(model, AttractModel)
    assert not model.property("resting")
    wall.now += rest.REST_AFTER
    model.refresh()
    assert model.property("resting")
    on.show(replace(NOBODY, near=True))
    assert not model.property("resting"), "somebody is there"
    on.show(replace(NOBODY, near=False))
    assert not model.property("resting"), "and has just gone"
    wall.now += rest.REST_AFTER
    model.refresh()
    on.click("rest")
    assert not model.property("resting")
    on.click("primary")
    assert on.port.posted, "the attract screen is there again"


def test_the_attract_screen_moves_by_a_pixel_or_two_and_comes_back() -> None:
    minutes = [MOMENT + timedelta(seconds=rest.STEP_S * number) for number in range(9)]
    shifts = [rest.shift(now) for now in minutes]
    assert len(set(shifts)) == 8
    assert shifts[0] == shifts[8]
    for (x0, y0), (x1, y1) in pairwise(shifts):
        assert max(abs(x1 - x0), abs(y1 - y0)) <= 1, "too little to be seen"
