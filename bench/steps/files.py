"""Files in and out of a project, each in a process of its own; the memory that this takes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

from annotator.formats.registry import formats
from bench import floors
from bench.cases import ROOT, Corpus
from bench.measure import Row, row, timed, wall
from bench.plan import Ground, axis

NAMES = ("annotator-jsonl", "brat", "csv")


PATIENCE_S = 120
"""How long a transfer of 10,000 articles may take before it is given up; ten times that for 100,000."""


class Taken(NamedTuple):
    """Seconds, and the bytes of memory above what the process had before; none where it was given up."""

    seconds: float
    memory: float | None


def alone(what: str, *arguments: object, most_s: float | None = None) -> Taken:
    """Do something in a process of its own (`bench.alone`)."""
    command = [sys.executable, "-m", "bench.alone", what, *map(str, arguments)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=_compiling(), capture_output=True, text=True, check=False, timeout=most_s
        )
    except subprocess.TimeoutExpired:
        return Taken(most_s or 0, None)
    if done.returncode:
        raise RuntimeError(f"{what} failed: {done.stderr}")
    seconds, memory = done.stdout.split("\n")[-2].split()
    return Taken(float(seconds), float(memory))


def _compiling() -> dict[str, str]:
    """An environment in which modules are compiled once, as those of an installed program are."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def files(ground: Ground) -> Iterator[Row]:
    """Export and import of each corpus in every format, and how the memory for it grows."""
    first: dict[str, float] = {}
    for case in ground.plan.corpora:
        for step, found, floor in _transfers(ground, case):
            name = f"{case}, given up" if found.memory is None else case
            yield row(step, name, found.seconds, floor, 3, axis(case))
            if found.memory is not None and step in first:
                base = f"{case} / {ground.plan.corpora[0]}"
                yield row(f"{step}, memory, bytes", base, found.memory, first[step], 1.5)
            elif found.memory is not None:
                first[step] = found.memory
        step = "import annotator-jsonl, bare but with the same tables and indexes"
        yield row(step, case, _with_indexes(ground, case))


def _transfers(ground: Ground, case: Corpus) -> Iterator[tuple[str, Taken, float]]:
    """Every transfer of a corpus, with the seconds of its floor."""
    most_s = max(PATIENCE_S, PATIENCE_S * case.articles / 10_000)
    project = ground.project(case)
    sources = {"annotator-jsonl": ground.cases.lines(case)}
    for name in NAMES:
        target, bare = ground.fresh(f"export.{name}"), ground.fresh(f"bare-export.{name}")
        ours = alone(f"export-{name}", project, target, most_s=most_s)
        yield f"export {name}", ours, alone(f"bare-export-{name}", project, bare).seconds
        sources.setdefault(name, target)
    for name, source in sources.items():
        if formats()[name].reads and source.exists():
            target, bare = ground.fresh("import.annotator"), ground.fresh("bare-import.db")
            ours = alone(f"import-{name}", source, target, most_s=most_s)
            yield f"import {name}", ours, alone(f"bare-import-{name}", source, bare).seconds


def _with_indexes(ground: Ground, case: Corpus) -> float:
    """The seconds of the milder floor of an import."""
    lines, project, target = ground.cases.lines(case), ground.project(case), ground.fresh("indexes.db")
    return timed(wall, lambda: floors.import_lines_with_indexes(lines, project, target))
