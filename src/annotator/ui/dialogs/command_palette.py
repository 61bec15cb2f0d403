"""Every action of the program by its name, with the key that does the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from annotator.ui.dialogs.choices import Entry
from annotator.ui.dialogs.search_popup import SearchPopup
from annotator.ui.panels.words import plain
from annotator.ui.theme import Theme

SHOWN = 60


@dataclass(frozen=True)
class Command:
    """One thing that can be done: what it is called, its key, and what does it.

    reason: why it cannot be done now; it is then greyed.
    """

    text: str
    key: str
    run: Callable[[], object]
    reason: str = ""


class CommandPalette(SearchPopup):
    """Typing filters by letters in their order; Enter does the top one."""

    def __init__(self, look: Theme, parent: QWidget, commands: Sequence[Command]) -> None:
        super().__init__(look, parent, self.tr("Commands"))
        self._commands = list(commands)
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setMinimumWidth(460)
        self.hint.setText(self.tr("No action has this in its name."))

    def entries_for(self, words: str) -> list[Entry]:
        ranked = [(score(words, command.text), command) for command in self._commands]
        found = sorted(
            (row for row in ranked if row[0] is not None), key=lambda row: (bool(row[1].reason), row[0])
        )
        return [
            Entry(command.text, command.run, right=command.key, reason=command.reason)
            for _, command in found[:SHOWN]
        ]

    def fill(self) -> None:
        self.hint.setVisible(not self.entries_for(self.words))
        super().fill()

    def first_row(self, words: str) -> int | None:
        return 0

    def take(self, entry: Entry) -> None:
        """Go, then do it."""
        with self.leaving():
            if callable(entry.value):
                entry.value()


def score(words: str, text: str) -> int | None:
    """How well letters typed fit a name, 0 best; None where they are not in it in this order.

    Words as they stand come first, then beginnings of words in any order, then initials,
    then letters with gaps between them.
    """
    wanted, name = plain(words), plain(text)
    if wanted in name:
        return name.index(wanted)
    begun = re.findall(r"\w+", name)
    if all(any(word.startswith(part) for word in begun) for part in wanted.split()):
        return 99
    letters = wanted.replace(" ", "")
    if letters in "".join(word[0] for word in name.split()):
        return 100
    cost, place = 200, -1
    for letter in letters:
        found = name.find(letter, place + 1)
        if found < 0:
            return None
        cost += found - place - 1
        place = found
    return cost
