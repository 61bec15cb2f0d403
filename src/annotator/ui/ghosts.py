"""The proposals of one article as ghosts: found beside the window, shown while nothing was decided."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from annotator.domain.ids import ArticleId
from annotator.domain.shapes import Shape
from annotator.domain.spans import Span, hull, normalise
from annotator.store import lists, read
from annotator.store.store import Change, Store
from annotator.ui.searching import ProposalSearch

if TYPE_CHECKING:  # the rules are loaded when an article is looked through
    from annotator.domain.proposing import Proposal

_AT_ONCE = 24
"""So many proposals are looked at together, whether words of theirs are marked."""
_GHOST = "proposal:"


def tr(words: str) -> str:
    """Words about proposals in the language of the window."""
    return QCoreApplication.translate("Proposals", words)


class Ghosts(QObject):
    """The proposals of the article a pane shows; they are kept in memory only.

    A proposal is open while nothing was decided about it: less than half of its
    words bear a mark, no mark of its label has most of its words there, it was not
    dropped, its rule is on and the preset shows its label. So undoing a decision
    brings it back by itself.
    """

    changed = Signal(object)
    """The spans of ghosts that may have come or gone."""
    looked = Signal()
    """More of the text was looked through, or no more of it will be."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._article: ArticleId | None = None
        self._is_read = False
        self._known: list[Proposal] = []
        self._starts: list[int] = []
        self._dropped: Set[tuple[str, tuple[Span, ...]]] = frozenset()
        self._rules_off: Set[str] = frozenset()
        self._search = ProposalSearch(self)
        self._search.found.connect(self._on_found)
        self._text = ""
        self._opened = QTimer(self, singleShot=True, interval=0)
        self._opened.timeout.connect(self._begin)

    def open(self, article: ArticleId | None, text: str) -> None:
        """Turn to another article; once it is painted, its proposals come as they are found."""
        self._article, self._text = article, text
        self._known, self._starts = [], []
        self._search.cancel()
        self._opened.start()

    def _begin(self) -> None:
        self._is_read = self._can_be_read()
        if self._article is not None and self._is_read:
            self._dropped = lists.dropped_proposals(self._store, self._article)
            self._search.look_through(self._text)
        else:
            self.looked.emit()

    @property
    def is_outdated(self) -> bool:
        """Whether the article is said to be in another language now than when it was opened."""
        return not self._opened.isActive() and self._is_read != self._can_be_read()

    def _can_be_read(self) -> bool:
        article, store = self._article, self._store
        if article is None or not read.is_there(store, "article", article):
            return False
        return _is_english(read.language(store, article))

    def close(self) -> None:
        """Look for nothing any more."""
        self._opened.stop()
        self._search.cancel()

    def give_way(self) -> None:
        """Look for no more until the analyst pauses."""
        self._search.give_way()

    @property
    def is_waiting(self) -> bool:
        """Whether more proposals may still come."""
        return self._opened.isActive() or self._search.is_waiting

    def switch_off(self, rules: Iterable[str]) -> None:
        """Propose nothing more by these rules, and again by all others."""
        self._rules_off = frozenset(rules)
        if self._known:
            self.changed.emit([span for one in self._known for span in one.spans])

    def _on_found(self, found: Sequence[Proposal]) -> None:
        for proposal in found:
            at = bisect_left(self._starts, proposal.start)
            self._starts.insert(at, proposal.start)
            self._known.insert(at, proposal)
        if found:
            self.changed.emit([span for one in found for span in one.spans])
        self.looked.emit()

    def shapes(self, start: int, end: int) -> list[Shape]:
        """The open proposals that touch [start, end), as shapes of marks that are not there yet."""
        return self._shapes(self._touching(start, end))

    def beginning(self, starts: Sequence[int], start: int, end: int) -> list[Shape]:
        """Of the shapes that touch [start, end), those that begin at some offsets."""
        begun = set(starts)
        return self._shapes([one for one in self._touching(start, end) if one.start in begun])

    def _shapes(self, some: Sequence[Proposal]) -> list[Shape]:
        if not some:
            return []
        labels = read.scheme(self._store).labels
        return [
            Shape(
                f"{_GHOST}{one.start}",
                title(one, labels[one.rule.label].name),
                one.spans,
                one.rule.label,
                True,
            )
            for one in self._open(some)
        ]

    def at(self, ghost: str) -> Proposal | None:
        """The proposal whose shape has an id; None for the id of a mark."""
        if not ghost.startswith(_GHOST):
            return None
        start = int(ghost.removeprefix(_GHOST))
        at = bisect_left(self._starts, start)
        return self._known[at] if self._starts[at : at + 1] == [start] else None

    def under(self, start: int, end: int) -> Proposal | None:
        """The first open proposal that touches [start, end), or, where both are one offset, holds it."""
        return next(iter(self._open(self._touching(start, end))), None)

    def next(self, offset: int, *, backwards: bool = False) -> Proposal | None:
        """The first open proposal that begins at an offset or behind it, or the last one before it."""
        at = bisect_left(self._starts, offset)
        for chunk in self._chunks_before(at) if backwards else self._chunks_from(at):
            found = self._open(chunk)
            if found:
                return found[-1 if backwards else 0]
        return None

    def _chunks_from(self, at: int) -> Iterator[Sequence[Proposal]]:
        return (self._known[i : i + _AT_ONCE] for i in range(at, len(self._known), _AT_ONCE))

    def _chunks_before(self, at: int) -> Iterator[Sequence[Proposal]]:
        return (self._known[max(0, i - _AT_ONCE) : i] for i in range(at, 0, -_AT_ONCE))

    def _touching(self, start: int, end: int) -> list[Proposal]:
        """Proposals lie one behind the other: only the one before the first start may reach in."""
        first = max(0, bisect_left(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        return [one for one in self._known[first:last] if one.spans[-1].end > start]

    def _open(self, some: Sequence[Proposal]) -> list[Proposal]:
        scheme = read.scheme(self._store)
        shown = {label.id for label in scheme.shown_labels()}
        wanted = [
            one
            for one in some
            if one.rule.label in shown
            and one.rule.name not in self._rules_off
            and (one.rule.name, one.spans) not in self._dropped
        ]
        if not wanted or self._article is None:
            return []
        around = hull(span for one in wanted for span in one.spans)
        layers = {label.id for label in scheme.labels.values() if label.layer}
        marks = [row for row in lists.shapes(self._store, self._article, *around) if row.style not in layers]
        words = normalise(span for row in marks for span in row.spans) if marks else ()
        return [
            one
            for one in wanted
            if not _is_marked(one, words) and not any(_is_part(row, one) for row in marks)
        ]

    def touched(self, change: Change, spans: Sequence[Span] | None) -> list[Span] | None:
        """The words to be painted anew after a change: whole ghosts come and go with words that were touched.

        None where all is to be painted anew, as `touched_spans` says it.
        """
        if self._article is None:
            return None if spans is None else list(spans)
        is_dropped = not change.is_whole or any(row.table == "dismissal" for row in change.rows)
        before = self._dropped
        if is_dropped:
            self._dropped = lists.dropped_proposals(self._store, self._article)
        if spans is None:
            return None
        ghosts = [piece for span in spans for one in self._touching(*span) for piece in one.spans]
        return [*spans, *ghosts, *(span for _, pieces in before ^ self._dropped for span in pieces)]


def title(proposal: Proposal, label: str) -> str:
    """What is said of a ghost under the pointer."""
    words = tr("{label}? {who} · rule “{rule}”")
    return words.format(label=label, who=speaker(proposal), rule=proposal.rule.name)


def speaker(proposal: Proposal) -> str:
    """Who would be the source, in words, and through whom."""
    name = proposal.source.name if proposal.source else tr("nobody named")
    if proposal.source and proposal.is_lower:
        name = tr("{name} (a guess)").format(name=name)
    relay = proposal.relay.source if proposal.relay else None
    return tr("{name} via {relay}").format(name=name, relay=relay.name) if relay else name


def _is_english(language: str | None) -> bool:
    """The rules there are read English; an article that does not say is tried."""
    return language is None or language.lower().startswith("en")


def _is_marked(proposal: Proposal, marked: Sequence[Span]) -> bool:
    """Whether at least half of the words bear a mark; `marked` do not overlap."""
    return 2 * _shared(proposal.spans, marked) >= _length(proposal.spans)


def _is_part(mark: Shape, proposal: Proposal) -> bool:
    """Whether a mark is what the proposal would be, of fewer words or with a hole."""
    is_there = mark.start < proposal.spans[-1].end and proposal.start < mark.end
    if mark.style != proposal.rule.label or not is_there:
        return False
    return 2 * _shared(mark.spans, proposal.spans) > _length(mark.spans)


def _shared(some: Sequence[Span], others: Sequence[Span]) -> int:
    """How many characters two rows of pieces have in common; neither overlaps itself."""
    return sum(
        max(0, min(one.end, other.end) - max(one.start, other.start)) for other in others for one in some
    )


def _length(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)
