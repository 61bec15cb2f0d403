"""The guard of the window's thread itself."""

import subprocess
import sys
import threading

import pytest

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


def test_a_page_by_an_index_is_nothing_to_tell(monkeypatch):
    monkeypatch.setattr(patience, "_behind", lambda frame: iter([(True, "panels.Panel.refresh")]))
    store = Store.memory()
    for _ in patience.impatient(monkeypatch):
        store.query("SELECT id FROM shown_mark WHERE article = ? ORDER BY start", ("a",))
        store.query("SELECT id FROM shown_mark ORDER BY number LIMIT 50")
