"""What a killed program leaves beside a project is finished, and what another's leaves is not touched."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.errors import UserError
from annotator.store.edits import rename_project
from annotator.store.leftovers import require_own_journal


def journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def killed(path: Path, folder: Path, *statements: str) -> Path:
    """A copy of a database and its journal in the middle of a transaction that reached the disk."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("CREATE TABLE IF NOT EXISTS filler (id INTEGER PRIMARY KEY, words BLOB)")
        connection.execute("DELETE FROM filler")
        count = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
        connection.execute(f"INSERT INTO filler (words) {count} SELECT zeroblob(900) FROM n")
        connection.execute("BEGIN")
        for statement in (*statements, "UPDATE filler SET words = randomblob(900)"):
            connection.execute(statement)
        for file in (path, journal(path)):
            shutil.copy(file, folder)
        connection.execute("ROLLBACK")
    return folder / path.name


CHANGES = [(), ("PRAGMA user_version = 1",), ("CREATE TABLE later (id)",)]


@pytest.mark.parametrize("changes", CHANGES)
def test_a_transaction_that_was_killed_is_taken_back(changes, project, opened, tmp_path):
    store = opened()
    rename_project(store, "Harbour")
    store.close()
    left = killed(project, tmp_path / "left", *changes)
    assert journal(left).stat().st_size > 10_000
    require_own_journal(left)
    for file in (left, journal(left)):
        shutil.copy(file, project.with_name(file.name))
    assert opened().query("SELECT name FROM project") == [("Harbour",)]
    assert not journal(project).exists() or not journal(project).stat().st_size


@pytest.mark.parametrize("readonly", [True, False])
@pytest.mark.parametrize("changes", CHANGES)
def test_a_journal_of_another_file_is_refused_and_nothing_is_touched(
    changes, readonly, project, opened, tmp_path
):
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE t (id)")
    strange = killed(tmp_path / "other.db", tmp_path / "left", *changes)
    shutil.copy(journal(strange), journal(project))
    before = project.read_bytes(), journal(project).read_bytes()
    with pytest.raises(UserError, match="project-journal-foreign"):
        opened(readonly=readonly)
    assert (project.read_bytes(), journal(project).read_bytes()) == before


def test_a_journal_of_another_time_of_the_project_is_refused(project, opened, tmp_path):
    left = killed(project, tmp_path / "left", "PRAGMA user_version = 1")
    for name in ("Harbour", "Port", "Quay"):
        store = opened()
        rename_project(store, name)
        store.close()
    shutil.copy(journal(left), journal(project))
    with pytest.raises(UserError, match="project-journal-foreign"):
        opened()


def test_what_is_no_journal_is_passed_over(project, opened):
    journal(project).write_bytes(b"no journal" * 900)
    assert opened(readonly=True).query("SELECT count(*) FROM mark") == [(0,)]


@pytest.mark.parametrize("readonly", [True, False])
def test_a_schema_that_is_no_text_any_more_is_damage(readonly, project, opened):
    data = project.read_bytes()
    at = data.index(b"CREATE TABLE proposition (") + len(b"CREATE TABLE proposition (")
    project.write_bytes(data[:at] + b"\xff \xd8 \x81" + data[at + 5 :])
    before = project.read_bytes()
    with pytest.raises(UserError, match="project-damaged"):
        opened(readonly=readonly)
    assert project.read_bytes() == before


def test_a_text_that_is_no_text_any_more_is_damage(project, opened):
    with closing(sqlite3.connect(project)) as connection, connection:
        row = ("019b0000-0000-7000-8000-000000000001", b"\xff\xd8")
        connection.execute("INSERT INTO annotator (id, name) VALUES (?, CAST(? AS TEXT))", row)
    store = opened(readonly=True)
    with pytest.raises(UserError, match="project-damaged"):
        store.query("SELECT name FROM annotator")
