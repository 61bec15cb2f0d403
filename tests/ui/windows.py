"""The window of a test: as large as a small screen, in front, with the keys."""

from pytestqt.qtbot import QtBot

from annotator.app.segment import NewsSegmenter
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow


def window_on(
    store: Store, qtbot: QtBot, settings: Settings | None = None, *, filled: str | None = None
) -> MainWindow:
    """A window at work on a project; whoever made it closes it before the store.

    filled: the name of a dock to wait for, as they are filled after the first paint.
    """
    window = MainWindow(Session(store), NewsSegmenter(), settings or Settings(None))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    if filled is not None:
        qtbot.waitUntil(lambda: window.docks[filled].widget() is not None)
    return window
