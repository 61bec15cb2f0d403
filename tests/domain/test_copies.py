"""How much two texts have in common."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.copies import groups, resemblance, samples, shingles

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


@given(WORDS, st.integers(1, 20))
def test_samples_are_runs_of_the_text(text, count):
    found = samples(text, count)
    assert len(found) <= count
    assert all(run in text for run in found)


def test_texts_are_grouped_with_what_they_are_near_to_under_the_smallest_name() -> None:
    report = " ".join(f"word{n}" for n in range(60))
    texts = {
        "b": report,
        "a": f"{report} and more",
        "c": f"Update {report}",
        "d": "something else entirely here",
    }
    assert groups(texts) == {"a": "a", "b": "a", "c": "a"}
    assert groups({}) == {}
