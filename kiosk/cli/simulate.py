"""``kiosk simulate``."""

from __future__ import annotations

import secrets
from functools import partial

import typer

from kiosk.cli.common import fail, print_json


def run_simulation(visits: int, seed: int | None, replay: int | None, *, as_json: bool) -> int:
    """Play, print the coverage, and return 1 if an invariant was broken."""
    from kiosk.simulation import replay as replay_visit
    from kiosk.simulation import simulate

    chosen = secrets.randbelow(2**31) if seed is None else seed
    if replay is not None:
        if seed is None:
            fail("--replay needs the --seed of the run", 2)
        for line in replay_visit(chosen, replay):
            typer.echo(line)
        return 0
    report = simulate(visits, chosen, progress=partial(_tell, visits))
    if as_json:
        print_json(report.as_dict())
    else:
        for line in report.lines():
            typer.echo(line)
    return 0 if report.ok else 1


def _tell(visits: int, done: int) -> None:
    """How far it is, on stderr: a run of thousands takes a while."""
    if done % 1000 == 0 or done == visits:
        typer.echo(f"… {done:,} of {visits:,}", err=True)
