"""Attachments from the outbox to the portal over TLS, and what is sent again when the line is cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from uploading import CHUNKS, PICTURE, STEP, WAIT, Terminal, a_portal, a_terminal

from kiosk.terminal.enclosing import INLINE_SIGNATURE_BYTES, signature_paper
from kiosk.terminal.uploads import Sending
from offline_queue import (
    AttachmentView,
    Interrupted,
    NotReached,
    Rejected,
    RetryLater,
    Uploaded,
    UploadVerdict,
)
from portal import NoAnswer, Problem, Unreachable
from portal.contract import ProblemCode, Signature
from portal.outcomes import Answer, NoAnswerCode, Outcome, UnreachableCode
from portal.sandbox import FaultKind, SandboxServer
from portal.uploads import Begun, Gone

Portal = tuple[SandboxServer, Path]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with a_portal(tmp_path_factory.mktemp("portal")) as started:
        yield started


@pytest.fixture
def terminal(portal: Portal, tmp_path: Path) -> Iterator[Terminal]:
    with a_terminal(*portal, tmp_path) as started:
        yield started


def calls(**made: int) -> dict[str, int]:
    return {"begin": 0, "offset": 0, "append": 0, "terminate": 0, **made}


def test_nothing_is_sent_twice_on_a_line_that_holds(terminal: Terminal) -> None:
    terminal.run(PICTURE, b"small")
    assert terminal.uploads.calls == calls(begin=2, append=CHUNKS + 1)


def test_a_cut_in_the_middle_of_a_chunk_costs_one_chunk(terminal: Terminal) -> None:
    cuts = (1, 3, 4, 6)
    terminal.uploads.faults = {("append", number): FaultKind.CUT for number in cuts}
    key = terminal.run(PICTURE)
    size = terminal.server.world.uploads.held(key)[0][1]
    assert terminal.uploads.calls == calls(begin=1, offset=len(cuts), append=CHUNKS + len(cuts))
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
    terminal.stop_at(box, "append", 3)
    box.close()

    box = terminal.open()
    courier = terminal.courier(box)
    terminal.until(key)
    assert courier.stop(WAIT)
    box.close()
    terminal.check(key, 1)
    assert terminal.uploads.calls == calls(begin=1, offset=1, append=CHUNKS)


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
            Rejected("portal.invalid_request", "trace trace", {"papers": ["scan"]}),
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
