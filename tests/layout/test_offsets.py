"""Offsets count code points, Qt's positions count UTF-16 units; neither is ever off."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.layout.offsets import QtOffsets, qt_offsets

PIECES = [
    "a",
    " ",
    "é",
    "e\u0301",
    "д",
    "ع",
    "ל",
    "漢",
    "\u00a0",
    "\u2029",
    "🚀",
    "🇺🇦",
    "👨\u200d👩\u200d👧",
    "👍🏽",
    "⚠️",
    "𐤀",
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts)
def test_every_offset_comes_back_from_its_position(text: str) -> None:
    table = QtOffsets(text)
    assert [table.to_text(table.to_qt(offset)) for offset in range(len(text) + 1)] == list(
        range(len(text) + 1)
    )


@given(texts)
def test_a_position_counts_the_units_before_it(text: str) -> None:
    table = QtOffsets(text)
    assert [table.to_qt(offset) for offset in range(len(text) + 1)] == [
        units(text[:offset]) for offset in range(len(text) + 1)
    ]


@given(texts)
def test_every_position_belongs_to_the_character_it_is_a_unit_of(text: str) -> None:
    table = QtOffsets(text)
    owners = [offset for offset, char in enumerate(text) for _ in range(units(char))]
    assert [table.to_text(position) for position in range(units(text))] == owners


def test_rows_without_wide_characters_keep_no_table() -> None:
    assert qt_offsets("plain") is None
    assert qt_offsets("д漢é") is None
    assert qt_offsets("a🚀") is not None
