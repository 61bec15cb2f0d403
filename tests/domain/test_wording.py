"""How two wordings of a claim differ."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.wording import Piece, difference, is_one_wording

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


def test_punctuation_stays_at_its_word_and_makes_no_difference():
    assert difference("the dam held", 'it "has held," in the U.S., the dam') == (
        Piece("new", 'it "has held," in the U.S.,'),
        Piece("same", "the dam"),
        Piece("gone", "held"),
    )
    assert difference("It held", "“it held.”") == (Piece("same", "“it held.”"),)


def test_sentences_with_little_in_common_are_no_two_wordings_of_one():
    assert is_one_wording(
        difference("Lowen got arms from Brenn", "Lowen may have got its arms from a firm in Brenn")
    )
    assert not is_one_wording(difference("Lowen got arms from Brenn", "we have never sold anything to Lowen"))


@given(SENTENCES, SENTENCES)
def test_each_wording_can_be_read_in_the_difference(old, new):
    pieces = difference(old, new)
    read = {
        without: " ".join(piece.words for piece in pieces if piece.fate != without)
        for without in ("gone", "new")
    }
    assert read["gone"] == " ".join(new.split())
    assert read["new"].casefold() == " ".join(old.split()).casefold()
