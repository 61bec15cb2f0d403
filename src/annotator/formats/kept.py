"""What a writer has to remember of very many records, on disk so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

import msgspec

AT_ONCE = 1000
"""Rows that are written together."""
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class Kept:
    """Rows by a key, in a temporary database without a name; the last that was asked for stays at hand."""

    def __init__(self) -> None:
        self._last: tuple[str | None, list[list[Any]]] = (None, [])
        self._file = sqlite3.connect("", isolation_level=None)
        for sql in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "PRAGMA cache_size = -1024",
            "CREATE TABLE kept (key TEXT, place INTEGER, row BLOB, PRIMARY KEY (key, place)) WITHOUT ROWID",
            "BEGIN",
        ):
            self._file.execute(sql)
        self._count = 0
        self._waiting: list[tuple[str, int, bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, key: str, row: Sequence[Any]) -> None:
        """Keep a row beside those of the same key."""
        self._last = (None, [])
        self._count += 1
        self._waiting.append((key, self._count, _encode(row)))
        if len(self._waiting) == AT_ONCE:
            self._write()

    def _write(self) -> None:
        self._file.executemany("INSERT INTO kept VALUES (?, ?, ?)", self._waiting)
        self._waiting.clear()

    def of(self, key: str) -> list[list[Any]]:
        """The rows of a key, in their order."""
        if self._waiting:
            self._write()
        if self._last[0] != key:
            rows = self._file.execute("SELECT row FROM kept WHERE key = ? ORDER BY place", (key,))
            self._last = (key, [_decode(row) for (row,) in rows])
        return self._last[1]

    def pages(self) -> Iterator[list[tuple[str, list[Any]]]]:
        """All rows with their keys in order of key, some hundreds at a time."""
        if self._waiting:
            self._write()
        rows = self._file.execute("SELECT key, row FROM kept ORDER BY key, place")
        while page := rows.fetchmany(AT_ONCE):
            yield [(key, _decode(row)) for key, row in page]

    def between(self, first: str, last: str) -> dict[str, list[list[Any]]]:
        """The rows of the keys from one to another, both included."""
        if self._waiting:
            self._write()
        found: dict[str, list[list[Any]]] = {}
        sql = "SELECT key, row FROM kept WHERE key BETWEEN ? AND ? ORDER BY key, place"
        for key, row in self._file.execute(sql, (first, last)):
            found.setdefault(key, []).append(_decode(row))
        return found

    def one(self, key: str) -> list[Any] | None:
        """The row of a key that has one, if any."""
        rows = self.of(key)
        return rows[0] if rows else None
