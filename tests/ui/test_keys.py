"""A key press has the same name on every keyboard."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from annotator.ui.keys import stroke

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(key: int, modifiers: Qt.KeyboardModifier = NONE, place: int = 0, text: str = "") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, place, 0, 0, text)


@pytest.mark.parametrize(
    ("key", "modifiers", "name"),
    [
        (Qt.Key.Key_F, NONE, "F"),
        (Qt.Key.Key_D, SHIFT, "Shift+D"),
        (Qt.Key.Key_1, NONE, "1"),
        (Qt.Key.Key_1, Qt.KeyboardModifier.KeypadModifier, "1"),
        (Qt.Key.Key_Return, CTRL, "Ctrl+Return"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "Return"),
        (Qt.Key.Key_Left, CTRL, "Ctrl+Left"),
        (Qt.Key.Key_Period, NONE, "."),
        (Qt.Key.Key_Slash, SHIFT, "/"),
        (Qt.Key.Key_Escape, NONE, "Esc"),
        (Qt.Key.Key_Shift, SHIFT, ""),
        (Qt.Key.Key_F5, NONE, ""),
    ],
)
def test_a_latin_key_is_called_by_what_it_prints(key, modifiers, name):
    assert stroke(press(key, modifiers)) == name


@pytest.mark.parametrize(
    ("place", "code", "text", "name"),
    [
        (41, 0x0410, "а", "F"),
        (40, 0x0412, "в", "D"),
        (60, 0x042E, "ю", "."),
        (41, 0x0628, "ب", "F"),
        (10, 0x0661, "١", "1"),
        (10, Qt.Key.Key_Ampersand, "&", "1"),
        (53, 0x0427, "ч", "X"),
    ],
)
@pytest.mark.skipif("sys.platform == 'win32'")
def test_a_key_that_prints_something_else_is_called_by_its_place(place, code, text, name):
    assert stroke(press(code, NONE, place, text)) == name
    assert stroke(press(code, SHIFT, place, text)) in (f"Shift+{name}", name)


def test_a_latin_letter_keeps_its_name_wherever_the_keyboard_has_it():
    z_of_qwertz = 29
    assert stroke(press(Qt.Key.Key_Z, NONE, z_of_qwertz, "z")) == "Z"


def test_a_key_without_a_place_has_no_name():
    assert stroke(press(0x0410, NONE, 0, "а")) == ""
