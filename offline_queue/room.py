"""Which parts of a file are free: places of whole blocks, taken and given back in memory only."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable

BLOCK = 4096


class Room:
    """The free places of a file of which ``used`` (start, bytes) is not; beyond ``end`` nothing is used."""

    def __init__(self, used: Iterable[tuple[int, int]] = ()) -> None:
        self.end = 0
        self._free: list[tuple[int, int]] = []
        for start, size in sorted((place, _whole(size)) for place, size in used):
            if start > self.end:
                self._free.append((self.end, start - self.end))
            self.end = max(self.end, start + size)

    @property
    def free(self) -> int:
        """Free bytes before ``end``."""
        return sum(size for _, size in self._free)

    def take(self, size: int) -> int:
        """The start of a place for ``size`` bytes: the first that is large enough, else at the end."""
        size = _whole(size)
        for number, (start, room) in enumerate(self._free):
            if room >= size:
                self._free[number : number + 1] = [(start + size, room - size)] * (room > size)
                return start
        start, self.end = self.end, self.end + size
        return start

    def give(self, start: int, size: int) -> None:
        """Have a place that was taken free again; nothing where there can be none."""
        if start < 0 or size <= 0 or start + size > self.end:
            return
        insort(self._free, (start, _whole(size)))
        joined: list[tuple[int, int]] = []
        for begin, room in self._free:
            if joined and sum(joined[-1]) >= begin:
                before, length = joined.pop()
                begin, room = before, max(length, begin + room - before)
            joined.append((begin, room))
        if joined and sum(joined[-1]) >= self.end:
            self.end = joined.pop()[0]
        self._free = joined


def _whole(size: int) -> int:
    return -(-size // BLOCK) * BLOCK
