"""A recording as a script: questions with what followed them, and where a replay left it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from drivers.flight.entry import Outcome, Recording, outcome


@dataclass(frozen=True, slots=True)
class Answered:
    """A piece of an answer. ``pause_s``: seconds after what came before it."""

    pause_s: float
    data: bytes


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it was recorded. ``key``: what makes two questions the same; ``data``: as sent."""

    key: bytes
    data: bytes
    answer: tuple[Answered, ...] = ()


Questions = Callable[[bytes], Sequence[tuple[bytes, bytes]]]
"""Key and bytes of each question within a piece that was sent."""


@dataclass(frozen=True, slots=True)
class Act:
    """One operation of a recording: how it ended, and what was asked meanwhile."""

    done: Outcome
    questions: tuple[Question, ...]


def acts(recording: Recording, questions: Questions) -> list[Act]:
    """The operations that ended within a recording, in order.

    What came in belongs to the last question before it, if that was of the same operation.
    """
    found: list[Act] = []
    asked: list[Question] = []
    pieces: list[Answered] = []
    last = 0.0
    for entry in recording.entries:
        if entry.direction == "note":
            if entry.note.startswith("begin "):
                asked, pieces = [], []
            elif (done := outcome(entry.note)) is not None:
                found.append(Act(done, tuple(asked)))
        elif entry.direction == "out":
            for key, data in questions(entry.data):
                asked.append(Question(key, data))
                pieces, last = [], entry.at
        elif asked and entry.data:
            pieces.append(Answered(max(0.0, entry.at - last), entry.data))
            last = entry.at
            asked[-1] = replace(asked[-1], answer=tuple(pieces))
    return found


class Script:
    """Hands out the recorded questions, operation by operation; from any thread.

    Each question takes the next recorded one with the same key. Those in between are passed over, and
    one that is asked more often than then gets its last answer again: how often a waiting adapter asks
    depends on the clock. A question that was not asked in this operation gets None and is noted in
    :attr:`unknown`: there the replay has left the recording.
    """

    def __init__(self, played: Sequence[Act]) -> None:
        self._acts = deque(played)
        self._left: list[Question] = []
        self._given: dict[bytes, Question] = {}
        self._lock = threading.Lock()
        self.unknown: list[bytes] = []

    def turn(self) -> None:
        """The next operation begins."""
        with self._lock:
            self._left = list(self._acts.popleft().questions) if self._acts else []
            self._given = {}

    def next(self, key: bytes) -> Question | None:
        """The recorded counterpart of a question asked now."""
        with self._lock:
            for at, question in enumerate(self._left):
                if question.key == key:
                    del self._left[: at + 1]
                    self._given[key] = question
                    return question
            if key not in self._given:
                self.unknown.append(key)
            return self._given.get(key)
