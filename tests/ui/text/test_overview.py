"""The overview bar shows the whole article, and nobody waits for it."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.ui.text import overview
from annotator.ui.text.overview import OverviewBar
from annotator.ui.theme import theme
from tests.ui.text.conftest import Open
from tests.ui.text.sample import ARTICLE, Marks, mark


class Counted(Marks):
    """Counts how often the density was asked for."""

    times = 0
    style: str | None = "claim"

    def density(self, buckets: int) -> Sequence[Sequence[tuple[str, int]]] | None:
        self.times += 1
        return [[(self.style, 1)]] + [[]] * (buckets - 1) if self.style else None


def colours(bar: OverviewBar) -> set[str]:
    image = bar.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_the_density_is_asked_for_after_the_article_is_shown(open_view: Open, qtbot: QtBot) -> None:
    view = open_view()
    qtbot.wait(1)
    marks = Counted([mark("m", "Citing a study")])
    view.show_article(ARTICLE, marks)
    view.repaint()
    assert marks.times == 0
    qtbot.waitUntil(lambda: marks.times == 1)
    assert theme("light").text.style("claim").bar.name() in colours(view.overview)


def test_many_edits_ask_for_the_density_once(open_view: Open, qtbot: QtBot) -> None:
    marks = Counted([mark("m", "Citing a study")])
    view = open_view(marks=marks)
    qtbot.waitUntil(lambda: marks.times == 1)
    for number in range(30):
        view.marks_changed(marks.add(mark(f"m{number}", "leaked customs files")))
    assert marks.times == 1
    qtbot.waitUntil(lambda: marks.times == 2)


def test_proposals_that_come_and_go_do_not_ask_for_the_density(open_view: Open, qtbot: QtBot) -> None:
    marks = Counted([mark("m", "Citing a study")])
    view = open_view(marks=marks)
    qtbot.waitUntil(lambda: marks.times == 1)
    view.marks_changed(marks.add(mark("ghost", "leaked customs files")), is_counted=False)
    view.marks_changed([], is_counted=False)
    view.repaint()
    assert not view.overview._timer.isActive()
    assert marks.times == 1


def test_while_a_large_change_runs_the_picture_stays_until_the_marks_can_be_told(
    open_view: Open, qtbot: QtBot
) -> None:
    marks = Counted([mark("m", "Citing a study")])
    view = open_view(marks=marks)
    qtbot.waitUntil(lambda: marks.times == 1)
    claim = theme("light").text.style("claim").bar.name()
    marks.style = None
    view.marks_changed(marks.add(mark("d", "leaked customs files")))
    view.resize(view.width(), view.height() - 30)
    qtbot.waitUntil(lambda: marks.times > 2)
    assert claim in colours(view.overview)
    marks.style = "denial"
    qtbot.waitUntil(lambda: theme("light").text.style("denial").bar.name() in colours(view.overview))


def test_a_click_in_the_overview_goes_to_that_part_of_the_article(open_view: Open) -> None:
    text = "\n".join([ARTICLE] * 30)
    view = open_view(text=text)
    bar = view.overview
    QTest.mouseClick(
        bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, bar.height() // 2)
    )
    first, last = view.visible_span()
    assert first < len(text) // 2 < last


def test_the_overview_stands_between_the_text_and_the_scroll_bar(open_view: Open) -> None:
    view = open_view()
    assert view.overview.geometry().left() > view.viewport().geometry().right()
    assert view.overview.geometry().right() < view.verticalScrollBar().parentWidget().geometry().left()


def test_a_view_that_was_closed_asks_for_nothing_more(
    open_view: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "_REST_MS", 0)
    marks = Counted([mark("m", "Citing a study")])
    view = open_view(text="\n".join([ARTICLE] * 30), marks=marks)
    qtbot.waitUntil(lambda: marks.times == 1)
    view.marks_changed(None)
    view.viewport().repaint()
    view.close()
    marks.ahead.clear()
    for _ in range(5):
        QCoreApplication.processEvents()
    assert (marks.times, marks.ahead) == (1, [])
    view.show()
    qtbot.waitUntil(lambda: marks.times == 2 and bool(marks.ahead))
