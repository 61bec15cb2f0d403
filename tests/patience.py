"""What the thread of the window must not do: read a whole table, or wait for a process or a thread."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from PySide6.QtCore import QProcess, QThread

import annotator
from annotator.store.schema import JOURNALED
from annotator.store.store import Store

EXCUSED: dict[str, str] = {
    "read.annotators": "people at work on a project, a handful",
    "read.project_name": "one row",
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
    (QProcess, ("waitForStarted", "waitForFinished", "waitForReadyRead", "waitForBytesWritten")),
    (QThread, ("wait",)),
    (subprocess, ("run",)),
    (subprocess.Popen, ("wait", "communicate")),
    (threading.Thread, ("join",)),
)

_PROGRAM = Path(annotator.__file__).parent
_UI = str(_PROGRAM / "ui")
_SCANNED = re.compile(r"^SCAN (?:main\.)?(\w+)")
_NAMED = re.compile(rf"\b(?:main\.|shown_)?({'|'.join(JOURNALED)})\b(?:\s+AS)?(?:\s+(\w+))?")
_plans: dict[str, str | None] = {}
"""What is wrong with a statement, by its text."""


def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail at the end of a test in which the window kept the analyst waiting."""
    found: list[str] = []
    query = Store.query

    @wraps(query)
    def guarded_query(self: Store, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        if _is_gui_thread() and (wrong := _wrong_with(self, sql, parameters)):
            _blame(found, f"{wrong}: {' '.join(sql.split())}")
        return query(self, sql, parameters)

    monkeypatch.setattr(Store, "query", guarded_query)
    for owner, names in WAITING:
        for name in names:
            monkeypatch.setattr(owner, name, _guarded(found, owner, name))
    yield
    if found:
        pytest.fail("the window waited: " + "\n".join(dict.fromkeys(found)))


def _guarded(found: list[str], owner: Any, name: str) -> Any:
    wait = getattr(owner, name)

    @wraps(wait)
    def waiting(*arguments: Any, **options: Any) -> Any:
        if _is_gui_thread():
            _blame(found, f"{owner.__name__}.{name}")
        return wait(*arguments, **options)

    return waiting


def _is_gui_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _blame(found: list[str], what: str) -> None:
    """Note it where a function of the window is behind it, and none that is excused."""
    names = list(_behind(sys._getframe(2)))
    if any(is_ui for is_ui, _ in names) and not any(name in EXCUSED | OWED for _, name in names):
        found.append(f"{what} [{' < '.join(name for _, name in names[:4])}]")


def _behind(frame: FrameType | None) -> Iterator[tuple[bool, str]]:
    """The functions of the program on the stack, innermost first, and whether each is of the window."""
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(str(_PROGRAM)):
            yield path.startswith(_UI), f"{Path(path).stem}.{frame.f_code.co_qualname}"
        frame = frame.f_back


def _wrong_with(store: Store, sql: str, parameters: Any) -> str | None:
    """Why a statement reads more than it shows, however long its table is; asked once a statement."""
    if sql not in _plans:
        if not sql.lstrip().upper().startswith(("SELECT", "WITH")):
            return None
        plan = [row[3] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
        _plans[sql] = _wrong(plan, sql)
    return _plans[sql]


def _wrong(plan: Iterable[str], sql: str) -> str | None:
    tables = {alias or table: table for table, alias in _NAMED.findall(sql)}
    tables |= {table: table for table in JOURNALED}
    lines = [line for line in plan if "operation_unsealed" not in line]  # the hidden few of every shown table
    scanned = [tables[match[1]] for line in lines if (match := _SCANNED.match(line)) and match[1] in tables]
    if not scanned:
        return None
    if "LIMIT" not in sql:
        return f"reads all of {scanned[0]}"
    if any("TEMP B-TREE FOR ORDER BY" in line for line in plan):
        return f"sorts all of {scanned[0]}"
    return None
