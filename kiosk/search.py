"""Finding a service by Chinese words, pinyin, initials or aliases; small typing errors are forgiven."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from config.catalogue import Catalogue, ServiceItem
from kiosk.terminal_port import Hit

_FLOOR = 50.0


@dataclass(frozen=True, slots=True)
class _Entry:
    item: ServiceItem
    words: tuple[str, ...]
    english: frozenset[str]
    pinyin: tuple[str, ...]
    initials: tuple[str, ...]


class SearchIndex:
    """An index over one catalogue; building it takes about a millisecond an item."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._entries = [_entry(item) for item in catalogue.items]

    def search(self, words: str, limit: int) -> list[Hit]:
        """Best hits first; ties go to what is used most."""
        parts = _parts(words)
        query = "".join(parts)
        if not query:
            return []
        hits = [Hit(entry.item, _score(entry, query, parts)) for entry in self._entries]
        good = [hit for hit in hits if hit.score >= _FLOOR]
        good.sort(key=lambda hit: (-hit.score, -hit.item.featured, hit.item.code))
        return good[:limit]


def _parts(text: str) -> list[str]:
    """Lower-case words; everything that is no letter or digit parts them (yi'bao, 失业登记。)."""
    return "".join(char if char.isalnum() else " " for char in text.lower()).split()


def _entry(item: ServiceItem) -> _Entry:
    # Half a second of dictionaries: loaded with the first index, not with the program.
    from pypinyin import Style, lazy_pinyin

    chinese = (item.name.zh, *item.aliases)
    return _Entry(
        item,
        words=tuple("".join(_parts(text)) for text in (*chinese, item.name.en)),
        english=frozenset(_parts(f"{item.name.en} {' '.join(item.aliases)}")),
        pinyin=tuple("".join(lazy_pinyin(text)) for text in chinese),
        initials=tuple("".join(lazy_pinyin(text, style=Style.FIRST_LETTER)) for text in chinese),
    )


def _score(entry: _Entry, query: str, parts: list[str]) -> float:
    if query == "".join(_parts(entry.item.code)):
        return 100.0
    if query.isascii():
        best = max(_latin(word, query) for word in entry.pinyin)
        best = max(best, *(_initials(word, query) for word in entry.initials))
        return max(best, _latin(entry.words[-1], query), _english(entry.english, parts))
    return max(_chinese(word, query) for word in entry.words)


def _chinese(word: str, query: str) -> float:
    if query == word:
        return 100.0
    if query in word:
        return 90.0 + 9.0 * len(query) / len(word)
    if word in query:
        return 88.0
    shared = len(set(query) & set(word)) / len(set(query)) if len(word) <= 20 else 0.0
    return max(shared * 80.0, fuzz.ratio(query, word) * 0.9)


def _latin(word: str, query: str) -> float:
    if query == word:
        return 98.0
    if word.startswith(query):
        return 86.0 + 10.0 * len(query) / len(word)
    if len(query) >= 3 and query in word:
        return 80.0 + 10.0 * len(query) / len(word)
    return fuzz.ratio(query, word) * 0.85 if len(query) >= 4 else 0.0


def _english(words: frozenset[str], parts: list[str]) -> float:
    """Several English words in any order: all of them must be there."""
    if len(parts) < 2 or not words.issuperset(parts):
        return 0.0
    return 80.0 + 10.0 * len(set(parts)) / len(words)


def _initials(word: str, query: str) -> float:
    if query == word:
        return 95.0
    if len(query) >= 2 and word.startswith(query):
        return 84.0 + 8.0 * len(query) / len(word)
    if len(query) >= 3 and query in word:
        return 78.0
    return 0.0
