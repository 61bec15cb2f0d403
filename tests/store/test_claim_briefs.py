"""The claims in brief: as the whole project says, read in parts, and only those anew that were touched."""

import pytest
from hypothesis import given, settings

from annotator.domain.briefs import briefs
from annotator.domain.dispute import dispute_map
from annotator.domain.model import Ref
from annotator.store import claim_briefs, edits, open_ends
from annotator.store.bounded import ReadingStoppedError
from annotator.store.claim_briefs import ClaimBriefs
from annotator.store.store import Store
from tests.domain.graphs import Line, choruses, projects
from tests.store.samples import add_article
from tests.store.test_claim_facts import stored

AT_ONCE = claim_briefs._AT_ONCE


@pytest.fixture
def claims(store) -> list[str]:
    """Two parts and a half of claims that nobody speaks to."""
    with store.operation("many"):
        return [edits.add_proposition(store, f"Claim {number}") for number in range(5 * AT_ONCE // 2)]


@pytest.fixture
def parts(monkeypatch) -> list[int]:
    """How many claims were read in each part, in order."""
    counts: list[int] = []
    read = claim_briefs._read

    def counted(store, some):
        counts.append(len(some))
        return read(store, some)

    monkeypatch.setattr(claim_briefs, "_read", counted)
    return counts


def at_once(store: Store):
    facts = open_ends.facts_with_copies(store)
    return sorted(briefs(facts, dispute_map(facts)), key=lambda one: one.id)


def said(store: Store, claim: str) -> tuple[str, str]:
    """A mark that says the claim and its source."""
    speaker = edits.add_source(store, "Anna Vodnik", "person")
    mark = edits.add_mark(store, add_article(store), "claim", [(0, 12)], source=speaker)
    edits.add_mention(store, mark, claim, "support")
    return mark, speaker


@settings(max_examples=settings().max_examples // 4)
@given(projects() | choruses())
def test_claims_read_in_parts_are_those_of_the_whole_project(lines: list[Line]) -> None:
    store = stored(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claim_briefs, "_AT_ONCE", 1)
        try:
            assert ClaimBriefs(store)(store) == at_once(store)
        finally:
            store.close()


def test_all_claims_are_read_once_a_hundred_at_a_time(store, claims, parts):
    asked = ClaimBriefs(store)
    assert [one.id for one in asked(store)] == claims
    assert asked(store) == at_once(store)
    assert parts == [AT_ONCE, AT_ONCE, AT_ONCE // 2]


def test_a_touched_claim_is_read_anew_with_its_part_and_no_other(store, claims, parts):
    mark, speaker = said(store, claims[0])
    asked = ClaimBriefs(store)
    asked(store)
    denial = edits.add_mark(store, add_article(store), "denial", [(0, 12)], source=speaker)
    asked(store)  # a new article comes in bulk
    for edit in (
        lambda: edits.edit_proposition(store, claims[0], text="Another sentence"),
        lambda: edits.relabel(store, mark, "denial"),
        lambda: edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", mark)),
        lambda: edits.merge_sources(store, speaker, edits.add_source(store, "A. Vodnik", "person")),
        store.undo,
        lambda: edits.delete_marks(store, [mark]),
        store.undo,
    ):
        parts.clear()
        edit()
        assert asked.is_stale
        assert asked(store) == at_once(store)
        assert 0 < sum(parts) <= AT_ONCE


def test_what_no_claim_is_made_of_leaves_all_as_read(store, claims, parts):
    said(store, claims[0])
    other = edits.add_mark(store, add_article(store), "claim", [(0, 12)])
    asked = ClaimBriefs(store)
    asked(store)
    parts.clear()
    edits.relabel(store, other, "denial")
    edits.add_source(store, "Nobody", "person")
    assert asked(store) == at_once(store)
    assert parts == []


def test_new_claims_and_those_that_come_back_are_read_alone(store, claims, parts):
    asked = ClaimBriefs(store)
    asked(store)
    parts.clear()
    edits.add_proposition(store, "New")
    assert asked(store) == at_once(store)
    store.undo()
    assert asked(store) == at_once(store)
    store.redo()
    assert asked(store) == at_once(store)
    assert parts == [1, 1]


def test_what_comes_in_bulk_or_a_scheme_is_followed_by_reading_all(store, claims, parts):
    asked = ClaimBriefs(store)
    asked(store)
    parts.clear()
    add_article(store)
    assert asked(store) == at_once(store)
    assert sum(parts) == len(claims)


def gives_way(monkeypatch, edit) -> list[list[str]]:
    """Reading gives way to an edit before the third part; the claims of each part, as they are read."""
    read, parts = claim_briefs._read, []

    def giving_way(store, some):
        parts.append(some)
        if len(parts) == 3:
            edit()
            raise ReadingStoppedError
        return read(store, some)

    monkeypatch.setattr(claim_briefs, "_read", giving_way)
    return parts


@pytest.mark.parametrize(("touched", "more"), [(-1, 1), (0, 2)], ids=["not yet read", "read"])
def test_reading_that_gave_way_to_an_edit_goes_on_and_takes_it_in(store, claims, monkeypatch, touched, more):
    asked = ClaimBriefs(store)
    parts = gives_way(monkeypatch, lambda: edits.edit_proposition(store, claims[touched], text="Edited"))
    with pytest.raises(ReadingStoppedError):
        asked(store)
    before = len(parts)
    assert asked(store) == at_once(store)
    assert len(parts) - before == more


def test_a_claim_touched_while_its_part_is_read_is_read_again(store, claims, monkeypatch):
    asked, read, edited = ClaimBriefs(store), claim_briefs._read, []

    def overtaken(store, some):
        part = read(store, some)
        if not edited:
            edited.append(edits.edit_proposition(store, some[0], text="Edited meanwhile"))
        return part

    monkeypatch.setattr(claim_briefs, "_read", overtaken)
    assert asked(store) == at_once(store)
    assert not asked.is_stale
