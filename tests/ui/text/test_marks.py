"""Every mark can be seen and told from its neighbours, and the text keeps still."""

from collections.abc import Iterable
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QAbstractSlider
from pytestqt.qtbot import QtBot

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.layout.marks import FocusLink, RailEntry
from annotator.ui.text.focus import BEND
from annotator.ui.text.focus import picture as focus_picture
from annotator.ui.text.hints import hint_boxes
from annotator.ui.text.view import TextView
from annotator.ui.theme import theme
from tests.ui.text.conftest import Open
from tests.ui.text.sample import ARTICLE, Marks, links_beside, mark, quoted

LONG = "\n".join([ARTICLE] * 200)
LABELS = ("claim", "denial", "evidence")
SENTENCE = "The harbour ministry denied on Tuesday"
DENIAL = mark("m1", "The harbour ministry denied on Tuesday a report in the Daily Ledger", label="denial")
CLAIM = mark("m2", "the rebels may have bought patrol boats")


def picture(view: TextView) -> QImage:
    return view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


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


def test_links_of_the_held_mark_stay_in_the_margin(open_view: Open) -> None:
    view = open_view(marks=Marks([DENIAL, CLAIM]))
    plain = picture(view)
    text_area = QRect(view.columns.left, 0, view.columns.width, view.viewport().height())
    view.set_focus_links([FocusLink("l1", "denies", quoted("Citing"), quoted("The yard has"), "denies")])
    linked = picture(view)
    assert linked != plain
    assert linked.copy(text_area) == plain.copy(text_area)


def test_the_rail_names_the_links_beside_the_line_their_mark_begins_on(open_view: Open) -> None:
    entry = RailEntry("r1", "m2", CLAIM.spans[0].start, "denied by the ministry", "in", "denies")
    view = open_view(marks=Marks([CLAIM], [entry]))
    (box,) = links_beside(view)
    assert box.entry == entry
    assert box.rect.top() == view.rect_of(entry.offset).top()
    words = picture(view).copy(box.rect)
    assert len({words.pixelColor(QPoint(x, y)).name() for x in range(60) for y in range(words.height())}) > 3


@pytest.mark.parametrize("size", [16, 30])
def test_a_count_in_a_narrow_rail_can_be_read(open_view: Open, size: int) -> None:
    start = CLAIM.spans[0].start

    def beside(count: int) -> QImage:
        entries = [RailEntry(f"r{n}", "m2", start, f"link {n}", "in", "denies") for n in range(count)]
        view = open_view(marks=Marks([CLAIM], entries), width=420, height=1200)
        font = QFont("Noto Sans")
        font.setPixelSize(size)
        view.set_reading(font, 70)
        assert view.columns.chips
        chip = links_beside(view)[-1]
        assert chip.hidden
        return picture(view).copy(chip.rect)

    few, more, many, very_many = map(beside, (40, 41, 400, 500))
    assert few != more
    assert many == very_many
    assert not any(
        each.pixelColor(each.width() - 1, y).name() != theme("light").text.base.name()
        for each in (few, more, many)
        for y in range(each.height())
    )


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


def test_only_links_with_a_place_in_the_rail_are_put_into_words_and_only_once(open_view: Open) -> None:
    starts = range(0, len(LONG) - 10, 40)
    shapes = [Shape(f"m{at}", "Claim", (Span(at, at + 10),), "claim") for at in starts]
    entries = [
        RailEntry(f"r{at}-{n}", f"m{at}", at, f"link {n}", "out", "denies") for at in starts for n in range(9)
    ]
    marks = Marks(shapes, entries)
    view = open_view(text=LONG, marks=marks)
    for part in (0, 0.9, 0, 0.5, 0):
        offset = int(part * len(LONG))
        view.reveal(Span(offset, offset), centre=True)
        assert all(box.entry.text for box in links_beside(view))
    placed = {entry.id for seen in view.page.visible() for entry in seen.marks.entries if entry.text}
    assert len(placed) < sum(len(seen.marks.entries) for seen in view.page.visible()) / 2
    assert len(set(marks.worded_ids)) == len(marks.worded_ids)


def test_links_come_beside_the_text_by_themselves_and_an_edit_does_not_take_them_away(
    open_view: Open, qtbot: QtBot
) -> None:
    entry = RailEntry("r1", "m2", CLAIM.spans[0].start, "denied by the ministry", "in", "denies")
    marks = Marks([CLAIM], [entry])
    view = open_view(marks=marks)
    rail = QRect(view.columns.rail, 0, view.columns.rail_width, view.viewport().height())
    qtbot.waitUntil(lambda: any(seen.marks.places for seen in view.page.visible()))
    beside = picture(view).copy(rail)
    view.marks_changed(marks.add(DENIAL))
    assert picture(view).copy(rail) == beside
    view.resize(view.width(), view.height() - 40)
    assert any(seen.marks.places for seen in view.page.visible())


def test_links_are_looked_for_only_beside_the_paragraphs_in_view_and_only_once(open_view: Open) -> None:
    starts = range(0, len(LONG) - 10, 40)
    marks = Marks([Shape(f"m{at}", "Claim", (Span(at, at + 10),), "claim") for at in starts])
    view = open_view(text=LONG, marks=marks)
    middle = len(LONG) // 2
    marks.railed_ids.clear()
    view.reveal(Span(middle, middle))
    view.viewport().repaint()
    assert not marks.railed_ids
    links_beside(view)
    rows = [seen.row for seen in view.page.visible()]
    assert set(marks.railed_ids) == {f"m{at}" for at in starts if rows[0].start <= at < rows[-1].stop}
    assert len(set(marks.railed_ids)) == len(marks.railed_ids)


def test_words_beside_the_next_page_are_drawn_in_the_pause_before_it(open_view: Open, qtbot: QtBot) -> None:
    starts = range(0, len(LONG) - 10, 60)
    shapes = [Shape(f"m{at}", "Claim", (Span(at, at + 10),), "claim") for at in starts]
    entries = [RailEntry(f"r{at}", f"m{at}", at, f"denied by {at}", "in", "denies") for at in starts]
    view = open_view(text=LONG, marks=Marks(shapes, entries))
    qtbot.waitUntil(lambda: not list(view.page.ahead()))
    drawn = set(view._rail._kept)
    before = view.visible_span()
    view.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
    view.viewport().repaint()
    assert view.visible_span().start > before.start
    assert any(row.marks.entries for row in view.page.visible())
    assert set(view._rail._kept) == drawn


def test_pictures_of_words_beside_the_text_do_not_become_more_and_more(open_view: Open) -> None:
    starts = range(0, len(LONG) - 10, 60)
    shapes = [Shape(f"m{at}", "Claim", (Span(at, at + 10),), "claim") for at in starts]
    entries = [RailEntry(f"r{at}", f"m{at}", at, f"denied by {at}", "in", "denies") for at in starts]
    view = open_view(text=LONG, marks=Marks(shapes, entries))
    for _ in range(60):
        view.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
        view.page.put_rail()
        view.viewport().repaint()
    kept = [picture.width() * picture.height() * 4 for picture in view._rail._kept.values()]
    assert 0 < sum(kept) <= 8_000_000


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


def test_a_thousand_links_of_one_mark_are_drawn_with_a_curve_a_kind_and_a_few_chips(open_view: Open) -> None:
    near = Span(len(LONG) // 2, len(LONG) // 2 + 20)
    ends = range(0, len(LONG) - 20, len(LONG) // 1000)
    links = [FocusLink(f"l{at}", LABELS[at % 3], near, Span(at, at + 20), f"to {at}") for at in ends]
    view = open_view(text=LONG)
    view.reveal(near, centre=True)
    view.set_focus_links(links)
    drawn = focus_picture(view.page, view.shown.links)
    assert sorted(curve.style for curve in drawn.curves) == sorted(LABELS[:3])
    assert [chip.sign for chip in drawn.chips] == ["↑"] * 8 + ["⋯"] + ["↓"] * 8 + ["⋯"]
    below = [link.id for link in links if link.other and link.other.start >= view.visible_span().end]
    assert [chip.entry for chip in drawn.chips if chip.sign == "↓"] == below[:8]
    assert drawn.chips[-1].entry == below[8]


def test_a_curve_bends_towards_each_line_in_view_that_a_link_of_its_kind_ends_on(open_view: Open) -> None:
    view = open_view()
    ends = [quoted(words) for words in ("Harbour", "smugglers", "fleet", "The yard has")]
    near = quoted("Citing")
    view.set_focus_links([FocusLink(f"l{end.start}", "denies", near, end, "denies") for end in ends])
    (curve,) = focus_picture(view.page, view.shown.links).curves
    middles = [view.rects_of(span)[0].top() + view.page.metrics.line // 2 for span in (*ends, near)]
    assert sorted(curve.downs) == sorted([*middles[:2], middles[-1]])
    assert sorted(curve.ups) == sorted([*middles[2:4], middles[-1]])
    assert curve.top == min(middles) + BEND
    assert curve.bottom == max(middles) - BEND


def test_curves_of_different_kinds_keep_their_places_while_the_text_is_scrolled(open_view: Open) -> None:
    near = Span(len(LONG) // 2, len(LONG) // 2 + 20)
    ends = range(0, len(LONG) - 20, len(LONG) // 1000)
    view = open_view(text=LONG)
    view.set_focus_links(
        [FocusLink(f"l{at}", LABELS[at * 7 % 3], near, Span(at, at + 20), "") for at in ends]
    )
    view.reveal(near, centre=True)
    places = set()
    for _ in range(12):
        curves = focus_picture(view.page, view.shown.links).curves
        places.add(tuple(sorted((curve.style, curve.reach) for curve in curves)))
        view.page.scroll_by(17)
    assert [len(found) for found in places] == [3]


def test_an_end_of_whose_line_only_the_bars_are_seen_lies_above(open_view: Open) -> None:
    view = open_view(text=LONG)
    far, near = Span(0, 10), Span(600, 610)
    view.set_focus_links([FocusLink("up", "denies", near, far, "denies")])
    row = view.page.visible()[0].row
    view.page.scroll_by(row.line_top(0) + row.text_height(0))
    assert view.visible_span().start == 0
    drawn = focus_picture(view.page, view.shown.links)
    assert [chip.sign for chip in drawn.chips] == ["↑"]
    assert [(curve.top < 0, curve.downs) for curve in drawn.curves] == [(True, [])]


def test_a_long_name_in_the_rail_is_cut_before_the_place_it_leads_to(open_view: Open) -> None:
    def beside(words: str) -> QImage:
        view = open_view(
            marks=Marks([CLAIM], [RailEntry("r1", "m2", CLAIM.spans[0].start, words, "in", "denies")])
        )
        (box,) = links_beside(view)
        return picture(view).copy(box.rect)

    name = "denied by the Ministry of Transport and Harbours of Norvik and of the islands"
    assert beside(f"{name} · A2 ¶3") != beside(f"{name} · A2 ¶4")
    assert beside("denied by وزارة الدفاع · A2 ¶3") == beside("denied by وزارة الدفاع\u200e · A2 ¶3")
