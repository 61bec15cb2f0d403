"""What `annotator import` takes, what it leaves and what it says of either."""

import pytest

from annotator.app.project import Project
from annotator.store.lists import history
from tests.app import files
from tests.app.done import tables


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


def test_import_says_what_it_added_and_what_was_there(project, tmp_path, run):
    source = files.write(tmp_path / "in.jsonl", *files.LINES)
    first = run("import", project, source, "--json")
    assert first.code == 0
    assert list(first.json) == [
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
