"""The pointer over the text: moving it, clicking, and going through a deep stack of marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.domain.spans import Span
from annotator.store import edits
from bench.measure import Row, by_turns, cpu, p50, p95, paint, rest, row, timed
from bench.plan import Ground, axis
from bench.steps.pages import Pair

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def pointing(ground: Ground) -> Iterator[Row]:
    """Each against painting a page that is laid out already."""
    plan = ground.plan
    for case in plan.articles:
        pointer = Pointer(ground.project(case), plan.depth)
        for step, act in (
            ("move the pointer", pointer.hover),
            ("click a mark", pointer.click_one),
            (f"click a stack {plan.depth} deep", pointer.click_stack),
            (f"cycle a stack {plan.depth} deep", pointer.cycle),
        ):
            mine, floor, laid_out = by_turns(2 * plan.pages, act, pointer.repaint, pointer.next_page)
            yield row(f"{step}, half of them", case, p50(mine), p50(floor))
            yield row(f"{step}, 95 of 100", case, p95(mine), p95(floor), 1, axis(case))
            yield row(f"{step}, 95 of 100, against layout and paint", case, p95(mine), p95(laid_out))
        listed, floor = by_turns(plan.pages, pointer.click_for_list, pointer.repaint, most_s=10)
        step = f"click a stack {plan.depth} deep, until list and panel are painted"
        yield row(f"{step}, 95 of 100", case, p95(listed), p95(floor))
        pointer.close()


class Pointer(Pair):
    """An article with a deep stack of nested marks in view."""

    def __init__(self, project: Path, depth: int) -> None:
        super().__init__(project)
        desk = self.desk
        desk.go_to(0.5)
        words = desk.view.words_in_view()
        self._word = words[len(words) // 2]
        length = len(desk.view.page.text)
        with desk.store.operation("add-mark"):
            for number in range(1, depth + 1):
                start, end = max(0, self._word.start - number), min(length, self._word.end + number)
                edits.add_mark(desk.store, desk.article, "claim", [Span(start, end)])
        self._settle()
        desk.view.reveal(self._word, centre=True)
        self._settle()
        depths = {word: len(desk.view.marks_at(word.start + 1)) for word in desk.view.words_in_view()}
        self._lone = min(
            (word for word, depth in depths.items() if depth),
            key=lambda word: (depths[word], -abs(word.start - self._word.start)),
        )
        self._turns = 0

    def hover(self) -> float:
        """To another point of the column each time."""
        self._turns += 1
        view = self.desk.view.viewport().rect()
        left, column = self.desk.view.columns.left, self.desk.view.columns.width
        point = QPoint(left + self._turns * 37 % column, 10 + self._turns * 53 % (view.height() - 20))
        return timed(cpu, lambda: self._send(QEvent.Type.MouseMove, point, NONE, NONE))

    def click_stack(self) -> float:
        """On the word where the stack is deepest, until its innermost mark is painted as the one in hand."""
        return self._clicked(self._word)

    def click_for_list(self) -> float:
        """The same with what follows in the next event: the list of its marks, links and panel, painted."""
        return self._clicked(self._word, then=self._next_event)

    def click_one(self) -> float:
        """On the word with the fewest marks of those that have any, as far from the stack as may be."""
        return self._clicked(self._lone)

    @staticmethod
    def _next_event() -> None:
        paint()
        QApplication.processEvents()

    def _clicked(self, word: Span, then: Callable[[], None] = lambda: None) -> float:
        self.desk.session.hold(None)
        self.desk.view.reveal(word)
        self._settle()
        point = self.desk.view.rect_of(word.start + 1).center()

        def press_and_release() -> None:
            self._send(QEvent.Type.MouseButtonPress, point, LEFT, LEFT)
            self._send(QEvent.Type.MouseButtonRelease, point, LEFT, NONE)
            then()

        seconds = timed(cpu, press_and_release)
        self.desk.hands.close_popup()
        self._settle()
        return seconds

    def cycle(self) -> float:
        """The next outer mark of the stack in hand."""
        desk = self.desk
        seconds = timed(cpu, lambda: desk.hands.marking.hold_next_at(self._word.start + 1))
        self._settle()
        return seconds

    def _settle(self) -> None:
        paint()
        rest(0.15)

    def _send(self, kind: QEvent.Type, point: QPoint, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        viewport = self.desk.view.viewport()
        place, on_screen = QPointF(point), QPointF(viewport.mapToGlobal(point))
        event = QMouseEvent(kind, place, on_screen, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(viewport, event)
