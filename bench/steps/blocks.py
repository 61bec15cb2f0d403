"""The longest time for which the window does not answer, in a running event loop, and where.

Each act comes with a key, as those of an analyst do; a pause has a row of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication

from annotator.ui.panels.articles import ArticlesPanel
from annotator.ui.panels.marks import MarksPanel
from annotator.ui.watchdog import LIMIT_S, Block, Watchdog
from bench import corpora
from bench.cases import Corpus, OneArticle
from bench.desk import Desk
from bench.measure import Row, in_turn, row
from bench.plan import Ground

Acts = Iterator[tuple[str, Callable[[], object]]]


def blocks(ground: Ground) -> Iterator[Row]:
    """What an analyst does in the largest article and in the largest corpus, one thing after another."""
    largest = ground.plan.largest
    yield from _watched(ground, largest, _in_an_article)
    yield from _watched(ground, ground.plan.corpora[-1], _in_a_corpus)


def _watched(ground: Ground, case: OneArticle | Corpus, acts: Callable[[Desk], Acts]) -> Iterator[Row]:
    logging.getLogger("annotator.watchdog").setLevel(logging.ERROR)  # each block becomes a row
    project = ground.project(case)
    desks: list[Desk] = []
    found: list[Block] = []
    owner = QObject()
    watchdog = Watchdog(owner, told=found.append, limit_s=LIMIT_S / 5)
    pause_s = ground.plan.pause_s
    yield _row("the project opens", case, found, partial(_open, project, desks), watchdog, pause_s)
    window = desks[0].window.windowHandle()
    for name, act in acts(desks[0]):
        touched = in_turn(partial(QTest.keyClick, window, Qt.Key.Key_Shift), act)
        yield _row(name, case, found, touched, watchdog, pause_s)
    yield _row("nothing is done", case, found, lambda: None, watchdog, 4 * pause_s)
    watchdog.close()
    desks[0].close()


def _open(project: Path, desks: list[Desk]) -> None:
    desks.append(Desk(project, is_rested=False))


def _row(
    name: str,
    case: object,
    found: list[Block],
    act: Callable[[], object],
    watchdog: Watchdog,
    pause_s: float,
) -> Row:
    """Let it happen in the event loop, and what it puts off after it."""
    found.clear()
    watchdog.forget()
    loop = QEventLoop()
    QTimer.singleShot(0, act)
    QTimer.singleShot(round(1000 * pause_s), loop.quit)
    loop.exec()
    QApplication.processEvents()
    longest = max(found, default=Block(0.0, ()))
    where = f", in {_place(longest)}" if longest.seconds > LIMIT_S else ""
    return row(f"longest block while {name}", f"{case}{where}", longest.seconds, LIMIT_S, 1)


def _place(block: Block) -> str:
    """The slot, and what in it took the time; the way through the store to SQLite tells nothing."""
    frames = [frame for frame in block.frames if not frame.startswith(("store.store.", "store.reading."))]
    return f"{frames[-1]} ({frames[0]})" if frames else "Qt"


def _in_an_article(desk: Desk) -> Acts:
    scrolling = desk.view.verticalScrollBar()
    actions = QAbstractSlider.SliderAction
    text = desk.store.query("SELECT text FROM main.content WHERE id = 2")[0][0]
    yield "an article opens", desk.open
    yield "a page is turned", partial(scrolling.triggerAction, actions.SliderPageStepAdd)
    yield "the text goes to its end", partial(scrolling.triggerAction, actions.SliderToMaximum)
    yield "words are selected", lambda: desk.view.select(desk.free_words(3))
    yield "a mark is added", desk.add
    yield "it is undone", desk.undo
    bar = desk.window.find_bar
    word = text[len(text) // 2 :].split()[3]
    yield "a word is looked for", in_turn(bar.open, partial(bar.field.setText, word))
    yield "the window is resized", partial(desk.window.resize, 1200, 800)
    yield "the letters grow", desk.window.menus.actions["larger"].trigger
    yield "another article opens", lambda: desk.session.open_article(desk.first)


def _in_a_corpus(desk: Desk) -> Acts:
    articles = cast(ArticlesPanel, desk.window.panels["articles"])
    marks = cast(MarksPanel, desk.window.panels["marks"])
    yield "articles are filtered", lambda: articles.filter.setText("officials")
    yield "a common word is searched for", lambda: articles.filter.setText(corpora.COMMON)
    yield "all articles are listed again", articles.filter.clear
    for name in ("marks", "sources", "claims", "history", "loose-ends"):
        yield f"{name} are shown", partial(desk.window.arrangement.bring, name)
    yield "marks come to the front", partial(desk.window.arrangement.bring, "marks")
    yield "marks are sorted by source", lambda: marks.sort_by(3)
    yield "marks are filtered", lambda: marks.filter.setText("satellite")
    yield "another article opens", desk.open
    yield "a mark is added", in_turn(lambda: desk.view.select(desk.free_words(3)), desk.add)
    yield "it is undone", desk.undo
