"""Small pure helpers that put values into the person's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from config.languages import language as language_of
from config.text import Text
from kiosk.china import CHINA
from kiosk.lookup_codes import shown_lookup_code

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def is_chinese(language: str) -> bool:
    """Is this tag one of a language that is written in Chinese?"""
    return language_of(language).reads == "zh"


def say(text: Text | None, language: str) -> str:
    """A data text in the language; "" for none."""
    return "" if text is None else text.in_language(language)


def day(iso: str, language: str) -> str:
    """``2026-12-11`` → 2026年12月11日 / 11 December 2026; what is no date stays as it is."""
    try:
        value = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    if is_chinese(language):
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def month_name(number: int) -> str:
    """1 → January."""
    return _MONTHS[number - 1]


def month(iso: str, language: str) -> str:
    """``2026-12`` → 2026年12月 / December 2026; what is no month stays as it is."""
    try:
        value = date.fromisoformat(f"{iso}-01")
    except ValueError:
        return iso
    if is_chinese(language):
        return f"{value.year}年{value.month}月"
    return f"{month_name(value.month)} {value.year}"


def weekday(iso: str, language: str) -> str:
    """The day's name: 星期三 / Wednesday."""
    try:
        number = date.fromisoformat(iso[:10]).weekday()
    except ValueError:
        return ""
    return f"星期{_WEEKDAYS_ZH[number]}" if is_chinese(language) else _WEEKDAYS_EN[number]


def moment(iso: str, language: str) -> str:
    """An ISO time → day and hour:minute in China; a time without an offset is taken as it is."""
    try:
        value = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    if value.tzinfo is not None:
        value = value.astimezone(CHINA)
    return f"{day(value.date().isoformat(), language)} {value:%H:%M}"


def clock(value: datetime) -> str:
    """The hour and minute in China of an aware time, whatever zone the machine is set to."""
    return f"{value.astimezone(CHINA):%H:%M}"


def yuan(fen: int) -> str:
    """0.01 yuan units → ``¥ 1,280.00``."""
    sign = "-" if fen < 0 else ""
    return f"{sign}¥ {abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def listed(words: Sequence[str], language: str) -> str:
    """Several things in a row: 行业、员工人数 / industry, people who work there."""
    return ("、" if is_chinese(language) else ", ").join(words)


def cell(value: Any, kind: str, language: str) -> str:
    """A table value by its column's kind (text, amount in yuan with two decimals, date)."""
    if value is None or value == "":
        return "–"
    if kind == "amount":
        try:
            return yuan(round(Decimal(str(value)) * 100))
        except InvalidOperation:
            return str(value)
    if kind == "date":
        return day(str(value), language)
    return str(value)


def pair(record: Mapping[str, Any], key: str, language: str) -> str:
    """``<key>_zh`` or ``<key>_en`` of a portal record."""
    zh = str(record.get(f"{key}_zh") or "")
    return language_of(language).render(zh, str(record.get(f"{key}_en") or zh))


def spaced_code(code: str) -> str:
    """A look-up code as people copy it, in groups of four."""
    return shown_lookup_code(code)
