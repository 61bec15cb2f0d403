"""The five minutes of the README, step by step, with the keys and gestures it names."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.app.sample import sample_project
from annotator.domain.ids import MarkId
from annotator.domain.spans import Span
from annotator.store import lists
from annotator.ui.dialogs.paste_dialog import PasteDialog
from annotator.ui.dialogs.question import UndoQuestion
from annotator.ui.text.rail import rail_box_at
from annotator.ui.window import MainWindow
from tests.flows.analyst import ALT, CTRL, SHIFT
from tests.flows.conftest import ME, Desktop
from tests.flows.dialogs import answer
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer
from tests.flows.test_loose_ends import all_looked_at

ROOT = Path(__file__).resolve().parents[2]
FERRY = (ROOT / "docs" / "example" / "ferry.txt").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
Key = Qt.Key


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.annotator"
    sample_project(path, ME)
    return path


def words(text: str) -> Span:
    start = FERRY.index(text)
    return Span(start, start + len(text))


def margin(hand: Pointer) -> list[str]:
    """What stands in the margin, from top to bottom."""
    view, seen = hand.view, []
    for y in range(view.viewport().height()):
        box = rail_box_at(view.page, view.columns, QPoint(view.columns.rail + 20, y))
        if box is not None and box.entry.text not in seen[-1:]:
            seen.append(box.entry.text)
    return seen


def click_margin(hand: Pointer, text: str) -> None:
    view = hand.view
    for y in range(view.viewport().height()):
        at = QPoint(view.columns.rail + 20, y)
        box = rail_box_at(view.page, view.columns, at)
        if box is not None and box.entry.text == text:
            hand.click(view.viewport(), at)
            return
    raise AssertionError(f"{text!r} is not among {margin(hand)}")


def fill(dialog: PasteDialog) -> None:
    assert dialog.fields["title"].text() == "Ferry Owner Denies Sailing Without Lights"
    QTest.keyClick(dialog, Key.Key_Return, CTRL)


def test_looking_around_the_sample(desktop: Desktop, sample: Path, qtbot: QtBot) -> None:
    window = desktop.open(sample)
    keys, mouse = Keyboard(window), Pointer(window)
    keys.press(Key.Key_N)
    assert keys.mark().quotes == ("Rejects Report of Open Dam Gates",)
    assert window.panels["mark"].isVisible()
    keys.press(Key.Key_N)
    keys.press(Key.Key_N, SHIFT)
    assert keys.mark().quotes == ("Rejects Report of Open Dam Gates",)
    first = keys.held
    assert "← denied by Marvenia · ¶2" in README
    click_margin(mouse, "denied by Marvenia · ¶2")
    assert keys.mark().quotes[0].startswith("rejected a report")
    keys.press(Key.Key_Left, ALT)
    assert keys.held == first
    keys.press(Key.Key_Escape)
    assert window.session.focus.mark is None
    all_looked_at(window, qtbot)
    keys.press(Key.Key_J)
    assert "who says it?" in keys.notice


def paste(window: MainWindow, qtbot: QtBot) -> None:
    QApplication.clipboard().setText(FERRY)
    answer(PasteDialog, fill)
    Keyboard(window).press(Key.Key_V, CTRL | SHIFT)
    window.activateWindow()
    qtbot.waitUntil(lambda: window.view.hasFocus() and window.view.page.text == FERRY)


def claim_by_keys(window: MainWindow) -> MarkId:
    """Steps 5 and 6."""
    keys, said = Keyboard(window), words("the ferry Norvik had sailed without lights")
    keys.press(Key.Key_F)
    keys.hint(keys.code_at(said.start))
    keys.hint(keys.code_at(words("lights.").start))
    assert window.view.selection() == said
    keys.press(Key.Key_X)
    grown = window.view.selection()
    assert grown is not None
    assert grown.end - grown.start > said.end - said.start
    keys.press(Key.Key_X, SHIFT)
    keys.press(Key.Key_Escape)
    keys.select(said)
    keys.press(Key.Key_1)
    assert (keys.choices.entries[0].text, keys.choices.entries[0].key) == ("Ilse Brandt", "1")
    keys.press(Key.Key_1)
    return keys.held


def denial_by_mouse(window: MainWindow, claim: MarkId) -> None:
    """Steps 7 and 8."""
    keys, mouse = Keyboard(window), Pointer(window)
    mouse.select(words("denied this"))
    mouse.label("denial")
    mouse.click_entry(mouse.entry(lambda entry: entry.text == "Jon Aker"))
    keys.press(Key.Key_D)
    keys.hint(keys.code_at(keys.mark(claim).spans[0].start))
    assert "denies Ilse Brandt · ¶2" in margin(mouse)
    assert "denied by Jon Aker · ¶3" in margin(mouse)


def evidence_linked_and_undone(window: MainWindow, claim: MarkId) -> MarkId:
    """Steps 9 and 10, and the link once more with the mouse."""
    keys, mouse, store = Keyboard(window), Pointer(window), window.session.store

    def kinds() -> list[str]:
        return [link.kind for link in lists.links(store, [evidence])]

    mouse.select(words("the ferry dark at the quay"))
    keys.press(Key.Key_3)
    keys.press(Key.Key_Escape)
    evidence = keys.held
    keys.press(Key.Key_S)
    keys.hint(keys.code_at(keys.mark(claim).spans[0].start))
    assert kinds() == ["supports"]
    keys.press(Key.Key_Z, CTRL)
    assert kinds() == []
    keys.press(Key.Key_Z, CTRL | SHIFT)
    assert kinds() == ["supports"]
    keys.press(Key.Key_Z, CTRL)
    window.session.hold(evidence)
    mouse.link("supports", claim)
    assert kinds() == ["supports"]
    return evidence


def test_labelling_the_first_article(desktop: Desktop, sample: Path, qtbot: QtBot) -> None:
    window = desktop.open(sample)
    paste(window, qtbot)
    claim = claim_by_keys(window)
    denial_by_mouse(window, claim)
    evidence = evidence_linked_and_undone(window, claim)

    window = desktop.open(sample)
    keys, asked = Keyboard(window), []
    assert keys.text == FERRY

    def allow(question: UndoQuestion) -> None:
        asked.append(question.informativeText())
        QTest.mouseClick(question.undo_button, Qt.MouseButton.LeftButton)

    answer(UndoQuestion, allow)
    keys.press(Key.Key_Z, CTRL)
    window.activateWindow()
    keys.press(Key.Key_Z, CTRL)
    assert len(asked) == 1
    assert lists.links(window.session.store, [evidence]) == []


@pytest.mark.parametrize("step", range(1, 11))
def test_the_steps_are_numbered_through(step: int) -> None:
    assert re.search(rf"^{step}\. ", README, re.MULTILINE)
