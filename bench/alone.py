"""`python -m bench.alone WHAT ARGUMENTS`: one thing in a process of its own; prints seconds and bytes.

import-FORMAT SOURCE TARGET and export-FORMAT PROJECT TARGET: seconds it took, and the greatest
memory above what there was before, with that of the processes it started (Linux).
window PROJECT NUMBER: the memory of the window with an article.
With `bare-` before an import or export: its floor.
bare-parse-FORMAT SOURCE: reading and parsing alone. rows PROJECT TARGET: storing its rows alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Self

KB = 1024
LOOK_S = 0.02


def main(what: str, arguments: list[str]) -> None:
    if what == "window":
        print(0, _window(Path(arguments[0]), int(arguments[1])))
    elif what == "rows":
        print(_rows(*map(Path, arguments)), 0)
    else:
        print(*_timed(_job(what, *map(Path, arguments))))


def _timed(job: Callable[[], object]) -> tuple[float, int]:
    """Seconds, and the greatest memory above what there was before, in bytes.

    What was written before, such as the copy of the project, is on disk when it begins: an export
    ends with a sync, which would wait for that as well.
    """
    os.sync()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the greatest so far is that of now
    before = memory()
    with _Children() as children:
        started = perf_counter()
        job()
        seconds = perf_counter() - started
    return seconds, memory("VmHWM") + children.most - before


class _Children(Thread):
    """The greatest memory of the processes that the main thread starts; `most` is in bytes.

    Looked at so often that little is missed of one, whose own greatest memory only grows. It is added to
    the greatest of this process, though the two may come at different times.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._is_over = Event()

    def run(self) -> None:
        while not self._is_over.wait(LOOK_S):
            numbers = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
            with suppress(OSError, IndexError):  # one has ended meanwhile
                self.most = max(self.most, sum(memory("VmHWM", number) for number in numbers))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self.join()


def memory(which: str = "VmRSS", process: str = "self") -> int:
    """Bytes of a process in memory; VmHWM for the greatest there were."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition(f"{which}:")[2].split()[0]) * KB


def _job(what: str, source: Path, *targets: Path) -> Callable[[], object]:
    kind, _, name = what.removeprefix("bare-").partition("-")
    if what.startswith("bare-"):
        from bench import floors

        floor = getattr(floors, f"{kind}_{name.replace('annotator-jsonl', 'lines')}")
        return lambda: floor(source, *targets)
    from annotator import Project
    from annotator.formats.registry import by_name

    by_name(name)  # its modules are part of the start of a program, as are those of a floor
    [target] = targets
    if kind == "export":
        exported = Project.open(source, readonly=True)
        return lambda: exported.export(target, name)
    made = Project.create(target)
    told: list[str] = []

    def tell(code: str, **_: object) -> None:
        told.append(code)

    def take_in() -> None:
        made.import_([source], name, report=tell)
        made.close()

    return take_in


def _rows(project: Path, target: Path) -> float:
    from bench import floors

    os.sync()
    return floors.store_rows(project, target)


def _window(project: Path, number: int) -> int:
    from PySide6.QtWidgets import QApplication

    from annotator.ui.beside import put_threads_second
    from bench.barewindow import SIZE
    from bench.desk import Desk
    from bench.measure import paint, rest

    application = QApplication([])
    put_threads_second(application)
    desk = Desk(project, number)
    desk.window.resize(*SIZE)
    desk.open()
    paint()
    rest(2.0)
    found = memory()
    desk.close()
    del application
    return found


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
