"""Loading the shipped catalogue: one TOML file a service."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from config.catalogue import Catalogue, Level, Mode, ServiceItem, Situation
from config.divisions import load_divisions


class CatalogueError(Exception):
    """A catalogue file that can't be used; the message names file, key and what was expected."""


def load_items(directory: Path) -> list[ServiceItem]:
    """All service files of a folder. :class:`CatalogueError` names every mistake of every file."""
    items: list[ServiceItem] = []
    mistakes: list[str] = []
    for path in sorted(directory.glob("*.toml")):
        try:
            items.append(_load_item(path))
        except CatalogueError as error:
            mistakes.append(str(error))
    if mistakes:
        raise CatalogueError("\n".join(mistakes))
    return items


def _load_item(path: Path) -> ServiceItem:
    try:
        return ServiceItem.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name}: can't be read: {type(error).__name__}") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path.name}: not TOML: {error}") from error
    except ValidationError as error:
        lines = [
            f"{path.name}: {'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        ]
        raise CatalogueError("\n".join(lines)) from error


@cache
def load_catalogue() -> Catalogue:
    """The snapshot shipped with this version; its version string is a digest of its content."""
    data = resources.files("config").joinpath("data")
    with resources.as_file(data) as folder:
        items = load_items(folder / "services")
        situations = [
            Situation.model_validate(entry)
            for entry in tomllib.loads((folder / "situations.toml").read_text("utf-8"))["situation"]
        ]
    digest = hashlib.sha256("".join(i.model_dump_json() for i in items).encode()).hexdigest()[:12]
    catalogue = Catalogue(version=digest, situations=tuple(situations), items=tuple(items))
    problems = list(check_catalogue(catalogue))
    if problems:
        raise CatalogueError("\n".join(problems))
    return catalogue


def check_catalogue(catalogue: Catalogue) -> Iterator[str]:
    """What the types can't say: unique codes, known situations, form fields and pages that agree."""
    situations = {situation.key for situation in catalogue.situations}
    seen: set[str] = set()
    for item in catalogue.items:
        if item.code in seen:
            yield f"{item.code}: this code is used twice"
        seen.add(item.code)
        if item.situation not in situations:
            yield f"{item.code}: situation {item.situation!r} is none of {sorted(situations)}"
        if not item.handlers and not item.cities:
            yield f"{item.code}: nobody handles it: add [[handlers]] or [[cities]]"
        yield from _check_places(item)
        yield from _check_form(item)


def _check_places(item: ServiceItem) -> Iterator[str]:
    divisions = load_divisions()
    for handler in item.handlers:
        division = divisions.get(handler.division)
        if division is None:
            yield f"{item.code}: handlers: division {handler.division!r} is not known"
        elif division.code != handler.division:
            yield f"{item.code}: handlers: write {handler.division!r} as {division.code!r}"
    for offer in item.cities:
        city = divisions.get(offer.city)
        if city is None or city.code != offer.city or city.level is not Level.CITY:
            yield f"{item.code}: cities: {offer.city!r} is no known city"
        if offer.mode is Mode.LOCAL:
            yield f"{item.code}: cities: mode 'local' is no way to reach {offer.city!r}"


def _check_form(item: ServiceItem) -> Iterator[str]:
    if item.form is None:
        return
    properties = set(item.form.schema_.get("properties", {}))
    on_pages = [name for page in item.form.pages for name in page.fields]
    for name in on_pages:
        if name not in properties:
            yield f"{item.code}: form page names {name!r}, which the schema does not have"
        if name not in item.form.fields:
            yield f"{item.code}: form field {name!r} has no label"
    for name in sorted(set(item.form.fields) - properties):
        yield f"{item.code}: form field {name!r} is not in the schema"
    for name in item.form.schema_.get("required", ()):
        if name not in on_pages:
            yield f"{item.code}: required field {name!r} is on no page"
