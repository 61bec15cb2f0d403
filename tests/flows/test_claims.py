"""A claim is written, its marks are moved and split off, it contradicts another, and says so on its page."""

from PySide6.QtCore import Qt

from annotator.store import lists, read
from annotator.store.lists import ClaimRow
from annotator.ui.window import MainWindow
from tests.flows.analyst import ALT
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer
from tests.flows.screen import ByKeys, ByMouse
from tests.ui.panels.reading import read_page

Key = Qt.Key
RUMOUR = "The log of the dam was rewritten."


def claims(window: MainWindow) -> dict[str, ClaimRow]:
    return {row.text: row for row in lists.claims(window.session.store, limit=100) if row.text}


def speaking(window: MainWindow, claim: str) -> int:
    return claims(window)[claim].mentions


def test_by_keys_a_mark_gets_a_claim_that_contradicts_another_and_is_made_one_with_it_again(
    flood: MainWindow,
) -> None:
    hand, picker = ByKeys(flood), Keyboard(flood)
    hand.press(Key.Key_N)
    hand.press(Key.Key_M)
    picker.type(RUMOUR)
    picker.press(Key.Key_Return)
    assert RUMOUR in claims(flood)
    hand.press(Key.Key_6, ALT)
    hand.stand_on(RUMOUR)
    hand.press(Key.Key_R)
    hand.choose_in_menu("contradicts")
    picker.type("duty log")
    picker.press(Key.Key_Return)
    read_page(flood.panels.claims)
    page = flood.panels.claims.page.words.toPlainText()
    assert "contradicts" in page
    assert "The duty log of the dam is complete and genuine." in page

    log = "The duty log of the dam is complete and genuine."
    before = speaking(flood, log)
    hand.stand_on(RUMOUR)
    hand.press(Key.Key_E)
    picker.type("duty log")
    picker.press(Key.Key_Return)
    assert RUMOUR not in claims(flood)
    assert speaking(flood, log) == before + 1


def test_by_mouse_a_mark_gets_a_claim_of_its_own_and_the_page_leads_back_to_its_words(
    flood: MainWindow,
) -> None:
    hand, pointer = ByMouse(flood), Pointer(flood)
    dyke = "The flood of Brenn came from a breach in the Ketter dyke."
    before = speaking(flood, dyke)
    hand.click_menu("Panels", "To the claims")
    panel = flood.panels.claims
    hand.click_row(panel.tree, dyke, twice=True)
    hand.click_row(panel.tree, "it would have given way")
    hand.click_button("Give the marks a claim of their own")
    hand.type("The dyke would have given way in any flood.\r")
    assert speaking(flood, dyke) == before - 1
    own = claims(flood)["The dyke would have given way in any flood."]
    assert speaking(flood, own.text) == 1
    panel.settle()
    hand.click_row(panel.tree, own.text, twice=True)
    hand.click_row(panel.tree, "it would have given way", twice=True)
    held = flood.session.focus.mark
    assert held is not None
    assert "by itself" in read.mark(flood.session.store, held).quotes[0]
    pointer.click_tool("undo")
    pointer.click_tool("undo")
    assert speaking(flood, dyke) == before
