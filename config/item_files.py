"""The notation of service files: short to write, expanded into whole :class:`ServiceItem` values.

A file holds one item, or many as ``[[item]]`` with what they share in ``[defaults]``. Beyond the keys
of an item it may use:

- ``function`` gives situation and icon, ``office`` the department's name;
- ``bring = ["id_card", "household?"]``: materials of ``data/library.toml``, ``?`` for "if you have it";
- ``ask = ["who", {title = …, fields = […]}]``: form pages, from the library or its own, with fields
  from the library or from ``[own.NAME]`` (``schema`` beside what a form field has); ``optional``
  names fields that may stay empty; a look-up's page with ``only = {who = ["company"]}`` is asked of
  nobody who gave another answer to an earlier question;
- ``offline = "defer"``; ``consent``, ``place``, ``minutes`` and ``outputs`` follow from the kind
  where they are not given;
- ``options_from`` says where a field's answers come from, before those it has of its own:
  ``divisions:440500`` (what lies in this division), ``policies`` (those that are to be applied for) or
  ``policies:all``; what may be answered in a choice follows from its options;
- partner cities come from ``data/cross_city.csv``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config import tables
from config.authorities import Authorities, load_authorities
from config.catalogue import Function
from config.cross_city import Support, load_support
from config.divisions import Divisions, load_divisions
from config.tables import table

Raw = dict[str, Any]


class NotationError(ValueError):
    """A name that the library or a table does not have; the message says which."""


@dataclass(frozen=True, slots=True)
class Library:
    """What service files refer to by name."""

    functions: Mapping[str, Function]
    materials: Mapping[str, Raw]
    fields: Mapping[str, Raw]
    pages: Mapping[str, Raw]
    consents: Mapping[str, Raw]
    authorities: Authorities
    divisions: Divisions
    support: Mapping[str, tuple[Support, ...]]


@table
def load_library() -> Library:
    """The shipped library and tables."""
    shared = tomllib.loads(tables.read("library.toml"))
    functions = tomllib.loads(tables.read("functions.toml"))["function"]
    return Library(
        functions={entry["key"]: Function.model_validate(entry) for entry in functions},
        materials=shared["material"],
        fields=shared["field"],
        pages=shared["page"],
        consents=shared["consent"],
        authorities=load_authorities(),
        divisions=load_divisions(),
        support=load_support(),
    )


def read_file(path: Path) -> list[Raw]:
    """The items of a file as written, with its defaults in them."""
    data = tomllib.loads(path.read_text("utf-8"))
    if "item" not in data:
        return [data]
    defaults = data.get("defaults", {})
    return [{**defaults, **item} for item in data["item"]]


def expand(raw: Raw, library: Library) -> Raw:
    """One item as written → the values of a :class:`ServiceItem`."""
    item = dict(raw)
    _belong(item, library)
    item["materials"] = [*item.get("materials", []), *_materials(item.pop("bring", []), library)]
    form = _form(item, library)
    if form is not None:
        item["form"] = form
    if item.get("offline") == "defer":
        item["offline"] = {"risk": "defer", "max_age_h": 72}
    if any(m.get("paper") and not m.get("optional") for m in item["materials"]):
        item["needs"] = list(dict.fromkeys([*item.get("needs", []), "papers"]))
    item["cities"] = [*item.get("cities", []), *_cities(item, library)]
    _follow_from_kind(item, library)
    return item


def _belong(item: Raw, library: Library) -> None:
    if "function" in item:
        function = library.functions.get(str(item["function"]))
        if function is None:
            raise NotationError(f"function: {item['function']!r} is not in functions.toml")
        item.setdefault("situation", function.situation)
        item.setdefault("icon", function.icon)
    if "office" in item:
        office = library.authorities.office(str(item["office"]))
        if office is None:
            raise NotationError(f"office: {item['office']!r} is not in authorities.toml")
        item.setdefault("department", office.name)


def _materials(names: list[str], library: Library) -> list[Raw]:
    found = []
    for name in names:
        entry = library.materials.get(name.removesuffix("?"))
        if entry is None:
            raise NotationError(f"bring: {name!r} is not in library.toml")
        optional = {"optional": True} if name.endswith("?") else {}
        found.append({"key": name.removesuffix("?"), **entry, **optional})
    return found


def _form(item: Raw, library: Library) -> Raw | None:
    pages, own = item.pop("ask", None), item.pop("own", {})
    optional = set(item.pop("optional", []))
    if pages is None:
        return None
    written = [_page(page, library) for page in pages]
    names = [name for page in written for name in page["fields"]]
    properties: dict[str, Raw] = {}
    fields: dict[str, Raw] = {}
    for name in names:
        entry = own.get(name) or library.fields.get(name)
        if entry is None:
            raise NotationError(f"ask: field {name!r} is neither in library.toml nor in own")
        field = {key: value for key, value in entry.items() if key != "schema"}
        if "options_from" in field:
            offered = _options(str(field.pop("options_from")), library)
            field["options"] = [*offered, *field.get("options", [])]
        properties[name] = entry.get("schema") or _answer_schema(field)
        fields[name] = field
    required = [name for name in names if name not in optional]
    schema = {"type": "object", "required": required, "properties": properties}
    return {"schema": schema, "fields": fields, "pages": written}


def _answer_schema(field: Raw) -> Raw:
    options = [option[0] for option in field.get("options", [])]
    return {"type": "string", "enum": options} if options else {"type": "string"}


def _options(source: str, library: Library) -> list[Any]:
    kind, _, of = source.partition(":")
    if kind == "divisions" and library.divisions.get(of) is not None:
        below = library.divisions.children(of)
        return [[one.code, one.name.model_dump()] for one in below]
    if source in ("policies", "policies:all"):
        from config.policies import load_policies

        wanted = [one for one in load_policies() if of or not one.automatic]
        return [[one.code, one.name.model_dump()] for one in wanted]
    raise NotationError(f"options_from: {source!r} is neither divisions:CODE nor policies[:all]")


def _page(page: str | Raw, library: Library) -> Raw:
    if not isinstance(page, str):
        return page
    found = library.pages.get(page)
    if found is None:
        raise NotationError(f"ask: page {page!r} is not in library.toml")
    return found


def _cities(item: Raw, library: Library) -> list[Raw]:
    offers = []
    for support in library.support.get(str(item.get("code")), ()):
        city = library.divisions.get(support.city)
        name = library.authorities.name(str(item.get("office", "")), city) if city else None
        if name is None:
            raise NotationError(f"cross_city.csv: office of {support.city} has no name")
        offers.append(
            {
                "city": support.city, "mode": support.mode, "authority": name,
                "working_days": support.working_days, "original": support.original,
                "since": support.since, "until": support.until,
            }
        )  # fmt: skip
    return offers


_MINUTES = {"query": 1, "print": 1, "pay": 2, "appointment": 2, "apply": 3}


def _follow_from_kind(item: Raw, library: Library) -> None:
    kind = str(item.get("kind", ""))
    item.setdefault("minutes", _MINUTES.get(kind, 2))
    item.setdefault("outputs", ["proof"] if kind == "print" else ["receipt"])
    if "place" not in item:
        below = {"district", "town", "village"} & set(item.get("levels", []))
        item["place"] = "city" if item["cities"] else "division" if below else "none"
    if "consent" not in item:
        item["consent"] = _consent(item, kind, library)


def _consent(item: Raw, kind: str, library: Library) -> Raw:
    if item.get("identification") == "L0":
        return library.consents["public"]
    words = library.consents.get(kind, library.consents["apply"])
    licences = [m for m in item["materials"] if m.get("licence")]
    text = {language: str(words[language]) for language in ("zh", "en")}
    if licences:
        names = {
            "zh": "、".join(m["name"]["zh"] for m in licences),
            "en": ", ".join(m["name"]["en"] for m in licences),
        }
        more = library.consents["licences"]
        text = {lang: text[lang] + more[lang].replace("{names}", names[lang]) for lang in text}
    return text
