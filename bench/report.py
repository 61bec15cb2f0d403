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
    mine = quantity(row.step, row.seconds)
    floor = "" if row.floor_seconds is None else quantity(row.step, row.floor_seconds)
    ratio = "" if row.ratio is None else f"{row.ratio:6.2f}{'  ' if row.step.startswith('growth') else ' x'}"
    goal = "" if row.goal is None else f"  at most {row.goal:g}{'  MISSED' if row.misses else ''}"
    return f"{row.step:<58} {row.case:<36} {mine:>12} {floor:>12} {ratio:>9}{goal}"


def quantity(step: str, value: float) -> str:
    """A number with the unit that the step names, or milliseconds."""
    if step.endswith(", bytes"):
        return f"{value / 1_000_000:,.1f} MB"
    if "bytes a mark" in step:
        return f"{value:,.0f} B"
    if "lines that" in step:
        return f"{value:g}"
    return f"{value * 1000:,.2f} ms"


def summary(rows: Sequence[Row]) -> str:
    """How many goals are met, and the worst misses."""
    judged = [row for row in rows if row.goal is not None and row.ratio is not None]
    missed = sorted((row for row in judged if row.misses), key=_excess, reverse=True)
    head = f"\n{len(judged) - len(missed)} of {len(judged)} goals are met."
    return "\n".join(
        [head, *(f"  {_excess(row):8.2f} x its goal: {row.step} ({row.case})" for row in missed)]
    )


def _excess(row: Row) -> float:
    """How far a ratio is from its goal; a goal of 0 counts as one."""
    return (row.ratio or 0) / (row.goal or 1)


def write(path: Path, rows: Sequence[Row], keep: bool = False) -> None:
    """All rows, with what the machine is, but not whose; keep: the file's own rows of other steps too."""
    fresh = [_rounded(row) for row in rows]
    steps = {row.step for row in rows}
    there = json.loads(path.read_text(encoding="utf-8"))["rows"] if keep and path.exists() else []
    body = {"machine": machine(), "rows": [*(row for row in there if row["step"] not in steps), *fresh]}
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")


def _rounded(row: Row) -> dict[str, object]:
    """Microseconds and thousandths: what lies behind them is noise."""
    return {
        name: round(value, 3 if name == "ratio" else 6) if isinstance(value, float) else value
        for name, value in asdict(row).items()
        if name not in ("axis", "size")
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
