"""Words are found in every text, with what stands around them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.fold import Finder
from annotator.store import concordance as room
from annotator.store.concordance import Wanted, concordance
from annotator.store.store import Store
from tests.store.samples import TEXT, add_article


@pytest.fixture
def articles(store):
    return [
        add_article(store, TEXT, title="Bridge"),
        add_article(store, "The “Bridge” is open.\nA footbridge too. 🌉 мост\n", title="Harbour"),
        add_article(store, TEXT, title="Bridge again"),
    ]


def words(store, wanted):
    return [(place.number, place.words) for place in concordance(store, wanted).places]


def test_words_are_found_in_the_order_of_articles_and_texts(store, articles):
    found = concordance(store, Wanted(("bridge",)))
    assert [(place.number, place.words) for place in found.places] == [
        (1, "bridge"), (2, "Bridge"), (2, "bridge"), (3, "bridge"),
    ]  # fmt: skip
    assert found.is_whole
    first = found.places[0]
    assert first.left.endswith("said on Monday that the ")
    assert first.right.startswith(" had been closed.")
    assert (first.article, first.title) == (articles[0], "Bridge")


def test_options_narrow_what_is_found(store, articles):
    assert words(store, Wanted(("bridge",), whole_words=True)) == [
        (1, "bridge"),
        (2, "Bridge"),
        (3, "bridge"),
    ]
    assert words(store, Wanted(("Bridge",), exact=True)) == [(2, "Bridge")]
    assert words(store, Wanted((r"\w+bridge",), regex=True)) == [(2, "footbridge")]
    assert words(store, Wanted(('"bridge"',))) == [(2, "“Bridge”")]
    assert words(store, Wanted(("试验",))) == [(1, "试验"), (3, "试验")]
    assert words(store, Wanted(("",))) == []


def test_a_place_is_on_one_line_and_its_characters_are_those_of_the_text(store):
    add_article(store, "One 🌉\ntwo\nthree\n")
    (place,) = concordance(store, Wanted(("two",))).places
    assert (place.left, place.words, place.right) == ("One 🌉 ", "two", " three ")
    assert place.span == (6, 9)


def test_an_article_without_a_title_is_called_by_its_first_words(store):
    add_article(store, "The head of the\nagency spoke of the bridge. " * 4)
    (place, *_) = concordance(store, Wanted(("bridge",))).places
    assert place.title == "The head of the agency spoke of the bridge. The head of the…"


def test_a_wrong_expression_and_one_without_end_are_refused_with_a_sentence(store, monkeypatch):
    add_article(store, "a" * 40 + "!", title="Letters")
    with pytest.raises(UserError, match="search-regex"):
        concordance(store, Wanted(("(",), regex=True))
    monkeypatch.setattr(room, "PATIENCE_S", 0.01)
    with pytest.raises(UserError, match="search-too-slow") as refused:
        concordance(store, Wanted(("(a|a)*[b-z]",), regex=True))
    assert refused.value.details == {"title": "Letters"}


def test_a_long_list_says_that_there_is_more(store, articles, monkeypatch):
    monkeypatch.setattr(room, "MOST", 2)
    found = concordance(store, Wanted(("e",)))
    assert (len(found.places), found.is_whole) == (2, False)


def test_a_search_that_is_not_wanted_any_more_ends(store, monkeypatch):
    monkeypatch.setattr(room, "_TEXTS_AT_ONCE", 1)
    for number in range(5):
        add_article(store, f"bridge {number}")
    told = []
    found = concordance(store, Wanted(("bridge",)), lambda count: told.append(count) or count < 2)
    assert (told, len(found.places), found.is_whole) == ([1, 2], 2, False)


@settings(max_examples=settings().max_examples // 4)
@given(
    st.lists(st.sampled_from(["bridge ", "Bridge", "foot", "\n", "’s ", "мост "]), max_size=30).map("".join)
)
def test_every_place_is_one_the_find_bar_finds(text):
    store = Store.memory()
    add_article(store, text or " ")
    found = concordance(store, Wanted(("bridge",))).places
    assert [place.span for place in found] == Finder(text).find_all("bridge")
    store.close()
