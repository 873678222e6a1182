"""Certificates on both sides, over real TLS on loopback: who gets in, and what the others are told."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Callable, Iterator

import pytest
from portal_support import Site

from portal import Answer, Problem, Unreachable
from portal.contract import ProblemCode
from portal.enrolment import write_private
from portal.sandbox.authority import Authority, Issued
from portal.sandbox.tls import issued_context

YEAR_AGO = dt.datetime.now(dt.UTC) - dt.timedelta(days=365)
TOMORROW = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    found = Site(tmp_path_factory.mktemp("strict"), strict=True)
    yield found
    found.server.stop()


def test_a_terminal_with_a_certificate_is_served_and_others_are_told_to_get_one(site):
    with site.client(site.authority.terminal("T-1")) as client:
        assert isinstance(client.health(), Answer)
    with site.client(None) as nobody:
        outcome = nobody.health()
        assert isinstance(outcome, Problem)
        assert outcome.code is ProblemCode.CERTIFICATE_REQUIRED
        assert isinstance(nobody.time(), Answer)


def test_a_certificate_speaks_for_its_own_terminal_only(site):
    with site.client(site.authority.terminal("T-2"), terminal="T-1") as client:
        outcome = client.health()
    assert isinstance(outcome, Problem)
    assert outcome.code is ProblemCode.FORBIDDEN


def test_a_certificate_that_was_taken_back_is_refused_until_it_is_replaced(site):
    papers = site.authority.terminal("T-3")
    with site.client(papers, terminal="T-3") as client:
        assert isinstance(client.health(), Answer)
        site.server.world.terminals.revoke("T-3", papers.serial)
        outcome = client.health()
        assert isinstance(outcome, Problem)
        assert outcome.code is ProblemCode.CERTIFICATE_REVOKED
        # the same client, as soon as there are new papers in its files
        site.authority.terminal("T-3").write(site.folder / "t.pem", site.folder / "t.key")
        assert isinstance(client.health(), Answer)


@pytest.mark.parametrize(
    ("papers", "code"),
    [
        (lambda site: site.authority.terminal("T-1", start=YEAR_AGO), "certificate_expired"),
        (lambda site: Authority.new("another").terminal("T-1"), "certificate_refused"),
        (lambda site: site.authority.server(["T-1"]), "certificate_refused"),
        (lambda site: None, "certificate_missing"),
    ],
    ids=["expired", "of another authority", "a server's", "none"],
)
def test_a_strict_server_refuses_in_the_handshake_and_says_why(
    strict: Site, papers: Callable[[Site], Issued | None], code: str
):
    with strict.client(papers(strict)) as client:
        assert client.health() == Unreachable(code)


def test_a_strict_server_serves_who_has_a_certificate(strict):
    with strict.client(strict.authority.terminal("T-1")) as client:
        assert isinstance(client.health(), Answer)


def test_another_authority_than_the_pinned_one_is_not_trusted(site, tmp_path):
    other = Authority.new("another").save(tmp_path)
    with site.client(None, ca=other) as client:
        assert client.time() == Unreachable("server_untrusted")


def test_another_host_name_than_the_certified_one_is_refused(site, tls_peer):
    port = tls_peer(issued_context(site.authority.server(["portal.example"]), None))
    with site.client(None, url=f"https://localhost:{port}") as client:
        assert client.time() == Unreachable("server_wrong_name")


@pytest.mark.parametrize(
    ("start", "code"), [(YEAR_AGO, "server_expired"), (TOMORROW, "server_not_yet_valid")]
)
def test_a_server_certificate_out_of_its_time_is_refused(site, tls_peer, start, code):
    port = tls_peer(issued_context(site.authority.server(days=90, start=start), None))
    with site.client(None, url=f"https://localhost:{port}") as client:
        assert client.time() == Unreachable(code)


def test_unusable_files_ask_nobody_and_say_what_is_wrong(site, tmp_path):
    papers = site.authority.terminal("T-1")
    with site.client(papers) as client:
        key = site.folder / "t.key"
        key.chmod(0o640)
        assert client.health() == Unreachable("key_exposed")
        write_private(key, site.authority.terminal("T-1").key)
        assert client.health() == Unreachable("identity_unusable")
        write_private(key, papers.key)
        assert isinstance(client.health(), Answer)
        key.unlink()
        assert client.health() == Unreachable("not_enrolled")
    damaged = tmp_path / "ca.pem"
    damaged.write_text("no certificate")
    with site.client(None, ca=damaged) as client:
        assert client.time() == Unreachable("authority_unusable")


def test_the_pinned_authority_is_the_only_one_in_the_context(site, monkeypatch):
    loaded: list[dict[str, object]] = []
    real = ssl.SSLContext.load_verify_locations

    def noted(context: ssl.SSLContext, *places: object, **named: object) -> None:
        loaded.append({"places": [place for place in places if place], **named})
        real(context, *places, **named)

    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", noted)
    with site.client(site.authority.terminal("T-1")) as client:
        assert isinstance(client.health(), Answer)
    assert loaded
    assert all(one["places"] == [str(site.ca_file)] for one in loaded)
