"""The writer thread: owns the store, groups what is asked of it into commits, and keeps the
outbox usable when the storage fails.

Whatever waits when a commit begins goes into that commit, so one flush serves many; for jobs that
nobody waits for, a commit is put off a moment, so that more come together. A full
disk fails only what does not fit. After any other storage error nothing is retried on the
same handle (a failed flush may have dropped pages): the store is closed, opened again and
verified, and acceptances that were refused are removed should they have reached the disk.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import apsw

from offline_queue.clock import Clock, SteadyTime
from offline_queue.errors import OutboxClosed, OutboxStorageError
from offline_queue.gauge import Gauge, gauge
from offline_queue.items import ItemView, Refusal
from offline_queue.moves import expire, next_expiry
from offline_queue.place import is_full
from offline_queue.store import Store
from offline_queue.upkeep import forget, void

_log = logging.getLogger(__name__)
_GROUP = 64
_LINGER_S = 0.01
"""How long a job that may wait does so for others, in real time whatever the clock."""
_UPKEEP_EVERY_S = 3600.0
STORAGE_ERRORS = (apsw.Error, OSError, OutboxStorageError)


@dataclass(slots=True)
class Job:
    """Work for the writer: ``run`` inside a transaction, its result into ``future``.

    ``refused`` turns a storage error's code into a result (else it is raised); ``alone``: run
    outside any transaction; ``patient``: nobody waits for it, so it may wait a moment for others.
    """

    run: Callable[[Store], Any]
    refused: Callable[[str, str], Any] | None = None
    alone: bool = False
    patient: bool = False
    future: Future[Any] = field(default_factory=Future)


class Writer:
    """Runs jobs on a store, on a thread of its own. ``opener`` opens (and recovers) it; ``read_only`` says
    whether nothing can be written where it is."""

    def __init__(
        self,
        store: Store,
        opener: Callable[[], Store],
        clock: Clock,
        publish: Callable[[list[ItemView]], None],
        read_only: Callable[[], bool],
    ) -> None:
        self._read_only = read_only
        self._said = ""
        self._store: Store | None = store
        self._opener = opener
        self._clock = clock
        self._publish = publish
        self._jobs: deque[Job] = deque()
        self._condition = threading.Condition()
        self._closing = False
        self._voided: list[str] = []
        self._upkeep_due = store.time.now() + _UPKEEP_EVERY_S
        self._next_expiry: float | None = None
        self.time: SteadyTime = store.time
        self.gauge = Gauge()
        self._measured: tuple[Store, int] | None = None
        self._measure(store)
        self._thread = threading.Thread(target=self._run, name="outbox-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> Future[Any]:
        """Queue ``job``; raises OutboxClosed when closing has begun."""
        with self._condition:
            if self._closing:
                raise OutboxClosed("the outbox is closed")
            self._jobs.append(job)
            if not job.patient or len(self._jobs) in (1, _GROUP):
                self._condition.notify()
        return job.future

    def close(self, timeout_s: float) -> bool:
        """Do what is queued, checkpoint, close the store; whether that was done in time."""
        with self._condition:
            self._closing = True
            self._condition.notify()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    # -- the thread --------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            jobs, closing = self._next()
            # First, so that nobody is shown as waiting what has run out of time.
            self._timers()
            for group in _groups(jobs):
                self._round(group)
            if closing:
                break
            self._tidy()
        if self._store is not None:
            try:
                self._store.checkpoint()
            except STORAGE_ERRORS as error:
                _log.warning("outbox not checkpointed at close: %s", _describe(error))
            self._store.close()

    def _next(self) -> tuple[list[Job], bool]:
        with self._condition:
            if not self._jobs and not self._closing:
                self._clock.wait_until(self._condition, self._deadline())
            self._gather()
            count = min(len(self._jobs), _GROUP)
            jobs = [self._jobs.popleft() for _ in range(count)]
            closing = self._closing and not self._jobs
        return [job for job in jobs if job.future.set_running_or_notify_cancel()], closing

    def _gather(self) -> None:
        """As long as only patient jobs wait, let more come; the condition is held."""
        end = time.monotonic() + _LINGER_S
        while self._jobs and all(job.patient for job in self._jobs):
            left = end - time.monotonic()
            if self._closing or left <= 0 or len(self._jobs) >= _GROUP:
                return
            self._condition.wait(left)

    def _tidy(self) -> None:
        while not self._jobs and self._store is not None and self._store.tidy():
            pass

    def _deadline(self) -> float:
        store = self._store
        if store is None:
            return self._clock.monotonic() + 1.0
        moments = [self._upkeep_due, store.erasure_due, self._next_expiry]
        return self.time.monotonic(min(moment for moment in moments if moment is not None))

    def _timers(self) -> None:
        try:
            now = self._ready().time.now()
            if self._next_expiry is not None and self._next_expiry <= now:
                self._round([Job(expire)])
            if self._upkeep_due <= now:
                self._upkeep_due = now + _UPKEEP_EVERY_S
                self._round([Job(forget)])
            store = self._ready()
            if store.erasure_due is not None and store.erasure_due <= now:
                self._erase(store)
        except STORAGE_ERRORS as error:
            self._abandon(error)

    def _erase(self, store: Store) -> None:
        try:
            store.checkpoint()
        except STORAGE_ERRORS as error:
            if not is_full(error):
                raise
            _log.warning("outbox not checkpointed, will be tried again: %s", _describe(error))
            store.erasure_due = store.time.now() + store.limits.erase_within_s

    def _ready(self) -> Store:
        """The store, opened again if it had to be closed."""
        if self._store is None:
            store = self._opener()
            self.time = store.time
            try:
                if self._voided:
                    store.begin()
                    void(store, self._voided)
                    store.commit()
                    self._voided = []
            except STORAGE_ERRORS:
                store.close()
                raise
            self._store = store
            self._measure(store)
            _log.info("outbox storage works again")
            self._said = ""
        return self._store

    def _round(self, jobs: list[Job]) -> None:
        """Run ``jobs`` in one commit; a full disk fails only those that do not fit alone."""
        store: Store | None = None
        try:
            store = self._ready()
            outcomes, changed = self._transaction(store, jobs)
        except STORAGE_ERRORS as error:
            if store is not None and is_full(error) and self._undone(store):
                if len(jobs) > 1:
                    for job in jobs:
                        self._round([job])
                elif _tidied(store) or (jobs[0].refused is None and self._make_room(store)):
                    self._round(jobs)
                else:
                    self._fail(jobs, "outbox.disk_full", error)
                return
            if store is not None and self._store is store:
                self._voided += store.inserted
            self._abandon(error)
            self._reopen_quietly()
            self._fail(jobs, "outbox.storage_failed", error)
            return
        self._measure(store)
        for job, (result, trouble) in zip(jobs, outcomes, strict=True):
            if trouble is not None:
                job.future.set_exception(trouble)
            else:
                job.future.set_result(result)
        if changed:
            self._publish(changed)

    def _transaction(
        self, store: Store, jobs: list[Job]
    ) -> tuple[list[tuple[Any, Exception | None]], list[ItemView]]:
        if jobs[0].alone:
            return [(jobs[0].run(store), None)], []
        outcomes: list[tuple[Any, Exception | None]] = []
        store.begin()
        for job in list(jobs):
            try:
                outcomes.append((job.run(store), None))
            except STORAGE_ERRORS:
                raise
            except Exception as bug:
                # Half of a job must not be committed; the others are run again without it.
                store.rollback()
                if len(jobs) == 1:
                    return [(None, bug)], []
                job.future.set_exception(bug)
                jobs.remove(job)
                return self._transaction(store, jobs)
        return outcomes, store.commit()

    def _make_room(self, store: Store) -> bool:
        """For what must not fail, a verdict above all; whether it may be worth trying again."""
        if not store.place.drop_ballast():
            return False
        _log.error("the disk is full: the outbox gives up its ballast to record deliveries")
        try:
            store.checkpoint()
        except STORAGE_ERRORS as error:
            _log.warning("outbox not checkpointed: %s", _describe(error))
        return True

    def _undone(self, store: Store) -> bool:
        try:
            store.rollback()
        except STORAGE_ERRORS:
            return False
        return True

    def _measure(self, store: Store) -> None:
        if self._measured != (store, store.moved):
            self._next_expiry = next_expiry(store)
            self._measured = store, store.moved
        self.gauge = gauge(store)

    def _abandon(self, error: Exception) -> None:
        said = self._explain(error)
        if said != self._said:  # it is tried every second: once is enough
            _log.error("outbox storage failed, will be opened again: %s", said)
            self._said = said
        if self._store is not None:
            self._store.close()
            self._store = None
        self.gauge = Gauge(broken=Refusal("outbox.storage_failed", said))

    def _reopen_quietly(self) -> None:
        try:
            self._ready()
        except STORAGE_ERRORS as error:
            self._abandon(error)

    def _explain(self, error: Exception) -> str:
        return "the file system is read-only" if self._read_only() else _describe(error)

    def _fail(self, jobs: list[Job], code: str, error: Exception) -> None:
        detail = _describe(error) if is_full(error) else self._explain(error)
        for job in jobs:
            if job.refused is not None:
                job.future.set_result(job.refused(code, detail))
            else:
                job.future.set_exception(OutboxStorageError(code, detail))


def _tidied(store: Store) -> bool:
    """Remove all files of erased bodies; whether there were any."""
    removed = False
    while store.tidy():
        removed = True
    return removed


def _groups(jobs: list[Job]) -> list[list[Job]]:
    groups: list[list[Job]] = []
    for job in jobs:
        if groups and not job.alone and not groups[-1][0].alone:
            groups[-1].append(job)
        else:
            groups.append([job])
    return groups


def _describe(error: Exception) -> str:
    """The error without bound values or paths: its kind and number."""
    if isinstance(error, OutboxStorageError):
        return error.code
    number = error.errno if isinstance(error, OSError) else getattr(error, "extendedresult", "")
    return f"{type(error).__name__} {number}".strip()
