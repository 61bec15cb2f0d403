"""A corrected article takes its marks over; the older version stays as it was."""

import pytest

from annotator.domain.dispute import dispute_map
from annotator.domain.errors import UserError
from annotator.domain.model import Attribution, Ref
from annotator.domain.spans import Span
from annotator.store import edits, open_ends, read
from annotator.store.bulk import BulkCancelledError
from tests.store.samples import TEXT, add_article, dump, place

CORRECTED = TEXT.replace("had been closed", "was shut").replace("A photograph", "On Friday, a photograph")
CORRECTED = "Corrected on Tuesday.\n" + CORRECTED


@pytest.fixture
def marked(store):
    """An article with a chain, values, links and a claim, and another article that answers it."""
    old = add_article(store, title="Bridge")
    gone = edits.add_mark(store, old, "claim", [place(TEXT, "the bridge had been closed")])
    denial = edits.add_mark(store, old, "denial", [place(TEXT, "It was never closed")])
    ground = edits.add_mark(store, old, "evidence", [place(TEXT, "100% of the deck_plates")])
    spokesman = edits.add_source(store, "Spokesman")
    step = Attribution(spokesman, (Span(*place(TEXT, "answered")),), (Span(*place(TEXT, "a spokesman")),))
    edits.set_attribution(store, denial, [step])
    edits.edit_mark(store, denial, note="look again", flags=("anaphoric",))
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", gone))
    edits.add_link(store, "supports", Ref("mark", ground), Ref("mark", denial))
    other = add_article(store, "The harbour said the bridge was open.\n")
    answer = edits.add_mark(store, other, "claim", [(21, 36)])
    edits.add_link(store, "elaborates", Ref("mark", denial), Ref("mark", answer))
    edits.add_link(store, "responds_to", Ref("mark", answer), Ref("mark", denial))
    return old, gone, denial, ground, answer


def kinds(store, mark):
    sql = "SELECT kind, from_mark, to_mark FROM main.link WHERE from_mark = ?1 OR to_mark = ?1 ORDER BY kind"
    return store.query(sql, (mark,))


def test_carrying_marks_over_tells_how_far_it_is_and_stopped_leaves_all_as_it_was(store, marked):
    old, *_ = marked
    new = add_article(store, CORRECTED)
    before, told = dump(store), []
    for stop_at in (1, 3):
        with pytest.raises(BulkCancelledError):
            edits.make_version(store, new, old, lambda count, last=stop_at: count < last)
        assert dump(store) == before
    edits.make_version(store, new, old, lambda count: told.append(count) or True)
    assert told == [1, 2, 3, 3]


def test_marks_whose_words_stayed_are_in_the_new_version_with_all_that_is_theirs(store, marked):
    old, gone, denial, ground, answer = marked
    new = add_article(store, CORRECTED)
    found = {row.mark: row for row in edits.make_version(store, new, old)}
    assert {mark: row.carried.outcome for mark, row in found.items()} == {
        gone: "gone", denial: "same", ground: "same",
    }  # fmt: skip
    assert found[gone].taken is None
    carried = read.mark(store, found[denial].taken)
    assert carried.quotes == ("It was never closed",)
    assert (carried.note, carried.flags, carried.article) == ("look again", ("anaphoric",), new)
    (step,) = carried.attribution
    assert [CORRECTED[slice(*step.cue[0])], CORRECTED[slice(*step.mention[0])]] == ["answered", "a spokesman"]
    assert read.article(store, new).version_of == old
    assert kinds(store, found[denial].taken) == [
        ("elaborates", found[denial].taken, answer),
        ("supports", found[ground].taken, found[denial].taken),
    ]


def test_a_newer_version_that_names_no_outlet_has_that_of_the_older_one(store):
    gazette, courier = (edits.add_source(store, name, kind="outlet") for name in ("Gazette", "Courier"))
    old = add_article(store, outlet=gazette)
    without, with_one = add_article(store, CORRECTED), add_article(store, CORRECTED + "!", outlet=courier)
    edits.make_version(store, without, old)
    edits.make_version(store, with_one, without)
    assert read.article(store, without).outlet == gazette
    assert read.article(store, with_one).outlet == courier


def test_making_a_version_is_one_step_of_undo(store, marked):
    old, *_ = marked
    edits.edit_article(store, old, outlet=edits.add_source(store, "Gazette", kind="outlet"))
    new = add_article(store, CORRECTED)
    before = dump(store)
    edits.make_version(store, new, old)
    after = dump(store)
    store.undo()
    assert dump(store) == before
    store.redo()
    assert dump(store) == after


def test_a_mark_that_was_gone_is_taken_over_by_hand_with_its_links(store, marked):
    old, gone, denial, *_ = marked
    new = add_article(store, CORRECTED)
    found = {row.mark: row for row in edits.make_version(store, new, old)}
    taken = edits.carry_mark(store, gone, new, [Span(*place(CORRECTED, "the bridge was shut"))])
    assert ("denies", found[denial].taken, taken) in kinds(store, taken)
    assert read.mark(store, taken).quotes == ("the bridge was shut",)
    with pytest.raises(UserError, match="mark-carried-already"):
        edits.carry_mark(store, gone, new, [Span(0, 9)])


def test_the_older_version_is_frozen_and_says_where_to_work(store, marked):
    old, gone, denial, *_ = marked
    new = add_article(store, CORRECTED)
    edits.make_version(store, new, old)
    before = dump(store)
    for act in (
        lambda: edits.add_mark(store, old, "claim", [(0, 12)]),
        lambda: edits.set_spans(store, gone, [(0, 12)]),
        lambda: edits.relabel(store, gone, "denial"),
        lambda: edits.set_source(store, gone, None, [Span(0, 3)]),
        lambda: edits.set_attribute(store, denial, "certainty", "possible"),
        lambda: edits.edit_mark(store, gone, note="x"),
        lambda: edits.duplicate_mark(store, gone),
        lambda: edits.delete_marks(store, [gone]),
        lambda: edits.label_places(store, "claim", [(old, [(0, 12)])]),
        lambda: edits.make_version(store, add_article(store, CORRECTED + "!"), old),
    ):
        with pytest.raises(UserError, match="article-frozen") as refused:
            act()
        assert (refused.value.details["older"], refused.value.details["newer"]) == ("A1", "A3")
    assert {table: rows for table, rows in dump(store).items() if table != "article"} == {
        table: rows for table, rows in before.items() if table != "article"
    }


def test_an_equal_text_carries_every_mark_to_its_own_place(store, marked):
    old, *_ = marked
    new = add_article(store, TEXT)
    for row in edits.make_version(store, new, old):
        assert row.carried == ("same", row.spans)
        assert read.mark(store, row.taken).spans == row.spans


def test_the_map_counts_both_versions_as_one_work(store, marked):
    old, gone, *_ = marked
    edits.set_source(store, gone, edits.add_source(store, "Ministry"))
    before = dispute_map(open_ends.facts(store))
    edits.make_version(store, add_article(store, TEXT), old)
    facts = open_ends.facts(store)
    after = dispute_map(facts)
    assert old in {article.version_of for article in facts.articles.values()}
    assert [len(board.asserts) for board in after.claims] == [len(board.asserts) for board in before.claims]
    assert [len(board.denies) for board in after.claims] == [len(board.denies) for board in before.claims]
