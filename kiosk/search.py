"""Finding a service by Chinese words, pinyin, initials, aliases or life situations; small typing errors
and wrong characters of the right sound are forgiven.

Posting lists choose the few hundred texts that could match; only those are compared one by one. So
10,000 items are searched within a frame (``benchmarks/search.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from config.catalogue import Catalogue
from config.languages import simplified
from kiosk.english import EnglishIndex
from kiosk.grams import GramIndex
from kiosk.sounds import sounds
from kiosk.terminal_port import Hit

_Scores = dict[int, tuple[float, str]]
"""Of an item: how well it fits, and what of all that it is called did."""

_FLOOR = 50.0
_CANDIDATES = 250
_SOUNDS_SO = 80.0
_SURE = 86.0
_ONE_WRONG = 78.0
_NEAR = 2
# What people say around what they want. Taken off only where something is left.
_FILLERS = re.compile(
    r"^(?:请问|你好|您好|我要|我想要|我想|我的|想要|想|要|帮我|怎么样|怎么|如何|去哪里|哪里可以|哪里能|哪里|在哪里|在哪|可以|能不能|能)+"
    r"|(?:怎么办|怎么弄|怎么申请|如何办理|在哪里办|在哪办|去哪办|哪里办|要什么材料|需要什么|多少钱|可以吗|行吗|吗|呢|呀|啊|一下)+$"
)


@dataclass(slots=True)
class _Texts:
    """Texts of one kind and the items they belong to."""

    texts: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def add(self, texts: Iterable[tuple[str, str]], owner: int) -> None:
        """``texts``: each as it is compared, and as people say it."""
        for text, said in dict(reversed([*texts])).items():
            if text:
                self.texts.append(text)
                self.owners.append(owner)
                self.said.append(said)


class SearchIndex:
    """An index over one catalogue; building it takes about half a millisecond an item."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._items = catalogue.items
        self._chinese, self._pinyin = _Texts(), _Texts()
        self._initials, self._english = _Texts(), _Texts()
        for owner, item in enumerate(catalogue.items):
            said = [item.name.zh, *item.aliases]
            chinese = [text for text in said if not text.isascii()]
            self._chinese.add((("".join(_parts(text)), text) for text in chinese), owner)
            said_so = [(sounds(text), text) for text in chinese]
            self._pinyin.add(((_joined(sound), text) for sound, text in said_so), owner)
            self._initials.add(
                ((_first_letters(sound, text), text) for sound, text in said_so), owner
            )
            english = [item.name.en, *(text for text in said if text.isascii())]
            self._english.add(((" ".join(_parts(text)), text) for text in english), owner)
        self._codes = {_joined(_parts(item.code)): n for n, item in enumerate(self._items)}
        self._by_character = GramIndex(self._chinese.texts, 1)
        self._by_sound = GramIndex(self._pinyin.texts, 2)
        self._by_initial = GramIndex(self._initials.texts, 2)
        self._by_letter = GramIndex(self._english.texts, 2)
        self._by_word = EnglishIndex(self._english.texts)

    def search(self, words: str, limit: int) -> list[Hit]:
        """Best hits first; ties go to what is used most."""
        parts = _parts(simplified(words))
        query = "".join(parts)
        if not query:
            return []
        scores: _Scores = {}
        if query in self._codes:
            scores[self._codes[query]] = (100.0, "")
        elif query.isascii():
            self._search_latin(query, parts, scores)
        else:
            self._search_chinese(query, scores)
        hits = [
            Hit(self._items[n], score, "" if said in self._names(n) else said)
            for n, (score, said) in scores.items()
            if score >= _FLOOR
        ]
        hits.sort(key=lambda hit: (-round(hit.score, 1), -hit.item.featured, hit.item.code))
        return hits[:limit]

    def _names(self, number: int) -> tuple[str, str, str]:
        item = self._items[number]
        return "", item.name.zh, item.name.en

    def _search_chinese(self, query: str, scores: _Scores) -> None:
        asked = _FILLERS.sub("", query) or query
        for text, owner, said in self._near(self._chinese, self._by_character, asked):
            _keep(scores, owner, _chinese(text, asked), said)
        if max((score for score, _ in scores.values()), default=0.0) < _SURE:
            sound = _joined(sounds(asked))
            for text, owner, said in self._near(self._pinyin, self._by_sound, sound):
                score = _by_sound(text, sound)
                # Two characters of similar sound are two other words: 话费 is no 水费.
                if len(asked) > 2 or score >= _SOUNDS_SO:
                    _keep(scores, owner, score, said)

    def _search_latin(self, query: str, parts: list[str], scores: _Scores) -> None:
        for text, owner, said in self._near(self._pinyin, self._by_sound, query):
            _keep(scores, owner, _latin(text, query), said)
        for text, owner, said in self._near(self._initials, self._by_initial, query):
            _keep(scores, owner, _initials(text, query), said)
        spoken = " ".join(parts)
        for text, owner, said in self._near(self._english, self._by_letter, spoken):
            _keep(scores, owner, _latin(text, spoken), said)
        english = self._english
        for number, score in self._by_word.near(parts).items():
            _keep(scores, english.owners[number], score, english.said[number])

    @staticmethod
    def _near(table: _Texts, index: GramIndex, query: str) -> list[tuple[str, int, str]]:
        return [
            (table.texts[number], table.owners[number], table.said[number])
            for number in index.nearest(query, _CANDIDATES)
        ]


def _keep(scores: _Scores, owner: int, score: float, said: str) -> None:
    if score > scores.get(owner, (0.0, ""))[0]:
        scores[owner] = (score, said)


def _parts(text: str) -> list[str]:
    """Lower-case words; everything that is no letter or digit parts them (yi'bao, 失业登记。)."""
    return "".join(char if char.isalnum() else " " for char in text.lower()).split()


def _first_letters(sound: Iterable[str], text: str) -> str:
    """First letters of the syllables; what was no Chinese stands in both as it is."""
    return _joined(part if part in text else part[:1] for part in sound)


def _joined(parts: Iterable[str]) -> str:
    return "".join(parts)


def _chinese(word: str, query: str) -> float:
    if query == word:
        return 100.0
    if query in word:
        return 90.0 + 9.0 * len(query) / len(word)
    if word in query:
        return 80.0 + 12.0 * len(word) / len(query)
    if len(word) == len(query) >= 3 and _differing(word, query) == 1:
        return _ONE_WRONG
    asked = set(query)
    shared = len(asked & set(word)) / len(asked) if len(word) <= 24 else 0.0
    if len(query) == 2 and shared == 1.0 and abs(word.find(query[0]) - word.find(query[1])) > _NEAR:
        shared = 0.0  # two characters far apart are two other words: 收养, in 养老金收入
    return max(shared * 70.0 + fuzz.ratio(query, word) * 0.15, fuzz.ratio(query, word) * 0.9)


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _by_sound(word: str, query: str) -> float:
    """Of Chinese characters: another one of the same sound is a slip, a similar sound little."""
    if query == word:
        return 92.0
    if len(query) >= 4 and query in word:
        return 80.0 + 8.0 * len(query) / len(word)
    return fuzz.ratio(query, word) * 0.78 if len(query) >= 4 else 0.0


def _latin(word: str, query: str) -> float:
    if query == word:
        return 98.0
    if word.startswith(query):
        return 86.0 + 10.0 * len(query) / len(word)
    if len(query) >= 3 and query in word:
        return 80.0 + 10.0 * len(query) / len(word)
    return fuzz.ratio(query, word) * 0.85 if len(query) >= 4 else 0.0


def _initials(word: str, query: str) -> float:
    if query == word:
        return 95.0
    if len(query) >= 2 and word.startswith(query):
        return 84.0 + 8.0 * len(query) / len(word)
    if len(query) >= 3 and query in word:
        return 78.0
    return 0.0


def search_document(hit: Hit) -> dict[str, object]:
    """A hit as ``kiosk catalogue search --json`` prints it; the screen shows the same order."""
    item = hit.item
    return {
        "code": item.code,
        "zh": item.name.zh,
        "en": item.name.en,
        "department": item.department.zh,
        "score": round(hit.score, 1),
    }
