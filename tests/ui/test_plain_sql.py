"""What another program writes by plain SQL is soon seen in every window, and nothing acts on what was."""

import json

import pytest
from PySide6.QtCore import Qt

from annotator.store import edits, lists, read
from annotator.store.store import Identity, Store
from tests.store.samples import TEXT, add_article, by_another_program, names
from tests.ui.test_window import put_in
from tests.ui.windows import window_on

TOLD = "Another program changed this project"


@pytest.fixture
def project(tmp_path):
    """A project with an article of two marks, the second one made in bulk, and one more article."""
    store = Store.create(tmp_path / "news.annotator", Identity(name="Ada"))
    edits.set_preset(store, "analyst")
    article = add_article(store, TEXT, title="Bridge")
    edits.add_mark(store, article, "claim", [(0, 10)])
    edits.label_places(store, "claim", [(article, [(20, 30)])])
    put_in(store, "Other")
    store.close()
    return store.path


@pytest.fixture(params=["reads", "writes"])
def window(request, project, qtbot):
    """A window in which the first mark is in hand, and which has nothing left to do."""
    store = Store.open(project, Identity(name="Bob"), readonly=request.param == "reads")
    window = window_on(store, qtbot, filled="loose-ends")
    window.session.hold(lists.marks(store)[0].id)
    window.arrangement.bring("marks")
    qtbot.waitUntil(lambda: not store._transactions.has_waiting and window.panels.mark.isVisible())
    store.notice_others()
    yield window
    window.close()
    store.close()


def labels(window):
    table = window.panels.marks.table.model()
    return [table.index(row, 1).data() for row in range(table.rowCount())]


def test_labels_of_marks_that_were_changed_one_by_one_and_in_bulk(window, project, qtbot):
    assert labels(window) == ["Claim", "Claim"]
    by_another_program(project, "UPDATE mark SET label = 'denial'")
    qtbot.waitUntil(lambda: labels(window) == ["Denial", "Denial"])
    assert TOLD in window.notices.text
    qtbot.waitUntil(lambda: window.panels.mark.page.mark.label == "denial")


def test_it_is_noted_once_where_the_window_writes_and_undo_ends_there(window, project, qtbot):
    store = window.session.store
    by_another_program(project, "UPDATE mark SET label = 'denial'")
    qtbot.waitUntil(lambda: labels(window) == ["Denial", "Denial"])
    if not store.readonly:
        edits.add_source(store, "Ministry")
    kinds = [kind for _, kind in names(store)]
    assert kinds.count("foreign") == (0 if store.readonly else 1)
    assert store.undo_stops_at() is None


def test_each_time_it_happens(window, project, qtbot):
    for label, name in (("denial", "Denial"), ("evidence", "Evidence"), ("claim", "Claim")):
        by_another_program(project, f"UPDATE mark SET label = '{label}'")
        qtbot.waitUntil(lambda name=name: labels(window) == [name, name])


def test_a_name_in_the_scheme(window, project, qtbot):
    scheme = read.scheme(window.session.store)
    edited = json.loads(json.dumps(scheme.data))
    next(row for row in edited["labels"] if row["id"] == "claim")["name"] = "Assertion"
    by_another_program(project, f"UPDATE scheme SET data = '{json.dumps(edited)}'")
    qtbot.waitUntil(lambda: labels(window) == ["Assertion", "Assertion"])


def test_an_article_that_is_deleted_is_left(window, project, qtbot):
    article = window.session.focus.article
    by_another_program(
        project,
        "BEGIN",
        f"DELETE FROM mark WHERE article = '{article}'",
        f"DELETE FROM article WHERE id = '{article}'",
        "COMMIT",
    )
    qtbot.waitUntil(lambda: window.session.focus.article not in (None, article))
    assert "deleted in another window" in window.notices.text


def test_a_text_is_told_to_be_damaged_though_it_was_checked_when_it_was_shown(window, project, qtbot):
    by_another_program(project, "UPDATE content SET text = replace(text, 'bridge', 'fridge')")
    qtbot.waitUntil(lambda: "Nothing was changed. Export what you can" in window.notices.text)


def test_a_key_acts_on_what_is_there_and_not_on_what_was_shown(window, project, qtbot):
    mark = window.session.focus.mark
    by_another_program(project, f"DELETE FROM mark WHERE id = '{mark}'")
    qtbot.keyClick(window.view, Qt.Key.Key_Delete)
    assert window.session.focus.mark is None
    assert len(lists.marks(window.session.store)) == 1
