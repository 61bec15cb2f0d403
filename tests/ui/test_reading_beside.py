"""A window that only reads a project follows the one that writes it, and says calmly what is gone."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QPoint, Qt

from annotator.store import edits, lists
from annotator.store.loose_ends import look
from annotator.store.store import Identity, Store
from tests.store.samples import TEXT, add_article, by_another_program
from tests.ui.test_window import put_in
from tests.ui.windows import window_on


@pytest.fixture
def writer(tmp_path):
    store = Store.create(tmp_path / "news.annotator", Identity(name="Ada"))
    put_in(store, "One", "Two")
    yield store
    store.close()


@pytest.fixture
def shown(writer):
    """The article that both look at, and its mark."""
    article = add_article(writer, TEXT)
    return article, edits.add_mark(writer, article, "claim", [(0, 10)])


@pytest.fixture
def reader(writer, shown, qtbot):
    """A window that only reads, the mark in hand."""
    store = Store.open(writer.path, Identity(name="Bob"), readonly=True)
    window = window_on(store, qtbot, filled="loose-ends")
    window.session.hold(shown[1])
    yield window
    window.close()
    store.close()


def has_gone_on(window, article):
    return window.session.focus.article not in (None, article)


def test_an_article_that_is_deleted_elsewhere_is_left_and_the_window_says_so(reader, writer, shown, qtbot):
    edits.delete_article(writer, shown[0])
    qtbot.waitUntil(lambda: has_gone_on(reader, shown[0]))
    assert "deleted in another window" in reader.notices.text


@pytest.mark.parametrize(
    "act",
    [
        lambda window, bot: bot.keyClick(window.view, Qt.Key.Key_N),
        lambda window, bot: bot.keyClick(window.view, Qt.Key.Key_S),
        lambda window, bot: bot.keyClick(window.view, Qt.Key.Key_F),
        lambda window, bot: bot.mouseClick(
            window.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 60)
        ),
        lambda window, bot: window.resize(1100, 640),
        lambda window, bot: window.docks["marks"].raise_(),
        lambda window, bot: window.docks["history"].raise_(),
        lambda window, bot: window.commands.step_article(1),
    ],
    ids=["next", "link", "hints", "click", "resize", "marks", "history", "step"],
)
def test_whatever_is_done_in_an_article_just_deleted_elsewhere_only_leaves_it(
    reader, writer, shown, qtbot, act
):
    edits.delete_article(writer, shown[0])
    act(reader, qtbot)
    qtbot.waitUntil(lambda: has_gone_on(reader, shown[0]))


def test_a_mark_in_hand_that_is_deleted_elsewhere_is_let_go(reader, writer, shown, qtbot):
    edits.delete_marks(writer, [shown[1]])
    qtbot.waitUntil(lambda: reader.session.focus.mark is None)
    assert reader.session.focus.article == shown[0]
    assert "deleted" not in reader.notices.text


def test_a_mark_that_was_deleted_elsewhere_cannot_be_taken_in_hand_but_nothing_breaks(
    reader, writer, shown, qtbot
):
    reader.session.hold(None)
    edits.delete_marks(writer, [shown[1]])
    qtbot.keyClick(reader.view, Qt.Key.Key_N)
    assert reader.session.focus.mark is None


def test_what_another_window_writes_appears(reader, writer, qtbot):
    articles = reader.panels.articles.model
    count = articles.rowCount()
    put_in(writer, "Three")
    qtbot.waitUntil(lambda: articles.rowCount() == count + 1)


def test_who_has_the_project_stays_written_while_that_one_works(reader, writer, qtbot):
    reader.notices.say("open in another window")
    articles = reader.panels.articles.model
    count = articles.rowCount()
    put_in(writer, "Three")
    qtbot.waitUntil(lambda: articles.rowCount() == count + 1)
    assert reader.notices.isVisible()


def test_what_another_window_found_open_is_shown_as_it_comes(reader, writer, shown, qtbot):
    panel = reader.panels.loose_ends
    edits.set_status(writer, shown[0], "done")
    qtbot.waitUntil(lambda: not panel._looker.is_waiting)
    assert not panel.model.groups
    for _ in look(writer):
        pass
    writer.store_kept()
    qtbot.waitUntil(lambda: any(one.rule == "mark_without_source" for one in panel.model.groups))
    assert not panel.progress.text()


def test_a_reader_is_told_of_operations_alone_and_of_each_once(writer):
    reader = Store.open(writer.path, Identity(name="Bob"), readonly=True)
    told = []
    reader.subscribe(told.append)
    assert not reader.notice_others()
    edits.add_source(writer, "Ministry")
    assert reader.notice_others()
    assert not reader.notice_others()
    with writer.keeping():
        writer.execute("UPDATE main.head SET closed = 0")
    assert not reader.notice_others()
    assert [(change.operation.name, change.is_whole) for change in told] == [("add-source", False)]
    assert [row.name for row in lists.sources(reader)] == ["Ministry"]
    reader.close()


def test_a_reader_does_not_wait_for_who_keeps_the_file_to_itself_but_is_told_after_it(writer):
    reader = Store.open(writer.path, Identity(name="Bob"), readonly=True)
    told = []
    reader.subscribe(told.append)
    reader.query("PRAGMA busy_timeout = 600000")
    edits.add_source(writer, "Ministry")
    with closing(sqlite3.connect(writer.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert not reader.notice_others()
        other.execute("ROLLBACK")
    assert (reader.query("PRAGMA busy_timeout"), told) == ([(600000,)], [])
    assert reader.notice_others()
    reader.close()


def test_who_writes_is_not_told_of_its_own_edits_as_of_those_of_others(writer):
    edits.add_source(writer, "Ministry")
    assert not writer.notice_others()


def test_who_reads_is_told_of_a_commit_that_no_window_of_ours_made(writer):
    reader = Store.open(writer.path, Identity(name="Bob"), readonly=True)
    told = []
    reader.subscribe(told.append)
    reader.notice_others()
    for name in ("Ministry", "Navy", "Harbour"):
        by_another_program(writer.path, f"UPDATE article SET title = '{name}'")
        assert reader.notice_others()
        assert not reader.notice_others()
    edits.add_source(writer, "Ministry")
    assert reader.notice_others()
    for _ in range(2):
        with writer.keeping():
            writer.execute("UPDATE main.head SET closed = 0")
        assert not reader.notice_others()
    assert [change.operation.name for change in told] == [*["changed-by-another-program"] * 3, "add-source"]
    reader.close()
