"""``kiosk speech``: the prompt pack of voice guidance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Voice guidance: sentences made beforehand.", no_args_is_help=True)

Tags = Annotated[
    list[str] | None, typer.Option("--language", "-l", help="A language's tag; default: all.")
]


@app.command()
def pack(
    folder: Annotated[Path, typer.Argument(help="Where the pack is made: [screen] prompts.")],
    tags: Tags = None,
    recorded: Annotated[
        Path | None,
        typer.Option(help="A person's WAV files, by the names that `kiosk speech list` prints."),
    ] = None,
) -> None:
    """Make every fixed sentence of the screens beforehand, with espeak-ng or from recordings."""
    from screens.speech.pack import Sentence, build

    counted = {False: 0, True: 0}

    def made(_sentence: Sentence, by_person: bool) -> None:
        counted[by_person] += 1

    total = build(folder, tags or (), recorded=recorded, on_made=made)
    typer.echo(
        f"{total} sentences: {counted[True]} recorded, {counted[False]} made now, the rest kept"
    )


@app.command(name="list")
def list_sentences(tags: Tags = None) -> None:
    """Print name and words of every fixed sentence, for whoever records them."""
    from config.languages import languages
    from screens.speech.pack import fixed

    for tag in tags or [one.tag for one in languages()]:
        for one in fixed(tag):
            typer.echo(f"{one.name}\t{one.words}")


@app.command()
def check(folder: Annotated[Path, typer.Argument(help="A pack.")]) -> None:
    """Compare a pack with its sums and with the sentences of this version; exit code 1 if it differs."""
    from screens.speech.pack import check as findings_of

    findings = findings_of(folder)
    for finding in findings:
        typer.echo(f"{finding.kind}: {finding.language} {finding.name}")
    raise typer.Exit(1 if findings else 0)
