"""Tables for spreadsheets and statistics: a folder of CSV files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, TextIO

from annotator.domain.errors import UserError
from annotator.domain.facts import Facts
from annotator.domain.model import (
    Annotator,
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
from annotator.domain.spans import hull
from annotator.domain.summary import Summary
from annotator.domain.voices import owner
from annotator.formats.kept import Kept, KeptLists
from annotator.formats.registry import Loss, Options, pulse
from annotator.formats.sheets import LINE_END, csv_file, csv_line
from annotator.formats.spooled import Spooled

SOURCES = (
    "id", "name", "kind", "owner", "role", "affiliation", "country", "aliases", "named", "anonymity",
    "author", "publisher", "same_as", "wikidata", "confidential", "note",
)  # fmt: skip
ARTICLES = (
    "id", "title", "byline", "outlet", "agency", "date", "updated", "retrieved", "url", "archive_url",
    "language", "rights", "tags", "status", "version_of", "characters", "sha256", "note",
)  # fmt: skip
CLAIMS = ("id", "text", "place", "time", "topic", "set", "in_no_article", "note")
MENTIONS = ("id", "mark", "claim", "claim_text", "stance", "certainty", "annotator", "note")
LINKS = (
    "id", "kind", "from_table", "from", "from_article", "from_label", "from_text", "to_table", "to",
    "to_article", "to_label", "to_text", "across_articles", "how", "inferred", "annotator", "created", "note",
)  # fmt: skip
MARKS = (
    "id", "article", "article_title", "outlet", "date", "label", "start", "end", "pieces", "quote", "source",
    "source_name", "source_kind", "source_owner", "relays", "possible_source", "claims", "hedges", "flags",
    "sure", "status", "question", "annotator", "created", "note",
)  # fmt: skip
ATTRIBUTE = "attr."
_REMEMBERED = 1_000
"""So many different parts of lines are remembered, of each sort."""

_LOST = (
    "regions", "cues", "attribute-origins", "proposition-links", "judgements", "dismissals", "saved-searches",
    "pins", "reports", "extra",
)  # fmt: skip

_DETAILS = ("hedges", "flags", "sure", "status", "question", "annotator", "created", "note")

Row = Sequence[object]


class CsvFormat:
    """marks, links, sources, articles, claims and mentions as tables that refer to each other by id.

    UTF-8, RFC 4180, values as they are. With `for_spreadsheets` a value that
    a spreadsheet would take for a formula gets an apostrophe before it, and
    each file a byte order mark.
    """

    name = "csv"
    suffixes: tuple[str, ...] = (".csv",)
    title = "CSV tables"
    reads = False
    writes = True
    extent: Literal["file", "folder"] = "folder"

    def read(self, path: Path, options: Options) -> Iterator[Record]:
        raise UserError("format-write-only", name=self.name)

    def write(self, records: Iterable[Record], out: Path, options: Options) -> None:
        """Write the tables into a folder that is there."""
        with ExitStack() as stack:
            folder = _Folder(out, bool(options.get("for_spreadsheets")), stack)
            _Tables(folder, stack).write(records, pulse(options))

    def losses(self, summary: Summary) -> list[Loss]:
        texts = (
            [Loss("texts", summary["articles"], summary.example("articles"))] if summary["articles"] else []
        )
        return texts + [Loss(name, summary[name], summary.example(name)) for name in _LOST if summary[name]]


FORMAT = CsvFormat()


class _Folder:
    """Where the tables go; their files stay open as long as the stack."""

    def __init__(self, path: Path, for_spreadsheets: bool, stack: ExitStack) -> None:
        self.line = csv_line(for_spreadsheets)
        self._path = path
        self._for_spreadsheets = for_spreadsheets
        self._stack = stack

    def file(self, name: str, columns: Sequence[str]) -> TextIO:
        """Begin a table; returns what takes its lines."""
        file = self._stack.enter_context(csv_file(self._path / f"{name}.csv", self._for_spreadsheets))
        file.write(self.line(columns))
        return file

    def table(self, name: str, columns: Sequence[str]) -> Callable[[Row], object]:
        """Begin a table; returns what writes a row of it."""
        write, line = self.file(name, columns).write, self.line
        return lambda row: write(line(row))


class _Tables:
    """Writes each row as its record comes, as far as records before it hold all that it says.

    The lines of marks wait on disk: what claims they speak to, and which attributes there are, is known
    after the last record only. They are put together of parts, and those that stand in many lines, such
    as who speaks, are made once. Memory holds sources and exhibits.
    """

    def __init__(self, folder: _Folder, stack: ExitStack) -> None:
        self._folder = folder
        self._put_article = folder.table("articles", ARTICLES)
        self._put_claim = folder.table("claims", CLAIMS)
        self._put_mention = folder.table("mentions", MENTIONS)
        self._put_link = folder.table("links", LINKS)
        self._sources: dict[str, Source] = {}
        self._annotators: dict[str, str] = {}
        self._articles = stack.enter_context(closing(Kept("cells")))
        """What the lines of its marks say of an article."""
        self._exhibits: dict[str, str | None] = {}
        """The titles of exhibits."""
        self._claims = stack.enter_context(closing(Kept("text")))
        self._stances = stack.enter_context(closing(KeptLists("said")))
        """What a mark says of a claim, by mark."""
        self._marks = stack.enter_context(closing(Kept("article", "label", "quote")))
        """What a link shows of a mark at its end."""
        self._lines = stack.enter_context(closing(Spooled()))
        """Each mark, its line before and after its claims, and of how many attributes it has a cell."""
        self._voices = lru_cache(_REMEMBERED)(self._made_voices)
        self._details = lru_cache(_REMEMBERED)(self._made_details)
        self._attributes: dict[str, None] = {}

    def write(self, records: Iterable[Record], go_on: Callable[[], object]) -> None:
        takers: Mapping[type[Record], Callable[[Run[Any]], None]] = {
            SchemeLine: self._scheme,
            Annotator: lambda run: self._annotators.update(run.rows("id", "name")),
            Source: lambda run: self._sources.update({source.id: source for source in run}),
            Article: self._take_articles,
            Exhibit: lambda run: self._exhibits.update(run.rows("id", "title")),
            Mark: self._take_marks,
            Proposition: self._take_claims,
            Mention: self._take_mentions,
            Link: self._take_links,
        }
        for run in in_runs(records):
            take = takers.get(run.record)
            if take:
                take(run)
        put_source = self._folder.table("sources", SOURCES)
        for source in self._sources.values():
            put_source(_cells(self._source_row(source)))
        self._write_marks(go_on)

    def _write_marks(self, go_on: Callable[[], object]) -> None:
        write = self._folder.file("marks", [*MARKS, *(ATTRIBUTE + name for name in self._attributes)]).write
        for some in self._lines.pages():
            go_on()
            stances = self._stances.some([mark for mark, *_ in some])
            for mark, before, after, known in some:
                said = stances.get(mark)
                claims = self._cells([";".join(said)]) if said else ""
                cells_missing = "," * (len(self._attributes) - known)
                write(f"{before},{claims},{after}{cells_missing}{LINE_END}")

    def _cells(self, row: Row) -> str:
        """A part of a line."""
        return self._folder.line(row)[: -len(LINE_END)]

    def _scheme(self, run: Run[SchemeLine]) -> None:
        for (data,) in run.rows("data"):
            self._attributes.update({row["id"]: None for row in data.get("attributes", ())})

    def _take_articles(self, run: Run[Article]) -> None:
        for record in run:
            outlet = self._name(record.outlet)
            self._articles.add(record.id, self._cells([record.id, record.title, outlet, record.date]))
            names = {"outlet": outlet, "agency": self._name(record.agency), "characters": len(record.text)}
            row = [names[name] if name in names else getattr(record, name) for name in ARTICLES]
            self._put_article(_cells(row))

    def _take_marks(self, run: Run[Mark]) -> None:
        for mark, article, label, spans, quotes, chain, possible, attributes, *details in run.rows(
            "id",
            "article",
            "label",
            "spans",
            "quotes",
            "attribution",
            "possible_source",
            "attributes",
            *_DETAILS,
        ):
            quote = " … ".join(quotes)
            known, values = self._values(attributes) if attributes else (0, "")
            (cells,) = self._articles.one(article) or (self._cells([article, *[None] * 3]),)
            place = self._cells([label, *hull(spans), _pieces(spans), quote])
            voices = self._voices(tuple([step.source for step in chain]), possible)
            self._marks.add(mark, article, label, quote)
            before = f"{self._cells([mark, None])}{cells},{place},{voices}"
            self._lines.add(mark, before, self._details(tuple(details)) + values, known)

    def _values(self, attributes: Mapping[str, Any]) -> tuple[int, str]:
        """Of how many attributes a mark has cells, and these."""
        self._attributes.update(dict.fromkeys(attributes))
        return len(self._attributes), self._cells(
            ["", *(_text(attributes.get(name)) for name in self._attributes)]
        )

    def _take_claims(self, run: Run[Proposition]) -> None:
        for row in run.rows(*CLAIMS):
            self._claims.add(*row[:2])
            self._put_claim(_cells(row))

    def _take_mentions(self, run: Run[Mention]) -> None:
        claims = self._texts(run.columns["proposition"])
        for mention, mark, claim, stance, certainty, annotator, note in run.rows(
            "id", "mark", "proposition", "stance", "certainty", "annotator", "note"
        ):
            text = claims.get(claim)
            self._stances.add(mark, f"{stance}: {claim if text is None else text}")
            self._put_mention(
                [mention, mark, claim, text, stance, certainty, self._annotator(annotator), note]
            )

    def _take_links(self, run: Run[Link]) -> None:
        ends = [*run.columns["origin"], *run.columns["target"]]
        marks = self._marks.some({end.id for end in ends if end.table == "mark"})
        claims = self._texts(end.id for end in ends if end.table == "proposition")
        for link, kind, origin, target, how, inferred, annotator, created, note in run.rows(
            "id", "kind", "origin", "target", "how", "inferred", "annotator", "created", "note"
        ):
            start, end = self._end(origin, marks, claims), self._end(target, marks, claims)
            across = _yes_or_no(start[2] != end[2]) if start[2] and end[2] else None
            self._put_link(
                [
                    link, kind, *start, *end, across, how, _yes_or_no(inferred), self._annotator(annotator),
                    created, note,
                ]
            )  # fmt: skip

    def _texts(self, claims: Iterable[str]) -> Mapping[str, str]:
        return {claim: str(text) for claim, (text,) in self._claims.some({*claims}).items()}

    def _name(self, source: str | None) -> str | None:
        return self._sources[source].name if source in self._sources else source

    def _annotator(self, annotator: str | None) -> str | None:
        return self._annotators.get(annotator, annotator) if annotator else None

    @cached_property
    def _owners(self) -> Mapping[str, str | None]:
        """The name of the owner of each source; asked for once all sources have come."""
        facts = Facts.of(self._sources.values())
        return {source: self._name(owner(facts, one.id)) for source, one in self._sources.items()}

    def _source_row(self, source: Source) -> Row:
        names = {
            "owner": self._owners[source.id],
            **{
                name: self._name(getattr(source, name))
                for name in ("affiliation", "author", "publisher", "same_as")
            },
        }
        return [names[name] if name in names else getattr(source, name) for name in SOURCES]

    def _made_voices(self, chain: Sequence[str | None], possible: str | None) -> str:
        """The source of a mark with its name, kind and owner; the relays; who else it may be."""
        source = chain[0] if chain else None
        known = self._sources.get(source) if source else None
        speaker = [known.name, known.kind, self._owners[known.id]] if known else [None] * 3
        relays = ";".join([self._name(relay) or "" for relay in chain[1:] if relay is not None])
        return self._cells([source, *speaker, relays, self._name(possible)])

    def _made_details(self, details: tuple[Any, ...]) -> str:
        """The cells of `_DETAILS`, which follow the claims."""
        hedges, flags, sure, status, question, annotator, created, note = details
        return self._cells(
            [
                _pieces(hedges), ";".join(flags), _yes_or_no(sure), status, question,
                self._annotator(annotator), created, note,
            ]
        )  # fmt: skip

    def _end(self, end: Ref, marks: Mapping[str, Row], claims: Mapping[str, str]) -> Row:
        """Table, id, article, label and words of an end."""
        if end.table == "mark":
            return [end.table, end.id, *marks.get(end.id, (None, None, None))]
        words: str | None = None
        if end.table == "source":
            words = self._name(end.id)
        elif end.table == "proposition":
            words = claims.get(end.id)
        elif end.table == "exhibit":
            words = self._exhibits.get(end.id)
        return [end.table, end.id, None, None, words]


def _cells(row: Row) -> list[str]:
    return [value if type(value) is str else _text(value) for value in row]  # most of them are, by far


def _text(value: object) -> str:
    """A cell: lists with `;` between, yes and no, JSON for what has more structure."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _yes_or_no(value)
    if isinstance(value, (list, tuple)):
        return ";".join(map(_text, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _pieces(spans: Iterable[tuple[int, int]]) -> str:
    return ";".join([f"{start}-{end}" for start, end in spans])
