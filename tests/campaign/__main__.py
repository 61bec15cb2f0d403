"""The whole campaign: `python -m tests.campaign [PART ...]`, of the parts below; exits with 1 at a loss."""

import os
import sys
import tempfile
import time

from tests.campaign import faults, hours, io_errors, kills, laws, power, size, trace
from tests.campaign.outcome import Outcome

CUTS = {"edit": (300, 120), "loose ends": (150, 60), "import": (60, 3), "migrate": (120, 2),
        "create": (60, 6), "back-up": (60, 5), "export": (60, 5), "salvage": (60, 3)}  # fmt: skip
"""How many cuts, and over how many steps of work."""
KILLS = {"edit": 50, "loose ends": 40, "import": 35, "large": 60, "export": 20, "back-up": 20,
         "migrate": 25, "create": 15, "salvage": 15}  # fmt: skip
PAIRS, WINDOWS = 20, 12
APART = {("loose ends", "pwrite64"): 7}
"""Where only every so many calls one fails, for there are more than a thousand."""
MOST_SHOWN = 8


def cut_power():
    for task, (cuts, steps) in CUTS.items():
        yield power.cut_power(task, cuts, steps)
    yield watched()


def watched():
    """The test of the test: a program that does not wait for the disk must be caught."""
    careless = power.cut_power("edit", 60, 40, "careless")
    found = [] if careless.found else ["a program that never waits for the disk was not caught"]
    return Outcome(f"{careless.name}, caught {len(careless.found)} times", careless.tried, found)


def kill():
    for task, times in KILLS.items():
        yield kills.kill(task, times)
    yield kills.kill_pairs(PAIRS)
    yield kills.kill_window(WINDOWS)


def break_disk():
    for sitting in faults.SITTINGS:
        for call in io_errors.FAULTS:
            yield io_errors.fail(call, APART.get((sitting, call), 1), sitting)
        for call in io_errors.FOR_GOOD:
            yield io_errors.fail_for_good(call, sitting=sitting)


def try_laws():
    yield laws.try_laws()


def work_for_hours():
    yield hours.work()


PARTS = {"power": cut_power, "kills": kill, "disk": break_disk, "size": size.walk, "hours": work_for_hours,
         "laws": try_laws}  # fmt: skip


def main(names):
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}.")
        return 2
    if not trace.is_there():
        print("The campaign needs strace, and leave to use it: sudo apt-get install -y strace")
        return 2
    print(f"{'what':<56}{'tried':>7}{'lost':>7}{'seconds':>9}", flush=True)
    is_lost = False
    for name in names or PARTS:
        started = time.monotonic()
        for outcome in PARTS[name]():
            took = time.monotonic() - started
            print(f"{outcome.name:<56}{outcome.tried:>7}{len(outcome.found):>7}{took:>9.0f}", flush=True)
            for one in outcome.found[:MOST_SHOWN]:
                print(f"    {one}", flush=True)
            is_lost = is_lost or bool(outcome.found)
            started = time.monotonic()
    return 1 if is_lost else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="campaign-home-") as home:
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            os.environ[variable] = home
        sys.exit(main(sys.argv[1:]))
