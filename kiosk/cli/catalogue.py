"""``kiosk catalogue``: what can be done, who decides, and whether the files are sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.common import JsonOption, fail, print_json

app = typer.Typer(help="The service catalogue: check, list, search, route.", no_args_is_help=True)


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder of service files; default: the shipped ones.")
    ] = None,
) -> None:
    """Check service files; every mistake is named with file and key."""
    from config.catalogue import Catalogue
    from config.shipped import CatalogueError, check_catalogue, load_catalogue, load_items

    try:
        catalogue = load_catalogue()
        if folder is not None:
            items = tuple(load_items(folder))
            catalogue = Catalogue(version="check", situations=catalogue.situations, items=items)
            problems = list(check_catalogue(catalogue))
            if problems:
                fail("\n".join(problems), 2)
    except CatalogueError as error:
        fail(str(error), 2)
    if not catalogue.items:
        fail(f"no service files (*.toml) in {folder}", 2)
    typer.echo(f"{len(catalogue.items)} services are sound")


@app.command(name="list")
def list_items(as_json: JsonOption = False) -> None:
    """All services with kind, identification and department."""
    from config.shipped import load_catalogue

    items = load_catalogue().items
    if as_json:
        print_json([item.model_dump(mode="json", by_alias=True) for item in items])
        return
    for item in items:
        typer.echo(
            f"{item.code:9} {item.kind.value:12} {item.identification.value}  {item.name.zh}"
        )


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Chinese words, pinyin or initials.")],
    as_json: JsonOption = False,
) -> None:
    """Search as the home screen does."""
    from config.shipped import load_catalogue
    from kiosk.search import SearchIndex, search_document

    hits = SearchIndex(load_catalogue()).search(" ".join(words), 12)
    if as_json:
        print_json([search_document(hit) for hit in hits])
        return
    if not hits:
        fail("nothing found")
    for hit in hits:
        typer.echo(f"{hit.score:5.1f}  {hit.item.code:9} {hit.item.name.zh}  {hit.item.name.en}")


@app.command()
def route(
    item: Annotated[str, typer.Argument(help="Item code, for example mz-0058.")],
    home: Annotated[
        str, typer.Option(help="Division code where the matter belongs; empty = here.")
    ] = "",
    at: Annotated[str, typer.Option(help="Division code where the terminal stands.")] = "440507",
    as_json: JsonOption = False,
) -> None:
    """Explain who decides a matter and how it gets there."""
    from dataclasses import asdict

    from config.divisions import load_divisions
    from config.shipped import load_catalogue
    from config.working_days import load_working_days
    from kiosk.routing import NoRoute, Router
    from kiosk.terminal.clock import china_today

    found = load_catalogue().item(item)
    if found is None:
        fail(f"no item {item!r} in the catalogue; see: kiosk catalogue list")
    result = Router(load_divisions(), load_working_days(), at).resolve(found, home, china_today())
    if isinstance(result, NoRoute):
        if as_json:
            print_json({"code": result.code, "explanation": result.explanation.model_dump()})
            raise typer.Exit(1)
        fail(f"{result.code}: {result.explanation.zh} / {result.explanation.en}")
    if as_json:
        data = asdict(result)
        data.update(
            authority=result.authority.model_dump(), explanation=result.explanation.model_dump()
        )
        print_json(data)
        return
    promised = f"{result.promised or '-'}{' (estimated)' if result.promised_estimated else ''}"
    for label, value in (
        ("authority", f"{result.authority.zh} / {result.authority.en}"),
        ("level", result.level.value),
        ("mode", result.mode.value),
        ("destination", result.destination),
        ("promised", promised),
        ("because", f"{result.explanation.zh} / {result.explanation.en}"),
    ):
        typer.echo(f"{label:12} {value}")
