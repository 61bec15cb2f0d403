"""The lossless format: nothing is lost, nothing malformed passes."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.model import (
    RECORD_TYPES,
    Annotator,
    Article,
    Link,
    Mark,
    Mention,
    Ref,
    SchemeLine,
    Source,
)
from annotator.domain.spans import Span
from annotator.domain.summary import Summary
from annotator.formats.jsonl import FORMAT, to_line
from tests.formats.records import any_record, small_project

PROJECT = '{"type":"project","format":"annotator/1"}'
MARK = {"type": "mark", "id": "m", "article": "a", "label": "claim", "spans": [[8, 60]], "quotes": ["so"]}


def written(records, folder: Path) -> Path:
    path = folder / "out.jsonl"
    FORMAT.write(records, path, {})
    return path


def read(folder: Path, *lines: str | bytes, **options) -> list:
    path = folder / "in.jsonl"
    path.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in lines))
    return list(FORMAT.read(path, options))


def refused(folder: Path, *lines: str | bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        read(folder, *lines)
    assert caught.value.details["path"].endswith("in.jsonl")
    return caught.value


@given(st.lists(any_record, max_size=4))
def test_whatever_is_written_is_read_again_and_written_to_the_same_bytes(tmp_path_factory, records):
    folder = tmp_path_factory.mktemp("jsonl")
    path = written(records, folder)
    again = list(FORMAT.read(path, {}))
    first = path.read_bytes()
    assert again == records
    assert [record.line for record in again] == list(range(1, len(records) + 1))
    assert written(again, folder).read_bytes() == first


def test_a_project_with_every_type_of_record_survives(tmp_path):
    records = small_project()
    assert {type(record) for record in records} == set(RECORD_TYPES)
    assert list(FORMAT.read(written(records, tmp_path), {})) == records


def test_a_line_is_what_json_writes_without_spaces_and_escapes():
    for record in small_project():
        line = to_line(record).decode()
        assert line == json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":")) + "\n"


def test_the_keys_of_a_line_are_the_documented_ones_in_the_documented_order():
    link = Link(
        id="l", kind="denies", origin=Ref("mark", "m"), target=Ref("source", "s"), extra={"z": 1, "b": 2}
    )
    assert to_line(link).decode() == (
        '{"type":"link","id":"l","kind":"denies","from":{"mark":"m"},"to":{"source":"s"},'
        '"how":null,"inferred":false,"annotator":null,"created":null,"note":null,"z":1,"b":2}\n'
    )
    source = to_line(Source(id="s", name="Ana", origin_id="old"))
    assert source.startswith(b'{"type":"source","id":"s","origin_id":"old","name":"Ana","kind":"person",')
    scheme = to_line(SchemeLine(data={"codebook": "c", "keys": {}, "labels": [], "version": 2}))
    assert scheme == b'{"type":"scheme","version":2,"labels":[],"keys":{},"codebook":"c"}\n'


def test_only_the_bold_fields_are_needed(tmp_path):
    lines = [
        PROJECT,
        '{"type":"annotator","id":"nia"}',
        '{"type":"source","id":"s","name":"Ana"}',
        '{"type":"article","id":"a","text":"so"}',
        json.dumps(MARK),
        '{"type":"mention","mark":"m","proposition":"p","stance":"deny"}',
    ]
    records = read(tmp_path, *lines)
    assert records[1:] == [
        Annotator(id="nia", name="nia"),
        Source(id="s", name="Ana"),
        Article(id="a", text="so"),
        Mark(id="m", article="a", label="claim", spans=(Span(8, 60),), quotes=("so",)),
        Mention(id="", mark="m", proposition="p", stance="deny"),
    ]


def test_fields_nobody_knows_are_kept(tmp_path):
    line = {**MARK, "origin": 1, "extra": {"a": [1.5]}, "line": "x", "from": None}
    [mark] = read(tmp_path, json.dumps(line))
    assert mark.extra == {"origin": 1, "extra": {"a": [1.5]}, "line": "x", "from": None}
    assert mark.line == 1
    assert json.loads(to_line(mark)) == json.loads(to_line(mark)) | line


def test_lines_end_at_a_line_feed_and_nowhere_else(tmp_path):
    text = "a\u2028b\u0085c\x0bd\x1ce"
    raw = json.dumps({"type": "article", "id": "a", "text": text}, ensure_ascii=False)
    [article] = read(tmp_path, "\ufeff" + raw + "\r", "", "  ")
    assert article.text == text


def test_a_mark_of_no_width_is_left_out_and_told(tmp_path):
    told = []
    records = read(
        tmp_path,
        json.dumps(MARK),
        json.dumps({**MARK, "id": "m2", "spans": [[4, 4]]}),
        json.dumps({**MARK, "id": "m3", "spans": [], "quotes": []}),
        report=lambda code, **details: told.append((code, details["line"], details["id"])),
    )
    assert [record.id for record in records] == ["m"]
    assert told == [("zero-width-mark", 2, "m2"), ("zero-width-mark", 3, "m3")]


def test_a_mark_one_of_whose_pieces_holds_no_words_keeps_the_others(tmp_path):
    told = []
    text, (start, end) = MARK["quotes"][0], MARK["spans"][0]
    pieces = {"spans": [[0, 0], [start, end], [end, end]], "quotes": ["", text, ""]}
    [mark] = read(
        tmp_path,
        json.dumps({**MARK, **pieces}),
        report=lambda code, **details: told.append((code, details["line"], details["id"])),
    )
    assert (mark.spans, mark.quotes) == (((start, end),), (text,))
    assert told == [("empty-piece", 1, "m")]


@pytest.mark.parametrize(
    ("line", "code", "details"),
    [
        (b'{"type":"source","id":"s","name":"\xff"}', "jsonl-not-utf8", {"offset": 76, "byte": "0xff"}),
        (b'\xef\xbb\xbf{"type":"annotator"}', "jsonl-not-json", {}),
        (b'{"type":"source","id":"s"', "jsonl-not-json", {}),
        (b'{"type":"source","id":"s","name":"\\ud800"}', "jsonl-half-character", {"char": "U+D800"}),
        (b'{"type":"source","id":"s","name":"\\uDe00"}', "jsonl-half-character", {"char": "U+DE00"}),
        (b'{"type":"source","id":"s","name":"\\ud83d\\ude00', "jsonl-not-json", {}),
        (b'{"type":"source","id":"s","name":NaN}', "jsonl-not-json", {}),
        (b"[" * 100_000, "jsonl-too-deep", {}),
        (b"[1]", "jsonl-not-an-object", {}),
        (b'{"id":"s"}', "jsonl-without-type", {}),
        (b'{"type":["mark"]}', "jsonl-without-type", {}),
        (b'{"type":"span","id":"s"}', "jsonl-unknown-type", {"type": "span"}),
        (b'{"type":"source","id":"s"}', "jsonl-missing-field", {"type": "source", "field": "name"}),
        (b'{"type":"source","id":"","name":"x"}', "jsonl-missing-field", {"field": "id"}),
        (b'{"type":"project"}', "jsonl-missing-field", {"field": "format"}),
        (b'{"type":"project","format":"annotator/2"}', "jsonl-wrong-format", {"found": "annotator/2"}),
        (
            b'{"type":"project","format":"annotator/1","offsets":"UTF-16"}',
            "jsonl-wrong-offsets",
            {"found": "UTF-16"},
        ),
    ],
)
def test_a_broken_line_is_refused_with_its_number(tmp_path, line, code, details):
    error = refused(tmp_path, PROJECT, line)
    assert error.code == code
    assert error.details["line"] == 2
    assert error.details == error.details | details


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"spans": [[8, "x"]]}, "jsonl-wrong-type", "$.spans[0][1]"),
        ({"spans": [[8, 9, 10]]}, "jsonl-wrong-type", "$.spans[0]"),
        ({"spans": "8-60"}, "jsonl-wrong-type", "$.spans"),
        ({"sure": 1}, "jsonl-wrong-type", "$.sure"),
        ({"flags": None}, "jsonl-wrong-type", "$.flags"),
        ({"attribution": {"source": "s"}}, "jsonl-wrong-type", "$.attribution"),
        ({"attribution": ["s"]}, "jsonl-wrong-type", "$.attribution[0]"),
        ({"attribution": [{}, {"cue": [[1, None]]}]}, "jsonl-wrong-type", "$.attribution[1].cue[0][1]"),
        ({"attribution": [{"level": 1}]}, "jsonl-unknown-field", "$.attribution[0].level"),
        ({"spans": [[9, 8]]}, "jsonl-bad-span", None),
        ({"spans": [[-1, 8]]}, "jsonl-bad-span", None),
        ({"quotes": ["so", "so"]}, "jsonl-quotes-count", None),
    ],
)
def test_a_field_of_the_wrong_kind_is_refused_with_its_path(tmp_path, change, code, field):
    error = refused(tmp_path, json.dumps({**MARK, **change}))
    assert (error.code, error.details.get("field")) == (code, field)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"from": {"source": "s"}}, "jsonl-wrong-end", "$.from"),
        ({"to": {"mark": "m", "source": "s"}}, "jsonl-wrong-type", "$.to"),
        ({"to": "m"}, "jsonl-wrong-type", "$.to"),
        ({"to": {"mark": 3}}, "jsonl-wrong-type", "$.to.mark"),
    ],
)
def test_an_end_of_a_link_that_cannot_be_is_refused(tmp_path, change, code, field):
    line = {"type": "link", "id": "l", "kind": "denies", "from": {"mark": "m"}, "to": {"mark": "n"}, **change}
    error = refused(tmp_path, json.dumps(line))
    assert (error.code, error.details["field"]) == (code, field)


def test_the_ends_of_claim_links_are_named_as_in_the_file(tmp_path):
    line = {"type": "proposition_link", "from": 3, "kind": "part_of", "to": "p"}
    assert refused(tmp_path, json.dumps(line)).details["field"] == "$.from"


def test_a_region_needs_kind_and_span(tmp_path):
    line = {"type": "article", "id": "a", "text": "", "regions": [{"kind": "title"}]}
    assert refused(tmp_path, json.dumps(line)).code == "jsonl-missing-field"
    line["regions"] = [{"kind": "title", "span": [0, "x"]}]
    assert refused(tmp_path, json.dumps(line)).details["field"] == "$.regions[0].span[1]"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UserError, match="file-unreadable"):
        list(FORMAT.read(tmp_path / "none.jsonl", {}))


def test_nothing_is_lost():
    assert FORMAT.losses(Summary.of_everything()) == []
