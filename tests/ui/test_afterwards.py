"""What follows the first paint comes in steps, between which the window answers."""

from importlib import import_module

from PySide6.QtCore import QTimer

from annotator.app.segment import NewsSegmenter
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.docks import Docks
from annotator.ui.settings import Settings
from annotator.ui.sides import PANELS
from annotator.ui.warming import PIECES
from annotator.ui.window import MainWindow
from tests.ui.test_window import put_in


def test_the_window_answers_before_each_panel_that_it_opens_with(qtbot, monkeypatch):
    store = Store.memory(Identity(name="Ada"))
    put_in(store, "One")
    window = MainWindow(Session(store), NewsSegmenter(), Settings(None))
    qtbot.addWidget(window)
    beats, filled, fill = [], {}, Docks._fill

    def fill_and_note(docks, name):
        filled.setdefault(name, len(beats))
        fill(docks, name)

    monkeypatch.setattr(Docks, "_fill", fill_and_note)
    beat = QTimer()
    beat.timeout.connect(lambda: beats.append(None))
    beat.start(0)
    window.resize(1366, 768)
    window.show()
    qtbot.waitUntil(lambda: window.docks["loose-ends"].widget() is not None)
    assert filled.keys() == {"articles", "mark", "loose-ends"}
    assert len(set(filled.values())) == 3


def test_panels_are_loaded_in_pieces_of_which_the_last_is_the_panel():
    assert PIECES.keys() <= set(PANELS)
    for name, modules in PIECES.items():
        for module in modules:
            import_module(module)
        assert modules[-1].endswith((f"panels.{name.replace('-', '_')}", f"{name}.panel"))
