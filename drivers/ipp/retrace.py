"""An A4 printer's recording, played to a printer's simulator (or a printer).

Each recorded request is sent again, with as many filler bytes as its document had; what was on the
pages, and so how many there were, is not recorded, and a simulator prints one. Job numbers are those
the printer gives now. Compared are the statuses of its answers, its reasons, and how jobs ended;
states that only pass (pending, processing) depend on when they were asked for.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace as changed

from drivers.flight.entry import Direction, Entry, Recording
from drivers.flight.retrace import (
    CONNECTION,
    Deviation,
    Observation,
    Pace,
    Retraced,
    compare,
    line_of,
)
from drivers.ipp.client import IppAnswerError, IppClient, IppUnreachableError
from drivers.ipp.codec import Attribute, Group, IppFormatError, Message, Value, decode
from drivers.ipp.constants import GroupTag, JobState, Operation, Status
from drivers.ipp.redaction import IppRedactor

_JOB_ID = "job-id"
_AGAIN_S = 0.02
_PASSING = (JobState.PENDING, JobState.PROCESSING)


def retrace(
    recording: Recording, uri: str, timeout_s: float = 5.0, pause_s: float = 2.0
) -> Retraced:
    """Play ``recording`` to the printer at ``uri``. ``timeout_s``: for each exchange; ``pause_s``:
    the longest pause that is kept. Raises :class:`ValueError` for a URI that is none."""
    return _IppRetrace(uri, timeout_s).play(recording, Pace(pause_s))


class _IppRetrace:
    def __init__(self, uri: str, timeout_s: float) -> None:
        self._client = IppClient(uri, tap=self._keep)
        self._timeout_s = timeout_s
        self._redactor = IppRedactor()
        self._entries: list[Entry] = []
        self._jobs: dict[int, int] = {}

    def play(self, recording: Recording, pace: Pace) -> Retraced:
        filled = 0
        unplayed: list[int] = []
        lost: list[Deviation] = []
        pause = threading.Event()
        for place, entry in enumerate(recording.entries):
            if entry.direction != "out":
                continue
            request = _message(entry)
            if request is None:
                unplayed.append(line_of(place))
                continue
            pause.wait(max(0.0, pace.due(entry.at) - time.monotonic()))
            request.data = bytes(entry.elided)
            filled += entry.elided
            try:
                then = _answer_after(recording.entries, place)
                answer = self._ask(self._renumbered(request), then)
            except (IppUnreachableError, IppAnswerError) as error:
                if then is not None:
                    lost.append(Deviation(CONNECTION, line_of(place), _name(then.code), str(error)))
                continue
            self._learn(then, answer)
        answers = changed(recording, entries=tuple(self._entries), overwritten=0)
        deviations = compare(observations(recording.entries), observations(self._entries))
        return Retraced((*deviations, *lost), filled, tuple(unplayed), answers)

    def _ask(self, request: Message, then: Message | None) -> Message:
        """Where the recorded answer told of a job's end, ask until this one ends too, or the time
        is over: a printer may be a little slower now."""
        until = time.monotonic() + self._timeout_s
        answer = self._client.exchange(request, self._timeout_s)
        pause = threading.Event()
        while then is not None and _ended(then) and _goes_on(answer):
            if time.monotonic() >= until:
                break
            pause.wait(_AGAIN_S)
            answer = self._client.exchange(request, self._timeout_s)
        return answer

    def _renumbered(self, request: Message) -> Message:
        """``request`` about the job that stands for the recorded one."""
        for group in request.groups:
            for at, attribute in enumerate(group.attributes):
                if attribute.name == _JOB_ID:
                    values = tuple(
                        Value(value.tag, self._jobs.get(value.content, value.content))
                        for value in attribute.values
                    )
                    group.attributes[at] = Attribute(_JOB_ID, values)
        return request

    def _learn(self, then: Message | None, now: Message) -> None:
        if then is None:
            return
        recorded = then.group(GroupTag.JOB).integer(_JOB_ID)
        given = now.group(GroupTag.JOB).integer(_JOB_ID)
        if recorded is not None and given is not None:
            self._jobs.setdefault(recorded, given)

    def _keep(self, direction: str, data: bytes) -> None:
        way: Direction = "out" if direction == "out" else "in"
        self._entries += self._redactor.take(time.monotonic(), way, data)


def observations(entries: Iterable[Entry]) -> Iterator[Observation]:
    """What the printer answered: the status to each kind of request, its reasons, jobs' ends."""
    asked = ""
    jobs: list[int] = []
    for place, entry in enumerate(entries):
        message = None if entry.direction == "note" else _message(entry)
        if message is None:
            continue
        if entry.direction == "out":
            asked = _operation(message.code)
            continue
        yield Observation(f"answer to {asked}", _name(message.code), place)
        for group in message.all(GroupTag.PRINTER):
            yield from _told(group, "printer-state-reasons", place)
        for group in message.all(GroupTag.JOB):
            yield from _of_job(group, jobs, place)


def _of_job(group: Group, jobs: list[int], place: int) -> Iterator[Observation]:
    number, state = group.integer(_JOB_ID), group.integer("job-state")
    if number is not None and number not in jobs:
        jobs.append(number)
    if state is not None and state not in _PASSING and jobs:
        # without a number it is the job that was made last
        nth = jobs.index(number) if number is not None else len(jobs) - 1
        yield Observation(f"state of job {nth + 1}", str(state), place)


def _told(group: Group, name: str, place: int) -> Iterator[Observation]:
    if reasons := group.strings(name):
        yield Observation(name, " ".join(sorted(reasons)), place)


def _message(entry: Entry) -> Message | None:
    try:
        return decode(entry.data)
    except IppFormatError:
        return None


def _answer_after(entries: tuple[Entry, ...], place: int) -> Message | None:
    """What was answered to the request at ``place``; None if nothing was."""
    for entry in entries[place + 1 :]:
        if entry.direction != "note":
            return _message(entry) if entry.direction == "in" else None
    return None


def _ended(answer: Message) -> bool:
    state = answer.group(GroupTag.JOB).integer("job-state")
    return state is not None and state not in _PASSING


def _goes_on(answer: Message) -> bool:
    return answer.group(GroupTag.JOB).integer("job-state") in _PASSING


def _operation(code: int) -> str:
    return Operation(code).name if code in set(Operation) else f"{code:#06x}"


def _name(code: int) -> str:
    return Status(code).name if code in set(Status) else f"{code:#06x}"
