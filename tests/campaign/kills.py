"""kill -9 at a random moment: at edits, imports, exports, copies, migration, salvage, and in the window."""

import json
import os
import random
import select
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from annotator.store.store import Identity, Store
from tests.campaign import work
from tests.campaign.outcome import Outcome, workspace
from tests.campaign.power import Start, project_losses
from tests.campaign.soundness import NOTHING, copy_losses, file_losses, losses, unfound
from tests.campaign.trace import ROOT
from tests.flows import child, test_kill
from tests.flows.texts import FIRST
from tests.store.samples import add_article
from tests.store.test_kill import MOST_MS, MOST_STEPS, pairs_are_whole, run_until_killed

LATEST_MS = {"migrate": 120, "create": 200, "salvage": 200}
"""How long after it is ready a program is killed at the latest; 300 where nothing is said."""


def kill(task, times, seed=20):
    """Kill a task of `work` again and again; the next one goes on with what is left."""
    outcome = Outcome(f"kill -9: {task}", tried=times)
    chance = random.Random(seed)
    with workspace() as name:
        folder = Path(name)
        for number in range(times):
            if number == 0 or task in ("migrate", "create", "salvage"):
                folder = Path(name, str(number))
                folder.mkdir()
                start = Start.of(work.prepare(folder))
            said = _killed(task, folder, chance.uniform(0, LATEST_MS.get(task, 300)))
            found = [*project_losses(folder, start, said), *_exports(folder, said)]
            if task in work.LOOKING and not found:
                found = unfound(folder / work.PROJECT)
            outcome.found += [f"kill {number + 1}: {one}" for one in found]
            if task != "migrate":
                start = Start.of(folder / work.PROJECT)
    return outcome


def _killed(task, folder, after_ms):
    """What a program said it had stored before it was killed."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.campaign.work", task, str(folder), "ready"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with program.stdout, program.stderr:
        ready = program.stdout.readline()
        assert ready == b"ready\n", program.stderr.read().decode()
        select.select([program.stderr], [], [], after_ms / 1000)
        program.send_signal(signal.SIGKILL)
        said = program.stdout.read()
        program.wait()
        complaint = program.stderr.read().decode()
    assert not complaint, complaint
    return [json.loads(line) for line in said.splitlines(keepends=True) if line.endswith(b"\n")]


def _exports(folder, said):
    """A file that took its place is the one said to be stored last, or whole like it."""
    for path in sorted([*folder.glob("*.jsonl"), *folder.glob("backups/*/*/*"), folder / work.COPY]):
        if path.name.startswith(".") or not path.exists():
            continue
        if path.suffix == ".jsonl":
            good = {one["sha256"] for one in said if one.get("file") == path.name} | {_export_again(folder)}
            yield from file_losses(path, good)
        else:
            yield from copy_losses(path)
    gone = {one["file"] for one in said if "file" in one and not (folder / one["file"]).exists()}
    yield from (f"{name} is gone" for name in sorted(gone))


def _export_again(folder):
    """What a whole export of the project looks like."""
    with workspace() as name:
        return next(work.export_once(folder / work.PROJECT, Path(name)))["sha256"]


def kill_pairs(times, seed=7):
    """The short loop of the suite, longer: sources and marks that belong together."""
    outcome = Outcome("kill -9: pairs", tried=times)
    chance = random.Random(seed)
    with workspace() as name:
        path = Path(name, work.PROJECT)
        with closing(Store.create(path, Identity())) as store:
            add_article(store)
        outcome.found += _pairs(path, times, chance)
    return outcome


def _pairs(path, times, chance):
    known = 0
    for number in range(times):
        acknowledged = run_until_killed(path, chance.randrange(MOST_STEPS), chance.uniform(0, MOST_MS))
        yield from losses(path, NOTHING)
        with closing(Store.open(path, Identity())) as store:
            stored = store.query("SELECT max(rowid) FROM operation")[0][0]
            if not max(acknowledged, known) <= stored or (acknowledged and stored > acknowledged + 1):
                yield f"kill {number + 1}: {stored} operations, {acknowledged} were acknowledged"
            if not pairs_are_whole(store):
                yield f"kill {number + 1}: half a pair"
            known = stored


def kill_window(times, seed=7):
    """An analyst's hands in the real window, offscreen."""
    outcome = Outcome("kill -9: the window", tried=times)
    chance = random.Random(seed)
    with workspace() as name:
        path = Path(name, work.PROJECT)
        with closing(Store.create(path, Identity(name="analyst"))) as store:
            add_article(store, FIRST)
        for number in range(times):
            acknowledged = test_kill.killed(path, chance)
            found = losses(path, NOTHING)
            with closing(Store.open(path, Identity(), readonly=True)) as store:
                stored = [int(count) for count in child.counts(store).split()]
            if not acknowledged[0] <= stored[0] <= acknowledged[0] + 1:
                found.append(f"{stored[0]} operations, {acknowledged[0]} were acknowledged")
            elif stored[0] == acknowledged[0] and stored != acknowledged:
                found.append(f"rows {stored}, acknowledged {acknowledged}")
            outcome.found += [f"kill {number + 1}: {one}" for one in found]
    return outcome
