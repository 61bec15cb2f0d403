"""What the thread of the window must not do: read a whole table, or wait for a process or a thread."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from pathlib import Path
from types import BuiltinFunctionType, FrameType
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import QProcess, QThread

import annotator
from annotator.store.reading import Reading
from annotator.store.schema import JOURNALED
from annotator.store.sharing import SharedConnection

EXCUSED: dict[str, str] = {
    "records.annotators": "people at work on a project, a handful",
    "read.project_name": "one row",
    "claims._replace_in_reports": "reports that were composed, a handful",
    "scheme_searches._searches": "searches that were kept, a handful",
    "pages.Pages._first": "a project in memory has no other reader; of one in a file it reads `at_once`",
    "suggesting._values": "likewise: of one in a file a thread looks values up",
    "store.Store.create": "a new project is empty",
    "busy.Patience._process": "another program keeps the file to itself: the window says so and is served",
    "checking.Checker.close": "the window closes, and waits for the query at hand",
    "progress.run_with_progress": "the job has said that it is done; its thread has only to end",
    "progress.Work.end": "the dialog closes: the job was told to stop and stops at its next batch",
    "sources.recent_sources": "sorts the 500 steps of chains that were written last",
}
"""Functions, by module and name, that may do so all the same, with the reason."""

OWED: dict[str, str] = {
    "sources.source_places": "sorts all sources by how often they speak, and looks in every name",
    "picking._named_in": "looks for the name of every source in the paragraph",
    "marks.mark_places": "looks for words in the name of every source",
}
"""Functions that do so and should not; nothing may be added."""

WAITING: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (QProcess, ("waitForStarted", "waitForFinished", "waitForReadyRead", "waitForBytesWritten", "execute")),
    (QThread, ("wait", "sleep", "msleep", "usleep")),
    (subprocess, ("run",)),
    (subprocess.Popen, ("wait", "communicate")),
    (threading.Thread, ("join",)),
    (threading.Condition, ("wait",)),  # behind Event.wait and Queue.get
    (Future, ("result", "exception")),
    (os, ("system",)),
    (time, ("sleep",)),
)

_PROGRAM = Path(annotator.__file__).parent
_UI = str(_PROGRAM / "ui")
_SCANNED = re.compile(r"^SCAN (?:main\.)?(\w+)")
_NAMED = re.compile(rf"\b(?:main\.|shown_)?({'|'.join(JOURNALED)})\b(?:\s+AS)?(?:\s+(\w+))?")
_BRACKETS = re.compile(r"\([^()]*\)")
_LIMIT = re.compile(r"\bLIMIT\s+(?P<kind>[?:-]?)(?P<which>\w*)")
_plans: dict[str, str | None] = {}
"""What is wrong with a statement, by its text."""


def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail at the end of a test in which the window kept the analyst waiting."""
    found: list[str] = []
    bounded = _Bounded(Reading.at_once)
    monkeypatch.setattr(Reading, "at_once", lambda self: bounded.meanwhile(self))
    for name in ("rows", "execute"):
        monkeypatch.setattr(SharedConnection, name, _guarded_reading(found, name, bounded))
    for owner, names in WAITING:
        for name in names:
            monkeypatch.setattr(owner, name, _guarded(found, owner, name))
    yield
    if found:
        pytest.fail("the window waited: " + "\n".join(dict.fromkeys(found)))


class _Bounded:
    """Whether statements of the window end themselves when they take long, inside `at_once`."""

    def __init__(self, at_once: Callable[[Reading], AbstractContextManager[None]]) -> None:
        self.depth = 0
        self._at_once = at_once

    @contextmanager
    def meanwhile(self, store: Reading) -> Iterator[None]:
        mine = _is_gui_thread()
        self.depth += mine
        try:
            with self._at_once(store):
                yield
        finally:
            self.depth -= mine


def _guarded_reading(found: list[str], name: str, bounded: _Bounded) -> Any:
    read = getattr(SharedConnection, name)

    @wraps(read)
    def reading(self: SharedConnection, sql: str, parameters: Any = (), /) -> Any:
        if _is_gui_thread() and not bounded.depth and (wrong := _wrong_with(self, sql, parameters)):
            _blame(found, f"{wrong}: {' '.join(sql.split())}")
        return read(self, sql, parameters)

    return reading


def _guarded(found: list[str], owner: Any, name: str) -> Any:
    wait = getattr(owner, name)

    @wraps(wait)
    def waiting(*arguments: Any, **options: Any) -> Any:
        if _is_gui_thread() and not _is_starting_a_thread(sys._getframe(1)):
            _blame(found, f"{owner.__name__}.{name}")
        return wait(*arguments, **options)

    return staticmethod(waiting) if isinstance(wait, BuiltinFunctionType) else waiting


def _is_gui_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _blame(found: list[str], what: str) -> None:
    """Note it where a function of the window is behind it, and none that is excused."""
    names = list(_behind(sys._getframe(2)))
    if any(is_ui for is_ui, _ in names) and not any(name in EXCUSED | OWED for _, name in names):
        found.append(f"{what} [{' < '.join(name for _, name in names[:9])}]")


def _behind(frame: FrameType | None) -> Iterator[tuple[bool, str]]:
    """The functions of the program on the stack, innermost first, and whether each is of the window."""
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(str(_PROGRAM)):
            yield path.startswith(_UI), f"{Path(path).stem}.{frame.f_code.co_qualname}"
        frame = frame.f_back


def _is_starting_a_thread(frame: FrameType | None) -> bool:
    """`Thread.start` waits until the thread runs."""
    while frame is not None and frame.f_code.co_filename == threading.__file__:
        if frame.f_code is threading.Thread.start.__code__:
            return True
        frame = frame.f_back
    return False


def _wrong_with(connection: SharedConnection, sql: str, parameters: Any) -> str | None:
    """Why a statement reads more than it shows, however long its table is; asked once a statement."""
    if not sql.lstrip().upper().startswith(("SELECT", "WITH")):
        return None
    limited = _LIMIT.sub(lambda limit: limit[0] if _most(limit, parameters) >= 0 else "", sql)
    if limited not in _plans:
        explained = connection.cursor().execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall()
        _plans[limited] = _wrong([Step(parent, what) for _, parent, _, what in explained], limited)
    return _plans[limited]


def _most(limit: re.Match[str], parameters: Any) -> int:
    """The rows that a LIMIT lets through; below zero it is none."""
    kind, which = limit["kind"], limit["which"]
    if kind == "?":
        place = int(which) - 1 if which else limit.string.count("?", 0, limit.start("kind"))
        return int(tuple(parameters)[place])
    return int(parameters[which] if kind == ":" else kind + which)


class Step(NamedTuple):
    """A line of SQLite's query plan; `parent` is the number of the step it serves, 0 for none."""

    parent: int
    what: str


def _wrong(plan: Iterable[Step], sql: str) -> str | None:
    steps = [
        step for step in plan if "operation_unsealed" not in step.what
    ]  # hidden few of every shown table
    tables = {alias or table: table for table, alias in _NAMED.findall(sql)}
    tables |= {table: table for table in JOURNALED}
    for step in steps:
        match = _SCANNED.match(step.what)
        if match and match[1] in tables:
            if "LIMIT" not in (sql if step.parent else _outermost(sql)):
                return f"reads all of {tables[match[1]]}"
            if any("TEMP B-TREE FOR ORDER BY" in other.what for other in steps):
                return f"sorts all of {tables[match[1]]}"
    return None


def _outermost(sql: str) -> str:
    """A statement without what is in brackets: the LIMIT of a part of it bounds that part alone."""
    while (shorter := _BRACKETS.sub("", sql)) != sql:
        sql = shorter
    return sql
