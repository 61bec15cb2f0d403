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
from bench.measure import Row, row, wall
from bench.plan import Ground, axis

NAMES = ("annotator-jsonl", "brat", "csv")


class Taken(NamedTuple):
    """Seconds, and the bytes of memory above what the process had before."""

    seconds: float
    memory: float


def alone(what: str, *arguments: object) -> Taken:
    """Do something in a process of its own (`bench.alone`)."""
    command = [sys.executable, "-m", "bench.alone", what, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{what} failed: {done.stderr}")
    return Taken(*map(float, done.stdout.split("\n")[-2].split()))


def files(ground: Ground) -> Iterator[Row]:
    """Export and import of each corpus in every format, and how the memory for it grows."""
    first: dict[str, Taken] = {}
    for case in ground.plan.corpora:
        for step, found, made in _transfers(ground, case):
            yield from made
            if step in first:
                base = f"{case} / {ground.plan.corpora[0]}"
                yield row(f"{step}, memory, bytes", base, found.memory, first[step].memory, 1.5)
            else:
                first[step] = found


def _transfers(ground: Ground, case: Corpus) -> Iterator[tuple[str, Taken, list[Row]]]:
    """Every transfer of a corpus with its rows."""
    project = ground.project(case)
    sources = {"annotator-jsonl": ground.cases.lines(case)}
    for name in NAMES:
        target, bare = ground.fresh(f"export.{name}"), ground.fresh(f"bare-export.{name}")
        ours, floor = alone(f"export-{name}", project, target), alone(f"bare-export-{name}", project, bare)
        yield (
            f"export {name}",
            ours,
            [row(f"export {name}", case, ours.seconds, floor.seconds, 3, axis(case))],
        )
        sources.setdefault(name, target)
    for name, source in sources.items():
        if not formats()[name].reads:
            continue
        target, bare = ground.fresh("import.annotator"), ground.fresh("bare-import.db")
        ours, floor = alone(f"import-{name}", source, target), alone(f"bare-import-{name}", source, bare)
        rows = [row(f"import {name}", case, ours.seconds, floor.seconds, 3, axis(case))]
        if name == "annotator-jsonl":
            started = wall()
            floors.import_lines_with_indexes(source, target, ground.fresh("bare-indexes.db"))
            step = f"import {name}, against the same tables and indexes"
            rows.append(row(step, case, ours.seconds, wall() - started))
        yield f"import {name}", ours, rows
        target.unlink()
