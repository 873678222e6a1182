"""What terminals say of submissions that never became cases: who may, what is shown, what counts more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import requests
import uuid_utils
from portal_support import RESIDENT, Site, sent

from portal import Answer, PortalClient, Problem
from portal.contract import (
    EndingReport,
    ProblemCode,
    ReportedRefusal,
    SubmissionEnd,
    lookup_code,
)
from portal.contract.base import CaseState
from portal.sandbox import SandboxServer
from portal.sandbox.authority import Authority
from portal.sandbox.refusals import KEPT

CHINA = dt.timezone(dt.timedelta(hours=8))
NOW = dt.datetime(2026, 11, 25, 9, tzinfo=CHINA)
TAKEN = NOW - dt.timedelta(days=3)
ENDED = NOW - dt.timedelta(hours=2)


def answer(outcome: Any) -> Any:
    assert isinstance(outcome, Answer), outcome
    return outcome.value


def problem(outcome: Any) -> ProblemCode:
    assert isinstance(outcome, Problem), outcome
    return outcome.code


def report(key: str = "", **changes: Any) -> EndingReport:
    key = key or str(uuid_utils.uuid7())
    said: dict[str, Any] = {
        "key": key, "terminal": "T-1", "lookup_code": lookup_code(key),
        "how": SubmissionEnd.EXPIRED, "at": ENDED, "item": "apply-1", "accepted_at": TAKEN,
        "authority_zh": "示例局", "authority_en": "Example Bureau", **changes,
    }  # fmt: skip
    return EndingReport(**said)


@pytest.fixture
def server(start) -> SandboxServer:
    return start(clock=lambda: NOW)


@pytest.fixture
def other(server: SandboxServer):
    with PortalClient(server.base_url, terminal_id="T-2") as client:
        yield client


def test_how_it_ended_is_looked_up_anywhere(client, other):
    said = report()
    assert answer(client.report_ending(said)).noted
    found = answer(other.lookup(said.lookup_code))
    assert (found.state, found.item) == (CaseState.NOT_ACCEPTED, "apply-1")
    assert (found.ended.how, found.ended.at) == ("expired", ENDED)
    assert (found.received_at, found.accepted_at) == (TAKEN, ENDED)
    assert (found.authority_zh, found.authority_en) == ("示例局", "Example Bureau")
    assert found.refused is None
    assert problem(other.case_by_key(said.key)) is ProblemCode.NOT_FOUND, "the key stays free"


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("expired", ("过了时限还没送出去", "it could not be sent in time", "请重新办理")),
        ("withdrawn", ("送出之前已撤回", "taken back before it was sent")),
        ("stuck", ("送不出去", "请把凭条给工作人员看", "show your slip to staff")),
        ("spoiled", ("被改动过", "show your slip to staff")),
        ("refused", ("不予受理", "证件照片 Identity photo", "submit it again")),
    ],
)
def test_the_phone_says_it_in_both_languages(client, server, how, words):
    fell = ReportedRefusal(code="invalid_request", materials=["photo"])
    said = report(how=SubmissionEnd(how), refused=fell if how == "refused" else None)
    answer(client.report_ending(said))
    page = requests.get(f"{server.base_url}/lookup/{said.lookup_code}", timeout=5)
    assert page.status_code == 200
    for word in words:
        assert word in page.text
    assert "结束时间 Ended" in page.text
    assert "还查不到" not in page.text


def test_of_what_was_spoiled_nothing_is_shown_that_was_not_told(client, server):
    key = str(uuid_utils.uuid7())
    bare = EndingReport(
        key=key, terminal="T-1", lookup_code=lookup_code(key), how=SubmissionEnd.SPOILED, at=ENDED
    )
    answer(client.report_ending(bare))
    page = requests.get(f"{server.base_url}/lookup/{bare.lookup_code}", timeout=5).text
    assert "2026-11-25 07:00" in page
    for left_out in ("收到时间", "办理单位", "事项", "<dd></dd>"):
        assert left_out not in page


def test_the_same_again_and_what_came_of_it_later(client):
    said = report(how=SubmissionEnd.STUCK)
    assert [answer(client.report_ending(said)).noted for _ in range(2)] == [True, True]
    # Tried again by hand it then fell at an upload; the clock was set back in between.
    fell = ReportedRefusal(code="upload_differs", materials=["photo"])
    earlier = ENDED - dt.timedelta(days=1)
    later = report(said.key, how=SubmissionEnd.REFUSED, at=earlier, refused=fell)
    assert answer(client.report_ending(later)).noted
    found = answer(client.lookup(said.lookup_code))
    assert (found.ended.how, found.refused.materials) == ("refused", ["photo"])


def test_a_case_counts_more_whichever_comes_first(client, clerk):
    body, key = clerk.case("apply-1")
    assert answer(client.report_ending(report(key))).noted
    answer(client.submit_case(body, key))
    found = answer(client.lookup(lookup_code(key)))
    assert (found.state, found.ended) == (CaseState.ACCEPTED, None)
    assert not answer(client.report_ending(report(key))).noted
    found = answer(client.lookup(lookup_code(key)))
    assert (found.state, found.ended) == (CaseState.ACCEPTED, None)


def test_the_portals_own_refusal_counts_more_whichever_comes_first(client, clerk):
    for first in (True, False):
        body, key = clerk.case("apply-1", form={"phone": "138"})
        if first:
            answer(client.report_ending(report(key, how=SubmissionEnd.STUCK)))
        assert problem(client.submit_case(body, key)) is ProblemCode.FORM_REJECTED
        assert answer(client.report_ending(report(key, how=SubmissionEnd.REFUSED))).noted
        found = answer(client.lookup(lookup_code(key)))
        assert (found.refused.form, found.ended) == (["phone"], None)


def test_another_terminal_may_not_say_otherwise(client, other):
    said = report()
    answer(client.report_ending(said))
    foreign = report(said.key, terminal="T-2", how=SubmissionEnd.WITHDRAWN)
    assert problem(other.report_ending(foreign)) is ProblemCode.FORBIDDEN
    assert answer(client.lookup(said.lookup_code)).ended.how == "expired"


@pytest.mark.parametrize(
    "changes",
    [
        {"lookup_code": "0" * 12},
        {"act": "supplement"},
        {"case_key": str(uuid_utils.uuid7())},
        {"act": "supplement", "case_key": str(uuid_utils.uuid7())},
    ],
)
def test_a_code_of_another_key_is_refused(client, changes):
    said = report(**changes)
    assert problem(client.report_ending(said)) is ProblemCode.INVALID_REQUEST
    assert problem(client.lookup(lookup_code(said.key))) is ProblemCode.NOT_FOUND


def test_times_are_as_they_can_be_believed_and_all_is_forgotten_in_time(start, clerk_of):
    moment = [NOW]
    client, _ = clerk_of(start(clock=lambda: moment[0]))
    tomorrow = NOW + dt.timedelta(days=1)
    said = report(at=tomorrow, accepted_at=tomorrow)
    answer(client.report_ending(said))
    found = answer(client.lookup(said.lookup_code))
    assert (found.received_at, found.accepted_at, found.ended.at) == (None, NOW, NOW)
    soon = report(at=NOW, accepted_at=NOW + dt.timedelta(seconds=5))
    answer(client.report_ending(soon))
    assert answer(client.lookup(soon.lookup_code)).received_at == NOW
    bare = report(accepted_at=None, item=None, authority_zh=None, authority_en=None)
    answer(client.report_ending(bare))
    assert answer(client.lookup(bare.lookup_code)).received_at is None
    moment[0] += KEPT + dt.timedelta(days=1)
    answer(client.report_ending(report()))
    assert problem(client.lookup(said.lookup_code)) is ProblemCode.NOT_FOUND


def asked(client, clerk, server) -> tuple[str, str]:
    receipt = answer(client.submit_case(*clerk.case("apply-1")))
    server.world.actions.ask(receipt.case_no, [], 5, "")
    return receipt.case_no, receipt.key


def act(case: str, **changes: Any) -> EndingReport:
    return report(lookup_code=lookup_code(case), case_key=case, **{"act": "supplement", **changes})


@pytest.mark.parametrize("kind", ["supplement", "withdrawal"])
def test_of_a_supplement_or_withdrawal_its_case_tells(client, clerk, server, kind):
    case_no, key = asked(client, clerk, server)
    said = act(key, act=kind, accepted_at=NOW)
    assert [answer(client.report_ending(said)).noted for _ in range(2)] == [True, True]
    found = answer(client.lookup(lookup_code(key)))
    assert (found.act_refused.act, found.act_refused.code) == (kind, "unsent")
    assert (found.state, found.ended) == (CaseState.SUPPLEMENT_REQUIRED, None)
    history = answer(client.case_events(case_no))
    assert history.act_refused == found.act_refused
    assert "could not be sent in time" in history.events[-1].note_en
    assert len(history.events) == 3, "told once"
    # It came after all, carried by hand.
    due = answer(client.case_events(case_no)).supplement
    late = clerk.action(case_no, key=said.key, **(
        {"request_id": due.request_id, "form": {}} if kind == "supplement" else {}
    ))  # fmt: skip
    send = client.supplement if kind == "supplement" else client.withdraw
    answer(send(*sent(late)))
    assert answer(client.lookup(lookup_code(key))).act_refused is None
    assert not answer(client.report_ending(said)).noted


@pytest.mark.parametrize(
    ("changes", "noted"),
    [
        ({"how": SubmissionEnd.REFUSED,
          "refused": ReportedRefusal(code="invalid_request", materials=["photo"])}, "upload_differs"),
        ({"how": SubmissionEnd.REFUSED, "refused": ReportedRefusal(code="forbidden")}, ""),
        ({"how": SubmissionEnd.WITHDRAWN}, ""),
        ({"accepted_at": TAKEN}, ""),
    ],
)  # fmt: skip
def test_a_case_tells_only_what_is_its_holders_and_still_of_account(
    client, clerk, server, changes, noted
):
    _, key = asked(client, clerk, server)
    receipt = answer(client.report_ending(act(key, **{"accepted_at": NOW, **changes})))
    assert receipt.noted is bool(noted)
    told = answer(client.lookup(lookup_code(key))).act_refused
    assert (told.code if told else "") == noted


def test_of_an_unknown_case_nothing_is_kept(client):
    assert not answer(client.report_ending(act(str(uuid_utils.uuid7())))).noted


def test_nothing_personal_is_stored(client, stored):
    answer(client.report_ending(report()))
    assert RESIDENT["name"].encode() not in stored()


def test_who_is_not_the_terminal_is_refused(site: Site):
    said = report(terminal="T-9")
    with site.client(site.authority.terminal("T-1")) as mine:
        assert answer(mine.report_ending(report())).noted
        assert problem(mine.report_ending(said)) is ProblemCode.INVALID_REQUEST
    with site.client(Authority.new().terminal("T-9"), terminal="T-9") as stranger:
        assert not isinstance(stranger.report_ending(said), Answer)
    with site.client(site.authority.terminal("T-9"), terminal="T-9") as its:
        assert problem(its.lookup(said.lookup_code)) is ProblemCode.NOT_FOUND
