"""A bulk operation is hidden until it is sealed, gone if it fails, and undone exactly."""

import itertools
import json
import os
import signal
import sqlite3
import threading

import pytest

from annotator.domain.errors import UserError
from annotator.domain.ids import new_id
from annotator.domain.model import Article, Link, Mark, Mention, Proposition, Ref, Source
from annotator.domain.spans import Span
from annotator.store import edits, lists, picking, read
from annotator.store.imports import import_records
from annotator.store.rows import TABLES
from annotator.store.schema import JOURNALED
from annotator.store.store import Store
from tests.store.samples import (
    TEXT,
    add_article,
    articles_with,
    by_another_program,
    dump,
    dump_file,
    fill,
    names,
    two_marks,
)

VIEWS = ("v_marks", "v_links", "v_claims", "v_disputes")


def insert(bulk, table, **row):
    row = {"id": new_id(), "operation": bulk.operation} | row
    columns = ", ".join(f'"{name}"' for name in row)
    bulk.insert(f"INSERT INTO main.{table} ({columns})", [tuple(row.values())])
    return row["id"]


def write_a_bit_of_everything(store, bulk, article, claim, denial):
    """Unsealed rows in each table that reads look at, hung on rows that are sealed."""
    sha256 = store.query("SELECT sha256 FROM main.article")[0][0]
    source = insert(bulk, "source", number=90, name="Hidden ministry", kind="state")
    other = insert(bulk, "article", number=90, sha256=sha256, title="Hidden")
    where = {"start": 0, "end": 3, "reach": 16, "spans": "[[0,3]]", "quotes": '["The"]', "contexts": "[]"}
    mark = insert(bulk, "mark", number=90, article=article, label="claim", **where)
    insert(bulk, "mark", number=91, article=other, label="claim", **where)
    insert(bulk, "attribution", mark=claim, level=0, source=source)
    node = insert(bulk, "proposition", number=90, text="Hidden claim")
    for one in (mark, claim):
        insert(bulk, "mention", mark=one, proposition=node, stance="support")
    shown_node = store.query("SELECT id FROM shown_proposition")[0][0]
    insert(bulk, "mention", mark=mark, proposition=shown_node, stance="deny")
    insert(bulk, "link", kind="denies", from_mark=mark, to_mark=claim)
    insert(bulk, "link", kind="supports", from_mark=denial, to_mark=claim)
    insert(bulk, "pin", mark=claim)
    insert(bulk, "exhibit", title="Hidden")
    insert(bulk, "judgement", on_source=source, scale="reliability", value="low")
    insert(bulk, "scheme", version=90, data=json.dumps(dict(read.scheme(store).data) | {"version": 90}))
    insert(bulk, "annotator", name="Hidden")
    bulk.flush()


def everything_read(store, article, marks):
    """What every reading function says, and every view."""
    return {
        "records": {record: read.records(store, record) for record in TABLES},
        "counts": {record: read.count(store, record) for record in TABLES},
        "scheme": read.scheme(store).version,
        "annotators": read.annotators(store),
        "ids": read.mark_ids(store, article),
        "articles": lists.articles(store),
        "count": (lists.count_marks(store), lists.count_marks(store, text="e")),
        "places": lists.article_places(store),
        "marks": lists.marks(store),
        "shapes": lists.shapes(store, article, 0, 10_000),
        "next": picking.neighbour(store, article, 0, None),
        "density": lists.density(store, article, 10),
        "links": lists.links(store, marks),
        "mentions": [read.mentions_of(store, mark) for mark in marks],
        "links of": [read.links_of(store, mark) for mark in marks],
        "sources": lists.sources(store),
        "recent": lists.recent_sources(store, article),
        "claims": lists.claims(store),
        "history": lists.history(store),
        "history of marks": [lists.history(store, mark=mark) for mark in marks],
        "search": articles_with(store, "bridge"),
        "views": {view: store.query(f"SELECT * FROM {view}") for view in VIEWS},
    }


def test_rows_of_an_unsealed_operation_are_hidden_from_every_reader(opened, project):
    store = opened()
    claim, denial = two_marks(store)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    article = read.mark(store, claim).article
    before = everything_read(store, article, [claim, denial])

    def look():
        assert everything_read(store, article, [claim, denial]) == before
        second = opened(readonly=True)
        assert everything_read(second, article, [claim, denial]) == before
        second.close()
        copy = store.snapshot()
        assert everything_read(copy, article, [claim, denial]) == before
        copy.close()
        plain = sqlite3.connect(project)
        found = {view: plain.execute(f"SELECT * FROM {view}").fetchall() for view in VIEWS}
        plain.close()
        assert found == before["views"]

    with store.bulk("import") as bulk:
        write_a_bit_of_everything(store, bulk, article, claim, denial)
        look()
    after = everything_read(store, article, [claim, denial])
    assert after["scheme"] == 90
    assert all(after[name] != before[name] for name in ("articles", "marks", "links", "sources", "claims"))
    assert all(after["views"][view] != before["views"][view] for view in VIEWS)
    assert lists.history(store, mark=after["marks"][0].id)[0].name == "import"


def test_a_bulk_operation_that_fails_leaves_nothing_and_the_next_numbers_are_dense(store):
    claim, denial = two_marks(store)
    edits.add_proposition(store, "The bridge was closed")
    article = read.mark(store, claim).article
    before, operations = dump(store), len(names(store))

    def fail():
        with store.bulk("import") as bulk:
            write_a_bit_of_everything(store, bulk, article, claim, denial)
            with bulk.editing():
                edits.edit_mark(store, claim, note="changed on the way")
                edits.add_source(store, "Made by an edit")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert dump(store) == before
    assert len(names(store)) == operations
    edits.edit_mark(store, claim, note="after")
    assert [row[0] for row in store.query("SELECT seq FROM operation ORDER BY rowid")] == list(
        range(1, operations + 2)
    )
    assert store.query("SELECT count(*) FROM change WHERE operation NOT IN (SELECT id FROM operation)") == [
        (0,)
    ]


def test_an_edit_after_a_failed_bulk_operation_is_noted(store):
    claim, denial = two_marks(store)
    edits.add_proposition(store, "x")
    article = read.mark(store, claim).article

    def fail():
        with store.bulk("import") as bulk:
            write_a_bit_of_everything(store, bulk, article, claim, denial)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    before = dump(store)
    edits.add_mark(store, article, "claim", [(0, 3)])
    edits.delete_marks(store, [denial])
    store.undo()
    store.undo()
    assert dump(store) == before


def test_edits_inside_a_bulk_operation_are_undone_with_it(store):
    claim, denial = two_marks(store)
    edits.add_proposition(store, "x")
    article = read.mark(store, claim).article
    before = dump(store)
    with store.bulk("import") as bulk:
        write_a_bit_of_everything(store, bulk, article, claim, denial)
        with bulk.editing():
            edits.delete_marks(store, [denial])
            edits.edit_mark(store, claim, note="x")
            store.me()
    after = dump(store)
    for _ in range(2):
        store.undo()
        assert dump(store) == before
        store.redo()
        assert dump(store) == after


def test_no_other_operation_can_begin_while_a_bulk_one_runs(store):
    claim, _ = two_marks(store)
    with store.bulk("import") as bulk:
        insert(bulk, "exhibit", title="x")
        with pytest.raises(UserError, match="bulk-running"):
            edits.edit_mark(store, claim, note="x")
        with pytest.raises(UserError, match="bulk-running"):
            store.undo()
        with pytest.raises(UserError, match="bulk-running"), store.bulk("second"):
            pass
    assert names(store)[-1] == ("import", "bulk")
    edits.edit_mark(store, claim, note="x")


def test_a_worker_thread_can_run_a_bulk_operation(opened):
    store = opened()
    done = []
    thread = threading.Thread(target=lambda: done.append(add_article(store)))
    thread.start()
    thread.join()
    assert [row.id for row in lists.articles(store)] == done


def test_undo_and_redo_of_six_thousand_rows_are_exact(opened, reopen):
    store = opened()
    article = add_article(store)
    fill(store, article, TEXT, 10)
    before = dump(store)
    fill(store, article, TEXT, 3000)
    edits.delete_marks(store, [lists.marks(store, limit=1)[0].id])
    deleted = dump(store)
    store.undo()
    after = dump(store)
    assert sum(map(len, after.values())) - sum(map(len, before.values())) == 5999
    change = store.undo()
    assert (len(change.rows), change.is_whole) == (2000, False)
    assert dump(store) == before
    store = reopen(store)
    store.redo()
    assert dump(store) == after
    store = reopen(store)
    store.undo()
    assert dump(store) == before
    store.redo()
    store.redo()
    assert dump(store) == deleted


def records(count):
    article = Article(id=new_id(), text=TEXT, title="News")
    source = Source(id=new_id(), name="Ministry", kind="state")
    node = Proposition(id=new_id(), text="The bridge was closed")
    yield from (source, article)
    marks = [
        Mark(id=new_id(), article=article.id, label="claim", spans=(Span(n, n + 4),)) for n in range(count)
    ]
    yield from marks
    yield node
    for mark in marks:
        yield Mention(id=new_id(), mark=mark.id, proposition=node.id, stance="support")
    for first, second in itertools.pairwise(marks):
        yield Link(id=new_id(), kind="supports", origin=Ref("mark", first.id), target=Ref("mark", second.id))


def test_an_import_is_one_operation_and_undone_as_one(store):
    two_marks(store)
    before = dump(store)
    import_records(store, records(60))
    after = dump(store)
    assert names(store)[-1] == ("import", "bulk")
    store.undo()
    assert dump(store) == before
    store.redo()
    assert dump(store) == after
    assert lists.history(store, mark=lists.marks(store, text="The ")[-1].id)[-1].kind == "bulk"


def test_a_kill_in_the_middle_of_a_bulk_operation_leaves_the_project_as_it_was(project, me, opened):
    store = opened()
    claim, denial = two_marks(store)
    edits.add_proposition(store, "x")
    store.close()
    before = dump_file(project)
    child = os.fork()
    if child == 0:
        store = Store.open(project, me)
        with store.bulk("import") as bulk:
            write_a_bit_of_everything(store, bulk, read.mark(store, claim).article, claim, denial)
            with bulk.editing():
                edits.delete_marks(store, [claim])
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert dump_file(project) != before
    reading = opened(readonly=True)
    assert [row.title for row in lists.articles(reading)] == [None]
    reading.close()
    store = opened()
    assert dump(store) == before
    assert [kind for _, kind in names(store)] == ["bulk", "edit", "edit", "edit"]
    assert store.next_undo().name == "add-claim"
    assert {table: len(rows) for table, rows in before.items()}.keys() == set(JOURNALED)


def test_an_unsealed_operation_is_swept_even_if_another_program_touched_its_rows(project, me, opened):
    store = opened()
    claim, _ = two_marks(store)
    store.close()
    child = os.fork()
    if child == 0:
        store = Store.open(project, me)
        with store.bulk("import") as bulk:
            insert(bulk, "exhibit", title="x")
            with bulk.editing():
                edits.edit_mark(store, claim, note="by the import")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    by_another_program(project, f"UPDATE mark SET note = 'theirs' WHERE id = '{claim}'")
    store = opened()
    assert read.mark(store, claim).note == "theirs"
    assert store.query("SELECT count(*) FROM exhibit") == [(0,)]
    assert store.undo_stops_at().kind == "foreign"


def test_a_bulk_operation_may_have_nothing_for_one_of_its_tables(store):
    with store.bulk("import") as bulk:
        source = (new_id(), 1, bulk.operation, "Ministry", "state")
        bulk.insert_together(
            ("INSERT INTO main.source (id, number, operation, name, kind)", [source]),
            ("INSERT INTO main.pin (id, operation, mark)", []),
        )
    assert [row.name for row in lists.sources(store)] == ["Ministry"]
