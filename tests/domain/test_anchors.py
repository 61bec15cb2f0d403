"""Finding the words of a mark again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.anchors import check_quote, contexts, reanchor
from annotator.domain.errors import UserError
from annotator.domain.spans import Span

TEXT = "The mayor lied, they said. “The bridge is safe”, she said. They said no more; they said enough."


def at(quote: str, nth: int = 0, text: str = TEXT) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return Span(start, start + len(quote))


def test_context_stops_at_the_ends_of_the_text():
    assert json.loads(contexts("abcdef", [Span(2, 4)], 1)) == [["b", "e"]]
    assert json.loads(contexts("abcdef", [Span(2, 4), Span(5, 6)])) == [["ab", "ef"], ["abcde", ""]]


@given(st.text(max_size=6))
def test_contexts_are_written_as_all_json_is(text):
    pairs = [[text[:1], text[2:]]]
    assert contexts(text, [(1, 2)]) == json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))


def test_words_that_did_not_move_are_found_where_they_were():
    assert reanchor(TEXT, at("they said", 1), "they said") == at("they said", 1)


def test_words_that_moved_are_found_by_the_nearest_occurrence():
    old = at("they said", 1)
    assert reanchor(TEXT, Span(old.start - 3, old.end - 3), "they said") == at("they said", 1)


def test_words_that_moved_far_are_found_by_what_stands_around_them():
    old = at("they said", 1)
    moved = "they said it twice. they said it thrice. " * 3 + TEXT
    found = reanchor(moved, old, "they said", before="no more; ", after=" enough")
    assert found == at("they said enough", 0, moved)._replace(end=at("they said enough", 0, moved).start + 9)


def test_two_places_that_are_equally_good_are_not_guessed_between():
    text = "lie .... lie"
    assert reanchor(text, Span(5, 8), "lie") == Span(9, 12)
    text = "lie..lie..lie"
    assert reanchor(text, Span(2, 5), "lie") == Span(0, 3)
    assert reanchor("ab..ab", Span(2, 4), "ab") is None


def test_context_decides_between_two_places_at_the_same_distance():
    assert reanchor("ab..ab!", Span(2, 4), "ab", after="!?") == Span(4, 6)


def test_words_are_found_though_quotation_marks_dashes_and_blanks_changed():
    text = "He wrote: “no — never\u00a0again” and left."
    assert reanchor(text, Span(0, 5), '"no - never again"') == at("“no — never\u00a0again”", 0, text)


def test_words_are_found_though_the_accents_are_composed_otherwise():
    text = "un cafe\u0301 noir"
    assert reanchor(text, Span(0, 4), "caf\u00e9") == Span(3, 8)


def test_words_that_are_gone_or_out_of_reach_are_not_found():
    assert reanchor(TEXT, Span(0, 4), "nobody") is None
    assert reanchor("x" * 5000 + "lie", Span(0, 3), "lie", reach=100) is None
    assert reanchor(TEXT, Span(3, 3), "") is None


def test_a_quote_that_differs_is_refused_with_both_strings():
    check_quote(TEXT, Span(4, 9), "mayor")
    with pytest.raises(UserError) as caught:
        check_quote(TEXT, Span(4, 9), "judge")
    assert caught.value.code == "quote-differs"
    assert caught.value.details == {"start": 4, "end": 9, "quote": "judge", "found": "mayor"}


@given(st.text(max_size=60), st.text(min_size=1, max_size=8), st.text(max_size=60), st.integers(-9, 9))
def test_what_is_found_reads_like_the_quote(head, quote, tail, shift):
    text = head + quote + tail
    start = max(0, len(head) + shift)
    found = reanchor(text, Span(start, start + len(quote)), quote)
    if found is not None and quote in text[max(0, start - 2000) :]:
        assert text[found.start : found.end] == quote
