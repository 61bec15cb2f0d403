"""Long lists: what comes and goes is spliced in, and a thread finds the order of the rest."""

from array import array
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from annotator.store import edits, lists
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.panels.asking import Asker
from annotator.ui.panels.claims import ClaimsPanel
from annotator.ui.panels.history import HistoryPanel
from annotator.ui.panels.marks import MarksPanel
from annotator.ui.panels.pages import FIRST, PagedModel, Pages, difference
from tests.ui.panels.project import article, put_in

ORDERS = st.lists(st.integers(0, 8), unique=True, max_size=8)


class Row:
    def __init__(self, place: int) -> None:
        self.id = str(place)


class Rows(PagedModel[Row]):
    def cell(self, row: Row, column: int, role: int) -> str | None:
        return row.id if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def stored(tmp_path):
    """A project in a file with 150 marks of one article, open until all widgets are closed."""
    store = Store.create(tmp_path / "many.annotator", Identity(name="Ada"))
    (made,) = put_in(store, article("word " * 200, "Long"))
    with store.operation("many"):
        for number in range(150):
            edits.add_mark(store, made, "claim", [(number * 5, number * 5 + 4)])
    yield store
    store.close()


@given(old=ORDERS, new=ORDERS)
def test_what_two_orders_share_at_their_ends_is_found(old, new):
    head, tail = difference(array("q", old), array("q", new))
    assert old[:head] == new[:head]
    assert old[len(old) - tail :] == new[len(new) - tail :]
    assert head + tail <= min(len(old), len(new))
    if head + tail < min(len(old), len(new)):
        assert old[head] != new[head]
        assert old[-tail - 1] != new[-tail - 1]


@pytest.mark.usefixtures("qapp")
@settings(deadline=None)
@given(orders=st.lists(ORDERS, min_size=2, max_size=5), kept=st.integers(0, 8))
def test_a_list_takes_any_new_order_and_marked_rows_that_stay_between_keep_theirs(orders, kept):
    store = Store.memory()
    answers = iter(orders)
    pages = Pages(
        store,
        "mark",
        lambda: partial(lambda store, limit, found: array("q", found), found=next(answers)),
        lambda store, some: [Row(place) for place in some],
    )
    model = Rows(pages)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.reread()
    for order in orders[1:]:
        marked = [QPersistentModelIndex(model.index(row, 0)) for row in range(model.rowCount())]
        before = [str(place) for place in pages.order]
        model._take(array("q", order), True)
        assert [model.index(row, 0).data() for row in range(model.rowCount())] == [str(one) for one in order]
        for index, row_id in zip(marked, before, strict=True):
            assert not index.isValid() or index.data() == row_id
    del tester
    store.close()


def test_the_first_rows_are_there_at_once_and_the_others_come(stored, look, shown, qtbot):
    panel = MarksPanel(Session(stored), look)
    shown(panel)
    assert panel.model.rowCount() in (FIRST, 150)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 150)
    assert panel.count.text() == "150 marks"


def test_an_edit_while_the_order_is_looked_for_is_not_missed(stored, look, shown, qtbot):
    panel = MarksPanel(Session(stored), look)
    shown(panel)
    (made,) = lists.articles(stored)
    edits.add_mark(stored, made.id, "denial", [(990, 994)])
    qtbot.waitUntil(lambda: panel.model.rowCount() == 151)
    assert panel.model.index(150, 1).data() == "Denial"


def test_a_note_shows_in_a_long_table_and_the_row_stays_current(stored, look, shown, qtbot):
    panel = MarksPanel(Session(stored), look)
    shown(panel)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 150)
    panel.table.stand_on(120)
    mark = panel.model.row_at(panel.table.currentIndex())
    edits.edit_mark(stored, mark.id, note="Look again")
    panel.settle()
    assert panel.model.index(120, 5).data() == "Look again"
    panel.sort_by(1)
    panel.sort_by(1)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 150)
    qtbot.waitUntil(lambda: panel.model.row_at(panel.table.currentIndex()).id == mark.id)


def test_typing_in_a_long_table_reads_no_rows(stored, look, shown, qtbot):
    panel = MarksPanel(Session(stored), look)
    shown(panel)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 150)
    held = panel.model.pages.held
    qtbot.keyClicks(panel.table, "zzz")
    assert panel.model.pages.held == held


def test_a_new_operation_stands_on_top_of_a_long_history(stored, look, shown, qtbot):
    (made,) = lists.articles(stored)
    for number in range(120):
        edits.set_status(stored, made.id, ("reading", "done")[number % 2])
    panel = HistoryPanel(Session(stored), look)
    shown(panel)
    qtbot.waitUntil(lambda: panel.model.rowCount() > 120)
    before = panel.model.rowCount()
    stored.undo()
    qtbot.waitUntil(lambda: panel.model.rowCount() == before + 1)
    assert panel.model.index(0, 0).data().startswith("Undone")
    assert panel.model.index(1, 0).data().endswith("(undone)")


def test_a_claim_far_down_is_shown_when_it_is_asked_for_or_made(stored, look, shown, qtbot):
    with stored.operation("claims"):
        made = [edits.add_proposition(stored, f"Claim number {number}") for number in range(400)]
    panel = ClaimsPanel(Session(stored), look)
    shown(panel)
    assert panel.model.rowCount() <= FIRST
    qtbot.waitUntil(lambda: len(panel.model.pages) == 400)
    assert panel.stand_on(made[350])
    assert panel.current().text == "Claim number 350"
    panel.add()
    qtbot.waitUntil(lambda: panel.current() is not None and panel.current().text == "New claim")
    panel.tree.setCurrentIndex(panel.model.index(0, 0))


def test_claims_below_the_first_ones_are_shown_as_soon_as_they_are_scrolled_to(stored, look, shown, qtbot):
    with stored.operation("claims"):
        for number in range(400):
            edits.add_proposition(stored, f"Claim number {number}")
    panel = ClaimsPanel(Session(stored), look)
    shown(panel)
    before = [panel.model.index(row, 0).data() for row in range(panel.model.rowCount())]
    qtbot.waitUntil(lambda: len(panel.model.pages) == 400)
    bar = panel.tree.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: panel.model.rowCount() > 100)
    found = [panel.model.index(row, 0).data() for row in range(100)]
    assert found[: len(before)] == before
    assert found == [f"Claim number {number}" for number in range(100)]


def test_only_the_last_question_is_answered(stored, qtbot):
    asker = Asker(stored, stored_parent := Rows(Pages(stored, "mark", list, list)))
    answers = []
    asker.answered.connect(answers.append)
    asker.ask(partial(lists.mark_places, label="claim"))
    with qtbot.waitSignal(asker.answered):
        asker.ask(partial(lists.mark_places, label="denial"))
    assert [list(one) for one in answers] == [[]]
    assert not asker.is_waiting
    del stored_parent
