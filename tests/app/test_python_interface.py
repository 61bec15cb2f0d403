"""The Python interface: what its page shows works, and what is told of a large project is read in parts."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings

from annotator.app.project import Project
from annotator.domain import report
from annotator.domain.dispute import dispute_map
from annotator.domain.errors import UserError
from annotator.domain.report import joined
from annotator.store import boards, nobodys, open_ends, reporting
from annotator.store.edits import edit_proposition
from tests.app import files
from tests.domain.graphs import Line, choruses, projects
from tests.store.test_claim_facts import stored

PAGE = Path(__file__).resolve().parents[2] / "docs" / "command-line.md"


def test_the_example_of_the_page_runs(full, tmp_path, run, monkeypatch, capfd):
    full.rename(tmp_path / "port.annotator")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "ferry.txt").write_text("The ferry did not sail.", encoding="utf-8")
    files.write(tmp_path / "labelled.jsonl", *files.LINES)
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, str(PAGE), "exec"), {})
    board, told = capfd.readouterr().out.splitlines()[-2:]
    assert board.endswith(("True 1", "False 1"))
    assert told.startswith("C")


@pytest.fixture
def parts_are_small():
    with pytest.MonkeyPatch.context() as small:
        small.setattr(boards, "AT_ONCE", 1)
        small.setattr(nobodys, "AT_ONCE", 1)
        small.setattr(reporting, "CLAIMS_IN_PART", 1)
        yield


@pytest.mark.usefixtures("parts_are_small")
@settings(max_examples=settings().max_examples // 4)
@given(projects() | choruses())
def test_a_map_gone_through_is_that_of_all_records(lines: list[Line]) -> None:
    with closing(stored(lines)) as store:
        project, whole = Project(store), dispute_map(open_ends.facts(store))
        assert tuple(project.map().claims) == whole.claims
        assert tuple(project.map().without_source) == whole.without_source
        for board in whole.claims:
            told, alone = project.map(board.id), whole.only(board.id)
            assert (tuple(told.claims), tuple(told.without_source)) == (alone.claims, alone.without_source)


@pytest.mark.usefixtures("parts_are_small")
@settings(max_examples=settings().max_examples // 4)
@given(projects() | choruses())
def test_the_parts_of_a_report_are_together_what_it_says_in_one_piece(lines: list[Line]) -> None:
    with closing(stored(lines)) as store:
        project = Project(store)
        assert joined(project.report_parts(), reporting.report_words(store, reporting.UNSAVED)) == (
            project.report()
        )


def test_a_claim_that_is_changed_while_the_map_is_gone_through_is_told_as_it_was(full):
    with Project.open(full) as project:
        told = project.map().claims
        board = next(told)
        edit_proposition(project.store, board.id, text="Another sentence.")
        assert [*told] == []
        assert [one.text for one in project.map().claims] == ["Another sentence."]


def test_a_claim_that_nobody_knows_is_refused_before_anything_is_read(full):
    with Project.open(full, readonly=True) as project:
        for asked in (lambda: project.map("C99"), lambda: project.report_parts(claims=["C99"])):
            with pytest.raises(UserError):
                asked()


def test_a_large_report_is_refused_in_one_piece_and_told_in_parts(full, monkeypatch):
    monkeypatch.setattr(report, "MOST_CLAIMS", 0)
    with Project.open(full, readonly=True) as project:
        with pytest.raises(UserError, match="report-too-large"):
            project.report()
        assert [claim.handle for part in project.report_parts(drawn=False) for claim in part.claims] == ["C1"]
