"""Small widgets that panels and dialogs are made of."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.ui import icons
from annotator.ui.text.palette import StyleColours
from annotator.ui.theme import Theme

_UNBROKEN = 24
"""So many characters without a blank, before a letter, that a narrow column must break them."""
_TOOLTIP_CHARS = 80
"""How long lines of a tooltip are."""


class Words(QLabel):
    """A label for data: plain text, wrapped, selectable by nobody; `is_quiet` dims it."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, is_quiet: bool = False) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)
        if is_quiet:
            self.setForegroundRole(QPalette.ColorRole.PlaceholderText)


def breakable(text: str, unbroken: int = _UNBROKEN) -> str:
    """A text with places where a narrow column may break very long words; not for comparing."""
    return re.sub(rf"\S{{{unbroken}}}(?=\w)", "\\g<0>\N{ZERO WIDTH SPACE}", text)


def wrapped(text: str) -> str:
    """A text as a tooltip that breaks its lines, as Qt does with none that is narrower than the screen."""
    from textwrap import fill

    return "\n".join(fill(line, _TOOLTIP_CHARS) for line in text.split("\n"))


class Heading(QLabel):
    """The name of a group of rows."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)


class Elided(QLabel):
    """One line that ends in … where it is too long; the whole of it is in the tooltip."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, is_quiet: bool = False) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if is_quiet:
            self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._whole = ""
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        """Show this text, as much of it as there is room for."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class ElidedButton(QPushButton):
    """A button whose words end in … where they are too long; the whole of them is in the tooltip."""

    ROOM = 34
    """Pixels that border and padding take."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setStyleSheet("text-align: left")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""

    def set_whole(self, text: str) -> None:
        """Show this text, as much of it as there is room for."""
        self._whole = " ".join(text.split())
        self.setAccessibleDescription(self._whole)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(40, self.width() - self.ROOM)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._whole if shown != self._whole else "")


class Empty(QWidget):
    """What a panel shows instead of nothing: one sentence and, where it helps, buttons."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 2, 18, 4)
        self._column.setSpacing(4)
        self._words = Words(sentence, is_quiet=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addStretch(1)
        self._column.addWidget(self._words)
        self._column.addStretch(2)

    def say(self, sentence: str) -> None:
        """Show another sentence."""
        self._words.setText(sentence)

    def add_button(self, text: str, act: Callable[[], object]) -> QPushButton:
        """A button below the sentence."""
        button = QPushButton(text)
        button.clicked.connect(lambda: act())
        self._column.insertWidget(self._column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button


class TickBox(QCheckBox):
    """A box that leaves the keys where they are when it is clicked; Tab still reaches it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def letter_badge(painter: QPainter, box: QRectF, style: StyleColours, ground: QColor) -> None:
    """The letter of a style in a box of its colour; `ground` is what lies behind, for the letter."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.bar)
    painter.drawRoundedRect(box, 4, 4)
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    painter.setPen(ground)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, style.letter)
    painter.restore()


def draw_line(painter: QPainter, rect: QRect, text: str) -> int:
    """Draw one line of words where the painter's direction begins, cut to its room; returns how wide it is.

    It is set apart, so that words that run from right to left have their dots at their end. Words
    of two paragraphs stand in the one line, too.
    """
    in_one = " ".join(text.splitlines())  # a delegate gives U+2028 for a line break
    shown = painter.fontMetrics().elidedText(in_one, Qt.TextElideMode.ElideRight, rect.width())
    flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(rect, flags, set_apart(shown))
    return painter.fontMetrics().horizontalAdvance(shown)


def set_apart(words: str) -> str:
    """Words that run as their first letter does, whatever stands beside them."""
    return f"\u2068{words}\u2069"


def key_badge(painter: QPainter, box: QRectF, key: str, look: Theme) -> None:
    """A key as it is printed on a keyboard."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("border_strong"), 1))
    painter.setBrush(look.colour("badge"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(look.colour("badge_text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()


def status_shape(painter: QPainter, box: QRectF, status: str, look: Theme, ink: QColor | None = None) -> None:
    """How far the reading is, as a shape: empty ring, half ring, full disc with a tick.

    ink: that of the words on a chosen row, in which it is drawn there.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = ink or look.colour({"done": "success", "reading": "info"}.get(status, "muted"))
    ring = box.adjusted(1, 1, -1, -1)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if status == "done" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if status == "reading":
        painter.setBrush(colour)
        painter.drawPie(ring, 90 * 16, 180 * 16)
    if status == "done":
        painter.setPen(QPen(look.colour("selection" if ink else "panel"), 1.6))
        middle, unit = ring.center(), ring.width() / 10
        points = [(-2.2, 0.2), (-0.6, 1.9), (2.4, -1.8)]
        painter.drawPolyline([middle + QPointF(x * unit, y * unit) for x, y in points])
    painter.restore()


def tool_button(name: str, look: Theme, words: str, act: Callable[[], object]) -> QToolButton:
    """A small button with an icon; `words` is its tooltip and what a screen reader says."""
    button = QToolButton()
    button.setIcon(icons.icon(name, look))
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.clicked.connect(lambda: act())
    return button


def scroll_down_only(area: QScrollArea) -> None:
    """Let what is in an area be as wide as it and scroll up and down alone; Tab goes past the area."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def rule() -> QFrame:
    """A thin line between groups."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    return line
