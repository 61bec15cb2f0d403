"""Every command: what it does, what it writes, how it ends."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from annotator.app.project import Project
from annotator.domain.model import Report
from annotator.store.edits import add_record, add_source, delete_marks, set_source
from annotator.store.lists import history
from annotator.store.lock import ProjectLock
from tests.app import files
from tests.app.done import tables

READING = ("stats", "map", "check", "history")
FILES = (
    "sample.annotator",
    "map.md",
    "map.html",
    "map.pdf",
    "map.svg",
    "map-drawings/C1_graph.svg",
    "map.json",
    "report.md",
    "window-light.png",
    "window-dark.png",
)


def keys(data):
    return list(data)


def test_a_new_project_is_empty_and_sound(project, run):
    assert run("stats", project, "--json").json["articles"] == 0
    assert run("check", project, "--json").json == {"ok": True, "damage": [], "loose_ends": []}


def test_a_project_is_never_made_over_another(full, run):
    before = full.read_bytes()
    done = run("new", full)
    assert done.code == 3
    assert str(full) in done.err
    assert full.read_bytes() == before


def test_a_text_that_a_brat_folder_has_no_marks_for_is_said_to_be_left_out(project, run, tmp_path):
    folder = tmp_path / "labelled"
    folder.mkdir()
    (folder / "a.txt").write_text("The port is closed.", encoding="utf-8")
    (folder / "a.ann").write_text("T1\tclaim 0 8\tThe port\n", encoding="utf-8")
    (folder / "b.txt").write_text("Nobody had told the crews.", encoding="utf-8")
    done = run("import", project, folder)
    assert (done.code, run("stats", project, "--json").json["articles"]) == (1, 1)
    assert f"{folder / 'b.txt'}: This text has no .ann file beside it and was left out." in done.err


def test_an_import_says_at_its_end_how_much_was_left_out(project, run, tmp_path):
    folder = tmp_path / "labelled"
    folder.mkdir()
    ann = "T1\tclaim 0 8\tThe port\nT2\tclaim 3 3\t\nT3\tclaim 0 3;4 4\tThe\nR1\tcites Arg1:T1 Arg2:T9\n"
    ann += "E1\tclaim:T1 Who:T3 Where:T3\n"
    (folder / "a.txt").write_text("The port is closed.", encoding="utf-8")
    (folder / "a.ann").write_text(ann, encoding="utf-8")
    done = run("import", project, folder)
    assert "Left out, since they hold no words: 1 mark.\nLeft out, as told above: 4.\n" in done.out
    assert done.err.count("left out") == 4


@pytest.mark.parametrize("preset", ["quick", "analyst", "corpus"])
def test_a_preset_says_what_the_window_shows(tmp_path, run, preset):
    path = tmp_path / "p.annotator"
    assert run("new", path, "--preset", preset).code == 0
    with Project.open(path, readonly=True) as project:
        assert project.store.query("SELECT 1") == [(1,)]
        from annotator.store.read import scheme

        assert scheme(project.store).preset_name == preset


def test_an_unknown_preset_is_wrong_usage_and_makes_no_file(tmp_path, run):
    done = run("new", tmp_path / "p.annotator", "--preset", "fast")
    assert done.code == 2
    assert "analyst" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_scheme_of_ones_own_replaces_labels_and_kinds_of_links(tmp_path, run):
    scheme = {"labels": [{"id": "promise"}, {"id": "doubt"}], "link_kinds": [{"id": "answers"}]}
    given = tmp_path / "scheme.json"
    given.write_text(json.dumps(scheme))
    path = tmp_path / "p.annotator"
    assert run("new", path, "--scheme", given).code == 0
    mark = files.changed(files.CLAIM, label="promise")
    text = files.write(tmp_path / "in.jsonl", files.OFFICE, files.ARTICLE, mark)
    assert run("import", path, text).code == 0
    refused = run("import", path, files.write(tmp_path / "no.jsonl", files.changed(files.DENIAL, id="m9")))
    assert refused.code == 3
    assert "denial" in refused.err


@pytest.mark.parametrize(
    "content", ['{"labels": ', "[]", '{"labels": [{"name": "no id"}]}', '{"type": "mark"}']
)
def test_a_broken_scheme_makes_no_project(tmp_path, run, content):
    given = tmp_path / "scheme.json"
    given.write_text(content)
    assert run("new", tmp_path / "p.annotator", "--scheme", given).code == 3
    assert list(tmp_path.iterdir()) == [given]


@pytest.mark.parametrize(
    ("scheme", "told"),
    [
        ({"keys": {"promise": "F5"}}, "“F5” cannot be a key"),
        ({"keys": {"1": "promise"}}, "“promise” cannot be a key"),
        ({"keys": {"promise": "p"}}, "“p” cannot be a key. A key is one capital letter"),
        ({"attributes": [{"id": "tone", "values": ["calm"], "default": "loud"}]}, "its values: calm"),
        ({"attributes": [{"id": "tone", "values": ["calm"], "default": ["loud"]}]}, "its values: calm"),
    ],
)
def test_what_a_scheme_asks_for_in_vain_is_refused(scheme, told, tmp_path, run):
    given = tmp_path / "scheme.json"
    given.write_text(json.dumps({"labels": [{"id": "promise"}], **scheme}))
    done = run("new", tmp_path / "p.annotator", "--scheme", given)
    assert (done.code, told in done.err) == (3, True)
    assert list(tmp_path.iterdir()) == [given]


def test_import_says_what_it_added_and_what_was_there(project, tmp_path, run):
    source = files.write(tmp_path / "in.jsonl", *files.LINES)
    first = run("import", project, source, "--json")
    assert first.code == 0
    assert keys(first.json) == [
        "added", "skipped", "articles", "reanchored", "refused", "notices", "failed",
    ]  # fmt: skip
    assert first.json["added"] == {"source": 2, "article": 1, "annotator": 1, "mark": 2, "link": 1}
    before = tables(project)
    second = run("import", project, source, "--json")
    assert second.code == 0
    assert second.json["added"] == {}
    assert second.json["skipped"] == {"source": 2, "article": 1, "mark": 2, "link": 1}
    assert tables(project) == before


def test_texts_of_a_folder_come_in_with_what_a_manifest_knows(project, tmp_path, run):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text("The tide was high.")
    (folder / "two.md").write_text("The tide was low.")
    manifest = tmp_path / "list.csv"
    manifest.write_text("file,title,outlet,date\none.txt,High water,The Gazette,2031-02-03\n")
    done = run("import", project, folder, "--manifest", manifest)
    assert done.code == 0
    with Project.open(project, readonly=True) as opened:
        rows = opened.store.query(
            "SELECT article_title FROM v_marks UNION SELECT title FROM article ORDER BY 1"
        )
    assert rows == [("High water",), ("Two",)]
    assert run("stats", project, "--json").json["sources"] == 1


def titles(project):
    with Project.open(project, readonly=True) as opened:
        return [title for (title,) in opened.store.query("SELECT title FROM article ORDER BY number")]


def test_a_text_is_called_as_asked_or_by_its_headline_or_by_its_file(project, tmp_path, run):
    (tmp_path / "one.txt").write_text("High water in Brenn\n\nThe tide was high.")
    (tmp_path / "tide-log_2.txt").write_text("The tide was low.\n\nIt was.")
    assert run("import", project, tmp_path / "one.txt", tmp_path / "tide-log_2.txt").code == 0
    manifest = tmp_path / "list.csv"
    manifest.write_text("file,title\none.txt,High water\n")
    run("import", project, tmp_path / "one.txt", "--manifest", manifest)
    run("import", project, tmp_path / "one.txt", "--manifest", manifest, "--title", "Spring tide")
    assert titles(project) == ["High water in Brenn", "Tide-log 2", "High water", "Spring tide"]
    for several in ((tmp_path,), (tmp_path / "one.txt", tmp_path / "tide-log_2.txt")):
        refused = run("import", project, *several, "--title", "Spring tide")
        assert refused.code == 2
        assert "--manifest" in refused.err
    assert len(titles(project)) == 4


@pytest.mark.parametrize("asked", ["--title", "--manifest"])
def test_what_is_said_of_texts_makes_no_text_of_labelled_files(asked, project, tmp_path, run):
    manifest = tmp_path / "list.csv"
    manifest.write_text("file,title\none.txt,High water\n")
    said = {"--title": "High water", "--manifest": manifest}[asked]
    labelled = files.write(tmp_path / "labelled.jsonl", *files.LINES)
    refused = run("import", project, labelled, asked, said)
    assert (refused.code, "this is annotator-jsonl" in refused.err) == (2, True)
    assert titles(project) == []
    assert run("import", project, labelled, asked, said, "--format", "text").code == 0


def test_a_list_that_cannot_be_read_is_refused_once_and_before_any_text(project, tmp_path, run):
    manifest = tmp_path / "list.csv"
    manifest.write_text("file,mood\none.txt,calm\n")
    several = [tmp_path / name for name in ("one.txt", "two.txt")]
    for one in several:
        one.write_text("The dyke holds.\n")
    refused = run("import", project, *several, "--manifest", manifest)
    assert (refused.code, refused.err.count("must name the columns")) == (2, 1)
    assert titles(project) == []


def test_a_list_of_texts_does_not_leave_the_marks_beside_them_behind(project, tmp_path, run):
    folder = tmp_path / "brat"
    folder.mkdir()
    (folder / "one.txt").write_text("The dyke holds.\n")
    (folder / "one.ann").write_text("T1\tclaim 0 14\tThe dyke holds\n")
    manifest = tmp_path / "list.csv"
    manifest.write_text("file,title\none.txt,High water\n")
    refused = run("import", project, folder, tmp_path / "gone.txt", "--manifest", manifest)
    assert (refused.code, "this is brat" in refused.err, "gone.txt is not there" in refused.err) == (
        2,
        True,
        True,
    )
    assert run("import", project, folder, "--manifest", manifest, "--format", "text").code == 0
    assert titles(project) == ["High water"]


def test_a_bad_file_does_not_stop_the_others_and_is_named(project, tmp_path, run):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("The tide was high.")
    (folder / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "c.txt").write_text("The tide was low.")
    done = run("import", project, folder)
    assert done.code == 1
    assert "b.txt" in done.err
    assert run("stats", project, "--json").json["articles"] == 2


def test_a_text_that_comes_in_twice_is_told_and_still_an_article_of_its_own(project, tmp_path, run):
    (tmp_path / "tide.txt").write_text("The tide was high.")
    run("import", project, tmp_path / "tide.txt")
    done = run("import", project, tmp_path / "tide.txt")
    assert done.code == 0
    assert "A1" in done.err
    assert run("stats", project, "--json").json["articles"] == 2


def test_without_a_display_the_window_is_refused_with_a_sentence(full, run, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for arguments in ((), (full,)):
        done = run(*arguments)
        assert done.code == 3
        assert "display" in done.err


def test_a_folder_of_labelled_files_is_taken_file_by_file(project, tmp_path, run):
    folder = tmp_path / "labelled"
    folder.mkdir()
    files.write(folder / "1.jsonl", files.changed(files.ARTICLE, id="b1"))
    files.write(folder / "2.jsonl", files.changed(files.CLAIM, article="nowhere"))
    files.write(folder / "3.jsonl", files.changed(files.ARTICLE, id="b3"))
    done = run("import", project, folder, "--json")
    assert done.code == 1
    assert done.json["added"] == {"article": 2}
    assert [one["path"] for one in done.json["failed"]] == [str(folder / "2.jsonl")]
    with Project.open(project, readonly=True) as opened:
        assert [one.details["file"] for one in history(opened.store)] == ["3.jsonl", "1.jsonl"]


def test_import_of_a_missing_file_is_wrong_usage(project, tmp_path, run):
    done = run("import", project, tmp_path / "nothing.jsonl")
    assert done.code == 2
    assert "nothing.jsonl" in done.err


def test_import_with_an_unknown_format_names_those_there_are(project, tmp_path, run):
    done = run("import", project, files.write(tmp_path / "a.jsonl"), "--format", "brot")
    assert done.code == 2
    assert "brat" in done.err


def test_marks_that_name_nobody_are_signed_by_the_annotator_given(project, tmp_path, run):
    source = files.write(tmp_path / "in.jsonl", *files.LINES)
    assert run("import", project, source, "--annotator", "Ina").code == 0
    more = files.changed(files.CLAIM, id="m3")
    assert run("import", project, files.write(tmp_path / "b.jsonl", more), "--annotator", "Ina").code == 0
    assert run("stats", project, "--json").json["annotators"] == {"Ina": 3}
    rows = run("history", project, "--json").json
    assert {row["annotator"]["name"] for row in rows} == {"Ina"}
    assert len({row["annotator"]["id"] for row in rows}) == 1


def test_annotators_of_a_file_are_made_by_name_once(project, tmp_path, run):
    marks = [files.changed(files.CLAIM, annotator="Bo"), files.changed(files.DENIAL, annotator="Cy")]
    source = files.write(tmp_path / "in.jsonl", files.OFFICE, files.DRIVER, files.ARTICLE, *marks)
    assert run("import", project, source).code == 0
    third = files.changed(files.CLAIM, id="m3", annotator="Bo")
    assert run("import", project, files.write(tmp_path / "b.jsonl", third)).code == 0
    assert run("stats", project, "--json").json["annotators"] == {"Bo": 2, "Cy": 1}


def test_export_and_import_into_a_new_project_give_the_same_bytes(full, tmp_path, run):
    first, second, other = tmp_path / "1.jsonl", tmp_path / "2.jsonl", tmp_path / "other.annotator"
    assert run("export", full, first, "--format", "annotator-jsonl", "--strict").code == 0
    run("new", other)
    assert run("import", other, first).code == 0
    assert run("export", other, second, "--format", "annotator-jsonl").code == 0
    assert first.read_bytes() == second.read_bytes()
    mark = next(line for line in files.read(first) if line["type"] == "mark")
    assert mark["origin_id"] == "m1"


def test_a_lossy_export_names_its_losses_and_strict_refuses_it(full, tmp_path, run):
    out = tmp_path / "out"
    strict = run("export", full, out, "--format", "csv", "--strict")
    assert strict.code == 3
    assert "1 text of an article (such as A1)" in strict.err
    assert strict.err.endswith(
        "csv cannot express all of it. Nothing was written; leave out --strict to export the rest.\n"
    )
    assert not out.exists()
    loose = run("export", full, out, "--format", "csv")
    assert loose.code == 0
    assert "cannot express" in loose.err
    assert (out / "marks.csv").is_file()


def test_a_query_exports_what_it_finds_and_all_that_needs(full, tmp_path, run):
    out = tmp_path / "denials.jsonl"
    done = run("export", full, out, "--format", "annotator-jsonl", "--where", "label=denial")
    assert done.code == 0
    lines = files.read(out)
    assert [line["label"] for line in lines if line["type"] == "mark"] == ["denial"]
    assert [line["name"] for line in lines if line["type"] == "source"] == ["A crane driver"]
    assert not [line for line in lines if line["type"] == "link"]
    other = tmp_path / "other.annotator"
    run("new", other)
    assert run("import", other, out).code == 0


def test_a_query_that_names_what_the_scheme_has_not_is_told_and_done(full, tmp_path, run):
    query = "label=denial or label=rumour"
    done = run("export", full, tmp_path / "x.jsonl", "--format", "annotator-jsonl", "--where", query)
    assert done.code == 0
    assert "label=rumour" in done.err
    assert "label=denial" not in done.err


def test_a_query_that_finds_nothing_is_told_and_done(full, tmp_path, run):
    done = run("export", full, tmp_path / "x.jsonl", "--format", "annotator-jsonl", "--where", "claim=C99")
    assert (done.code, "No mark fits the query" in done.err) == (0, True)
    done = run("export", full, tmp_path / "x.jsonl", "--format", "annotator-jsonl", "--where", "label=denial")
    assert "No mark" not in done.err


def test_a_query_with_an_error_says_where_and_writes_nothing(full, tmp_path, run):
    done = run(
        "export", full, tmp_path / "x.jsonl", "--format", "annotator-jsonl", "--where", "label==denial"
    )
    assert done.code == 2
    assert done.err.startswith("The query cannot go on with “=”. What can stand there: a value.")
    assert not (tmp_path / "x.jsonl").exists()


@pytest.mark.parametrize(("format_", "code"), [("text", 2), ("brot", 2)])
def test_a_format_that_does_not_write_is_wrong_usage(full, tmp_path, run, format_, code):
    assert run("export", full, tmp_path / "x", "--format", format_).code == code


def test_an_export_never_replaces_a_project_or_a_strange_folder(full, tmp_path, run):
    before = full.read_bytes()
    assert run("export", full, full, "--format", "annotator-jsonl").code == 3
    assert full.read_bytes() == before
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    assert run("export", full, mine, "--format", "brat").code == 3
    assert (mine / "thesis.txt").read_text() == "years of work"


def test_formats_are_listed_with_what_they_lose(run):
    rows = run("formats", "--json").json
    assert [keys(row) for row in rows] == [["name", "suffixes", "reads", "writes", "loses", "beside"]] * len(
        rows
    )
    by_name = {row["name"]: row for row in rows}
    assert list(by_name) == sorted(by_name)
    assert by_name["annotator-jsonl"]["loses"] == []
    assert by_name["brat"]["reads"]
    assert "judgements" in by_name["csv"]["loses"]
    assert not by_name["text"]["writes"]
    assert "annotator-jsonl" in run("formats").out


def test_stats_have_the_keys_and_order_of_the_contract(full, run):
    counts = run("stats", full, "--json").json
    assert keys(counts) == [
        "articles", "marks", "links", "mentions", "sources", "claims", "annotators",
        "by_article", "by_source",
    ]  # fmt: skip
    assert keys(counts["marks"]) == ["total", "by_label"]
    assert keys(counts["links"]) == ["total", "by_kind", "across_articles"]
    assert counts["marks"] == {"total": 2, "by_label": {"claim": 1, "denial": 1}}
    assert counts["links"] == {"total": 1, "by_kind": {"denies": 1}, "across_articles": 0}
    assert (counts["articles"], counts["mentions"], counts["sources"], counts["claims"]) == (1, 1, 2, 1)
    assert list(counts["annotators"].values()) == [2]
    assert [(row["handle"], row["title"], row["marks"]) for row in counts["by_article"]] == [
        ("A1", "Cranes", 2)
    ]
    assert [row["marks"] for row in counts["by_source"]] == [1, 1]
    assert "A1 Cranes" in run("stats", full).out


def test_the_map_has_the_keys_and_order_of_the_contract(full, run):
    data = run("map", full, "--format", "json").json
    assert keys(data) == ["claims", "without_source"]
    (claim,) = data["claims"]
    assert keys(claim) == [
        "id", "text", "disputed", "asserts", "denies", "queries", "comments", "silent", "independent",
        "grounds", "attacks_on_sources",
    ]  # fmt: skip
    assert claim["disputed"]
    assert claim["asserts"] == [{"source": "office", "owner": "office", "mark": "m1"}]
    assert claim["denies"] == [{"source": "driver", "owner": "driver", "mark": "m2"}]
    assert claim["independent"] == {"asserts": 1, "denies": 1}


def test_a_claim_is_named_by_id_or_handle(full, tmp_path, run):
    (claim,) = run("map", full, "--format", "json").json["claims"]
    for name in (claim["id"], "C1", "c1", claim["id"].upper()):
        assert [
            one["id"] for one in run("map", full, "--format", "json", "--claim", name).json["claims"]
        ] == [claim["id"]]
    unknown = run("map", full, "--claim", "C9")
    assert unknown.code == 2
    assert "C9" in unknown.err
    out = tmp_path / "map.md"
    assert run("map", full, "-o", out).code == 0
    assert "Denied by" in out.read_text()


def test_the_map_is_also_a_page_of_its_own(full, tmp_path, run):
    out = tmp_path / "map.html"
    assert run("map", full, "--format", "html", "-o", out).code == 0
    assert "Harbour office" in out.read_text()
    assert out.read_text().startswith("<!DOCTYPE html>")


def test_a_report_has_the_words_and_the_choice_of_the_analyst(full, tmp_path, run):
    with Project.open(full) as project:
        (claim,) = (one.id for one in project.facts().propositions.values())
        add_record(project.store, Report(id="", title="Harbour brief", lead="Who says it.", claims=(claim,)))
    out = tmp_path / "brief.md"
    assert run("report", full, out, "--name", "harbour BRIEF").code == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# Harbour brief\n\nWho says it.\n")
    assert run("report", full, out, "--claim", "C1", "--claim", "c1", "--format", "html").code == 0
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_report_that_is_not_there_is_refused_and_nothing_is_written(full, tmp_path, run):
    out = tmp_path / "brief.md"
    unknown = run("report", full, out, "--name", "Nothing")
    assert unknown.code == 2
    assert "Nothing" in unknown.err
    assert run("report", full, tmp_path / "brief.papyrus").code == 2
    reviewed = run("report", full, tmp_path / "brief.jsonld")
    assert reviewed.code == 3
    assert "verdict" in reviewed.err
    lossy = run("report", full, tmp_path / "brief.aif.json", "--strict")
    assert lossy.code == 3
    assert "argument graph" in lossy.err.lower()
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".annotator", ".jsonl"]


def test_a_report_is_a_pdf_where_there_is_no_display(full, tmp_path):
    out = tmp_path / "brief.pdf"
    environment = {**os.environ, "DISPLAY": ":97", "WAYLAND_DISPLAY": ""}
    environment.pop("QT_QPA_PLATFORM", None)
    command = [sys.executable, "-m", "annotator", "report", full, out]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=100, check=False)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    assert out.read_bytes().startswith(b"%PDF")


def test_where_qt_cannot_be_loaded_a_pdf_is_refused_and_a_text_goes_without_drawings(
    full, tmp_path, run, monkeypatch
):
    monkeypatch.setitem(sys.modules, "annotator.ui.application", None)
    refused = run("report", full, tmp_path / "brief.pdf")
    assert refused.code == 3
    assert "print it from a browser" in refused.err
    assert not (tmp_path / "brief.pdf").exists()
    done = run("report", full, tmp_path / "brief.docx")
    assert done.code == 0
    assert "drawings are not in it" in done.err
    assert run("report", full, tmp_path / "2.docx", "--strict").code == 3
    assert not (tmp_path / "2.docx").exists()


def test_drawings_are_left_out_where_they_are_not_wanted(full, tmp_path, run):
    out = tmp_path / "brief.html"
    assert run("report", full, out).code == 0
    assert out.read_text(encoding="utf-8").count("<svg") > 1
    assert run("report", full, out, "--without", "timeline").code == 0
    assert "Time line of C1" not in out.read_text(encoding="utf-8")
    assert run("report", full, out, "--without", "timeline", "--without", "graph").code == 0
    assert "<svg" not in out.read_text(encoding="utf-8")


def test_the_map_is_also_a_drawing_of_its_graph_and_time_line(full, tmp_path, run):
    out = tmp_path / "map.svg"
    assert run("map", full, "--format", "svg", "-o", out).code == 0
    assert "Harbour office" in out.read_text(encoding="utf-8")
    assert out.read_text(encoding="utf-8").startswith("<svg ")
    assert run("map", full, "--format", "svg", "--claim", "C99").code != 0


def test_loose_ends_do_not_change_the_exit_code(full, tmp_path, run):
    more = files.write(tmp_path / "b.jsonl", files.changed(files.DENIAL, id="m3", attribution=[]))
    run("import", full, more)
    done = run("check", full, "--json")
    assert done.code == 0
    assert keys(done.json) == ["ok", "damage", "loose_ends"]
    assert {"rule": "denial_without_target", "mark": "m3"} in [
        {name: row[name] for name in ("rule", "mark") if name in row} for row in done.json["loose_ends"]
    ]
    assert all(keys(row)[0] == "rule" and keys(row)[-1] == "message" for row in done.json["loose_ends"])
    assert "M3" in run("check", full).out


def test_history_is_newest_first_and_of_one_mark_where_asked(full, run):
    with Project.open(full) as project:
        ((mark,),) = project.store.query("SELECT id FROM mark WHERE origin_id = 'm1'")
        source = add_source(project.store, "Nobody")
        set_source(project.store, mark, source)
    rows = run("history", full, "--json").json
    assert [row["name"] for row in rows][-1] == "import"
    assert [row["seq"] for row in rows] == sorted((row["seq"] for row in rows), reverse=True)
    assert keys(rows[0]) == [
        "id", "name", "kind", "at", "annotator", "site", "seq", "clock", "reverses", "details",
    ]  # fmt: skip
    for name in (mark, "m1", "M1"):
        assert "add-source" not in [
            row["name"] for row in run("history", full, "--mark", name, "--json").json
        ]
        assert run("history", full, "--mark", name, "--json").json[0]["name"] == "set-source"
    assert run("history", full, "--mark", "M9").code == 2
    assert "harbour.jsonl" in run("history", full).out


def test_the_history_of_a_mark_outlives_it(full, run):
    with Project.open(full) as project:
        ((mark,),) = project.store.query("SELECT id FROM mark WHERE origin_id = 'm1'")
        delete_marks(project.store, [mark])
    for name in (mark, "m1", "M1"):
        assert run("history", full, "--mark", name, "--json").json[0]["name"] == "delete-mark"


def test_undo_and_redo_say_whose_work_they_reverse(full, run):
    undone = run("undo", full)
    assert undone.code == 0
    assert "import" in undone.out
    assert "harbour.jsonl" in undone.out
    assert run("stats", full, "--json").json["articles"] == 0
    redone = run("redo", full)
    assert redone.code == 0
    assert run("stats", full, "--json").json["marks"]["total"] == 2
    for verb, done in (("Undone", undone), ("Redone", redone), ("Undone", run("undo", full))):
        assert re.fullmatch(rf"{verb}: \S+  \S.*  import \(harbour.jsonl\)\n", done.out)


def test_undoing_more_than_there_is_does_what_it_can_and_says_so(full, run):
    done = run("undo", full, "--steps", 5)
    assert done.code == 1
    assert len(done.out.splitlines()) == 1
    assert done.err
    assert run("undo", full).code == 1
    assert run("undo", full, "--steps", 0).code == 2


def test_undo_stops_at_a_change_of_another_program(full, run):
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("UPDATE source SET name = 'Port office' WHERE origin_id = 'office'")
        connection.commit()
    done = run("undo", full)
    assert done.code == 1
    assert done.out == ""
    assert [row["kind"] for row in run("history", full, "--json").json] == ["foreign", "bulk"]


@pytest.mark.parametrize("command", READING)
def test_reading_works_while_another_program_has_the_project_open(full, run, command):
    lock = ProjectLock(full)
    lock.acquire()
    try:
        assert run(command, full).code == 0
    finally:
        lock.release()


def test_writing_is_refused_while_another_program_has_the_project_open(full, tmp_path, run):
    before = tables(full)
    lock = ProjectLock(full)
    lock.acquire()
    try:
        for command in (("undo", full), ("import", full, files.write(tmp_path / "b.jsonl", files.ARTICLE))):
            done = run(*command)
            assert done.code == 3
            assert str(os.getpid()) in done.err
    finally:
        lock.release()
    assert tables(full) == before


@pytest.mark.parametrize("command", READING)
def test_a_project_that_is_not_there_is_wrong_usage(tmp_path, run, command):
    done = run(command, tmp_path / "nothing.annotator")
    assert done.code == 2
    assert "nothing.annotator" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["stats", "check", "undo"])
@pytest.mark.parametrize("content", [b"", b"not a project at all", b"SQLite format 3\0" + bytes(200)])
def test_a_file_that_is_no_project_is_refused_and_stays_as_it_is(tmp_path, run, command, content):
    path = tmp_path / "other.annotator"
    path.write_bytes(content)
    assert run(command, path).code == 3
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_newer_project_is_refused_and_stays_as_it_is(full, run):
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = full.read_bytes()
    for command in ("stats", "undo"):
        assert run(command, full).code == 3
    assert full.read_bytes() == before


def test_a_folder_is_no_project(tmp_path, run):
    assert run("stats", tmp_path).code == 3


def test_a_word_that_is_no_command_is_explained(run):
    done = run("exprot", "a", "b")
    assert done.code == 2
    assert "export" in done.err
    assert run("stat").code == 2


def test_commands_without_their_arguments_are_wrong_usage(run):
    for command in ("new", "import", "export", "stats", "map", "check", "history", "undo", "redo", "demo"):
        done = run(command)
        assert done.code == 2
        assert "Usage: annotator" in done.err


def test_json_keeps_letters_of_every_alphabet(project, tmp_path, run):
    article = files.changed(files.ARTICLE, title="Порт 港 🚢")
    run("import", project, files.write(tmp_path / "a.jsonl", article))
    assert "Порт 港 🚢" in run("stats", project, "--json").out


def test_the_demonstration_is_complete_and_can_be_made_again(tmp_path, run):
    out = tmp_path / "demo"
    assert run("demo", out).code == 0
    for name in (*FILES, "exports/csv/marks.csv"):
        assert (out / name).is_file(), name
    assert run("check", out / "sample.annotator").code == 0
    assert run("demo", out).code == 0
    (out / "notes.txt").write_text("mine")
    assert run("demo", out).code == 3
