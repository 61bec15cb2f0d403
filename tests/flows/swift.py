"""The analyst whose selecting, searching and typing of names takes no time.

How words are selected by letters and with the mouse, how a mark far away is found and how a
name is typed letter by letter is shown elsewhere (`test_bar`, `test_session`, `test_panes` and
the tests of the hands). Here a selection is there at once, a mark is held as by a click on it,
names and sentences come in one piece as if pasted. All else are the keys of the window.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from annotator.domain.ids import MarkId
from annotator.domain.model import Ref
from annotator.domain.spans import Span
from annotator.store import read
from annotator.ui.dialogs.choices import Entry
from tests.flows.analyst import NONE, SHIFT
from tests.flows.keyboard import Keyboard

Key = Qt.Key


class Swift(Keyboard):
    """Works with the marks of a whole project, whichever article they stand in."""

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self._listener(), key, modifiers)
            QCoreApplication.processEvents()

    def select(self, span: Span) -> None:
        self.view.select(Span(*span))

    def take(self, mark: MarkId) -> None:
        self.window.session.hold(mark)

    def words(self, mark: MarkId, span: tuple[int, int], key: Qt.Key, *, relay: bool = False) -> None:
        """Say of words what they are to a mark: cue, name, hedge or date, by their key."""
        self.take(mark)
        self.select(Span(*span))
        self.press(key, SHIFT if relay else NONE)

    def reshape(self, mark: MarkId, spans: tuple[Span, ...]) -> None:
        """Cut out what is too much and add what is missing."""
        self.take(mark)
        before = self.mark(mark).spans
        for gap in (gap for span in before for gap in _gaps(span, spans)):
            self.cut(gap)
        for span in spans:
            if not any(old.start <= span.start and span.end <= old.end for old in before):
                self.add_piece(span)

    def link(self, kind: str, target: MarkId, reverse: bool = False) -> None:
        letter = read.scheme(self.window.session.store).keys.get(kind)
        self.press(Qt.Key[f"Key_{letter or 'L'}"], SHIFT if reverse else NONE)
        mode = self.window.hands.desk.mode
        if mode is not None:
            mode.click([target])
        else:
            self.search.field.setText(self.words_of(target))
            self._take(lambda entry: entry.value == Ref("mark", target))
        if letter is None:
            self._choose_kind(kind)

    def link_to(self, kind: str, end: Ref, words: str) -> None:
        """Link the mark in hand to a source or claim, found by its words."""
        letter = read.scheme(self.window.session.store).keys.get(kind)
        self.press(Qt.Key[f"Key_{letter or 'L'}"])
        if self.popup is None:
            self.press(Key.Key_Slash)
        self.search.field.setText(words)
        self._take(lambda entry: entry.value == end)
        if letter is None:
            self._choose_kind(kind)

    def join(self, claim: str | None, sentence: str) -> None:
        """Put the mark in hand under a claim, or a new one with this sentence."""
        self.press(Key.Key_M)
        self.search.field.setText(sentence)
        if claim is None:
            self.press(Key.Key_Return, SHIFT)
        else:
            self._take(lambda entry: entry.value == claim)

    def else_said_by(self, name: str) -> None:
        """Name who else may have said the mark in hand."""
        self.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier | SHIFT)
        self._name(name)

    def call(self, span: Span, kind: str) -> None:
        """Say of words that they are a title, a dateline, a subhead."""
        self.select(span)
        self.press(Key.Key_F2, SHIFT)
        self._take(lambda entry: entry.value == kind)

    def _name(self, source: str) -> None:
        self.search.field.setText(source)
        self._take(lambda entry: entry.text == source)

    def _take(self, fits: Callable[[Entry], bool]) -> None:
        entry = self.entry(fits)
        assert entry is not None, [one.text for one in self.choices.entries]
        self.choices.take(entry)


def _gaps(span: Span, kept: tuple[Span, ...]) -> tuple[Span, ...]:
    """What of a span lies in none of those that are kept."""
    left: tuple[Span, ...] = (span,)
    for one in kept:
        left = tuple(rest for piece in left for rest in cut_from(piece, one))
    return left


def cut_from(span: Span, hole: Span) -> list[Span]:
    """The parts of a span before and after a hole."""
    parts = (Span(span.start, min(span.end, hole.start)), Span(max(span.start, hole.end), span.end))
    return [part for part in parts if part.start < part.end]
