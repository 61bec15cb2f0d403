"""A file of an older format is backed up and brought up to date, or left as it was."""

import os
import shutil
import signal
import sqlite3
from pathlib import Path

import pytest

from annotator.domain.errors import UserError
from annotator.store import edits, lists, read, schema
from annotator.store.backup import backup_folder
from annotator.store.store import Store
from tests.store.samples import by_another_program, counted, dump_file, names, sha256, tally

NOW = schema.FORMAT_VERSION
FILES = Path(__file__).parents[1] / "files"


def _next_moods(connection):
    connection.execute("ALTER TABLE mark ADD COLUMN mood TEXT")
    connection.execute("CREATE INDEX mark_mood ON mark (mood) WHERE mood IS NOT NULL")


def _next_fails(connection):
    _next_moods(connection)
    connection.execute("DELETE FROM mark")
    raise sqlite3.OperationalError("no such thing")


def _next_is_killed(connection):
    _next_moods(connection)
    os.kill(os.getpid(), signal.SIGKILL)


def _next_breaks_references(connection):
    connection.execute("DELETE FROM article")


@pytest.fixture
def newer(monkeypatch):
    """Make this program one whose format has one more step."""

    def with_step(step):
        monkeypatch.setattr(schema, "STEPS", (*schema.STEPS[:NOW], step))
        monkeypatch.setattr(schema, "FORMAT_VERSION", NOW + 1)

    return with_step


def version(path):
    return int.from_bytes(path.read_bytes()[60:64], "big")


def backups(path):
    return sorted(backup_folder(path).iterdir())


def sound(path):
    connection = sqlite3.connect(path)
    try:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        connection.close()


def test_an_older_file_is_backed_up_and_migrated_and_undo_stops_there(filled, opened, newer):
    before = dump_file(filled)
    newer(_next_moods)
    store = opened()
    assert version(filled) == NOW + 1
    (backup,) = backups(filled)
    assert (version(backup), dump_file(backup), sound(backup)) == (NOW, before, True)
    assert names(store)[-1] == ("migrate", "migration")
    assert store.operation_of(lists.history(store, limit=1)[0].id).details == {"from": NOW, "to": NOW + 1}
    assert store.next_undo() is None
    assert store.undo() is None
    assert store.undo_stops_at().kind == "migration"


def test_work_goes_on_after_a_migration(filled, opened, newer, reopen):
    newer(_next_moods)
    store = opened()
    mark = lists.marks(store)[0].id
    edits.edit_mark(store, mark, note="x")
    store = reopen(store)
    assert [kind for _, kind in names(store)][-2:] == ["migration", "edit"]
    store.undo()
    assert read.mark(store, mark).note is None
    assert store.undo() is None
    assert len(backups(filled)) == 1


def test_a_migrated_file_is_not_taken_for_one_another_program_changed(filled, opened, newer, reopen):
    newer(_next_moods)
    store = reopen(opened())
    edits.add_source(store, "Ministry")
    store = reopen(store)
    by_another_program(filled, "UPDATE source SET name = 'Theirs'")
    edits.add_source(store, "Harbour")
    found = [store.change_of(row.id) for row in lists.history(store) if row.kind == "foreign"]
    assert [[row.table for row in change.rows] for change in found] == [["source"]]


def test_a_change_by_another_program_before_a_migration_is_noted_first(filled, opened, newer):
    by_another_program(filled, "UPDATE mark SET note = 'theirs'")
    newer(_next_moods)
    assert [kind for _, kind in names(opened())][-2:] == ["foreign", "migration"]


def test_a_new_file_is_an_empty_one_plus_all_migrations(tmp_path, me, newer):
    newer(_next_moods)
    path = tmp_path / "new.annotator"
    store = Store.create(path, me)
    assert names(store) == []
    assert not backup_folder(path).exists()
    store.close()
    assert version(path) == NOW + 1


@pytest.mark.parametrize("step", [_next_fails, _next_breaks_references])
def test_a_migration_that_fails_leaves_the_old_version_and_a_backup(filled, opened, newer, step):
    before = dump_file(filled)
    newer(step)
    with pytest.raises(UserError):
        opened()
    assert (version(filled), dump_file(filled), sound(filled)) == (NOW, before, True)
    (backup,) = backups(filled)
    assert (version(backup), dump_file(backup), sound(backup)) == (NOW, before, True)
    newer(_next_moods)
    assert names(opened())[-1] == ("migrate", "migration")


def test_a_migration_that_is_killed_leaves_the_old_version(filled, opened, newer, me):
    before = dump_file(filled)
    newer(_next_is_killed)
    child = os.fork()
    if child == 0:
        Store.open(filled, me)
        os._exit(0)
    os.waitpid(child, 0)
    newer(_next_moods)
    store = opened()
    assert [kind for _, kind in names(store)] == ["bulk", "edit", "edit", "migration"]
    assert {table: len(rows) for table, rows in before.items()} == {
        table: len(rows) for table, rows in dump_file(filled).items()
    }


def test_what_an_older_version_left_unsealed_is_swept_before_the_migration(filled, opened, newer, me):
    child = os.fork()
    if child == 0:
        store = Store.open(filled, me)
        with store.bulk("import") as bulk:
            bulk.insert("INSERT INTO main.exhibit (id, operation)", [("x", bulk.operation)])
            with bulk.editing():
                edits.edit_mark(store, lists.marks(store)[0].id, note="half")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    newer(_next_moods)
    store = opened()
    assert [row.note for row in lists.marks(store)] == [None, None]
    assert store.query("SELECT count(*) FROM exhibit") == [(0,)]


def test_an_older_file_is_not_migrated_for_reading_alone(filled, opened, newer):
    before = sha256(filled)
    newer(_next_moods)
    with pytest.raises(UserError, match="project-older"):
        opened(readonly=True)
    assert sha256(filled) == before


def test_an_older_file_with_code_we_do_not_know_is_not_migrated(filled, opened, newer):
    by_another_program(filled, "CREATE TRIGGER t AFTER UPDATE ON mark BEGIN DELETE FROM pin; END")
    before = sha256(filled)
    newer(_next_moods)
    with pytest.raises(UserError, match="project-unsafe"):
        opened()
    assert sha256(filled) == before
    assert not backup_folder(filled).exists()


def test_a_backup_that_cannot_be_made_stops_the_migration(filled, opened, newer):
    backup_folder(filled).write_text("in the way")
    before = dump_file(filled)
    newer(_next_moods)
    with pytest.raises(UserError, match="backup-failed"):
        opened()
    assert (version(filled), dump_file(filled)) == (NOW, before)


def test_a_file_of_the_present_format_is_known_by_its_fingerprint(project, opened):
    opened().close()
    connection = sqlite3.connect(project)
    found = schema.schema_of(connection)
    connection.close()
    assert schema.fingerprint(found) == schema.fingerprint(schema.expected_schema()) == schema.EXPECTED


def older(number, folder, monkeypatch):
    """A file of an older format: a real one, or, since none of format 2 was ever left, one brought to it."""
    path = folder / "old.annotator"
    shutil.copy(FILES / f"format-{1 if number == 2 else number}.annotator", path)
    if number == 2:
        connection = sqlite3.connect(path, isolation_level=None)
        with monkeypatch.context() as then:
            then.setattr(schema, "STEPS", schema.STEPS[:2])
            schema.migrate(connection)
        connection.close()
    assert version(path) == number
    return path


def disputes(path):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA trusted_schema = OFF")
    try:
        return connection.execute(
            "SELECT handle, asserting_marks, denying_marks, disputed FROM v_disputes ORDER BY handle"
        ).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("number", range(1, NOW))
def test_a_file_of_each_older_format_becomes_one_of_the_present(number, tmp_path, monkeypatch, me):
    path = older(number, tmp_path, monkeypatch)
    rows = dump_file(path)
    store = Store.open(path, me)
    assert dump_file(path) == rows
    assert tally(store) == counted(store)
    claims = lists.claims(store)
    store.close()
    assert [row[:3] for row in disputes(path)] == [
        (f"C{row.number}", row.support, row.deny) for row in claims
    ]
    connection = sqlite3.connect(path)
    assert schema.fingerprint(schema.schema_of(connection)) == schema.EXPECTED
    connection.close()
    assert (version(path), sound(path)) == (NOW, True)


def test_silence_and_links_from_what_is_no_denial_are_counted_no_more(tmp_path, monkeypatch, me):
    path = older(3, tmp_path, monkeypatch)
    before = disputes(path)
    Store.open(path, me).close()
    changed = [pair for pair in zip(before, disputes(path), strict=True) if pair[0] != pair[1]]
    assert changed == [
        (("C1", 10, 8, 1), ("C1", 10, 7, 1)),
        (("C2", 5, 1, 1), ("C2", 5, 0, 0)),
        (("C3", 2, 5, 1), ("C3", 2, 4, 1)),
    ]
