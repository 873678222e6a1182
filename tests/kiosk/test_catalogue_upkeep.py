"""Editions from the portal: real sandbox, real signatures, and what may go wrong between them."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import requests as http
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

from config import tables
from config.compiled import NAME
from config.edition_store import EditionStore
from config.editions import Edition, Refused, sign
from config.load import load_settings
from config.shipped import load_catalogue
from kiosk.catalogue_upkeep import look_at_catalogue, update
from kiosk.cli.main import app
from kiosk.first import adopt_edition, edition_store
from kiosk.upkeep import Upkeep
from portal import PortalClient
from portal.sandbox import SandboxServer, SandboxSettings


def pem() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


KEY = pem()
FILES = {"a.toml": "a = 1\n", "services/b.toml": "b = 1\n", "services/c.toml": "c = 1\n"}


def edition(folder: Path, issued: str = "2026-12-01", key: bytes = KEY, **changes: str) -> str:
    """A small signed folder; ``changes`` by file stem, "" removes. Returns the public key."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "services").mkdir(parents=True)
    dates = f'issued = "{issued}"\nvalid_until = "2027-12-31"\n'
    for name, text in {**FILES, "edition.toml": dates}.items():
        if changed := changes.get(Path(name).stem, text):
            (folder / name).write_text(changed)
    return sign(folder, key)


def content(folder: Path | None) -> dict[str, bytes]:
    assert folder is not None
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().removesuffix(
            b"\n" if path.suffix == ".sig" else b""
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


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
    with PortalClient(server.base_url, terminal_id="T-1") as asking:
        yield asking


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "signed"


@pytest.fixture
def stored(
    server: SandboxServer, client: PortalClient, folder: Path, tmp_path: Path
) -> EditionStore:
    """A store that has fetched the first edition."""
    store = EditionStore(tmp_path / "editions", edition(folder))
    server.world.editions.publish(folder)
    assert update(client, store).result == "fetched"
    return store


def test_the_whole_edition_and_then_only_what_changed(
    server: SandboxServer, client: PortalClient, folder: Path, stored: EditionStore
) -> None:
    assert content(stored.current()) == content(folder)
    assert update(client, stored).result == "current"
    first = stored.known()

    edition(folder, "2026-12-02", b="b = 2\n", c="")
    server.world.editions.publish(folder)
    changed = http.get(f"{server.base_url}/v1/catalogue", params={"since": first}, timeout=5).json()
    assert changed["from"] == first
    assert [file["name"] for file in changed["upserts"]] == ["edition.toml", "services/b.toml"]
    assert changed["deletes"] == ["services/c.toml"]
    found = update(client, stored)
    assert (found.result, str(found.issued)) == ("fetched", "2026-12-02")
    assert content(stored.current()) == content(folder)
    assert stored.known() == changed["to"]


def test_an_edition_nobody_remembers_is_followed_by_the_whole(
    server: SandboxServer, client: PortalClient, folder: Path, tmp_path: Path
) -> None:
    store = EditionStore(tmp_path / "editions", edition(folder, a="never published"))
    manifest = (folder / "manifest.json").read_bytes()
    files = content(folder)
    signature = files.pop("manifest.sig")
    files.pop("manifest.json")
    name = server.world.editions.publish(folder)
    with server.world.database.write() as connection:
        connection.exec_driver_sql(f"DELETE FROM editions WHERE name = '{name}'")
    assert isinstance(store.put(name, manifest, signature, files, base=None), Edition)
    edition(folder, "2026-12-02")
    server.world.editions.publish(folder)
    answer = http.get(f"{server.base_url}/v1/catalogue", params={"since": name}, timeout=5)
    assert (answer.status_code, answer.json()["code"]) == (410, "expired")
    assert update(client, store).result == "fetched"
    assert content(store.current()) == content(folder)


def test_a_foreign_signature_and_an_older_edition_change_nothing(
    server: SandboxServer, client: PortalClient, folder: Path, stored: EditionStore
) -> None:
    before = content(stored.current())
    edition(folder, "2026-12-02", key=pem())
    server.world.editions.publish(folder)
    found = update(client, stored)
    assert (found.result, "not by the key" in found.detail) == ("refused", True)
    edition(folder, "2026-11-30")
    server.world.editions.publish(folder)
    found = update(client, stored)
    assert (found.result, "older than what is here" in found.detail) == ("refused", True)
    assert content(stored.current()) == before


def test_what_was_spoilt_here_is_fetched_again(
    client: PortalClient, folder: Path, stored: EditionStore
) -> None:
    current = stored.current()
    assert current is not None
    (current / "a.toml").write_text("a = 9\n")
    assert stored.known() is None
    assert update(client, stored).result == "fetched"
    assert content(stored.current()) == content(folder)


@pytest.mark.parametrize("name", ["../out.toml", "/out.toml", "services/../../out.toml", ""])
def test_no_file_leads_out_of_the_folder(
    folder: Path, stored: EditionStore, name: str, tmp_path: Path
) -> None:
    files = content(folder)
    current = stored.known()
    assert current is not None
    put = stored.put(
        current, files["manifest.json"], files["manifest.sig"], {name: b""}, base=current
    )
    assert isinstance(put, Refused)
    assert not list(tmp_path.rglob("out.toml"))


def test_a_draft_left_by_a_power_cut_is_passed_over(
    server: SandboxServer, client: PortalClient, folder: Path, stored: EditionStore
) -> None:
    edition(folder, "2026-12-02")
    name = server.world.editions.publish(folder)
    current = stored.current()
    assert current is not None
    draft = current.parent / f"{name}.draft"
    draft.mkdir()
    (draft / "half.toml").write_text("")
    assert stored.current() == current
    assert update(client, stored).result == "fetched"
    assert content(stored.current()) == content(folder)
    assert {path.name for path in current.parent.iterdir()} == {"current", "lock", name}


def test_a_portal_out_of_reach_leaves_everything(stored: EditionStore) -> None:
    with PortalClient("http://127.0.0.1:1", terminal_id="T-1") as client:
        found = update(client, stored)
    assert (found.result, found.detail) == ("unreachable", "Unreachable refused")
    assert stored.current() is not None


def test_a_terminal_looks_as_soon_as_it_starts(
    server: SandboxServer, client: PortalClient, folder: Path, tmp_path: Path
) -> None:
    store = EditionStore(tmp_path / "editions", edition(folder))
    server.world.editions.publish(folder)
    told = threading.Event()

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.getMessage().startswith("catalogue.fetched"):
                told.set()

    log, handler = logging.getLogger("kiosk.catalogue_upkeep"), Listening()
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    upkeep = Upkeep([partial(look_at_catalogue, client, store)])
    try:
        upkeep.start()
        assert told.wait(20)
    finally:
        upkeep.stop()
        log.removeHandler(handler)
        log.setLevel(logging.NOTSET)
    assert content(store.current()) == content(folder)


@pytest.fixture
def shipped_again() -> Iterator[Callable[[Path], None]]:
    yield lambda folder: shutil.copytree(
        tables.SHIPPED, folder, ignore=shutil.ignore_patterns(NAME)
    )
    tables.use(tables.SHIPPED)


def test_real_tables_by_command_and_used_from_then_on(
    server: SandboxServer,
    folder: Path,
    tmp_path: Path,
    shipped_again: Callable[[Path], None],
) -> None:
    shipped_again(folder)
    (folder / "edition.toml").write_text('issued = "2026-12-05"\nvalid_until = "2028-01-31"\n')
    key = sign(folder, KEY)
    server.world.editions.publish(folder)
    config = tmp_path / "terminal.toml"
    config.write_text(
        f'[terminal]\ndata_dir = "{tmp_path}"\n[portal]\nurl = "{server.base_url}"\n'
        f'[catalogue]\nkey = "{key}"\n'
    )
    said = CliRunner().invoke(app, ["catalogue", "update", "--config", str(config)])
    assert said.output == "fetched: issued 2026-12-05, current until 2028-01-31\n"
    said = CliRunner().invoke(app, ["catalogue", "update", "--config", str(config)])
    assert said.output == "current\n"
    settings = load_settings(config).settings
    adopt_edition(settings.catalogue, edition_store(settings))
    assert str(load_catalogue().issued) == "2026-12-05"
