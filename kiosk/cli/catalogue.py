"""``kiosk catalogue``: what can be done, who decides, and whether the files are sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from kiosk.cli.common import ConfigOption, JsonOption, TrimOption, fail, load, print_json
from kiosk.cli.matrix import matrix, stands
from kiosk.cli.policies import policies

app = typer.Typer(help="The service catalogue: check, list, search, route.", no_args_is_help=True)
app.command()(policies)
app.command()(matrix)


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder of service files; default: the shipped ones.")
    ] = None,
) -> None:
    """Check service files and tables; every mistake is named with file and key."""
    from config.catalogue import Catalogue
    from config.cross_city import CrossCityError
    from config.service_schema import schema_mistakes
    from config.shipped import (
        CatalogueError,
        check_catalogue,
        check_shipped,
        load_catalogue,
        load_items,
    )

    try:
        if folder is None:
            catalogue = load_catalogue()
            problems = list(check_shipped())
        else:
            problems = list(schema_mistakes(folder))
            if problems:
                fail("\n".join(problems), 2)
            shipped, items = load_catalogue(), tuple(load_items(folder))
            catalogue = Catalogue(version="check", situations=shipped.situations, items=items)
            problems = list(check_catalogue(catalogue))
    except (CatalogueError, CrossCityError) as error:
        fail(str(error), 2)
    if problems:
        fail("\n".join(problems), 2)
    if not catalogue.items:
        fail(f"no service files (*.toml) in {folder}", 2)
    typer.echo(f"{len(catalogue.items)} services are sound")


@app.command(name="compile")
def compile_() -> None:
    """Write the catalogue as one file beside its tables: a terminal starts half a second sooner."""
    from config import tables
    from config.compiled import write_compiled
    from config.shipped import CatalogueError, compile_catalogue

    try:
        target = write_compiled(tables.folder(), compile_catalogue())
    except CatalogueError as error:
        fail(str(error), 2)
    except OSError as error:
        fail(f"can't write beside the tables: {error.strerror}", 1)
    typer.echo(f"{target.name}: {target.stat().st_size // 1024} KiB")


@app.command()
def sign(
    folder: Annotated[Path, typer.Argument(help="A folder of tables, like config/data.")],
    key: Annotated[Path, typer.Option(help="The private Ed25519 key (PEM).")],
) -> None:
    """Check, compile and sign an edition of the tables; prints the public key for the settings."""
    from config import tables
    from config.compiled import write_compiled
    from config.cross_city import CrossCityError
    from config.editions import sign as sign_folder
    from config.shipped import CatalogueError, check_shipped, compile_catalogue

    tables.use(folder)
    try:
        problems = list(check_shipped())
        if problems:
            fail("\n".join(problems), 2)
        write_compiled(folder, compile_catalogue())
        typer.echo(sign_folder(folder, key.read_bytes()))
    except (CatalogueError, CrossCityError) as error:
        fail(str(error), 2)
    except (OSError, ValueError, TypeError, KeyError) as error:
        fail(f"can't sign {folder}: {error}", 1)
    finally:
        tables.use(tables.SHIPPED)


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(help="A signed edition.")],
    key: Annotated[str, typer.Option(help="The public key (base64), as in the settings.")],
    as_json: JsonOption = False,
) -> None:
    """Would a terminal with this key use this edition?"""
    from config import tables
    from config.editions import Refused, adopt

    found = adopt(folder, key)
    tables.use(tables.SHIPPED)
    if isinstance(found, Refused):
        if as_json:
            print_json({"used": False, "reason": found.reason})
            raise typer.Exit(1)
        fail(f"refused: {found.reason}")
    if as_json:
        print_json({"used": True, "issued": found.issued, "valid_until": found.valid_until})
        return
    typer.echo(f"sound: issued {found.issued}, current until {found.valid_until}")


@app.command()
def update(
    config: ConfigOption = None, trim: TrimOption = None, as_json: JsonOption = False
) -> None:
    """Fetch the portal's signed edition now; the terminal uses it from its next start on."""
    from dataclasses import asdict

    from kiosk.app import portal_client
    from kiosk.catalogue_upkeep import update as look
    from kiosk.first import edition_store

    settings = load(config, trim).settings
    store = edition_store(settings)
    if store is None:
        fail("the settings name no catalogue.key, or a folder of their own in catalogue.edition", 2)
    with portal_client(settings.portal, settings.terminal.id) as client:
        found = look(client, store)
    if as_json:
        print_json(asdict(found))
    elif found.result == "fetched":
        typer.echo(f"fetched: issued {found.issued}, current until {found.valid_until}")
    else:
        typer.echo(" ".join(filter(None, (found.result, found.detail))))
    if found.result not in ("current", "fetched"):
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """The JSON Schema of service files, for editors."""
    from config.service_schema import service_schema

    print_json(service_schema())


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
    subject: Annotated[
        Literal["resident", "enterprise"] | None, typer.Option(help="Who asks.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Explain who decides a matter and how it gets there."""
    from config.divisions import load_divisions
    from config.shipped import load_catalogue
    from config.working_days import load_working_days
    from kiosk.route_words import route_document, route_lines
    from kiosk.routing import NoRoute, Router
    from kiosk.terminal.clock import china_today

    catalogue, today = load_catalogue(), china_today()
    found = catalogue.item(item)
    if found is None:
        fail(f"no item {item!r} in the catalogue; see: kiosk catalogue list")
    stands(at)
    result = Router(load_divisions(), load_working_days(), at).decide(found, home, today, subject)
    if as_json:
        print_json(route_document(result, catalogue, today))
    else:
        for label, value in route_lines(result, catalogue, today, found.day_unit):
            typer.echo(f"{label:12} {value}")
    if isinstance(result, NoRoute):
        raise typer.Exit(1)
