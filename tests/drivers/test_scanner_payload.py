"""What is in a code: text, GS1 element strings, symbology identifiers, the wedge, the assembler."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.failures import describe
from drivers.ports import ScannedCode, Symbology
from drivers.results import Failure, Ok
from drivers.scanner import KeyboardWedge, parse_gs1
from drivers.scanner.assembly import Assembler, Flaw, Piece
from drivers.scanner.payload import KNOWN_AIS, MAX_CODE_BYTES, SEPARATOR, check_digit, decode_text
from drivers.scanner.symbols import split_identifier

GTIN = "09521234543213"
CSET = st.text("ABCxyz019-/", min_size=1, max_size=20)


def test_a_message_of_fixed_and_variable_elements() -> None:
    text = f"{SEPARATOR}01{GTIN}1726112210ABC123{SEPARATOR}21XY-1{SEPARATOR}37050"
    result = parse_gs1(text)
    assert isinstance(result, Ok)
    assert result.value.elements == (
        ("01", GTIN), ("17", "261122"), ("10", "ABC123"), ("21", "XY-1"), ("37", "050"),
    )  # fmt: skip
    assert result.value.get("10") == "ABC123"
    assert result.value.get("00") is None
    assert "ABC123" not in repr(result)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (SEPARATOR, "empty"),
        ("0109521234543214", "(01): check digit"),
        ("01095212345432", "(01): 12 characters"),
        ("010952123454321X", "(01): not digits"),
        ("17261322", "(17): date"),
        ("17261232", "(17): date"),
        ("10", "(10): 0 characters"),
        ("10" + "A" * 21, "(10): 21 characters"),
        ("10A B", "(10): characters outside set 82"),
        ("10中", "(10): characters outside set 82"),
        (f"10A{SEPARATOR}10B", "(10): twice"),
        ("37１", "(37): not digits"),
        ("0512345", "no known application identifier"),
        ("hello", "no known application identifier"),
    ],
)
def test_what_breaks_the_structure_is_refused(text: str, why: str) -> None:
    assert parse_gs1(text) == Failure("scanner.unknown_code", why)


def test_more_than_a_symbol_holds_is_refused() -> None:
    failure = parse_gs1("1" * (MAX_CODE_BYTES + 1))
    assert isinstance(failure, Failure)
    assert failure.code == "scanner.too_long"


def test_a_flood_of_elements_is_refused() -> None:
    ais = [ai for ai in KNOWN_AIS if ai.startswith("3") and len(ai) == 4][:41]
    assert parse_gs1("".join(f"{ai}000001" + SEPARATOR for ai in ais)) == Failure(
        "scanner.unknown_code", "too many elements"
    )


def test_check_digits_of_published_examples() -> None:
    assert check_digit("0952123454321") == "3"
    assert check_digit("629104150021") == "3"
    assert check_digit("37610425002123456") == "9"


@given(CSET, CSET, st.integers(0, 99))
def test_what_was_put_in_comes_out(batch: str, serial: str, variant: int) -> None:
    text = f"10{batch}{SEPARATOR}20{variant:02d}01{GTIN}21{serial}"
    result = parse_gs1(text)
    assert isinstance(result, Ok)
    assert dict(result.value.elements) == {
        "10": batch, "20": f"{variant:02d}", "01": GTIN, "21": serial,
    }  # fmt: skip


@given(st.text(st.characters(max_codepoint=0x2FF) | st.sampled_from("0123\x1d"), max_size=80))
def test_no_text_breaks_the_parser(text: str) -> None:
    result = parse_gs1(text)
    if isinstance(result, Ok):
        assert result.value.elements
        assert all(ai in KNOWN_AIS for ai, _ in result.value.elements)
    else:
        describe(result.code)


@pytest.mark.parametrize(
    "data", [b"", b"  ", b"a\x00b", b"a\nb", b"\xff\xfe", b"\xc2\x85", b"\xe2\x80\xae1", b"a\x1db"]
)
def test_text_no_scanner_should_send_is_refused(data: bytes) -> None:
    result = decode_text(data, "utf-8")
    assert isinstance(result, Failure)
    assert result.code == "scanner.unreadable"


def test_text_in_the_encodings_of_the_country() -> None:
    assert decode_text("社保卡".encode("gb18030"), "gb18030") == Ok("社保卡")
    assert decode_text("林𬭎".encode(), "utf-8") == Ok("林𬭎")
    assert decode_text(b"10A\x1d21B", "utf-8", gs1=True) == Ok("10A\x1d21B")


@given(st.binary(max_size=60), st.sampled_from(["utf-8", "gb18030"]), st.booleans())
def test_accepted_text_has_no_control_characters(data: bytes, encoding: str, gs1: bool) -> None:
    result = decode_text(data, encoding, gs1=gs1)
    if isinstance(result, Ok):
        assert all(ord(c) >= 0x20 or (gs1 and c == SEPARATOR) for c in result.value)


def test_symbology_identifiers() -> None:
    assert split_identifier(b"]Q1text") == (Symbology.QR, False, b"text")
    assert split_identifier(b"]C10195") == (Symbology.CODE_128, True, b"0195")
    assert split_identifier(b"]d2x") == (Symbology.DATA_MATRIX, True, b"x")
    assert split_identifier(b"]x9y") == (Symbology.UNKNOWN, False, b"y")
    assert split_identifier(b"text") is None
    assert split_identifier(b"]") is None


def test_a_scanned_code_hides_its_content() -> None:
    assert "secret" not in repr(ScannedCode(Symbology.QR, "secret", b"secret"))


@given(st.lists(st.binary(min_size=1, max_size=12)), st.integers(1, 7))
def test_codes_survive_any_cutting_of_the_stream(codes: list[bytes], step: int) -> None:
    codes = [c.replace(b"\r", b"x").replace(b"\n", b"y") for c in codes]
    stream = b"".join(code + b"\r\n" for code in codes)
    assembler = Assembler(b"\r", 12)
    found = [
        x for at in range(0, len(stream), step) for x in assembler.feed(stream[at : at + step])
    ]
    assert found == [Piece(code) for code in codes]


@given(st.lists(st.binary(max_size=30)), st.sampled_from([b"\r", b"\r\n"]))
def test_the_assembler_never_keeps_more_than_a_code(chunks: list[bytes], end: bytes) -> None:
    assembler = Assembler(end, 8)
    for chunk in chunks:
        for item in assembler.feed(chunk):
            assert item is Flaw.TOO_LONG or (isinstance(item, Piece) and len(item.data) <= 8)
    assembler.silence()
    assert not assembler.begun
    assert assembler.feed(b"good" + end) == [Piece(b"good")]


def test_a_code_too_long_is_reported_once_and_the_next_is_whole() -> None:
    assembler = Assembler(b"\r", 8)
    found = assembler.feed(b"x" * 20) + assembler.feed(b"y" * 20) + assembler.feed(b"z\rgood\r")
    assert found == [Flaw.TOO_LONG, Piece(b"good")]


def test_silence_ends_a_begun_code() -> None:
    assembler = Assembler(b"\r", 8)
    assembler.feed(b"hal")
    assert assembler.silence() == [Flaw.PARTIAL]
    assert assembler.silence() == []
    with pytest.raises(ValueError, match="terminator"):
        Assembler(b"", 8)


class Typist:
    """Keys at times of the test's choosing."""

    def __init__(self) -> None:
        self.now = 100.0
        self.wedge = KeyboardWedge(lambda: self.now, max_length=20)

    def keys(self, text: str, gap_s: float) -> list[str]:
        codes = []
        for character in text:
            self.now += gap_s
            code = self.wedge.key(character)
            codes += [] if code is None else [code]
        return codes


def test_a_fast_burst_ended_by_enter_is_a_scan() -> None:
    typist = Typist()
    assert typist.keys("ABC-123", 0.01) == []
    assert typist.wedge.in_burst
    assert typist.wedge.key("") is None  # Shift alone
    assert typist.keys("\r", 0.01) == ["ABC-123"]
    assert not typist.wedge.in_burst


def test_slow_typing_is_none_whatever_follows() -> None:
    typist = Typist()
    assert typist.keys("12345\r", 0.12) == []
    assert typist.keys("slow", 0.12) == []
    typist.now += 1.0
    assert typist.keys("FAST\n", 0.035) == ["FAST"]


def test_short_long_and_broken_bursts_are_none() -> None:
    typist = Typist()
    assert typist.keys("abc\r", 0.01) == []
    assert typist.keys("x" * 21 + "\r", 0.01) == []
    assert typist.keys("good\r", 0.01) == ["good"]
    assert typist.keys("ab\x1bcd\r", 0.01) == []
    assert typist.keys("abcd", 0.01) == []
    assert typist.keys("\r", 0.05) == []
    with pytest.raises(ValueError, match="in order"):
        KeyboardWedge(lambda: 0.0, min_length=0)


@given(st.lists(st.tuples(st.sampled_from("abAB1\r\n\t"), st.floats(0, 0.1))))
def test_every_scan_was_fast_and_long_enough(keys: list[tuple[str, float]]) -> None:
    typist = Typist()
    run = 0
    for character, gap in keys:
        run = run + 1 if gap <= 0.03 else 1
        for code in typist.keys(character, gap):
            assert 4 <= len(code) <= 20
            # Gaps near the limit are left to rounding.
            assert run > len(code) or gap <= 0.036
