"""The selected words are the cue, the name, a hedge or the date of the mark in hand, by one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.store import edits, read
from tests.flows.analyst import SHIFT
from tests.ui.hands.desk import TEXT, Desk

Key = Qt.Key


@pytest.fixture
def mark(desk: Desk):
    made = desk.put("the ferry had left too early", "denial")
    desk.hold(made)
    return made


def layers(desk: Desk) -> dict[str, list[str]]:
    """The words with a thin line under them, once what follows a paint is done."""
    QApplication.processEvents()
    return {
        layer.style: [TEXT[start:end] for start, end in layer.spans]
        for layer in desk.window.view.shown.layers
    }


def test_keys_say_what_words_are_and_thin_lines_show_it_while_the_mark_is_held(desk: Desk, mark) -> None:
    edits.set_source(desk.store, mark, edits.add_source(desk.store, "Port authority"))
    for words, key in (("denied", Key.Key_W), ("The port", Key.Key_A), ("too early", Key.Key_H)):
        desk.select(words)
        desk.keys.press(key)
    assert layers(desk) == {"cue": ["denied"], "source_mention": ["The port"], "hedge": ["too early"]}
    assert desk.selected() == ""
    desk.hold(None)
    assert layers(desk) == {}


def test_words_that_name_somebody_become_the_source_of_a_mark_without_one(desk: Desk, mark) -> None:
    desk.select("The port")
    desk.keys.press(Key.Key_A)
    found = read.mark(desk.store, mark)
    assert read.source(desk.store, found.source).name == "The port"
    assert layers(desk) == {"source_mention": ["The port"]}


def test_with_shift_the_words_belong_to_the_relay(desk: Desk, mark) -> None:
    desk.select("blamed")
    desk.keys.press(Key.Key_W, SHIFT)
    assert "no relay" in desk.keys.notice
    edits.add_relay(desk.store, mark, edits.add_source(desk.store, "The Gazette"))
    desk.select("blamed")
    desk.keys.press(Key.Key_W, SHIFT)
    assert [TEXT[a:b] for a, b in read.mark(desk.store, mark).attribution[1].cue] == ["blamed"]


def test_the_date_is_kept_as_written_and_asked_for_where_it_is_not_whole(desk: Desk, mark) -> None:
    desk.select("Monday")
    desk.keys.press(Key.Key_K)
    assert read.mark(desk.store, mark).attributes["date_written"] == "Monday"
    assert "2017-08-14" in desk.keys.notice


@pytest.mark.parametrize("key", [Key.Key_W, Key.Key_A, Key.Key_H, Key.Key_K])
def test_without_a_mark_or_words_the_key_says_what_to_do_first(desk: Desk, key) -> None:
    desk.keys.press(key)
    assert "Take a mark in hand" in desk.keys.notice
