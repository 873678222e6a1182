"""Words for every trouble code: the drivers' failure catalogue and the kiosk's own (``words.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from config.text import Text
from drivers.failures import failure_catalogue


@cache
def _own() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("kiosk").joinpath("words.toml").read_text("utf-8"))


def known_codes() -> frozenset[str]:
    """Every code that has words."""
    return frozenset(_own()) | frozenset(failure_catalogue())


def words_for(code: str) -> Text:
    """What the resident is told about ``code``; an unknown code gets the general sentence."""
    failures = failure_catalogue()
    if code in failures:
        return Text(zh=failures[code].zh, en=failures[code].en)
    entry = _own().get(code) or _own()["visit.internal"]
    return Text(zh=entry["zh"], en=entry["en"])


def headline_and_rest(text: str) -> tuple[str, str]:
    """A code's words by their first sentence, which says what is, and the rest: what to do."""
    first, _, rest = text.partition("。") if "。" in text else text.partition(". ")
    if not rest:
        return text.rstrip("。."), ""
    return first, rest.strip()


def remedy_for(code: str) -> str:
    """What a technician should know and do about ``code``."""
    failures = failure_catalogue()
    if code in failures:
        return failures[code].technician
    return (_own().get(code) or _own()["visit.internal"])["remedy"]


def staff_words_for(code: str) -> Text | None:
    """What the person on duty does about ``code``; None if it is not a device's."""
    entry = failure_catalogue().get(code)
    return None if entry is None else Text(zh=entry.staff_zh, en=entry.staff_en)


def part_of(code: str) -> str:
    """The part of the terminal a picture should show."""
    failures = failure_catalogue()
    return failures[code].part if code in failures else "terminal"
