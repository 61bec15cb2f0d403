"""One project at a time, and the way from one to the next."""

import signal
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.errors import UserError
from annotator.domain.model import Source
from annotator.domain.spans import Span
from annotator.store import edits, lists, read
from annotator.store.lock import ProjectLock
from annotator.store.stages import Stages
from annotator.store.store import Store
from annotator.ui.dialogs import name_question, one_line, opening, reading
from annotator.ui.dialogs.import_dialog import ImportDialog
from annotator.ui.dialogs.opening import OpeningDialog
from annotator.ui.dialogs.progress import Work
from annotator.ui.status import StatusLine
from tests import LIMIT_MS
from tests.store.samples import TEXT, add_article, killed_after_writing


@pytest.fixture
def project(tmp_path, me):
    store = Store.create(tmp_path / "news.annotator", me)
    edits.add_source(store, "Ministry")
    store.close()
    return store.path


def test_the_project_that_is_open_stays_open_by_whatever_name_it_is_asked_for(desktop, project):
    desktop.show(project)
    window = desktop.window
    other_name = project.parent / "link.annotator"
    other_name.symlink_to(project)
    desktop.show(other_name)
    desktop.show(project.parent / "." / project.name)
    assert desktop.window is window
    assert not window.session.store.readonly


def test_a_project_named_from_where_the_program_was_started_is_known_by_its_whole_path(
    desktop, project, monkeypatch
):
    monkeypatch.chdir(project.parent)
    desktop.show(Path(project.name))
    assert desktop.window.session.store.path == project
    assert desktop.settings.recent()[0] == str(project)


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


def test_a_project_that_was_open_elsewhere_can_be_written_when_it_is_opened_again(desktop, project, me):
    elsewhere = Store.open(project, me)
    desktop.show(project)
    desktop.show(project)
    assert desktop.window.session.store.readonly
    assert desktop.window.notices.isVisible()
    elsewhere.close()
    desktop.show(project)
    assert not desktop.window.session.store.readonly
    edits.add_source(desktop.window.session.store, "Harbour Office")


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
    desktop.window.undoing.undo()
    assert "another program" in desktop.window.notices.text
    assert read.records(desktop.window.session.store, Source)[0].role == "host"


def test_a_new_project_is_made_with_its_preset_and_opened(desktop, project):
    desktop.show(project)
    new = project.with_name("new.annotator")
    desktop.window.new_project_asked.emit(str(new), "corpus")
    store = desktop.window.session.store
    assert (store.path, read.scheme(store).preset_name) == (new, "corpus")


@pytest.fixture
def sign(desktop, monkeypatch):
    """Change the name at the foot; answers: whether it is the same person, where that is asked."""

    def change_name(name, *answers):
        given = iter(answers)
        monkeypatch.setattr(one_line, "ask_line", lambda *_: name)
        monkeypatch.setattr(name_question, "is_same_person", lambda *_: next(given))
        desktop.window.name.click()
        assert not list(given)

    return change_name


def test_a_changed_name_signs_what_is_done_in_this_project_and_the_next(desktop, project, sign):
    desktop.show(project)
    sign("Ada Byron")
    store = desktop.window.session.store
    assert store.identity.name == "Ada Byron"
    assert desktop.window.name.text() == "Ada Byron"
    assert desktop.window.name.accessibleName() == "Your name: Ada Byron"
    other = project.with_name("other.annotator")
    Store.create(other, store.identity).close()
    desktop.show(other)
    assert desktop.window.session.store.identity.name == "Ada Byron"


def a_mark(store):
    """A mark by whoever works in this project now, and their name on it."""
    mark = edits.add_mark(store, add_article(store), "claim", [Span(0, 4)])
    return read.annotators(store)[read.mark(store, mark).annotator]


def test_somebody_else_at_the_same_machine_leaves_what_was_signed_before(desktop, project, sign):
    desktop.show(project)
    store = desktop.window.session.store
    first = a_mark(store)
    sign("Ada Byron", False)
    assert (a_mark(store), desktop.window.name.text()) == ("Ada Byron", "Ada Byron")
    assert set(read.annotators(store).values()) == {first, "Ada Byron"}
    sign(first)
    assert a_mark(store) == first
    assert len(read.annotators(store)) == 2


@pytest.mark.parametrize("has_signed", [False, True])
def test_somebody_else_who_mends_their_name_leaves_that_of_the_installation(
    desktop, project, sign, has_signed
):
    desktop.show(project)
    store = desktop.window.session.store
    first = a_mark(store)
    sign("Ada Biron", False)
    if has_signed:
        a_mark(store)
    sign("Ada Byron", *[True] * has_signed)
    assert a_mark(store) == "Ada Byron"
    assert set(read.annotators(store).values()) == {first, "Ada Byron"}
    desktop.close()
    desktop.show(project)
    assert desktop.window.name.text() == first


@pytest.mark.parametrize(("answer", "names"), [(True, {"Ada Byron"}), (None, None)])
def test_another_name_of_the_same_person_is_on_what_was_signed_before(desktop, project, sign, answer, names):
    desktop.show(project)
    store = desktop.window.session.store
    first = a_mark(store)
    sign("Ada Byron", answer)
    assert set(read.annotators(store).values()) == (names or {first})
    assert desktop.window.name.text() == ("Ada Byron" if answer else first)


@pytest.fixture
def killed(project):
    """A project whose program was killed after it had written."""
    return killed_after_writing(project)


@pytest.fixture
def closing_elsewhere(project):
    """A program that has noted the end of its session and still copies the project."""
    holder = ProjectLock(project)
    holder.acquire()
    holder.say_closing()
    yield holder
    holder.release()


def test_a_program_that_is_told_to_end_ends_what_a_dialog_is_doing(desktop, project, tmp_path, monkeypatch):
    (tmp_path / "news.txt").write_text("The ferry sank.")
    gate, guess, stop = threading.Event(), reading.guess, Work.stop
    monkeypatch.setattr(reading, "guess", lambda path: (gate.wait(LIMIT_MS / 1000), guess(path))[1])
    monkeypatch.setattr(Work, "stop", lambda work: (stop(work), gate.set()))
    desktop.show(project)
    dialog = ImportDialog(desktop.window.look, desktop.window, [tmp_path / "news.txt"])
    dialog.show()
    (work,) = dialog.findChildren(Work)
    assert work.isRunning()
    desktop.close()
    assert work.isFinished()


def when_dialog(act):
    """Do something with the dialog of opening as soon as it can be seen."""

    def look():
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, OpeningDialog) and w.isVisible()]
        if found:
            act(found[0])
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def is_gone():
    return not any(isinstance(w, OpeningDialog) and w.isVisible() for w in QApplication.topLevelWidgets())


def test_a_project_whose_program_was_killed_can_be_worked_with_again(desktop, killed, qtbot):
    desktop.show(killed)
    assert {row.name for row in lists.sources(desktop.window.session.store)} == {"Ministry", "Harbour Office"}
    edits.add_source(desktop.window.session.store, "Port")
    qtbot.waitUntil(is_gone)


def test_a_project_that_was_just_closed_opens_when_it_has_been_copied(desktop, closing_elsewhere, project):
    seen = []

    def give_back(dialog):
        seen.append((dialog.windowTitle(), dialog.words.text()))
        closing_elsewhere.release()

    when_dialog(give_back)
    desktop.show(project)
    assert not desktop.window.session.store.readonly
    title, words = seen[0]
    assert title == "Opening news.annotator"
    assert "as soon as all is stored and copied" in words
    assert not desktop.window.notices.text


def test_who_does_not_want_to_wait_at_the_start_is_told_and_nothing_is_opened(
    desktop, closing_elsewhere, project
):
    when_dialog(lambda dialog: dialog.cancel.click())
    with pytest.raises(UserError, match="opening-stopped"):
        desktop.show(project)
    assert desktop.window is None
    assert closing_elsewhere.is_taken


def test_who_does_not_want_to_wait_keeps_the_window_and_is_told_there(
    desktop, closing_elsewhere, project, me
):
    other = project.with_name("other.annotator")
    Store.create(other, me).close()
    desktop.show(other)
    window = desktop.window
    when_dialog(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    window.project_asked.emit(str(project))
    assert desktop.window is window
    assert "Nothing of it is lost" in window.notices.text
    edits.add_source(window.session.store, "Port")


def test_the_window_takes_no_keys_while_another_project_is_waited_for(
    desktop, closing_elsewhere, project, me, qtbot
):
    other = project.with_name("other.annotator")
    Store.create(other, me).close()
    desktop.show(other)
    window = desktop.window
    modal = []

    def look(dialog):
        modal.append(QApplication.activeModalWidget() is dialog and dialog.parent() is window)
        dialog.cancel.click()

    when_dialog(look)
    window.project_asked.emit(str(project))
    assert modal == [True]


def copies(tmp_path):
    return list((tmp_path / "backups").rglob("news.*.annotator"))


def test_a_project_that_was_changed_is_kept_and_given_back_when_the_window_is_closed(
    desktop, project, tmp_path
):
    desktop.show(project)
    edits.add_source(desktop.window.session.store, "Port")
    desktop.close()
    assert len(copies(tmp_path)) == 1
    assert not ProjectLock(project).has_body


def test_the_next_project_is_there_while_the_last_one_is_still_kept(desktop, project, me, tmp_path, qtbot):
    other = project.with_name("other.annotator")
    Store.create(other, me).close()
    desktop.show(project)
    edits.add_source(desktop.window.session.store, "Port")
    desktop.show(other)
    assert desktop.window.session.store.path == other
    qtbot.waitUntil(lambda: len(copies(tmp_path)) == 1)


def test_the_last_project_can_be_opened_again_at_once(desktop, project, me, tmp_path):
    other = project.with_name("other.annotator")
    Store.create(other, me).close()
    desktop.show(project)
    for number in range(3):
        edits.add_source(desktop.window.session.store, f"Port {number}")
        desktop.show(other)
        desktop.show(project)
        assert not desktop.window.session.store.readonly
    assert len(lists.sources(desktop.window.session.store)) == 4
    desktop.close()
    assert len(copies(tmp_path)) == 1


def test_a_copy_that_could_not_be_kept_is_told_in_the_next_window(desktop, project, me, tmp_path, qtbot):
    (tmp_path / "backups").write_text("in the way")
    other = project.with_name("other.annotator")
    Store.create(other, me).close()
    desktop.show(project)
    edits.add_source(desktop.window.session.store, "Port")
    desktop.show(other)
    qtbot.waitUntil(lambda: "backups" in desktop.window.notices.text)
    assert not ProjectLock(project).has_body


def test_the_window_says_that_it_only_reads_once_its_first_edit_was_refused(desktop, project, me, qtbot):
    desktop.show(project)
    elsewhere = Store.open(project, me)
    window = desktop.window
    add_article(elsewhere, TEXT)
    desk = window.hands.desk
    assert desk.guarded(lambda: edits.add_source(desk.store, "Harbour Office")) is None
    qtbot.waitUntil(lambda: "read only" in window.findChild(StatusLine).place.text())
    desktop.close()
    elsewhere.close()


@pytest.fixture
def long_kept(project, me):
    """A project with much history, all of it old."""
    store = Store.open(project, me, wall_ms=lambda: 1_600_000_000_000)
    (ministry,) = (row.id for row in lists.sources(store))
    for number in range(40):
        edits.edit_source(store, ministry, note=f"{number} " * 10_000)
    edits.edit_source(store, ministry, note=None)
    store.close()
    return project


def test_the_file_is_made_smaller_while_the_window_is_closed_and_opens_again(desktop, long_kept):
    desktop.show(long_kept)
    before, size = desktop.window, long_kept.stat().st_size
    desktop.window.packing_asked.emit(90)
    window = desktop.window
    assert window is not before
    assert window.isVisible()
    assert long_kept.stat().st_size < size / 2
    assert window.notices.text.startswith("Packed:")
    assert "before-packing" in window.notices.text
    assert not window.session.store.readonly
    edits.add_source(window.session.store, "Port")


def test_packing_that_is_cancelled_leaves_the_project_as_it_is_and_open(desktop, long_kept, monkeypatch):
    desktop.show(long_kept)
    size = long_kept.stat().st_size
    monkeypatch.setattr(Stages, "begin", lambda stages, stage, total=0: (stages.stop(), stages.at(0)))
    monkeypatch.setattr(Stages, "at", lambda stages, done: stages.require_wanted())
    desktop.window.packing_asked.emit(90)
    assert long_kept.stat().st_size == size
    assert "not made smaller" in desktop.window.notices.text
    assert desktop.window.isVisible()
    assert not list(long_kept.parent.rglob("*before-packing*"))


def test_a_program_that_is_told_to_end_while_it_packs_opens_no_window_again(desktop, long_kept, monkeypatch):
    desktop.show(long_kept)

    def told_to_end(store, days, stages):
        desktop.ended_by = signal.SIGTERM
        raise UserError("packing-stopped")

    monkeypatch.setattr(opening, "pack", told_to_end)
    desktop.window.packing_asked.emit(90)
    assert desktop.window is None


def test_the_dialog_that_comes_when_all_is_copied_says_that_packing_cannot_be_stopped(qtbot):
    stages = Stages()
    stages.begin("packing")
    dialog = opening.PackingDialog(Path("news.annotator"), stages)
    qtbot.addWidget(dialog)
    assert "anew without its old history" in dialog.words.text()
    assert not dialog.cancel.isEnabled()
    assert dialog.comfort.isHidden()
    dialog.reject()
    assert not stages._is_stopped
