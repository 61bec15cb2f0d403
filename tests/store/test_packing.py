"""Old history without its images: smaller, still telling who did what, and honest where undo ends."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from annotator.domain.errors import UserError
from annotator.domain.messages import sentence
from annotator.store import backup, edits, foreign, lists, naming, packing, read
from annotator.store import connection as opening
from annotator.store.packing import Saving, pack, saving
from annotator.store.stages import Stages
from annotator.store.store import Store
from tests.store.samples import TEXT, add_article, by_another_program, dump, dump_file, names, two_marks

DAY_MS = timedelta(days=1) // timedelta(milliseconds=1)


@pytest.fixture
def aged(project, me):
    """Open the project at a day of its life: `aged(100)` is a hundred days later."""
    opened = []

    def at(day):
        opened.append(Store.open(project, me, wall_ms=lambda: 1_700_000_000_000 + day * DAY_MS))
        return opened[-1]

    yield at
    for store in opened:
        store.close()


def old_and_new(aged):
    """A hundred days of doing nothing between edits; (store, marks)."""
    store = aged(0)
    claim, denial = two_marks(store)
    gone = edits.duplicate_mark(store, claim)
    edits.edit_mark(store, claim, note="old " * 500)
    edits.delete_marks(store, [gone])
    store.close()
    store = aged(100)
    edits.edit_mark(store, denial, note="new")
    return store, claim, denial, gone


def bytes_of_images(store):
    return store.query("SELECT sum(length(coalesce(new, '')) + length(coalesce(old, ''))) FROM change")[0][0]


def test_packing_changes_no_table_and_keeps_a_copy(aged, project):
    store, *_ = old_and_new(aged)
    before, file = dump(store), dump_file(project)
    done = pack(store)
    assert dump(store) == before
    assert dump_file(done.backup) == file
    assert (done.operations, done.after <= done.before) == (4, True)
    store.close()
    store = aged(101)
    assert dump(store) == before
    assert "foreign" not in {kind for _, kind in names(store)}


def test_what_is_newer_can_still_be_undone_and_undo_stops_at_what_was_packed(aged):
    store, claim, denial, _ = old_and_new(aged)
    pack(store)
    assert store.undo().operation.name == "edit-mark"
    assert read.mark(store, denial).note is None
    assert store.undo().operation.name == "delete-mark"
    before = dump(store)
    assert store.next_undo() is None
    assert store.undo() is None
    assert store.undo_stops_at().is_packed
    assert store.undo_stops_at().name == "edit-mark"
    assert dump(store) == before
    assert store.redo().operation.name == "delete-mark"
    edits.edit_mark(store, claim, note="goes on")
    assert store.undo().operation.name == "edit-mark"


def test_the_history_of_a_mark_still_says_who_touched_it(aged):
    store, claim, _, gone = old_and_new(aged)
    before = [operation.id for operation in lists.history(store, mark=claim)]
    rows = store.query("SELECT count(*) FROM change")
    pack(store)
    assert [operation.id for operation in lists.history(store, mark=claim)] == before
    assert store.query("SELECT count(*) FROM change") == rows
    assert naming.find_ever(store, "mark", gone) == gone


def test_deleted_rows_keep_their_last_image(aged):
    store, _, _, gone = old_and_new(aged)
    tombstone = store.query("SELECT old FROM change WHERE row = ? AND new IS NULL", (gone,))
    assert tombstone != [(None,)]
    pack(store)
    assert store.query(
        "SELECT old FROM change WHERE row = ? AND new IS NULL AND old IS NOT NULL", (gone,)
    ) == (tombstone)


def test_of_what_was_deleted_and_brought_back_only_the_last_deletion_keeps_its_image(aged):
    store = aged(0)
    back, gone = two_marks(store)
    for mark, ends in ((back, "undo"), (gone, "redo")):
        edits.delete_marks(store, [mark])
        store.undo()
        store.redo()
        if ends == "undo":
            store.undo()
    store.close()
    store = aged(100)
    before = dump(store)
    deletions = "SELECT id, old FROM change WHERE row = ? AND new IS NULL AND old IS NOT NULL ORDER BY id"
    of_gone = store.query(deletions, (gone,))
    assert (len(of_gone), len(store.query(deletions, (back,)))) == (2, 2)
    could, size = saving(store).saved, bytes_of_images(store)
    pack(store)
    assert could >= size - bytes_of_images(store) > 0
    assert store.query(deletions, (gone,)) == of_gone[-1:]
    assert store.query(deletions, (back,)) == []
    assert dump(store) == before
    assert foreign.differences(store._connection, store._journal) == []
    assert naming.find_ever(store, "mark", gone) == gone
    assert pack(store).operations == 0


def test_another_program_is_still_noticed_after_packing_and_no_one_else_is_accused(aged, project):
    store, _, denial, _ = old_and_new(aged)
    pack(store)
    assert foreign.differences(store._connection, store._journal) == []
    store.close()
    by_another_program(project, f"UPDATE mark SET note = 'theirs' WHERE id = '{denial}'")
    store = aged(101)
    assert names(store)[-1][1] == "foreign"
    assert [row.id for row in store.change_of(lists.history(store)[0].id).rows] == [denial]


def test_a_file_with_much_old_history_is_offered_and_then_smaller(aged, project):
    store = aged(0)
    claim, _ = two_marks(store)
    for number in range(40):
        edits.edit_mark(store, claim, note=f"{number} " * 10_000)
    edits.edit_mark(store, claim, note=None)
    assert not saving(store).is_worth_it
    store.close()
    store = aged(100)
    could = saving(store)
    assert could.is_worth_it
    done = pack(store)
    assert done.before - done.after > 0.9 * could.saved
    assert project.stat().st_size == done.after
    assert not saving(store).is_worth_it
    assert pack(store).operations == 0


@pytest.mark.parametrize(
    ("size", "saved", "is_worth_it"),
    [(10_000_000, 1_000_000, False), (10_000_000, 2_500_000, True), (2_000_000, 900_000, False)],
)
def test_little_is_not_offered(size, saved, is_worth_it):
    assert Saving(size, saved).is_worth_it is is_worth_it


def test_gaps_alone_are_given_back_too(aged, project):
    store = aged(0)
    article = add_article(store, TEXT * 200)
    places = [(article, [(start, start + 5)]) for start in range(0, 20_000, 12)]
    edits.label_places(store, "claim", places)
    store.undo()
    with store.keeping():
        store.execute("DELETE FROM main.change")
    size = project.stat().st_size
    pack(store)
    assert project.stat().st_size < size / 2


def test_after_packing_edits_go_on_and_the_file_is_sound(aged, project):
    store, claim, *_ = old_and_new(aged)
    before = read.mark(store, claim).note
    pack(store)
    edits.edit_mark(store, claim, note="after")
    store.undo()
    assert read.mark(store, claim).note == before
    assert store.query("PRAGMA integrity_check") == [("ok",)]
    store.close()
    with closing(sqlite3.connect(project)) as connection:
        known = connection.execute("SELECT counter FROM head").fetchone()[0]
    assert known == int.from_bytes(project.read_bytes()[24:28], "big")


def test_packing_that_is_cancelled_once_all_is_copied_leaves_no_copy(aged, project, monkeypatch):
    store, *_ = old_and_new(aged)
    before, stages = dump(store), Stages(stopped="packing-stopped")
    monkeypatch.setattr(backup.os, "fsync", lambda file: stages.stop())
    with pytest.raises(UserError, match="packing-stopped"):
        pack(store, stages=stages)
    monkeypatch.undo()
    assert dump(store) == before
    assert list(backup.backup_folder(project).iterdir()) == []


def test_where_the_disk_is_full_before_anything_is_packed_the_copy_goes_that_filled_it(
    aged, project, monkeypatch
):
    store, *_ = old_and_new(aged)
    before = dump(store)

    def full(store, days):
        raise UserError("disk-full", path=str(project))

    monkeypatch.setattr(packing, "_drop_images", full)
    with pytest.raises(UserError, match="disk-full"):
        pack(store)
    assert dump(store) == before
    assert list(backup.backup_folder(project).iterdir()) == []


@pytest.mark.parametrize(
    ("name", "why"), [("SQLITE_FULL", "disk is full"), ("SQLITE_IOERR", "did not do as asked")]
)
def test_where_the_disk_fails_once_the_history_is_packed_it_says_so_and_where_the_copy_is(
    aged, monkeypatch, name, why
):
    store, *_ = old_and_new(aged)

    def fail(connection):
        error = sqlite3.OperationalError("no room")
        error.sqlite_errorname, error.sqlite_errorcode = name, getattr(sqlite3, name)
        raise error

    monkeypatch.setattr(opening, "vacuum", fail)
    with pytest.raises(UserError) as refused:
        pack(store)
    (copy,) = backup.backup_folder(store.path).iterdir()
    said = sentence(refused.value)
    assert "history was packed" in said
    assert why in said
    assert copy.name in said
    assert "not saved" not in said


def test_where_the_disk_is_full_and_no_history_was_to_pack_the_project_and_its_folder_are_as_before(
    aged, project, monkeypatch
):
    store, *_ = old_and_new(aged)
    before = dump(store)

    def full():
        raise UserError("disk-full", path=str(project))

    monkeypatch.setattr(store, "vacuum", full)
    with pytest.raises(UserError, match="disk-full"):
        pack(store, days=1000)
    assert dump(store) == before
    assert list(backup.backup_folder(project).iterdir()) == []
