"""Calls on their way to the child: one running, the others in a row; each completes exactly once."""

from __future__ import annotations

import logging
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from drivers.host.wire import Call
from drivers.results import Failure, Result

log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class PendingCall:
    """One call. ``deadline``: monotonic time by which the adapter should have answered.

    ``given_up``: how it ends if it turns out that the child never began it.
    """

    operation: str
    arguments: bytes = field(repr=False)
    deadline: float
    future: Future[Result[Any]] = field(default_factory=Future, repr=False)
    id: int = 0
    given_up: Failure | None = None

    def __post_init__(self) -> None:
        # So that nobody can cancel it behind the supervisor's back: cancel() of the host does that.
        self.future.set_running_or_notify_cancel()

    def complete(self, name: str, result: Result[Any]) -> None:
        """Give the caller its result; only the outcome's code is logged."""
        outcome = result.code if isinstance(result, Failure) else "ok"
        log.info("%s: %s ended: %s", name, self.operation, outcome)
        self.future.set_result(result)

    def message(self) -> Call:
        """The order for the child."""
        return Call(self.id, self.operation, self.arguments, self.deadline)


class CallBook:
    """The calls of one host. Used by the supervisor's thread only.

    A call is *waiting*, then *sent*, and *running* once the child says it entered the adapter. Only
    a running call can have had effects; one merely sent goes back to waiting if the child dies.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting: deque[PendingCall] = deque()
        self._next_id = 1
        self._sent: PendingCall | None = None
        self.running: PendingCall | None = None

    def add(self, call: PendingCall) -> None:
        """Put a call at the end of the row."""
        self._waiting.append(call)

    def take_next(self) -> PendingCall | None:
        """The call to send now, under a fresh id; None while another is with the child."""
        if self._sent is not None or self.running is not None or not self._waiting:
            return None
        call = self._waiting.popleft()
        call.id, self._next_id = self._next_id, self._next_id + 1
        self._sent = call
        return call

    @property
    def last_id(self) -> int:
        """The highest id ever sent."""
        return self._next_id - 1

    def started(self, call_id: int) -> None:
        """The child entered the adapter for this call."""
        if self._sent is not None and self._sent.id == call_id:
            self.running, self._sent = self._sent, None

    def finished(self, call_id: int, result: Result[Any]) -> None:
        """The child answered; an answer to a call already ended is ignored."""
        for call in (self.running, self._sent):
            if call is not None and call.id == call_id:
                self._forget(call)
                call.complete(self._name, result)

    def _forget(self, call: PendingCall) -> None:
        if self.running is call:
            self.running = None
        if self._sent is call:
            self._sent = None

    def child_lost(self, failure: Failure) -> None:
        """The child is gone: the running call failed, one that never began waits for the next."""
        sent, self._sent = self._sent, None
        if sent is not None and sent.given_up is not None:
            sent.complete(self._name, sent.given_up)
        elif sent is not None:
            self._waiting.appendleft(sent)
        running, self.running = self.running, None
        if running is not None:
            running.complete(self._name, failure)

    def give_up_waiting(self, failure: Failure) -> None:
        """End every call that was not sent; one that was is ended by the child's answer."""
        row, self._waiting = list(self._waiting), deque()
        if self._sent is not None and self._sent.given_up is None:
            self._sent.given_up = failure
        for call in row:
            call.complete(self._name, failure)

    def expire(self, now: float, failure: Failure, grace_s: float) -> bool:
        """End those that never began in time; True if the child must be told to skip one.

        One already sent is first called back: only once the child had time to hear of it is it
        certain that the adapter will not be entered any more.
        """
        late = [call for call in self._waiting if call.deadline <= now]
        if late:
            self._waiting = deque(call for call in self._waiting if call.deadline > now)
        for call in late:
            call.complete(self._name, failure)
        sent = self._sent
        if sent is None or sent.deadline > now:
            return False
        if sent.deadline + grace_s <= now:
            self._sent = None
            sent.complete(self._name, sent.given_up or failure)
            return False
        fresh, sent.given_up = sent.given_up is None, sent.given_up or failure
        return fresh

    def next_deadline(self, grace_s: float) -> float:
        """When :meth:`expire` has something to do next; infinity if never."""
        times = [call.deadline for call in self._waiting]
        if self._sent is not None:
            times.append(self._sent.deadline + (grace_s if self._sent.given_up else 0.0))
        return min(times, default=float("inf"))


def pending(operation: str, arguments: bytes, timeout_s: float) -> PendingCall:
    """A call whose time runs from now."""
    return PendingCall(operation, arguments, time.monotonic() + timeout_s)
