"""Values in columns of JSON text."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.store.json_columns import dump, dump_contexts


def test_context_stops_at_the_ends_of_the_text():
    assert json.loads(dump_contexts("abcdef", [Span(2, 4)], 1)) == [["b", "e"]]
    assert json.loads(dump_contexts("abcdef", [Span(2, 4), Span(5, 6)])) == [["ab", "ef"], ["abcde", ""]]


@given(st.text(max_size=6))
def test_contexts_are_written_as_all_json_is(text):
    assert dump_contexts(text, [(1, 2)]) == dump([[text[:1], text[2:]]])
