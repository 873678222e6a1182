"""Whatever happens while an effect is performed, the visit gets a definite outcome."""

from __future__ import annotations

import dataclasses
import logging
import queue
import threading
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from config.catalogue import Level, Mode
from config.text import Text
from kiosk.personal import Personal
from kiosk.terminal.performing import Performers, failed
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit.model import Route
from kiosk.words import known_codes

pytestmark = pytest.mark.logs(r"effect\.failed")

WAIT = 10.0
ROUTE = Route(Mode.LOCAL, "440500", Text(zh="局", en="Office"), Level.CITY, "440500", None, False, 0,
              Text(zh="局", en="Office"))  # fmt: skip
VALUES = {
    "effect": 7, "route": ROUTE, "pin": Personal("1"), "form": {}, "assurance": {}, "data": {},
    "assurance_methods": (), "timeout_s": 1.0, "seconds": 1.0, "grade": 1, "generation": 1,
    "item_version": 1,
}  # fmt: skip
EFFECTS = get_args(fx.Effect)

# A wipe is asked for again until it is done; a payment is watched until its own timer ends it.
DELIBERATE = {fx.WipeVisit, fx.WatchPayment}


def made(kind: Any) -> Any:
    needed = [
        f.name
        for f in dataclasses.fields(kind)
        if f.name == "effect"
        or (f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING)
    ]
    optional = {"holder": None, "face": None, "signature": None}
    return kind(**{name: VALUES.get(name, optional.get(name, "x")) for name in needed})


@pytest.mark.parametrize("kind", EFFECTS, ids=lambda kind: kind.__name__)
def test_each_effect_someone_waits_for_has_a_failed_outcome(kind: Any) -> None:
    awaited = "effect" in {f.name for f in dataclasses.fields(kind)}
    outcome: Any = failed(made(kind))
    assert (outcome is not None) == (awaited and kind not in DELIBERATE)
    if outcome is not None:
        assert outcome.effect == 7
    # without a slip there is no picture to see; a call that did not get through says just that
    if outcome is not None and kind not in (fx.ComposeReceipt, fx.CallStaff):
        code = getattr(outcome, "code", "") or outcome.record.reason
        assert code in known_codes()


@pytest.fixture
def posted() -> queue.Queue[Any]:
    return queue.Queue()


@pytest.fixture
def performers(posted: queue.Queue[Any]) -> Iterator[Performers]:
    performers = Performers(posted.put, workers=2)
    yield performers
    performers.close()


def broken(_effect: Any, _visit: Visit) -> None:
    raise RuntimeError("李䶮")


@pytest.mark.parametrize(
    "kind", [k for k in EFFECTS if failed(made(k)) is not None], ids=lambda kind: kind.__name__
)
def test_a_handler_that_breaks_gives_that_outcome(
    kind: Any, performers: Performers, posted: queue.Queue[Any], caplog: pytest.LogCaptureFixture
) -> None:
    performers.add({kind: broken})
    with caplog.at_level(logging.ERROR):
        performers.perform(made(kind), Visit())
        assert posted.get(timeout=WAIT) == failed(made(kind))
    assert "effect.failed" in caplog.text
    assert "䶮" not in caplog.text


@pytest.mark.logs(r"effect\.failed effect=ReadCard")
def test_later_work_of_an_effect_that_breaks_gives_its_outcome_too(
    performers: Performers, posted: queue.Queue[Any]
) -> None:
    effect = fx.ReadCard(7, 1.0)
    performers.submit(effect, lambda: broken(effect, Visit()))
    assert posted.get(timeout=WAIT) == failed(effect)


def test_performing_returns_at_once_and_effects_run_side_by_side(performers: Performers) -> None:
    together = threading.Barrier(3)
    performers.add({fx.CallStaff: lambda _effect, _visit: together.wait(WAIT)})
    performers.perform(fx.CallStaff("a"), Visit())
    performers.perform(fx.CallStaff("b"), Visit())
    together.wait(WAIT)


def test_effects_without_a_handler_and_effects_after_the_end_are_dropped(
    performers: Performers, posted: queue.Queue[Any]
) -> None:
    performers.perform(fx.CallStaff("nobody"), Visit())
    performers.close()
    performers.add({fx.OpenItem: broken})
    performers.perform(fx.OpenItem(1, "x"), Visit())
    performers.submit(fx.ReadCard(1, 1.0), lambda: posted.put("ran"))
    assert posted.empty()
