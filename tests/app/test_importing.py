"""What files may bring, and how what they may not bring is refused: with its line, and with no trace."""

import json
import os
import sqlite3
from contextlib import closing

import pytest

from annotator.app.project import Project
from annotator.formats import elsewhere
from tests.app import files
from tests.app.done import tables
from tests.formats.deep import nested

BROKEN = {
    "not JSON": '{"type":"source","id":"s9"',
    "no object": "[1,2]",
    "no type": '{"id":"s9"}',
    "an unknown type": '{"type":"opinion","id":"o1"}',
    "no name": '{"type":"source","id":"s9"}',
    "a wrong type of field": '{"type":"source","id":"s9","name":7}',
    "an unknown source": json.dumps(files.changed(files.CLAIM, id="x", attribution=[{"source": "nobody"}])),
    "an unknown article": json.dumps(files.changed(files.CLAIM, id="x", article="a9")),
    "an unknown label": json.dumps(files.changed(files.CLAIM, id="x", label="boast")),
    "an unknown attribute": json.dumps(files.changed(files.CLAIM, id="x", attributes={"mood": "bad"})),
    "an unknown value": json.dumps(files.changed(files.CLAIM, id="x", attributes={"certainty": "very"})),
    "a quote that differs": json.dumps(files.changed(files.CLAIM, id="x", quotes=["the cranes ran"])),
    "a span outside": json.dumps(files.changed(files.CLAIM, id="x", spans=[[90, 200]], quotes=["x"])),
    "fewer quotes than spans": json.dumps(files.changed(files.CLAIM, id="x", quotes=[])),
    "a hedge outside": json.dumps(files.changed(files.CLAIM, id="x", hedges=[[500, 501]])),
    "a cue outside": json.dumps(
        files.changed(files.CLAIM, id="x", attribution=[{"source": "office", "cue": [[500, 501]]}])
    ),
    "an unknown kind of link": json.dumps(files.changed(files.LINK, id="x", kind="likes")),
    "a link without its end": json.dumps(files.changed(files.LINK, id="x", to={"mark": "m9"})),
    "a link from a claim that only denials start": json.dumps(
        {"type": "link", "id": "x", "kind": "denies", "from": {"exhibit": "e1"}, "to": {"mark": "m1"}}
    ),
    "a link to itself": json.dumps(files.changed(files.LINK, id="x", to={"mark": "m2"})),
    "the same id twice": json.dumps(files.changed(files.CLAIM, label="evidence")),
    "a stance nobody knows": '{"type":"mention","mark":"m1","proposition":"p1","stance":"doubts"}',
    "a dismissal of nothing we know": '{"type":"dismissal","rule":"x","target":{"moon":"m1"}}',
    "a judgement of nothing there": (
        '{"type":"judgement","target":{"source":"s9"},"scale":"reliability","value":"A"}'
    ),
    "a report on a claim that is not there": '{"type":"report","id":"r1","claims":["p9"]}',
}
BEFORE = [
    *files.LINES,
    {"type": "exhibit", "id": "e1"},
    {"type": "proposition", "id": "p1", "text": "The cranes stood still."},
]


@pytest.fixture(autouse=True, params=["here", "elsewhere"])
def reading(request, monkeypatch):
    """Everything holds for what another process reads, too."""
    if request.param == "elsewhere":
        monkeypatch.setattr(elsewhere, "is_large", lambda path: True)


@pytest.fixture
def importing(project, tmp_path, run):
    def call(*lines, code=0, options=()):
        done = run("import", project, files.write(tmp_path / "in.jsonl", *lines), "--json", *options)
        assert done.code == code, done.err
        return done

    return call


@pytest.fixture
def exported(project, tmp_path, run):
    def call():
        assert run("export", project, tmp_path / "out.jsonl", "--format", "annotator-jsonl").code == 0
        return files.read(tmp_path / "out.jsonl")

    return call


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_line_is_named_and_nothing_of_its_file_is_stored(project, tmp_path, run, what):
    before = tables(project)
    source = files.write(tmp_path / "in.jsonl", *BEFORE)
    with source.open("a", encoding="utf-8") as file:
        file.write(BROKEN[what] + "\n")
    done = run("import", project, source)
    assert done.code == 3
    assert "in.jsonl" in done.err
    assert f"line {len(BEFORE) + 1}" in done.err
    assert "Traceback" not in done.err
    assert tables(project) == before


def test_a_line_that_is_not_utf_8_is_named(project, tmp_path, run):
    source = files.write(tmp_path / "in.jsonl", *files.LINES)
    source.write_bytes(source.read_bytes() + b'{"type":"source","id":"x","name":"\xff"}\n')
    done = run("import", project, source)
    assert done.code == 3
    assert "line 8" in done.err


def test_a_refused_quote_says_both_texts_and_is_found_again_where_asked(project, importing, run):
    moved = files.changed(files.CLAIM, spans=[[20, 42]])
    lines = [files.OFFICE, files.ARTICLE, moved]
    done = importing(*lines, code=3)
    assert "the cranes stood still" in done.err
    done = importing(*lines, options=["--reanchor"])
    assert done.json["reanchored"] == 1
    assert [one["code"] for one in done.json["notices"]] == ["mark-reanchored"]
    with Project.open(project, readonly=True) as opened:
        assert opened.store.query("SELECT spans FROM mark") == [("[[24,46]]",)]


def test_a_mark_without_words_is_left_out_and_counted(importing):
    done = importing(
        files.OFFICE, files.ARTICLE, files.changed(files.CLAIM, spans=[[5, 5]], quotes=[""]), code=1
    )
    assert done.json["refused"] == 1
    assert done.json["added"] == {"source": 1, "article": 1}


def test_unknown_fields_are_kept_in_every_type(importing, exported):
    article = files.changed(files.ARTICLE, desk="foreign")
    lines = [
        {**files.PROJECT, "name": "Cranes", "funder": "nobody"},
        {"type": "annotator", "id": "me", "name": "Me", "team": 3},
        files.changed(files.OFFICE, fax="none"),
        article,
        files.changed(files.CLAIM, colour={"r": 1}),
    ]
    importing(*lines)
    found = {line["type"]: line for line in exported()}
    assert found["project"]["funder"] == "nobody"
    assert found["annotator"]["team"] == 3
    assert found["source"]["fax"] == "none"
    assert found["article"]["desk"] == "foreign"
    assert found["mark"]["colour"] == {"r": 1}


def test_foreign_ids_are_replaced_everywhere_and_kept_beside(importing, exported):
    lines = [
        *BEFORE,
        {"type": "mention", "id": "n1", "mark": "m1", "proposition": "p1", "stance": "support"},
        {
            "type": "judgement",
            "id": "j1",
            "target": {"mention": "n1"},
            "scale": "confidence",
            "value": "high",
        },
        {"type": "dismissal", "id": "d1", "rule": "x", "target": {"link": "l1"}},
        {"type": "pin", "id": "k1", "mark": "m2"},
        {"type": "report", "id": "r1", "claims": ["p1"]},
    ]
    importing(*lines)
    rows = exported()
    ids = {row["origin_id"]: row["id"] for row in rows if "origin_id" in row}
    assert set(ids) == {"office", "driver", "a1", "e1", "m1", "m2", "p1", "n1", "l1", "j1", "d1", "k1", "r1"}
    by_type = {row["type"]: row for row in rows}
    assert by_type["report"]["claims"] == [ids["p1"]]
    assert by_type["judgement"]["target"] == {"mention": ids["n1"]}
    assert by_type["dismissal"]["target"] == {"link": ids["l1"]}
    assert by_type["pin"]["mark"] == ids["m2"]


def test_the_same_id_with_other_content_is_refused_and_the_same_content_skipped(importing, project):
    importing(*files.LINES)
    before = tables(project)
    done = importing(*files.LINES[:4], files.changed(files.CLAIM, label="evidence"), code=3)
    assert "label" in done.err
    assert "line 5" in done.err
    assert tables(project) == before


def test_a_record_that_stands_twice_in_a_file_is_taken_once(importing):
    done = importing(*files.LINES, files.LINK, files.LINK)
    assert done.json["added"]["link"] == 1
    assert done.json["skipped"] == {"link": 2}


def test_spans_that_touch_are_one_and_the_file_can_be_imported_again(importing, project):
    mark = files.changed(files.CLAIM, spans=[[24, 34], [34, 46]], quotes=["the cranes", " stood still"])
    lines = [files.OFFICE, files.ARTICLE, mark]
    importing(*lines)
    done = importing(*lines)
    assert done.json["skipped"]["mark"] == 1
    with Project.open(project, readonly=True) as opened:
        assert opened.store.query("SELECT spans FROM mark") == [("[[24,46]]",)]


def test_offsets_follow_a_text_whose_line_ends_are_made_one(importing, exported):
    text = "\ufeffHead\r\nThe tide was perhaps high, the office said.\r\n"
    start = text.index("The tide")
    hedge = text.index("perhaps")
    said = text.index("said")
    lines = [
        files.OFFICE,
        {
            "type": "article", "id": "a1", "text": text,
            "regions": [{"kind": "title", "span": [1, 5]}, {"kind": "caption", "span": [start, start + 3]}],
        },
        {
            "type": "mark", "id": "m1", "article": "a1", "label": "claim", "spans": [[start, start + 25]],
            "quotes": ["The tide was perhaps high"], "hedges": [[hedge, hedge + 7]],
            "attribution": [{"source": "office", "cue": [[said, said + 4]]}],
        },
    ]  # fmt: skip
    importing(*lines)
    rows = {line["type"]: line for line in exported()}
    stored = rows["article"]["text"]
    mark = rows["mark"]

    def words(spans):
        return [stored[start:end] for start, end in spans]

    assert stored == "Head\nThe tide was perhaps high, the office said.\n"
    assert words(mark["spans"]) == ["The tide was perhaps high"]
    assert words(mark["hedges"]) == ["perhaps"]
    assert words(mark["attribution"][0]["cue"]) == ["said"]
    assert words(region["span"] for region in rows["article"]["regions"]) == ["Head", "The"]
    importing(*lines)


def test_a_region_outside_its_text_is_refused(importing):
    article = files.changed(files.ARTICLE, regions=[{"kind": "title", "span": [0, 5000]}])
    assert "line 1" in importing(article, code=3).err


def test_a_claim_kept_as_a_mention_is_signed_by_whoever_drew_it(importing, exported):
    act = {
        "type": "link", "id": "l2", "kind": "supports", "annotator": "Bo",
        "from": {"mark": "m1"}, "to": {"proposition": "p1"},
    }  # fmt: skip
    importing(*BEFORE, act)
    rows = exported()
    names = {row["id"]: row["name"] for row in rows if row["type"] == "annotator"}
    node = next(row["id"] for row in rows if row.get("origin_id") == "p1")
    (mention,) = [row for row in rows if row["type"] == "mention" and row["proposition"] == node]
    assert names[mention["annotator"]] == "Bo"


def test_a_scheme_a_file_brings_is_merged(importing, run, project):
    brought = {
        "type": "scheme",
        "labels": [{"id": "boast", "name": "Boast"}],
        "link_kinds": [{"id": "mocks"}],
        "attributes": [{"id": "mood", "values": ["good", "bad"]}],
    }
    mark = files.changed(files.CLAIM, label="boast", attributes={"mood": "bad"})
    link = {"type": "link", "id": "l1", "kind": "mocks", "from": {"mark": "m1"}, "to": {"source": "driver"}}
    importing(files.PROJECT, brought, files.OFFICE, files.DRIVER, files.ARTICLE, mark, link)
    assert run("stats", project, "--json").json["links"]["by_kind"] == {"mocks": 1}
    assert run("check", project, "--json").json["ok"]
    importing(files.changed(files.DENIAL, id="m3"))


def test_a_lone_surrogate_is_refused_with_its_line(project, tmp_path, run):
    path = tmp_path / "in.jsonl"
    path.write_text('{"type":"article","id":"a1","text":"the \\ud83d tide"}\n')
    done = run("import", project, path)
    assert done.code == 3
    assert "line 1" in done.err


def test_control_characters_are_replaced_one_for_one(importing, exported):
    importing({"type": "article", "id": "a1", "text": "a\x00b\x0bc\u2029d\u00a0e"})
    (article,) = [row for row in exported() if row["type"] == "article"]
    assert article["text"] == "a\ufffdb\ufffdc\u2029d\u00a0e"


def test_the_original_bytes_and_their_encoding_stay_with_the_project(project, tmp_path, run):
    data = "Le port était fermé, dit l’office. Les grues, elles, tournaient.\r\n".encode("cp1252") * 5
    (tmp_path / "port.txt").write_bytes(data)
    assert run("import", project, tmp_path / "port.txt").code == 0
    with Project.open(project, readonly=True) as opened:
        assert opened.store.query("SELECT bytes FROM original") == [(data,)]
    assert run("check", project).code == 0


@pytest.mark.skipif(os.name == "nt", reason="lengths of paths are others there")
def test_a_file_in_a_folder_whose_path_is_too_long_is_told_and_the_others_are_taken(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    files.write(inside / "a.jsonl", *files.LINES)
    heard = []
    with (
        nested(inside, 2_000 - len(str(inside)) // 2, lambda folder: (folder / f"{'b' * 200}.jsonl").touch()),
        Project.create(tmp_path / "a.annotator") as project,
    ):
        done = project.import_([inside], refused=lambda path, error: heard.append(error.code))
    assert heard == ["file-unreadable"]
    assert done.added["mark"]


def test_what_another_annotator_said_alike_is_not_passed_over_in_silence(project, tmp_path, run):
    given = files.write(tmp_path / "in.jsonl", *files.LINES)
    assert run("import", project, given, "--annotator", "Ann").code == 0
    again = run("import", project, given, "--annotator", "Ann")
    assert (again.code, again.err) == (0, "")
    other = run("import", project, given, "--annotator", "Bob", "--json")
    assert other.code == 1
    assert "Records that come as by Bob are there already, by Ann, and were not taken a" in other.err
    assert "(3)" in other.err
    assert [one["code"] for one in other.json["notices"]] == ["records-of-others"]


def test_what_another_says_of_a_claim_alike_is_not_passed_over_where_it_has_no_id(project, tmp_path, run):
    lines = [files.PROJECT, files.OFFICE, files.ARTICLE, files.changed(files.CLAIM, annotator="Ann")]
    lines.append({"type": "proposition", "id": "p1", "text": "The cranes stood still."})
    mention = {"type": "mention", "mark": "m1", "proposition": "p1", "stance": "support"}
    by = {
        who: files.write(tmp_path / f"{who}.jsonl", *lines, mention | {"annotator": who})
        for who in ("Ann", "Bob")
    }
    assert [run("import", project, by["Ann"]).code for _ in range(2)] == [0, 0]
    told = run("import", project, by["Bob"])
    assert told.code == 1
    assert "1 record that comes as by Bob is there already, by Ann, and was not taken" in told.err


def test_a_mark_that_a_file_says_another_made_differs(project, tmp_path, run):
    lines = [files.PROJECT, files.OFFICE, files.ARTICLE, files.changed(files.CLAIM, annotator="Ann")]
    assert run("import", project, files.write(tmp_path / "ann.jsonl", *lines)).code == 0
    assert run("import", project, files.write(tmp_path / "ann.jsonl", *lines)).code == 0
    before = tables(project)
    lines[-1] = files.changed(files.CLAIM, annotator="Bob")
    refused = run("import", project, files.write(tmp_path / "bob.jsonl", *lines))
    assert (refused.code, "line 4: mark m1" in refused.err) == (3, True)
    assert "differs in its annotator: “Ann” here, “Bob” in the file" in refused.err
    assert tables(project) == before


@pytest.mark.parametrize(("start", "unit"), [(5, "UTF-16 units"), (9, "bytes of UTF-8"), (4, None)])
def test_offsets_that_count_something_else_are_told_by_what_they_count(start, unit, project, tmp_path, run):
    article = files.changed(files.ARTICLE, text="🚢🚢 Fuel ran out in the night.")
    mark = files.changed(files.CLAIM, spans=[[start, start + 4]], quotes=["Fuel"], attribution=[])
    refused = run("import", project, files.write(tmp_path / "in.jsonl", article, mark))
    assert (refused.code, "not “Fuel”" in refused.err) == (3, True)
    assert (f"these seem to count {unit}" in refused.err) == (unit is not None)


def test_another_text_under_an_id_that_is_there_is_told_in_words(full, tmp_path, run):
    other = files.changed(files.ARTICLE, text="The cranes run again.")
    refused = run("import", full, files.write(tmp_path / "in.jsonl", other))
    assert (refused.code, "article a1 is there already, and differs in its text." in refused.err) == (3, True)


@pytest.mark.parametrize("date", ["2026-02-30", "11.03.2031", "last week"])
def test_a_date_of_an_article_that_is_none_is_kept_and_told_with_its_place(date, project, tmp_path, run):
    lines = files.write(
        tmp_path / "in.jsonl",
        {"type": "article", "id": "a", "text": "One.", "date": "2031-03"},
        {"type": "article", "id": "b", "text": "Two.", "date": date},
    )
    done = run("import", project, lines)
    assert (done.code, f"{lines}, line 2: “{date}” is no date." in done.err) == (0, True)
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "c.txt").write_text("Three.")
    listed = tmp_path / "list.csv"
    listed.write_text(f"file;date\nc.txt;{date}\n")
    done = run("import", project, folder, "--manifest", listed)
    assert (done.code, f"“{date}” is no date." in done.err) == (0, True)
    assert [row[0] for row in tables_of(project, "SELECT date FROM article ORDER BY number")] == [
        "2031-03",
        date,
        date,
    ]


def test_a_judgement_that_no_scale_shows_is_kept_and_told_once(project, tmp_path, run):
    said = {"type": "judgement", "target": {"proposition": "c"}, "scale": "trust"}
    lines = files.write(
        tmp_path / "in.jsonl",
        {"type": "proposition", "id": "c", "text": "The port is closed."},
        *({**said, "id": f"j{n}", "value": "rather"} for n in range(3)),
    )
    done = run("import", project, lines)
    assert (done.code, done.err.count("No scale here has “rather” of “trust”")) == (0, 1)
    assert len(tables_of(project, "SELECT id FROM judgement")) == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_list_of_texts_is_read_in_the_encoding_and_with_the_ends_of_any_editor(
    encoding, ends, project, tmp_path, run
):
    (tmp_path / "a.txt").write_text("Le port est fermé.")
    rows = ["file\ttitle\toutlet", "a.txt\tLa crise à l’été\tLe Journal de Genève"]
    listed = tmp_path / "list.tsv"
    listed.write_bytes((ends.join(rows) + ends).encode(encoding))
    done = run("import", project, tmp_path / "a.txt", "--manifest", listed)
    assert done.code == 0
    title = tables_of(project, "SELECT title FROM article")[0][0]
    if encoding == "mac_roman":  # one of many encodings with one byte a letter: which, can only be guessed
        assert f"{listed}: This text is not UTF-8" in done.err
    else:
        assert title == "La crise à l’été"
    assert ("is not UTF-8" in done.err) == (encoding not in ("utf-8-sig", "utf-16"))


def test_files_beside_texts_that_are_no_texts_are_named(project, tmp_path, run):
    folder = tmp_path / "export"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("The port is closed.")
    (folder / "list.csv").write_text("file,title\na.txt,Port\n")
    for name in ("export.json", "one.DOCX", "deep/two.docx", "LICENSE", ".hidden.json"):
        (folder / name).touch()
    done = run("import", project, folder, "--manifest", folder / "list.csv")
    assert done.code == 0
    said = f"{folder}: Left out, since they are no texts: 2 × .docx, 1 × "
    assert said in done.err
    assert all(kind in done.err for kind in ("1 × .json", "1 × LICENSE"))
    assert not any(name in done.err for name in ("hidden", "csv"))


def test_a_file_nothing_reads_says_what_is_read(project, tmp_path, run):
    (tmp_path / "export.json").write_text("[]")
    done = run("import", project, tmp_path / "export.json")
    assert done.code == 3
    assert "ends in .json, which nothing here reads. What is read ends in .ann, .jsonl, .markdown" in done.err
    (tmp_path / "notes").write_text("x")
    done = run("import", project, tmp_path / "notes")
    assert "Name its format: annotator-jsonl, brat, text." in done.err


def tables_of(project, query):
    with closing(sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()
