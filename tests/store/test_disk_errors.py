"""A disk that fails again and again is left alone, and what was stored can be taken elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.store.store import Store
from tests.store.samples import dump, two_marks

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits of the size of files")

FAILING = """
import resource, signal, sys
from pathlib import Path
from annotator.domain.errors import UserError
from annotator.store import edits
from annotator.store.store import Identity, Store
path = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(path, Identity())
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
def writable(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
def edit():
    try:
        edits.add_source(store, "Ministry " * 2000)
    except UserError as error:
        print(error.code)
    else:
        print("stored")
writable(path.stat().st_size)
edit(), edit()
writable(hard)
edit()
writable(path.stat().st_size)
edit(), edit(), edit()
writable(hard)
edit()
print("read only" if store.readonly else "saved")
store.save_copy(path.with_name("copy.annotator"))
store.close()
"""


@pytest.fixture
def told(opened, project):
    store = opened()
    two_marks(store)
    store.close()
    done = subprocess.run(
        [sys.executable, "-c", FAILING, str(project)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_after_three_errors_in_a_row_the_file_is_left_alone(told):
    given_up = "project-readonly-after-errors"
    assert told == [
        *["disk-error", "disk-error", "stored"],
        *["disk-error", "disk-error", given_up, given_up, "read only"],
    ]


def test_the_copy_holds_all_that_was_stored_and_so_does_the_file(told, project, opened, me):
    store, copy = opened(), Store.open(project.with_name("copy.annotator"), me)
    assert store.query("SELECT count(*) FROM main.source") == [(1,)]
    assert dump(copy) == dump(store)
    assert copy.undo().operation.name == "add-source"
    copy.close()
