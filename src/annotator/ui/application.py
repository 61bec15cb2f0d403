"""The running Qt, for what paints without a window on a screen."""

from __future__ import annotations

import os
import sys
from functools import cache

from PySide6.QtWidgets import QApplication

from annotator.ui.theme import STYLE


@cache
def application(*, in_memory: bool = False) -> QApplication:
    """The application that runs, else a new one.

    It draws in memory where there is no display, and with `in_memory` in any case, so that
    a display which cannot be reached does not matter; what the environment says goes first.
    """
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    has_display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and (in_memory or not has_display):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = QApplication(["annotator", *STYLE])
    made.setApplicationName("annotator")
    return made
