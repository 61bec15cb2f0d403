"""Key presses by the place of the key, so that every keyboard layout works."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_NAMED = {
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Return",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_Menu: "Menu",
}
_ROWS = ((10, "1234567890"), (24, "QWERTYUIOP"), (38, "ASDFGHJKL"), (52, "ZXCVBNM"))
_X11 = {start + i: char for start, row in _ROWS for i, char in enumerate(row)} | {60: ".", 61: "/"}
"""X11 and Wayland key codes of the main block: evdev codes and 8 more, named as on a US keyboard."""
_WINDOWS_ROWS = ((2, "1234567890"), (16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM"))
_WINDOWS = {start + i: char for start, row in _WINDOWS_ROWS for i, char in enumerate(row)} | {
    52: ".",
    53: "/",
}
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./?[]")


def stroke(event: QKeyEvent) -> str:
    """A key press as the actions table writes it: "Ctrl+Shift+Z", "Shift+D", "1", "Return".

    A key that prints a Latin letter or a digit is named by it, so that QWERTZ
    and AZERTY keep their letters; any other key of the main block is named by
    its place. Empty for a key that has no name here, such as Shift alone.
    """
    name = _NAMED.get(Qt.Key(event.key())) or _character(event)
    if not name:
        return ""
    held = event.modifiers()
    parts = [
        word
        for modifier, word in (
            (Qt.KeyboardModifier.ControlModifier, "Ctrl"),
            (Qt.KeyboardModifier.AltModifier, "Alt"),
            (Qt.KeyboardModifier.ShiftModifier, "Shift"),
        )
        if held & modifier and not (word == "Shift" and name in "./?[]")
    ]
    return "+".join([*parts, name])


def _character(event: QKeyEvent) -> str:
    code = event.key()
    printed = chr(code).upper() if 0x20 < code < 0x7F else ""
    if printed in _PLAIN and printed:
        return printed
    places = _WINDOWS if sys.platform == "win32" else _X11
    return places.get(event.nativeScanCode(), "")
