"""The guard of the window's thread itself."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, Queue

import pytest
from PySide6.QtCore import QProcess, QThread

from annotator.store.store import Store
from tests import patience


def caught(monkeypatch, act):
    """What the guard says of something a function of the window does."""
    monkeypatch.setattr(patience, "_behind", lambda frame: iter([(True, "panels.Panel.refresh")]))
    guard = patience.impatient(monkeypatch)
    next(guard)
    act()
    with pytest.raises(pytest.fail.Exception) as failed:
        next(guard)
    return str(failed.value)


def test_reading_a_whole_table_is_told(monkeypatch):
    store = Store.memory()
    found = caught(monkeypatch, lambda: store.query("SELECT m.id FROM shown_mark m WHERE m.question > ''"))
    assert "reads all of mark" in found


def test_sorting_a_whole_table_is_told_even_if_a_page_is_shown(monkeypatch):
    store = Store.memory()
    assert "sorts all of mark" in caught(
        monkeypatch, lambda: store.query("SELECT id FROM shown_mark ORDER BY question LIMIT 50")
    )


def test_waiting_for_a_process_or_a_thread_is_told(monkeypatch):
    def wait():
        subprocess.run([sys.executable, "-c", ""], check=True)
        thread = threading.Thread(target=int)
        thread.start()
        thread.join()

    found = caught(monkeypatch, wait)
    assert "subprocess.run" in found
    assert "Thread.join" in found


def _wait_for_a_result():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(int).result()


def _wait_in_a_queue():
    with suppress(Empty):
        Queue().get(timeout=0.001)


@pytest.mark.parametrize(
    ("wait", "told"),
    [
        (lambda: threading.Event().wait(0.001), "Condition.wait"),
        (_wait_in_a_queue, "Condition.wait"),
        (_wait_for_a_result, "Future.result"),
        (lambda: time.sleep(0), "time.sleep"),
        (lambda: QThread.msleep(0), "QThread.msleep"),
        (lambda: os.system("true"), "system"),
        (lambda: QProcess.execute(sys.executable, ["-c", ""]), "QProcess.execute"),
        (lambda: subprocess.call([sys.executable, "-c", ""]), "Popen.wait"),
    ],
)
def test_whatever_else_waits_is_told(monkeypatch, wait, told):
    assert told in caught(monkeypatch, wait)


@pytest.mark.parametrize(
    "read",
    [
        lambda store: list(store.iterate("SELECT id FROM shown_mark")),
        lambda store: store._connection.execute("SELECT id FROM mark"),
        lambda store: store.query("SELECT id, (SELECT 1 FROM article LIMIT 1) FROM mark"),
        lambda store: store.query("SELECT id FROM mark WHERE question IN (SELECT id FROM article LIMIT 9)"),
    ],
    ids=["rows one by one", "past the store", "bounded in a column", "bounded in a condition"],
)
def test_a_whole_table_is_told_however_it_is_read(monkeypatch, read):
    store = Store.memory()
    assert "reads all of mark" in caught(monkeypatch, lambda: read(store))


@pytest.mark.parametrize(
    ("sql", "parameters"),
    [
        ("SELECT id FROM mark LIMIT -1", ()),
        ("SELECT id FROM mark WHERE question > ? LIMIT ?", ("", -1)),
        ("SELECT id FROM mark LIMIT :most", {"most": -1}),
    ],
)
def test_a_limit_below_zero_is_none(monkeypatch, sql, parameters):
    store = Store.memory()
    assert "reads all of mark" in caught(monkeypatch, lambda: store.query(sql, parameters))


def test_starting_a_thread_is_nothing_to_tell(monkeypatch):
    monkeypatch.setattr(patience, "_behind", lambda frame: iter([(True, "panels.Panel.refresh")]))
    for _ in patience.impatient(monkeypatch):
        threading.Thread(target=int).start()


def test_a_page_by_an_index_is_nothing_to_tell(monkeypatch):
    monkeypatch.setattr(patience, "_behind", lambda frame: iter([(True, "panels.Panel.refresh")]))
    store = Store.memory()
    for _ in patience.impatient(monkeypatch):
        store.query("SELECT id FROM shown_mark WHERE article = ? ORDER BY start", ("a",))
        store.query("SELECT id FROM shown_mark ORDER BY number LIMIT 50")
        store.query("SELECT count(*) FROM (SELECT id FROM shown_mark LIMIT 101)")
        store.query("SELECT id FROM shown_mark WHERE id = ? LIMIT -1", ("a",))
        with store.at_once():  # it ends itself when it takes long
            store.query("SELECT id FROM shown_mark WHERE question > ''")
