"""`python -m bench.resting MODULE PATH SECONDS`: a window as it starts, and its memory when it rests.

MODULE: `bench.start` with a project, or `bench.barewindow` with a text. Prints the bytes as the window
has been painted, and SECONDS later, when all that waits for a pause is done (Linux).
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from bench.alone import memory


def main(module: str, path: str, seconds: float) -> None:
    started: Any = import_module(module)
    started.say = lambda: stay(seconds)
    sys.argv = [module, path]
    if module == "bench.start":
        started.tell_of_the_first_paint()
    started.main()


def stay(seconds: float) -> None:
    """Wait, in a window of the size that both programs have from now on."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from bench.barewindow import SIZE

    print(memory(), flush=True)
    window = QApplication.activeWindow()
    if window is None:
        raise RuntimeError("no window is shown")
    window.resize(*SIZE)
    QTimer.singleShot(round(seconds * 1000), tell)


def tell() -> None:
    from PySide6.QtWidgets import QApplication

    print(memory(), flush=True)
    QApplication.exit()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
