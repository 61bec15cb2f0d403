"""Records travel by runs of one type, by the column or one by one."""

from __future__ import annotations

import pytest

from annotator.domain import runs
from annotator.domain.errors import UserError
from annotator.domain.model import Annotator, Article, Source
from annotator.domain.runs import Records, Run, in_runs

SOURCES = [Source(id=f"S{number}", name=f"Source {number}", line=number) for number in range(5)]
ARTICLE = Article(id="A1", text="Kyiv denies it.")


def test_columns_of_records_hold_every_field_in_order():
    run = Run.of(SOURCES[:2])
    assert run.columns["id"] == ("S0", "S1")
    assert run.columns["line"] == (0, 1)
    assert run.columns["affiliation"] == (None, None)
    assert [*run] == SOURCES[:2]
    assert len(run) == 2


def test_records_are_made_of_columns_with_defaults_for_what_is_left_out():
    run = Run(Source, {"id": ["S0", "S1"], "name": ["Source 0", "Source 1"]})
    assert [*run] == SOURCES[:2]
    assert repr([*run]) == repr(SOURCES[:2])
    assert run.columns["kind"] == ["person", "person"]


def test_what_a_reader_gives_comes_in_runs_of_one_type(monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    given = Run(Annotator, {"id": ["B1"], "name": ["Ana"]})
    found = [*in_runs([*SOURCES[:3], given, given, ARTICLE, *SOURCES[3:]])]
    assert [(one.record.type, len(one)) for one in found] == [
        ("source", 2),
        ("source", 1),
        ("annotator", 1),
        ("annotator", 1),
        ("article", 1),
        ("source", 2),
    ]
    assert [record for one in found for record in one] == [
        *SOURCES[:3],
        *given,
        *given,
        ARTICLE,
        *SOURCES[3:],
    ]


def test_long_texts_do_not_gather_in_a_run(monkeypatch):
    monkeypatch.setattr(runs, "CHARACTERS", 2 * len(ARTICLE.text))
    assert [len(one) for one in in_runs([ARTICLE] * 7)] == [3, 3, 1]


def test_a_run_of_nothing_is_left_out():
    nothing = Run(Source, {"id": [], "name": []})
    for given in ([SOURCES[0], nothing, nothing], Records([nothing, Run.of(SOURCES[:1]), nothing])):
        assert [[*one] for one in in_runs(given)] == [SOURCES[:1]]


def test_what_was_read_before_an_error_comes_out_before_it():
    def reading():
        yield SOURCES[0]
        raise UserError("jsonl-not-json")

    found = in_runs(reading())
    assert [*next(found)] == [SOURCES[0]]
    with pytest.raises(UserError, match="jsonl-not-json"):
        next(found)


def test_fields_left_out_are_known_to_be_at_their_defaults():
    run = Run(Source, {"id": ["S0"], "name": ["Ana"], "note": [None]})
    assert run.is_usual("kind", "aliases")
    assert not run.is_usual("kind", "note")


def test_some_records_of_a_run_are_chosen_by_the_column():
    run = Run(Source, {"id": ["S0", "S1"], "name": ["Source 0", "Source 1"]})
    assert run.some([True, True]) is run
    assert run.some([False, False]) is None
    assert [*run.some([False, True])] == SOURCES[1:2]


def test_records_that_come_by_runs_are_taken_one_by_one_or_by_the_run():
    given = [Run.of(SOURCES[:2]), Run.of(SOURCES[2:])]
    assert [*Records(given)] == SOURCES
    assert [*in_runs(Records(given))] == given
