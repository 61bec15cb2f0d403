"""Scrolling beside a full margin, and with a mark in hand from which many links go out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QAbstractSlider

from annotator.domain.ids import MarkId
from bench.cases import CROWD, Crowd
from bench.desk import Desk
from bench.measure import Row, by_turns, cpu, p50, p95, paint, rest, row, timed
from bench.plan import Ground
from bench.steps.pages import opened


def links(ground: Ground) -> Iterator[Row]:
    """The floor is the same window on the same article without any link."""
    plan = ground.plan
    case = Crowd(plan.crowd)
    full = Margin(ground.project(case))
    empty = Margin(ground.project(Crowd(plan.crowd, is_linked=False)))
    for step, is_held in (
        ("page down beside a full margin", False),
        ("page down with all links in hand", True),
    ):
        for margin in (full, empty):
            margin.hold(is_held)
        mine, floor = by_turns(plan.pages, full.page, empty.page, most_s=15)
        yield row(f"{step}, half of them", case, p50(mine), p50(floor))
        yield row(f"{step}, 95 of 100", case, p95(mine), p95(floor), 2)
    mine, floor = by_turns(plan.runs, full.take, empty.take)
    yield row("take the mark with all links in hand, until painted", case, p50(mine), p50(floor))
    full.close()
    empty.close()


class Margin:
    """The window on the article; pages go down, and up again, around the mark in the middle."""

    def __init__(self, project: Path) -> None:
        self._desk: Desk = opened(project)
        name = f"m{CROWD[1] // 2}"
        found = self._desk.store.query("SELECT id FROM shown_mark WHERE origin_id = ?", (name,))
        self._hub = MarkId(found[0][0])
        self._turns = 0

    def close(self) -> None:
        self._desk.close()

    def hold(self, is_held: bool) -> None:
        self._desk.session.hold(self._hub if is_held else None)
        self._desk.go_to(0.5)

    def page(self) -> float:
        """Three pages down, three up, and so on."""
        rest(0.3)
        actions = QAbstractSlider.SliderAction
        action = actions.SliderPageStepAdd if self._turns % 6 < 3 else actions.SliderPageStepSub
        self._turns += 1
        return timed(cpu, lambda: self._desk.view.verticalScrollBar().triggerAction(action))

    def take(self) -> float:
        self._desk.session.hold(None)
        self._desk.go_to(0.5)
        paint()
        rest(0.3)
        return timed(cpu, lambda: self._desk.session.hold(self._hub))
