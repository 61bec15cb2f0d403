"""While another program keeps the project to itself the window waits, says so, and goes on."""

import sqlite3
from contextlib import closing

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from annotator.app.segment import NewsSegmenter
from annotator.domain.errors import UserError
from annotator.store import lists
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.dialogs.busy import BusyDialog, Patience
from annotator.ui.dialogs.progress import Work
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from tests.ui.test_window import put_in


class Other(QObject):
    """A program that keeps a project to itself until it sees that somebody waits for it."""

    def __init__(self, path):
        super().__init__()
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("BEGIN EXCLUSIVE")
        self.seen = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, BusyDialog):
            self.seen += [label.text() for label in watched.findChildren(QLabel)]
            self.close()
        return False

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
    made = MainWindow(Session(store), NewsSegmenter(), Settings(None))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    qtbot.waitUntil(lambda: made.docks["loose-ends"].widget() is not None)
    made.panels.settle_ends()
    store.store_kept()
    store.query("PRAGMA busy_timeout = 0")
    yield made
    made.close()


@pytest.fixture
def other(store, window):
    made = Other(store.path)
    QApplication.instance().installEventFilter(made)
    yield made
    QApplication.instance().removeEventFilter(made)
    made.close()


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
