"""What the analyst thinks is given with a reason, apart from the reading; competing claims are weighed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from annotator.domain.model import Judgement
from annotator.store import lists, read
from annotator.ui.dialogs.ach import AchDialog
from annotator.ui.dialogs.judging import JudgingDialog
from annotator.ui.window import MainWindow
from tests.flows.analyst import ALT, CTRL, SHIFT
from tests.flows.dialogs import answer
from tests.flows.screen import ByKeys, ByMouse, in_sight

Key = Qt.Key


def judgements(window: MainWindow, scale: str) -> list[tuple[str, str]]:
    """Value and reason of each judgement on a scale, the newest last."""
    rows = sorted(read.records(window.session.store, Judgement), key=lambda row: row.id)
    return [(row.value, row.reason or "") for row in rows if row.scale == scale]


def test_by_keys_a_claim_is_judged_with_a_reason_and_undo_leaves_the_reading_alone(
    flood: MainWindow,
) -> None:
    hand = ByKeys(flood)
    marks = lists.marks(flood.session.store)
    hand.press(Key.Key_N)
    before = judgements(flood, "verdict")

    def judge(dialog: JudgingDialog) -> None:
        hand.choose("false")
        hand.type("the gauges say otherwise")
        hand.press(Key.Key_Return)
        hand.press(Key.Key_Return, CTRL)

    answer(JudgingDialog, judge)
    hand.press(Key.Key_J, CTRL)
    assert judgements(flood, "verdict") == [*before, ("false", "the gauges say otherwise")]
    assert lists.marks(flood.session.store) == marks
    hand.press(Key.Key_Z, CTRL)
    assert judgements(flood, "verdict") == before


def test_what_the_list_of_claims_stands_on_is_judged_before_the_article(flood: MainWindow) -> None:
    hand = ByKeys(flood)
    hand.press(Key.Key_6, ALT)
    hand.stand_on("Water was let out")
    about: list[str] = []

    def look_and_leave(dialog: JudgingDialog) -> None:
        about.append(dialog.about.currentText())
        hand.press(Key.Key_Escape)

    answer(JudgingDialog, look_and_leave)
    hand.press(Key.Key_J, CTRL)
    assert len(about) == 1
    assert about[0].startswith("Claim")
    assert "Water was let out" in about[0]


def test_by_keys_competing_claims_are_weighed_against_the_evidence(flood: MainWindow, qtbot: QtBot) -> None:
    hand = ByKeys(flood)
    hand.press(Key.Key_6, ALT)
    hand.stand_on("Water was let out")
    before = judgements(flood, "ach")
    said: list[str] = []

    def weigh(dialog: AchDialog) -> None:
        qtbot.waitUntil(lambda: not dialog.is_reading)
        hand.press(Key.Key_Home, CTRL)
        hand.press(Key.Key_Right)
        hand.press(Key.Key_Right)
        for key in (Key.Key_I, Key.Key_I):
            hand.press(key)
            qtbot.waitUntil(lambda: not dialog.is_reading)
        said.append(dialog.ranking.text())
        hand.press(Key.Key_Escape)

    answer(AchDialog, weigh)
    hand.press(Key.Key_J, CTRL | SHIFT)
    added = judgements(flood, "ach")[len(before) :]
    assert [value for value, _ in added] == ["I", "II"]
    assert "Water was let out" in said[0]


def test_by_mouse_a_claim_is_judged_on_its_page(flood: MainWindow) -> None:
    hand = ByMouse(flood)
    before = judgements(flood, "verdict")
    hand.click_menu("Panels", "To the claims")
    panel = flood.panels.claims
    hand.click_row(panel.tree, "Insurers in Lowen")
    panel.settle()
    hand.click_button("Judge the claim or mention")
    row = panel.page.judged.strip.rows["verdict"]
    hand.choose(row.values, "mostly false")
    hand.type("nobody names a document\r")
    assert judgements(flood, "verdict") == [*before, ("mostly_false", "nobody names a document")]
    assert in_sight(QComboBox)
