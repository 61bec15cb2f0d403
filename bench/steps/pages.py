"""An article open in the window beside its text on a bare page."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bench import floors
from bench.desk import Desk, Frame
from bench.measure import cpu, paint, rest, timed


def opened(project: Path) -> Desk:
    """A window in which the large article is open and all is at rest."""
    desk = Desk(project)
    desk.open()
    paint()
    rest(0.5)
    return desk


def bare_page(frame: Frame, project: Path | None = None) -> floors.BarePage:
    """A bare page of the size of the text in the window; with the text of a project, if one is given."""
    page = floors.BarePage(frame.font, frame.left, frame.column)
    page.resize(frame.size)
    page.show()
    if project is not None:
        connection = sqlite3.connect(project)
        page.open(connection)
        connection.close()
    paint()
    rest(0.3)
    return page


class Pair:
    """The window and the bare page; `page` is painted again by `repaint`."""

    def __init__(self, project: Path) -> None:
        self.desk = opened(project)
        self.page = bare_page(self.desk.frame, project)

    def close(self) -> None:
        self.page.close()
        self.desk.close()

    def next_page(self) -> float:
        """Lay a page out and paint it."""
        return timed(cpu, self.page.next_page)

    def repaint(self) -> float:
        """Paint a page that is laid out already."""
        return timed(cpu, self.page.update)
