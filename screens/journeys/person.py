"""Somebody who knows what they came for, the keys of the keypad, and what the terminal tells them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from screens.journeys.keypad import Keypad
from screens.journeys.senses import Sense

PATIENCE_S = 30.0
"""How long somebody waits for a terminal that has said it is at work."""
ROUND = 120
"""So many keys without a word of use, and a person gives up."""
PAGE, PAUSE_S = 60, 20.0
"""Once round, or after so many of them, they listen for so long."""


class Lost(Exception):
    """Nothing that was told leads on; the message has the last of it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that mean something to this person, and what they then do.

    ``words``: all of them in one thing told, and none of ``but``. ``keys``: pressed one after the other;
    ``act``: done with the hands, which takes ``act_s``. ``then``: what has to be found next, in this
    order, before anything else counts. ``times``: how often at most; what is told again after that means
    nothing new. ``patient``: wait for the next words instead of going on. ``held``: once one of these
    was told, it means nothing until one of ``until`` is told after it.
    """

    words: tuple[str, ...]
    keys: tuple[str, ...] = ()
    act: Callable[[], object] | None = None
    act_s: float = 0.0
    then: tuple[Cue, ...] = ()
    but: tuple[str, ...] = ()
    times: int = 1
    patient: bool = False
    held: tuple[str, ...] = ()
    until: tuple[str, ...] = ()

    def fits(self, told: str) -> bool:
        """Whether it was told."""
        said = all(word in told for word in self.words)
        return said and not any(word in told for word in self.but)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a person did once they had found what they looked for: keys (without those of the walk),
    or something with the hands that takes ``act_s``. ``found``: what they had been told since the last
    deed, the words that led to it last. ``waited_s``: until the terminal told something new."""

    found: tuple[str, ...]
    keys: tuple[str, ...]
    act_s: float
    waited_s: float

    @property
    def is_wait(self) -> bool:
        """Nothing was done: the terminal went on by itself."""
        return not self.keys and self.act_s == 0


@dataclass(slots=True)
class Diary:
    """What happened on the way: everything told, what was done, and the keys that were answered by
    silence."""

    told: list[str] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    silences: list[str] = field(default_factory=list)

    def knows(self, words: str) -> bool:
        """Whether the person was told this."""
        return any(words in told for told in self.told)

    def newest(self, words: Sequence[str]) -> int:
        """When one of these was told last: a place in ``told``, -1 if never."""
        places = (n for n, told in enumerate(self.told) if any(word in told for word in words))
        return max(places, default=-1)


class Person:
    """Walks by one key (``walk``) and acts on ``cues`` until ``ends`` is told."""

    def __init__(
        self, keypad: Keypad, sense: Sense, cues: Sequence[Cue], ends: str, walk: str = "tab"
    ) -> None:
        self._keypad = keypad
        self._sense = sense
        self._cues = cues
        self._ends = ends
        self._walk = walk
        self._used: dict[int, int] = {}
        self._next: list[Cue] = []
        self._read = 0
        self.diary = Diary()

    def go(self) -> Diary:
        """The whole journey; :class:`Lost` where it does not go on."""
        useless, first = 0, ""
        news = self._listen()
        while not any(self._ends in told for told in news):
            cue = self._cue(news)
            if cue is not None:
                useless = 0
                news = self._answer(cue)
                continue
            useless += 1
            if useless > ROUND:
                wanted = f"wanted {self._next[0].words}, " if self._next else ""
                raise Lost(wanted + "told:\n" + "\n".join(dict.fromkeys(self.diary.told)))
            # Round once and nothing of use: the terminal may be at work.
            round_once = useless > 2 and news[-1:] == [first]
            news = self._listen(PAUSE_S) if round_once or useless % PAGE == 0 else []
            news = news or self._press(self._walk)
            if useless == 1:
                first = "".join(news[-1:])
        return self.diary

    def _listen(self, timeout_s: float | None = None) -> list[str]:
        news = self._sense.news() if timeout_s is None else self._sense.news(timeout_s)
        self.diary.told += news
        return news

    def _cue(self, news: Sequence[str]) -> Cue | None:
        """The first cue for the newest words; older ones are over."""
        for told in reversed(news):
            if self._next:
                if self._next[0].fits(told):
                    return self._next.pop(0)
                continue
            for number, cue in enumerate(self._cues):
                if self._may(number, cue) and cue.fits(told):
                    self._used[number] = self._used.get(number, 0) + 1
                    return cue
        return None

    def _may(self, number: int, cue: Cue) -> bool:
        if self.diary.newest(cue.held) > self.diary.newest(cue.until):
            return False
        return cue.patient or self._used.get(number, 0) < cue.times

    def _answer(self, cue: Cue) -> list[str]:
        self._next = [*cue.then, *self._next]
        found = tuple(self.diary.told[self._read :])
        self._read = len(self.diary.told)
        began = monotonic()
        news = self._do(cue)
        waited = monotonic() - began
        self.diary.deeds.append(Deed(found, cue.keys, cue.act_s, waited))
        return news

    def _do(self, cue: Cue) -> list[str]:
        if cue.act is not None:
            cue.act()
        news: list[str] = []
        for key in cue.keys:
            news += self._press(key)
        if cue.patient or (cue.act is not None and not cue.keys):
            news = self._listen(PATIENCE_S)
            if not news:
                raise Lost(f"nothing more was told after: {self.diary.told[-1]}")
        return news

    def _press(self, key: str) -> list[str]:
        self._keypad.press(key)
        news = self._listen()
        if not news:
            self.diary.silences.append(f"{key} after: {''.join(self.diary.told[-1:])}")
        return news
