import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.fold import Finder
from annotator.domain.spans import Span

WORDS = st.text(
    st.sampled_from("abßsSſiİéẹ\u0301\u0302Éσς жЖ漢글א'’\"”«\u00a0\u202f\n\u2029[]😀🇺🇦.*(\\"), max_size=12
)
WITHOUT_BRACKETS = WORDS.map(lambda text: text.replace("[", "").replace("]", ""))


def found(text, needle, **options):
    return [text[start:end] for start, end in Finder(text).find_all(needle, **options)]


@pytest.mark.parametrize(
    ("text", "needle", "match"),
    [
        ("the mayor’s men", "mayor's", "mayor’s"),
        ("the mayor's men", "mayor’s", "mayor's"),
        ("called “absurd”", '"absurd"', "“absurd”"),
        ("dit «oui»", '"oui"', "«oui»"),
        ("ПОРТ горит", "порт", "ПОРТ"),
        ("in der Straße", "STRASSE", "Straße"),
        ("in der STRASSE", "straße", "STRASSE"),
        ("in İstanbul today", "istanbul", "İstanbul"),
        ("the ﬁre", "fire", "ﬁre"),
        ("20\u00a0\u202fmen", "20 men", "20\u00a0\u202fmen"),
        ("a pier\n burned", "pier burned", "pier\n burned"),
        ("They met [the] Kims", "the kims", "[the] Kims"),
        ("[t]he Kims", "the", "[t]he"),
        ("met the [old] Kims", "the old kims", "the [old] Kims"),
        ("He speak[s] often", "speaks", "speak[s]"),
        ("We met [the] Kims", "the", "the"),
        ("cafe\u0301 noir", "caf\u00e9", "cafe\u0301"),
        ("caf\u00e9 noir", "cafe\u0301", "caf\u00e9"),
        ("CAFE\u0301", "caf\u00e9", "CAFE\u0301"),
        ("Vie\u0323\u0302t", "vi\u1ec7t", "Vie\u0323\u0302t"),
        ("Vi\u00ea\u0323t", "vi\u1ec7t", "Vi\u00ea\u0323t"),
        (unicodedata.normalize("NFD", "한국"), "한국", unicodedata.normalize("NFD", "한국")),
        ("ΟΔΟΣ", "οδος", "ΟΔΟΣ"),
        ("the govern\u00adment", "government", "govern\u00adment"),
        ("the government", "govern\u00adment", "government"),
        ("die Stras\u00adse", "straße", "Stras\u00adse"),
        ("קרב\u200f, [ב\u200fעיר]", "קרב, בעיר", "קרב\u200f, [ב\u200fעיר]"),
    ],
)
def test_other_spellings_of_the_same_words_are_found(text, needle, match):
    assert found(text, needle) == [match]


def test_a_letter_with_a_combining_mark_is_another_letter():
    assert found("cafe\u0301 and café", "cafe") == []
    assert found("cafe\u0301 and café", "caf") == ["caf", "caf"]


def test_brackets_that_are_asked_for_must_be_there():
    assert found("the Kims and [the] Kims", "[the] kims") == ["[the] Kims"]
    assert found("no [sic] here", "[") == ["["]


def test_exact_means_to_the_letter():
    assert found("Port port PORT", "port", exact=True) == ["port"]
    assert found("the mayor’s", "mayor's", exact=True) == []
    assert found("the] Kims [the] Kims", "the] K", exact=True) == ["the] K", "the] K"]


def test_whole_words_touch_no_letter():
    text = "import Port portly port's"
    assert Finder(text).find_all("port", whole_words=True) == [Span(7, 11), Span(19, 23)]
    assert Finder(text).find("port", 23, backwards=True, whole_words=True) == Span(19, 23)
    assert Finder(text).find("port", 16, backwards=True, whole_words=True) == Span(7, 11)


def test_a_soft_hyphen_ends_no_word():
    assert found("the govern\u00adment", "ment", whole_words=True) == []
    assert found("the govern\u00adment", "govern", whole_words=True) == []
    assert found("the govern\u00adment", "government", whole_words=True) == ["govern\u00adment"]


def test_a_regular_expression_is_taken_as_such():
    assert found("In 2015 and 2017", r"\b20\d\d$", regex=True) == ["2017"]
    assert found("Port port", "port", regex=True, exact=True) == ["port"]
    assert found("aaa", "b*", regex=True) == []


def test_a_faulty_regular_expression_is_told_with_its_place():
    with pytest.raises(UserError) as raised:
        Finder("text").count("po(rt", regex=True)
    assert raised.value.code == "search-regex"
    assert raised.value.details["at"] == 2


def test_searching_for_nothing_finds_nothing():
    finder = Finder("text")
    assert finder.find("") is None
    assert finder.find_all("") == []
    assert finder.count("") == 0


def test_no_more_matches_than_asked_for():
    assert len(Finder("a b a b a").find_all("a", 2)) == 2
    assert Finder("a b a b a").find_all("a", 0) == []
    assert Finder("a b a b a").count("a") == 3


def test_a_sharp_s_that_carries_an_accent_is_found_as_it_is_written():
    assert Finder("die Ma\u00df\u0301e").find_all("ma\u00df\u0301e") == [Span(4, 9)]


def test_a_match_far_back_is_found_backwards():
    text = "pier " + "x" * 50_000
    assert Finder(text).find("PIER", len(text), backwards=True) == Span(0, 4)
    assert Finder(text).find("PIER", 3, backwards=True) is None


@given(WORDS, WORDS, WORDS)
def test_words_are_found_where_they_stand(before, needle, after):
    text = f"{before}.{needle}.{after}"
    for options in ({}, {"exact": True}):
        spans = Finder(text).find_all(needle, **options)
        at = Finder(text).find(needle, len(before) + 1, **options)
        if needle and not (unicodedata.combining(needle[0])):
            assert at == Span(len(before) + 1, len(before) + 1 + len(needle)) or needle != needle.strip()
            assert spans
        assert all(span.end <= later.start for span, later in pairwise(spans))


@given(WITHOUT_BRACKETS.filter(lambda text: text.strip() and "ß\u0301" not in text and "ß\u0302" not in text))
def test_case_marks_and_composition_do_not_matter(needle):
    for other in (
        needle.upper(),
        unicodedata.normalize("NFD", needle),
        unicodedata.normalize("NFC", needle),
        needle.replace("'", "’").replace("«", '"'),
    ):
        assert Finder(f"x {other} y").find(needle.strip()) is not None


@given(WORDS, WORDS.filter(bool), st.integers(0, 40))
def test_searching_backwards_finds_the_last_match_before(text, needle, start):
    found = Finder(text).find(needle, start, backwards=True)
    if found:
        assert found.end <= start
        assert all(span.start <= found.start for span in Finder(text).find_all(needle) if span.end <= start)
    else:
        assert not [span for span in Finder(text).find_all(needle) if span.end <= start]
