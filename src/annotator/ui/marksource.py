"""The marks of one article as the text view asks for them: by range, from the store, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.paragraphs import ParagraphNumbers
from annotator.domain.scheme import LinkKind
from annotator.domain.shapes import Shape
from annotator.layout.lanes import order
from annotator.layout.marks import FocusLink, RailEntry
from annotator.store import lists, read
from annotator.store.lists import LinkRow, SeenLink
from annotator.store.store import Store

if TYPE_CHECKING:
    from annotator.ui.ghosts import Ghosts
    from annotator.ui.text.shown import Held

_SHORT = 28


class StoreMarks:
    """A `MarkSource` over the store; every call reads anew, so nothing here can be stale.

    ghosts: gives the marks that are only proposed, by range.
    """

    def __init__(self, store: Store, article: ArticleId, ghosts: Ghosts | None = None) -> None:
        self._ghosts = ghosts
        self._store = store
        self._article = article
        self._numbers: dict[ArticleId, ParagraphNumbers] = {}

    def shapes(self, start: int, end: int) -> Sequence[Shape]:
        """The marks whose hull touches [start, end), in the order of the text."""
        stored = lists.shapes(self._store, self._article, start, end)
        ghosts = self._ghosts.shapes(start, end) if self._ghosts else ()
        return sorted([*stored, *ghosts], key=order) if ghosts else stored

    def shapes_ahead(self, start: int, end: int) -> Sequence[Shape] | None:
        """The same for whoever can wait; None while a bulk operation runs, beside which every row is dear."""
        return None if self._store.is_bulk_running else self.shapes(start, end)

    def beginning(self, starts: Sequence[int], start: int, end: int) -> Sequence[Shape]:
        """Of the marks whose hull touches [start, end), those that begin at some offsets."""
        stored = lists.shapes_beginning(self._store, self._article, starts, start, end)
        return [*stored, *self._ghosts.beginning(starts, start, end)] if self._ghosts else stored

    def rail(self, shapes: Sequence[Shape]) -> Sequence[RailEntry]:
        """The links of some marks; not yet in words, for which the far ends are read."""
        begins = {MarkId(shape.id): shape.start for shape in shapes if not shape.ghost}
        return [
            RailEntry(
                link_key(link),
                link.mark,
                begins[link.mark],
                "",
                "out" if link.outward else "in",
                link.kind,
                link,
            )
            for link in lists.seen_links(self._store, list(begins))
        ]

    def worded(self, entries: Sequence[RailEntry]) -> Sequence[RailEntry]:
        """The same entries in words."""
        kinds = read.scheme(self._store).link_kinds
        seen = [entry.note for entry in entries if isinstance(entry.note, SeenLink)]
        links = lists.described(self._store, seen)
        return [
            entry._replace(text=self._words(link, kinds)) for entry, link in zip(entries, links, strict=True)
        ]

    def density(self, buckets: int) -> Sequence[Sequence[tuple[str, int]]] | None:
        """Marks per label that begin in each of `buckets` equal parts of the text; none where it is gone.

        None while a bulk operation runs (no counter tells what is shown), or a COMMIT is under way beside
        the window, which would wait for the disk.
        """
        if self._store.is_busy:
            return None
        if not read.is_there(self._store, "article", self._article):
            return [()] * buckets
        length = max(1, read.text_length(self._store, self._article))
        counts = [Counter[str]() for _ in range(buckets)]
        width = max(1, length // (buckets * 4))
        for bucket, label, count in lists.density(self._store, self._article, width):
            counts[min(buckets - 1, bucket * width * buckets // length)][label] += count
        return [sorted(counter.items()) for counter in counts]

    def focus_links(self, held: Held) -> list[FocusLink]:
        """The links of the mark in hand, for brackets and curves."""
        kinds = read.scheme(self._store).link_kinds
        return [
            FocusLink(
                link_key(link),
                link.kind,
                held.spans[0],
                link.spans[0] if link.article == self._article and link.spans else None,
                self._words(link, kinds),
            )
            for link in lists.links_in_hand(self._store, MarkId(held.mark))
        ]

    def _words(self, link: LinkRow, kinds: Mapping[str, LinkKind]) -> str:
        """A link as a reader would say it: "denied by Harbour Office · ¶4"."""
        kind = kinds.get(link.kind)
        verb = link.kind if kind is None else kind.name if link.outward else kind.passive
        if link.kind == "same_claim":
            verb = "="
        if link.other.table == "proposition" and not link.others:
            from annotator.domain.sentences import as_quote  # a window is painted before it is loaded

            return f"{verb} {link.handle} {as_quote(_shortened(link.text))}"
        if link.other.table == "proposition" and link.link is None:
            others = "{verb} {claim} · 1 other" if link.others == 1 else "{verb} {claim} · {count} others"
            words = QCoreApplication.translate("Marks", others)
            return words.format(verb=verb, claim=link.handle, count=link.others)
        who = link.source or (link.handle if link.other.table == "proposition" else _shortened(link.text))
        place = ""
        if link.article is not None and link.spans:
            place = f"¶{self.paragraph(link.article, link.spans[0].start)}"
            if link.article != self._article:
                place = f"A{link.article_number} {place}"
        return f"{verb} {who} · {place}" if place else f"{verb} {who}"

    def paragraph(self, article: ArticleId, offset: int) -> int:
        """The number of the paragraph that holds an offset."""
        if article not in self._numbers:
            self._numbers[article] = read.paragraphs(self._store, article)
        return self._numbers[article].number_at(offset)


def link_key(link: LinkRow | SeenLink) -> str:
    """What the rail reports when a link is clicked: this end and the other, the far one last."""
    return f"{link.mark}>{link.other.table}>{link.other.id}>{link.link or ''}"


def link_target(key: str) -> tuple[str, str]:
    """(table, id) of the far end from a `link_key`."""
    _, table, row_id, _ = key.split(">")
    return table, row_id


def _shortened(text: str) -> str:
    from annotator.domain.sentences import shortened

    return shortened(text, _SHORT)
