"""Where Tab goes: through all that is seen, in the order in which it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

_OTHER = Qt.FocusReason.OtherFocusReason


class Handing(QWidget):
    """A widget whose `setFocus` gives the keys to what is mainly used in it.

    A focus proxy would do so too, but Tab jumps to the proxy, past what stands before it in the widget.
    """

    main_part: QWidget | None = None

    def setFocus(self, reason: Qt.FocusReason = _OTHER) -> None:
        if self.main_part is None:
            super().setFocus(reason)
        else:
            self.main_part.setFocus(reason)


class TabbedWindow(QMainWindow):
    """A window whose Tab passes over docks behind others, which Qt keeps shown outside the window."""

    def focusNextPrevChild(self, onward: bool) -> bool:
        start = QApplication.focusWidget()
        while super().focusNextPrevChild(onward):
            now = QApplication.focusWidget()
            if now is None or now is start or not self._is_behind(now):
                return True
        return False

    def _is_behind(self, widget: QWidget) -> bool:
        part = widget
        while (above := part.parentWidget()) is not None and above is not self:
            part = above
        return not self.rect().intersects(part.geometry())


def tab_before(anchor: QWidget, rows: Iterable[QWidget]) -> None:
    """Let Tab go through rows right before it comes to `anchor`.

    Qt puts what is made late behind everything else in the window, wherever it stands, and orders
    only what takes the focus.
    """
    before = anchor.previousInFocusChain() or anchor
    while before is not anchor and (before.isAncestorOf(anchor) or not takes_tab(before)):
        before = before.previousInFocusChain() or anchor
    for row in rows:
        for field in _stops(row):
            QWidget.setTabOrder(before, field)
            before = field


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab stops at a widget while it is shown and can be used."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _stops(widget: QObject) -> Iterator[QWidget]:
    """What Tab stops at inside a widget; the list of a combo box is a window and left out."""
    if isinstance(widget, QWidget) and not widget.isWindow():
        if takes_tab(widget):
            yield widget
        for child in widget.children():
            yield from _stops(child)
