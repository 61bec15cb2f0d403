"""Nothing depends on what was painted last, and the view keeps its place."""

from itertools import accumulate

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.ui.text.view import TextView
from tests.ui.text.conftest import Open
from tests.ui.text.sample import ARTICLE, Marks, quoted

LONG = "\n".join([ARTICLE] * 30)
LABELS = ("claim", "denial", "evidence")


def scattered(length: int = len(LONG), count: int = 300) -> list[Shape]:
    starts = (number * 7919 % (length - 200) for number in range(count))
    return [
        Shape(f"s{n:03}", "Claim", (Span(start, start + 15 + n % 120),), LABELS[n % 3])
        for n, start in enumerate(starts)
    ]


def screen(view: TextView) -> QImage:
    """The text as it stands on the screen, by whatever blits and partial paints it came there."""
    QApplication.processEvents()
    whole = view.screen().grabWindow(view.winId()).toImage()
    return whole.convertToFormat(QImage.Format.Format_RGB32).copy(view.viewport().geometry())


def is_as_painted_anew(view: TextView) -> bool:
    before = screen(view)
    view.viewport().update()
    return before == screen(view)


@pytest.mark.parametrize("step", range(24))
def test_scrolls_and_edits_between_two_paints_leave_a_right_screen(open_view: Open, step: int) -> None:
    marks = Marks(scattered())
    view = open_view(text=LONG, marks=marks)
    screen(view)
    bar = view.verticalScrollBar()
    bar.setValue(400 + 53 * step)
    screen(view)
    bar.setValue(bar.value() + (120 if step % 4 else -70))
    start = view.visible_span().start + 60
    if step % 3 == 0:
        view.marks_changed(marks.add(Shape("new", "Claim", (Span(start, start + 40),), "claim")))
    elif step % 3 == 1:
        found = marks.all.pop(view.mark_ids_in_view()[0])
        view.marks_changed(found.spans)
    else:
        view.select(Span(start, start + 90))
    if step % 2:
        bar.setValue(bar.value() + 55)
    assert is_as_painted_anew(view)


def test_a_click_between_a_scroll_and_its_paint_hits_what_is_there_now(open_view: Open) -> None:
    view = open_view(text=LONG)
    view.verticalScrollBar().setValue(400)
    at = QPoint(300, 300)
    before_paint = view.offset_at(at)
    screen(view)
    assert view.offset_at(at) == before_paint


def test_scrolling_moves_the_text_by_the_pixels_asked_for(open_view: Open) -> None:
    view = open_view(text=LONG)
    bar = view.verticalScrollBar()
    bar.setValue(500)
    offset = view.visible_span().start + 300
    top = view.rect_of(offset).top()
    for pixels in (1, 37, 120, -90, -68):
        bar.setValue(bar.value() + pixels)
        top -= pixels
        assert view.rect_of(offset).top() == top


def test_the_end_is_reached_and_the_last_line_is_whole(open_view: Open) -> None:
    view = open_view(text=LONG)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert view.visible_span().end == len(LONG)
    last = view.rect_of(len(LONG))
    assert 0 < last.bottom() < view.viewport().height()
    bar.setValue(0)
    assert view.visible_span().start == 0
    assert view.rect_of(0).top() > 0


def test_a_reveal_of_what_is_seen_moves_nothing(open_view: Open) -> None:
    view = open_view(text=LONG)
    view.verticalScrollBar().setValue(700)
    place = view.place()
    view.reveal(Span(view.visible_span().start + 500, view.visible_span().start + 510))
    assert view.place() == place


@pytest.mark.parametrize("part", [0.0, 0.01, 0.1, 0.5, 0.9, 0.999])
def test_a_reveal_brings_any_place_into_view(open_view: Open, part: float) -> None:
    view = open_view(text=LONG)
    start = round(part * (len(LONG) - 20))
    view.reveal(Span(start, start + 20))
    rects = view.rects_of(Span(start, start + 20))
    assert rects
    assert rects[0].top() >= 0
    assert rects[-1].bottom() < view.viewport().height()


def test_the_top_line_stays_when_a_mark_above_it_makes_its_row_grow(open_view: Open) -> None:
    text = "word " * 700
    marks = Marks()
    view = open_view(text=text, marks=marks)
    view.verticalScrollBar().setValue(600)
    top = view.visible_span().start
    y = view.rect_of(top).top()
    for number in range(5):
        marks.add(Shape(f"m{number}", "Claim", (Span(0, 30),), "claim"))
    view.marks_changed([Span(0, 30)])
    assert view.visible_span().start == top
    assert view.rect_of(top).top() == y


@pytest.mark.parametrize("width", [500, 700, 1400])
def test_a_resize_keeps_the_place(open_view: Open, width: int) -> None:
    view = open_view(text=LONG)
    view.verticalScrollBar().setValue(2500)
    start, _ = view.place()
    view.resize(width, 640)
    assert view.visible_span().start <= start < view.visible_span().start + 200


def test_a_larger_font_keeps_the_place(open_view: Open) -> None:
    view = open_view(text=LONG)
    view.verticalScrollBar().setValue(2500)
    start, _ = view.place()
    font = QFont("Noto Sans")
    font.setPixelSize(23)
    view.set_reading(font, 60)
    assert view.visible_span().start <= start < view.visible_span().start + 200


def test_a_place_can_be_returned_to(open_view: Open) -> None:
    view = open_view(text=LONG)
    view.verticalScrollBar().setValue(1777)
    place = view.place()
    view.verticalScrollBar().setValue(9000)
    view.restore_place(place)
    assert view.place() == place


def test_opening_an_article_at_a_place_shows_it(open_view: Open) -> None:
    view = open_view()
    at = LONG.index("Citing", len(LONG) // 2)
    view.show_article(LONG, Marks(), at=at)
    assert view.caret() == at
    assert 0 <= view.rect_of(at).top() < view.viewport().height() // 2


def test_another_article_takes_nothing_over_from_the_last(open_view: Open) -> None:
    view = open_view(text=LONG)
    view.verticalScrollBar().setValue(3000)
    view.select(Span(2000, 2100))
    view.hold("m1", [Span(1, 5)])
    view.show_article("short", Marks())
    assert view.visible_span() == Span(0, 5)
    assert view.selection() is None
    assert view.caret() == 0
    assert view.verticalScrollBar().maximum() == 0


def test_two_views_side_by_side_do_not_disturb_one_another(open_view: Open) -> None:
    left, right = open_view(text=LONG), open_view(text="other\n" + LONG, marks=Marks(scattered()))
    left.verticalScrollBar().setValue(1500)
    left.select(quoted("Citing"))
    shown = screen(right)
    left.verticalScrollBar().setValue(3500)
    left.set_caret(5)
    assert right.visible_span().start == 0
    assert right.selection() is None
    assert screen(right) == shown


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n", " ", "a", "\u2029", "\u00a0\n\u00a0", "🚀"])
def test_the_smallest_articles_can_be_shown_and_walked_through(
    open_view: Open, qtbot: QtBot, text: str
) -> None:
    from PySide6.QtCore import Qt

    view = open_view(text=text)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_PageDown):
        qtbot.keyClick(view, key)
    assert 0 <= view.caret() <= len(text)
    assert view.words_in_view() == ([Span(0, 1)] if text == "a" else [])
    screen(view)


def test_one_line_of_a_million_characters_is_laid_out_piece_by_piece(open_view: Open) -> None:
    text = "claims and denials " * 50_000
    view = open_view(text=text)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    middle = view.visible_span()
    assert abs(middle.start - len(text) // 2) < len(text) // 20
    assert middle.end - middle.start < 5000
    assert is_as_painted_anew(view)


@pytest.mark.parametrize("others", range(500, 620, 10))
def test_one_comes_back_near_a_place_after_looking_at_many_short_paragraphs(
    open_view: Open, others: int
) -> None:
    paragraphs = [f"{number} words" for number in range(1_000)]
    view = open_view(text="\n".join(paragraphs))
    starts = [0, *accumulate(len(paragraph) + 1 for paragraph in paragraphs)]
    for number in (30, *range(100, 100 + others, 10), 36):
        view.restore_place((starts[number], 0))
        assert view.visible_span().start == starts[number]


def test_the_words_in_view_are_the_same_in_a_line_of_a_million_characters(open_view: Open) -> None:
    text = "claims, and denials of e-mail " * 35_000
    view = open_view(text=text)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    seen = view.visible_span()
    words = view.words_in_view()
    assert {text[slice(*word)] for word in words} == {"claims", "and", "denials", "of", "e-mail"}
    assert words[0].start - seen.start < 10
    assert seen.end - words[-1].start < 10


class Painted(QObject):
    """What of a view was painted, in turn."""

    def __init__(self, view: TextView) -> None:
        super().__init__(view)
        self.order: list[QObject] = []
        for part in (view.viewport(), view.verticalScrollBar()):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.order.append(watched)
        return False


def test_the_scroll_bar_knows_of_a_jump_at_once_and_is_painted_after_the_text(
    open_view: Open, qtbot: QtBot
) -> None:
    view = open_view(LONG)
    bar, painted = view.verticalScrollBar(), Painted(view)
    qtbot.waitUntil(lambda: not view._ahead.isActive())
    QApplication.processEvents()
    painted.order.clear()
    view.restore_place((len(LONG) // 2, 0))
    assert bar.value() == view.page.value() > 0
    qtbot.waitUntil(lambda: bar in painted.order)
    assert painted.order[0] is view.viewport()


def test_after_a_pause_a_jump_asks_for_no_marks_that_nothing_changed(open_view: Open, qtbot: QtBot) -> None:
    at = len(LONG) // 2
    source = Marks([Shape("m", "Claim", (Span(at, at + 4),), "claim")])
    view = open_view(LONG, source)
    qtbot.waitUntil(lambda: not view._ahead.isActive())
    source.asked.clear()
    view.restore_place((at, 0))
    assert view.mark_ids_in_view() == ["m"]
    assert not source.asked


def test_the_scroll_bar_is_painted_where_the_view_jumped_while_it_was_hidden(
    open_view: Open, qtbot: QtBot
) -> None:
    view = open_view(LONG)
    painted = Painted(view)
    view.hide()
    view.restore_place((len(LONG) // 2, 0))
    QApplication.processEvents()
    painted.order.clear()
    view.show()
    qtbot.waitUntil(lambda: view.verticalScrollBar() in painted.order)


def test_what_is_laid_out_ahead_moves_nothing_that_lies_over_the_text(open_view: Open, qtbot: QtBot) -> None:
    view = open_view(text=LONG, marks=Marks(scattered()))
    moves: list[None] = []
    view.place_changed.connect(lambda: moves.append(None))
    view.viewport().update()
    maximum = view.verticalScrollBar().maximum()
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() != maximum)
    qtbot.waitUntil(lambda: not view._ahead.isActive())
    assert moves == []
