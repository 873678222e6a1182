"""Scanned codes: redeemed once, within their minute, by whom they were sealed for."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests as http
from portal_support import RESIDENT, Clerk
from pydantic import ValidationError

from portal import Answer, NoAnswer, PortalClient, Problem
from portal.contract import CredentialEnvelope, CredentialHolder, CredentialRequest, seal
from portal.sandbox import Fault, FaultKind, SandboxServer
from portal.sandbox.settings import china_now

HOLDER = CredentialHolder.model_validate_json(json.dumps({**RESIDENT, "portrait": "aGVhZA=="}))


def envelope(clerk: Clerk, credential: str, **changes: Any) -> CredentialEnvelope:
    given = {"destination": "440500", "sealed_for": "440500", "said": "440500", **changes}
    sealed = seal(
        json.dumps({"credential": credential}).encode(),
        clerk.keys[given["sealed_for"]],
        {"destination": given["said"]},
    )
    return CredentialEnvelope(terminal="T-1", destination=given["destination"], sealed=sealed)


def refused(outcome: Any) -> str:
    assert isinstance(outcome, Problem), outcome
    return outcome.code.value


def test_a_code_tells_its_holder_once(
    server: SandboxServer, client: PortalClient, clerk: Clerk
) -> None:
    code = server.world.credentials.issue(HOLDER)
    outcome = client.redeem_credential(envelope(clerk, code))
    assert isinstance(outcome, Answer)
    assert outcome.value == HOLDER
    assert "李" not in repr(outcome)
    assert refused(client.redeem_credential(envelope(clerk, code))) == "expired"


def test_the_same_envelope_replayed_tells_nothing(
    server: SandboxServer, client: PortalClient, clerk: Clerk
) -> None:
    once = envelope(clerk, server.world.credentials.issue(HOLDER))
    assert isinstance(client.redeem_credential(once), Answer)
    assert refused(client.redeem_credential(once)) == "expired"


def test_of_two_at_the_same_time_one_is_told(
    server: SandboxServer, client: PortalClient, clerk: Clerk
) -> None:
    code = server.world.credentials.issue(HOLDER)
    both = [envelope(clerk, code) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(client.redeem_credential, both))
    assert sum(isinstance(outcome, Answer) for outcome in outcomes) == 1


def test_a_code_is_good_for_a_minute(start: Callable[..., SandboxServer]) -> None:
    now = [china_now()]
    server = start(clock=lambda: now[0])
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        clerk = Clerk(client)
        code = server.world.credentials.issue(HOLDER)
        now[0] += dt.timedelta(seconds=61)
        assert refused(client.redeem_credential(envelope(clerk, code))) == "expired"
        fresh = server.world.credentials.issue(HOLDER)
        now[0] += dt.timedelta(seconds=59)
        assert isinstance(client.redeem_credential(envelope(clerk, fresh)), Answer)
        now[0] += dt.timedelta(minutes=30)
        server.world.credentials.issue(HOLDER)  # forgets what is long gone
        assert refused(client.redeem_credential(envelope(clerk, code))) == "not_found"


def test_what_was_never_issued_is_not_found(client: PortalClient, clerk: Clerk) -> None:
    assert refused(client.redeem_credential(envelope(clerk, "CWID1.nobody-has-it"))) == "not_found"


@pytest.mark.parametrize(
    "changes", [{"said": "440100"}, {"destination": "440100"}, {"sealed_for": "440100"}]
)
def test_an_envelope_cannot_be_addressed_anew(
    server: SandboxServer, client: PortalClient, clerk: Clerk, changes: dict[str, str]
) -> None:
    code = server.world.credentials.issue(HOLDER)
    assert refused(client.redeem_credential(envelope(clerk, code, **changes))) == "invalid_request"
    assert isinstance(client.redeem_credential(envelope(clerk, code)), Answer)  # and is not used up


@pytest.mark.parametrize("text", ["", "short", "x" * 513, "with blank", "汉字汉字汉字汉字"])
def test_what_cannot_be_a_code_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        CredentialRequest(credential=text)


def test_garbage_is_no_holder(server: SandboxServer, client: PortalClient, clerk: Clerk) -> None:
    server.add_fault(Fault(kind=FaultKind.HTML_200, target="credentials"))
    code = server.world.credentials.issue(HOLDER)
    assert isinstance(client.redeem_credential(envelope(clerk, code)), NoAnswer)


def test_the_sandbox_issues_codes_by_hand(
    server: SandboxServer, client: PortalClient, clerk: Clerk
) -> None:
    given = http.post(f"{server.base_url}/sandbox/credentials", json=RESIDENT, timeout=5)
    assert given.status_code == 201
    nobody = http.post(f"{server.base_url}/sandbox/credentials", json={"name": "x"}, timeout=5)
    assert nobody.json()["code"] == "invalid_request"
    outcome = client.redeem_credential(envelope(clerk, given.json()["credential"]))
    assert isinstance(outcome, Answer)
    assert (outcome.value.name, outcome.value.portrait) == (RESIDENT["name"], None)
