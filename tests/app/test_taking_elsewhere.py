"""Nothing of what another process reads is stored where that process dies, or the analyst stops."""

import pytest

from annotator import Project
from annotator.domain.errors import UserError
from annotator.formats import elsewhere
from annotator.store.bulk import BulkCancelledError
from tests.app.done import tables

DOCUMENTS = 300


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of brat documents that is large enough, and more than waits in a pipe."""
    monkeypatch.setattr(elsewhere, "MANY", 2 * DOCUMENTS)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(DOCUMENTS):
        text = f"The harbour was {number} times safe. " * 200
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
        (folder / f"{number:03}.ann").write_text("T1\tclaim 0 11\tThe harbour\n", encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "a.annotator") as project:
        yield project


def test_a_large_folder_comes_from_another_process(project, folder, started):
    assert project.import_([folder], "brat").added["mark"] == DOCUMENTS
    assert started[0].returncode is not None


def test_nothing_is_stored_where_the_process_that_reads_dies(project, folder, started):
    before = tables(project.store.path)

    def progress(count):
        if count:  # before anything came of it, the files would be read here
            started[0].kill()
        return True

    with pytest.raises(UserError, match="reading-broke-off") as caught:
        project.import_([folder], "brat", progress=progress)
    assert caught.value.details["path"] == str(folder)
    assert tables(project.store.path) == before


@pytest.mark.parametrize("many", [2 * DOCUMENTS, 10 * DOCUMENTS])
def test_an_import_can_be_stopped_while_files_are_looked_through(project, folder, monkeypatch, many):
    monkeypatch.setattr(elsewhere, "MANY", many)
    before = tables(project.store.path)
    heard = []
    with pytest.raises(BulkCancelledError):
        project.import_([folder], "brat", progress=heard.append)
    assert heard == [0]
    assert tables(project.store.path) == before


@pytest.mark.parametrize("stop", [BulkCancelledError, KeyboardInterrupt, ZeroDivisionError])
def test_nobody_reads_any_more_once_an_import_has_stopped(project, folder, started, stop):
    before = tables(project.store.path)

    def progress(count):
        if stop is BulkCancelledError:
            return False
        raise stop

    with pytest.raises(stop):
        project.import_([folder], "brat", progress=progress)
    assert started[0].returncode is not None
    assert tables(project.store.path) == before
