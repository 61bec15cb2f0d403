"""Links stand in words beside the text and as curves in it: all can be read, and none is read twice."""

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
from annotator.ui.theme import theme
from tests.ui.text.conftest import Open
from tests.ui.text.sample import CLAIM, DENIAL, LONG, Marks, links_beside, picture, quoted

LABELS = ("claim", "denial", "evidence")


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
