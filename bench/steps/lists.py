"""Projects of many articles: opening them, and every list until its first page is painted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from PySide6.QtCore import QEventLoop, QSize
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from annotator.ui.panels.articles import ArticlesPanel
from annotator.ui.panels.claim_page import ClaimPage
from annotator.ui.panels.claims import ClaimsPanel
from annotator.ui.panels.dossier import DossierPage
from annotator.ui.panels.marks import MarksPanel
from annotator.ui.panels.pages import Pages
from annotator.ui.panels.sources import SourcesPanel
from bench import corpora, floors
from bench.desk import Desk
from bench.measure import Row, by_turns, cpu, in_turn, p50, paint, rest, row, timed, wall
from bench.plan import Ground, axis
from bench.steps.pages import bare_page

MOST_S = 6
"""How long one figure may take, rounds and floor together; a list that is slow is measured less often."""
PATIENCE_S = 30
"""After so long a list that has not come yet is called finished."""


def projects(ground: Ground) -> Iterator[Row]:
    """A project until its window is painted, against the smallest corpus; then switching articles."""
    first = ground.plan.corpora[0]
    small = ground.project(first)
    for case in ground.plan.corpora:
        project = ground.project(case)
        if case != first:
            mine, floor = by_turns(ground.plan.runs, partial(_opened, project), partial(_opened, small))
            step = "open a project until painted"
            yield row(step, f"{case} / {first}", p50(mine), p50(floor), 1.5, axis(case))
        switch = Switch(project, case.articles)
        mine, floor, listed = by_turns(ground.plan.runs * 2, switch.ours, switch.bare, switch.listed)
        yield row("switch to another article", case, p50(mine), p50(floor), 2, axis(case))
        step = "switch to another article, until its row in the list is painted"
        yield row(step, case, p50(listed), p50(floor), None, axis(case))
        switch.close()


def _opened(project: Path) -> float:
    """Seconds until the text is painted and, with the event after it, what is around it."""
    desks: list[Desk] = []

    def open_it() -> None:
        desks.append(Desk(project, is_rested=False))
        list(desks[0].window.arrangement.fill_seen())

    seconds = timed(wall, open_it)
    desks[0].close()
    return seconds


class Switch:
    """From one article of a corpus to another, against opening its text bare."""

    def __init__(self, project: Path, articles: int) -> None:
        self._desk = Desk(project)
        self._page = bare_page(self._desk.frame)
        self._connection = sqlite3.connect(project)
        self._articles = articles
        self._turns = 0

    def close(self) -> None:
        self._connection.close()
        self._page.close()
        self._desk.close()

    @property
    def _number(self) -> int:
        return 2 + self._turns * 7919 % (self._articles - 2)

    def ours(self) -> float:
        return self._switched(lambda: None)

    def listed(self) -> float:
        return self._switched(in_turn(paint, self._desk.window.panels["articles"].settle))

    def _switched(self, then: Callable[[], object]) -> float:
        self._turns += 1
        article = self._desk.numbered(self._number)
        rest(0.3)
        return timed(cpu, in_turn(lambda: self._desk.session.open_article(article), then))

    def bare(self) -> float:
        return timed(cpu, lambda: self._page.open(self._connection, self._number))


class Act(NamedTuple):
    """What is done with a list; `before` prepares it and is not counted."""

    step: str
    do: Callable[[], object]
    before: Callable[[], object] = lambda: None
    goal: float | None = 3


def lists(ground: Ground) -> Iterator[Row]:
    """Each list, filter and order against fetching fifty rows by key and painting all of them."""
    for case in ground.plan.corpora:
        project = ground.project(case)
        desk = Desk(project)
        connection = sqlite3.connect(project)
        for name, table, acts in _acts(desk):
            shelf = Shelf(desk, name)
            bare = BareList(connection, table, shelf.size)
            for act in acts:
                mine, floor = by_turns(ground.plan.runs, partial(shelf.run, act), bare.run, most_s=MOST_S)
                yield row(act.step, case, p50(mine), p50(floor), act.goal, axis(case))
            bare.close()
            shelf.close()
        connection.close()
        desk.close()


def _acts(desk: Desk) -> Iterator[tuple[str, str, list[Act]]]:
    """Panels with the table their rows come from and what is done in them."""
    panels = desk.window.panels
    yield "articles", "article", _with_articles(cast(ArticlesPanel, panels["articles"]))
    yield "marks", "mark", _with_marks(cast(MarksPanel, panels["marks"]))
    yield "sources", "source", _with_sources(cast(SourcesPanel, panels["sources"]))
    yield "claims", "proposition", _with_claims(cast(ClaimsPanel, panels["claims"]))
    yield "loose-ends", "mark", [Act("list of loose ends", panels["loose-ends"].refresh)]
    yield "history", "operation", [Act("list of history", panels["history"].refresh)]


def _with_articles(panel: ArticlesPanel) -> list[Act]:
    words, status = panel.filter, panel.status
    return [
        Act("list of articles", panel.refresh),
        Act("filter articles by a title", partial(words.setText, "officials"), words.clear),
        Act("search the texts for a rare word", partial(words.setText, corpora.RARE), words.clear),
        Act("search the texts for a common word", partial(words.setText, corpora.COMMON), words.clear),
        Act(
            "articles that are done",
            partial(status.setCurrentIndex, status.count() - 1),
            in_turn(words.clear, partial(status.setCurrentIndex, 0)),
        ),
    ]


def _with_marks(panel: MarksPanel) -> list[Act]:
    words, label = panel.filter, panel.label
    columns = {0: "number", 1: "label", 2: "place", 3: "source", 4: "article"}
    return [
        Act("table of marks", panel.refresh),
        # Filters come first, in the order of the text: sorting turns round with each round.
        Act("filter marks by a word", partial(words.setText, "satellite"), panel.clear_filter),
        Act("marks with one label", partial(label.setCurrentIndex, 2), panel.clear_filter),
        *(
            Act(f"sort marks by {name}", partial(panel.sort_by, place), panel.clear_filter)
            for place, name in columns.items()
        ),
    ]


def _with_sources(panel: SourcesPanel) -> list[Act]:
    header = panel.table.horizontalHeader()

    def show() -> None:
        source = panel.current()
        panel.page.show_source(source.id if source else None)
        _until_read(panel.page)

    return [
        Act("list of sources", panel.refresh),
        Act("sort sources by use", partial(header.sectionClicked.emit, 4)),
        Act("filter sources by name", partial(panel.filter.setText, "harbour"), panel.filter.clear),
        Act("page of a source, beside its list", show, partial(panel.page.show_source, None), None),
    ]


def _with_claims(panel: ClaimsPanel) -> list[Act]:
    def show() -> None:
        claim = panel.current()
        panel.page.show_claim(claim.id if claim else None, None)
        _until_read(panel.page)

    hide = partial(panel.page.show_claim, None, None)
    return [Act("list of claims", panel.refresh), Act("page of a claim, beside its list", show, hide, None)]


def _until_read(page: DossierPage | ClaimPage) -> None:
    """A thread reads: the time that the window waits for it counts."""
    while page.is_reading:
        QApplication.processEvents()


class Shelf:
    """A panel taken out of its dock, as large as fifty of its rows."""

    def __init__(self, desk: Desk, name: str) -> None:
        desk.window.arrangement.bring(name)
        self._dock = desk.window.docks[name]
        self._panel = desk.window.panels[name]
        self._panel.setParent(None)
        self._panel.show()
        self._panel.refresh()
        paint()
        rest(0.5)
        lists = self._panel.findChildren(QAbstractItemView)
        self._view = max(lists, key=lambda view: (view.isVisible(), view.width() * view.height()))
        row_height = max(16, self._view.sizeHintForRow(0))
        self._panel.resize(900, floors.BareRows.COUNT * row_height + 80)
        paint()
        rest(0.5)
        self.size = self._view.viewport().size()

    def close(self) -> None:
        self._dock.setWidget(self._panel)
        paint()
        rest(0.3)

    def run(self, act: Act) -> float:
        """Do it, and let the list come and be painted."""
        act.before()
        paint()
        rest(0.5)

        def until_it_has_come() -> None:
            act.do()
            self._view.viewport().update()
            deadline = wall() + PATIENCE_S
            while self._waits() and wall() < deadline:
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

        return timed(cpu, until_it_has_come)

    def _waits(self) -> bool:
        """Whether the first rows are still looked for, by a thread."""
        pages = getattr(self._view.model(), "pages", None)
        return isinstance(pages, Pages) and not len(pages) and not pages.is_whole


class BareList:
    """A table of fifty bare rows, all of them in view."""

    def __init__(self, project: sqlite3.Connection, table: str, size: QSize) -> None:
        self._model = floors.BareRows(project, table)
        self._view = QTableView()
        self._view.verticalHeader().setDefaultSectionSize(size.height() // floors.BareRows.COUNT)
        self._view.setModel(self._model)
        self._view.resize(size.width(), size.height() + 40)
        self._view.show()
        self.run()

    def close(self) -> None:
        self._view.close()

    def run(self) -> float:
        return timed(cpu, self._model.fetch)
