"""Rubbish is collected while nobody is served, and what lasts is put aside."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter
from PySide6.QtQml import QJSEngine, QQmlEngine

from kiosk.visit.model import Step, Visit
from screens import collector
from screens.collector import Collector
from screens.fixtures import FakePort
from screens.runtime import SANS, drop_letters


class _Knot:
    """Refers to itself: only the collector takes it away."""

    def __init__(self) -> None:
        self.self = self


class _Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def engine(qapp: QGuiApplication) -> QJSEngine:
    return QJSEngine()


@pytest.fixture
def swept(engine: QJSEngine, clock: _Clock) -> Iterator[Collector]:
    gc.disable()  # what Python does by itself would blur what is done here
    one = Collector(FakePort(), engine, clock)
    one._fresh = 0
    yield one
    one.close()
    gc.enable()


def many(count: int) -> list[list[int]]:
    """So many objects, old enough to be among the lasting ones."""
    made = [[number] for number in range(count)]
    gc.collect(1)
    return made


def test_a_visit_is_not_disturbed_and_what_it_left_goes_after_it(
    swept: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "MANY", 10**9)
    swept.note(Visit(step=Step.HOME))
    left = weakref.ref(_Knot())
    swept.look()
    assert left() is not None
    swept.note(Visit())
    swept.look()
    assert left() is None
    another = weakref.ref(_Knot())
    swept.look()
    assert another() is not None, "nobody came in between: nothing to do"


def test_a_visit_that_goes_on_and_on_is_looked_at_in_the_end(
    swept: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept.note(Visit(step=Step.FORM))
    thing = _Knot()
    gc.collect(1)  # it is among the lasting ones
    left = weakref.ref(thing)
    del thing
    swept.look()
    assert left() is not None
    monkeypatch.setattr(collector, "TOO_LONG", 0)
    swept.look()
    assert left() is None
    assert gc.get_count()[2] == 0, "nothing to do at the next look"


def test_python_itself_looks_at_what_is_young_only(engine: QJSEngine) -> None:
    before = gc.get_threshold()
    one = Collector(FakePort(), engine)
    assert gc.get_threshold() == (*before[:2], collector.NEVER)
    one.close()
    assert gc.get_threshold() == before


def test_what_lasts_is_put_aside_before_an_empty_terminal_only(
    swept: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "MANY", 1000)
    aside = gc.get_freeze_count()
    assert aside > 1000, "what the terminal was made of"
    kept, knot = many(2000), weakref.ref(_Knot())
    swept.note(Visit(step=Step.FORM))
    swept.look()
    assert gc.get_freeze_count() == aside
    swept.note(Visit())
    swept.look()
    assert knot() is None, "what came is looked at before it is put aside"
    assert gc.get_freeze_count() >= aside + len(kept)
    aside = gc.get_freeze_count()
    swept.look()
    assert gc.get_freeze_count() == aside, "little came since"
    swept.close()
    assert gc.get_freeze_count() == 0


def test_what_a_start_loads_is_put_aside_unseen(engine: QJSEngine, clock: _Clock) -> None:
    one = Collector(FakePort(), engine, clock)
    aside, loaded = gc.get_freeze_count(), many(2000)
    one.look()
    assert gc.get_freeze_count() >= aside + len(loaded)
    one.close()


def test_all_is_looked_at_only_where_nobody_has_been_near_for_a_while(
    swept: Collector, clock: _Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "MANY", 1000)
    monkeypatch.setattr(collector, "ASIDE_MANY", 1500)
    thing = _Knot()
    kept = many(2000)
    swept.look()
    knot = weakref.ref(thing)
    del thing  # rubbish among what was put aside
    clock.now += collector.QUIET_S - 1
    swept.touched()
    clock.now += collector.QUIET_S - 1
    swept.look()
    assert knot() is not None, "somebody touched the screen since"
    clock.now += 2
    swept.look()
    assert knot() is None
    assert gc.get_freeze_count() > len(kept), "and what lasts is put aside again"


def test_what_qml_no_longer_needs_goes_after_a_visit(swept: Collector, engine: QJSEngine) -> None:
    left: list[str] = []
    thing = QObject()
    thing.destroyed.connect(lambda: left.append("gone"))
    QQmlEngine.setObjectOwnership(thing, QQmlEngine.ObjectOwnership.JavaScriptOwnership)
    engine.newQObject(thing)
    swept.note(Visit(step=Step.HOME))
    swept.look()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert left == []
    swept.note(Visit())
    swept.look()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert left == ["gone"]


def test_letters_drawn_in_many_sizes_are_not_kept_for_good(
    swept: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "VISITS_A_STORE", 2)
    drop_letters()
    before = _font_mappings()
    _draw(range(11, 23))
    drawn = _font_mappings()
    assert drawn > before
    for expected in (drawn, before):
        swept.note(Visit(step=Step.HOME))
        swept.note(Visit())
        swept.look()
        assert _font_mappings() == expected


def _draw(sizes: range) -> None:
    image = QImage(64, 32, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    font = QFont(SANS)
    for size in sizes:
        font.setPixelSize(size)
        painter.setFont(font)
        painter.drawText(2, 24, "汕头")
    painter.end()


def _font_mappings() -> int:
    """How many times fonts are in this process's memory: once for each size that is kept."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        return sum(line.rstrip().endswith((".ttc", ".ttf", ".otf")) for line in maps)
