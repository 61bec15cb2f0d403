"""Where a character is seen and where a pointer points are the same place, in every script."""

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont

from annotator.app.segment import NewsSegmenter
from annotator.domain.spans import Span
from annotator.layout.rows import is_right_to_left
from annotator.ui.text.display import display_copy
from annotator.ui.text.metrics import Metrics
from annotator.ui.text.row import RowLayout
from tests.ui.text.conftest import Open
from tests.ui.text.sample import ARTICLE, quoted

PIECES = [
    "word", " ", "e\u0301", "д", "قالت ", "ול ", "27", "(", ")", "漢字", "🚀", "🇺🇦", "👨\u200d👩\u200d👧",
    "\t", "\u00a0", "\u200e", "\u202e", "\u202c", "\u2067", "\u2069", "\u2028", "\u2029", "\x85", "\x0b",
    "\x0c", "\ufffc", "\ufffd",
]  # fmt: skip
paragraphs = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join)
relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def lay_out(text: str, start: int = 100, width: int = 160) -> RowLayout:
    font = QFont("Noto Sans")
    font.setPixelSize(16)
    right = is_right_to_left(text, 0, len(text))
    return RowLayout(text, start, Metrics.of(font, 70), width, right_to_left=right, above=8)


@relaxed
@given(paragraphs)
def test_what_is_laid_out_is_as_long_as_the_text(qapp: object, text: str) -> None:
    shown = display_copy(text)
    assert len(shown.encode("utf-16-le")) == len(text.encode("utf-16-le"))
    assert not set(shown) & set("\u2028\u2029\x85\x0b\x0c\ufffc")


@relaxed
@given(paragraphs)
def test_lines_hold_every_character_once(qapp: object, text: str) -> None:
    row = lay_out(text)
    spans = row.spans
    assert spans[0].start == 100
    assert spans[-1].end == 100 + len(text)
    assert all(before.end == after.start for before, after in pairwise(spans))


@relaxed
@given(paragraphs)
def test_a_span_covers_the_characters_it_holds_and_no_others(qapp: object, text: str) -> None:
    """The width of a span is that of its characters, however the text runs."""
    row = lay_out(text, width=10_000)
    segmenter = NewsSegmenter()
    bounds = segmenter.graphemes(text, 0, len(text))
    whole = sum(rect.width() for rect in row.rects(100, 100 + len(text)))
    parts = sum(
        right - left
        for start, end in pairwise(bounds)
        for _, left, right in row.ranges(100 + start, 100 + end)
    )
    assert abs(whole - parts) <= len(bounds)


@pytest.mark.parametrize("width", [130, 160, 200, 230, 300, 10_000])
@pytest.mark.parametrize(
    "text",
    [
        "The ministry said “قالت وزارة الدفاع عن مقتل 27 مدنيين ونفى المتحدث هذه” and no more.",
        "قالت وزارة الدفاع عن مقتل 27 مدنيين (Norvik) ونفى المتحدث هذه",
        "The yard “שלום עולם 27 (Norvik) שלום” has not commented on שלום or on 12,5% עולם so far.",
    ],
)
def test_words_are_marked_where_they_are_drawn_however_a_line_runs(
    qapp: object, text: str, width: int
) -> None:
    row = lay_out(text, 0, width)
    for word in re.finditer(r"\S+", text):
        drawn = []
        for number in row.lines_of(*word.span()):
            line, (first, last) = row.layout.lineAt(number), row.spans[number]
            start, end = max(first, word.start()), min(last, word.end())
            boxes = [run.boundingRect() for run in line.glyphRuns(start, end - start)]
            drawn += [(number, box.left(), box.right()) for box in boxes]
        ranges = row.ranges(*word.span())
        assert min(drawn)[1] == pytest.approx(ranges[0][1], abs=1)
        assert max(drawn)[2] == pytest.approx(ranges[-1][2], abs=1)


@relaxed
@given(paragraphs)
def test_a_character_is_found_under_its_own_rectangle(qapp: object, text: str) -> None:
    row = lay_out(text)
    bounds = NewsSegmenter().graphemes(text, 0, len(text))
    for start, end in pairwise(bounds):
        for line, left, right in row.ranges(100 + start, 100 + end):
            if right - left > 4 and not text[start:end].isspace():
                found = row.character_at(line, (left + right) / 2)
                assert found is not None
                assert 100 + start <= found < 100 + end


@pytest.mark.parametrize(
    "quote", ["denied on", "الهجوم", "(Norvik)", "👨\u200d👩\u200d👧", "🇺🇦", "外交部", "المتحدث”"]
)
def test_pointing_at_the_middle_of_a_quote_finds_it(open_view: Open, quote: str) -> None:
    view = open_view()
    span = quoted(quote)
    for rect in view.rects_of(span):
        offset = view.character_at(rect.center())
        assert offset is not None
        assert span.start <= offset < span.end


def test_the_offset_at_a_caret_is_that_of_the_caret(open_view: Open) -> None:
    view = open_view()
    segmenter = NewsSegmenter()
    for offset in segmenter.graphemes(ARTICLE, 0, ARTICLE.index("Citing")):
        rect = view.rect_of(offset)
        assert view.offset_at(QPoint(rect.left(), rect.center().y())) == offset


def test_places_outside_the_text_have_no_offset(open_view: Open) -> None:
    view = open_view()
    assert view.offset_at(QPoint(view.columns.rail + 5, 50)) is None
    assert view.offset_at(QPoint(200, view.viewport().height() - 1)) is None
    assert view.offset_at(QPoint(-5, 20)) is None


def test_a_view_answers_before_it_is_ever_shown(qapp: object) -> None:
    from annotator.ui.text.view import TextView
    from tests.ui.text.sample import Marks

    view = TextView(NewsSegmenter())
    view.resize(900, 700)
    view.show_article(ARTICLE, Marks())
    assert view.visible_span().start == 0
    assert view.rect_of(0) != QRect()
    view.deleteLater()


def test_paragraphs_from_right_to_left_stand_at_the_right(open_view: Open) -> None:
    view = open_view()
    arabic = view.rects_of(quoted("قالت"))[0]
    assert abs(arabic.right() - (view.columns.left + view.columns.width)) < 3
    latin = view.rects_of(quoted("LISBORN"))[0]
    assert abs(latin.left() - view.columns.left) < 2


def test_a_span_across_both_directions_is_several_rectangles(open_view: Open) -> None:
    view = open_view()
    start = quoted("“نفى").start
    rects = view.rects_of(Span(start, start + 5))
    assert len(rects) == 2


def test_words_in_view_are_the_words_of_the_text(open_view: Open) -> None:
    view = open_view(text="Don't say e-mail, U.S. [t]he end.\n外交 🚀 -- 1,000")
    words = [view.page.text[start:end] for start, end in view.words_in_view()]
    assert words == ["Don't", "say", "e-mail", "U.S.", "[t]he", "end", "外", "交", "1,000"]
