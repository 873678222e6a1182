"""The sandbox on PostgreSQL: what many terminals at once must not break.

``./test tests/portal --postgres`` runs all the portal's tests there.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from portal_support import Clerk

from portal import Answer, PortalClient
from portal.sandbox import SandboxServer
from portal.sandbox.private_postgres import PostgresMissingError, programs

WAIT_S = 30.0


@pytest.fixture
def on_postgres() -> bool:
    return True


@pytest.fixture
def crowd(server: SandboxServer) -> Callable[..., list[Answer]]:
    """Hands in bodies with their keys, all at once, each by a client of its own."""

    def hand_in(*submissions: tuple[bytes, str]) -> list[Answer]:
        def one(submission: tuple[bytes, str]) -> Answer:
            body, key = submission
            with PortalClient(server.base_url, terminal_id="T-1") as client:
                outcome = client.submit_case(body, key)
            assert isinstance(outcome, Answer), outcome
            return outcome

        with ThreadPoolExecutor(12) as pool:
            return list(pool.map(one, submissions))

    return hand_in


def test_one_key_from_twelve_sides_takes_effect_once(
    server: SandboxServer, clerk: Clerk, crowd: Callable[..., list[Answer]]
) -> None:
    submission = clerk.case("apply-1")
    answers = crowd(*[submission] * 12)
    assert len({answer.value.case_no for answer in answers}) == 1
    assert server.effects(submission[1]) == 1


def test_cases_at_once_get_numbers_of_their_own(
    server: SandboxServer, clerk: Clerk, crowd: Callable[..., list[Answer]]
) -> None:
    submissions = [clerk.case("apply-1") for _ in range(36)]
    answers = crowd(*submissions)
    assert len({answer.value.case_no for answer in answers}) == 36
    assert all(server.effects(key) == 1 for _, key in submissions)


def test_no_more_are_booked_than_there_is_room_for(start: Callable[..., SandboxServer]) -> None:
    server = start(slot_capacity=3)
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        clerk = Clerk(client)
        offered = client.slots("book-1", "440500")
        assert isinstance(offered, Answer)
        slot = next(one for one in offered.value.slots if one.free)
    bodies = [clerk.case("book-1", slot_id=slot.slot_id) for _ in range(10)]

    def hand_in(submission: tuple[bytes, str]) -> bool:
        body, key = submission
        with PortalClient(server.base_url, terminal_id="T-1") as client:
            return isinstance(client.submit_case(body, key), Answer)

    with ThreadPoolExecutor(10) as pool:
        booked = list(pool.map(hand_in, bodies))
    assert sum(booked) == 3
    assert [server.effects(key) for _, key in bodies] == [int(got) for got in booked]


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.sandbox.private_postgres._INSTALLED", Path("/absent"))
    monkeypatch.setenv("PATH", "/absent")
    with pytest.raises(PostgresMissingError, match="apt-get install postgresql"):
        programs()


def test_it_ends_with_its_process() -> None:
    script = (
        "from portal.sandbox.private_postgres import PrivatePostgres as P\n"
        "p = P(); p.start(); print(p._server.pid, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        watch = os.pidfd_open(int(child.stdout.readline()))
        child.send_signal(signal.SIGKILL)
    assert select.select([watch], [], [], WAIT_S)[0], "PostgreSQL outlives who started it"
    os.close(watch)
