"""The flight recorder: whole visits, nobody in them, and what they replay to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.cli.main import app
from kiosk.control import ControlServer
from kiosk.personal import Personal
from kiosk.simulation import run
from kiosk.simulation.report import SimulationReport
from kiosk.terminal import VisitLoop, recorder
from kiosk.terminal.recorder import FlightRecorder
from kiosk.visit import Step, Visit, advance
from kiosk.visit import events as ev
from kiosk.visit.replay import replay_record

VISITS = 4


class Played:
    """Some simulated visits, one after another at one terminal."""

    def __init__(self, box: FlightRecorder) -> None:
        self.steps: list[Step] = []
        self.visit = Visit()
        for number in range(VISITS):
            one = run._Run(17, number, SimulationReport(17), self.watch)
            one.visit = self.visit
            self.box = box
            one.to_the_end()

    def watch(self, _now: float, event: ev.Event, visit: Visit) -> None:
        self.box.note(self.visit, event, visit)
        self.visit = visit
        self.steps.append(visit.step)


def played_back(lines: list[dict[str, object]]) -> list[Step]:
    again = json.loads(json.dumps(lines))
    return [visit.step for name, visit in replay_record(again) if name != "start"]


def test_what_was_recorded_leads_through_the_same_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "EVENTS_KEPT", 10_000)
    box = FlightRecorder(Visit())
    played = Played(box)
    assert {Step.HOME, Step.FAREWELL} < set(played.steps)
    assert played_back(box.lines()) == played.steps


def test_old_visits_are_forgotten_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "EVENTS_KEPT", 40)
    box = FlightRecorder(Visit())
    played = Played(box)
    lines = box.lines()
    kept = played_back(lines)
    assert lines[0]["start"] == "attract"
    assert 0 < len(kept) < len(played.steps)
    assert kept == played.steps[-len(kept) :]
    assert Step.HOME in kept, "the last visit is whole, however long it was"


def test_passers_by_do_not_push_out_the_visit_that_ended_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recorder, "EVENTS_KEPT", 40)
    box = FlightRecorder(Visit())
    visit = Played(box).visit
    for near in [True, False] * 500:
        before, visit = visit, advance(visit, ev.PresenceChanged(near))[0]
        box.note(before, ev.PresenceChanged(near), visit)
    kept = played_back(box.lines())
    assert Step.HOME in kept
    assert Step.FAREWELL in kept
    assert len(box.lines()) < 300
    before, visit = visit, advance(visit, ev.Started("v"))[0]
    box.note(before, ev.Started("v"), visit)
    assert played_back(box.lines())[-1] is Step.HOME


def test_a_visit_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "EVENTS_OF_ONE_VISIT", 30)
    box, visit = FlightRecorder(Visit()), Visit()
    for event in (ev.Started("v"), *[ev.Touched()] * 100):
        before, visit = visit, advance(visit, event)[0]
        box.note(before, event, visit)
    assert len(box.lines()) <= 32
    assert played_back(box.lines())[-1] is Step.HOME


@pytest.mark.logs("recorder.gap event=LanguageChosen error=TypeError")
def test_an_event_that_cannot_be_recorded_is_a_marked_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(event: ev.Event, before: Visit) -> dict[str, object]:
        raise TypeError("李䶮")

    monkeypatch.setattr(recorder, "record_event", unknown)
    box = FlightRecorder(Visit())
    box.note(Visit(), ev.LanguageChosen("en"), Visit(step=Step.HOME))
    assert box.lines()[-1] == {"event": "LanguageChosen", "error": "TypeError"}
    with pytest.raises(ValueError, match="LanguageChosen"):
        list(replay_record(box.lines()))


def test_the_loop_records_what_it_handles() -> None:
    loop = VisitLoop(lambda effect, visit: None)
    loop.post(ev.Started("v-1"))
    loop.post(ev.StaffPinEntered(Personal("478215")))
    loop.start()
    loop.stop()
    lines = loop.recording()
    assert [line.get("event") for line in lines] == [None, "Started", "StaffPinEntered"]
    assert "478215" not in json.dumps(lines)


# ---- the commands --------------------------------------------------------------------------------


@pytest.fixture
def recorded() -> list[dict[str, object]]:
    box, visit = FlightRecorder(Visit()), Visit()
    for event in (ev.Started("v"), ev.LeaveRequested()):
        before, visit = visit, advance(visit, event)[0]
        box.note(before, event, visit)
    return box.lines()


def test_recording_and_replay_by_command(tmp_path: Path, recorded: list[dict[str, object]]) -> None:
    settings = tmp_path / "kiosk.toml"
    settings.write_text(f'[terminal]\ndata_dir = "{tmp_path}"\n', "utf-8")
    arguments = ["recording", "-c", str(settings)]
    nobody = CliRunner().invoke(app, arguments)
    assert nobody.exit_code == 3, nobody.output
    server = ControlServer(tmp_path / "control.sock", {"visit.recording": lambda _: recorded})
    server.start()
    try:
        written = CliRunner().invoke(app, arguments)
    finally:
        server.stop()
    assert written.exit_code == 0, written.output
    assert [json.loads(line) for line in written.stdout.splitlines()] == recorded
    file = tmp_path / "visit.jsonl"
    file.write_text(written.stdout, "utf-8")
    for name, given in ((str(file), None), ("-", written.stdout)):
        shown = CliRunner().invoke(app, ["replay", name], input=given)
        assert shown.exit_code == 0, shown.output
        assert [line.split()[-1] for line in shown.stdout.splitlines()] == [
            "attract", "home", "farewell",
        ]  # fmt: skip


@pytest.mark.parametrize(
    "damage",
    ["no json", "[]", '{"event": "Started"}', '{"event": "Started", "values": {"x": 1}}',
     '{"start": "attract"}', '{"start": "nowhere", "effects_issued": 0, "out_of_service": ""}',
     '{"event": "CardRead", "values": {"effect": 1, "holder": {"$": "os.system"}}}'],
)  # fmt: skip
def test_a_damaged_recording_is_named_not_a_traceback(
    tmp_path: Path, recorded: list[dict[str, object]], damage: str
) -> None:
    file = tmp_path / "visit.jsonl"
    file.write_text(f"{json.dumps(recorded[0])}\n{damage}\n", "utf-8")
    shown = CliRunner().invoke(app, ["replay", str(file)])
    assert shown.exit_code == 2, shown.output
    assert "no recording, or damaged" in shown.output
    assert CliRunner().invoke(app, ["replay", str(tmp_path / "none")]).exit_code == 2
