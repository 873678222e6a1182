"""The visit's loop: order, timers by a clock of our own, and bugs that must not end it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from kiosk.terminal import loop as room
from kiosk.terminal.loop import VisitLoop
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev

WAIT = 10.0
Reducer = Callable[[Visit, Any], tuple[Visit, list[Any]]]


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Bench:
    """A loop over a reducer of the test's, with everything it did written down."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, reducer: Reducer) -> None:
        monkeypatch.setattr(room, "advance", reducer)
        self.performed: list[Any] = []
        self.clock = Clock()
        self.loop = VisitLoop(self.perform, monotonic=self.clock)

    def perform(self, effect: Any, _visit: Visit) -> None:
        if isinstance(effect, fx.CallStaff) and effect.reason == "bug":
            raise RuntimeError("李䶮")
        self.performed.append(effect)

    def through(self) -> None:
        """Return when everything posted so far has been handled."""
        done = threading.Event()
        stop = self.loop.subscribe(lambda visit: done.set() if visit.place == "end" else None)
        self.loop.post(ev.PlaceChosen("end"))
        assert done.wait(WAIT)
        stop()
        self.loop.post(ev.PlaceChosen(""))


def counting(visit: Visit, event: Any) -> tuple[Visit, list[Any]]:
    match event:
        case ev.PlaceChosen(place):
            return replace(visit, place=place), []
        case ev.FormEdited(name):
            if name == "bug":
                raise ValueError("李䶮")
            return replace(visit, visit_id=visit.visit_id + name + " "), [fx.CallStaff(name)]
        case ev.TimerFired(timer, generation):
            fired = f"{timer}{generation} "
            return replace(visit, visit_id=visit.visit_id + fired), [fx.CallStaff(f"fired {fired}")]
        case ev.ItemChosen(code):
            timer, generation, seconds = code.split(":")
            if seconds == "stop":
                return visit, [fx.StopTimer(timer)]
            return visit, [fx.StartTimer(timer, int(generation), float(seconds))]
        case _:
            return visit, []


def typed(name: str) -> ev.FormEdited:
    from kiosk.personal import Personal

    return ev.FormEdited(name, Personal(""))


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    bench = Bench(monkeypatch, counting)
    bench.loop.start()
    yield bench
    bench.loop.stop(WAIT)


def test_events_of_many_threads_are_each_handled_once_and_in_their_order(bench: Bench) -> None:
    def post(thread: int) -> None:
        for number in range(50):
            bench.loop.post(typed(f"{thread}-{number}"))

    threads = [threading.Thread(target=post, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bench.through()
    handled = bench.loop.visit.visit_id.split()
    assert len(handled) == 300
    for thread in range(6):
        mine = [word for word in handled if word.startswith(f"{thread}-")]
        assert mine == [f"{thread}-{number}" for number in range(50)]
    assert [effect.reason for effect in bench.performed] == handled


def test_subscribers_hear_each_new_visit_in_the_order_they_came(bench: Bench) -> None:
    heard: list[tuple[str, str]] = []
    bench.loop.subscribe(lambda visit: heard.append(("a", visit.visit_id)))
    stop = bench.loop.subscribe(lambda visit: heard.append(("b", visit.visit_id)))
    bench.loop.post(typed("1"))
    bench.loop.post(ev.Touched())  # changes nothing: nobody is told
    bench.through()
    assert heard[:2] == [("a", "1 "), ("b", "1 ")]
    heard.clear()
    stop()
    stop()
    bench.loop.post(typed("2"))
    bench.through()
    assert {name for name, _ in heard} == {"a"}


def test_a_bug_in_reducer_performer_or_subscriber_ends_nothing_and_quotes_nobody(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str] = []

    def broken(_visit: Visit) -> None:
        raise RuntimeError("李䶮")

    bench.loop.subscribe(broken)
    bench.loop.subscribe(lambda visit: heard.append(visit.visit_id))
    with caplog.at_level(logging.ERROR):
        bench.loop.post(typed("bug"))
        assert bench.loop.visit == Visit()
        bench.loop.post(typed("1"))
        bench.loop._dispatch(fx.CallStaff("bug"), Visit())
        bench.loop.post(typed("2"))
        bench.through()
    assert bench.loop.visit.visit_id == "1 2 "
    assert heard[:2] == ["1 ", "1 2 "]
    for said in ("visit.reducer_failed", "visit.subscriber_failed", "visit.perform_failed"):
        assert said in caplog.text
    assert "䶮" not in caplog.text


def test_timers_fire_in_the_order_of_their_time_and_only_when_it_has_come(bench: Bench) -> None:
    for order in ("late:1:30", "early:1:10", "never:1:20", "never:1:stop"):
        bench.loop.post(ev.ItemChosen(order))
    bench.through()
    bench.clock.now += 9.9
    bench.through()
    assert "early" not in bench.loop.visit.visit_id
    bench.clock.now += 0.1
    bench.through()
    assert bench.loop.visit.visit_id == "early1 "
    bench.clock.now += 100
    bench.through()
    assert bench.loop.visit.visit_id == "early1 late1 "


def test_a_newer_start_replaces_the_older_shot(bench: Bench) -> None:
    for order in ("idle:1:10", "idle:2:30", "idle:3:20"):
        bench.loop.post(ev.ItemChosen(order))
    bench.through()
    bench.clock.now += 15
    bench.through()
    assert bench.loop.visit.visit_id == ""
    bench.clock.now += 100
    bench.through()
    assert bench.loop.visit.visit_id == "idle3 "


def test_a_timer_wakes_a_loop_that_waits_for_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(monkeypatch, counting)
    loop = VisitLoop(bench.perform)
    fired = threading.Event()
    loop.subscribe(lambda visit: fired.set() if "soon1" in visit.visit_id else None)
    loop.start()
    loop.post(ev.ItemChosen("soon:1:0.01"))
    assert fired.wait(WAIT)
    loop.stop(WAIT)


def test_stopping_handles_what_was_posted_and_ends_the_thread(bench: Bench) -> None:
    for number in range(20):
        bench.loop.post(typed(str(number)))
    bench.loop.stop(WAIT)
    bench.loop.stop(WAIT)
    assert len(bench.loop.visit.visit_id.split()) == 20
    # this loop's own: another test's may still be ending
    assert not bench.loop._thread.is_alive()
    bench.loop.post(typed("too late"))
    assert len(bench.loop.visit.visit_id.split()) == 20


def test_a_subscriber_may_stop_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(monkeypatch, counting)
    bench.loop.subscribe(lambda _visit: bench.loop.stop())
    bench.loop.start()
    bench.loop.post(typed("1"))
    bench.loop._thread.join(WAIT)
    assert not bench.loop._thread.is_alive()
