"""Nothing of Qt is taken down in a thread beside the window's: PySide does not survive it."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import weakref
from array import array
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from annotator.store.lists import Places
from annotator.ui import beside
from annotator.ui.beside import Collector, Wanted, collect_what_is_due, put_threads_second
from annotator.ui.panels.asking import Asker
from annotator.ui.searching import ProposalSearch
from tests.ui.panels.project import Project

TEXT = "Officials said on Monday that the bridge had been closed for repairs.\n" * 40


ASKED = """
import threading
from PySide6.QtCore import QCoreApplication
from annotator.store.store import Store
from annotator.ui.panels.asking import Reader

def question(store):
    threading.main_thread().join()
    print("answered", flush=True)

application = QCoreApplication([])
Reader(Store.memory(), application).look_up(question)
"""


class Held:
    """A task that is never done."""

    def __init__(self) -> None:
        self.is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True


class Knot:
    """Garbage that only a collector finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    del qtbot
    return QObject()


@pytest.fixture
def collector(owner: QObject) -> Iterator[Collector]:
    yield Collector(owner)
    _destroy(owner)
    gc.unfreeze()


def _destroy(thing: QObject) -> None:
    thing.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_task_is_cancelled_when_what_wanted_it_is_gone(owner: QObject) -> None:
    wanted: Wanted[Held] = Wanted(owner)
    task = wanted.task = Held()
    _destroy(owner)
    assert task.is_cancelled


def test_qt_knows_nothing_of_a_search_for_proposals_that_a_thread_works_on(
    owner: QObject, qtbot: QtBot
) -> None:
    search = ProposalSearch(owner)
    with qtbot.waitSignal(search.found):
        search.look_through(TEXT)
        task = search._wanted.task
        assert task is not None
    assert weakref.getweakrefcount(task) == 0


def test_qt_knows_nothing_of_a_question_that_a_thread_answers(
    owner: QObject, project: Project, qtbot: QtBot
) -> None:
    asker = Asker(project.store, owner)
    with qtbot.waitSignal(asker.answered):
        asker.ask(partial(_no_places))
        task = asker._wanted.task
        assert task is not None
    assert weakref.getweakrefcount(task) == 0


def test_python_stays_until_a_thread_has_come_out_of_the_project() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED], capture_output=True, text=True, timeout=100, check=True
    )
    assert done.stdout == "answered\n"


def _no_places(store: object, *, limit: int) -> Places:
    del store, limit
    return array("q")


def test_a_thread_that_makes_many_objects_collects_no_garbage(collector: Collector) -> None:
    del collector
    gone_in: list[int] = []
    weakref.finalize(Knot(), lambda: gone_in.append(threading.get_ident()))
    kept: list[list[int]] = []
    thread = threading.Thread(target=lambda: kept.extend([number] for number in range(5_000)))
    thread.start()
    thread.join()
    assert gone_in == []
    collect_what_is_due()
    assert gone_in == [threading.get_ident()]


def test_the_window_looks_through_what_a_thread_reads_only_when_that_is_done(collector: Collector) -> None:
    collector.look()
    gone: list[bool] = []
    weakref.finalize(Knot(), gone.append, True)
    records: list[list[int]] = []
    for _ in range(3):
        thread = threading.Thread(target=lambda: records.extend([number] for number in range(50_000)))
        thread.start()
        thread.join()
        collector.look()
        assert gone == []
    collector.look()
    assert gone == [True]


def test_what_is_too_much_to_look_through_is_kept_and_all_after_it_is_collected(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "_AT_REST_S", 60.0)  # to count what is kept takes a while
    records = [[number] for number in range(600_000)]
    kept = gc.get_freeze_count()
    collector.look()
    assert gc.get_freeze_count() - kept >= len(records)
    gone: list[bool] = []
    weakref.finalize(Knot(), gone.append, True)
    records += [[number] for number in range(1_000)]
    collector.look()
    assert gone == [True]


def test_garbage_waits_until_the_window_has_nothing_to_do_unless_there_is_much(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[bool] = []
    records: list[list[list[int]]] = []

    def look_after_some(rounds: int) -> None:
        weakref.finalize(Knot(), gone.append, True)
        for _ in range(rounds):
            records.append([[number] for number in range(10_000)])
            collector.look()

    monkeypatch.setattr(beside, "_AT_REST_S", -1.0)
    look_after_some(9)
    assert gone == []
    look_after_some(2)
    assert gone == [True, True]
    look_after_some(1)
    assert gone == [True, True]
    monkeypatch.setattr(beside, "_AT_REST_S", 60.0)
    collector.look()
    assert gone == [True, True, True]


def test_no_thread_collects_garbage_while_the_program_ends(owner: QObject) -> None:
    Collector(owner)
    _destroy(owner)
    gc.unfreeze()
    assert not gc.isenabled()


def test_the_window_waits_for_no_thread_longer_than_a_millisecond_at_each_statement(
    owner: QObject,
) -> None:
    before = sys.getswitchinterval()
    put_threads_second(owner)
    asked = sys.getswitchinterval()
    sys.setswitchinterval(before)
    _destroy(owner)
    gc.unfreeze()
    assert asked < 0.001
