"""The claims that the workers of one destination share."""

from __future__ import annotations

import threading
from concurrent.futures import Future

import pytest

from offline_queue import ItemView, OutboxStorageError
from offline_queue.items import ItemState
from offline_queue.moves import CLAIMED_BYTES, Claim
from offline_queue.team import Team

GROUP = 4


def _claims(count: int, body: bytes = b"") -> list[Claim]:
    view = ItemView("id", "440500", "c", 1, "case", ItemState.IN_FLIGHT, 1, "", None, None, "", {})
    return [Claim(view, body, 0) for _ in range(count)]


class Desk:
    """Claims are asked for here. The first brings a group, later ones what ``later`` says at once, or
    when the test says so."""

    later: list[Claim] | None = None

    def __init__(self, allowed: tuple[int, bool] = (GROUP, False)) -> None:
        self.allowed = allowed
        self.probes_over = 0
        self.asked: list[Future[list[Claim]]] = []
        self.team = Team(lambda: self.allowed, self._probed, self._ask)

    def _probed(self) -> None:
        self.probes_over += 1

    def _ask(self, limit: int) -> Future[list[Claim]]:
        assert limit == self.allowed[0]
        self.asked.append(Future())
        if len(self.asked) == 1:
            self.asked[0].set_result(_claims(limit))
        elif self.later is not None:
            self.asked[-1].set_result(self.later)
        return self.asked[-1]


def test_more_is_claimed_while_something_is_at_hand_and_once_at_a_time() -> None:
    desk = Desk()
    for left, asked in ((3, 1), (2, 2), (1, 2), (0, 2)):
        assert desk.team.take() is not None
        assert (desk.team.crowded, len(desk.asked)) == (left > 0, asked)


@pytest.mark.parametrize(("size", "asked"), [(0, 2), (CLAIMED_BYTES // 3 + 1, 3)])
def test_fewer_that_are_large_are_no_sign_that_there_are_no_more(size: int, asked: int) -> None:
    desk = Desk()
    for _ in range(GROUP):
        desk.team.take()
    desk.asked[1].set_result(_claims(3, bytes(size)))
    desk.team.take()
    desk.team.take()
    assert len(desk.asked) == asked


def test_a_worker_waits_for_a_claim_under_way() -> None:
    desk = Desk()
    for _ in range(GROUP):
        desk.team.take()
    taken: list[object] = []
    worker = threading.Thread(target=lambda: taken.append(desk.team.take()))
    worker.start()
    desk.asked[1].set_result(_claims(1))
    worker.join(10)
    assert taken[0] is not None


def test_when_nothing_is_due_it_is_asked_again_only_after_a_verdict_or_a_hint() -> None:
    desk = Desk()
    desk.later = []
    for _ in range(GROUP):
        desk.team.take()
    assert desk.team.take() is None
    assert desk.team.take() is None
    assert len(desk.asked) == 2
    for again in (desk.team.settled, desk.team.hope):
        again()
        before = len(desk.asked)
        assert desk.team.take() is None
        assert len(desk.asked) == before + 1


def test_a_claim_that_failed_is_told_to_one_worker() -> None:
    desk = Desk()
    for _ in range(GROUP):
        desk.team.take()
    desk.asked[1].set_exception(OutboxStorageError("outbox.storage_failed", ""))
    with pytest.raises(OutboxStorageError):
        desk.team.take()
    assert desk.team.take() is None


def test_a_probe_for_which_nothing_is_due_is_over() -> None:
    desk = Desk((1, True))
    turn = desk.team.take()
    assert turn is not None
    assert turn.probing
    assert desk.probes_over == 0
    desk.team.settled()
    desk.later = []
    assert desk.team.take() is None
    assert desk.probes_over == 1


def test_where_nothing_may_be_tried_nothing_is_claimed() -> None:
    desk = Desk((0, False))
    assert desk.team.take() is None
    assert not desk.asked
