"""The power goes at a random moment: what the disk holds then is rebuilt from a trace and opened again.

The program runs unmodified under strace; `disk` says what may have survived at
any cut, `soundness` whether that is all that was acknowledged.
"""

import json
import random
from contextlib import nullcontext
from pathlib import Path

from annotator.store.backup import backup_folder
from tests.campaign import trace, work
from tests.campaign.disk import LOSSES, Disk
from tests.campaign.outcome import Outcome, workspace
from tests.campaign.soundness import NOTHING, copy_losses, file_losses, losses
from tests.store.samples import dump_file

SEED = 20


def cut_power(task, cuts, steps, manner=None, seed=SEED):
    """Record a task once, then cut the power at many moments of it."""
    outcome = Outcome(f"power cut: {task}{f' ({manner})' if manner else ''}")
    chance = random.Random(seed)
    with workspace() as name:
        folder = Path(name, "disk")
        folder.mkdir()
        before = dump_file(work.prepare(folder)) if task != "create" else None
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
            found = _after_cut(disk, loss, chance, history, before)
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


def _after_cut(disk, loss, chance, history, before):
    said = [json.loads(line) for line in disk.acknowledged]
    with workspace() as name:
        disk.after_power_loss(name, loss, chance)
        folder = Path(name)
        return [*_projects(folder, said, before), *_files(folder, said, history)]


def _projects(folder, said, before):
    """Every project of a task: as it was said to be stored last; one never spoken of is whole or nothing."""
    stored = {one.get("new", work.PROJECT): one["project"] for one in said if "project" in one}
    there = {path.name for path in folder.glob("*.annotator") if path.name not in work.COPIES}
    for name in sorted(there | stored.keys()):
        path = folder / name
        is_newer = path.exists() and int.from_bytes(path.read_bytes()[60:64], "big") == 2
        if is_newer:
            backups = [one for one in backup_folder(path).glob("*") if not one.name.startswith(".")]
            if not any(not copy_losses(one) and dump_file(one) == before for one in backups):
                yield "migrated without a backup"
        with work.second_format() if is_newer or any("format" in one for one in said) else nullcontext():
            yield from losses(path, stored.get(name, NOTHING))


def _files(folder, said, history):
    """Every file made beside the project is the one said to be stored last, or the whole next one."""
    names = {one["file"] for one in history if "file" in one}
    for name in sorted(names):
        versions = [one["sha256"] for one in history if one.get("file") == name]
        stored = sum(one.get("file") == name for one in said)
        good = [versions[stored - 1] if stored else None, *versions[stored : stored + 1]]
        yield from file_losses(folder / name, good)
