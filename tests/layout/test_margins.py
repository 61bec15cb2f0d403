"""The rail, the curves, the columns and the overview bar have their places by arithmetic alone."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.layout.brackets import tracks
from annotator.layout.columns import GAP, columns
from annotator.layout.overview import blocks, window
from annotator.layout.rail import place_entries


@given(st.lists(st.integers(0, 300), max_size=12).map(sorted), st.integers(8, 20), st.integers(20, 300))
def test_rail_entries_keep_their_order_their_distance_and_to_their_row(
    wanted: list[int], pitch: int, height: int
) -> None:
    places = place_entries(wanted, pitch, height)
    tops = [place.top for place in places]
    assert all(after - before >= pitch for before, after in pairwise(tops))
    assert all(0 <= top <= max(0, height - pitch) for top in tops)
    assert [place.number for place in places] == list(range(len(places)))
    shown = sum(1 for place in places if not place.more)
    assert shown + sum(place.more for place in places) == len(wanted)


def test_rail_entries_stand_beside_their_line_where_there_is_room() -> None:
    assert [place.top for place in place_entries([20, 20, 90], 15, 120)] == [20, 35, 90]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted).map(tuple), max_size=12))
def test_curves_that_meet_have_tracks_of_their_own(extents: list[tuple[int, int]]) -> None:
    found = tracks(extents)
    for a in range(len(extents)):
        for b in range(a):
            apart = extents[a][1] < extents[b][0] or extents[b][1] < extents[a][0]
            assert apart or found[a] != found[b]


def test_the_shorter_curve_is_nearer_to_the_text() -> None:
    assert tracks([(0, 100), (40, 60)]) == [1, 0]


@given(st.integers(0, 4000), st.integers(200, 1200))
def test_columns_never_overlap(view: int, wanted: int) -> None:
    found = columns(view, wanted)
    assert found.left > 0
    assert found.rail == found.left + found.width + GAP
    assert found.width <= wanted
    if view >= 200:
        assert found.rail + found.rail_width <= view


def test_the_column_keeps_its_width_and_the_rail_its_words_beside_docks_on_a_small_screen() -> None:
    found = columns(820, 567)
    assert found.width == 567
    assert not found.chips


def test_the_rail_gives_way_before_the_column_does() -> None:
    found = columns(700, 567)
    assert found.width == 567
    assert found.chips


def test_a_wide_view_has_its_column_in_the_middle() -> None:
    found = columns(1600, 600)
    assert found.left == 500
    assert found.rail_width == 340


def test_the_words_of_the_rail_have_room_before_the_column_is_centred() -> None:
    found = columns(900, 600)
    assert found.rail_width == 200
    assert found.left < 150


@given(st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 50)), max_size=3), max_size=60))
def test_the_overview_stays_within_its_bar(density: list[list[tuple[str, int]]]) -> None:
    for block in blocks(density, 10, 90):
        assert 0 <= block.x < block.x + block.width <= 10
        assert 0 <= block.y < 90


def test_every_place_with_marks_is_seen_in_the_overview() -> None:
    density = [[("claim", 1000)], [], [("denial", 1)]]
    assert {(block.style, block.y) for block in blocks(density, 10, 30)} == {("claim", 0), ("denial", 20)}


def test_the_window_is_shown_even_when_it_is_tiny() -> None:
    assert window(0, 100, 100, 50) == (0, 50)
    assert window(999_000, 999_100, 1_000_000, 300) == (294, 6)
