"""``kiosk screens journeys``: whole errands by keypad and by ear, and how long slow hands would take."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kiosk.cli.common import fail

if TYPE_CHECKING:
    from kiosk.app import Application
    from kiosk.demo.watch import VisitWatch
    from kiosk.world.launch import RunningWorld
    from screens.journeys import Errand, Outing

READY_S = 60.0


@contextmanager
def _terminal() -> Iterator[tuple[RunningWorld, Application, VisitWatch]]:
    """The demonstration's terminal, without a window; printers take the time of real ones."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from kiosk.cli.demo import demo_application, demo_settings
    from kiosk.demo.watch import VisitWatch
    from kiosk.world.launch import WorldNotStarted, launch_world
    from screens.gallery import application

    application()
    with tempfile.TemporaryDirectory(prefix="citizen-window-journeys-") as place:
        folder = Path(place)
        try:
            world = launch_world(folder / "world")
        except WorldNotStarted as error:
            fail(str(error), 4)
        with world:
            app = demo_application(demo_settings("citizen-window", folder, world))
            app.start()
            try:
                with VisitWatch(app.terminal) as watch:
                    _wait_ready(app)
                    yield world, app, watch
            finally:
                app.stop()


def _wait_ready(app: Application) -> None:
    from screens.journeys.keypad import wait

    def ready() -> bool:
        known = app.terminal.readiness()
        return len(known) > len(app.settings.devices) and set(known.values()) == {"ok"}

    if not wait(ready, READY_S):
        fail(f"the terminal is not ready: {app.terminal.readiness()}", 4)
    app.face.wait_settled(READY_S)


def walk_all(only: str, *, hands: bool) -> int:
    """Print a line for each journey; 1 if somebody got lost."""
    from screens.journeys import ERRANDS, look_up
    from screens.journeys.slow_hands import legs, total_s

    lost = 0
    slow: list[str] = []
    with _terminal() as (world, app, watch):
        code = ""
        names = [name for name in (*ERRANDS, "look_up") if only in name]
        for name in names:
            for chinese in (True, False):
                for by_ear in (False, True):
                    errand = look_up(code) if name == "look_up" else ERRANDS[name]
                    title = f"{name}, {'zh' if chinese else 'en'}, {'ear' if by_ear else 'keypad'}"
                    seen = watch.begin()
                    outing = _one(app, world, errand, chinese=chinese, by_ear=by_ear, title=title)
                    code = seen.lookup_code or code
                    lost += outing is None
                    _send_away(app, watch)
                    if outing is not None and not by_ear:
                        made = legs(outing.diary)
                        done = total_s(made, "办好了，离开" if chinese else "Done, leave")
                        slow.append(
                            f"{title:32}{done:6.0f} s, {total_s(made):6.0f} s with the farewell"
                        )
                        if hands:
                            slow += [
                                f"    {leg.total_s:5.1f}  {leg.page} · {leg.what}"
                                for leg in sorted(made, key=lambda leg: -leg.total_s)[:5]
                            ]
    typer.echo(
        "\nSlow hands, by touch, in seconds (the model is in screens/journeys/slow_hands.py):"
    )
    for line in slow:
        typer.echo(line)
    return 1 if lost else 0


def _send_away(app: Application, watch: VisitWatch) -> None:
    """Whoever is still there leaves; nobody waits for the farewell's end."""
    from kiosk.visit import events as ev
    from kiosk.visit.model import Step

    end = (Step.RATING, Step.FAREWELL)
    if app.terminal.visit.step not in end:
        app.terminal.post(ev.LeaveRequested())
        watch.until("leaving", lambda v: v.leaving or v.step in end, READY_S)
    if app.terminal.visit.leaving:
        app.terminal.post(ev.LeaveAnswered(True))
        watch.until("the end", lambda v: v.step in end, READY_S)
    if app.terminal.visit.step is Step.RATING:
        app.terminal.post(ev.Rated(None))
    watch.until("the farewell", lambda v: v.step is Step.FAREWELL and v.wiped, READY_S)
    watch.run_out("farewell")
    watch.until("the attract screen", lambda v: v.step is Step.ATTRACT, READY_S)


def _one(
    app: Application,
    world: RunningWorld,
    errand: Errand,
    *,
    chinese: bool,
    by_ear: bool,
    title: str,
) -> Outing | None:
    from screens.journeys import Lost, go

    try:
        outing = go(app.terminal, world.client, errand, chinese=chinese, by_ear=by_ear)
    except Lost as lost:
        typer.echo(f"{title:32} LOST at step {app.terminal.visit.step.value}\n{lost}")
        return None
    silent = (
        f", {len(outing.diary.silences)} keys without an answer" if outing.diary.silences else ""
    )
    typer.echo(f"{title:32}{outing.presses:5} keys{silent}")
    for silence in outing.diary.silences:
        typer.echo(f"    {silence}")
    return outing
