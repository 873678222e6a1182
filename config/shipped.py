"""Loading the shipped catalogue: service files, the tables they draw on, and what must agree."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from config import tables
from config.authorities import load_authorities
from config.catalogue import (
    Catalogue,
    Form,
    Kind,
    Level,
    Mode,
    PlaceChoice,
    RiskClass,
    ServiceItem,
    Situation,
)
from config.compiled import read_compiled
from config.cross_city import CrossCityError, load_support
from config.divisions import load_divisions
from config.item_files import NotationError, Raw, expand, load_library, read_file
from config.powers import load_delegations
from config.tables import table
from config.text import Text
from config.working_days import load_working_days


class CatalogueError(Exception):
    """A catalogue file that can't be used; the message names file, key and what was expected."""


def load_items(directory: Path) -> list[ServiceItem]:
    """All service files of a folder. :class:`CatalogueError` names every mistake of every file."""
    items: list[ServiceItem] = []
    mistakes: list[str] = []
    for path in sorted(directory.glob("*.toml")):
        for raw in _read(path, mistakes):
            try:
                items.append(_item(path.name, raw))
            except CatalogueError as error:
                mistakes.append(str(error))
    if mistakes:
        raise CatalogueError("\n".join(mistakes))
    return items


def _read(path: Path, mistakes: list[str]) -> list[Raw]:
    try:
        return read_file(path)
    except (OSError, UnicodeDecodeError) as error:
        mistakes.append(f"{path.name}: can't be read: {type(error).__name__}")
    except tomllib.TOMLDecodeError as error:
        mistakes.append(f"{path.name}: not TOML: {error}")
    return []


def _item(file: str, raw: Raw) -> ServiceItem:
    try:
        return ServiceItem.model_validate(expand(raw, load_library()))
    except (NotationError, CrossCityError) as error:
        raise CatalogueError(f"{file}: {raw.get('code', '?')}: {error}") from error
    except ValidationError as error:
        lines = [
            f"{file}: {'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        ]
        raise CatalogueError("\n".join(lines)) from error


@table
def load_catalogue() -> Catalogue:
    """The edition in use; its version string is a digest of its content."""
    return read_compiled(tables.folder()) or compile_catalogue()


def compile_catalogue() -> Catalogue:
    """The same, always from the files. :class:`CatalogueError` names every mistake."""
    items = load_items(tables.folder() / "services")
    read = tomllib.loads(tables.read("situations.toml"))
    edition = tomllib.loads(tables.read("edition.toml"))
    digest = hashlib.sha256("".join(i.model_dump_json() for i in items).encode()).hexdigest()[:12]
    catalogue = Catalogue(
        version=digest,
        issued=date.fromisoformat(edition["issued"]),
        valid_until=date.fromisoformat(edition["valid_until"]),
        situations=tuple(Situation.model_validate(entry) for entry in read["situation"]),
        asked=tuple(Text.model_validate(entry) for entry in read.get("asked", ())),
        functions=tuple(load_library().functions.values()),
        items=tuple(items),
    )
    problems = list(check_catalogue(catalogue))
    if problems:
        raise CatalogueError("\n".join(problems))
    return catalogue


def check_shipped() -> Iterator[str]:
    """Everything that is wrong with the shipped catalogue and its tables; nothing if it is sound."""
    from config.policies import FINDER, finder_mistakes, load_policies, policy_mistakes

    catalogue = compile_catalogue()
    codes = frozenset(item.code for item in catalogue.items)
    yield from check_catalogue(catalogue)
    yield from load_authorities().mistakes()
    yield from load_delegations().mistakes(codes)
    yield from load_working_days().mistakes()
    yield from policy_mistakes(load_policies())
    for item in catalogue.items:
        if item.dataset == FINDER and item.form is not None:
            fields = item.form.fields.items()
            asked = {name: [key for key, _ in field.options] for name, field in fields}
            yield from finder_mistakes(load_policies(), asked)
    yield from _nameless_powers(catalogue)
    for code in sorted(load_support().keys() - codes):
        yield f"cross_city.csv: {code}: no item of this code"


def _nameless_powers(catalogue: Catalogue) -> Iterator[str]:
    """Powers given to a level at which the item's office has no authority: nobody could use them."""
    divisions, authorities = load_divisions(), load_authorities()
    for item in catalogue.items:
        for row in load_delegations().of(item.code):
            deep = divisions.get(row.to)
            while deep is not None and deep.level is not row.level:
                deep = next(iter(divisions.children(deep.code)), None)
            if deep is not None and authorities.name(item.office, deep) is None:
                yield (
                    f"delegations.csv: {item.code} to {row.to}: office {item.office!r} has no"
                    f" authority at level {row.level.value!r}"
                )


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
        if not item.handlers and not item.cities and not item.levels:
            yield f"{item.code}: nobody handles it: add levels, [[handlers]] or [[cities]]"
        if item.offline.risk is not RiskClass.NEVER and item.kind.value != "apply":
            yield f"{item.code}: offline: only applications may wait; {item.kind.value} never"
        if item.legal_days is not None and item.working_days > item.legal_days:
            yield f"{item.code}: promises more days than the law allows"
        if item.cities and item.place is not PlaceChoice.CITY:
            yield f"{item.code}: place: offers of cities need place 'city'"
        yield from _check_places(item)
        yield from _check_form(item)


def _check_places(item: ServiceItem) -> Iterator[str]:
    divisions = load_divisions()
    office = load_authorities().office(item.office) if item.office else None
    for level in item.levels:
        if office is None or level not in office.patterns:
            yield f"{item.code}: levels: office {item.office!r} has no authority at {level.value!r}"
    places = [handler.division for handler in item.handlers]
    for code in sorted({code for code in places if places.count(code) > 1}):
        yield f"{item.code}: handlers: division {code!r} has two"
    for handler in item.handlers:
        division = divisions.get(handler.division)
        if division is None:
            yield f"{item.code}: handlers: division {handler.division!r} is not known"
        elif division.code != handler.division:
            yield f"{item.code}: handlers: write {handler.division!r} as {division.code!r}"
    yield from _check_cities(item)


def _check_cities(item: ServiceItem) -> Iterator[str]:
    divisions = load_divisions()
    for index, offer in enumerate(item.cities):
        city = divisions.get(offer.city)
        if city is None or city.code != offer.city or city.level is not Level.CITY:
            yield f"{item.code}: cities: {offer.city!r} is no known city"
        if offer.mode is Mode.LOCAL:
            yield f"{item.code}: cities: mode 'local' is no way to reach {offer.city!r}"
        if offer.since and offer.until and offer.until < offer.since:
            yield f"{item.code}: cities: {offer.city!r} ends before it begins"
        for other in item.cities[index + 1 :]:
            first, last = offer.since or date.min, offer.until or date.max
            meets = first <= (other.until or date.max) and (other.since or date.min) <= last
            if offer.city == other.city and meets:
                yield f"{item.code}: cities: {offer.city!r} has two offers on the same day"


def _check_left_out(item: ServiceItem, form: Form) -> Iterator[str]:
    before: set[str] = set()
    for page in form.pages:
        if page.only and item.kind is not Kind.QUERY:
            yield f"{item.code}: form page {page.title.en!r}: only a look-up may leave a page out"
        for name, answers in page.only.items():
            if name not in before:
                yield f"{item.code}: form page {page.title.en!r}: {name!r} was not asked before it"
                continue
            field = form.fields.get(name)
            offered = {key for key, _ in field.options} if field is not None else set()
            for answer in sorted(set(answers) - offered):
                yield f"{item.code}: form page {page.title.en!r}: {name!r} has no answer {answer!r}"
        before.update(page.fields)


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
    yield from _check_left_out(item, item.form)
