"""A person is called: what the screen says, what staff see at the portal, and how a call ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests as http
from visit_walk import Walk, timer

from kiosk.terminal.calls import CallDesk
from kiosk.terminal.clock import china_now
from kiosk.visit import Step, Visit, advance
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from portal.client import PortalClient
from portal.sandbox import SandboxServer, SandboxSettings
from portal.sandbox.faults import Fault, FaultKind


def ends(walk: Walk) -> list[str]:
    return [effect.how for effect in walk.effects if isinstance(effect, fx.EndCall)]


def calls(walk: Walk) -> list[int]:
    return [effect.effect for effect in walk.effects if isinstance(effect, fx.CallStaff)]


def called() -> Walk:
    walk = Walk("rs-0012").to(Step.GUIDE)
    walk.happen(ev.HelpWanted(), perform=False)
    return walk


def test_the_screen_says_that_staff_know_only_when_they_do() -> None:
    walk = called()
    assert (walk.visit.calling_staff, walk.visit.help_told) == (True, None)
    walk.happen(ev.StaffTold(walk.visit.help_call + 1, True), perform=False)
    assert walk.visit.help_told is None, "another call's"
    walk.happen(ev.StaffTold(walk.visit.help_call, True), perform=False)
    assert walk.visit.help_told is True
    walk.happen(ev.HelpWanted(), perform=False)
    assert len(calls(walk)) == 1, "once is enough"


def test_a_call_that_did_not_get_through_can_be_made_again() -> None:
    walk = called()
    first = walk.visit.help_call
    walk.happen(ev.StaffTold(first, False), perform=False)
    walk.happen(ev.HelpWanted(), perform=False)
    assert len(calls(walk)) == 2
    assert (walk.visit.help_told, walk.visit.help_call > first) == (None, True)


@pytest.mark.parametrize(
    ("how", "happen"),
    [
        ("withdrawn", lambda walk: walk.happen(ev.HelpWithdrawn(), perform=False)),
        ("unanswered", lambda walk: timer(walk, "help")),
        ("left", lambda walk: [walk.happen(e, perform=False)
                               for e in (ev.LeaveRequested(), ev.LeaveAnswered(True))]),
    ],
)  # fmt: skip
def test_a_call_ends_once_and_the_clock_runs_again(how: str, happen: Callable[[Walk], Any]) -> None:
    walk = called()
    call = walk.visit.help_call
    happen(walk)
    assert fx.EndCall(call, how) in walk.effects
    visit = walk.visit
    assert (visit.calling_staff, visit.help_call, visit.help_told) == (False, 0, None)
    walk.happen(ev.HelpWithdrawn(), perform=False)
    assert ends(walk) == [how]
    walk.happen(ev.StaffTold(call, True), perform=False)
    assert walk.visit.help_told is None, "too late to be true"


def test_out_of_service_somebody_can_be_called_and_sent_away() -> None:
    visit, _ = advance(Visit(step=Step.OUT_OF_SERVICE, out_of_service="service.outbox"),
                       ev.HelpWanted())  # fmt: skip
    assert visit.calling_staff
    visit, effects = advance(visit, ev.HelpWithdrawn())
    assert not visit.calling_staff
    assert [type(effect) for effect in effects if isinstance(effect, fx.EndCall)] == [fx.EndCall]


# --- at the other end -----------------------------------------------------------------------------


class Other:
    """A terminal's desk, and the branch's list of calls."""

    def __init__(self, server: SandboxServer) -> None:
        self.server = server
        self.now: datetime = china_now()
        self.posted: list[Any] = []
        self.written: list[tuple[str, str]] = []
        self._desk = CallDesk(
            PortalClient(server.base_url, terminal_id="T-1"),
            "T-1",
            self.posted.append,
            written=lambda code, word: self.written.append((code, word)),
            now=lambda: self.now,
        )

    def do(self, *effects: fx.CallStaff | fx.EndCall) -> None:
        for effect in effects:
            self._desk.ordered_handlers()[type(effect)](effect, Visit())

    def seen(self) -> list[tuple[str, str]]:
        listed = http.get(f"{self.server.base_url}/sandbox/calls", timeout=5).json()
        assert all(call["terminal"] == "T-1" for call in listed)
        return [(call["reason"], call["state"]) for call in listed]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Other]:
    settings = SandboxSettings(
        database_url=f"sqlite:///{tmp_path / 'sandbox.sqlite3'}",
        catalogue={"items": []},
        check_contract=True,
    )
    with SandboxServer(settings) as server:
        yield Other(server)
    assert server.world.watch is not None
    assert server.world.watch.findings() == []


def test_staff_see_a_call_until_it_ends(other: Other) -> None:
    other.do(fx.CallStaff("help", 7))
    assert other.posted == [ev.StaffTold(7, True)]
    assert other.seen() == [("help", "open")]
    other.do(fx.EndCall(7, "withdrawn"), fx.EndCall(7, "withdrawn"))
    assert other.seen() == []
    other.do(fx.CallStaff("identity", 9), fx.EndCall(9, "unanswered"), fx.CallStaff("card_left"))
    assert other.seen() == [("identity", "unanswered"), ("card_left", "open")]
    assert other.posted[1:] == [ev.StaffTold(9, True)], "nobody waits for the last"
    assert [code for code, _ in other.written] == [
        "staff.called", "staff.call_ended", "staff.call_ended", "staff.called", "staff.call_ended",
        "staff.called",
    ]  # fmt: skip


def test_without_the_portal_the_person_is_told(other: Other) -> None:
    other.server.add_fault(Fault(kind=FaultKind.HTTP_503, target="portal"))
    other.do(fx.CallStaff("help", 3))
    assert other.posted == [ev.StaffTold(3, False)]
    assert other.written == [("staff.called", "help")], "the audit log has it all the same"
