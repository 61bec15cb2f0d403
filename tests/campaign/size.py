"""The bulk road at size: every act is killed in its middle, then done; tables exact, nothing seen by halves.

`python -m tests.campaign.size ACT PROJECT MARKS LABELLED BIG BATCH` is the program that is killed.
It says on stdout how many rows it has done.
"""

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from annotator.store import edits, lists, remains
from annotator.store import large as large_operations
from annotator.store.bulk import Bulk
from annotator.store.imports import import_records
from annotator.store.schema import JOURNALED
from annotator.store.store import Identity, Store
from annotator.store.verify import damage
from bench.bulk import corpus
from tests.campaign.outcome import Outcome, workspace
from tests.campaign.trace import ROOT
from tests.campaign.work import PROJECT

BYTES_A_ROW, FEW = 1500, 5
"""What undo, redo or a deletion may add to the history for each row; rows noted one by one of an import."""
LATEST = 0.9
"""How far an act is at most when it is killed, of the rows it touches at least."""
SLOWLY = 5
"""A reader rests so many times as long as it reads."""


class Size(NamedTuple):
    """Marks imported in all, given a label at once, and of the article that is deleted; rows of a commit."""

    marks: int
    labelled: int
    big: int
    batch: int = Bulk.BATCH


FULL = Size(1_000_000, 20_000, 10_000)


def import_marks(store, size, tell):
    import_records(store, corpus(size.marks, size.big), progress=tell)


def label_all(store, size, tell):
    articles = [row[0] for row in store.query("SELECT id FROM article ORDER BY number LIMIT 21")]
    each = size.labelled // len(articles) + 1
    places = [(article, [(30 * n + 4, 30 * n + 12)]) for article in articles for n in range(each)]
    edits.label_places(store, "denial", places[: size.labelled], progress=tell)


def delete_article(store, _size, tell):
    edits.delete_article(store, lists.articles(store)[0].id, tell)


def undo(store, _size, tell):
    store.undo(tell)


def redo(store, _size, tell):
    store.redo(tell)


ACTS = {act.__name__: act for act in (import_marks, label_all, delete_article, undo, redo)}


def main(act, path, *size):
    size = Size(*map(int, size))
    Bulk.BATCH = large_operations.BATCH = large_operations.ROOTS = remains.FINISHED_AT_ONCE = size.batch
    with closing(Store.open(Path(path), Identity())) as store:
        ACTS[act](store, size, say)


def say(rows):
    os.write(1, b"%d\n" % rows)
    return True


def walk(size=FULL, seed=20):
    """An import, labels in bulk, a deletion, each undone and brought back; an outcome for each."""
    chance = random.Random(seed)
    with workspace() as name:
        path = Path(name, PROJECT)
        Store.create(path, Identity()).close()
        empty = tables(path)
        for act, rows in ((import_marks, size.marks), (label_all, size.labelled), (delete_article, size.big)):
            before = tables(path)
            yield _done(act, path, size, rows, chance, before, None)
            after = tables(path)
            yield _done(undo, path, size, rows, chance, after, before)
            yield _done(redo, path, size, rows, chance, before, after)
        with closing(Store.open(path, Identity())) as store:
            found = [f"{one.code} {one.details}" for one in damage(store)]
        if tables(path) == empty:
            found.append("nothing was done")
        yield Outcome("bulk: soundness of what is left", 1, found)


def _done(act, path, size, rows, chance, before, expected):
    """Kill an act at some row, do it where the kill took it back, and see what became of the tables."""
    started, found = perf_counter(), []
    stop_at = int(rows * chance.uniform(0.1, LATEST))
    was_killed = _run(act, path, size, stop_at) < 0
    Store.open(path, Identity()).close()
    halfway = tables(path)
    if halfway == before:
        count_before = _marks_seen(path)
        with Reader(path) as reader:
            ended = _run(act, path, size)
        found += [f"ended with {ended}"] if ended else []
        half = reader.seen - {count_before, _marks_seen(path)}
        found += [f"a reader saw half: {sorted(half)}"] if half else []
    now = tables(path)
    if now == before:
        found.append("nothing was done")
    if expected is not None and now != expected:
        found.append("the tables are not as they were")
    found += _grown(path, act)
    seconds = perf_counter() - started
    return Outcome(f"bulk: {act.__name__} of {rows:,}, {seconds:,.0f} s", 1 + was_killed, found)


def _run(act, path, size, stop_at=None):
    """Let a program carry out an act, until it has done so many rows; its exit code, below 0 if killed."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.campaign.size", act.__name__, str(path), *map(str, size)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
    )
    with program.stdout:
        for line in program.stdout:
            if stop_at is not None and int(line) >= stop_at:
                program.send_signal(signal.SIGKILL)
                break
    return program.wait()


def tables(path):
    """A fingerprint of every row of every table."""
    found = hashlib.sha256()
    with closing(_plainly(path)) as connection:
        for table in JOURNALED:
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY id"):
                found.update(repr(row).encode())
    return found.hexdigest()


def _plainly(path):
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=60, check_same_thread=False)


SEEN = (
    "SELECT count(*) FROM v_marks WHERE article IN (SELECT id FROM article WHERE number IN (1, 2, 20, 900))"
)
"""Marks of some articles: so few that no commit waits for the five seconds after which it is refused."""


def _marks_seen(path):
    with closing(_plainly(path)) as connection:
        return connection.execute(SEEN).fetchone()[0]


class Reader:
    """A program that knows nothing of ours and counts marks again and again."""

    def __init__(self, path):
        self.seen = set()
        self._connection = _plainly(path)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._is_over.set()
        self._thread.join()
        self._connection.close()

    def _read(self):
        took = 0
        while not self._is_over.wait(SLOWLY * took):
            started = perf_counter()
            self.seen.add(self._connection.execute(SEEN).fetchone()[0])
            took = perf_counter() - started


def _grown(path, act):
    """What the last operation left in the history beyond what is allowed."""
    with closing(_plainly(path)) as connection:
        images, rows = connection.execute(
            "SELECT coalesce(sum(length(old)), 0) + coalesce(sum(length(new)), 0), count(*) FROM change"
            " WHERE operation = (SELECT id FROM operation ORDER BY rowid DESC LIMIT 1)"
        ).fetchone()
    is_small = rows <= FEW if act in (import_marks, label_all) else images <= rows * BYTES_A_ROW
    return [] if is_small else [f"{images:,} bytes of images for {rows:,} rows"]


if __name__ == "__main__":
    main(*sys.argv[1:])
