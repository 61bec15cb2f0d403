"""One project at a time, and the way from one to the next."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtWidgets import QInputDialog

from annotator.app.segment import NewsSegmenter
from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, new_id
from annotator.domain.model import Source
from annotator.store import edits, read
from annotator.store.lock import ProjectLock
from annotator.store.store import Identity, Store
from annotator.ui.desktop import Desktop, Installation
from tests.store.samples import TEXT, add_article


@pytest.fixture
def me():
    return Identity(new_id(), AnnotatorId(new_id()), "Ada")


@pytest.fixture
def project(tmp_path, me):
    store = Store.create(tmp_path / "news.annotator", me)
    edits.add_source(store, "Ministry")
    store.close()
    return store.path


@pytest.fixture
def desktop(qtbot, tmp_path, me):
    here = Installation(
        me,
        NewsSegmenter(),
        tmp_path / "window.ini",
        tmp_path / "backups",
        lambda: tmp_path / "sample",
        lambda identity, name: identity._replace(name=name),
    )
    made = Desktop(here, [])
    yield made
    made.close()


def test_the_project_that_is_open_stays_open_by_whatever_name_it_is_asked_for(desktop, project):
    desktop.show(project)
    window = desktop.window
    other_name = project.parent / "link.annotator"
    other_name.symlink_to(project)
    desktop.show(other_name)
    desktop.show(project.parent / "." / project.name)
    assert desktop.window is window
    assert not window.session.store.readonly


def test_a_project_put_back_in_its_place_can_be_opened_again(desktop, project):
    desktop.show(project)
    before = desktop.window
    copy = project.with_name("copy.annotator")
    before.session.store.save_copy(copy)
    copy.replace(project)
    desktop.show(project)
    assert desktop.window is not before
    edits.add_source(desktop.window.session.store, "Harbour Office")


def test_a_project_that_is_gone_leaves_the_window_that_is_open(desktop, project):
    desktop.show(project)
    window = desktop.window
    project.rename(project.with_name("elsewhere.annotator"))
    with pytest.raises(UserError, match="project-missing"):
        desktop.show(project)
    assert desktop.window is window


def test_the_sample_is_opened_first_and_later_the_project_that_was_open_last(desktop, project):
    assert desktop.last_project() == project.parent / "sample"
    desktop.show(project)
    assert desktop.last_project() == project
    desktop.close()
    project.unlink()
    assert desktop.last_project() == project.parent / "sample"


def test_a_project_that_is_open_elsewhere_can_be_read(desktop, project, me):
    elsewhere = Store.open(project, me)
    desktop.show(project)
    window = desktop.window
    assert window.session.store.readonly
    assert str(project) in window.notices.text
    desktop.close()
    elsewhere.close()


def test_a_project_is_taken_once_it_has_been_painted(desktop, project, qtbot):
    desktop.show(project)
    assert not ProjectLock(project).is_held()
    qtbot.waitUntil(ProjectLock(project).is_held)
    assert not desktop.window.session.store.readonly


def test_an_edit_that_comes_before_takes_the_project(desktop, project):
    desktop.show(project)
    edits.add_source(desktop.window.session.store, "Harbour Office")
    assert ProjectLock(project).is_held()


def test_a_project_that_another_program_takes_first_can_be_read(desktop, project, me, qtbot):
    desktop.show(project)
    elsewhere = Store.open(project, me)
    window = desktop.window
    qtbot.waitUntil(lambda: window.session.store.readonly)
    assert str(project) in window.notices.text
    with pytest.raises(UserError, match="project-readonly"):
        edits.add_source(window.session.store, "Harbour Office")
    desktop.close()
    edits.add_source(elsewhere, "Harbour Office")
    elsewhere.close()


def test_what_another_session_wrote_before_the_project_is_taken_is_shown(desktop, project, me, qtbot):
    desktop.show(project)
    window = desktop.window
    other = Store.open(project, me)
    article = add_article(other, TEXT)
    edits.rename_project(other, "Harbour")
    other.close()
    qtbot.waitUntil(lambda: window.session.focus.article == article)
    assert window.windowTitle().startswith("Harbour")


def test_undo_stops_at_what_another_program_changed_and_says_so(desktop, project):
    with closing(sqlite3.connect(project, isolation_level=None)) as other:
        other.execute("UPDATE source SET role = 'host'")
    desktop.show(project)
    desktop.window.commands.undo()
    assert "another program" in desktop.window.notices.text
    assert read.records(desktop.window.session.store, Source)[0].role == "host"


def test_a_new_project_is_made_with_its_preset_and_opened(desktop, project):
    desktop.show(project)
    new = project.with_name("new.annotator")
    desktop.window.new_project_asked.emit(str(new), "corpus")
    store = desktop.window.session.store
    assert (store.path, read.scheme(store).preset_name) == (new, "corpus")


def test_a_changed_name_signs_what_is_done_in_this_project_and_the_next(desktop, project, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Ada Byron", True))
    desktop.show(project)
    desktop.window.name.click()
    store = desktop.window.session.store
    assert store.identity.name == "Ada Byron"
    assert desktop.window.name.text() == "Ada Byron"
    assert desktop.window.name.accessibleName() == "Your name: Ada Byron"
    other = project.with_name("other.annotator")
    Store.create(other, store.identity).close()
    desktop.show(other)
    assert desktop.window.session.store.identity.name == "Ada Byron"
