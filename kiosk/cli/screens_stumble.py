"""``kiosk screens stumble``: somebody clumsy at the demonstration's terminal, for as long as one likes."""

from __future__ import annotations

from random import Random
from time import monotonic
from typing import TYPE_CHECKING

import typer

from kiosk.cli.screens_journeys import terminal

if TYPE_CHECKING:
    from screens.clumsy import Report

STRETCH = 2000
"""Acts before the window is opened anew, in another trim and with another seed."""


def stumble(minutes: float, seed: int) -> int:
    """Print what did not hold and the acts before it; 1 if there is any."""
    from screens.clumsy import Report
    from screens.clumsy.outing import wander

    total, until = Report(), monotonic() + 60 * minutes
    with terminal() as (world, app, _watch):
        for number in range(1000000):
            if monotonic() > until:
                break
            dice = Random(seed + number)  # noqa: S311 - dice, no secret
            trim = ("citizen-window", "smart-teller")[number % 2]
            report = wander(app.terminal, world.client, dice, trim, STRETCH, until_s=until)
            _tell(seed + number, trim, report, known=total)
            total.add(report)
    typer.echo(
        f"{total.visits} visits, {sum(total.acts.values())} acts, slowest {total.slowest_s:.1f} s"
    )
    typer.echo(
        "steps: " + ", ".join(f"{step} {count}" for step, count in total.steps.most_common())
    )
    typer.echo(f"{len(total.found)} findings")
    return 1 if total.found else 0


def _tell(seed: int, trim: str, report: Report, *, known: Report) -> None:
    acts = sum(report.acts.values())
    typer.echo(
        f"seed {seed}, {trim}: {report.visits} visits, {acts} acts, {len(report.found)} findings"
    )
    for finding, trail in report.found.items():
        typer.echo(f"    {finding}")
        if finding not in known.found:
            for act in trail[-25:]:
                typer.echo(f"        {act}")
