"""One program writes at a time, and the second is told who has the file."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotator.domain.errors import UserError
from annotator.store import connection as opening
from annotator.store import edits, lists
from annotator.store.lock import ProjectLock
from tests.store.samples import by_another_program, names, two_marks

SOURCE = Path(__file__).resolve().parents[2] / "src"
HOLD = """
import sys
from pathlib import Path
from annotator.store.store import Identity, Store
store = Store.open(Path(sys.argv[1]), Identity())
print("open", flush=True)
sys.stdin.readline()
if sys.argv[2] == "close":
    store.close()
else:
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def holder(project):
    """Start a program that has the project open; call it to end the program."""
    running = []

    def hold(end):
        command = [sys.executable, "-c", HOLD, str(project), end]
        child = subprocess.Popen(
            command,
            env=os.environ | {"PYTHONPATH": str(SOURCE)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(child)
        assert child.stdout.readline() == "open\n"
        return child

    yield hold
    for child in running:
        if child.poll() is None:
            child.kill()
        child.communicate()


def end(child):
    child.communicate("go\n", timeout=60)


def test_the_second_program_is_told_who_has_the_file_and_may_read(project, opened, holder):
    store = opened()
    two_marks(store)
    store.close()
    child = holder("close")
    with pytest.raises(UserError) as refused:
        opened()
    details = refused.value.details
    assert refused.value.code == "project-locked"
    assert (details["pid"], details["host"], details["path"]) == (
        child.pid,
        socket.gethostname(),
        str(project),
    )
    assert datetime.now(UTC) - datetime.fromisoformat(details["since"]) < timedelta(minutes=5)
    assert len(lists.marks(opened(readonly=True))) == 2
    end(child)
    edits.add_source(opened(), "Ministry")


def test_a_lock_takes_nothing_of_the_network_into_memory(tmp_path):
    takes = (
        "import sys; from pathlib import Path; from annotator.store.lock import ProjectLock; "
        f"ProjectLock(Path({str(tmp_path / 'news.annotator')!r})).acquire(); print('socket' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", takes],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"


def test_the_lock_of_a_program_that_died_does_not_stand(project, opened, holder):
    child = holder("die")
    end(child)
    assert project.with_name(project.name + ".lock").exists()
    store = opened()
    edits.add_source(store, "Ministry")
    store.close()
    assert [path.name for path in project.parent.iterdir()] == [project.name]


def test_a_lock_file_with_nonsense_in_it_does_not_stand(project, opened):
    project.with_name(project.name + ".lock").write_bytes(b"\xff\x00 not json")
    opened().close()


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b'{"pid": 1'])
def test_a_locked_file_is_refused_even_if_nobody_can_say_who_has_it(project, opened, holder, body):
    child = holder("close")
    project.with_name(project.name + ".lock").write_bytes(body)
    with pytest.raises(UserError, match="project-locked"):
        opened()
    end(child)


def test_the_same_program_cannot_open_a_file_twice_for_writing(opened, project):
    store = opened()
    with pytest.raises(UserError, match="project-locked") as refused:
        opened()
    assert refused.value.details["pid"] == os.getpid()
    assert json.loads(project.with_name(project.name + ".lock").read_text())["pid"] == os.getpid()
    edits.add_source(store, "Ministry")


def test_another_name_of_the_file_has_the_same_lock(opened, project, tmp_path, me):
    from annotator.store.store import Store

    opened()
    link = tmp_path / "shortcut.annotator"
    link.symlink_to(project)
    with pytest.raises(UserError, match="project-locked"):
        Store.open(link, me)


def test_a_file_opened_while_an_error_is_handled_is_locked_like_any_other(opened):
    try:
        raise ValueError
    except ValueError:
        opened()
    with pytest.raises(UserError, match="project-locked"):
        opened()


def test_a_refused_file_is_not_left_locked(opened, project):
    by_another_program(project, "CREATE VIEW extra AS SELECT 1")
    for _ in range(2):
        with pytest.raises(UserError, match="project-unsafe"):
            opened()
    by_another_program(project, "DROP VIEW extra")
    opened()


def test_asking_who_has_a_file_leaves_what_a_killed_program_wrote(tmp_path):
    path = tmp_path / "news.annotator"
    lock = ProjectLock(path)
    assert not lock.is_held()
    beside = path.with_name(path.name + ".lock")
    beside.write_text('{"pid": 1, "counter": 7}', encoding="utf-8")
    assert not lock.is_held()
    assert '"counter": 7' in beside.read_text(encoding="utf-8")
    holder = ProjectLock(path)
    holder.acquire()
    assert holder.left_at == 7
    assert lock.is_held()
    holder.release()
    assert not lock.is_held()


@pytest.fixture
def in_order(project, opened):
    """The project as a session with edits left it."""
    store = opened()
    two_marks(store)
    store.close()
    return project


def test_a_file_in_order_can_be_read_before_it_is_locked_by_the_first_edit(in_order, opened):
    store = opened(later=True)
    assert len(lists.marks(store)) == 2
    assert not ProjectLock(in_order).is_held()
    edits.add_source(store, "Ministry")
    assert ProjectLock(in_order).is_held()


def test_a_file_that_is_taken_later_goes_on_as_one_that_was_locked_at_once(in_order, opened, reopen):
    store = opened(later=True)
    store.take()
    assert ProjectLock(in_order).is_held()
    store.undo()
    store.redo()
    store = reopen(store, later=True)
    assert len(lists.marks(store)) == 2
    assert not ProjectLock(in_order).is_held()


def test_nothing_can_be_written_before_the_file_is_taken(in_order, opened):
    store = opened(later=True)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._connection.execute("DELETE FROM main.mark")
    store.take()
    with pytest.raises(sqlite3.IntegrityError, match="outside an operation"):
        store._connection.execute("DELETE FROM main.mark")


@pytest.mark.parametrize("act", [lambda store: store.take(), lambda store: edits.add_source(store, "x")])
def test_a_file_that_another_program_took_first_is_only_read(in_order, opened, holder, act):
    store = opened(later=True)
    child = holder("close")
    with pytest.raises(UserError, match="project-locked") as refused:
        act(store)
    assert refused.value.details["pid"] == child.pid
    assert store.readonly
    with pytest.raises(UserError, match="project-readonly"):
        edits.add_source(store, "Ministry")
    assert len(lists.marks(store)) == 2
    store.close()
    end(child)
    edits.add_source(opened(), "Ministry")


def test_a_file_that_one_thread_took_is_given_back_by_another(in_order, opened):
    store = opened(later=True)
    worker = threading.Thread(target=store.take)
    worker.start()
    worker.join()
    store.close()
    assert not opened(later=True).readonly
    edits.add_source(opened(), "Ministry")


def test_work_of_another_session_between_opening_and_taking_a_file_is_kept(in_order, opened, me):
    store = opened(later=True)
    other = opened()
    edits.add_source(other, "Ministry")
    other.close()
    edits.add_source(store, "Harbour Office")
    assert {row.name for row in lists.sources(store)} == {"Ministry", "Harbour Office"}
    assert "foreign" not in {kind for _, kind in names(store)}
    store.undo()
    store.undo()
    assert lists.sources(store) == []
    store.close()
    assert not opened().warnings


def test_work_of_another_session_before_a_file_is_taken_has_all_views_read_it_again(in_order, opened):
    store = opened(later=True)
    told = []
    store.subscribe(told.append)
    other = opened()
    edits.add_source(other, "Ministry")
    other.close()
    store.take()
    assert [change.is_whole for change in told] == [False]
    assert store.next_undo() == told[0].operation


def test_work_of_another_window_before_a_file_is_taken_is_not_put_down_to_another_program(in_order, opened):
    store = opened(later=True)
    other = opened()
    edits.add_source(other, "Ministry")
    other.close()
    told = []
    store.subscribe(lambda change: told.append(change.operation))
    store.take()
    assert not store.notice_others()
    edits.add_source(store, "Harbour Office")
    edits.add_source(store, "Coast Guard")
    assert not store.notice_others()
    assert [(one.name, one.kind) for one in told] == [("add-source", "edit")] * 3


@pytest.mark.parametrize("is_noticed", [False, True])
def test_what_another_program_does_after_another_window_wrote_is_told(in_order, opened, is_noticed):
    store = opened(later=True)
    other = opened()
    edits.add_source(other, "Ministry")
    other.close()
    store.take()
    told = []
    store.subscribe(lambda change: told.append(change.operation))
    by_another_program(in_order, "UPDATE source SET name = 'Office'")
    if is_noticed:
        assert store.notice_others()
    edits.add_source(store, "Coast Guard")
    assert [one.kind for one in told] == ["foreign"] * (1 + is_noticed) + ["edit"]
    assert store.query("SELECT 1 FROM operation WHERE kind = 'foreign'")


def test_what_another_program_did_beside_another_window_before_a_file_is_taken_is_noted(in_order, opened):
    store = opened(later=True)
    other = opened()
    edits.add_source(other, "Ministry")
    other.close()
    by_another_program(in_order, "UPDATE source SET name = 'Office'")
    store.take()
    edits.add_source(store, "Coast Guard")
    assert [name for name, _ in names(store)][-2:] == ["changed-by-another-program", "add-source"]
    assert {row.name for row in lists.sources(store)} == {"Office", "Coast Guard"}


def test_what_another_program_does_before_a_file_is_taken_is_told(in_order, opened):
    store = opened(later=True)
    by_another_program(in_order, "CREATE TABLE extra (x)", "DROP TABLE extra")
    told = []
    store.subscribe(lambda change: told.append(change.operation.kind))
    store.take()
    assert store.notice_others()
    edits.add_source(store, "Coast Guard")
    assert told.count("foreign") == 2


def test_a_file_that_nobody_wrote_before_it_was_taken_is_not_read_again(in_order, opened):
    store = opened(later=True)
    told = []
    store.subscribe(told.append)
    store.take()
    assert not told


def test_work_of_another_session_while_a_file_is_opened_is_no_change_by_another_program(
    in_order, opened, monkeypatch
):
    connect = opening.connect

    def after_others(path, readonly):
        monkeypatch.setattr(opening, "connect", connect)
        other = opened()
        edits.add_source(other, "Ministry")
        other.close()
        return connect(path, readonly)

    monkeypatch.setattr(opening, "connect", after_others)
    store = opened(later=True)
    assert store.next_undo().name == "add-source"
    assert not store.query("SELECT 1 FROM operation WHERE kind = 'foreign'")


def test_a_file_that_cannot_be_read_when_it_is_to_be_taken_is_left_to_others(in_order, opened):
    store = opened(later=True)
    store._connection.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(in_order, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match="project-busy"):
            store.take()
        other.execute("ROLLBACK")
    assert store.readonly
    with pytest.raises(UserError, match="project-readonly"):
        edits.add_source(store, "Ministry")
    edits.add_source(opened(), "Ministry")


def test_a_file_that_was_not_left_in_order_is_locked_before_it_is_read(in_order, opened, holder, reopen):
    end(holder("die"))
    store = opened(later=True)
    assert ProjectLock(in_order).is_held()
    edits.add_source(store, "Ministry")
    store.close()
    by_another_program(in_order, "UPDATE source SET role = 'host'")
    opened(later=True)
    assert ProjectLock(in_order).is_held()


def test_a_file_that_another_program_has_is_refused_at_once(in_order, opened, holder):
    child = holder("close")
    with pytest.raises(UserError, match="project-locked"):
        opened(later=True)
    end(child)
