"""Finding English texts by what people say: any order, any form of a word, words that mean the same,
unfinished and misspelt ones.

Words are reduced to their stems (Porter's English stemmer in its Snowball revision), stems of one line of
``english.toml`` to one. Rare words weigh more than those of many texts.
"""

from __future__ import annotations

import math
import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

_WHOLE, _BEGUN, _MISSPELT = 1.0, 0.85, 0.75
_LEAST_BEGUN, _LEAST_MISSPELT = 3, 5
_ALIKE = 80.0
_BASE, _COVERED, _FILLED = 50.0, 40.0, 6.0
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class _Language:
    stems: Mapping[str, str]
    """Stem → the one that stands for all that mean the same."""
    aside: frozenset[str]


class EnglishIndex:
    """Texts by their words. A text is its words in lower case, with single spaces."""

    def __init__(self, texts: Sequence[str]) -> None:
        meant = [_meanings(text.split()) for text in texts]
        self._texts: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(meant):
            for word in words:
                self._texts[word].append(number)
        self._rarity = {
            word: math.log(1 + len(texts) / len(numbers)) for word, numbers in self._texts.items()
        }
        self._strange = math.log(1 + len(texts))
        self._full = [sum(self._rarity[word] for word in words) for words in meant]
        self._spelt = sorted({word for text in texts for word in text.split()})

    def near(self, asked: Sequence[str]) -> dict[int, float]:
        """Number of a text → how well it fits the words, 69 to 96, where half of them are in it. In whole
        points: what fits as well is ordered by what is used most."""
        words = _of_account(asked)
        found: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
        total = 0.0
        for at, word in enumerate(words):
            meanings = self._meanings(word, last=at == len(words) - 1)
            total += max((self._rarity[one] for one in meanings), default=self._strange)
            best: dict[int, tuple[float, float]] = {}
            for one, sure in meanings.items():
                for number in self._texts[one]:
                    best[number] = max(best.get(number, (0.0, 0.0)), (sure, self._rarity[one]))
            for number, (sure, weight) in best.items():
                found[number][0] += sure * weight
                found[number][1] += weight
        return {
            number: round(
                _BASE
                + _COVERED * min(1.0, got / total)
                + _FILLED * min(1.0, of / self._full[number])
            )
            for number, (got, of) in found.items()
            if got >= _HALF * total
        }

    def _meanings(self, word: str, *, last: bool) -> dict[str, float]:
        """What a word may mean, and how sure that is; the last one may be unfinished."""
        meant = _meaning(word)
        found = {meant: _WHOLE} if meant in self._texts else {}
        if last and len(word) >= _LEAST_BEGUN:
            found = dict.fromkeys(self._begun(word), _BEGUN) | found
        if not found and len(word) >= _LEAST_MISSPELT:
            near = process.extract(
                word, self._spelt, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3
            )
            found = {_meaning(spelt): _MISSPELT for spelt, _, _ in near}
        return {one: sure for one, sure in found.items() if one in self._texts}

    def _begun(self, word: str) -> Iterable[str]:
        at = bisect_left(self._spelt, word)
        while at < len(self._spelt) and self._spelt[at].startswith(word):
            yield _meaning(self._spelt[at])
            at += 1


def _of_account(words: Iterable[str]) -> list[str]:
    every = list(dict.fromkeys(words))
    return [word for word in every if word not in _language().aside] or every


def _meanings(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(_meaning(word) for word in _of_account(words)))


def _meaning(word: str) -> str:
    stem = _stem(word)
    return _language().stems.get(stem, stem)


@cache
def _language() -> _Language:
    read = tomllib.loads(Path(__file__).with_name("english.toml").read_text("utf-8"))
    stems: dict[str, str] = {}
    for line in read["same"]:
        same = [_stem(word) for word in line.split()]
        stems |= dict.fromkeys(same, same[0])
    return _Language(stems, frozenset(read["aside"].split()))


@cache
def _stemmer() -> Callable[[str], str]:
    from snowballstemmer import stemmer  # only a search needs it

    stem: Callable[[str], str] = stemmer("english").stemWord
    return stem


@cache
def _stem(word: str) -> str:
    return _stemmer()(word)
