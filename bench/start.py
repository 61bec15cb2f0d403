"""`python -m bench.start PROJECT`: the program as it starts, until its text has been painted."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from annotator.app.main import main

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


def tell_of_the_first_paint() -> None:
    """Say `painted` after a text view has painted an article for the first time."""
    gc.disable()  # as `main` does, before it imports the window
    from annotator.ui.text.view import TextView

    paint = TextView.paintEvent
    told: list[TextView] = []

    def paint_and_tell(view: TextView, event: QPaintEvent) -> None:
        paint(view, event)
        if view.page.text and not told:
            from PySide6.QtCore import QTimer

            told.append(view)
            QTimer.singleShot(0, say)

    TextView.paintEvent = paint_and_tell  # type: ignore[assignment, method-assign]


def say() -> None:
    from PySide6.QtWidgets import QApplication

    print("painted", flush=True)
    QApplication.exit()


if __name__ == "__main__":
    tell_of_the_first_paint()
    sys.exit(main())
