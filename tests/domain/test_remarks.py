"""Sentences about what is open keep the words of a text as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.checks import loose_ends
from annotator.domain.remarks import in_quotes, message
from tests.domain.test_checks import DONE, PEOPLE, facts, mark


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("we sold none", "“we sold none”"),
        ("that “will not happen”", "«that “will not happen”»"),
        ("that will not happen”", "«that will not happen”»"),
        ("the «Ostrel» said “no”", "‘the «Ostrel» said “no”’"),
        ("the «Ostrel» said “no”, and that’s it", "“the «Ostrel» said “no”, and that’s it”"),
        ('that "will not happen"', '“that "will not happen"”'),
        ("it's ‘not so’", "“it's ‘not so’”"),
    ],
)
def test_words_stand_in_quotation_marks_that_they_do_not_have_themselves(words: str, written: str) -> None:
    assert in_quotes(words) == written


@given(st.text(alphabet="a “”«»‘’\"'"))
def test_not_one_quoted_character_is_changed(words: str) -> None:
    assert in_quotes(words)[1:-1] == words


def test_a_sentence_about_a_mark_that_quotes_is_read_without_doubled_marks() -> None:
    whole = facts([DONE, *PEOPLE, mark("m1", "denial", "works", quotes=["that “will not happen”"])])
    assert [message(one, whole) for one in loose_ends(whole)] == [
        "Denial M1 (A1) «that “will not happen”» does not say what it denies."
    ]
