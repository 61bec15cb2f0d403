"""A field for a pasted text that gives it back character for character."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from annotator.domain.text import is_right_to_left

PARAGRAPH_END = "\u2029"
BROKEN_BY_QT = (PARAGRAPH_END, "\ufdd0", "\ufdd1")
"""Characters that Qt takes for the end of a paragraph, as it does CR and LF."""
SIGNS = ("\u00b6", "\u2424", *map(chr, range(0xE000, 0xE010)))
"""What may stand for such a character in the field, where the text does not hold it itself."""


class ExactText(QPlainTextEdit):
    """Plain text that is never read back through `toPlainText`, which loses no-break spaces.

    A text that was given or pasted whole is kept beside the field and given back as
    it came, with its line ends. Once it is edited, the raw text of the document
    counts, with LF at line ends; a character that Qt would take for a line end is
    shown as a sign and turned back.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self._signs: dict[str, str] = {}
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._align)

    def take(self, text: str) -> None:
        """Hold this text instead."""
        self._kept = text
        self._signs = {}
        super().setPlainText(self._signed(text))
        self.document().setModified(False)

    def setPlainText(self, text: str) -> None:
        self.take(text)

    def clear(self) -> None:
        self.take("")

    def exact(self) -> str:
        """The text, character for character."""
        if not self.document().isModified():
            return self._kept
        text = self.document().toRawText().replace(PARAGRAPH_END, "\n")
        for char, sign in self._signs.items():
            text = text.replace(sign, char)
        return text

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        cursor = self.textCursor()
        is_whole = abs(cursor.position() - cursor.anchor()) >= self.document().characterCount() - 1
        if is_whole:
            self.take(text)
            self.moveCursor(QTextCursor.MoveOperation.End)
        else:
            cursor.insertText(self._signed(text))
            self.ensureCursorVisible()

    def _align(self) -> None:
        """Let lines begin at the right where the text is read from there."""
        option, sides = self.document().defaultTextOption(), Qt.AlignmentFlag
        is_leftward = is_right_to_left(self.document().toRawText())
        wanted = sides.AlignRight if is_leftward else sides.AlignLeft
        if option.alignment() != wanted:
            option.setAlignment(wanted)
            self.document().setDefaultTextOption(option)

    def _signed(self, text: str) -> str:
        """The text with a sign for every character Qt would take for a line end."""
        present = self.document().toRawText() + text
        for char in BROKEN_BY_QT:
            if char in text and char not in self._signs:
                free = (sign for sign in SIGNS if sign not in present and sign not in self._signs.values())
                self._signs[char] = next(free)
            if char in self._signs:
                text = text.replace(char, self._signs[char])
        return text
