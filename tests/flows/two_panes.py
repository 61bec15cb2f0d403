"""A denial and a claim in two articles, side by side."""

from PySide6.QtCore import Qt

from annotator.domain.ids import MarkId
from annotator.store import lists
from annotator.ui.window import MainWindow
from tests.flows.keyboard import Keyboard
from tests.flows.texts import FIRST, SECOND, quoted

DENIAL = quoted(FIRST, "Velmora has never sold jammers")
CLAIM = quoted(SECOND, "it can build jammers")


def split(keys: Keyboard) -> tuple[MarkId, MarkId]:
    """A denial in the left pane, a claim in the right one; the denial is held, its pane at work."""
    denial = keys.mark_words(DENIAL, "denial")
    keys.press(Qt.Key.Key_F6)
    keys.next_article()
    claim = keys.mark_words(CLAIM, "claim")
    keys.press(Qt.Key.Key_F6)
    return denial, claim


def links(window: MainWindow, mark: MarkId) -> list[tuple[str, bool, str]]:
    """Kind, whether it starts there, and other end of each link of a mark."""
    return [(row.kind, row.outward, row.other.id) for row in lists.links(window.session.store, [mark])]
