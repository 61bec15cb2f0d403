"""From records to a folder of brat documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple, TextIO, cast

from annotator.domain.model import (
    Article,
    Exhibit,
    Link,
    Mark,
    Mention,
    Proposition,
    Record,
    Ref,
    SchemeLine,
    Source,
)
from annotator.domain.runs import Run, in_runs
from annotator.domain.spans import Span
from annotator.formats.brat_lines import LETTERS, Ann, Pair, placed
from annotator.formats.brat_types import (
    CONFIGURATION,
    MENTION,
    RELATION_COLUMNS,
    RELATIONS,
    TypeNames,
    configuration,
)
from annotator.formats.files import create
from annotator.formats.kept import Kept, KeptSet
from annotator.formats.names import Names
from annotator.formats.pieces import Pieces
from annotator.formats.registry import Options, pulse, reporter
from annotator.formats.sheets import csv_file, csv_line

_TIMES = 3
"""As often as other things the places of marks are held: 12,000 take 5 MB."""
_LINES = 5_000
"""Lines of a document that gather at most."""


_Place = tuple[int, str, str, str]
"""Where a mark went: the number and the name of its document, its T id, and its words."""


class _Known(NamedTuple):
    """What is known of the ends of some links and mentions, by id."""

    places: Mapping[str, _Place]
    claims: Mapping[str, str]


_End = tuple[str, str]
"""How an end is named beside the documents, and its words."""


class BratWriter:
    """Writes one pass of records in file order; what grows with the articles is kept on disk.

    The lines of an .ann gather while records are about it. They are put aside, since more come with its
    links, and each file is opened once, at the end.
    """

    def __init__(self, folder: Path, options: Options) -> None:
        self.folder = folder
        self.report = reporter(options)
        self.pulse = pulse(options)
        self.types = TypeNames()
        self.label_type = cache(partial(self.types.type_of, "labels"))
        self.scheme: Mapping[str, Any] | None = None
        self.closed: dict[str, bool] = {}
        """Attributes with a closed list of values: whether several may be given at once."""
        self.stack = ExitStack()
        taken = self.stack.enter_context(closing(KeptSet()))
        self.names = Names(blank="_", taken=taken)
        self.documents = self.stack.enter_context(closing(Kept(*Pair._fields)))
        self.pieces = self.stack.enter_context(closing(Pieces(len(LETTERS))))
        """The lines of each .ann, and how many there are with each letter, by the number of its document."""
        self.taken_names: set[str] = set()
        self.words: dict[str, dict[str, str]] = {"source": {}, "exhibit": {}}
        self.claims = self.stack.enter_context(closing(Kept("text")))
        self.marks = self.stack.enter_context(closing(Kept("number", "stem", "bound", "words", times=_TIMES)))
        self.beside: TextIO | None = None
        self.row = csv_line(for_spreadsheets=False)
        self.ann = Ann(Pair(-1, ""), dict.fromkeys(LETTERS, 0))
        """The one whose lines gather."""

    def write(self, records: Iterable[Record]) -> None:
        takers: Mapping[type[Record], Callable[[Run[Any]], None]] = {
            SchemeLine: self._scheme,
            Source: self._sources,
            Article: self._articles,
            Mark: self._marks,
            Exhibit: self._exhibits,
            Proposition: self._claims,
            Mention: self._mentions,
            Link: self._links,
        }
        with self.stack:
            for run in in_runs(records):
                take = takers.get(run.record)
                if take:
                    take(run)
            self._put_aside()
            for number, stem in self.documents:
                self.pulse()
                create(f"{self.folder}/{stem}.ann", self.pieces.whole(number))
        conf = configuration(self.types, self.scheme)
        (self.folder / CONFIGURATION).write_text(conf, encoding="utf-8", newline="\n")

    def _scheme(self, run: Run[SchemeLine]) -> None:
        for (data,) in run.rows("data"):
            self.scheme = data
            for group in ("labels", "link_kinds"):
                for row in data.get(group, ()):
                    self.types.type_of(group, row["id"])
            for row in data.get("attributes", ()):
                if row.get("values"):
                    self.closed[row["id"]] = bool(row.get("several"))
                    self.types.type_of("attributes", row["id"])
                    for value in map(str, row["values"]):
                        self.types.type_of(f"values {row['id']}", value)

    def _sources(self, run: Run[Source]) -> None:
        for source, given in run.rows("id", "name"):
            name = base = " ".join(given.split()) or "?"
            number = 1
            while name.casefold() in self.taken_names:
                number += 1
                name = f"{base} ({number})"
            self.taken_names.add(name.casefold())
            self.words["source"][source] = name

    def _articles(self, run: Run[Article]) -> None:
        documents = []
        for article, title, text in run.rows("id", "title", "text"):
            stem = self.names.unique(title or article)
            documents.append((article, self.pieces.begin(), stem))
            create(f"{self.folder}/{stem}.txt", text.encode())
        self.documents.add_all(documents)

    def _exhibits(self, run: Run[Exhibit]) -> None:
        for exhibit, title, url in run.rows("id", "title", "url"):
            self.words["exhibit"][exhibit] = title or url or ""

    def _claims(self, run: Run[Proposition]) -> None:
        for claim, text in run.rows("id", "text"):
            self.claims.add(claim, text)

    def _marks(self, run: Run[Mark]) -> None:
        last, ann, sources = None, self.ann, self.words["source"]
        kept = []
        for mark, article, label, spans, quotes, chain, attributes, note in run.rows(
            "id", "article", "label", "spans", "quotes", "attribution", "attributes", "note"
        ):
            if article != last or len(ann.lines) >= _LINES:  # the marks of one mostly follow one another
                last, ann = article, self._ann_of(Pair(*self.documents.one(article) or ()))
                number, stem = ann.document
                lines, counts = ann.lines, ann.counts
            places, words = placed(spans, quotes if len(quotes) == len(spans) else self._cut(ann, spans))
            if not places:
                self.report("brat-mark-of-line-ends", id=mark)
                continue
            counts["T"] += 1
            bound = f"T{counts['T']}"
            lines.append(f"{bound}\t{self.label_type(label)} {places}\t{words}\n")
            kept.append((mark, number, stem, bound, words))
            if chain:
                kind = "Source"
                for step in chain:
                    if step.source is not None:
                        counts["#"] += 1
                        lines.append(f"#{counts['#']}\t{kind} {bound}\t{sources[step.source]}\n")
                    kind = "Relay"
            if attributes:
                for name, value in attributes.items():
                    self._attribute(ann, bound, name, value)
            if note:
                ann.notes(bound, note)
        self.marks.add_all(kept)

    def _cut(self, ann: Ann, spans: Sequence[Span]) -> Sequence[str]:
        """The words of a mark that came without them."""
        text = (self.folder / f"{ann.document.stem}.txt").read_bytes().decode()
        return [text[start:end] for start, end in spans]

    def _attribute(self, ann: Ann, bound: str, name: str, value: Any) -> None:
        """An A line for each value of a closed list, a note for anything else."""
        several = self.closed.get(name)
        values = value if several and isinstance(value, (list, tuple)) else [value]
        if several is None or several is isinstance(value, str) or not values or not _all_texts(values):
            plain = isinstance(value, str) and value == " ".join(value.split())
            ann.note("Attribute", bound, f"{name}={value}" if plain else f"{name}:={json.dumps(value)}")
            return
        kind = self.types.type_of("attributes", name)
        for one in values:
            ann.line("A", f"{kind} {bound} {self.types.type_of(f'values {name}', one)}")

    def _mentions(self, run: Run[Mention]) -> None:
        marks, claims = run.columns["mark"], run.columns["proposition"]
        known = self._known(marks, claims)
        for mention, mark, claim, stance, note in run.rows("id", "mark", "proposition", "stance", "note"):
            ends = Ref("mark", mark), Ref("proposition", claim)
            self._beside(known, mention, MENTION, *ends, stance, "", note)

    def _links(self, run: Run[Link]) -> None:
        ends = [*run.columns["origin"], *run.columns["target"]]
        known = self._known(
            *([end.id for end in ends if end.table == one] for one in ("mark", "proposition"))
        )
        for link, kind, origin, target, how, inferred, note in run.rows(
            "id", "kind", "origin", "target", "how", "inferred", "note"
        ):
            start, end = known.places.get(origin.id), known.places.get(target.id)
            if start and end and start[0] == end[0]:
                number, stem, bound, _ = start
                ann = self._ann_of(Pair(number, stem))
                type_ = self.types.type_of("link_kinds", kind)
                ann.notes(ann.line("R", f"{type_} Arg1:{bound} Arg2:{end[2]}"), note)
            else:
                self._beside(known, link, kind, origin, target, how or "", "yes" if inferred else "", note)

    def _known(self, marks: Iterable[str], claims: Iterable[str]) -> _Known:
        places = self.marks.some({*marks})
        texts = self.claims.some({*claims})
        return _Known(
            cast("Mapping[str, _Place]", places),
            {claim: text for claim, (text,) in texts.items()},
        )

    def _ann_of(self, document: Pair) -> Ann:
        """The .ann of a document, with room for lines."""
        if document != self.ann.document or len(self.ann.lines) >= _LINES:
            self._put_aside()
            counts = self.pieces.numbers(document.number)
            self.ann = Ann(document, dict(zip(LETTERS, counts, strict=True)))
        return self.ann

    def _put_aside(self) -> None:
        ann = self.ann
        if ann.lines:
            self.pieces.add(ann.document.number, "".join(ann.lines), [*ann.counts.values()])

    def _beside(
        self, known: _Known, row: str, kind: str, origin: Ref, target: Ref, *further: str | None
    ) -> None:
        """Add a line to the table beside; further: how, whether inferred, and a note."""
        if self.beside is None:
            self.beside = self.stack.enter_context(csv_file(self.folder / RELATIONS, for_spreadsheets=False))
            self.beside.write(self.row(RELATION_COLUMNS))
        self.beside.write(
            self.row((row, kind, *self._end(origin, known), *self._end(target, known), *further))
        )

    def _end(self, end: Ref, known: _Known) -> _End:
        place = known.places.get(end.id) if end.table == "mark" else None
        if place:
            _, stem, bound, said = place
            return f"{stem}/{bound}", said
        words = known.claims if end.table == "proposition" else self.words.get(end.table, {})
        return f"{end.table}:{end.id}", words.get(end.id, "")


def _all_texts(values: Sequence[Any]) -> bool:
    return all(isinstance(value, str) and value for value in values)
