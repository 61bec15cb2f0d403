"""Take pictures of scenes and put them side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from annotator.store import loose_ends
from annotator.ui.theme import ThemeName
from annotator.ui.window import MainWindow
from tests.looks import pinned
from tests.looks.scenes import Scene

GAP, CAPTION = 16, 24
SHEET_COLUMNS, SHEET_WIDTH, SHEET_PICTURES = 3, 640, 9


@contextmanager
def staged(scene: Scene, look: ThemeName, size: tuple[int, int]) -> Iterator[tuple[MainWindow, QWidget]]:
    """The window brought to a scene, and what the scene wants pictured; both are gone afterwards."""
    store = scene.store()
    for _ in loose_ends.look(store):
        pass
    window = pinned.window_on(store, look, size)
    shown: QWidget = window
    try:
        shown = scene.act(window) or window
        pinned.settle()
        yield window, shown
    finally:
        if shown is not window:
            shown.close()
        pinned.close(window)
        store.close()


def take(scene: Scene, look: ThemeName, size: tuple[int, int]) -> QPixmap:
    """A picture of a scene."""
    with staged(scene, look, size) as (_, shown):
        return shown.grab()


def sheet(pictures: Sequence[tuple[str, QPixmap]]) -> QPixmap:
    """Pictures with their names, scaled to one width, in rows."""
    scaled = [
        (name, one.scaledToWidth(min(SHEET_WIDTH, one.width()), Qt.TransformationMode.SmoothTransformation))
        for name, one in pictures
    ]
    rows = [scaled[at : at + SHEET_COLUMNS] for at in range(0, len(scaled), SHEET_COLUMNS)]
    heights = [max(one.height() for _, one in row) + CAPTION + GAP for row in rows]
    made = QPixmap(GAP + SHEET_COLUMNS * (SHEET_WIDTH + GAP), GAP + sum(heights))
    made.fill(QColor("#808080"))
    painter = QPainter(made)
    painter.setFont(QFont(pinned.UI_FONT, pinned.UI_POINTS))
    painter.setPen(QColor("#ffffff"))
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for place, (name, one) in enumerate(row):
            left = GAP + place * (SHEET_WIDTH + GAP)
            painter.drawText(QRect(left, top, SHEET_WIDTH, CAPTION), Qt.AlignmentFlag.AlignVCenter, name)
            painter.drawPixmap(QPoint(left, top + CAPTION), one)
        top += height
    painter.end()
    return made


def write(picture: QPixmap, path: Path) -> None:
    """Save as PNG, making the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not picture.save(str(path)):
        raise OSError(f"{path} could not be written")
