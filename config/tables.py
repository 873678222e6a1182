"""Where the tables are: the shipped data folder, or an edition of it that replaces it as a whole.

Loaders of tables are marked with :func:`table`: each reads once, and again after :func:`use`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

SHIPPED = Path(str(resources.files("config").joinpath("data")))
_loaded: dict[str, Any] = {}
_folder = SHIPPED


def folder() -> Path:
    """The folder in use."""
    return _folder


def use(other: Path) -> None:
    """Read all tables from ``other`` from now on. Call it before what keeps tables is built."""
    global _folder
    _folder = other
    _loaded.clear()


def read(name: str) -> str:
    """The text of one table."""
    return (_folder / name).read_text("utf-8")


def table(load: Callable[[], T]) -> Callable[[], T]:
    """A loader whose result is kept until the folder changes."""
    name = f"{load.__module__}.{load.__qualname__}"

    @wraps(load)
    def kept() -> T:
        if name not in _loaded:
            _loaded[name] = load()
        found: T = _loaded[name]
        return found

    return kept
