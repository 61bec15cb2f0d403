"""Memory of the window, and bytes of the file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench import texts
from bench.cases import ROOT
from bench.measure import Row, row
from bench.plan import Ground
from bench.steps.files import alone
from bench.steps.starting import installed, leave_at_its_text

A_TEXT_BYTE, A_MARK = 12, 400
"""Bytes that an article may take for each byte of its text in UTF-8, and for each mark."""


class Held(NamedTuple):
    """The bytes that a window has in memory as it has been painted, and when it rests."""

    painted: float
    at_rest: float


def memory(ground: Ground) -> Iterator[Row]:
    """The window with a small article against a bare one; the largest article above that; the file."""
    plan = ground.plan
    text, project = ground.fresh("text.txt"), ground.project(plan.small)
    text.write_text(texts.text(plan.small.length), encoding="utf-8")
    leave_at_its_text(project, ground.folder)
    ours, bare = _held(ground, "bench.start", project), _held(ground, "bench.barewindow", text)
    yield row("memory of the window, bytes", plan.small, ours.at_rest, bare.at_rest, 1.3)
    yield row("memory of the window just painted, bytes", plan.small, ours.painted, bare.painted)
    small = alone("window", ground.project(plan.small), 2).memory or 0
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


def _held(ground: Ground, module: str, path: Path) -> Held:
    """What `bench.resting` says of a program; its first run compiles the modules, and does not count."""
    command = [sys.executable, "-m", "bench.resting", module, str(path), str(ground.plan.calm_s)]
    for _ in range(2):
        done = subprocess.run(
            command, cwd=ROOT, env=installed(ground.folder), capture_output=True, text=True, check=True
        )
    return Held(*map(float, done.stdout.split()))


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
