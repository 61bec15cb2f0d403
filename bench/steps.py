"""The steps of an analyst's day that are measured; each gives its rows."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from bench import floors, texts
from bench.desk import COLUMN_PX, SIZE, TextDesk, font, make_project
from bench.measure import Row, by_turns, cpu, p50, p95, paint, rest, row, timed, wall

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


FULL = Plan(
    sizes=(Size(5_000, 50), Size(100_000, 1_000), Size(1_000_000, 10_000)),
    small=Size(5_000, 10),
    runs=15,
    edits=30,
    pages=60,
    starts=7,
    imports=3,
)
QUICK = Plan(
    sizes=(Size(2_000, 20), Size(4_000, 40)), small=Size(2_000, 10), runs=1, edits=1, pages=3, starts=1, imports=1
)


class Bench:
    """Runs the steps of a plan; projects are made in `folder`, once each."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan = plan
        self._folder = folder

    def lines(self, size: Size) -> Path:
        path = self._folder / f"{size.length}-{size.marks}.jsonl"
        return path if path.exists() else texts.write(path, *size)

    def project(self, size: Size) -> Path:
        path = self._folder / f"{size.length}-{size.marks}.annotator"
        return path if path.exists() else make_project(path, self.lines(size))

    def opening(self) -> Iterator[Row]:
        """An article that was not looked at before, in a window that stands already."""
        for size in self.plan.sizes:
            project = self.project(size)

            def ours(project: Path = project) -> float:
                desk = TextDesk(project)
                seconds = timed(cpu, desk.open)
                desk.close()
                return seconds

            def bare(project: Path = project) -> float:
                page = _bare_page()
                connection = sqlite3.connect(project)
                seconds = timed(cpu, lambda: page.open(connection))
                connection.close()
                page.close()
                return seconds

            case, floor = by_turns(self.plan.runs, ours, bare)
            yield row("open an article until painted", str(size), p50(case), p50(floor), goal=3)

    def reading(self) -> Iterator[Row]:
        """Page down after page down, and jumps to and fro, in an article that is open."""
        for size in self.plan.sizes:
            desk, page = _opened(self.project(size)), _bare_page()
            connection = sqlite3.connect(self.project(size))
            page.open(connection)
            bar = desk.view.verticalScrollBar()

            def page_down() -> float:
                if bar.value() >= bar.maximum():
                    desk.go_to(0.0)
                rest()
                return timed(cpu, lambda: bar.triggerAction(bar.SliderAction.SliderPageStepAdd))

            def bare_page_down() -> float:
                return timed(cpu, page.next_page)

            case, floor = by_turns(self.plan.pages, page_down, bare_page_down)
            yield row("page down", f"{size}, half of them", p50(case), p50(floor))
            yield row("page down", f"{size}, 95 of 100", p95(case), p95(floor), goal=2)
            jumps = iter(range(10_000))

            def jump() -> float:
                desk.go_to(0.0 if next(jumps) % 2 else 0.9)
                middle = len(desk.view.page.text) // 2
                return timed(cpu, lambda: desk.session.open_article(desk.article, middle + next(jumps)))

            case, floor = by_turns(self.plan.runs, jump, lambda: timed(cpu, page.to_middle))
            yield row("jump to a place not seen before", str(size), p50(case), p50(floor))
            connection.close()
            page.close()
            desk.close()

    def editing(self) -> Iterator[Row]:
        """Add, undo, redo and remove a mark: from the call of the hand until committed and painted."""
        size = self.plan.sizes[-1]
        large, small = Edits(self.project(size)), Edits(self.project(self.plan.small))
        table = floors.BareTable(self._folder / "bare.db", self.project(size))
        page = _bare_page()
        connection = sqlite3.connect(self.project(size))
        page.open(connection)
        paint()

        def bare() -> float:
            def insert_and_repaint() -> None:
                table.insert()
                page.update()

            return timed(wall, insert_and_repaint)

        bares = by_turns(self.plan.edits, large.cycle, small.cycle, bare)[2]
        floor = p50(bares)
        for name in large.taken:
            mine, other = p50(large.taken[name][1:]), p50(small.taken[name][1:])
            yield row(f"{name}, committed and painted", f"{size} against {self.plan.small}", mine, other, goal=2)
            yield row(f"{name}, committed and painted", f"{size} against bare insert and paint", mine, floor, goal=4)
            yield row(f"{name}, the commit alone", str(size), p50(large.commits[name][1:]), mine)
        yield row("work put off by an edit", str(size), p50(large.rests[1:]))
        for thing in (large, small, page, table, connection):
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
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "XDG_CONFIG_HOME": str(self._folder),
            "XDG_DATA_HOME": str(self._folder),
        }
        started = wall()
        with subprocess.Popen(
            [sys.executable, "-m", module, str(path)], env=environment, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            said = process.stdout.readline()
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
            return timed(wall, lambda: make_project(target, lines))

        def bare() -> float:
            target.unlink(missing_ok=True)
            return timed(wall, lambda: floors.import_lines(lines, target))

        case, floor = by_turns(self.plan.imports, ours, bare)
        yield row("import from annotator-jsonl", str(size), p50(case), p50(floor))

    def rows(self) -> Iterator[Row]:
        yield from self.opening()
        yield from self.editing()
        yield from self.reading()
        yield from self.starting()
        yield from self.importing()


class Edits:
    """One project in which a mark is added, undone, redone and removed again and again."""

    def __init__(self, project: Path) -> None:
        self._desk = _opened(project)
        self._desk.go_to(0.5)
        self._count = 0
        names = ("add a mark", "undo", "redo", "remove a mark")
        self.taken: dict[str, list[float]] = {name: [] for name in names}
        self.commits: dict[str, list[float]] = {name: [] for name in names}
        self.rests: list[float] = []

    def close(self) -> None:
        self._desk.close()

    def cycle(self) -> float:
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
        self.rests.append(rest())
        return done[0]


def _opened(project: Path) -> TextDesk:
    desk = TextDesk(project)
    desk.open()
    paint()
    rest()
    return desk


def _bare_page() -> floors.BarePage:
    page = floors.BarePage(font(), COLUMN_PX)
    page.resize(*SIZE)
    page.show()
    paint()
    rest()
    return page
