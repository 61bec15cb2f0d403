"""From what an .ann file says of a text to rows of marks and links."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence, Set
from itertools import starmap
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.model import Attribution, Link, Mark, Ref
from annotator.domain.spans import Span
from annotator.domain.text import BOM, stored_words
from annotator.formats.brat_ann import LINE_ENDS, NOTE, Annotations, TextBound
from annotator.formats.brat_types import FoundTypes
from annotator.formats.nesting import DEEPEST, depth
from annotator.formats.registry import Report
from annotator.formats.sources import NamedSources

Place = Callable[[int], int]
"""From an offset of the .ann to one in our text."""
Row = tuple[Any, ...]
"""The values of a mark or link, in the order of its fields in `FIELDS`."""
FIELDS: Mapping[type[Mark | Link], Sequence[str]] = {
    Mark: ("id", "article", "label", "spans", "quotes", "attribution", "attributes", "note", "line", "path"),
    Link: ("id", "kind", "origin", "target", "note", "line", "path"),
}
"""What documents say of them; all else is at its default."""
_OWN = ("Source", "Relay", "Attribute")
"""Notes that are no words of the analyst."""
_CR_OF_CRLF = re.compile(r"\r(?=\n)")


class BratRecords:
    """Makes rows of marks and links; sources that notes name go into `sources`."""

    def __init__(self, types: FoundTypes, sources: NamedSources, report: Report) -> None:
        self._types = types
        self._sources = sources
        self._report = report

    def marks(self, found: Annotations, stem: str, text: str, place: Place | None) -> list[Row]:
        """Those of the document `stem`; marks without words are told. place: None where offsets are ours."""
        rows = []
        for one in found.bounds:
            spans = one.fragments
            if place:
                spans = tuple([Span(place(start), place(end)) for start, end in spans])
            self._check(found, one, spans, len(text))
            whole = tuple([span for span in spans if span.start < span.end])
            if len(whole) < len(spans):
                code = "empty-piece" if whole else "zero-width-mark"
                self._report(code, path=found.path, line=one.line, id=f"{stem}/{one.id}")
                if _fits(one.words, _joined(text, spans)):
                    one = one._replace(words=_joined(text, whole))
            if whole:
                rows.append(self._mark(found, one, stem, text, whole))
        return rows

    @staticmethod
    def _check(found: Annotations, one: TextBound, spans: Sequence[Span], length: int) -> None:
        for start, end in spans:
            if not 0 <= start <= end <= length:
                raise UserError(
                    "brat-span-outside", path=found.path, line=one.line, id=one.id,
                    start=start, end=end, length=length,
                )  # fmt: skip

    def _mark(self, found: Annotations, one: TextBound, stem: str, text: str, spans: tuple[Span, ...]) -> Row:
        spans, quotes = _quoted(text, spans, one.words)
        attributes = self._attributes(found, one) if found.attributes else {}
        attribution: tuple[Attribution, ...] = ()
        note = None
        notes = found.notes_on(one)
        if notes:
            speakers, relays, lines = [], [], []
            for kind, words in notes:
                if kind == "Source":
                    speakers.append(words)
                elif kind == "Relay":
                    relays.append(words)
                elif kind == "Attribute":
                    attributes |= _attribute(words)
                else:
                    lines.append(_line(kind, words))
            attribution = self._attribution(speakers, relays) if speakers or relays else ()
            note = "\n".join(lines) or None
        label = self._types.name_of("labels", one.type)
        return (
            f"{stem}/{one.id}", stem, label, spans, quotes, attribution, attributes, note,
            one.line, found.path,
        )  # fmt: skip

    def _attribution(self, speakers: Sequence[str], relays: Sequence[str]) -> tuple[Attribution, ...]:
        """A chain; the first relay stands behind an empty place where nobody speaks."""
        speaker = Attribution(self._sources.id_of(speakers[0]) if speakers else None)
        return speaker, *[Attribution(self._sources.id_of(name)) for name in (*speakers[1:], *relays)]

    def _attributes(self, found: Annotations, one: TextBound) -> dict[str, Any]:
        attributes: dict[str, Any] = {}
        for kind, values in found.attributes_of(one):
            attribute = self._types.name_of("attributes", kind)
            attributes[attribute] = self._types.value_of(attribute, values)
        return attributes

    def links(self, found: Annotations, stem: str, there: Set[str]) -> list[Row]:
        """Those of a document between marks that are there; what cannot become one is told."""
        rows: list[Row] = []
        for one in found.relations:
            origin, target = (f"{stem}/{found.triggers.get(end, end)}" for end in (one.origin, one.target))
            if origin not in there or target not in there:
                self._report("brat-relation-without-end", path=found.path, id=one.id)
                continue
            if origin == target:
                self._report("brat-relation-to-itself", path=found.path, id=one.id)
                continue
            if one.id in found.attributes:
                self._report("brat-relation-attribute", path=found.path, id=one.id)
            notes = [note for note in found.notes.get(one.id, ()) if note[0] not in _OWN]
            note = "\n".join(starmap(_line, notes)) or None
            kind = self._types.name_of("link_kinds", one.type)
            ends = Ref("mark", origin), Ref("mark", target)
            rows.append((f"{stem}/{one.id}", kind, *ends, note, one.line, found.path))
        if found.event_arguments:
            self._report("brat-event-arguments", path=found.path, count=found.event_arguments)
        if found.attributes or found.notes:
            self._tell_of_strays(found)
        return rows

    def _tell_of_strays(self, found: Annotations) -> None:
        """Say of attributes and notes that they are about nothing in their file."""
        marks, links = ({one.id for one in some} for some in (found.bounds, found.relations))
        there = marks | links | found.triggers.keys()
        for target in dict.fromkeys((*found.attributes, *found.notes)):
            if target not in there:
                self._report("brat-about-nothing", path=found.path, id=target)


def places(raw: str, text: str, bounds: Sequence[TextBound]) -> Place | None:
    """From offsets of the .ann to offsets in our text, which has lost some characters of `raw`.

    Tools differ in whether they count a BOM and the CR of CRLF; the way of
    counting that puts more words where they should be is taken.
    """
    dropped = list(range(len(raw) - len(raw.lstrip(BOM))))
    dropped += [found.start() for found in _CR_OF_CRLF.finditer(raw)]

    def less_dropped(offset: int) -> int:
        return offset - bisect_left(dropped, offset)

    def fitting(place: Place) -> int:
        return sum(
            _are_those(one.words, " ".join([text[place(start) : place(end)] for start, end in one.fragments]))
            for one in bounds
        )

    return less_dropped if fitting(less_dropped) > fitting(int) else None


def _quoted(
    text: str, spans: tuple[Span, ...], words: str | None
) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """The spans of a mark with the words the file gives for them.

    Fragments with nothing but line ends between them become one span again.
    Words that are not those of the text are passed on, for the import to refuse or repair.
    """
    quotes = [text[start:end] for start, end in spans]
    there = " ".join(quotes)
    if words is None or _fits(words, there):
        if len(spans) > 1:
            spans = _whole(text, spans)
            quotes = [text[start:end] for start, end in spans]
        return spans, tuple(quotes)
    quotes, at = [], 0
    for start, end in spans:
        quotes.append(words[at : at + end - start])
        at += end - start + 1
    return spans, tuple(quotes) if " ".join(quotes) == words else (words, *quotes[1:])


def _joined(text: str, spans: Sequence[Span]) -> str:
    """The words of pieces as a file gives them."""
    return " ".join([text[start:end] for start, end in spans])


def _fits(words: str | None, there: str) -> bool:
    """`_are_those`, or but for blanks at either end, which editors of text files take away."""
    return _are_those(words, there) or (words is not None and words.strip() == there.strip())


def _are_those(words: str | None, there: str) -> bool:
    """Whether words of the file are those of our text, in which a character may stand for another."""
    return there == words or (words is not None and stored_words(words) == there)


def _whole(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    whole = [spans[0]]
    for span in spans[1:]:
        gap = text[whole[-1].end : span.start]
        if gap and not gap.strip(LINE_ENDS):
            whole[-1] = Span(whole[-1].start, span.end)
        else:
            whole.append(span)
    return tuple(whole)


def _attribute(words: str) -> dict[str, Any]:
    """`name=text`, or `name:=` and JSON for what is no plain text."""
    name, _, value = words.partition("=")
    if not name.endswith(":"):
        return {name: value}
    import msgspec  # hardly any folder needs it, and whoever stores waits for it

    try:
        decoded = msgspec.json.decode(value)
    except (msgspec.DecodeError, RecursionError):
        decoded = value
    return {name.removesuffix(":"): value if depth(decoded) > DEEPEST else decoded}


def _line(kind: str, words: str) -> str:
    """A note as a line of ours."""
    return words if kind == NOTE else f"{kind}: {words}"
