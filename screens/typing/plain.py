"""The engine that needs nothing installed: words by pypinyin's phrases, then single characters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from pypinyin import Style, lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

from screens.typing.characters import beginning, characters, sounds
from screens.typing.engine import Candidate
from screens.typing.syllables import Unit, split

_WORD_LENGTHS = range(2, 5)
_WORDS_SHOWN = 12


class PlainEngine:
    """Words and characters from tables in memory.

    ``more_words`` are known beside pypinyin's 47,000 phrases and come before them: names of places
    and services that this terminal knows.
    """

    def __init__(self, more_words: Iterable[str] = ()) -> None:
        words = [*dict.fromkeys((*more_words, *_phrases()))]
        self._rank = {word: rank for rank, word in enumerate(words)}
        self._sounds = sorted((_initials(word), word) for word in words)

    def words(self, letters: str, limit: int) -> list[Candidate]:
        """See :class:`~screens.typing.engine.SoundEngine`."""
        units = split(letters)
        offers: list[Candidate] = []
        for length in range(min(len(units), max(_WORD_LENGTHS)), 1, -1):
            part = units[:length]
            offers += [Candidate(word, part[-1].used) for word in self._spoken(part)]
        if units:
            offers += [Candidate(char, units[0].used) for char in single(units[0])]
        return offers[:limit]

    def _spoken(self, units: list[Unit]) -> list[str]:
        key = "".join(unit.letters[0] for unit in units)
        at = bisect_left(self._sounds, (key, ""))
        found = []
        while at < len(self._sounds) and self._sounds[at][0] == key:
            word = self._sounds[at][1]
            if len(word) == len(units) and all(map(_fits, word, units)):
                found.append(word)
            at += 1
        return sorted(found, key=self._rank.__getitem__)[:_WORDS_SHOWN]


def single(unit: Unit) -> list[str]:
    """Characters for one unit, common ones first."""
    return characters(unit.letters) if unit.whole else list(beginning(unit.letters))


def _fits(char: str, unit: Unit) -> bool:
    return any(
        sound == unit.letters or (not unit.whole and sound.startswith(unit.letters))
        for sound in sounds(char)
    )


def _initials(word: str) -> str:
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(word for word in phrases_dict if len(word) in _WORD_LENGTHS)
