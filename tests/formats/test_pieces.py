"""What is put aside of many files piece by piece is there as a whole, in any order and of any length."""

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import pieces
from annotator.formats.pieces import Pieces

FILES = 5
NUMBERS = st.tuples(*[st.integers(0, 2**32 - 1)] * 2)
ADDED = st.lists(st.tuples(st.integers(0, FILES - 1), st.text("a\u00e9\U0001f600\0"), NUMBERS, st.booleans()))


@given(ADDED, st.integers(0, 99), st.integers(24, 50))
def test_a_file_is_all_that_was_added_to_it_and_has_the_numbers_added_last(added, together, near):
    texts, numbers = [""] * FILES, [(0, 0)] * FILES
    with pytest.MonkeyPatch.context() as patch, closing(Pieces(2)) as found:
        patch.setattr(pieces, "_TOGETHER", together)
        patch.setattr(pieces, "_NEAR", near)
        assert [found.begin() for _ in range(FILES)] == [*range(FILES)]
        for file, text, last, is_asked in added:
            found.add(file, text, last)
            texts[file] += text
            numbers[file] = last
            if is_asked:
                assert found.whole(file).decode() == texts[file]
        assert [found.whole(file).decode() for file in range(FILES)] == texts
        assert [found.numbers(file) for file in range(FILES)] == numbers
