"""Commands that only read take a project of an older format, where they may bring it up to date."""

import json
import os
import shutil
from pathlib import Path

import pytest

from annotator.store import schema
from annotator.store.backup import backup_folder
from tests.store.samples import sha256

OLDER = Path(__file__).parents[1] / "files" / "format-3.annotator"


@pytest.fixture
def older(tmp_path):
    return Path(shutil.copy(OLDER, tmp_path / "old.annotator"))


@pytest.mark.parametrize("command", ["stats", "map", "check", "history"])
def test_a_command_that_reads_brings_an_older_project_up_to_date(command, older, run):
    assert run(command, older).code == 0
    assert older.read_bytes()[63] == schema.FORMAT_VERSION
    assert len(list(backup_folder(older).iterdir())) == 1
    assert json.loads(run("stats", older, "--json").out)["claims"] == 8


def test_an_older_project_that_cannot_be_written_is_refused_with_a_way_out(older, run, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK)
    before = sha256(older)
    done = run("stats", older)
    assert done.code == 3
    assert "older format (3)" in done.err
    assert sha256(older) == before
