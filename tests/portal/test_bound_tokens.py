"""Tokens bound to a certificate: asked for when the portal wants one, worth nothing elsewhere."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
import requests
from portal_support import Clerk, Site

from portal import Answer, Problem
from portal.contract import ProblemCode
from portal.contract.terminals import TokenAnswer
from portal.identity import thumbprint
from portal.sandbox.authority import Authority
from portal.sandbox.problems import Refusal
from portal.sandbox.tokens import TokenDesk
from portal.tokens import Tokens, asks_for_token

NOW = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)


def test_a_terminal_gets_a_token_when_it_is_asked_for_one_and_keeps_it(site: Site, monkeypatch):
    issued = []
    real = site.server.world.tokens.issue
    monkeypatch.setattr(
        site.server.world.tokens, "issue", lambda *who: issued.append(who) or real(*who)
    )
    with site.client(site.authority.terminal("T-1")) as client:
        assert isinstance(client.health(), Answer)
        assert issued == []
        for _ in range(3):
            assert isinstance(client.keys(), Answer)
        assert len(issued) == 1


def test_a_submission_refused_for_its_token_is_sent_again_and_takes_effect_once(site, monkeypatch):
    with site.client(site.authority.terminal("T-1")) as client:
        body, key = Clerk(client).case("apply-1")
        # the portal has forgotten its key, as after a restart
        forgetful = TokenDesk(site.server.world.settings.clock, 900)
        monkeypatch.setattr(site.server.world.tokens, "_key", forgetful._key)
        assert isinstance(client.submit_case(body, key), Answer)
    assert site.server.world.effects(key) | {"replays": 0} == {
        "key": key, "scope": "case", "effects": 1, "replays": 0,
    }  # fmt: skip


def test_a_stolen_token_opens_nothing_with_another_certificate(site, tmp_path):
    victim, thief = site.authority.terminal("T-1"), site.authority.terminal("T-1")
    with site.client(victim) as client:
        assert isinstance(client.keys(), Answer)
        held = client._transport._tokens._held
        assert held is not None
        token = held.token
    files = thief.write(tmp_path / "thief.pem", tmp_path / "thief.key")
    stolen = requests.get(
        f"{site.server.base_url}/v1/keys",
        headers={"Terminal-Id": "T-1", "Authorization": f"Bearer {token}"},
        verify=str(site.ca_file), cert=tuple(map(str, files)), timeout=10,
    )  # fmt: skip
    assert stolen.status_code == 401
    assert stolen.json()["code"] == "token_invalid"
    assert stolen.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_renewed_certificate_gets_a_token_of_its_own(site):
    with site.client(site.authority.terminal("T-1")) as client:
        assert isinstance(client.keys(), Answer)
        site.authority.terminal("T-1").write(site.folder / "t.pem", site.folder / "t.key")
        assert isinstance(client.keys(), Answer)


def test_a_portal_that_gives_no_token_is_not_asked_for_ever(site, monkeypatch):
    def none(*_who: object) -> TokenAnswer:
        raise Refusal(ProblemCode.MAINTENANCE)

    monkeypatch.setattr(site.server.world.tokens, "issue", none)
    with site.client(site.authority.terminal("T-1")) as client:
        outcome = client.keys()
    assert isinstance(outcome, Problem)
    assert (outcome.code, outcome.retryable) == (ProblemCode.TOKEN_INVALID, True)


@pytest.fixture
def desk() -> tuple[TokenDesk, list[dt.datetime]]:
    clock = [NOW]
    return TokenDesk(lambda: clock[0], 60), clock


def test_a_token_ends(desk):
    tokens, clock = desk
    token = tokens.issue("T-1", "thumb").access_token
    tokens.check(f"Bearer {token}", "T-1", "thumb")
    clock[0] += dt.timedelta(seconds=60)
    with pytest.raises(Refusal):
        tokens.check(f"Bearer {token}", "T-1", "thumb")


@pytest.mark.parametrize("shown", ["", "Bearer", "Basic QTpC", "Bearer x", "Bearer e30.e30.e30"])
def test_what_is_no_token_is_refused(desk, shown):
    with pytest.raises(Refusal) as refused:
        desk[0].check(shown, "T-1", "thumb")
    assert refused.value.code is ProblemCode.TOKEN_INVALID


def test_a_token_serves_its_own_terminal_and_certificate(desk):
    token = desk[0].issue("T-1", "thumb").access_token
    for terminal, thumb in (("T-2", "thumb"), ("T-1", "other")):
        with pytest.raises(Refusal):
            desk[0].check(f"Bearer {token}", terminal, thumb)


def test_many_threads_in_need_fetch_one_token():
    kept, fetched, start = Tokens(), [], threading.Barrier(6)

    def fetch() -> bytes:
        fetched.append(1)
        return b'{"access_token": "t", "token_type": "Bearer", "expires_in": 900}'

    def need() -> None:
        start.wait(10)
        assert kept.replace("thumb", None, fetch) == "t"

    threads = [threading.Thread(target=need) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fetched) == 1
    assert kept.current("thumb", fetch) == "t"


def test_only_a_refused_token_asks_for_another():
    assert asks_for_token(401, b'{"code": "token_invalid"}')
    for status, body in (
        (403, b'{"code": "token_invalid"}'), (401, b'{"code": "certificate_required"}'),
        (401, b"<html>"), (401, b"[]"), (401, b"[" * 100_000),
    ):  # fmt: skip
        assert not asks_for_token(status, body)


def test_the_thumbprint_is_the_digest_of_the_certificate_itself():
    certificate = Authority.new().certificate
    assert len(thumbprint(certificate)) == 43
    assert "=" not in thumbprint(certificate)
