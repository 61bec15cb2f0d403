"""Walking through a figure by arrows: along lines across, through the column up and down."""

from annotator.domain.figure import Box, Figure, Point, Stroke
from annotator.domain.model import Ref
from annotator.layout.walking import beside, joined


def box(name: str, x: float, y: float) -> Box:
    return Box(Ref("mark", name), "mark", "claim", x, y, 40, 20, name, "")


def line(origin: str, target: str) -> Stroke:
    return Stroke((Point(0, 0), Point(1, 1)), "supports", Ref("mark", origin), Ref("mark", target))


FIGURE = Figure(
    200,
    100,
    (box("a", 0, 0), box("b", 0, 40), box("near", 100, 0), box("far", 100, 40), box("lone", 100, 80)),
    (line("a", "far"), line("b", "far"), line("b", "lone"), line("far", "a")),
)


def step(name: str, across: int, down: int) -> str | None:
    found = beside(FIGURE, Ref("mark", name), across, down)
    return found and found.id


def test_across_a_box_at_the_end_of_a_line_goes_before_a_nearer_one() -> None:
    assert step("a", 1, 0) == "far"
    assert step("far", -1, 0) == "b"
    assert step("near", -1, 0) == "a"


def test_up_and_down_go_through_the_column_and_stop_at_its_ends() -> None:
    assert [step("near", 0, 1), step("far", 0, 1), step("lone", 0, 1)] == ["far", "lone", None]
    assert [step("b", 0, -1), step("a", 0, -1), step("a", -1, 0)] == ["a", None, None]


def test_every_other_end_of_its_lines_is_told_once() -> None:
    assert [ref.id for ref in joined(FIGURE, Ref("mark", "far"))] == ["a", "b"]
    assert joined(FIGURE, Ref("mark", "near")) == ()
