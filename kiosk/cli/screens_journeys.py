"""``kiosk screens journeys``: whole errands by keypad and by ear, and how long slow hands would take."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
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
LOOK_UP = "look_up"
WAYS = ((True, False), (True, True), (False, False), (False, True))
"""In Chinese or not, by ear or not."""
PAGE = Path("docs/journeys.md")


@contextmanager
def terminal() -> Iterator[tuple[RunningWorld, Application, VisitWatch]]:
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


def walk_all(only: str, *, hands: bool, write: bool) -> int:
    """Print a line for each journey and a table of all; 1 if somebody got lost or the terminal complained."""
    from screens.journeys import ERRANDS

    names = [name for name in (*ERRANDS, LOOK_UP) if only in name]
    slow: list[str] = []
    with terminal() as (world, app, watch):
        hall = _Hall(world, app, watch)
        walks = {name: [hall.walk(name, *how, n) for n, how in enumerate(WAYS)] for name in names}
    for name, outings in walks.items():
        slow += _slow(name, outings, each=hands)
    typer.echo(
        "\nSlow hands, by touch, in seconds (the model is in screens/journeys/slow_hands.py):"
    )
    for line in slow:
        typer.echo(line)
    lines = table(walks)
    typer.echo("\n" + "\n".join(lines))
    if write:
        _write(lines)
    return 1 if any(map(failed, (one for outings in walks.values() for one in outings))) else 0


def failed(outing: Outing | None) -> bool:
    """Somebody got lost, or the terminal logged an error or a complaint of QML on the way."""
    return outing is None or bool(outing.complaints)


def table(walks: Mapping[str, Sequence[Outing | None]]) -> list[str]:
    """A row an errand: keys pressed each way, those that nothing was told after, and complaints."""
    from screens.journeys import ERRANDS, look_up

    heads = [f"{'Chinese' if zh else 'English'}, {'ear' if ear else 'eye'}" for zh, ear in WAYS]
    rows = [f"| Errand | | {' | '.join(heads)} |", f"|---|---|{'---:|' * len(heads)}"]
    for name, outings in walks.items():
        told = (ERRANDS[name] if name in ERRANDS else look_up("")).cues.__doc__ or ""
        what = " ".join(told.rstrip(".").split())
        cells = [_cell(one) for one in outings]
        rows.append(f"| {name.replace('_', ' ')} | {what} | {' | '.join(cells)} |")
    return rows


def _cell(outing: Outing | None) -> str:
    if outing is None:
        return "lost"
    counts = {"silent": len(outing.diary.silences), "complaints": len(outing.complaints)}
    return ", ".join([f"{outing.presses}", *(f"{n} {what}" for what, n in counts.items() if n)])


def _slow(name: str, outings: Sequence[Outing | None], *, each: bool) -> Iterator[str]:
    from screens.journeys.slow_hands import legs, total_s

    for (chinese, by_ear), outing in zip(WAYS, outings, strict=True):
        if outing is None or by_ear:
            continue
        made = legs(outing.diary)
        done = total_s(made, "办好了，离开" if chinese else "Done, leave")
        title = f"{name}, {'zh' if chinese else 'en'}"
        yield f"{title:32}{done:6.0f} s, {total_s(made):6.0f} s with the farewell"
        if each:
            for leg in sorted(made, key=lambda leg: -leg.total_s)[:5]:
                yield f"    {leg.total_s:5.1f}  {leg.page} · {leg.what}"


class _Hall:
    """The terminal that people come to, one after the other."""

    def __init__(self, world: RunningWorld, app: Application, watch: VisitWatch) -> None:
        self._world = world
        self._app = app
        self._watch = watch
        self._code = ""

    def walk(self, name: str, chinese: bool, by_ear: bool, visit: int) -> Outing | None:
        """One errand, one way; None if somebody got lost, and where is then printed."""
        from screens.journeys import ERRANDS, look_up

        errand = ERRANDS[name] if name in ERRANDS else look_up(self._code or self._any_code())
        if errand.first:
            self.walk(errand.first, chinese=True, by_ear=False, visit=visit)
        title = f"{name}, {'zh' if chinese else 'en'}, {'ear' if by_ear else 'keypad'}"
        seen = self._watch.begin()
        outing = self._go(errand, chinese=chinese, by_ear=by_ear, visit=visit, title=title)
        self._code = seen.lookup_code or self._code
        _send_away(self._app, self._watch)
        return outing

    def _any_code(self) -> str:
        self.walk("proof", chinese=True, by_ear=False, visit=0)
        return self._code

    def _go(
        self, errand: Errand, *, chinese: bool, by_ear: bool, visit: int, title: str
    ) -> Outing | None:
        from screens.journeys import Lost, go

        port, world = self._app.terminal, self._world.client
        try:
            outing = go(port, world, errand, chinese=chinese, by_ear=by_ear, visit=visit)
        except Lost as lost:
            typer.echo(f"{title:32} LOST at step {port.visit.step.value}\n{lost}")
            return None
        silent = outing.diary.silences
        said = f", {len(silent)} keys without an answer" if silent else ""
        typer.echo(f"{title:32}{outing.presses:5} keys{said}")
        for line in (*silent, *outing.complaints):
            typer.echo(f"    {line}")
        return outing


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


def _write(lines: Sequence[str]) -> None:
    head, _, _ = PAGE.read_text(encoding="utf-8").partition("| Errand ")
    PAGE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
