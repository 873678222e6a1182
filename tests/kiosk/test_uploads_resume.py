"""Attachments from the outbox to the portal over TLS, and what is sent again when the line is cut."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kiosk.terminal.enclosing import INLINE_SIGNATURE_BYTES, Paper, enclose, signature_paper
from kiosk.terminal.transport import CASE, PortalTransport
from kiosk.terminal.uploads import Sending
from kiosk.torture.certificate import make_certificate
from offline_queue import (
    AttachmentView,
    Courier,
    CourierPolicy,
    Interrupted,
    ItemState,
    Limits,
    NewItem,
    NotReached,
    Outbox,
    Rejected,
    RetryLater,
    Uploaded,
    UploadVerdict,
    new_item_id,
)
from portal import NoAnswer, PortalClient, Problem, Timeouts, Unreachable
from portal.contract import ProblemCode, Signature, lookup_code, seal
from portal.outcomes import Answer, NoAnswerCode, Outcome, UnreachableCode
from portal.sandbox import Fault, FaultKind, SandboxServer, SandboxSettings
from portal.uploads import Begun, Gone, UploadClient

STEP = 128 << 10
WAIT = 30.0
ITEM = "unemployment-registration"
PERSON = {"document_kind": "resident", "name": "李䶮", "number": "440599198001010014"}


class CountedUploads(UploadClient):
    """The client's uploads; counts what is sent, and breaks the line before chosen requests."""

    def __init__(self, inner: UploadClient, server: SandboxServer) -> None:
        super().__init__(inner._transport)
        self._server = server
        self.faults: dict[tuple[str, int], FaultKind] = {}
        self.calls: dict[str, int] = {"begin": 0, "offset": 0, "append": 0}
        self.sent = 0
        self.before: Callable[[str, int], None] = lambda call, number: None

    def _count(self, call: str) -> None:
        self.calls[call] += 1
        number = self.calls[call]
        self.before(call, number)
        if (kind := self.faults.get((call, number))) is not None:
            self._server.add_fault(Fault(target="uploads", kind=kind, count=1))

    def begin(self, key: str, size: int, about: Mapping[str, str]) -> Outcome[Begun]:
        self._count("begin")
        return super().begin(key, size, about)

    def offset(self, location: str, size: int) -> Outcome[int | Gone]:
        self._count("offset")
        return super().offset(location, size)

    def append(
        self, location: str, offset: int, part: bytes, size: int
    ) -> Outcome[int | Gone | None]:
        self._count("append")
        self.sent += len(part)
        return super().append(location, offset, part, size)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SandboxServer, Path]]:
    folder = tmp_path_factory.mktemp("portal")
    authority, pem = make_certificate(folder)
    settings = SandboxSettings(
        database_url=f"sqlite:///{folder / 'portal.sqlite3'}",
        catalogue={
            "version": "test",
            "items": [
                {
                    "code": ITEM,
                    "kind": "apply",
                    "identification": "L1",
                    "name": {"zh": "失业登记", "en": "Unemployment registration"},
                }
            ],
        },
        gateway_hours=False,
        gateway_latency=0.0,
        check_contract=True,
    )
    with SandboxServer(settings, certificate=(pem, pem)) as server:
        yield server, authority


@dataclass
class Terminal:
    """An outbox and what empties it."""

    server: SandboxServer
    client: PortalClient
    folder: Path
    uploads: CountedUploads
    keys: Mapping[str, Any]
    states: dict[str, ItemState] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def open(self) -> Outbox:
        box = Outbox.open(self.folder, limits=Limits(free_bytes=0))
        box.listen(self._heard)
        return box

    def _heard(self, view: Any) -> None:
        with self.changed:
            self.states[view.item_id] = view.state
            self.changed.notify_all()

    def courier(self, box: Outbox) -> Courier:
        policy = CourierPolicy(shortest_s=0.01, longest_s=0.05, breaker_failures=50)
        courier = Courier(box, PortalTransport(self.client), policy=policy)
        courier.start()
        return courier

    def until_delivered(self, key: str) -> None:
        with self.changed:
            delivered = self.changed.wait_for(
                lambda: self.states.get(key) == ItemState.DELIVERED, WAIT
            )
        assert delivered, self.states

    def accept(self, box: Outbox, *papers: bytes) -> str:
        key = new_item_id()
        enclosed = enclose(key, [Paper("scan", "application/pdf", paper) for paper in papers], STEP)
        content = {
            "item": ITEM,
            "kind": "apply",
            "route": {"mode": "local", "destination": "440500", "authority_zh": "示例局",
                      "authority_en": "Example Bureau", "level": "city", "division": "440500"},
            "subject": PERSON,
            "assurance": {"level": "L1", "methods": ["id_card"], "face": None},
            "form": {}, "consent": None, "signature": None, "pickup_hash": None, "slot_id": None,
            "bill_ids": None, "copies": None, "promised": None,
            "attachments": [one.model_dump() for one in enclosed.described],
        }  # fmt: skip
        cw = {"key": key, "destination": "440500", "item": ITEM}
        sealed = seal(json.dumps(content).encode(), self.keys, cw)
        envelope = {
            "key": key, "terminal": "T-1", "destination": "440500", "item": ITEM, "kind": "apply",
            "lookup_code": lookup_code(key), "accepted_at": "2026-11-22T10:00:00+08:00",
            "sealed": sealed, "uploads": [one.model_dump() for one in enclosed.referred],
        }  # fmt: skip
        item = NewItem(key, "440500", key, CASE, json.dumps(envelope).encode())
        box.accept(item, enclosed.attachments).result(WAIT)
        return key

    def run(self, *papers: bytes) -> str:
        """Accept, deliver, and see that it has arrived whole and once."""
        box = self.open()
        key = self.accept(box, *papers)
        courier = self.courier(box)
        self.until_delivered(key)
        assert courier.stop(WAIT)
        assert box.summary().result(WAIT).bytes == 0
        box.close()
        self.check(key, len(papers))
        return key

    def check(self, key: str, papers: int) -> None:
        assert self.server.effects(key) == 1
        assert len(self.server.world.uploads.held(key)) == papers
        watch = self.server.world.watch
        assert watch is not None
        assert watch.findings() == []


@pytest.fixture
def terminal(portal: tuple[SandboxServer, Path], tmp_path: Path) -> Iterator[Terminal]:
    server, authority = portal
    timeouts = Timeouts(connect_s=5, read_s=10, total_s=20)
    with PortalClient(
        server.base_url, terminal_id="T-1", ca_file=authority, timeouts=timeouts
    ) as client:
        outcome = client.keys()
        assert isinstance(outcome, Answer)
        keys = {key.receiver: key.model_dump(mode="json") for key in outcome.value.keys}
        uploads = client.uploads = CountedUploads(client.uploads, server)
        yield Terminal(server, client, tmp_path / "outbox", uploads, keys["440500"])
        server.clear_faults()


PICTURE = random.Random(7).randbytes(5 * STEP)
CHUNKS = 6
"""Of :data:`PICTURE`: each chunk carries its tag."""


def test_nothing_is_sent_twice_on_a_line_that_holds(terminal: Terminal) -> None:
    terminal.run(PICTURE, b"small")
    assert terminal.uploads.calls == {"begin": 2, "offset": 0, "append": CHUNKS + 1}


def test_a_cut_in_the_middle_of_a_chunk_costs_one_chunk(terminal: Terminal) -> None:
    cuts = (1, 3, 4, 6)
    terminal.uploads.faults = {("append", number): FaultKind.CUT for number in cuts}
    key = terminal.run(PICTURE)
    size = terminal.server.world.uploads.held(key)[0][1]
    assert terminal.uploads.calls == {
        "begin": 1,
        "offset": len(cuts),
        "append": CHUNKS + len(cuts),
    }
    assert size < terminal.uploads.sent <= size + len(cuts) * STEP


def test_what_was_taken_is_not_sent_again_when_the_answer_is_lost(terminal: Terminal) -> None:
    lost = {("append", number): FaultKind.DROP_AFTER for number in (2, CHUNKS)}
    terminal.uploads.faults = {("begin", 1): FaultKind.DROP_AFTER, **lost}
    before, _ = terminal.server.world.uploads.counts()
    key = terminal.run(PICTURE)
    assert terminal.uploads.sent == terminal.server.world.uploads.held(key)[0][1]
    # Begun twice, as the first answer was lost; it is one upload.
    assert terminal.uploads.calls["begin"] == 2
    assert terminal.server.world.uploads.counts()[0] == before + 1


def test_after_a_restart_it_goes_on_from_where_it_was(terminal: Terminal) -> None:
    box = terminal.open()
    key = terminal.accept(box, PICTURE)
    under_way, stopped = threading.Event(), threading.Event()

    def hold(call: str, number: int) -> None:
        if (call, number) == ("append", 3):
            under_way.set()
            assert stopped.wait(WAIT)

    terminal.uploads.before = hold
    courier = terminal.courier(box)
    assert under_way.wait(WAIT)
    assert not courier.stop(0.0)
    stopped.set()
    assert courier.stop(WAIT)
    box.close()

    box = terminal.open()
    courier = terminal.courier(box)
    terminal.until_delivered(key)
    assert courier.stop(WAIT)
    box.close()
    terminal.check(key, 1)
    assert terminal.uploads.calls == {"begin": 1, "offset": 1, "append": CHUNKS}


def test_an_upload_that_is_gone_is_begun_again(terminal: Terminal) -> None:
    locations: list[str] = []

    def give_up(call: str, number: int) -> None:
        if (call, number) == ("append", 4):
            upload = next(iter(locations))
            terminal.server.world.uploads.terminate(upload.rsplit("/", 1)[1], "T-1")

    inner = terminal.uploads.begin

    def begin(key: str, size: int, about: Mapping[str, str]) -> Outcome[Begun]:
        outcome = inner(key, size, about)
        assert isinstance(outcome, Answer)
        locations.append(outcome.value.location)
        return outcome

    terminal.uploads.before, terminal.uploads.begin = give_up, begin
    terminal.run(PICTURE)
    assert len(set(locations)) == 2
    assert terminal.uploads.calls["append"] == 4 + CHUNKS


# --- decisions, against a scripted client ---------------------------------------------------------

VIEW = AttachmentView(1, "key", "scan", "image/jpeg", 25, 10, b"")


class Script:
    """Plays an upload of 25 bytes; ``next`` answers come before the honest ones."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.at = 0
        self.begun = 0
        self.parts: list[tuple[int, int]] = []
        self.noted: list[str] = []
        self.stopping = False

    def _next(self, honest: Any) -> Any:
        answer = self.answers.pop(0) if self.answers else None
        return honest if answer is None else answer

    def begin(self, key: str, size: int, about: Mapping[str, str]) -> Any:
        self.begun += 1
        return self._next(Answer(Begun(f"/v1/uploads/{self.begun}", 0)))

    def offset(self, location: str, size: int) -> Any:
        return self._next(Answer(self.at))

    def append(self, location: str, offset: int, part: bytes, size: int) -> Any:
        self.parts.append((offset, len(part)))
        answer = self._next(Answer(offset + len(part)))
        if answer == Answer(offset + len(part)):
            self.at = offset + len(part)
        return answer

    def chunk(self, view: AttachmentView, index: int) -> bytes:
        return b"x" * view.chunk_size(index)

    def began(self, view: AttachmentView, upload: str) -> None:
        self.noted.append(upload)

    def run(self) -> UploadVerdict:
        return Sending(self, VIEW, self).run()


CUT = NoAnswer(NoAnswerCode.RESET)


def refused(code: ProblemCode, retryable: bool, after: int | None = None) -> Problem:
    return Problem(code, retryable, after, 500, (), "trace")


def test_each_chunk_once_and_the_upload_remembered() -> None:
    script = Script()
    assert script.run() == Uploaded()
    assert script.parts == [(0, 10), (10, 10), (20, 5)]
    assert script.noted == ["/v1/uploads/1"]


def test_it_goes_on_in_the_middle_of_a_chunk() -> None:
    script = Script(None, CUT, Answer(13))
    assert script.run() == Uploaded()
    assert script.parts == [(0, 10), (13, 7), (20, 5)]


def test_it_goes_on_as_long_as_something_arrives() -> None:
    script = Script(None, CUT, Answer(1), CUT, Answer(2), CUT, Answer(3), CUT, Answer(4))
    assert script.run() == Uploaded()


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ((None, CUT, None, CUT), NotReached("network.reset")),
        ((None, CUT, CUT), NotReached("network.reset")),
        ((CUT, CUT), NotReached("network.reset")),
        ((Unreachable(UnreachableCode.DNS),), NotReached("network.dns")),
        ((None, Answer(None), None, Answer(None)), RetryLater("portal.upload_incomplete")),
        (
            (None, Answer(Gone()), None, Answer(Gone()), None, Answer(Gone())),
            RetryLater("portal.expired"),
        ),
        ((refused(ProblemCode.INTERNAL, True, 7),), RetryLater("portal.internal", 7)),
        (
            (None, refused(ProblemCode.MAINTENANCE, True)),
            RetryLater("portal.maintenance", None, destination_wide=True),
        ),
        (
            (refused(ProblemCode.INVALID_REQUEST, False),),
            Rejected("portal.invalid_request", "trace trace"),
        ),
    ],
)
@pytest.mark.logs(r"upload\.refused")
def test_when_it_does_not_get_on_the_courier_decides(
    answers: tuple[Any, ...], verdict: UploadVerdict
) -> None:
    assert Script(*answers).run() == verdict


def test_it_begins_no_request_while_stopping() -> None:
    script = Script()
    script.stopping = True
    assert script.run() == Interrupted()
    assert script.begun == 0


# --- what is enclosed -----------------------------------------------------------------------------


def drawn(points: int) -> Signature:
    strokes = [[[n % 800, n % 300, n] for n in range(points)]]
    return Signature.model_validate({"width": 800, "height": 300, "strokes": strokes})


def test_only_a_large_signature_is_enclosed() -> None:
    assert signature_paper(None) is None
    assert signature_paper(drawn(500)) is None
    paper = signature_paper(drawn(6000))
    assert paper is not None
    assert len(paper.content) > INLINE_SIGNATURE_BYTES
    assert Signature.model_validate_json(paper.content) == drawn(6000)
    assert "800" not in repr(paper)
