"""Floors: the least code that does what a figure is held against, for a reader to judge.

Nothing here knows the program: SQLite, Qt and the standard library only. A floor may be
made faster, never slower.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget


class BarePage(QWidget):
    """Lays out as many paragraphs as the window holds, and paints them; no marks, nothing else."""

    def __init__(self, font: QFont, left: int, column: int) -> None:
        super().__init__()
        self._font = font
        self._left = left
        self._column = column
        self._paragraphs: list[str] = []
        self._layouts: list[QTextLayout] = []
        self._next = 0

    def open(self, project: sqlite3.Connection) -> None:
        """Read the text of the second article, split it, lay out its first page; the paint follows."""
        text = project.execute("SELECT text FROM content WHERE id = 2").fetchone()[0]
        self._paragraphs = text.split("\n")
        self._next = 0
        self.next_page()

    def next_page(self) -> None:
        """Lay out the page that follows; after the last one comes the first."""
        if self._next >= len(self._paragraphs):
            self._next = 0
        self._layouts = []
        top = 0.0
        while top < self.height() and self._next < len(self._paragraphs):
            layout = self._laid_out(self._paragraphs[self._next], top)
            self._layouts.append(layout)
            top += layout.boundingRect().height()
            self._next += 1
        self.update()

    def to_middle(self) -> None:
        """Lay out a page in the middle of the text."""
        self._next = len(self._paragraphs) // 2
        self.next_page()

    def _laid_out(self, paragraph: str, top: float) -> QTextLayout:
        layout = QTextLayout(paragraph, self._font)
        layout.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._column)
            line.setPosition(QPointF(0.0, y))
            y += line.height()
        layout.endLayout()
        layout.setPosition(QPointF(0.0, top))
        return layout

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().base())
        for layout in self._layouts:
            layout.draw(painter, QPointF(self._left, 0.0))
        painter.end()


class BareTable:
    """A file with one table that has the columns of the marks and no index but its key."""

    def __init__(self, path: Path, project: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = TRUNCATE")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("ATTACH ? AS project", (str(project),))
        columns = [row[1] for row in self._connection.execute("PRAGMA project.table_info(mark)")]
        self._row = list(self._connection.execute("SELECT * FROM project.mark LIMIT 1").fetchone())
        self._connection.execute("DETACH project")
        listed = ", ".join(f'"{name}" TEXT{" PRIMARY KEY" if name == "id" else ""}' for name in columns)
        self._connection.execute(f"CREATE TABLE mark ({listed})")
        self._insert = f"INSERT INTO mark VALUES ({', '.join('?' * len(columns))})"
        self._count = 0

    def insert(self) -> None:
        """One row, on disk when this returns."""
        self._count += 1
        self._row[0] = f"{self._count:036}"
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(self._insert, self._row)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


def import_lines(source: Path, target: Path) -> None:
    """Parse every line and store its values, one table a type, in one transaction without any index."""
    tables: dict[str, list[Sequence[Any]]] = {}
    with source.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            values = [v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in row.values()]
            tables.setdefault(f"{row['type']}_{len(values)}", []).append(values)
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = FULL")
    for name, rows in tables.items():
        _store(connection, name, rows)
    connection.commit()
    connection.close()


def _store(connection: sqlite3.Connection, name: str, rows: Iterable[Sequence[Any]]) -> None:
    rows = list(rows)
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'c{n}' for n in range(len(rows[0])))})")
    connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", rows)
