"""What another program writes is found, recorded as one operation, and undo stops there."""

import sqlite3

import pytest

from annotator.domain.errors import UserError
from annotator.domain.model import Ref
from annotator.store import edits, lists, read
from annotator.store.lock import ProjectLock
from annotator.store.store import Store
from tests.store.samples import add_article, by_another_program, dump, dump_file, names, sha256, two_marks

FOREIGN = ("changed-by-another-program", "foreign")
STATEMENTS = {
    "update": "UPDATE mark SET note = 'theirs' WHERE label = 'claim'",
    "insert": "INSERT INTO source (id, number, name, kind) VALUES ('theirs', 9, 'Theirs', 'person')",
    "delete": "DELETE FROM mark WHERE label = 'claim'",
}


@pytest.fixture(params=STATEMENTS)
def statement(request):
    return STATEMENTS[request.param]


def test_a_change_made_while_the_file_was_closed_is_one_operation(opened, project, statement):
    store = opened()
    claim, _ = two_marks(store)
    store.close()
    by_another_program(project, statement)
    store = opened()
    assert names(store).count(FOREIGN) == 1
    found = store.change_of(lists.history(store, limit=1)[0].id)
    assert len(found.rows) == 1
    assert found.operation.details == {"rows": 1}
    if "UPDATE" in statement:
        assert (found.rows[0].old["note"], found.rows[0].new["note"]) == (None, "theirs")
        assert [row.kind for row in lists.history(store, mark=claim)] == ["foreign", "edit"]
    assert store.next_undo() is None
    assert store.undo() is None
    assert store.undo_stops_at().id == found.operation.id


def test_work_after_a_foreign_change_is_undone_back_to_it(opened, project, statement):
    store = opened()
    two_marks(store)
    store.close()
    by_another_program(project, statement)
    store = opened()
    before = dump(store)
    edits.add_source(store, "Ministry")
    assert store.undo_stops_at() is None
    store.undo()
    assert store.undo() is None
    assert dump(store) == before
    store.close()
    assert names(opened()).count(FOREIGN) == 1


def test_a_change_made_while_the_file_is_open_is_noted_before_our_next_edit(opened, project, statement):
    store = opened()
    two_marks(store)
    told = []
    store.subscribe(told.append)
    by_another_program(project, statement)
    edits.add_source(store, "Ministry")
    assert names(store)[-2:] == [FOREIGN, ("add-source", "edit")]
    assert [change.operation.kind for change in told] == ["foreign", "edit"]
    store.undo()
    assert store.undo() is None
    assert store.undo_stops_at().kind == "foreign"
    store.close()
    assert names(opened()).count(FOREIGN) == 1


def test_undo_right_after_a_foreign_change_stops_before_it(opened, project, statement):
    store = opened()
    two_marks(store)
    told = []
    store.subscribe(told.append)
    by_another_program(project, statement)
    before = dump(store)
    assert store.undo() is None
    assert dump(store) == before
    assert [change.operation.kind for change in told] == ["foreign"]
    assert store.undo_stops_at() == told[0].operation


def test_a_foreign_change_is_not_forgotten_when_our_edit_fails(opened, project, statement):
    store = opened()
    two_marks(store)
    by_another_program(project, statement)
    with pytest.raises(UserError):
        edits.delete_marks(store, ["no such mark"])
    with store.operation("nothing"):
        pass
    assert FOREIGN not in names(store)
    edits.add_source(store, "Ministry")
    assert names(store)[-2:] == [FOREIGN, ("add-source", "edit")]


def test_a_foreign_change_met_only_at_closing_is_noted(opened, project, statement):
    store = opened()
    two_marks(store)
    by_another_program(project, statement)
    store.close()
    store = opened()
    assert names(store)[-1] == FOREIGN
    assert names(store).count(FOREIGN) == 1


def test_nobody_is_told_of_what_is_met_only_at_closing(opened, project, statement):
    store = opened()
    two_marks(store)
    by_another_program(project, statement)
    told = []
    store.subscribe(told.append)
    store.close()
    assert told == []


def test_many_changes_of_another_program_are_one_operation(opened, project):
    store = opened()
    two_marks(store)
    store.close()
    by_another_program(project, *STATEMENTS.values(), "VACUUM", STATEMENTS["insert"].replace("theirs", "2"))
    store = opened()
    assert names(store).count(FOREIGN) == 1
    assert len(store.change_of(lists.history(store, limit=1)[0].id).rows) == 3


def test_a_change_to_imported_rows_seals_though_it_cannot_be_listed(opened, project):
    """Rows made in bulk have no image to compare with, as docs/file-format.md says."""
    store = opened()
    add_article(store)
    store.close()
    by_another_program(project, "UPDATE article SET title = 'theirs'")
    store = opened()
    assert names(store)[-1] == FOREIGN
    assert store.undo() is None


def test_a_file_left_in_another_journal_mode_comes_back_and_is_not_suspected_twice(opened, project, me):
    store = opened()
    two_marks(store)
    store.close()
    other = sqlite3.connect(project, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute(STATEMENTS["update"])
    store = Store.open(project, me, readonly=True)
    assert [row.note for row in lists.marks(store, label="claim")] == ["theirs"]
    store.close()
    other.close()
    for _ in range(3):
        store = opened()
        assert store.query("PRAGMA journal_mode") == [("truncate",)]
        assert names(store).count(FOREIGN) == 1
        edits.add_source(store, "Ministry")
        store.close()


def test_a_head_row_another_program_deleted_is_made_again(opened, project):
    store = opened()
    two_marks(store)
    store.close()
    by_another_program(project, "DELETE FROM head")
    store = opened()
    edits.add_source(store, "Ministry")
    store.close()
    store = opened()
    assert names(store)[-1] == ("add-source", "edit")


def test_our_own_sessions_never_raise_a_false_alarm(opened, project):
    for number in range(12):
        store = opened()
        if number == 0:
            two_marks(store)
        if number % 2:
            edits.add_source(store, f"Source {number}")
        if number % 3 == 0:
            with pytest.raises(UserError):
                edits.add_source(store, "")
            with pytest.raises(ZeroDivisionError), store.operation("fails"):
                raise ZeroDivisionError
        if number % 4 == 1:
            store.undo()
            store.redo()
        if number == 5:
            fail_in_bulk(store)
        if number == 7:
            add_article(store, "Another text.")
        reading = opened(readonly=True)
        lists.marks(reading)
        reading.close()
        copy = store.snapshot()
        read.scheme(copy)
        copy.close()
        store.close()
    assert FOREIGN not in names(opened())


def fail_in_bulk(store):
    def fail():
        with store.bulk("import") as bulk:
            bulk.insert(
                "INSERT INTO main.exhibit (id, operation)",
                [(f"x{number}", bulk.operation) for number in range(6000)],
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()


def test_opening_and_closing_without_an_edit_leaves_every_byte(opened, project):
    store = opened()
    two_marks(store)
    store.close()
    before = sha256(project)
    opened().close()
    opened(readonly=True).close()
    assert sha256(project) == before


def test_a_session_that_was_killed_is_not_taken_for_another_program(opened, project):
    store = opened()
    claim, denial = two_marks(store)
    store._connection.close()
    store._lock.release()
    store = opened()
    assert FOREIGN not in names(store)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    assert store.next_undo().name == "add-link"


def test_a_commit_cut_short_is_rolled_back_and_not_taken_for_another_program(opened, project):
    """A kill between writing the pages and emptying the journal: the bytes already count one more."""
    store = opened()
    two_marks(store)
    store.close()
    before = dump_file(project)
    first_page = project.read_bytes()[:4096]
    journal = project.with_name(project.name + "-journal")
    reader = sqlite3.connect(project, isolation_level=None)
    writer = sqlite3.connect(project, isolation_level=None, timeout=0)
    writer.execute("PRAGMA journal_mode = TRUNCATE")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE head SET counter = counter + 1, closed = 0")
    writer.execute("UPDATE mark SET note = 'half written'")
    rows = reader.execute("SELECT id FROM operation")
    rows.fetchone()
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        writer.execute("COMMIT")
    half = bytearray(journal.read_bytes())
    rows.close()
    reader.close()
    writer.execute("COMMIT")
    writer.close()
    half += journal_record(half, 1, first_page)
    half[:12] = bytes.fromhex("d9d505f920a163d7 ffffffff")  # synced, with as many records as it holds
    journal.write_bytes(half)
    store = opened()
    assert dump(store) == before
    assert FOREIGN not in names(store)
    assert store.next_undo().name == "add-mark"


def journal_record(journal, number, page):
    """A page as a rollback journal keeps it (SQLite, "Database File Format", section 3)."""
    checksum = int.from_bytes(journal[12:16], "big") + sum(page[len(page) - 200 : 0 : -200])
    return number.to_bytes(4, "big") + page + (checksum & 0xFFFFFFFF).to_bytes(4, "big")


@pytest.mark.parametrize("is_named", [True, False])
def test_where_another_program_changed_marks_made_in_bulk_anything_may_have_changed(
    opened, project, is_named
):
    store = opened()
    article = add_article(store)
    edits.label_places(store, "claim", [(article, [(0, 3)])])
    if is_named:
        edits.add_mark(store, article, "claim", [(4, 9)])
    told = []
    store.subscribe(told.append)
    by_another_program(project, "UPDATE mark SET label = 'denial'")
    edits.add_source(store, "Ministry")
    assert [change.is_whole for change in told] == [False, True]
    assert told[0].operation.kind == "foreign"
    assert bool(told[0].operation.id) is is_named


def test_a_commit_of_ours_amid_a_look_at_the_file_is_no_work_of_another_program(opened, monkeypatch):
    writer, reader = opened(), opened(readonly=True)
    reader.notice_others()
    told = []
    reader.subscribe(lambda change: told.append(change.operation.name))
    sign = reader._head.sign

    def committing():
        monkeypatch.setattr(reader._head, "sign", sign)
        edits.add_source(writer, "Ministry")
        return sign()

    edits.add_source(writer, "Council")
    monkeypatch.setattr(reader._head, "sign", committing)
    assert reader.notice_others()
    assert not reader.notice_others()
    assert told == ["add-source"]


def test_what_another_program_commits_right_behind_our_commit_is_told_at_the_next_look(
    opened, project, monkeypatch
):
    titles, told, note = [], [], ProjectLock.note

    def and_others(lock, counter):
        if titles:
            by_another_program(project, f"UPDATE article SET title = '{titles.pop()}'")
        note(lock, counter)

    monkeypatch.setattr(ProjectLock, "note", and_others)
    store = opened()
    add_article(store)
    store.subscribe(lambda change: told.append(change.operation.kind))
    by_another_program(project, "UPDATE article SET title = 'Once'")
    titles.append("Twice")
    edits.add_source(store, "Ministry")
    assert (told, titles) == (["foreign", "edit"], [])
    assert store.notice_others()
    assert not store.notice_others()


@pytest.mark.parametrize("readonly", [False, True])
def test_a_file_that_another_program_spoils_is_told_as_such_and_a_look_at_it_is_no_fault(
    opened, project, readonly
):
    writer = opened()
    two_marks(writer)
    store = opened(readonly=True) if readonly else writer
    store.notice_others()
    with project.open("rb+") as file:
        file.write(bytes(8192))
    assert not store.notice_others()
    with pytest.raises(UserError):
        lists.marks(store)
