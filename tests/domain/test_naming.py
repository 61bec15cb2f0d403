"""Names in running text that may be sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import naming
from annotator.domain.naming import is_name, names_called, names_in


def test_a_name_beside_a_cue_comes_first():
    text = "The port of Varna near Old Town was shut, but Ilena Doran said it was open."
    assert names_in(text)[0] == "Ilena Doran"


def test_a_word_that_only_begins_a_sentence_is_no_name():
    assert names_in("However, nobody answered. The weather was fine.") == []


def test_a_title_before_a_name_belongs_to_it_and_a_first_word_does_not():
    assert names_in("But National Harbour Council members met.") == ["National Harbour Council"]


def test_the_longest_form_of_a_name_stands_for_its_surname():
    assert names_in("Oleg Marin spoke. Later Marin left with Oleg.") == ["Oleg Marin"]


def test_initials_and_abbreviations_stay_whole():
    found = names_in("On Monday the U.N. council heard John F. Bale.")
    assert "U.N." in found
    assert "John F. Bale" in found


def test_a_possessive_ending_is_left_off():
    assert names_in("In Lowen's harbour nothing moved.") == ["Lowen"]


def test_capitals_of_a_headline_mean_nothing():
    assert names_in("Minister Rejects Report Of Open Gates") == []


def test_only_the_paragraph_around_the_place_is_read():
    assert names_in("Anna Bell waited.\nCarl Dorn left.", near=25) == ["Carl Dorn"]


def test_cyrillic_names_are_found():
    assert "Олена Мороз" in names_in("До порту вчора приїхала Олена Мороз.")


def test_a_place_in_capitals_at_the_head_of_a_report_is_not_named_twice():
    assert names_in("VARNA -- An anxious Varna has denied a report by the NRI.") == ["Varna", "NRI"]


@pytest.mark.parametrize("words", ["Jonas Lind", "the Institute for Strategic Studies", "J. K. Rowling"])
def test_capitalised_words_alone_are_a_name(words: str) -> None:
    assert is_name(words)


@pytest.mark.parametrize("words", ["", "Under", "The", "Leff lied", "the engines were old", "Marin, Oleg"])
def test_a_single_word_or_a_sentence_is_taken_for_no_name(words: str) -> None:
    assert not is_name(words)


LATER = "A paper quoted an expert.\n\nIts author, Michael Ortan, spoke.\n\nOrtan said no."


@pytest.mark.parametrize("typed", ["ort", "mich", "Michael O", "the ort"])
def test_a_name_that_is_given_later_is_found_in_full_by_a_few_letters(typed):
    assert "Michael Ortan" in names_called(LATER, typed, 0)


@pytest.mark.parametrize("typed", ["rtan", "expert", "x", " ", "("])
def test_what_begins_no_name_finds_none(typed):
    assert names_called(LATER, typed, 0) == []


def test_a_paragraph_with_many_fitting_names_is_read_once_at_a_key(monkeypatch):
    read = []
    monkeypatch.setattr(naming, "names_in", lambda words, near: read.append(words) or names_in(words, near))
    people = ", ".join(f"teacher {first}a B{second}n near us" for first in "KLMNOP" for second in "aeiou")
    assert names_called(people, "B", 0) == ["Ka Ban", "Ka Ben", "Ka Bin"]
    assert read == [people]


@given(st.lists(st.lists(st.sampled_from(["Mara", "Lind", "Berg", "MARA"]), min_size=1, max_size=3)))
def test_no_name_is_listed_that_another_one_begins_or_ends_with_or_is_in_capitals(people):
    names = dict.fromkeys(map(" ".join, people))
    shorter = {
        name
        for name in names
        for other in names
        if name != other
        and (
            other.startswith(f"{name} ")
            or other.endswith(f" {name}")
            or (name.isupper() and name.casefold() == other.casefold())
        )
    }
    text = "".join(f"they always met {name}, " for name in names)
    assert names_in(text) == [name for name in names if name not in shorter]
