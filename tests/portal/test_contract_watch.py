"""The watch finds every kind of break, says where and never what was there."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
import requests as http

from portal.sandbox.contract_watch import Asked, ContractWatch, Given

KEY = "01900000-0000-7000-8000-000000000001"
HEADERS = {"content-type": "application/json", "terminal-id": "T-1", "idempotency-key": KEY}
EVALUATION = {"key": KEY, "case_key": KEY, "terminal": "T-1", "grade": 2}
RECEIPT = {"key": KEY, "case_key": KEY, "recorded_at": "2026-11-26T02:00:00+08:00"}
ASKED = Asked("POST", "/v1/evaluations", {}, HEADERS, json.dumps(EVALUATION).encode())
GIVEN = Given(201, {"content-type": "application/json"}, json.dumps(RECEIPT).encode())
PROBLEM = {"type": "urn:x", "title": "No", "status": 404, "code": "not_found", "retryable": False,
           "trace_id": "0"}  # fmt: skip
REFUSED = Given(404, {"content-type": "application/problem+json"}, json.dumps(PROBLEM).encode())


@pytest.fixture(scope="module")
def watch() -> ContractWatch:
    return ContractWatch()


def found(watch: ContractWatch, asked: Asked = ASKED, given: Given = GIVEN) -> list[str]:
    return [str(one) for one in watch.judge(asked, given)]


def body(document: dict[str, Any], **changes: Any) -> bytes:
    return json.dumps({**document, **changes}).encode()


def test_what_keeps_the_contract_is_no_finding(watch: ContractWatch) -> None:
    assert found(watch) == []
    assert found(watch, given=REFUSED) == []
    document = Asked("GET", "/v1/cases", {"key": KEY}, {}, b"")
    assert found(watch, document, REFUSED) == []
    assert found(watch, dataclasses.replace(ASKED, body=None), REFUSED) == []
    assert found(watch, Asked("GET", "/favicon.ico", {}, {}, b""), REFUSED) == []


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"body": body(EVALUATION, grade=6)}, "body/grade maximum"),
        ({"body": body(EVALUATION, name="secret")}, "body additionalProperties"),
        ({"body": b"{"}, "body no JSON"),
        ({"headers": {"content-type": "application/json", "terminal-id": "T-1"}},
         "header Idempotency-Key missing"),
        ({"headers": {**HEADERS, "idempotency-key": "secret"}}, "header Idempotency-Key format"),
        ({"headers": {**HEADERS, "content-type": "text/plain"}},
         "content-type none of application/json"),
        ({"query": {"secret_of": "secret"}}, "query holds an unknown name"),
    ],
)  # fmt: skip
def test_a_request_that_breaks_it(
    watch: ContractWatch, changes: dict[str, Any], finding: str
) -> None:
    told = found(watch, dataclasses.replace(ASKED, **changes))
    assert told == [f"request of POST /v1/evaluations: {finding}"]
    assert "secret" not in told[0]


@pytest.mark.parametrize(
    ("given", "finding"),
    [
        (dataclasses.replace(GIVEN, body=body(RECEIPT, key=1)), "body/key type"),
        (dataclasses.replace(GIVEN, body=body(RECEIPT, recorded_at="2026-11-26T02:00:00")),
         "body/recorded_at format"),
        (dataclasses.replace(GIVEN, body=b'{"key": "secret"}'), "body/key pattern"),
        (dataclasses.replace(GIVEN, status=200), "status 200 is not in the contract"),
        (dataclasses.replace(GIVEN, headers={"content-type": "text/html"}),
         "content-type none of application/json"),
        (dataclasses.replace(REFUSED, body=body(PROBLEM, code="secret")),
         "body/code no code of the contract"),
        (dataclasses.replace(REFUSED, status=410), "body/status differs from the status"),
        (dataclasses.replace(REFUSED, headers={}), "content-type none of application/problem+json"),
    ],
)  # fmt: skip
def test_an_answer_that_breaks_it(watch: ContractWatch, given: Given, finding: str) -> None:
    told = found(watch, given=given)
    assert f"answer of POST /v1/evaluations: {finding}" in told
    assert "secret" not in str(told)


def test_an_operation_the_contract_does_not_know(watch: ContractWatch) -> None:
    unknown = Asked("PUT", "/v1/secret", {}, {}, b"")
    assert found(watch, unknown) == ["answer of PUT: path not in the contract, but answered"]


def test_the_sandbox_shows_every_exchange_to_it(server, client, clerk) -> None:
    watch = server.world.watch
    watch.clear()
    client.submit_case(*clerk.case("apply-1"))
    assert (watch.seen(), watch.findings()) == (1, [])
    http.post(f"{server.base_url}/v1/evaluations", json=EVALUATION, timeout=5)
    assert [str(one) for one in watch.findings()] == [
        "request of POST /v1/evaluations: header Terminal-Id missing",
        "request of POST /v1/evaluations: header Idempotency-Key missing",
    ]
    assert server.world.state()["contract"] == [str(one) for one in watch.findings()]
