"""Files read for the import dialog, where another process reads them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QCoreApplication

from annotator.domain import runs
from annotator.formats import elsewhere
from annotator.ui.dialogs.import_dialog import ImportDialog
from annotator.ui.dialogs.progress import StoppedError
from annotator.ui.dialogs.reading import read_all

BESIDE = {"texts": (), "brat": ("T1\tclaim 0 3\tThe\n",)}


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch):
    """All there is, is read by a process."""
    monkeypatch.setattr(elsewhere, "is_large", lambda path: True)


@pytest.fixture(params=BESIDE)
def folder(request, tmp_path):
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(f"The harbour has {number} cranes.\n", encoding="utf-8")
        for ann in BESIDE[request.param]:
            (tmp_path / f"{number}.ann").write_text(ann, encoding="utf-8")
    return tmp_path


def read(paths, tell):
    """Read away from the thread of the window, as the dialog does."""
    with ThreadPoolExecutor() as beside:
        return beside.submit(read_all, paths, tell).result()


def test_what_another_process_reads_is_found_as_it_is_here(started, folder, monkeypatch):
    there = read([folder], lambda count: True)
    assert [child.returncode is None for child in started] == [False]
    monkeypatch.setattr(elsewhere, "is_large", lambda path: False)
    here = read([folder], lambda count: True)
    assert [text.article.text for text in there.texts] == [text.article.text for text in here.texts]
    assert [other.records for other in there.others] == [other.records for other in here.others]
    assert len(there.texts) + sum(other.counts["article"] for other in there.others) == 30


def test_whoever_stops_reading_ends_the_process_that_reads(started, folder):
    with pytest.raises(StoppedError) as stopped:
        read([folder], lambda count: False)
    # What was raised may be kept for long, with all that was at hand where it was.
    assert stopped.tb is not None
    assert [child.returncode is None for child in started] == [False]


def test_reading_can_be_stopped_while_documents_are_looked_through(started, tmp_path):
    for number in range(2 * runs.AT_ONCE):
        (tmp_path / f"{number}.txt").touch()
        (tmp_path / f"{number}.ann").touch()
    heard = list[int]()
    with pytest.raises(StoppedError):
        read([tmp_path], heard.append)
    assert heard == [0]
    assert [child.returncode is None for child in started] == [False]


def test_closing_the_dialog_ends_the_process_that_reads(started, folder, look, qtbot):
    dialog = ImportDialog(look, None, [folder])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(started))
    dialog.reject()
    QCoreApplication.processEvents()
    assert not dialog.is_reading
    assert [child.returncode is None for child in started] == [False]
