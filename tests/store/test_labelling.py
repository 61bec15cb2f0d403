"""Words are labelled in many articles: what that costs an article, and where it can be stopped."""

import pytest

from annotator.store import edits
from annotator.store.bulk import BulkCancelledError
from annotator.store.store import Store
from tests.store.samples import TEXT, add_article, dump


@pytest.fixture
def places(store):
    """Two places in each of several articles."""
    articles = [add_article(store, f"{number}. {TEXT}") for number in range(8)]
    return [(article, [span]) for article in articles for span in ((4, 9), (12, 15))]


def test_the_marks_of_an_article_are_read_and_not_all_that_bear_the_label(store, places, monkeypatch):
    asked = []
    query = Store.query

    def noted(self, sql, parameters=()):
        asked.append((sql, parameters))
        return query(self, sql, parameters)

    monkeypatch.setattr(Store, "query", noted)
    edits.label_places(store, "claim", places)
    monkeypatch.undo()
    ways = [step for sql, given in asked for *_, step in store.query(f"EXPLAIN QUERY PLAN {sql}", given)]
    assert any("mark_order (article=?)" in way for way in ways)
    assert not any("mark_label" in way for way in ways)


def test_many_articles_are_labelled_in_a_few_commits(store, places, monkeypatch):
    commits = []
    writing_as = Store.writing_as

    def counted(self, operation):
        commits.append(operation)
        return writing_as(self, operation)

    monkeypatch.setattr(Store, "writing_as", counted)
    assert len(edits.label_places(store, "claim", places)) == len(places)
    assert len(commits) == 2


@pytest.mark.parametrize("most", [1, 5])
def test_labelling_stops_at_the_place_at_which_it_is_cancelled(store, places, most):
    before = dump(store)
    told = []

    def stop(count):
        told.append(count)
        return count < most

    with pytest.raises(BulkCancelledError):
        edits.label_places(store, "claim", places, progress=stop)
    assert told == list(range(1, most + 1))
    assert dump(store) == before
