"""One change of many marks: told first, one step of undo, and nothing that may not change."""

import pytest

from annotator.domain.errors import UserError
from annotator.domain.model import Ref
from annotator.store import edits, lists, read
from annotator.store.bulk import BulkCancelledError
from annotator.store.edits import versions
from annotator.store.edits.many import MarkChange, foresee
from annotator.store.store import Identity, Store
from tests.store.samples import TEXT, add_article, dump, fill, two_marks


@pytest.fixture
def store():
    store = Store.memory(Identity(name="Ada"))
    yield store
    store.close()


def labels(store):
    return sorted(row.label for row in lists.marks(store))


def test_many_marks_get_a_label_in_one_step_of_undo(store):
    marks = two_marks(store)
    proposition = edits.add_proposition(store, "The bridge was closed.")
    edits.add_mention(store, marks[1], proposition)
    assert [mention.stance for mention in read.mentions_of(store, marks[1])] == ["deny"]
    before = dump(store)
    done = edits.change_marks(store, marks, MarkChange("label", "claim"))
    assert (done.marks, done.same, done.left) == ((marks[1],), 1, {})
    assert labels(store) == ["claim", "claim"]
    assert [mention.stance for mention in read.mentions_of(store, marks[1])] == ["support"]
    store.undo()
    assert dump(store) == before
    store.redo()
    assert labels(store) == ["claim", "claim"]


@pytest.mark.parametrize(
    "change",
    [
        MarkChange("label", "evidence"),
        MarkChange("status", "final"),
        MarkChange("attribute", "probable", "certainty"),
    ],
    ids=lambda change: change.field,
)
def test_a_change_of_very_many_marks_is_stopped_on_its_way(store, change):
    article = add_article(store)
    fill(store, article, TEXT, 4500)
    marks = [row[0] for row in store.query("SELECT id FROM mark")]
    before = dump(store)
    with pytest.raises(BulkCancelledError):
        edits.change_marks(store, marks, change, lambda rows: rows < 4000)
    assert dump(store) == before
    edits.change_marks(store, marks, change)
    assert dump(store) != before


def test_a_mark_whose_link_would_get_a_forbidden_end_stays_and_is_told(store):
    claim, denial = two_marks(store)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    outlook = foresee(store, [claim, denial], MarkChange("label", "evidence"))
    assert outlook.marks == (claim,)
    assert outlook.left == {"breaks-link": 1}
    edits.change_marks(store, [claim, denial], MarkChange("label", "evidence"))
    assert labels(store) == ["denial", "evidence"]


def test_a_value_is_set_on_marks_whose_label_has_it_and_taken_away_again(store):
    claim, denial = two_marks(store)
    several = MarkChange("attribute", "source", "denial_kind")
    assert edits.change_marks(store, [claim, denial], several).left == {"other-label": 1}
    mark = read.mark(store, denial)
    assert mark.attributes["denial_kind"] in (["source"], ("source",))
    assert mark.origins["denial_kind"] == "bulk"
    assert foresee(store, [denial], several).same == 1
    edits.change_marks(store, [claim, denial], MarkChange("attribute", None, "denial_kind"))
    assert "denial_kind" not in read.mark(store, denial).attributes
    with pytest.raises(UserError, match="attribute-value-unknown"):
        foresee(store, [denial], MarkChange("attribute", "loudly", "denial_kind"))
    with pytest.raises(UserError, match="attribute-unknown"):
        foresee(store, [denial], MarkChange("attribute", None, "loudness"))
    with pytest.raises(UserError, match="label-unknown"):
        foresee(store, [denial], MarkChange("label", "shout"))


def test_a_status_is_set_and_where_all_have_it_nothing_is_done(store):
    marks = two_marks(store)
    edits.change_marks(store, marks, MarkChange("status", "checked"))
    assert {read.mark(store, mark).status for mark in marks} == {"checked"}
    before = store.next_undo()
    assert edits.change_marks(store, marks, MarkChange("status", "checked")).same == 2
    assert store.next_undo() == before


def test_marks_of_an_older_version_stay_as_they_were(store):
    old = add_article(store, TEXT, title="Bridge")
    mark, _ = two_marks(store, old)
    new = add_article(store, TEXT.replace("Monday", "Tuesday"), title="Bridge")
    versions.make_version(store, new, old)
    outlook = edits.change_marks(store, [mark], MarkChange("status", "checked"))
    assert (outlook.marks, outlook.left) == ((), {"frozen": 1})


def test_thousands_of_marks_change_as_one_step(store):
    article = add_article(store, "word " * 4000)
    fill(store, article, "word " * 4000, 1500)
    marks = [row.id for row in lists.marks(store, limit=2000)]
    before = dump(store)
    edits.change_marks(store, marks, MarkChange("status", "checked"), lambda count: True)
    edits.change_marks(store, marks, MarkChange("label", "evidence"), lambda count: True)
    assert set(labels(store)) == {"evidence"}
    assert store.next_undo().name == "relabel-marks"
    store.undo()
    store.undo()
    assert dump(store) == before


def test_marks_that_are_gone_are_passed_over(store):
    marks = two_marks(store)
    edits.delete_marks(store, marks[:1])
    assert foresee(store, marks, MarkChange("status", "checked")).marks == (marks[1],)
