"""When a receipt may say the time without a reservation."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kiosk.china import CHINA
from kiosk.terminal.clock import TOLERANCE_S, TRUSTED_S, ClockJudge

NOON = datetime(2026, 11, 26, 12, tzinfo=CHINA)


class Clocks:
    """A wall clock that can be set, a monotonic one that can't, and the right time."""

    def __init__(self, ahead_s: float = 0.0) -> None:
        self.ran_s = 0.0
        self.ahead_s = ahead_s
        self.judge = ClockJudge(self.wall, lambda: 1000.0 + self.ran_s)

    def right(self) -> datetime:
        return NOON + timedelta(seconds=self.ran_s)

    def wall(self) -> datetime:
        return self.right() + timedelta(seconds=self.ahead_s)

    def compare(self, way_s: float = 0.1) -> float | None:
        def ask() -> datetime:
            self.ran_s += way_s
            right = self.right()
            self.ran_s += way_s
            return right

        return self.judge.compare(ask)


def test_a_clock_is_not_sure_before_it_was_compared() -> None:
    clocks = Clocks()
    assert not clocks.judge.sure()
    assert clocks.judge.compare(lambda: None) is None
    assert not clocks.judge.sure()
    assert clocks.compare() == 0.0
    assert clocks.judge.sure()


@pytest.mark.parametrize("ahead", [-TOLERANCE_S - 2, TOLERANCE_S + 2, 86400.0, -86400.0 * 365])
def test_a_wrong_clock_is_never_sure(ahead: float) -> None:
    clocks = Clocks(ahead)
    assert clocks.compare() == pytest.approx(ahead, abs=0.2)
    assert not clocks.judge.sure()


def test_a_clock_set_after_the_comparison_is_not_sure_until_the_next() -> None:
    clocks = Clocks()
    clocks.compare()
    clocks.ahead_s = 3600.0
    assert not clocks.judge.sure()
    clocks.ahead_s = 2.0
    assert clocks.judge.sure()
    clocks.ahead_s = -3600.0
    clocks.compare()
    clocks.ahead_s = 0.0
    assert clocks.judge.sure(), "set right since, by an hour exactly"


def test_a_comparison_is_good_for_a_week_and_a_slow_answer_for_nothing() -> None:
    clocks = Clocks()
    clocks.compare()
    clocks.ran_s += TRUSTED_S - 1
    assert clocks.judge.sure()
    clocks.ran_s += 2
    assert not clocks.judge.sure()
    assert clocks.compare(way_s=TOLERANCE_S) is None
    assert not clocks.judge.sure()
