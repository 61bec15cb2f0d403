"""Bars never cover one another, and their places depend on the marks alone."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.layout.lanes import MOST, ROOM, LineLanes, clip, order, row_lanes

LENGTH = 60


@st.composite
def shapes(draw: st.DrawFn) -> list[Shape]:
    found = []
    for number in range(draw(st.integers(0, 14))):
        cuts = sorted(draw(st.sets(st.integers(-20, LENGTH + 20), min_size=2, max_size=6)))
        pieces = tuple(Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
        found.append(Shape(f"m{number:02}", "Claim", pieces, "claim"))
    return found


def lanes(marks: list[Shape], *cuts: int) -> list[LineLanes]:
    """The lanes of a row of `LENGTH` characters that breaks into lines at some of them."""
    return row_lanes(sorted(marks, key=order), (0, *cuts, LENGTH)).lines


def named(line: LineLanes) -> list[tuple[str, int]]:
    return [(shape.id, lane) for shape, lane in line.shown]


def meet(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


@given(shapes(), st.integers(1, LENGTH - 1))
def test_on_a_line_bars_never_meet_and_none_hides_while_a_lane_is_free(marks: list[Shape], cut: int) -> None:
    inside = [mark for mark in sorted(marks, key=order) if clip(mark.spans, 0, LENGTH)]
    assert row_lanes(sorted(marks, key=order), (0, cut, LENGTH)).shapes == inside
    for line, (start, end) in zip(lanes(marks, cut), ((0, cut), (cut, LENGTH)), strict=True):
        hulls = {mark.id: Span(max(start, mark.hull.start), min(end, mark.hull.end)) for mark in inside}
        on_line = {name for name, hull in hulls.items() if hull.start < hull.end}
        shown = [(lane, hulls[name]) for name, lane in named(line)]
        for number, (lane, hull) in enumerate(shown):
            assert lane < MOST
            assert not any(lane == other and meet(hull, taken) for other, taken in shown[:number])
        hidden = on_line - {name for name, _ in named(line)}
        assert line.hidden == len(hidden)
        for name in hidden:
            assert {lane for lane, taken in shown if meet(hulls[name], taken)} == set(range(MOST))


@given(shapes(), st.integers(1, LENGTH - 1))
def test_marks_are_shown_in_the_order_of_the_text(marks: list[Shape], cut: int) -> None:
    for line in lanes(marks, cut):
        found = [shape for shape, _ in line.shown]
        assert found == sorted(found, key=order)


@given(shapes())
def test_a_line_grows_only_where_more_marks_meet_than_it_keeps_room_for(marks: list[Shape]) -> None:
    (line,) = lanes(marks)
    hulls = [mark.hull for mark in marks if clip(mark.spans, 0, LENGTH)]
    deepest = max((sum(hull.start <= at < hull.end for hull in hulls) for at in range(LENGTH)), default=0)
    assert line.is_deep == (deepest > ROOM)


def test_three_marks_stay_within_the_room_every_line_keeps() -> None:
    marks = [Shape(name, "Claim", (Span(0, LENGTH),), "claim") for name in "abc"]
    assert lanes(marks) == [LineLanes([(mark, lane) for lane, mark in enumerate(marks)])]


def test_pieces_of_one_mark_share_a_lane_and_keep_the_hole_free_for_the_connector() -> None:
    split = Shape("a", "Denial", (Span(0, 10), Span(30, 40)), "denial")
    inside = Shape("b", "Claim", (Span(15, 20),), "claim")
    assert named(lanes([inside, split])[0]) == [("a", 0), ("b", 1)]


def test_a_mark_left_alone_on_a_line_needs_no_deep_lane() -> None:
    crowd = [Shape(f"m{n}", "Claim", (Span(0, 20),), "claim") for n in range(7)]
    last = Shape("z", "Claim", (Span(10, 50),), "claim")
    first_line, next_line = lanes([*crowd, last], 20)
    assert (len(first_line.shown), first_line.hidden, first_line.is_deep) == (MOST, 3, True)
    assert next_line == LineLanes([(last, 0)])


def test_outer_marks_run_above_inner_ones() -> None:
    outer = Shape("z", "Denial", (Span(5, 50),), "denial")
    inner = Shape("a", "Claim", (Span(5, 20),), "claim")
    assert named(lanes([inner, outer])[0]) == [("z", 0), ("a", 1)]


def test_marks_without_a_piece_in_the_row_take_no_lane() -> None:
    around = Shape("a", "Claim", (Span(-9, -5), Span(LENGTH + 1, LENGTH + 5)), "claim")
    assert lanes([around]) == [LineLanes([])]
