"""The analyst who leaves the mouse alone."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from annotator.domain.ids import MarkId
from annotator.domain.model import Ref
from annotator.domain.spans import Span
from annotator.store import lists, read
from annotator.ui.hands.modes import Hinting
from tests.flows.analyst import CTRL, NONE, PATIENCE, SHIFT, Analyst

Key = Qt.Key


class Keyboard(Analyst):
    """Selects by hint letters, labels by digit, links by letter."""

    def bring(self, span: Span) -> None:
        """Scroll by pages until a span is seen, or its start where it is longer than a page."""
        for _ in range(PATIENCE):
            if self.is_seen(span) or self.is_seen(Span(span.start, span.start + 1)):
                return
            self.press(Key.Key_PageDown if self.is_below(span.start) else Key.Key_PageUp)
        raise AssertionError(f"{span} is out of reach")

    def hint(self, code: str) -> None:
        self.type(code.lower())

    def code_at(self, offset: int) -> str:
        """The letters that stand at an offset."""
        found = [code for code, place in self.view.shown.hints.items() if place == offset]
        assert found, f"no letters at {offset} {self.text[offset : offset + 20]!r}: {self.status}"
        return found[0]

    def select(self, span: Span) -> None:
        """Select from word to word by letters, then mend what does not begin or end with a word."""
        if self.view.selection():
            self.press(Key.Key_Escape)
        self.bring(span)
        self.press(Key.Key_F)
        first = self._word_of(span.start)
        self.hint(self.code_at(first.start))
        if self.view.selection() == span:
            self.press(Key.Key_Escape)
        elif first.start == span.start:
            self._choose_end(span)
        else:
            self._begin_at(span.start, first)
            self.press(Key.Key_F)
            self._choose_end(span)
        self._mend(span)

    def _word_of(self, offset: int) -> Span:
        """The word with letters at it that holds an offset, or the next one."""
        words = [word for word in self.view.words_in_view() if word.end > offset]
        assert words, f"no word at {offset}"
        return words[0]

    def _begin_at(self, start: int, word: Span) -> None:
        """From the letters of a word to a selection of one character at `start`, before it or inside."""
        self.press(Key.Key_Escape)
        self.press(Key.Key_Left)
        steps = start - word.start
        self.press(Key.Key_Right if steps > 0 else Key.Key_Left, times=abs(steps))
        self.press(Key.Key_Right, SHIFT)

    def _choose_end(self, span: Span) -> None:
        places = self.view.shown.hints.values()
        ends = [word for word in self.view.words_in_view() if word.start in places and word.start < span.end]
        self.hint(self.code_at(ends[-1].start))

    def _mend(self, span: Span) -> None:
        if self.view.selection() != span:
            selection = self.view.selection()
            assert selection is not None
            if selection.start != span.start or self.view.caret() != selection.end:
                self.select_exactly(span)
                return
            self._reach(span.end)
        assert self.view.selection() == span, f"{self.view.selection()} is not {span}: {self.quote(span)}"

    def select_exactly(self, span: Span) -> None:
        """Select with arrows and Shift."""
        self.go_to(span.start)
        self._reach(span.end)
        assert self.view.selection() == span

    def go_to(self, offset: int) -> None:
        """Put the caret at an offset: to the word by its letters, on from there by arrows."""
        if self.view.selection():
            self.press(Key.Key_Escape)
        self.bring(Span(offset, min(offset + 1, len(self.text))))
        if abs(self.view.caret() - offset) > 3:
            self.press(Key.Key_F)
            word = self._word_of(offset)
            self.hint(self.code_at(word.start))
            self.press(Key.Key_Escape)
            self.press(Key.Key_Left)
        self._walk(offset, NONE)

    def _reach(self, offset: int) -> None:
        self._walk(offset, SHIFT)

    def _walk(self, offset: int, modifiers: Qt.KeyboardModifier) -> None:
        """Arrows to an offset, by words while that does not go too far."""
        words, text = self.window.hands.desk.segmenter, self.text
        for _ in range(PATIENCE):
            caret = self.view.caret()
            if caret == offset:
                return
            forward = caret < offset
            step = words.word_after(text, caret) if forward else words.word_before(text, caret)
            by_word = step <= offset if forward else step >= offset
            self.press(Key.Key_Right if forward else Key.Key_Left, modifiers | CTRL if by_word else modifiers)
        raise AssertionError(f"{offset} is out of reach")

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def label(self, label: str) -> None:
        """The digit of a label."""
        self.type(read.scheme(self.window.session.store).keys[label])

    def say(self, source: str | None, via: Sequence[str] = ()) -> None:
        """Answer the picker that a label opens; nobody is left out by Esc."""
        if source is None:
            self.press(Key.Key_Escape)
            return
        self._name(source)
        for relay in via:
            self.press(Key.Key_Return, SHIFT)
            self._name(relay)

    def _name(self, source: str) -> None:
        """By its digit, otherwise by as many letters as it takes, or all of a new name."""
        entry = self.entry(lambda entry: entry.text == source and entry.key != "")
        if entry is not None:
            self.type(entry.key)
            return
        for char in source:
            self.type(char)
            top = self.choices.current()
            if top is not None and top.text == source and top.value is not None:
                self.press(Key.Key_Return)
                return
        self.press(Key.Key_Return, SHIFT)

    def mark_words(
        self, span: Span, label: str, source: str | None = None, via: Sequence[str] = ()
    ) -> MarkId:
        """Select, label and say who; the mark stays in hand."""
        self.select(span)
        self.label(label)
        made = self.held
        self.say(source, via)
        return made

    def take(self, mark: MarkId) -> None:
        """Take a mark of this article in hand: with N where it is near, otherwise at its words."""
        found = self.mark(mark)
        marks = [
            row.id for row in lists.marks(self.window.session.store, article=found.article, order="text")
        ]
        held = self.window.session.focus.mark
        steps = marks.index(mark) - marks.index(held) if held in marks else PATIENCE
        if -2 <= steps <= 5:
            self.press(Key.Key_N, NONE if steps > 0 else SHIFT, abs(steps))
        else:
            self.go_to(self._unshared(mark))
        for _ in range(PATIENCE):
            if self.window.session.focus.mark == mark:
                return
            self.press(Key.Key_Space)
        raise AssertionError(f"{mark} cannot be taken: {self.status} / {self.notice}")

    def _unshared(self, mark: MarkId) -> int:
        span = self.mark(mark).spans[0]
        return min(range(span.start, span.end), key=lambda at: len(self.view.marks_at(at)))

    def link(self, kind: str, target: MarkId, reverse: bool = False) -> None:
        """Link the mark in hand: by the letters at the other one, or by words of it where it is not seen."""
        letter = read.scheme(self.window.session.store).keys.get(kind)
        self.press(Qt.Key[f"Key_{letter or 'L'}"], SHIFT if reverse else NONE)
        mode = self.window.hands.desk.mode
        if isinstance(mode, Hinting) and target in mode.things.values():
            self.hint(next(code for code, thing in mode.things.items() if thing == target))
        else:
            if self.popup is None:
                self.press(Key.Key_Slash)
            self._search_mark(target, self.words_of(target))
        if letter is None:
            self._choose_kind(kind)

    def _search_mark(self, target: MarkId, words: str) -> None:
        for char in words:
            self.type(char)
            entry = self.entry(lambda entry: entry.value == Ref("mark", target))
            if entry is not None and len(self.search.words) >= 3:
                break
        entry = self.entry(lambda entry: entry.value == Ref("mark", target))
        assert entry is not None, f"{words!r} does not find it"
        if entry is self.choices.current():
            self.press(Key.Key_Return)
        else:
            self.type(("" if self.search.field.text().endswith(" ") else " ") + entry.key)

    def _choose_kind(self, kind: str) -> None:
        entry = self.entry(lambda entry: entry.value == kind)
        assert entry is not None, f"{kind} is not offered"
        assert not entry.reason, entry.reason
        for _ in range(len(self.choices.entries)):
            if self.choices.current() is entry:
                break
            self.press(Key.Key_Down)
        self.press(Key.Key_Return)

    def add_piece(self, span: Span) -> None:
        self.select(span)
        self.press(Key.Key_I)

    def cut(self, span: Span) -> None:
        self.select(span)
        self.press(Key.Key_O)

    def undo(self, times: int = 1) -> None:
        self.press(Key.Key_Z, CTRL, times)

    def redo(self, times: int = 1) -> None:
        self.press(Key.Key_Z, CTRL | SHIFT, times)

    def next_article(self) -> None:
        self.press(Key.Key_PageDown, CTRL)

    def previous_article(self) -> None:
        self.press(Key.Key_PageUp, CTRL)
