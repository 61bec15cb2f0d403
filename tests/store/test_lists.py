"""Lists, shapes and searches find what is there, and only look where they must."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.model import Ref
from annotator.domain.shapes import Shape
from annotator.domain.spans import Span, normalise
from annotator.store import edits, lists, picking, read
from annotator.store.store import Store
from tests.store.samples import TEXT, add_article, articles_with, asked_of, fill, place, two_marks

LONG = "Words about bridges and harbours. " * 3000


@pytest.fixture(scope="module")
def long():
    """A store with an article of 100,000 characters, for marks that no test keeps."""
    store = Store.memory()
    yield store, add_article(store, LONG)
    store.close()


SPAN = st.tuples(st.integers(0, len(LONG) - 1), st.integers(0, 16)).map(
    lambda p: (p[0], min(len(LONG), p[0] + 2 ** p[1]))
)


@given(
    marks=st.lists(st.lists(SPAN, min_size=1, max_size=3), max_size=12),
    windows=st.lists(st.tuples(st.integers(0, len(LONG)), st.integers(0, 5000)), min_size=1, max_size=5),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_shapes_are_the_marks_whose_hull_meets_the_stretch(long, marks, windows):
    store, article = long
    with store.operation("marks"):
        made = {edits.add_mark(store, article, "claim", spans): spans for spans in marks}
    for start, length in windows:
        end = start + length
        found = lists.shapes(store, article, start, end)
        expected = {
            mark
            for mark, spans in made.items()
            if min(s for s, _ in spans) < end and max(e for _, e in spans) > start
        }
        assert {shape.id for shape in found} == expected
        assert len(found) == len(expected)
        assert all(shape.spans == normalise(made[shape.id]) for shape in found)
        assert found == [Shape(shape.id, "Claim", shape.spans, "claim") for shape in found]
        placed = [(shape.spans[0].start, -shape.spans[-1].end, shape.id) for shape in found]
        assert placed == sorted(placed)
        starts = [shape.spans[0].start for shape in found[::2]]
        begun = lists.shapes_beginning(store, article, [*starts, end], start, end)
        assert set(begun) == {shape for shape in found if shape.spans[0].start in starts}
    if made:
        store.undo()


def test_pieces_are_read_however_another_program_spaced_them(long):
    store, article = long
    with store.operation("marks"):
        mark = edits.add_mark(store, article, "claim", [Span(3, 8), Span(20, 30)])
        store.execute("UPDATE mark SET spans = '[ [3, 8], [20, 30] ]' WHERE id = ?", (mark,))
    assert [shape.spans for shape in lists.shapes(store, article, 10, 11)] == [((3, 8), (20, 30))]
    store.undo()


@pytest.fixture(scope="module")
def large():
    """Two articles with 20,000 marks and as many links."""
    store = Store.memory()
    articles = [add_article(store, LONG + str(number)) for number in range(2)]
    for article in articles:
        fill(store, article, LONG, 10_000)
    node = edits.add_proposition(store, "A bridge was closed")
    some = lists.marks(store, limit=20)
    for row in some:
        edits.add_mention(store, row.id, node)
    edits.set_source(store, some[0].id, edits.add_source(store, "Ministry"))
    yield store, articles[0]
    store.close()


def plans(store, act):
    """The steps of every statement that a call of a reading function runs."""
    with asked_of(store) as statements:
        act()
    seen = [sql for sql in statements if sql.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert seen
    return [step for sql in seen for *_, step in store._connection.execute(f"EXPLAIN QUERY PLAN {sql}")]


POINT_QUERIES = {
    "shapes": lambda store, article, mark: lists.shapes(store, article, 100, 3000),
    "shapes that begin": lambda store, article, mark: lists.shapes_beginning(
        store, article, [100, 200], 100, 3000
    ),
    "marks of an article": lambda store, article, mark: read.mark_ids(store, article),
    "a mark": lambda store, article, mark: read.mark(store, mark),
    "a mark in a table": lambda store, article, mark: lists.mark_row(store, mark),
    "the next mark": lambda store, article, mark: picking.neighbour(store, article, 500, None),
    "the mark before": lambda store, article, mark: picking.neighbour(store, article, 500, None, True),
    "links": lambda store, article, mark: lists.links(store, [mark]),
    "links of a mark": lambda store, article, mark: read.links_of(store, mark),
    "mentions of a mark": lambda store, article, mark: read.mentions_of(store, mark),
    "history of a mark": lambda store, article, mark: lists.history(store, mark=mark),
    "history": lambda store, article, mark: lists.history(store),
    "the row of an article": lambda store, article, mark: lists.article_row(store, article),
    "claims": lambda store, article, mark: lists.claims(store),
    "an edit": lambda store, article, mark: edits.edit_mark(store, mark, note="x"),
    "a deletion": lambda store, article, mark: edits.delete_marks(store, [mark]),
    "what undo would reverse": lambda store, article, mark: store.next_undo(),
}
LARGE_TABLES = "mark|link|mention|attribution|change|m|l|n|b|o"


@pytest.mark.parametrize("name", POINT_QUERIES)
def test_a_question_about_one_thing_does_not_read_a_whole_table(large, name):
    store, article = large
    mark = read.mark_ids(store, article)[5]
    steps = plans(store, lambda: POINT_QUERIES[name](store, article, mark))
    if name in ("an edit", "a deletion"):
        store.undo()
    scans = [step for step in steps if re.match(rf"SCAN (shown_|main\.)?({LARGE_TABLES})\b", step)]
    assert [step for step in scans if "operation_unsealed" not in step] == []


def test_a_link_is_told_from_both_ends(store):
    claim, denial = two_marks(store)
    other = add_article(store, "Another text about it.")
    far = edits.add_mark(store, other, "evidence", [(0, 7)])
    edits.set_source(store, claim, edits.add_source(store, "Ministry"))
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    edits.add_link(store, "supports", Ref("mark", far), Ref("mark", claim))
    (seen,) = lists.links(store, [denial])
    assert (seen.outward, seen.other, seen.text) == (True, Ref("mark", claim), "the bridge had been closed")
    assert (seen.source, seen.label) == ("Ministry", "claim")
    assert [(row.kind, row.outward, row.article) for row in lists.links(store, [claim])] == [
        ("denies", False, read.mark(store, denial).article),
        ("supports", False, other),
    ]


def test_two_characters_of_chinese_are_found(store):
    article = add_article(store)
    add_article(store, "导演的弹簧")
    assert articles_with(store, "导弹") == [article]
    assert articles_with(store, "试验 полиция") == [article]
    assert articles_with(store, "弹试验没") == [article]
    assert articles_with(store, "弹导") == []


@pytest.mark.parametrize("words", ['"', "*", "NEAR(", "a OR b", "-", "^x", "text:x", "''", "(", "никого"])
def test_what_is_typed_into_the_search_is_never_an_operator(store, words):
    add_article(store, "Nothing of the kind.")
    assert articles_with(store, words) == []


def test_a_phrase_in_quotation_marks_is_found_as_it_stands(store):
    article = add_article(store)
    assert articles_with(store, '"never closed"') == [article]
    assert articles_with(store, '"closed never"') == []


def test_a_filter_takes_every_character_as_it_is(store):
    add_article(store, "One.", title="100% of deck_plates")
    add_article(store, "Two.", title="1000 of deckXplates")
    for text in ("100%", "deck_", "_", "%"):
        assert [row.title for row in lists.articles(store, text=text)] == ["100% of deck_plates"]
        assert len(lists.article_places(store, text=text)) == 1


def test_a_filter_does_not_mind_case_in_any_alphabet(store):
    article = add_article(store, title="МОСТ Закрыт")
    mark = edits.add_mark(store, article, "claim", [place(TEXT, "Полиция")])
    edits.set_source(store, mark, edits.add_source(store, "Юзмаш", aliases=("ПМЗ “Север”",)))
    assert [row.id for row in lists.articles(store, text="мост закрыт")] == [article]
    assert [row.id for row in lists.marks(store, text="ПОЛИЦИЯ")] == [mark]
    assert [row.id for row in lists.marks(store, text="юзм")] == [mark]
    assert [row.name for row in lists.sources(store, text="пмз “с")] == ["Юзмаш"]


def test_a_filter_finds_quotation_marks_and_backslashes_in_quotes(store):
    text = 'He wrote "C:\\news" on it.'
    mark = edits.add_mark(store, add_article(store, text), "claim", [(0, len(text))])
    assert [row.id for row in lists.marks(store, text='"C:\\n')] == [mark]
    assert lists.marks(store, text='","') == []


@pytest.mark.parametrize("words", ["[", ",", "]", "e s"])
def test_what_stands_between_quotes_in_the_file_is_not_found(store, words):
    edits.add_mark(store, add_article(store, "One said two."), "claim", [(0, 3), (9, 12)])
    assert lists.marks(store, text=words) == []


def test_handles_are_found(store):
    claim, denial = two_marks(store)
    node = edits.add_proposition(store, "The bridge was closed")
    source = edits.add_source(store, "Ministry")
    assert [row.id for row in lists.marks(store, text="M2")] == [denial]
    assert [row.id for row in lists.marks(store, text="m1")] == [claim]
    assert [row.id for row in lists.claims(store, text="C1")] == [node]
    assert [row.id for row in lists.sources(store, text="S1")] == [source]
    assert [row.number for row in lists.articles(store, text="A1")] == [1]
    assert lists.article_row(store, read.mark(store, claim).article).number == 1


@pytest.mark.parametrize("descending", [False, True])
def test_articles_without_a_date_come_last_either_way(store, descending):
    for number, date in enumerate(["2024-05-02", None, "2024-05-01", "2024-05-03"]):
        add_article(store, f"Text {number}", date=date)
    dates = [row.date for row in lists.articles(store, order="date", descending=descending)]
    assert dates == [*sorted(filter(None, dates), reverse=descending), None]


@pytest.mark.parametrize("order", ["text", "label", "source", "created", "article"])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_of_marks_together_are_all_marks_in_order(store, order, descending):
    article = add_article(store)
    for number in range(7):
        label = "claim" if number % 2 else "denial"
        mark = edits.add_mark(store, article, label, [(number * 3, number * 3 + 2)])
        if number % 3:
            edits.set_source(store, mark, edits.add_source(store, f"Source {number}"))
    whole = lists.marks(store, order=order, descending=descending)
    pages = [
        row
        for offset in range(0, 9, 3)
        for row in lists.marks(store, order=order, descending=descending, limit=3, offset=offset)
    ]
    assert pages == whole
    assert lists.count_marks(store) == len(whole) == 7
    if order == "source":
        assert [row.source is None for row in whole] == sorted(row.source is None for row in whole)


def test_marks_are_filtered_by_label_and_source(store):
    claim, denial = two_marks(store)
    source = edits.add_source(store, "Harbour", "organisation")
    edits.set_source(store, denial, source)
    assert [row.id for row in lists.marks(store, label="claim")] == [claim]
    assert [row.id for row in lists.marks(store, source=source)] == [denial]
    assert lists.count_marks(store, source=source) == lists.count_marks(store, label="claim") == 1
    article = read.mark(store, claim).article
    assert lists.density(store, article, 50) == [(0, "claim", 1), (1, "denial", 1)]


def test_articles_are_listed_with_their_counts(store):
    claim, denial = two_marks(store, add_article(store, title="First", status="reading"))
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    add_article(store, "No marks here.", title="Second")
    rows = lists.articles(store, order="title")
    assert [(row.title, row.marks, row.links) for row in rows] == [("First", 2, 1), ("Second", 0, 0)]
    assert [row.title for row in lists.articles(store, status="reading")] == ["First"]
    assert len(lists.article_places(store, status="reading")) == 1
    assert [row.title for row in lists.articles(store, limit=1, offset=1)] == ["Second"]


def test_the_sources_used_last_come_first_in_the_picker(store):
    claim, denial = two_marks(store)
    first, second = edits.add_source(store, "First"), edits.add_source(store, "Second")
    edits.add_source(store, "Never used")
    edits.set_source(store, claim, first)
    edits.set_source(store, denial, second)
    article = read.mark(store, claim).article
    assert [row.name for row in lists.recent_sources(store, article)] == ["Second", "First"]
    assert [row.name for row in lists.sources(store, by_use=True)][:2] == ["First", "Second"]
    assert lists.sources(store)[0].marks == 1


def test_what_a_page_of_text_needs_never_reads_all_of_a_table(store):
    article = add_article(store)
    claim, denial = two_marks(store, article)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    with asked_of(store) as asked:
        lists.shapes(store, article, 0, 40)
        lists.links(store, [claim, denial])
    plans = [row[3] for sql in asked for row in store.query(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("link_to_mark" in step for step in plans)
    underway = ("operation_unsealed", "main.unfinished")
    scans = [step for step in plans if step.startswith("SCAN main.")]
    assert [step for step in scans if not any(name in step for name in underway)] == []


def test_the_ids_of_marks_at_places_come_in_their_order_without_what_is_gone(store):
    article = add_article(store)
    marks = [edits.add_mark(store, article, "claim", [(start, start + 5)]) for start in (0, 6, 12)]
    places = list(lists.mark_places(store))[::-1]
    rows = [row.id for row in lists.marks_at(store, places) if row]
    assert lists.mark_ids(store, places) == rows
    edits.delete_marks(store, [marks[1]])
    assert lists.mark_ids(store, places) == [row for row in rows if row != marks[1]]
