"""The adapters on PC/SC at virtual cards in a real pcscd: every card, every way it can go wrong."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pcsc_bench import adapter, code_of, fresh_simulator, id_adapter, until
from smartcard import scard

from drivers.flight.entry import Direction
from drivers.ports import BankCard, IdDocument, SmartCardReader, SocialSecurityCard
from drivers.results import Ok
from drivers.sdt.cards import demo_card
from drivers.smartcard import PcscSimulator
from drivers.smartcard.pcscd import READERS
from drivers.smartcard.redaction import ApduRedactor
from drivers.smartcard.service import disconnect, establish, release
from drivers.smartcard.usb_reader import USB_READERS
from drivers.status import DeviceState, MediaState

READ_S = 15.0


@pytest.fixture
def simulator() -> PcscSimulator:
    return fresh_simulator()


def read_social(simulator: PcscSimulator, card: str, **options: Any) -> object:
    simulator.command("insert_card", card=card)
    with adapter(simulator, **options) as (reader, _):
        return reader.read_social_card(READ_S)


@pytest.mark.parametrize("card", ["social_security", "social_security_t0"])
def test_a_social_security_card_is_read(simulator: PcscSimulator, card: str) -> None:
    with adapter(simulator) as (reader, bench):
        assert isinstance(reader, SmartCardReader)
        assert reader.status().media is MediaState.NOT_PRESENT
        simulator.command("insert_card", card=card)
        result = reader.read_social_card(READ_S)
        assert isinstance(result, Ok)
        assert isinstance(result.value, SocialSecurityCard)
        assert (result.value.name, result.value.card_number) == ("陈秋实", "S00000001")
        assert bench.events == ["card_found"]
        assert reader.status().media is MediaState.PRESENT
        simulator.command("withdraw_card")
        until(lambda: reader.status().media is MediaState.NOT_PRESENT)


@pytest.mark.parametrize("card", ["bank", "bank_contactless"])
def test_a_bank_card_is_read_twice_alike(simulator: PcscSimulator, card: str) -> None:
    simulator.command("insert_card", card=card)
    with adapter(simulator) as (reader, _):
        for _ in range(2):
            expected = BankCard("620000******0005", "A000000333010101")
            assert reader.read_bank_card(READ_S) == Ok(expected)


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ("social_security_psam", "smartcard.needs_authentication"),
        ("bank", "smartcard.unsupported"),
        ("mute", "smartcard.mute"),
        ("garbage", "smartcard.unreadable"),
    ],
)
def test_a_card_that_gives_no_record_says_why(
    simulator: PcscSimulator, card: str, code: str
) -> None:
    assert code_of(read_social(simulator, card)) == code


def test_no_card_and_a_wait_given_up(simulator: PcscSimulator) -> None:
    with adapter(simulator) as (reader, bench):
        assert code_of(reader.read_bank_card(0.2)) == "smartcard.none"
        bench.cancel.set()
        assert code_of(reader.read_bank_card(READ_S)) == "device.cancelled"
        assert bench.events == []


@pytest.mark.parametrize("kind", ["withdraw_after", "withdraw_during"])
@pytest.mark.parametrize("after", [0, 3])
@pytest.mark.strikes("pcsc-smart-card: withdrawn")
def test_a_card_withdrawn_is_told_as_that(simulator: PcscSimulator, kind: str, after: int) -> None:
    simulator.command("fault", kind=kind, after=after)
    assert code_of(read_social(simulator, "social_security_t0")) == "smartcard.removed"


@pytest.mark.strikes("pcsc-smart-card: slow")
def test_trouble_that_passes_is_got_over(simulator: PcscSimulator) -> None:
    for kind, more in (("status", {"status": 0x6F00}), ("cut", {}), ("slow", {"seconds": 0.3})):
        simulator.command("fault", kind=kind, after=2, **more)
        assert isinstance(read_social(simulator, "social_security"), Ok)
        assert simulator.state()["faults"] == []


@pytest.mark.parametrize("kind", ["status", "cut"])
def test_trouble_that_stays_is_unreadable(simulator: PcscSimulator, kind: str) -> None:
    simulator.command("fault", kind=kind, after=2, count=100)
    assert code_of(read_social(simulator, "social_security")) == "smartcard.unreadable"


@pytest.mark.strikes("pcsc-smart-card: silence")
def test_a_card_that_hangs_is_mute_until_it_is_taken_out(simulator: PcscSimulator) -> None:
    simulator.command("insert_card", card="bank")
    simulator.command("fault", kind="hang", after=1)
    with adapter(simulator, answer_s=0.3) as (reader, _):
        assert code_of(reader.read_bank_card(READ_S)) == "smartcard.mute"
        status = reader.status()
        assert (status.device, status.failure) == (DeviceState.HARDWARE_ERROR, "smartcard.mute")
        assert code_of(reader.read_bank_card(READ_S)) == "smartcard.mute"
        simulator.command("withdraw_card")
        until(lambda: reader.status().failure is None)
        simulator.command("insert_card", card="bank")
        until(lambda: reader.status().media is MediaState.PRESENT)
        assert isinstance(reader.read_bank_card(READ_S), Ok)


def test_a_card_left_hanging_by_another_holds_up_nobody_for_ever(simulator: PcscSimulator) -> None:
    simulator.command("insert_card", card="bank")
    simulator.command("fault", kind="hang", after=1)
    with adapter(simulator, answer_s=0.3) as (reader, _):
        assert code_of(reader.read_bank_card(READ_S)) == "smartcard.mute"
    with adapter(simulator, answer_s=0.3) as (reader, _):
        assert code_of(reader.read_bank_card(READ_S)) == "device.busy_elsewhere"
        simulator.command("clear_faults")
        # The reading before lets the card go as soon as its command has come back.
        until(lambda: not [t for t in threading.enumerate() if t.name == "pcsc-worker"][1:])
        assert isinstance(reader.read_bank_card(READ_S), Ok)


def test_the_time_limit_of_an_operation_holds(simulator: PcscSimulator) -> None:
    simulator.command("insert_card", card="bank")
    simulator.command("fault", kind="hang", after=1)
    with adapter(simulator) as (reader, bench):
        until(lambda: reader.status().media is MediaState.PRESENT)
        assert code_of(reader.read_bank_card(0.4)) == "device.timeout"
        assert bench.events == ["card_found"]


def test_a_reading_can_be_given_up_at_a_hanging_card(simulator: PcscSimulator) -> None:
    simulator.command("insert_card", card="bank")
    simulator.command("fault", kind="hang", after=1)
    with adapter(simulator) as (reader, bench), ThreadPoolExecutor(1) as pool:
        running = pool.submit(reader.read_bank_card, READ_S)
        until(lambda: simulator.state()["commands"][0] == 2)
        bench.cancel.set()
        assert code_of(running.result(READ_S)) == "device.cancelled"


@pytest.mark.parametrize("number", [9, 15])
@pytest.mark.strikes("pcsc-smart-card: killed")
def test_pcscd_killed_during_a_command_and_back_again(
    simulator: PcscSimulator, number: int
) -> None:
    simulator.command("insert_card", card="bank")
    simulator.command("fault", kind="hang", after=1)
    with adapter(simulator) as (reader, bench), ThreadPoolExecutor(1) as pool:
        running = pool.submit(reader.read_bank_card, READ_S)
        until(lambda: simulator.state()["commands"][0] == 2)
        simulator.command("kill_service", number=number)
        assert code_of(running.result(READ_S)) == "device.offline"
        until(lambda: reader.status().failure == "device.offline")
        assert code_of(bench.make().open()) == "device.offline"
        simulator.command("start_service")
        until(lambda: reader.status().failure is None)
        assert isinstance(reader.read_bank_card(READ_S), Ok)


def test_pcscd_killed_while_a_card_is_awaited(simulator: PcscSimulator) -> None:
    with adapter(simulator) as (reader, _), ThreadPoolExecutor(1) as pool:
        running = pool.submit(reader.read_bank_card, READ_S)
        simulator.command("kill_service")
        assert code_of(running.result(READ_S)) == "device.offline"


def test_a_reader_that_is_taken_away_is_gone(simulator: PcscSimulator) -> None:
    with adapter(simulator) as (reader, bench):
        simulator.command("unplug")
        until(lambda: reader.status().failure == "device.gone")
        assert reader.status().device is DeviceState.NO_DEVICE
        assert code_of(reader.read_bank_card(READ_S)) == "device.gone"
        assert code_of(bench.make().open()) == "device.gone"
        simulator.command("insert_card", card="bank")
        simulator.command("replug")
        assert isinstance(bench.make().open(), Ok)


def ended_by_pull(result: object) -> bool:
    """Gone, or read to its end: once the hung command is let go, pcscd may pass the few that are left
    before it takes the reader away."""
    return isinstance(result, Ok) or code_of(result) == "device.gone"


@pytest.mark.strikes("pcsc-smart-card: unplug, power_cycle")
def test_a_reader_pulled_in_mid_read_is_gone_and_used_again_when_it_is_back(
    simulator: PcscSimulator,
) -> None:
    simulator.command("plug_usb", card="social_security_t0")
    with (
        adapter(simulator, reader=USB_READERS[0]) as (reader, _),
        ThreadPoolExecutor(1) as pool,
    ):
        simulator.command("fault", kind="hang", after=3, slot=2)
        running = pool.submit(reader.read_social_card, READ_S)
        until(lambda: simulator.state()["commands"][2] == 4)
        simulator.command("unplug_usb")
        # vpcd, unlike a USB driver, lets the command end first.
        simulator.command("clear_faults")
        assert ended_by_pull(running.result(READ_S))
        until(lambda: reader.status().failure == "device.gone")
        assert code_of(reader.read_social_card(READ_S)) == "device.gone"
        simulator.command("plug_usb")
        until(lambda: reader.status().failure is None)
        assert isinstance(reader.read_social_card(READ_S), Ok)
        simulator.command("kill_service")
        until(lambda: reader.status().failure == "device.offline")
        simulator.command("start_service")
        until(lambda: reader.status().failure is None)
        assert isinstance(reader.read_social_card(READ_S), Ok)


@pytest.mark.parametrize("pattern", ["00 01", "virtual*01", "VIRTUAL PCD 00 0[1]"])
def test_only_readers_of_the_name_are_used(simulator: PcscSimulator, pattern: str) -> None:
    simulator.command("insert_card", card="bank", slot=0)
    if "[" in pattern:
        with (
            pytest.raises(AssertionError, match=r"device\.gone"),
            adapter(simulator, reader=pattern),
        ):
            pass
        return
    with adapter(simulator, reader=pattern) as (reader, _):
        until(lambda: reader.status().media is MediaState.NOT_PRESENT)
        assert code_of(reader.read_bank_card(0.8)) == "smartcard.none"
        simulator.command("insert_card", card="bank", slot=1)
        assert isinstance(reader.read_bank_card(READ_S), Ok)
        info = reader.device_info(1.0)
        assert isinstance(info, Ok)
        assert (info.value.model, info.value.facts) == (READERS[1], ((READERS[1], "card"),))


def test_a_card_held_by_another_program_is_busy(simulator: PcscSimulator) -> None:
    simulator.command("insert_card", card="bank")
    with adapter(simulator) as (reader, _):
        until(lambda: reader.status().media is MediaState.PRESENT)
        _, context = establish()
        code, card, _ = scard.SCardConnect(
            context, READERS[0], scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_ANY
        )
        assert code == scard.SCARD_S_SUCCESS
        assert code_of(reader.read_bank_card(READ_S)) == "device.busy_elsewhere"
        disconnect(card)
        release(context)
        assert isinstance(reader.read_bank_card(READ_S), Ok)


@pytest.mark.parametrize(
    ("options", "key"),
    [({"answer_s": 0}, "answer_s"), ({"raeder": "x"}, "raeder"), ({"reader": 7}, "reader")],
)
def test_wrong_settings_are_refused_by_their_key(
    simulator: PcscSimulator, options: dict[str, Any], key: str
) -> None:
    with pytest.raises(AssertionError, match=rf"device\.misconfigured.*{key}"):
        adapter(simulator, **options).__enter__()


# --- combined ID-card readers -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["resident", "foreigner_2023"])
def test_a_resident_record_is_read(simulator: PcscSimulator, name: str) -> None:
    photo = bytes(range(256)) * 4
    simulator.command("insert_card", card=demo_card(name, photo))
    with id_adapter(simulator) as (reader, bench):
        result = reader.read_card(READ_S)
        assert result == Ok(demo_card(name, photo))
        assert isinstance(result.value, IdDocument)
        assert bench.events == ["card_found"]


@pytest.mark.strikes("pcsc-id-card: withdrawn")
def test_trouble_with_an_id_card_has_its_own_words(simulator: PcscSimulator) -> None:
    with id_adapter(simulator) as (reader, _):
        assert code_of(reader.read_card(0.1)) == "idcard.none"
        for card, code in (
            ("bank", "idcard.unknown_type"),
            ("mute", "idcard.unreadable"),
            ("resident:elder", "idcard.removed"),
        ):
            if code == "idcard.removed":
                simulator.command("fault", kind="withdraw_after", after=2)
            simulator.command("insert_card", card=card)
            assert code_of(reader.read_card(READ_S)) == code
            simulator.command("withdraw_card")
            until(lambda: reader.status().media is MediaState.NOT_PRESENT)


@pytest.mark.strikes("pcsc-id-card: silence, slow, killed")
def test_what_strikes_the_reading_of_an_id_card(simulator: PcscSimulator) -> None:
    with id_adapter(simulator, answer_s=0.3) as (reader, _):
        simulator.command("fault", kind="slow", after=1, seconds=0.1)
        simulator.command("insert_card", card="resident:elder")
        assert isinstance(reader.read_card(READ_S), Ok)
        simulator.command("fault", kind="hang", after=1)
        simulator.command("insert_card", card="resident:elder")
        assert code_of(reader.read_card(READ_S)) == "idcard.unreadable"
        simulator.command("withdraw_card")
        until(lambda: reader.status().failure is None)
    with id_adapter(simulator) as (reader, _), ThreadPoolExecutor(1) as pool:
        simulator.command("fault", kind="hang", after=1)
        simulator.command("insert_card", card="resident:elder")
        running = pool.submit(reader.read_card, READ_S)
        until(lambda: simulator.state()["commands"][0] == 2)
        simulator.command("kill_service")
        assert code_of(running.result(READ_S)) == "device.offline"
        simulator.command("start_service")
        until(lambda: reader.status().failure is None)


@pytest.mark.strikes("pcsc-id-card: unplug, power_cycle")
def test_a_reader_pulled_while_an_id_card_is_read(simulator: PcscSimulator) -> None:
    simulator.command("plug_usb", card="resident:elder")
    with (
        id_adapter(simulator, reader=USB_READERS[0]) as (reader, _),
        ThreadPoolExecutor(1) as pool,
    ):
        simulator.command("fault", kind="hang", after=3, slot=2)
        running = pool.submit(reader.read_card, READ_S)
        until(lambda: simulator.state()["commands"][2] == 4)
        simulator.command("unplug_usb")
        simulator.command("clear_faults")
        assert ended_by_pull(running.result(READ_S))
        until(lambda: reader.status().failure == "device.gone")
        simulator.command("plug_usb", card="resident:elder")
        until(lambda: reader.status().failure is None)
        assert isinstance(reader.read_card(READ_S), Ok)


# --- what is kept of a talk ---------------------------------------------------------------------


def test_a_recording_holds_nobody(simulator: PcscSimulator) -> None:
    tapped: list[tuple[Direction, bytes]] = []
    for card, operation in (
        ("social_security_t0", "read_social_card"),
        ("bank", "read_bank_card"),
        ("bank_contactless", "read_bank_card"),
    ):
        simulator.command("insert_card", card=card)
        with adapter(simulator) as (reader, bench):
            assert isinstance(getattr(reader, operation)(READ_S), Ok)
        simulator.command("withdraw_card")
        tapped += bench.tapped
    redactor = ApduRedactor()
    kept = [e for way, data in tapped for e in redactor.take(0.0, way, data)]
    together = b"".join(entry.data for entry in kept)
    for secret in (
        "陈秋实".encode("gbk"),
        b"4405991988",
        bytes.fromhex("6200000000000005"),
        b"S0000",
    ):
        assert secret in b"".join(data for _, data in tapped)
        assert secret not in together
    assert b"\x90\x00" in together
    assert b"1PAY.SYS.DDF01" in together
    assert max(len(entry.data) for entry in kept if entry.direction == "in") == 2


def test_closing_leaves_no_thread_behind(simulator: PcscSimulator) -> None:
    before = set(threading.enumerate())
    with adapter(simulator):
        assert len(set(threading.enumerate()) - before) >= 2
    until(lambda: not set(threading.enumerate()) - before)
