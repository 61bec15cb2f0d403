"""While another program keeps the project to itself the window waits, says so, and goes on."""

import signal
import sqlite3
from contextlib import closing

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from annotator.app.segment import NewsSegmenter
from annotator.domain.errors import UserError
from annotator.store import edits, lists, read
from annotator.store.lock import ProjectLock
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.store.verify import content_damage
from annotator.ui.checking import _Check
from annotator.ui.dialogs.busy import BusyDialog, Patience
from annotator.ui.dialogs.progress import Work
from annotator.ui.docks import Docks
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from tests.ui.test_window import put_in
from tests.ui.windows import window_on


class Other(QObject):
    """A program that keeps a project to itself until it sees that somebody waits for it.

    meanwhile: what the analyst does while the dialog is shown.
    """

    _shown = Signal(QObject)

    def __init__(self, path, meanwhile):
        super().__init__()
        self._meanwhile = meanwhile
        self._shown.connect(self._act, Qt.ConnectionType.QueuedConnection)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("BEGIN EXCLUSIVE")
        self.seen = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, BusyDialog):
            self.seen += [label.text() for label in watched.findChildren(QLabel)]
            self._shown.emit(watched)
        return False

    def _act(self, dialog):
        self._meanwhile(dialog)
        self.close()

    def close(self):
        self._connection.close()


@pytest.fixture
def store(tmp_path):
    store = Store.create(tmp_path / "news.annotator", Identity(name="Ada"))
    put_in(store, "One", "Two")
    yield store
    store.close()


@pytest.fixture
def window(store, qtbot):
    made = window_on(store, qtbot, filled="loose-ends")
    made.panels.settle_ends()
    store.store_kept()
    yield made
    made.close()


@pytest.fixture
def waiting(store):
    """Lets another program begin to keep the project to itself."""
    made = []

    def begin(meanwhile=lambda dialog: None):
        store.query("PRAGMA busy_timeout = 0")  # not before: a commit has to wait for readers in threads
        made.append(Other(store.path, meanwhile))
        QApplication.instance().installEventFilter(made[-1])
        return made[-1]

    yield begin
    for one in made:
        QApplication.instance().removeEventFilter(one)
        one.close()


@pytest.fixture
def other(window, waiting):
    return waiting()


@pytest.mark.parametrize(
    "act",
    [
        lambda window, bot: window.commands.step_article(1),
        lambda window, bot: bot.keyClick(window.view, Qt.Key.Key_N),
        lambda window, bot: window.docks["history"].raise_(),
        lambda window, bot: window.docks["marks"].raise_(),
    ],
    ids=["step", "next", "history", "marks"],
)
def test_whatever_reads_waits_until_the_project_is_free(window, other, qtbot, act):
    act(window, qtbot)
    assert "news.annotator" in other.seen[0]
    assert not any(isinstance(one, BusyDialog) and one.isVisible() for one in QApplication.topLevelWidgets())


def test_the_article_that_was_asked_for_is_there_once_the_project_is_free(window, other, store):
    window.commands.step_article(1)
    assert other.seen
    assert window.session.focus.article == lists.articles(store)[1].id
    assert window.view.page.text == window.hands.desk.text


def test_a_window_that_waits_can_be_closed_and_loses_nothing(window, waiting, store, qtbot):
    mark = edits.add_mark(store, window.session.focus.article, "claim", [(0, 3)])
    window.session.hold(mark)
    window.panels.mark.settle()
    window.panels.mark.page.note.setPlainText("asked the port")
    window.panels.mark.page.note.document().setModified(True)
    gone = []

    def close(dialog):
        qtbot.mouseClick(dialog.close_window, Qt.MouseButton.LeftButton)
        gone.append((window.isVisible(), dialog.isVisible(), window.hearing.is_closed))

    waiting(close)
    window.commands.step_article(1)
    assert gone == [(False, False, False)]
    qtbot.waitUntil(lambda: window.hearing.is_closed)
    assert read.mark(store, mark).note == "asked the port"


class Writing(QDialog):
    """A dialog that stores what is written in it when it is closed."""

    is_stored = False

    def done(self, result):
        self.is_stored = True
        super().done(result)


def test_what_is_written_in_a_dialog_is_stored_when_a_window_that_waits_is_closed(window, waiting, qtbot):
    writing = Writing(window)
    writing.show()
    seen = []

    def close(dialog):
        dialog.close_window.click()
        seen.append(writing.isVisible())

    waiting(close)
    window.commands.step_article(1)
    qtbot.waitUntil(lambda: window.hearing.is_closed)
    assert seen == [False]
    assert writing.is_stored
    assert not writing.isVisible()


def test_who_opens_the_project_of_a_window_closed_while_it_waits_is_told_to_wait(
    window, waiting, store, qtbot
):
    store.take()
    told = []

    def close(dialog):
        with pytest.raises(UserError, match="project-locked"):
            ProjectLock(store.path).acquire(lambda: told.append("closing"))
        dialog.close_window.click()

        def stop():
            told.append("closing")
            raise UserError("opening-stopped")

        with pytest.raises(UserError, match="opening-stopped"):
            ProjectLock(store.path).acquire(stop)

    waiting(close)
    window.commands.step_article(1)
    qtbot.waitUntil(lambda: window.hearing.is_closed)
    assert told == ["closing"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_a_logout_end_the_program_while_it_waits(window, waiting, number):
    before = signal.signal(number, lambda *_: None)
    mine = signal.getsignal(number)
    meanwhile = []
    waiting(lambda dialog: meanwhile.append(signal.getsignal(number)))
    window.commands.step_article(1)
    assert meanwhile == [signal.SIG_DFL]
    assert signal.signal(number, before) is mine


def test_the_button_of_the_window_closes_one_that_waits(window, waiting, qtbot):
    waiting(lambda dialog: window.close())
    window.commands.step_article(1)
    qtbot.waitUntil(lambda: window.hearing.is_closed)
    assert not window.isVisible()


def test_what_is_typed_while_a_window_waits_is_not_lost(window, waiting, qtbot):
    window.panels.articles.filter.setFocus()
    waiting(lambda dialog: qtbot.keyClicks(window.panels.articles.filter, "Two"))
    window.commands.step_article(1)
    qtbot.waitUntil(lambda: window.panels.articles.filter.text() == "Two")


def test_the_mouse_does_nothing_in_a_window_that_waits(window, waiting, qtbot):
    before = window.name.isDown(), window.settings.theme

    def point(dialog):
        qtbot.mouseClick(
            window.view.viewport(), Qt.MouseButton.LeftButton, pos=window.view.viewport().rect().center()
        )
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()

    waiting(point)
    caret = window.view.caret()
    window.commands.step_article(0)
    assert (window.name.isDown(), window.settings.theme, window.view.caret()) == (*before, caret)


def test_whoever_only_asks_gets_no_answer_while_the_project_is_not_free(store):
    with closing(sqlite3.connect(store.path, isolation_level=None)) as keeper:
        assert store.is_free()
        keeper.execute("BEGIN EXCLUSIVE")
        assert not store.is_free()
    assert store.is_free()


def test_a_thread_that_outlives_the_window_is_refused_a_project_that_is_not_free(store, qtbot):
    window = QWidget()
    store.when_busy = Patience(window, store).wait
    shiboken6.delete(window)
    store.query("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as keeper:
        keeper.execute("BEGIN EXCLUSIVE")
        work = Work(lambda tell: lists.articles(store))
        work.start()
        work.wait()
    with pytest.raises(UserError):
        work.result()


def test_the_panels_of_a_window_that_opens_are_filled_once_the_project_is_free(
    store, qtbot, monkeypatch, waiting
):
    fill, others = Docks.fill_seen, []

    def fill_beside_another(docks):
        others.append(waiting())
        yield from fill(docks)

    monkeypatch.setattr(Docks, "fill_seen", fill_beside_another)
    store.query("PRAGMA busy_timeout = 0")
    window = MainWindow(Session(store), NewsSegmenter(), Settings(None))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.docks["loose-ends"].widget() is not None)
    assert others[0].seen
    window.close()


def test_a_check_that_is_ended_while_the_project_is_not_free_says_nothing(store, qtbot, monkeypatch):
    keeper = sqlite3.connect(store.path, isolation_level=None, check_same_thread=False)
    read = store.reader

    def read_beside_another():
        reader = read()
        reader.query("PRAGMA busy_timeout = 0")
        keeper.execute("BEGIN EXCLUSIVE")
        return reader

    monkeypatch.setattr(store, "reader", read_beside_another)
    with closing(keeper):
        check = _Check(Session(store), content_damage, None)
        check.start()
        check.requestInterruption()
        check.wait()
        assert keeper.in_transaction
