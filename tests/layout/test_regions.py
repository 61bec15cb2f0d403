"""Regions as they stand beside the text."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.layout.regions import ShownRegions

_SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 30))


def test_a_region_inside_another_stands_one_step_farther_in() -> None:
    letter, headline, caption = Span(0, 100), Span(0, 20), Span(120, 140)
    regions = ShownRegions([("Headline", headline), ("Caption", caption), ("Letter", letter)])
    assert [(one.name, one.depth) for one in regions.all] == [("Letter", 0), ("Headline", 1), ("Caption", 0)]


def test_the_blank_line_inside_a_region_is_held_and_the_one_before_it_is_not() -> None:
    regions = ShownRegions([("Letter", Span(10, 30))])
    assert [one.name for one in regions.touching(20, 20)] == ["Letter"]
    assert list(regions.touching(10, 10)) == []
    assert list(regions.touching(30, 30)) == []


@given(st.lists(_SPANS, max_size=12), st.integers(0, 90), st.integers(1, 20))
def test_all_regions_that_hold_a_character_of_a_row_are_found(
    spans: list[Span], start: int, length: int
) -> None:
    stop = start + length
    found = ShownRegions((str(span), span) for span in spans).touching(start, stop)
    wanted = [span for span in spans if span.start < stop and span.end > start]
    assert sorted(one.span for one in found) == sorted(wanted)
