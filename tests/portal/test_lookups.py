"""Look-ups at the portal: what a code shows, from which moment on, and how guessing ends."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import requests
import uuid_utils
from portal_support import RESIDENT

from portal import Answer, Problem
from portal.contract import lookup_code
from portal.contract.base import CaseState
from portal.sandbox import Fault, FaultKind
from portal.sandbox.guesses import MISSES, WITHIN

NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def a_code() -> str:
    return lookup_code(str(uuid_utils.uuid7()))


@pytest.mark.parametrize(
    ("at", "sure", "received"),
    [
        ("2026-11-22T10:00:00+08:00", True, "2026-11-22T10:00:00+08:00"),
        ("2026-11-22T10:00:00+08:00", None, "2026-11-22T10:00:00+08:00"),
        ("2026-11-22T10:00:00+08:00", False, NOW.isoformat()),
        ("2026-11-26T10:00:00+08:00", True, NOW.isoformat()),
    ],
)
def test_the_moment_at_the_terminal_counts_if_its_clock_can_be_believed(
    start, clerk_of, at, sure, received
):
    client, clerk = clerk_of(start(clock=lambda: NOW))
    body, key = clerk.case("apply-1")
    envelope = json.loads(body) | {"accepted_at": at, "clock_sure": sure}
    assert isinstance(client.submit_case(json.dumps(envelope).encode(), key), Answer)
    shown = client.lookup(lookup_code(key))
    assert isinstance(shown, Answer)
    assert shown.value.received_at == dt.datetime.fromisoformat(received)
    assert shown.value.accepted_at == NOW


def test_pages_and_answers_say_nothing_personal_and_the_next_step(client, clerk, server):
    body, key = clerk.case("apply-1")
    client.submit_case(body, key)
    code = lookup_code(key)
    page = requests.get(f"{server.base_url}/lookup/{code[:4]}-{code[4:].lower()}", timeout=5)
    assert page.status_code == 200
    assert "下一步 Next" in page.text
    raw = requests.get(f"{server.base_url}/v1/lookup/{code}", timeout=5).text
    for text in (page.text, raw):
        for secret in (RESIDENT["name"], RESIDENT["number"], RESIDENT["address"], "13800000000"):
            assert secret not in text


def test_a_slip_of_the_pen_and_a_code_on_its_way_have_pages_of_their_own(server):
    code = a_code()
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    mistyped = requests.get(f"{server.base_url}/lookup/{wrong}", timeout=5)
    on_its_way = requests.get(f"{server.base_url}/lookup/{code}", timeout=5)
    assert (mistyped.status_code, on_its_way.status_code) == (404, 404)
    assert "please compare it again" in mistyped.text
    assert "Accepted at a terminal, not yet delivered, or unknown." in on_its_way.text


def test_guessing_ends_and_finding_does_not(start, clerk_of):
    moment = [NOW]
    client, clerk = clerk_of(start(clock=lambda: moment[0]))
    body, key = clerk.case("apply-1")
    client.submit_case(body, key)
    for _ in range(MISSES + 5):
        assert isinstance(client.lookup(lookup_code(key)), Answer)
    codes = [client.lookup(a_code()) for _ in range(MISSES + 1)]
    assert [one.code.value for one in codes if isinstance(one, Problem)] == [
        *["not_found"] * MISSES, "rate_limited"
    ]  # fmt: skip
    limited = client.lookup(lookup_code(key))
    assert isinstance(limited, Problem)
    assert limited.retryable
    assert limited.retry_after_s == WITHIN.total_seconds()
    moment[0] += WITHIN
    assert isinstance(client.lookup(lookup_code(key)), Answer)


def refused(client, clerk, key=None, **changes):
    body, key = clerk.case("apply-1", key=key, **changes)
    problem = client.submit_case(body, key)
    assert isinstance(problem, Problem)
    return key, problem


def test_what_was_refused_is_looked_up_with_its_reason(client, clerk, server):
    key, problem = refused(client, clerk, form={"phone": "138"})
    shown = client.lookup(lookup_code(key))
    assert isinstance(shown, Answer)
    found = shown.value
    assert found.state is CaseState.NOT_ACCEPTED
    assert found.refused is not None
    assert found.refused.code == problem.code.value == "form_rejected"
    assert [f"/form/{name}" for name in found.refused.form] == [
        one.pointer for one in problem.fields
    ]
    assert isinstance(client.case_by_key(key), Problem), "the key stays free"
    page = requests.get(f"{server.base_url}/lookup/{lookup_code(key)}", timeout=5)
    assert page.status_code == 200
    assert "不予受理" in page.text
    assert found.refused.form == ["phone"]
    assert "Something in the form was wrong: 手机号码 Mobile number" in page.text
    for secret in (RESIDENT["name"], RESIDENT["number"]):
        assert secret not in page.text


def test_a_paper_is_named_as_the_service_names_it(server):
    titles = server.world.items.titles
    assert titles("apply-1", ["photo", "phone", "other"]) == [
        "证件照片 Identity photo", "手机号码 Mobile number", "other"
    ]  # fmt: skip
    assert titles("gone", ["photo"]) == ["photo"]


def test_what_is_accepted_after_all_is_no_refusal_any_more(client, clerk):
    key, _ = refused(client, clerk, form={"phone": "138"})
    body, _ = clerk.case("apply-1", key=key)
    assert isinstance(client.submit_case(body, key), Answer)
    shown = client.lookup(lookup_code(key))
    assert isinstance(shown, Answer)
    assert (shown.value.state, shown.value.refused) == (CaseState.ACCEPTED, None)


def test_what_may_come_later_and_another_use_of_a_key_are_no_refusals(client, clerk, server):
    server.add_fault(Fault(target="440500", kind=FaultKind.HTTP_503, count=1))
    key, _ = refused(client, clerk)
    assert isinstance(client.lookup(lookup_code(key)), Problem)
    body, _ = clerk.case("apply-1", key=key)
    assert isinstance(client.submit_case(body, key), Answer)
    other, _ = clerk.case("apply-1", key=key)
    assert isinstance(client.submit_case(other, key), Problem)
    shown = client.lookup(lookup_code(key))
    assert isinstance(shown, Answer)
    assert shown.value.refused is None
