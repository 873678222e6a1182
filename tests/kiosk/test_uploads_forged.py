"""A stick with forged papers that comes first keeps the genuine ones of the terminal from nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from uploading import PICTURE, WAIT, Terminal, a_portal, a_terminal

from kiosk.queue_carry import deliver_export, read_export, write_export
from kiosk.terminal.transport import PortalTransport
from offline_queue import Outbox
from portal.sandbox import SandboxServer

Portal = tuple[SandboxServer, Path]
Entries = list[dict[str, Any]]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with a_portal(tmp_path_factory.mktemp("portal")) as started:
        yield started


@pytest.fixture
def terminal(portal: Portal, tmp_path: Path) -> Iterator[Terminal]:
    with a_terminal(*portal, tmp_path) as started:
        yield started


def chunks(entries: Entries) -> Entries:
    return [entry for entry in entries if "chunk_of" in entry]


def another_chunk(entries: Entries) -> None:
    """The last chunk is another, of the same length; everything else says what it said."""
    last = chunks(entries)[-1]
    content = bytearray(base64.b64decode(last["data"]))
    content[0] ^= 1
    last["data"] = base64.b64encode(content).decode()


def say_its_digest(entries: Entries) -> None:
    content = b"".join(base64.b64decode(one["data"]) for one in chunks(entries))
    [attached] = next(entry for entry in entries if "item_id" in entry)["attachments"]
    attached["size"], attached["digest"] = len(content), hashlib.sha256(content).hexdigest()


def another_digest(entries: Entries) -> None:
    """The file says the digest of what it now holds."""
    another_chunk(entries)
    say_its_digest(entries)


def another_size(entries: Entries) -> None:
    """The last chunk is cut short, and the file says so."""
    last = chunks(entries)[-1]
    last["data"] = base64.b64encode(base64.b64decode(last["data"])[:-7]).decode()
    say_its_digest(entries)


def another_envelope(entries: Entries) -> None:
    """The case, too, refers to what is forged: all but what is sealed in it."""
    another_digest(entries)
    item = next(entry for entry in entries if "item_id" in entry)
    envelope = json.loads(base64.b64decode(item["body"]))
    envelope["uploads"][0]["sha256"] = item["attachments"][0]["digest"]
    item["body"] = base64.b64encode(json.dumps(envelope).encode()).decode()


def forged(box: Outbox, path: Path, forge: Callable[[Entries], None]) -> Path:
    """An export of ``box`` after somebody had the stick, who can renew its digest."""
    write_export(box, path, "T-1", "2026-11-22T10:00:00+08:00")
    entries = [json.loads(line) for line in path.read_bytes().splitlines()[:-1]]
    forge(entries)
    text = b"".join(json.dumps(entry).encode() + b"\n" for entry in entries)
    path.write_bytes(text + json.dumps({"sha256": hashlib.sha256(text).hexdigest()}).encode())
    return path


@pytest.mark.logs(r"portal\.rejected code=unsealable")
@pytest.mark.parametrize("forge", [another_chunk, another_digest, another_size, another_envelope])
def test_the_genuine_papers_arrive_after_the_forged_ones(
    terminal: Terminal, tmp_path: Path, forge: Callable[[Entries], None]
) -> None:
    box = terminal.open()
    key = terminal.accept(box, PICTURE)
    items = read_export(forged(box, tmp_path / "export.cw", forge))
    deliver_export(items, PortalTransport(terminal.client), lambda *_: None)
    assert terminal.uploads.calls["append"] > 0, "the forged papers went first"
    assert terminal.server.effects(key) == 0
    courier = terminal.courier(box)
    terminal.until(key)
    assert courier.stop(WAIT)
    box.close()
    terminal.check(key, 1)
