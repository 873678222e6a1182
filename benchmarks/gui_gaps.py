"""Does the GUI thread ever stand still? Every gap over 50 ms in whole visits, and whose it is.

The real window (``--gl``: OpenGL on the X server of DISPLAY), the real terminal and its device
processes, a simulated world at the wire; visits of the scripted morning, touched with a finger:

- quiet: devices and portal well;
- everything hung: the whole world is stopped (SIGSTOP) in the middle, so that every device is mute
  and the portal takes connections and says nothing;
- backlog: the outbox delivers 10,000 submissions meanwhile.

    python benchmarks/gui_gaps.py [--visits 11] [--backlog 10000] [--quick] [--gl]
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from gui_watch import GuiWatch, heading, offenders, row

KINDS = {
    "quiet": "devices and portal well",
    "hung": "every device hung, portal silent",
    "backlog": "{backlog} submissions delivering",
}
TERMINAL = "ST-0001"
HANG_ROUNDS = 8
ITEM = "rs-0011"
"""What the backlog applies for: a service of the catalogue that the world's portal knows."""
DRAIN_S = 300.0


def child(kind: str, visits: int, backlog: int) -> None:
    """One circumstance; prints its line of the table and the offenders as JSON."""
    from PySide6.QtGui import QGuiApplication

    from kiosk.cli.demo import demo_application, demo_settings, shell_options
    from kiosk.logs import setup_logging
    from kiosk.world.launch import launch_world
    from screens import runtime
    from screens.panel import Finger, TouchHands
    from screens.run import run_shell

    runtime.prepare_environment()
    told: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        setup_logging(folder / "log")
        with launch_world(folder / "world", out=folder / "out", fast=True) as world:
            settings = demo_settings("demo", folder, world)
            settings = settings.model_copy(
                update={
                    "queue": settings.queue.model_copy(update={"max_items": 10**6}),
                    "terminal": settings.terminal.model_copy(update={"id": TERMINAL}),
                }
            )
            if kind == "backlog":
                fill(settings, world.addresses.sandbox, backlog)
            app = demo_application(settings)
            stage: dict[str, Any] = {}

            def prepare(shell: Any) -> None:
                stage["hands"] = TouchHands(app.terminal, Finger(shell))
                stage["watch"] = GuiWatch(lambda: app.terminal.visit.step.value)
                stage["watch"].start()
                qt = QGuiApplication.instance()
                assert qt is not None
                qt.aboutToQuit.connect(stage["watch"].halt)

            def script() -> int:
                from kiosk.demo import run_morning

                if kind == "hung":
                    hang(app, world, stage["hands"])
                    return 0
                report = run_morning(
                    app.terminal,
                    world,
                    hands=stage["hands"],
                    out=folder / "out",
                    rack=app.rack,
                    only=visits,
                )
                whole = sum(row.ok for row in report.rows)
                told["note"] = "; ".join(
                    [f"{whole} of {len(report.rows)} visits", *report.complaints]
                )
                if kind == "backlog":
                    told["note"] += ", " + drained(app, backlog)
                return 0

            try:
                done = run_shell(app.terminal, shell_options(settings), prepare=prepare,
                                 script=script, behind=app.start)  # fmt: skip
            finally:
                judged = stage["watch"].stop()
                app.stop()
    if done:
        raise SystemExit("the script did not come to its end")
    names = KINDS[kind].format(backlog=backlog)
    told |= {"row": row(names, stage["watch"], judged), "offenders": offenders(judged)}
    print(json.dumps(told))


def fill(settings: Any, url: str, count: int) -> None:
    """Put a backlog into the terminal's outbox, before the terminal opens it."""
    from storm import CITIES, FORM, PERSON, sealed

    from kiosk.terminal.operations import CASE
    from offline_queue import Limits, NewItem, Outbox, Refusal
    from portal import Answer, PortalClient

    with PortalClient(url, terminal_id=settings.terminal.id) as client:
        outcome = client.keys()
        assert isinstance(outcome, Answer)
        keys = {key.receiver: key.model_dump(mode="json") for key in outcome.value.keys}
    folder = settings.terminal.data_dir / "outbox"
    folder.mkdir(parents=True)
    box = Outbox.open(folder, limits=Limits(items=settings.queue.max_items, free_bytes=1 << 24))
    form = {"name": PERSON["name"], "number": PERSON["number"], **FORM}
    waiting = []
    for number in range(count):
        city = CITIES[number % len(CITIES)]
        key, body = sealed(keys, 1, city, ITEM, form)
        waiting.append(box.accept(NewItem(key, city, key, CASE, body)))
    refused = [one.result() for one in waiting if isinstance(one.result(), Refusal)]
    box.close(30.0)
    if refused:
        raise RuntimeError(f"{len(refused)} items not taken in: {refused[0].code}")


def drained(app: Any, backlog: int) -> str:
    """Wait until the backlog is delivered, or for a while; what became of it. A backlog that the
    portal refuses proves nothing: :class:`RuntimeError`."""
    from offline_queue import ItemState

    deadline = time.monotonic() + DRAIN_S
    pause = threading.Event()
    while (at := app.outbox.summary().result(10.0)).pending and time.monotonic() < deadline:
        pause.wait(0.5)
    delivered = at.counts[ItemState.DELIVERED]
    if delivered + at.pending < backlog:
        found = {state.value: count for state, count in at.counts.items() if count}
        raise RuntimeError(f"of {backlog} items: {found}")
    return f"{delivered} delivered, {at.pending} left in the outbox"


def hang(app: Any, world: Any, hands: Any) -> None:
    """Stop the world, and go as far as a person can, again and again."""
    from kiosk.demo.watch import VisitWatch
    from kiosk.visit import events as ev
    from kiosk.visit.model import Step

    with VisitWatch(app.terminal) as watch:

        def reach(*steps: Step) -> None:
            watch.until(str(steps), lambda v: v.step in steps, 30.0)

        def choose() -> None:
            """A page that a busy machine has not shown yet has nothing to touch: once more."""
            try:
                hands.choose_item("rs-0002")
            except LookupError:
                hands.choose_item("rs-0002")

        deadline = time.monotonic() + 40
        pause = threading.Event()
        while set(app.terminal.readiness().values()) != {"ok"} and time.monotonic() < deadline:
            pause.wait(0.2)
        os.kill(world.pid, signal.SIGSTOP)
        try:
            for number in range(HANG_ROUNDS):
                reach(Step.ATTRACT)
                hands.start("zh_CN" if number % 2 else "en")
                reach(Step.HOME)
                choose()
                reach(Step.GUIDE)
                hands.back()
                reach(Step.HOME)
                choose()
                reach(Step.GUIDE)
                app.terminal.post(ev.Continued())  # a button may be gone: the reader is
                pause.wait(3.0)
                app.terminal.post(ev.LeaveRequested())
                app.terminal.post(ev.LeaveAnswered(leave=True))
                reach(Step.ATTRACT, Step.FAREWELL, Step.RATING)
        finally:
            os.kill(world.pid, signal.SIGCONT)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visits", type=int, default=11)
    parser.add_argument("--backlog", type=int, default=10_000)
    parser.add_argument("--quick", action="store_true", help="a smoke run: 2 visits, 300 items")
    parser.add_argument("--gl", action="store_true", help="OpenGL on the X server of DISPLAY")
    parser.add_argument("--only", choices=tuple(KINDS))
    parser.add_argument("--child", choices=tuple(KINDS))
    given = parser.parse_args()
    visits, backlog = (2, 300) if given.quick else (given.visits, given.backlog)
    if given.child:
        child(given.child, visits, backlog)
        return
    env = {**os.environ, "QT_QUICK_BACKEND": "" if given.gl else "software"}
    env |= {} if given.gl else {"QT_QPA_PLATFORM": "offscreen"}
    print(heading("gaps between two turns of the GUI loop"), flush=True)
    ours = []
    for kind in (given.only,) if given.only else KINDS:
        said = subprocess.run(
            [sys.executable, __file__, "--child", kind, "--visits", str(visits),
             "--backlog", str(backlog)],
            env=env, stdout=subprocess.PIPE, text=True, check=True,
        ).stdout  # fmt: skip
        told = json.loads(said.splitlines()[-1])
        print(told["row"], f"  ({told['note']})" if "note" in told else "", flush=True)
        ours += told["offenders"]
    for line in ours:
        print(line)
    load = os.getloadavg()[0]
    print(
        f"{os.cpu_count()} processors, load {load:.1f}; ours: computed, or waited while others ran"
    )
    if any(not line.startswith(" ") for line in ours):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
