"""Every fault on a real wire maps to the right member of the union."""

from __future__ import annotations

import json
import socket
import threading

import pytest
import requests
from portal_support import Clerk

from portal import (
    Answer,
    NoAnswer,
    PortalClient,
    Problem,
    Timeouts,
    Unreachable,
)
from portal.contract import GatewayState, lookup_code, protected_header
from portal.sandbox import Fault, FaultKind

BEFORE = {
    FaultKind.HTTP_429: Problem,
    FaultKind.HTTP_500: Problem,
    FaultKind.HTTP_503: Problem,
    FaultKind.HTTP_502_HTML: "bad_status",
    FaultKind.GARBAGE: "garbage",
    FaultKind.HTML_200: "bad_status",
    FaultKind.REDIRECT: "redirect",
    FaultKind.DROP_BEFORE: "reset",
    FaultKind.HANG: "read_timeout",
    FaultKind.DRIBBLE: "deadline",
}
AFTER = {
    FaultKind.DROP_AFTER: "reset",
    FaultKind.HANG_AFTER: "read_timeout",
    FaultKind.TRUNCATE: "truncated",
}


def _arm(server, kind: FaultKind, target: str = "cases", **more) -> None:
    fault = {"target": target, "kind": kind.value, **more}
    assert requests.post(f"{server.base_url}/sandbox/faults", json=fault, timeout=5).ok


def _check(outcome, expected) -> None:
    if expected is Problem:
        assert isinstance(outcome, Problem)
        assert outcome.retryable
    else:
        assert isinstance(outcome, NoAnswer)
        assert outcome.code == expected


@pytest.mark.parametrize("kind", BEFORE, ids=str)
def test_fault_before_the_work_leaves_no_effect(server, client, hasty, clerk, kind):
    body, key = clerk.case("apply-1")
    _arm(server, kind, count=1, seconds=0.1)
    outcome = hasty.submit_case(body, key)
    _check(outcome, BEFORE[kind])
    assert server.effects(key) == 0
    assert isinstance(client.submit_case(body, key), Answer)
    assert server.effects(key) == 1


@pytest.mark.parametrize("kind", AFTER, ids=str)
def test_fault_after_the_work_is_cleared_up_by_asking(server, client, hasty, clerk, kind):
    body, key = clerk.case("apply-1")
    _arm(server, kind, count=1)
    outcome = hasty.submit_case(body, key)
    assert outcome == NoAnswer(AFTER[kind], outcome.status)
    server.clear_faults()
    asked = client.case_by_key(key)
    assert isinstance(asked, Answer)
    again = client.submit_case(body, key)
    assert isinstance(again, Answer)
    assert again.replayed
    assert again.value == asked.value
    assert server.effects(key) == 1


def test_pages_and_garbage_are_no_answers_to_questions(server, client):
    for kind, code in ((FaultKind.HTML_200, "not_json"), (FaultKind.GARBAGE, "garbage")):
        _arm(server, kind, target="portal", count=1)
        assert client.health() == NoAnswer(code, 200)
        _arm(server, kind, target="catalogue", count=1)
        assert client.catalogue() == NoAnswer(code, 200)


def test_slow_answer_is_an_answer(server, client):
    server.add_fault(Fault(target="time", kind=FaultKind.SLOW, count=1, seconds=0.05))
    assert isinstance(client.time(), Answer)


def test_fault_for_one_city_leaves_the_others(server, client, clerk):
    server.add_fault(Fault(target="441900", kind=FaultKind.HTTP_503))
    body, key = clerk.case("apply-1", "441900")
    refused = client.submit_case(body, key)
    assert isinstance(refused, Problem)
    assert (refused.code, refused.retry_after_s) == ("maintenance", 5)
    assert isinstance(client.submit_case(*clerk.case("apply-1", "440100")), Answer)
    state = requests.get(f"{server.base_url}/sandbox/state", timeout=5).json()
    assert state["cases_per_destination"] == {"440100": 1}
    assert requests.delete(f"{server.base_url}/sandbox/faults", timeout=5).status_code == 204
    assert isinstance(client.submit_case(body, key), Answer)


def test_unreachable_means_nothing_was_sent(client):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with PortalClient(f"http://127.0.0.1:{port}", terminal_id="T-1") as nobody:
        assert nobody.health() == Unreachable("refused")
    with PortalClient("https://portal.invalid", terminal_id="T-1") as nowhere:
        assert nowhere.health() == Unreachable("dns")


def test_full_backlog_is_a_connect_timeout():
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for filler in (first, second):
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with PortalClient(url, terminal_id="T-1", timeouts=Timeouts(0.2, 0.2, 1)) as client:
            assert client.health() == Unreachable("connect_timeout")


def test_headers_dripping_for_ever_end_at_the_deadline():
    """Each byte comes well within the read time-out; only the total deadline ends it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        stop = threading.Event()

        def drip() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while not stop.wait(0.05):
                    try:
                        peer.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with PortalClient(url, terminal_id="T-1", timeouts=Timeouts(1, 1, 0.5)) as client:
            assert client.health() == NoAnswer("deadline")
        stop.set()
        thread.join()


def test_same_key_at_once_is_one_effect(server, client, clerk):
    body, key = clerk.case("apply-1")
    outcomes = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(client.submit_case(body, key)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(outcome, Answer) for outcome in outcomes)
    assert sorted(outcome.replayed for outcome in outcomes) == [False] + [True] * 7
    assert len({outcome.value.case_no for outcome in outcomes}) == 1
    assert server.effects(key) == 1


def test_same_key_with_another_body_is_refused(server, client, clerk):
    body, key = clerk.case("apply-1")
    assert isinstance(client.submit_case(body, key), Answer)
    other, _ = clerk.case("apply-1", key=key)
    outcome = client.submit_case(other, key)
    assert isinstance(outcome, Problem)
    assert (outcome.code, outcome.retryable, outcome.status) == ("idempotency_mismatch", False, 409)
    evaluation = {"key": key, "case_key": key, "terminal": "T-1", "grade": 1}
    crossed = client.submit_evaluation(json.dumps(evaluation).encode(), key)
    assert isinstance(crossed, Problem)
    assert crossed.code == "idempotency_mismatch"


def test_readdressed_or_broken_seals_are_refused(client, clerk):
    body, key = clerk.case("apply-1", "440500")
    sealed = json.loads(body)["sealed"]
    assert protected_header(sealed)["cw"]["key"] == key
    head, *rest = sealed.split(".")
    broken = ".".join([head, *rest[:-1], "A" * len(rest[-1])])
    other_key = "01900000-0000-7000-8000-000000000001"
    for envelope, posted, code in (
        (clerk.envelope(key, "apply-1", "440100", sealed), key, "invalid_request"),
        (clerk.envelope(other_key, "apply-1", "440500", sealed), other_key, "invalid_request"),
        (clerk.envelope(key, "query-1", "440500", sealed), key, "invalid_request"),
        (clerk.envelope(key, "apply-1", "440500", broken), key, "unsealable"),
        (body.replace(lookup_code(key).encode(), b"000000000000"), key, "invalid_request"),
        (b"[]", key, "invalid_request"),
        (b"\xff", key, "invalid_request"),
    ):
        outcome = client.submit_case(envelope, posted)
        assert isinstance(outcome, Problem)
        assert (outcome.code, outcome.retryable) == (code, False)
    clerk.keys["440500"]["kid"] = "unheard-of"
    outcome = client.submit_case(*clerk.case("apply-1"))
    assert isinstance(outcome, Problem)
    assert outcome.code == "unknown_key_id"


def test_gateway_down_refuses_and_closed_collects(server, client, clerk):
    body, key = clerk.case("apply-1", "441600")
    assert isinstance(client.submit_case(body, key), Answer)
    for state in (GatewayState.DOWN, GatewayState.CLOSED):
        url = f"{server.base_url}/sandbox/gateways/441600"
        assert requests.post(url, json={"state": state.value}, timeout=5).status_code == 204
        assert isinstance(client.submit_case(body, key), Answer), "applied keys are still answered"
        outcome = client.submit_case(*clerk.case("apply-1", "441600"))
        assert isinstance(outcome, Problem)
        assert (outcome.code, outcome.retryable) == ("gateway_unavailable", True)
        assert outcome.retry_after_s >= 60
        gateways = client.gateways()
        assert isinstance(gateways, Answer)
        assert {gateway.destination: gateway.state for gateway in gateways.value}["441600"] is state
    route = {**clerk.submission("apply-1", "441600")["route"], "mode": "proxy_collect"}
    collected = client.submit_case(*clerk.case("apply-1", "441600", route=route))
    assert isinstance(collected, Answer)
    status = client.case(collected.value.case_no)
    assert isinstance(status, Answer)
    assert "代收" in status.value.events[-1].note_zh


def test_evaluation_once_per_case(server, client, clerk: Clerk):
    body, key = clerk.case("apply-1")
    first = {"key": "01900000-0000-7000-8000-00000000000a", "case_key": key, "terminal": "T-1"}
    raw = json.dumps({**first, "grade": 2}).encode()
    early = client.submit_evaluation(raw, first["key"])
    assert isinstance(early, Problem)
    assert early.code == "not_found"
    assert isinstance(client.submit_case(body, key), Answer)
    assert isinstance(client.submit_evaluation(raw, first["key"]), Answer)
    again = client.submit_evaluation(raw, first["key"])
    assert isinstance(again, Answer)
    assert again.replayed
    second = {**first, "key": "01900000-0000-7000-8000-00000000000b", "grade": 5}
    outcome = client.submit_evaluation(json.dumps(second).encode(), second["key"])
    assert isinstance(outcome, Problem)
    assert (outcome.code, outcome.status) == ("expired", 410)
    bad = {**first, "key": "01900000-0000-7000-8000-00000000000c", "grade": 6}
    outcome = client.submit_evaluation(json.dumps(bad).encode(), bad["key"])
    assert isinstance(outcome, Problem)
    assert outcome.fields[0].pointer == "/grade"
