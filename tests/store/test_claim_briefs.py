"""The claims in brief: as the whole project says, read in parts, and only those anew that were touched."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings

from annotator.domain.briefs import ClaimBrief, briefs
from annotator.domain.dispute import dispute_map
from annotator.domain.model import Ref
from annotator.store import claim_briefs, edits, lists, open_ends
from annotator.store.claim_briefs import ClaimBriefs, read_part
from annotator.store.store import Store
from tests.domain.graphs import Line, choruses, projects
from tests.store.samples import add_article
from tests.store.test_claim_facts import stored

AT_ONCE = 40


class Asked:
    """All claims of a project, read so many at a time; `parts` says how many each time."""

    def __init__(self, store: Store, at_once: int = AT_ONCE) -> None:
        self.store, self.memory, self.at_once = store, ClaimBriefs(store), at_once
        self.parts: list[int] = []

    def all(self) -> list[ClaimBrief]:
        self.memory.forget_touched()
        while missing := list(self.memory.missing(lists.claim_places(self.store))):
            self.read(missing[: self.at_once])
        return sorted(self.memory.claims(), key=lambda one: one.id)

    def read(self, places: Sequence[int]) -> bool:
        self.memory.begin()
        self.parts.append(len(places))
        return self.memory.take(read_part(self.store, places))


@pytest.fixture
def claims(store) -> list[str]:
    """Two parts and a half of claims that nobody speaks to."""
    with store.operation("many"):
        return [edits.add_proposition(store, f"Claim {number}") for number in range(5 * AT_ONCE // 2)]


def at_once(store: Store) -> list[ClaimBrief]:
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
    try:
        assert Asked(store, at_once=1).all() == at_once(store)
    finally:
        store.close()


def test_all_claims_are_read_once(store, claims):
    asked = Asked(store)
    assert [one.id for one in asked.all()] == claims
    assert asked.all() == at_once(store)
    assert asked.parts == [AT_ONCE, AT_ONCE, AT_ONCE // 2]


def test_only_the_claims_that_are_looked_at_are_read(store, claims):
    asked = Asked(store)
    place = lists.place_of(store, "proposition", claims[7])
    asked.read([place])
    assert asked.memory.get(place).id == claims[7]
    assert asked.memory.places() == [place]


def test_a_touched_claim_is_read_anew_with_its_part_and_no_other(store, claims):
    mark, speaker = said(store, claims[0])
    asked = Asked(store)
    asked.all()
    denial = edits.add_mark(store, add_article(store), "denial", [(0, 12)], source=speaker)
    asked.all()  # a new article comes in bulk
    for edit in (
        lambda: edits.edit_proposition(store, claims[0], text="Another sentence"),
        lambda: edits.relabel(store, mark, "denial"),
        lambda: edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", mark)),
        lambda: edits.merge_sources(store, speaker, edits.add_source(store, "A. Vodnik", "person")),
        store.undo,
        lambda: edits.delete_marks(store, [mark]),
        store.undo,
    ):
        asked.parts.clear()
        edit()
        assert asked.all() == at_once(store)
        assert 0 < sum(asked.parts) <= AT_ONCE


def test_what_no_claim_is_made_of_leaves_all_as_read(store, claims):
    said(store, claims[0])
    other = edits.add_mark(store, add_article(store), "claim", [(0, 12)])
    asked = Asked(store)
    asked.all()
    asked.parts.clear()
    edits.relabel(store, other, "denial")
    edits.add_source(store, "Nobody", "person")
    assert asked.all() == at_once(store)
    assert asked.parts == []


def test_new_claims_and_those_that_come_back_are_read_alone(store, claims):
    asked = Asked(store)
    asked.all()
    asked.parts.clear()
    edits.add_proposition(store, "New")
    assert asked.all() == at_once(store)
    store.undo()
    assert asked.all() == at_once(store)
    store.redo()
    assert asked.all() == at_once(store)
    assert asked.parts == [1, 1]


def test_a_claim_that_was_gone_when_it_was_to_be_read_comes_back_by_undo(store, claims):
    asked = Asked(store)
    place = lists.place_of(store, "proposition", claims[-1])
    edits.delete_proposition(store, claims[-1])
    asked.read([place])
    assert asked.memory.is_known(place)
    assert asked.memory.get(place) is None
    store.undo()
    assert asked.all() == at_once(store)


def test_what_comes_in_bulk_or_a_scheme_is_followed_by_reading_all(store, claims):
    asked = Asked(store)
    asked.all()
    asked.parts.clear()
    add_article(store)
    assert asked.all() == at_once(store)
    assert sum(asked.parts) == len(claims)


def test_edits_that_nobody_looks_at_are_remembered_up_to_a_number(store, claims, monkeypatch):
    monkeypatch.setattr(claim_briefs, "REMEMBERED", 3)
    asked = Asked(store)
    asked.all()
    kept = asked.memory
    for number in range(10):
        edits.edit_proposition(store, claims[0], text=f"Said otherwise {number}")
        assert len(kept._touched) <= 3 + 1
    assert asked.all() == at_once(store)
    for number in range(10):
        edits.edit_proposition(store, claims[0], text=f"Said again {number}")
        kept.forget_touched()
        assert len(kept._since) <= 3 + 1
    assert asked.all() == at_once(store)


@pytest.mark.parametrize("is_noticed_at_once", [True, False])
def test_a_claim_touched_while_its_part_is_read_is_read_again(store, claims, is_noticed_at_once):
    asked = Asked(store)
    places = lists.claim_places(store)[:AT_ONCE]
    asked.memory.begin()
    part = read_part(store, places)
    edits.edit_proposition(store, claims[0], text="Edited meanwhile")
    if is_noticed_at_once:
        asked.memory.forget_touched()
    assert not asked.memory.take(part)
    assert asked.all() == at_once(store)
    assert "Edited meanwhile" in {one.text for one in asked.all()}
