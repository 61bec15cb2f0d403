"""An article that comes in changed is known for a newer version; links to the older words follow if asked."""

import pytest

from annotator.domain.dispute import dispute_map
from annotator.domain.errors import UserError
from annotator.domain.model import Ref
from annotator.domain.spans import Span
from annotator.store import edits, lists, open_ends, read
from annotator.store.bulk import BulkCancelledError
from annotator.store.newer import links_left, newer_versions
from tests.store.samples import TEXT, add_article, dump, place

CORRECTED = "Corrected on Tuesday.\n" + TEXT.replace("had been closed", "was shut")
URL = "https://www.example.org/bridge.html"


def found(store, *articles):
    return [(one.article, one.older, one.why) for one in newer_versions(store, articles)]


@pytest.mark.parametrize(
    "again",
    [
        URL,
        "http://example.org/bridge.html#top",
        "https://m.example.org/bridge.html/?utm_source=mail&fbclid=7",
    ],
)
def test_a_changed_text_at_the_same_address_is_a_newer_version(store, again):
    old = add_article(store, url=URL)
    add_article(store, url="https://example.org/harbour.html")
    new = add_article(store, CORRECTED, url=again)
    assert found(store, new) == [(new, old, "address")]


@pytest.mark.parametrize(
    "title", ["Bridge shut", "UPDATED: Bridge shut", "Bridge shut (corrected)", "Bridge  Shut!"]
)
def test_a_changed_text_of_the_same_outlet_and_title_is_a_newer_version(store, title):
    paper, other = edits.add_source(store, "Courier", "outlet"), edits.add_source(store, "Herald", "outlet")
    old = add_article(store, title="Bridge shut", outlet=paper)
    elsewhere = add_article(store, CORRECTED, title="Bridge shut", outlet=other)
    new = add_article(store, CORRECTED, title=title, outlet=paper)
    assert found(store, elsewhere) == []
    assert found(store, new) == [(new, old, "title")]


def test_a_changed_text_under_the_same_file_name_is_a_newer_version_where_half_of_it_stayed(store):
    paper = edits.add_source(store, "Courier", "outlet")
    old = add_article(store, title="Bridge shut", outlet=paper, origin={"file": "2024/bridge.txt"})
    new = add_article(store, CORRECTED, title="A correction", outlet=paper, origin={"file": "Bridge.txt"})
    other = add_article(store, "Nothing of it stayed.\n", outlet=paper, origin={"file": "bridge.txt"})
    elsewhere = add_article(store, CORRECTED + "More.\n", origin={"file": "bridge.txt"})
    assert found(store, other, elsewhere) == []
    assert found(store, new) == [(new, old, "file")]


def test_what_has_the_same_words_other_words_or_an_earlier_date_is_no_newer_version(store):
    add_article(store, url=URL, title="Bridge", date="2017-08-15")
    same = add_article(store, url=URL)
    other = add_article(store, "A page of today, with nothing of yesterday on it.\n", url=URL)
    earlier = add_article(store, CORRECTED, url=URL, date="2017-08-14")
    front = add_article(store, CORRECTED, url="https://www.example.org/")
    assert found(store, same, other, earlier, front) == []


def test_of_several_versions_each_follows_the_last_one(store):
    first = add_article(store, url=URL)
    second = add_article(store, CORRECTED, url=URL)
    edits.make_version(store, second, first)
    third = add_article(store, CORRECTED + "More.\n", url=URL)
    fourth = add_article(store, CORRECTED + "More and more.\n", url=URL)
    assert found(store, third, fourth) == [(third, second, "address"), (fourth, third, "address")]
    assert found(store, second) == []


def test_several_versions_are_one_step_of_undo_and_all_or_nothing(store):
    old = [add_article(store, TEXT, url=URL), add_article(store, TEXT + "A.\n", title="A")]
    for article in old:
        edits.add_mark(store, article, "denial", [place(TEXT, "It was never closed")])
    new = [add_article(store, CORRECTED, url=URL), add_article(store, CORRECTED + "A.\n", title="A")]
    pairs = newer_versions(store, new)
    before, told = dump(store), []
    with pytest.raises(BulkCancelledError):
        edits.make_versions(store, pairs, lambda count: count < 2)
    assert dump(store) == before
    assert edits.make_versions(store, pairs, lambda count: told.append(count) or True) == {
        new[0]: 1, new[1]: 1,
    }  # fmt: skip
    assert told == [0, 1, 1, 2]
    after = dump(store)
    store.undo()
    assert dump(store) == before
    store.redo()
    assert dump(store) == after
    store.undo()
    edits.make_version(store, add_article(store, CORRECTED + "B.\n"), old[1])
    before = dump(store)
    with pytest.raises(UserError, match="article-frozen"):
        edits.make_versions(store, pairs)
    assert dump(store) == before


@pytest.fixture
def answered(store):
    """A claim of two versions, which another article denies and an exhibit supports."""
    old = add_article(store)
    claim = edits.add_mark(store, old, "claim", [place(TEXT, "It was never closed")])
    edits.set_source(store, claim, edits.add_source(store, "Spokesman"))
    edits.add_mention(store, claim, edits.add_proposition(store, "The bridge was open."))
    other = add_article(store, "The ministry called that a lie.\n")
    denial = edits.add_mark(store, other, "denial", [(0, 30)])
    edits.set_source(store, denial, edits.add_source(store, "Ministry"))
    link = edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    photo = edits.add_exhibit(store, title="A photograph")
    ground = edits.add_link(store, "supports", Ref("exhibit", photo), Ref("mark", claim))
    new = add_article(store, CORRECTED)
    (taken,) = [row.taken for row in edits.make_version(store, new, old)]
    return claim, taken, new, denial, link, ground


def sides(store):
    (board,) = dispute_map(open_ends.facts(store)).claims
    voices = [[entry.source for entry in side] for side in (board.asserts, board.denies)]
    return voices, [ground.origin for ground in board.grounds_for], board.asserting, board.denying


def test_links_from_elsewhere_to_the_older_words_are_told_and_moved_one_or_all(store, answered):
    claim, taken, new, _, link, ground = answered
    assert [(one.link, one.older, one.newer) for one in links_left(store, new)] == [
        (link, claim, taken),
        (ground, claim, taken),
    ]
    before, counted = dump(store), sides(store)
    assert edits.move_links(store, [link], new) == 1
    assert [one.link for one in links_left(store, new)] == [ground]
    assert read.link(store, link).target == Ref("mark", taken)
    edits.move_links(store, [ground], new)
    assert links_left(store, new) == []
    assert sides(store) == counted
    store.undo()
    store.undo()
    assert dump(store) == before


def test_the_map_counts_a_link_to_both_versions_once_and_moving_leaves_one(store, answered):
    _, taken, new, denial, link, _ = answered
    counted = sides(store)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", taken))
    assert sides(store) == counted
    assert links_left(store, new)[0].is_double
    edits.move_links(store, [link], new)
    ends = [(row.kind, row.other.id) for row in lists.links(store, [denial]) if row.kind == "denies"]
    assert ends == [("denies", taken)]
    assert sides(store) == counted


def test_a_link_whose_mark_was_not_carried_over_is_refused_and_nothing_moves(store, answered):
    *_, new, _, link, ground = answered
    store.undo()
    before = dump(store)
    with pytest.raises(UserError, match="link-not-carried"):
        edits.move_links(store, [link, ground], new)
    assert dump(store) == before


def test_links_to_the_first_version_are_moved_to_the_third(store, answered):
    _, _, second, *_, link, ground = answered
    third = add_article(store, CORRECTED + "More.\n")
    (taken,) = [row.taken for row in edits.make_version(store, third, second)]
    assert [(one.link, one.newer) for one in links_left(store, third)] == [(link, taken), (ground, taken)]


def test_evidence_whose_words_were_corrected_is_one_ground_of_a_claim(store):
    old = add_article(store)
    ground = edits.add_mark(store, old, "evidence", [place(TEXT, "the bridge had been closed")])
    other = add_article(store, "The harbour said the bridge was shut.\n")
    claim = edits.add_mark(store, other, "claim", [(21, 36)])
    edits.add_mention(store, claim, edits.add_proposition(store, "The bridge was shut."))
    edits.add_link(store, "supports", Ref("mark", ground), Ref("mark", claim))
    new = add_article(store, CORRECTED)
    edits.make_version(store, new, old)
    taken = edits.carry_mark(store, ground, new, [Span(*place(CORRECTED, "the bridge was shut"))])
    _, grounds, *_ = sides(store)
    assert grounds == [Ref("mark", taken)]
