"""Records in: one bulk operation that stores what a file brings, or nothing of it.

Every refusal names the line. Foreign ids become UUIDs and stay as `origin_id`;
a record that is there already is skipped when equal and refused when not.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, NoReturn

from annotator.domain.anchors import check_quote, reanchor
from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, MarkId, is_uuid, new_id
from annotator.domain.model import (
    RECORD_TYPES,
    Annotator,
    Article,
    Attribution,
    Identified,
    Link,
    Mark,
    Mention,
    ProjectLine,
    PropositionLink,
    Record,
    Ref,
    SchemeLine,
    Source,
)
from annotator.domain.scheme import FIELDS, STANCES, Scheme
from annotator.domain.spans import Span
from annotator.domain.text import normalise_text, text_sha256
from annotator.store import read
from annotator.store.edits import add_link, add_mention, rename_project
from annotator.store.edits.articles import STATUSES
from annotator.store.edits.claims import ensure_node
from annotator.store.edits.links import ACTS
from annotator.store.edits.marks import derived, placed
from annotator.store.edits.rowwise import now
from annotator.store.rows import TABLES, dump
from annotator.store.search import indexed
from annotator.store.store import Bulk, Store

Report = Callable[..., None]
Progress = Callable[[int], bool]
"""Told the number of records so far; returns False to cancel."""

_REFERRED_WHILE_STREAMING = ("annotator", "source", "article", "proposition", "exhibit")


class ImportCancelledError(Exception):
    """The analyst stopped an import; nothing of it stays."""


@dataclass
class Imported:
    """What an import did, by record type; `reanchored` and `refused` count marks."""

    added: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    articles: list[str] = field(default_factory=list)
    reanchored: int = 0
    refused: int = 0


def import_records(
    store: Store,
    records: Iterable[Record],
    *,
    name: str = "import",
    repair: bool = False,
    report: Report | None = None,
    progress: Progress | None = None,
    details: Mapping[str, Any] | None = None,
) -> Imported:
    """Store records as one operation. Raises UserError with `line`, and then nothing is stored.

    repair: look near its offset for a quote that is not where it should be.
    report: told `(code, **details)` of each repair and each mark without words.
    details: what the history says of the operation, such as the name of the file.
    """
    importer = _Importer(store, repair, report or _ignore)
    try:
        with store.bulk(name, **(details or {})) as bulk:
            importer.run(records, bulk, progress)
            if not importer.result.added:
                raise _NothingNewError
    except _NothingNewError:
        pass
    return importer.result


class _NothingNewError(Exception):
    """Takes back an import that brought nothing new."""


def _ignore(code: str, **details: Any) -> None:
    del code, details


class _Importer:
    def __init__(self, store: Store, repair: bool, report: Report) -> None:
        self.result = Imported()
        self._store = store
        self._repair = repair
        self._report = report
        self._scheme = read.scheme(store)
        self._is_empty = not store.query("SELECT 1 FROM main.article UNION ALL SELECT 1 FROM main.source")
        self._given: dict[tuple[str, str], str] = {}
        self._known: dict[str, set[str]] = {table: set() for table in _REFERRED_WHILE_STREAMING}
        self._looked_up: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._sql: dict[str, str] = {}
        self._text: tuple[str, str] = ("", "")
        self._moved: dict[str, list[int]] = {}
        self._waiting: list[Source | Article] = []
        self._acts: list[Link] = []
        self._line: int | None = None
        self._name: str | None = None

    def run(self, records: Iterable[Record], bulk: Bulk, progress: Progress | None) -> None:
        self._bulk = bulk
        order = {record: place for place, record in enumerate(RECORD_TYPES)}
        last = 0
        for count, record in enumerate(records):
            self._line = record.line
            place = order[type(record)]
            if place != last:
                self._end_of_type()
                last = place
            self._take(record)
            if progress and count % 200 == 0 and not progress(count):
                raise ImportCancelledError
        self._end_of_type()
        self._perform_acts()

    def _take(self, record: Record) -> None:
        if isinstance(record, ProjectLine):
            self._name = record.name
        elif isinstance(record, SchemeLine):
            self._take_scheme(record)
        elif isinstance(record, Source | Article):
            self._waiting.append(record)
            self._identify(record)
            if len(self._waiting) >= 500:
                self._store_waiting(final=False)
        elif isinstance(record, Mark):
            self._take_mark(record)
        elif isinstance(record, Link):
            self._take_link(record)
        elif isinstance(record, Identified):
            self._take_plain(record)

    def _refuse(self, code: str, **details: Any) -> NoReturn:
        raise UserError(code, **details, **({"line": self._line} if self._line else {}))

    def _take_scheme(self, record: SchemeLine) -> None:
        data = dict(record.data)
        is_whole = all(name in data for name in FIELDS if name != "preset")
        if self._is_empty and is_whole:
            merged = Scheme(data)
        else:
            merged = self._scheme.merged(data)
        if merged != self._scheme:
            self._bulk.insert(
                "INSERT INTO main.scheme (id, version, data, operation) VALUES (?, ?, ?, ?)",
                [(new_id(), merged.version, dump(merged.data), self._bulk.operation)],
            )
            self._scheme = merged
            self.result.added["scheme"] += 1

    def _identify(self, record: Identified) -> None:
        """Note that an id is defined, so that references to it are good."""
        table = TABLES[type(record)].name
        if table in self._known:
            self._known[table].add(self._stored_id(table, record.id))

    def _stored_id(self, table: str, given: str) -> str:
        """The id a record has in the project: its own UUID, or the one its foreign id got."""
        if is_uuid(given):
            return given
        if table not in self._looked_up:
            self._looked_up.add(table)
            rows = self._store.query(f"SELECT origin_id, id FROM main.{table} WHERE origin_id IS NOT NULL")
            self._given.update({(table, origin): row_id for origin, row_id in rows})
        return self._given.setdefault((table, given), new_id())

    def _reference(self, table: str, given: str | None, what: str) -> str | None:
        """The stored id of a record that must be defined in the file or the project."""
        if given is None:
            return None
        row_id = self._stored_id(table, given)
        if table in self._known and row_id in self._known[table]:
            return row_id
        if not self._store.query(f"SELECT 1 FROM main.{table} WHERE id = ?", (row_id,)):
            self._bulk.flush()
            if not self._store.query(f"SELECT 1 FROM main.{table} WHERE id = ?", (row_id,)):
                self._refuse("reference-unknown", table=table, id=given, field=what)
        if table in self._known:
            self._known[table].add(row_id)
        return row_id

    def _annotator(self, given: str | None) -> AnnotatorId:
        """An annotator by id or foreign id, otherwise by name; made where there is none."""
        me = self._store.identity
        if given is None:
            if me.annotator not in self._known["annotator"] and not self._there("annotator", me.annotator):
                self._insert(Annotator(id=me.annotator, name=me.name))
            return me.annotator
        if not is_uuid(given) and ("annotator", given) not in self._given:
            rows = self._store.query(
                "SELECT id FROM main.annotator WHERE origin_id = ?1 OR name = ?1 ORDER BY origin_id IS NULL",
                (given,),
            )
            row_id = rows[0][0] if rows else new_id()
            self._given["annotator", given] = row_id
            if not rows:
                self._insert(Annotator(id=AnnotatorId(row_id), name=given))
        row_id = self._given.get(("annotator", given), given)
        if row_id not in self._known["annotator"] and not self._there("annotator", row_id):
            self._refuse("reference-unknown", table="annotator", id=given, field="annotator")
        return AnnotatorId(row_id)

    def _there(self, table: str, row_id: str) -> bool:
        return bool(self._store.query(f"SELECT 1 FROM main.{table} WHERE id = ?", (row_id,)))

    def _settle(self, record: Identified) -> Identified:
        """The record with the ids and the annotator it has in the project."""
        table = TABLES[type(record)]
        changes: dict[str, Any] = {}
        if record.id:
            changes["id"] = self._stored_id(table.name, record.id)
            if not is_uuid(record.id):
                changes["origin_id"] = record.origin_id or record.id
        else:
            changes["id"] = new_id()
        for name, target in table.references.items():
            value = getattr(record, name)
            if target == "annotator":
                changes[name] = self._annotator(value)
            elif value is not None:
                changes[name] = self._reference(target, value, name)
        for name in table.ends:
            end: Ref = getattr(record, name)
            changes[name] = Ref(end.table, str(self._reference(end.table, end.id, name)))
        return replace(record, **changes)

    def _is_there_already(self, given: Identified, settled: Identified) -> bool:
        """Skip an equal record, refuse a different one under the same id."""
        kind = type(settled)
        table = TABLES[kind].name
        if not given.id or not self._there(table, settled.id):
            return False
        found = read.by_ids(self._store, kind, [settled.id])
        if not found:
            self._refuse("record-twice", type=kind.type, id=given.id)
        there = found[0]
        for one in fields(kind):
            if one.name in ("line", "text", "original", "annotator") or not one.compare:
                continue
            mine, theirs = getattr(settled, one.name), getattr(there, one.name)
            if mine != theirs and not _is_absent(mine):
                self._refuse(
                    "record-differs", type=kind.type, id=given.id, field=one.name, found=theirs, given=mine
                )
        self.result.skipped[kind.type] += 1
        return True

    def _insert(self, record: Identified, **extra: Any) -> None:
        """Queue a row with the bulk operation's id in it."""
        table = TABLES[type(record)]
        row = table.to_row(record) | extra | {"operation": self._bulk.operation}
        if table.numbered:
            if table.name not in self._numbers:
                sql = f"SELECT coalesce(max(number), 0) FROM main.{table.name}"
                self._numbers[table.name] = self._store.query(sql)[0][0]
            self._numbers[table.name] += 1
            row["number"] = self._numbers[table.name]
        if table.name not in self._sql:
            names = ", ".join(f'"{name}"' for name in row)
            places = ", ".join("?" * len(row))
            self._sql[table.name] = f"INSERT INTO main.{table.name} ({names}) VALUES ({places})"
        self._bulk.insert(self._sql[table.name], [tuple(row.values())])
        if table.name in self._known:
            self._known[table.name].add(record.id)
        self.result.added[record.type] += 1

    def _take_plain(self, record: Identified) -> None:
        settled = self._settle(record)
        if isinstance(settled, Mention) and settled.stance not in STANCES:
            self._refuse("stance-unknown", stance=settled.stance, stances=STANCES)
        if isinstance(settled, PropositionLink) and settled.kind not in self._scheme.proposition_link_kinds:
            self._refuse("link-kind-unknown", kind=settled.kind)
        if self._is_there_already(record, settled) or (not record.id and self._is_double(settled)):
            return
        self._insert(settled)

    def _is_double(self, settled: Identified) -> bool:
        """Whether a record that came without an id stands in the project word for word."""
        table = TABLES[type(settled)]
        row = {
            name: value
            for name, value in table.to_row(settled).items()
            if name not in ("id", "origin_id", "annotator", "at", "created") and value is not None
        }
        tests = " AND ".join(f'"{name}" IS ?' for name in row)
        found = self._store.query(f"SELECT 1 FROM main.{table.name} WHERE {tests}", tuple(row.values()))
        if found:
            self.result.skipped[settled.type] += 1
        return bool(found)

    def _end_of_type(self) -> None:
        self._store_waiting(final=True)

    def _store_waiting(self, final: bool) -> None:
        """Store sources and articles once those they refer to are known."""
        waiting, self._waiting = self._waiting, []
        progress = True
        while waiting and progress:
            left: list[Source | Article] = []
            for record in waiting:
                self._line = record.line
                if self._refers_to(record, left, waiting):
                    left.append(record)
                elif isinstance(record, Article):
                    self._take_article(record)
                else:
                    self._take_source(record)
            progress = len(left) < len(waiting)
            waiting = left
        if waiting and final:
            self._line = waiting[0].line
            self._refuse("reference-cycle", type=waiting[0].type, id=waiting[0].id)
        self._waiting = waiting

    def _refers_to(
        self, record: Source | Article, left: list[Source | Article], waiting: list[Source | Article]
    ) -> bool:
        table = TABLES[type(record)]
        own = {getattr(record, name) for name, target in table.references.items() if target == table.name}
        own.discard(None)
        if not own:
            return False
        done_before = waiting.index(record)
        pending = {row.id for row in (*left, *waiting[done_before:])}
        return bool(own & pending)

    def _take_source(self, record: Source) -> None:
        if not record.name.strip():
            self._refuse("source-without-name")
        if record.kind not in self._scheme.source_kinds:
            self._refuse("source-kind-unknown", kind=record.kind, kinds=self._scheme.source_kinds)
        settled = self._settle(record)
        if not self._is_there_already(record, settled):
            self._insert(settled)

    def _take_article(self, record: Article) -> None:
        if record.status not in STATUSES:
            self._refuse("status-unknown", status=record.status, statuses=STATUSES)
        if record.sha256 and text_sha256(record.text) != record.sha256:
            self._refuse("text-hash-differs", id=record.id, given=record.sha256)
        text = self._normalised(record)
        sha256 = text_sha256(text)
        settled = replace(self._settle(record), text="", sha256=sha256)
        if self._is_there_already(record, settled):
            return
        self._store_content(text, sha256)
        original = self._store_original(record.original)
        self._insert(settled, original=original)
        self.result.articles.append(settled.id)
        self._text = (settled.id, text)

    def _normalised(self, record: Article) -> str:
        """The text as it is stored; where that drops characters, offsets of its marks will follow."""
        try:
            text, _ = normalise_text(record.text)
        except UserError as error:
            self._refuse(error.code, **error.details)
        if len(text) != len(record.text):
            given = record.text
            dropped = [0] if given.startswith("\ufeff") else []
            dropped += [i for i, char in enumerate(given) if char == "\r" and given[i + 1 : i + 2] == "\n"]
            self._moved[self._stored_id("article", record.id)] = dropped
        return text

    def _store_content(self, text: str, sha256: str) -> None:
        if sha256 in self._known.setdefault("content", set()) or self._store.query(
            "SELECT 1 FROM main.content WHERE sha256 = ?", (sha256,)
        ):
            return
        self._known["content"].add(sha256)
        if "content" not in self._numbers:
            self._numbers["content"] = self._store.query("SELECT coalesce(max(id), 0) FROM main.content")[0][
                0
            ]
        self._numbers["content"] += 1
        number = self._numbers["content"]
        self._bulk.insert(
            "INSERT INTO main.content (id, sha256, text, length) VALUES (?, ?, ?, ?)",
            [(number, sha256, text, len(text))],
        )
        self._bulk.insert(
            "INSERT INTO main.content_search (rowid, text) VALUES (?, ?)", [(number, indexed(text))]
        )

    def _store_original(self, data: bytes | None) -> str | None:
        if data is None:
            return None
        sha256 = hashlib.sha256(data).hexdigest()
        self._bulk.insert(
            "INSERT OR IGNORE INTO main.original (sha256, bytes) VALUES (?, ?)", [(sha256, data)]
        )
        return sha256

    def _text_of(self, article: str) -> str:
        if self._text[0] != article:
            if not self._there("article", article):
                self._bulk.flush()
            sql = (
                "SELECT text FROM main.content WHERE sha256 = (SELECT sha256 FROM main.article WHERE id = ?)"
            )
            self._text = (article, self._store.query(sql, (article,))[0][0])
        return self._text[1]

    def _take_mark(self, record: Mark) -> None:
        if record.label not in self._scheme.labels:
            self._refuse("label-unknown", label=record.label)
        if not record.spans or any(start >= end for start, end in record.spans):
            self.result.refused += 1
            self._report("mark-without-words", id=record.id, line=record.line)
            return
        for name, value in record.attributes.items():
            try:
                self._scheme.check_attribute(record.label, name, value)
            except UserError as error:
                self._refuse(error.code, **error.details)
        settled = self._settle(record)
        assert isinstance(settled, Mark)
        settled = self._anchored(settled)
        settled = self._attributed(settled)
        if self._is_there_already(record, settled):
            return
        if settled.created is None:
            settled = replace(settled, created=now(self._store))
        if settled.scheme_version is None:
            settled = replace(settled, scheme_version=self._scheme.version)
        place = placed(self._text_of(settled.article), settled.spans)
        columns = derived(place)
        self._insert(replace(settled, spans=place["spans"], quotes=place["quotes"]), **columns)
        rows = [
            (
                new_id(),
                settled.id,
                level,
                step.source,
                dump(step.cue),
                dump(step.mention),
                self._bulk.operation,
            )
            for level, step in enumerate(settled.attribution)
        ]
        self._bulk.insert(
            "INSERT INTO main.attribution (id, mark, level, source, cue, mention, operation)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )

    def _anchored(self, mark: Mark) -> Mark:
        """The mark with spans in the stored text and quotes that equal it, repaired where asked."""
        text = self._text_of(mark.article)
        spans = [self._shifted(mark.article, span) for span in mark.spans]
        quotes = list(mark.quotes) or [None] * len(spans)
        if len(quotes) != len(spans):
            self._refuse("quotes-count-differs", id=mark.id, spans=len(spans), quotes=len(quotes))
        found = []
        for span, quote in zip(spans, quotes, strict=True):
            found.append(self._found(mark, text, span, quote))
        pairs = sorted((span, text[span.start : span.end]) for span in found)
        spans_in_order = tuple(span for span, _ in pairs)
        return replace(
            mark,
            spans=spans_in_order,
            quotes=tuple(quote for _, quote in pairs),
            hedges=tuple(self._inside(mark, text, span) for span in mark.hedges),
        )

    def _found(self, mark: Mark, text: str, span: Span, quote: str | None) -> Span:
        if quote is not None:
            quote = quote.replace("\r\n", "\n").replace("\r", "\n")
        try:
            if quote is None:
                return self._inside(mark, text, span)
            check_quote(text, span, quote)
            return span
        except UserError as error:
            repaired = reanchor(text, span, quote) if self._repair and quote is not None else None
            if repaired is None:
                self._refuse(error.code, id=mark.id, **{k: v for k, v in error.details.items() if k != "id"})
        self.result.reanchored += 1
        self._report(
            "mark-reanchored", id=mark.id, line=mark.line, was=tuple(span), found=tuple(repaired), quote=quote
        )
        return repaired

    def _inside(self, mark: Mark, text: str, span: Span) -> Span:
        span = Span(*span)
        if not 0 <= span.start < span.end <= len(text):
            self._refuse("span-outside", id=mark.id, start=span.start, end=span.end, length=len(text))
        return span

    def _shifted(self, article: str, span: Span) -> Span:
        dropped = self._moved.get(article)
        if not dropped:
            return Span(*span)
        return Span(*(offset - sum(1 for place in dropped if place < offset) for offset in span))

    def _attributed(self, mark: Mark) -> Mark:
        text = self._text_of(mark.article)
        steps = tuple(
            Attribution(
                self._reference("source", step.source, "attribution"),  # type: ignore[arg-type]
                tuple(self._inside(mark, text, self._shifted(mark.article, s)) for s in step.cue),
                tuple(self._inside(mark, text, self._shifted(mark.article, s)) for s in step.mention),
            )
            for step in mark.attribution
        )
        return replace(mark, attribution=steps)

    def _take_link(self, record: Link) -> None:
        settled = self._settle(record)
        assert isinstance(settled, Link)
        kind = self._scheme.link_kinds.get(settled.kind)
        if kind is None:
            self._refuse("link-kind-unknown", kind=settled.kind)
        if settled.origin == settled.target:
            self._refuse("link-to-itself", kind=settled.kind)
        first, second = self._end(settled.origin), self._end(settled.target)
        if not kind.starts_at(first):
            self._refuse("link-origin-refused", kind=settled.kind, end=first, allowed=kind.origins)
        if not kind.ends_at(second):
            self._refuse("link-target-refused", kind=settled.kind, end=second, allowed=kind.targets)
        if _is_act(settled):
            self._acts.append(replace(settled, line=record.line))
            return
        if self._is_there_already(record, settled):
            return
        if settled.created is None:
            settled = replace(settled, created=now(self._store))
        self._insert(settled)
        if settled.kind == "denies" and settled.target.table == "mark":
            self._acts.append(replace(settled, line=record.line))

    def _end(self, end: Ref) -> str:
        if end.table != "mark":
            return end.table
        rows = self._store.query("SELECT label FROM main.mark WHERE id = ?", (end.id,))
        return str(rows[0][0])

    def _perform_acts(self) -> None:
        """Links that are kept as mentions, then nodes for denied claims that still have none."""
        if not self._acts and self._name is None:
            return
        with self._bulk.editing():
            if self._name and self._is_empty and self._name != read.project_name(self._store):
                rename_project(self._store, self._name)
                self.result.added["project"] += 1
            for link in sorted(self._acts, key=lambda link: link.kind == "denies"):
                self._line = link.line
                self._perform(link)

    def _perform(self, link: Link) -> None:
        origin, target = MarkId(link.origin.id), link.target
        try:
            if link.kind == "denies" and target.table == "mark":
                ensure_node(self._store, MarkId(target.id))
                return
            if target.table == "proposition":
                add_mention(self._store, origin, target.id, ACTS[link.kind], note=link.note)  # type: ignore[arg-type]
            else:
                add_link(self._store, link.kind, link.origin, target)
            self.result.added["mention"] += 1
        except UserError as error:
            if error.code not in ("mention-there-already", "same-claim-already"):
                self._refuse(error.code, **error.details)
            self.result.skipped["link"] += 1


def _is_act(link: Link) -> bool:
    """Whether a link is stored as mentions and not as a link."""
    if link.origin.table != "mark":
        return False
    if link.kind == "same_claim":
        return link.target.table == "mark"
    return link.kind in ACTS and link.target.table == "proposition"


def _is_absent(value: Any) -> bool:
    return value is None or value in ((), "") or value == {}
