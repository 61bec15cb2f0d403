"""Commands that make a project, tell of it and undo in it; and how every command ends."""

import json
import os
import re
import sqlite3
from contextlib import closing

import pytest

from annotator.app.project import Project
from annotator.store.edits import add_source, delete_marks, set_source
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


def test_a_new_project_is_empty_and_sound(project, run):
    assert run("stats", project, "--json").json["articles"] == 0
    assert run("check", project, "--json").json == {"ok": True, "damage": [], "loose_ends": []}


def test_a_project_is_never_made_over_another(full, run):
    before = full.read_bytes()
    done = run("new", full)
    assert done.code == 3
    assert str(full) in done.err
    assert full.read_bytes() == before


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


def test_without_a_display_the_window_is_refused_with_a_sentence(full, run, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for arguments in ((), (full,)):
        done = run(*arguments)
        assert done.code == 3
        assert "display" in done.err


def test_stats_have_the_keys_and_order_of_the_contract(full, run):
    counts = run("stats", full, "--json").json
    assert list(counts) == [
        "articles", "marks", "links", "mentions", "sources", "claims", "annotators",
        "by_article", "by_source",
    ]  # fmt: skip
    assert list(counts["marks"]) == ["total", "by_label"]
    assert list(counts["links"]) == ["total", "by_kind", "across_articles"]
    assert counts["marks"] == {"total": 2, "by_label": {"claim": 1, "denial": 1}}
    assert counts["links"] == {"total": 1, "by_kind": {"denies": 1}, "across_articles": 0}
    assert (counts["articles"], counts["mentions"], counts["sources"], counts["claims"]) == (1, 1, 2, 1)
    assert list(counts["annotators"].values()) == [2]
    assert [(row["handle"], row["title"], row["marks"]) for row in counts["by_article"]] == [
        ("A1", "Cranes", 2)
    ]
    assert [row["marks"] for row in counts["by_source"]] == [1, 1]
    assert "A1 Cranes" in run("stats", full).out


def test_loose_ends_do_not_change_the_exit_code(full, tmp_path, run):
    more = files.write(tmp_path / "b.jsonl", files.changed(files.DENIAL, id="m3", attribution=[]))
    run("import", full, more)
    done = run("check", full, "--json")
    assert done.code == 0
    assert list(done.json) == ["ok", "damage", "loose_ends"]
    assert {"rule": "denial_without_target", "mark": "m3"} in [
        {name: row[name] for name in ("rule", "mark") if name in row} for row in done.json["loose_ends"]
    ]
    assert all(next(iter(row)) == "rule" and list(row)[-1] == "message" for row in done.json["loose_ends"])
    assert "M3" in run("check", full).out


def test_history_is_newest_first_and_of_one_mark_where_asked(full, run):
    with Project.open(full) as project:
        ((mark,),) = project.store.query("SELECT id FROM mark WHERE origin_id = 'm1'")
        source = add_source(project.store, "Nobody")
        set_source(project.store, mark, source)
    rows = run("history", full, "--json").json
    assert [row["name"] for row in rows][-1] == "import"
    assert [row["seq"] for row in rows] == sorted((row["seq"] for row in rows), reverse=True)
    assert list(rows[0]) == [
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
