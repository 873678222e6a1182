"""The 256-byte text record in its four layouts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.ports import IdDocument, IdDocumentKind
from drivers.results import Failure, Ok
from drivers.sdt import DEMO_CARDS, card_from_fields, demo_card
from drivers.sdt.record import LAYOUTS, RECORD_LENGTH, decode_record, encode_record


def _decoded(record: bytes) -> IdDocument:
    result = decode_record(record)
    assert isinstance(result, Ok), result
    return result.value


def _code(record: bytes) -> str:
    result = decode_record(record)
    assert isinstance(result, Failure)
    return result.code


def _with(record: bytes, offset: int, text: str | bytes) -> bytes:
    raw = text if isinstance(text, bytes) else text.encode("utf-16-le")
    return record[:offset] + raw + record[offset + len(raw) :]


@pytest.mark.parametrize("kind", list(IdDocumentKind))
def test_the_fields_of_a_layout_do_not_overlap(kind: IdDocumentKind) -> None:
    taken = [
        place
        for stretches in (*LAYOUTS[kind].values(), ((248, 2),))
        for offset, length in stretches
        for place in range(offset, offset + length)
    ]
    assert len(taken) == len(set(taken))
    assert max(taken) < RECORD_LENGTH


def test_a_resident_record_laid_out_by_hand() -> None:
    text = (
        "李䶮".ljust(15)
        + "2"
        + "01"
        + "19490612"
        + "汕头市样例区1号".ljust(35)
        + "440599194906123023"
        + "样例分局".ljust(15)
        + "20100612"
        + "长期".ljust(8)
    )
    document = _decoded(text.ljust(128).encode("utf-16-le"))
    assert document.kind is IdDocumentKind.RESIDENT
    assert (document.name, document.sex, document.nation) == ("李䶮", "2", "01")
    assert (document.birth, document.address) == (date(1949, 6, 12), "汕头市样例区1号")
    assert (document.number, document.issuer) == ("440599194906123023", "样例分局")
    assert (document.valid_from, document.valid_to) == (date(2010, 6, 12), None)
    assert document.long_term


@pytest.mark.parametrize("name", DEMO_CARDS)
def test_demo_cards_survive_the_record(name: str) -> None:
    assert _decoded(encode_record(demo_card(name))) == demo_card(name)


def test_the_demo_cards_cover_the_four_layouts_and_the_special_cases() -> None:
    assert {demo_card(name).kind for name in DEMO_CARDS} == set(IdDocumentKind)
    assert demo_card("elder").long_term
    expired = demo_card("expired").valid_to
    assert expired is not None
    assert expired < date(2020, 1, 1)


def _check_digit_holds(number: str) -> bool:
    values = [10 if character == "X" else int(character) for character in number]
    return sum(value << place for place, value in enumerate(reversed(values))) % 11 == 1


def test_only_the_card_meant_to_has_a_wrong_check_digit() -> None:
    eighteen = [name for name in DEMO_CARDS if len(demo_card(name).number) == 18]
    wrong = [name for name in eighteen if not _check_digit_holds(demo_card(name).number)]
    assert wrong == ["wrong_check_digit"]


def test_the_letter_decides_not_the_number() -> None:
    resident_with_permit_number = replace(
        demo_card("resident"), number=demo_card("hmt_permit").number
    )
    assert _decoded(encode_record(resident_with_permit_number)).kind is IdDocumentKind.RESIDENT
    permit_with_resident_number = replace(
        demo_card("hmt_permit"), number=demo_card("resident").number
    )
    assert _decoded(encode_record(permit_with_resident_number)).kind is IdDocumentKind.HMT_PERMIT


def test_unknown_codes_are_kept() -> None:
    odd = replace(demo_card("resident"), sex="7", nation="98")
    decoded = _decoded(encode_record(odd))
    assert (decoded.sex, decoded.nation) == ("7", "98")


@pytest.mark.parametrize("letter", ["Z", "j", "\0", "长", "\ud800"])
def test_other_letters_are_an_unknown_type(letter: str) -> None:
    raw = letter.encode("utf-16-le", "surrogatepass")
    assert _code(_with(encode_record(demo_card("resident")), 248, raw)) == "idcard.unknown_type"


@pytest.mark.parametrize("offset", [36, 188, 204])
@pytest.mark.parametrize(
    "text", ["20230229", "00000101", "2023013 ", " " * 8, "２０２３０１０１", "长期长期长期长期"]
)
def test_impossible_dates_make_the_card_unreadable(offset: int, text: str) -> None:
    assert _code(_with(encode_record(demo_card("resident")), offset, text)) == "idcard.unreadable"


def test_long_term_is_for_the_end_only() -> None:
    record = _with(encode_record(demo_card("resident")), 188, "长期      ")
    assert _code(record) == "idcard.unreadable"


@pytest.mark.parametrize(
    "raw",
    [b"\x00\xd8", b"\x00\xdc", "\n".encode("utf-16-le"), b"\x00\x00\x41\x00"],
    ids=["high surrogate alone", "low surrogate alone", "line feed", "NUL inside"],
)
def test_text_that_is_none_makes_the_card_unreadable(raw: bytes) -> None:
    result = decode_record(_with(encode_record(demo_card("resident")), 0, raw))
    assert isinstance(result, Failure)
    assert result.code == "idcard.unreadable"
    assert "name" in result.detail
    assert "陈" not in result.detail


@pytest.mark.parametrize("name", ["resident", "hmt_permit", "foreigner_2017", "foreigner_2023"])
def test_a_record_without_name_or_number_is_unreadable(name: str) -> None:
    card = demo_card(name)
    nameless = replace(card, name="", name_latin="")
    assert _code(encode_record(nameless)) == "idcard.unreadable"
    assert _code(encode_record(replace(card, number=""))) == "idcard.unreadable"


def test_padding_with_nul_is_taken_as_padding() -> None:
    record = _with(encode_record(demo_card("resident")), 0, "陈秋实".ljust(15, "\0"))
    assert _decoded(record).name == "陈秋实"


@pytest.mark.parametrize("length", [0, 255, 257, 512])
def test_other_lengths_are_unreadable(length: int) -> None:
    assert _code(bytes(length)) == "idcard.unreadable"


def test_a_surrogate_pair_across_the_two_halves_of_a_name_survives() -> None:
    name = "A" * 34 + "𬭎" + "B" * 10
    card = replace(demo_card("foreigner_2023"), name_latin=name)
    assert _decoded(encode_record(card)).name_latin == name


def test_encoding_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="name is longer"):
        encode_record(replace(demo_card("resident"), name="长" * 16))
    with pytest.raises(ValueError, match="no field nation"):
        encode_record(replace(demo_card("hmt_permit"), nation="01"))


def test_cards_from_a_dictionary() -> None:
    card = card_from_fields({"base": "elder", "name": "郑𬭎", "valid_to": "2030-01-02"}, b"photo")
    assert (card.name, card.valid_to, card.long_term) == ("郑𬭎", date(2030, 1, 2), False)
    assert card.photo == b"photo"
    assert card_from_fields({"valid_to": "长期"}).long_term
    for wrong, complaint in (
        ({"shoe_size": "43"}, "no field shoe_size"),
        ({"base": "nobody"}, "no demo card nobody"),
        ({"birth": "soon"}, "isoformat"),
        ({"kind": "alien"}, "not a valid IdDocumentKind"),
    ):
        with pytest.raises(ValueError, match=complaint):
            card_from_fields(wrong)


_characters = st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"))


def _texts(units: int) -> st.SearchStrategy[str]:
    return st.text(_characters, min_size=1, max_size=units).filter(
        lambda text: len(text.encode("utf-16-le")) <= units * 2
    )


@st.composite
def _documents(draw: st.DrawFn) -> IdDocument:
    kind = draw(st.sampled_from(list(IdDocumentKind)))
    dates = {"birth", "valid_from", "valid_to"}
    texts: dict[str, Any] = {
        name: draw(_texts(sum(length for _, length in stretches) // 2))
        for name, stretches in LAYOUTS[kind].items()
        if name not in dates
    }
    long_term = draw(st.booleans())
    base = IdDocument(
        kind=kind,
        name="",
        number="",
        sex="",
        birth=draw(st.dates()),
        valid_from=draw(st.dates()),
        valid_to=None if long_term else draw(st.dates()),
        long_term=long_term,
    )
    return replace(base, **texts)


@given(_documents())
def test_every_document_survives_its_record(document: IdDocument) -> None:
    assert _decoded(encode_record(document)) == document


@given(st.binary(min_size=RECORD_LENGTH, max_size=RECORD_LENGTH), st.sampled_from(" JIYZ"))
def test_decoding_any_bytes_never_raises(noise: bytes, letter: str) -> None:
    result = decode_record(_with(noise, 248, letter))
    assert isinstance(result, Ok | Failure)


@given(
    st.sampled_from(DEMO_CARDS),
    st.integers(0, RECORD_LENGTH - 1),
    st.binary(min_size=1, max_size=8),
)
def test_decoding_a_damaged_record_never_raises(name: str, offset: int, damage: bytes) -> None:
    result = decode_record(_with(encode_record(demo_card(name)), offset, damage)[:RECORD_LENGTH])
    assert isinstance(result, Ok | Failure)


def test_repr_of_a_document_shows_no_person() -> None:
    shown = repr(_decoded(encode_record(demo_card("resident"))))
    assert "陈秋实" not in shown
    assert "440599" not in shown
