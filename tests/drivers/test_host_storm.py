"""Every call ends once with a definite result, and no call is done twice, whatever happens."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from host_bench import PATIENCE_S, QUICK, child_pids, code, outcome, running, value

from drivers.host import DeviceHost
from drivers.results import Ok

pytestmark = pytest.mark.logs(r"drivers\.host\.supervisor reader: device\.(host_crashed|hung)")

HARDY = replace(QUICK, hang_s=1.0, quarantine_after=10_000)
NEVER_BEGAN = {"device.offline", "device.timeout"}
"""Ends of a call that the adapter was never entered for."""
MAY_HAVE_BEGUN = {"device.host_crashed", "device.hung", "device.cancelled"}


def marked(path: Path) -> Counter[int]:
    """How often each call was begun."""
    return Counter(int(line) for line in path.read_text("ascii").split())


def until(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(int(PATIENCE_S / 0.005)):
        if condition():
            return
        pause.wait(0.005)
    raise AssertionError("it never came to be")


def test_a_call_that_began_unheard_is_not_done_again(tmp_path: Path) -> None:
    """The supervisor is busy while the child says that it began; before it hears, it is to reset."""
    marks = tmp_path / "marks"
    marks.touch()
    with running("Well", replace(HARDY, hang_s=20.0)) as (host, _):
        pid = value(host.call("echo", 0, timeout_s=20))[2]
        os.kill(pid, signal.SIGSTOP)
        began = host.call("mark", 1, str(marks), 30.0, timeout_s=30)
        late = host.call("echo", 1, timeout_s=1.0)

        def in_the_supervisors_thread(_: Future[Any]) -> None:
            host.reset()
            os.kill(pid, signal.SIGCONT)
            until(lambda: marked(marks)[1] > 0)

        late.add_done_callback(in_the_supervisors_thread)
        assert code(late) == "device.timeout"
        assert code(began) == "device.host_crashed"
        assert value(host.call("echo", 2, timeout_s=20))[2] != pid
        assert marked(marks) == {1: 1}


class Storm:
    """Misfortunes of a host, drawn by chance."""

    def __init__(self, host: DeviceHost, seed: int) -> None:
        self._host, self._random = host, random.Random(seed)
        self._pause = threading.Event()
        self._misfortunes: list[Callable[[], object]] = [
            lambda: self._signal(signal.SIGKILL),
            lambda: self._signal(signal.SIGSEGV),
            lambda: self._signal(signal.SIGSTOP),
            lambda: self._signal(signal.SIGTERM),
            host.cancel,
            host.reset,
            host.nudge,
        ]

    def blow(self) -> None:
        """Something happens, after a moment."""
        self._pause.wait(self._random.uniform(0.0, 0.12))
        self._random.choice(self._misfortunes)()

    def stay_s(self) -> float:
        """How long the next call takes."""
        return self._random.choice((0.0, 0.01, 0.08))

    def patience_s(self) -> float:
        """How long the next call may take, waiting for its turn included."""
        return self._random.choice((0.05, 0.5, 8.0))

    def _signal(self, number: int) -> None:
        pid = self._host.pid
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)


@pytest.mark.parametrize("seed", [11, 12])
def test_calls_in_a_storm_each_end_once_and_are_begun_once_at_most(
    seed: int, tmp_path: Path
) -> None:
    before = child_pids()
    marks = tmp_path / "marks"
    marks.touch()
    calls: list[Future[Any]] = []
    ends: Counter[int] = Counter()
    with running("Well", HARDY) as (host, _):
        storm = Storm(host, seed)
        for _ in range(14):
            for _ in range(4):
                number = len(calls)
                arguments = (number, str(marks), storm.stay_s())
                call = host.call("mark", *arguments, timeout_s=storm.patience_s())
                call.add_done_callback(lambda _, number=number: ends.update([number]))
                calls.append(call)
            storm.blow()
        results = [outcome(call) for call in calls[:-4]]  # the last meet the end of the host
    results += [outcome(call) for call in calls[-4:]]
    begun = marked(marks)
    assert set(begun.values()) <= {1}
    for number, result in enumerate(results):
        if isinstance(result, Ok):
            assert result.value == number
            assert begun[number] == 1
        else:
            assert result.code in NEVER_BEGAN | MAY_HAVE_BEGUN
            assert result.code not in NEVER_BEGAN or begun[number] == 0
    assert set(ends.values()) == {1}
    assert len(ends) == len(calls)
    assert child_pids() == before
