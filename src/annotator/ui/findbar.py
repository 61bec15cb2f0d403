"""Finding words in the article: the match is the selection, so that it can be labelled at once."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton

from annotator.domain.errors import UserError
from annotator.domain.fold import Finder
from annotator.domain.ids import ArticleId
from annotator.domain.sieve import Sieve
from annotator.domain.spans import Span
from annotator.ui.actions import BY_ID
from annotator.ui.icons import icon
from annotator.ui.matches import MOST, Matches
from annotator.ui.menus import shown_key
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.panes import TextPane

_AT_ONCE = 200_000
"""In a text of so many characters the matches are counted before the first one is painted."""
_SLICE_S = 0.003


class FindBar(QFrame):
    """A line under the text of a pane. Enter finds the next match, Shift+Enter the one before, Esc ends.

    Two buttons do the same by mouse, and leave the keys where they are.

    Quotation marks, apostrophes, case and brackets of inserts are folded. How
    many matches there are is counted once for some words, in a long text
    between events.
    """

    def __init__(self, pane: TextPane, look: Theme) -> None:
        super().__init__(pane)
        self._pane = pane
        self._article: ArticleId | None = None
        self._text = ""
        self._sieve = Sieve("")
        self._finder = Finder("")
        self._matches: Matches | None = None
        self._found: Span | None = None
        self._counting = QTimer(self)
        self._counting.setInterval(0)
        self._counting.timeout.connect(self._count_on)
        self._sieving = QTimer(self)
        self._sieving.setInterval(0)
        self._sieving.timeout.connect(self._sieve_on)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Words to find"))
        self.field.setAccessibleName(self.tr("Words to find"))
        self.field.setClearButtonEnabled(True)
        self.whole = QCheckBox(self.tr("Whole words"))
        self.count = QLabel()
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.previous_button = _step_button("find-previous")
        self.next_button = _step_button("find-next")
        self.set_theme(look)
        self._allow_steps(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self.field, 1)
        row.addWidget(self.whole)
        row.addWidget(self.count)
        row.addWidget(self.previous_button)  # at the end, so that a longer count does not move them
        row.addWidget(self.next_button)
        self.field.textChanged.connect(lambda: self._search_anew())
        self.whole.toggled.connect(lambda: self._search_anew())
        self.previous_button.clicked.connect(lambda: self.next(backwards=True))
        self.next_button.clicked.connect(lambda: self.next())
        self.field.installEventFilter(self)
        self.hide()

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        self.previous_button.setIcon(icon("up", look))
        self.next_button.setIcon(icon("down", look))

    def open(self) -> None:
        """Show the line with the selected words in it."""
        pane = self._pane
        self.follow_article()
        selection = pane.view.selection()
        words = self._text[selection.start : selection.end] if selection else ""
        if words != self.field.text() and words and "\n" not in words:
            self.field.blockSignals(True)
            self.field.setText(words)
            self.field.blockSignals(False)
            self._forget()
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._highlight()

    def end(self) -> None:
        """Put the line away; the match stays selected."""
        self.hide()
        self._counting.stop()
        self._sieving.stop()
        self._pane.view.set_highlights(None)
        self._pane.view.setFocus()

    def next(self, backwards: bool = False) -> None:
        """Select the next match, going on at the other end of the article after the last."""
        if not self.field.text():
            self.open()
            return
        selection = self._pane.view.selection()
        at = self._pane.view.caret()
        if selection:
            at = selection.start if backwards else selection.end
        self.search(at, backwards)

    def _search_anew(self) -> None:
        """Look for other words from where the last were found; what fits no more is not left selected."""
        self._matches = None
        start = self._start()
        self._pane.view.set_caret(start)
        self.search(start)

    def search(self, start: int, backwards: bool = False) -> None:
        """Select the first match from an offset on, or the last one before it."""
        pane, words = self._pane, self.field.text()
        self.follow_article()
        self._highlight()
        if not words:
            self.count.clear()
            self._allow_steps(False)
            return
        try:
            found = self._find(words, start, backwards)
        except UserError as error:
            pane.refused.emit(error)
            return
        self._allow_steps(found is not None)
        if found is None:
            self._counting.stop()
            self.count.setText(self.tr("not found"))
            return
        self._found = found
        self._tell_place()
        pane.view.select(found)
        pane.view.reveal(found)

    def follow_article(self) -> None:
        """Search the text that the pane shows from now on."""
        if self._pane.article != self._article:
            self._article = self._pane.article
            self._text = self._pane.text
            self._sieve = Sieve(self._text)
            self._finder = Finder(self._text, self._sieve)
            self._forget()
            if self.isVisible():
                self._highlight()
        if len(self._text) > _AT_ONCE and not self._sieve.is_whole:
            self._sieving.start()

    def _forget(self) -> None:
        """Say nothing any more of matches that were counted for other words or another text."""
        self._matches = None
        self.count.clear()
        self._allow_steps(bool(self.field.text()))

    def _allow_steps(self, may_find: bool) -> None:
        """There is nothing to step to without words, or where they were not found."""
        self.previous_button.setEnabled(may_find)
        self.next_button.setEnabled(may_find)

    def _sieve_on(self) -> None:
        """Between events, make a little more of the text ready: to be searched, and to be jumped to."""
        self._sieve.make_on()
        self._pane.view.page.numbers.number_at(self._sieve.made)
        if self._sieve.is_whole:
            self._sieving.stop()

    def _find(self, words: str, start: int, backwards: bool) -> Span | None:
        whole = self.whole.isChecked()
        found = self._finder.find(words, start, backwards, whole_words=whole)
        if found is None:
            other = len(self._text) if backwards else 0
            found = self._finder.find(words, other, backwards, whole_words=whole)
        return found

    def _tell_place(self) -> None:
        """Say which of the matches it is, as soon as they are counted."""
        if self._matches is None:
            finder, words, whole = self._finder, self.field.text(), self.whole.isChecked()
            self._matches = Matches(lambda start: finder.find(words, start, whole_words=whole))
        while len(self._text) <= _AT_ONCE and not self._matches.is_counted:
            self._matches.look_on()
        if self._matches.is_counted:
            self._tell_count(self._matches)
        else:
            self.count.clear()
            self._counting.start()

    def _count_on(self) -> None:
        """Between events, look for more matches, a few milliseconds at a time."""
        deadline = perf_counter() + _SLICE_S
        while self._matches is not None and not self._matches.is_counted and perf_counter() < deadline:
            self._matches.look_on()
        if self._matches is None or self._matches.is_counted:
            self._counting.stop()
        if self._matches is not None and self._matches.is_counted:
            self._tell_count(self._matches)

    def _tell_count(self, matches: Matches) -> None:
        """Which of the matches it is, of how many; beyond a thousand the number says no more."""
        if len(matches) > MOST or self._found is None:
            self.count.setText(self.tr("more than {count}").format(count=MOST))
            return
        place = matches.place_of(self._found)
        self.count.setText(self.tr("{place} of {count}").format(place=place, count=len(matches)))

    def _start(self) -> int:
        selection = self._pane.view.selection()
        return selection.start if selection else self._pane.view.caret()

    def _highlight(self) -> None:
        words, text, whole = self.field.text(), self._text, self.whole.isChecked()
        if not words:
            self._pane.view.set_highlights(None)
            return

        def matches(start: int, end: int) -> Sequence[Span]:
            low = max(0, start - len(words) * 2)
            part = Finder(text[low : end + len(words) * 2])
            found = part.find_all(words, MOST, whole_words=whole)
            return [Span(span.start + low, span.end + low) for span in found]

        self._pane.view.set_highlights(matches)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.end()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.next(backwards=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
        return super().eventFilter(watched, event)


def _step_button(name: str) -> QToolButton:
    """A small button for an action; its tooltip tells the key."""
    action = BY_ID[name]
    button = QToolButton()
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolTip(f"{action.text} ({shown_key(action.key)})")
    button.setAccessibleName(action.text)
    return button
