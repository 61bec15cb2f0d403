"""Marks are counted by label or stance against outlet, source, owner and month."""

from collections import Counter

import pytest

from annotator.domain.ids import new_id
from annotator.domain.model import Article, Ref
from annotator.store import edits, read
from annotator.store.imports import import_records
from annotator.store.pivot import NOBODY, marks_in, pivot
from tests.store.samples import TEXT, place


@pytest.fixture
def corpus(store):
    """Two outlets, a spokesman and his ministry, three months."""
    names = {name: edits.add_source(store, name) for name in ("Gazette", "Courier", "Ministry")}
    names["Spokesman"] = edits.add_source(store, "Spokesman", affiliation=names["Ministry"])
    for outlet, date, speaker in (
        ("Gazette", "2024-05-01", "Spokesman"),
        ("Gazette", "2024-06-11", "Ministry"),
        ("Courier", "2024-05", None),
    ):
        article = Article(id=new_id(), text=TEXT + outlet + date, outlet=names[outlet], date=date)
        import_records(store, [article])
        for label, words in (("claim", "bridge had been closed"), ("denial", "It was never closed")):
            source = names[speaker] if speaker else None
            edits.add_mark(store, article.id, label, [place(TEXT, words)], source=source)
        edits.add_mark(store, article.id, "cue", [place(TEXT, "answered")])
    return names


def named(found):
    return {(row, found.names[column]): count for (row, column), count in found.counts.items()}


def test_labels_are_counted_by_outlet_and_month_without_cues(store, corpus):
    by_outlet = pivot(store, "label", "outlet")
    assert named(by_outlet) == {
        ("claim", "Gazette"): 2, ("denial", "Gazette"): 2, ("claim", "Courier"): 1, ("denial", "Courier"): 1,
    }  # fmt: skip
    assert [by_outlet.names[column] for column in by_outlet.columns] == ["Gazette", "Courier"]
    assert (by_outlet.total(), by_outlet.total(row="claim")) == (6, 3)
    assert pivot(store, "label", "month").columns == ["2024-05", "2024-06"]


def test_a_spokesman_counts_for_the_one_he_speaks_for(store, corpus):
    assert named(pivot(store, "label", "source"))["claim", "Spokesman"] == 1
    by_owner = pivot(store, "label", "owner")
    assert named(by_owner)["claim", "Ministry"] == 2
    assert by_owner.columns[-1] == NOBODY
    assert by_owner.total(column=NOBODY) == 2


def test_stances_are_counted_by_mention_and_by_link(store, corpus):
    first, second = (row[0] for row in store.query("SELECT id FROM mark WHERE label <> 'cue' LIMIT 2"))
    edits.add_link(store, "denies", Ref("mark", second), Ref("mark", first))
    assert Counter(row for row, _ in pivot(store, "stance", "outlet").counts) == {"support": 1, "deny": 1}


@pytest.mark.parametrize("columns", ["outlet", "source", "owner", "month"])
def test_a_cell_lists_just_the_marks_it_counts(store, corpus, columns):
    found = pivot(store, "label", columns)
    listed = []
    for (row, column), count in found.counts.items():
        marks = marks_in(store, "label", columns, row, column)
        assert len(marks) == count
        assert {read.mark(store, mark).label for mark in marks} == {row}
        listed += marks
    assert len(listed) == len(set(listed)) == 6
