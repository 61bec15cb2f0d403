"""Marks: their words, their label, who says it, what is known about it."""

import pytest

from annotator.domain.errors import UserError
from annotator.domain.ids import new_id
from annotator.domain.model import Attribution, Ref
from annotator.domain.scheme import Scheme
from annotator.domain.spans import Span
from annotator.store import edits, lists, read
from tests.store.samples import TEXT, add_article, dump, names, place, two_marks


def refuses(store, code, act):
    """The edit is refused and nothing of it stays."""
    before, seen = dump(store), names(store)
    with pytest.raises(UserError) as refused:
        act()
    assert refused.value.code == code
    assert (dump(store), names(store)) == (before, seen)
    return refused.value.details


@pytest.fixture
def article(store):
    return add_article(store)


def test_a_mark_keeps_its_words_their_context_and_who_made_it(store, article, me):
    span = place(TEXT, "🌉 “It was")
    mark = read.mark(store, edits.add_mark(store, article, "denial", [span]))
    assert (mark.spans, mark.quotes) == ((Span(*span),), ("🌉 “It was",))
    assert (mark.annotator, mark.label, mark.scheme_version) == (me.annotator, "denial", 1)
    assert mark.attributes == {"act": "state", "certainty": "certain", "denial_kind": ["content"]}
    assert set(mark.origins.values()) == {"default"}
    assert mark.created.endswith("Z")
    assert mark.source is None


def test_pieces_of_a_mark_are_ordered_and_merged(store, article):
    mark = edits.add_mark(store, article, "claim", [(30, 40), (0, 3), (38, 45), (3, 5)])
    assert read.mark(store, mark).spans == (Span(0, 5), Span(30, 45))
    assert read.mark(store, mark).quotes == (TEXT[0:5], TEXT[30:45])


def test_values_given_with_a_new_mark_count_as_set_by_hand(store, article):
    mark = edits.add_mark(store, article, "claim", [(0, 3)], attributes={"certainty": "possible"})
    found = read.mark(store, mark)
    assert found.attributes["certainty"] == "possible"
    assert (found.origins["certainty"], found.origins["act"]) == ("hand", "default")


def test_a_mark_and_its_source_are_one_operation(store, article):
    source = edits.add_source(store, "Ministry", "organisation")
    count = len(names(store))
    mark = edits.add_mark(store, article, "claim", [(0, 3)], source=source)
    assert read.mark(store, mark).source == source
    assert len(names(store)) == count + 1


@pytest.mark.parametrize(
    ("label", "spans", "code"),
    [
        ("rumour", [(0, 3)], "label-unknown"),
        ("claim", [], "span-empty"),
        ("claim", [(3, 3)], "span-empty"),
        ("claim", [(5, 2)], "span-empty"),
        ("claim", [(-1, 3)], "span-outside"),
        ("claim", [(0, len(TEXT) + 1)], "span-outside"),
    ],
)
def test_a_mark_that_cannot_be(store, article, label, spans, code):
    refuses(store, code, lambda: edits.add_mark(store, article, label, spans))


def test_a_mark_may_cover_the_whole_text(store, article):
    mark = edits.add_mark(store, article, "claim", [(0, len(TEXT))])
    assert read.mark(store, mark).quotes == (TEXT,)


def test_a_mark_needs_an_article_and_known_values(store, article):
    refuses(store, "no-such-row", lambda: edits.add_mark(store, new_id(), "claim", [(0, 3)]))
    values = {"certainty": "sure"}
    refuses(
        store,
        "attribute-value-unknown",
        lambda: edits.add_mark(store, article, "claim", [(0, 3)], attributes=values),
    )


def test_other_words_for_a_mark_move_its_quotes_and_where_it_is_found(store, article):
    mark = edits.add_mark(store, article, "claim", [(0, 3)])
    edits.set_spans(store, mark, [(100, 180), (10, 12)], "add-piece")
    found = read.mark(store, mark)
    assert found.quotes == (TEXT[10:12], TEXT[100:180])
    assert [shape.id for shape in lists.shapes(store, article, 150, 151)] == [mark]
    assert lists.shapes(store, article, 0, 3) == []
    assert names(store)[-1] == ("add-piece", "edit")
    refuses(store, "span-outside", lambda: edits.set_spans(store, mark, [(0, 9999)]))
    refuses(store, "no-such-row", lambda: edits.set_spans(store, new_id(), [(0, 3)]))


def test_another_label_brings_its_defaults_and_keeps_what_was_set_by_hand(store, article):
    mark = edits.add_mark(store, article, "claim", [(0, 3)], attributes={"certainty": "possible"})
    edits.relabel(store, mark, "denial")
    found = read.mark(store, mark)
    assert found.label == "denial"
    assert found.attributes == {"act": "state", "certainty": "possible", "denial_kind": ["content"]}
    assert found.origins == {"act": "default", "certainty": "hand", "denial_kind": "default"}
    edits.relabel(store, mark, "cue")
    assert read.mark(store, mark).attributes == {"certainty": "possible"}
    refuses(store, "label-unknown", lambda: edits.relabel(store, mark, "rumour"))


def test_another_label_turns_the_stance_that_came_from_the_old_one(store, article):
    claim, _denial = two_marks(store, article)
    node = edits.add_proposition(store, "The bridge was closed")
    other = edits.add_proposition(store, "The ministry asked")
    edits.add_mention(store, claim, node)
    edits.add_mention(store, claim, other, "query")
    edits.relabel(store, claim, "denial")
    assert [row.stance for row in read.mentions_of(store, claim)] == ["deny", "query"]


def test_a_label_without_a_stance_of_its_own_counts_as_support(store, article):
    claim, _denial = two_marks(store, article)
    edits.relabel(store, claim, "evidence")
    edits.add_mention(store, claim, edits.add_proposition(store, "The bridge was closed"))
    for label, stance in (("denial", "deny"), ("evidence", "support"), ("no_comment", "comment")):
        edits.relabel(store, claim, label)
        assert [row.stance for row in read.mentions_of(store, claim)] == [stance]


def test_what_is_computed_is_not_stored_as_a_default(store, article):
    rows = [
        {**row, "default": "none"} if row["id"] == "quote" else row
        for row in Scheme.default().data["attributes"]
    ]
    edits.set_scheme(store, {**Scheme.default().data, "attributes": rows})
    claim, _denial = two_marks(store, article)
    edits.relabel(store, claim, "denial")
    assert "quote" not in read.mark(store, claim).attributes


def test_a_label_that_breaks_a_link_is_refused(store, article):
    claim, denial = two_marks(store, article)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    details = refuses(store, "relabel-breaks-link", lambda: edits.relabel(store, claim, "no_comment"))
    assert details == {"kind": "denies", "label": "no_comment"}
    refuses(store, "relabel-breaks-link", lambda: edits.relabel(store, denial, "evidence"))
    edits.relabel(store, claim, "evidence")


def test_a_chain_has_a_speaker_and_relays(store, article):
    mark = edits.add_mark(store, article, "claim", [(0, 3)])
    speaker, agency, paper = (edits.add_source(store, name) for name in ("Ministry", "Agency", "Paper"))
    edits.set_source(store, mark, speaker, [Span(13, 17)])
    edits.add_relay(store, mark, agency)
    edits.add_relay(store, mark, paper, [Span(0, 3)])
    found = read.mark(store, mark)
    assert (found.source, found.relays) == (speaker, (agency, paper))
    edits.set_source(store, mark, paper)
    found = read.mark(store, mark)
    assert found.attribution[0] == Attribution(paper, (Span(13, 17),))
    assert found.relays == (agency, paper)
    edits.set_attribution(store, mark, [])
    assert read.mark(store, mark).attribution == ()


def test_a_relay_may_be_known_where_the_speaker_is_not(store, article):
    mark = edits.add_mark(store, article, "claim", [(0, 3)])
    agency = edits.add_source(store, "Agency")
    edits.add_relay(store, mark, agency)
    assert read.mark(store, mark).attribution == (Attribution(None), Attribution(agency))
    edits.set_attribution(store, mark, [Attribution(None, (Span(1, 2),))])
    edits.set_source(store, mark, None)
    assert read.mark(store, mark).attribution == (Attribution(None, (Span(1, 2),)),)


def test_taking_the_only_source_away_leaves_no_chain(store, article):
    mark = edits.add_mark(store, article, "claim", [(0, 3)], source=edits.add_source(store, "Ministry"))
    edits.set_source(store, mark, None)
    assert read.mark(store, mark).attribution == ()


@pytest.mark.parametrize("span", [(3, 3), (-1, 2), (0, 9999)])
def test_a_cue_outside_the_text_is_refused(store, article, span):
    mark = edits.add_mark(store, article, "claim", [(0, 3)])
    steps = [Attribution(None, (Span(*span),))]
    refuses(store, "span-outside", lambda: edits.set_attribution(store, mark, steps))


def test_a_value_keeps_its_origin_and_can_be_taken_away(store, article):
    mark = edits.add_mark(store, article, "claim", [(0, 3)])
    edits.set_attribute(store, mark, "certainty", "probable", "rule:hedges@2")
    assert read.mark(store, mark).origins["certainty"] == "rule:hedges@2"
    edits.set_attribute(store, mark, "certainty", None)
    assert "certainty" not in read.mark(store, mark).attributes | read.mark(store, mark).origins
    refuses(store, "attribute-value-unknown", lambda: edits.set_attribute(store, mark, "certainty", "x"))
    refuses(store, "attribute-unknown", lambda: edits.set_attribute(store, mark, "mood", "x"))


def test_what_is_noted_beside_a_mark(store, article):
    mark = edits.add_mark(store, article, "claim", [(0, 3)])
    source = edits.add_source(store, "Ministry")
    changes = {
        "note": "x", "question": "Who?", "sure": False, "flags": ("anaphoric",), "status": "checked",
        "hedges": (Span(4, 8),), "possible_source": source,
    }  # fmt: skip
    edits.edit_mark(store, mark, **changes)
    found = read.mark(store, mark)
    assert {name: getattr(found, name) for name in changes} == changes
    refuses(store, "field-unknown", lambda: edits.edit_mark(store, mark, label="denial"))
    refuses(store, "field-unknown", lambda: edits.edit_mark(store, mark, id="x"))
    refuses(store, "no-such-row", lambda: edits.edit_mark(store, new_id(), note="x"))


def test_a_duplicate_has_the_words_and_the_chain_but_no_links(store, article):
    claim, denial = two_marks(store, article)
    edits.set_source(store, denial, edits.add_source(store, "Harbour"))
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    copy = edits.duplicate_mark(store, denial)
    mine, theirs = read.mark(store, copy), read.mark(store, denial)
    assert (mine.spans, mine.label, mine.attribution) == (theirs.spans, theirs.label, theirs.attribution)
    assert lists.links(store, [copy]) == []
    assert lists.mark_row(store, copy).number == 3
    refuses(store, "no-such-row", lambda: edits.duplicate_mark(store, new_id()))


def test_a_deleted_mark_takes_its_links_and_an_orphaned_claim_along(store, article):
    claim, denial = two_marks(store, article)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    edits.delete_marks(store, [claim])
    assert lists.claims(store) == []
    assert lists.links(store, [denial]) == []
    assert [row.id for row in lists.marks(store)] == [denial]


@pytest.mark.parametrize("what", ["note", "typed in", "judged", "linked", "mentioned twice"])
def test_a_claim_somebody_worked_on_outlives_its_mark(store, article, what):
    from annotator.domain.model import Judgement

    claim, denial = two_marks(store, article)
    node = edits.add_proposition(store, "The bridge was closed", in_no_article=what == "typed in")
    edits.add_mention(store, claim, node)
    if what == "note":
        edits.edit_proposition(store, node, note="see the report")
    elif what == "judged":
        target = Ref("proposition", node)
        edits.add_record(store, Judgement(id="", target=target, scale="verdict", value="open"))
    elif what == "linked":
        edits.add_link(store, "undermines", Ref("mark", denial), Ref("proposition", node))
    elif what == "mentioned twice":
        edits.add_mention(store, denial, node)
    edits.delete_marks(store, [claim])
    assert [row.id for row in lists.claims(store)] == [node]


def test_several_marks_are_deleted_together_or_not_at_all(store, article):
    claim, denial = two_marks(store, article)
    refuses(store, "no-such-row", lambda: edits.delete_marks(store, [claim, new_id()]))
    edits.delete_marks(store, [claim, denial])
    assert lists.marks(store) == []
    store.undo()
    assert len(lists.marks(store)) == 2


def test_a_date_is_kept_normalised_and_one_that_is_none_changes_nothing(store, article):
    mark = edits.add_mark(store, article, "claim", [(0, 3)])
    edits.set_attribute(store, mark, "date", "14 August 2017")
    assert read.mark(store, mark).attributes["date"] == "2017-08-14"
    refuses(store, "date-none", lambda: edits.set_attribute(store, mark, "date", "last summer"))
