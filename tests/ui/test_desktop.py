"""One project at a time, and the way from one to the next."""

import pytest

from annotator.app.segment import NewsSegmenter
from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, new_id
from annotator.store import edits
from annotator.store.store import Identity, Store
from annotator.ui.desktop import Desktop, Installation


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
        me, NewsSegmenter(), tmp_path / "window.ini", tmp_path / "backups", lambda: tmp_path / "none"
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
