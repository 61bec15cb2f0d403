"""What `annotator export` and `annotator formats` write, refuse and say."""

import pytest

from tests.app import files


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
    assert [list(row) for row in rows] == [["name", "suffixes", "reads", "writes", "loses", "beside"]] * len(
        rows
    )
    by_name = {row["name"]: row for row in rows}
    assert list(by_name) == sorted(by_name)
    assert by_name["annotator-jsonl"]["loses"] == []
    assert by_name["brat"]["reads"]
    assert "judgements" in by_name["csv"]["loses"]
    assert not by_name["text"]["writes"]
    assert "annotator-jsonl" in run("formats").out
