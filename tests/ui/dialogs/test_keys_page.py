"""The page of keys and the manual come from the one table of actions."""

import pytest

from annotator.domain.scheme import Scheme
from annotator.ui.actions import ACTIONS
from annotator.ui.dialogs.key_rows import key_rows, matching
from annotator.ui.dialogs.keys_page import KeysPage
from annotator.ui.menus import shown_key
from tools.build_manual import PAGE, page


@pytest.fixture
def keys(look, shown):
    made = KeysPage(look)
    shown(made)
    return made


def shown_rows(keys: KeysPage) -> list[tuple[str, str]]:
    heads = [keys.tree.topLevelItem(row) for row in range(keys.tree.topLevelItemCount())]
    items = [head.child(row) for head in heads for row in range(head.childCount())]
    return [(item.text(0), item.text(1)) for item in items]


def test_on_a_small_screen_actions_have_the_room_of_where_their_keys_act(keys):
    keys.resize(615, 340)
    assert keys.tree.isColumnHidden(2)
    assert keys.tree.columnWidth(0) > 250
    assert keys.tree.topLevelItem(0).child(0).toolTip(0) == "New project · anywhere"
    keys.resize(880, 640)
    assert not keys.tree.isColumnHidden(2)


def test_the_manual_page_is_in_step_with_the_actions():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python tools/build_manual.py`"


def test_every_action_and_every_key_is_listed():
    rows = key_rows(Scheme.default())
    listed = {(row.words, key) for row in rows for key in (row.keys or ("",))}
    for action in ACTIONS:
        for key in action.keys or ("",):
            assert (action.text.rstrip("…"), shown_key(key) if key else "") in listed


def test_labels_and_kinds_of_link_have_the_keys_of_the_scheme():
    data = {**Scheme.default().data, "keys": {"claim": "6", "denies": "Y"}}
    rows = key_rows(Scheme(data))
    assert [row.keys for row in rows if row.words.startswith("Claim")] == [("6",)]
    assert [row.keys for row in rows if "denies" in row.words] == [("Y",)]


def test_it_is_filtered_by_words_and_by_keys(keys, qtbot):
    qtbot.keyClicks(keys.filter, "undo")
    assert shown_rows(keys) == [("Undo", "Ctrl+Z")]
    keys.filter.setText("ctrl+shift+z")
    assert [words for words, _ in shown_rows(keys)] == ["Redo"]
    keys.filter.setText("no such thing at all")
    assert keys.nothing.isVisible()


def test_all_words_have_to_fit():
    rows = key_rows(Scheme.default())
    assert matching(rows, "") == rows
    assert all(
        "mark" in (row.words + row.group + row.where).casefold() for row in matching(rows, "mark next")
    )
