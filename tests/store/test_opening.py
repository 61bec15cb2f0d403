"""What is opened, what is refused, and that a refused file keeps every byte."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from annotator.domain.errors import UserError
from annotator.store import edits, lists, read, schema
from annotator.store.store import Identity, Store
from tests.store.samples import TEXT, add_article, by_another_program, dump, fill, sha256

SOURCE = Path(__file__).resolve().parents[2] / "src"
NOBODY = 65534


def as_the_window_does(path, identity):
    return Store.open_in_order(path, identity) or Store.open(path, identity)


def refusal(path, opened=Store.open, **options):
    """The code with which a file is refused; it must keep every byte, and its folder every name."""
    before = sha256(path) if path.is_file() else None
    files = sorted(path.parent.iterdir())
    with pytest.raises(UserError) as refused:
        opened(path, Identity(), **options).close()
    assert (sha256(path) if path.is_file() else None) == before
    assert sorted(path.parent.iterdir()) == files
    return refused.value.code


def refused_each_way(path):
    codes = {refusal(path), refusal(path, readonly=True), refusal(path, as_the_window_does)}
    assert len(codes) == 1
    return codes.pop()


def patch(path, at, data):
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def test_a_missing_file(tmp_path):
    assert refused_each_way(tmp_path / "none.annotator") == "project-missing"


def test_a_file_of_a_newer_version(filled):
    by_another_program(filled, f"PRAGMA user_version = {schema.FORMAT_VERSION + 1}")
    assert refused_each_way(filled) == "project-newer"


def test_a_file_of_no_version(filled):
    by_another_program(filled, "PRAGMA user_version = 0")
    assert refused_each_way(filled) == "project-damaged"


def test_the_database_of_another_program(tmp_path):
    path = tmp_path / "places.sqlite"
    by_another_program(path, "CREATE TABLE t (x)", "PRAGMA user_version = 1")
    assert refused_each_way(path) == "project-foreign"


@pytest.mark.parametrize("content", [b"x", b"PK\x03\x04" * 100, b"SQLite format 3\x00", os.urandom(5000)])
def test_a_file_that_is_no_database(tmp_path, content):
    path = tmp_path / "essay.annotator"
    path.write_bytes(content)
    assert refused_each_way(path) == "project-not-sqlite"


def test_an_empty_file(tmp_path):
    path = tmp_path / "empty.annotator"
    path.touch()
    assert refused_each_way(path) == "project-empty"


def test_a_folder(tmp_path):
    path = tmp_path / "folder.annotator"
    path.mkdir()
    assert refused_each_way(path) == "project-not-a-file"


def test_a_pipe_does_not_hang(tmp_path):
    path = tmp_path / "pipe.annotator"
    os.mkfifo(path)
    assert refused_each_way(path) == "project-not-a-file"


def test_a_socket_is_not_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        assert refused_each_way(tmp_path / "s") == "project-not-a-file"


def test_a_truncated_file(filled):
    os.truncate(filled, filled.stat().st_size - 4096 * 3)
    assert refused_each_way(filled) == "project-damaged"


def test_a_file_truncated_to_less_than_a_page(filled):
    os.truncate(filled, 512)
    assert refused_each_way(filled) == "project-damaged"


def root_page(path, table):
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    finally:
        connection.close()


def test_a_zeroed_page_is_named_after_an_unclean_end(filled):
    by_another_program(filled, "UPDATE head SET closed = 0")
    patch(filled, (root_page(filled, "mark") - 1) * 4096, bytes(4096))
    assert refused_each_way(filled) == "project-damaged"


def test_a_zeroed_page_is_named_when_it_is_read(filled, opened):
    patch(filled, (root_page(filled, "mark") - 1) * 4096, bytes(4096))
    store = opened(readonly=True)
    with pytest.raises(UserError, match="project-damaged"):
        lists.marks(store)


def test_a_zeroed_schema(filled):
    patch(filled, 100, bytes(3996))
    assert refused_each_way(filled) == "project-damaged"


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER extra AFTER INSERT ON mark BEGIN DELETE FROM mark; END",
        "CREATE TRIGGER _sqlite_extra AFTER INSERT ON mark BEGIN DELETE FROM mark; END",
        "CREATE VIEW extra AS SELECT load_extension('x')",
        "CREATE VIEW _sqlite_extra AS SELECT 1",
        "CREATE VIRTUAL TABLE extra USING fts5(x)",
        "CREATE VIRTUAL TABLE _sqlite_extra USING fts5(x)",
    ],
)
def test_a_file_with_code_we_do_not_know(filled, sql):
    by_another_program(filled, sql)
    assert refused_each_way(filled) == "project-unsafe"


def test_a_view_with_another_meaning(filled):
    by_another_program(filled, "DROP VIEW v_marks", "CREATE VIEW v_marks AS SELECT 1")
    assert refused_each_way(filled) == "project-unsafe"


def test_a_table_with_another_meaning(filled):
    by_another_program(filled, "ALTER TABLE pin ADD COLUMN extra_column TEXT")
    assert refused_each_way(filled) == "project-unsafe"


def test_a_table_that_is_gone(filled):
    by_another_program(filled, "DROP TABLE pin")
    assert refused_each_way(filled) == "project-damaged"


def test_tables_and_indexes_of_others_are_left_alone(filled, opened):
    by_another_program(
        filled, "CREATE TABLE theirs (x)", "CREATE INDEX theirs_too ON mark (note)", "ANALYZE", "VACUUM"
    )
    store = opened()
    edits.add_source(store, "Ministry")
    assert store.query("SELECT count(*) FROM theirs") == [(0,)]


def test_other_files_and_the_schema_are_out_of_reach(opened, tmp_path):
    store = opened()
    for sql in (
        f"ATTACH '{tmp_path / 'other.db'}' AS other",
        "PRAGMA writable_schema = ON",
        "pragma Writable_Schema(1)",
        "VACUUM",
    ):
        with pytest.raises(sqlite3.DatabaseError, match="authoriz"):
            store.query(sql)
    assert not (tmp_path / "other.db").exists()


def test_a_function_named_in_the_file_is_not_run(opened):
    store = opened()
    settings = {name: store.query(f"PRAGMA {name}")[0][0] for name in ("trusted_schema", "cell_size_check")}
    assert settings == {"trusted_schema": 0, "cell_size_check": 1}
    assert store.query("PRAGMA synchronous") == [(2,)]
    assert store.query("PRAGMA journal_mode") == [("truncate",)]
    assert store.query("PRAGMA foreign_keys") == [(1,)]


def test_a_new_project_never_takes_the_place_of_a_file(filled, tmp_path, me):
    before = sha256(filled)
    with pytest.raises(UserError, match="project-exists"):
        Store.create(filled, me)
    assert sha256(filled) == before
    with pytest.raises(UserError, match="project-not-writable"):
        Store.create(tmp_path / "no such folder" / "x.annotator", me)
    assert [path.name for path in tmp_path.iterdir()] == [filled.name]


def test_one_file_is_left_at_rest(filled, opened, tmp_path):
    for edit in (False, True):
        store = opened()
        if edit:
            edits.add_source(store, "Ministry")
        assert filled.with_name(filled.name + ".lock").exists()
        store.close()
        assert [path.name for path in tmp_path.iterdir()] == [filled.name]


def test_reading_alone_needs_no_lock_and_cannot_write(filled, opened):
    writing = opened()
    reading = opened(readonly=True)
    assert len(lists.marks(reading)) == 2
    for attempt in (lambda: edits.add_source(reading, "x"), reading.undo, lambda: add_article(reading)):
        with pytest.raises(UserError, match="project-readonly"):
            attempt()
    edits.add_source(writing, "Ministry")
    assert [row.name for row in lists.sources(reading)] == ["Ministry"]


def run_as_nobody(path, *lines):
    """Run lines of a program as a user who owns nothing; returns what they print."""
    program = "\n".join(
        [
            "import os, sys, pathlib",
            "from annotator.store.store import Store, Identity",
            "from annotator.store import edits, lists",
            "from annotator.domain.errors import UserError",
            "path = pathlib.Path(sys.argv[1])",
            "import sqlite_utils, annotator.store.imports",
            f"os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})" if os.geteuid() == 0 else "",
            "def attempt(act):",
            "    try: print(act())",
            "    except UserError as error: print(error.code)",
            *lines,
        ]
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.fixture
def reachable(filled):
    """The project where a user who owns nothing can reach it.

    Not in the folder around all tests, which any other run of pytest closes to other people again.
    """
    with tempfile.TemporaryDirectory(prefix="annotator-reachable-") as name:
        Path(name).chmod(0o755)
        yield Path(shutil.copy(filled, name))
        Path(name).chmod(0o755)


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o777, 0o444), (0o555, 0o666)])
def test_a_file_or_folder_that_cannot_be_written_opens_for_reading_only(reachable, folder_mode, file_mode):
    before = sha256(reachable)
    reachable.chmod(file_mode)
    reachable.parent.chmod(folder_mode)
    try:
        printed = run_as_nobody(
            reachable,
            "attempt(lambda: Store.open(path, Identity()))",
            "attempt(lambda: len(lists.marks(Store.open(path, Identity(), readonly=True))))",
        )
    finally:
        reachable.parent.chmod(0o755)
    assert printed == ["project-readonly", "2"]
    assert sha256(reachable) == before
    assert [path.name for path in reachable.parent.iterdir()] == [reachable.name]


def test_a_file_that_may_not_be_read(reachable):
    reachable.chmod(0o000)
    assert run_as_nobody(reachable, "attempt(lambda: Store.open(path, Identity()))") == ["project-unreadable"]


def test_a_hot_journal_in_a_read_only_folder_is_named(reachable):
    journal = reachable.with_name(reachable.name + "-journal")
    page = reachable.read_bytes()[:4096]
    pages = (reachable.stat().st_size // len(page)).to_bytes(4, "big").hex()
    header = bytes.fromhex(f"d9d505f920a163d7 ffffffff 00000000 {pages} 00000200 00001000").ljust(512, b"\0")
    checksum = sum(page[len(page) - 200 : 0 : -200]) & 0xFFFFFFFF
    journal.write_bytes(header + (1).to_bytes(4, "big") + page + checksum.to_bytes(4, "big"))
    reachable.chmod(0o444)
    reachable.parent.chmod(0o555)
    try:
        printed = run_as_nobody(reachable, "attempt(lambda: Store.open(path, Identity(), readonly=True))")
    finally:
        reachable.parent.chmod(0o755)
    assert printed == ["project-unfinished"]
    assert journal.exists()


def test_a_file_that_was_renamed_under_us_refuses_the_next_edit(filled, opened, tmp_path):
    store = opened()
    moved = tmp_path / "moved.annotator"
    filled.rename(moved)
    with pytest.raises(UserError, match="project-moved"):
        edits.add_source(store, "Ministry")
    assert len(lists.marks(store)) == 2
    store.close()
    assert Store.open(moved, Identity(), readonly=True).query("SELECT count(*) FROM source") == [(0,)]


def test_a_file_that_was_replaced_under_us_keeps_its_bytes_and_its_journal(filled, opened, tmp_path):
    store = opened()
    edits.add_source(store, "Ministry")
    other = tmp_path / "other.annotator"
    shutil.copyfile(filled, other)
    other.replace(filled)
    journal = filled.with_name(filled.name + "-journal")
    before = sha256(filled)
    with pytest.raises(UserError, match="project-moved"):
        edits.add_source(store, "Harbour")
    journal.write_bytes(b"of another program")
    store.close()
    assert journal.read_bytes() == b"of another program"
    assert sha256(filled) == before


def test_a_file_that_was_deleted_under_us_refuses_the_next_edit(filled, opened):
    store = opened()
    filled.unlink()
    with pytest.raises(UserError, match="project-moved"):
        edits.add_source(store, "Ministry")
    assert len(lists.marks(store)) == 2


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from annotator.domain.errors import UserError
from annotator.store import edits, lists
from annotator.store.store import Identity, Store
from tests.store.samples import dump
path = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(path, Identity())
before = dump(store)
told = []
store.subscribe(told.append)
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
def fill_up():
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
def make_room():
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
fill_up()
refused = 0
while not refused:
    number = len(told)
    note = str(number) * 4000
    try:
        edits.edit_mark(store, before["mark"][0][0], note=note)
    except UserError as error:
        refused += 1
        assert error.code in ("disk-full", "disk-error"), error.code
        before_refusal = dump(store)
        try:
            edits.edit_mark(store, before["mark"][0][0], note=note)
        except UserError:
            assert dump(store) == before_refusal
make_room()
edits.edit_mark(store, before["mark"][0][0], note=note)
fill_up()
try:
    with store.bulk("import") as bulk:
        rows = [(str(n) * 50, bulk.operation) for n in range(9000)]
        bulk.insert("INSERT INTO main.exhibit (id, operation)", rows)
    print("stored")
except UserError as error:
    assert error.code in ("disk-full", "disk-error"), error.code
make_room()
known = len(told)
edits.edit_mark(store, before["mark"][0][0], note="space again")
assert len(told) == known + 1
assert store.query("PRAGMA integrity_check") == [("ok",)]
assert store.query("SELECT count(*) FROM exhibit") == [(0,)]
store.undo()
store.close()
store = Store.open(path, Identity())
assert store.query("SELECT count(*) FROM operation WHERE kind = 'foreign'") == [(0,)]
store.close()
print("fine")
"""


def test_a_full_disk_refuses_the_edit_and_the_next_works_once_there_is_space(filled):
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(filled)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(SOURCE), str(SOURCE.parent)])},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (done.stdout.split(), done.stderr) == (["fine"], "")


def test_a_file_that_is_busy_is_named_and_nothing_is_lost(filled, opened):
    store = opened()
    store._connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = dump(store)
    with pytest.raises(UserError, match="project-busy"):
        edits.add_source(store, "Ministry")
    assert dump(store) == before
    other.execute("ROLLBACK")
    other.close()
    edits.add_source(store, "Ministry")
    assert read.count(store, type(read.source(store, lists.sources(store)[0].id))) == 1


def test_a_reader_that_holds_the_file_delays_a_commit_but_never_halves_it(filled, opened):
    store = opened()
    store._connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(filled, isolation_level=None)
    rows = other.execute("SELECT * FROM change")
    rows.fetchone()
    before = dump(store)
    with pytest.raises(UserError, match="project-busy"):
        edits.add_source(store, "Ministry")
    assert dump(store) == before
    rows.close()
    other.close()
    edits.add_source(store, "Ministry")
    fill(store, lists.articles(store)[0].id, TEXT, 20)
    store.close()
    store = opened()
    assert [kind for (kind,) in store.query("SELECT kind FROM operation WHERE kind = 'foreign'")] == []
