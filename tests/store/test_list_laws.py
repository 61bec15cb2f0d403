"""Lists hold what they should, in an order that does not move, and cost what is seen of them."""

import json
from contextlib import closing, contextmanager
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.ids import new_id
from annotator.domain.text import text_sha256
from annotator.store import edits, lists, read
from annotator.store.bounded import ReadingStoppedError, ReadingTooLongError
from annotator.store.edits.marks import derived, placed
from annotator.store.search import indexed
from annotator.store.store import Store
from annotator.store.verify import damage
from tests.store.samples import add_article, fill

WORDS = (
    "bridge",
    "Bridges",
    "abridge",
    "closed",
    "МОСТ",
    "мостик",
    "导弹",
    "弹药",
    "e\u0301te",
    "It's",
    "100%",
)
ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
TITLES = st.one_of(st.none(), st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join))
ASKED = (
    "bridge",
    "BRID",
    "ridge",
    "bridge cl",
    "b",
    "мост",
    "导",
    "导弹 弹",
    "弹",
    "%",
    "100%",
    "it's",
    "Ines",
    "M2",
    "A1",
)


def made(texts):
    """A store with an article of each text, each word of it marked, every third by a source."""
    store = Store.memory()
    source = edits.add_source(store, "Ines Bridgewater")
    for number, (text, title) in enumerate(texts):
        article = add_article(store, text, title=title, date=f"2024-01-{28 - number:02}")
        start = 0
        with store.operation("marks"):
            for place, word in enumerate(text.split(" ")):
                mark = edits.add_mark(
                    store, article, ("claim", "denial")[place % 2], [(start, start + len(word))]
                )
                if place % 3 == 0:
                    edits.set_source(store, mark, source)
                if place % 4 == 0:
                    edits.edit_mark(store, mark, note=title or "closed?")
                start += len(word) + 1
    return store


TEXTS = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), TITLES), max_size=4
)


def begins(text, asked):
    """Whether what was asked stands in a text from the start of a word, a sign or a CJK character on."""
    folded, wanted = indexed(text).casefold(), " ".join(indexed(asked).casefold().split())
    spaced = " ".join(folded.split())
    return any(
        spaced.startswith(wanted, at) and not (at and spaced[at - 1].isalnum() and spaced[at].isalnum())
        for at in range(len(spaced))
    )


@given(texts=TEXTS, asked=st.sampled_from(ASKED), few=st.sampled_from([0, 1000]))
@settings(max_examples=60, deadline=None)
def test_a_filter_of_marks_finds_what_looking_at_each_of_them_finds(texts, asked, few):
    store = made(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotator.store.lists.filters.FEW", few)
        found = [row.id for row in lists.marks(store, text=asked)]
    wanted = [
        row.id
        for row in lists.marks(store)
        if begins(row.quote, asked)
        or asked.casefold() in (row.source or "").casefold()
        or asked.casefold() in (row.note or "").casefold()
        or asked == f"M{row.number}"
    ]
    assert found == wanted
    store.close()


@given(texts=TEXTS, asked=st.sampled_from(ASKED), few=st.sampled_from([0, 1000]))
@settings(max_examples=40, deadline=None)
def test_a_filter_of_articles_finds_the_same_whether_words_are_rare_or_common(texts, asked, few):
    store = made(texts)
    rare = lists.article_places(store, text=asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotator.store.lists.filters.FEW", few)
        patch.setattr(import_module("annotator.store.lists.articles"), "_AT_ONCE", 2)
        assert lists.article_places(store, text=asked) == rare
        assert lists.article_places(store, text=asked, limit=1) == rare[:1]
    in_titles = {row.id for row in lists.articles(store) if asked.casefold() in (row.title or "").casefold()}
    assert in_titles <= {row.id for row in lists.articles(store, text=asked)}
    store.close()


@given(texts=TEXTS, size=st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_every_page_of_every_order_is_a_piece_of_the_whole(texts, size):
    store = made(texts)
    orders = {
        lists.mark_places: ("text", "label", "source", "created", "article"),
        lists.article_places: ("number", "date", "title", "status"),
    }
    for find, names in orders.items():
        for order in names:
            for descending in (False, True):
                whole = find(store, order=order, descending=descending)
                assert sorted(whole) == sorted(set(whole))
                assert find(store, order=order, descending=descending, limit=size) == whole[:size]
    assert lists.count_marks(store) == len(lists.mark_places(store, label="claim")) + len(
        lists.mark_places(store, label="denial")
    )
    store.close()


@pytest.mark.parametrize("descending", [False, True])
def test_marks_sorted_by_source_end_with_those_without_one(store, descending):
    article = add_article(store)
    marks = [edits.add_mark(store, article, "claim", [(at, at + 2)]) for at in range(0, 12, 2)]
    for mark, name in zip(marks, ("Zoe", None, "Ada", "Bo", None, "Ada"), strict=True):
        if name:
            same = [row.id for row in lists.sources(store) if row.name == name]
            edits.set_source(store, mark, same[0] if same else edits.add_source(store, name))
    found = [row.source for row in lists.marks(store, order="source", descending=descending)]
    named = sorted(["Zoe", "Ada", "Bo", "Ada"], reverse=descending)
    assert found == [*named, None, None]


def inserting(mark):
    return f"INSERT INTO main.mark ({', '.join(map(repr, mark))})"


def large(articles):
    """A project of so many articles with two marks and a source each; one of 400 is rare."""
    store = Store.memory()
    with store.bulk("fill") as bulk:
        ids = [new_id() for _ in range(articles)]
        sources = [new_id() for _ in range(100)]
        bulk.insert(
            "INSERT INTO main.source (id, number, name, kind, operation)",
            [
                (row, number, f"Source {number}", "person", bulk.operation)
                for number, row in enumerate(sources, 1)
            ],
        )
        for number, article in enumerate(ids, 1):
            text = (
                f"Number {number} says the ministry closed a bridge{' at Karlovytsia' * (number % 400 == 7)}."
            )
            bulk.insert(
                "INSERT INTO main.content (id, sha256, text, length)",
                [(number, text_sha256(text), text, len(text))],
            )
            bulk.insert("INSERT INTO main.content_search (rowid, text)", [(number, text)])
            bulk.insert(
                "INSERT INTO main.article (id, number, sha256, title, date, operation)",
                [
                    (
                        article,
                        number,
                        text_sha256(text),
                        f"Title {number % 977}",
                        "2024-01-01",
                        bulk.operation,
                    )
                ],
            )
            for place in range(2):
                where = placed(text, [(place * 7, place * 7 + 6)])
                mark = {"id": new_id(), "number": number * 2 + place, "article": article, "label": "claim"}
                mark |= {"spans": json.dumps(where["spans"]), "quotes": json.dumps(where["quotes"])}
                mark |= derived(where) | {"operation": bulk.operation}
                bulk.insert(
                    inserting(mark),
                    [tuple(mark.values())],
                )
                bulk.insert(
                    "INSERT INTO main.attribution (id, mark, level, source, operation)",
                    [(new_id(), mark["id"], 0, sources[number % 100], bulk.operation)],
                )
    return store


@pytest.fixture(scope="module")
def small_and_large():
    stores = large(1000), large(20_000)
    yield stores
    for store in stores:
        store.close()


@contextmanager
def steps(store):
    """How many hundreds of steps SQLite takes in the block."""
    taken = [0]

    def count():
        taken[0] += 1
        return 0

    store._connection.set_progress_handler(count, 100)
    try:
        yield taken
    finally:
        store._connection.set_progress_handler(None, 0)


FIRST_PAGES = {
    "articles": lambda store: lists.articles(store, limit=50),
    "articles by title": lambda store: lists.articles(store, order="title", limit=50),
    "articles by date": lambda store: lists.articles(store, order="date", descending=True, limit=50),
    "articles that are new": lambda store: lists.articles(store, status="new", limit=50),
    "articles with a common word": lambda store: lists.articles(store, text="ministry", limit=50),
    "marks": lambda store: lists.marks(store, limit=50),
    "marks by source": lambda store: lists.marks(store, order="source", limit=50),
    "marks by label": lambda store: lists.marks(store, order="label", limit=50),
    "marks by time": lambda store: lists.marks(store, order="created", limit=50),
    "marks by article": lambda store: lists.marks(store, order="article", descending=True, limit=50),
    "marks with a rare word": lambda store: lists.marks(store, text="777 s", limit=50),
    "sources by use": lambda store: lists.sources(store, by_use=True, limit=50),
    "sources lately used": lambda store: lists.recent_sources(store, lists.articles(store, limit=1)[0].id),
    "history": lambda store: lists.history(store, limit=50),
}


@pytest.mark.parametrize("name", FIRST_PAGES)
def test_a_first_page_costs_the_same_in_a_project_twenty_times_as_large(small_and_large, name):
    costs = []
    for store in small_and_large:
        with steps(store) as taken:
            assert FIRST_PAGES[name](store)
        costs.append(taken[0])
    assert costs[1] <= 2 * costs[0] + 20


def test_a_rare_word_is_found_without_looking_at_every_mark(small_and_large):
    _, store = small_and_large
    with steps(store) as taken:
        assert lists.marks(store, text="karlovytsia") == []
    assert taken[0] < 400
    assert len(lists.article_places(store, text="Karlovytsia")) == 50


def test_the_last_rows_of_a_list_cost_as_much_as_the_first(small_and_large):
    _, store = small_and_large
    order = lists.mark_places(store)
    costs = []
    for some in (order[:50], order[-50:]):
        with steps(store) as taken:
            assert len(lists.marks_at(store, some)) == 50
        costs.append(taken[0])
    assert abs(costs[0] - costs[1]) <= 2


def test_what_the_window_would_wait_for_is_stopped(small_and_large):
    _, store = small_and_large
    with store.at_once(), pytest.raises(ReadingStoppedError):
        store.query("SELECT count(*) FROM shown_mark a, shown_mark b WHERE a.start + b.start = 1")
    assert store.query("SELECT 1") == [(1,)]


def test_what_takes_little_is_not_stopped_however_often_it_is_asked(store):
    counted = "SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000"
    little = f"WITH RECURSIVE n(i) AS ({counted}) SELECT count(*) FROM n"
    for _ in range(60):
        with store.at_once():
            assert store.query(little) == [(3000,)]


def test_a_reader_for_a_thread_gives_way_to_an_edit(opened):
    store = opened()
    article = add_article(store)
    reader = store.reader(lambda: False)
    assert len(lists.article_places(reader)) == 1
    with store.operation("edit"):
        edits.set_status(store, article, "done")
        with pytest.raises(ReadingStoppedError):
            reader.query(ENDLESS)
    assert lists.articles(reader, status="done")
    reader.close()


def test_a_reader_gives_way_also_while_it_looks_for_what_is_found_at_once(opened):
    reader = opened().reader(lambda: True)
    with pytest.raises(ReadingStoppedError) as stopped, reader.at_once():
        reader.query(ENDLESS)
    assert not isinstance(stopped.value, ReadingTooLongError)
    with pytest.raises(ReadingStoppedError):
        reader.query(ENDLESS)
    reader.close()


def test_a_reader_that_is_not_wanted_any_more_stops(opened):
    store = opened()
    unwanted = []
    reader = store.reader(lambda: bool(unwanted))
    unwanted.append(True)
    with pytest.raises(ReadingStoppedError):
        reader.query(ENDLESS)
    reader.close()


def test_a_reader_for_a_thread_keeps_little_of_a_large_project_in_memory(opened):
    with closing(opened().reader()) as reader:
        assert -2048 <= reader.query("PRAGMA cache_size")[0][0] < 0


def test_a_reader_stops_when_the_project_is_closed_and_none_is_made_after_it(opened):
    store = opened()
    reader = store.reader(lambda: False)
    store.close()
    with pytest.raises(ReadingStoppedError):
        reader.query(ENDLESS)
    with pytest.raises(ReadingStoppedError):
        store.reader(lambda: False)
    reader.close()


def test_how_often_a_source_speaks_follows_every_edit_and_undo(store):
    article = add_article(store)
    marks = [edits.add_mark(store, article, "claim", [(at, at + 2)]) for at in range(0, 8, 2)]
    ada, bo = edits.add_source(store, "Ada"), edits.add_source(store, "Bo")

    def used():
        rows = store.query(
            "SELECT source, count(*) FROM shown_attribution WHERE source IS NOT NULL GROUP BY 1"
        )
        return dict(rows)

    def listed():
        return {row.id: row.marks for row in lists.sources(store) if row.marks}

    for mark in marks:
        edits.set_source(store, mark, ada)
    edits.add_relay(store, marks[0], bo)
    edits.set_source(store, marks[1], bo)
    assert listed() == used() == {ada: 3, bo: 2}
    edits.replace_source(store, bo, ada)
    edits.delete_marks(store, marks[:1])
    assert listed() == used()
    while store.undo():
        assert listed() == used()
    while store.redo():
        assert listed() == used()
    assert damage(store) == []


def test_rows_of_an_import_that_is_not_finished_are_not_counted(store):
    article = add_article(store)
    source = edits.add_source(store, "Ada")
    mark = edits.add_mark(store, article, "claim", [(0, 3)], source=source)
    with store.bulk("fill") as bulk:
        row = read.mark(store, mark)
        where = placed(read.text(store, article), [(4, 9)])
        new = {"id": new_id(), "number": 99, "article": article, "label": row.label}
        new |= {"spans": json.dumps(where["spans"]), "quotes": json.dumps(where["quotes"])}
        new |= derived(where) | {"operation": bulk.operation}
        bulk.insert(inserting(new), [tuple(new.values())])
        bulk.flush()
        assert lists.article_row(store, article).marks == 1
        assert lists.density(store, article, 1000) == [(0, "claim", 1)]
        assert [one.marks for one in lists.sources(store)] == [1]
    assert lists.article_row(store, article).marks == 2


def test_only_what_is_undone_as_things_stand_is_called_undone(store):
    article = add_article(store)
    edits.set_status(store, article, "reading")
    edits.set_status(store, article, "done")

    def undone():
        rows = lists.history(store)
        names = lists.undone(store, [row.id for row in rows])
        return [row.details.get("status") for row in rows if row.id in names]

    store.undo()
    assert undone() == ["done"]
    store.undo()
    assert undone() == ["done", "reading"]
    store.redo()
    assert undone() == ["done"]
    store.undo()
    store.redo()
    store.redo()
    assert undone() == []


def test_the_overview_of_very_many_marks_is_near_the_truth(store):
    text = "Words about bridges and harbours. " * 3000
    article = add_article(store, text)
    fill(store, article, text, 6000)
    rows = lists.density(store, article, 5000)
    assert sum(count for *_, count in rows) == 6000
    exact = store.query("SELECT start / 5000, label, count(*) FROM shown_mark GROUP BY 1, 2")
    counts = {bucket: count for bucket, _, count in exact}
    assert all(abs(count - counts.get(bucket, 0)) <= 450 for bucket, _, count in rows)


def test_the_opening_of_a_text_stops_before_half_a_character(store):
    article = add_article(store, "мост🌉" * 50)
    assert lists.opening(store, article, 7) == "мост🌉мо"
