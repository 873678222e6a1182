"""Signing in: two factors, each code once, and the lock that outlives a restart (S20)."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kiosk.personal import Personal
from kiosk.technician import gate
from kiosk.technician.accounts import Account, Accounts, Role, new_secret, one_time
from kiosk.technician.gate import LONGEST_LOCK_S, MOST_STRANGERS, Gate
from kiosk.terminal import staff
from kiosk.terminal.staff import LOCK_S, MAX_WRONG

pytestmark = pytest.mark.logs(r"^kiosk\.technician\.gate technician\.(refused|locked)")

PIN = "271828"
VECTORS = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
"""RFC 6238, appendix B, SHA-1, the last six of its eight digits."""


class Door:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.at = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
        self.account = Account(
            "1001", Role.REPAIR, staff.hash_pin(PIN, iterations=10), new_secret()
        )
        Accounts(folder / "accounts.json").put(self.account)
        self.records: list[tuple[str, Any]] = []
        self.gate = self.open()

    def open(self) -> Gate:
        return Gate(
            Accounts(self.folder / "accounts.json"), self.folder / "tries.json", lambda: self.at,
            lambda code, data: self.records.append((code, dict(data))),
        )  # fmt: skip

    def code(self, ahead_s: float = 0) -> str:
        return self.account.code(self.at.timestamp() + ahead_s)

    def enter(self, *, number: str = "1001", pin: str = PIN, code: str | None = None) -> object:
        return self.gate.enter(number, Personal(pin), self.code() if code is None else code)

    def later(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    monkeypatch.setattr(gate, "matches_nothing", partial(staff.matches_nothing, iterations=10))
    return Door(tmp_path)


@pytest.mark.parametrize(("at", "code"), VECTORS.items())
def test_codes_are_those_of_the_standard(at: int, code: str) -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert one_time(secret).generate(at) == code.encode()
    assert Account("1", Role.LOOK, "", secret).accepts(code, at, 0) == at // 30


def test_both_factors_let_in_and_are_audited(door: Door) -> None:
    assert door.enter() == door.account
    assert door.records == [("technician.signed_in", {"who": "1001", "role": "repair"})]
    assert PIN not in repr(door.account)
    assert door.account.secret not in repr(door.account)


@pytest.mark.parametrize(
    "wrong",
    [{"pin": "271829"}, {"code": "000000"}, {"code": ""}, {"number": "1002"}, {"code": "２"}],
)
def test_anything_wrong_is_refused_alike(door: Door, wrong: dict[str, str]) -> None:
    assert door.enter(**wrong) == "technician.refused"


def test_a_code_is_good_once_and_half_a_minute_off_at_most(door: Door) -> None:
    used = door.code()
    assert door.enter(code=used) == door.account
    assert door.enter(code=used) == "technician.refused"
    assert door.enter(code=door.code(30)) == door.account  # the phone's clock is ahead
    door.later(120)
    assert door.enter(code=door.code(-60)) == "technician.refused"
    assert door.enter(code=door.code(-30)) == door.account


@pytest.mark.parametrize("number", ["1001", "1002"])
def test_five_wrong_tries_lock_twice_as_long_each_time(door: Door, number: str) -> None:
    for lasts in (LOCK_S, 2 * LOCK_S):
        said = [door.enter(number=number, pin="0" * 6) for _ in range(MAX_WRONG)]
        assert said == ["technician.refused"] * (MAX_WRONG - 1) + ["technician.locked"]
        door.later(lasts - 1)
        assert door.enter(number=number) == "technician.locked"
        door.later(2)
    assert door.enter() == door.account


def test_a_restart_does_not_unlock(door: Door) -> None:
    for _ in range(MAX_WRONG):
        door.enter(pin="0" * 6)
    door.gate = door.open()
    assert door.enter() == "technician.locked"
    used = door.code(LOCK_S + 1)
    door.later(LOCK_S + 1)
    assert door.enter(code=used) == door.account
    door.gate = door.open()
    assert door.enter(code=used) == "technician.refused"  # nor does it make a used code good


def test_a_clock_set_back_does_not_lock_for_ever(door: Door) -> None:
    for _ in range(MAX_WRONG):
        door.enter(pin="0" * 6)
    door.later(-LONGEST_LOCK_S - LOCK_S)
    assert door.enter() == door.account


def test_a_number_nobody_has_is_not_written_down_nor_kept_without_end(door: Door) -> None:
    for number in range(2 * MOST_STRANGERS):
        door.enter(number=f"9{number:05}")
    assert len(door.gate._strangers) == MOST_STRANGERS
    assert all(data == {"who": ""} for _, data in door.records)
    assert not (door.folder / "tries.json").exists()


@pytest.mark.logs(r"^kiosk\.technician\.")
@pytest.mark.parametrize("name", ["accounts.json", "tries.json"])
def test_a_spoilt_file_admits_nobody_or_forgets_the_tries(door: Door, name: str) -> None:
    (door.folder / name).write_bytes(b"{]")
    door.gate = door.open()
    expected = door.account if name == "tries.json" else "technician.refused"
    assert door.enter() == expected


def test_accounts_are_added_replaced_and_removed(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "folder" / "accounts.json")
    first, second = (Account("11", role, "x", "MFRGG") for role in (Role.LOOK, Role.MANAGE))
    accounts.put(first)
    accounts.put(second)
    assert accounts.all() == {"11": second}
    assert (tmp_path / "folder" / "accounts.json").stat().st_mode & 0o777 == 0o600
    assert accounts.remove("11")
    assert not accounts.remove("11")
    assert accounts.all() == {}


def test_roles_reach_further_one_by_one() -> None:
    assert [Role.REPAIR.covers(role) for role in Role] == [True, True, False]
