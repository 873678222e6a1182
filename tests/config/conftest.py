"""Tables of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import tables
from config.compiled import NAME


@pytest.fixture
def own_tables(tmp_path: Path) -> Iterator[Path]:
    """A copy of the shipped tables; whatever is used afterwards, the shipped ones come back."""
    folder = tmp_path / "data"
    shutil.copytree(tables.SHIPPED, folder, ignore=shutil.ignore_patterns(NAME))
    yield folder
    tables.use(tables.SHIPPED)


@pytest.fixture
def copy(own_tables: Path) -> Path:
    """The same, in use."""
    tables.use(own_tables)
    return own_tables
