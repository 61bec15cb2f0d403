"""Lines that are decoded at once give what they give when each field is looked at."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.model import Article, Link, Mark, Mention, Proposition, Source
from annotator.formats.jsonl import _Line, to_line
from annotator.formats.jsonl_plain import plain
from tests.formats.records import any_record, small_project

OFTEN = (Source, Article, Mark, Proposition, Mention, Link)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)
NAMES = st.sampled_from(
    [
        "id",
        "type",
        "spans",
        "quotes",
        "attribution",
        "regions",
        "from",
        "to",
        "line",
        "extra",
        "origin_id",
        "x",
    ]
)


def by_fields(raw: bytes) -> object:
    return _Line(Path("in.jsonl"), 7, 0)._record_by_fields(raw)


def agrees(raw: bytes) -> bool:
    """Whether a line is plain; if so, it has to be the same record with values of the same types."""
    record = plain(raw, 7)
    if record is None:
        return False
    other = by_fields(raw)
    assert record == other
    assert repr(record) == repr(other)
    assert (record.line, record.path) == (other.line, other.path)
    return True


@given(any_record)
def test_what_the_program_writes_is_plain_where_nothing_is_unknown(record):
    if isinstance(record, OFTEN) and not record.extra:
        assert agrees(to_line(record))


@given(any_record, NAMES, VALUES, st.booleans())
def test_a_line_with_anything_in_it_is_the_same_record_or_not_plain(record, name, value, is_twice):
    line = json.loads(to_line(record))
    first = json.dumps(line, ensure_ascii=False).encode()
    if is_twice:
        agrees(first[:-1] + f",{json.dumps(name)}:{json.dumps(value)}}}".encode())
    else:
        agrees(json.dumps(line | {name: value}).encode())
    line.pop(name, None)
    agrees(json.dumps(line).encode())


@pytest.mark.parametrize(
    "change",
    [
        {"from": {}},
        {"from": {"mark": "a", "exhibit": "b"}},
        {"from": {"source": "a"}},
        {"to": {"mark": None}},
        {"id": ""},
        {"id": 1},
        {"unknown": 1},
        {"extra": {}},
        {"line": 3},
        {"inferred": 1},
        {"note": [[]] * 200},
    ],
)
def test_a_line_that_is_unusual_is_looked_at_field_by_field(change):
    [link] = [json.loads(to_line(record)) for record in small_project() if isinstance(record, Link)][:1]
    assert plain(json.dumps(link).encode(), 1)
    assert plain(json.dumps(link | change).encode(), 1) is None


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"type":"mark"', b"\xff", b'{"type":"source","id":"\xff"}'])
def test_what_is_no_line_is_left_to_whoever_can_say_why(raw):
    assert plain(raw, 1) is None
    with pytest.raises(UserError):
        by_fields(raw)
