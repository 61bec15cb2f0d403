"""The colours and patterns the text view is painted with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPalette

Pattern = Literal["solid", "double", "dashed", "dotted", "wave"]


class StyleColours(NamedTuple):
    """How the marks of one style look.

    `bar` is opaque, `tint` is laid under the text and normally translucent;
    `pattern` and `letter` tell the style apart where colour cannot.
    """

    bar: QColor
    tint: QColor
    pattern: Pattern
    letter: str


class TextPalette(NamedTuple):
    """Every colour of the text view; `styles` is keyed by `Shape.style`.

    `dim` serves paragraph numbers, connectors and signs, `focus` the outline
    of the held mark, its grips and drop targets.
    """

    base: QColor
    text: QColor
    dim: QColor
    selection: QColor
    selection_text: QColor
    caret: QColor
    focus: QColor
    styles: Mapping[str, StyleColours]
    rail_text: QColor
    hint_back: QColor
    hint_text: QColor

    def style(self, key: str) -> StyleColours:
        """The look of a style; one the palette does not know is drawn like dim text."""
        found = self.styles.get(key)
        if found is not None:
            return found
        tint = QColor(self.dim)
        tint.setAlpha(30)
        return StyleColours(self.dim, tint, "dashed", "?")


def plain_palette(palette: QPalette) -> TextPalette:
    """The colours of a view that has not been given any, from the palette of its widget."""
    role = QPalette.ColorRole
    return TextPalette(
        base=palette.color(role.Base),
        text=palette.color(role.Text),
        dim=palette.color(role.PlaceholderText),
        selection=palette.color(role.Highlight),
        selection_text=palette.color(role.HighlightedText),
        caret=palette.color(role.Text),
        focus=palette.color(role.Link),
        styles={},
        rail_text=palette.color(role.Text),
        hint_back=palette.color(role.ToolTipBase),
        hint_text=palette.color(role.ToolTipText),
    )


def fill_plainly(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Fill a rectangle, for what is painted at first.

    To tell a colour from a gradient, `fillRect` has PySide make the class of those, with 190 names: 2 ms.
    """
    painter.setBackground(colour)
    painter.eraseRect(rect)
