"""Staff PINs: hashes, the lock after wrong entries, and how it opens again."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.personal import Personal
from kiosk.terminal.staff import (
    LOCK_S,
    MAX_WRONG,
    StaffDesk,
    hash_pin,
    matches_nothing,
    pin_matches,
)
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev

STORED = hash_pin("482913", iterations=10)


class Desk:
    def __init__(self) -> None:
        self.now = 0.0
        self.posted: list[Any] = []
        self.desk = StaffDesk(
            {"w-07": STORED, "w-08": hash_pin("000000", iterations=10), "bad": "pbkdf2$x$y$z"},
            self.posted.append,
            monotonic=lambda: self.now,
        )

    def enter(self, pin: str) -> ev.StaffAnswered:
        self.desk.handlers()[fx.VerifyStaff](fx.VerifyStaff(3, Personal(pin)), Visit())
        answer = self.posted.pop()
        assert isinstance(answer, ev.StaffAnswered)
        assert answer.effect == 3
        return answer

    def lock(self) -> None:
        codes = [self.enter("111111").code for _ in range(MAX_WRONG)]
        assert codes == ["staff.pin_wrong"] * (MAX_WRONG - 1) + ["staff.locked"]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_right_pin_names_its_owner(desk: Desk) -> None:
    assert desk.enter("482913") == ev.StaffAnswered(3, "w-07")
    assert desk.enter("000000") == ev.StaffAnswered(3, "w-08")


@pytest.mark.parametrize("pin", ["", "48291", "4829130", "李䶮", STORED])
def test_a_wrong_pin_names_nobody(desk: Desk, pin: str) -> None:
    assert desk.enter(pin) == ev.StaffAnswered(3, "", "staff.pin_wrong")


@pytest.mark.logs(r"staff\.locked")
def test_five_wrong_entries_lock_even_the_right_pin_for_fifteen_minutes(desk: Desk) -> None:
    desk.lock()
    assert desk.enter("482913").code == "staff.locked"
    desk.now = LOCK_S - 0.1
    assert desk.enter("482913").code == "staff.locked"
    desk.now = LOCK_S
    assert desk.enter("482913").staff == "w-07"


@pytest.mark.logs(r"staff\.locked")
def test_each_further_lock_lasts_twice_as_long_until_a_right_pin(desk: Desk) -> None:
    for locks in range(4):
        start = desk.now
        desk.lock()
        desk.now = start + LOCK_S * 2**locks - 0.1
        assert desk.enter("482913").code == "staff.locked"
        desk.now = start + LOCK_S * 2**locks
    assert desk.enter("482913").staff == "w-07"
    start = desk.now
    desk.lock()
    desk.now = start + LOCK_S
    assert desk.enter("482913").staff == "w-07"


def test_a_right_pin_forgets_the_wrong_ones_before(desk: Desk) -> None:
    for _ in range(3):
        for _ in range(MAX_WRONG - 1):
            assert desk.enter("111111").code == "staff.pin_wrong"
        assert desk.enter("482913").staff == "w-07"


def test_hashes_are_salted_and_hold_no_pin() -> None:
    assert hash_pin("482913", iterations=10) != STORED
    assert "482913" not in STORED
    assert pin_matches("482913", STORED)


def test_what_matches_nothing_is_looked_at_like_any_other_entry() -> None:
    nothing = matches_nothing(iterations=10)
    assert [len(part) for part in nothing.split("$")] == [len(part) for part in STORED.split("$")]
    assert not any(pin_matches(pin, nothing) for pin in ("", "000000", "482913"))


@pytest.mark.parametrize(
    "stored",
    ["", "482913", "pbkdf2$1$aa", "pbkdf2$0$aa$bb", "pbkdf2$-1$aa$bb", "pbkdf2$" + "9" * 30 + "$aa$bb",
     "pbkdf2$10$zz$bb", "md5" + STORED[6:]],
)  # fmt: skip
def test_a_malformed_entry_matches_nothing(stored: str) -> None:
    assert not pin_matches("482913", stored)
