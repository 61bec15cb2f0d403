"""What a run found: a readable line for each figure, and one JSON file."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import qVersion

from bench.measure import Row


def line(row: Row) -> str:
    """One row of the table."""
    floor = "" if row.floor_seconds is None else f"{row.floor_seconds * 1000:9.2f} ms"
    ratio = "" if row.ratio is None else f"{row.ratio:6.2f} x"
    goal = "" if row.goal is None else f"  at most {row.goal:g}{'  MISSED' if row.misses else ''}"
    return f"{row.step:<54} {row.case:<46} {row.seconds * 1000:9.2f} ms {floor:>12} {ratio:>8}{goal}"


def write(path: Path, rows: Sequence[Row]) -> None:
    """All rows, with what the machine is, but not whose."""
    body = {"machine": machine(), "rows": [_rounded(row) for row in rows]}
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")


def _rounded(row: Row) -> dict[str, object]:
    """Microseconds and thousandths: what lies behind them is noise."""
    return {
        name: round(value, 3 if name == "ratio" else 6) if isinstance(value, float) else value
        for name, value in asdict(row).items()
    }


def machine() -> dict[str, object]:
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "qt": qVersion(),
        "sqlite": sqlite3.sqlite_version,
    }


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for row in info.read_text(encoding="utf-8").splitlines():
            if row.startswith("model name"):
                return row.partition(":")[2].strip()
    return platform.processor()
