"""The steps of an analyst's day that are measured; each gives its rows."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from PySide6.QtWidgets import QAbstractSlider, QApplication

from annotator.store.store import Identity, Store
from bench import floors, texts
from bench.cases import Cases, OneArticle
from bench.desk import Desk, Frame, make_project, take_in
from bench.measure import Row, by_turns, cpu, p50, p95, paint, pause, rest, row, timed, wall

ROOT = Path(__file__).resolve().parents[1]
T = TypeVar("T")


class Size(NamedTuple):
    """An article: characters and marks."""

    length: int
    marks: int

    def __str__(self) -> str:
        kilo = self.length // 1000
        size = f"{kilo // 1000} MB" if kilo >= 1000 else f"{kilo} KB"
        return f"{size}, {self.marks:,} marks"


class Plan(NamedTuple):
    """What is measured and how often. `small` is the article edits are compared with."""

    sizes: tuple[Size, ...]
    small: Size
    runs: int
    edits: int
    pages: int
    starts: int
    imports: int
    pause_s: float


FULL = Plan(
    sizes=(Size(5_000, 50), Size(100_000, 1_000), Size(1_000_000, 10_000)),
    small=Size(5_000, 10),
    runs=15,
    edits=30,
    pages=150,
    starts=7,
    imports=3,
    pause_s=3.0,
)
QUICK = Plan(
    sizes=(Size(2_000, 20), Size(4_000, 40)),
    small=Size(2_000, 10),
    runs=1,
    edits=1,
    pages=3,
    starts=1,
    imports=1,
    pause_s=0.1,
)


class Bench:
    """Runs the steps of a plan; projects are made in `folder`, once each."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan = plan
        self._folder = folder

    def rows(self) -> Iterator[Row]:
        """All steps."""
        yield from self.opening()
        yield from self.editing()
        yield from self.reading()
        yield from self.starting()
        yield from self.importing()

    def lines(self, size: Size) -> Path:
        return Cases(self._folder / "cases").lines(OneArticle(*size))

    def project(self, size: Size) -> Path:
        path = self._folder / f"{size.length}-{size.marks}.annotator"
        return path if path.exists() else make_project(path, self.lines(size))

    def opening(self) -> Iterator[Row]:
        """An article that was not looked at before, in a window that shows another one."""
        for size in self.plan.sizes:
            case, floor = by_turns(self.plan.runs, *_openings(self.project(size)))
            yield row("open an article until painted", str(size), p50(case), p50(floor), goal=3)

    def reading(self) -> Iterator[Row]:
        """Page down after page down, and jumps to and fro, in an article that is open."""
        for size in self.plan.sizes:
            reader = Reader(self.project(size))
            case, floor = by_turns(self.plan.pages, reader.page_down, reader.bare_page_down)
            yield row("page down", f"{size}, half of them", p50(case), p50(floor))
            yield row("page down", f"{size}, 95 of 100", p95(case), p95(floor), goal=2)
            case, floor = by_turns(self.plan.runs, reader.jump, reader.bare_jump)
            yield row("jump to a place not seen before", str(size), p50(case), p50(floor))
            reader.close()

    def editing(self) -> Iterator[Row]:
        """Add, undo, redo and remove a mark: from the call of the hand until committed and painted."""
        size, small_size = self.plan.sizes[-1], self.plan.small
        large, small = Edits(self.project(size)), Edits(self.project(small_size))
        bare = BareEdits(self.project(size), self._folder / "bare.db", large.frame)
        floor = p50(by_turns(self.plan.edits, large.cycle, small.cycle, bare.cycle)[2])
        for name in EDITS:
            step = f"{name}, committed and painted"
            mine, other = p50(large.taken[name][1:]), p50(small.taken[name][1:])
            yield row(step, f"{size} / {small_size}", mine, other, goal=2)
            yield row(step, f"{size} / bare insert, commit, paint", mine, floor, goal=4)
            yield row(f"{name}, of it the commit", str(size), p50(large.commits[name][1:]), mine)
        seconds = [large.until_shown_everywhere() for _ in range(self.plan.edits)]
        yield row("add a mark, until all panels show it", str(size), p50(seconds), floor)
        seconds = [large.until_picker() for _ in range(self.plan.edits)]
        yield row("press a label's key, until mark and picker are painted", str(size), p50(seconds), floor)
        blocks = large.pause(self.plan.pause_s)
        yield row("put off by an edit, in all", str(size), sum(blocks))
        yield row("put off by an edit, longest block", str(size), max(blocks))
        for thing in (large, small, bare):
            thing.close()

    def starting(self) -> Iterator[Row]:
        """A process from its start until the article is painted."""
        size = self.plan.sizes[-2]
        project = self.project(size)
        text = self._folder / "text.txt"
        text.write_text(texts.text(size.length), encoding="utf-8")
        case, floor = by_turns(
            self.plan.starts,
            lambda: self._start("bench.start", project),
            lambda: self._start("bench.barewindow", text),
        )
        yield row("start until an article is painted", str(size), p50(case), p50(floor))

    def _start(self, module: str, path: Path) -> float:
        """Seconds until a process says that it has painted."""
        folders = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "PYTHONPYCACHEPREFIX")
        environment = os.environ | dict.fromkeys(folders, str(self._folder))
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
        command = [sys.executable, "-m", module, str(path)]
        started = wall()
        with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE) as process:
            said = process.stdout.readline() if process.stdout else b""
            seconds = wall() - started
        if said.strip() != b"painted":
            raise RuntimeError(f"{module} ended without painting")
        return seconds

    def importing(self) -> Iterator[Row]:
        """The article of the largest size from `annotator-jsonl` into a new project."""
        size = self.plan.sizes[-1]
        lines = self.lines(size)
        target = self._folder / "import.annotator"

        def ours() -> float:
            target.unlink(missing_ok=True)
            store = Store.create(target, Identity())
            seconds = timed(wall, lambda: take_in(store, lines))
            store.close()
            return seconds

        def bare() -> float:
            target.unlink(missing_ok=True)
            return timed(wall, lambda: floors.import_lines(lines, target))

        case, floor = by_turns(self.plan.imports, ours, bare)
        yield row("import from annotator-jsonl", str(size), p50(case), p50(floor))


def _openings(project: Path) -> tuple[Callable[[], float], Callable[[], float]]:
    first = Desk(project)
    frame = first.frame
    first.close()

    def ours() -> float:
        desk = Desk(project)
        seconds = timed(cpu, desk.open)
        desk.close()
        return seconds

    def bare() -> float:
        page = _bare_page(frame)
        connection = sqlite3.connect(project)
        seconds = timed(cpu, lambda: page.open(connection))
        connection.close()
        page.close()
        return seconds

    return ours, bare


class Reader:
    """An article open in the window, and its text on a bare page."""

    def __init__(self, project: Path) -> None:
        self._desk = _opened(project)
        self._page = _bare_page(self._desk.frame)
        connection = sqlite3.connect(project)
        self._page.open(connection)
        connection.close()
        self._jumps = 0

    def close(self) -> None:
        self._page.close()
        self._desk.close()

    def page_down(self) -> float:
        bar = self._desk.view.verticalScrollBar()
        if bar.value() >= bar.maximum():
            self._desk.go_to(0.0)
        rest()
        return timed(cpu, lambda: bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd))

    def bare_page_down(self) -> float:
        return timed(cpu, self._page.next_page)

    def jump(self) -> float:
        """From an end of the article to another place in its middle each time."""
        desk = self._desk
        self._jumps += 1
        desk.go_to(0.95 * (self._jumps % 2))
        place = int(len(desk.view.page.text) * (0.3 + self._jumps % 40 / 100))
        return timed(cpu, lambda: desk.session.open_article(desk.article, place))

    def bare_jump(self) -> float:
        return timed(cpu, self._page.to_middle)


EDITS = ("add a mark", "undo", "redo", "remove a mark")


class Edits:
    """One project in which a mark is added, undone, redone and removed again and again."""

    def __init__(self, project: Path) -> None:
        self._desk = _opened(project)
        self._desk.go_to(0.5)
        self._count = 0
        self.frame = self._desk.frame
        self.taken: dict[str, list[float]] = {name: [] for name in EDITS}
        self.commits: dict[str, list[float]] = {name: [] for name in EDITS}

    def close(self) -> None:
        self._desk.close()

    def cycle(self) -> float:
        """All four edits once."""
        desk = self._desk
        self._count += 1
        desk.view.select(desk.free_words(self._count))
        paint()
        rest()
        mark = self._take("add a mark", desk.add)
        self._take("undo", desk.undo)
        self._take("redo", desk.redo)
        desk.session.hold(mark)
        paint()
        rest()
        self._take("remove a mark", desk.remove)
        return 0.0

    def _take(self, name: str, act: Callable[[], T]) -> T:
        done: list[T] = []
        before = self._desk.commit.seconds
        self.taken[name].append(timed(wall, lambda: done.append(act())))
        self.commits[name].append(self._desk.commit.seconds - before)
        rest()
        return done[0]

    def until_shown_everywhere(self) -> float:
        """Add a mark; also what the panels do as soon as the text is painted counts."""
        desk = self._desk
        self._count += 1
        desk.view.select(desk.free_words(self._count))
        paint()
        rest()

        def add_and_turn_to_panels() -> None:
            desk.add()
            paint()
            QApplication.processEvents()

        seconds = timed(wall, add_and_turn_to_panels)
        desk.undo()
        paint()
        rest()
        return seconds

    def until_picker(self) -> float:
        """Label the selection by key, which also asks who says it."""
        desk = self._desk
        self._count += 1
        desk.view.select(desk.free_words(self._count))
        paint()
        rest()
        seconds = timed(wall, lambda: desk.hands.press("1"))
        desk.hands.close_popups()
        desk.undo()
        paint()
        rest()
        return seconds

    def pause(self, seconds: float) -> list[float]:
        """Add a mark and then do nothing; the blocks of work that follow."""
        desk = self._desk
        desk.view.select(desk.free_words(0))
        desk.add()
        paint()
        return pause(seconds)


class BareEdits:
    """A row in a bare table, and a bare page painted again."""

    def __init__(self, project: Path, table: Path, frame: Frame) -> None:
        self._table = floors.BareTable(table, project)
        self._page = _bare_page(frame)
        connection = sqlite3.connect(project)
        self._page.open(connection)
        connection.close()
        paint()

    def close(self) -> None:
        self._table.close()
        self._page.close()

    def cycle(self) -> float:
        def insert_and_repaint() -> None:
            self._table.insert()
            self._page.update()

        return timed(wall, insert_and_repaint)


def _opened(project: Path) -> Desk:
    desk = Desk(project)
    desk.open()
    paint()
    rest()
    return desk


def _bare_page(frame: Frame) -> floors.BarePage:
    page = floors.BarePage(frame.font, frame.left, frame.column)
    page.resize(frame.size)
    page.show()
    paint()
    rest()
    return page
