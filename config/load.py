"""Loading settings in layers (default, trim, afar, local file, changes made at the terminal), each value
knowing where it came from."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, TypeGuard, get_args, get_origin

from pydantic import BaseModel, ValidationError

from config.settings import Settings, Trim


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong: where, what was expected, and the nearest valid name if there is one."""

    file: str
    key: str
    problem: str
    nearest: str = ""

    def __str__(self) -> str:
        hint = f" Did you mean {self.nearest!r}?" if self.nearest else ""
        return f"{self.file}: {self.key}: {self.problem}.{hint}"


class ConfigError(Exception):
    """Settings that can't be used."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and the source of each value (dotted key → default, trim name, or file name)."""

    settings: Settings
    sources: dict[str, str] = field(default_factory=dict)

    def source_of(self, key: str) -> str:
        """Where the value of a dotted key came from; the nearest table above it counts too."""
        while key:
            if key in self.sources:
                return self.sources[key]
            key = key.rpartition(".")[0]
        return "default"


Layer = tuple[str, Mapping[str, Any]]
"""A source's name, and the values it gives."""


def load_settings(
    path: Path | None = None,
    *,
    trim: Trim | str | None = None,
    afar: Layer | None = None,
    changed: Layer | None = None,
) -> Loaded:
    """The settings of ``path`` over those from ``afar``, over its trim, over the defaults; ``changed``
    (what a technician changed) over all of them.

    ``trim`` overrides the file's own. :class:`ConfigError` names file, key, what was expected and
    the nearest valid key for every mistake found.
    """
    local = _read(path) if path is not None else {}
    name = str(trim or local.get("trim") or Trim.CITIZEN_WINDOW)
    layers: list[Layer] = [(f"trim {name}", _trim(name, path))]
    if afar is not None:
        layers.append(afar)
    if path is not None:
        layers.append((path.name, local))
    if changed is not None:
        layers.append(changed)
    if trim is not None:
        layers.append(("command line", {"trim": name}))
    return _merge_and_check(layers)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError([Mistake(path.name, "(file)", "the file does not exist")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([Mistake(path.name, "(file)", f"can't be read: {error}")]) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([Mistake(path.name, "(file)", f"is not valid TOML: {error}")]) from error


def _trim(name: str, path: Path | None) -> dict[str, Any]:
    names = [trim.value for trim in Trim]
    if name not in names:
        file = path.name if path else "command line"
        problem = f"unknown trim {name!r}, expected one of {', '.join(names)}"
        raise ConfigError([Mistake(file, "trim", problem, _nearest(name, names))])
    text = resources.files("config").joinpath(f"data/trims/{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _merge_and_check(layers: list[Layer]) -> Loaded:
    mistakes: list[Mistake] = []
    merged: dict[str, Any] = {}
    sources: dict[str, str] = {}
    tables: dict[str, str] = {}
    for source, layer in layers:
        mistakes += _unknown_keys(source, layer, Settings, "")
        _overlay(merged, layer, sources, source, "", tables)
    try:
        settings = Settings.model_validate(merged)
    except ValidationError as error:
        raise ConfigError(mistakes + list(_mistakes(error, {**tables, **sources}))) from error
    if mistakes:
        raise ConfigError(mistakes)
    return Loaded(settings, sources)


def _overlay(
    into: dict[str, Any],
    layer: Mapping[str, Any],
    sources: dict[str, str],
    source: str,
    prefix: str,
    tables: dict[str, str],
) -> None:
    for key, value in layer.items():
        dotted = f"{prefix}{key}"
        if isinstance(value, Mapping):
            if not isinstance(into.get(key), dict):
                into[key] = {}
            tables[dotted] = source
            _overlay(into[key], value, sources, source, f"{dotted}.", tables)
        else:
            into[key] = value
            sources[dotted] = source


def _unknown_keys(
    source: str, layer: Mapping[str, Any], model: type[BaseModel], prefix: str
) -> Iterator[Mistake]:
    known = list(model.model_fields)
    for key, value in layer.items():
        dotted = f"{prefix}{key}"
        if key not in known:
            yield Mistake(source, dotted, "unknown key", _nearest(key, known))
            continue
        annotation = model.model_fields[key].annotation
        if not isinstance(value, Mapping):
            continue
        if _is_model(annotation):
            yield from _unknown_keys(source, value, annotation, f"{dotted}.")
        elif get_origin(annotation) is dict and _is_model(get_args(annotation)[1]):
            for name, entry in value.items():
                if isinstance(entry, Mapping):
                    below = get_args(annotation)[1]
                    yield from _unknown_keys(source, entry, below, f"{dotted}.{name}.")


def _is_model(annotation: object) -> TypeGuard[type[BaseModel]]:
    # dict[str, X] passes for a type on Python 3.11, but not for a class.
    return (
        get_origin(annotation) is None
        and isinstance(annotation, type)
        and issubclass(annotation, BaseModel)
    )


def _mistakes(error: ValidationError, sources: Mapping[str, str]) -> Iterator[Mistake]:
    for fault in error.errors():
        if fault["type"] == "extra_forbidden":
            continue  # named with its nearest key already
        key = ".".join(str(part) for part in fault["loc"])
        source, probe = "", key
        while probe and not source:
            source = sources.get(probe, "")
            probe = probe.rpartition(".")[0]
        given = fault.get("input")
        secret = key.startswith("staff.")  # perhaps a PIN in clear
        plain = isinstance(given, (str, int, float, bool)) and not secret
        shown = f", got {given!r}" if plain else ""
        nearest = _nearest_choice(fault)
        yield Mistake(source or "(settings)", key, f"{fault['msg']}{shown}", nearest)


def _nearest_choice(fault: Any) -> str:
    expected = str(fault.get("ctx", {}).get("expected", ""))
    choices = [
        part.strip(" '") for part in expected.replace(" or ", ",").split(",") if part.strip()
    ]
    given = fault.get("input")
    return _nearest(given, choices) if isinstance(given, str) else ""


def _nearest(name: str, names: list[str]) -> str:
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return close[0] if close else ""
