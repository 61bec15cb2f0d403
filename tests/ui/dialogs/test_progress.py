"""Long work: what it gives comes back, what it raises comes back, and it can be stopped."""

import gc
import threading
from functools import partial
from weakref import ref

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.errors import UserError
from annotator.store import edits, read
from annotator.store.bulk import BulkCancelledError
from annotator.store.edits.removal import MANY
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.dialogs.progress import (
    ProgressDialog,
    StoppedError,
    Work,
    change_beside,
    copy_beside,
    run_with_progress,
)
from annotator.ui.reporting import read_whole
from tests import LIMIT_MS
from tests.store.samples import TEXT, add_article


@pytest.fixture(autouse=True)
def quick_work_shows_no_dialog():
    """Here the dialog is looked at."""


@pytest.fixture
def window(shown):
    made = QWidget()
    shown(made)
    return made


def dialog() -> ProgressDialog | None:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, ProgressDialog)), None)


def test_the_result_of_a_job_comes_back_and_it_runs_beside_the_window(window):
    here = threading.get_ident()
    assert run_with_progress(window, "Counting", lambda tell: threading.get_ident() != here) is True


def test_what_a_job_raises_is_raised_in_the_window(window):
    def job(tell):
        raise UserError("disk-full")

    with pytest.raises(UserError, match="disk-full"):
        run_with_progress(window, "Counting", job)


class Records(list):
    """What a job has read, of which it can be told whether it is still held."""


@pytest.mark.parametrize("stopped", [StoppedError, BulkCancelledError])
def test_what_a_stopped_job_had_read_is_let_go_at_once(stopped):
    held = []

    def job(tell):
        records = Records()
        held.append(ref(records))
        while tell(1):
            pass
        raise stopped

    work, was_collecting = Work(job), gc.isenabled()
    gc.disable()
    try:
        work.start()
        work.end()
        assert held[0]() is None
    finally:
        if was_collecting:
            gc.enable()
    with pytest.raises(stopped):
        work.result()


@pytest.mark.parametrize("stopped", [StoppedError, BulkCancelledError, None])
def test_cancel_stops_a_job_and_gives_nothing(window, stopped):
    def job(tell):
        count = 0
        while tell(count):
            count += 1
        if stopped:
            raise stopped

    def press():
        found = dialog()
        if found is not None and found.isVisible():
            found.cancel.click()
        else:
            QTimer.singleShot(0, press)

    QTimer.singleShot(0, press)
    assert run_with_progress(window, "Counting", job) is None


@pytest.mark.parametrize(("total", "words"), [(0, "1,234 so far"), (5678, "1,234 of 5,678")])
def test_progress_is_shown_while_a_long_job_runs(window, qtbot, total, words):
    gate = threading.Event()
    seen = []

    def job(tell):
        tell(1234)
        gate.wait(LIMIT_MS / 1000)
        return "done"

    def look_at():
        found = dialog()
        if found is not None and "1" in found.count.text():
            seen.append((found.windowTitle(), found.count.text(), found.isModal()))
            gate.set()
        else:
            QTimer.singleShot(0, look_at)

    QTimer.singleShot(0, look_at)
    assert run_with_progress(window, "Importing", job, total) == "done"
    assert seen == [("Importing", words, True)]


def test_closing_the_window_of_the_progress_only_asks_to_stop(window, qtbot):
    made = ProgressDialog(window, "Importing")
    made.show()
    with qtbot.waitSignal(made.cancelled):
        made.close()
    assert made.isVisible()
    made.hide()
    made.deleteLater()


def test_a_count_that_comes_late_does_not_hide_that_the_work_is_stopping(window):
    made = ProgressDialog(window, "Importing", 5678)
    made.tell(1234)
    made.reject()
    made.tell(2345)
    assert made.count.text() == "Stopping…"
    made.deleteLater()


def test_views_hear_of_a_large_change_on_the_thread_of_the_window(window):
    store = Store.memory()
    article = add_article(store, TEXT * 200)
    places = [(article, [(start, start + 5)]) for start in range(0, 12 * (MANY + 1), 12)]
    edits.label_places(store, "claim", places)
    session = Session(store)
    session.open_article(article)
    heard = []
    store.subscribe(lambda change: heard.append((change.operation.name, threading.current_thread())))
    session.on_focus(lambda focus: heard.append((focus.article, threading.current_thread())))
    main = threading.main_thread()
    change_beside(window, store, "Deleting", partial(edits.delete_article, store, article))
    assert heard == [(None, main), ("delete-article", main)]
    del heard[:]
    change = change_beside(window, store, "Undoing", session.store.undo)
    assert change.operation.kind == "undo"
    assert heard == [("delete-article", main)]
    assert read.is_there(store, "article", article)
    session.close()
    store.close()


@pytest.fixture
def copies(monkeypatch):
    """The copies of a project that were made, and in which thread."""
    made = []
    snapshot = Store.snapshot

    def noted(store, progress):
        made.append((snapshot(store, progress), threading.get_ident()))
        return made[-1][0]

    monkeypatch.setattr(Store, "snapshot", noted)
    return made


def test_a_project_is_copied_beside_the_window(window, copies):
    copy = copy_beside(window, Store.memory(), "Reading")
    assert [found for found, thread in copies if thread != threading.get_ident()] == [copy]
    copy.close()


@pytest.mark.parametrize(
    "begin",
    [
        lambda window: copy_beside(window, Store.memory(), "Reading"),
        lambda window: read_whole(Session(Store.memory()), window, "Reading"),
    ],
    ids=["export", "report"],
)
@pytest.mark.parametrize("is_copied", [False, True])
def test_a_copy_that_nobody_wants_any_more_is_given_up(window, monkeypatch, begin, is_copied):
    made = []
    snapshot = Store.snapshot

    def wait_for_cancel(store, progress):
        if is_copied:
            made.append(snapshot(store, progress))
        is_cancelled.wait(LIMIT_MS / 1000)
        return made[0] if is_copied else snapshot(store, progress)

    def cancel():
        found = dialog()
        if found is None:
            QTimer.singleShot(0, cancel)
            return
        found.cancel.click()
        is_cancelled.set()

    is_cancelled = threading.Event()
    monkeypatch.setattr(Store, "snapshot", wait_for_cancel)
    QTimer.singleShot(0, cancel)
    assert begin(window) is None
    for copy in made:
        with pytest.raises(Exception, match="closed"):
            copy.query("SELECT 1")


def test_a_report_copies_the_project_beside_the_window(window, copies):
    read_whole(Session(Store.memory()), window, "Reading")
    assert [thread for _, thread in copies if thread == threading.get_ident()] == []
    assert copies
