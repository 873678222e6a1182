"""The truth in each state, walked over the result screen as over slip and look-up."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.visit.model import SubmissionState
from screens.gallery_visits import visits

TABLE = Path(__file__).parents[1] / "kiosk/data/evidence.json"
TRUTH = json.loads(TABLE.read_text("utf-8"))["result"]
CODES = {"rejected": "portal.rejected", "withdrawn": "submit.withdrawn", "stuck": "outbox.stuck"}


def test_every_state_a_result_can_show_has_its_truth() -> None:
    assert set(TRUTH) == {state.value for state in SubmissionState} - {"preparing"}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_result_says_the_truth_of_each_state(stage: Callable[..., Any], language: str) -> None:
    on = stage()
    known = visits()
    for state, truth in TRUTH.items():
        visit = known["result" if state == "delivered" else "result.stored"]
        assert visit.submission is not None
        submission = replace(
            visit.submission, state=SubmissionState(state), code=CODES.get(state, "")
        )
        on.show(replace(visit, language=language, submission=submission))
        said = "\n".join(str(item.property("text") or "") for item in on.items())
        for claim in truth[language]["says"]:
            assert claim in said, f"{state} does not say {claim}: {said}"
        for claim in truth[language]["never"]:
            assert claim not in said, f"{state} says {claim}: {said}"


@pytest.mark.parametrize(("name", "promises"), [("result.proof", False), ("result", True)])
def test_no_day_is_promised_for_what_was_decided(
    stage: Callable[..., Any], name: str, promises: bool
) -> None:
    on = stage()
    on.show(visits()[name])
    said = [str(item.property("text") or "") for item in on.items() if item.isVisible()]
    assert any("2026年12月11日" in text for text in said) is promises
