"""Finding words, another width and another size of letters, in the largest article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QWidget

from bench import floors
from bench.barewindow import bare_window
from bench.measure import Row, by_turns, cpu, p50, paint, rest, row, timed
from bench.plan import Ground
from bench.steps.pages import Pair, bare_page

LINE = 70
"""Characters of a line, about."""
READY_S = 3.0
"""How long the window may take to make a text ready for finding words, at most."""


def finding(ground: Ground) -> Iterator[Row]:
    """The first match of words that stand near the end, and then one match after another of a word."""
    case, runs = ground.plan.largest, ground.plan.runs
    finder = Finding(ground.project(case))
    mine, floor = by_turns(runs, finder.first, finder.bare_first)
    yield row("find words, until the first match is painted", case, p50(mine), p50(floor), 2)
    mine, floor = by_turns(runs, finder.first_at_once, finder.bare_first)
    yield row("find words in the moment the article opens", case, p50(mine), p50(floor))
    finder.look_for("statement")
    mine, floor = by_turns(runs, finder.next, finder.bare_next)
    yield row("find the next match", case, p50(mine), p50(floor), 2)
    finder.close()


class Finding(Pair):
    """The find bar of the window, and `str.find` with a bare page."""

    def __init__(self, project: Path) -> None:
        super().__init__(project)
        text = self.page.text
        end = text.find("\n", int(0.95 * len(text)))
        self._words = text[end + 1 : end + 41].partition("\n")[0]
        self._place = 0

    def first(self) -> float:
        """In an article whose text was not searched before, once the window was at rest."""
        return self._first(READY_S)

    def first_at_once(self) -> float:
        return self._first(0.0)

    def _first(self, ready_s: float) -> float:
        desk = self.desk
        desk.session.open_article(desk.first)
        self._settle()
        desk.window.find_bar.open()
        desk.window.find_bar.field.clear()
        desk.open()
        paint()
        rest(ready_s)
        return timed(cpu, lambda: desk.window.find_bar.field.setText(self._words))

    def bare_first(self) -> float:
        return timed(cpu, lambda: self.page.go_to(self._words))

    def look_for(self, words: str) -> None:
        self.desk.window.find_bar.open()
        self.desk.window.find_bar.field.setText(words)
        self._settle()

    def next(self) -> float:
        self._settle()
        return timed(cpu, self.desk.window.find_bar.next)

    def bare_next(self) -> float:
        return timed(cpu, lambda: self.page.go_to("statement"))

    def _settle(self) -> None:
        paint()
        rest(0.3)


def resizing(ground: Ground) -> Iterator[Row]:
    """The first paint after another width or size of letters; and whether the text stays where it was."""
    case, runs = ground.plan.largest, ground.plan.runs
    sizes = Resizing(ground.project(case), ground.fresh("nothing.txt"))
    mine, floor, window = by_turns(runs, sizes.resize, sizes.bare_resize, sizes.bare_window_resize)
    yield row("resize the window, until painted", case, p50(mine), p50(window), 3)
    yield row("resize the window, until painted, against the page alone", case, p50(mine), p50(floor))
    yield row("resize the window, lines that the text moved by", case, sizes.moved, 1, 0)
    sizes.moved = 0
    mine, floor = by_turns(runs, sizes.letters, sizes.bare_letters)
    yield row("change the size of the letters, until painted", case, p50(mine), p50(floor), 3)
    yield row("change the size of the letters, lines that the text moved by", case, sizes.moved, 1, 0)
    sizes.close()


class Resizing(Pair):
    """To and fro between two sizes."""

    def __init__(self, project: Path, nothing: Path) -> None:
        super().__init__(project)
        self.desk.go_to(0.5)
        self.page.to_middle()
        nothing.touch()
        self._bare = bare_window(str(nothing))
        self._bare.resize(self.desk.window.size())
        self._inside = bare_page(self.desk.frame, project)
        self._inside.to_middle()
        self._bare.setCentralWidget(self._inside)
        self._bare.show()
        paint()
        rest(0.3)
        self._turns = 0
        self.moved = 0

    def close(self) -> None:
        self._bare.close()
        super().close()

    @property
    def _change(self) -> int:
        """By how much the window is made narrower this time, in pixels."""
        return 160 if self._turns % 2 else -160

    def resize(self) -> float:
        self._turns += 1
        window, change = self.desk.window, self._change
        width, height = window.width() - change, window.height() - change // 2
        return self._kept(lambda: window.resize(width, height))

    def letters(self) -> float:
        self._turns += 1
        name = "larger" if self._turns % 2 else "smaller"
        return self._kept(self.desk.window.menus.actions[name].trigger)

    def _kept(self, act: Callable[[], object]) -> float:
        before = self.desk.view.place()[0]
        seconds = timed(cpu, act)
        self.moved = max(self.moved, abs(self.desk.view.place()[0] - before) // LINE)
        rest(0.3)
        return seconds

    def bare_resize(self) -> float:
        return self._bare_resize(self.page, self.page)

    def bare_window_resize(self) -> float:
        return self._bare_resize(self._bare, self._inside)

    def _bare_resize(self, window: QWidget, page: floors.BarePage) -> float:
        width, height = window.width() - self._change, window.height() - self._change // 2

        def act() -> None:
            window.resize(width, height)
            page.lay_out_again(column=self.desk.frame.column)

        return timed(cpu, act)

    def bare_letters(self) -> float:
        points = self.desk.frame.font.pointSizeF()
        return timed(cpu, lambda: self.page.lay_out_again(points=points))
