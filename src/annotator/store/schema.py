"""The tables of a project file, as migrations; a new file is an empty file plus all of them.

A migration is never edited after a release. Every journaled table has
`id TEXT PRIMARY KEY`, no BLOB, and `operation`: the bulk operation that made
the row, or NULL (`store.journal` says why). `docs/file-format.md` describes
every table and column.
"""

from __future__ import annotations

import sqlite3
from _blake2 import blake2b
from collections.abc import Callable, Mapping
from typing import NamedTuple

APPLICATION_ID = 0x414E4F54
"""The letters ANOT, at byte 68 of every project file."""

JOURNALED = (
    "project",
    "scheme",
    "annotator",
    "source",
    "article",
    "exhibit",
    "mark",
    "attribution",
    "proposition",
    "mention",
    "link",
    "proposition_link",
    "judgement",
    "dismissal",
    "saved_search",
    "pin",
    "report",
)
"""Tables whose every change is noted in the journal, each after those it refers to."""

MARKS_OF = {
    "mark": ("id", None),
    "attribution": ("mark", None),
    "mention": ("mark", None),
    "link": ("from_mark", "to_mark"),
    "dismissal": ("on_mark", None),
    "pin": ("mark", None),
}
"""The columns that say to which marks a row belongs, noted with each of its changes."""


def _m001_initial(connection: sqlite3.Connection) -> None:
    from annotator.store import format_1  # what is in the present format needs none of the steps

    _run(connection, format_1.TABLES + ";\n" + format_1.VIEWS)
    connection.execute("INSERT INTO head (id, counter) VALUES (1, 0)")


def _m002_counters(connection: sqlite3.Connection) -> None:
    from annotator.store import format_2, format_2_ends, format_2_lists

    _run(connection, format_2.TABLES)
    for name, event in format_2.TRIGGERS.items():
        connection.execute(f"CREATE TRIGGER tally_{name} {event}")
    for sql in format_2.FILL:
        connection.execute(sql)
    _run(connection, format_2_lists.TABLES)
    for name, event in format_2_lists.TRIGGERS.items():
        connection.execute(f"CREATE TRIGGER source_tally_{name} {event}")
    connection.execute(format_2_lists.COUNTED)
    _run(connection, format_2_ends.TABLES)
    for name, event in format_2_ends.TRIGGERS.items():
        connection.execute(f"CREATE TRIGGER {name} {event}")
    for sql in format_2_ends.FILL:
        connection.execute(sql)


def _m003_large(connection: sqlite3.Connection) -> None:
    from annotator.store import format_3, format_3_ends

    _run(connection, format_3.TABLES)
    for view in format_3.DROPPED:
        connection.execute(f"DROP VIEW {view}")
    _run(connection, format_3.VIEWS)
    _run(connection, format_3_ends.TABLES)
    for name, event in format_3_ends.TRIGGERS.items():
        connection.execute(f"CREATE TRIGGER {name} {event}")


def _m004_disputes(connection: sqlite3.Connection) -> None:
    from annotator.store import format_4

    for view in format_4.DROPPED:
        connection.execute(f"DROP VIEW {view}")
    _run(connection, format_4.VIEWS)


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Each statement on its own: a script would commit the step's transaction first."""
    for sql in script.split(";\n"):
        if sql.strip(" ;\n"):
            connection.execute(sql)


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _m001_initial,
    _m002_counters,
    _m003_large,
    _m004_disputes,
)
"""The migrations, in order; a file of format N has had the first N of them."""

FORMAT_VERSION = len(STEPS)
"""The `user_version` of a file this program writes."""


def migrate(connection: sqlite3.Connection, finish: Callable[[], None] = lambda: None) -> None:
    """Bring a file to `FORMAT_VERSION`, each step in a transaction of its own.

    A step that fails or is killed leaves the file at the version before it.
    finish: called at the end of the last step, inside its transaction.
    """
    from sqlite_utils import Database, Migrations

    migrations = Migrations("annotator")
    for version, step in enumerate(STEPS, start=1):
        at_end = finish if version == len(STEPS) else lambda: None
        migrations(name=step.__name__.lstrip("_"))(_numbered(version, step, at_end))
    migrations.apply(Database(connection, execute_plugins=False))


def _numbered(
    version: int, step: Callable[[sqlite3.Connection], None], at_end: Callable[[], None]
) -> Callable[..., None]:
    def run(db: object) -> None:
        connection: sqlite3.Connection = db.conn  # type: ignore[attr-defined]
        step(connection)
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken:
            raise sqlite3.IntegrityError(f"step {version} breaks a reference of {broken[0]}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")
        at_end()

    return run


class Item(NamedTuple):
    """A table, index, view or trigger as it stands in the schema."""

    type: str
    sql: str | None


def expected_schema(version: int | None = None) -> dict[str, Item]:
    """What stands in the schema of a sound file, by name; of the present format unless given."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in STEPS[:version]:
            step(connection)
        return schema_of(connection)
    finally:
        connection.close()


def fingerprint(schema: Mapping[str, Item]) -> str:
    """What no other schema has: two are compared by it without making either.

    It is the BLAKE2 of `hashlib`, which would load OpenSSL for others before the window is painted.
    """
    return blake2b(repr(sorted(schema.items())).encode(), digest_size=32).hexdigest()


EXPECTED = "1254cde290ee67b5ef17ffa09a57383bc0f046b7776dc227182a28e24c4965df"
"""The fingerprint of `expected_schema()`: making that takes half of the time in which a file is opened."""


def schema_of(connection: sqlite3.Connection) -> dict[str, Item]:
    """All that stands in the main schema, by name, but for what SQLite and migrations make for themselves."""
    rows = connection.execute("SELECT name, type, sql FROM main.sqlite_schema")
    return {
        name: Item(type_, sql)
        for name, type_, sql in rows
        if not (type_ in ("table", "index") and name in _MACHINERY) and not (type_ == "index" and sql is None)
    }


_MACHINERY = (
    "sqlite_sequence",
    "sqlite_stat1",
    "sqlite_stat4",
    "_sqlite_migrations",
    "idx__sqlite_migrations_migration_set_name",
)
