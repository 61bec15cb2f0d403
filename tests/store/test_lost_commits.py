"""After a kill the file must hold all that was acknowledged; if somebody took it away, we say so."""

import shutil
import subprocess
import sys

from annotator.store import edits
from annotator.store.store import Store

_KILLED = """
import os, sys
from pathlib import Path
from annotator.store import edits
from annotator.store.store import Identity, Store
store = Store.open(Path(sys.argv[1]), Identity())
for number in range(5):
    edits.add_source(store, f"Source {number}")
print("done", flush=True)
os.kill(os.getpid(), 9)
"""


def killed_session(project):
    """A program that makes five sources and is killed before it can close the file."""
    run = subprocess.run([sys.executable, "-c", _KILLED, str(project)], capture_output=True, text=True)
    assert run.stdout == "done\n"
    assert run.returncode == -9


def test_a_kill_alone_loses_nothing_and_warns_of_nothing(project, opened):
    killed_session(project)
    store = opened()
    assert store.warnings == []
    assert store.query("SELECT count(*) FROM shown_source") == [(5,)]


def test_an_older_copy_put_in_the_place_of_a_killed_file_is_told(project, opened, tmp_path):
    older = tmp_path / "older.annotator"
    shutil.copy(project, older)
    killed_session(project)
    shutil.copy(older, project)
    (warning,) = opened().warnings
    assert warning.code == "project-lost-commits"
    assert warning.details["commits"] == 5


def test_it_is_told_once_and_work_goes_on(project, opened, reopen, tmp_path):
    older = tmp_path / "older.annotator"
    shutil.copy(project, older)
    killed_session(project)
    shutil.copy(older, project)
    store = opened()
    edits.add_source(store, "New")
    assert reopen(store).warnings == []


def test_a_copy_that_goes_its_own_way_after_a_clean_end_is_no_loss(project, opened, reopen, me, tmp_path):
    older = tmp_path / "older.annotator"
    shutil.copy(project, older)
    store = opened()
    edits.add_source(store, "Ministry")
    store.close()
    shutil.copy(older, project)
    assert opened().warnings == []
    copy = Store.open(older, me)
    assert copy.warnings == []
    copy.close()
