"""A change of the scheme that concerns very many marks: whole or not at all, and stopped on its way."""

import pytest

from annotator.domain.scheme import Scheme
from annotator.domain.scheme_labels import merge_labels
from annotator.store import edits
from annotator.store.bulk import BulkCancelledError
from annotator.store.scheme_use import marks_by_label
from tests.store.samples import TEXT, add_article, counted, dump, fill, names, tally
from tests.store.schemes import now


def test_very_many_marks_follow_in_one_step_and_come_back_in_one(store):
    article = add_article(store)
    fill(store, article, TEXT, 1500)
    before = dump(store)
    seen = []
    edits.change_scheme(
        store, merge_labels(now(store), "claim", "evidence"), lambda rows: not seen.append(rows)
    )
    assert marks_by_label(store) == {"evidence": 1500}
    assert tally(store) == counted(store)
    after = dump(store)
    store.undo()
    assert dump(store) == before
    store.redo()
    assert dump(store) == after


def test_each_of_very_many_marks_is_written_once(store):
    article = add_article(store)
    fill(store, article, TEXT, 1500)
    edits.change_scheme(store, merge_labels(now(store), "claim", "evidence"))
    written = store.query("SELECT count(*), count(DISTINCT row) FROM change WHERE tbl = 'mark'")
    assert written == [(1500, 1500)]


def test_a_large_change_is_stopped_while_it_rewrites_its_marks_and_so_is_its_undo(store):
    article = add_article(store)
    fill(store, article, TEXT, 4500)
    before, operations = dump(store), names(store)
    change = merge_labels(now(store), "claim", "evidence")
    with pytest.raises(BulkCancelledError):
        edits.change_scheme(store, change, lambda rows: rows < 4000)
    assert (dump(store), names(store)) == (before, operations)
    edits.change_scheme(store, change)
    after, operations = dump(store), names(store)
    with pytest.raises(BulkCancelledError):
        store.undo(lambda rows: rows < 4000)
    assert (dump(store), names(store)) == (after, operations)
    store.undo()
    assert dump(store) == before


def test_a_large_change_that_fails_leaves_everything_as_it_was(store):
    article = add_article(store)
    fill(store, article, TEXT, 1200)
    before = dump(store)
    change = merge_labels(now(store), "claim", "evidence")
    broken = Scheme(change.scheme.data)
    broken.data["version"] = "no number"
    with pytest.raises(ValueError, match="no number"):
        edits.change_scheme(store, change.__class__(name="x", scheme=broken, moves=change.moves))
    assert dump(store) == before
