"""The map of a project of three hundred claims: read beside the window, an older question given up."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator.domain.briefs import MapQuestion
from annotator.domain.model import Ref
from annotator.layout import layered
from annotator.store import edits, lists
from annotator.store.claim_briefs import Part
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.map import briefs
from annotator.ui.map.claim_rows import told
from annotator.ui.map.panel import DisputeMapPanel
from tests.looks.many_claims import CLAIMS, many_claims
from tests.looks.pinned import store_of
from tests.store.samples import add_article
from tests.ui.map.lines import lines_of

Key = Qt.Key
VERY_MANY = 900
ATTACKED = MapQuestion(state="attacked")
"""What boards alone tell."""


@pytest.fixture
def panel(look, shown, qtbot) -> DisputeMapPanel:
    made = DisputeMapPanel(Session(store_of(many_claims())), look)
    shown(made)
    made.resize(1100, 520)
    qtbot.waitUntil(lambda: made.is_settled and made.view is not None)
    return made


def test_going_down_the_list_shows_the_last_claim_and_gives_up_those_passed(panel, qtbot, monkeypatch):
    assert len(lines_of(panel.claims)) == CLAIMS
    threads = set()
    lay_out = layered._Drawing.drawn

    def drawn(drawing):
        threads.add(threading.current_thread())
        return lay_out(drawing)

    monkeypatch.setattr(layered._Drawing, "drawn", drawn)
    for _ in range(12):
        qtbot.keyClick(panel.claims.list, Key.Key_Down)
    qtbot.waitUntil(lambda: panel.is_settled)
    assert panel.view.board.id == lines_of(panel.claims)[12].head.id
    assert threads
    assert threading.main_thread() not in threads


def test_the_graph_goes_one_two_and_three_steps_far(panel, qtbot):
    qtbot.mouseClick(panel.head.switch.button(1), Qt.MouseButton.LeftButton)
    panel.claims.stand_on(lines_of(panel.claims)[7].head.id)
    shown = []
    for step in range(panel.head.steps.count()):
        panel.head.steps.setCurrentIndex(step)
        qtbot.waitUntil(lambda: panel.is_settled)
        shown.append({box.key for box in panel.graph.figure.boxes})
    assert shown[0] < shown[1]
    claims = [sum(key.table == "proposition" for key in keys) for keys in shown]
    assert claims[0] <= claims[1] < claims[2]


def test_very_long_names_leave_no_card_out_of_view_and_voices_no_board_without_cards(panel, qtbot):
    panel.resize(680, 420)
    qtbot.waitUntil(lambda: panel.board.widget().width() <= panel.board.viewport().width())
    first = panel.board.cards[0]
    assert (
        first.mapTo(panel.board.viewport(), first.rect().topLeft()).y() < panel.board.viewport().height() / 3
    )


class Reading:
    """The parts in which claims are read by threads; each may be held up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.parts: list[list[int]] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        read = briefs.read_part

        def noted(store: Store, places: list[int]) -> Part:
            self.parts.append(list(places))
            self.may_go_on.wait()
            return read(store, places)

        monkeypatch.setattr(briefs, "read_part", noted)

    @property
    def claims(self) -> int:
        return sum(map(len, self.parts))


@pytest.fixture
def reading(monkeypatch) -> Iterator[Reading]:
    made = Reading(monkeypatch)
    yield made
    made.may_go_on.set()


@pytest.fixture
def many(tmp_path) -> Iterator[Store]:
    """A file of very many claims that nobody speaks to."""
    store = Store.create(tmp_path / "many.annotator", Identity(name="Ada"))
    with store.operation("many"):
        for number in range(VERY_MANY):
            edits.add_proposition(store, f"Claim {number}")
    yield store
    store.close()


@pytest.fixture
def attacked(many) -> None:
    """Somebody asserts all the claims, whom somebody else attacks."""
    article, ada = add_article(many, "Ada says so. She lies."), edits.add_source(many, "Ada Lovelace")
    said = edits.add_mark(many, article, "claim", [(0, 12)], source=ada)
    attack = edits.add_mark(many, article, "claim", [(13, 22)])
    edits.add_link(many, "undermines", Ref("mark", attack), Ref("source", ada))
    with many.operation("many"):
        for claim in lists.claims(many, limit=VERY_MANY):
            edits.add_mention(many, said, claim.id)


@pytest.fixture
def opened(many, reading, look, shown, qtbot) -> DisputeMapPanel:
    made = DisputeMapPanel(Session(many), look)
    shown(made)
    made.resize(1100, 520)
    qtbot.waitUntil(lambda: made.is_settled and made.view is not None)
    return made


def texts(panel: DisputeMapPanel) -> list[str]:
    return [line.head.text for line in lines_of(panel.claims)]


def test_all_claims_are_listed_and_those_in_view_alone_are_read(opened, reading):
    assert opened.claims.model.rowCount() == VERY_MANY
    assert reading.parts[0][0] == 1
    assert reading.claims < VERY_MANY / 5


def test_rows_stand_there_before_anything_is_counted_and_say_so(many, reading, look, shown, qtbot):
    reading.may_go_on.clear()
    panel = DisputeMapPanel(Session(many), look)
    shown(panel)
    qtbot.waitUntil(lambda: panel.claims.stack.currentWidget() is panel.claims.list)
    assert told(panel.claims.model.line(0)) == "C1 · not yet counted"
    qtbot.waitUntil(lambda: panel.view is not None and panel.view.board is not None)
    reading.may_go_on.set()
    qtbot.waitUntil(lambda: panel.is_settled)
    assert told(panel.claims.model.line(0)) == "C1 · 0 : 0"


def test_rows_that_are_scrolled_to_are_read_and_none_of_those_passed_over(opened, reading, qtbot):
    reading.parts.clear()
    bar = opened.claims.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    row = bar.value() // opened.claims.list.verticalHeader().defaultSectionSize()
    qtbot.waitUntil(lambda: opened.is_settled)
    assert opened.claims.model.line(row).brief is not None
    assert reading.claims < VERY_MANY / 5


def test_words_are_found_without_reading_any_claim_on_the_way(opened, reading, qtbot):
    reading.parts.clear()
    qtbot.keyClicks(opened.claims.text, f"claim {VERY_MANY - 1}")
    qtbot.waitUntil(lambda: texts(opened) == [f"Claim {VERY_MANY - 1}"])
    qtbot.waitUntil(lambda: opened.is_settled)
    assert reading.claims < VERY_MANY / 5


def test_an_answer_grows_while_claims_are_read_and_says_how_far_it_is(attacked, opened, reading, qtbot):
    reading.may_go_on.clear()
    opened.claims.asked.ask(ATTACKED)
    found = opened.claims.model.rowCount()
    assert 0 < found < VERY_MANY
    words = f"source attacked, not answered — {found} found, {100 * found // VERY_MANY} % read…"
    qtbot.waitUntil(lambda: opened.claims.told.accessibleName() == words)
    chosen = opened.claims.list.currentIndex().row()
    reading.may_go_on.set()
    qtbot.waitUntil(lambda: opened.is_settled)
    assert opened.claims.model.rowCount() == VERY_MANY
    assert opened.claims.list.currentIndex().row() == chosen
    words = f"source attacked, not answered — {VERY_MANY} of {VERY_MANY}"
    assert opened.claims.told.accessibleName() == words


def test_who_where_and_when_are_found_without_reading_any_claim_on_the_way(opened, many, reading, qtbot):
    first, last = (row.id for row in lists.heads_at(many, [1, VERY_MANY]))
    article, ada = (
        add_article(many, "Ada says so.", date="2024-05-01"),
        edits.add_source(many, "Ada Lovelace"),
    )
    for claim in (first, last):
        mark = edits.add_mark(many, article, "claim", [(0, 12)], source=ada)
        edits.add_mention(many, mark, claim)
    qtbot.waitUntil(lambda: opened.is_settled)
    reading.parts.clear()
    for asked in (MapQuestion(source="lovelace"), MapQuestion(since="2024-05", order="last")):
        opened.claims.asked.ask(asked)
        qtbot.waitUntil(lambda: texts(opened) == ["Claim 0", f"Claim {VERY_MANY - 1}"])
        qtbot.waitUntil(lambda: opened.is_settled)
        assert opened.claims.told.accessibleName().endswith(f" — 2 of {VERY_MANY}")
    assert reading.claims < VERY_MANY / 5


def test_a_source_that_nobody_attacks_costs_no_reading(opened, reading, qtbot):
    reading.parts.clear()
    opened.claims.asked.ask(MapQuestion(state="attacked"))
    qtbot.waitUntil(lambda: opened.is_settled)
    assert (opened.claims.model.rowCount(), reading.claims) == (0, 0)
    assert opened.claims.told.accessibleName() == f"source attacked, not answered — 0 of {VERY_MANY}"


def test_the_form_asks_for_names_that_it_does_not_offer_yet(opened, qtbot):
    opened.claims.open_questions()
    form = opened.claims.asked
    assert "part of a name" in form.source.lineEdit().placeholderText()
    qtbot.keyClicks(form.outlet, "gazette")
    assert form.question().outlet == "gazette"
    form.hide()


def test_a_claim_chosen_while_all_are_read_is_shown_before_reading_goes_on(attacked, opened, reading, qtbot):
    reading.may_go_on.clear()
    reading.parts.clear()
    opened.claims.asked.ask(ATTACKED)
    opened.claims.list.setCurrentIndex(opened.claims.model.index(5, 0))
    chosen = opened.claims.model.line(5).head.id
    qtbot.waitUntil(lambda: opened.view.board.id == chosen)
    assert reading.claims < VERY_MANY
    reading.may_go_on.set()
    opened.claims.asked.ask(MapQuestion())


def test_an_edit_is_in_the_list_while_the_others_are_still_read(attacked, opened, many, reading, qtbot):
    opened.claims.asked.ask(ATTACKED)
    first = opened.claims.model.line(0).head.id
    edits.edit_proposition(many, first, text="Edited")
    qtbot.waitUntil(lambda: opened.claims.model.line(0).head.text == "Edited")
    qtbot.waitUntil(lambda: opened.is_settled)
    assert sorted(texts(opened)) == sorted(row.text for row in lists.claims(many, limit=VERY_MANY))
    assert reading.claims < 2 * VERY_MANY


def test_rows_in_view_keep_their_figures_until_they_are_read_anew(attacked, opened, many, reading, qtbot):
    figures = told(opened.claims.model.line(0))
    reading.may_go_on.clear()
    reading.parts.clear()
    opened.claims.asked.ask(ATTACKED)
    qtbot.waitUntil(lambda: len(reading.parts) == 1)
    edits.edit_proposition(many, opened.claims.model.line(0).head.id, text="Edited")
    opened.claims.briefs.give_way()
    qtbot.waitUntil(lambda: len(reading.parts) == 2)
    assert told(opened.claims.model.line(0)) == figures
    assert figures.startswith("C1 · 1 : 0")


def test_the_words_above_the_list_count_its_rows_and_all_claims_whatever_is_edited(
    attacked, opened, many, qtbot
):
    panel, said = opened.claims, []

    def note() -> None:
        if panel.told.isVisible() and panel.briefs.left:
            read = 100 * (VERY_MANY - panel.briefs.left) // VERY_MANY
            words = f"source attacked, not answered — {panel.model.rowCount()} found, {read} % read…"
            said.append((panel.told.accessibleName(), words))

    panel.model.settled.connect(note)
    panel.asked.ask(ATTACKED)
    edits.edit_proposition(many, panel.model.line(0).head.id, text="Edited")
    qtbot.waitUntil(lambda: opened.is_settled)
    assert len(said) > 3
    assert {(found, told) for found, told in said if found != told} == set()


def test_a_claim_made_after_one_was_deleted_has_no_figures_of_the_other(panel, qtbot, reading):
    last = lines_of(panel.claims)[-1]
    panel.claims.stand_on(last.head.id)
    qtbot.waitUntil(lambda: panel.is_settled)
    edits.delete_proposition(panel.store, last.head.id)
    edits.add_proposition(panel.store, "Another claim")
    reading.may_go_on.clear()
    panel.refresh()
    assert lines_of(panel.claims)[-1].head.text == "Another claim"
    assert lines_of(panel.claims)[-1].brief is None


def test_a_claim_that_is_gone_is_not_among_all_claims(panel, qtbot):
    panel.claims.asked.ask(MapQuestion(state="disputed"))
    qtbot.waitUntil(lambda: panel.is_settled)
    found = panel.claims.model.rowCount()
    assert panel.claims.told.accessibleName() == f"disputed — {found} of {CLAIMS}"
    edits.delete_proposition(panel.store, panel.claims.model.line(3).head.id)
    qtbot.waitUntil(lambda: panel.is_settled)
    assert panel.claims.told.accessibleName() == f"disputed — {found - 1} of {CLAIMS - 1}"


def test_rows_stay_under_the_pointer_when_better_ones_are_found(opened, many, qtbot):
    panel = opened.claims
    panel.asked.ask(MapQuestion(order="text"))
    qtbot.waitUntil(lambda: opened.is_settled)
    bar, height = panel.list.verticalScrollBar(), panel.list.verticalHeader().defaultSectionSize()
    bar.setValue(10 * height + 3)
    top = panel.model.line(10).head.id
    edits.edit_proposition(many, panel.model.line(40).head.id, text="A first one")
    qtbot.waitUntil(lambda: panel.model.line(0).head.text == "A first one")
    assert panel.model.line(bar.value() // height).head.id == top
    assert bar.value() % height == 3


def test_the_window_may_go_while_all_claims_are_read(attacked, many, reading, look, shown, qtbot):
    reading.may_go_on.clear()
    others = set(threading.enumerate())
    window, panel = QWidget(), DisputeMapPanel(Session(many), look)
    QVBoxLayout(window).addWidget(panel)
    shown(window)
    panel.claims.asked.ask(ATTACKED)
    qtbot.waitUntil(lambda: len(reading.parts) > 0)
    panel.deleteLater()
    qtbot.waitUntil(lambda: not isValid(panel))
    before = len(reading.parts)
    reading.may_go_on.set()
    for thread in set(threading.enumerate()) - others:
        thread.join()
    assert len(reading.parts) == before
