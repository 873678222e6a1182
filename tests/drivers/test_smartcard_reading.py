"""Reading a social-security card, a bank card and a resident record, at simulated chips."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.ports import BankCard, IdDocument, SocialSecurityCard
from drivers.results import Failure, Ok, Result
from drivers.sdt.cards import DEMO_CARDS, demo_card
from drivers.sdt.frames import CardContent, pack_content
from drivers.sdt.record import encode_record
from drivers.smartcard import read_bank_card, read_resident_card, read_social_card
from drivers.smartcard.bank import entries_by_priority, options_data, records_of
from drivers.smartcard.simulated_cards import (
    CARDS,
    SOCIAL_RECORDS,
    BankChip,
    GarbageChip,
    ResidentCardReader,
    SimulatedCard,
    SocialSecurityChip,
    StrictT0,
)
from drivers.smartcard.social import CARD_FILE, PERSON_FILE
from drivers.smartcard.tlv import TlvError, encode, parse

Read = Callable[[Callable[[bytes], Result[bytes]]], Result[object]]
READINGS: list[Read] = [read_social_card, read_bank_card, read_resident_card]


def at(card: SimulatedCard) -> Callable[[bytes], Result[bytes]]:
    return lambda apdu: Ok(card.respond(apdu))


def code_of(result: Result[object]) -> str:
    assert isinstance(result, Failure)
    return result.code


@pytest.mark.parametrize("name", ["social_security", "social_security_t0"])
def test_the_free_records_are_read(name: str) -> None:
    person = demo_card("resident")
    assert read_social_card(at(CARDS[name]())) == Ok(
        SocialSecurityCard(
            card_number="S00000001",
            number=person.number,
            name=person.name,
            sex="1",
            nation="01",
            birth=date(1988, 2, 14),
            issued=date(2019, 5, 6),
            expires=date(2029, 5, 6),
            card_id="440500D1560000050000000000000001",
        )
    )


@pytest.mark.parametrize("chunk", [1, 7, 30, 256])
def test_chains_of_t0_are_followed(chunk: int) -> None:
    assert isinstance(read_social_card(at(StrictT0(SocialSecurityChip(), chunk))), Ok)
    # One byte at a time the directory entry alone takes dozens of commands: there the limit is.
    assert isinstance(read_bank_card(at(StrictT0(BankChip(), chunk))), Ok)


def test_what_a_card_does_not_give_stays_empty() -> None:
    bare = {tag: value for tag, value in SOCIAL_RECORDS.items() if tag in (0x08, 0x09)}
    bare[0x0D] = bytes(4)
    result = read_social_card(at(SocialSecurityChip(bare)))
    assert isinstance(result, Ok)
    assert (result.value.card_number, result.value.birth, result.value.card_id) == ("", None, "")


def test_a_locked_card_file_leaves_the_person_readable() -> None:
    result = read_social_card(at(SocialSecurityChip(locked=frozenset({CARD_FILE}))))
    assert isinstance(result, Ok)
    assert result.value.card_number == ""


@pytest.mark.parametrize("locked", [{PERSON_FILE}, {CARD_FILE, PERSON_FILE}])
def test_a_card_that_wants_a_key_says_so(locked: set[int]) -> None:
    result = read_social_card(at(SocialSecurityChip(locked=frozenset(locked))))
    assert code_of(result) == "smartcard.needs_authentication"


@pytest.mark.parametrize("status", ["6982", "6983", "6985", "6987", "6988"])
def test_the_kin_of_6982_is_told_alike(status: str) -> None:
    card = SocialSecurityChip()

    def transmit(apdu: bytes) -> Result[bytes]:
        selects = apdu[:2] == b"\x00\xa4"
        return Ok(card.respond(apdu) if selects else bytes.fromhex(status))

    assert code_of(read_social_card(transmit)) == "smartcard.needs_authentication"


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (0x08, b"44059919880214?018"),
        (0x09, b"\xff" * 0x1E),
        (0x0D, bytes.fromhex("19880230")),
        (0x07, b"short"),
    ],
)
def test_a_spoilt_record_is_unreadable_and_not_quoted(tag: int, value: bytes) -> None:
    result = read_social_card(at(SocialSecurityChip({**SOCIAL_RECORDS, tag: value})))
    assert code_of(result) == "smartcard.unreadable"
    assert isinstance(result, Failure)
    assert result.detail.startswith(f"record {tag:02X}")


def test_other_cards_are_no_social_security_card() -> None:
    for name in ("bank", "bank_contactless", "resident"):
        assert code_of(read_social_card(at(CARDS[name]()))) == "smartcard.unsupported"


# --- bank cards ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bank", "bank_contactless"])
def test_a_bank_card_gives_its_masked_number(name: str) -> None:
    expected = Ok(BankCard("620000******0005", "A000000333010101"))
    assert read_bank_card(at(CARDS[name]())) == expected


def test_a_number_of_nineteen_digits_ends_at_the_separator() -> None:
    digits = "6200000000000000000"
    for contactless in (False, True):
        result = read_bank_card(at(BankChip(digits, contactless=contactless)))
        assert result == Ok(BankCard("620000*********0000", "A000000333010101"))


def test_a_wrong_check_digit_is_no_number() -> None:
    assert code_of(read_bank_card(at(BankChip("6200000000000006")))) == "smartcard.unreadable"


def test_without_a_directory_the_known_applications_are_tried() -> None:
    card = BankChip()

    def transmit(apdu: bytes) -> Result[bytes]:
        return Ok(b"\x6a\x82" if b"PAY.SYS" in apdu else card.respond(apdu))

    assert isinstance(read_bank_card(transmit), Ok)


def test_other_cards_are_no_bank_card() -> None:
    for name in ("social_security", "social_security_t0", "resident"):
        assert code_of(read_bank_card(at(CARDS[name]()))) == "smartcard.unsupported"


def test_an_application_put_out_of_use_is_not_read() -> None:
    card = BankChip()

    def transmit(apdu: bytes) -> Result[bytes]:
        response = card.respond(apdu)
        blocked = apdu[:4] == b"\x00\xa4\x04\x00" and card.aid in apdu
        return Ok(response[:-2] + b"\x62\x83" if blocked else response)

    assert code_of(read_bank_card(transmit)) == "smartcard.unsupported"


def test_the_whole_number_is_in_nothing_that_is_returned() -> None:
    result = read_bank_card(at(CARDS["bank"]()))
    assert isinstance(result, Ok)
    assert "6200000000000005" not in repr(result)
    assert not [part for part in result.value.masked_number.split("*") if len(part) > 6]


def test_a_list_of_wishes_is_answered_in_its_lengths() -> None:
    data = options_data(bytes.fromhex("9F66049F02065F2A029A039F37049F1A039F3501"))
    assert len(data) == 4 + 6 + 2 + 3 + 4 + 3 + 1
    assert (data[:4].hex(), data[10:12].hex()) == ("26800000", "0156")
    assert (data[19:22].hex(), data[-1:].hex()) == ("000156", "24")
    assert options_data(bytes.fromhex("9F660050 00".replace(" ", ""))) == b""


@pytest.mark.parametrize("text", ["9F", "9F66", "50", "9F02FF9A03"])
def test_a_list_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(TlvError):
        options_data(bytes.fromhex(text))


def test_applications_come_in_the_cards_order() -> None:
    def entry(aid: str, priority: str) -> bytes:
        tag = encode(0x87, bytes.fromhex(priority)) if priority else b""
        return encode(0x61, encode(0x4F, bytes.fromhex(aid)) + tag)

    wanted = ["A000000333010102", "A000000333010101", "A000000333010103"]
    entries = parse(entry(wanted[2], "") + entry(wanted[1], "02") + entry(wanted[0], "01") * 2)
    assert [aid.hex().upper() for aid in entries_by_priority(list(entries))] == wanted


@given(st.binary(max_size=64))
def test_a_file_locator_names_at_most_32_records(locator: bytes) -> None:
    named = list(records_of(locator))
    assert len(named) <= 32
    assert all(1 <= sfi <= 30 and 1 <= record <= 255 for sfi, record in named)


# --- resident records ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", DEMO_CARDS)
@pytest.mark.parametrize("photo", [b"", bytes(range(256)) * 4])
def test_every_layout_is_read_in_pieces(name: str, photo: bytes) -> None:
    document = demo_card(name, photo)
    content = pack_content(CardContent(encode_record(document), photo))
    assert read_resident_card(at(ResidentCardReader(content))) == Ok(document)
    assert read_resident_card(at(StrictT0(ResidentCardReader(content), 100))) == Ok(document)


def test_a_resident_record_cut_short_is_unreadable() -> None:
    record = encode_record(demo_card("resident"))
    content = pack_content(CardContent(record, bytes(1024)))
    for cut in (300, 1283):
        assert code_of(read_resident_card(at(ResidentCardReader(content[:cut])))) == (
            "idcard.unreadable"
        )


def test_a_record_of_an_unknown_type_is_told() -> None:
    record = encode_record(demo_card("resident"), type_letter="Q")
    content = pack_content(CardContent(record))
    assert code_of(read_resident_card(at(ResidentCardReader(content)))) == "idcard.unknown_type"


@pytest.mark.parametrize("name", ["social_security", "bank", "bank_contactless", "garbage"])
def test_other_cards_are_no_resident_card(name: str) -> None:
    assert code_of(read_resident_card(at(CARDS[name]()))) == "idcard.unknown_type"


# --- whatever a card may say --------------------------------------------------------------------


def test_nonsense_is_unreadable() -> None:
    card = GarbageChip()
    assert code_of(read_social_card(at(card))) == "smartcard.unreadable"
    assert code_of(read_bank_card(at(card))) == "smartcard.unreadable"


@pytest.mark.parametrize("read", READINGS)
@pytest.mark.parametrize("answer", [b"", b"\x90", b"\x61\x10", b"\x6c\x10", b"\x01\x61\x00"])
def test_an_answer_that_is_none_or_never_ends_is_unreadable(read: Read, answer: bytes) -> None:
    assert code_of(read(lambda _: Ok(answer))).endswith(".unreadable")


@pytest.mark.parametrize("read", READINGS)
@pytest.mark.parametrize(
    "code",
    ["smartcard.none", "smartcard.removed", "smartcard.mute", "device.offline", "device.cancelled"],
)
@pytest.mark.parametrize("after", [0, 1, 4])
def test_the_wires_failure_ends_a_reading_as_it_is(read: Read, code: str, after: int) -> None:
    cards = {read_social_card: "social_security", read_bank_card: "bank"}
    card = CARDS[cards.get(read, "resident")]()
    seen = []

    def transmit(apdu: bytes) -> Result[bytes]:
        seen.append(apdu)
        return Failure(code, "pulled") if len(seen) > after else Ok(card.respond(apdu))

    assert read(transmit) == Failure(code, "pulled")
    assert len(seen) == after + 1


@given(st.sampled_from(READINGS), st.lists(st.binary(max_size=40), min_size=1, max_size=12))
def test_any_answers_give_a_result(read: Read, answers: list[bytes]) -> None:
    count = itertools.count()

    def transmit(apdu: bytes) -> Result[bytes]:
        assert 4 <= len(apdu) <= 261
        return Ok(answers[next(count) % len(answers)])

    result = read(transmit)
    assert isinstance(result, Ok | Failure)
    assert next(count) < 5000


@given(
    st.sampled_from([(read_social_card, "social_security"), (read_bank_card, "bank")]),
    st.integers(0, 40),
    st.binary(min_size=1, max_size=4),
    st.integers(0, 300),
)
def test_a_damaged_answer_never_quotes_the_card(
    reading: tuple[Read, str], step: int, noise: bytes, place: int
) -> None:
    read, name = reading
    card = CARDS[name]()
    count = itertools.count()

    def transmit(apdu: bytes) -> Result[bytes]:
        response = bytearray(card.respond(apdu))
        if next(count) == step:
            at = place % len(response)
            response[at : at + len(noise)] = noise
        return Ok(bytes(response))

    result = read(transmit)
    if isinstance(result, Failure):
        for secret in ("陈秋实", demo_card("resident").number, "6200000000000005"):
            assert secret not in result.detail


def test_an_id_document_is_not_changed_by_the_way_it_came() -> None:
    document = replace(demo_card("elder"), photo=b"")
    content = pack_content(CardContent(encode_record(document)))
    result = read_resident_card(at(ResidentCardReader(content)))
    assert isinstance(result, Ok)
    assert isinstance(result.value, IdDocument)
    assert result.value.long_term
