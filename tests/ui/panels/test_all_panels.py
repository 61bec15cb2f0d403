"""What holds for every panel: a name on all that takes the focus, any theme, no rich text."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

from annotator.domain.model import Exhibit
from annotator.store import edits
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.map.panel import DisputeMapPanel
from annotator.ui.panels.articles import ArticlesPanel
from annotator.ui.panels.base import Panel
from annotator.ui.panels.claims import ClaimsPanel
from annotator.ui.panels.exhibits import ExhibitsPanel
from annotator.ui.panels.history import HistoryPanel
from annotator.ui.panels.inspector import MarkInspector
from annotator.ui.panels.loose_ends import LooseEndsPanel
from annotator.ui.panels.marks import MarksPanel
from annotator.ui.panels.sources import SourcesPanel
from annotator.ui.theme import THEME_NAMES, theme
from tests.ui.panels.project import article, put_in

MAKERS: dict[str, Callable[[Session], Panel]] = {
    "articles": lambda session: ArticlesPanel(session, theme("light")),
    "inspector": lambda session: MarkInspector(session, theme("light"), lambda: ["Select words."]),
    "marks": lambda session: MarksPanel(session, theme("light")),
    "sources": lambda session: SourcesPanel(session, theme("light")),
    "claims": lambda session: ClaimsPanel(session, theme("light")),
    "map": lambda session: DisputeMapPanel(session, theme("light")),
    "loose ends": lambda session: LooseEndsPanel(session, theme("light")),
    "exhibits": lambda session: ExhibitsPanel(session, theme("light")),
    "history": lambda session: HistoryPanel(session, theme("light")),
}


@pytest.fixture(params=MAKERS)
def panel(request, project, shown):
    edits.set_preset(project.store, "corpus")
    made = MAKERS[request.param](project.session)
    shown(made)
    project.session.hold(project.denial)
    return made


def test_everything_that_takes_the_focus_has_a_name(panel):
    nameless = []
    for widget in panel.findChildren(QWidget):
        takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(panel)
        is_part = isinstance(widget.parent(), QAbstractScrollArea) and widget is widget.parent().viewport()
        found = QAccessible.queryAccessibleInterface(widget)
        if takes_focus and not is_part and not found.text(QAccessible.Text.Name).strip():
            nameless.append(widget)
    assert nameless == []


def test_every_theme_can_be_worn(panel):
    for name in THEME_NAMES:
        panel.set_theme(theme(name))
        panel.grab()


def test_data_is_never_taken_for_markup(project, panel):
    name = "<b>Bold & Sons</b> %n {0}"
    edits.edit_source(project.store, project.lind, name=name)
    put_in(project.store, article("<h1>Huge</h1> words.", "<i>Slanted</i>"))
    panel.settle()
    rich = [
        label
        for label in panel.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText and label.text()
    ]
    assert rich == []


@pytest.mark.parametrize("name", MAKERS)
def test_an_empty_project_is_shown_calmly(name, shown):
    panel = MAKERS[name](Session(Store.memory()))
    shown(panel)
    panel.grab()


@pytest.mark.parametrize("name", MAKERS)
def test_a_panel_that_is_gone_hears_nothing_more(name, project, qtbot):
    panel = MAKERS[name](project.session)
    gone: list[bool] = []
    panel.destroyed.connect(lambda: gone.append(True))
    panel.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))
    edits.add_source(project.store, "Later")
    project.session.hold(project.claim)


@pytest.mark.parametrize("name", ["sources", "claims", "exhibits"])
def test_where_nothing_is_listed_only_something_new_is_offered(name, shown, qtbot):
    panel = MAKERS[name](Session(Store.memory(Identity(name="Ada"))))
    shown(panel)
    qtbot.waitUntil(lambda: panel.stack.currentWidget() is panel.empty)
    usable = [one for one, button in panel.buttons.items() if button.isEnabled()]
    assert usable == ["add"]
    edits.add_source(panel.store, "Ada Lovelace")
    edits.add_proposition(panel.store, "The dam was opened")
    edits.add_record(panel.store, Exhibit(id="", title="A photograph"))
    qtbot.waitUntil(lambda: all(button.isEnabled() for button in panel.buttons.values()))
