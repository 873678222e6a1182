"""``kiosk screens``: pictures of every screen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The screens: pictures of every one.", no_args_is_help=True)


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
