"""A routing decision explained to a person at the command line, and as a JSON document."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from config.catalogue import Catalogue, DayUnit, Level, Mode
from config.text import Text
from kiosk.routing import Decision, NoRoute
from kiosk.visit.model import Route

_POWERS = {
    "own": "by its own power",
    "delegated": "by a power handed down",
    "named": "named in the service's file",
    "partner": "by agreement between the cities",
}
_MODES = {
    Mode.LOCAL: "local: this city decides",
    Mode.ONLINE_FULL: "全程网办 (online_full): the other city does all of it online",
    Mode.PROXY_COLLECT: "异地代收代办 (proxy_collect): taken in here, decided there",
    Mode.JOINT: "多地联办 (joint): both cities work on it",
}
_LEVELS = {Level.CITY: "市", Level.DISTRICT: "区县", Level.TOWN: "镇街", Level.VILLAGE: "村居"}


def table_document(catalogue: Catalogue, today: date) -> dict[str, Any]:
    """Which tables decided, and whether they are past their day."""
    return {
        "version": catalogue.version,
        "issued": catalogue.issued.isoformat() if catalogue.issued else None,
        "valid_until": catalogue.valid_until.isoformat() if catalogue.valid_until else None,
        "stale": catalogue.stale_on(today),
    }


def route_document(found: Decision | NoRoute, catalogue: Catalogue, today: date) -> dict[str, Any]:
    """For ``kiosk catalogue route --json``."""
    table = table_document(catalogue, today)
    if isinstance(found, NoRoute):
        return {
            "code": found.code,
            "explanation": found.explanation.model_dump(),
            "way_out": found.way_out.model_dump(),
            "table": table,
        }
    given = found.delegation
    return {
        **asdict(found.route),
        "authority": found.route.authority.model_dump(),
        "explanation": found.route.explanation.model_dump(),
        "gateway": found.gateway,
        "power": found.power,
        "delegation": None if given is None else asdict(given),
        "materials": [
            {"name": material.name.model_dump(), "original": original}
            for material, original in found.materials
        ],
        "table": table,
    }


def route_lines(
    found: Decision | NoRoute, catalogue: Catalogue, today: date, unit: DayUnit
) -> list[tuple[str, str]]:
    """Label and words, in the order in which one asks. ``unit``: what the service's days are."""
    if isinstance(found, NoRoute):
        lines = [
            ("no route", found.code),
            ("because", _both(found.explanation)),
            ("way out", _both(found.way_out)),
        ]
    else:
        lines = _decided(found, unit)
    table = table_document(catalogue, today)
    said = f"{table['version']} of {table['issued']}, current until {table['valid_until']}"
    return [*lines, ("tables", said + (": STALE, may be wrong by now" if table["stale"] else ""))]


def _promised(route: Route, unit: DayUnit) -> str:
    if not route.working_days:
        return "at once"
    day = f"{route.promised or '-'}{' (estimated)' if route.promised_estimated else ''}"
    return f"{day}, {unit.of(route.working_days).en}"


def _decided(found: Decision, unit: DayUnit) -> list[tuple[str, str]]:
    route = found.route
    bring = [m.name.zh + (" (original)" if original else "") for m, original in found.materials]
    lines = [
        ("authority", _both(route.authority)),
        ("level", f"{route.level.value} {_LEVELS[route.level]}, division {route.division}"),
        ("power", _POWERS[found.power]),
        ("mode", _MODES[route.mode]),
        ("destination", f"{route.destination} through gateway {found.gateway}"),
        ("promised", _promised(route, unit)),
        ("materials", "、".join(bring) or "-"),
        ("because", _both(route.explanation)),
    ]
    if found.delegation is not None:
        given = found.delegation
        until = given.until.isoformat() if given.until else "further notice"
        row = f"{given.matter} to {given.to}, {given.level.value}, {given.since} until {until}"
        lines.insert(3, ("delegation", f"{row}: {given.basis}"))
    return lines


def _both(text: Text) -> str:
    return f"{text.zh} / {text.en}"
