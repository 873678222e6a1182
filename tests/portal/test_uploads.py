"""Uploads: the tus 1.0.0 wire, the sealing of chunks, and what a case may refer to."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from portal_support import Clerk, make_settings
from upload_papers import PATCH, TUS, Papers, new_key

from portal import Answer, PortalClient, Problem
from portal.contract import (
    ProblemCode,
    SealError,
    SupplementItem,
    new_secret,
    open_chunks,
    seal_chunks,
    sealed_size,
)
from portal.sandbox import SandboxServer
from portal.sandbox.uploads import MAX_SIZE


class Clock:
    """The sandbox's clock, set by hand."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[SandboxServer]:
    path: Path = tmp_path_factory.mktemp("uploads")
    with SandboxServer(make_settings(path, clock=clock, upload_valid_s=600.0)) as server:
        yield server


@pytest.fixture(scope="module")
def wire(portal: SandboxServer) -> Iterator[Any]:
    with requests.Session() as session:
        session.trust_env = False

        def call(method: str, path: str, headers: dict[str, str], **more: Any) -> Any:
            return session.request(
                method, portal.base_url + path, headers=headers, timeout=10, **more
            )

        yield call


@pytest.fixture(scope="module")
def terminal(portal: SandboxServer) -> Iterator[PortalClient]:
    with PortalClient(portal.base_url, terminal_id="T-1") as client:
        yield client


@pytest.fixture(scope="module")
def clerk(terminal: PortalClient) -> Clerk:
    return Clerk(terminal)


def begin(wire: Any, length: int, key: str | None = None) -> str:
    headers = {**TUS, "Idempotency-Key": key or new_key(), "Upload-Length": str(length)}
    answer = wire("POST", "/v1/uploads", headers)
    assert answer.status_code == 201
    return "/v1/" + answer.headers["Location"]


def checksum(algorithm: str, body: bytes) -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, body).digest()).decode()}"


def test_it_says_what_it_can(wire: Any) -> None:
    for path in ("/v1/uploads", "/v1/uploads/whatever"):
        answer = wire("OPTIONS", path, {})
        assert answer.status_code == 204
        assert answer.headers["Tus-Version"] == "1.0.0"
        assert answer.headers["Tus-Max-Size"] == str(MAX_SIZE)
        assert set(answer.headers["Tus-Extension"].split(",")) == {
            "creation",
            "expiration",
            "checksum",
            "termination",
        }
        assert answer.headers["Tus-Checksum-Algorithm"] == "sha256,sha1"


def test_an_upload_from_its_creation_to_its_end(wire: Any, clock: Clock) -> None:
    headers = {**TUS, "Idempotency-Key": new_key(), "Upload-Length": "10"}
    headers["Upload-Metadata"] = "kind c2Nhbg==,media_type aW1hZ2UvanBlZw=="
    answer = wire("POST", "/v1/uploads", headers)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "0")
    expires = parsedate_to_datetime(answer.headers["Upload-Expires"])
    assert expires == clock.now + dt.timedelta(seconds=600)
    path = "/v1/" + answer.headers["Location"]

    answer = wire("PATCH", path, {**PATCH, "Upload-Offset": "0"}, data=b"12345")
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "5")
    assert "Upload-Expires" in answer.headers
    answer = wire("HEAD", path, TUS)
    assert answer.status_code == 200
    said = {name: answer.headers[name] for name in ("Upload-Offset", "Upload-Length")}
    assert said == {"Upload-Offset": "5", "Upload-Length": "10"}
    assert answer.headers["Upload-Metadata"] == headers["Upload-Metadata"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    answer = wire("PATCH", path, {**PATCH, "Upload-Offset": "5"}, data=b"67890")
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "10")
    # Begun again under the same key it is the same, and whole.
    answer = wire("POST", "/v1/uploads", headers)
    assert "/v1/" + answer.headers["Location"] == path
    assert answer.headers["Upload-Offset"] == "10"
    assert answer.headers["Idempotency-Replayed"] == "true"

    assert wire("DELETE", path, TUS).status_code == 204
    assert wire("HEAD", path, TUS).status_code == 410
    assert "/v1/" + wire("POST", "/v1/uploads", headers).headers["Location"] != path


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_checked_piece_counts_whole_or_not_at_all(wire: Any, algorithm: str) -> None:
    path = begin(wire, 10)
    at_0 = {**PATCH, "Upload-Offset": "0"}
    wrong = {**at_0, "Upload-Checksum": checksum(algorithm, b"other")}
    assert wire("PATCH", path, wrong, data=b"12345").status_code == 460
    assert wire("HEAD", path, TUS).headers["Upload-Offset"] == "0"
    for unknown in ("md5 kAFQmDzST7DWlj99KOF/cg==", "sha256 !", "sha256"):
        refused = wire("PATCH", path, {**at_0, "Upload-Checksum": unknown}, data=b"12345")
        assert refused.status_code in (400, 460)
    right = {**at_0, "Upload-Checksum": checksum(algorithm, b"12345")}
    assert wire("PATCH", path, right, data=b"12345").headers["Upload-Offset"] == "5"


def test_what_breaks_the_protocol_is_refused(wire: Any) -> None:
    path = begin(wire, 10)
    at_0 = {**PATCH, "Upload-Offset": "0"}
    for method, where in (("POST", "/v1/uploads"), ("HEAD", path), ("PATCH", path)):
        for version in ({}, {"Tus-Resumable": "0.2.2"}):
            answer = wire(method, where, {"Terminal-Id": "T-1", **version})
            assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")
    refused = [
        (at_0 | {"Content-Type": "application/pdf"}, b"1", 415),
        (at_0 | {"Upload-Offset": "1"}, b"1", 409),
        (at_0 | {"Upload-Offset": "-1"}, b"1", 400),
        (at_0 | {"Upload-Offset": "x"}, b"1", 400),
        (at_0, b"12345678901", 413),
        (at_0 | {"Terminal-Id": "T-2"}, b"1", 404),
    ]
    for headers, body, status in refused:
        answer = wire("PATCH", path, headers, data=body)
        assert answer.status_code == status, headers
        assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert wire("HEAD", path, TUS).headers["Upload-Offset"] == "0"
    assert wire("HEAD", "/v1/uploads/unknown", TUS).status_code == 404
    key = {**TUS, "Idempotency-Key": new_key()}
    for headers, status in (
        (key, 400),
        (key | {"Upload-Length": str(MAX_SIZE + 1)}, 413),
        (TUS | {"Upload-Length": "1"}, 400),
        (key | {"Upload-Length": "1", "Upload-Metadata": "kind not-base64"}, 400),
    ):
        assert wire("POST", "/v1/uploads", headers).status_code == status, headers
    begin(wire, 5, key["Idempotency-Key"])
    again = wire("POST", "/v1/uploads", key | {"Upload-Length": "6"})
    assert again.json()["code"] == "idempotency_mismatch"


def test_an_unfinished_upload_expires_and_is_begun_again(wire: Any, clock: Clock) -> None:
    key = new_key()
    path = begin(wire, 10, key)
    clock.now += dt.timedelta(seconds=599)
    wire("PATCH", path, {**PATCH, "Upload-Offset": "0"}, data=b"12345")
    clock.now += dt.timedelta(seconds=599)  # each piece renews it
    assert wire("HEAD", path, TUS).status_code == 200
    clock.now += dt.timedelta(seconds=2)
    assert wire("HEAD", path, TUS).status_code == 410
    answer = wire("PATCH", path, {**PATCH, "Upload-Offset": "5"}, data=b"12345")
    assert (answer.status_code, answer.json()["code"]) == (410, "expired")
    again = begin(wire, 10, key)
    assert again != path
    assert wire("HEAD", again, TUS).headers["Upload-Offset"] == "0"


# --- with a case ----------------------------------------------------------------------------------


@pytest.fixture
def papers(terminal: PortalClient, clerk: Clerk) -> Papers:
    return Papers(terminal, clerk)


def test_a_case_holds_its_uploads_for_good(
    papers: Papers, portal: SandboxServer, clock: Clock
) -> None:
    strokes = {"width": 10, "height": 10, "strokes": [[[1, 2, 3]] * 500]}
    papers.add(b"\xff\xd8 a picture" * 900)
    papers.add(json.dumps(strokes).encode(), "signature")
    assert isinstance(papers.submit(), Answer)
    assert portal.world.uploads.held(papers.key) == [
        (ref["key"], ref["size"], ref["sha256"]) for ref in papers.uploads
    ]
    again = papers.submit()  # sealed anew, so another body under the same key
    assert isinstance(again, Problem)
    assert again.code is ProblemCode.IDEMPOTENCY_MISMATCH
    clock.now += dt.timedelta(days=30)
    location = papers.terminal.uploads.begin(
        papers.uploads[0]["key"], papers.uploads[0]["size"], {}
    )
    assert isinstance(location, Answer)
    assert location.value.offset == papers.uploads[0]["size"]
    refused = papers.terminal.uploads.terminate(location.value.location)
    assert isinstance(refused, Problem)
    assert refused.code is ProblemCode.FORBIDDEN


def test_a_case_waits_for_what_is_not_whole(papers: Papers, portal: SandboxServer) -> None:
    papers.add(b"whole" * 300)
    papers.add(b"half" * 300, sent=700)
    refused = papers.submit()
    assert isinstance(refused, Problem)
    assert (refused.code, refused.retryable) == (ProblemCode.UPLOAD_INCOMPLETE, True)
    assert [fault.pointer for fault in refused.fields] == ["/uploads/1"]
    assert portal.effects(papers.key) == 0


def test_a_case_with_another_upload_than_it_says_is_refused(
    papers: Papers, terminal: PortalClient, clerk: Clerk
) -> None:
    papers.add(b"content" * 300)
    for change, code in (
        ({"sha256": "0" * 64}, ProblemCode.UPLOAD_DIFFERS),
        ({"size": 5}, ProblemCode.UPLOAD_DIFFERS),
        ({"key": new_key()}, ProblemCode.INVALID_REQUEST),
    ):
        refused = papers.submit([papers.uploads[0] | change])
        assert isinstance(refused, Problem)
        assert (refused.code, refused.retryable) == (code, False)
    refused = papers.submit([])
    assert isinstance(refused, Problem)
    assert refused.code is ProblemCode.INVALID_REQUEST
    # Sealed for one case it does not open for another, and what a case holds is nobody else's.
    thief = Papers(terminal, clerk)
    thief.uploads, thief.attachments = papers.uploads, papers.attachments
    refused = thief.submit()
    assert isinstance(refused, Problem)
    assert refused.code is ProblemCode.UNSEALABLE
    assert isinstance(papers.submit(), Answer)
    refused = thief.submit()
    assert isinstance(refused, Problem)
    assert refused.code is ProblemCode.UPLOAD_DIFFERS


def test_a_supplement_holds_the_materials_asked_for(
    papers: Papers, portal: SandboxServer, terminal: PortalClient, clerk: Clerk
) -> None:
    case = terminal.submit_case(*clerk.case("apply-1"))
    assert isinstance(case, Answer)
    named = {"name_zh": "转诊证明", "name_en": "Letter of referral"}
    asked = [
        SupplementItem.model_validate({"code": code, "kind": "material", **named})
        for code in ("referral", "invoice")
    ]
    due = portal.world.actions.ask(case.value.case_no, asked, 5, "")
    papers.add(b"referral" * 300, "referral")
    papers.add(b"something" * 300, "other")
    refused = papers.supplement(case.value.case_no, due.request_id)
    assert isinstance(refused, Problem)
    assert [(fault.pointer, fault.code) for fault in refused.fields] == [
        ("/attachments/invoice", "missing"),
        ("/attachments/other", "not_asked_for"),
    ]
    papers.attachments[1]["kind"] = "invoice"
    outcome = papers.supplement(case.value.case_no, due.request_id)
    assert isinstance(outcome, Answer), outcome
    assert [key for key, *_ in portal.world.uploads.held(papers.key)] == [
        ref["key"] for ref in papers.uploads
    ]


def test_a_signature_must_be_one(papers: Papers) -> None:
    papers.add(b"\xff\xd8 a picture", "signature")
    refused = papers.submit()
    assert isinstance(refused, Problem)
    assert [fault.code for fault in refused.fields] == ["not_a_signature"]


# --- sealing --------------------------------------------------------------------------------------


@given(st.binary(min_size=1, max_size=500), st.integers(min_value=17, max_value=90))
def test_chunks_open_again_in_their_place_only(content: bytes, step: int) -> None:
    secret = new_secret()
    chunks = list(seal_chunks(content, secret, "case", "upload", step))
    assert sum(map(len, chunks)) == sealed_size(len(content), step)
    assert all(len(chunk) == step for chunk in chunks[:-1])
    assert chunks == list(seal_chunks(content, secret, "case", "upload", step))

    def opened(parts: list[bytes], case: str = "case", count: int = len(chunks)) -> bytes:
        return b"".join(open_chunks(parts, secret, case, "upload", count))

    assert opened(chunks) == content
    wrong: list[tuple[list[bytes], str, int]] = [
        (chunks, "another", len(chunks)),
        (chunks[:-1], "case", len(chunks)),
        (chunks[:-1], "case", len(chunks) - 1),
        ([*chunks, chunks[0]], "case", len(chunks)),
        ([chunks[0][:-1] + bytes([chunks[0][-1] ^ 1]), *chunks[1:]], "case", len(chunks)),
    ]
    if len(chunks) > 1:
        wrong.append((chunks[::-1], "case", len(chunks)))
    for parts, case, count in wrong:
        if parts:
            with pytest.raises(SealError):
                opened(parts, case, count)
