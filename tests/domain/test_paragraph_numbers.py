"""Paragraphs are numbered as a reader counts them, however they are asked for."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.paragraphs import ParagraphNumbers, paragraphs


@given(st.text(st.sampled_from("ab \n\u00a0漢"), max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_the_number_of_a_place_does_not_depend_on_what_was_asked_before(text, offsets):
    numbers = ParagraphNumbers(text)
    written = [span for span in paragraphs(text) if text[span.start : span.end].strip()]
    for offset in offsets:
        assert numbers.number_at(offset) == sum(span.start <= offset for span in written)
    assert len(numbers) == len(written)
