"""Which of many short texts share most with a query: posting lists of letter groups, counted by numpy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LENGTH_COST = 0.001


class GramIndex:
    """Texts by the groups of ``size`` neighbouring characters in them; rare groups weigh more."""

    def __init__(self, texts: Sequence[str], size: int) -> None:
        import numpy as np

        self._np, self._size = np, size
        self._exact: dict[str, list[int]] = {}
        postings: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            self._exact.setdefault(text, []).append(number)
            for gram in _grams(text, size):
                postings.setdefault(gram, []).append(number)
        self._postings: dict[str, NDArray[np.int32]] = {
            gram: np.asarray(numbers, dtype=np.int32) for gram, numbers in postings.items()
        }
        self._weights = {
            gram: math.log(1 + len(texts) / len(numbers)) for gram, numbers in postings.items()
        }
        self._costs = np.asarray([len(text) for text in texts], dtype=np.float64) * _LENGTH_COST

    def nearest(self, query: str, limit: int) -> list[int]:
        """Numbers of the ``limit`` texts that share most with ``query``, equal texts always first."""
        np = self._np
        found = [gram for gram in _grams(query, self._size) if gram in self._postings]
        if not found:
            return list(self._exact.get(query, ()))
        numbers = np.concatenate([self._postings[gram] for gram in found])
        weights = np.repeat(
            np.asarray([self._weights[gram] for gram in found]),
            [len(self._postings[gram]) for gram in found],
        )
        scores = np.bincount(numbers, weights=weights, minlength=len(self._costs)) - self._costs
        some = np.flatnonzero(scores > 0)
        if len(some) > limit:
            kept = np.argpartition(scores[some], len(some) - limit)[len(some) - limit :]
            some = some[kept]
        chosen = [int(number) for number in some]
        return list(dict.fromkeys([*self._exact.get(query, ()), *chosen]))


def _grams(text: str, size: int) -> set[str]:
    if len(text) <= size:
        return {text} if text else set()
    return {text[at : at + size] for at in range(len(text) - size + 1)}
