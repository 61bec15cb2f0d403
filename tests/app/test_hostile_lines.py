"""Lines no honest program writes: each is refused in a sentence with its place, or read as it is."""

import json
import sqlite3
from contextlib import closing
from itertools import pairwise

import pytest

from annotator.app.cli import main
from tests.app import files
from tests.app.done import tables

HEAD = json.dumps(files.PROJECT)
UUID = "019b0000-0000-7000-8000-000000000001"


def deep(levels):
    return "[" * levels + "]" * levels


def source(**fields):
    return json.dumps(files.changed(files.OFFICE, id="s9", **fields))


def mark(**fields):
    return json.dumps(files.changed(files.CLAIM, id="m9", **fields))


REFUSED = {
    "brackets without end": '{"type":"source","id":"s9","name":"x","more":' + deep(100_000) + "}",
    "values nested deeper than can be read back": source(more=json.loads(deep(400))),
    "a scheme nested too deep": '{"type":"scheme","more":' + deep(400) + "}",
    "an origin nested too deep": json.dumps(
        {**files.ARTICLE, "id": "a9", "origin": {"x": json.loads(deep(400))}}
    ),
    "a number of a version beyond 64 bits": mark(scheme_version=2**63),
    "a version of a scheme beyond 64 bits": json.dumps({"type": "scheme", "version": 10**30}),
    "a scheme with a number for its labels": json.dumps({"type": "scheme", "labels": 5}),
    "a scheme with null for its keys": json.dumps({"type": "scheme", "keys": None}),
    "a scheme whose link knows no such label": json.dumps(
        {"type": "scheme", "link_kinds": [{"id": "k", "from": ["nothing"]}]}
    ),
    "not a number": '{"type":"source","id":"s9","name":"x","more":NaN}',
    "an infinite number": '{"type":"source","id":"s9","name":"x","more":1e999}',
    "half a character": '{"type":"source","id":"s9","name":"x\\ud800y"}',
    "a bare NUL": '{"type":"source","id":"s9","name":"x\0y"}',
    "a claim linked to itself": '{"type":"proposition_link","from":"p1","kind":"contradicts","to":"p1"}',
    "an annotator without a name": '{"type":"annotator","id":"n9","name":" "}',
    "a mark by nobody": mark(annotator=""),
    "a mark beyond the end that quotes all there is": mark(spans=[[90, 10**6]], quotes=[files.TEXT[90:]]),
    "a mark by a span of fractions": mark(spans=[[24.0, 46.0]]),
    "a mark by a span of yes and no": mark(spans=[[False, True]], quotes=["T"]),
    "a second foreign id": source(origin_id="s8"),
    "a source that is its own owner": source(affiliation="s9"),
    "the article as a source": mark(attribution=[{"source": "a1"}]),
}
PROPOSITION = json.dumps({"type": "proposition", "id": "p1", "text": "The cranes stood still."})


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A project with marks that no test of this module changes."""
    folder = tmp_path_factory.mktemp("kept")
    assert main(["new", str(folder / "kept.annotator")]) == 0
    lines = files.write(folder / "start.jsonl", *files.LINES)
    assert main(["import", str(folder / "kept.annotator"), str(lines)]) == 0
    return folder / "kept.annotator"


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_line_is_refused_with_its_place_and_without_a_trace(case, kept, tmp_path, run):
    before = tables(kept)
    lines = [*map(json.dumps, files.LINES), PROPOSITION, REFUSED[case]]
    path = tmp_path / "hostile.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("import", kept, path)
    assert done.code == 3
    assert f"{path}, line {len(lines)}: " in done.err
    assert tables(kept) == before


READ = {
    "a byte order mark": lambda text: "\ufeff" + text,
    "CRLF between lines": lambda text: text.replace("\n", "\r\n"),
    "no line end at the end": lambda text: text.rstrip("\n"),
    "blank lines": lambda text: text.replace("\n", "\n \n"),
    "NUL in a name": lambda text: text.replace("Harbour office", "Harbour\\u0000office"),
    "fields named like columns": lambda text: text.replace(
        '"title"', '"rowid": 1, "operation": "x", "number": -1, "x\'; DROP TABLE mark; --": 1, "title"'
    ),
    "fields named like the machinery": lambda text: text.replace(
        '"name"', '"line": 0, "extra": {"line": 1}, "original": null, "self": 1, "name"'
    ),
    "numbers of any size": lambda text: text.replace('"title"', f'"big": {10**40}, "small": -0.0, "title"'),
    "one id in every table": lambda text: text.replace('"a1"', f'"{UUID}"').replace('"office"', f'"{UUID}"'),
    "values nested deep": lambda text: text.replace('"title"', f'"more": {deep(190)}, "title"'),
}


@pytest.mark.parametrize("case", READ)
def test_a_strange_file_is_read_and_written_the_same(case, project, tmp_path, run):
    plain = files.write(tmp_path / "plain.jsonl", *files.LINES)
    path, first, second = (tmp_path / f"{name}.jsonl" for name in ("strange", "first", "second"))
    path.write_bytes(READ[case](plain.read_text(encoding="utf-8")).encode())
    assert run("import", project, path).code == 0
    assert run("export", project, first, "--format", "annotator-jsonl").code == 0
    again = tmp_path / "again.annotator"
    run("new", again)
    assert run("import", again, first).code == 0
    run("export", again, second, "--format", "annotator-jsonl")
    assert first.read_bytes() == second.read_bytes()
    assert run("import", project, path).out == "Nothing new.\nSkipped, since it was there already: " + (
        "2 sources, 1 article, 2 marks, 1 link.\n"
    )


def test_a_text_with_several_byte_order_marks_is_stored_as_it_stays(project, tmp_path, run):
    article = files.changed(files.ARTICLE, text="\ufeff\ufeff" + files.TEXT)
    claim = files.changed(files.CLAIM, spans=[[26, 48]])
    source = files.write(tmp_path / "in.jsonl", files.OFFICE, article, claim)
    assert run("import", project, source).code == 0
    run("export", project, tmp_path / "out.jsonl", "--format", "annotator-jsonl")
    row = next(row for row in files.read(tmp_path / "out.jsonl") if row["type"] == "mark")
    assert row["spans"] == [files.SAID]


def test_a_long_chain_of_sources_in_the_wrong_order_is_stored_in_its_order(project, tmp_path, run):
    count = 3_000
    rows = [{"type": "source", "id": f"s{n}", "name": f"Office {n}"} for n in range(count)]
    for row, following in pairwise(rows):
        row["affiliation"] = following["id"]
    assert run("import", project, files.write(tmp_path / "in.jsonl", *rows)).code == 0
    with closing(sqlite3.connect(project)) as connection:
        ends = connection.execute("SELECT name FROM source WHERE affiliation IS NULL").fetchall()
    assert ends == [(f"Office {count - 1}",)]


def test_a_circle_is_named_by_a_source_that_is_in_it(project, tmp_path, run):
    rows = [
        {"type": "source", "id": one, "name": one, "affiliation": other}
        for one, other in (("outside", "first"), ("first", "second"), ("second", "first"))
    ]
    done = run("import", project, files.write(tmp_path / "in.jsonl", *rows))
    assert done.code == 3
    assert "line 2: source first refers to itself through others" in done.err
