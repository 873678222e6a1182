"""The workshop on a running terminal: signed in, looked at, tried, broken on purpose, changed, left."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import count

import pytest
from e2e_support import LOOK_UP, Desk, Stage

from kiosk.personal import Personal
from kiosk.technician import NotAllowedError
from kiosk.technician.accounts import Account, Role, new_secret
from kiosk.technician.bench import IDLE_S, Bench
from kiosk.technician.drills import Drill
from kiosk.technician.fitting import accounts_of
from kiosk.terminal.staff import hash_pin
from kiosk.visit.model import Step

PIN = "271828"
NUMBERS = count(1001)


@pytest.fixture
def shop(desk: Desk) -> Desk:
    desk.ready()
    return desk


@pytest.fixture
def bench(shop: Desk) -> Iterator[Bench]:
    yield shop.app.bench
    shop.app.bench.sign_out()
    shop.until("service again", lambda v: v.step is Step.ATTRACT)


def sign_in(desk: Desk, role: Role) -> str:
    """With an account of its own: a code is good once."""
    account = Account(str(next(NUMBERS)), role, hash_pin(PIN, iterations=10), new_secret())
    accounts_of(desk.app.settings.terminal.data_dir).put(account)
    refusal = desk.app.bench.sign_in(account.number, Personal(PIN), account.code(time.time()))
    assert refusal == ""
    return account.number


def test_nobody_is_served_meanwhile_and_everybody_afterwards(shop: Desk, bench: Bench) -> None:
    sign_in(shop, Role.LOOK)
    visit = shop.until("no service", lambda v: v.step is Step.OUT_OF_SERVICE)
    assert visit.out_of_service == "service.technician"
    bench.sign_out()
    shop.until("service again", lambda v: v.step is Step.ATTRACT)
    shop.visit(LOOK_UP)


def test_what_is_seen_is_what_is(shop: Desk, bench: Bench) -> None:
    sign_in(shop, Role.LOOK)
    ready = bench.overview()["ready"]
    assert ready["portal"] == "ok"
    assert set(shop.app.settings.devices) <= set(ready)
    for one in bench.devices():
        assert one["pid"] == shop.app.rack[one["name"]].pid
        assert one["code"] == "ok", one
    steps = {step.name: step.state for step in bench.network()}
    assert steps["connection"] == "ok"
    assert steps["service"] == "ok"
    assert {one["key"] for one in bench.settings()} >= {"queue.max_items", "screen.language"}
    found = bench.audit()
    assert found["problems"] == []
    assert '"technician.signed_in"' in found["lines"][0]


@pytest.mark.parametrize(("role", "may"), [(Role.LOOK, ()), (Role.REPAIR, ("try_device",))])
def test_roles_reach_no_further(shop: Desk, bench: Bench, role: Role, may: tuple[str, ...]) -> None:
    sign_in(shop, role)
    doings = {
        "try_device": lambda: bench.try_device("ups", str),
        "restart_device": lambda: bench.restart_device("ups"),
        "retry": lambda: bench.retry("no-such-item"),
        "change": lambda: bench.change("notices.shown", False),
        "undo": lambda: bench.undo(),
    }
    refused = set()
    for name, do in doings.items():
        try:
            do()
        except NotAllowedError:
            refused.add(name)
    expected = set(doings) if not may else {"change", "undo"}
    assert refused == expected
    bench.sign_out()
    for look in (
        bench.overview,
        bench.devices,
        bench.queue,
        bench.log,
        bench.audit,
        bench.settings,
    ):
        with pytest.raises(NotAllowedError):
            look()


def test_a_device_is_tried_and_started_afresh(shop: Desk, bench: Bench, stage: Stage) -> None:
    sign_in(shop, Role.REPAIR)
    worked, words = bench.try_device("receipt_printer", str)
    assert worked, words
    before = shop.app.rack["receipt_printer"].pid
    bench.restart_device("receipt_printer")
    shop.eventually(
        "another process",
        lambda: (
            shop.app.rack["receipt_printer"].pid not in (None, before)
            and shop.app.rack["receipt_printer"].status.usable
        ),
    )


def test_a_drill_measures_the_terminal(shop: Desk, bench: Bench, stage: Stage) -> None:
    sign_in(shop, Role.REPAIR)
    drill = next(d for d in bench.drills() if (d.code, d.subject) == ("paper", "receipt_printer"))
    assert isinstance(drill, Drill)
    hands = {"break": "paper_out", "mend": "load_paper"}

    def say(what: str) -> None:
        if what in hands:
            stage.play.command("receipt_printer", hands[what])

    graded = bench.drill(drill, say)
    assert graded.passed, graded
    assert graded.seen == "printer.paper_out"


def test_a_setting_is_changed_for_the_next_start_and_undone(shop: Desk, bench: Bench) -> None:
    who = sign_in(shop, Role.MANAGE)
    problem = bench.change("queue.max_items", 0)
    assert problem is not None
    assert "greater than" in problem.en
    assert problem.zh == "不能小于 1。"
    assert bench.change("queue.max_items", 77) is None
    shown = {one["key"]: one for one in bench.settings()}["queue.max_items"]
    assert (shown["value"], shown["source"]) == (77, "technician")
    assert [(c["key"], c["who"]) for c in bench.changes()] == [("queue.max_items", who)]
    assert bench.undo() is None
    assert bench.changes() == []
    lines = bench.audit()["lines"]
    assert '"technician.setting_undone"' in lines[0]
    assert '"technician.setting_changed"' in lines[1]


def test_who_does_nothing_for_five_minutes_is_signed_out(
    shop: Desk, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    monkeypatch.setattr(bench, "_monotonic", lambda: now)
    sign_in(shop, Role.LOOK)
    now += IDLE_S - 1
    assert not bench.expire()
    bench.touched()
    now += IDLE_S - 1
    assert not bench.expire()
    now += 1
    assert bench.expire()
    assert bench.role == ""
