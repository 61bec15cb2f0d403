"""The states in which keys mean something else: choosing by hint letters, moving ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

from PySide6.QtCore import QCoreApplication

from annotator.domain.segment import Segmenter
from annotator.domain.spans import Span
from annotator.ui.text.view import TextView


class Mode(Protocol):
    """A state entered by a key and left by Esc or by what it is for.

    Letters and signs never pass through it; digits do where they would label what is selected.
    """

    lets_digits_pass: bool
    spans_panes: bool = False
    """Whether it goes on in the other pane when the analyst turns there."""

    @property
    def name(self) -> str:
        """What the status line says."""
        ...

    def begin(self) -> None:
        """Show what the state shows."""
        ...

    def press(self, stroke: str) -> bool:
        """Take a key; False lets it pass."""
        ...

    @property
    def refusal(self) -> Callable[[str], str] | None:
        """Why a mark with a label cannot be chosen, empty where it can; None where no marks are chosen."""
        return None

    def click(self, marks: Sequence[str]) -> bool:
        """Take a click on some marks, innermost first; False lets it pass."""
        del marks
        return False

    def moved(self) -> None:
        """Other words are in view than before, or other panes; or the project was changed."""
        return

    def leave(self) -> None:
        """Take down what the state showed; changes no data."""
        ...


class Spot(NamedTuple):
    """A place in the text of a view."""

    view: TextView
    offset: int


class Offer(NamedTuple):
    """What can be chosen by letters: values by code, where they are, and places that stand crossed out."""

    things: Mapping[str, object]
    places: Mapping[str, Spot]
    barred: Sequence[Spot] = ()

    def coded(self) -> Iterator[tuple[str, object, Spot]]:
        """Each code with its value and its place."""
        return ((code, thing, self.places[code]) for code, thing in self.things.items())


class Hinting(Mode):
    """Letters stand at things in view; typing them chooses one.

    `offered` tells what there is, given what there was, and is asked again when other
    words come into view; `views` are the texts it stands in now. A code that cannot be
    completed is forgotten, so that a slip costs one key. Backspace takes back a letter,
    and without one does what `back` is for. `also` are keys with a meaning of their own
    here, `clicked` takes the marks under a click.
    """

    def __init__(
        self,
        name: str,
        views: Callable[[], Sequence[TextView]],
        offered: Callable[[Offer | None], Offer],
        chosen: Callable[[object], None],
        also: Mapping[str, Callable[[], None]] | None = None,
        *,
        back: Callable[[], None] = lambda: None,
        clicked: Callable[[Sequence[str]], None] | None = None,
        refusal: Callable[[str], str] | None = None,
        lets_digits_pass: bool = False,
    ) -> None:
        self.lets_digits_pass = lets_digits_pass
        self.spans_panes = clicked is not None
        self._name = name
        self._views = views
        self._offered = offered
        self._offer = offered(None)
        self._chosen = chosen
        self._also = also or {}
        self._back = back
        self._clicked = clicked
        self._refusal = refusal
        self._typed = ""

    @property
    def things(self) -> Mapping[str, object]:
        """What can be chosen, by its letters."""
        return self._offer.things

    @property
    def name(self) -> str:
        return self._name

    @property
    def refusal(self) -> Callable[[str], str] | None:
        return self._refusal

    def begin(self) -> None:
        self._show()

    def press(self, stroke: str) -> bool:
        if stroke in self._also:
            self._also[stroke]()
            return True
        if stroke == "Backspace":
            if self._typed:
                self._typed = self._typed[:-1]
                self._show()
            else:
                self._back()
            return True
        if len(stroke) != 1 or not stroke.isalpha():
            return False
        typed = self._typed + stroke
        if typed in self.things:
            self.leave()
            self._chosen(self.things[typed])
            return True
        self._typed = typed if any(code.startswith(typed) for code in self.things) else ""
        self._show()
        return True

    def click(self, marks: Sequence[str]) -> bool:
        if self._clicked is None:
            return False
        self._clicked(marks)
        return True

    def moved(self) -> None:
        before, self._offer = self._offer, self._offered(self._offer)
        if self._offer == before:
            return
        if not any(code.startswith(self._typed) for code in self.things):
            self._typed = ""
        self._show()

    def leave(self) -> None:
        for view in self._views():
            view.show_hints({})

    def _show(self) -> None:
        typed, (_, places, crossed) = self._typed, self._offer
        left = {code[len(typed) :]: spot for code, spot in places.items() if code.startswith(typed)}
        for view in self._views():
            barred = [spot.offset for spot in crossed if spot.view is view]
            view.show_hints({code: spot.offset for code, spot in left.items() if spot.view is view}, barred)


class Gripping(Mode):
    """The ends of the held mark follow the arrow keys: first its start, then its end.

    Nothing is written before Return; the words it would have are outlined.
    """

    lets_digits_pass = False

    def __init__(
        self,
        view: TextView,
        segmenter: Segmenter,
        text: str,
        spans: Sequence[Span],
        piece: int,
        done: Callable[[tuple[Span, ...]], None],
    ) -> None:
        self._view = view
        self._segmenter = segmenter
        self._text = text
        self._spans = tuple(spans)
        self._piece = piece
        self._which: Literal["start", "end"] = "start"
        self._done = done

    def begin(self) -> None:
        self._show()

    @property
    def name(self) -> str:
        return (
            QCoreApplication.translate("Hands", "moving the start — arrows, T for the end, Enter writes")
            if self._which == "start"
            else QCoreApplication.translate("Hands", "moving the end — arrows, T for the start, Enter writes")
        )

    def press(self, stroke: str) -> bool:
        if stroke == "T":
            self._which = "end" if self._which == "start" else "start"
            self._show()
            return True
        if stroke == "Return":
            self._view.show_preview(())
            self._done(self._spans)
            return True
        target = self._target(stroke)
        if target is None:
            return False
        piece = self._spans[self._piece]
        low = self._spans[self._piece - 1].end if self._piece else 0
        last = self._piece + 1 == len(self._spans)
        high = len(self._text) if last else self._spans[self._piece + 1].start
        if self._which == "start":
            moved = Span(max(low, min(target, piece.end - 1)), piece.end)
        else:
            moved = Span(piece.start, min(high, max(target, piece.start + 1)))
        self._spans = (*self._spans[: self._piece], moved, *self._spans[self._piece + 1 :])
        self._show()
        return True

    def leave(self) -> None:
        self._view.show_preview(())

    def _target(self, stroke: str) -> int | None:
        piece = self._spans[self._piece]
        at = piece.start if self._which == "start" else piece.end
        text, words = self._text, self._segmenter
        if stroke == "Left":
            return words.grapheme_before(text, at)
        if stroke == "Right":
            return words.grapheme_after(text, at)
        if stroke == "Ctrl+Left":
            before = words.word_before(text, at)
            if self._which == "start":
                return before
            return words.word_at(text, words.word_before(text, before)).end
        if stroke == "Ctrl+Right":
            after = words.word_after(text, at)
            if self._which == "end":
                return after
            return words.word_before(text, words.word_after(text, after))
        return None

    def _show(self) -> None:
        self._view.show_preview(self._spans)
        piece = self._spans[self._piece]
        at = piece.start if self._which == "start" else piece.end
        self._view.reveal(Span(at, at))
