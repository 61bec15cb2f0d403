"""A search that asks for what the scheme has no more says so when it is asked."""

from annotator.domain.scheme_labels import delete_label
from annotator.store import edits, read
from tests.ui.search.searching import ask


def test_a_search_for_a_label_that_was_deleted_says_that_the_scheme_knows_it_no_more(panel):
    ask(panel, "label=hedge")
    assert panel.remark.text == ""
    edits.change_scheme(panel.store, delete_label(read.scheme(panel.store), "hedge"))
    ask(panel, "label=hedge or certainty=certain")
    assert "knows nothing of label=hedge" in panel.remark.text
    ask(panel, "certainty=certain")
    assert panel.remark.text == ""
