"""The dispute map of a whole project, read in the window by keys and mouse, against the exported lines."""

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.briefs import MapQuestion
from annotator.store import lists, read
from annotator.ui.map.panel import DisputeMapPanel
from annotator.ui.window import MainWindow
from tests.domain.test_answers import asked
from tests.flows.conftest import Desktop
from tests.ui.map.lines import lines_of

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def settled(qtbot: QtBot, panel: DisputeMapPanel) -> None:
    qtbot.waitUntil(lambda: panel.is_settled and panel.view is not None)


def found(qtbot: QtBot, panel: DisputeMapPanel) -> set[str]:
    settled(qtbot, panel)
    return {line.head.id for line in lines_of(panel.claims)}


def test_the_map_answers_on_screen_what_the_exported_lines_say(
    qtbot: QtBot, flood_file: Path, tmp_path: Path, desktop: Desktop, annotator: Callable[..., str]
) -> None:
    out = tmp_path / "dam.jsonl"
    annotator("export", flood_file, out, "--format", "annotator-jsonl")
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    expected = asked([row for row in rows if row["type"] not in ("project", "scheme", "annotator")])
    window = desktop.open(flood_file)
    qtbot.keyClick(window.view, Key.Key_M, CTRL)
    panel = window.panels.map
    settled(qtbot, panel)

    panel.claims.asked.ask(MapQuestion(state="disputed"))
    assert found(qtbot, panel) == set(expected["disputed"])
    panel.claims.asked.ask(MapQuestion(state="attacked"))
    attacked = {claim for claim, sources in expected["attacked"].items() if sources}
    assert found(qtbot, panel) == attacked
    panel.claims.show_all()
    settled(qtbot, panel)

    panel.claims.list.setFocus()
    qtbot.keyClick(panel.claims.list, Key.Key_Home)
    crossing = []
    for number in range(len(lines_of(panel.claims))):
        settled(qtbot, panel)
        assert panel.view is not None
        board = panel.view.board
        assert board is not None
        assert board.id == lines_of(panel.claims)[number].head.id
        counts = (len(board.asserting.counted), len(board.denying.counted))
        assert counts == expected["voices"][board.id]
        known = panel.view.facts
        crossing += [
            (board.id, one.origin.id, link)
            for one in (*board.grounds_for, *board.grounds_against)
            for link in one.links
            if one.origin.table == "mark"
            and known.links[link].target.table == "mark"
            and known.marks[one.origin.id].article != known.marks[known.links[link].target.id].article
        ]
        qtbot.keyClick(panel.claims.list, Key.Key_Down)
    assert sorted(crossing) == expected["crossing"]


def test_every_statement_leads_to_its_words_and_back_and_the_map_follows_the_analyst(
    qtbot: QtBot, flood: MainWindow
) -> None:
    qtbot.keyClick(flood.view, Key.Key_M, CTRL)
    panel = flood.panels.map
    settled(qtbot, panel)
    for card in [card for card in panel.board.cards if card.ref.table == "mark"][::3]:
        panel.board.ensureWidgetVisible(card)
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
        assert flood.session.focus.mark == card.ref.id
        words = card.statement.words.strip("“”").split(" … ")[0]
        assert words.split()[0] in " ".join(flood.view.page.text.split())
    before = len(panel.board.cards)
    asserting = next(card for card in panel.board.cards if card.ref.table == "mark")
    QTest.mouseClick(asserting, Qt.MouseButton.LeftButton)
    flood.view.setFocus()
    qtbot.keyClick(flood.view, Key.Key_Delete)
    settled(qtbot, panel)
    assert asserting.ref not in [card.ref for card in panel.board.cards]
    qtbot.keyClick(flood.view, Key.Key_Z, CTRL)
    settled(qtbot, panel)
    assert len(panel.board.cards) == before
    qtbot.keyClick(flood.view, Key.Key_F9)
    assert panel.claim == lists.claims(flood.session.store)[0].id


def test_the_map_opens_on_the_claim_of_the_mark_in_hand_though_it_is_not_the_first(
    qtbot: QtBot, flood: MainWindow
) -> None:
    store = flood.session.store
    first = lists.claims(store)[0].id
    said = ((row.id, read.mentions_of(store, row.id)) for row in lists.marks(store))
    mark, claim = next(
        (mark, mentions[0].proposition)
        for mark, mentions in said
        if len(mentions) == 1 and mentions[0].proposition != first
    )
    flood.session.hold(mark)
    qtbot.keyClick(flood.view, Key.Key_M, CTRL)
    panel = flood.panels.map
    settled(qtbot, panel)
    assert panel.claim == claim
    assert panel.claims.list.hasFocus()
    assert panel.view is not None
    assert panel.view.board is not None
    assert panel.view.board.id == claim
