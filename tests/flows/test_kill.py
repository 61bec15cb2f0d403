"""The program is killed in the middle of work: whatever it acknowledged is there afterwards."""

import json
import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.store.store import Identity, Store
from tests.flows.child import TABLES, counts

ROOT = Path(__file__).resolve().parents[2]
KILLS = 6
MOST_MS = 60
"""The kill comes at most so long after a key press was acknowledged."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL")


def killed(project: Path, chance: random.Random) -> list[int]:
    """Let the analyst work for a while, kill the program; the counts acknowledged last."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.flows.child", str(project)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    with child.stdout, child.stderr:
        lines = [child.stdout.readline() for _ in range(chance.randrange(20, 90))]
        assert lines[-1], child.stderr.read().decode()
        select.select([child.stderr], [], [], chance.uniform(0, MOST_MS / 1000))
        child.send_signal(signal.SIGKILL)
        child.wait()
        lines += child.stdout.read().split(b"\n")
    whole = [line for line in lines if len(line.split()) == len(TABLES)]
    return [int(count) for count in whole[-1].split()]


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(
    project: Path, annotator: Callable[..., str]
) -> None:
    chance = random.Random(7)
    before = 0
    for _ in range(KILLS):
        acknowledged = killed(project, chance)
        store = Store.open(project, Identity(name="analyst"))
        stored = [int(count) for count in counts(store).split()]
        store.close()
        assert acknowledged[0] <= stored[0] <= acknowledged[0] + 1
        if stored[0] == acknowledged[0]:
            assert stored == acknowledged
        assert stored[0] > before, "nothing was done"
        before = stored[0]
        assert json.loads(annotator("check", project, "--json"))["damage"] == []
