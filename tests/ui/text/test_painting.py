"""Only the rows that changed are painted again; the screen is that of a full repaint all the same."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QImage, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractSlider, QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.layout.marks import FocusLink, RailEntry
from annotator.ui.text.bars import FOOT, LETTER
from annotator.ui.text.glyphs import Glyphs
from annotator.ui.text.page import Page, Seen
from annotator.ui.text.paint import RowPainter
from annotator.ui.text.view import TextView
from tests.ui.text.conftest import Open
from tests.ui.text.sample import ARTICLE, Marks, links_beside, mark, quoted
from tests.ui.text.test_scrolling import is_as_painted_anew, screen

CLAIM = mark("claim", "the rebels may have bought patrol boats")
SPLIT = mark("split", "the paper said", "They [the rebels] pay in", label="denial")
LAST = mark("last", "The yard has not commented", label="no_comment")
WHOLE = Shape("whole", "Claim", (Span(ARTICLE.index("LISBORN") + 2, len(ARTICLE) - 8),), "claim")
LINK = FocusLink("link", "denies", SPLIT.spans[0], CLAIM.spans[0], "denies")


def take(view: TextView, shape: Shape | None) -> None:
    view.hold(None if shape is None else shape.id, shape.spans if shape else ())


def add_many(view: TextView, marks: Marks) -> None:
    """Enough marks on one line to make it grow."""
    word = quoted("smugglers instead")
    for number in range(6):
        shape = Shape(f"more{number}", "Claim", (Span(word.start - number, word.end),), "claim")
        view.marks_changed(marks.add(shape))


def add_across(view: TextView, marks: Marks) -> None:
    """Enough marks over the end of a paragraph to make lines of both grow."""
    end = quoted("smugglers instead").end
    for number in range(6):
        shape = Shape(f"across{number}", "Claim", (Span(end - 30 - number, end + 150),), "claim")
        view.marks_changed(marks.add(shape))


def remove_many(view: TextView, marks: Marks) -> None:
    for name in [name for name in marks.all if name.startswith(("more", "across"))]:
        view.marks_changed(marks.all.pop(name).spans)


STEPS: dict[str, Callable[[TextView, Marks], None]] = {
    "hold": lambda view, marks: take(view, CLAIM),
    "hold the last": lambda view, marks: take(view, LAST),
    "hold two pieces": lambda view, marks: take(view, SPLIT),
    "hold nearly all": lambda view, marks: take(view, WHOLE),
    "let go": lambda view, marks: take(view, None),
    "flash": lambda view, marks: view.flash(SPLIT.spans),
    "end of flash": lambda view, marks: view.end_flash(),
    "links": lambda view, marks: view.set_focus_links([LINK]),
    "no links": lambda view, marks: view.set_focus_links([]),
    "select": lambda view, marks: view.select(quoted("leaked customs files")),
    "pieces": lambda view, marks: view.select_pieces((quoted("smugglers"), quoted("Norvik"))),
    "no pieces": lambda view, marks: view.select_pieces(()),
    "add": lambda view, marks: view.marks_changed(marks.add(mark("new", "blamed", label="evidence"))),
    "add many": add_many,
    "add across": add_across,
    "remove many": remove_many,
    "remove": lambda view, marks: view.marks_changed(marks.all.pop(CLAIM.id).spans),
}


@pytest.mark.parametrize("seed", range(12))
def test_what_is_laid_over_the_text_leaves_no_traces(open_view: Open, seed: int) -> None:
    marks = Marks([CLAIM, SPLIT, LAST])
    view = open_view(marks=marks)
    screen(view)
    names = list(STEPS)
    random.Random(seed).shuffle(names)
    for name in names:
        STEPS[name](view, marks)
        assert is_as_painted_anew(view), name


class Painted(QObject):
    """Which part of a view is painted from now on."""

    def __init__(self, view: TextView) -> None:
        super().__init__(view)
        self.region = QRegion()
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_text_below_a_line_that_grows_is_moved_not_painted(open_view: Open) -> None:
    marks = Marks([CLAIM, SPLIT, LAST])
    view = open_view(marks=marks)
    screen(view)
    before, painted = view.rects_of(LAST.spans[0])[0], Painted(view)
    add_many(view, marks)
    QApplication.processEvents()
    after = view.rects_of(LAST.spans[0])[0]
    assert after.top() > before.top()
    assert not painted.region.intersects(after)


def test_of_a_paragraph_only_lines_are_painted_on_which_marks_changed(open_view: Open) -> None:
    marks = Marks([CLAIM, SPLIT, LAST])
    view = open_view(marks=marks)
    screen(view)
    (first,), (other,) = (view.rects_of(quoted(words)) for words in ("LISBORN", "blamed"))
    assert first.top() != other.top()
    painted = Painted(view)
    view.marks_changed(marks.add(mark("new", "blamed")))
    QApplication.processEvents()
    assert painted.region.intersects(other)
    assert not painted.region.intersects(first)


def test_of_a_letter_that_reaches_below_its_paragraph_nothing_stays(open_view: Open) -> None:
    word = quoted("smugglers instead")
    marks = Marks([mark(f"claim{number}", "smugglers instead") for number in range(4)])
    lowest = Shape("lowest", "Evidence", (Span(word.start + 1, word.end),), "evidence")
    marks.add(lowest)
    view = open_view(marks=marks)
    screen(view)
    seen = view.page.find(word.start)
    assert seen is not None
    ((_, top),) = [place for line in seen.marks.drawn["evidence", False] for place in line.letters]
    assert top + LETTER == seen.row.height + FOOT
    painted = Painted(view)
    view.marks_changed(marks.all.pop("lowest").spans)
    QApplication.processEvents()
    place = view.rects_of(word)[0]
    assert painted.region.contains(QRect(place.left(), seen.y + seen.row.height, place.width(), FOOT))


@pytest.fixture
def painted_rows(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the rows that were painted with their marks."""
    rows: list[int] = []
    paint = RowPainter.paint

    def noted(self: RowPainter, painter: QPainter, page: Page, seen: Seen, *rest: object) -> None:
        rows.append(seen.number)
        paint(self, painter, page, seen, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(RowPainter, "paint", noted)
    return rows


def test_rows_that_are_not_painted_anew_are_left_out(open_view: Open, painted_rows: list[int]) -> None:
    view = open_view(marks=Marks([CLAIM, LAST]))
    screen(view)
    painted_rows.clear()
    for shape in (CLAIM, LAST):
        view.update_span(shape.spans[0])
    QApplication.processEvents()
    assert painted_rows == [view.page.laid.rows.at(shape.spans[0].start) for shape in (CLAIM, LAST)]


def test_whoever_has_a_mark_in_hand_takes_another_without_a_row_painted_anew(
    open_view: Open, painted_rows: list[int], qtbot: QtBot
) -> None:
    view = open_view(marks=Marks([CLAIM, SPLIT, WHOLE]))
    take(view, CLAIM)
    qtbot.waitUntil(lambda: pictures(view) == len(view.page.visible()))
    painted_rows.clear()
    for shape in (SPLIT, WHOLE, None, CLAIM):
        take(view, shape)
        view.set_caret(quoted("blamed").start)
        QApplication.processEvents()
        assert painted_rows == []
        assert is_as_painted_anew(view)
        painted_rows.clear()


def test_pictures_are_kept_of_the_rows_in_view_alone(open_view: Open, qtbot: QtBot) -> None:
    view = open_view(text="\n".join([ARTICLE] * 20), marks=Marks([CLAIM]))
    assert pictures(view) == 0
    take(view, CLAIM)
    for _ in range(5):
        view.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
        qtbot.waitUntil(lambda: pictures(view) == len(view.page.visible()))


@pytest.mark.parametrize("ratio", [1, 2])
def test_the_stripes_of_a_proposal_move_with_its_row(qapp: QApplication, ratio: int) -> None:
    hatch = Glyphs(qapp.font(), qapp.font(), ratio).hatch(QColor("red"))

    def striped(y: int) -> QImage:
        page = QImage(20 * ratio, 30 * ratio, QImage.Format.Format_RGB32)
        page.setDevicePixelRatio(ratio)
        page.fill(QColor("white"))
        painter = QPainter(page)
        painter.translate(0, y)
        painter.fillRect(0, 0, 20, 20, hatch)
        painter.end()
        return page.copy(0, y * ratio, 20 * ratio, 20 * ratio)

    colours = {striped(0).pixel(x, 0) for x in range(20 * ratio)}
    assert len(colours) > 1
    assert all(striped(y) == striped(0) for y in range(1, 8))


def pictures(view: TextView) -> int:
    """How many rows can be painted from pictures."""
    return len(view._backdrop._kept)


def test_a_link_of_a_mark_that_begins_in_an_empty_line_is_seen_whole(open_view: Open) -> None:
    text = "One.\n\nThe papers were forged.\n"
    begun = Shape("begun", "Claim", (Span(5, 16),), "claim")
    marks = Marks([begun])
    view = open_view(text=text, marks=marks)
    screen(view)
    marks.entries.append(RailEntry("link", begun.id, 5, "denied by Norvik", "in", "denies"))
    view.marks_changed(begun.spans)
    assert is_as_painted_anew(view)
    (box,) = links_beside(view)
    blank = view.page.find(5)
    assert blank is not None
    assert box.rect.height() > blank.row.height
    view.viewport().update(box.rect.adjusted(0, blank.row.height, 0, 0))
    assert is_as_painted_anew(view)


def test_links_are_seen_that_an_edit_reads_before_they_were_put_beside_the_text(open_view: Open) -> None:
    entry = RailEntry("link", CLAIM.id, CLAIM.spans[0].start, "denied by Norvik", "in", "denies")
    marks = Marks([CLAIM, LAST], rail=[entry])
    view = open_view(marks=marks)
    screen(view)
    view.page.laid.marks_changed(None)
    view.restore_place(view.place())
    view.viewport().repaint()  # the links would come with the next event
    view.marks_changed(marks.add(mark("new", "has not commented", label="evidence")))
    assert is_as_painted_anew(view)
    assert links_beside(view)


def test_numbers_of_paragraphs_from_pictures_look_as_they_are_written(open_view: Open, qtbot: QtBot) -> None:
    view = open_view("\n".join(f"Paragraph {number} said so." for number in range(1, 15)))
    view._numbers._pictures.clear()
    view.viewport().repaint()
    written = screen(view)
    qtbot.waitUntil(lambda: len(view._numbers._pictures) >= 14)
    view.viewport().repaint()
    assert screen(view) == written


def test_numbers_of_paragraphs_look_the_same_in_a_window_from_right_to_left(
    open_view: Open, qtbot: QtBot
) -> None:
    view = open_view("\n".join(f"Paragraph {number} said so." for number in range(1, 15)))
    qtbot.waitUntil(lambda: len(view._numbers._pictures) >= 14)
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view.viewport().repaint()
    from_pictures = screen(view)
    view._numbers._pictures.clear()
    view.viewport().repaint()
    assert screen(view) == from_pictures


def test_numbers_of_paragraphs_are_measured_as_qt_measures_them(open_view: Open) -> None:
    view = open_view()
    measured = QFontMetrics(view.page.metrics.small)
    for number in (1, 11, 47, 301, 9999, 12034):
        words = f"¶{number}"
        assert view._numbers._width(words) == measured.horizontalAdvance(words)


def test_the_number_of_a_paragraph_gives_up_its_sign_before_it_is_cut(open_view: Open) -> None:
    numbers = open_view()._numbers
    room = numbers._width("¶1234")
    assert numbers._words(1234, room) == "¶1234"
    assert numbers._words(1234, room - 1) == "1234"


class Noting(QPainter):
    """Notes where words begin and how wide they are."""

    def __init__(self, picture: QImage) -> None:
        super().__init__(picture)
        self.words: list[tuple[str, int, float]] = []

    def drawText(self, x: int, y: int, words: str) -> None:
        del y
        self.words.append((words, x, QFontMetricsF(self.font()).horizontalAdvance(words)))


def test_the_numbers_of_many_thousand_paragraphs_are_not_cut_by_the_edge(open_view: Open) -> None:
    view = open_view("\n".join("Said so." for _ in range(10_200)), width=760)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    picture = screen(view)
    noting = Noting(picture)
    view._numbers.paint(noting, view.page, view.page.visible(), view.columns, view.viewport().rect())
    noting.end()
    assert noting.words[-1][0] == "10200"
    assert all(x >= 0 and x + width <= view.columns.left for _, x, width in noting.words)
