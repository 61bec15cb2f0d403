"""An import needs no look for garbage: what it makes goes as soon as nobody holds it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from annotator import Project
from annotator.domain.errors import UserError
from tests.app import files


def lines(marks: int) -> list[dict[str, object]]:
    """A file with so many marks, each with a source, and links from one to the next."""
    made = [files.changed(files.CLAIM, id=f"x{number}") for number in range(marks)]
    links = [
        files.changed(
            files.LINK,
            id=f"k{number}",
            kind="elaborates",
            **{"from": {"mark": f"x{number}"}, "to": {"mark": f"x{number - 1}"}},
        )
        for number in range(1, marks)
    ]
    return [*files.LINES[:-1], *made, files.LINK, *links]


def garbage_of(folder: Path, marks: int) -> int:
    """How many objects in circles an import leaves behind."""
    source = files.write(folder / f"{marks}.jsonl", *lines(marks))
    project = Project.create(folder / f"{marks}.annotator")
    gc.collect()
    project.import_([source])
    found = gc.collect()
    project.close()
    return found


def test_no_garbage_in_circles_grows_with_what_is_imported(tmp_path):
    garbage_of(tmp_path, 1)
    assert garbage_of(tmp_path, 2000) - garbage_of(tmp_path, 200) < 100


@pytest.mark.parametrize("line", [files.CLAIM, {"type": "opinion"}])
@pytest.mark.parametrize("is_enabled", [True, False])
def test_garbage_is_looked_for_after_an_import_as_before(tmp_path, line, is_enabled):
    source = files.write(tmp_path / "in.jsonl", *files.LINES, line)
    project = Project.create(tmp_path / "in.annotator")
    if is_enabled:
        gc.enable()
    try:
        if line == files.CLAIM:
            project.import_([source])
        else:
            with pytest.raises(UserError):
                project.import_([source])
        assert gc.isenabled() == is_enabled
    finally:
        gc.disable()  # as it is in all tests
        project.close()
