"""What an authority may ask for, as forms and papers; what the slip of a supplement or withdrawal says."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_documents import NOW, PLACE, URL

from config.catalogue import MAX_PAGES, Identification, RiskClass
from config.shipped import load_catalogue
from config.text import Text
from kiosk import forms
from kiosk.documents import slip_for
from kiosk.supplements import asked_name, supplement_item, withdrawal_item
from kiosk.terminal.transport import PortalTransport
from kiosk.visit import papers
from kiosk.visit.cases import asked_codes
from kiosk.visit.model import SubmissionState
from kiosk.visit.own import Asked
from offline_queue import Rejected, RetryLater
from portal.contract.answers import FieldProblem
from portal.contract.base import ProblemCode
from portal.outcomes import Problem
from screens.gallery_cases import case_visits

ITEM = load_catalogue().item("rs-0012")
WORDS = st.text(min_size=1, max_size=40)
THINGS = st.lists(
    st.builds(
        Asked,
        st.one_of(WORDS, st.sampled_from(("phone", "left_on", "a b", "中文", ""))),
        st.builds(Text, zh=WORDS, en=WORDS),
        st.booleans(),
    ),
    max_size=25,
)


@settings(max_examples=40)
@given(THINGS)
def test_whatever_is_asked_for_becomes_a_form_and_papers_or_is_left_to_the_counter(
    things: list[Asked],
) -> None:
    assert ITEM is not None
    item = supplement_item(ITEM, things)
    if not 0 < len(things) <= MAX_PAGES:
        assert item is None
        return
    assert item is not None
    laid = papers.of_item(item)
    written = [name for page in item.form.pages for name in page.fields] if item.form else []
    assert len(laid) + len(written) == len(things)
    assert sum(material.pages for material in laid) <= MAX_PAGES
    assert all(name.isidentifier() for name in (*written, *(one.key for one in laid)))
    values = dict.fromkeys(written, "")
    assert set(forms.check_all(item, values)) == set(written), "all that is asked for is wanted"
    assert item.identification is Identification.L2
    for name in written:
        known = ITEM.form.fields.get(things[int(name.removeprefix("asked"))].code)
        assert item.form is not None
        assert known is None or item.form.fields[name] == known


def test_a_withdrawal_is_never_kept_for_later_and_a_supplement_may_be() -> None:
    assert ITEM is not None
    assert withdrawal_item(ITEM).offline.risk is RiskClass.NEVER
    item = supplement_item(ITEM, [Asked("phone", ITEM.name)])
    assert item is not None
    assert item.offline.risk is RiskClass.DEFER


def test_two_things_of_one_code_stay_two() -> None:
    opened = case_visits()["case.asks"].own
    assert opened is not None
    assert opened.opened is not None
    assert opened.opened.asking is not None
    twice = replace(opened.opened.asking, things=(Asked("x", ITEM.name), Asked("x", ITEM.name)))
    codes = asked_codes(replace(opened.opened, asking=twice))
    assert codes == {asked_name(0): "x", asked_name(1): "x"}


SAYS = {
    ("result.supplement", SubmissionState.DELIVERED): (["补正回执", "已送达办理单位"], ["等待"]),
    ("result.supplement", SubmissionState.STORED): (
        ["尚未送达", "补交的材料已存好", "不要重复补交", "以收到时间为准"], ["已送达", "已受理"],
    ),
    ("result.supplement", SubmissionState.UNKNOWN): (["等待确认", "不要重复"], ["已送达"]),
    ("result.supplement", SubmissionState.STUCK): (["送不出去", "给工作人员看"], ["已送达"]),
    ("result.withdrawn", SubmissionState.DELIVERED): (["撤回回执", "已撤回"], ["等待", "补交"]),
    ("result.withdrawn", SubmissionState.UNKNOWN): (["等待确认"], ["已撤回"]),
}  # fmt: skip


@pytest.mark.parametrize(("shown", "state"), SAYS)
def test_the_slip_tells_the_truth_of_what_was_done_to_a_case(
    shown: str, state: SubmissionState
) -> None:
    visit = case_visits()[shown]
    assert visit.submission is not None
    assert visit.own is not None
    assert visit.own.act is not None
    done = replace(visit, submission=replace(visit.submission, state=state))
    slip = slip_for(done, visit.own.act.value, PLACE, NOW, URL)
    words = "\n".join(str(getattr(e, f.name)) for e in slip.elements for f in fields(e))
    says, never = SAYS[shown, state]
    for claim in says:
        assert claim in words
    for claim in never:
        assert claim not in words
    assert "办件编号" in words
    if shown == "result.supplement":
        assert "户口簿本人页，2 页" in words
        assert "手机号码" in words
        assert "13900000012" not in words, "what was filled in is on no slip"


def forbidden(*pointers: str) -> Problem:
    faults = tuple(FieldProblem(pointer=pointer, code="differs") for pointer in pointers)
    return Problem(ProblemCode.FORBIDDEN, False, None, 403, faults, "t")


@pytest.mark.parametrize("operation", ["supplement", "withdrawal"])
def test_anothers_case_is_a_refusal_and_a_terminal_in_disgrace_is_not(operation: str) -> None:
    class Client:
        def __init__(self, outcome: Problem) -> None:
            self.outcome = outcome

        def supplement(self, body: bytes, key: str, case_no: str) -> Problem:
            assert (key, case_no) == ("k", "44-1")
            return self.outcome

        withdraw = supplement

    class Item:
        item_id = "k"
        attributes: ClassVar[dict[str, str]] = {}

    Item.operation = operation
    body = b'{"case_no": "44-1"}'
    theirs = PortalTransport(Client(forbidden())).deliver(Item(), body)
    assert theirs == Rejected("portal.forbidden", "trace t")
    standing = PortalTransport(Client(forbidden("/terminal"))).deliver(Item(), body)
    assert isinstance(standing, RetryLater)
    assert standing.destination_wide
