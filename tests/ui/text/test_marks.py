"""Every mark can be seen and told from its neighbours, and the text keeps still."""

from collections.abc import Iterable
from itertools import combinations, pairwise

import pytest
from PySide6.QtGui import QFont, QImage
from pytestqt.qtbot import QtBot

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.ui.text.hints import hint_boxes
from annotator.ui.text.view import TextView
from annotator.ui.theme import theme
from tests.ui.text.conftest import Open
from tests.ui.text.sample import ARTICLE, CLAIM, DENIAL, LONG, Marks, mark, picture, quoted

SENTENCE = "The harbour ministry denied on Tuesday"


def colours_under(view: TextView, span: Span) -> set[str]:
    """The colours below the first line of a span, from its left to its right edge."""
    rect = view.rects_of(span)[0]
    image = picture(view)
    return {
        image.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.bottom() + 1, rect.bottom() + 16)
    }


def bar_colour(label: str) -> str:
    return theme("light").text.style(label).bar.name()


def line_tops(view: TextView) -> list[int]:
    starts = [line.start for seen in view.page.visible() for line in lines(view, seen.number)]
    return [view.rect_of(start).top() for start in starts]


def lines(view: TextView, number: int) -> Iterable[Span]:
    row = view.page.laid.row(number)
    return row.spans


def crowd(count: int, first: int = 0) -> list[Shape]:
    return [mark(f"c{number:02}", SENTENCE) for number in range(first, first + count)]


def test_a_mark_has_a_bar_in_the_colour_of_its_label(open_view: Open) -> None:
    view = open_view(marks=Marks([DENIAL]))
    assert bar_colour("denial") in colours_under(view, DENIAL.spans[0])
    assert bar_colour("denial") not in colours_under(view, quoted("Harbour Ministry Denies"))


def test_nested_and_crossing_marks_each_have_a_bar(open_view: Open) -> None:
    inner = mark("m3", "denied on Tuesday a report", label="evidence")
    crossing = mark("m4", "Daily Ledger that quoted", label="no_comment")
    view = open_view(marks=Marks([DENIAL, inner, crossing]))
    found = colours_under(view, quoted("denied on"))
    assert {bar_colour("denial"), bar_colour("evidence")} <= found
    assert {bar_colour("denial"), bar_colour("no_comment")} <= colours_under(view, quoted("Daily Ledger"))


def test_the_first_three_marks_of_a_line_move_nothing(open_view: Open) -> None:
    marks = Marks()
    view = open_view(marks=marks)
    before = line_tops(view)
    for shape in crowd(3):
        view.marks_changed(marks.add(shape))
        assert line_tops(view) == before


def test_a_deeper_line_grows_once(open_view: Open) -> None:
    marks = Marks(crowd(3))
    view = open_view(marks=marks)
    heights = []
    for shape in crowd(5, first=3):
        view.marks_changed(marks.add(shape))
        heights.append(line_tops(view)[-1])
    assert len(set(heights)) == 1
    view.marks_changed(None)
    assert line_tops(view)[-1] == heights[0]


def test_more_marks_than_a_line_can_show_are_counted_beside_it(open_view: Open) -> None:
    view = open_view(marks=Marks(crowd(9)))
    chips = [chip for seen in view.page.visible() for chip in seen.marks.chips]
    assert [chip.more for chip in chips] == [4]
    assert set(chips[0].marks) == {shape.id for shape in crowd(9)}


def test_counts_that_other_lines_may_have_are_drawn_in_the_pause_before_they_are_seen(
    open_view: Open, qtbot: QtBot
) -> None:
    marks = Marks(crowd(9))
    view = open_view(marks=marks)
    qtbot.waitUntil(lambda: not view._rows.make_chips())
    before = dict(view._rows._chips)
    assert set(before) == set(range(1, 8))
    for shape in crowd(3, first=9):
        view.marks_changed(marks.add(shape))
        view.viewport().repaint()
    assert view._rows._chips == before


def test_neighbours_in_one_lane_have_a_gap_between_them(open_view: Open) -> None:
    first, second = mark("a", "The harbour"), mark("b", " ministry denied")
    view = open_view(marks=Marks([first, second]))
    bars = [bar.rect for seen in view.page.visible() for bar in seen.marks.hits]
    assert bars[0].top() == bars[1].top()
    assert 1 <= bars[1].left() - bars[0].right() - 1 <= 2


def test_the_pieces_of_a_mark_are_joined_by_dots_through_its_hole(open_view: Open) -> None:
    split = mark("a", "The harbour", "on Tuesday", label="evidence")
    view = open_view(marks=Marks([split]))
    marks = next(seen.marks for seen in view.page.visible() if seen.marks.shapes)
    dots = [dot for line in marks.drawn["evidence", False] for dot in line.dots]
    hole = view.rects_of(quoted("ministry denied"))[0].translated(-view.columns.left, 0)
    assert dots
    assert all(hole.left() - 8 <= left <= hole.right() + 8 for left, *_ in dots)
    assert len({bar.rect.top() for bar in marks.hits}) == 1


def test_it_looks_the_same_after_a_reload_and_from_wherever_one_scrolled(open_view: Open) -> None:
    text = "\n".join([ARTICLE] * 12)
    shapes = [
        Shape(f"s{n:03}", "Claim", (Span(n * 37 % 8000, n * 37 % 8000 + 20 + n % 90),), "claim")
        for n in range(200)
    ]
    view = open_view(text=text, marks=Marks(shapes))
    place = (text.index("Citing", 4000), 3)
    view.restore_place(place)
    direct = picture(view)
    bar = view.verticalScrollBar()
    bar.setValue(0)
    while view.visible_span().start < place[0]:
        bar.setValue(bar.value() + 97)
    bar.setValue(bar.value() - 311)
    view.restore_place(place)
    assert picture(view) == direct
    again = open_view(text=text, marks=Marks(reversed(shapes)))
    again.restore_place(place)
    assert picture(again) == direct


def test_a_ghost_is_dashed_whatever_its_label(open_view: Open) -> None:
    solid = open_view(marks=Marks([mark("a", SENTENCE)]))
    ghost = open_view(marks=Marks([mark("a", SENTENCE, ghost=True)]))
    assert picture(solid) != picture(ghost)
    at = quoted("harbour")
    row = [
        colour_at(ghost, x, at) for x in range(ghost.rects_of(at)[0].left(), ghost.rects_of(at)[0].right())
    ]
    assert {bar_colour("claim"), theme("light").text.base.name()} <= set(row)


def colour_at(view: TextView, x: int, span: Span) -> str:
    return picture(view).pixelColor(x, view.rects_of(span)[0].bottom() + 3).name()


def test_the_stack_under_a_character_is_innermost_first(open_view: Open) -> None:
    marks = [
        mark("outer", "The harbour ministry denied on Tuesday a report"),
        mark("inner", "denied on"),
        mark("twin", "denied on"),
        mark("elsewhere", "Citing a study"),
    ]
    view = open_view(marks=Marks(marks))
    assert view.marks_at(quoted("denied").start) == ["inner", "twin", "outer"]
    assert view.marks_at(quoted("LISBORN").start) == []


def test_a_hole_is_not_part_of_the_mark(open_view: Open) -> None:
    view = open_view(marks=Marks([mark("a", "The harbour", "on Tuesday")]))
    assert view.marks_at(quoted("ministry denied").start) == []


def test_marks_in_view_are_those_with_words_on_the_screen(open_view: Open) -> None:
    text = "\n".join([ARTICLE] * 20)
    far = Shape("far", "Claim", (Span(len(text) - 10, len(text)),), "claim")
    view = open_view(text=text, marks=Marks([CLAIM, DENIAL, far]))
    assert view.mark_ids_in_view() == ["m1", "m2"]
    view.reveal(far.spans[0])
    assert view.mark_ids_in_view() == ["far"]


def test_only_the_marks_that_changed_are_asked_for_again(open_view: Open) -> None:
    marks = Marks([DENIAL])
    view = open_view(marks=marks)
    marks.asked.clear()
    view.marks_changed(marks.add(CLAIM))
    assert marks.asked == []
    assert marks.begun == [CLAIM.spans[0].start]
    assert bar_colour("claim") in colours_under(view, CLAIM.spans[0])


def test_a_removed_mark_leaves_no_trace(open_view: Open) -> None:
    marks = Marks()
    view = open_view(marks=marks)
    clean = picture(view)
    view.marks_changed(marks.add(DENIAL))
    assert picture(view) != clean
    del marks.all["m1"]
    view.marks_changed(DENIAL.spans)
    assert picture(view) == clean


def test_opening_reads_the_marks_of_the_first_page_and_no_more(open_view: Open) -> None:
    marks = Marks([DENIAL])
    view = open_view(text=LONG, marks=marks)
    view.repaint()
    assert len(marks.asked) == 1
    assert marks.asked[0].start == 0
    assert marks.asked[0].end < 2 * view.visible_span().end


@pytest.mark.parametrize("length", [5, 20_000])
def test_a_jump_reads_the_marks_of_one_place_and_only_that(open_view: Open, length: int) -> None:
    marks = Marks([DENIAL])
    view = open_view(text=LONG, marks=marks)
    picture(view)
    marks.asked.clear()
    view.reveal(Span(len(LONG) // 2, len(LONG) // 2 + length))
    view.repaint()
    seen = view.visible_span()
    assert len(marks.asked) == 1
    assert marks.asked[0].end - marks.asked[0].start < 4 * (seen.end - seen.start)


@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.98])
def test_a_jump_into_a_long_paragraph_reads_once(open_view: Open, part: float) -> None:
    paragraph = "word " * 600
    marks = Marks([DENIAL])
    view = open_view(text="\n".join([paragraph] * 20), marks=marks)
    picture(view)
    marks.asked.clear()
    at = 10 * (len(paragraph) + 1) + round(part * len(paragraph))
    view.reveal(Span(at, at + 5))
    view.repaint()
    assert len(marks.asked) == 1


def test_reading_on_page_by_page_asks_for_no_words_twice(open_view: Open) -> None:
    marks = Marks([DENIAL])
    view = open_view(text=LONG, marks=marks)
    bar = view.verticalScrollBar()
    for _ in range(12):
        bar.setValue(bar.value() + bar.pageStep())
        picture(view)
    assert all(left.end <= right.start for left, right in pairwise(marks.asked))


def test_what_was_read_is_not_read_again_for_another_width_or_a_moved_caret(open_view: Open) -> None:
    marks = Marks([DENIAL])
    view = open_view(text=LONG, marks=marks)
    picture(view)
    marks.asked.clear()
    view.set_caret(view.caret() + 1)
    view.resize(view.width() - 60, view.height() - 40)
    picture(view)
    assert not marks.asked


@pytest.mark.parametrize("name", ["light", "dark"])
def test_held_marks_selections_and_hints_are_seen(open_view: Open, name: str) -> None:
    view = open_view(marks=Marks([DENIAL, CLAIM]))
    view.set_palette(theme(name).text)  # type: ignore[arg-type]
    plain = picture(view)
    seen = [plain]
    for show, hide in (
        (lambda: view.hold("m1", DENIAL.spans), lambda: view.hold(None)),
        (lambda: view.select(quoted("Coastal Centre")), lambda: view.select(None)),
        (lambda: view.select_pieces((quoted("customs files"),)), lambda: view.select_pieces(())),
        (lambda: view.flash([quoted("3 May")]), lambda: view.flash(())),
        (lambda: view.show_hints({"ab": quoted("Citing").start}), lambda: view.show_hints({})),
        (
            lambda: view.set_highlights(lambda start, end: [quoted("fleet")]),
            lambda: view.set_highlights(None),
        ),
    ):
        caret = view.caret()
        show()
        now = picture(view)
        assert all(now != other for other in seen)
        seen.append(now)
        hide()
        view.set_caret(caret)
        assert picture(view) == plain or view.caret() != 0
        view.set_caret(0)
        assert picture(view) == plain


def test_highlights_are_asked_for_rows_in_view_only(open_view: Open) -> None:
    text = "\n".join([ARTICLE] * 50)
    asked: list[Span] = []

    def spans(start: int, end: int) -> list[Span]:
        asked.append(Span(start, end))
        return []

    view = open_view(text=text)
    view.set_highlights(spans)
    picture(view)
    assert asked
    assert max(end for _, end in asked) < len(text) // 5


@pytest.mark.parametrize("size", [16, 30])
def test_a_count_beside_a_line_can_be_read(open_view: Open, size: int) -> None:
    def beside(count: int) -> QImage:
        view = open_view(marks=Marks(crowd(count)))
        font = QFont("Noto Sans")
        font.setPixelSize(size)
        view.set_reading(font, 70)
        seen = next(seen for seen in view.page.visible() if seen.marks.chips)
        box = seen.marks.chips[0].rect.translated(view.columns.left, seen.y)
        return picture(view).copy(box)

    few, more = map(beside, (20, 21))
    back = few.pixelColor(1, 4)
    assert few != more
    assert all(few.pixelColor(x, y) == back for x in (0, few.width() - 1) for y in range(4, few.height() - 4))


def test_hints_of_short_words_do_not_cover_one_another(open_view: Open) -> None:
    view = open_view(text="a b c d e f g h\nلا في من عن")
    hints = {f"{n:02}": word.start for n, word in enumerate(view.words_in_view())}
    boxes = [box for box, _ in hint_boxes(view.page, view.page.metrics, hints.items())]
    assert len(boxes) == len(hints) == 12
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    rows = [view.rects_of(Span(at, at + 1))[0].translated(-view.columns.left, 0) for at in hints.values()]
    assert not any(box.adjusted(0, 2, 0, 0).intersects(row) for box in boxes for row in rows)


def test_an_error_while_painting_comes_out_and_the_view_lives_on(open_view: Open, qtbot: QtBot) -> None:
    view = open_view()
    before = picture(view)

    def broken(start: int, end: int) -> list[Span]:
        raise KeyError("broken")

    view.set_highlights(broken)
    with qtbot.capture_exceptions() as told:
        view.viewport().repaint()
    assert {kind for kind, *_ in told} == {KeyError}
    view.set_highlights(None)
    assert picture(view) == before
