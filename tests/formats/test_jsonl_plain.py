"""Lines that are decoded at once give what they give when each field is looked at."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.model import Article, Link, Mark, Mention, Proposition, Source
from annotator.domain.runs import in_runs
from annotator.formats import jsonl
from annotator.formats.jsonl import FORMAT, _Line, to_line
from annotator.formats.jsonl_plain import plain
from annotator.formats.nesting import depth
from tests.formats.records import any_record, often, small_project

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


def alone(raw: bytes) -> object:
    """The record of a line that is plain."""
    for run in plain(raw, 7) or ():
        [record] = run
        return record
    return None


def by_fields(raw: bytes) -> object:
    return _Line(Path("in.jsonl"), 7, 0)._record_by_fields(raw)


def agrees(raw: bytes) -> bool:
    """Whether a line is plain; if so, it has to be the same record with values of the same types."""
    record = alone(raw)
    if record is None:
        return False
    other = by_fields(raw)
    assert record == other
    assert repr(record) == repr(other)
    assert (record.line, record.path) == (other.line, other.path)
    return True


@given(any_record)
def test_what_the_program_writes_is_plain_where_nothing_is_unknown_or_nested(record):
    if isinstance(record, OFTEN) and not record.extra:
        free = getattr(record, "attributes", None) or getattr(record, "origin", None)
        nested = isinstance(free, dict) and any(
            isinstance(value, dict) or depth(value) > 1 for value in free.values()
        )
        assert agrees(to_line(record)) or nested


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


def lines_of(records, changes, joint, is_open) -> bytes:
    """A file of records with fields changed in some lines, of which two may be one or one may be two."""
    lines = [to_line(record) for record in records]
    for place, name, value in changes:
        line = json.loads(lines[place % len(lines)]) | {name: value}
        lines[place % len(lines)] = json.dumps(line, ensure_ascii=False).encode() + b"\n"
    if joint:
        at, between, cut = joint
        at %= len(lines)
        lines[at] = lines[at].rstrip(b"\n") + between
        cut %= len(lines)
        lines[cut] = lines[cut].replace(b",", b",\n", 1)
    return b"".join(lines)[: -1 if is_open else None]


def outcome(path: Path) -> object:
    """Records with their lines, what was told of, and why reading stopped if it did."""
    told: list[object] = []
    found: list[tuple[str, object]] = []
    records = FORMAT.read(path, {"report": lambda code, **details: told.append((code, details))})
    try:
        found.extend((repr(record), record.line) for record in records)
    except UserError as error:
        return found, told, error.code, error.details
    return found, told


@given(
    st.lists(often, min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), NAMES, VALUES), max_size=2),
    st.none()
    | st.tuples(st.integers(0, 5), st.sampled_from([b"", b" ", b"\n\n", b"\r\n"]), st.integers(0, 5)),
    st.booleans(),
)
def test_lines_that_are_read_together_are_what_they_are_one_by_one(
    tmp_path_factory, records, changes, joint, is_open
):
    path = tmp_path_factory.mktemp("lines") / "in.jsonl"
    path.write_bytes(lines_of(records, changes, joint, is_open))
    together = outcome(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl, "plain", lambda lines, number: None)
        assert outcome(path) == together
        patch.undo()
        patch.setattr(jsonl, "TOGETHER", 100)
        assert outcome(path) == together


def test_two_objects_in_one_line_are_refused_though_another_goes_over_two(tmp_path):
    path = tmp_path / "in.jsonl"
    source = b'{"type":"source","id":"a","name":"Ana"}'
    path.write_bytes(source + source + b"\n" + source.replace(b',"name"', b',\n"name"') + b"\n")
    with pytest.raises(UserError, match="jsonl-not-json") as caught:
        list(FORMAT.read(path, {}))
    assert caught.value.details["line"] == 1


def test_lines_in_order_come_by_runs_and_one_that_is_unusual_takes_only_its_neighbours_along(
    tmp_path, monkeypatch
):
    looked_at = []
    by_fields = _Line._record_by_fields

    def look(line, raw):
        looked_at.append(line.number)
        return by_fields(line, raw)

    monkeypatch.setattr(_Line, "_record_by_fields", look)
    monkeypatch.setattr(jsonl, "TOGETHER", 1000)
    lines = [b'{"type":"source","id":"S%d","name":"Ana"}\n' % number for number in range(100)]
    lines[50] = lines[50].replace(b"Ana", b'Ana","unknown":"')
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"".join(lines))
    runs = [*in_runs(FORMAT.read(path, {}))]
    assert looked_at == [51]
    assert [record.id for run in runs for record in run] == [f"S{number}" for number in range(100)]
    assert max(map(len, runs)) > 20
