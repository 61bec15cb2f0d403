"""Marks and links are counted part by part of a text, and the counters never drift."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.model import Article, Attribution, Link, Mark, Ref, Source
from annotator.store import bulk, edits
from annotator.store.imports import import_records
from annotator.store.store import Store
from tests.store.samples import add_article, by_another_program, counted, tally

LONG = "The ministry said on Monday that the bridge was closed. " * 1200
PLACES = st.integers(0, len(LONG) - 20)


class StoppedError(Exception):
    pass


def labelled(store, article, places):
    return [edits.add_mark(store, article, "claim", [(place, place + 12)]) for place in places]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(PLACES, min_size=2, max_size=6), other=PLACES)
def test_counters_follow_marks_through_a_long_text(me, places, other):
    store = Store.memory(me)
    marks = labelled(store, add_article(store, LONG), places)
    edits.add_link(store, "relates_to", Ref("mark", marks[0]), Ref("mark", marks[1]))
    edits.set_spans(store, marks[0], [(other, other + 12)])
    edits.relabel(store, marks[1], "denial")
    assert tally(store) == counted(store)
    assert sum(links for _, links in tally(store).values()) == 1
    edits.delete_marks(store, marks[:1])
    assert tally(store) == counted(store)
    while store.undo():
        assert tally(store) == counted(store)
    while store.redo():
        assert tally(store) == counted(store)
    store.close()


def test_a_deleted_article_is_counted_no_more_until_it_comes_back(store):
    article = add_article(store, LONG)
    labelled(store, article, [5, 40_000, 60_000])
    before = tally(store)
    assert len(before) == 3
    edits.delete_article(store, article)
    assert tally(store) == {}
    store.undo()
    assert tally(store) == before == counted(store)


def test_an_import_that_is_taken_back_leaves_no_count(store):
    article = add_article(store, LONG)
    labelled(store, article, [5])
    before = tally(store)
    with suppress(StoppedError), store.bulk("label-places") as bulk:
        with bulk.editing():
            labelled(store, article, [40_000])
        assert len(tally(store)) == 2
        raise StoppedError
    assert tally(store) == before == counted(store)


@pytest.mark.parametrize("batch", [2, 7, 1000])
def test_an_import_counts_marks_and_links_wherever_its_batches_end(monkeypatch, batch):
    monkeypatch.setattr(bulk, "LARGE", 0)
    monkeypatch.setattr(bulk.Bulk, "BATCH", batch)
    store = Store.memory()
    import_records(store, by_turns())
    assert tally(store) == counted(store)
    assert sum(links for _, links in tally(store).values()) == 8
    assert store.query("SELECT marks FROM source_tally") == [(12,)]


def by_turns():
    """Long and short articles with marks, and links between these and to those before."""
    yield Source(id="office", name="Office")
    for number, text in enumerate((LONG, "The bridge was closed.", LONG + LONG)):
        yield Article(id=f"a{number}", text=text)
        for place in range(4):
            start = place * (len(text) - 4) // 3
            span, said = (start, start + 3), (Attribution("office"),)
            quote = (text[slice(*span)],)
            mark = Mark(
                id=f"{number}{place}", article=f"a{number}", label="claim", spans=(span,), quotes=quote
            )
            yield replace(mark, attribution=said)
        for place in range(4 if number else 0):
            ends = Ref("mark", f"{number - place % 2}{place}"), Ref("mark", f"{number}{(place + 1) % 4}")
            yield Link(id=f"l{number}{place}", kind="elaborates", origin=ends[0], target=ends[1])


def test_another_program_that_writes_marks_is_counted_too(opened, project):
    store = opened()
    labelled(store, add_article(store, LONG), [5, 50_000])
    store.close()
    by_another_program(project, "UPDATE mark SET label = 'evidence' WHERE start = 5")
    assert tally(opened()) == counted(opened(readonly=True))
