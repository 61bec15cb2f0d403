"""Lines on which nothing changed keep their picture, which is the one they would have anew."""

import random
from collections.abc import Sequence

import pytest

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span, normalise
from annotator.ui.text.bars import arrange_marks
from annotator.ui.text.view import TextView
from tests.ui.text.conftest import Open
from tests.ui.text.sample import ARTICLE, Marks
from tests.ui.text.test_scrolling import is_as_painted_anew, screen

LABELS = ("claim", "denial", "evidence", "no_comment")


def some_shape(chance: random.Random, name: str, labels: Sequence[str] = LABELS) -> Shape:
    start = chance.randrange(len(ARTICLE) - 1)
    end = min(len(ARTICLE), start + chance.choice((5, 40, 250)))
    spans = [(start, end)]
    if chance.random() < 0.3 and end + 30 < len(ARTICLE):
        spans.append((end + 10, end + 30))
    label = chance.choice(labels)
    return Shape(name, label, tuple(map(Span._make, normalise(spans))), label, chance.random() < 0.1)


def is_as_arranged_anew(view: TextView) -> bool:
    laid = view.page.laid
    for seen in view.page.visible():
        anew = arrange_marks(seen.row, laid._nearby.shapes(seen.number), laid.metrics, laid.width)
        for marks in (anew, seen.marks):
            marks.show(0, seen.row.line_count - 1)
        for part in ("shapes", "drawn", "hits", "chips"):
            if getattr(anew, part) != getattr(seen.marks, part):
                return False
    return True


def change_some(
    chance: random.Random, marks: Marks, view: TextView, name: str, labels: Sequence[str] = LABELS
) -> None:
    spans = []
    if chance.random() < 0.5:
        spans += marks.all.pop(chance.choice(sorted(marks.all))).spans
    if chance.random() < 0.7 or not spans:
        spans += marks.add(some_shape(chance, name, labels))
    view.marks_changed(spans)


@pytest.mark.parametrize("seed", range(8))
def test_marks_come_and_go_as_if_all_were_arranged_anew(open_view: Open, seed: int) -> None:
    chance = random.Random(seed)
    marks = Marks(some_shape(chance, f"first{number}") for number in range(40))
    view = open_view(marks=marks)
    for number in range(60):
        change_some(chance, marks, view, f"later{number}")
        assert is_as_arranged_anew(view), number


@pytest.mark.parametrize("labels", [LABELS, LABELS[:1], LABELS[1:3]])
def test_marks_come_and_go_as_if_all_were_painted_anew(open_view: Open, labels: Sequence[str]) -> None:
    chance = random.Random(len(labels))
    marks = Marks(some_shape(chance, f"first{number}", labels) for number in range(12))
    view = open_view(marks=marks)
    screen(view)
    for number in range(60):
        change_some(chance, marks, view, f"later{number}", labels)
        assert is_as_painted_anew(view), number


def test_a_mark_draws_only_the_lines_it_is_on_anew(open_view: Open) -> None:
    chance = random.Random(0)
    marks = Marks(some_shape(chance, f"first{number}") for number in range(40))
    view = open_view(marks=marks)
    before = [line for seen in view.page.visible() for line in seen.marks.lines]
    last = view.page.visible()[-1].row.start
    view.marks_changed(marks.add(Shape("new", "Claim", (Span(last, last + 3),), "claim")))
    after = [line for seen in view.page.visible() for line in seen.marks.lines]
    assert sum(new is not old for old, new in zip(before, after, strict=True)) == 1


def test_marks_are_drawn_up_on_the_lines_in_view_and_then_on_those_about_them(open_view: Open) -> None:
    text = "word " * 700
    marks = Marks(Shape(f"m{at:04}", "Claim", (Span(at, at + 4),), "claim") for at in range(0, 3500, 20))
    view = open_view()
    view.show_article(text, marks)
    (seen,) = view.page.visible()
    drawn = [number for number, line in enumerate(seen.marks.lines) if line.picture]
    assert drawn == list(range(seen.row.line_at(view.page.height - 1) + 1))
    view.page.laid.make_ready(seen.number)
    assert seen.marks.is_whole
    assert len(seen.marks.hits) == len(marks.all)
