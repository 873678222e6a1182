"""Following a terminal's visit from another thread: waiting for conditions, and keeping a record."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from types import TracebackType
from typing import Self

from kiosk.terminal_port import TerminalPort
from kiosk.visit.events import TimerFired
from kiosk.visit.model import Step, Visit


class NotAsScripted(Exception):  # noqa: N818 - says what happened
    """The visit did not go as the script says; the message says how, without personal data."""


@dataclass(slots=True)
class Seen:
    """What was to be seen of one visit. Nothing personal but the masked name."""

    who: str = ""
    steps: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    route: str = ""
    submission: str = ""
    key: str = ""
    lookup_code: str = ""
    receipt: str = "none"
    proof: str = "none"
    waited_for_paper: bool = False
    idle_warned: bool = False


class VisitWatch:
    """Follows ``port``; a context manager. Thread-safe."""

    def __init__(self, port: TerminalPort) -> None:
        self._port = port
        self._changed = threading.Condition()
        self._seen = Seen()
        self._unsubscribe: Callable[[], None] | None = None

    def __enter__(self) -> Self:
        self._unsubscribe = self._port.subscribe(self._on_visit)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()

    def begin(self) -> Seen:
        """Start a new record; returns it (it goes on being filled in)."""
        with self._changed:
            self._seen = Seen()
            return self._seen

    @property
    def seen(self) -> Seen:
        """The present record."""
        with self._changed:
            return self._seen

    def until(self, what: str, condition: Callable[[Visit], bool], timeout_s: float) -> Visit:
        """Wait until the visit is so; :class:`NotAsScripted` names ``what`` did not happen."""
        deadline = monotonic() + timeout_s
        with self._changed:
            while not condition(visit := self._port.visit):
                left = deadline - monotonic()
                if left <= 0:
                    raise NotAsScripted(f"{what} did not happen: {describe(visit)}")
                self._changed.wait(left)
        return visit

    def run_out(self, timer: str) -> None:
        """Let a running timer of the visit end now, so that nobody has to wait for it.

        The visit's own answer to the end of its time is what follows; only the waiting is left out.
        """
        visit = self.until(f"timer {timer}", lambda v: timer in v.timers, 5.0)
        self._port.post(TimerFired(timer, visit.timers[timer]))

    def _on_visit(self, visit: Visit) -> None:
        with self._changed:
            _note(self._seen, visit)
            self._changed.notify_all()


def describe(visit: Visit) -> str:
    """Where a visit is, in one line."""
    parts = [f"step {visit.step.value}"]
    if visit.trouble is not None:
        parts.append(f"trouble {visit.trouble.code}")
    if visit.awaiting:
        parts.append(f"awaiting {', '.join(sorted(visit.awaiting))}")
    if visit.submission is not None:
        parts.append(f"submission {visit.submission.state.value} {visit.submission.code}".strip())
    if visit.form_errors:
        parts.append(f"form errors {dict(visit.form_errors)}")
    return ", ".join(parts)


def _note(seen: Seen, visit: Visit) -> None:
    if visit.step is Step.ATTRACT:
        return
    if visit.step.value not in seen.steps[-1:]:
        seen.steps.append(visit.step.value)
    if visit.trouble is not None and visit.trouble.code not in seen.troubles[-1:]:
        seen.troubles.append(visit.trouble.code)
    if visit.holder is not None:
        seen.who = visit.holder.masked_name
    if visit.route is not None:
        seen.route = f"{visit.route.authority.zh} ({visit.route.mode.value})"
    if visit.submission is not None:
        seen.submission = visit.submission.state.value
        seen.key = visit.submission.key or seen.key
        seen.lookup_code = visit.submission.lookup_code or seen.lookup_code
    seen.receipt = visit.receipt_print.state.value
    seen.proof = visit.proof_print.state.value
    seen.waited_for_paper |= "waiting" in (seen.receipt, seen.proof)
    seen.idle_warned |= visit.idle_warning
