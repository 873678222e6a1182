"""Whole numbers in Chinese words."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
_PLACES = ("千", "百", "十", "")
LIMIT = 10**16
"""Numbers from here on are said digit by digit."""


def digits(number: str) -> str:
    """Digit by digit: ``2026`` → 二零二六. What is no digit is left out."""
    return "".join(DIGITS[int(char)] for char in number if char.isascii() and char.isdigit())


def whole(number: int) -> str:
    """``1280`` → 一千二百八十; negative numbers with 负."""
    if number < 0:
        return "负" + whole(-number)
    if number >= LIMIT:
        return digits(str(number))
    if number == 0:
        return DIGITS[0]
    if 10 <= number < 20:
        return "十" + (DIGITS[number - 10] if number > 10 else "")
    return _joined(number)


def _joined(number: int) -> str:
    words = ""
    gap = False
    for power, unit in ((3, "万亿"), (2, "亿"), (1, "万"), (0, "")):
        part = number // 10_000**power % 10_000
        if part == 0:
            gap = gap or words != ""
            continue
        if words and (gap or part < 1000):
            words += DIGITS[0]
        gap = False
        words += _four(part) + unit
    return words


def _four(part: int) -> str:
    """1 to 9999, without a 零 in front."""
    words = ""
    gap = False
    for place, char in zip(_PLACES, f"{part:04d}", strict=True):
        if char == "0":
            gap = words != ""
            continue
        words += (DIGITS[0] if gap else "") + DIGITS[int(char)] + place
        gap = False
    return words
