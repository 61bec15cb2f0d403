from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.app.segment import NewsSegmenter
from annotator.store import edits
from annotator.store.session import Session
from annotator.ui.settings import Settings
from annotator.ui.theme import Theme, theme
from annotator.ui.window import MainWindow
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer
from tests.patience import impatient
from tests.ui.hands.desk import Desk, new_store
from tests.ui.panels.project import Project, small_project


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from impatient(monkeypatch)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    """A window with all labels and kinds of links, the text in focus."""
    store = new_store()
    edits.set_preset(store, "analyst")
    window = MainWindow(Session(store), NewsSegmenter(), Settings(None))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: window.docks["mark"].widget() is not None)
    yield Desk(window, Keyboard(window), Pointer(window))
    window.close()


@pytest.fixture
def project() -> Project:
    return small_project()


@pytest.fixture
def look() -> Theme:
    return theme("light")


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], None]:
    def show(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.resize(420, 480)
        widget.show()
        qtbot.waitExposed(widget)

    return show
