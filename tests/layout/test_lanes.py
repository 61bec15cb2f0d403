"""Bars never cover one another, and their places depend on the marks alone."""

import random

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.layout.lanes import MOST, ROOM, Lane, clip, line_lanes, row_lanes
from annotator.layout.marks import Shape

LENGTH = 60


@st.composite
def shapes(draw: st.DrawFn) -> list[Shape]:
    found = []
    for number in range(draw(st.integers(0, 14))):
        cuts = sorted(draw(st.sets(st.integers(-20, LENGTH + 20), min_size=2, max_size=6)))
        pieces = tuple(Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
        found.append(Shape(f"m{number:02}", "Claim", pieces, "claim"))
    return found


def meet(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


@given(shapes())
def test_marks_that_meet_are_never_in_one_lane(marks: list[Shape]) -> None:
    lanes = row_lanes(marks, 0, LENGTH)
    assert {lane.shape.id for lane in lanes} == {m.id for m in marks if clip(m.spans, 0, LENGTH)}
    for a in lanes:
        for b in lanes:
            assert a is b or a.lane != b.lane or a.lane == ROOM or not meet(a.hull, b.hull)


@given(shapes(), st.randoms(use_true_random=False))
def test_lanes_do_not_depend_on_the_order_marks_come_in(marks: list[Shape], shuffled: random.Random) -> None:
    other = list(marks)
    shuffled.shuffle(other)
    assert row_lanes(marks, 0, LENGTH) == row_lanes(other, 0, LENGTH)


@given(shapes())
def test_no_more_lanes_are_used_than_marks_meet_at_one_place(marks: list[Shape]) -> None:
    lanes = row_lanes(marks, 0, LENGTH)
    deepest = max(
        (sum(lane.hull.start <= at < lane.hull.end for lane in lanes) for at in range(LENGTH)), default=0
    )
    assert max((lane.lane + 1 for lane in lanes), default=0) == min(deepest, ROOM + 1)


@given(shapes(), st.integers(1, LENGTH - 1))
def test_on_a_line_bars_never_meet_and_none_hides_while_a_lane_is_free(marks: list[Shape], cut: int) -> None:
    lanes = row_lanes(marks, 0, LENGTH)
    for start, end in ((0, cut), (cut, LENGTH)):
        on_line = [lane for lane in lanes if meet(lane.hull, Span(start, end))]
        places = line_lanes(on_line, start, end)
        shown = [(place, lane.hull) for place, lane in zip(places, on_line, strict=True) if place is not None]
        for number, (place, hull) in enumerate(shown):
            assert place < MOST
            assert not any(place == other and meet(hull, taken) for other, taken in shown[:number])
        for place, lane in zip(places, on_line, strict=True):
            if place is None:
                inside = Span(max(start, lane.hull.start), min(end, lane.hull.end))
                assert {other for other, taken in shown if meet(inside, taken)} == set(range(MOST))


def test_three_marks_stay_within_the_room_every_line_keeps() -> None:
    marks = [Shape(name, "Claim", (Span(0, LENGTH),), "claim") for name in "abc"]
    lanes = row_lanes(marks, 0, LENGTH)
    assert [lane.lane for lane in lanes] == [0, 1, 2]
    assert max(lane.lane for lane in lanes) < ROOM


def test_pieces_of_one_mark_share_a_lane_and_keep_the_hole_free_for_the_connector() -> None:
    split = Shape("a", "Denial", (Span(0, 10), Span(30, 40)), "denial")
    inside = Shape("b", "Claim", (Span(15, 20),), "claim")
    assert [(lane.shape.id, lane.lane) for lane in row_lanes([inside, split], 0, LENGTH)] == [
        ("a", 0),
        ("b", 1),
    ]


def test_a_mark_left_alone_on_a_line_needs_no_deep_lane() -> None:
    crowd = [Shape(f"m{n}", "Claim", (Span(0, 20),), "claim") for n in range(7)]
    last = Shape("z", "Claim", (Span(10, 50),), "claim")
    deep = [lane for lane in row_lanes([*crowd, last], 0, LENGTH) if lane.shape.id == "z"]
    assert deep[0].lane == ROOM
    assert line_lanes(deep, 20, LENGTH) == [0]


def test_outer_marks_run_above_inner_ones() -> None:
    outer = Shape("z", "Denial", (Span(5, 50),), "denial")
    inner = Shape("a", "Claim", (Span(5, 20),), "claim")
    assert [lane.shape.id for lane in row_lanes([inner, outer], 0, LENGTH)] == ["z", "a"]


def test_marks_without_a_piece_in_the_row_take_no_lane() -> None:
    around = Shape("a", "Claim", (Span(-9, -5), Span(LENGTH + 1, LENGTH + 5)), "claim")
    lanes: list[Lane] = row_lanes([around], 0, LENGTH)
    assert lanes == []
