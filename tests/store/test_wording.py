"""Thin layers of a mark: cue, name, hedge and date are words of the text."""

import pytest

from annotator.domain.errors import UserError
from annotator.domain.model import Attribution
from annotator.domain.spans import Span
from annotator.store import edits, read
from tests.store.samples import TEXT, add_article, dump, place


@pytest.fixture
def mark(store):
    return edits.add_mark(store, add_article(store), "claim", [place(TEXT, "the bridge had been closed")])


@pytest.mark.parametrize("layer", ["cue", "mention", "hedge"])
def test_words_said_twice_to_be_something_are_so_no_more(store, mark, layer):
    before = dump(store)
    words = [place(TEXT, "said")]
    edits.set_words(store, mark, layer, words)
    after = dump(store)
    assert after != before
    edits.set_words(store, mark, layer, words)
    assert dump(store) == before
    store.undo()
    assert dump(store) == after
    store.undo()
    assert dump(store) == before


def test_a_relay_has_words_of_its_own(store, mark):
    speaker, relay = edits.add_source(store, "The ministry"), edits.add_source(store, "The Gazette", "outlet")
    edits.set_source(store, mark, speaker)
    edits.add_relay(store, mark, relay)
    edits.set_words(store, mark, "cue", [place(TEXT, "said")])
    edits.set_words(store, mark, "cue", [place(TEXT, "answered")], -1)
    assert read.mark(store, mark).attribution == (
        Attribution(speaker, (Span(*place(TEXT, "said")),)),
        Attribution(relay, (Span(*place(TEXT, "answered")),)),
    )


def test_words_outside_the_text_are_refused(store, mark):
    before = dump(store)
    with pytest.raises(UserError):
        edits.set_words(store, mark, "cue", [(0, len(TEXT) + 1)])
    assert dump(store) == before


def test_a_date_is_kept_as_written_and_normalised_where_the_words_say_it_whole(store):
    text = "On 14 August 2017 the paper reported it. On Monday nobody answered."
    mark = edits.add_mark(store, add_article(store, text), "claim", [place(text, "reported it")])
    assert edits.set_date_words(store, mark, [place(text, "14 August 2017")])
    found = read.mark(store, mark)
    assert (found.attributes["date_written"], found.attributes["date"]) == ("14 August 2017", "2017-08-14")
    assert found.origins["date"] == "rule:date@1"
    assert not edits.set_date_words(store, mark, [place(text, "Monday")])
    assert read.mark(store, mark).attributes["date_written"] == "Monday"


@pytest.mark.parametrize(("by_hand", "kept"), [(False, None), (True, "2017-08-13")])
def test_other_words_for_the_date_leave_none_that_was_read_from_the_words_before(store, by_hand, kept):
    text = "On 14 August 2017 the paper reported it. On Monday nobody answered."
    mark = edits.add_mark(store, add_article(store, text), "claim", [place(text, "nobody answered")])
    edits.set_date_words(store, mark, [place(text, "14 August 2017")])
    if by_hand:
        edits.set_attribute(store, mark, "date", kept)
    edits.set_date_words(store, mark, [place(text, "Monday")])
    assert read.mark(store, mark).attributes.get("date") == kept
