"""Opening an article, and moving about in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication

from annotator.domain.ids import MarkId
from bench.desk import Desk
from bench.measure import Row, by_turns, cpu, in_turn, p50, p95, paint, rest, row, timed
from bench.plan import Ground, axis
from bench.steps.pages import Pair, bare_page

PLACES = 135
"""As many as there are jumps to where nothing has been laid out yet."""


def opening(ground: Ground) -> Iterator[Row]:
    """An article that was not looked at before, in a window that shows another one."""
    for case in ground.plan.articles:
        mine, linked, floor = by_turns(ground.plan.runs, *_openings(ground.project(case)))
        yield row("open an article until painted", case, p50(mine), p50(floor), 2, axis(case))
        yield row("open an article until its links stand beside it", case, p50(linked), p50(floor))


def _openings(project: Path) -> tuple[Callable[[], float], ...]:
    first = Desk(project)
    frame = first.frame
    first.close()

    def ours(is_linked: bool) -> float:
        desk = Desk(project)
        seconds = timed(cpu, in_turn(desk.open, paint, desk.put_links) if is_linked else desk.open)
        desk.close()
        return seconds

    def bare() -> float:
        page = bare_page(frame)
        connection = sqlite3.connect(project)
        seconds = timed(cpu, lambda: page.open(connection))
        connection.close()
        page.close()
        return seconds

    return partial(ours, False), partial(ours, True), bare


def reading(ground: Ground) -> Iterator[Row]:
    """Page after page, turns of the wheel, and jumps to where nothing has been laid out yet."""
    plan = ground.plan
    for case in plan.articles:
        reader = Reader(ground.project(case))
        for step, runs, mine, floor in (
            ("page down", plan.pages, reader.page_down, reader.bare_page_down),
            ("wheel step", plan.pages, reader.wheel, reader.bare_page_down),
            ("jump to the end", plan.jumps, reader.jump_to_end, reader.bare_end),
            ("jump to a mark not seen before", plan.jumps, reader.jump_to_mark, reader.bare_jump),
            ("jump to a place not seen before", plan.jumps, reader.jump, reader.bare_jump),
            (
                "jump to a place until its links stand beside it",
                plan.jumps,
                reader.jump_to_links,
                reader.bare_jump,
            ),
        ):
            ours, bare = by_turns(runs, mine, floor, most_s=10)
            yield row(f"{step}, half of them", case, p50(ours), p50(bare))
            goal = None if "links" in step else 2
            yield row(f"{step}, 95 of 100", case, p95(ours), p95(bare), goal, axis(case))
        reader.close()


class Reader(Pair):
    """An article open in the window, and its text on a bare page."""

    def __init__(self, project: Path) -> None:
        super().__init__(project)
        self._turns = 0
        rows = self.desk.store.query(
            "SELECT id FROM shown_mark WHERE article = ? ORDER BY start", (self.desk.article,)
        )
        self._marks = [MarkId(found[0]) for found in rows]

    def page_down(self) -> float:
        return self._scrolled(QAbstractSlider.SliderAction.SliderPageStepAdd)

    def _scrolled(self, action: QAbstractSlider.SliderAction) -> float:
        bar = self._bar_with_room()
        return timed(cpu, lambda: bar.triggerAction(action))

    def _bar_with_room(self) -> QAbstractSlider:
        """The scroll bar, back at the start where the article ends."""
        bar = self.desk.view.verticalScrollBar()
        if bar.value() >= bar.maximum():
            self.desk.go_to(0.0)
        rest(0.3)
        return bar

    def wheel(self) -> float:
        self._bar_with_room()
        viewport = self.desk.view.viewport()
        middle = QPointF(viewport.rect().center())
        turn = QWheelEvent(
            middle,
            viewport.mapToGlobal(middle),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        return timed(cpu, lambda: QApplication.sendEvent(viewport, turn))

    def jump_to_end(self) -> float:
        self.desk.go_to(0.3)
        bar = self.desk.view.verticalScrollBar()
        return timed(cpu, lambda: bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum))

    def jump_to_mark(self) -> float:
        """Take a mark in hand that lies somewhere else each time."""
        desk = self.desk
        self._go_away()
        desk.session.hold(None)
        mark = self._marks[int(len(self._marks) * self._part())]
        seconds = timed(cpu, lambda: desk.session.hold(mark))
        desk.session.hold(None)
        return seconds

    def jump(self) -> float:
        """From an end of the article to another place in its middle each time."""
        return timed(cpu, self._jump())

    def jump_to_links(self) -> float:
        """The same, and what the text puts off to after its paint."""
        return timed(cpu, in_turn(self._jump(), paint, self.desk.put_links))

    def _jump(self) -> Callable[[], object]:
        self._go_away()
        place = int(len(self.desk.view.page.text) * self._part())
        return partial(self.desk.session.open_article, self.desk.article, place)

    def _go_away(self) -> None:
        self._turns += 1
        self.desk.go_to(0.95 * (self._turns % 2))

    def _part(self) -> float:
        """Where to jump: of 1 MB, places more than a page apart, and none of them twice."""
        return 0.3 + 0.6 * (self._turns * 53 % PLACES) / PLACES

    def bare_page_down(self) -> float:
        return timed(cpu, self.page.next_page)

    def bare_end(self) -> float:
        return timed(cpu, self.page.to_end)

    def bare_jump(self) -> float:
        """To where the window jumped last: scripts differ in what a page of them costs."""
        return timed(cpu, partial(self.page.to_part, self._part()))
