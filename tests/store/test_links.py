"""Links and claims: which mark answers which, and what is said about a claim."""

import pytest

from annotator.domain.ids import new_id
from annotator.domain.model import Exhibit, Judgement, Link, PropositionLink, Ref, Report
from annotator.store import edits, lists, read
from tests.store.samples import TEXT, add_article, dump, place, two_marks
from tests.store.test_marks import refuses


@pytest.fixture
def marks(store):
    """A claim, a denial, a piece of evidence and a mark of another layer."""
    article = add_article(store)
    claim, denial = two_marks(store, article)
    evidence = edits.add_mark(store, article, "evidence", [place(TEXT, "A photograph")])
    cue = edits.add_mark(store, article, "cue", [place(TEXT, "said")])
    return [Ref("mark", mark) for mark in (claim, denial, evidence, cue)]


def test_a_denial_gives_the_denied_claim_a_node(store, marks):
    claim, denial, *_ = marks
    link = edits.add_link(store, "denies", denial, claim, how=None, note="explicit")
    assert read.link(store, link).note == "explicit"
    (node,) = lists.claims(store)
    assert (node.text, node.support, node.deny) == ("the bridge had been closed", 1, 1)
    edits.delete_link(store, link)
    assert len(lists.claims(store)) == 1
    refuses(store, "no-such-row", lambda: edits.delete_link(store, link))


def test_the_same_claim_is_kept_as_two_mentions(store, marks):
    claim, denial, *_ = marks
    copy = Ref("mark", edits.duplicate_mark(store, claim.id))
    assert edits.add_link(store, "same_claim", claim, copy) is None
    assert read.links_of(store, claim.id) == []
    assert [(row.kind, row.other) for row in lists.links(store, [claim.id])] == [("same_claim", copy)]
    refuses(store, "same-claim-already", lambda: edits.add_link(store, "same_claim", copy, claim))
    edits.delete_marks(store, [copy.id])
    edits.add_link(store, "same_claim", claim, denial)
    assert [(row.kind, row.other) for row in lists.links(store, [claim.id])] == [("denies", denial)]


def test_nobody_denies_what_is_silent_on_a_claim_whatever_its_mention_says(store, marks):
    claim, denial, *_ = marks
    node = edits.add_proposition(store, "The bridge was closed")
    quiet = edits.add_mark(store, read.mark(store, claim.id).article, "no_comment", [(0, 12)])
    edits.add_mention(store, quiet, node, "support")
    assert lists.links(store, [quiet]) == []
    edits.add_mention(store, denial.id, node, "deny")
    both = lists.links(store, [quiet, denial.id])
    assert {(row.mark, row.kind, row.other.id) for row in both} == {
        (quiet, "same_claim", denial.id), (denial.id, "same_claim", quiet)
    }  # fmt: skip


def test_marks_of_two_claims_that_are_the_same_bring_all_mentions_together(store, marks):
    claim, denial, *_ = marks
    third = edits.duplicate_mark(store, claim.id)
    written, quoted = edits.add_proposition(store, "The bridge was closed"), None
    edits.add_mention(store, denial.id, written)
    edits.add_link(store, "same_claim", claim, Ref("mark", third))
    (quoted,) = {row.id for row in lists.claims(store)} - {written}
    edits.add_link(store, "same_claim", claim, denial)
    (node,) = lists.claims(store)
    assert (node.id, node.text) == (written, "The bridge was closed")
    assert {row.mark for mark in (claim.id, denial.id, third) for row in read.mentions_of(store, mark)} == {
        claim.id,
        denial.id,
        third,
    }
    assert quoted != node.id


@pytest.mark.parametrize(("kind", "stance"), [("denies", "deny"), ("supports", "support")])
def test_an_act_upon_a_claim_is_a_mention(store, marks, kind, stance):
    node = Ref("proposition", edits.add_proposition(store, "The bridge was closed"))
    assert edits.add_link(store, kind, marks[1], node) is None
    assert [row.stance for row in read.mentions_of(store, marks[1].id)] == [stance]
    refuses(store, "mention-there-already", lambda: edits.add_link(store, kind, marks[1], node))


def test_an_exhibit_supports_as_a_link(store, marks):
    exhibit = Ref("exhibit", edits.add_record(store, Exhibit(id="", title="Photograph of the deck")))
    node = Ref("proposition", edits.add_proposition(store, "The bridge was closed"))
    for target in (node, marks[0]):
        assert read.link(store, edits.add_link(store, "supports", exhibit, target)).origin == exhibit
    (seen,) = lists.links(store, [marks[0].id])
    assert (seen.other, seen.text, seen.outward) == (exhibit, "Photograph of the deck", False)


def test_links_that_cannot_be(store, marks):
    claim, denial, evidence, cue = marks
    source = Ref("source", edits.add_source(store, "Ministry"))
    node = Ref("proposition", edits.add_proposition(store, "The bridge was closed"))
    for code, kind, origin, target in (
        ("link-kind-unknown", "mocks", claim, denial),
        ("link-to-itself", "supports", claim, claim),
        ("link-origin-refused", "denies", evidence, claim),
        ("link-origin-refused", "denies", cue, claim),
        ("link-target-refused", "denies", denial, source),
        ("link-target-refused", "supports", evidence, cue),
        ("link-origin-refused", "supports", source, claim),
        ("link-origin-refused", "supports", node, claim),
        ("no-such-row", "supports", Ref("mark", new_id()), claim),
        ("no-such-row", "supports", claim, Ref("proposition", new_id())),
    ):
        details = refuses(store, code, lambda k=kind, o=origin, t=target: edits.add_link(store, k, o, t))
        assert code == "no-such-row" or details["kind"] == kind
    edits.add_link(store, "undermines", evidence, source, how="undercut")
    refuses(store, "link-there-already", lambda: edits.add_link(store, "undermines", evidence, source))


def test_a_link_can_be_turned_around_where_both_ends_allow_it(store, marks):
    claim, denial, evidence, _ = marks
    link = edits.add_link(store, "denies", denial, claim)
    edits.reverse_link(store, link)
    assert (read.link(store, link).origin, read.link(store, link).target) == (claim, denial)
    supports = edits.add_link(store, "corroborates", evidence, claim)
    edits.reverse_link(store, supports)
    to_source = edits.add_link(
        store, "undermines", evidence, Ref("source", edits.add_source(store, "Ministry"))
    )
    refuses(store, "link-not-reversible", lambda: edits.reverse_link(store, to_source))
    cites = edits.add_link(store, "cites", claim, evidence)
    refuses(store, "no-such-row", lambda: edits.reverse_link(store, new_id()))
    refuses(store, "link-target-refused", lambda: edits.reverse_link(store, cites))


def test_a_link_can_be_called_something_else_where_both_ends_allow_it(store, marks):
    claim, _denial, evidence, _ = marks
    link = edits.add_link(store, "supports", evidence, claim)
    edits.edit_link(store, link, kind="undermines", how="rebut", inferred=True, note="see ¶3")
    found = read.link(store, link)
    assert (found.kind, found.how, found.inferred, found.note) == ("undermines", "rebut", True, "see ¶3")
    refuses(store, "link-origin-refused", lambda: edits.edit_link(store, link, kind="denies"))
    refuses(store, "field-unknown", lambda: edits.edit_link(store, link, weight=3))
    refuses(store, "no-such-row", lambda: edits.edit_link(store, new_id(), note="x"))


def test_a_link_that_becomes_an_act_is_kept_as_mentions_alone(store, marks):
    claim, denial, _, _ = marks
    link = edits.add_link(store, "relates_to", claim, denial, note="the same event")
    edits.edit_link(store, link, kind="same_claim")
    assert read.records(store, Link) == []
    (ours,), (theirs,) = read.mentions_of(store, claim.id), read.mentions_of(store, denial.id)
    assert ours.proposition == theirs.proposition
    store.undo()
    assert read.link(store, link).kind == "relates_to"
    assert read.mentions_of(store, claim.id) == []


def test_a_link_to_a_claim_that_becomes_a_denial_keeps_its_note(store, marks):
    node = Ref("proposition", edits.add_proposition(store, "The bridge was closed"))
    link = edits.add_link(store, "undermines", marks[1], node, note="see ¶3")
    edits.edit_link(store, link, kind="denies")
    (mention,) = read.mentions_of(store, marks[1].id)
    assert (mention.stance, mention.note) == ("deny", "see ¶3")
    assert read.records(store, Link) == []


def test_a_claim_denied_only_now_gets_its_node_too(store, marks):
    claim, denial, _, _ = marks
    link = edits.add_link(store, "contradicts", claim, denial)
    edits.reverse_link(store, link)
    assert read.mentions_of(store, claim.id) == []
    edits.edit_link(store, link, kind="denies")
    assert [mention.stance for mention in read.mentions_of(store, claim.id)] == ["support"]


def test_no_link_becomes_a_second_one_of_its_kind(store, marks):
    claim, denial, _, _ = marks
    edits.add_link(store, "denies", denial, claim)
    other = edits.add_link(store, "contradicts", denial, claim)
    refuses(store, "link-there-already", lambda: edits.edit_link(store, other, kind="denies"))
    back = edits.add_link(store, "contradicts", claim, denial)
    refuses(store, "link-there-already", lambda: edits.reverse_link(store, back))


def test_a_report_goes_on_without_a_deleted_claim_and_with_the_one_two_became(store, marks):
    first, second, third = (edits.add_proposition(store, words) for words in ("It burnt", "It sank", "Fog"))
    report = edits.add_record(store, Report(id="", title="The ferry", claims=(second, third, first)))
    edits.merge_propositions(store, first, second)
    edits.delete_proposition(store, third)
    assert read.by_id(store, Report, report).claims == (first,)
    edits.delete_mention(store, edits.add_mention(store, marks[0].id, first))
    assert read.by_id(store, Report, report).claims == (first,)
    assert read.proposition(store, first).text == "It burnt"
    for _ in range(4):
        store.undo()
    assert read.by_id(store, Report, report).claims == (second, third, first)


def test_a_mention_takes_the_stance_of_the_label_unless_told(store, marks):
    node = edits.add_proposition(store, "  The bridge was closed ")
    assert read.proposition(store, node).text == "The bridge was closed"
    claim, denial, evidence, _ = (mark.id for mark in marks)
    edits.set_attribute(store, evidence, "act", "ask")
    for mark in (claim, denial, evidence):
        edits.add_mention(store, mark, node)
    other = edits.add_proposition(store, "Somebody commented")
    edits.add_mention(store, claim, other, "comment", certainty="possible", note="x")
    (row,) = [row for row in lists.claims(store) if row.id == node]
    assert (row.support, row.deny, row.query, row.comment) == (1, 1, 1, 0)
    refuses(store, "stance-unknown", lambda: edits.add_mention(store, denial, other, "maybe"))
    refuses(store, "mention-there-already", lambda: edits.add_mention(store, claim, node, "deny"))
    refuses(store, "no-such-row", lambda: edits.add_mention(store, claim, new_id()))
    refuses(store, "no-such-row", lambda: edits.add_mention(store, new_id(), node))


def test_a_mention_can_be_changed_moved_and_taken_away(store, marks):
    claim = marks[0].id
    first, second = (edits.add_proposition(store, text) for text in ("First", "Second"))
    mention = edits.add_mention(store, claim, first)
    edits.edit_mention(store, mention, stance="query", certainty="possible")
    assert read.mentions_of(store, claim)[0].stance == "query"
    refuses(store, "stance-unknown", lambda: edits.edit_mention(store, mention, stance="x"))
    refuses(store, "no-such-row", lambda: edits.edit_mention(store, mention, proposition=new_id()))
    edits.edit_mention(store, mention, proposition=second)
    assert [row.id for row in lists.claims(store)] == [second]
    third = edits.add_proposition(store, "Third")
    edits.add_mention(store, claim, third)
    refuses(store, "mention-there-already", lambda: edits.edit_mention(store, mention, proposition=third))
    edits.delete_mention(store, mention)
    assert [row.id for row in lists.claims(store)] == [third]
    refuses(store, "no-such-row", lambda: edits.delete_mention(store, mention))


def test_two_claims_made_one_keep_every_mention_link_and_judgement_once(store, marks):
    claim, denial, evidence, _ = marks
    into, other, third = (edits.add_proposition(store, text) for text in ("One", "Two", "Three"))
    for node in (into, other):
        edits.add_mention(store, claim.id, node)
    edits.add_mention(store, denial.id, other)
    edits.add_link(store, "undermines", evidence, Ref("proposition", other))
    edits.add_record(store, Judgement(id="", target=Ref("proposition", other), scale="verdict", value="open"))
    for origin, target in ((into, other), (other, third)):
        edits.add_record(store, PropositionLink(id="", origin=origin, kind="part_of", target=target))
    edits.merge_propositions(store, into, other)
    (row,) = [row for row in lists.claims(store) if row.id == into]
    assert (row.support, row.deny) == (1, 1)
    assert read.links_of(store, evidence.id)[0].target == Ref("proposition", into)
    assert read.records(store, Judgement)[0].target == Ref("proposition", into)
    assert [(row.origin, row.target) for row in read.records(store, PropositionLink)] == [(into, third)]
    refuses(store, "claim-merge-itself", lambda: edits.merge_propositions(store, into, into))
    refuses(store, "no-such-row", lambda: edits.merge_propositions(store, into, other))


def test_a_deleted_claim_takes_mentions_and_links_along_and_leaves_the_marks(store, marks):
    node = edits.add_proposition(store, "The bridge was closed", topic="bridge")
    edits.edit_proposition(store, node, place="harbour", text="It was closed")
    edits.add_mention(store, marks[0].id, node)
    refuses(store, "field-unknown", lambda: edits.edit_proposition(store, node, colour="x"))
    edits.delete_proposition(store, node)
    assert read.mentions_of(store, marks[0].id) == []
    assert lists.count_marks(store) == 4
    refuses(store, "no-such-row", lambda: edits.delete_proposition(store, node))
    refuses(store, "no-such-row", lambda: edits.edit_proposition(store, node, text="x"))


def test_some_mentions_of_a_claim_get_a_claim_of_their_own(store):
    claim, denial = two_marks(store)
    node = edits.add_proposition(store, "The bridge was hit twice")
    first, second = (edits.add_mention(store, mark, node) for mark in (claim, denial))
    before = dump(store)
    refuses(store, "claim-split-nothing", lambda: edits.split_proposition(store, node, [], "x"))
    refuses(store, "claim-split-all", lambda: edits.split_proposition(store, node, [first, second], "x"))
    assert dump(store) == before
    other = edits.split_proposition(store, node, [second], "The bridge was hit by night")
    assert read.proposition(store, other).text == "The bridge was hit by night"
    assert [one.proposition for one in read.mentions_of(store, denial)] == [other]
    assert [one.proposition for one in read.mentions_of(store, claim)] == [node]
    store.undo()
    assert dump(store) == before


def test_claims_stand_to_one_another_once_and_a_symmetric_kind_in_either_direction(store):
    first, second = (edits.add_proposition(store, words) for words in ("It was opened", "It was shut"))
    before = dump(store)
    edits.relate_propositions(store, first, "contradicts", second)
    again = lambda: edits.relate_propositions(store, second, "contradicts", first)  # noqa: E731
    assert refuses(store, "link-there-already", again) == {"kind": "contradicts"}
    edits.relate_propositions(store, second, "part_of", first)
    edits.relate_propositions(store, first, "part_of", second)
    refuses(store, "link-kind-unknown", lambda: edits.relate_propositions(store, first, "likes", second))
    refuses(store, "link-to-itself", lambda: edits.relate_propositions(store, first, "contradicts", first))
    for _ in range(3):
        store.undo()
    assert dump(store) == before


def test_a_claim_is_first_said_in_the_oldest_article_that_asserts_or_denies_it(store):
    claim, _ = two_marks(store)
    node = edits.add_proposition(store, "The bridge was hit twice")
    assert lists.first_said(store, [node]) == {}
    edits.add_mention(store, claim, node)
    edits.edit_article(store, read.mark(store, claim).article, date="2024-03-05")
    assert lists.first_said(store, [node]) == {node: "2024-03-05"}
    edits.edit_mention(store, read.mentions_of(store, claim)[0].id, stance="comment")
    assert lists.first_said(store, [node]) == {}


def test_a_claim_is_first_said_where_a_linked_denial_says_so_and_not_where_somebody_is_silent(store):
    claim, denial = two_marks(store)
    link = edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    (node,) = (row.id for row in lists.claims(store))
    early = add_article(store, date="2024-03-05")
    quiet = edits.add_mark(store, early, "no_comment", [(0, 12)])
    edits.add_mention(store, quiet, node, "support")
    edits.edit_article(store, read.mark(store, denial).article, date="2024-04-01")
    assert lists.first_said(store, [node]) == {node: "2024-04-01"}
    assert [(row.support, row.deny, row.mentions) for row in lists.claims(store)] == [(1, 1, 2)]
    assert [(one.mark, one.stance) for one in lists.said_on(store, node)] == [
        (claim, "support"),
        (denial, "deny"),
        (quiet, "silence"),
    ]
    edits.delete_link(store, link)
    assert [(row.support, row.deny, row.mentions) for row in lists.claims(store)] == [(1, 0, 2)]
