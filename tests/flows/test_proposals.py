"""A pasted article is worked through by keys alone: G, then Enter for each proposal."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.store import lists, read
from annotator.ui.dialogs.paste_dialog import PasteDialog
from tests.flows.analyst import CTRL, SHIFT
from tests.flows.conftest import Desktop
from tests.flows.dialogs import answer
from tests.flows.keyboard import Keyboard

Key = Qt.Key
NEWS = """Ferry Owner Denies Sailing Without Lights

The harbour office said on Friday that the ferry had no lights. Owner Ruth Aal denied the report.

“Every lamp was lit,” she told the Gazette. According to a log, the ferry left at four.
"""
SAID = [
    ("denial", "Denies Sailing Without Lights", "Ferry Owner"),
    ("claim", "the ferry had no lights", "harbour office"),
    ("denial", "denied the report", "Ruth Aal"),
    ("claim", "Every lamp was lit", "Ruth Aal"),
]


def test_an_article_is_pasted_and_its_proposals_are_taken_by_keys(
    desktop: Desktop, project: Path, qtbot: QtBot
) -> None:
    window = desktop.open(project)
    keys = Keyboard(window)
    before = lists.count_marks(window.session.store)
    QApplication.clipboard().setText(NEWS)
    answer(PasteDialog, lambda dialog: QTest.keyClick(dialog, Key.Key_Return, CTRL))
    keys.press(Key.Key_V, CTRL | SHIFT)
    qtbot.waitUntil(lambda: keys.text.startswith("Ferry Owner"))
    qtbot.waitUntil(lambda: not window.panes.active.ghosts.is_waiting)
    keys.press(Key.Key_G)
    for _ in SAID:
        keys.press(Key.Key_Return)
    article = window.session.focus.article
    rows = lists.marks(window.session.store, article=article)
    assert [(row.label, row.quote, row.source) for row in rows][: len(SAID)] == SAID
    assert all(read.mark(window.session.store, row.id).proposed_by for row in rows)
    for _ in SAID:
        keys.press(Key.Key_Z, CTRL)
    assert lists.count_marks(window.session.store) == before
