"""Floors: the least code that does what a figure is held against, for a reader to judge.

Nothing here knows the program: SQLite, Qt and the standard library only. A floor may be
made faster, never slower.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

Index = QModelIndex | QPersistentModelIndex
PIECE = 4_000
"""Characters that are laid out at once; a line of a megabyte would take half a second."""


class BarePage(QWidget):
    """Lays out as many paragraphs as the window holds, and paints them; no marks, nothing else."""

    def __init__(self, font: QFont, left: int, column: int) -> None:
        super().__init__()
        self._font = font
        self._left = left
        self._column = column
        self._paragraphs: list[str] = []
        self._layouts: list[QTextLayout] = []
        self.text = ""
        self._first = self._next = 0

    def open(self, project: sqlite3.Connection, content: int = 2) -> None:
        """Read the text of an article, split it, lay out its first page; the paint follows."""
        self.text = project.execute("SELECT text FROM content WHERE id = ?", (content,)).fetchone()[0]
        self._paragraphs = self.text.split("\n")
        if max(map(len, self._paragraphs)) > PIECE:
            self._paragraphs = [self.text[at : at + PIECE] for at in range(0, len(self.text), PIECE)]
        self._first = self._next = 0
        self.next_page()

    def next_page(self) -> None:
        """Lay out the page that follows; after the last one comes the first."""
        if self._next >= len(self._paragraphs):
            self._next = 0
        self._first = self._next
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
        self.to_part(0.5)

    def to_part(self, part: float) -> None:
        """Lay out a page somewhere in the text; 0.5 is its middle."""
        self._next = int(part * len(self._paragraphs))
        self.next_page()

    def to_end(self) -> None:
        """Lay out a page that ends with the text."""
        self._next = max(0, len(self._paragraphs) - 8)
        self.next_page()

    def go_to(self, words: str) -> None:
        """Find some words in the whole text and lay out a page."""
        if self.text.find(words) < 0:
            raise RuntimeError("the words are not in the text")
        self.to_middle()

    def lay_out_again(self, column: int | None = None, points: float | None = None) -> None:
        """The same page with another width or another size of letters."""
        self._column = column or self._column
        if points:
            self._font.setPointSizeF(points)
        self._next = self._first
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


class BareRows(QAbstractTableModel):
    """Fifty rows of a table, read by primary key, one statement each."""

    COUNT, COLUMNS = 50, 5

    def __init__(self, project: sqlite3.Connection, table: str) -> None:
        super().__init__()
        self._project = project
        self._sql = f"SELECT * FROM {table} WHERE id = ?"
        ids = project.execute(f"SELECT id FROM {table} LIMIT {self.COUNT}").fetchall()
        self._ids = [row[0] for row in ids]
        self._rows: list[Sequence[Any]] = []

    def fetch(self) -> None:
        self.beginResetModel()
        self._rows = [self._project.execute(self._sql, (row_id,)).fetchone() for row_id in self._ids]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self._rows[index.row()][index.column()])[:60]
        return None


def import_lines(source: Path, target: Path) -> None:
    """Parse every line and store its values, one table a type, in one transaction without any index."""
    batches: dict[str, list[Sequence[Any]]] = {}
    connection = _new_file(target)
    with source.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            values = [v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in row.values()]
            _gather(connection, batches, f"{row['type']}_{len(values)}", values)
    _end(connection, batches)


def parse_lines(source: Path) -> None:
    """Parse every line."""
    with source.open(encoding="utf-8") as file:
        for line in file:
            json.loads(line)


def parse_brat(source: Path) -> None:
    """Read every pair of files, and split the lines at tabs."""
    for path in sorted(source.rglob("*.ann")):
        path.with_suffix(".txt").read_text("utf-8")
        for line in path.read_text("utf-8").splitlines():
            line.split("\t", 2)


def store_rows(project: Path, target: Path) -> float:
    """The seconds of `executemany` into the same tables and indexes, in one transaction, and of its commit.

    The rows are those of `project`; reading them is not counted. The triggers of the journal are not there.
    """
    connection = _new_file(target, project)
    made = "SELECT type, name, sql FROM project.sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    tables = []
    for kind, name, sql in connection.execute(made).fetchall():
        if name.startswith(("content_search_", "sqlite_")) or kind in ("view", "trigger"):
            continue
        connection.execute(sql)
        if kind == "table" and name != "content_search" and name not in ("change", "operation"):
            tables.append(name)
    seconds = 0.0
    for name in tables:
        rows = connection.execute(f"SELECT * FROM project.{name}")
        insert = f"INSERT INTO main.{name} VALUES ({', '.join('?' * len(rows.description))})"
        while batch := rows.fetchmany(5_000):
            started = perf_counter()
            connection.executemany(insert, batch)
            seconds += perf_counter() - started
    started = perf_counter()
    connection.execute("INSERT INTO content_search (rowid, text) SELECT id, text FROM main.content")
    connection.commit()
    connection.close()
    return seconds + perf_counter() - started


def import_brat(source: Path, target: Path) -> None:
    """Read every pair of files and store a text and its lines, split at tabs, without any index."""
    batches: dict[str, list[Sequence[Any]]] = {}
    connection = _new_file(target)
    for path in sorted(source.rglob("*.ann")):
        _gather(connection, batches, "text", [path.stem, path.with_suffix(".txt").read_text("utf-8")])
        for line in path.read_text("utf-8").splitlines():
            _gather(connection, batches, "line", [path.stem, *[*line.split("\t", 2), ""][:3]])
    _end(connection, batches)


def export_lines(project: Path, target: Path) -> None:
    """Write the rows of the tables as one object a line, and nothing else."""
    connection = sqlite3.connect(project)
    with target.open("w", encoding="utf-8") as file:
        for table in ("source", "article", "mark", "attribution", "proposition", "mention", "link"):
            rows = connection.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in rows.description]
            for row in rows:
                file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")
        for row in connection.execute("SELECT id, text FROM content"):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    connection.close()


def export_brat(project: Path, target: Path) -> None:
    """Write a file of text and one of marks and links for each article."""
    target.mkdir()
    connection = sqlite3.connect(project)
    articles = "SELECT a.id, a.number, c.text FROM article a JOIN content c USING (sha256)"
    marks = 'SELECT number, label, start, "end", quotes FROM mark WHERE article = ?'
    links = (
        "SELECT l.kind, m.number, l.to_mark FROM mark m JOIN link l ON l.from_mark = m.id WHERE m.article = ?"
    )
    for row_id, number, text in connection.execute(articles):
        (target / f"{number}.txt").write_text(text, "utf-8")
        with (target / f"{number}.ann").open("w", encoding="utf-8") as file:
            for mark, label, start, end, quotes in connection.execute(marks, (row_id,)):
                file.write(f"T{mark}\t{label} {start} {end}\t{quotes}\n")
            for place, (kind, origin, to) in enumerate(connection.execute(links, (row_id,))):
                file.write(f"R{place}\t{kind} Arg1:T{origin} Arg2:{to}\n")
    connection.close()


def export_csv(project: Path, target: Path) -> None:
    """Write the rows of the tables as comma-separated values, a file for each."""
    target.mkdir()
    connection = sqlite3.connect(project)
    for table in ("source", "article", "mark", "attribution", "proposition", "mention", "link"):
        with (target / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(connection.execute(f"SELECT * FROM {table}"))
    connection.close()


def _new_file(path: Path, project: Path | None = None) -> sqlite3.Connection:
    """A file as careful as those of the program, in a transaction; with a project beside it."""
    connection = sqlite3.connect(path)
    if project is not None:
        connection.execute("ATTACH ? AS project", (str(project),))
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN")
    return connection


def _gather(
    connection: sqlite3.Connection,
    batches: dict[str, list[Sequence[Any]]],
    table: str,
    values: Sequence[Any],
) -> None:
    """Keep a row until there are enough of its table."""
    batch = batches.get(table)
    if batch is None:
        connection.execute(f"CREATE TABLE {table} ({', '.join(f'c{n}' for n in range(len(values)))})")
        batch = batches[table] = []
    batch.append(values)
    if len(batch) >= 5_000:
        _store(connection, table, batch)


def _store(connection: sqlite3.Connection, table: str, batch: list[Sequence[Any]]) -> None:
    if batch:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(batch[0]))})", batch)
        batch.clear()


def _end(connection: sqlite3.Connection, batches: dict[str, list[Sequence[Any]]]) -> None:
    for table, batch in batches.items():
        _store(connection, table, batch)
    connection.commit()
    connection.close()
