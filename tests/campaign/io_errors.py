"""The disk fails at the n-th call, for every n: the edit is refused, nothing else is lost, work goes on."""

import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.campaign import trace, work
from tests.campaign.faults import COPY
from tests.campaign.outcome import Outcome, workspace
from tests.campaign.soundness import NOTHING, losses, unfound

FAULTS = {"fdatasync": "EIO", "pwrite64": "ENOSPC", "ftruncate": "EIO", "openat": "EMFILE",
          "fsync": "EIO", "rename": "EIO"}  # fmt: skip
"""What fails, and how."""
OPENED_TO_READ = "project-readonly"
"""Without a handle left SQLite opens a file for reading alone: edits are refused until it is opened anew."""
FOR_GOOD = {"fdatasync": range(1, 50, 3), "pwrite64": range(1, 160, 10), "ftruncate": range(1, 11)}
"""What fails from some call on until the end, and from which calls on that is tried."""
AT_ONCE = 2
"""Programs that run at the same time."""


def fail(call, step=1, sitting="edits"):
    """Let the n-th call of a kind fail, for n = 1, 1 + step, ..., until there are no more."""
    outcome = Outcome(f"{sitting}: {call} fails once with {FAULTS[call]}")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for first in itertools.count(1, step * AT_ONCE):
            numbers = range(first, first + step * AT_ONCE, step)
            for number, (injected, found) in zip(
                numbers, pool.map(lambda n: _one(sitting, call, FAULTS[call], f"{n}"), numbers), strict=True
            ):
                outcome.tried += injected
                outcome.found += [f"call {number}: {one}" for one in found]
            if not injected:
                return outcome
    return None


def fail_for_good(call, numbers=None, sitting="edits"):
    """From the n-th call on every one fails: the file is left alone, and a copy holds all that was stored."""
    numbers = FOR_GOOD[call] if numbers is None else numbers
    outcome = Outcome(f"{sitting}: {call} fails for good with EIO", tried=len(numbers))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number, (_, found) in zip(
            numbers, pool.map(lambda n: _one(sitting, call, "EIO", f"{n}+"), numbers), strict=True
        ):
            outcome.found += [f"from call {number} on: {one}" for one in found]
    return outcome


def _one(sitting, call, error, when):
    """Whether a call failed as asked, and what was wrong then."""
    is_for_good = when.endswith("+")
    with workspace() as name:
        path, copy, log = work.prepare(Path(name)), Path(name, "copy.annotator"), Path(name, "trace")
        options = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}"]
        part = path.with_name(f".{COPY}.part")
        options += [part for place in (path, f"{path}-journal", part) for part in ("-P", str(place))]
        given = [sitting, path, *([copy] if is_for_good else [])]
        done = trace.run(log, options, "tests.campaign.faults", *given)
        said = [json.loads(line) for line in done.stdout.splitlines()]
        found = [one["wrong"] for one in said if "wrong" in one]
        if done.returncode:
            found.append(f"ended with {done.returncode}: {done.stderr.strip()[-400:]}")
        if not is_for_good:
            again = [one["refused"] for one in said if "again" in one]
            found += [f"refused again: {code}" for code in again if code != OPENED_TO_READ]
        elif {"given_up": True} not in said:
            found.append(f"not given up: {said[-1]}")
        stored = [one["project"] for one in said if "project" in one]
        for place in (path, copy) if is_for_good else (path,):
            found += losses(place, stored[-1] if stored else NOTHING, ahead=0) or unfound(place)
        return "(INJECTED)" in log.read_text(encoding="utf-8"), found
