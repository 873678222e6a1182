"""The JSON Schema (draft 2020-12) of service files as they are written: ``data/service.schema.json``.

It gives an editor completion and says what is wrong in terms of the file, before anything is expanded.
What one file can't show (unknown names, forms that don't agree, places) is :mod:`config.shipped`'s.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config import tables
from config.item_files import Raw


def service_schema() -> dict[str, Any]:
    """The schema of one file."""
    schema: dict[str, Any] = json.loads(tables.read("service.schema.json"))
    return schema


def schema_mistakes(folder: Path) -> Iterator[str]:
    """Everything the schema finds in the service files of a folder, with file and key.

    Files that can't be read at all are left to :func:`config.shipped.load_items`, which names them.
    """
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(service_schema())
    for path in sorted(folder.glob("*.toml")):
        try:
            written: Raw = tomllib.loads(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            continue
        for error in sorted(validator.iter_errors(_plain(written)), key=lambda e: list(e.path)):
            yield f"{path.name}: {_place(written, list(error.path))}{error.message}"


def _plain(value: Any) -> Any:
    """TOML dates as JSON has them."""
    return json.loads(json.dumps(value, default=str))


def _place(written: Raw, path: list[Any]) -> str:
    """Of an item in a list its code, which one can search for; then the key."""
    names = []
    if path[:1] == ["item"] and len(path) > 1:
        names = [str(written["item"][path[1]].get("code", f"item {path[1] + 1}"))]
        path = path[2:]
    names += [".".join(str(part) for part in path)] if path else []
    return "".join(f"{name}: " for name in names)
