"""Sentences about what is open keep the words of a text as they are."""

from annotator.domain.checks import loose_ends
from annotator.domain.remarks import message
from tests.domain.test_checks import DONE, PEOPLE, facts, mark


def test_a_sentence_about_a_mark_that_quotes_is_read_without_doubled_marks() -> None:
    whole = facts([DONE, *PEOPLE, mark("m1", "denial", "works", quotes=["that “will not happen”"])])
    assert [message(one, whole) for one in loose_ends(whole)] == [
        "Denial M1 (A1) «that “will not happen”» does not say what it denies."
    ]
