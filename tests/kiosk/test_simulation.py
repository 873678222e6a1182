"""The simulation keeps its rules, is repeatable, and notices a reducer that breaks them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.simulation import SimulationReport, campaign, replay, simulate
from kiosk.simulation import world as ground
from kiosk.visit import cases, ending, identify, machine, navigation, signing, submit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.draft import Draft
from kiosk.visit.model import Confirmed, Step, Visit
from kiosk.visit.signature import STATEMENT
from kiosk.words import known_codes


def test_every_rule_holds_and_all_is_reached() -> None:
    report = simulate(300, 8)
    assert report.ok, report.violation
    assert report.missed()["steps"] == []
    assert report.missed()["effects"] == []
    assert len(report.journeys) > 60
    assert {"finished", "left", "idle", "result delivered", "result stored"} <= set(report.outcomes)
    assert report.as_dict()["visits"] == 300
    assert report.lines()[-1] == "every rule held"


def test_repeatable_whatever_the_number_of_workers() -> None:
    done: list[int] = []
    alone = simulate(230, 3, processes=1)
    assert simulate(230, 3, processes=2, progress=done.append).as_dict() == alone.as_dict()
    assert done == [100, 200, 230]
    assert replay(3, 19) == replay(3, 19)


def test_the_first_broken_rule_ends_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def play(seed: int, numbers: range) -> SimulationReport:
        report = SimulationReport(seed, visits=len(numbers))
        if 250 in numbers:
            report.visits, report.violation, report.violated_in = 50, "rule: words", 250
        return report

    monkeypatch.setattr(campaign, "play", play)
    report = simulate(1000, 3, processes=1)
    assert (report.visits, report.violated_in) == (250, 250)
    assert report.lines()[-1] == "RULE BROKEN in visit 250: rule: words"


def test_every_code_can_be_reached() -> None:
    """Cheap where a campaign is dear: each fault's codes are those its effect can end with."""
    drawn = {
        *ground.CARD, *ground.SOCIAL_CARD, *ground.RECEIPT, *ground.PROOF, *ground.ONLINE, *ground.STORE,
        *ground.SERVICE, *ground.STAFF, *ground.REJECTED,
    }  # fmt: skip
    assert {"document_printer.rejected", "document_printer.aborted"} <= set(ground.PROOF)
    assert {"gateway.unavailable"} <= set(ground.ONLINE)
    assert {"printer.jam", "printer.hardware"} <= set(ground.RECEIPT)
    assert drawn <= ground.SHOWABLE <= known_codes()


def _broken(rule: str) -> None:
    """Rare faults show in one of a few rounds, whichever services the catalogue has."""
    for seed in range(7, 15):
        report = simulate(300, seed, processes=1)  # workers would import the reducer unbroken
        if report.violation:
            break
    assert report.violation.startswith(rule), report.violation
    assert report.violated_in is not None
    assert replay(seed, report.violated_in)[-1] == f"RULE BROKEN: {report.violation}"


def test_notices_submission_without_consent(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(d: Draft) -> None:
        d.set(consent="")
        route = d.visit.route
        assert route is not None
        d.issue(
            "store",
            lambda n: fx.Submit(n, "x", 1, "apply", route, None, "L0", (), None, "", {}, "", None),
        )

    monkeypatch.setattr(submit, "start_submission", start)
    _broken("consent")


def test_notices_a_holder_kept_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    proper = ending.end

    def end(d: Draft, reason: str) -> None:
        holder = d.visit.holder
        proper(d, reason)
        d.visit = replace(d.visit, holder=holder)

    monkeypatch.setattr(ending, "end", end)
    _broken("residue")


def test_notices_a_face_that_passes_unmatched(monkeypatch: pytest.MonkeyPatch) -> None:
    def checked(d: Draft, event: object) -> bool:
        d.forget("face")
        return d.visit.step is Step.FACE

    monkeypatch.setattr(identify, "face_checked", checked)
    _broken("unchecked")


def test_notices_an_unverified_card_where_one_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identify, "suffices", lambda holder, item: True)
    _broken("unchecked")


def test_notices_a_signature_by_a_single_press(monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(d: Draft) -> bool:
        d.set(signature=Confirmed(STATEMENT))
        return True

    monkeypatch.setattr(signing, "_pressed", pressed)
    _broken("signature")


def test_notices_cases_shown_to_whoever_holds_a_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "TRAIL", (Step.IDENTIFY, Step.CASES))
    _broken("cases")


def test_notices_a_second_submission(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = submit.stored

    def twice(d: Draft, event: ev.Stored) -> None:
        stored(d, event)
        visit = d.visit
        d.set(submission=None)
        submit.start_submission(d)
        d.set(submission=visit.submission)

    monkeypatch.setattr(submit, "stored", twice)
    _broken("twice")


def test_notices_an_end_without_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "idle_fired", lambda d: ending.end(d, "idle"))
    _broken("warned")


def test_notices_a_step_nothing_leads_on_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "keep_time", lambda d, *, fresh: None)
    _broken("way_on")


def test_notices_reused_effect_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    def start_over(d: Draft) -> None:
        d.visit = Visit()

    monkeypatch.setattr(ending, "start_over", start_over)
    _broken("ids")


def test_patched_modules_are_those_the_reducer_uses() -> None:
    assert machine.nav is navigation
    assert navigation.submit is submit
