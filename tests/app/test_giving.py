"""Exports are of one state of the project, whoever writes meanwhile."""

import json
import subprocess
import sys

import pytest

from annotator import Project
from annotator.domain.errors import UserError
from annotator.store import export
from annotator.store.bulk import BulkCancelledError
from annotator.store.edits import add_mark, add_source
from annotator.store.lists import articles

WORDS = "The port is closed, said Ruiz.\nNobody had told the crews.\n"


def test_an_export_during_which_somebody_writes_is_made_anew_of_what_is_there_then(tmp_path):
    path, out = tmp_path / "harbour.annotator", tmp_path / "harbour.jsonl"
    with Project.create(path) as made:
        add_source(made.store, "Ana Ruiz")
    told = []

    def progress(count):
        if not told:
            with Project.open(path) as other:
                add_source(other.store, "The port authority")
        told.append(count)
        return True

    with Project.open(path, readonly=True) as project:
        project.export(out, "annotator-jsonl", progress=progress)
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [one["name"] for one in records if one["type"] == "source"] == ["Ana Ruiz", "The port authority"]
    assert told.count(0) == 2
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix != ".lock") == [path.name, out.name]


def test_an_export_made_anew_says_once_what_its_format_changes(tmp_path):
    path = tmp_path / "harbour.annotator"
    with Project.create(path) as made:
        made.import_(text_beside(tmp_path))
        (article,) = articles(made.store)
        add_mark(made.store, article.id, "claim", [(WORDS.index("\n"), WORDS.index("\n") + 1)])
    told, seen = [], []

    def progress(count):
        if not seen:
            with Project.open(path) as other:
                add_source(other.store, "The port authority")
        seen.append(count)
        return True

    with Project.open(path, readonly=True) as project:
        project.export(
            tmp_path / "out", "brat", report=lambda code, **details: told.append(code), progress=progress
        )
    assert seen.count(0) == 2
    assert told == ["brat-mark-of-line-ends"]


@pytest.mark.parametrize("format_", ["brat", "csv"])
def test_an_export_can_be_stopped_while_it_writes_what_waited_for_the_last_record(tmp_path, format_):
    path, out = tmp_path / "harbour.annotator", tmp_path / "out"
    with Project.create(path) as project:
        project.import_(text_beside(tmp_path))
        (article,) = articles(project.store)
        add_mark(project.store, article.id, "claim", [(0, 4)])
        records = sum(map(len, export.runs(project.store)))
        with pytest.raises(BulkCancelledError):
            project.export(out, format_, progress=lambda count: count < records)
        assert not [one for one in tmp_path.iterdir() if "out" in one.name]
        project.export(out, format_, progress=lambda count: True)


KILLED = """
import os, sqlite3, sys
writer = sqlite3.connect(sys.argv[1], isolation_level=None)
writer.execute("PRAGMA cache_size = 1")
writer.execute("BEGIN")
writer.execute("UPDATE article SET note = hex(randomblob(100000))")
os._exit(9)
"""


def test_an_export_beside_a_writer_that_is_killed_says_so_and_works_when_done_again(tmp_path):
    path, out = tmp_path / "harbour.annotator", tmp_path / "harbour.jsonl"
    with Project.create(path) as made:
        made.import_(text_beside(tmp_path))

    def progress(count):
        if not out.with_name(path.name + "-journal").exists():
            subprocess.run([sys.executable, "-c", KILLED, path], check=False)
        return True

    with Project.open(path, readonly=True) as project, pytest.raises(UserError) as told:
        project.export(out, "annotator-jsonl", progress=progress)
    assert told.value.code == "project-interrupted"
    assert not out.exists()
    with Project.open(path, readonly=True) as project:
        project.export(out, "annotator-jsonl")
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [one.get("note") for one in records if one["type"] == "article"] == [None]


@pytest.mark.parametrize("name", ["annotator-jsonl", "brat", "csv"])
def test_an_export_is_the_same_whether_of_the_project_itself_or_of_a_copy(tmp_path, name):
    path = tmp_path / "harbour.annotator"
    made_of_copy, made_of_itself = tmp_path / "first", tmp_path / "second"
    with Project.create(path) as project:
        project.import_(text_beside(tmp_path))
        add_source(project.store, "Ana Ruiz")
        project.export(made_of_copy, name)
    with Project.open(path, readonly=True) as project:
        project.export(made_of_itself, name)
    assert contents(made_of_itself) == contents(made_of_copy)


def text_beside(folder):
    text = folder / "strike.txt"
    text.write_text(WORDS, "utf-8")
    return text


def contents(out):
    files = [out, *out.rglob("*")]
    return {str(file.relative_to(out)): file.read_bytes() for file in files if file.is_file()}
