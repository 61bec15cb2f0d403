from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.domain import spans
from annotator.domain.errors import UserError
from annotator.domain.paragraphs import line_bounds
from annotator.domain.quoting import brackets, pairs
from annotator.domain.spans import Span
from annotator.domain.trimming import balance, trim, widened

TEXT = st.text(
    st.sampled_from("ab S.,:;-\"'“”‘’«»[]()\n\u00a0\u2029\u200d\ufeffé\u0301漢。א😀🇺🇦👩5"),
    min_size=1,
    max_size=40,
)
PIECES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda p: (p[0], p[0] + p[1])), min_size=1
)


@st.composite
def text_and_span(draw):
    text = draw(TEXT)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


def characters(pieces):
    return {offset for start, end in pieces for offset in range(start, end)}


def at(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def trimmed(text, words):
    return spans.quotes(text, [trim(text, at(text, words))])[0]


@given(PIECES)
def test_normalised_pieces_are_in_order_apart_and_cover_the_same_characters(pieces):
    tidy = spans.normalise(pieces)
    assert characters(tidy) == characters(pieces)
    assert all(left.end < right.start for left, right in pairwise(tidy))
    assert spans.normalise(tidy) == tidy
    assert spans.hull(tidy) == Span(min(characters(pieces)), max(characters(pieces)) + 1)


@given(PIECES, st.tuples(st.integers(0, 30), st.integers(1, 8)))
def test_adding_and_cutting_do_what_they_say_to_each_character(pieces, other):
    piece = (other[0], other[0] + other[1])
    assert characters(spans.add_piece(pieces, piece)) == characters(pieces) | characters([piece])
    left = characters(pieces) - characters([piece])
    if left:
        assert characters(spans.cut(pieces, piece)) == left
    else:
        with pytest.raises(UserError, match="span-nothing-left"):
            spans.cut(pieces, piece)


@pytest.mark.parametrize("pieces", [[], [(3, 3)], [(1, 2), (9, 4)]])
def test_a_mark_without_characters_is_refused(pieces):
    with pytest.raises(UserError, match="span-empty"):
        spans.normalise(pieces)


def test_a_hole_in_the_middle_leaves_two_pieces():
    assert spans.cut([(5, 20)], (9, 12)) == (Span(5, 9), Span(12, 20))
    assert spans.gaps((Span(5, 9), Span(12, 20))) == (Span(9, 12),)


@given(st.tuples(st.integers(0, 9), st.integers(1, 9)), st.tuples(st.integers(0, 9), st.integers(1, 9)))
def test_two_spans_are_apart_or_nest_or_cross(first, second):
    a, b = (first[0], sum(first)), (second[0], sum(second))
    shared = characters([a]) & characters([b])
    assert spans.overlaps(a, b) == bool(shared)
    assert spans.contains(a, b) == (characters([b]) <= characters([a]))
    assert spans.crosses(a, b) == (bool(shared) and not spans.contains(a, b) and not spans.contains(b, a))


def test_an_end_moves_within_the_text_and_swallows_neighbours():
    pieces = (Span(2, 5), Span(8, 12))
    assert spans.move_end(pieces, 0, "end", 9, 20) == (Span(2, 12),)
    assert spans.move_end(pieces, 1, "end", 99, 20) == (Span(2, 5), Span(8, 20))
    assert spans.move_end(pieces, 1, "start", 10, 20) == (Span(2, 5), Span(10, 12))
    with pytest.raises(UserError, match="span-empty"):
        spans.move_end(pieces, 0, "start", 5, 20)


@pytest.mark.parametrize(
    ("text", "selected", "content"),
    [
        ("The pier burned.", "The pier burned.", "The pier burned"),
        ('"We sold nothing," he said.', '"We sold nothing,"', "We sold nothing"),
        ('"We sold nothing," he said.', '"We sold nothing', "We sold nothing"),
        ('It "has never sold engines."', 'It "has never sold engines."', 'It "has never sold engines."'),
        ('It "has never sold engines."', 'It "has never sold engines', 'It "has never sold engines."'),
        ('It "has never sold engines".', 'It "has never sold engines".', 'It "has never sold engines"'),
        ('He called it "absurd" and "based on rumour."', 'and "based on rumour."', 'and "based on rumour."'),
        ('The report was "absurd"', ' "absurd"', "absurd"),
        ('"I’m sure. He left.”', "He left.”", "He left"),
        ("They met [the] Kims twice", "the] Kims", "[the] Kims"),
        ("They met [the] Kims twice", "met [the", "met [the]"),
        ("They met [the] Kims twice", "the", "the"),
        (
            "A study by the Institute (NRI) says",
            "study by the Institute (NRI",
            "study by the Institute (NRI)",
        ),
        ("A study by the Institute (NRI) says", "NRI", "NRI"),
        ("It broke (he said [twice]) at night", "said [twice]) at", "(he said [twice]) at"),
        ("[Captain Ivan] Holm is no friend", "[Captain Ivan] Holm", "[Captain Ivan] Holm"),
        ("It was built in the U.S. He left", "built in the U.S.", "built in the U.S."),
        ("Plan B. He left", "Plan B.", "Plan B."),
        ("They chose plan B.", "plan B.", "plan B"),
        ("He waited ... and left", "He waited ...", "He waited ..."),
        ("the players' union", "the players'", "the players'"),
        ("Did it burn? No.", "Did it burn?", "Did it burn?"),
        ("渡轮沉没了。他说", "渡轮沉没了。", "渡轮沉没了"),
        ("“The quotation goes on\n“in the next one.”", "“The quotation goes on", "The quotation goes on"),
        ("a\u00a0pier\u2029 \u00a0", "pier\u2029 \u00a0", "pier"),
    ],
)
def test_only_the_content_is_kept(text, selected, content):
    assert trimmed(text, selected) == content


@pytest.mark.parametrize(
    ("text", "hole", "left"),
    [
        ("the dam, in the town of Brenn, was the cause", "in the town of Brenn", "the dam|was the cause"),
        (
            '"fogging" -- or spraying, as it is called -- hid it',
            "or spraying, as it is called",
            '"fogging"|hid it',
        ),
        ("the dam — a new one — broke", "a new one", "the dam|broke"),
        ("the Institute (NRI) says", "NRI", "the Institute|says"),
        ("an Institute (the NRI) says", "the", "an Institute (|NRI) says"),
        ("a well-known dam", "known", "a well-|dam"),
        ("it held, he said", "he said", "it held"),
    ],
)
def test_a_hole_takes_the_commas_and_dashes_beside_it_along(text, hole, left):
    kept = spans.cut([Span(0, len(text))], widened(text, at(text, hole)))
    assert "|".join(spans.quotes(text, kept)) == left


def test_a_selection_of_blanks_is_no_content():
    for shorten in (trim, balance):
        with pytest.raises(UserError, match="span-empty"):
            shorten("a \u00a0\n b", (1, 4))


@pytest.mark.parametrize("shorten", [trim, balance])
@given(case=text_and_span())
def test_no_pair_of_marks_or_brackets_is_ever_torn(shorten, case):
    text, span = case
    assume(text[span.start : span.end].strip())
    result = shorten(text, span)
    words = text[result.start : result.end]
    assert words == words.strip()
    assert words
    for offset in (result.start, result.end - 1):
        first, last = line_bounds(text, offset)
        found = pairs(text, first, last)
        for opening, closing in found + brackets(text, first, last, found):
            assert (result.start <= opening < result.end) == (result.start <= closing < result.end)


@given(text_and_span())
def test_content_trimmed_again_is_the_same(case):
    text, span = case
    assume(any(char.isalnum() for char in text[span.start : span.end]))
    once = trim(text, span)
    assert trim(text, once) == once
    letters = [offset for offset in range(*span) if text[offset].isalnum()]
    assert all(once.start <= offset < once.end for offset in letters)
