"""Paragraphs as rules read them: whatever blanks a text has, and however long it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import blotting
from annotator.domain.blotting import BLOT, Sentences
from annotator.domain.proposing import rule_book
from annotator.domain.spans import Span
from tests.domain.proposals import proposed

SAID = "Lene Abbot, the mayor of the town, said on Monday that fog came over the old harbour."


@pytest.mark.parametrize("gap", [" " * 2, "\t\t", "\u00a0 ", " " * 40])
def test_columns_of_plain_text_are_proposed_as_the_same_words_would_be(gap):
    wide = SAID.replace(" ", gap)
    (narrow,), (found,) = proposed(SAID), proposed(wide)
    assert found.rule is narrow.rule
    for name in ("spans", "cue", "mention"):
        pieces = [SAID[one.start : one.end].replace(" ", gap) for one in getattr(narrow, name)]
        assert [wide[one.start : one.end] for one in getattr(found, name)] == pieces


@pytest.mark.parametrize(
    "who", ["Lene Abbot, the mayor of the town,", "The harbour authority", "Officials of the town"]
)
def test_whoever_speaks_in_columns_is_called_as_in_other_texts(who):
    text = f"{who} said on Monday that fog came over the old harbour."
    (narrow,), (found,) = proposed(text), proposed(text.replace(" ", "   "))
    assert found.source == narrow.source


def test_what_a_denial_is_told_by_may_stand_in_columns():
    text = "It  was    never  there,     said   Lene   Abbot."
    assert [one.rule.label for one in proposed(text)] == [
        one.rule.label for one in proposed(" ".join(text.split()))
    ]


@given(text=st.text(alphabet='ab .,!?"“”|\t\u00a0', max_size=80), before=st.integers(0, 5))
def test_every_word_that_is_read_is_found_again_in_the_text(text, before):
    whole = "x" * before + text
    sentences = Sentences(whole, Span(before, len(whole)), rule_book().endings)
    places = [sentences.in_text(at, at + 1) for at in range(len(sentences.words))]
    assert all(one.end == one.start + 1 for one in places)
    assert [one.start for one in places] == sorted({one.start for one in places})
    for read, place in zip(sentences.words, places, strict=True):
        assert read in (whole[place.start], BLOT, ",", "/")
    skipped = set(range(before, len(whole))) - {one.start for one in places}
    assert all(whole[at].isspace() for at in skipped)


def test_the_end_of_a_sentence_is_judged_by_the_words_beside_it(monkeypatch):
    looked = []

    class Pattern:
        def search(self, words: str, start: int, end: int) -> re.Match[str] | None:
            looked.append(end - start)
            return re.compile(r"(\w+)\Z").search(words, start, end)

    monkeypatch.setattr(blotting, "_WORD_BEFORE", Pattern())
    proposed("Sven Ode spoke. " * 500)
    assert len(looked) == 500
    assert max(looked) <= 100


@pytest.mark.parametrize("stops", [".", "!?", "…"])
def test_a_row_of_stops_as_long_as_a_paragraph_is_read_once(stops):
    """Tried from each of them on, it would take minutes."""
    text = f"Lene Abbot left. Page {stops * 45_000}x."
    sentences = Sentences(text, Span(0, len(text)), rule_book().endings)
    assert [text[slice(*sentences.in_text(*one))] for one in sentences.spans()] == ["Lene Abbot left"]
