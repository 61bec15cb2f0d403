"""What is found out of a text before it is stored is what the store would find out itself."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.copies import LONGEST, sketch
from annotator.domain.errors import UserError
from annotator.domain.prepared import Prepared, prepared, sketched
from annotator.domain.text import normalise_text, text_sha256


@given(st.text(st.characters() | st.sampled_from("\r\n\ufeff\x01\ud800")))
def test_a_text_is_prepared_as_it_will_be_stored_or_not_at_all(text):
    try:
        stored, _ = normalise_text(text)
    except UserError:
        assert prepared(text) is None
        return
    whole = Prepared(text_sha256(stored), sketch(stored))
    assert prepared(text) == (whole if stored == text else None)
    assert prepared(stored) == whole


def test_a_text_too_long_to_be_compared_has_no_sketch():
    assert sketched("a b " * (LONGEST // 4)) != ()
    assert sketched("a b " * (LONGEST // 4) + ".") == ()
