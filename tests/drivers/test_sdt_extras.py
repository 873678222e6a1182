"""Fingerprint and appended address: asked for only if wanted, and what becomes of a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from drivers.ports import AdapterContext
from drivers.results import Failure, Ok
from drivers.sdt import SdtReaderSimulator, SdtSerialReader, demo_card
from drivers.sdt.record import decode_appended_address

CARD = replace(
    demo_card("elder", bytes(1024)),
    fingerprint=bytes(range(256)) * 2,
    appended_address="广东省汕头市样例区礐石村𬭎巷九号",
)
PLAIN = replace(CARD, fingerprint=b"", appended_address="")
WAIT = 20.0

Make = Callable[..., tuple[SdtReaderSimulator, SdtSerialReader]]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[tuple[SdtReaderSimulator, SdtSerialReader]] = []

    def build(**options: Any) -> tuple[SdtReaderSimulator, SdtSerialReader]:
        simulator = SdtReaderSimulator(tmp_path / "reader")
        simulator.start()
        settings = {"port": simulator.address, "poll_s": 0.02, "answer_s": 0.3, **options}
        context = AdapterContext("reader", settings, lambda _n, _d: None, lambda: False)
        reader = SdtSerialReader(context)
        made.append((simulator, reader))
        assert reader.open() == Ok(None)
        simulator.command("lay_card", card=CARD)
        return made[-1]

    yield build
    for simulator, reader in made:
        reader.close()
        simulator.stop()


def test_nothing_extra_is_asked_unless_wanted(make: Make) -> None:
    simulator, reader = make()
    assert reader.read_card(WAIT) == Ok(PLAIN)
    asked = simulator.state()["requests"]
    assert not {"READ_TEXT_PHOTO_FINGERPRINT", "READ_APPENDED_ADDRESS"} & set(asked)


def test_both_are_read(make: Make) -> None:
    _, reader = make(fingerprint=True, appended_address=True)
    read = reader.read_card(WAIT)
    assert read == Ok(CARD)
    assert "礐石" not in repr(read)
    assert "x01" not in repr(read)


def test_a_card_without_appended_address_has_none(make: Make) -> None:
    simulator, reader = make(appended_address=True)
    simulator.command("lay_card", card=PLAIN)
    assert reader.read_card(WAIT) == Ok(PLAIN)


@pytest.mark.logs("read without fingerprint, since the reader says SW")
@pytest.mark.parametrize("sw", [0x21, 0x23, 0x24, 0x37])
def test_a_refused_fingerprint_does_not_cost_the_card(make: Make, sw: int) -> None:
    simulator, reader = make(fingerprint=True)
    simulator.command("fault", kind="status_word", step="fingerprint", sw=sw)
    assert reader.read_card(WAIT) == Ok(PLAIN)


@pytest.mark.logs("no appended address, since the reader says SW 000021")
def test_a_reader_that_knows_no_appended_address(make: Make) -> None:
    simulator, reader = make(appended_address=True)
    simulator.command("fault", kind="status_word", step="address", sw=0x21)
    assert reader.read_card(WAIT) == Ok(PLAIN)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "read_failed"}, "idcard.unreadable"),
        ({"kind": "wrong_checksum"}, "idcard.unreadable"),
        ({"kind": "sam_fault"}, "idcard.sam_fault"),
        ({"kind": "status_word", "sw": 0x77}, "device.protocol"),
    ],
)
def test_a_bad_appended_address_is_no_missing_one(
    make: Make, fault: dict[str, Any], code: str
) -> None:
    simulator, reader = make(appended_address=True)
    simulator.command("fault", step="address", **fault)
    result = reader.read_card(WAIT)
    assert isinstance(result, Failure)
    assert result.code == code


@pytest.mark.parametrize("data", [b"", b" \x00" * 34, b"\x00\xd8" * 35, b"\x07\x00" * 35])
def test_what_is_no_appended_address(data: bytes) -> None:
    result = decode_appended_address(data)
    assert isinstance(result, Failure)
    assert result.code == "idcard.unreadable"
