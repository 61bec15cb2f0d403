"""Questions to the project that are answered in a thread."""

import threading

from PySide6.QtCore import QObject

from annotator.store.store import Identity, Store
from annotator.ui.panels.asking import Reader


def test_a_question_that_fails_is_a_fault_and_is_not_asked_again_and_again(
    tmp_path, qtbot, qapp, monkeypatch
):
    faults, asked = list[str](), list[Store]()
    monkeypatch.setattr(threading, "excepthook", lambda args: faults.append(str(args.exc_value)))

    def fail(store):
        asked.append(store)
        raise ValueError("a stone")

    store = Store.create(tmp_path / "one.annotator", Identity(name="Ada"))
    owner = QObject(qapp)
    reader = Reader(store, owner)
    reader.look_up(fail)
    qtbot.waitUntil(lambda: bool(faults) and not reader.is_waiting)
    assert faults == ["a stone"]
    assert len(asked) == 1
    owner.deleteLater()
    store.close()
