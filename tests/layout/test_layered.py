"""The layered drawing: nothing overlaps, lines begin and end at their nodes, order depends on input alone."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from annotator.layout.layered import Layered, Size, layered

NODES = st.dictionaries(
    st.integers(0, 15),
    st.builds(Size, st.floats(10, 200), st.floats(10, 80)),
    max_size=16,
)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[int, Size], list[tuple[int, int]]]:
    sizes = draw(NODES)
    names = st.sampled_from(sorted(sizes)) if sizes else st.nothing()
    edges = draw(st.lists(st.tuples(names, names), max_size=30)) if sizes else []
    return sizes, [edge for edge in edges if edge[0] != edge[1]]


def laid(graph: tuple[dict[int, Size], list[tuple[int, int]]]) -> Layered[int]:
    return layered(*graph)


@given(graphs())
def test_nodes_never_overlap_and_all_lie_within_the_drawing(
    graph: tuple[dict[int, Size], list[tuple[int, int]]],
) -> None:
    sizes, _ = graph
    found = laid(graph)
    assert found.corners.keys() == found.sizes.keys() == sizes.keys()
    assert all(found.sizes[key].height >= size.height for key, size in sizes.items())
    sizes = found.sizes
    for key, corner in found.corners.items():
        assert corner.x >= -1e-6
        assert corner.y >= -1e-6
        assert corner.x + sizes[key].width <= found.width + 1e-6
        assert corner.y + sizes[key].height <= found.height + 1e-6
    for one, other in combinations(sizes, 2):
        a, b = found.corners[one], found.corners[other]
        beside = a.x + sizes[one].width <= b.x + 1e-6 or b.x + sizes[other].width <= a.x + 1e-6
        below = a.y + sizes[one].height <= b.y + 1e-6 or b.y + sizes[other].height <= a.y + 1e-6
        assert beside or below


@given(graphs())
def test_lines_begin_at_the_one_node_and_end_at_the_other(
    graph: tuple[dict[int, Size], list[tuple[int, int]]],
) -> None:
    sizes, edges = graph
    found = laid(graph)
    assert len(found.routes) == len(edges)
    sizes = found.sizes
    for (start, end), route in zip(edges, found.routes, strict=True):
        for key, point in ((start, route[0]), (end, route[-1])):
            corner = found.corners[key]
            across = min(abs(point.x - corner.x), abs(point.x - corner.x - sizes[key].width))
            assert across < 1e-6
            assert corner.y - 1e-6 <= point.y <= corner.y + sizes[key].height + 1e-6
    assert laid(graph) == found


def test_without_circles_every_line_runs_from_left_to_right_and_few_cross() -> None:
    sizes = {name: Size(40, 20) for name in ("a", "b", "c", "d", "x", "y")}
    edges = [("a", "y"), ("b", "x"), ("c", "y"), ("d", "x")]
    found = layered(sizes, edges)
    assert all(route[0].x < route[-1].x for route in found.routes)
    ends = sorted((route[0].y, route[-1].y) for route in found.routes)
    assert [end for _, end in ends] == sorted(end for _, end in ends)


def test_a_circle_is_opened_and_drawn_all_the_same() -> None:
    sizes = {name: Size(40, 20) for name in "abc"}
    found = layered(sizes, [("a", "b"), ("b", "c"), ("c", "a")])
    assert [route[0].x < route[-1].x for route in found.routes] == [True, True, False]
    assert layered({}, []).corners == {}
