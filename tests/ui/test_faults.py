"""A fault nobody foresaw is told in a window, once, and printed as ever."""

import gc
import sys
import threading
from collections.abc import Iterator
from weakref import ref

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from annotator.ui.dialogs.fault_dialog import FaultDialog
from annotator.ui.faults import Faults


@pytest.fixture
def printed(monkeypatch, look) -> Iterator[list[str]]:
    """What reaches the terminal while faults are told."""
    lines: list[str] = []
    monkeypatch.setattr(
        sys, "excepthook", lambda kind, error, trace: lines.append(f"{kind.__name__}: {error}")
    )
    monkeypatch.setattr(
        threading, "excepthook", lambda args: lines.append(f"{args.exc_type.__name__}: {args.exc_value}")
    )
    faults = Faults(lambda: look)
    yield lines
    faults.close()
    for dialog in dialogs():
        dialog.close()


def dialogs() -> list[FaultDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, FaultDialog) and one.isVisible()]


def fail(words: str, kind: type[BaseException] = ValueError) -> None:
    try:
        raise kind(words)
    except kind:
        sys.excepthook(*sys.exc_info())


def test_a_fault_is_told_in_a_window_with_a_report_to_copy(printed, qtbot):
    fail("a stone")
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    dialog = dialogs()[0]
    assert printed == ["ValueError: a stone"]
    assert "ValueError: a stone" in dialog.report.toPlainText()
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert "ValueError: a stone" in QApplication.clipboard().text()
    assert not dialogs()


def test_a_place_that_fails_again_and_again_is_told_once(printed, qtbot):
    for number in range(5):
        fail(str(number))
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    QApplication.processEvents()
    assert len(dialogs()) == 1
    assert len(printed) == 5


class Part(QObject):
    def fail(self) -> None:
        raise ValueError("a stone")


def test_a_window_in_which_something_failed_goes_when_it_is_closed(printed, qtbot):
    part = Part()
    QTimer.singleShot(0, part.fail)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    left = ref(part)
    del part
    gc.collect()
    assert left() is None


def test_a_fault_in_a_thread_is_told_too(printed, qtbot):
    def work():
        raise ValueError("a pebble")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "ValueError: a pebble" in dialogs()[0].report.toPlainText()
    assert printed == ["ValueError: a pebble"]


def test_a_report_stays_when_the_dialog_that_was_open_goes(printed, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    working = QDialog(window)
    with qtbot.waitActive(working):
        window.show()
        working.open()
    fail("a stone")
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    with qtbot.waitSignal(working.destroyed):
        working.hide()
        working.deleteLater()
    assert len(dialogs()) == 1


def test_ctrl_c_in_a_terminal_is_no_fault(printed, qtbot):
    fail("", KeyboardInterrupt)
    QApplication.processEvents()
    assert printed == ["KeyboardInterrupt: "]
    assert not dialogs()


def test_faults_are_told_while_the_program_runs_and_no_longer(desktop, monkeypatch):
    monkeypatch.setattr("annotator.ui.endings.answer", lambda act: None)
    before = sys.excepthook, threading.excepthook
    desktop.listen()
    for hook in (sys.excepthook, threading.excepthook):
        assert isinstance(getattr(hook, "__self__", None), Faults)
    desktop.close()
    assert (sys.excepthook, threading.excepthook) == before
