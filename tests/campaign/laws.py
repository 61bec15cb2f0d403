"""What is stated as a law, with more examples than in the suite, other ones each time.

Each law runs in a process of its own, which is ended after `LIMIT_S`. A limit inside the process would
not do: Hypothesis takes it for an example that fails, and tries that again and again to make it smaller.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from tests.campaign.outcome import Outcome
from tests.campaign.trace import ROOT

PLACES = ("tests/domain", "tests/formats", "tests/layout", "tests/store")
LIMIT_S = 1200
"""A law takes seconds, a few take minutes; this is for one that waits for ever."""
SAID_BEFORE_S = 20
"""So long before its end a process writes where each of its threads is."""
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")


def try_laws(root=ROOT, places=PLACES, limit_s=LIMIT_S):
    """Try each law by itself; what a failing one wrote is kept whole, for its examples do not come again."""
    found, names = [], laws_in(root, places)
    for name in names:
        with tempfile.NamedTemporaryFile("w+", prefix="law-", suffix=".txt", delete=False) as kept:
            wrong = _try(root, name, kept, limit_s)
        if wrong:
            found.append(f"{name} {wrong}; what it wrote is in {kept.name}")
        else:
            Path(kept.name).unlink()
    return Outcome("laws, with six times the examples", len(names), found)


def laws_in(root, places):
    """The names of the laws of these folders or files, as pytest takes them."""
    listed = subprocess.run(
        [*PYTEST, "--collect-only", "-m", "hypothesis", *places],
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [line for line in listed.stdout.splitlines() if "::" in line]


def _try(root, name, kept, limit_s):
    """What is wrong with a law, or nothing."""
    asked = [
        *PYTEST,
        "--timeout=0",
        f"--override-ini=faulthandler_timeout={max(limit_s - SAID_BEFORE_S, 1)}",
        name,
    ]
    running = subprocess.Popen(
        asked,
        cwd=root,
        env=os.environ | {"ANNOTATOR_HYPOTHESIS": "campaign"},
        stdin=subprocess.DEVNULL,
        stdout=kept,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        return "fails" if running.wait(limit_s) else None
    except subprocess.TimeoutExpired:
        return f"did not end within {limit_s} s"
    finally:
        with suppress(ProcessLookupError):  # and what it started: a reader of a large folder, say
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
