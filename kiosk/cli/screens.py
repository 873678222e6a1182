"""``kiosk screens``: pictures of every screen and of the parts, and their audit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The screens: pictures of every one, and their audit.", no_args_is_help=True)


@app.command()
def shots(
    out: Annotated[Path, typer.Option(help="Folder for the pictures.")] = Path("out/screens"),
    full: Annotated[
        bool, typer.Option("--full", help="Every trim, language, text size and contrast.")
    ] = False,
    readme: Annotated[
        bool, typer.Option("--readme", help="Only the README's picks, into docs/screenshots.")
    ] = False,
) -> None:
    """Render the screens with invented visits, one picture each, and contact sheets."""
    from kiosk.cli.shots import render

    for path in render(out, full=full, readme=readme):
        typer.echo(str(path))


@app.command()
def gallery(
    out: Annotated[
        Path | None, typer.Option(help="Folder for pictures of every look, instead of a window.")
    ] = None,
    trim: Annotated[str, typer.Option(help="citizen-window or smart-teller.")] = "citizen-window",
) -> None:
    """Show the parts screens are made of, in all their states; buttons change the look."""
    from kiosk.cli.screens_gallery import open_window, take_pictures

    if out is None:
        raise typer.Exit(open_window(trim))
    for path in take_pictures(out, trim):
        typer.echo(str(path))


@app.command()
def audit(
    settings: Annotated[
        Path | None, typer.Option(help="A terminal's settings: [screen.panel] says how it stands.")
    ] = None,
    core: Annotated[
        bool, typer.Option("--core", help="Three screens in two looks: seconds instead of minutes.")
    ] = False,
    every: Annotated[
        bool,
        typer.Option("--every", help="All looks, not only enough for every two settings to meet."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Every finding, as JSON.")] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Write docs/accessibility.md from the walk.")
    ] = False,
) -> None:
    """Show every state of every screen in many looks and judge it by the requirements A1–A29."""
    from kiosk.cli.screens_audit import judge

    for line in judge(settings, core=core, every=every, as_json=as_json, write=write):
        typer.echo(line)


@app.command()
def compare(
    renew: Annotated[
        bool, typer.Option("--renew", help="Store the pictures anew; look at them first.")
    ] = False,
) -> None:
    """Compare some screens with the small pictures stored in tests/screens/pictures."""
    from kiosk.cli.screens_gallery import likeness

    changed = False
    for name, share, differs in likeness(renew=renew):
        changed = changed or differs is not None
        typer.echo(
            f"{name:12}{share:8.2%}  {f'changed, see {differs}' if differs else 'as stored'}"
        )
    raise typer.Exit(1 if changed else 0)


@app.command()
def escapes(
    listed: Annotated[
        bool, typer.Option("--list", help="Only say which keys the session has to refuse.")
    ] = False,
) -> None:
    """Try every known way out of the kiosk on a full-screen window, with Xvfb and xdotool: 2 minutes."""
    from kiosk.cli.screens_escapes import of_the_session, try_all

    if listed:
        for line in of_the_session():
            typer.echo(line)
        return
    raise typer.Exit(try_all())


@app.command()
def journeys(
    only: Annotated[str, typer.Option("-k", help="Errands whose name contains this.")] = "",
    hands: Annotated[
        bool, typer.Option("--hands", help="Also the five longest steps of each for slow hands.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Also keep the table in docs/journeys.md.")
    ] = False,
) -> None:
    """Whole errands on the demonstration's terminal: by keypad alone, by ear alone, in both languages;
    and how long slow hands would take by touch. Some minutes."""
    from kiosk.cli.screens_journeys import walk_all

    raise typer.Exit(walk_all(only, hands=hands, write=write))


@app.command()
def stumble(
    minutes: Annotated[float, typer.Option(help="For so long.")] = 10.0,
    seed: Annotated[int, typer.Option(help="Of the first stretch; the next has the next.")] = 1,
) -> None:
    """Somebody clumsy at the demonstration's terminal: presses twice, goes back, changes the language,
    pulls the card, calls for help and lets the time run out, anywhere."""
    from kiosk.cli.screens_stumble import stumble as wander

    raise typer.Exit(wander(minutes, seed))
