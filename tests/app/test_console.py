"""What a long command says while it runs."""

import shutil
import sys
from typing import get_args

import pytest

from annotator.app import console
from annotator.app.console import Complaints, UnreadError, counter, end_line, opened, share_counter
from annotator.app.project import Project
from annotator.store import edits
from annotator.store.stages import Stage


def test_progress_is_counted_on_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    tell = counter("records")
    assert tell(1200)
    end_line()
    told = capsys.readouterr()
    assert "1,200 records" in told.err
    assert told.out == ""


def test_files_that_are_looked_at_are_counted_before_there_are_records(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    share, tell = share_counter("files looked at"), counter("records")
    for done in (200, 1200):
        share(done, 100_000)
        assert tell(0)
    assert tell(7)
    *looked, last = capsys.readouterr().err.split("\r\033[K")[1:]
    assert looked == ["200 of 100,000 files looked at …", "1,200 of 100,000 files looked at …"]
    assert last == "7 records …"


@pytest.mark.parametrize(("is_terminal", "said"), [(True, 20), (False, 60)])
def test_a_terminal_gets_the_first_notices_of_a_kind_and_a_file_all_of_them(
    is_terminal, said, capsys, monkeypatch
):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    with Complaints() as told:
        for number in range(60):
            told.add("claim-unknown", claim=f"C{number}")
        told.add("mark-unknown", mark="M1")
    err = capsys.readouterr().err
    assert (err.count("There is no claim"), "“C0”" in err, "“M1”" in err) == (said, True, True)
    assert ("There are 40 more of the same kind (claim-unknown)" in err) == is_terminal
    assert "(mark-unknown)" not in err


@pytest.mark.parametrize("stop", [KeyboardInterrupt, UnreadError])
def test_work_that_is_stopped_says_how_many_notices_a_terminal_did_not_get(stop, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    told = Complaints()
    for number in range(60):
        told.add("claim-unknown", claim=f"C{number}")
    with pytest.raises(stop), told:
        raise stop
    assert "There are 40 more of the same kind (claim-unknown)" in capsys.readouterr().err


def test_nothing_is_counted_where_nobody_looks(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    assert counter("records")(1200)
    share_counter("files looked at")(1, 2)
    end_line()
    assert capsys.readouterr() == ("", "")


@pytest.fixture
def unclosed(tmp_path):
    """A project as a program leaves it that is killed."""
    with Project.create(tmp_path / "open.annotator") as project:
        edits.add_source(project.store, "Ministry")
        return shutil.copy(project.store.path, tmp_path / "news.annotator")


def test_a_check_that_takes_long_says_on_a_terminal_how_far_it_is(capsys, monkeypatch, unclosed):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(console, "_PATIENCE_S", 0)
    monkeypatch.setattr(console, "_TOLD_EVERY_S", 0)
    opened(unclosed).close()
    told = capsys.readouterr()
    assert "Checking the project, which was not closed properly" in told.err
    assert told.err.endswith("\r\033[K")
    assert told.out == ""


def test_a_check_is_done_in_silence_where_nobody_looks(capsys, monkeypatch, unclosed):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    monkeypatch.setattr(console, "_PATIENCE_S", 0)
    opened(unclosed).close()
    assert capsys.readouterr() == ("", "")


def test_every_stage_has_its_words():
    assert set(console._STAGES) == set(get_args(Stage))
