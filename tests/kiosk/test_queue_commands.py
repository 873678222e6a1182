"""Why an item waits, and carrying an outbox by hand: over a real outbox, file and portal."""

from __future__ import annotations

import errno
import hashlib
import json
import random
import sqlite3
import tracemalloc
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.cli.main import app
from kiosk.queue_carry import ExportError, deliver_export, read_export, write_export
from kiosk.terminal.transport import PortalTransport
from kiosk.torture.judge import Judge
from kiosk.torture.person import traces
from kiosk.torture.victim import new_submission
from offline_queue import (
    Courier,
    CourierPolicy,
    Delivered,
    ItemState,
    ItemView,
    Limits,
    NotReached,
    OnRejection,
    Outbox,
    Rejected,
    RetryLater,
)
from offline_queue.moves import Settlement
from portal import PortalClient


@pytest.fixture
def judge(tmp_path: Path):
    one = Judge(tmp_path, seed=1, faults=0.0)
    yield one
    one.stop()


@pytest.fixture
def settings(tmp_path: Path, judge: Judge) -> Path:
    path = tmp_path / "terminal.toml"
    path.write_text(
        f'[terminal]\ndata_dir = "{tmp_path / "data"}"\n'
        f'[portal]\nurl = "{judge.url}"\nca_file = "{judge.ca_file}"\n[queue]\nmin_free_mib = 16\n',
        "utf-8",
    )
    return path


@pytest.fixture
def box(tmp_path: Path):
    folder = tmp_path / "data"
    folder.mkdir()
    one = Outbox.open(folder / "outbox", limits=Limits(free_bytes=0))
    yield one
    one.close()


def accepted(box: Outbox, judge: Judge, case: str, count: int, papers: int = 0) -> list[ItemView]:
    rng = random.Random(case)
    found = []
    for seq in range(1, count + 1):
        item, attached = new_submission(judge.public_jwk, case, seq, rng, papers)
        view = box.accept(item, attached).result()
        assert isinstance(view, ItemView)
        found.append(view)
    return found


def kiosk(*arguments: str):
    return CliRunner().invoke(app, ["queue", *arguments])


def reasons(settings: Path, item: ItemView) -> str:
    result = kiosk("why", item.item_id, "-c", str(settings), "--json")
    assert result.exit_code == 0, result.output
    return " ".join(json.loads(result.stdout)["reasons"])


def test_why_tells_the_reason_in_words(box: Outbox, judge: Judge, settings: Path) -> None:
    first, second = accepted(box, judge, "case-a", 2)
    [claim] = box.claim("440500", 5, 1e9).result()
    box.settle(Settlement(claim, NotReached("network.refused"), 900.0)).result()
    box.close()
    assert "It waits to be sent" in reasons(settings, first)
    assert "Next try: 20" in reasons(settings, first)
    assert "the last answer was network.refused" in reasons(settings, first)
    assert f"1 items of the same case go first; the first is {first.item_id}" in reasons(
        settings, second
    )
    assert kiosk("why", "no-such", "-c", str(settings)).exit_code == 1


@pytest.mark.logs(r"outbox")
def test_the_key_is_changed_unless_something_does_not_add_up(
    box: Outbox, judge: Judge, settings: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data" / "outbox"
    accepted(box, judge, "c", 2, papers=1)
    before = (folder / "outbox.key").read_bytes()
    box.close()
    changed = kiosk("rotate-key", "-c", str(settings))
    assert (changed.exit_code, changed.output.strip()) == (0, "2 records are sealed with a new key")
    key = (folder / "outbox.key").read_bytes()
    assert key != before
    assert json.loads(kiosk("verify", "-c", str(settings), "--json").stdout)["tampered"] == []
    with closing(sqlite3.connect(folder / "outbox.db")) as database, database:
        database.execute("UPDATE item SET destination = 'another' WHERE no = 1")
    refused = kiosk("rotate-key", "-c", str(settings))
    assert (refused.exit_code, "tampered" in refused.output) == (1, True)
    assert kiosk("verify", "-c", str(settings)).exit_code == 1
    assert (folder / "outbox.key").read_bytes() == key


def test_why_tells_a_refused_item_from_the_one_behind_it(
    box: Outbox, judge: Judge, settings: Path
) -> None:
    first, second = accepted(box, judge, "case-a", 2)
    [claim] = box.claim("440500", 5, 1e9).result()
    box.settle(Settlement(claim, Rejected("portal.form_invalid"))).result()
    box.close()
    # the victims' submissions skip a refused one, so that the case goes on
    assert "refused it for good" in reasons(settings, first)
    assert "It waits to be sent" in reasons(settings, second)


def test_why_tells_what_expired_and_what_fell_at_a_paper_from_the_rest(
    box: Outbox, judge: Judge, settings: Path
) -> None:
    (paper,) = accepted(box, judge, "case-a", 1)
    [claim] = box.claim("440500", 5, 1e9).result()
    refused = Rejected("portal.invalid_request", "", {"papers": ["invoice"]})
    box.settle(Settlement(claim, refused)).result()
    late, attached = new_submission(judge.public_jwk, "case-b", 1, random.Random(3), 0)
    view = box.accept(replace(late, expires_after_s=0.0), attached).result()
    assert isinstance(view, ItemView)
    box.claim("440500", 5, 1e9).result()
    box.close()
    assert "for what is attached to it: invoice" in reasons(settings, paper)
    assert "could not be sent in time" in reasons(settings, view)
    assert "taken back" not in reasons(settings, view)


def test_a_timeline_says_when_it_is_tried_next(box: Outbox, judge: Judge, settings: Path) -> None:
    (item,) = accepted(box, judge, "case-a", 1)
    [claim] = box.claim("440500", 5, 1e9).result()
    view = box.settle(Settlement(claim, NotReached("network.dns"), 90.0)).result()
    assert view is not None
    assert view.next_try_at is not None
    box.close()
    told = kiosk("show", item.item_id, "-c", str(settings)).output
    answered = next(line for line in told.splitlines() if "network.dns  next try" in line)
    moment = datetime.fromisoformat(answered.rpartition(" ")[2]).timestamp()
    assert moment == pytest.approx(view.next_try_at, abs=1.0)


def test_what_was_carried_takes_effect_once(
    box: Outbox, judge: Judge, settings: Path, tmp_path: Path
) -> None:
    items = accepted(box, judge, "case-a", 3) + accepted(box, judge, "case-b", 2, papers=2)
    judge.shelf.forgetful = False
    box.close()
    stick = tmp_path / "stick" / "export.cw"
    stick.parent.mkdir()
    result = kiosk("export", str(stick), "-c", str(settings))
    assert result.exit_code == 0, result.output
    assert "5 items written" in result.output
    assert stick.stat().st_mode & 0o077 == 0
    assert list(traces(stick.parent)) == []
    assert kiosk("export", str(stick), "-c", str(settings)).exit_code == 1  # never over another
    shown = json.loads(kiosk("show", items[0].item_id, "-c", str(settings), "--json").stdout)
    assert [entry["kind"] for entry in shown["timeline"]] == ["accepted", "exported"]
    told = kiosk("show", items[-1].item_id, "-c", str(settings)).output
    assert told.count("attached       scan (image/jpeg), ") == 2

    for _ in range(2):
        result = kiosk("deliver", str(stick), "-c", str(settings))
        assert result.exit_code == 0, result.output
    assert Counter(e.key for e in judge.effects) == dict.fromkeys((i.item_id for i in items), 1)
    assert [e.seq for e in judge.effects if e.case == "case-a"] == [1, 2, 3]

    again = Outbox.open(tmp_path / "data" / "outbox", limits=Limits(free_bytes=0))
    client = PortalClient(judge.url, terminal_id="ST-0000", ca_file=judge.ca_file)
    courier = Courier(again, PortalTransport(client), policy=CourierPolicy(shortest_s=0.01))
    courier.start()
    until(again, {item.item_id for item in items})
    courier.stop()
    client.close()
    assert len(judge.effects) == len(items)
    assert judge.shelf.doubts == []
    assert judge.shelf.figures["uploads begun"] == 4
    again.close()


def until(box: Outbox, keys: set[str]) -> None:
    import threading

    done = threading.Event()

    def look(_view: ItemView | None = None) -> None:
        states = {view.item_id: view.state for view in seen.values()}
        if all(states.get(key) is ItemState.DELIVERED for key in keys):
            done.set()

    seen: dict[str, ItemView] = {}

    def hear(view: ItemView) -> None:
        seen[view.item_id] = view
        look()

    stop = box.listen(hear)
    seen |= {view.item_id: view for view in box.items().result() if view.item_id not in seen}
    look()
    assert done.wait(30)
    stop()


def test_a_damaged_export_is_refused_whole(box: Outbox, judge: Judge, tmp_path: Path) -> None:
    accepted(box, judge, "case-a", 2, papers=1)
    path = tmp_path / "export.cw"
    assert write_export(box, path, "ST-0000", "2026-01-05T00:00:00+00:00") == 2
    good = path.read_bytes()
    assert len(read_export(path)) == 2
    lines = good.splitlines(keepends=True)
    for bad in (
        b"",
        b"\x00\xff garbage",
        good[:-40],
        good.replace(b"case-a", b"case-x", 1),
        b"".join([*lines[:1], *lines[2:]]),
        good + b"{}\n",
        b'{"format": "other"}\n' + b"".join(lines[1:]),
        b"[]\n[]\n[]\n",
        b"[" * 60_000,
        good.replace(b"\n", b"\r\n"),
        good[: len(good) // 2],
    ):
        path.write_bytes(bad)
        with pytest.raises(ExportError):
            read_export(path)


def test_something_else_than_an_export_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(1 << 30)
    tracemalloc.start()
    with pytest.raises(ExportError, match="not an export"):
        read_export(film)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 << 20


def test_an_export_that_finds_no_room_leaves_nothing_behind(
    box: Outbox, judge: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(box, judge, "case-a", 2, papers=1)
    path = tmp_path / "export.cw"

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("kiosk.queue_carry.os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            write_export(box, path, "ST-0000", "2026-01-05T00:00:00+00:00")
    assert not path.exists()
    assert write_export(box, path, "ST-0000", "2026-01-05T00:00:00+00:00") == 2


def test_a_folder_is_no_file_to_export_to(box: Outbox, settings: Path, tmp_path: Path) -> None:
    box.close()
    told = kiosk("export", str(tmp_path), "-c", str(settings))
    assert (told.exit_code, "name a new file in it" in told.output) == (1, True)


def test_a_stick_pulled_while_it_is_read_leaves_the_case_for_the_next_run(
    box: Outbox, judge: Judge, tmp_path: Path
) -> None:
    accepted(box, judge, "case-a", 2, papers=1)
    path = tmp_path / "export.cw"
    write_export(box, path, "ST-0000", "2026-01-05T00:00:00+00:00")
    items = read_export(path)
    path.rename(tmp_path / "pulled")
    told: list[tuple[int, object]] = []
    client = PortalClient(judge.url, terminal_id="ST-0000", ca_file=judge.ca_file)
    transport = PortalTransport(client)
    assert not deliver_export(items, transport, lambda one, said: told.append((one.seq, said)))
    assert told == [(1, RetryLater("outbox.export_unreadable"))]
    (tmp_path / "pulled").rename(path)
    assert deliver_export(items, transport, lambda *_: None)
    client.close()


@pytest.mark.logs(r"carry\.failed operation=supplement error=KeyError")
def test_an_item_that_was_tampered_with_keeps_nobody_else_back(
    box: Outbox, judge: Judge, settings: Path, tmp_path: Path
) -> None:
    """The digest is no seal: whoever changes the file can renew it. What is sealed holds all the same."""
    first, *others = accepted(box, judge, "case-a", 1) + accepted(box, judge, "case-b", 2)
    path = tmp_path / "export.cw"
    write_export(box, path, "ST-0000", "2026-01-05T00:00:00+00:00")
    lines = path.read_bytes().splitlines(keepends=True)[:-1]
    text = b"".join(lines).replace(b'"operation": "case"', b'"operation": "supplement"', 1)
    path.write_bytes(text + json.dumps({"sha256": hashlib.sha256(text).hexdigest()}).encode())
    result = kiosk("deliver", str(path), "-c", str(settings))
    assert result.exit_code == 1
    assert f"{first.item_id}  440500  NoAnswer  outbox.transport_failed" in result.stdout
    assert [e.key for e in judge.effects] == [one.item_id for one in others]


def test_what_is_not_reached_is_left_for_the_next_run_in_order(
    box: Outbox, judge: Judge, tmp_path: Path
) -> None:
    accepted(box, judge, "case-a", 3)
    path = tmp_path / "export.cw"
    write_export(box, path, "ST-0000", "2026-01-05T00:00:00+00:00")
    told = []

    class Dead:
        def deliver(self, item: ItemView, body: bytes):
            return NotReached("network.refused") if item.seq == 2 else Delivered({})

        def ask(self, item: ItemView):
            raise AssertionError

    assert not deliver_export(
        read_export(path), Dead(), lambda item, verdict: told.append((item.seq, type(verdict)))
    )
    assert told == [(1, Delivered), (2, NotReached)]


@pytest.mark.parametrize("meaning", OnRejection)
def test_a_refusal_means_to_its_case_what_it_means_on_the_terminal(
    box: Outbox, judge: Judge, tmp_path: Path, meaning: OnRejection
) -> None:
    for case in ("case-a", "case-b"):
        for seq in (1, 2, 3):
            item, attached = new_submission(judge.public_jwk, case, seq, random.Random(case), 0)
            box.accept(replace(item, on_rejection=meaning), attached).result()
    path = tmp_path / "export.cw"
    write_export(box, path, "ST-0000", "2026-01-05T00:00:00+00:00")
    sent: list[tuple[str, int]] = []
    told: list[tuple[str, int, str]] = []

    class Refusing:
        def deliver(self, item: ItemView, body: bytes):
            sent.append((item.case_id, item.seq))
            first = (item.case_id, item.seq) == ("case-a", 1)
            return Rejected("portal.form_rejected") if first else Delivered({})

        def ask(self, item: ItemView):
            raise AssertionError

    assert deliver_export(
        read_export(path),
        Refusing(),
        lambda item, said: told.append((item.case_id, item.seq, getattr(said, "code", ""))),
    ), "another run brings nothing more"
    if meaning is OnRejection.SKIP:
        assert sent == [(case, seq) for case in ("case-a", "case-b") for seq in (1, 2, 3)]
    else:
        assert sent == [("case-a", 1), ("case-b", 1), ("case-b", 2), ("case-b", 3)]
        assert told[1:3] == [("case-a", seq, "outbox.case_blocked") for seq in (2, 3)]


def test_an_export_of_the_format_before_is_read(tmp_path: Path) -> None:
    entry = {
        "item_id": "1", "destination": "440500", "case_id": "c", "seq": 1, "operation": "case",
        "state": "queued", "accepted_at": "2026-01-05T00:00:00+00:00", "attributes": {},
        "body": "c2VhbGVk",
    }  # fmt: skip
    lines = [{"format": "citizen-window-outbox/1"}, entry, {"items": 1}]
    text = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    path = tmp_path / "export.cw"
    path.write_bytes(text + json.dumps({"sha256": hashlib.sha256(text).hexdigest()}).encode())
    [carried] = read_export(path)
    assert (carried.item.item_id, carried.body, carried.attachments) == ("1", b"sealed", ())


def test_an_attachment_that_cannot_be_sent_leaves_its_case_for_the_next_run(
    box: Outbox, judge: Judge, tmp_path: Path
) -> None:
    accepted(box, judge, "case-a", 2, papers=1)
    path = tmp_path / "export.cw"
    write_export(box, path, "ST-0000", "2026-01-05T00:00:00+00:00")
    client = PortalClient("https://localhost:1", terminal_id="ST-0000", ca_file=judge.ca_file)
    told = []
    settled = deliver_export(
        read_export(path),
        PortalTransport(client),
        lambda item, verdict: told.append((item.seq, verdict)),
    )
    client.close()
    assert not settled
    assert told == [(1, NotReached("network.refused"))]
