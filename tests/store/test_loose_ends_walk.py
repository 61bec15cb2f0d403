"""The round over all loose ends reaches each of them once, whatever it hangs on."""

import pytest

from annotator.domain.model import Exhibit, Ref
from annotator.store import edits
from annotator.store.loose_ends import Walk, catch_up, counts, open_ends_of
from tests.store.samples import add_article


@pytest.fixture
def marks(store):
    """Two articles with marks nobody says, one without an outlet; claims and sources alike; an exhibit."""
    paper = edits.add_source(store, "Harbour Watch", "outlet")
    edits.add_source(store, "Harbour watch", "outlet")
    first, second = add_article(store, outlet=paper), add_article(store)
    found = [
        edits.add_mark(store, first, "denial", [(0, 9)]),
        edits.add_mark(store, first, "denial", [(12, 20)]),
        edits.add_mark(store, second, "denial", [(0, 9)]),
    ]
    for sentence in ("The works sold the pumps", "Works sold pumps"):
        edits.add_proposition(store, sentence)
    picture = edits.add_record(store, Exhibit(id="", title="The gates"))
    edits.add_link(store, "relates_to", Ref("exhibit", picture), Ref("mark", found[0]))
    for article in (first, second):
        edits.set_status(store, article, "done")
    catch_up(store)
    return found


def named(row):
    return row.end.rule, row.end.target


def once_round(store, direction):
    walk = Walk(store, direction)
    stop, found = walk.from_mark(None), []
    while stop is not None and named(stop.row) not in found:
        found.append(named(stop.row))
        stop = walk.from_stop(stop)
    return found


def test_the_round_reaches_every_loose_end_and_leads_back_the_same_way(store, marks):
    listed = [
        named(row)
        for rule in counts(store)[False]
        for row in open_ends_of(store, rule, quiet=False, limit=99)
    ]
    onward = once_round(store, 1)
    assert sorted(onward) == sorted(listed)
    assert {target.table for _, target in onward} == {"mark", "article", "proposition", "source", "link"}
    assert once_round(store, -1) == onward[::-1]


def test_texts_are_read_from_top_to_bottom_before_what_stands_in_none(store, marks):
    in_text = [target.id for _, target in once_round(store, 1) if target.table == "mark"]
    assert list(dict.fromkeys(in_text)) == marks
    tables = [target.table for _, target in once_round(store, 1)]
    assert "mark" not in tables[tables.index("proposition") :]


def test_from_a_mark_in_hand_the_round_goes_on_below_it(store, marks):
    assert Walk(store, 1).from_mark(marks[0]).row.end.mark == marks[1]
    assert Walk(store, -1).from_mark(marks[1]).row.end.mark == marks[0]


def test_what_was_found_anew_is_not_said_twice_in_a_row(store, marks):
    walk = Walk(store, 1)
    stop = walk.from_mark(marks[2])
    while stop.row.end.claim is None:
        stop = walk.from_stop(stop)
    edits.edit_proposition(store, stop.row.end.claim, note="asked twice")
    catch_up(store)
    assert named(walk.from_stop(stop).row) != named(stop.row)


def test_where_nothing_is_open_the_round_ends(store):
    assert Walk(store, 1).from_mark(None) is None
