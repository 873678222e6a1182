"""What the flight recorder keeps of boards, supplies and scanners."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from drivers.flight import Entry, Redactor
from drivers.indicator.lines import EVENT, REQUEST, Line, encode
from drivers.indicator.redaction import PanelRedactor
from drivers.ups.redaction import NutRedactor

REQUESTED = encode(Line(REQUEST, 7, ("LIGHT", "CARD", "FLASH", "10")))
TOLD = encode(Line(EVENT, 0, ("NEAR",)))


def kept(redactor: Redactor, *pieces: bytes, direction: str = "in") -> list[Entry]:
    entries: list[Entry] = []
    for number, piece in enumerate(pieces):
        entries += redactor.take(float(number), "out" if direction == "out" else "in", piece)
    return entries


def test_sound_lines_of_a_board_are_kept_and_noise_is_not() -> None:
    redactor = PanelRedactor()
    assert kept(redactor, REQUESTED, direction="out") == [Entry(0.0, "out", REQUESTED)]
    assert kept(redactor, TOLD[:4], b"" + TOLD[4:]) == [Entry(1.0, "in", TOLD)]
    damaged = TOLD.replace(b"NEAR", b"NEUR")
    assert kept(redactor, damaged) == [Entry(0.0, "in", b"", len(damaged))]


def test_a_supply_is_kept_without_its_serial_number() -> None:
    lines = [
        b"BEGIN LIST VAR ups\n",
        b'VAR ups ups.status "OB DISCHRG"\n',
        b'VAR ups battery.charge "42"\n',
        b'VAR ups ups.serial "SN-0001"\n',
        b"ERR DATA-STALE\n",
    ]
    entries = kept(NutRedactor(), b"".join(lines))
    assert [entry.data for entry in entries] == [*lines[:3], b"", lines[4]]
    assert entries[3].elided == len(lines[3])
    assert kept(NutRedactor(), b"LIST VAR ups\n", direction="out")[0].data == b"LIST VAR ups\n"


def test_a_line_without_end_is_given_up_and_counted() -> None:
    entries = kept(NutRedactor(), b"x" * 3000, b"x" * 3000, b"ERR DATA-STALE\n")
    assert [(entry.data, entry.elided) for entry in entries] == [
        (b"", 6000),
        (b"ERR DATA-STALE\n", 0),
    ]


@given(st.sampled_from([PanelRedactor, NutRedactor]), st.lists(st.binary(max_size=80), max_size=12))
def test_no_other_bytes_are_kept(make: Callable[[], Redactor], pieces: list[bytes]) -> None:
    secret = "测试甲 440599199001010017\n".encode("gb18030")
    entries = kept(make(), *pieces, b"\n", secret)
    assert secret.strip() not in b"".join(entry.data for entry in entries)
    total = sum(len(entry.data) + entry.elided for entry in entries)
    assert total == sum(map(len, pieces)) + 1 + len(secret)
