"""A process from its start until the article is painted."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from annotator.ui.settings import Left, Settings
from bench import texts
from bench.cases import ROOT
from bench.measure import Row, by_turns, p50, row, wall
from bench.plan import Ground


def starting(ground: Ground) -> Iterator[Row]:
    """Against a bare window with the same docks and the same text, at which the project was left."""
    case = ground.plan.typical
    project = ground.project(case)
    leave_at_its_text(project, ground.folder)
    text = ground.fresh("text.txt")
    text.write_text(texts.text(case.length), encoding="utf-8")
    mine, floor = by_turns(
        ground.plan.starts,
        lambda: _start("bench.start", project, ground.folder),
        lambda: _start("bench.barewindow", text, ground.folder),
    )
    yield row("start until an article is painted", case, p50(mine), p50(floor), 1.3)


def leave_at_its_text(project: Path, folder: Path) -> None:
    """Let the window open on the article of the case; the short one before it is the first."""
    connection = sqlite3.connect(project)
    article = connection.execute("SELECT id FROM article WHERE number = 2").fetchone()[0]
    connection.close()
    Settings(folder / "annotator" / "window.ini").keep_place(str(project), Left(article, 0, 0))


def _start(module: str, path: Path, folder: Path) -> float:
    """Seconds until a process says that it has painted."""
    command = [sys.executable, "-m", module, str(path)]
    started = wall()
    with subprocess.Popen(command, env=installed(folder), cwd=ROOT, stdout=subprocess.PIPE) as process:
        said = process.stdout.readline() if process.stdout else b""
        seconds = wall() - started
    if said.strip() != b"painted":
        raise RuntimeError(f"{module} ended without painting")
    return seconds


def installed(folder: Path) -> dict[str, str]:
    """An environment in which a process keeps its settings in `folder`, and its modules are compiled."""
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "PYTHONPYCACHEPREFIX")
    environment = os.environ | dict.fromkeys(names, str(folder))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment
