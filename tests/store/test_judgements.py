"""Judgements: each stands beside those before it, the newest is in force, undo takes it back exactly."""

import pytest

from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, new_id
from annotator.domain.judging import scales, switched
from annotator.domain.model import Annotator, Judgement, Ref
from annotator.store import edits, read
from annotator.store.imports import import_records
from annotator.store.lists.judgements import judgements
from tests.store.samples import add_article, dump


@pytest.fixture
def claim(store):
    return Ref("proposition", edits.add_proposition(store, "The bridge was closed"))


def values(store, target):
    return [(one.value, one.reason, one.is_in_force) for one in judgements(store, target)]


def test_a_new_judgement_does_not_overwrite_the_one_before(store, claim):
    edits.judge(store, claim, "verdict", "half_true", "One source only")
    edits.judge(store, claim, "verdict", "mostly_true")
    assert values(store, claim) == [("mostly_true", "", True), ("half_true", "One source only", False)]


def test_a_judgement_says_who_and_when(store, claim):
    edits.judge(store, claim, "verdict", "true")
    row = judgements(store, claim)[0]
    assert (row.by, row.is_mine) == ("Ada", True)
    assert row.at.endswith("Z")


def test_each_annotator_has_a_judgement_in_force(store, claim):
    ben = Annotator(id=AnnotatorId(new_id()), name="Ben")
    his = Judgement(
        id=new_id(), target=claim, scale="verdict", value="false", annotator=ben.id, at="2020-01-01T00:00:00Z"
    )
    edits.judge(store, claim, "verdict", "true")
    import_records(store, [ben, his])
    rows = judgements(store, claim)
    assert [(one.by, one.value, one.is_mine, one.is_in_force) for one in rows] == [
        ("Ada", "true", True, True),
        ("Ben", "false", False, True),
    ]


def test_undo_and_redo_of_a_judgement_restore_the_exact_tables(store, claim):
    edits.judge(store, claim, "confidence", "low", "Hearsay")
    before = dump(store)
    edits.judge(store, claim, "confidence", "high", "Seen by two")
    after = dump(store)
    store.undo()
    assert dump(store) == before
    store.redo()
    assert dump(store) == after


def test_withdrawing_puts_the_one_before_in_force_and_undo_brings_it_back(store, claim):
    edits.judge(store, claim, "confidence", "low")
    second = edits.judge(store, claim, "confidence", "high")
    before = dump(store)
    edits.delete_record(store, Judgement, second)
    assert values(store, claim) == [("low", "", True)]
    store.undo()
    assert dump(store) == before


def test_undo_of_switching_a_scale_restores_the_exact_tables(store):
    scheme = read.scheme(store)
    before = dump(store)
    edits.change_scheme(store, switched(scheme, scales(scheme)["reliability"], True))
    assert dump(store) != before
    store.undo()
    assert dump(store) == before


def test_what_the_project_has_no_scale_or_value_for_is_refused_and_nothing_is_written(store, claim):
    article = Ref("article", add_article(store))
    before = dump(store)
    for target, scale, value, code in (
        (claim, "colour", "red", "scale-unknown"),
        (claim, "verdict", "maybe", "scale-value-unknown"),
        (article, "reliability", "A", "scale-not-for"),
        (Ref("source", "nobody"), "reliability", "A", "no-such-row"),
    ):
        with pytest.raises(UserError) as refused:
            edits.judge(store, target, scale, value)
        assert refused.value.code == code
    assert dump(store) == before
