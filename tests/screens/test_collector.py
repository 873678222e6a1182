"""Rubbish is collected while nobody is served, and what lasts is put aside."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.visit.model import Step, Visit
from screens import collector
from screens.collector import Collector
from screens.fixtures import FakePort


class _Knot:
    """Refers to itself: only the collector takes it away."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def swept(qapp: QGuiApplication) -> Iterator[Collector]:
    gc.disable()  # what Python does by itself would blur what is done here
    one = Collector(FakePort())
    yield one
    one.close()
    gc.enable()


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


def test_what_lasts_is_put_aside_before_an_empty_terminal_only(
    swept: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "MANY", 1000)
    swept.note(Visit(step=Step.FORM))
    swept.look()
    assert gc.get_freeze_count() == 0
    swept.note(Visit())
    swept.look()
    aside = gc.get_freeze_count()
    assert aside > 1000
    swept.look()
    assert gc.get_freeze_count() == aside, "little came since: no second look at all"
    kept = [[number] for number in range(2000)]
    gc.collect()
    knot = weakref.ref(_Knot())
    swept.look()
    assert knot() is None
    assert gc.get_freeze_count() >= aside + len(kept)
    swept.close()
    assert gc.get_freeze_count() == 0
