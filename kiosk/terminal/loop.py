"""One thread owns the visit: events in, visits and effects out, timers between."""

from __future__ import annotations

import heapq
import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from kiosk.terminal.recorder import FlightRecorder
from kiosk.visit import Visit, advance
from kiosk.visit.effects import Effect, StartTimer, StopTimer
from kiosk.visit.events import Event, TimerFired

log = logging.getLogger(__name__)


class VisitLoop:
    """Runs :func:`kiosk.visit.advance` over a queue of events.

    ``perform`` is called on the loop's thread for every effect but timers, with the visit that
    issued it, and must return at once. ``monotonic`` is the clock of the timers, in seconds.
    """

    def __init__(
        self,
        perform: Callable[[Effect, Visit], None],
        *,
        visit: Visit | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._perform = perform
        self._monotonic = monotonic
        self._visit = visit or Visit()
        self._recorder = FlightRecorder(self._visit)
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        """None ends the loop."""
        self._subscribers: list[Callable[[Visit], None]] = []
        self._lock = threading.Lock()
        self._due: list[tuple[float, int, TimerFired]] = []
        self._order = itertools.count()
        self._running: dict[str, int] = {}
        self._thread = threading.Thread(target=self._run, name="visit", daemon=True)

    @property
    def visit(self) -> Visit:
        """The present visit."""
        return self._visit

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End after the events already posted."""
        self._events.put(None)
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout_s)

    def post(self, event: Event) -> None:
        """Hand in an event from any thread."""
        self._events.put(event)

    def subscribe(self, on_visit: Callable[[Visit], None]) -> Callable[[], None]:
        """Call back with every new visit, on the loop's thread."""
        with self._lock:
            self._subscribers.append(on_visit)

        def unsubscribe() -> None:
            with self._lock:
                if on_visit in self._subscribers:
                    self._subscribers.remove(on_visit)

        return unsubscribe

    def recording(self) -> list[dict[str, Any]]:
        """The latest visits' events, redacted, for :func:`kiosk.visit.replay.replay_record`."""
        return self._recorder.lines()

    def _run(self) -> None:
        while True:
            event = self._next()
            if event is None:
                return
            self._handle(event)

    def _next(self) -> Event | None:
        while True:
            now = self._monotonic()
            if self._due and self._due[0][0] <= now:
                fired = heapq.heappop(self._due)[2]
                if self._running.get(fired.timer) == fired.generation:
                    del self._running[fired.timer]
                    return fired
                continue
            wait = self._due[0][0] - now if self._due else None
            try:
                return self._events.get(timeout=wait)
            except queue.Empty:
                continue

    def _handle(self, event: Event) -> None:
        before = self._visit
        try:
            visit, effects = advance(before, event)
        except Exception as error:
            # A reducer bug must not take the terminal down: the event is dropped, the visit stays.
            log.error(
                "visit.reducer_failed event=%s error=%s", type(event).__name__, type(error).__name__
            )
            return
        self._visit = visit
        self._recorder.note(before, event, visit)
        if visit.step is not before.step:
            log.info("visit.step visit=%s step=%s", visit.visit_id, visit.step.value)
        for effect in effects:
            self._dispatch(effect, visit)
        if visit is not before:
            with self._lock:
                subscribers = list(self._subscribers)
            for on_visit in subscribers:
                self._tell(on_visit, visit)

    def _dispatch(self, effect: Effect, visit: Visit) -> None:
        match effect:
            case StartTimer(timer, generation, seconds):
                self._running[timer] = generation
                due = self._monotonic() + seconds
                heapq.heappush(self._due, (due, next(self._order), TimerFired(timer, generation)))
            case StopTimer(timer):
                self._running.pop(timer, None)
            case _:
                self._begin(effect, visit)

    # A bug behind a callback must not end the thread that owns the visit. Messages of exceptions
    # may quote personal data and stay out of the log.

    def _begin(self, effect: Effect, visit: Visit) -> None:
        try:
            self._perform(effect, visit)
        except Exception as error:
            log.error(
                "visit.perform_failed effect=%s error=%s",
                type(effect).__name__,
                type(error).__name__,
            )

    def _tell(self, on_visit: Callable[[Visit], None], visit: Visit) -> None:
        try:
            on_visit(visit)
        except Exception as error:
            log.error("visit.subscriber_failed error=%s", type(error).__name__)
