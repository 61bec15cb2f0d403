"""A source's page leads to its words; two names of one source become one, and are parted again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from annotator.store import lists, read
from annotator.ui.window import MainWindow
from tests.flows.analyst import ALT
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer
from tests.flows.screen import ByKeys, ByMouse, in_sight, rows_of
from tests.ui.panels.reading import read_page

Key = Qt.Key


def names(window: MainWindow) -> set[str]:
    return {row.name for row in lists.sources(window.session.store)}


def lines(window: MainWindow) -> list[str]:
    read_page(window.panels.sources)
    return rows_of(window.panels.sources.page.lines)


def test_by_keys_a_dossier_leads_to_the_words_and_two_sources_are_made_one_and_parted(
    flood: MainWindow,
) -> None:
    hand, picker = ByKeys(flood), Keyboard(flood)
    hand.press(Key.Key_5, ALT)
    hand.stand_on("Pavel Drum")
    hand.press(Key.Key_Return)
    assert "Under no claim" in lines(flood)
    hand.stand_on("protested against")
    hand.press(Key.Key_Return)
    held = flood.session.focus.mark
    assert held is not None
    source = read.mark(flood.session.store, held).source
    assert source is not None
    assert read.source(flood.session.store, source).name == "Pavel Drum"

    before = names(flood)
    hand.press(Key.Key_5, ALT)
    hand.stand_on("Dita Rehn")
    hand.press(Key.Key_E)
    picker.type("abbot")
    picker.press(Key.Key_Return)
    assert names(flood) == before - {"Dita Rehn"}
    assert "“Dita Rehn” is the same as “Lene Abbot” now" in flood.notices.text
    hand.press(Key.Key_5, ALT)
    hand.stand_on("Lene Abbot")
    hand.press(Key.Key_Return)
    assert "Dita Rehn" in lines(flood)
    hand.stand_on("Dita Rehn")
    hand.press(Key.Key_Delete)
    assert names(flood) == before


def test_by_mouse_a_named_source_goes_only_where_another_one_stands_for_it(
    flood: MainWindow,
) -> None:
    hand, picker = ByMouse(flood), Pointer(flood)
    panel = flood.panels.sources
    spoken = [row.number for row in lists.marks(flood.session.store) if row.source == "Olle Brandvik"]
    assert spoken
    hand.click_menu("Panels", "To the sources")
    hand.click(in_sight(QLineEdit, "Filter sources")[0])
    hand.type("brandvik")
    hand.click_row(panel.table, "Olle Brandvik")
    hand.click_button("Delete the source")
    assert "Olle Brandvik" in names(flood)
    assert "Olle Brandvik" in flood.notices.text
    picker.type("moss")
    entry = picker.entry(lambda one: one.text == "Edran Moss")
    assert entry is not None
    picker.click_entry(entry)
    assert "Olle Brandvik" not in names(flood)
    now = {row.number: row.source for row in lists.marks(flood.session.store)}
    assert {now[number] for number in spoken} == {"Edran Moss"}
    picker.click_tool("undo")
    assert "Olle Brandvik" in names(flood)
