"""What a window must not keep when it is worked with for hours."""

import gc
from collections import Counter
from collections.abc import Iterator
from weakref import ref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from annotator.domain.model import Ref
from annotator.store import edits
from annotator.store.imports import import_records
from annotator.store.store import Store
from annotator.ui.dialogs.scheme.dialog import SchemeDialog
from annotator.ui.dialogs.scheme.groups import LISTS, PRESETS
from annotator.ui.map.cards import Card
from annotator.ui.map.wording import Statement
from tests.ui.hands.desk import TEXT, article_of

DIALOGS = (
    "about",
    "competing",
    "count-marks",
    "edit-article",
    "export",
    "import-files",
    "judge",
    "kept-searches",
    "keys",
    "link-note",
    "new-project",
    "new-version",
    "pack",
    "paste-article",
    "question",
    "report",
    "review-version",
    "rules",
    "scheme",
    "your-name",
)
"""The actions that open a dialog."""


@pytest.fixture
def answered(desk) -> Iterator[list[ref[QDialog]]]:
    """The dialogs that were open and then closed as with Esc."""
    found = list[ref[QDialog]]()

    def close():
        shown = [one for one in desk.window.findChildren(QDialog) if one.isVisible()]
        for dialog in shown[-1:]:
            found.append(ref(dialog))
            dialog.reject()

    timer = QTimer(desk.window, interval=10)
    timer.timeout.connect(close)
    timer.start()
    yield found
    timer.stop()


def _let_go():
    """What was told to go is gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.fixture
def whole(desk):
    """A mark in hand that has a claim and a link, in an article that is a newer version of another one."""
    claim = desk.put("The port denied")
    denial = desk.put("The mayor did not answer", "denial")
    edits.add_link(desk.store, "denies", Ref("mark", denial), Ref("mark", claim))
    newer, older = desk.articles
    edits.make_version(desk.store, newer, older)
    desk.window.session.open_article(newer)
    return claim


@pytest.mark.parametrize("action", DIALOGS)
def test_a_dialog_that_was_closed_is_gone(desk, whole, answered, qtbot, action):
    for times in (1, 2):
        desk.hold(whole)
        desk.window.menus.actions[action].trigger()
        qtbot.waitUntil(lambda times=times: len(answered) == times)
        _let_go()
        assert [type(one).__name__ for one in desk.window.findChildren(QDialog)] == []
        assert not any(one() is not None for one in answered)
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("group", [*LISTS, "labels", "attributes", "link_kinds", PRESETS])
def test_what_a_scheme_is_changed_with_is_gone_with_its_dialog(desk, look, group):
    dialog = SchemeDialog(desk.window.session, look, desk.window)
    form = ref(dialog.forms[group])
    dialog.deleteLater()
    del dialog
    _let_go()
    assert form() is None


def test_the_search_offers_its_conditions_anew_in_the_same_menu(desk, qtbot):
    panel = desk.window.panels.search
    panel.refresh()
    _let_go()
    before = _kinds(panel)
    for _ in range(3):
        edits.add_source(desk.store, "Harbour Office")
        panel.refresh()
        _let_go()
    assert _kinds(panel) == before


@pytest.mark.parametrize("action", ["next-found", "to-search", "split", "map-graph", "find", "theme"])
def test_a_window_that_was_closed_is_gone(desktop, project_file, qtbot, action):
    desktop.show(project_file)
    qtbot.waitUntil(lambda: desktop.window.docks["mark"].widget() is not None)
    desktop.window.menus.actions[action].trigger()
    left = ref(desktop.window)
    desktop.close()
    _let_go()
    assert left() is None


@pytest.fixture
def project_file(tmp_path, me):
    store = Store.create(tmp_path / "ferry.annotator", me)
    import_records(store, [article_of(TEXT, "Ferry")])
    store.close()
    return store.path


def test_a_card_of_the_map_does_not_keep_how_it_was_laid_out_at_every_step_of_a_splitter(look, qtbot):
    card = Card(Statement(Ref("mark", "m"), "Mara Lind", "", "nobody left", "¶3"), "claim", look)
    qtbot.addWidget(card)

    def rects():
        return sum(isinstance(one, QRect) for one in gc.get_objects())

    for width in range(100, 120):
        card.heightForWidth(width)
    before = rects()
    for width in range(120, 300):
        card.heightForWidth(width)
    assert rects() <= before


def _kinds(widget):
    """How many objects of Qt of each class belong to a widget."""
    return Counter(one.metaObject().className() for one in widget.findChildren(QObject))
