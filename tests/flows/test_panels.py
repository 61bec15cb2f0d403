"""Every panel is reached by keys, from the text and back, also one that was closed."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.ui.sides import PANELS
from annotator.ui.window import MainWindow
from tests.flows.analyst import ALT
from tests.flows.screen import ByKeys, ByMouse, has_keys

Key = Qt.Key
DIGITS = dict(zip(PANELS, "1234567890", strict=True))


@pytest.mark.parametrize("name", PANELS)
def test_a_key_brings_a_panel_to_the_front_with_the_keys_in_it_and_another_leads_back(
    flood: MainWindow, qtbot: QtBot, name: str
) -> None:
    hand = ByKeys(flood)
    hand.press(Key.Key_N)
    flood.docks[name].hide()
    hand.press(Key[f"Key_{DIGITS[name]}"], ALT)
    panel = flood.panels[name]
    assert not panel.visibleRegion().isEmpty()
    qtbot.waitUntil(lambda: panel.isAncestorOf(has_keys()))
    assert flood.arrangement.foot.is_large == (name in ("search", "map"))
    hand.press(Key.Key_F4)
    assert has_keys() is flood.view


def test_panels_are_found_in_the_list_of_actions_and_in_the_menus(flood: MainWindow) -> None:
    keys, mouse = ByKeys(flood), ByMouse(flood)
    keys.call("To the sources")
    assert flood.panels.sources.isAncestorOf(has_keys())
    mouse.click_menu("Panels", "To the claims")
    assert flood.panels.claims.isAncestorOf(has_keys())


@pytest.mark.parametrize("size", [(1366, 768), (760, 420)])
def test_the_key_of_values_leads_to_a_field_that_is_seen(
    flood: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    flood.resize(*size)
    hand = ByKeys(flood)
    hand.press(Key.Key_N)
    hand.press(Key.Key_V)
    page = flood.panels.mark.page
    assert has_keys() in (page.values.field(None), page.note)
    assert has_keys().visibleRegion().boundingRect() == has_keys().rect()
    hand.press(Key.Key_Tab)
    assert page.isAncestorOf(has_keys())
