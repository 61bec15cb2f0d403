"""The power goes at a random moment: what the disk holds then is rebuilt from a trace and opened again.

The program runs unmodified under strace; `disk` says what may have survived at
any cut, `soundness` whether that is all that was acknowledged.
"""

import json
import random
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path

from annotator.store import schema
from annotator.store.backup import backup_folder
from annotator.store.store import Identity, Store
from tests.campaign import trace, work
from tests.campaign.disk import LOSSES, Disk
from tests.campaign.outcome import Outcome, workspace
from tests.campaign.soundness import NOTHING, copy_losses, file_losses, losses, state, unfound
from tests.store.samples import dump_file

SEED = 20


def cut_power(task, cuts, steps, manner=None, seed=SEED):
    """Record a task once, then cut the power at many moments of it."""
    outcome = Outcome(f"power cut: {task}{f' ({manner})' if manner else ''}")
    chance = random.Random(seed)
    with workspace() as name:
        folder = Path(name, "disk")
        folder.mkdir()
        start = Start.of(work.prepare(folder))
        disk = Disk(folder)
        calls = trace.record(
            Path(name, "trace"), "tests.campaign.work", task, folder, steps, *([manner] if manner else [])
        )
        history = [json.loads(one.arguments[1]) for one in calls if _is_said(one)]
        moments = sorted(chance.sample(_moments(calls, folder), cuts))
        done = 0
        for moment in moments:
            for call in calls[done:moment]:
                disk.do(call)
            done = moment
            loss = chance.choice(LOSSES)
            found = _after_cut(disk, loss, chance, start, history, with_looks=task in work.LOOKING)
            outcome.tried += 1
            outcome.found += [f"at call {moment} of {len(calls)}, {loss} survive: {one}" for one in found]
    return outcome


def _is_said(call):
    return call.name == "write" and call.arguments[0] == "1"


def _moments(calls, folder):
    """Where the power may go: from the first file opened in the folder to the last word."""
    place = str(folder).encode()
    first = next(
        number for number, call in enumerate(calls) if call.name == "openat" and place in call.arguments[1]
    )
    return range(first, max(number for number, call in enumerate(calls) if _is_said(call)) + 2)


def _after_cut(disk, loss, chance, start, history, *, with_looks):
    said = [json.loads(line) for line in disk.acknowledged]
    with workspace() as name:
        disk.after_power_loss(name, loss, chance)
        folder = Path(name)
        found = [*project_losses(folder, start, said), *_files(folder, said, history)]
        return found or (unfound(folder / work.PROJECT) if with_looks else [])


@dataclass(frozen=True)
class Start:
    """The project a task begins with: its state, and every row."""

    state: dict[str, object]
    rows: dict[str, list[tuple[object, ...]]]

    @classmethod
    def of(cls, path):
        with closing(Store.open(path, Identity(), readonly=True)) as store:
            return cls(state(store), dump_file(path))


def project_losses(folder, start, said):
    """What is wrong with the projects of a task; one never spoken of is whole or nothing."""
    stored = {work.PROJECT: start.state}
    stored |= {one.get("new", work.PROJECT): one["project"] for one in said if "project" in one}
    there = {path.name for path in folder.glob("*.annotator") if path.name not in work.COPIES}
    for name in sorted(there | stored.keys()):
        path = folder / name
        is_newer = path.exists() and path.read_bytes()[63:64] > bytes([schema.FORMAT_VERSION])
        if is_newer and not any(_is_copy(one, start) for one in backup_folder(path).glob("[!.]*")):
            yield "migrated without a backup"
        with work.next_format() if is_newer or any("format" in one for one in said) else nullcontext():
            yield from losses(path, stored.get(name, NOTHING))


def _is_copy(path, start):
    return not copy_losses(path) and dump_file(path) == start.rows


def _files(folder, said, history):
    """Every file made beside the project is the one said to be stored last, or the whole next one."""
    names = {one["file"] for one in history if "file" in one}
    for name in sorted(names):
        versions = [one["sha256"] for one in history if one.get("file") == name]
        stored = sum(one.get("file") == name for one in said)
        good = [versions[stored - 1] if stored else None, *versions[stored : stored + 1]]
        yield from file_losses(folder / name, good)
