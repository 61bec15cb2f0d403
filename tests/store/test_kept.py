"""What was found follows from the project: it is seen at once and waits for the disk."""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from threading import Event, get_ident

import pytest

from annotator.domain.errors import UserError
from annotator.domain.model import Mark
from annotator.store import edits
from annotator.store.by_column import named
from annotator.store.loose_ends import backlog, catch_up, counts
from annotator.store.store import Store
from annotator.store.transactions import Transactions
from tests.store.samples import add_article, asked_of, by_another_program, dump, names


@pytest.fixture
def looked(opened):
    """A project in a file in which a denial of nothing was just found."""
    store = opened()
    edits.add_mark(store, add_article(store, status="done"), "denial", [(0, 9)])
    assert commits(store, lambda: catch_up(store)) == 0
    return store


def commits(store, act):
    with asked_of(store) as statements:
        act()
    return statements.count("COMMIT")


def ended(storing):
    storing._thread.join()
    storing.end()


def open_ends(store):
    return counts(store)[False]


def in_the_file(path):
    with closing(sqlite3.connect(path)) as other:
        return other.execute("SELECT count(*) FROM loose_end").fetchone()[0]


def test_what_was_found_is_seen_at_once_and_goes_to_the_file_with_the_next_edit(looked, project):
    assert open_ends(looked)["denial_without_target"] == 1
    assert in_the_file(project) == 0
    article = looked.query("SELECT id FROM shown_article")[0][0]
    assert commits(looked, lambda: edits.edit_article(looked, article, note="to be called")) == 1
    assert in_the_file(project) == sum(open_ends(looked).values())


def test_in_a_pause_it_goes_to_the_file_on_its_own_and_once(looked, project):
    assert commits(looked, looked.store_kept) == 1
    assert in_the_file(project) == sum(open_ends(looked).values())
    assert commits(looked, looked.store_kept) == 0


def test_a_thread_brings_it_to_the_file_and_the_window_goes_on(looked, project):
    threads = []
    looked._connection.set_trace_callback(
        lambda sql: threads.append(get_ident()) if sql == "COMMIT" else None
    )
    storing = looked.store_kept_beside()
    ended(storing)
    looked._connection.set_trace_callback(None)
    assert len(threads) == 1
    assert threads[0] != get_ident()
    assert in_the_file(project) == sum(open_ends(looked).values())
    assert looked.store_kept_beside() is None


def test_an_edit_that_begins_first_takes_along_what_a_thread_is_to_store(looked, project):
    article = looked.query("SELECT id FROM shown_article")[0][0]
    with looked._transactions.alone:
        storing = looked.store_kept_beside()
        assert commits(looked, lambda: edits.edit_article(looked, article, note="to be called")) == 1
    assert commits(looked, lambda: ended(storing)) == 0
    assert in_the_file(project) == sum(open_ends(looked).values())


def test_a_copy_waits_for_the_thread_that_stores_what_was_found(looked, project, monkeypatch):
    begun, may_commit = Event(), Event()

    def commit(transactions, *arguments):
        begun.set()
        assert may_commit.wait(10)
        return usual(transactions, *arguments)

    usual = Transactions._commit
    monkeypatch.setattr(Transactions, "_commit", commit)
    storing = looked.store_kept_beside()
    assert begun.wait(10)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(looked.store_kept)
        assert not wait([waiting], 0.2).done
        may_commit.set()
        waiting.result()
    ended(storing)
    assert in_the_file(project) == sum(open_ends(looked).values())


@pytest.mark.parametrize("is_left_alone", [False, True])
def test_a_project_is_closed_while_a_thread_is_to_store_what_was_found(looked, opened, is_left_alone):
    found = open_ends(looked)
    with looked._transactions.alone:
        storing = looked.store_kept_beside()
        if is_left_alone:
            looked._file.leave_alone()
        looked.close()
    storing._thread.join()
    store = opened()
    catch_up(store)
    assert open_ends(store) == found


def test_a_thread_that_cannot_store_it_says_so_where_it_is_ended(looked, project):
    project.rename(project.with_suffix(".moved"))
    storing = looked.store_kept_beside()
    with pytest.raises(UserError, match="project-moved"):
        ended(storing)


def test_what_a_thread_finds_that_another_program_wrote_is_told_on_the_thread_of_the_window(opened, project):
    store = opened()
    edits.add_mark(store, add_article(store, status="done"), "denial", [(0, 9)])
    by_another_program(project, "UPDATE mark SET note = 'theirs'")
    catch_up(store)
    told = []
    store.subscribe(lambda change: told.append((change.operation.kind, get_ident())))
    storing = store.store_kept_beside()
    storing._thread.join()
    assert told == []
    storing.end()
    assert told == [("foreign", get_ident())]


def test_closing_takes_it_along(looked, reopen):
    found = open_ends(looked)
    store = reopen(looked)
    assert (open_ends(store), backlog(store).rows) == (found, 0)


def test_undo_and_redo_take_it_along(looked, project):
    before = dump(looked)
    looked.undo()
    assert in_the_file(project) == sum(open_ends(looked).values())
    catch_up(looked)
    looked.redo()
    catch_up(looked)
    assert dump(looked) == before
    assert open_ends(looked)["denial_without_target"] == 1


def refused(store):
    with store.operation("try"):
        edits.add_source(store, "Turchynov")
        raise UserError("disk-full")


def test_an_edit_that_is_refused_leaves_it_waiting(looked, project):
    found = open_ends(looked)
    with pytest.raises(UserError):
        refused(looked)
    assert (open_ends(looked), in_the_file(project)) == (found, 0)
    looked.store_kept()
    assert in_the_file(project) == sum(found.values())


def test_a_kill_takes_it_back_and_it_is_looked_at_again(looked, project, tmp_path, me):
    found = open_ends(looked)
    left = tmp_path / "left.annotator"
    shutil.copyfile(project, left)
    shutil.copyfile(f"{project}-journal", f"{left}-journal")
    store = Store.open(left, me)
    assert (open_ends(store), bool(backlog(store).rows)) == ({}, True)
    catch_up(store)
    assert open_ends(store) == found
    store.close()


def test_others_may_read_the_project_meanwhile(looked, project, opened):
    reader = opened(readonly=True)
    assert (open_ends(reader), names(reader)) == ({}, names(looked))
    beside = looked.reader(lambda: False)
    assert open_ends(beside) == {}
    beside.close()


def test_a_copy_made_meanwhile_is_whole(looked, tmp_path, me):
    copy = tmp_path / "copy.annotator"
    looked.save_copy(copy)
    store = Store.open(copy, me)
    assert dump(store) == dump(looked)
    catch_up(store)
    assert open_ends(store) == open_ends(looked)
    store.close()
    snapshot = looked.snapshot()
    assert dump(snapshot) == dump(looked)
    snapshot.close()


def test_what_another_program_wrote_before_is_noted_with_the_next_edit(opened, project):
    store = opened()
    edits.add_mark(store, add_article(store, status="done"), "denial", [(0, 9)])
    by_another_program(project, "UPDATE mark SET note = 'theirs'")
    catch_up(store)
    edits.add_source(store, "Turchynov")
    assert [kind for _, kind in names(store)[-2:]] == ["foreign", "edit"]


def test_many_rows_can_be_deleted_at_once_while_it_waits(looked):
    article = looked.query("SELECT id FROM shown_article")[0][0]
    with looked.large("delete-article", {}) as large:
        assert looked._connection.execute("PRAGMA foreign_keys").fetchone()[0] == 0
        large.take("article", [article])
    assert looked.query("SELECT count(*) FROM shown_mark")[0][0] == 0


def test_no_half_of_a_refused_edit_waits_where_it_cannot_be_taken_back_alone(looked, project):
    def deny(action, first, second, *_):
        is_back = (action, first, second) == (sqlite3.SQLITE_SAVEPOINT, "ROLLBACK", "joined")
        return sqlite3.SQLITE_DENY if is_back else sqlite3.SQLITE_OK

    looked._connection.set_authorizer(deny)
    with pytest.raises(UserError):
        refused(looked)
    looked.store_kept()
    assert looked.query("SELECT count(*) FROM main.source") == [(0,)]
    catch_up(looked)
    looked.store_kept()
    assert in_the_file(project) == sum(open_ends(looked).values()) > 0


def test_an_edit_is_not_refused_twice_for_what_was_found(looked, project):
    article = looked.query("SELECT id FROM shown_article")[0][0]
    (pages,) = looked.query("PRAGMA page_count")[0]
    looked.query(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UserError, match="disk-full"):
        edits.edit_article(looked, article, note="to be called " * 1000 * pages)
    edits.edit_article(looked, article, note="to be called")
    assert commits(looked, lambda: catch_up(looked)) > 0
    assert in_the_file(project) == sum(open_ends(looked).values()) > 0


def import_a_source(store):
    with store.bulk("import") as bulk, bulk.editing():
        edits.add_source(store, "Turchynov")


@pytest.mark.parametrize("begin", [import_a_source, lambda store: store.snapshot().close()])
def test_what_another_thread_begins_waits_until_what_was_found_is_whole(looked, begin):
    with ThreadPoolExecutor(1) as threads:
        with looked.keeping(at_once=False):
            looked.execute("INSERT INTO main.unchecked (tbl, row) VALUES ('every', 'article')")
            other = threads.submit(begin, looked)
            assert not wait([other], 0.2).done
            looked.execute("DELETE FROM main.unchecked WHERE tbl = 'every'")
        other.result()
    assert looked.query("PRAGMA integrity_check") == [("ok",)]


def test_the_window_reads_on_while_an_import_writes(opened):
    store = opened()
    article = add_article(store)
    marks = [edits.add_mark(store, article, "denial", [(0, 9)]) for _ in range(30)]
    with ThreadPoolExecutor(1) as threads:
        imports = threads.submit(lambda: [import_a_source(store) for _ in range(20)])
        while not imports.done():
            assert len(named(store, Mark, marks)) == 30
        imports.result()
