"""How much two texts have in common."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.copies import NEAR, Comparing, near, resemblance, samples, shingles

WORDS = st.lists(st.sampled_from(["port", "bridge", "sea", "wind", "ship", "crew", "fog"]), max_size=30).map(
    " ".join
)


@given(WORDS, WORDS)
def test_resemblance_is_mutual_and_between_nothing_and_all(first, second):
    assert resemblance(first, second) == resemblance(second, first)
    assert 0 <= resemblance(first, second) <= 1


@given(WORDS)
def test_a_text_resembles_itself_wholly_unless_it_has_no_words(text):
    assert resemblance(text, text.upper()) == (1.0 if text.split() else 0.0)


def test_half_of_the_runs_of_five_words():
    first = "a b c d e f"
    assert len(shingles(first)) == 2
    assert resemblance(first, "a b c d e x") == 1 / 3


def test_a_long_text_is_read_in_stretches_and_loses_no_run_of_words():
    words = [f"Word{n}" for n in range(8000)]
    runs = [tuple(word.casefold() for word in words[at : at + 5]) for at in range(len(words) - 4)]
    assert shingles(" ".join(words)) == frozenset(runs)
    comparing = Comparing[str]()
    assert len(list(comparing.add("a", " ".join(words)))) > 1


@given(WORDS, st.integers(1, 20))
def test_samples_are_runs_of_the_text(text, count):
    found = samples(text, count)
    assert len(found) <= count
    assert all(run in text for run in found)


def test_each_text_is_told_what_it_is_near_to() -> None:
    report = " ".join(f"word{n}" for n in range(60))
    texts = {
        "b": report,
        "a": f"{report} and more",
        "c": f"Update {report}",
        "d": "something else entirely here",
    }
    assert near(texts) == {one: frozenset("abc") - {one} for one in "abc"}
    assert near({}) == {}


@given(st.dictionaries(st.sampled_from("abcdef"), WORDS), st.sets(st.sampled_from("abcdef")))
def test_whether_two_texts_are_near_depends_on_no_third(texts, some):
    found = near(texts)
    assert found == {
        one: others
        for one in texts
        if (others := {two for two in texts if two != one and resemblance(texts[one], texts[two]) >= NEAR})
    }
    fewer = near({one: text for one, text in texts.items() if one in some})
    assert fewer == {one: found[one] & some for one in some & found.keys() if found[one] & some}
