"""Settings from afar: real sandbox, real signatures, and what a carrier could do in between."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests as http
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner, Result

from config.editions import Refused
from config.remote import RemoteDocument, RemoteStore, load_effective, sign_remote
from kiosk.cli.main import app
from kiosk.remote_upkeep import RemoteUpkeep, tell, update
from portal import PortalClient
from portal.sandbox import SandboxServer, SandboxSettings

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
HOURS = {"zh": "每天 8:00–20:00", "en": "Daily 8:00–20:00"}
TERMINAL = "ST-0000"


def pem() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


KEY = pem()


def signed(revision: int, key: bytes = KEY, **changes: Any) -> tuple[str, str, str]:
    given: dict[str, Any] = {
        "terminal": TERMINAL,
        "revision": revision,
        "not_after": NOW + timedelta(days=1),
        "settings": {"terminal": {"hours": HOURS}, "queue": {"max_items": 40}},
        **changes,
    }
    return sign_remote(RemoteDocument.model_validate(given), key)


PUBLIC = signed(1)[2]


def forged(settings: dict[str, Any], **changes: Any) -> tuple[str, str]:
    """Signed by the right key, with what :func:`sign_remote` would not sign."""
    key = serialization.load_pem_private_key(KEY, password=None)
    assert isinstance(key, Ed25519PrivateKey)
    content = {"terminal": TERMINAL, "revision": 9, "not_after": "2027-01-01T00:00:00Z"}
    text = json.dumps({**content, "settings": settings, **changes})
    return text, base64.b64encode(key.sign(text.encode())).decode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    database = tmp_path_factory.mktemp("sandbox") / "sandbox.sqlite3"
    settings = SandboxSettings(
        database_url=f"sqlite:///{database}", catalogue={"items": []}, check_contract=True
    )
    with SandboxServer(settings) as running:
        yield running
    assert running.world.watch is not None
    assert running.world.watch.findings() == []


@pytest.fixture
def client(server: SandboxServer) -> Iterator[PortalClient]:
    with PortalClient(server.base_url, terminal_id=TERMINAL) as asking:
        yield asking


@pytest.fixture
def store(tmp_path: Path) -> RemoteStore:
    return RemoteStore(tmp_path / "remote.json", PUBLIC, TERMINAL)


Publish = Callable[[tuple[str, ...]], None]


@pytest.fixture
def publish(server: SandboxServer) -> Publish:
    def post(document: tuple[str, ...]) -> None:
        answer = http.post(
            f"{server.base_url}/sandbox/terminals/{TERMINAL}:configure",
            json={"document": document[0], "signature": document[1]},
            timeout=5,
        )
        assert answer.status_code == 204

    return post


def now() -> datetime:
    return NOW


def test_fetched_once_and_then_only_asked_whether_it_is_the_same(
    server: SandboxServer, client: PortalClient, store: RemoteStore, publish: Publish
) -> None:
    with PortalClient(server.base_url, terminal_id="ST-0009") as stranger:
        assert update(stranger, store, now).result == "none"
    publish(signed(3))
    assert update(client, store, now, keep=False).revision == 3
    assert store.current() is None
    found = update(client, store, now)
    assert (found.result, found.revision) == ("fetched", 3)
    found = update(client, store, now)
    assert (found.result, found.revision) == ("current", 3)
    publish(signed(4))
    assert update(client, store, now).revision == 4
    answer = http.get(f"{server.base_url}/v1/config", headers={"Terminal-Id": TERMINAL}, timeout=5)
    tag = answer.headers["ETag"]
    asked = {"Terminal-Id": TERMINAL, "If-None-Match": f'"0", {tag}'}
    answer = http.get(f"{server.base_url}/v1/config", headers=asked, timeout=5)
    assert (answer.status_code, answer.headers["ETag"], answer.content) == (304, tag, b"")


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (signed(9, pem()), "not by portal.config_key"),
        ((signed(9)[0].replace("40", "41"), signed(9)[1]), "not by portal.config_key"),
        ((signed(9)[0], "no base64"), "not by portal.config_key"),
        (signed(4), "older than what is here (5)"),
        (signed(5, settings={}), "with other content"),
        (signed(9, terminal="ST-0001"), "signed for terminal 'ST-0001'"),
        (signed(9, not_after=NOW - timedelta(seconds=1)), "was not to be taken after"),
        (forged({"portal": {"url": "https://elsewhere.example"}}), "portal may not be set"),
        (forged({"terminal": {"id": "X-000"}}), "terminal.id may not be set"),
        (forged({"staff": {}}), "staff may not be set"),
        (forged({"queue": {"max_items": 0}}), "queue.max_items"),
        (forged({"queue": 5}), "queue may not be set"),
        (forged({}, more=1), "more"),
        (forged({}, not_after="tomorrow"), "not_after"),
    ],
)
def test_a_bad_or_older_one_changes_nothing(
    store: RemoteStore, document: tuple[str, ...], reason: str
) -> None:
    store.put(*signed(5)[:2], NOW)
    before = store.known()
    found = store.put(document[0], document[1], NOW)
    assert isinstance(found, Refused)
    assert reason in found.reason
    assert store.known() == before is not None


def test_the_operators_can_not_sign_what_a_terminal_would_refuse() -> None:
    with pytest.raises(ValueError, match=r"portal may not be set from afar"):
        signed(1, settings={"portal": {"url": "https://elsewhere.example"}})


@pytest.mark.logs(r"settings\.(refused|from_afar_refused)")
def test_a_refused_one_is_told_once_and_what_was_spoilt_is_fetched_again(
    client: PortalClient,
    store: RemoteStore,
    publish: Publish,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    store.put(*signed(6)[:2], NOW)
    publish(signed(5))
    upkeep = RemoteUpkeep(client, store, now)
    assert [upkeep.look(), upkeep.look()] == [True, True]
    told = [record for record in caplog.records if "settings.refused" in record.getMessage()]
    assert len(told) == 1

    (tmp_path / "remote.json").write_text('{"document": "{}"')
    assert store.current() == Refused("what is kept was spoilt")
    assert (store.known(), update(client, store, now).revision) == (None, 5)


def test_nothing_is_known_of_a_portal_that_is_away(store: RemoteStore) -> None:
    with PortalClient("http://127.0.0.1:1", terminal_id=TERMINAL) as away:
        assert not RemoteUpkeep(away, store, now).look()


def kiosk(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_used_at_the_next_start_below_what_the_local_file_says(
    server: SandboxServer, client: PortalClient, publish: Publish, tmp_path: Path
) -> None:
    settings = tmp_path / "terminal.toml"
    settings.write_text(
        f'[terminal]\nid = "{TERMINAL}"\ndata_dir = "{tmp_path}"\n[queue]\nmax_items = 70\n'
        f'[portal]\nurl = "{server.base_url}"\nconfig_key = "{PUBLIC}"\n'
    )
    order, key = tmp_path / "order.toml", tmp_path / "key.pem"
    key.write_bytes(KEY)
    order.write_text(
        f'terminal = "{TERMINAL}"\nrevision = 7\nnot_after = 2027-01-01T00:00:00Z\n'
        "[settings.queue]\nmax_items = 40\nmax_age_h = 24\n"
        '[settings.terminal]\nhours = { zh = "全天", en = "All day" }\n'
    )
    made = kiosk("config", "sign", str(order), "--key", str(key))
    assert made.stderr.strip() == PUBLIC
    carried = json.loads(made.stdout)
    publish((carried["document"], carried["signature"]))
    steps = json.loads(kiosk("portal", "check", "-c", str(settings), "--json").stdout)
    assert steps[-1]["found"].startswith("revision 7 is there")

    store = RemoteStore(tmp_path / "remote.json", PUBLIC, TERMINAL)
    assert load_effective(settings).loaded.settings.terminal.hours.en != "All day"
    assert update(client, store, now).revision == 7
    found = load_effective(settings)
    tell(found)
    assert found.loaded.settings.terminal.hours.en == "All day"
    assert found.loaded.settings.queue.max_age_h == 24
    assert found.loaded.settings.queue.max_items == 70
    assert found.loaded.source_of("queue.max_age_h") == "portal revision 7"
    shown = kiosk("config", "show", "-c", str(settings)).stdout
    assert "portal revision 7 says queue.max_items = 40; terminal.toml keeps its own" in shown

    publish(signed(6))
    steps = json.loads(kiosk("portal", "check", "-c", str(settings), "--json").stdout)
    assert (steps[-1]["state"], steps[-1]["code"]) == ("warn", "settings_refused")


@pytest.mark.logs(r"settings\.from_afar_refused")
def test_a_spoilt_one_does_not_keep_a_terminal_from_starting(tmp_path: Path) -> None:
    settings = tmp_path / "terminal.toml"
    settings.write_text(f'[terminal]\ndata_dir = "{tmp_path}"\n[portal]\nconfig_key = "{PUBLIC}"\n')
    (tmp_path / "remote.json").write_text("{")
    found = load_effective(settings)
    tell(found)
    assert found.remote == Refused("what is kept was spoilt")
    assert (
        "not used: what is kept was spoilt" in kiosk("config", "show", "-c", str(settings)).stdout
    )
