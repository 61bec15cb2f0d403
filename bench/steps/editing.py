"""Edits of one mark: from the call of the hand until committed and painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from bench import floors
from bench.desk import Frame
from bench.measure import Row, by_turns, p50, p95, paint, pause, rest, row, timed, wall
from bench.plan import Ground, axis
from bench.steps.pages import bare_page, opened

T = TypeVar("T")

EDITS = ("add a mark", "undo", "redo", "relabel", "move an end", "remove a mark")
QUIET_S = 0.15
"""Between two edits: enough to paint, not enough to look for loose ends."""


def editing(ground: Ground) -> Iterator[Row]:
    """Six edits in each article, in the small one and in a bare table, by turns."""
    plan = ground.plan
    for case in plan.articles:
        if case == plan.small:
            continue
        large, small = Edits(ground.project(case)), Edits(ground.project(plan.small))
        bare = BareEdits(ground.project(plan.small), ground.fresh("bare.db"), large.frame)
        floor = by_turns(plan.edits, large.cycle, small.cycle, bare.cycle, most_s=40)[2]
        for name in EDITS:
            mine, other, commit = (
                taken[1:] for taken in (large.taken[name], small.taken[name], large.commits[name])
            )
            step = f"{name}, committed and painted"
            yield row(f"{step}, 95 of 100", f"{case} / {plan.small}", p95(mine), p95(other), 1.5)
            yield row(f"{step}, 95 of 100", f"{case} / bare", p95(mine), p95(floor), 3, axis(case))
            yield row(f"{step}, half of them", f"{case} / bare", p50(mine), p50(floor))
            yield row(f"{name}, share of the commit", case, p50(commit), p50(mine))
        for thing in (large, small, bare):
            thing.close()
    yield from _afterwards(ground)
    yield from _at_first(ground)


def _at_first(ground: Ground) -> Iterator[Row]:
    """Edits while a thread still checks the whole file."""
    case = ground.plan.largest
    checking, calm = Edits(ground.project(case), is_checked=False), Edits(ground.project(case))
    by_turns(ground.plan.edits, checking.cycle, calm.cycle, most_s=15)
    for name in EDITS:
        step = f"{name}, while the file is being checked"
        yield row(step, f"{case} / checked", p50(checking.taken[name]), p50(calm.taken[name]))
    checking.close()
    calm.close()


def _afterwards(ground: Ground) -> Iterator[Row]:
    """What an edit leaves to be done once the text is painted."""
    plan = ground.plan
    case = plan.largest
    edits = Edits(ground.project(case))
    bare = BareEdits(ground.project(plan.small), ground.fresh("bare.db"), edits.frame)
    shown, picker, floor = by_turns(
        plan.edits, edits.until_shown_everywhere, edits.until_picker, bare.cycle, most_s=10
    )
    yield row("add a mark, until all panels show it", case, p50(shown), p50(floor))
    yield row("press a label's key, until mark and picker are painted", case, p50(picker), p50(floor))
    blocks = edits.pause(plan.pause_s)
    yield row("put off by an edit, in all", case, sum(blocks))
    yield row("put off by an edit, longest block", case, max(blocks))
    edits.close()
    bare.close()


class Edits:
    """One project in which a mark is added, changed and removed again and again.

    is_checked: whether the check of the whole file is over, as it is but for the first minute.
    """

    def __init__(self, project: Path, is_checked: bool = True) -> None:
        self._desk = opened(project)
        if is_checked:
            self._desk.end_checks()
        self._desk.go_to(0.5)
        self._count = 0
        self.frame = self._desk.frame
        self.taken: dict[str, list[float]] = {name: [] for name in EDITS}
        self.commits: dict[str, list[float]] = {name: [] for name in EDITS}

    def close(self) -> None:
        self._desk.close()

    def cycle(self) -> float:
        """All edits once."""
        desk = self._desk
        self._select()
        mark = self._take("add a mark", desk.add)
        self._take("undo", desk.undo)
        self._take("redo", desk.redo)
        desk.session.hold(mark)
        self._settle()
        self._take("relabel", desk.relabel)
        self._take("move an end", lambda: desk.move_end(mark))
        self._take("remove a mark", desk.remove)
        return 0.0

    def _select(self) -> None:
        self._count += 1
        self._desk.begin()
        self._desk.view.select(self._desk.free_words(self._count))
        self._settle()

    def _settle(self) -> None:
        paint()
        rest(QUIET_S)

    def _take(self, name: str, act: Callable[[], T]) -> T:
        done: list[T] = []
        before = self._desk.commit.seconds
        self.taken[name].append(timed(wall, lambda: done.append(act())))
        self.commits[name].append(self._desk.commit.seconds - before)
        rest(QUIET_S)
        return done[0]

    def until_shown_everywhere(self) -> float:
        """Add a mark; also what the panels do as soon as the text is painted counts."""
        desk = self._desk
        self._select()

        def add_and_turn_to_panels() -> None:
            desk.add()
            paint()
            QApplication.processEvents()

        seconds = timed(wall, add_and_turn_to_panels)
        desk.undo()
        self._settle()
        return seconds

    def until_picker(self) -> float:
        """Label the selection by key, which also asks who says it."""
        desk = self._desk
        self._select()
        seconds = timed(wall, lambda: desk.hands.press("1"))
        desk.hands.close_popup()
        desk.undo()
        self._settle()
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
        self._page = bare_page(frame, project)

    def close(self) -> None:
        self._table.close()
        self._page.close()

    def cycle(self) -> float:
        def insert_and_repaint() -> None:
            self._table.insert()
            self._page.update()

        return timed(wall, insert_and_repaint)
