"""Many visits: in worker processes, with the same result whatever their number."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from kiosk.simulation.report import SimulationReport
from kiosk.simulation.run import play

CHUNK = 100
"""Visits handed to a worker at a time: about a quarter of a second's work."""


def simulate(
    visits: int,
    seed: int,
    *,
    processes: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> SimulationReport:
    """Run visits 0 … ``visits``-1 of ``seed``; stops at the first broken rule.

    ``processes``: how many at a time, None for one a core; 1 works in the calling process.
    ``progress`` is called with the number of visits done.
    """
    chunks = [range(at, min(at + CHUNK, visits)) for at in range(0, visits, CHUNK)]
    workers = min(processes or len(os.sched_getaffinity(0)), len(chunks))
    whole = SimulationReport(seed)
    for part in _parts(seed, chunks, workers):
        whole.add(part)
        if progress is not None:
            progress(whole.visits)
        if not whole.ok:
            break
    return whole


def _parts(seed: int, chunks: list[range], workers: int) -> Iterator[SimulationReport]:
    """The chunks' reports in order, so that the first broken rule is the same in every run."""
    if workers <= 1:
        yield from map(partial(play, seed), chunks)
        return
    # Fresh interpreters: a fork would copy the locks of the threads that run here.
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield from pool.map(partial(play, seed), chunks)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
