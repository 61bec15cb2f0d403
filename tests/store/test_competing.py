"""Competing claims: which they are, and their cells as judgements through edits, undo and files."""

import pytest

from annotator.domain.errors import UserError
from annotator.domain.ids import new_id
from annotator.domain.model import PropositionLink, Ref
from annotator.formats.jsonl import to_line
from annotator.store import edits, export
from annotator.store.competing import competing, competing_table
from annotator.store.imports import import_records
from annotator.store.lists.judgements import judgements
from annotator.store.store import Store
from tests.store.samples import dump, two_marks


@pytest.fixture
def claims(store):
    first, second, third = (edits.add_proposition(store, words) for words in ("Closed", "Open", "Half open"))
    link = PropositionLink(id="", origin=first, kind="alternative_to", target=second)
    edits.add_record(store, link)
    edits.edit_proposition(store, second, set="bridge")
    edits.edit_proposition(store, third, set="bridge")
    return first, second, third


def test_claims_compete_by_their_set_and_by_being_alternatives(store, claims):
    other = edits.add_proposition(store, "Something else")
    assert [competing(store, one) for one in claims] == [list(claims)] * 3
    assert competing(store, other) == [other]


def test_a_cell_set_by_hand_changes_no_link_and_undo_restores_the_exact_tables(store, claims):
    photo = edits.add_exhibit(store, title="Photo")
    edits.add_link(store, "supports", Ref("exhibit", photo), Ref("proposition", claims[0]))
    before = dump(store)
    edits.judge_evidence(store, Ref("exhibit", photo), claims[1], "ach", "II", "It shows the barrier")
    edits.judge_evidence(store, Ref("exhibit", photo), claims[0], "credibility", "2")
    assert dump(store)["link"] == before["link"]
    _, table = competing_table(store, claims[0])
    assert [cell.value for cell in table.rows[0].cells] == ["C", "II", "N"]
    assert table.rows[0].credibility == "2"
    store.undo()
    store.undo()
    assert dump(store) == before


def test_a_judgement_of_evidence_is_none_of_the_claim(store, claims):
    claim, _ = two_marks(store)
    edits.judge_evidence(store, Ref("mark", claim), claims[0], "ach", "C")
    assert judgements(store, Ref("proposition", claims[0])) == []


def test_deleted_evidence_leaves_the_table_and_comes_back_with_undo(store, claims):
    photo = edits.add_exhibit(store, title="Photo")
    edits.judge_evidence(store, Ref("exhibit", photo), claims[0], "ach", "I")
    edits.delete_exhibit(store, photo)
    assert competing_table(store, claims[0])[1].rows == ()
    store.undo()
    assert len(competing_table(store, claims[0])[1].rows) == 1


def test_what_is_no_value_or_no_evidence_is_refused(store, claims):
    photo = edits.add_exhibit(store, title="Photo")
    before = dump(store)
    for evidence, value, code in (
        (Ref("exhibit", photo), "X", "scale-value-unknown"),
        (Ref("mark", new_id()), "C", "no-such-row"),
    ):
        with pytest.raises(UserError) as refused:
            edits.judge_evidence(store, evidence, claims[0], "ach", value)
        assert refused.value.code == code
    assert dump(store) == before


def test_cells_come_through_the_lossless_format(store, claims, me):
    claim, _ = two_marks(store)
    edits.judge_evidence(store, Ref("mark", claim), claims[0], "ach", "II", "Its date is wrong")
    other = Store.memory(me)
    import_records(other, export.records(store))
    assert list(map(to_line, export.records(other))) == list(map(to_line, export.records(store)))
    found = competing_table(other, claims[0])[1]
    assert [[cell.value for cell in row.cells] for row in found.rows] == [["II", "N", "N"]]
    other.close()
