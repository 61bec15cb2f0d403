"""Menus and palette show every action with its key."""

import pytest
from PySide6.QtWidgets import QMainWindow, QStyle

from annotator.ui.actions import ACTIONS, MENUS
from annotator.ui.menus import Menus, shown_key
from annotator.ui.theme import theme
from annotator.ui.theme.chrome import style_sheet


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def menus(window, done):
    functions = {action.id: lambda name=action.id: done.append(name) for action in ACTIONS}
    return Menus(window, functions, theme("light"))


def test_every_action_stands_in_its_menu_and_does_its_work(menus, done):
    for action in ACTIONS:
        assert menus.actions[action.id] in menus.menus[action.menu].actions()
        menus.actions[action.id].trigger()
    assert done == [action.id for action in ACTIONS]
    assert list(menus.menus) == [name for name, _ in MENUS]


def test_a_menu_higher_than_the_screen_is_one_column_that_scrolls(menus):
    menu = menus.menus["mark"]
    menu.setStyleSheet(style_sheet("light"))
    assert menu.style().styleHint(QStyle.StyleHint.SH_Menu_Scrollable, None, menu)


def test_each_menu_fits_a_screen_of_600_pixels(menus):
    for name, menu in menus.menus.items():
        menu.setStyleSheet(style_sheet("light"))
        assert menu.sizeHint().height() <= 600, name


def test_a_menu_is_read_in_groups_of_at_most_eight(menus):
    for name, menu in menus.menus.items():
        lines = "".join("|" if one.isSeparator() else "x" for one in menu.actions())
        groups = lines.split("|")
        assert all(groups), f"{name}: a line begins or ends the menu, or stands beside another"
        assert max(map(len, groups)) <= 8, name


def test_keys_of_the_text_are_shown_but_are_no_shortcuts_of_the_window(menus):
    for action in ACTIONS:
        made = menus.actions[action.id]
        if action.in_text:
            assert made.shortcuts() == []
            assert made.text().partition("\t")[2] == (shown_key(action.key) if action.key else "")
        else:
            assert [one.toString() for one in made.shortcuts()] == list(action.keys)


def test_a_menu_calls_keys_as_the_page_of_keys_does(menus):
    told = {name: made.text().partition("\t")[2] for name, made in menus.actions.items()}
    assert told["possible-source"] == "Ctrl+Shift+Enter"
    assert told["next-article"] == "Ctrl+Page Down"
    assert told["undo"] == ""


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("Ctrl+Return", "Ctrl+Enter"),
        ("Ctrl++", "Ctrl++"),
        ("Del", "Delete"),
        ("Ctrl+PgDown", "Ctrl+Page Down"),
    ],
)
def test_keys_are_written_as_people_read_them(key, shown):
    assert shown_key(key) == shown


def test_the_palette_has_every_action_but_itself(menus):
    assert [command.text for command in menus.commands()] == [
        action.text for action in ACTIONS if action.id != "palette"
    ]


@pytest.mark.parametrize(
    ("held", "selected", "offered", "absent"),
    [
        (True, False, "delete", "add-piece"),
        (True, True, "cut-hole", "delete"),
        (False, True, "label-menu", "link"),
        (False, False, "find", "delete"),
    ],
)
def test_the_context_menu_offers_what_fits_the_state(menus, window, held, selected, offered, absent):
    shown = menus.context(window, held, selected).actions()
    assert menus.actions[offered] in shown
    assert menus.actions[absent] not in shown
