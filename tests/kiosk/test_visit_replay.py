"""Records hold nobody, and replay the same path."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.personal import Personal
from kiosk.simulation import run
from kiosk.simulation.report import SimulationReport
from kiosk.visit import Visit, advance
from kiosk.visit import events as ev
from kiosk.visit.model import _LASTING, Power, Step, at_rest
from kiosk.visit.replay import parse_event, record_event, record_start, replay, replay_record


def recorded(seed: int, number: int) -> tuple[list[ev.Event], list[Visit]]:
    events: list[ev.Event] = []
    visits: list[Visit] = []

    def watch(now: float, event: ev.Event, visit: Visit) -> None:
        events.append(event)
        visits.append(visit)

    one = run._Run(seed, number, SimulationReport(seed), watch)
    one.visit = Visit()
    one.to_the_end()
    return events, visits


@settings(max_examples=15, deadline=None)
@given(number=st.integers(0, 100_000))
def test_a_redacted_record_takes_the_same_path(number: int) -> None:
    events, visits = recorded(11, number)
    before = [Visit(), *visits[:-1]]
    lines = [json.dumps(record_event(e, v)) for e, v in zip(events, before, strict=True)]
    again = [parse_event(json.loads(line)) for line in lines]
    assert [v.step for v in replay(again)[1:]] == [v.step for v in visits]
    redacted = Visit()
    for event, original, met in zip(again, events, before, strict=True):
        expected = [type(effect) for effect in advance(met, original)[1]]
        redacted, effects = advance(redacted, event)
        assert [type(effect) for effect in effects] == expected
    text = "\n".join(lines)
    for event in events:
        if isinstance(event, ev.CardRead | ev.SocialCardRead | ev.CodeRead):
            for canary in (event.holder.name, event.holder.number, event.holder.address):
                assert canary.reveal() not in text


def test_typed_answers_and_pins_are_not_in_the_record() -> None:
    for event in (
        ev.FormEdited("phone", Personal("13800138000")),
        ev.StaffPinEntered(Personal("478215")),
        ev.CodeTyped(Personal("CWID1.of-somebody")),
    ):
        line = json.dumps(record_event(event))
        assert "13800138000" not in line
        assert "478215" not in line
        assert "of-somebody" not in line
        assert type(parse_event(json.loads(line))) is type(event)


def test_an_unknown_event_is_refused() -> None:
    with pytest.raises(ValueError, match="no such event"):
        parse_event({"event": "Nonsense"})


def test_a_start_holds_all_that_outlasts_a_visit() -> None:
    visit = Visit(headset=True, near=False, power=Power.BATTERY, card_lies=True, effects_issued=7)
    for step in (Step.ATTRACT, Step.OUT_OF_SERVICE):
        rest = at_rest(visit, step)
        line = record_start(rest)
        assert line is not None
        assert set(line) == {"start", *_LASTING}
        assert next(replay_record([line]))[1] == rest
