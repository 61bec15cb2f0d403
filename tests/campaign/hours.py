"""A day at the window in minutes: whatever is done, as much is there afterwards as was before.

`python -m tests.campaign.hours ROUNDS` is the program. In each round it does every action of the
window in some order, closes each dialog that comes, and opens another project; then it looks at
a third one, in which nothing is done, and counts. It prints a line for each kind of object of which
there were more each time.
"""

import gc
import os
import random
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from tests.campaign.outcome import Outcome, workspace
from tests.campaign.trace import ROOT

ACTS_APART_MS, LOOKED_AT_MS, ANSWERED_MS = 40, 1500, 20
FIRST = 2
"""What is loaded or kept for the first time in the rounds before does not count."""
LEFT_OUT = frozenset({"quit", "new-project", "open-project", "open-sample", "pack"})
"""Actions that lead to another window, which a round does of itself."""


def work(rounds=8):
    """Let the program work for so many rounds, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.campaign.hours", str(rounds)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    found = done.stdout.splitlines()
    if done.returncode:
        found.append(f"the window ended with {done.returncode}")
    return Outcome("hours: every action of the window", rounds, found)


def main(rounds, seed=5):
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from annotator.app.sample import sample_project
    from annotator.app.segment import NewsSegmenter
    from annotator.store.store import Identity
    from annotator.ui.beside import put_threads_second
    from annotator.ui.desktop import Desktop, Installation
    from annotator.ui.theme import STYLE

    application = QApplication(["annotator", *STYLE])
    application.setQuitOnLastWindowClosed(False)
    put_threads_second(application)
    chance, counts = random.Random(seed), []
    with workspace() as name:
        folder, me = Path(name), Identity(name="analyst")
        first, second, unchanged = (folder / f"{one}.annotator" for one in ("first", "second", "third"))
        for path in (first, second, unchanged):
            sample_project(path, me)
        desktop = Desktop(
            Installation(
                me,
                NewsSegmenter(),
                folder / "window.ini",
                folder / "backups",
                folder / "failed",
                lambda: unchanged,
                lambda identity, name: identity,
            ),
            [],
        )
        timer = QTimer(application, interval=ANSWERED_MS)
        timer.timeout.connect(_answer)
        timer.start()
        for number in range(rounds):
            desktop.show((first, second)[number % 2])
            QTest.qWait(LOOKED_AT_MS)
            _do_everything(desktop.window, chance)
            desktop.show(unchanged)
            QTest.qWait(LOOKED_AT_MS)
            counts.append(_count())
        desktop.close()
    QApplication.clipboard().clear()  # see the tests: without a display Qt would crash on it
    for line in grown(counts[FIRST:]):
        print(line)


def _answer():
    """Close what waits for an answer, as with Esc."""
    from PySide6.QtWidgets import QApplication, QDialog

    waiting = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    if isinstance(waiting, QDialog):
        waiting.reject()
    elif waiting is not None:
        waiting.close()


def _do_everything(window, chance):
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QDialog

    from annotator.store import lists

    names = [name for name in window.menus.actions if name not in LEFT_OUT]
    chance.shuffle(names)
    for name in names:
        if window.session.focus.mark is None:
            window.session.hold(chance.choice(lists.marks(window.session.store)).id)
        window.activateWindow()
        window.menus.actions[name].trigger()
        QTest.qWait(ACTS_APART_MS)
        for dialog in window.findChildren(QDialog):
            dialog.close()


def _count():
    """How many objects of Qt and of the program there are of each class."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject
    from PySide6.QtWidgets import QApplication

    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    found = Counter(type(one).__name__ for one in gc.get_objects() if _is_ours(type(one)))
    for top in (QApplication.instance(), *QApplication.topLevelWidgets()):
        if top.parent() is None:
            found.update(f"Qt's {one.metaObject().className()}" for one in top.findChildren(QObject))
    found["open files"] = sum(1 for _ in Path("/proc/self/fd").iterdir())
    return found


def _is_ours(kind):
    """Not the words and numbers that they hold: those depend on what was looked at last."""
    return kind.__module__.startswith(("annotator.ui.", "annotator.store."))


def grown(counts):
    """A line for each kind of which there were more at every look than at the one before."""
    for name in sorted(set().union(*counts)):
        seen = [count[name] for count in counts]
        if all(after > before for before, after in pairwise(seen)):
            yield f"{name}: {', '.join(map(str, seen))}"


if __name__ == "__main__":
    main(int(sys.argv[1]))
