"""A figure is seen whole where it fits, and otherwise so large that words can be read."""

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from annotator.domain.figure import Box, Figure
from annotator.domain.model import Ref
from annotator.ui.map.sight import Sight


def box(x, y):
    return Box(Ref("mark", f"{x}-{y}"), "mark", "claim", x, y, 100, 40, head="Ministry", text="words")


@pytest.fixture
def sight():
    made = Sight()
    made.room = QSizeF(400, 300)
    return made


def shown(sight, *boxes, width, height):
    """Let it show a figure; returns the room there is."""
    sight.figure = Figure(width, height, boxes)
    return QRectF(QPointF(), sight.room)


def test_a_small_figure_stands_in_the_middle_no_larger_than_usual(sight):
    only = box(0, 0)
    shown(sight, only, width=100, height=40)
    sight.begin_at(only, is_about=True)
    assert sight.scale == 1
    assert sight.rect_of(only).center() == QPointF(200, 150)


@pytest.mark.parametrize("is_about", [True, False])
def test_of_a_large_one_words_can_be_read_and_what_it_is_about_is_in_sight(sight, is_about):
    first, last = box(0, 0), box(2900, 1900)
    room = shown(sight, first, last, width=3000, height=2000)
    sight.begin_at(last, is_about=is_about)
    assert sight.scale == pytest.approx(0.8)
    assert room.contains(sight.rect_of(last if is_about else first))
    assert sight.seen.intersects(QRectF(2900, 1900, 100, 40)) is is_about


def test_what_is_revealed_comes_into_sight_and_what_is_there_stays(sight):
    first, last = box(0, 0), box(2900, 1900)
    room = shown(sight, first, last, width=3000, height=2000)
    sight.begin_at(first, is_about=False)
    sight.reveal(last)
    assert room.contains(sight.rect_of(last))
    before = sight.rect_of(last)
    sight.reveal(last)
    assert sight.rect_of(last) == before


def test_what_is_under_the_pointer_stays_there_when_it_is_made_larger(sight):
    only = box(0, 0)
    shown(sight, only, width=100, height=40)
    sight.fit()
    corner = sight.rect_of(only).bottomRight()
    sight.zoom(1.5, corner)
    assert sight.rect_of(only).bottomRight() == corner
    assert sight.rect_of(only).width() == 150


@pytest.mark.parametrize("at", [0, 120, 460])
def test_no_room_is_left_empty_while_a_part_of_the_figure_is_hidden(sight, at):
    about = box(700, at)
    shown(sight, about, width=800, height=500)
    sight.begin_at(about, is_about=True)
    top, bottom = sight.offset.y(), sight.offset.y() + 500 * sight.scale
    assert top >= 0 or bottom >= 300 - 16
    assert bottom <= 300 or top <= 16


def test_what_is_lower_than_the_room_stands_in_the_middle_of_it(sight):
    about = box(700, 0)
    shown(sight, about, width=800, height=100)
    sight.begin_at(about, is_about=True)
    assert sight.offset.y() == pytest.approx((300 - 80) / 2)
