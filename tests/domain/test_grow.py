from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.app.segment import NewsSegmenter
from annotator.domain.cues import CueWords
from annotator.domain.grow import grow, shrink, snap
from annotator.domain.paragraphs import line_bounds
from annotator.domain.quoting import pairs
from annotator.domain.spans import Span
from annotator.domain.trimming import strip

SEGMENTER = NewsSegmenter()
LATIN = [
    "He said ",
    "that ",
    "the pier, ",
    "burned. ",
    "[the] ",
    "-- ",
    "denied ",
    "U.S. ",
    "don’t ",
    "according to ",
    "(x) ",
    ": ",
    ".",
]
OTHERS = [*"\"“”'\n\u00a0\u2029", "e\u0301 ", "👩‍👩‍👧 ", "🇺🇦", "渡轮。", "אור "]
PARTS = st.lists(st.sampled_from(LATIN + OTHERS), min_size=1, max_size=20).map("".join)


def at(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def steps(text, offset, **options):
    chain = [Span(offset, offset)]
    while (larger := grow(text, chain[-1], SEGMENTER, **options)) != chain[-1]:
        chain.append(larger)
    return chain


def words_of_steps(text, words, **options):
    return [text[start:end] for start, end in steps(text, text.index(words), **options)[1:]]


def letters(text, span):
    return {offset for offset in range(*span) if text[offset].isalnum()}


def test_a_caret_grows_to_word_phrase_quotation_sentence_and_paragraph():
    text = '"We sold no boats, none at all," he said on Monday. "It is a lie."'
    assert words_of_steps(text, "sold") == [
        "sold",
        "We sold no boats",
        "We sold no boats, none at all",
        '"We sold no boats, none at all," he said on Monday.',
        text,
    ]


@pytest.mark.parametrize(
    ("text", "word", "content"),
    [
        ("The mayor told Radio 5 that the pier burned.", "pier", "the pier burned"),
        ("He insisted that could not be.", "could", "that could not be"),
        ('The yard said it "has never sold engines."', "it", 'it "has never sold engines."'),
        ("The port denied selling boats, and left.", "boats", "denied selling boats"),
        ("The pier burned, according to Ann Holm.", "pier", "The pier burned"),
        ("According to Ann Holm, the pier, a ruin, burned.", "pier", "the pier, a ruin, burned"),
        ("The pier, a ruin, burned, the mayor said.", "pier", "The pier, a ruin, burned"),
        ('"Russia met [the] Kims," he said.', "Russia", "Russia met [the] Kims"),
        ("Experts -- or those on hand -- agreed.", "those", "or those on hand"),
        ("'It's A Ministry Plot'", "Plot", "It's A Ministry Plot"),
    ],
)
def test_a_step_takes_the_content_and_nothing_but_the_content(text, word, content):
    assert content in words_of_steps(text, word)


def test_a_phrase_ends_at_commas_but_not_within_numbers():
    assert words_of_steps("Of 1,000 men, 27 left.", "men")[:2] == ["men", "Of 1,000 men"]


def test_without_cue_words_commas_and_marks_still_count():
    text = 'The yard, he said, was "a ruin."'
    assert words_of_steps(text, "yard", cues=CueWords("", {}))[:2] == ["yard", "The yard"]


def test_a_mark_in_pieces_grows_from_its_first_to_its_last():
    text = "The pier, a ruin, burned down at noon."
    larger = grow(text, [at(text, "pier"), at(text, "burned")], SEGMENTER)
    assert text[larger.start : larger.end] == "The pier, a ruin, burned down at noon"


def test_a_selection_over_two_paragraphs_grows_to_both():
    text = "The pier burned.\nNobody saw it."
    larger = grow(text, at(text, "burned.\nNobody"), SEGMENTER)
    assert larger == Span(0, len(text) - 1)
    whole = grow(text, larger, SEGMENTER)
    assert whole == Span(0, len(text))
    assert grow(text, whole, SEGMENTER) == whole


def test_a_caret_between_words_takes_the_next_and_at_the_end_the_last():
    text = "The pier  burned."
    assert grow(text, Span(9, 9), SEGMENTER) == at(text, "burned")
    assert grow(text, Span(len(text), len(text)), SEGMENTER) == at(text, "burned")


def test_nothing_grows_in_a_blank_paragraph():
    assert grow("a\n \u00a0\nb", Span(3, 3), SEGMENTER) == Span(3, 3)
    assert grow("", Span(0, 0), SEGMENTER) == Span(0, 0)


def test_a_word_shrinks_to_the_caret():
    text = "The pier burned."
    assert shrink(text, at(text, "pier"), 6, SEGMENTER) == Span(6, 6)


@given(PARTS, st.data())
def test_growing_gets_longer_until_the_paragraph_and_loses_no_letter(text, data):
    offset = data.draw(st.integers(0, len(text)))
    chain = steps(text, offset)
    first, last = line_bounds(text, offset)
    for smaller, larger in pairwise(chain):
        assert larger.end - larger.start > smaller.end - smaller.start
        assert letters(text, smaller) <= letters(text, larger)
        assert first <= larger.start < larger.end <= last
    assert letters(text, chain[-1]) == letters(text, (first, last))


@given(PARTS, st.data())
def test_shrinking_takes_the_steps_back(text, data):
    offset = data.draw(st.integers(0, len(text)))
    chain = steps(text, offset)
    for smaller, larger in pairwise(chain):
        assert shrink(text, larger, offset, SEGMENTER) == smaller


@pytest.mark.parametrize("text", ["北约[原文]说", "that 🇺🇦[the] "])
def test_a_selection_by_mouse_from_a_bracket_on_leaves_the_word_before_it(text):
    inserted = Span(text.index("["), text.index("]") + 1)
    assert snap(text, inserted, SEGMENTER) == inserted


@given(PARTS, st.data())
def test_a_selection_by_mouse_snaps_to_words_and_tears_no_pair(text, data):
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    snapped = snap(text, span, SEGMENTER)
    if not text[span.start : span.end].strip():
        assert snapped.start == snapped.end
        return
    assume(letters(text, span))
    assert letters(text, strip(text, span)) <= letters(text, snapped)
    boundaries = set(SEGMENTER.graphemes(text, 0, len(text)))
    assert set(snapped) <= boundaries
    assert snap(text, snapped, SEGMENTER) == snapped
    for offset in (snapped.start, snapped.end - 1):
        for opening, closing in pairs(text, *line_bounds(text, offset)):
            assert (snapped.start <= opening < snapped.end) == (snapped.start <= closing < snapped.end)


@pytest.mark.parametrize(
    ("text", "dragged", "snapped"),
    [
        ("The pier burned.", "ier bur", "pier burned"),
        ("The pier burned.", " pier ", "pier"),
        ("Russia met [the] Kims", "he] Ki", "[the] Kims"),
        ("Russia met [the] Kims", "h", "the"),
        ('"We sold none," he said.', '"We sol', "We sold"),
        ('It "has sold none."', 't "has', 'It "has sold none."'),
        ("in the U.S. Navy", "U.S", "U.S."),
        ("渡轮沉没了", "轮沉", "轮沉"),
    ],
)
def test_a_drag_takes_what_was_meant(text, dragged, snapped):
    start, end = snap(text, at(text, dragged), SEGMENTER)
    assert text[start:end] == snapped
