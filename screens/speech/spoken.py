"""What stands on the screen → what is said: amounts, dates, times and codes in words.

An ID number, and any other long number, belongs to one person. It is said digit by digit into a
headset; over the loudspeaker it is only said that there is one, with a tone
for each of its digits (A13).
"""

from __future__ import annotations

import re
from typing import Final

from config.text import Text
from screens.speech import numerals
from screens.speech.tones import tones
from screens.wording import is_chinese

HIDDEN: Final = Text(zh="号码不读出", en="number not read aloud")
_COVERED: Final = Text(zh="几位已隐藏", en="some digits hidden")

# One pass over the text, so that nothing said is taken for something that stands there. The edges
# keep a case number, which has letters, from being taken for a person's number.
_PARTS = re.compile(
    r"(?P<private>(?<![0-9A-Za-z*])"
    r"(?:[0-9]{10,}[0-9Xx]|[0-9Xx]*(?:\*{2,}[0-9Xx]*)+)(?![0-9A-Za-z*]))"
    r"|(?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
    r"|(?<![0-9A-Za-z-])(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(?![0-9A-Za-z-]))"
    r"|(?P<day>(?<!\d)\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?)"
    r"|(?P<yuan>-?¥ ?\d[\d,]*(?:\.\d{2})?(?!\d)|-?(?<![\d.])\d[\d,]*(?:\.\d{2})? ?元)"
    r"|(?P<time>(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:]))"
    r"|(?P<code>(?<![0-9A-Za-z])(?:[A-Z]+-)*[0-9A-Z]*\d[0-9A-Z]*(?:[ -][0-9A-Z]*\d[0-9A-Z]*)*"
    r"(?![0-9A-Za-z.%,:]))"
    r"|(?P<pause>\s*[·•|→／/「」『』《》]+\s*|\s+[–—]\s+)"
)
_RANGE = re.compile(r"(?<=\d)\s*[–—~～]\s*(?=\d)")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
LONG = 5
"""Digits in a row that are said one by one: telephone numbers, codes. Fewer are a number."""
PERSONAL = 15
"""Digits in groups that are a person's or a bank's number, whatever stands between them."""


def spoken(text: str, language: str, *, private: bool) -> str:
    """``text`` in the words of ``language``. ``private``: only the person hears it (headset)."""
    chinese = is_chinese(language)
    text = _RANGE.sub("到" if chinese else " to ", text)

    def say(found: re.Match[str]) -> str:
        part = found[0]
        match found.lastgroup:
            case "private":
                return _number(part, language, private=private)
            case "iso" | "day":
                return _day(part, chinese=chinese)
            case "yuan":
                return _yuan_zh(*_fen(part)) if chinese else _yuan_en(*_fen(part))
            case "time":
                return _time(part, chinese=chinese)
            case "code":
                return _code(part, language, private=private)
        return "，" if chinese else ", "

    return _PARTS.sub(say, text).strip("，, ")


def _number(number: str, language: str, *, private: bool) -> str:
    if not private:
        return _hidden(len(number), language)
    known = [_spelt(part, chinese=is_chinese(language)) for part in re.split(r"\*+", number)]
    return f", {_COVERED.in_language(language)}, ".join(known).strip(", ")


def _hidden(count: int, language: str) -> str:
    """That there is a number, and a tone for each of its digits."""
    return f"{HIDDEN.in_language(language)}{tones(count)}"


def _spelt(code: str, *, chinese: bool) -> str:
    return " ".join(numerals.digits(char) if chinese and char.isdigit() else char for char in code)


def _day(day: str, *, chinese: bool) -> str:
    year, *rest = re.findall(r"\d+", day)
    if chinese:
        units = zip(rest, "月日", strict=False)
        return (
            numerals.digits(year)
            + "年"
            + "".join(numerals.whole(int(n)) + unit for n, unit in units)
        )
    if not rest or not 1 <= int(rest[0]) <= 12:
        return day
    return " ".join([*(str(int(n)) for n in rest[1:]), _MONTHS[int(rest[0]) - 1], year])


def _fen(amount: str) -> tuple[bool, int, int]:
    """Minus, yuan, fen."""
    whole, _, fen = re.sub(r"[^\d.]", "", amount).partition(".")
    return amount.startswith("-"), int(whole), int(fen or 0)


def _yuan_zh(minus: bool, yuan: int, fen: int) -> str:
    words = numerals.whole(yuan) + "元" if yuan or not fen else ""
    jiao, rest = divmod(fen, 10)
    if jiao:
        words += numerals.whole(jiao) + "角"
    elif words and rest:
        words += "零"
    if rest:
        words += numerals.whole(rest) + "分"
    return ("负" if minus else "") + words


def _yuan_en(minus: bool, yuan: int, fen: int) -> str:
    parts = [f"{yuan} yuan"] if yuan or not fen else []
    parts += [f"{fen} fen"] if fen else []
    return ("minus " if minus else "") + " and ".join(parts)


def _time(time: str, *, chinese: bool) -> str:
    hour, minute = map(int, time.split(":"))
    if chinese:
        rest = ("零" if minute < 10 else "") + numerals.whole(minute) + "分" if minute else "整"
        return numerals.whole(hour) + "点" + rest
    if minute == 0:
        return f"{hour} o'clock"
    return f"{hour} oh {minute}" if minute < 10 else f"{hour} {minute}"


def _code(code: str, language: str, *, private: bool) -> str:
    """Letters with digits, or many digits: one by one. A plain number stays a number."""
    chinese = is_chinese(language)
    groups = re.split(r"[ -]", code)
    digits = sum(map(len, groups))
    if not any(char.isalpha() for char in code):
        if digits < LONG:
            return code
        if digits >= PERSONAL and not private:
            return _hidden(digits, language)
    return ("，" if chinese else ", ").join(_spelt(group, chinese=chinese) for group in groups)
