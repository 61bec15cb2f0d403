"""What becomes of a project when its window is closed, and of the copy that is due then."""

import os
import subprocess
import sys

import pytest

from annotator.domain.spans import Span
from annotator.store import edits, lists, read
from annotator.store.lock import ProjectLock
from annotator.store.store import Store
from tests.store.samples import TEXT, add_article

posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
INTERRUPTED = """
import os, signal, sys, time
from annotator.store import edits
from annotator.store.stages import Stages
from annotator.ui.desktop import Desktop

at, listen = Stages.at, Desktop.listen

def interrupt():
    os.kill(os.getpid(), signal.SIGINT)

def interrupted_at(stages, done):
    interrupt()
    while not stages._is_stopped:
        time.sleep(0.01)
    at(stages, done)

def listen_and_edit(desktop):
    listen(desktop)
    edits.add_source(desktop.window.session.store, "Port")
    if sys.argv[2] == "while it is copied":
        Stages.at = interrupted_at
        desktop.window.close()
    else:
        interrupt()

Desktop.listen = listen_and_edit
from annotator.app.main import main
sys.exit(main(sys.argv[1:2]))
"""

WRITING = """
import os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from annotator.ui.desktop import Desktop

listen = Desktop.listen

def write(desktop):
    window = desktop.window
    if window.docks["mark"].widget() is None:
        QTimer.singleShot(10, lambda: write(desktop))
        return
    window.session.hold(sys.argv[2])
    window.panels.mark.stand_on(None)
    page = window.panels.mark.page
    page.note.insertPlainText("Ask the harbour office")
    window.activateWindow()
    page.question.setFocus()
    QTest.keyClicks(page.question, "Which harbour?")
    os.kill(os.getpid(), getattr(signal, sys.argv[3]))

def listen_and_write(desktop):
    listen(desktop)
    write(desktop)

Desktop.listen = listen_and_write
from annotator.app.main import main
sys.exit(main(sys.argv[1:2]))
"""


@pytest.fixture
def project(tmp_path, me):
    store = Store.create(tmp_path / "news.annotator", me)
    edits.add_source(store, "Ministry")
    store.close()
    return store.path


@pytest.fixture
def changed(desktop, project, tmp_path):
    """Where a project whose copy could not be made was closed."""
    (tmp_path / "backups").write_text("in the way")
    desktop.show(project)
    edits.add_source(desktop.window.session.store, "Port")
    desktop.close()
    return project


def test_the_next_start_says_once_that_the_last_copy_could_not_be_made(desktop, changed):
    desktop.show(changed)
    words = desktop.window.notices.text
    assert "backups" in words
    assert "The project is saved" in words
    desktop.close()
    desktop.show(changed)
    assert not desktop.window.notices.isVisible()


def test_a_failed_copy_is_told_by_its_own_project_alone(desktop, changed, me):
    other = changed.with_name("other.annotator")
    Store.create(other, me).close()
    desktop.show(other)
    assert not desktop.window.notices.isVisible()


def test_nothing_is_told_of_a_failed_copy_once_another_was_made(desktop, changed, tmp_path):
    (tmp_path / "backups").unlink()
    desktop.show(changed)
    edits.add_source(desktop.window.session.store, "Harbour Office")
    desktop.close()
    assert len(list((tmp_path / "backups").rglob("news.*.annotator"))) == 1
    assert not (tmp_path / "failed-copies").exists()


def test_a_note_of_a_failed_copy_that_was_cut_short_says_nothing(desktop, changed, tmp_path):
    (note,) = (tmp_path / "failed-copies").iterdir()
    note.write_text('{"path": "/ho')
    desktop.show(changed)
    assert not desktop.window.notices.isVisible()


def test_all_that_is_to_be_told_at_the_start_is_told(desktop, changed, me):
    elsewhere = Store.open(changed, me)
    desktop.show(changed)
    words = desktop.window.notices.text
    assert "backups" in words
    assert "is open in another window" in words
    desktop.close()
    elsewhere.close()


def run(script, folder, *arguments):
    """The program in a process of its own, with all that it keeps in a folder."""
    places = {name: str(folder / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@posix
@pytest.mark.parametrize(("when", "kept"), [("while it is copied", 0), ("while it is open", 1)])
def test_ctrl_c_closes_in_order_and_leaves_a_whole_copy_or_none(when, kept, project, me, tmp_path):
    done = run(INTERRUPTED, tmp_path, str(project), when)
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, said) == (130, ["Stopped; what was not finished was taken back."])
    folders = list((tmp_path / "home").rglob("backups/*"))
    assert [len(list(folder.iterdir())) for folder in folders] == [kept]
    assert not ProjectLock(project).has_body
    store = Store.open_in_order(project, me)
    assert len(lists.sources(store)) == 2
    store.close()


@posix
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_what_is_being_typed_is_stored_when_the_program_is_told_to_end(name, code, project, me, tmp_path):
    store = Store.open_in_order(project, me)
    mark = edits.add_mark(store, add_article(store, TEXT), "claim", [Span(0, 10)])
    store.close()
    assert run(WRITING, tmp_path, str(project), mark, name).returncode == code
    assert not ProjectLock(project).has_body
    store = Store.open_in_order(project, me)
    written = read.mark(store, mark)
    store.close()
    assert (written.note, written.question) == ("Ask the harbour office", "Which harbour?")
