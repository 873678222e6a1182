"""A sandbox's database of an earlier version is led up to now, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from portal.sandbox import migrating
from portal.sandbox.database import Database, metadata
from portal.sandbox.private_postgres import PrivatePostgres

OLD_CASE = (
    "INSERT INTO keys VALUES ('k1', 'cases', 'T-1', 'd', '{}', '2026-01-01T09:00:00+08:00', 0)",
    "INSERT INTO cases VALUES ('k1', '440500-1', '0123ABCD', 'apply-1', 'apply', '440500', "
    "'accepted', '2026-01-01T09:00:00+08:00', '{}', 'sealed')",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'sandbox.db'}"
    if request.param == "postgresql":
        cluster: PrivatePostgres = request.getfixturevalue("postgres")
        url = cluster.create("migrations")
    made = Database(url)
    yield made
    made.close()


def differences(database: Database) -> list[object]:
    with database.read() as connection:
        return compare_metadata(MigrationContext.configure(connection), metadata)


def test_an_old_database_keeps_its_cases(database: Database) -> None:
    with database.write() as connection:
        migrating.upgrade(connection, "0001")
        for statement in OLD_CASE:
            connection.execute(text(statement))
        # as sandboxes made it before there were migrations
        connection.execute(text("DROP TABLE alembic_version"))
    database.prepare()
    assert differences(database) == []
    with database.read() as connection:
        assert migrating.version(connection) == migrating.HEAD
        row = connection.execute(text("SELECT key, received_at, accepted_at FROM cases")).one()
    assert tuple(row) == ("k1", "2026-01-01T09:00:00+08:00", "2026-01-01T09:00:00+08:00")
    database.prepare()


def test_a_new_one_is_what_the_steps_lead_to(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'new.db'}")
    made.prepare()
    assert differences(made) == []
    led = Database(f"sqlite:///{tmp_path / 'led.db'}")
    with led.write() as connection:
        migrating.upgrade(connection)
    assert differences(led) == [], (
        "a change of the tables needs a step: see portal.sandbox.migrating"
    )
    assert ScriptDirectory(str(migrating._HERE)).get_current_head() == migrating.HEAD
    made.close()
    led.close()


@pytest.mark.parametrize("newer", [True, False])
def test_a_database_of_another_is_left_alone(tmp_path: Path, newer: bool) -> None:
    database = Database(f"sqlite:///{tmp_path / 'other.db'}")
    with database.write() as connection:
        connection.execute(text("CREATE TABLE keys (key INTEGER)"))
        if newer:
            migrating.stamp(connection, "9999")
    with pytest.raises(migrating.UnknownDatabaseError, match="9999" if newer else "remove it"):
        database.prepare()
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM keys")).scalar() == 0
    database.close()
