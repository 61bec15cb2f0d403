"""A program killed at any moment has lost nothing it acknowledged and left nothing half done."""

import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from annotator.store import edits
from annotator.store.store import Store
from tests.store.samples import add_article, dump, names

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20
MOST_STEPS, MOST_MS = 12, 25
"""A kill comes at most so long after so many steps were acknowledged, however slow the machine is."""


def run_until_killed(path, steps, after_ms):
    """Kill a child some time after it had stored so many steps; the last operation it spoke of, or 0."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.store.killed", str(path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with child.stdout, child.stderr:
        said = b"".join(child.stdout.readline() for _ in range(1 + steps))
        select.select([child.stderr], [], [], after_ms / 1000)
        child.send_signal(signal.SIGKILL)
        said += child.stdout.read()
        assert child.stderr.read() == b""
        child.wait()
    opened, *stored = said[: said.rfind(b"\n") + 1].split()
    assert opened == b"open"
    return int(stored[-1]) if stored else 0


def pairs_are_whole(store):
    """As many marks as sources that came with one; imports bring six sources and no mark."""
    marks = store.query("SELECT count(*) FROM main.mark")[0][0]
    alone = store.query("SELECT count(*) FROM main.source WHERE operation IS NOT NULL")[0][0]
    return marks == store.query("SELECT count(*) FROM main.source")[0][0] - alone and alone % 6 == 0


def test_kills_at_random_moments_lose_nothing_acknowledged(opened, project, me):
    store = opened()
    add_article(store)
    store.close()
    moments = random.Random(7)
    known = 1
    for _ in range(KILLS):
        steps, after_ms = moments.randrange(MOST_STEPS), moments.uniform(0, MOST_MS)
        acknowledged = run_until_killed(project, steps, after_ms)
        store = Store.open(project, me)
        stored = store.query("SELECT max(rowid) FROM operation")[0][0]
        assert stored >= max(acknowledged, known)
        assert not acknowledged or stored <= acknowledged + 1
        known = stored
        assert store.query("PRAGMA integrity_check") == [("ok",)]
        assert store.query("PRAGMA foreign_key_check") == []
        assert store.query("SELECT count(*) FROM operation WHERE sealed = 0") == [(0,)]
        assert pairs_are_whole(store)
        assert "foreign" not in {kind for _, kind in names(store)}
        store.close()
    assert known > KILLS


def test_after_a_kill_everything_can_still_be_undone_and_brought_back(opened, project, me):
    store = opened()
    add_article(store)
    empty = dump(store)
    store.close()
    run_until_killed(project, MOST_STEPS, MOST_MS)
    store = Store.open(project, me)
    full = dump(store)
    steps = 0
    while store.next_undo().name != "import":
        store.undo()
        steps += 1
    assert dump(store) == empty
    for _ in range(steps):
        store.redo()
    assert dump(store) == full
    store.close()


def test_a_kill_between_closing_and_opening_leaves_the_last_edit_undoable(opened, project, me):
    child = os.fork()
    if child == 0:
        store = Store.open(project, me)
        edits.add_source(store, "Ministry")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert sqlite3.connect(project).execute("SELECT closed FROM head").fetchone() == (0,)
    store = opened()
    assert store.undo().operation.name == "add-source"
