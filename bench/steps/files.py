"""Files in and out of a project, each in a process of its own; the memory that this takes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from annotator.formats.registry import formats
from bench.cases import ROOT, Corpus
from bench.measure import Row, p50, row, wall
from bench.plan import Ground, axis

NAMES = ("annotator-jsonl", "brat", "csv")
WITHOUT_INDEXES = ", against tables without indexes"

PATIENCE_S = 120
"""How long a transfer of 10,000 articles may take before it is given up; ten times that for 100,000."""

ROUNDS = 5
ROUNDS_S = 8
"""How often a transfer is done at most, and the seconds after which no further round begins."""


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
        for transfer in _transfers(ground, case):
            step, taken = transfer.step, transfer.taken
            name = f"{case}, given up" if taken.memory is None else case
            yield row(step, name, taken.seconds, transfer.floor, 3, axis(case))
            if transfer.harder:
                yield row(f"{step}{WITHOUT_INDEXES}", name, taken.seconds, transfer.harder)
            if taken.memory is not None and step in first:
                base = f"{case} / {ground.plan.corpora[0]}"
                yield row(f"{step}, memory, bytes", base, taken.memory, first[step], 1.5)
            elif taken.memory is not None:
                first[step] = taken.memory


class Transfer(NamedTuple):
    """A file in or out; `floor` and `harder`, a floor that stores without indexes, in seconds."""

    step: str
    made: Path
    taken: Taken
    floor: float
    harder: float | None = None


def _transfers(ground: Ground, case: Corpus) -> Iterator[Transfer]:
    """Every transfer of a corpus, with its floors."""
    most_s = max(PATIENCE_S, PATIENCE_S * case.articles / 10_000)
    project = ground.project(case)
    sources = {"annotator-jsonl": ground.cases.lines(case)}
    for name in NAMES:
        exported = _middle(partial(_exported, ground, name, project, most_s))
        yield exported
        sources.setdefault(name, exported.made)
    for name, source in sources.items():
        if formats()[name].reads and source.exists():
            yield _middle(partial(_imported, ground, name, source, most_s))


def _middle(transfer: Callable[[], Transfer]) -> Transfer:
    """The middle of a few rounds: what takes less than a second meets the disk by chance."""
    deadline = wall() + ROUNDS_S
    rounds = [transfer()]
    while len(rounds) < ROUNDS and wall() < deadline:
        rounds.append(transfer())
    first = rounds[0]
    return first._replace(
        taken=first.taken._replace(seconds=p50([done.taken.seconds for done in rounds])),
        floor=p50([done.floor for done in rounds]),
        harder=first.harder and p50([done.harder or 0 for done in rounds]),
    )


def _exported(ground: Ground, name: str, project: Path, most_s: float) -> Transfer:
    target, bare = ground.fresh(f"export.{name}"), ground.fresh(f"bare-export.{name}")
    ours = alone(f"export-{name}", project, target, most_s=most_s)
    return Transfer(f"export {name}", target, ours, alone(f"bare-export-{name}", project, bare).seconds)


def _imported(ground: Ground, name: str, source: Path, most_s: float) -> Transfer:
    target, bare = ground.fresh("import.annotator"), ground.fresh("bare-import.db")
    ours = alone(f"import-{name}", source, target, most_s=most_s)
    harder = alone(f"bare-import-{name}", source, bare).seconds
    return Transfer(f"import {name}", target, ours, _parsed_and_stored(ground, name, source, target), harder)


def _parsed_and_stored(ground: Ground, name: str, source: Path, made: Path) -> float:
    """The floor of an import: the seconds of parsing, and of storing the rows that it made."""
    parsing = alone(f"bare-parse-{name}", source).seconds
    return parsing + alone("rows", made, ground.fresh("rows.db")).seconds
