"""An upload that names its digest is held to it, and to no other that came before under its key."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from portal_support import Clerk, make_settings
from upload_papers import PATCH, TUS, Papers, new_key

from portal import Answer, PortalClient, Problem
from portal.contract import ProblemCode
from portal.sandbox import SandboxServer


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    with SandboxServer(make_settings(tmp_path_factory.mktemp("uploads"))) as server:
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


@pytest.fixture
def papers(terminal: PortalClient) -> Papers:
    return Papers(terminal, Clerk(terminal))


def begun_with(
    wire: Any, key: str, content: bytes, terminal: str = "T-1", length: int | None = None
) -> Any:
    digest = base64.b64encode(hashlib.sha256(content).hexdigest().encode()).decode()
    return wire(
        "POST",
        "/v1/uploads",
        {
            **TUS,
            "Terminal-Id": terminal,
            "Idempotency-Key": key,
            "Upload-Length": str(len(content) if length is None else length),
            "Upload-Metadata": f"kind c2Nhbg==,sha256 {digest}",
        },
    )


def test_one_begun_with_another_digest_or_length_makes_way(wire: Any) -> None:
    key = new_key()
    forged = "/v1/" + begun_with(wire, key, b"forged").headers["Location"]
    assert wire("PATCH", forged, {**PATCH, "Upload-Offset": "0"}, data=b"forged").status_code == 204
    for content, length in ((b"honest", None), (b"honest", 7), (b"honest!", None)):
        answer = begun_with(wire, key, content, length=length)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "0")
        assert "Idempotency-Replayed" not in answer.headers
        assert wire("HEAD", forged, TUS).status_code == 410
        forged = "/v1/" + answer.headers["Location"]
    again = begun_with(wire, key, b"honest!")
    assert "/v1/" + again.headers["Location"] == forged
    assert again.headers["Idempotency-Replayed"] == "true"
    other = begun_with(wire, key, b"another", terminal="T-2")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")


def test_what_is_not_of_its_digest_ends_when_it_is_whole(wire: Any, portal: SandboxServer) -> None:
    key, before = new_key(), portal.world.uploads.counts()
    path = "/v1/" + begun_with(wire, key, b"1234567890").headers["Location"]
    assert wire("PATCH", path, {**PATCH, "Upload-Offset": "0"}, data=b"12345").status_code == 204
    answer = wire("PATCH", path, {**PATCH, "Upload-Offset": "5"}, data=b"67891")
    assert (answer.status_code, answer.json()["code"]) == (410, "expired")
    assert portal.world.uploads.counts() == before
    path = "/v1/" + begun_with(wire, key, b"1234567890").headers["Location"]
    answer = wire("PATCH", path, {**PATCH, "Upload-Offset": "0"}, data=b"1234567890")
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "10")


@pytest.mark.parametrize("digest", ["short", "G" * 64, "é"])
def test_a_digest_is_one_or_is_refused(wire: Any, digest: str) -> None:
    coded = base64.b64encode(digest.encode()).decode()
    headers = {**TUS, "Idempotency-Key": new_key(), "Upload-Length": "3"}
    answer = wire("POST", "/v1/uploads", {**headers, "Upload-Metadata": f"sha256 {coded}"})
    assert answer.status_code == 400
    assert answer.json()["fields"][0]["pointer"] == "/Upload-Metadata"


def test_a_case_waits_while_another_upload_is_there_under_its_key(
    papers: Papers, wire: Any, portal: SandboxServer
) -> None:
    sealed = papers.add(b"content" * 300)
    key, forged = papers.uploads[0]["key"], b"x" * len(sealed)
    for content in (forged, sealed):
        path = "/v1/" + begun_with(wire, key, content).headers["Location"]
        wire("PATCH", path, {**PATCH, "Upload-Offset": "0"}, data=content)
        outcome = papers.submit()
        if content == forged:
            assert isinstance(outcome, Problem)
            assert (outcome.code, outcome.retryable) == (ProblemCode.UPLOAD_INCOMPLETE, True)
    assert isinstance(outcome, Answer)
    held = begun_with(wire, key, forged)
    assert (held.status_code, held.json()["code"]) == (409, "idempotency_mismatch")
    assert len(portal.world.uploads.held(papers.key)) == 1
