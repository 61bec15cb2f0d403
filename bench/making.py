"""A project out of lines in `annotator-jsonl`, with some work done in it, so that it has a history."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.ids import MarkId
from annotator.formats.registry import by_name
from annotator.store import edits
from annotator.store.imports import import_records
from annotator.store.store import Identity, Store


def make_project(lines: Path, target: Path, edits_wanted: int = 0) -> Path:
    """A project file with what a file holds, and the history of some edits, undone and done again."""
    store = Store.create(target, Identity())
    try:
        take_in(store, lines)
        work(store, edits_wanted)
    finally:
        store.close()
    return target


def take_in(store: Store, lines: Path) -> None:
    """Import a file in `annotator-jsonl`."""
    import_records(store, by_name("annotator-jsonl").read(lines, {}))


def work(store: Store, count: int) -> None:
    """Write notes on marks from all over the project; every tenth is taken back and written again."""
    marks = [MarkId(row[0]) for row in store.query("SELECT id FROM shown_mark ORDER BY number")]
    for number in range(count):
        mark = marks[number * len(marks) // count]
        edits.edit_mark(store, mark, note=f"Look at this again ({number}).")
        if number % 10 == 0:
            store.undo()
            store.redo()
