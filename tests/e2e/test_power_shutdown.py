"""The battery ends: visits and outbox end in order, the system is asked to go down, and returns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_support import JOBLESS, Desk, Stage, playing, terminal

from kiosk.visit.ending import closed
from kiosk.visit.model import BLANK, Power, PrintState, Step
from offline_queue import ItemState, Outbox


@pytest.fixture(scope="module")
def dark_stage(scratch: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A world for terminals that are shut down here."""
    with playing(tmp_path_factory.mktemp("dark")) as running:
        yield running


def audited(folder: Path) -> list[str]:
    """Codes in the audit log so far; there is none before its first entry."""
    path = folder / "audit.log"
    whole, _, _ = path.read_text("utf-8").rpartition("\n") if path.exists() else ("", "", "")
    return [json.loads(line)["code"] for line in whole.splitlines()]


def hand_in_while_the_battery_ends(desk: Desk) -> str:
    """Hand in with the line cut; the battery ends while the verdict is waited for. The key."""
    desk.to_form()
    desk.hands.fill(JOBLESS.form)
    desk.until(
        "the form filled",
        lambda v: all(n in v.form and v.form[n].reveal() == t for n, t in JOBLESS.form.items()),
    )
    while (visit := desk.terminal.visit).step is Step.FORM:
        desk.hands.form_done()
        page = visit.form_page
        desk.until("the next page", lambda v, page=page: (v.step, v.form_page) != (Step.FORM, page))
    assert visit.step is Step.REVIEW
    desk.stage.play.command("line", "refuse")
    desk.hands.agree()
    desk.until("the consent", lambda v: bool(v.consent))
    desk.stage.play.command("ups", "mains_fail", charge=4, runtime=45, low=True)
    desk.until("the battery's end", lambda v: v.power is Power.ENDING)
    desk.hands.primary()
    visit = desk.until("stored", lambda v: v.submission is not None and bool(v.submission.key))
    assert visit.submission is not None
    desk.watch.run_out("power")  # not waited for: the slip that says it is kept here
    desk.until("the slip", lambda v: v.receipt_print.state is PrintState.CONFIRMED)
    desk.watch.run_out("power")
    desk.until("the farewell", lambda v: v.step is Step.FAREWELL and v.wiped)
    desk.watch.run_out("farewell")
    return visit.submission.key


def test_a_power_cut_in_mid_submission_ends_in_order_and_loses_nothing(
    dark_stage: Stage, tmp_path: Path
) -> None:
    folder, mark = tmp_path / "terminal", tmp_path / "shut-down"
    power = {"shutdown_delay_s": 0, "shutdown_command": ["/usr/bin/env", "touch", str(mark)]}
    with terminal(folder, dark_stage, power=power) as desk:
        desk.ready()
        key = hand_in_while_the_battery_ends(desk)
        desk.eventually("the system goes down", lambda: "power.closed" in audited(folder))
        assert mark.exists()
        visit = desk.terminal.visit
        assert (visit.step, closed(visit)) == (Step.OUT_OF_SERVICE, "power.ending")
        assert (visit.holder, visit.submission, visit.form) == (None, None, BLANK.form)
        # It is really closed: another may open it, and finds the application.
        outbox = Outbox.open(folder / "outbox")
        found = outbox.get(key).result(20.0)
        outbox.close()
    assert found is not None
    assert found.state is ItemState.QUEUED
    dark_stage.mend()
    with terminal(folder, dark_stage) as again:  # the power is back, and the machine has started
        again.delivered_once(key)


@pytest.mark.logs(r"power\.shutdown_failed")
def test_a_shutdown_that_fails_leaves_a_terminal_that_serves_again(
    dark_stage: Stage, tmp_path: Path
) -> None:
    folder = tmp_path / "terminal"
    power = {"shutdown_delay_s": 0, "shutdown_command": ["/usr/bin/env", "false"]}
    with terminal(folder, dark_stage, power=power) as desk:
        desk.ready()
        dark_stage.play.command("ups", "mains_fail", charge=4, runtime=45, low=True)
        desk.until("out of service", lambda v: v.step is Step.OUT_OF_SERVICE)
        desk.eventually("it failed", lambda: "power.shutdown_failed" in audited(folder))
        dark_stage.play.command("ups", "mains_return")
        desk.until("open again", lambda v: v.step is Step.ATTRACT)
        desk.ready()
        seen = desk.visit(JOBLESS)
        assert seen.submission == "delivered"
        desk.delivered_once(seen.key)
