"""The outbox under torture, shortly; and that the judge and the power cuts do find what is wrong.

The long run: ``kiosk queue torture --minutes N``.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import random
import socket
import ssl
import tarfile
from pathlib import Path

import pytest

from kiosk.terminal.enclosing import Paper, enclose
from kiosk.torture import Campaign, Verdict, power, simulate, torture
from kiosk.torture import campaign as campaigns
from kiosk.torture.campaign import Promise
from kiosk.torture.judge import Effect, Judge
from kiosk.torture.person import CANARIES, paper, submission, traces
from kiosk.torture.shelf import Shelf, Shelved
from offline_queue import Delivered, NoAnswer, place, stowage
from offline_queue import schema as database
from offline_queue.attempts import Attempts
from offline_queue.stowage import Stowage
from offline_queue.witness import Witness
from portal.contract import SealError

OLD_OUTBOXES = Path(__file__).parents[1] / "offline_queue" / "data"
"""As the last programs of schemas 1 and 2 left them in the middle of their work (tar archives)."""


@pytest.mark.timeout(300)
@pytest.mark.logs(r"portal\.rejected")
def test_nothing_is_lost_doubled_changed_disordered_or_readable() -> None:
    campaign = Campaign(seed=20260522, kills=3, writes=(60, 420), power_cuts=60)
    verdict = torture(campaign)
    assert verdict.passed, verdict.lines()
    assert verdict.left_out == []
    figures = verdict.figures
    assert figures["lives ended at any moment"] == 3
    assert figures["lives ended at a write"] == 2
    assert figures["submissions promised"] > 10, "the victims never got to work"
    assert figures["chunks taken"] > 5, "no attachment was sent"
    assert figures["power cuts replayed"] == 60
    assert figures["power cuts of a lying disk"] > 5
    assert figures["drained on the full disk"] == figures["accepted until the disk was full"] > 50


@pytest.fixture
def judge(tmp_path: Path):
    one = Judge(tmp_path, seed=1)
    yield one
    one.stop()


def judged(judge: Judge, *promises: Promise) -> set[str]:
    verdict = Verdict()
    campaigns._compare({promise.key: promise for promise in promises}, judge, verdict)
    return {finding.invariant for finding in verdict.findings}


def test_the_judge_sees_each_kind_of_wrong(judge: Judge) -> None:
    promise = Promise("k1", "c", 1, "d1")
    judge.effects = [Effect("k1", "c", 1, "d1")]
    assert judged(judge, promise) == set()
    assert judged(judge, promise, Promise("k2", "c", 2, "d2")) == {"nothing promised is lost"}
    judge.refused = {"k2"}
    assert judged(judge, promise, Promise("k2", "c", 2, "d2")) == set()
    judge.effects = [Effect("k1", "c", 1, "other")]
    assert judged(judge, promise) == {"what arrives is what was promised"}
    judge.effects = [Effect("k2", "c", 2, "d2"), Effect("k1", "c", 1, "d1")]
    assert judged(judge, promise) == {"a case keeps its order"}
    judge.effects = [Effect("k1", "c", 1, "d1")] * 2
    assert "one effect a key" in judged(judge, promise)
    judge.effects, judge.shelf.doubts = [Effect("k1", "c", 1, "d1")], ["k1 is another paper"]
    assert judged(judge, promise) == {"attachments arrive whole and once"}
    judge.shelf.doubts, judge.doubts = [], ["k1 came again"]
    assert judged(judge, promise) == {"what is sent again is the same"}
    judge.doubts, judge.told = [], {"k1": "refused"}
    assert judged(judge, promise) == {"only what ended is told as ended"}, "it took effect"
    judge.told = {"k2": "refused"}
    assert judged(judge, promise) == set(), "k2 was refused"
    judge.told = {"k3": "expired"}
    assert judged(judge, promise) == {"only what ended is told as ended"}, "nothing ended it"
    judge.hear({"key": "k3", "how": "withdrawn"})
    assert judge.doubts, "told otherwise than before"


def test_a_body_cut_short_counts_for_nothing(judge: Judge) -> None:
    judge.faults = 0.0
    context = ssl.create_default_context(cafile=judge.ca_file)
    host, port = judge.url.removeprefix("https://").split(":")
    with (
        socket.create_connection((host, int(port)), timeout=10) as wire,
        context.wrap_socket(wire, server_hostname=host) as connection,
    ):
        head = b"POST /v1/cases HTTP/1.1\r\nIdempotency-Key: k\r\nContent-Length: 20\r\n\r\n"
        connection.sendall(head + b'{"sealed"')
        # What SIGKILL leaves: the end of the wire without a farewell of TLS.
        socket.socket.shutdown(connection, socket.SHUT_WR)
        while socket.socket.recv(connection, 4096):
            pass
    assert judge.doubts == []
    assert judge.effects == []


def test_personal_data_is_found_in_every_coding(tmp_path: Path) -> None:
    file = tmp_path / "leak"
    text = submission("case", 1, "").decode()
    for coded in (
        text.encode(),
        text.encode("utf-16-le"),
        text.encode("gb18030"),
        text.encode().hex().encode(),
        base64.b64encode(text.encode()),
        base64.urlsafe_b64encode(b"xx" + text.encode()),
        CANARIES[1].encode(),
    ):
        file.write_bytes(b"before" + coded + b"after")
        assert list(traces(tmp_path)), coded[:40]
    file.write_bytes(b"nothing of the kind")
    assert list(traces(tmp_path)) == []


def replayed(tmp_path: Path) -> set[str]:
    verdict = Verdict()
    power.cut_power(tmp_path, 5, verdict, rounds=15, states=60)
    return {finding.invariant for finding in verdict.findings}


@pytest.mark.logs(r"outbox")
def test_power_cuts_find_a_database_that_does_not_flush(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure = database._configure

    def hasty(connection) -> None:
        configure(connection)
        connection.execute("PRAGMA synchronous = NORMAL")

    assert replayed(tmp_path) == set()
    monkeypatch.setattr(database, "_configure", hasty)
    assert "nothing promised is lost by a power cut" in replayed(tmp_path)


@pytest.mark.parametrize(("schema", "recovering"), [(1, False), (2, True)])
def test_power_cuts_in_the_middle_of_a_migration_or_a_recovery(
    tmp_path: Path, schema: int, recovering: bool
) -> None:
    start = tmp_path / "start"
    (start / "bodies").mkdir(parents=True)
    with tarfile.open(OLD_OUTBOXES / f"outbox_schema_{schema}.bin") as archive:
        archive.extraction_filter = lambda member, _folder: member  # ours; Debian 12 knows none
        archive.extractall(start)
    if recovering:
        (start / "quarantine-x").mkdir(mode=0o700)
        for name in ("outbox.db", "outbox.db-wal"):
            (start / name).rename(start / "quarantine-x" / name)
        (start / "recovering").write_text("quarantine-x")
    verdict = Verdict()
    power.cut_power(tmp_path, 3, verdict, rounds=3, states=40, start=start)
    assert verdict.passed, verdict.lines()


@pytest.mark.logs(r"outbox")
def test_power_cuts_find_folders_that_are_not_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (place, stowage):
        monkeypatch.setattr(module, "sync_directory", lambda directory: None)
    assert "a power cut damages nothing" in replayed(tmp_path)


@pytest.mark.logs(r"outbox")
def test_power_cuts_find_large_bodies_that_are_not_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stowage, "flush", lambda stowage: None)
    assert "a power cut damages nothing" in replayed(tmp_path)


@pytest.mark.logs(r"outbox")
def test_a_lying_disk_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it lost is named by the witness; without one nobody would know."""

    def lied_to() -> Verdict:
        verdict = Verdict()
        power.cut_power(tmp_path, 5, verdict, rounds=20, states=20, lying=True)
        return verdict

    verdict = lied_to()
    assert verdict.passed, verdict.lines()
    assert verdict.figures["power cuts of a lying disk that lost something"] > 0
    monkeypatch.setattr(Witness, "read", lambda self: {})
    assert {one.invariant for one in lied_to().findings} == {"what a lying disk lost is named"}


def test_histories_on_a_virtual_clock_end_well() -> None:
    verdict = Verdict()
    simulate(range(150), verdict)
    assert verdict.passed, verdict.lines()
    assert verdict.figures["submissions"] > 600


def test_a_history_is_the_same_again_and_finds_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def findings() -> list[str]:
        verdict = Verdict()
        simulate(range(40), verdict)
        return [finding.what for finding in verdict.findings]

    assert findings() == []
    # the courier believes an answer that never came
    monkeypatch.setattr(
        Attempts,
        "_verdict",
        lambda self, claim: Delivered({}) if claim.body is None else NoAnswer("x"),
    )
    wrong = findings()
    assert any("is delivered with 0 effects" in what for what in wrong)
    assert wrong == findings()


def test_the_shelf_sees_each_kind_of_wrong() -> None:
    shelf = Shelf(random.Random(1))
    shelf.forgetful = False

    def sent(case_key: str, content: bytes) -> tuple[dict[str, object], dict[str, object]]:
        enclosed = enclose(case_key, [Paper("scan", "image/jpeg", content)], 1024)
        [attachment], [ref] = enclosed.attachments, enclosed.referred
        upload_id, _ = shelf.begin(ref.key, ref.size)
        shelved = shelf.get(upload_id)
        assert isinstance(shelved, Shelved)
        for part in attachment.chunks():
            checksum = f"sha256 {base64.b64encode(hashlib.sha256(part).digest()).decode()}"
            assert shelf.append(shelved, len(shelved.content), part, checksum) == 204
        described = [one.model_dump() for one in enclosed.described]
        content_of = {"case": "c", "seq": 1, "attachments": described}
        return {"uploads": [ref.model_dump()]}, content_of

    envelope, content = sent("k1", paper("c", 1, 3000))
    assert shelf.claim("k1", envelope, content)
    assert shelf.doubts == []
    assert not shelf.claim("k2", {"uploads": [{"key": "unknown"}]}, content)
    for wrong in (
        lambda: shelf.claim("k1", *sent("k1", paper("c", 2, 3000))),
        lambda: shelf.claim("k1", envelope, {**content, "attachments": []}),
        lambda: shelf.claim("k1", {"uploads": [{**envelope["uploads"][0], "size": 5}]}, content),
        lambda: shelf.begin(envelope["uploads"][0]["key"], 7),
    ):
        with contextlib.suppress(ValueError):
            wrong()
        assert len(shelf.doubts) == 1, shelf.doubts
        shelf.doubts.clear()
    with pytest.raises(SealError):
        shelf.claim("k2", envelope, content)
    assert shelf.doubts == [f"{envelope['uploads'][0]['key']} belongs to k1 and to k2"]
