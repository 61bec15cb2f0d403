"""Where the caret goes on each key."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from annotator.domain.segment import Segmenter
from annotator.ui.text.page import Page

_MODIFIERS = Qt.KeyboardModifier
_Key = Qt.Key


class Step(NamedTuple):
    """A movement key: what it does, whether Ctrl is held, whether it selects."""

    key: Qt.Key
    ctrl: bool
    selects: bool


_KEYS = {
    _Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down,
    _Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown,
}  # fmt: skip
_WITH_CTRL = _KEYS - {_Key.Key_PageUp, _Key.Key_PageDown}


def step_of(event: QKeyEvent) -> Step | None:
    """The movement a key press asks for; None for every key that is not the text view's own."""
    modifiers = event.modifiers() & ~(_MODIFIERS.KeypadModifier | _MODIFIERS.GroupSwitchModifier)
    if modifiers & ~(_MODIFIERS.ShiftModifier | _MODIFIERS.ControlModifier):
        return None
    ctrl = bool(modifiers & _MODIFIERS.ControlModifier)
    key = Qt.Key(event.key())
    if key not in (_WITH_CTRL if ctrl else _KEYS):
        return None
    return Step(key, ctrl, bool(modifiers & _MODIFIERS.ShiftModifier))


class CaretMoves:
    """Turns steps into offsets, and remembers the column that Up and Down keep to."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._goal_x: float | None = None

    def forget_column(self) -> None:
        """The caret was put elsewhere by other means."""
        self._goal_x = None

    def target(self, page: Page, caret: int, step: Step) -> int:
        """Where the caret stands after a step; never within a grapheme."""
        vertical: dict[Qt.Key, Callable[[], int]] = {
            _Key.Key_Up: lambda: -1,
            _Key.Key_Down: lambda: 1,
            _Key.Key_PageUp: lambda: -page.lines_per_window(),
            _Key.Key_PageDown: page.lines_per_window,
        }
        if not step.ctrl and step.key in vertical:
            return self._by_lines(page, caret, vertical[step.key]())
        self._goal_x = None
        moves = self._with_ctrl if step.ctrl else self._plain
        return moves(page, caret, step.key)

    def _plain(self, page: Page, caret: int, key: Qt.Key) -> int:
        row = page.laid.row_of(caret)
        if key == _Key.Key_Home:
            return row.spans[row.line_of(caret)].start
        if key == _Key.Key_End:
            return self._line_end(page, caret)
        forward = (key == _Key.Key_Right) != row.right_to_left
        if forward:
            return min(len(page.text), self._segmenter.grapheme_after(page.text, caret))
        return max(0, self._segmenter.grapheme_before(page.text, caret))

    def _with_ctrl(self, page: Page, caret: int, key: Qt.Key) -> int:
        if key == _Key.Key_Home:
            return 0
        if key == _Key.Key_End:
            return len(page.text)
        if key == _Key.Key_Up:
            return page.laid.rows.paragraph_before(caret)
        if key == _Key.Key_Down:
            return page.laid.rows.paragraph_after(caret)
        forward = (key == _Key.Key_Right) != page.laid.row_of(caret).right_to_left
        step = self._segmenter.word_after if forward else self._segmenter.word_before
        return step(page.text, caret)

    def _line_end(self, page: Page, caret: int) -> int:
        """Before the space a line breaks at; the end of the row on its last line."""
        row = page.laid.row_of(caret)
        line = row.line_of(caret)
        end = row.spans[line].end
        return end if line == row.line_count - 1 else self._segmenter.grapheme_before(page.text, end)

    def _by_lines(self, page: Page, caret: int, lines: int) -> int:
        row = page.laid.row_of(caret)
        if self._goal_x is None:
            self._goal_x = row.caret_x(caret)
        return page.laid.line_away(caret, lines, self._goal_x)
