"""What is noted of copies that failed is told once, and never keeps a project from opening."""

import pytest

from annotator.domain.errors import UserError
from annotator.store import failed_copies


@pytest.fixture
def notes(tmp_path):
    return tmp_path / "failed-copies"


@pytest.fixture
def project(tmp_path, notes):
    project = tmp_path / "harbour.annotator"
    failed_copies.note(notes, project, UserError("backup-failed", path="/full/copy", reason="No space left"))
    return project


def test_a_copy_that_failed_is_told_once_and_noted_until_the_next_is_made(notes, project):
    told = failed_copies.untold(notes, project)
    assert told is not None
    assert (told.details["path"], told.details["reason"]) == ("/full/copy", "No space left")
    assert failed_copies.untold(notes, project) is None
    assert failed_copies.noted(notes, project).details == told.details
    failed_copies.forget(notes, project)
    assert failed_copies.noted(notes, project) is None
    assert not notes.exists()


@pytest.mark.parametrize(
    "harmed", ["", "[]", "1", "null", "{}", '{"is_told": false}', '{"code": "x"', "\x00"]
)
def test_a_note_that_is_harmed_says_nothing(notes, project, harmed):
    [note] = notes.iterdir()
    note.write_text(harmed, "utf-8")
    assert failed_copies.noted(notes, project) is None
    assert failed_copies.untold(notes, project) is None
