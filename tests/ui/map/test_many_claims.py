"""The map of a project of three hundred claims: read beside the window, an older question given up."""

import threading

import pytest
from PySide6.QtCore import Qt

from annotator.layout import layered
from annotator.store import claim_briefs, edits
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.map.panel import DisputeMapPanel
from tests.looks.many_claims import CLAIMS, many_claims
from tests.looks.pinned import store_of

Key = Qt.Key


@pytest.fixture
def panel(look, shown, qtbot) -> DisputeMapPanel:
    made = DisputeMapPanel(Session(store_of(many_claims())), look)
    shown(made)
    made.resize(1100, 520)
    qtbot.waitUntil(lambda: made.is_settled and made.view is not None)
    return made


def test_going_down_the_list_shows_the_last_claim_and_gives_up_those_passed(panel, qtbot, monkeypatch):
    assert len(panel.claims.model.claims) == CLAIMS
    threads = set()
    lay_out = layered._Drawing.drawn

    def drawn(drawing):
        threads.add(threading.current_thread())
        return lay_out(drawing)

    monkeypatch.setattr(layered._Drawing, "drawn", drawn)
    for _ in range(12):
        qtbot.keyClick(panel.claims.list, Key.Key_Down)
    qtbot.waitUntil(lambda: panel.is_settled)
    assert panel.view.board.id == panel.claims.model.claims[12].id
    assert threads
    assert threading.main_thread() not in threads


def test_the_graph_goes_one_two_and_three_steps_far(panel, qtbot):
    qtbot.mouseClick(panel.head.switch.button(1), Qt.MouseButton.LeftButton)
    panel.claims.stand_on(panel.claims.model.claims[7].id)
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


def test_edits_while_the_list_is_read_are_taken_in_and_reading_goes_on(
    look, shown, qtbot, tmp_path, monkeypatch
):
    store = Store.create(tmp_path / "many.annotator", Identity(name="Ada"))
    with store.operation("many"):
        claims = [edits.add_proposition(store, f"Claim {number}") for number in range(CLAIMS)]
    read, parts, may_go_on = claim_briefs._read, [], threading.Event()

    def waiting(reader, some):
        parts.append(some)
        if len(parts) == 2:
            may_go_on.wait()
        return read(reader, some)

    monkeypatch.setattr(claim_briefs, "_read", waiting)
    panel = DisputeMapPanel(Session(store), look)
    shown(panel)
    qtbot.waitUntil(lambda: len(parts) == 2)
    for text in ("Edited", "Edited again"):
        edits.edit_proposition(store, claims[0], text=text)
        qtbot.waitUntil(lambda: not panel._pause.isActive() and not panel._rest.isActive())
    assert len(parts) == 2
    may_go_on.set()
    qtbot.waitUntil(lambda: panel.is_settled)
    assert "Edited again" in {claim.text for claim in panel.claims.model.claims}
    assert parts.count(parts[0]) == 2
    assert sum(map(len, parts)) == CLAIMS + len(parts[0])
    store.close()
