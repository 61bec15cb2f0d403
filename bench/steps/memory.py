"""Memory of the window, and bytes of the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bench import texts
from bench.measure import Row, row
from bench.plan import Ground
from bench.steps.files import alone

A_TEXT_BYTE, A_MARK = 12, 400
"""Bytes that an article may take for each byte of its text in UTF-8, and for each mark."""


def memory(ground: Ground) -> Iterator[Row]:
    """The window with a small article against a bare one; the largest article above that; the file."""
    plan = ground.plan
    text = ground.fresh("text.txt")
    text.write_text(texts.text(plan.small.length), encoding="utf-8")
    bare = alone("bare-window", text).memory or 0
    small = alone("window", ground.project(plan.small), 2).memory or 0
    yield row("memory of the window, bytes", plan.small, small, bare, 1.3)
    large = ground.project(plan.largest)
    allowed = A_TEXT_BYTE * _text_bytes(large) + A_MARK * plan.largest.marks
    above = (alone("window", large, 2).memory or 0) - small
    yield row("memory of an article above that, bytes", plan.largest, above, allowed, 1)
    yield row("memory of an article, bytes a mark", plan.largest, above / plan.largest.marks)
    for case in plan.corpora:
        project = ground.project(case)
        size = project.stat().st_size
        yield row("file with history, bytes a mark", case, size / case.marks)
        step = "file with history but without texts and their index, bytes a mark"
        yield row(step, case, (size - _bytes_of_texts(project)) / case.marks)


def _text_bytes(project: Path) -> int:
    connection = sqlite3.connect(project)
    found = connection.execute("SELECT length(CAST(text AS BLOB)) FROM content WHERE id = 2").fetchone()
    connection.close()
    return int(found[0])


def _bytes_of_texts(project: Path) -> int:
    """What the texts and the index for searching them take in the file."""
    connection = sqlite3.connect(project)
    text = connection.execute("SELECT total(length(CAST(text AS BLOB))) FROM content").fetchone()
    index = connection.execute("SELECT total(length(block)) FROM content_search_data").fetchone()
    connection.close()
    return int(text[0] + index[0])
