"""What stands before the first paint: only what is painted, and every key at once."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.app.segment import NewsSegmenter
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.dialogs.command_palette import CommandPalette
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from tests.ui.test_window import put_in

ROOT = Path(__file__).resolve().parents[2]
LISTS_LOADED = """
import sys
from bench import start

start.tell_of_the_first_paint()
from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtWidgets import QWidget
from annotator.ui.text.view import TextView

paint, told = TextView.paintEvent, []

def paint_and_list(view, event):
    paint(view, event)
    if view.page.text and not told:  # at once: on a busy machine timers load more before the next event
        told.append(view)
        print(*sorted(sys.modules))
        print(*(made.__name__ for made in QWidget.__subclasses__()))
        print(*(name for room in (QtCore, QtGui, QtWidgets) for name in vars(room)))

TextView.paintEvent = paint_and_list
start.main()
"""
OTHERS = {"PySide6", "platformdirs", "shiboken6", "shibokensupport", "signature_bootstrap"}
"""Packages of others that may be loaded before the first paint."""
OURS = ("annotator.app", "annotator.domain", "annotator.layout", "annotator.store", "annotator.ui")
LATER = {
    "annotator.app": {
        "checking", "cli", "commands", "console", "grammar", "importing", "project", "segment", "words",
    },
    "annotator.domain": {
        "checks", "cues", "defaults", "facts", "fold", "grow", "matching", "messages", "model", "naming",
        "query", "quoting", "text", "trimming", "voices",
    },
    "annotator.store": {
        "backup", "copies", "edits.every", "edits.marks", "entrance", "export", "format_2",
        "format_3_ends", "imports", "records", "rows", "stages", "verify",
    },
    "annotator.ui": {
        "checking", "dialogs", "findbar", "hands.bubble", "hands.claiming", "hands.floating", "hands.linking",
        "hands.marking", "hands.modes", "hands.offering", "hands.selecting", "hands.sourcing", "map",
        "panels.article_rows", "panels.articles", "panels.base", "panels.claims", "panels.history",
        "panels.inspector", "panels.mark_page", "pane_header", "panels.marks", "panels.pages", "panels.parts",
        "panels.sources", "panels.tables", "panels.tray", "pictures", "welcome",
    },
}  # fmt: skip
"""Our modules that nothing painted at first needs; `formats` as a whole."""

MOST_MODULES = 143
"""So many of ours at most; each takes a fifth of a millisecond, however small it is."""
LATER_CLASSES = {
    "QCheckBox", "QEventLoop", "QGradient", "QHeaderView", "QImage", "QScrollArea", "QSizePolicy", "QTabBar",
    "QTableView", "QTreeView",
}  # fmt: skip
"""Classes of Qt that PySide makes where they are imported, or where a call may mean one of them."""

LATER_OF_PYTHON = {
    "_hashlib", "argparse", "ast", "bz2", "decimal", "html", "inspect", "logging", "lzma", "platform",
    "PySide6.QtNetwork", "shutil", "socket", "traceback",
}  # fmt: skip
"""Modules of Python and Qt of which the same is true."""


@pytest.fixture
def store() -> Store:
    store = Store.memory(Identity(name="Ada"))
    put_in(store, "One", "Two")
    return store


@pytest.fixture
def window(store: Store, qtbot: QtBot) -> MainWindow:
    made = MainWindow(Session(store), NewsSegmenter(), Settings(None))
    qtbot.addWidget(made)
    return made


def test_nothing_is_loaded_before_the_first_paint_that_is_not_painted(tmp_path):
    project = tmp_path / "news.annotator"
    store = Store.create(project, Identity(name="Ada"))
    put_in(store, "One")
    store.close()
    done = subprocess.run(
        [sys.executable, "-c", LISTS_LOADED, str(project)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    modules, widgets, classes, *_ = done.stdout.splitlines()
    loaded = set(modules.split())
    tops = {name.partition(".")[0] for name in loaded}
    strangers = {name for name in tops - sys.stdlib_module_names - OTHERS if not name.startswith("_")}
    assert strangers - {"annotator", "bench", "sitecustomize"} == set()
    assert not any(name.startswith("annotator.formats") for name in loaded)
    too_early = {f"{room}.{name}" for room, names in LATER.items() for name in names}
    assert loaded & too_early == set()
    assert loaded & LATER_OF_PYTHON == set()
    assert len([name for name in loaded if name.startswith("annotator.")]) <= MOST_MODULES
    assert set(classes.split()) & LATER_CLASSES == set()
    assert set(widgets.split()) & {"QCalendarWidget", "QMdiSubWindow", "QWizardPage"} == set()


def test_no_source_is_read_where_modules_are_imported():
    reads = "import linecache, annotator.ui.window; print(*linecache.cache)"
    done = subprocess.run([sys.executable, "-c", reads], capture_output=True, text=True, check=True)
    assert "annotator" not in done.stdout.replace(str(ROOT), "")


def test_panels_behind_a_tab_are_made_when_they_are_raised(window, qtbot):
    assert window.panels.made == []
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    assert {type(panel).__name__ for panel in window.panels.made} <= {
        "ArticlesPanel",
        "LooseEndsPanel",
        "MarkInspector",
    }
    qtbot.waitUntil(lambda: window.docks["mark"].widget() is not None)
    assert window.docks["articles"].widget() is window.panels.articles
    assert window.docks["mark"].widget() is window.panels.mark
    qtbot.waitUntil(lambda: window.panels.loose_ends.isVisible())
    window.docks["claims"].raise_()
    assert window.docks["claims"].widget() is window.panels.claims
    assert window.panels.claims.isVisible()


def test_loose_ends_are_looked_for_though_another_tab_was_left_in_front(store, qtbot, tmp_path):
    settings = Settings(tmp_path / "window.ini")
    for is_again in (False, True):
        window = MainWindow(Session(store), NewsSegmenter(), settings)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        if is_again:
            qtbot.waitUntil(lambda window=window: window.docks["loose-ends"].widget() is not None)
        window.docks["history"].raise_()
        window.close()


def test_keys_act_as_soon_as_the_window_is_there(window, qtbot):
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.keyClick(window.view, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.findChildren(CommandPalette)
    qtbot.keyClick(window.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.find_bar.isVisible()


def test_a_menu_has_its_icons_when_it_opens(window, qtbot):
    with qtbot.waitExposed(window):
        window.show()
    export = window.menus.actions["export"]
    assert export.icon().isNull()
    assert not window.menus.actions["undo"].icon().isNull()
    window.menus.menus["file"].aboutToShow.emit()
    assert not export.icon().isNull()
