"""The truth in each state, walked over slip and look-up: what is said, and what never is."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from test_documents import NOW, PLACE, URL, a_visit

from config.shipped import load_catalogue
from config.text import Text
from kiosk.documents import slip_for
from kiosk.evidence import evidence, table
from kiosk.lookup_codes import lookup_code
from kiosk.terminal.lookups import LookUpDesk
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import SubmissionState
from offline_queue import ItemState, Limits, NewItem, Outbox, Rejected, new_item_id
from offline_queue.moves import Settlement
from portal.contract.answers import LookupAnswer, Refused
from portal.contract.base import CaseState
from portal.outcomes import Answer, Problem, Unreachable, UnreachableCode

TRUTH = json.loads((Path(__file__).parent / "data/evidence.json").read_text("utf-8"))
WAIT = 10.0


def said(state: str, language: str) -> str:
    visit = a_visit(SubmissionState(state), language=language)
    slip = slip_for(visit, "submission", PLACE, NOW, URL)
    return "\n".join(
        str(getattr(element, part.name)) for element in slip.elements for part in fields(element)
    )


def claims(words: str, entry: dict[str, Any]) -> None:
    for claim in entry["says"]:
        assert claim in words
    for claim in entry["never"]:
        assert claim not in words


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("state", TRUTH["slip"])
def test_a_slip_says_the_truth_of_its_state(state: str, language: str) -> None:
    claims(said(state, language), TRUTH["slip"][state][language])


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("state", TRUTH["lookup"])
def test_a_look_up_says_the_truth_of_its_state(state: str, language: str) -> None:
    words = evidence(state)
    both = (words.now, words.next)
    claims(" ".join(text.in_language(language) for text in both), TRUTH["lookup"][state][language])


def test_every_state_has_its_truth() -> None:
    assert set(TRUTH["lookup"]) == set(table())
    assert {state.value for state in CaseState} < set(table())
    assert set(TRUTH["slip"]) == {state.value for state in SubmissionState} - {"preparing"}


def test_an_unsure_clock_is_said_beside_the_time_it_gave() -> None:
    visit = a_visit(SubmissionState.STORED)
    assert visit.submission is not None
    from dataclasses import replace

    unsure = replace(visit, submission=replace(visit.submission, clock_sure=False))
    for shown, expected in ((visit, False), (unsure, True)):
        slip = slip_for(shown, "submission", PLACE, NOW, URL)
        assert ("时钟还没有" in str([getattr(e, "text", "") for e in slip.elements])) is expected


class Portal:
    """A portal that answers a look-up as told, and counts how often it was asked."""

    def __init__(self, outcome: Any) -> None:
        self.outcome, self.asked = outcome, 0

    def lookup(self, _code: str) -> Any:
        self.asked += 1
        return self.outcome


class Shelf:
    def item(self, code: str) -> Any:
        return load_catalogue().item(code)


def looked_up(outbox: Outbox | None, portal: Portal, text: str) -> Any:
    posted: list[Any] = []
    client: Any = portal
    shelf: Any = Shelf()
    desk = LookUpDesk(None, client=client, outbox=outbox, directory=shelf, post=posted.append)
    desk.handlers()[fx.LookUp](fx.LookUp(7, text), Visit())
    (answer,) = posted
    assert answer.effect == 7
    return answer


DOWN = Unreachable(UnreachableCode.REFUSED)


def problem(code: str, status: int) -> Problem:
    from portal.contract.base import ProblemCode

    return Problem(ProblemCode(code), status, False, None, "trace", ())


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (DOWN, "lookup.portal_away"),
        (problem("not_found", 404), "lookup.not_known"),
        (problem("rate_limited", 429), "lookup.too_many"),
        (problem("internal", 500), "portal.error"),
    ],
)
def test_a_code_nobody_can_tell_of_has_honest_words(outcome: Any, code: str) -> None:
    answer = looked_up(None, Portal(outcome), lookup_code(new_item_id()))
    assert answer == ev.LookUpFailed(7, code)


def test_a_mistyped_code_is_asked_of_nobody() -> None:
    portal = Portal(DOWN)
    assert looked_up(None, portal, "7K4M92QF3TX8") == ev.LookUpFailed(7, "lookup.mistyped")
    assert portal.asked == 0


def test_what_waits_here_is_found_without_a_line_and_what_left_is_asked_of_the_portal(
    tmp_path: Path,
) -> None:
    outbox = Outbox.open(tmp_path / "outbox", limits=Limits(free_bytes=0))
    key = new_item_id()
    said_of = {
        "item": "mz-0058", "lookup_code": lookup_code(key), "promised": "2026-12-11",
        "accepted_at": "2026-11-22T10:42:07+08:00", "authority_zh": "甲", "authority_en": "A",
    }  # fmt: skip
    new = NewItem(
        item_id=key, destination="440500", case_id=key, operation="case", body=b"x",
        attributes=said_of,
    )  # fmt: skip
    try:
        outbox.accept(new).result(WAIT)
        portal = Portal(DOWN)
        found = looked_up(outbox, portal, lookup_code(key)).found
        assert (found.state, found.here, found.promised) == ("stored", True, "2026-12-11")
        assert found.received_at == said_of["accepted_at"]
        assert found.authority == Text(zh="甲", en="A")
        assert portal.asked == 0, "never sent: the portal can't know"
        outbox.claim("440500", 1, 1e9).result(WAIT)
        view = outbox.get(key).result(WAIT)
        assert view is not None
        assert view.state is ItemState.IN_FLIGHT
        assert looked_up(outbox, portal, lookup_code(key)).found.state == "unknown"
        assert portal.asked == 1
        portal.outcome = Answer(
            LookupAnswer.model_validate_json(
                json.dumps(
                    {"state": "accepted", "item": "mz-0058", "authority_zh": "甲",
                     "authority_en": "A", "accepted_at": "2026-11-25T08:00:00+08:00",
                     "received_at": said_of["accepted_at"]}
                )
            )
        )  # fmt: skip
        found = looked_up(outbox, portal, lookup_code(key)).found
        assert (found.state, found.here, found.received_at) == (
            "accepted", False, said_of["accepted_at"]
        )  # fmt: skip
    finally:
        outbox.close()


ASKS_FOR_PAPERS = "yb-0105"


@pytest.mark.parametrize(
    ("refused", "state", "named"),
    [
        ({"code": "form_rejected", "form": ["?"], "materials": []}, "refused_form", 1),
        ({"code": "invalid_request", "form": [], "materials": ["invoice"]}, "refused_paper", 1),
        ({"code": "invalid_request", "form": [], "materials": ["odd"]}, "refused_paper", 0),
        ({"code": "slot_taken", "form": [], "materials": []}, "refused_time", 0),
        ({"code": "unsealable", "form": [], "materials": []}, "not_accepted", 0),
    ],
)
def test_a_refusal_is_told_with_its_reason_at_any_terminal(
    refused: dict[str, Any], state: str, named: int
) -> None:
    item = load_catalogue().item(ASKS_FOR_PAPERS)
    assert item is not None
    assert item.form is not None
    fields = [next(iter(item.form.fields)) for _ in refused["form"]]
    answer = LookupAnswer(
        state=CaseState.NOT_ACCEPTED, item=item.code, authority_zh="甲", authority_en="A",
        accepted_at=NOW, refused=Refused.model_validate({**refused, "form": fields}),
    )  # fmt: skip
    found = looked_up(None, Portal(Answer(answer)), lookup_code(new_item_id())).found
    assert (found.state, found.here, len(found.wrong)) == (state, False, named)


@pytest.mark.parametrize(
    ("verdict", "state", "named"),
    [
        (Rejected("portal.upload_differs", "", {"papers": ["invoice"]}), "refused_paper", 1),
        (Rejected("portal.identity_rejected"), "refused_identity", 0),
        (Rejected("portal.unsealable"), "rejected", 0),
    ],
)
def test_a_refusal_is_told_where_it_was_handed_in_also_without_a_line(
    tmp_path: Path, verdict: Rejected, state: str, named: int
) -> None:
    outbox = Outbox.open(tmp_path / "outbox", limits=Limits(free_bytes=0))
    key = new_item_id()
    said_of = {"item": ASKS_FOR_PAPERS, "lookup_code": lookup_code(key)}
    new = NewItem(key, "440500", key, "case", b"x", said_of)
    try:
        outbox.accept(new).result(WAIT)
        (claim,) = outbox.claim("440500", 1, 1e9).result(WAIT)
        outbox.settle(Settlement(claim, verdict)).result(WAIT)
        found = looked_up(outbox, Portal(DOWN), lookup_code(key)).found
        assert (found.state, found.here, len(found.wrong)) == (state, True, named)
    finally:
        outbox.close()
