"""Claim memory: the nearest claims of the project, as the project stands."""

from annotator.domain.model import Proposition, Ref
from annotator.store import claim_memory, edits, read
from annotator.store.claim_memory import ClaimMemory
from tests.ui.panels.project import small_project


def remembered(store) -> ClaimMemory:
    memory = ClaimMemory(store)
    while not memory.fill():
        pass
    return memory


def texts(memory: ClaimMemory, words: str) -> list[str]:
    return [row.text for row in memory.nearest(words)]


def test_the_nearest_claim_comes_first_with_what_is_said_of_it():
    project = small_project()
    store = project.store
    edits.add_proposition(store, "The mayor opened a school")
    memory = remembered(store)
    (claim, *_) = read.mentions_of(store, project.claim)
    edits.add_mention(store, project.denial, claim.proposition, "deny")
    found = memory.nearest("somebody opened the dam on purpose")
    assert found[0][2:] == ("the dam at Orlova had been opened on purpose", 1, 1, "2024-03-04")
    assert "The mayor opened a school" in [row.text for row in found]
    assert memory.nearest("“—”") == []
    assert memory.nearest("on purpose", besides=[claim.proposition]) == []


def test_a_claim_is_found_by_the_words_of_its_marks_in_any_form():
    project = small_project()
    memory = remembered(project.store)
    (node,) = read.mentions_of(project.store, project.repeated)
    edits.edit_proposition(project.store, node.proposition, text="Vodnik kept it shut")
    assert texts(memory, "opening of gates") == [
        "Vodnik kept it shut",
        "the dam at Orlova had been opened on purpose",
    ]


def test_the_memory_follows_every_edit_and_undo():
    project = small_project()
    store = project.store
    memory = remembered(store)
    node = edits.add_proposition(store, "Ferries collided")
    assert texts(memory, "ferries") == ["Ferries collided"]
    edits.edit_proposition(store, node, text="Trains collided")
    assert texts(memory, "ferries") == []
    store.undo()
    assert texts(memory, "ferries") == ["Ferries collided"]
    edits.add_link(store, "supports", Ref("mark", project.evidence), Ref("proposition", node))
    assert texts(memory, "logbook") == ["Ferries collided"]
    edits.delete_marks(store, [project.evidence])
    assert texts(memory, "logbook") == []
    assert texts(memory, "ferries") == []
    store.undo()
    assert texts(memory, "ferries") == ["Ferries collided"]


def test_claims_are_taken_in_a_few_at_a_time(monkeypatch):
    store = small_project().store
    monkeypatch.setattr(claim_memory, "AT_ONCE", 1)
    monkeypatch.setattr(claim_memory, "STEP_S", 0)
    memory = ClaimMemory(store)
    assert not memory.fill()
    assert len(texts(memory, "dam opened gate")) == 1
    edits.add_proposition(store, "A gate")
    while not memory.fill():
        pass
    assert len(texts(memory, "dam opened gate")) == 3


def test_claims_are_taken_in_as_long_as_there_is_time(monkeypatch):
    store = small_project().store
    monkeypatch.setattr(claim_memory, "AT_ONCE", 1)
    monkeypatch.setattr(claim_memory, "STEP_S", float("inf"))
    memory = ClaimMemory(store)
    assert memory.fill()
    assert memory.taken == len(read.records(store, Proposition))


def test_of_words_that_very_many_claims_have_the_rarest_are_looked_for(monkeypatch):
    store = small_project().store
    for number in range(9):
        edits.add_proposition(store, f"The bridge of village {number} was closed")
    edits.add_proposition(store, "Ferries passed the bridge")
    memory = remembered(store)
    assert len(texts(memory, "a bridge, ferries and zeppelins")) == 9
    monkeypatch.setattr(claim_memory, "RANKED", 2)
    assert texts(memory, "a bridge, ferries and zeppelins") == ["Ferries passed the bridge"]
    assert len(texts(memory, "a bridge and zeppelins")) == 9
    assert texts(memory, "zeppelins") == []


def test_after_very_many_edits_all_claims_are_taken_in_anew(monkeypatch):
    monkeypatch.setattr(claim_memory, "REMEMBERED", 3)
    store = small_project().store
    memory = remembered(store)
    nodes = [edits.add_proposition(store, f"Ferry {number}") for number in range(9)]
    assert len(memory._touched) <= 3
    edits.edit_proposition(store, nodes[0], text="Ferries collided")
    while not memory.fill():
        pass
    assert texts(memory, "collided") == ["Ferries collided"]
