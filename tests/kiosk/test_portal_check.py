"""``kiosk portal``: what a technician learns about the connection, step by step."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from config.settings import PortalSection
from kiosk.cli.main import app
from kiosk.portal_check import PortalCheck
from kiosk.portal_faults import OTHER, fault_catalogue, fault_words
from portal import PortalClient, UnreachableCode
from portal.sandbox import SandboxServer, SandboxSettings
from portal.sandbox.authority import Authority

PAST = dt.datetime.now(dt.UTC) - dt.timedelta(days=400)


class Bench:
    """A folder of ``kiosk portal test-ca`` and a portal with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "ca"
        made = kiosk("portal", "test-ca", str(self.folder), "--terminal", "ST-0000")
        assert made.exit_code == 0, made.output
        self.authority = Authority.load(self.folder)
        settings = SandboxSettings(
            database_url=f"sqlite:///{folder / 'sandbox.db'}",
            catalogue={"version": "test", "items": []},
            authority=self.authority,
        )
        files = self.folder / "server.pem", self.folder / "server.key"
        self.server = SandboxServer(settings, certificate=files)

    def portal(self, **changes: object) -> PortalSection:
        given = {
            "url": self.server.base_url,
            "ca_file": self.folder / "ca.pem",
            "client_cert": self.folder / "terminal.pem",
            "client_key": self.folder / "terminal.key",
            **changes,
        }
        return PortalSection.model_validate(given)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = Bench(tmp_path_factory.mktemp("bench"))
    yield made
    made.server.stop()


def kiosk(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def check(portal: PortalSection, now: dt.datetime | None = None) -> dict[str, tuple[str, str]]:
    """Step → (state, code)."""

    def client() -> PortalClient:
        pair = portal.client_cert and portal.client_key and (portal.client_cert, portal.client_key)
        return PortalClient(
            portal.url, terminal_id="ST-0000", ca_file=portal.ca_file, client_cert=pair or None
        )

    found = PortalCheck(portal, client, lambda: now or dt.datetime.now(dt.UTC)).steps()
    return {step.name: (step.state, step.code) for step in found}


def test_a_sound_connection_is_sound_at_every_step(bench):
    found = check(bench.portal())
    assert list(found)[:7] == [
        "ca", "certificate", "name", "connection", "tls", "clock", "service",
    ]  # fmt: skip
    assert set(found.values()) == {("ok", "")}


@pytest.mark.parametrize(
    ("changes", "step", "code"),
    [
        ({"url": "https://portal.invalid"}, "name", "dns"),
        ({"client_cert": None, "client_key": None}, "service", "certificate_required"),
        ({"client_cert": Path("no.pem"), "client_key": Path("no.key")}, "certificate", "not_enrolled"),
        ({"ca_file": Path("no.pem")}, "ca", "authority_unusable"),
    ],
)  # fmt: skip
def test_the_first_failure_is_named_and_ends_the_check(bench, changes, step, code):
    found = check(bench.portal(**changes))
    assert list(found)[-1] == step
    assert found[step] == ("fail", code)


def test_refusals_of_either_side_in_the_handshake_are_told_apart(bench, tmp_path):
    stranger = Authority.new("another")
    other_ca = stranger.save(tmp_path)
    assert check(bench.portal(ca_file=other_ca))["tls"] == ("fail", "server_untrusted")
    pair = stranger.terminal("ST-0000").write(tmp_path / "t.pem", tmp_path / "t.key")
    alien = bench.portal(client_cert=pair[0], client_key=pair[1])
    assert check(alien)["tls"] == ("fail", "certificate_refused")


def test_what_the_own_certificate_lacks_is_seen_without_a_connection(bench, tmp_path):
    pair = bench.authority.terminal("ST-0000", start=PAST).write(
        tmp_path / "old.pem", tmp_path / "old.key"
    )
    old = bench.portal(client_cert=pair[0], client_key=pair[1])
    assert check(old)["certificate"] == ("fail", "certificate_expired")
    overdue = dt.datetime.now(dt.UTC) + dt.timedelta(days=70)
    assert check(bench.portal(), overdue)["certificate"] == ("warn", "certificate_due")


def test_a_clock_that_is_off_is_said_although_the_portal_can_be_reached(bench):
    found = check(bench.portal(), dt.datetime.now(dt.UTC) + dt.timedelta(seconds=90))
    assert found["clock"] == ("warn", "clock_wrong")
    assert found["service"] == ("ok", "")


def test_a_port_where_nobody_listens(bench):
    closed = re.sub(r":\d+$", ":1", bench.server.base_url)
    assert check(bench.portal(url=closed))["connection"] == ("fail", "refused")


@pytest.fixture
def untrusting(bench, tmp_path) -> Path:
    other = Authority.new("another").save(tmp_path)
    file = tmp_path / "terminal.toml"
    file.write_text(f'[portal]\nurl = "{bench.server.base_url}"\nca_file = "{other}"\n')
    return file


def test_the_command_explains_in_either_language_and_fails(untrusting):
    english = kiosk("portal", "check", "-c", str(untrusting))
    assert english.exit_code == 1
    words = fault_words("server_untrusted")
    assert words.means.en in english.output
    assert words.do.en in english.output
    assert "the server shows localhost" in english.output
    chinese = kiosk("portal", "check", "-c", str(untrusting), "--language", "zh")
    assert words.do.zh in chinese.output


def test_the_command_answers_programs(untrusting):
    last = json.loads(kiosk("portal", "check", "-c", str(untrusting), "--json").stdout)[-1]
    assert (last["name"], last["state"], last["code"]) == ("tls", "fail", "server_untrusted")
    assert last["do"]["zh"] == fault_words("server_untrusted").do.zh


def test_a_test_ca_never_overwrites_and_keeps_its_keys_to_itself(bench):
    assert kiosk("portal", "test-ca", str(bench.folder)).exit_code == 2
    for key in bench.folder.glob("*.key"):
        assert key.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("code", sorted({*UnreachableCode, *fault_catalogue()}))
def test_every_fault_has_words_of_its_own_in_both_languages(code):
    assert code in fault_catalogue(), f"only the words of {OTHER}"
    words = fault_words(code)
    for text in (words.means, words.do):
        assert re.search("[\u4e00-\u9fff]", text.zh)
        assert not re.search("[\u4e00-\u9fff]", text.en)
        assert text.en.endswith((".", "enrol"))
