"""What floats over the text while the analyst chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from annotator.ui.hands.desk import Desk
from annotator.ui.theme import Theme

if TYPE_CHECKING:  # a popup is loaded when it is opened
    from annotator.ui.dialogs.popups import Popup


class Floating:
    """The one popup of the hands; a choice, Esc or another popup takes it away.

    over: the widget it floats over, in which places are measured. look: what they wear.
    """

    def __init__(self, desk: Desk, over: QWidget, look: Theme) -> None:
        self._desk = desk
        self.over = over
        self.look = look
        self.popup: Popup | None = None

    def open(self, popup: Popup, place: QRect) -> None:
        """Let a popup float near a place."""
        self.close()
        self.popup = popup
        popup.closed.connect(lambda: self._on_closed(popup))
        popup.open_at(place)
        self._desk.state_changed.emit()

    def wear(self, look: Theme) -> None:
        """Another theme, for the popup that is open and those to come."""
        self.look = look
        if self.popup is not None:
            self.popup.set_look(look)

    def close(self) -> None:
        """Take the popup away."""
        if self.popup is not None:
            self.popup.dismiss()

    def near(self, offset: int) -> QRect:
        """The place of a character of the text."""
        rect = self._desk.view.rect_of(offset)
        corner = self._desk.view.viewport().mapToGlobal(rect.topLeft())
        return QRect(self.over.mapFromGlobal(corner), rect.size())

    def at(self, point: QPoint) -> QRect:
        """The place of a global point."""
        return QRect(self.over.mapFromGlobal(point), QSize(1, 1))

    def _on_closed(self, popup: Popup) -> None:
        if self.popup is popup:
            self.popup = None
        self._desk.state_changed.emit()
