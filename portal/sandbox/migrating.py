"""The sandbox's database from any earlier version to the present one (Alembic).

``migrations/versions`` holds the steps; a new one is made by ``python -m portal.sandbox.migrating
"what changes"`` after a change of the tables, and :data:`HEAD` raised to it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    String,
    Table,
    create_engine,
    inspect,
    select,
)

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"
"""The version that the tables of :mod:`portal.sandbox.database` are."""

_FIRST = "0001"
_VERSIONS = Table(  # Alembic's own
    "alembic_version", MetaData(), Column("version_num", String(32), primary_key=True)
)
_HERE = Path(__file__).parent / "migrations"


class UnknownDatabaseError(RuntimeError):
    """The database is no sandbox's, or a newer one's; the message says what to do."""


def version(connection: Connection) -> str | None:
    """Which version a database is; None: it is empty.

    One from before there were migrations is told by its tables. Raises :class:`UnknownDatabaseError`.
    """
    names = set(inspect(connection).get_table_names())
    if not names:
        return None
    if _VERSIONS.name in names:
        return str(connection.execute(select(_VERSIONS)).scalar())
    if {"keys", "cases", "receivers"} <= names and "uploads" not in names:
        return _FIRST
    raise UnknownDatabaseError(
        "the database has tables of an unknown version; name another one, or remove it (the sandbox's "
        "people are invented)"
    )


def stamp(connection: Connection, number: str = HEAD) -> None:
    """Say which version a database is."""
    _VERSIONS.create(connection, checkfirst=True)
    connection.execute(_VERSIONS.delete())
    connection.execute(_VERSIONS.insert().values(version_num=number))


def upgrade(connection: Connection, target: str = "head") -> None:
    """Lead a database up to the present version, in the caller's transaction.

    Raises :class:`UnknownDatabaseError` for one that a newer sandbox has made.
    """
    from alembic import command
    from alembic.util import CommandError

    present = version(connection)
    if present is not None:
        stamp(connection, present)
    try:
        command.upgrade(_configured(connection), target)
    except CommandError as error:
        raise UnknownDatabaseError(f"the database is of version {present}: {error}") from error


def _configured(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def main(message: str) -> None:
    """Write the step from the last version to the tables as they are now."""
    from alembic import command

    number = f"{len(list((_HERE / 'versions').glob('*.py'))) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'empty.db'}")
        with engine.begin() as connection:
            command.upgrade(_configured(connection), "head")
        with engine.begin() as connection:
            command.revision(_configured(connection), message, autogenerate=True, rev_id=number)
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
