"""Every edit is one operation that can be undone, or it has not happened."""

import json
import re
import sqlite3
import threading
from pathlib import Path

import pytest

import annotator.store
from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, new_id
from annotator.domain.model import Ref
from annotator.store import backup, edits, lists, read
from annotator.store.bulk import BulkCancelledError
from annotator.store.schema import JOURNALED
from annotator.store.store import Identity, Store
from tests.store.samples import TEXT, add_article, dump, names, place, price, two_marks


@pytest.mark.parametrize("table", JOURNALED)
def test_a_row_cannot_be_deleted_or_made_outside_an_operation(store, table):
    two_marks(store)
    row = store.query(f"SELECT * FROM main.{table} LIMIT 1")
    if row:
        with pytest.raises(sqlite3.IntegrityError, match="outside an operation"):
            store.execute(f"DELETE FROM main.{table} WHERE id = ?", (row[0][0],))
        with pytest.raises(sqlite3.IntegrityError, match="outside an operation"):
            store.execute(f"UPDATE main.{table} SET id = 'x' WHERE id = ?", (row[0][0],))
    else:
        with pytest.raises(sqlite3.IntegrityError):
            store.execute(f"INSERT INTO main.{table} (id) VALUES ('x')")
    with pytest.raises(sqlite3.IntegrityError, match="outside an operation"):
        store.execute("INSERT INTO main.project (id, name, operation) VALUES ('x', 'x', 'y')")


def test_no_statement_of_ours_deletes_rows_unseen_by_replacing_them():
    """REPLACE deletes without firing triggers, so that the journal would miss it."""
    for path in Path(annotator.store.__file__).parent.rglob("*.py"):
        assert not re.search(r"\bOR REPLACE\b|\bREPLACE INTO\b", path.read_text(encoding="utf-8"))


def test_an_edit_is_told_once_with_the_rows_it_touched(store):
    claim, denial = two_marks(store)
    told = []
    forget = store.subscribe(told.append)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    forget()
    edits.edit_mark(store, claim, note="x")
    assert [change.operation.name for change in told] == ["add-link"]
    assert set(told[0].ids) == {"link", "mention", "proposition"}
    assert told[0].is_whole


def test_an_operation_that_fails_leaves_nothing_and_the_next_works(store):
    claim, _ = two_marks(store)
    before, told = dump(store), []
    store.subscribe(told.append)

    def half():
        with store.operation("half"):
            edits.delete_marks(store, [claim])
            edits.add_source(store, "Port authority", "organisation")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert (dump(store), told) == (before, [])
    edits.edit_mark(store, claim, note="checked")
    assert read.mark(store, claim).note == "checked"
    assert [seq for (seq,) in store.query("SELECT seq FROM operation ORDER BY rowid")] == [1, 2, 3, 4]


def test_an_edit_that_changes_nothing_leaves_no_trace(store):
    claim, _ = two_marks(store)
    count = len(names(store))
    edits.edit_mark(store, claim, note=None)
    edits.relabel(store, claim, "claim")
    edits.set_spans(store, claim, read.mark(store, claim).spans)
    assert len(names(store)) == count


def test_a_nested_operation_joins_the_outer_one(store):
    claim, denial = two_marks(store)
    before = dump(store)
    with store.operation("tidy-up"):
        edits.edit_mark(store, claim, note="a")
        edits.edit_mark(store, denial, note="b")
    assert names(store)[-1] == ("tidy-up", "edit")
    store.undo()
    assert dump(store) == before


def test_a_nested_operation_that_fails_takes_back_its_own_part_only(store):
    claim, denial = two_marks(store)

    def half():
        with store.operation("half"):
            edits.edit_mark(store, denial, note="goes")
            edits.delete_marks(store, ["no such mark"])

    with store.operation("several"):
        edits.edit_mark(store, claim, note="stays")
        with pytest.raises(UserError):
            half()
    assert read.mark(store, claim).note == "stays"
    assert read.mark(store, denial).note is None
    after = dump(store)
    store.undo()
    store.redo()
    assert dump(store) == after


def test_another_thread_cannot_slip_into_an_operation(store):
    claim, _ = two_marks(store)
    failures = []

    def meddle():
        try:
            store.execute("UPDATE main.mark SET note = 'x'")
        except sqlite3.IntegrityError as error:
            failures.append(str(error))

    with store.operation("mine"):
        edits.edit_mark(store, claim, note="mine")
        thread = threading.Thread(target=meddle)
        thread.start()
        thread.join()
    assert failures == ["edit outside an operation"]


def test_undo_after_reopening_brings_a_deleted_mark_and_its_links_back(opened, reopen):
    store = opened()
    claim, denial = two_marks(store)
    link = edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    before = dump(store)
    edits.delete_marks(store, [claim])
    assert lists.links(store, [denial]) == []
    store = reopen(store)
    change = store.undo()
    assert change.ids["link"] == {link}
    assert dump(store) == before


def test_undo_of_another_session_and_of_somebody_else_is_told_apart(opened, reopen, me):
    store = opened()
    two_marks(store)
    assert store.is_from_this_session(store.next_undo())
    store = reopen(store)
    assert not store.is_from_this_session(store.next_undo())


def test_a_new_edit_after_an_undo_leaves_the_other_branch_in_the_history(store):
    claim, _ = two_marks(store)
    edits.edit_mark(store, claim, note="first thought")
    store.undo()
    edits.edit_mark(store, claim, note="second thought")
    assert store.next_redo() is None
    assert [kind for _, kind in names(store)][-3:] == ["edit", "undo", "edit"]
    images = [change.rows[0].new["note"] for change in map(store.change_of, _ids(store, "edit-mark", "edit"))]
    assert images == ["first thought", "second thought"]


def _ids(store, name, kind):
    return [
        row[0]
        for row in store.query(
            "SELECT id FROM operation WHERE name = ? AND kind = ? ORDER BY rowid", (name, kind)
        )
    ]


def test_undo_and_redo_name_the_operation_they_reverse(store):
    claim, _ = two_marks(store)
    edits.edit_mark(store, claim, note="x")
    (edit,) = _ids(store, "edit-mark", "edit")
    undo = store.undo().operation
    redo = store.redo().operation
    assert (undo.reverses, redo.reverses) == (edit, undo.id)
    assert (undo.name, redo.name) == ("edit-mark", "edit-mark")


def test_undo_with_nothing_left_changes_nothing(store):
    assert store.undo() is None
    assert store.redo() is None
    assert names(store) == []


def test_a_value_written_by_a_json_function_is_undone_like_any_other(store):
    claim, _ = two_marks(store)
    before = dump(store)
    with store.operation("bulk-value"):
        store.execute("UPDATE main.mark SET attributes = json_set(attributes, '$.place', 'Kyiv')")
    after = dump(store)
    store.undo()
    assert dump(store) == before
    store.redo()
    assert dump(store) == after
    assert read.mark(store, claim).attributes["place"] == "Kyiv"


@pytest.mark.parametrize("note", ["a\x00b", '\U0001f309 “quoted” \\ "back"', "\u2028\x1f", "null", "", "{}"])
def test_every_text_comes_back_as_it_was(store, note):
    claim, _ = two_marks(store)
    edits.edit_mark(store, claim, note=note)
    before = dump(store)
    edits.edit_mark(store, claim, note="other")
    store.undo()
    assert dump(store) == before


def test_undo_refuses_where_a_row_is_not_as_the_operation_left_it(store):
    claim, _ = two_marks(store)
    edits.edit_mark(store, claim, note="x")
    store._connection.execute("DROP TRIGGER temp.journal_mark_UPDATE")
    store._connection.execute("UPDATE main.mark SET note = 'unnoted' WHERE id = ?", (claim,))
    before = dump(store)
    with pytest.raises(UserError, match="undo-stale"):
        store.undo()
    assert dump(store) == before


def test_an_annotator_has_a_row_only_once_something_is_signed(store, me):
    article = add_article(store)
    with store.operation("outlet"):
        edits.set_status(store, article, "reading")
    known = set(read.annotators(store))
    edits.add_mark(store, article, "claim", [place(TEXT, "the bridge")])
    assert set(read.annotators(store)) - known <= {me.annotator}
    assert read.annotators(store)[me.annotator] == "Ada"


def test_reading_alone_signs_nothing(store):
    assert read.annotators(store) == {}
    edits.add_source(store, "Harbour master")
    assert read.annotators(store) == {}


def test_a_mailed_copy_goes_on_under_its_own_site_with_dense_numbers(opened, project, me):
    store = opened()
    two_marks(store)
    store.close()
    other = Identity(site=new_id(), annotator=AnnotatorId(new_id()), name="Ben")
    copy = opened(other)
    edits.add_source(copy, "Ministry", "organisation")
    copy.close()
    mine = opened(me)
    edits.add_source(mine, "Harbour", "organisation")
    found = mine.query("SELECT site, seq FROM operation ORDER BY rowid")
    assert found == [(me.site, 1), (me.site, 2), (me.site, 3), (other.site, 1), (me.site, 4)]
    assert len({row[0] for row in mine.query("SELECT id FROM operation")}) == len(found)
    assert not mine.is_from_this_session(mine.operation_of(_ids(mine, "add-source", "edit")[0]))


def test_operations_keep_their_order_when_the_clock_jumps_back(opened):
    hours = 3_600_000
    now = [1_700_000_000_000]
    store = opened(wall_ms=lambda: now[0])
    article = add_article(store)
    for jump in (0, -30 * 365 * 24 * hours, 5 * hours, -1):
        now[0] += jump
        edits.add_source(store, f"Source {jump}")
    store.close()
    now[0] = 0
    store = opened(wall_ms=lambda: now[0])
    edits.set_status(store, article, "done")
    clocks = [row[0] for row in store.query("SELECT clock FROM operation ORDER BY rowid")]
    assert clocks == sorted(set(clocks))
    assert [row.name for row in lists.history(store)][:2] == ["set-status", "add-source"]
    assert store.next_undo().name == "set-status"


def test_the_scheme_stored_last_counts_even_if_its_id_sorts_first(store):
    data = dict(read.scheme(store).data)
    edits.set_scheme(store, data | {"version": 2})
    with store.operation("set-scheme"):
        store.execute(
            "INSERT INTO main.scheme (id, version, data) VALUES (?, 3, ?)",
            ("00000000-0000-7000-8000-000000000000", json.dumps(data | {"version": 3})),
        )
    assert read.scheme(store).version == 3
    store.undo()
    assert read.scheme(store).version == 2
    store.redo()
    assert read.scheme(store).version == 3


def test_the_history_of_a_mark_names_all_that_touched_it(store):
    claim, denial = two_marks(store)
    source = edits.add_source(store, "Ministry", "organisation")
    edits.set_source(store, claim, source)
    link = edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    edits.edit_mark(store, denial, note="not the claim")
    edits.delete_link(store, link)
    edits.delete_marks(store, [claim])
    found = [row.name for row in lists.history(store, mark=claim)]
    assert found == ["delete-mark", "delete-link", "add-link", "set-source", "add-mark"]


def test_a_snapshot_stays_as_it_was(store):
    claim, _ = two_marks(store)
    copy = store.snapshot()
    edits.edit_mark(store, claim, note="later")
    assert read.mark(copy, claim).note is None
    with pytest.raises(UserError, match="project-readonly"):
        edits.edit_mark(copy, claim, note="x")
    copy.close()


def test_a_snapshot_that_nobody_wants_any_more_is_given_up_half_way(store, monkeypatch):
    monkeypatch.setattr(backup, "_PAGES_AT_ONCE", 1)
    asked = []

    def wish(count):
        asked.append(count)
        return len(asked) < 3

    with pytest.raises(BulkCancelledError):
        store.snapshot(wish)
    assert asked == [0, 0, 0]
    edits.add_source(store, "Ministry")
    copy = store.snapshot()
    assert dump(copy) == dump(store)
    copy.close()


def test_a_memory_project_is_forgotten_when_closed():
    store = Store.memory()
    edits.add_source(store, "Ministry")
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.query("SELECT 1")


def test_an_edit_and_its_undo_cost_the_same_after_ten_operations_and_after_two_thousand(store):
    claim, _ = two_marks(store)
    acts = {
        "an edit": lambda: edits.edit_mark(store, claim, note="x"),
        "what undo would reverse": store.next_undo,
        "undo": store.undo,
        "redo": store.redo,
        "undo once more": store.undo,
        "taking up the history": store._history.read_again,
        "its last operation": store._history.last,
    }
    prices = []
    for times in (10, 2000):
        for number in range(times):
            edits.edit_mark(store, claim, note=str(number))
        prices.append({name: price(store, act) for name, act in acts.items()})
    assert prices[0] == prices[1]
