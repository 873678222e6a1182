"""Finding and changing a reader's line speed, on a pseudo-terminal that knows our end's speed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.ports import AdapterContext, Describable, IdDocument
from drivers.results import Failure, Ok, Result
from drivers.sdt import SdtReaderSimulator, SdtSerialReader, demo_card
from drivers.sdt.frames import SET_BAUD
from drivers.sdt.identity import SAM_NUMBER_NOTE, sam_number_text

Make = Callable[..., tuple[SdtReaderSimulator, SdtSerialReader]]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[tuple[SdtReaderSimulator, SdtSerialReader]] = []

    def build(reader_baud: int, **options: Any) -> tuple[SdtReaderSimulator, SdtSerialReader]:
        simulator = SdtReaderSimulator(tmp_path / "reader", reader_baud=reader_baud)
        simulator.start()
        settings = {"port": simulator.address, "answer_s": 0.1, "poll_s": 0.02, **options}
        reader = SdtSerialReader(
            AdapterContext("reader", settings, lambda _n, _d: None, lambda: False)
        )
        made.append((simulator, reader))
        return made[-1]

    yield build
    for simulator, reader in made:
        reader.close()
        simulator.stop()


def _opened(reader: SdtSerialReader) -> None:
    """Open it as a device host does, again and again: a busy machine's reader is slow to answer."""
    opened = reader.open()
    for _ in range(20):
        if opened == Ok(None):
            return
        assert isinstance(opened, Failure)
        assert opened.code in ("device.offline", "device.protocol")
        opened = reader.open()
    assert opened == Ok(None)


def _baud(reader: SdtSerialReader) -> str:
    info = reader.device_info(5.0)
    assert isinstance(info, Ok)
    return dict(info.value.facts)["baud"]


def _read(reader: SdtSerialReader) -> IdDocument:
    result: Result[IdDocument] = reader.read_card(20.0)
    assert isinstance(result, Ok), result
    return result.value


@pytest.mark.parametrize("baud", list(SET_BAUD))
def test_every_speed_is_found(make: Make, baud: int) -> None:
    simulator, reader = make(baud, baud="auto")
    _opened(reader)
    assert _baud(reader) == str(baud)
    simulator.command("lay_card", card="resident")
    assert _read(reader) == demo_card("resident")


def test_a_reader_at_another_speed_than_configured_is_offline(make: Make) -> None:
    _, reader = make(9600, baud=19200)
    opened = reader.open()
    assert isinstance(opened, Failure)
    assert opened.code == "device.offline"


def test_no_reader_at_any_speed(make: Make) -> None:
    simulator, reader = make(9600, baud="auto")
    simulator.command("fault", kind="silence")
    assert reader.open() == Failure("device.offline", "no sound answer at any speed")


def test_a_reader_is_switched_and_found_again(make: Make) -> None:
    simulator, reader = make(9600, baud="auto", switch_baud=115200)
    _opened(reader)
    assert _baud(reader) == "115200"
    assert simulator.state()["baud"] == 115200
    _opened(reader)
    assert simulator.state()["requests"]["SET_BAUD_115200"] == 1


@pytest.mark.logs("stays at 38400 baud: SW 000024 UNRECOGNISED")
@pytest.mark.parametrize("fault", ["status_word", "silence"])
def test_a_reader_that_does_not_switch_is_kept_at_its_speed(make: Make, fault: str) -> None:
    simulator, reader = make(38400, baud="auto", switch_baud=115200)
    simulator.command("fault", kind=fault, step="baud")
    _opened(reader)
    assert _baud(reader) == "38400"


def test_an_unplug_while_looking_is_gone(make: Make) -> None:
    simulator, reader = make(9600, baud="auto")
    simulator.command("unplug")
    opened = reader.open()
    assert isinstance(opened, Failure)
    assert opened.code == "device.gone"


@pytest.mark.parametrize(
    "options",
    [{"baud": 4800}, {"baud": "fast"}, {"baud": "auto", "switch_baud": 1}, {"switch_baud": 9600}],
)
def test_impossible_speeds_are_misconfigured(make: Make, options: dict[str, Any]) -> None:
    _, reader = make(9600, **options)
    opened = reader.open()
    assert isinstance(opened, Failure)
    assert opened.code == "device.misconfigured"


def test_the_reader_tells_who_it_is(make: Make) -> None:
    simulator, reader = make(115200)
    assert isinstance(reader, Describable)
    closed = reader.device_info(1.0)
    assert isinstance(closed, Failure)
    assert reader.open() == Ok(None)
    info = reader.device_info(5.0)
    assert isinstance(info, Ok)
    assert info.value.serial == "05.01-00000000-0-0"
    assert info.value.note == SAM_NUMBER_NOTE
    simulator.command("fault", kind="sam_fault")
    broken = reader.device_info(5.0)
    assert isinstance(broken, Failure)
    assert broken.code == "idcard.sam_fault"


def test_a_sam_number_is_five_little_endian_numbers() -> None:
    data = bytes.fromhex("0500 0300 5fca3401 39300000 d2040000")
    assert sam_number_text(data) == "05.03-20236895-12345-1234"
    with pytest.raises(ValueError, match="16 bytes"):
        sam_number_text(data[1:])
