"""What the analyst does first finds its code loaded, and never waits while it is being loaded."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.app.segment import NewsSegmenter
from annotator.store.store import Identity, Store
from annotator.ui.warming import Warming
from tests.ui.test_window import put_in

ROOT = Path(__file__).resolve().parents[2]
BEGINS = """
import sys
from importlib import import_module

def ours():
    return {name for name in sys.modules if name.startswith("annotator.")}

"""
LISTS_WHAT_IS_LOADED_AT_ONCE = """
import annotator.ui.window
import annotator.ui.panels.inspector
import annotator.ui.panels.loose_ends
import annotator.ui.checking
import annotator.ui.panels.tray
import annotator.ui.panels.articles
from annotator.ui.warming import MODULES

for name in MODULES:
    before = ours()
    import_module(name)
    if len(ours() - before) > 1:
        print(name, *sorted(ours() - before))
"""
OPENS_A_WINDOW_AND_RESTS = """
from pathlib import Path
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from annotator.app.open import LateSegmenter
from annotator.domain.spans import Span
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.settings import Settings
from annotator.ui.warming import Warming
from annotator.ui.window import MainWindow

def wait(is_done):
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: is_done() and loop.quit())
    timer.start(5)
    loop.exec()

application = QApplication([])
store = Store.open(Path(sys.argv[1]), Identity(name="Ada"))
window = MainWindow(Session(store), LateSegmenter(), Settings(None))
window.show()
wait(lambda: window.findChildren(Warming))
wait(lambda: not window.findChildren(Warming))
before = ours()
"""
MARKS = """
window.view.select(Span(0, 3))
QTest.keyClick(window.view, Qt.Key.Key_1)
wait(lambda: store.query("SELECT count(*) FROM shown_mark")[0][0])
QTest.keyClick(window.view, Qt.Key.Key_Escape)
wait(lambda: window.panels["mark"].isVisible())
assert store.query("SELECT count(*) FROM shown_mark")[0][0] == 1
"""
OPENS_MAP_AND_SEARCH = """
window.ways.to_map(None)
wait(lambda: window.panels.map.isVisible() and window.panels.map.is_settled)
window.ways.to_search()
wait(lambda: window.panels.search.isVisible())
"""
OPENS_LISTS = """
for name in ("marks", "sources", "claims", "history"):
    window.arrangement.bring(name)
    wait(lambda: window.panels[name].isVisible())
"""
LISTS_WHAT_THAT_LOADED = """
print(*sorted(ours() - before))
window.close()
store.close()
"""


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def said(program: str, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-c", BEGINS + program, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "act", [MARKS, OPENS_MAP_AND_SEARCH, OPENS_LISTS], ids=["first mark", "map and search", "lists"]
)
def test_what_is_often_done_first_loads_nothing(act, tmp_path):
    project = tmp_path / "news.annotator"
    store = Store.create(project, Identity(name="Ada"))
    put_in(store, "One two three four")
    store.close()
    assert said(OPENS_A_WINDOW_AND_RESTS + act + LISTS_WHAT_THAT_LOADED, project) == ""


def test_what_is_loaded_in_pauses_comes_a_module_at_a_time():
    assert said(LISTS_WHAT_IS_LOADED_AT_ONCE) == ""


def test_nothing_is_loaded_while_the_analyst_types(window, qtbot):
    warming = Warming(window, NewsSegmenter())
    pause_ms = warming.timer.interval()
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert warming.timer.interval() > 50 * pause_ms


def test_loading_ends_once_all_is_there(window, qtbot):
    Warming(window, NewsSegmenter(), ("json", "html"))
    qtbot.waitUntil(lambda: not window.findChildren(Warming))


def test_loading_ends_also_when_its_window_was_taken_off_the_screen(window, qtbot):
    Warming(window, NewsSegmenter(), ("json", "html"))
    window.destroy()
    qtbot.waitUntil(lambda: not window.findChildren(Warming))
