"""Pictures of the window, taken without showing it to anybody."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler

from annotator.domain.ids import MarkId
from annotator.domain.segment import Segmenter
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.application import application
from annotator.ui.settings import Settings
from annotator.ui.theme import ThemeName
from annotator.ui.window import MainWindow

SIZE = (1366, 768)
ROUNDS = 8
"""How often pending events are dealt with until lay-out and painting have come to rest."""


def take_picture(
    store: Store, segmenter: Segmenter, look: ThemeName, mark: MarkId | None, path: Path
) -> None:
    """Write a PNG of the window on a project, with a mark held.

    Where no application runs yet and there is no display, Qt draws in memory.
    """
    application()
    settings = Settings(None)
    settings.theme = look
    window = MainWindow(Session(store), segmenter, settings)
    before = qInstallMessageHandler(_say)
    try:
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.resize(*SIZE)
        window.show()
        _settle()
        window.session.hold(mark)
        for panel in window.panels.made:
            panel.settle()
        window.panels.loose_ends.settle()
        _settle()
        if not window.grab().save(str(path)):
            raise OSError(f"{path} could not be written")
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qInstallMessageHandler(before)


def _settle() -> None:
    for _ in range(ROUNDS):
        QCoreApplication.processEvents()


def _say(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
    """Pass on what Qt says, but for what a platform without windows cannot do."""
    del kind, context
    if "This plugin does not support" not in words:
        sys.stderr.write(f"{words}\n")
