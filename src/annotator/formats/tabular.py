"""Tables for spreadsheets and statistics: a folder of CSV files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Literal

import msgspec

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
from annotator.domain.summary import Summary
from annotator.domain.voices import owner
from annotator.formats.kept import Kept
from annotator.formats.registry import Loss, Options
from annotator.formats.sheets import write_csv

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

_LOST = (
    "regions", "cues", "attribute-origins", "proposition-links", "judgements", "dismissals", "saved-searches",
    "pins", "reports", "extra",
)  # fmt: skip

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
        with TemporaryFile() as spool, ExitStack() as stack:
            folder = _Folder(out, bool(options.get("for_spreadsheets")))
            _Tables(spool, stack).write(records, folder)

    def losses(self, summary: Summary) -> list[Loss]:
        texts = (
            [Loss("texts", summary["articles"], summary.example("articles"))] if summary["articles"] else []
        )
        return texts + [Loss(name, summary[name], summary.example(name)) for name in _LOST if summary[name]]


FORMAT = CsvFormat()


class _Folder:
    """Writes one table at a time."""

    def __init__(self, path: Path, for_spreadsheets: bool) -> None:
        self.path = path
        self.for_spreadsheets = for_spreadsheets

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        cells = (
            [value if type(value) is str else _text(value) for value in row]  # most of them, by far
            for row in chain((columns,), rows)
        )
        write_csv(self.path / f"{name}.csv", cells, self.for_spreadsheets)


class _Tables:
    """Collects what rows say of one another.

    Articles, marks, mentions and links wait in a temporary file, as lines of JSON,
    because their columns and names are known only after the last record. So does what
    other rows say of them; memory holds sources, exhibits and claims.
    """

    def __init__(self, spool: BinaryIO, stack: ExitStack) -> None:
        self.spool = spool
        self.sources: dict[str, Source] = {}
        self.facts = Facts.of(())
        self.annotators: dict[str, str] = {}
        self.articles = stack.enter_context(Kept())
        """Title, outlet, date and length by article."""
        self.exhibits: dict[str, Exhibit] = {}
        self.claims: dict[str, Proposition] = {}
        self.stances = stack.enter_context(Kept())
        """Stances and claims by mark."""
        self.marks = stack.enter_context(Kept())
        """Article, label and words by mark."""
        self.attributes: dict[str, None] = {}

    def write(self, records: Iterable[Record], folder: _Folder) -> None:
        takers: Mapping[type[Record], Callable[[Any], None]] = {
            SchemeLine: self._scheme,
            Annotator: lambda record: self.annotators.update({record.id: record.name}),
            Source: lambda record: self.sources.update({record.id: record}),
            Article: self._article,
            Exhibit: lambda record: self.exhibits.update({record.id: record}),
            Mark: self._mark,
            Proposition: lambda record: self.claims.update({record.id: record}),
            Mention: self._mention,
            Link: lambda record: self._keep("link", record),
        }
        for record in records:
            take = takers.get(type(record))
            if take:
                take(record)
        self.facts = Facts.of(self.sources.values())
        folder.table("sources", SOURCES, map(self._source_row, self.sources.values()))
        folder.table("articles", ARTICLES, map(self._article_row, self._kept("article", Article)))
        folder.table("claims", CLAIMS, map(attrgetter(*CLAIMS), self.claims.values()))
        folder.table("mentions", MENTIONS, map(self._mention_row, self._kept("mention", Mention)))
        columns = [*MARKS, *(ATTRIBUTE + name for name in self.attributes)]
        folder.table("marks", columns, map(self._mark_row, self._kept("mark", Mark)))
        folder.table("links", LINKS, map(self._link_row, self._kept("link", Link)))

    def _keep(self, kind: str, record: Record) -> None:
        self.spool.write(msgspec.json.encode((kind, record)) + b"\n")

    def _kept(self, kind: str, record_type: type[Any]) -> Iterator[Any]:
        self.spool.seek(0)
        decoder = msgspec.json.Decoder(tuple[str, record_type])  # type: ignore[valid-type]
        start = msgspec.json.encode([kind])[:-1]
        for line in self.spool:
            if line.startswith(start):
                yield decoder.decode(line)[1]

    def _scheme(self, record: SchemeLine) -> None:
        self.attributes.update({row["id"]: None for row in record.data.get("attributes", ())})

    def _article(self, record: Article) -> None:
        self.articles.add(record.id, (record.title, record.outlet, record.date, len(record.text)))
        self._keep("article", replace(record, text="", original=None))

    def _mark(self, record: Mark) -> None:
        self.marks.add(record.id, (record.article, record.label, _quote(record)))
        self.attributes.update(dict.fromkeys(record.attributes))
        self._keep("mark", record)

    def _mention(self, record: Mention) -> None:
        self.stances.add(record.mark, (record.stance, record.proposition))
        self._keep("mention", record)

    def _name(self, source: str | None) -> str | None:
        return self.sources[source].name if source in self.sources else source

    def _annotator(self, annotator: str | None) -> str | None:
        return self.annotators.get(annotator, annotator) if annotator else None

    def _owner(self, source: Source) -> str | None:
        return self._name(owner(self.facts, source.id))

    def _source_row(self, source: Source) -> Row:
        names = {
            "owner": self._owner(source),
            **{
                name: self._name(getattr(source, name))
                for name in ("affiliation", "author", "publisher", "same_as")
            },
        }
        return [names[name] if name in names else getattr(source, name) for name in SOURCES]

    def _article_row(self, article: Article) -> Row:
        names = {
            "outlet": self._name(article.outlet),
            "agency": self._name(article.agency),
            "characters": (self.articles.one(article.id) or [0])[-1],
        }
        return [names[name] if name in names else getattr(article, name) for name in ARTICLES]

    def _mention_row(self, mention: Mention) -> Row:
        claim = self.claims.get(mention.proposition)
        return [
            mention.id, mention.mark, mention.proposition, claim.text if claim else None, mention.stance,
            mention.certainty, self._annotator(mention.annotator), mention.note,
        ]  # fmt: skip

    def _mark_row(self, mark: Mark) -> Row:
        title, outlet, date, _ = self.articles.one(mark.article) or (None, None, None, 0)
        source = self.sources.get(mark.source) if mark.source else None
        fixed = [
            mark.id, mark.article, title, self._name(outlet), date, mark.label,
            min(span.start for span in mark.spans), max(span.end for span in mark.spans),
            _pieces(mark.spans), _quote(mark), mark.source,
            source and source.name, source and source.kind, source and self._owner(source),
            [self._name(relay) for relay in mark.relays], self._name(mark.possible_source),
            [self._stance(*row) for row in self.stances.of(mark.id)], _pieces(mark.hedges),
            mark.flags, mark.sure, mark.status, mark.question, self._annotator(mark.annotator), mark.created,
            mark.note,
        ]  # fmt: skip
        return [*fixed, *(mark.attributes.get(name) for name in self.attributes)]

    def _stance(self, stance: str, proposition: str) -> str:
        claim = self.claims.get(proposition)
        return f"{stance}: {claim.text if claim else proposition}"

    def _link_row(self, link: Link) -> Row:
        origin, target = self._end(link.origin), self._end(link.target)
        across = origin[2] != target[2] if origin[2] and target[2] else None
        return [
            link.id, link.kind, *origin, *target, across, link.how, link.inferred,
            self._annotator(link.annotator), link.created, link.note,
        ]  # fmt: skip

    def _end(self, end: Ref) -> Row:
        """Table, id, article, label and words of an end."""
        if end.table == "mark":
            return [end.table, end.id, *(self.marks.one(end.id) or (None, None, None))]
        words: str | None = None
        if end.table == "source":
            words = self._name(end.id)
        elif end.table == "proposition" and end.id in self.claims:
            words = self.claims[end.id].text
        elif end.table == "exhibit" and end.id in self.exhibits:
            words = self.exhibits[end.id].title
        return [end.table, end.id, None, None, words]


def _text(value: object) -> str:
    """A cell: lists with `;` between, yes and no, JSON for what has more structure."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ";".join(map(_text, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _pieces(spans: Iterable[tuple[int, int]]) -> str:
    return ";".join(f"{start}-{end}" for start, end in spans)


def _quote(mark: Mark) -> str:
    return " … ".join(mark.quotes)
