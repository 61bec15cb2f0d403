"""Several threads on one connection: each waits for its turn, and all come to their end."""

import gc
import sys
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread

import pytest

from annotator.domain.ids import ArticleId
from annotator.store.bounded import ReadingStoppedError
from annotator.store.sharing import SharedConnection, Turn
from annotator.store.store import Identity, Store
from tests.store.samples import fill
from tests.ui.panels.project import FIRST, article, put_in

ROUNDS = 300
PATIENCE_S = 60
"""Two threads that wait for each other would wait for ever."""


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads hand the interpreter over as often as they do beside the window."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0001)
    yield
    sys.setswitchinterval(before)


def test_the_window_reads_while_a_worker_writes(hurried: None) -> None:
    store = Store.memory(Identity())
    (article_id,) = put_in(store, article(FIRST, "Who opened the dam?"))
    fill(store, article_id, FIRST, 200)
    threads = [Thread(target=work, args=(store, article_id), daemon=True) for work in (_write, _read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert not any(thread.is_alive() for thread in threads)


def _write(store: Store, article_id: ArticleId) -> None:
    for number in range(ROUNDS):
        with store.operation("note-marks"):
            store.execute(
                "UPDATE main.mark SET note = ? WHERE article = ? AND rowid % 50 = ?",
                (str(number), article_id, number % 50),
            )


def _read(store: Store, article_id: ArticleId) -> None:
    for number in range(ROUNDS):
        # A statement that was never prepared before asks the authoriser, which is Python.
        store.query(f"SELECT count(*) FROM shown_mark WHERE start > {number}")
        store.query(
            "SELECT id, label FROM shown_mark WHERE article = ? AND start > ?", (article_id, number % 50)
        )


def test_a_project_is_closed_while_threads_copy_it(hurried: None) -> None:
    for number in range(60):
        store = Store.memory(Identity())
        thread = Thread(target=_copy, args=(store,), daemon=True)
        thread.start()
        for _ in range(number):
            store.query("SELECT 1")
        store.close()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def _copy(store: Store) -> None:
    with suppress(ReadingStoppedError):
        while True:
            store.snapshot().close()


def test_a_connection_is_closed_when_nobody_is_inside_any_more() -> None:
    connection = SharedConnection(":memory:", isolation_level=None, check_same_thread=False)
    closing, closed = Event(), Event()

    def close() -> None:
        closing.set()
        connection.close()
        closed.set()

    thread = Thread(target=close, daemon=True)
    with connection.turn:
        thread.start()
        assert closing.wait(PATIENCE_S)
        assert connection.execute("SELECT 1").fetchall() == [(1,)]
        assert not closed.is_set()
    thread.join(PATIENCE_S)
    assert closed.is_set()


def test_a_thread_may_take_its_turn_within_its_turn() -> None:
    turn = Turn()
    with turn, turn:
        pass
    with turn:
        pass


def test_who_waits_comes_before_who_comes_again() -> None:
    turn, told, order = Turn(), Event(), []

    def wait() -> None:
        told.set()
        with turn:
            order.append("waited")

    waiting = Thread(target=wait)
    with turn:
        waiting.start()
        told.wait(PATIENCE_S)
        while not turn._next.locked():
            pass
    with turn:
        order.append("came again")
    waiting.join(PATIENCE_S)
    assert order == ["waited", "came again"]


def test_a_connection_forgets_the_statements_that_are_done():
    connection = SharedConnection(":memory:")
    for _ in range(1_000):
        connection.execute("SELECT 1").fetchall()
        connection.rows("SELECT 1")
    remembered = [one for one in gc.get_referents(connection) if isinstance(one, list)]
    assert sum(map(len, remembered)) < 500
    connection.close()
