"""What was uploaded for a submission that will not come: the portal is asked to forget it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from uploading import PICTURE, WAIT, Terminal, a_portal, a_terminal

from kiosk.terminal.uploads import given_up
from offline_queue import ItemState
from portal import NoAnswer, Problem, Unreachable
from portal.contract import ProblemCode
from portal.contract.answers import FieldProblem
from portal.outcomes import Answer, NoAnswerCode, Outcome, UnreachableCode
from portal.sandbox import FaultKind, SandboxServer

Portal = tuple[SandboxServer, Path]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with a_portal(tmp_path_factory.mktemp("portal")) as started:
        yield started


@pytest.fixture
def terminal(portal: Portal, tmp_path: Path) -> Iterator[Terminal]:
    with a_terminal(*portal, tmp_path) as started:
        yield started


def test_what_was_taken_back_is_given_up_after_a_restart_and_a_lost_answer(
    terminal: Terminal,
) -> None:
    shelf = terminal.server.world.uploads
    before = shelf.counts()
    box = terminal.open()
    key = terminal.accept(box, PICTURE)
    terminal.stop_at(box, "append", 3)
    assert shelf.counts()[0] == before[0] + 1
    view = box.withdraw(key).result(WAIT)
    assert view is not None
    assert view.state == ItemState.WITHDRAWN
    box.close()

    box = terminal.open()
    terminal.uploads.faults = {
        ("terminate", 1): FaultKind.HTTP_503,
        ("terminate", 2): FaultKind.DROP_AFTER,
    }
    courier = terminal.courier(box)
    outcomes = [terminal.uploads.given_up.get(timeout=WAIT) for _ in range(3)]
    assert [type(one) for one in outcomes] == [Problem, NoAnswer, Answer]
    assert shelf.counts() == before
    assert courier.stop(WAIT)
    assert box.leavings().result(WAIT) == []
    box.close()


@pytest.mark.logs(r"portal\.rejected code=invalid_request")
def test_what_the_portal_refuses_it_is_asked_to_forget(terminal: Terminal) -> None:
    shelf = terminal.server.world.uploads
    before = shelf.counts()
    box = terminal.open()
    key = terminal.accept(box, PICTURE, b"no picture either", media_type="image/jpeg")
    courier = terminal.courier(box)
    terminal.until(key, ItemState.REJECTED)
    outcomes = [terminal.uploads.given_up.get(timeout=WAIT) for _ in range(2)]
    assert outcomes == [Answer(None), Answer(None)]
    assert shelf.counts() == before
    assert courier.stop(WAIT)
    box.close()


def test_what_arrived_stays(terminal: Terminal) -> None:
    terminal.run(PICTURE)
    assert terminal.uploads.calls["terminate"] == 0


def refused(code: ProblemCode, retryable: bool, pointer: str = "") -> Problem:
    fields = (FieldProblem(pointer=pointer, code="differs_from_certificate"),) if pointer else ()
    return Problem(code, retryable, None, 400, fields, "trace")


@pytest.mark.parametrize(
    ("outcome", "done"),
    [
        (Answer(None), True),
        (refused(ProblemCode.FORBIDDEN, False), True),
        (refused(ProblemCode.FORBIDDEN, False, "/terminal"), False),
        (refused(ProblemCode.INVALID_REQUEST, False), True),
        (refused(ProblemCode.CERTIFICATE_REVOKED, False), False),
        (refused(ProblemCode.INTERNAL, True), False),
        (Unreachable(UnreachableCode.DNS), False),
        (NoAnswer(NoAnswerCode.RESET), False),
    ],
)
def test_only_a_word_of_the_portals_ends_it(outcome: Outcome[None], done: bool) -> None:
    assert given_up(outcome) is done
