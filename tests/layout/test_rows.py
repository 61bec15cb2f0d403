"""Every character is in one row, every newline ends a paragraph, and no row cuts a character in two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.segment import NewsSegmenter
from annotator.domain.paragraphs import paragraphs
from annotator.layout.rows import LONGEST, PIECE, Rows, is_right_to_left
from annotator.ui.text.graphemes import grapheme_start

SEGMENTER = NewsSegmenter()
FAMILY = "👨\u200d👩\u200d👧"


def rows_of(text: str) -> Rows:
    return Rows(text, lambda whole, offset: grapheme_start(SEGMENTER, whole, offset))


def contents(text: str) -> list[str]:
    rows = rows_of(text)
    return [text[start:stop] for start, stop in zip(rows.starts, rows.stops, strict=True)]


@given(st.text(st.sampled_from("ab \n漢🚀"), max_size=60))
def test_short_paragraphs_are_the_lines_of_the_text(text: str) -> None:
    assert contents(text) == text.split("\n")


@given(st.text(st.sampled_from("ab\n"), min_size=1, max_size=40), st.data())
def test_an_offset_is_found_in_the_row_that_holds_it(text: str, data: st.DataObject) -> None:
    rows = rows_of(text)
    offset = data.draw(st.integers(0, len(text)))
    row = rows.at(offset)
    assert rows.starts[row] <= offset <= rows.stops[row]


@pytest.mark.parametrize("unit", ["word ", "漢", FAMILY, "e\u0301\u0302", "🇺🇦"])
def test_a_paragraph_too_long_is_cut_between_characters_a_reader_sees(unit: str) -> None:
    text = "x" + unit * (3 * LONGEST // len(unit))
    pieces = contents(text)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= PIECE for piece in pieces)
    boundaries = set(SEGMENTER.graphemes(text, 0, len(text)))
    assert set(rows_of(text).starts) <= boundaries


def test_a_long_paragraph_is_whole_until_it_is_too_long() -> None:
    words = "word " * (LONGEST // 5)
    assert len(contents(words)) == 1
    assert len(contents(words + "more")) == 3


@pytest.mark.parametrize(
    ("sentence", "end"), [("Boats were sold. ", ". "), ("他们否认了指控。", "。"), ("قالت الوزارة؟ ", "؟ ")]
)
def test_a_paragraph_too_long_is_cut_after_a_sentence_where_it_can_be(sentence: str, end: str) -> None:
    pieces = contents(sentence * (3 * LONGEST // len(sentence)))
    assert len(pieces) > 5
    assert all(piece.endswith(end) for piece in pieces)


def test_only_the_first_piece_of_a_paragraph_begins_one() -> None:
    text = "first\n" + "word " * (LONGEST // 2) + "\n\nlast"
    rows = rows_of(text)
    begun = [rows.starts[row] for row in range(len(rows)) if not rows.continues(row)]
    assert begun == [paragraph.start for paragraph in paragraphs(text)]


def test_going_by_paragraph_passes_over_empty_ones() -> None:
    text = "one\n\ntwo\n\nthree"
    rows = rows_of(text)
    two, three = text.index("two"), text.index("three")
    assert [rows.paragraph_after(0), rows.paragraph_after(two), rows.paragraph_after(three)] == [
        two,
        three,
        len(text),
    ]
    assert [rows.paragraph_before(at) for at in (three + 2, three, two)] == [three, two, 0]


def test_the_first_strong_character_decides_the_direction() -> None:
    assert is_right_to_left("27, قالت", 0, 8)
    assert not is_right_to_left("27, said قالت", 0, 13)
    assert not is_right_to_left("27", 0, 2)
