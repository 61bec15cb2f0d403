"""Operations of very many rows: whole or not there for every reader at every moment, and undone exactly."""

import json
import shutil
import sqlite3
from contextlib import closing
from itertools import cycle, pairwise

import pytest

from annotator.domain import runs
from annotator.domain.errors import UserError
from annotator.domain.ids import new_id
from annotator.domain.model import Article, Dismissal, Judgement, Link, Mark, Pin, Ref
from annotator.domain.spans import Span
from annotator.store import edits, large, lists, read, remains
from annotator.store.bulk import Bulk, BulkCancelledError
from annotator.store.edits import articles, marks
from annotator.store.imports import import_records
from annotator.store.schema import JOURNALED
from annotator.store.store import Store
from tests.campaign import kills, size
from tests.store.samples import TEXT, add_article, dump, dump_file, names

VIEWS = ("v_marks", "v_links", "v_claims", "v_disputes")
PLACES = [[(start, start + 5)] for start in range(0, 140, 12)]


@pytest.fixture(autouse=True)
def little_is_much(monkeypatch):
    """Batches of a few rows, and everything of more than a few rows is large."""
    monkeypatch.setattr(large, "BATCH", 4)
    monkeypatch.setattr(large, "ROOTS", 4)
    monkeypatch.setattr(remains, "FINISHED_AT_ONCE", 15)
    monkeypatch.setattr(Bulk, "BATCH", 4)
    monkeypatch.setattr("annotator.store.undoing.LARGE", 5)
    monkeypatch.setattr(runs, "AT_ONCE", 4)
    for edits_of in (articles, marks):
        monkeypatch.setattr(edits_of, "MANY", 3)


def disputed(store):
    """An article whose marks have chains, links across articles, and claims of their own and shared ones."""
    here, there = add_article(store, TEXT), add_article(store, f"Elsewhere. {TEXT}")
    ministry = edits.add_source(store, "Ministry")
    mine = edits.label_places(store, "claim", [(here, spans) for spans in PLACES], source=ministry)
    far, other = two_marks_at(store, there)
    for mark in mine[:6]:
        edits.add_link(store, "denies", Ref("mark", far), Ref("mark", mark))
    edits.add_link(store, "relates_to", Ref("mark", mine[0]), Ref("mark", other))
    edits.add_link(store, "relates_to", Ref("mark", mine[1]), Ref("mark", mine[2]))
    shared = edits.add_proposition(store, "The bridge was closed")
    lone = edits.add_proposition(store, "Nobody was there")
    for mark in (mine[3], other):
        edits.add_mention(store, mark, shared)
    edits.add_mention(store, mine[4], lone)
    edits.add_link(store, "supports", Ref("mark", mine[5]), Ref("proposition", lone))
    edits.add_record(store, Pin(id="", mark=mine[7]))
    edits.add_record(store, Dismissal(id="", rule="mark-without-source", target=Ref("mark", mine[8])))
    edits.add_record(store, Judgement(id="", target=Ref("article", here), scale="reliability", value="low"))
    edits.edit_mark(store, mine[9], note="“мост” \x00")
    return here


def two_marks_at(store, article):
    return [edits.add_mark(store, article, label, [(3, 9)]) for label in ("denial", "evidence")]


def seen(store):
    """Every row a reader sees, and what the views for plain SQL say."""
    rows = {table: store.query(f"SELECT * FROM shown_{table} ORDER BY id") for table in JOURNALED}
    return rows | {view: store.query(f"SELECT * FROM {view} ORDER BY id") for view in VIEWS}


def plainly(path):
    """The views as a program sees them that knows nothing of ours."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as plain:
        return {view: plain.execute(f"SELECT * FROM {view} ORDER BY id").fetchall() for view in VIEWS}


def label_again(store, article, progress=None):
    places = [(article, [(start, start + 4)]) for start in range(1, 120, 9)]
    edits.label_places(store, "denial", places, attributes={"certainty": "possible"}, progress=progress)


def import_more(store, _article, progress=None):
    """An article that comes with marks, of which each denies the one before it."""
    marks = [
        Mark(id=f"m{number}", article="more", label=label, spans=[Span(*one) for one in spans],
             quotes=[TEXT[slice(*one)] for one in spans])
        for number, (label, spans) in enumerate(zip(cycle(["claim", "denial"]), PLACES, strict=False))
    ]  # fmt: skip
    links = [
        Link(id=f"l{one.id}", kind="denies", origin=Ref("mark", two.id), target=Ref("mark", one.id))
        for one, two in list(pairwise(marks))[::2]
    ]
    import_records(store, [Article(id="more", text=TEXT), *marks, *links], progress=progress)


ACTS = {
    "import": import_more,
    "undo of import": lambda store, article, progress: store.undo(progress),
    "redo of import": lambda store, article, progress: store.redo(progress),
    "label-all": lambda store, article, progress: label_again(store, article, progress),
    "undo of label-all": lambda store, article, progress: store.undo(progress),
    "redo of label-all": lambda store, article, progress: store.redo(progress),
    "deletion": lambda store, article, progress: edits.delete_article(store, article, progress),
    "undo of deletion": lambda store, article, progress: store.undo(progress),
    "redo of deletion": lambda store, article, progress: store.redo(progress),
}


@pytest.fixture(params=ACTS)
def at_hand(request, opened):
    """A store in which a large act can be carried out next: (store, act)."""
    store = opened()
    article = disputed(store)
    act = ACTS[request.param]
    name = request.param.rpartition(" ")[2]
    if " of " in request.param:
        ACTS[name](store, article, None)
    if request.param.startswith("redo"):
        store.undo()
    return store, lambda progress=None: act(store, article, progress)


def test_no_reader_sees_half_of_a_large_operation(at_hand, project):
    store, act = at_hand
    reader = store.reader()
    before = seen(store)
    views = plainly(project)
    moments = []

    def look(rows):
        del rows
        now = seen(store)
        assert now == seen(reader)
        assert {view: now[view] for view in VIEWS} == plainly(project)
        moments.append(now)
        return True

    act(look)
    after = seen(store)
    reader.close()
    assert {view: before[view] for view in VIEWS} == views != plainly(project)
    assert len(moments) > 3
    assert all(moment in (before, after) for moment in moments)
    assert before in moments


def test_a_kill_at_any_batch_leaves_the_tables_as_before_or_as_after(at_hand, project, me, tmp_path):
    store, act = at_hand
    before, taken = dump(store), []

    def keep(rows):
        del rows
        taken.append(shutil.copy(project, tmp_path / f"moment{len(taken)}.annotator"))
        return True

    act(keep)
    after = dump(store)
    assert before != after
    found = []
    for path in taken:
        with closing(Store.open(path, me)) as again:
            found.append(dump(again))
            assert found[-1] in (before, after)
            assert again.query("PRAGMA foreign_key_check") == []
            assert (
                again.query("SELECT 1 FROM operation WHERE sealed = 0 UNION SELECT 1 FROM unfinished") == []
            )
            assert "foreign" not in {kind for _, kind in names(again)}
            again.undo()
            again.redo()
            assert dump(again) == found[-1]
    assert before in found


def test_a_large_operation_that_is_cancelled_leaves_nothing(at_hand):
    store, act = at_hand
    before, operations = dump(store), names(store)
    told = []

    def stop_at_the_third(rows):
        told.append(rows)
        return len(told) < 3

    with pytest.raises(BulkCancelledError):
        act(stop_at_the_third)
    assert (dump(store), names(store)) == (before, operations)
    act()
    assert dump(store) != before
    assert store.undo() or store.redo()


def test_a_large_deletion_takes_what_a_small_one_takes(opened, monkeypatch):
    store = opened()
    article = disputed(store)
    edits.delete_article(store, article)
    many = dump(store)
    store.undo()
    monkeypatch.setattr(articles, "MANY", 10_000)
    monkeypatch.setattr(marks, "MANY", 10_000)
    edits.delete_article(store, article)
    assert dump(store) == many
    assert store.query("PRAGMA foreign_key_check") == []
    texts = {row[0] for row in store.query("SELECT text FROM proposition")}
    assert "The bridge was closed" in texts
    assert "Nobody was there" not in texts


def test_undo_and_redo_of_large_operations_are_exact_across_sessions(opened, reopen):
    store = opened()
    article = disputed(store)
    pictures = [dump(store)]
    label_again(store, article)
    pictures.append(dump(store))
    edits.delete_marks(store, read.mark_ids(store, article)[:9])
    pictures.append(dump(store))
    edits.delete_article(store, article)
    pictures.append(dump(store))
    for _ in range(2):
        for picture in pictures[-2::-1]:
            store.undo()
            assert dump(store) == picture
        store = reopen(store)
        for picture in pictures[1:]:
            store.redo()
            assert dump(store) == picture
        store = reopen(store)


def test_what_was_done_in_batches_can_be_turned_round_at_once_and_the_other_way(opened, monkeypatch):
    store = opened()
    article = disputed(store)
    before = dump(store)
    edits.delete_article(store, article)
    after = dump(store)
    for limit in (5, 10_000, 10_000, 5, 5, 10_000):
        monkeypatch.setattr("annotator.store.undoing.LARGE", limit)
        store.undo()
        assert dump(store) == before
        monkeypatch.setattr("annotator.store.undoing.LARGE", 10_005 - limit)
        store.redo()
        assert dump(store) == after


def test_a_row_touched_twice_in_one_operation_is_turned_round_once(store):
    article = add_article(store)
    kept = edits.add_mark(store, article, "claim", [(0, 3)])
    gone = edits.add_mark(store, article, "claim", [(4, 9)])
    before = dump(store)
    with store.operation("much"):
        made = [edits.add_source(store, f"Source {number}") for number in range(9)]
        edits.edit_source(store, made[0], note="changed at once")
        edits.delete_source(store, made[1])
        edits.edit_mark(store, kept, note="one")
        edits.edit_mark(store, kept, note="two")
        edits.edit_mark(store, gone, note="before it goes")
        edits.delete_marks(store, [gone])
    after = dump(store)
    for _ in range(2):
        store.undo()
        assert dump(store) == before
        store.redo()
        assert dump(store) == after


def test_a_change_by_another_program_stops_a_large_undo_before_anything_is_done(store):
    article = disputed(store)
    label_again(store, article)
    edits.delete_article(store, article)
    back = json.loads(store.query("SELECT old FROM change WHERE tbl = 'exhibit' OR tbl = 'mark'")[-1][0])
    with store.large("stray", {}) as stray, stray._writing():
        names_, values = ", ".join(f'"{name}"' for name in back), tuple(back.values())
        back_again = f"INSERT INTO mark ({names_}) VALUES ({', '.join('?' * len(values))})"
        store._connection.execute(back_again, values)
        store._connection.execute("UPDATE operation SET undo_top = below WHERE id = ?", (stray.operation,))
    before = dump(store)
    with pytest.raises(UserError, match="undo-stale"):
        store.undo()
    assert dump(store) == before


def test_label_all_passes_over_what_bears_the_label_and_says_it_was_set_in_bulk(store):
    first, second = add_article(store), add_article(store, f"Again: {TEXT}")
    there = edits.add_mark(store, first, "claim", [(0, 3)])
    places = [(second, [(0, 5)]), (first, [(0, 3)]), (first, [(4, 9), (12, 15)]), (second, [(0, 5)])]
    made = edits.label_places(store, "claim", places, attributes={"certainty": "possible"})
    assert len(made) == 2
    mark = read.mark(store, made[1])
    assert (mark.article, len(mark.quotes)) == (first, 2)
    assert (mark.attributes["certainty"], mark.origins["certainty"]) == ("possible", "bulk")
    assert mark.annotator == store.identity.annotator
    assert [row.number for row in lists.marks(store)] == [1, 3, 2]
    assert names(store)[-1] == ("label-places", "bulk")
    assert store.query("SELECT count(*) FROM change WHERE operation = (SELECT max(id) FROM operation)") == [
        (0,)
    ]
    store.undo()
    assert [row.id for row in lists.marks(store)] == [there]


def test_label_all_of_nothing_new_leaves_no_operation(store):
    article = add_article(store)
    edits.add_mark(store, article, "claim", [(0, 3)])
    before = names(store)
    assert edits.label_places(store, "claim", [(article, [(0, 3)])]) == []
    assert names(store) == before


@pytest.mark.parametrize(
    ("label", "spans", "code"),
    [("no label", [(0, 3)], "label-unknown"), ("claim", [(0, 9999)], "span-outside")],
)
def test_label_all_refuses_what_a_mark_refuses_and_then_makes_none(store, label, spans, code):
    article = add_article(store)
    before = dump(store)
    with pytest.raises(UserError, match=code):
        edits.label_places(store, label, [(article, [(0, 3)]), (article, spans)])
    assert dump(store) == before


def test_the_disk_failing_after_the_seal_leaves_the_deletion_done(opened, project, monkeypatch):
    store = opened()
    article = disputed(store)
    told = []
    store.subscribe(lambda change: told.append(change.operation.name))
    delete_gone, failing = store._journal.delete_gone, [True]

    def fail_once(*given):
        if failing.pop() if failing else False:
            raise sqlite3.OperationalError("disk I/O error")
        return delete_gone(*given)

    monkeypatch.setattr(store._journal, "delete_gone", fail_once)
    edits.delete_article(store, article)
    assert told == ["delete-article"]
    assert not read.is_there(store, "article", article)
    assert article in {row[0] for row in dump_file(project)["article"]}
    edits.add_source(store, "Afterwards")
    assert article not in {row[0] for row in dump_file(project)["article"]}
    store.undo()
    store.undo()
    assert read.is_there(store, "article", article)


def test_an_edit_cannot_begin_beside_a_large_operation(store):
    article = disputed(store)
    refused = []

    def meanwhile(rows):
        del rows
        with pytest.raises(UserError, match="bulk-running"):
            edits.add_source(store, new_id())
        refused.append(True)
        return True

    edits.delete_article(store, article, meanwhile)
    assert refused


def test_a_program_killed_at_random_in_large_operations_loses_nothing_and_leaves_no_half():
    outcome = kills.kill("large", 4)
    assert outcome.found == []


def test_each_act_of_the_bulk_road_is_exact_though_it_is_killed_in_its_middle():
    found = list(size.walk(size.Size(marks=1600, labelled=1200, big=600, batch=100)))
    assert [one.found for one in found] == [[]] * 10
    assert sum(one.tried for one in found) > 15, "hardly any was killed"
