"""Two versions of a text side by side, with what was taken out and what was put in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from annotator.domain.spans import Span
from annotator.layout.offsets import QtOffsets
from annotator.ui.theme import Theme

POINTED = "button_hover"
"""The colour of the theme behind words that stand out; words, taken out and put in too, are read on it."""
_MOST = 2000
"""Changes that are shown at most; more are two different texts."""


class VersionText(QPlainTextEdit):
    """One of the texts, to be read and to select in.

    What changed is struck out in the old text and underlined in the new one, so that
    it is seen without colours too; the words of the mark in question stand out.
    """

    def __init__(self, text: str, changed: Sequence[Span], look: Theme, *, is_old: bool) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setPlainText(text)
        self._offsets = QtOffsets(text)
        self._changed, self._is_old = changed[:_MOST], is_old
        self._pointed: Sequence[Span] = ()
        self.set_look(look)

    def set_look(self, look: Theme) -> None:
        """Wear another theme."""
        form = _changed(look, self._is_old)
        self._changes = [self._selection(span, form) for span in self._changed]
        self._behind = look.colour(POINTED)
        self._show()

    def selected(self) -> Span | None:
        """The words selected by hand."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        return Span(
            self._offsets.to_text(cursor.selectionStart()), self._offsets.to_text(cursor.selectionEnd())
        )

    def point_out(self, spans: Sequence[Span]) -> None:
        """Let some words stand out and bring them into view; none takes that away."""
        self._pointed = spans
        self._show()
        if spans:
            cursor = self.textCursor()
            cursor.setPosition(self._offsets.to_qt(spans[0].start))
            self.setTextCursor(cursor)
            self.centerCursor()

    def _show(self) -> None:
        form = QTextCharFormat()
        form.setBackground(self._behind)  # what changed within keeps its own look
        pointed = [self._selection(span, form) for span in self._pointed]
        self.setExtraSelections([*pointed, *self._changes])

    def _selection(self, span: Span, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
        found = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._offsets.to_qt(span.start))
        cursor.setPosition(self._offsets.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        found.cursor = cursor
        found.format = form
        return found


def _changed(look: Theme, is_old: bool) -> QTextCharFormat:
    form = QTextCharFormat()
    colour: QColor = look.colour("danger" if is_old else "success")
    form.setForeground(colour)
    form.setFontStrikeOut(is_old)
    form.setFontUnderline(not is_old)
    return form


def texts(
    old: str, removed: Sequence[Span], new: str, added: Sequence[Span], look: Theme, parent: QWidget
) -> tuple[VersionText, VersionText]:
    """The old text and the new one, named for who cannot see them."""
    before, after = VersionText(old, removed, look, is_old=True), VersionText(new, added, look, is_old=False)
    before.setAccessibleName(parent.tr("Older version"))
    after.setAccessibleName(parent.tr("Newer version"))
    return before, after
