"""Chip cards in a CardReader service: read by the logic shared with PC/SC, and given back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xfs_bench import Told, context, opened, refusal, simulated, until

from drivers.results import Ok
from drivers.status import MediaState
from drivers.xfs import XfsCardReader
from drivers.xfs.chip import protocol_for
from drivers.xfs.simulated_card_reader import CardSlot, Kind
from drivers.xfs.simulated_services import Machine
from drivers.xfs.simulator import XfsSimulator


@pytest.fixture
def simulator() -> Iterator[XfsSimulator]:
    with simulated() as running:
        yield running


def at_slot(slot: CardSlot) -> Any:
    return simulated(machine=Machine(slot))


def reader_at(simulator: XfsSimulator, told: Told | None = None, **options: Any) -> XfsCardReader:
    adapter: XfsCardReader = opened(
        XfsCardReader(context(told, service=simulator.service("cardReader"), **options))
    )
    return adapter


def names(simulator: XfsSimulator) -> list[str]:
    return [message.name for message in simulator.received if "CardReader" in message.name]


@pytest.mark.parametrize("card", ["social_security", "social_security_t0"])
def test_a_social_security_card_is_read_and_given_back(simulator: XfsSimulator, card: str) -> None:
    told = Told()
    reader = reader_at(simulator, told)
    simulator.command("insert_card", card=card)
    result = reader.read_social_card(20)
    at_exit = reader.status()
    simulator.command("take_card")
    until(lambda: reader.status().media is MediaState.NOT_PRESENT)
    reader.close()
    assert isinstance(result, Ok)
    assert result.value.card_number == "S00000001"
    assert at_exit.media is MediaState.ENTERING
    assert at_exit.failure is None
    assert told.names == ["card_found", "card_ejected", "card_taken"]
    assert names(simulator)[-2:] == ["CardReader.ChipPower", "CardReader.Move"]
    assert simulator.machine.slot.where == "outside"


@pytest.mark.parametrize(
    ("kind", "card", "protocols", "spoken"),
    [
        ("motor", "bank", ("chipT0", "chipT1"), "chipT0"),
        ("latchedDip", "bank", ("chipT1", "chipProtocolNotRequired"), "chipProtocolNotRequired"),
        ("dip", "bank", ("chipT0",), "chipT0"),
        ("contactless", "bank_contactless", ("chipTypeB", "chipTypeAPart4"), "chipTypeAPart4"),
    ],
)
def test_a_bank_card_in_every_kind_of_reader(
    kind: Kind, card: str, protocols: tuple[str, ...], spoken: str
) -> None:
    slot = CardSlot(kind, protocols)
    with at_slot(slot) as simulator:
        reader = reader_at(simulator)
        simulator.command("insert_card", card=card)
        result = reader.read_bank_card(20)
        reader.close()
    assert isinstance(result, Ok)
    assert result.value.masked_number == "620000******0005"
    assert set(slot.spoken) == {spoken}
    assert ("CardReader.Move" in names(simulator)) is (kind in ("motor", "latchedDip"))


def test_a_card_that_comes_during_the_wait(simulator: XfsSimulator) -> None:
    told = Told()
    reader = reader_at(simulator, told)
    simulator.command("fault", name="CardReader.ReadRawData", kind="flood")
    simulator.command("insert_card", card="bank")
    assert isinstance(reader.read_bank_card(20), Ok)
    reader.close()


def test_nobody_puts_a_card_in(simulator: XfsSimulator) -> None:
    told = Told()
    reader = reader_at(simulator, told)
    result = reader.read_bank_card(0.4)
    reader.close()
    assert refusal(result).code == "smartcard.none"
    assert told.names == ["insert_card"]
    assert "CardReader.Move" not in names(simulator)


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ("mute", "smartcard.mute"),
        ("garbage", "smartcard.unreadable"),
        ("social_security_psam", "smartcard.needs_authentication"),
        ("bank", "smartcard.unsupported"),
    ],
)
def test_a_card_that_cannot_be_read_is_given_back_too(
    simulator: XfsSimulator, card: str, code: str
) -> None:
    reader = reader_at(simulator)
    simulator.command("insert_card", card=card)
    result = reader.read_social_card(20)
    reader.close()
    assert refusal(result).code == code
    assert simulator.machine.slot.where == "exit"


@pytest.mark.parametrize("kind", ["motor", "dip"])
@pytest.mark.strikes("xfs-card-reader: withdrawn")
def test_a_card_withdrawn_between_two_commands(kind: Kind) -> None:
    with at_slot(CardSlot(kind)) as simulator:
        reader = reader_at(simulator)
        simulator.command("insert_card", card="social_security")
        simulator.command("withdraw", exchanges=3)
        result = reader.read_social_card(20)
        reader.close()
    assert refusal(result).code == "smartcard.removed"
    assert names(simulator).count("CardReader.ChipIO") == 4


def test_a_jam_is_told_and_one_reset_tried(simulator: XfsSimulator) -> None:
    reader = reader_at(simulator)
    simulator.command("insert_card", card="bank")
    simulator.command("fault", name="CardReader.Move", kind="error", code="mediaJam")
    stuck = reader.read_bank_card(20)
    simulator.command("jam")
    status = reader.status()
    again = reader.read_bank_card(20)
    simulator.command("clear_jam")
    until(lambda: reader.status().failure is None)
    reader.close()
    assert [refusal(stuck).code, refusal(again).code] == ["smartcard.jam"] * 2
    assert (status.media, status.failure) == (MediaState.JAMMED, "smartcard.jam")
    assert names(simulator).count("CardReader.Reset") == 1


def test_a_card_that_is_kept_is_told_until_the_next_one(simulator: XfsSimulator) -> None:
    reader = reader_at(simulator)
    simulator.command("insert_card", card="bank")
    simulator.command("fault", name="CardReader.Move", kind="error", code="mediaRetained")
    kept = reader.read_bank_card(20)
    status = reader.status()
    simulator.command("insert_card", card="bank")
    after = reader.read_bank_card(20)
    reader.close()
    assert refusal(kept).code == "smartcard.retained"
    assert status.failure == "smartcard.retained"
    assert isinstance(after, Ok)


def test_a_forgotten_card_is_reported_and_not_read_for_the_next_person(
    simulator: XfsSimulator,
) -> None:
    told = Told()
    reader = reader_at(simulator, told, take_s=0.01)
    simulator.command("insert_card", card="bank")
    assert isinstance(reader.read_bank_card(20), Ok)
    until(lambda: reader.status().failure == "smartcard.not_taken")
    next_person = reader.read_bank_card(0.4)
    simulator.command("take_card")
    simulator.command("insert_card", card="bank")
    after = reader.read_bank_card(20)
    reader.close()
    assert refusal(next_person).code == "smartcard.not_taken"
    assert "take_card" in told.names
    assert isinstance(after, Ok)
    assert names(simulator).count("CardReader.ReadRawData") == 2


@pytest.mark.parametrize(
    ("command", "kind", "code", "expected"),
    [
        ("ReadRawData", "error", "cardCollision", "smartcard.unreadable"),
        ("ReadRawData", "error", "cardTooLong", "smartcard.unsupported"),
        ("ReadRawData", "error", "shutterFail", "device.offline"),
        ("ReadRawData", "error", "noMedia", "smartcard.removed"),
        ("ChipIO", "error", "invalidData", "smartcard.unreadable"),
        ("ChipIO", "error", "timeOut", "smartcard.mute"),
        ("ChipIO", "error", "protocolNotSupported", "device.misconfigured"),
        ("ChipIO", "error", "deviceNotReady", "device.offline"),
        ("ChipIO", "broken_json", "", "device.protocol"),
        ("ChipIO", "invalid_payload", "", "device.protocol"),
        ("ChipIO", "killed", "", "device.gone"),
        ("Move", "killed", "", "device.gone"),
        ("Move", "error", "shutterFail", "device.offline"),
    ],
)
def test_what_strikes_a_reading(
    simulator: XfsSimulator, command: str, kind: str, code: str, expected: str
) -> None:
    reader = reader_at(simulator)
    simulator.command("insert_card", card="bank")
    simulator.command("fault", name=f"CardReader.{command}", kind=kind, code=code)
    result = reader.read_bank_card(20)
    reader.close()
    assert refusal(result).code == expected


def test_a_card_left_by_a_process_that_ended_is_given_back_at_the_opening(
    simulator: XfsSimulator,
) -> None:
    reader = reader_at(simulator)
    simulator.command("insert_card", card="bank")
    simulator.command("fault", name="CardReader.ChipIO", kind="killed")
    assert refusal(reader.read_bank_card(20)).code == "device.gone"
    assert simulator.machine.slot.where == "inside"
    opened(reader)
    reader.close()
    assert simulator.machine.slot.where == "exit"


@pytest.mark.parametrize(
    ("kind", "code"), [("killed", "device.gone"), ("broken_json", "device.protocol")]
)
def test_a_wire_that_breaks_while_a_card_is_given_back_is_no_opening(
    simulator: XfsSimulator, kind: str, code: str
) -> None:
    simulator.command("insert_card", card="bank")
    simulator.command("fault", name="CardReader.Move", kind=kind)
    reader = XfsCardReader(context(service=simulator.service("cardReader")))
    assert refusal(reader.open()).code == code
    opened(reader).close()
    assert simulator.machine.slot.where == "exit"


def test_who_leaves_gets_the_card_back(simulator: XfsSimulator) -> None:
    told = Told()

    def gone() -> bool:
        return "card_found" in told.names

    reader = XfsCardReader(context(told, gone, service=simulator.service("cardReader")))
    opened(reader)
    simulator.command("insert_card", card="social_security")
    result = reader.read_social_card(20)
    reader.close()
    assert refusal(result).code == "device.cancelled"
    assert simulator.machine.slot.where == "exit"


@pytest.mark.parametrize(
    ("slot", "versions", "detail"),
    [
        (CardSlot(protocols=()), {}, "the reader speaks no chip protocol"),
        (
            CardSlot(),
            {"CardReader.Move": ()},
            "the reader holds cards, and the service offers no CardReader.Move",
        ),
        (CardSlot(), {"CardReader.ChipIO": ()}, "the service does not offer CardReader.ChipIO"),
    ],
)
def test_a_reader_that_cannot_is_refused_at_the_opening(
    slot: CardSlot, versions: dict[str, tuple[str, ...]], detail: str
) -> None:
    with simulated(machine=Machine(slot), versions=versions) as simulator:
        failure = refusal(XfsCardReader(context(publisher=simulator.address)).open())
    assert (failure.code, failure.detail) == ("device.misconfigured", detail)


def test_nothing_of_a_card_is_in_a_failure_or_the_status(simulator: XfsSimulator) -> None:
    reader = reader_at(simulator)
    simulator.command("insert_card", card="garbage")
    failure = refusal(reader.read_social_card(20))
    texts = [failure.detail, reader.status().detail, repr(simulator.received)]
    reader.close()
    assert not [text for text in texts if "C0C1" in text.upper() or "wMHC" in text]


@given(st.binary(max_size=40))
def test_every_answer_to_reset_leads_to_an_offered_protocol(atr: bytes) -> None:
    offered = frozenset({"chipT0", "chipT1"})
    assert protocol_for(atr, offered) in offered


@pytest.mark.parametrize(
    ("atr", "protocol"),
    [("3B6500009C11010103", "chipT0"), ("3B80800101", "chipT0"), ("3BF01100FF0100", "chipT1")],
)
def test_the_first_protocol_an_answer_to_reset_names(atr: str, protocol: str) -> None:
    assert protocol_for(bytes.fromhex(atr), frozenset({"chipT0", "chipT1"})) == protocol
