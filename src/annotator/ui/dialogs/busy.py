"""Waiting for another program that keeps the project to itself."""

from __future__ import annotations

from threading import get_ident

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QThread, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from annotator.store.store import Store
from annotator.ui.dialogs.frame import plain_button
from annotator.ui.endings import at_once
from annotator.ui.panels.parts import Words, breakable

_LOOKS_MS = 50
"""How often it is looked whether the project is free."""
_NO_TIMERS = QEventLoop.ProcessEventsFlag.X11ExcludeTimers
_WIDTH = 460
_Type = QEvent.Type
_WRITTEN = frozenset({_Type.KeyPress, _Type.KeyRelease, _Type.InputMethod})
_POINTED = frozenset(
    {
        _Type.MouseButtonPress,
        _Type.MouseButtonRelease,
        _Type.MouseButtonDblClick,
        _Type.MouseMove,
        _Type.Wheel,
        _Type.ContextMenu,
        _Type.TouchBegin,
        _Type.TouchUpdate,
        _Type.TouchEnd,
        _Type.DragEnter,
        _Type.Drop,
    }
)


class BusyDialog(QDialog):
    """Says that the window waits, and for what; takes no keys that are meant for the window."""

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Waiting for {name}").format(name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        words = self.tr("Another program keeps {name} to itself.").format(name=name)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(Words(breakable(words)))
        column.addWidget(
            Words(self.tr("The window goes on as soon as it is free. Nothing is lost."), is_quiet=True)
        )
        self.close_window = plain_button(self.tr("Close the window"))
        self.close_window.setToolTip(self.tr("What was begun is finished as soon as the project is free."))
        buttons = QDialogButtonBox()
        buttons.addButton(self.close_window, QDialogButtonBox.ButtonRole.DestructiveRole)
        column.addWidget(buttons)
        self.setFixedWidth(_WIDTH)

    def reject(self) -> None:
        """Esc closes nothing: the window waits all the same."""


class _Stillness(QObject):
    """Keeps what is typed until it is over, drops what the mouse does, hears that the window is closed."""

    def __init__(self, window: QWidget, dialog: BusyDialog, store: Store) -> None:
        super().__init__(dialog)
        self.is_closed = False
        self._window = window
        self._store = store
        self._dialog = dialog
        self._typed: list[tuple[QWidget, QEvent]] = []
        dialog.close_window.clicked.connect(self._close)
        self._stilled = [
            one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not dialog
        ]
        for one in self._stilled:
            one.setUpdatesEnabled(False)  # what is painted may read
        QCoreApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def end(self) -> None:
        """Let go, and hand on what was typed."""
        QCoreApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        for one in filter(shiboken6.isValid, self._stilled):
            one.setUpdatesEnabled(True)
            if self.is_closed:  # what is open stores what is written in it; a dialog that is hidden does not
                one.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
                one.show()
        for widget, event in self._typed:
            if shiboken6.isValid(widget) and not self.is_closed:
                QCoreApplication.postEvent(widget, event)

    def _close(self) -> None:
        """The windows are gone at once; they are closed in order when the project can be read."""
        self.is_closed = True
        self._store.say_closing()
        for one in (*self._stilled, self._dialog):
            one.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == _Type.Close and watched is self._window:
            self._close()
            event.ignore()
            return True
        if kind == _Type.Shortcut or not isinstance(watched, QWidget) or watched.window() is self._dialog:
            return kind == _Type.Shortcut
        if isinstance(event, QKeyEvent | QInputMethodEvent) and kind in _WRITTEN:
            self._typed.append((watched, event.clone()))
            return True
        return kind in _POINTED or (self.is_closed and kind == _Type.Hide)  # notes are stored when it closes


class Patience:
    """Lets a window wait where a project cannot be read, in the middle of whatever it is doing.

    Timers stand still meanwhile, where the platform lets them, and what is typed waits, so that nothing
    else is begun. The analyst may close the window: it is gone at once, and closed in order later.
    """

    def __init__(self, window: QWidget, store: Store) -> None:
        self._window = window
        self._store = store
        self._thread = get_ident()
        self._is_shown = False

    def wait(self) -> bool:
        """Wait until the project can be read; False on a thread that is not the window's.

        Such a thread gives the project back when the window is gone.
        """
        if get_ident() != self._thread:
            return False
        # In order would take as long as the waiting. All that was stored is on disk; a note that is
        # still being written could not be stored.
        with at_once():
            if _is_painting():  # meanwhile nothing else can be
                while not self._store.is_free():
                    QThread.msleep(_LOOKS_MS)
            elif self._is_shown:  # what could not be kept back reads as well
                self._process()
            else:
                self._show()
        return True

    def _show(self) -> None:
        dialog = BusyDialog(self._window, self._store.path.name if self._store.path else "")
        dialog.show()
        stillness = _Stillness(self._window, dialog, self._store)
        self._is_shown = True
        try:
            self._process()
        finally:
            self._is_shown = False
            stillness.end()
            dialog.hide()
            dialog.deleteLater()
        if stillness.is_closed:
            QTimer.singleShot(0, self._window, self._close)

    def _process(self) -> None:
        while not self._store.is_free():
            QApplication.processEvents(_NO_TIMERS)
            QThread.msleep(_LOOKS_MS)

    def _close(self) -> None:
        """A window that is not on the screen is not the last one for Qt."""
        self._window.close()
        QApplication.quit()


def _is_painting() -> bool:
    """Whether a widget of the program is in the middle of its paint event."""
    in_paint = Qt.WidgetAttribute.WA_WState_InPaintEvent
    return any(widget.testAttribute(in_paint) for widget in QApplication.allWidgets())
