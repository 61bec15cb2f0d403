"""A session from two text files to an export, in the window as an analyst works there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.ids import MarkId
from annotator.domain.model import Article, Ref
from annotator.domain.spans import Span, crosses, hull
from annotator.store import lists, read
from annotator.ui.dialogs.export_dialog import ExportDialog
from annotator.ui.dialogs.import_dialog import ImportDialog
from annotator.ui.dialogs.question import UndoQuestion
from tests.flows.analyst import NONE
from tests.flows.conftest import Desktop
from tests.flows.dialogs import answer
from tests.flows.keyboard import Keyboard
from tests.flows.labels import BY_KEYS, BY_MOUSE, Row, hole, spans
from tests.flows.pointer import Pointer
from tests.flows.texts import FIRST, SECOND

pytestmark = pytest.mark.xvfb
Hand = Keyboard | Pointer
Made = dict[str, MarkId]


def keep(question: UndoQuestion) -> None:
    QTest.mouseClick(question.keep_button, Qt.MouseButton.LeftButton)


def undo_it(question: UndoQuestion) -> None:
    QTest.mouseClick(question.undo_button, Qt.MouseButton.LeftButton)


def enter(hand: Hand, article: int, row: Row, made: Made) -> None:
    """Select, label, say who, shape, link; all by one kind of hand."""
    pieces = spans(article, row)
    made[row.name] = hand.mark_words(pieces[0], row.label, row.source)
    for piece in pieces[1:]:
        hand.add_piece(piece)
    if row.hole:
        hand.cut(hole(article, row))
    for link in row.links:
        hand.take(made[row.name])
        hand.link(link.kind, made[link.target])
        assert not hand.notice, hand.notice


def label_all(keyboard: Keyboard, pointer: Pointer) -> Made:
    made: Made = {}
    for article in (0, 1):
        if article:
            keyboard.next_article()
        for row in BY_KEYS[article]:
            enter(keyboard, article, row, made)
        assert keyboard.gestures == 0
        for row in BY_MOUSE[article]:
            enter(pointer, article, row, made)
    return made


def drop(desktop: Desktop, files: list[Path]) -> None:
    """Let files go over the window."""
    assert desktop.window is not None
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    place, copy, left = QPoint(400, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    QApplication.sendEvent(desktop.window, QDragEnterEvent(place, copy, carried, left, NONE))
    QApplication.sendEvent(desktop.window, QDropEvent(QPointF(place), copy, carried, left, NONE))


def test_articles_come_in_through_the_window_as_through_the_command_line(
    desktop: Desktop,
    project: Path,
    tmp_path: Path,
    files: list[Path],
    annotator: Callable[..., str],
    qtbot: QtBot,
) -> None:
    path = tmp_path / "by hand.annotator"
    annotator("new", path)
    window = desktop.open(path)

    def accept(dialog: ImportDialog) -> None:
        assert [found.article.text for found in dialog.model.texts] == [FIRST, SECOND]
        QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)

    answer(ImportDialog, accept, lambda dialog: dialog.accept_button.isEnabled())
    drop(desktop, files)
    qtbot.waitUntil(lambda: window.session.focus.article is not None)
    assert window.view.page.text == FIRST
    store = window.session.store
    by_hand = read.records(store, Article)
    assert [row.name for row in lists.history(store)][:1] == ["import"]
    desktop.close()
    store = desktop.open(project).session.store
    by_command = read.records(store, Article)
    assert [(one.text, one.title, one.origin) for one in by_hand] == [
        (one.text, one.title, one.origin) for one in by_command
    ]


def test_forty_marks_by_keys_and_mouse_survive_undo_reopening_and_export(
    desktop: Desktop,
    project: Path,
    tmp_path: Path,
    annotator: Callable[..., str],
    stats: Callable[[Path], dict[str, Any]],
) -> None:
    window = desktop.open(project)
    keyboard, pointer = Keyboard(window), Pointer(window)
    made = label_all(keyboard, pointer)
    store = window.session.store
    marks = {name: read.mark(store, mark) for name, mark in made.items()}
    assert len(made) == 40
    assert crosses(hull(marks["agents"].spans), hull(marks["writing"].spans))
    assert len(marks["likely source"].spans) == 2
    links = {(link.kind, link.other): link for link in lists.links(store, [made["proof"]])}
    assert links["supports", Ref("mark", made["blame"])].article == lists.articles(store)[0].id
    desktop.close()
    done = exported(project, tmp_path / "done.jsonl", annotator)
    counted = stats(project)

    window = desktop.open(project)
    keyboard = Keyboard(window)
    asked: list[str] = []

    def allow(question: UndoQuestion) -> None:
        asked.append(question.informativeText())
        undo_it(question)

    answer(UndoQuestion, allow)
    keyboard.undo(6)
    assert len(asked) == 1
    assert "analyst" in asked[0]
    desktop.close()
    assert stats(project) != counted

    window = desktop.open(project)
    keyboard = Keyboard(window)
    answer(UndoQuestion, allow)
    keyboard.undo(5)
    assert len(asked) == 2
    keyboard.redo(11)
    desktop.close()
    assert stats(project) == counted
    assert exported(project, tmp_path / "again.jsonl", annotator) == done

    annotator("new", tmp_path / "copy.annotator")
    annotator("import", tmp_path / "copy.annotator", tmp_path / "done.jsonl")
    assert exported(tmp_path / "copy.annotator", tmp_path / "copy.jsonl", annotator) == done
    annotator("check", project)


def exported(project: Path, out: Path, annotator: Callable[..., str]) -> bytes:
    annotator("export", project, out, "--format", "annotator-jsonl")
    return out.read_bytes()


def test_undo_goes_to_the_place_it_changes_in_the_article_it_changes(desktop: Desktop, project: Path) -> None:
    window = desktop.open(project)
    keyboard = Keyboard(window)
    last = FIRST.rindex("the study is bogus")
    keyboard.mark_words(Span(last, last + 18), "denial", "Joana Weiss")
    first = window.session.focus.article
    keyboard.next_article()
    keyboard.undo(2)
    assert window.session.focus.article == first
    assert keyboard.is_seen(Span(last, last + 18))
    assert lists.count_marks(window.session.store) == 0
    keyboard.next_article()
    keyboard.redo()
    assert window.session.focus.article == first
    assert keyboard.is_seen(Span(last, last + 18))
    assert set(window.view.shown.flashed) == {Span(last, last + 18)}


def test_a_question_answered_with_no_leaves_everything_as_it_is(desktop: Desktop, project: Path) -> None:
    keyboard = Keyboard(desktop.open(project))
    keyboard.mark_words(Span(0, 7), "claim", "unknown")
    window = desktop.open(project)
    answer(UndoQuestion, keep)
    Keyboard(window).undo()
    assert lists.count_marks(window.session.store) == 1


def test_what_the_window_exports_is_what_the_command_line_exports(
    desktop: Desktop, project: Path, tmp_path: Path, annotator: Callable[..., str]
) -> None:
    keyboard = Keyboard(desktop.open(project))
    claim = keyboard.mark_words(Span(15, 43), "claim", "Coast Herald")
    keyboard.mark_words(Span(8, 43), "denial", "Velmora")
    keyboard.link("denies", claim)
    out = tmp_path / "from the window.jsonl"

    def write(dialog: ExportDialog) -> None:
        dialog.choose("annotator-jsonl")
        dialog.place.selectAll()
        QTest.keyClicks(dialog.place, str(out))
        QTest.keyClick(dialog.place, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        answer(ExportDialog, ExportDialog.accept, lambda dialog: out.exists() and not dialog.is_busy)

    answer(ExportDialog, write, lambda dialog: not dialog.is_busy)
    keyboard.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    desktop.close()
    assert out.read_bytes() == exported(project, tmp_path / "by command.jsonl", annotator)
