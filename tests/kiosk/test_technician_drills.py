"""Drills: graded by what the terminal would tell residents, ended by whoever gives up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from kiosk.technician.drills import DrillRun, Graded, drills_for
from kiosk.terminal_port import TerminalPort

LINE, UNPLUG, PAPER = drills_for({"slips": "receipt_printer"})


class Hall:
    """Readiness that hands change."""

    def __init__(self) -> None:
        self.ready = {"portal": "ok", "slips": "ok"}
        self.watchers: list[Callable[[], None]] = []

    def readiness(self) -> Mapping[str, str]:
        return dict(self.ready)

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        self.watchers.append(callback)
        return lambda: self.watchers.remove(callback)

    def becomes(self, code: str, subject: str = "slips") -> None:
        self.ready[subject] = code
        for watcher in self.watchers:
            watcher()


def graded(hall: Hall, hands: Callable[[str, DrillRun], None], limit_s: float = 5.0) -> Graded:
    said: list[str] = []

    def say(what: str) -> None:
        said.append(what)
        hands(what, run)

    run = DrillRun(UNPLUG, cast("TerminalPort", hall), say, limit_s=limit_s)
    found = run.grade()
    assert said[-1] == "done"
    assert hall.watchers == []
    return found


def test_every_device_is_unplugged_and_printers_lose_their_paper() -> None:
    assert [(drill.code, drill.subject) for drill in (LINE, UNPLUG, PAPER)] == [
        ("line", "portal"), ("unplug", "slips"), ("paper", "slips"),
    ]  # fmt: skip


def test_who_notices_both_passes() -> None:
    hall = Hall()

    def hands(what: str, _run: DrillRun) -> None:
        hall.becomes({"break": "device.offline", "mend": "ok"}.get(what, "ok"))

    found = graded(hall, hands)
    assert found.passed
    assert found.seen == "device.offline"
    assert found.broken_s is not None
    assert found.mended_s is not None


def test_what_is_never_noticed_fails() -> None:
    assert graded(Hall(), lambda *_: None, limit_s=0.05) == Graded(False, "", None, None)


def test_what_does_not_come_back_fails() -> None:
    hall = Hall()

    def hands(what: str, _run: DrillRun) -> None:
        if what == "break":
            hall.becomes("device.offline")

    found = graded(hall, hands, limit_s=0.05)
    assert (found.passed, found.seen, found.mended_s) == (False, "device.offline", None)


def test_a_device_that_is_broken_already_is_not_drilled() -> None:
    hall = Hall()
    hall.ready["slips"] = "printer.paper_out"
    assert graded(hall, lambda *_: None) == Graded(False, "printer.paper_out", None, None)


def test_who_gives_up_does_not_wait() -> None:
    found = graded(Hall(), lambda what, run: run.stop() if what == "break" else None, limit_s=600)
    assert not found.passed
