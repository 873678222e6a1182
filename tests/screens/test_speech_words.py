"""What stands on a screen, as it is said: numbers, dates, amounts, and nobody's number in a hall."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.speech import numerals, synthesis
from screens.speech.spoken import spoken

ID = "110101199003078478"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (10_010, "一万零一十"),
        (1_000_000, "一百万"),
        (20_000_001, "二千万零一"),
        (100_020_000, "一亿零二万"),
        (-5, "负五"),
    ],
)
def test_numbers_in_chinese(number: int, words: str) -> None:
    assert numerals.whole(number) == words


_UNITS = {"十": 10, "百": 100, "千": 1000}


def _value(words: str) -> int:
    """The number again, by the other way round: four places at a time."""
    total = 0
    for unit, factor in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4), ("", 1)):
        part, found, rest = words.partition(unit) if unit else (words, "", "")
        if unit and not found:
            continue
        words = rest
        digit = 0
        for char in part:
            if char in _UNITS:
                total += (digit or 1) * _UNITS[char] * factor
                digit = 0
            else:
                digit = numerals.DIGITS.index(char)
        total += digit * factor
    return total


@given(st.integers(0, numerals.LIMIT - 1))
def test_every_number_can_be_told_from_its_words(number: int) -> None:
    assert _value(numerals.whole(number)) == number


@pytest.mark.parametrize(
    ("shown", "chinese", "english"),
    [
        ("¥ 1,280.50", "一千二百八十元五角", "1280 yuan and 50 fen"),
        ("-¥ 0.05", "负五分", "minus 5 fen"),
        ("200 元", "二百元", "200 yuan"),
        ("2026-12-11", "二零二六年十二月十一日", "11 December 2026"),
        ("2026-07, ¥3.00", "二零二六年七月, 三元", "July 2026, 3 yuan"),
        ("2026年12月11日 08:05", "二零二六年十二月十一日 八点零五分", "11 December 2026 8 oh 5"),
        ("8:30–17:00", "八点三十分到十七点整", "8 30 to 17 o'clock"),
        ("YB3K-77Q2", "Y B 三 K，七 七 Q 二", "Y B 3 K, 7 7 Q 2"),
        ("0754-0000 0012", "零 七 五 四，零 零 零 零，零 零 一 二", "0 7 5 4, 0 0 0 0, 0 0 1 2"),
        ("约 5 分钟 · 当场打印", "约 5 分钟，当场打印", "约 5 分钟, 当场打印"),
    ],
)
def test_amounts_dates_and_codes_in_words(shown: str, chinese: str, english: str) -> None:
    assert spoken(shown, "zh_CN", private=False) == chinese
    assert spoken(shown, "en", private=False) == english


@pytest.mark.parametrize(
    "number", [ID, "110***********8478", "6222 0000 0000 0000 123", "13800000000"]
)
def test_a_persons_number_is_said_into_a_headset_only(number: str) -> None:
    for language in ("zh_CN", "en"):
        hall = spoken(f"号码 {number}。", language, private=False)
        assert not re.search(r"\d|[零一二三四五六七八九]", hall)
        assert "号码不读出" in hall or "not read aloud" in hall
    heard = spoken(number, "en", private=True)
    assert re.sub(r"\D", "", heard) == re.sub(r"\D", "", number)
    assert not re.search(r"\d\d", heard)


@given(st.text(max_size=60), st.sampled_from(["zh_CN", "en"]), st.booleans())
def test_no_text_upsets_the_words(text: str, language: str, private: bool) -> None:
    said = spoken(text, language, private=private)
    letters = [char for char in text if char.isalpha() and char not in "元年月日Xx"]
    assert all(char in said for char in letters)
    for sentence in synthesis.sentences(said):
        for voice, piece in synthesis.pieces(sentence, language):
            assert voice in ("cmn", "en")
            assert piece.strip() == piece != ""


def test_a_text_is_spoken_sentence_by_sentence() -> None:
    assert synthesis.sentences("您好。请稍候！…\n好") == ["您好。", "请稍候！", "好"]
    assert synthesis.sentences("It costs 3.50 yuan. Pay now?") == [
        "It costs 3.50 yuan.",
        "Pay now?",
    ]


def test_an_english_sentence_leaves_chinese_names_to_the_chinese_voice() -> None:
    assert synthesis.pieces("Print for 林晓岚, please", "en") == [
        ("en", "Print for"),
        ("cmn", "林晓岚"),
        ("en", ", please"),
    ]
