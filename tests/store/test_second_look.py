"""What was decided under an older definition asks for a second look until somebody takes it."""

import pytest

from annotator.domain.model import Link, Ref
from annotator.domain.scheme_changes import set_codebook
from annotator.domain.scheme_kinds import merge_kinds, set_ends
from annotator.domain.scheme_values import add_value
from annotator.store import edits, read
from annotator.store.loose_ends import catch_up, counts
from annotator.store.scheme_use import decided_before, marks_by_label
from tests.store.samples import dump, names
from tests.store.schemes import now, worked_on


@pytest.fixture
def marks(store):
    return worked_on(store)


def waiting(store):
    catch_up(store)
    return counts(store)[False].get("older_definition", 0)


def test_marks_are_counted_by_label_and_by_the_version_they_were_decided_under(store, marks):
    def before(group, row_id, version):
        return decided_before(store, group=group, row_id=row_id, version=version, limit=100)

    assert marks_by_label(store) == {"claim": 1, "denial": 1, "evidence": 1, "no_comment": 1}
    assert before("labels", "denial", 1) == 0
    edits.change_scheme(store, set_codebook(now(store), "labels", "denial", "Anew."))
    assert before("labels", "denial", 2) == 1
    assert before("attributes", "certainty", 2) == 3
    assert before("link_kinds", "supports", 2) == 1


def test_a_new_definition_asks_for_a_second_look_until_each_mark_is_confirmed_or_relabelled(store, marks):
    denial = marks[1]
    second = edits.add_mark(store, read.mark(store, denial).article, "denial", [(0, 3)])
    edits.set_status(store, read.mark(store, denial).article, "done")
    assert waiting(store) == 0
    edits.change_scheme(store, set_codebook(now(store), "labels", "denial", "Anew."))
    assert waiting(store) == 2
    edits.confirm_marks(store, [denial])
    assert waiting(store) == 1
    assert read.mark(store, denial).scheme_version == 2
    edits.relabel(store, second, "claim")
    assert waiting(store) == 0
    store.undo()
    assert waiting(store) == 1


def test_an_attribute_defined_anew_asks_for_a_second_look_at_the_marks_with_a_value(store, marks):
    claim, denial, evidence, _ = marks
    edits.set_status(store, read.mark(store, claim).article, "done")
    assert waiting(store) == 0
    edits.change_scheme(store, set_codebook(now(store), "attributes", "certainty", "Anew."))
    assert waiting(store) == 3
    edits.set_attribute(store, claim, "certainty", "certain")
    edits.confirm_marks(store, [denial])
    assert waiting(store) == 1
    edits.change_scheme(store, set_codebook(now(store), "labels", "evidence", "Anew."))
    edits.set_attribute(store, evidence, "certainty", "certain")
    assert waiting(store) == 1


def test_a_kind_of_link_defined_anew_asks_for_a_second_look_at_its_links(store, marks):
    claim, denial, evidence, _ = marks
    edits.change_scheme(store, set_codebook(now(store), "link_kinds", "supports", "Anew."))
    assert waiting(store) == 1
    late = edits.add_link(store, "supports", Ref("mark", denial), Ref("mark", claim))
    assert read.link(store, late).extra == {"scheme_version": 2}
    assert waiting(store) == 1
    before = dump(store)
    edits.confirm_marks(store, [evidence])
    assert waiting(store) == 0
    store.undo()
    assert dump(store) == before
    edits.change_scheme(store, merge_kinds(now(store), "corroborates", "supports"))
    assert waiting(store) == 1


def test_links_of_kinds_that_were_never_defined_anew_carry_no_version(store, marks):
    assert all(link.extra == {} for link in read.records(store, Link))


def test_another_value_or_end_asks_for_no_second_look(store, marks):
    edits.change_scheme(store, add_value(now(store), "certainty", "Hearsay"))
    edits.change_scheme(store, set_ends(now(store), "denies", "from", ["denial"]))
    assert waiting(store) == 0


def test_what_was_decided_while_an_article_is_read_asks_for_a_second_look_too(store, marks):
    edits.change_scheme(store, set_codebook(now(store), "labels", "denial", "Anew."))
    edits.edit_article(store, read.mark(store, marks[1]).article, title="Anew")
    catch_up(store)
    assert counts(store)[False].get("older_definition") == 1


def test_confirming_what_is_up_to_date_leaves_no_trace(store, marks):
    before = names(store)
    edits.confirm_marks(store, marks)
    assert names(store) == before
