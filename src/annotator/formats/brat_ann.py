"""The lines of a brat `.ann` file, before they mean anything to us."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.spans import Span
from annotator.formats.registry import Report

LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""Characters at which brat's own reader ends a line; no fragment may hold one."""

NOTE = "AnnotatorNotes"
Note = tuple[str, str]
"""The type of a note and its words."""

_USE = re.compile(
    r"\n(?:T\S*\t\s*(?P<bound>\S+)|R\S*\t\s*(?P<relation>\S+)|\*\S*\t\s*(?P<symmetric>\S+)"
    r"|[AM]\S*\t\s*(?P<attribute>\S+)\s+(?P<target>\S+))"
)
"""Begins with a line end, which is searched for at once; `^` would be tried at each character."""


class TextBound(NamedTuple):
    """A T line: fragments in the offsets of the file, their words joined by one blank each."""

    id: str
    type: str
    fragments: tuple[Span, ...]
    words: str | None
    line: int


class Relation(NamedTuple):
    """An R line, or a pair of a `*` line, which has no id and no direction."""

    id: str
    type: str
    origin: str
    target: str
    line: int
    symmetric: bool = False


@dataclass
class Annotations:
    """What an `.ann` file says; attributes and notes are kept by the id of what they are about."""

    path: str
    bounds: list[TextBound] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    attributes: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    notes: dict[str, list[Note]] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    """The T id of the words that name an event, by E id; `events` has the way back."""
    events: dict[str, list[str]] = field(default_factory=dict)
    event_arguments: int = 0

    def attributes_of(self, bound: TextBound) -> Iterator[tuple[str, list[str]]]:
        """The attributes of a mark and of its events."""
        for name in (bound.id, *self.events.get(bound.id, ())):
            yield from self.attributes.get(name, {}).items()

    def notes_on(self, bound: TextBound) -> Sequence[Note]:
        """The notes on a mark and on its events."""
        notes = self.notes.get(bound.id, [])
        for event in self.events.get(bound.id, ()):
            notes = [*notes, *self.notes.get(event, ())]
        return notes


@dataclass
class Used:
    """Which types files use.

    relations: each with whether it stands in a `*` line; attributes: with the greatest number of values
    that one has at one place.
    """

    bounds: dict[str, None] = field(default_factory=dict)
    relations: dict[tuple[str, bool], None] = field(default_factory=dict)
    attributes: dict[str, int] = field(default_factory=dict)

    def look_through(self, data: bytes) -> None:
        """Take in a file, without a look at whether its lines are sound: `parse` says so."""
        values: Counter[tuple[str, str]] = Counter()
        text = "\n" + data.decode("utf-8-sig", "replace")
        for bound, relation, symmetric, attribute, target in _USE.findall(text):
            if bound:
                self.bounds[bound] = None
            elif attribute:
                values[attribute, target] += 1
            else:
                self.relations[relation or symmetric, bool(symmetric)] = None
        for (attribute, _), count in values.items():
            self.attributes[attribute] = max(self.attributes.get(attribute, 0), count)


def parse(path: str, data: bytes, report: Report) -> Annotations:
    """Read the lines of a file. Raises UserError "brat-..." with `path` and `line`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError("brat-not-utf8", path=path, line=line, offset=error.start) from None
    found = Annotations(path)
    for number, line_with_cr in enumerate(text.split("\n"), 1):
        row = line_with_cr.removesuffix("\r")
        if not row.strip():
            continue
        parse_row = _PARSERS.get(row[0])
        if parse_row is None:
            report("brat-line-unknown", path=path, line=number, text=row[:80])
            continue
        try:
            parse_row(found, row, number)
        except (ValueError, IndexError):
            raise UserError("brat-bad-line", path=path, line=number, text=row[:80]) from None
    return found


def _text_bound(found: Annotations, line: str, number: int) -> None:
    name, data, *words = line.split("\t", 2)
    kind, _, places = data.strip().partition(" ")
    if not kind:
        raise ValueError(data)
    fragments = tuple([_fragment(place) for place in places.split(";")])
    found.bounds.append(TextBound(name, kind, fragments, words[0] if words else None, number))


def _fragment(place: str) -> Span:
    start, _, end = place.partition(" ")
    if not (start.isdecimal() and end.isdecimal()):
        raise ValueError(place)
    return Span(int(start), int(end))


def _relation(found: Annotations, line: str, number: int) -> None:
    name, data = line.split("\t")[:2]
    kind, origin, target = data.split()
    found.relations.append(Relation(name, kind, origin.partition(":")[2], target.partition(":")[2], number))


def _equivalence(found: Annotations, line: str, number: int) -> None:
    kind, first, *others = line.split("\t")[1].split()
    for other in others:
        name = f"*{number}-{other}"
        found.relations.append(Relation(name, kind, first, other, number, symmetric=True))


def _event(found: Annotations, line: str, number: int) -> None:
    name, data = line.split("\t")[:2]
    trigger, *arguments = data.split()
    words = trigger.partition(":")[2]
    found.triggers[name] = words
    found.events.setdefault(words, []).append(name)
    found.event_arguments += len(arguments)


def _attribute(found: Annotations, line: str, number: int) -> None:
    _, data = line.split("\t")[:2]
    kind, target, *value = data.split(None, 2)
    values = found.attributes.setdefault(target, {}).setdefault(kind, [])
    values.append(value[0].strip() if value else "yes")


def _note(found: Annotations, line: str, number: int) -> None:
    _, data, *words = line.split("\t", 2)
    kind, target = data.split()
    found.notes.setdefault(target, []).append((kind, words[0].strip() if words else ""))


def _normalisation(found: Annotations, line: str, number: int) -> None:
    """A reference into a knowledge base; it becomes a note that names it."""
    _, data, *name = line.split("\t", 2)
    kind, target, reference = data.split(None, 2)
    words = " ".join([kind, reference.strip(), *name])
    found.notes.setdefault(target, []).append((NOTE, words))


_PARSERS = {
    "T": _text_bound,
    "R": _relation,
    "*": _equivalence,
    "E": _event,
    "A": _attribute,
    "M": _attribute,
    "#": _note,
    "N": _normalisation,
}
