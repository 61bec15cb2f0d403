"""Corrected articles brought in from the command line, linked to what was there only where asked."""

import json

import pytest

from annotator.app.project import Project
from annotator.store import edits, read

OLD = "The port was closed on Monday, the office said.\nNobody was hurt when the crane fell.\n"
NEW = "Correction: a date was wrong.\n" + OLD.replace("on Monday", "on Tuesday")


@pytest.fixture
def texts(tmp_path, run, project):
    """The older text with a mark in a project, and a file with the newer one."""
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    head = "---\ntitle: Port closed\nurl: https://example.org/port\n---\n"
    old.write_text(head + OLD)
    new.write_text(head + NEW)
    assert run("import", project, old).code == 0
    with Project.open(project) as opened:
        (article,) = [row[0] for row in opened.store.query("SELECT id FROM shown_article")]
        text = read.text(opened.store, article)
        start = text.index("Nobody was hurt")
        edits.add_mark(opened.store, article, "claim", [(start, start + 15)])
    return new


def test_a_changed_text_becomes_a_newer_version_with_its_marks_where_asked(project, texts, run):
    done = run("import", project, texts, "--link-versions", "--json")
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert [(one["article"], one["by"], one["marks"]) for one in told["versions"]] == [
        (told["articles"][0], "address", 1)
    ]
    stats = json.loads(run("stats", project, "--json").out)
    assert stats["marks"]["total"] == 2
    assert run("undo", project).code == 0
    assert json.loads(run("stats", project, "--json").out)["marks"]["total"] == 1
    assert json.loads(run("stats", project, "--json").out)["articles"] == 2


def test_it_is_said_in_words_with_handles(project, texts, run):
    done = run("import", project, texts, "--link-versions")
    assert "A2 became a newer version of A1; 1 mark carried over." in done.out


def test_without_being_asked_nothing_is_linked_and_nothing_more_is_told(project, texts, run):
    told = json.loads(run("import", project, texts, "--json").out)
    assert set(told) == {"added", "skipped", "articles", "reanchored", "refused", "notices", "failed"}
    with Project.open(project) as opened:
        assert opened.store.query("SELECT count(*) FROM shown_article WHERE version_of IS NOT NULL") == [(0,)]
