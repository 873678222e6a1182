"""Playing the morning: one visit after the other, and at the end every delivery checked."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import monotonic

from config.catalogue import ServiceItem
from drivers.host import DeviceRack, HostState
from kiosk.demo.errors import ErrorLog
from kiosk.demo.hands import EventHands, Hands
from kiosk.demo.person import ScriptedPerson
from kiosk.demo.report import MorningReport, VisitRow, write_report
from kiosk.demo.script import Scene, morning
from kiosk.demo.watch import NotAsScripted, Seen, VisitWatch
from kiosk.terminal.clock import china_now
from kiosk.terminal_port import TerminalPort
from kiosk.visit.model import Step
from kiosk.world.client import WorldClient, WorldError
from kiosk.world.launch import RunningWorld

READY_S = 40.0
DELIVERED_S = 90.0
_LOOK_S = 0.2

log = logging.getLogger(__name__)

OnScreen = Callable[[int, str], bytes | Path | None]
"""``on_screen(visit_no, label)`` → a PNG of the terminal's window, the path of one below ``out``, or
None. ``label`` is the step's value, or ``step-detail``. Called from the morning's thread."""


def run_morning(
    port: TerminalPort,
    world: RunningWorld,
    *,
    hands: Hands | None = None,
    out: Path,
    on_screen: OnScreen | None = None,
    rack: DeviceRack | None = None,
    on_visit: Callable[[VisitRow], None] | None = None,
    only: int | None = None,
) -> MorningReport:
    """Play all visits and write the report into ``out``; blocks, so call it from a worker thread.

    ``world`` should have been launched with the same ``out``. ``hands``: :class:`EventHands` unless
    given. ``rack``: so that the receipt printer's process can be killed in the middle of a job;
    without it the printer loses power instead. ``on_visit``: called after each visit. ``only`` the
    first so many of them. A visit that did not go as scripted is a row that says why, not an
    exception.
    """
    kill = _printer_killer(port, world.client, rack)
    with VisitWatch(port) as watch, closing(ErrorLog()) as errors:
        hands = hands or EventHands(port)
        stage = _Stage(port, world.client, hands, watch, errors, out, on_screen)
        began = monotonic()
        stage.await_ready()
        rows: list[VisitRow] = []
        script = morning(kill, chips="chip_reader" not in world.missing)[:only]
        for number, scene in enumerate(script, start=1):
            rows.append(stage.play(number, scene))
            if on_visit is not None:
                on_visit(rows[-1])
        rows = stage.settle(rows)
    report = MorningReport(tuple(rows), monotonic() - began, dict(world.client.state()["paper"]))
    write_report(report, out)
    return report


class _Stage:
    """What the visits of one morning share."""

    def __init__(
        self,
        port: TerminalPort,
        world: WorldClient,
        hands: Hands,
        watch: VisitWatch,
        errors: ErrorLog,
        out: Path,
        on_screen: OnScreen | None,
    ) -> None:
        self._port = port
        self._world = world
        self._watch = watch
        self._errors = errors
        self._out = out
        self._on_screen = on_screen
        self._number = 0
        self._shots: list[str] = []
        self._person = ScriptedPerson(port, world, hands, watch, self._show)

    def await_ready(self) -> None:
        """Wait until every device and the portal are ready; :class:`NotAsScripted` names who isn't."""

        def ready() -> bool:
            known = self._port.readiness()
            return len(known) > 1 and all(code == "ok" for code in known.values())

        if not _eventually(ready, READY_S):
            raise NotAsScripted(f"the terminal is not ready: {dict(self._port.readiness())}")

    def play(self, number: int, scene: Scene) -> VisitRow:
        """One visit, from preparing the world to mending it."""
        self._number, self._shots = number, []
        # The visit before may have cut the line; this one's guide must find the portal again.
        _eventually(lambda: self._port.readiness().get("portal") == "ok", READY_S)
        at, began = china_now(), monotonic()
        item = _item(self._port, scene.errand.item)
        papers = self._papers()
        seen, why = self._visit(scene)
        why = "; ".join(filter(None, (why, _logged(scene, self._errors.take()))))
        row = VisitRow(
            number=number,
            at=f"{at:%H:%M:%S}",
            title_zh=scene.title_zh,
            title_en=scene.title_en,
            who=seen.who or "—",
            item=scene.errand.item,
            service=item.name.zh,
            kind=item.kind.value,
            route=seen.route or "—",
            ended=seen.steps[-1] if seen.steps else "",
            submission=seen.submission,
            key=seen.key,
            lookup_code=seen.lookup_code,
            receipt=seen.receipt,
            proof=seen.proof,
            troubles=tuple(seen.troubles),
            notes=_notes(seen),
            seconds=monotonic() - began,
            screens=tuple(self._shots),
            papers=tuple(sorted(self._papers() - papers)),
            why=why,
        )
        log.info("demo.visit number=%d ok=%s seconds=%.1f", number, row.ok, row.seconds)
        return row

    def settle(self, rows: list[VisitRow]) -> list[VisitRow]:
        """Wait until every submission has arrived at the portal, and count how often."""
        waiting = [row.key for row in rows if row.key]
        _eventually(lambda: all(self._effects(key) >= 1 for key in waiting), DELIVERED_S)
        return [self._settled(row) for row in rows]

    def _settled(self, row: VisitRow) -> VisitRow:
        if not row.key:
            return row
        delivered = self._effects(row.key)
        why = row.why
        if not why and delivered != 1:
            why = f"arrived at the portal {delivered} times, not once"
        return replace(row, delivered=delivered, why=why)

    def _visit(self, scene: Scene) -> tuple[Seen, str]:
        seen = Seen()
        try:
            if scene.before is not None:
                scene.before(self._world)
            self._person.run(scene.errand)
            seen = self._watch.seen
            why = _deviation(scene, seen)
        except (NotAsScripted, WorldError, LookupError, OSError, TimeoutError) as error:
            seen, why = self._watch.seen, str(error) or type(error).__name__
            self._show("stuck")
            self._clear_stage()
        finally:
            if scene.after is not None:
                scene.after(self._world)
        return seen, why

    def _clear_stage(self) -> None:
        """Send whoever is stuck away, so that the next person finds a free terminal."""
        for device, name in (("card_reader", "remove_card"), ("camera", "on"), ("line", "up")):
            self._world.command(device, name)
        for timer in ("idle", "warning", "farewell"):
            if self._port.visit.step is Step.ATTRACT:
                return
            try:
                self._watch.run_out(timer)
            except NotAsScripted:
                log.warning("demo.stuck timer=%s", timer)

    def _show(self, label: str) -> None:
        if self._on_screen is None:
            return
        picture = self._on_screen(self._number, label)
        if picture is None:
            return
        if isinstance(picture, bytes):
            name = f"{self._number:02d}-visit/{len(self._shots) + 1:02d}-{label}.png"
            path = self._out / "screens" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(picture)
        else:
            path = picture
        self._shots.append(path.relative_to(self._out).as_posix())

    def _papers(self) -> set[str]:
        papers = self._world.state()["paper"]
        return {*papers["receipts"], *papers["proofs"]}

    def _effects(self, key: str) -> int:
        return int(self._world.command("portal", "effects", key=key)["answer"]["effects"])


def _deviation(scene: Scene, seen: Seen) -> str:
    """How a visit's end differs from the script; empty if it does not."""
    expected = scene.expected
    facts = [
        ("submission", expected.submission, seen.submission),
        ("receipt", expected.receipt, seen.receipt),
        ("proof", expected.proof, seen.proof),
        ("troubles", list(expected.troubles), seen.troubles),
    ]
    wrong = [
        f"{name} {found or 'none'}, expected {wanted or 'none'}"
        for name, wanted, found in facts
        if wanted is not None and wanted != found
    ]
    if expected.ends_at.value not in seen.steps:
        wrong.append(f"never came to {expected.ends_at.value}")
    return "; ".join(wrong)


def _logged(scene: Scene, errors: Sequence[str]) -> str:
    """Errors in the log that the script does not cause; empty if there are none."""
    meant = scene.expected.errors
    return "; ".join(f"logged: {line}" for line in errors if not any(one in line for one in meant))


def _notes(seen: Seen) -> tuple[str, ...]:
    notes = []
    if seen.waited_for_paper:
        notes.append("paper refilled in mid-job")
    if seen.idle_warned:
        notes.append("idle warning, then wiped")
    if "staff" in seen.steps:
        notes.append("staff vouched")
    return tuple(notes)


def _eventually(condition: Callable[[], bool], timeout_s: float) -> bool:
    """Look until it is so. For facts of other processes, which nobody can tell us of."""
    deadline, never = monotonic() + timeout_s, threading.Event()
    while not condition():
        if monotonic() >= deadline:
            return False
        never.wait(_LOOK_S)
    return True


def _printer_killer(
    port: TerminalPort, world: WorldClient, rack: DeviceRack | None
) -> Callable[[], None]:
    hosts = rack.of_port("receipt_printer") if rack is not None else ()

    def kill() -> None:
        if not hosts or hosts[0].pid is None:
            world.command("receipt_printer", "power_cycle")
            return
        host, pid = hosts[0], hosts[0].pid
        # Not before ink is on the paper: a job that never began is simply printed afterwards.
        _eventually(lambda: world.state()["receipt_printer"]["rows_on_strip"] > 0, READY_S)
        os.kill(pid, signal.SIGKILL)
        # The next visit must not find the printer still coming back.
        _eventually(lambda: host.state is HostState.READY and host.pid not in (None, pid), READY_S)

    return kill


def _item(port: TerminalPort, code: str) -> ServiceItem:
    for situation in port.directory.situations():
        for item in port.directory.items_of(situation.key):
            if item.code == code:
                return item
    raise LookupError(f"the catalogue has no item {code}")
