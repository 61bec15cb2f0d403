"""A sieve only makes finding fast: what is found is the same."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain import sieve
from annotator.domain.fold import Finder, _PatternSearch
from annotator.domain.sieve import PIECE, Sieve

LETTERS = "abßsSſiıİéẹ\u0301\u0302\u0307Éσς жЖ漢글א'’\"”«\u00a0\u00ad\u200f\n[]ﬁfŉnᾳα😀"


def made(text):
    found = Sieve(text)
    while not found.is_whole:
        found.make_on()
    return found


@given(
    parts=st.lists(st.text(LETTERS, max_size=12), max_size=6),
    other=st.text(LETTERS, min_size=1, max_size=8),
    is_there=st.booleans(),
    start=st.integers(0, 40),
    whole=st.booleans(),
)
@example(parts=["İ\u0307S"], other="iS", is_there=False, start=0, whole=False)
@example(parts=["x" * 20, "aśs"], other="aß\u0301", is_there=False, start=0, whole=False)
@example(
    parts=["Strike", "the [dr", "]one \n\n\n\n\n\n x"], other="drone x", is_there=False, start=0, whole=False
)
def test_with_a_sieve_the_same_is_found(parts, other, is_there, start, whole):
    text = (other.swapcase() if is_there else " ").join(parts)
    with pytest.MonkeyPatch.context() as patch:
        for name, small in (("PIECE", 8), ("REACH", 100), ("MOST_BLANKS", 4)):
            patch.setattr(sieve, name, small)
        sieved = Finder(text, made(text)).find(other, start, whole_words=whole)
    assert sieved == Finder(text).find(other, start, whole_words=whole)


def test_a_sieve_that_is_half_made_leaves_the_rest_to_be_searched():
    text = "a" * PIECE + "b" * PIECE + "The Port"
    half = Sieve(text)
    half.make_on()
    assert list(half.parts("port", 0)) == [(PIECE, len(text))]
    assert Finder(text, half).find("port").start == len(text) - 4


def test_words_at_the_end_of_a_long_text_are_found_without_searching_all_of_it(monkeypatch):
    text = "Officials said so. " * 40_000 + "The “Port” of\nOdesa burned."
    searched = []
    real = _PatternSearch.matches
    monkeypatch.setattr(
        _PatternSearch, "matches", lambda *args: searched.append(args[2] - args[1]) or real(*args)
    )
    assert Finder(text, made(text)).find('the "port" OF odesa').end == len(text) - 8
    assert sum(searched) < 2 * PIECE
