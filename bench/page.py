"""The figures as a page to read: a table for each step, with the pictures of growth."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.report import quantity

HEAD = """# Figures

What the window and the command line take, beside a floor of bare code measured in the same run
(`bench/floors.py`): the ratio of both is what counts, since machines differ. `make bench` writes this
page and `bench/results.json`, which has the rows without a goal, too; `make bench-full` adds the corpus of
100,000 articles. “95 of 100” is the time that 95 of 100 acts stay below.
"""
OTHER = """
# Against other floors

Harder ones, and milder ones, without a goal: [decision 13](decisions/0013-figures-at-size.md) says why.
"""


def write(path: Path, results: Path, pictures: Path) -> None:
    """The page of the rows of a results file that have a goal; pictures: the folder of their pictures."""
    body = json.loads(results.read_text(encoding="utf-8"))
    rows = [row for row in body["rows"] if row["goal"] is not None and row["ratio"] is not None]
    steps = {row["step"] for row in rows}
    others = [row for row in body["rows"] if row["step"].partition(", against ")[0] in steps - {row["step"]}]
    page = [*_page(body["machine"], rows, path.parent, pictures), OTHER, *_tables(others)]
    path.write_text("".join(page), encoding="utf-8")


def _page(
    machine: Mapping[str, Any], rows: list[dict[str, Any]], folder: Path, pictures: Path
) -> Iterator[str]:
    met = sum(not _misses(row) for row in rows)
    yield HEAD
    yield f"\n{met} of {len(rows)} goals are met. Measured on {machine['cores']} cores ({machine['cpu']}), "
    yield f"Python {machine['python']}, Qt {machine['qt']}, SQLite {machine['sqlite']}.\n"
    for picture in sorted(pictures.glob("*.svg")):
        yield f"\n![Growth: {picture.stem}]({Path(os.path.relpath(picture, folder)).as_posix()})\n"
    yield from _tables(rows)


def _tables(rows: list[dict[str, Any]]) -> Iterator[str]:
    for step in dict.fromkeys(str(row["step"]) for row in rows):
        yield f"\n## {step[0].upper()}{step[1:]}\n\n"
        yield from _table(step, [row for row in rows if row["step"] == step])


def _table(step: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield "| case | ours | floor | ratio | at most | |\n|---|--:|--:|--:|--:|---|\n"
    for row in rows:
        floor = "" if row["floor_seconds"] is None else quantity(step, row["floor_seconds"])
        sign = "missed" if _misses(row) else ""
        mine, ratio = quantity(step, row["seconds"]), f"{row['ratio']:.2f}"
        goal = "" if row["goal"] is None else f"{row['goal']:g}"
        yield f"| {' | '.join((row['case'], mine, floor, ratio, goal, sign))} |\n"


def _misses(row: Mapping[str, Any]) -> bool:
    return row["goal"] is not None and bool(row["ratio"] > row["goal"])
