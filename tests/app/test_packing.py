"""`annotator check` offers a smaller file where that pays, and makes it when asked."""

import json
from datetime import timedelta

import pytest

from annotator.app.cli import main
from annotator.app.project import Project
from annotator.domain import clock
from annotator.store import edits, lists
from annotator.store.store import Identity, Store
from tests.store.samples import by_another_program, two_marks

HUNDRED_DAYS_MS = timedelta(days=100) // timedelta(milliseconds=1)


@pytest.fixture
def old(tmp_path):
    """A project with much history, all of it a hundred days old."""
    path = tmp_path / "news.annotator"
    Store.create(path, Identity()).close()
    store = Store.open(path, Identity(), wall_ms=lambda: clock.wall_ms() - HUNDRED_DAYS_MS)
    claim, _ = two_marks(store)
    for number in range(30):
        edits.edit_mark(store, claim, note=f"{number} " * 20_000)
    edits.edit_mark(store, claim, note=None)
    store.close()
    return path


def test_check_offers_packing_and_changes_nothing_by_itself(old, capsys):
    before = old.read_bytes()
    assert main(["check", str(old)]) == 0
    assert f"annotator check --pack {old}" in capsys.readouterr().err
    assert main(["check", str(old), "--json"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == ["ok", "damage", "loose_ends"]
    assert old.read_bytes() == before


def test_a_packed_project_is_smaller_and_undo_says_why_it_stops(old, capsys):
    size = old.stat().st_size
    assert main(["check", str(old), "--pack", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["packed"]["saved"] == size - old.stat().st_size > size / 2
    assert "Packed:" in told.err
    assert main(["undo", str(old)]) == 1
    assert "the history before that was packed" in capsys.readouterr().err
    assert main(["check", str(old)]) == 0
    assert "--pack" not in capsys.readouterr().err


def test_days_that_are_kept_can_still_be_undone(old, capsys):
    assert main(["check", str(old), "--pack", "--keep-days", "200"]) == 0
    assert main(["undo", str(old), "--steps", "2"]) == 0
    with Project.open(old, readonly=True) as project:
        assert len(lists.history(project.store)) > 30
    assert "Undone" in capsys.readouterr().out


def test_a_damaged_project_is_not_packed(old, capsys):
    by_another_program(old, "PRAGMA ignore_check_constraints = ON", "UPDATE mark SET quotes = '[\"x\"]'")
    assert main(["check", str(old), "--pack"]) == 1
    told = capsys.readouterr()
    assert "was not packed" in told.err
    assert "Packed:" not in told.err


def test_packing_and_salvage_do_not_go_together(old, tmp_path, capsys):
    assert main(["check", str(old), "--pack", "--salvage", str(tmp_path / "new.annotator")]) == 2
    assert "not both" in capsys.readouterr().err
