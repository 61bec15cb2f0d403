"""How two wordings of a claim differ."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.wording import Piece, difference

SENTENCES = st.lists(st.sampled_from(["the", "dam", "Dam", "was", "opened", "shut", ",", "not"])).map(
    " ".join
)


def test_words_that_came_and_went_stand_where_they_did():
    assert difference("The dam had been opened on purpose", "the dam was opened") == (
        Piece("same", "the dam"),
        Piece("gone", "had been"),
        Piece("new", "was"),
        Piece("same", "opened"),
        Piece("gone", "on purpose"),
    )


def test_a_wording_that_only_differs_in_case_is_the_same():
    assert difference("No gate", "no gate") == (Piece("same", "no gate"),)


@given(SENTENCES, SENTENCES)
def test_each_wording_can_be_read_in_the_difference(old, new):
    pieces = difference(old, new)
    read = {
        without: " ".join(piece.words for piece in pieces if piece.fate != without)
        for without in ("gone", "new")
    }
    assert read["gone"] == " ".join(new.split())
    assert read["new"].casefold() == " ".join(old.split()).casefold()
