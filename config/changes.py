"""Settings changed at the terminal itself: each over the settings file, with who and when, and undone in
the order they were made.

They lie in one file of the data folder and are the last layer of the settings (the file, which may be
read-only, stays as it is). They count from the next start.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from config.load import ConfigError, Layer, Loaded, Mistake
from config.replacing import replace_file
from config.settings import Settings

SOURCE = "technician"

CHANGEABLE = (
    "notices.shown", "presence.enabled", "scanner.keyboard", "screen.language",
    "screen.panel.lower_edge_mm", "screen.panel.distance_mm", "screen.panel.behind_obstruction",
    "portal.connect_timeout_s", "portal.read_timeout_s", "power.min_charge_percent",
    "power.min_runtime_s", "queue.max_items", "queue.max_age_h", "queue.min_free_mib",
)  # fmt: skip
"""What may be changed at the terminal: nothing that decides whom it trusts, or what its devices are."""

MOST = 200
"""So many changes are kept; then the oldest that a later one replaced goes."""

Value = bool | int | float | str
LoadWith = Callable[[Layer], Loaded]
"""How this terminal's settings are loaded with changes; raises :class:`ConfigError`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value set by ``who`` (an account's number) at ``at`` (ISO 8601)."""

    key: str
    value: Value
    who: str
    at: str


class Changes:
    """The changes of one terminal, in one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> tuple[Change, ...]:
        """In the order they were made. :class:`ConfigError` if the file was spoilt."""
        try:
            kept = json.loads(self.path.read_bytes())
            return tuple(Change(**change) for change in kept["changes"])
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._spoilt(f"can't be read: {error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise self._spoilt(
                "was spoilt; take it away and the settings file alone counts"
            ) from error

    def layer(self) -> Layer:
        """Their values, for :func:`config.load.load_settings`."""
        return _layer(self.all())

    def put(self, change: Change, load: LoadWith) -> None:
        """Keep one more, if the terminal would start with it. :class:`ConfigError` says what is wrong
        with it, :class:`OSError` that nothing can be written."""
        if change.key not in CHANGEABLE:
            raise ConfigError([Mistake(SOURCE, change.key, "may not be changed here")])
        self._judged((*self.all(), change), load)

    def undo(self, load: LoadWith) -> Change | None:
        """Take back the newest; None if there is none. Raises as :meth:`put`."""
        changes = self.all()
        if not changes:
            return None
        self._judged(changes[:-1], load)
        return changes[-1]

    def _judged(self, changes: tuple[Change, ...], load: LoadWith) -> None:
        load(_layer(changes))
        kept = {"changes": [asdict(change) for change in _shortened(changes)]}
        replace_file(self.path, json.dumps(kept, ensure_ascii=False).encode())

    def _spoilt(self, problem: str) -> ConfigError:
        return ConfigError([Mistake(self.path.name, "(file)", problem)])


def new_change(key: str, value: Value, who: str, at: datetime) -> Change:
    """A change made now."""
    return Change(key, value, who, at.isoformat(timespec="seconds"))


def changes_of(settings: Settings) -> Changes:
    """Where a terminal's changes lie."""
    return Changes(settings.terminal.data_dir / "changes.json")


def over(settings: Settings) -> LoadWith:
    """How settings are loaded that no file says: changes over these."""

    def load(changed: Layer) -> Loaded:
        source, values = changed
        merged = settings.model_dump(mode="json")
        for key, value in flat(values).items():
            _put(merged, key.split("."), value)
        try:
            made = Settings.model_validate_json(json.dumps(merged))
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise ConfigError([Mistake(source, where, first["msg"])]) from error
        return Loaded(made, dict.fromkeys(flat(values), source))

    return load


def _layer(changes: tuple[Change, ...]) -> Layer:
    values: dict[str, Any] = {}
    for change in changes:
        _put(values, change.key.split("."), change.value)
    return SOURCE, values


def _shortened(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    kept = list(changes)
    while len(kept) > MOST:
        later = [{change.key for change in kept[at + 1 :]} for at in range(len(kept))]
        del kept[next(at for at, change in enumerate(kept) if change.key in later[at])]
    return tuple(kept)


def _put(values: dict[str, Any], keys: list[str], value: Value) -> dict[str, Any]:
    inner = values
    for key in keys[:-1]:
        inner = inner.setdefault(key, {})
    inner[keys[-1]] = value
    return values


def flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Dotted keys of nested tables."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, Mapping) and value:
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = value
    return found
