"""Faults nobody foresaw are told in a window too: the terminal they are printed in is often not there."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.dialogs.fault_dialog import FaultDialog

_KEPT = ("last_exc", "last_value", "last_traceback")
"""Where Python keeps what failed last, for who types at it: a window would stay there when it is closed."""


class Faults(QObject):
    """Stands in the place of Python's hooks, which still print what they are given, until `close`.

    Each place in the program is told of once, whatever thread it fails in, and after the event
    in which it failed: painting that goes wrong would otherwise tell it again at every repaint.
    """

    _came = Signal(str)

    def __init__(self, look: Callable[[], Theme]) -> None:
        super().__init__()
        self._look = look
        self._told: set[tuple[str, int]] = set()
        self._last: FaultDialog | None = None
        self._before, self._before_in_threads = sys.excepthook, threading.excepthook
        self._came.connect(self._show, Qt.ConnectionType.QueuedConnection)
        sys.excepthook, threading.excepthook = self._on_fault, self._on_fault_in_thread

    def close(self) -> None:
        """Leave faults to whoever had them before."""
        sys.excepthook, threading.excepthook = self._before, self._before_in_threads

    def _on_fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._before(kind, error, trace)
        self._tell(kind, error, trace)
        for name in _KEPT:
            vars(sys).pop(name, None)

    def _on_fault_in_thread(self, args: threading.ExceptHookArgs) -> None:
        self._before_in_threads(args)
        self._tell(args.exc_type, args.exc_value, args.exc_traceback)

    def _tell(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        place = _place(trace)
        if issubclass(kind, Exception) and place not in self._told:
            from traceback import format_exception

            self._told.add(place)
            self._came.emit("".join(format_exception(kind, error, trace)))

    def _show(self, trace: str) -> None:
        from annotator.ui.dialogs.fault_dialog import FaultDialog

        self._last = FaultDialog(self._look(), _lasting(QApplication.activeWindow()), trace)
        self._last.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._last.open()


def _lasting(window: QWidget | None) -> QWidget | None:
    """The window that lies behind all dialogs, which may be gone in a moment, with what lies on them."""
    while window is not None and (behind := window.parentWidget()) is not None:
        window = behind.window()
    return window


def _place(trace: TracebackType | None) -> tuple[str, int]:
    """File and line where the innermost function failed."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else ("", 0)
