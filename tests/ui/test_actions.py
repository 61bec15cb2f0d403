"""The one table of actions: free of clashes, complete, and reachable without AltGr."""

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from annotator.domain.scheme import Scheme
from annotator.store import read
from annotator.store.store import Identity, Store
from annotator.ui.actions import ACTIONS, BY_ID, HELD_ONLY, MENUS, SELECTING_ONLY, Action, action_for


@pytest.fixture
def scheme() -> Scheme:
    return read.scheme(Store.memory(Identity(name="Ada")))


def states(action: Action) -> set[str]:
    """Where a key of the text acts: with a mark in hand, without one, or both."""
    if action.id in HELD_ONLY:
        return {"held"}
    return {"caret"} if action.id in SELECTING_ONLY else {"held", "caret"}


def test_no_two_actions_share_a_key_in_one_state():
    clashes = [
        (one.id, other.id, key)
        for one, other in combinations(ACTIONS, 2)
        for key in set(one.keys) & set(other.keys)
        if states(one) & states(other)
    ]
    assert clashes == []


def test_no_key_of_a_label_or_link_kind_is_an_action_too(scheme):
    keys = set(scheme.keys.values())
    reversed_ = {f"Shift+{key}" for key in keys if key.isalpha()}
    taken = {key for action in ACTIONS for key in action.keys}
    assert (keys | reversed_) & taken == set()
    assert len(keys) == len(scheme.keys)


def test_keys_that_act_everywhere_never_write_a_letter():
    bare = [
        (action.id, key)
        for action in ACTIONS
        if not action.in_text
        for key in action.keys
        if not key.startswith(("Ctrl+", "Alt+")) and not key.split("+")[-1].startswith("F")
    ]
    assert bare == []


def test_every_key_means_something_to_qt():
    for action in ACTIONS:
        for key in action.keys:
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) == key


def test_ids_and_words_are_told_apart():
    assert len(BY_ID) == len(ACTIONS)
    assert len({action.words for action in ACTIONS}) == len(ACTIONS)
    assert {action.menu for action in ACTIONS} <= {name for name, _ in MENUS}


@pytest.mark.parametrize(
    ("stroke", "held", "selecting"),
    [
        ("Return", "source", "label-menu"),
        (".", "same-source", "repeat"),
        ("T", "move-ends", None),
        ("F", "select-by-hints", "select-by-hints"),
        ("Space", "hold", "hold"),
    ],
)
def test_a_key_means_what_the_state_makes_of_it(stroke, held, selecting):
    assert action_for(stroke, has_held=True) is BY_ID[held]
    assert action_for(stroke, has_held=False) is (BY_ID[selecting] if selecting else None)


def test_modifiers_that_need_altgr_are_not_used():
    for action in ACTIONS:
        for key in action.keys:
            combined = QKeySequence(key)[0].keyboardModifiers()
            assert combined != Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
