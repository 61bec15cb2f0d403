"""A text on paper: no heading at the foot of a page, no single line of a paragraph above or below."""

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.layout.pages import paged, standing

BLOCKS = st.lists(st.tuples(st.booleans(), st.lists(st.integers(1, 12), min_size=1, max_size=7)))


def column(blocks):
    """Blocks given by the heights of their lines, below one another."""
    ends = iter(accumulate(height for _, heights in blocks for height in heights))
    return [
        (head, [(end - height, end) for height, end in zip(heights, ends, strict=False)])
        for head, heights in blocks
    ]


def on_pages(blocks, height):
    """The number of lines of each page."""
    lines = standing(column(blocks))
    return [sum(page.top <= line.top < page.bottom for line in lines) for page in paged(lines, height)]


def test_a_heading_goes_to_the_page_of_what_it_is_above():
    assert on_pages([(False, [1]), (False, [1]), (True, [1]), (False, [1])], 3) == [2, 2]


def test_headings_below_one_another_go_together():
    assert on_pages([(False, [1]), (True, [1]), (True, [1]), (False, [1])], 3) == [1, 3]


def test_no_first_and_no_last_line_of_a_paragraph_stands_alone():
    assert on_pages([(False, [1]), (False, [1]), (False, [1, 1, 1, 1])], 3) == [2, 2, 2]
    assert on_pages([(False, [1]), (False, [1, 1, 1, 1])], 4) == [3, 2]


def test_nothing_but_headings_fills_its_pages():
    assert on_pages([(True, [1])] * 5, 2) == [2, 2, 1]


def test_a_text_without_lines_has_no_page():
    assert paged([], 10) == []


@given(BLOCKS, st.integers(12, 40))
def test_every_line_stands_on_one_page_and_whole(blocks, height):
    lines = standing(column(blocks))
    pages = paged(lines, height)
    assert all(0 < page.bottom - page.top <= height for page in pages)
    assert all(before.bottom == after.top for before, after in pairwise(pages))
    ends = {page.bottom for page in pages}
    assert ends <= {line.bottom for line in lines}
    assert not lines or (pages[0].top, pages[-1].bottom) == (lines[0].top, lines[-1].bottom)
    for page in pages[:-1]:
        shown = [line for line in lines if page.top <= line.top < page.bottom]
        assert not shown[-1].keeps or all(line.keeps for line in shown)
