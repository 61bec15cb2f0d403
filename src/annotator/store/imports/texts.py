"""Sources and articles on their way in: each after those it refers to."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.errors import UserError
from annotator.domain.handles import handle
from annotator.domain.model import Article, Region, Source
from annotator.domain.spans import Span
from annotator.domain.text import normalise_text, text_sha256
from annotator.store.edits.articles import STATUSES
from annotator.store.imports.ids import Ids
from annotator.store.imports.job import Job
from annotator.store.imports.rows import Rows
from annotator.store.rows import TABLES

WAITING = 500
"""How many records wait at most before those whose references are known are stored."""


class Texts:
    """Takes sources and articles, and answers for the texts that marks stand in."""

    def __init__(self, job: Job, rows: Rows, ids: Ids) -> None:
        self._job = job
        self._rows = rows
        self._ids = ids
        self._waiting: list[Source | Article] = []
        self._patience = WAITING
        self._dropped: dict[str, list[int]] = {}
        self._last: tuple[str, str] = ("", "")

    def take(self, record: Source | Article) -> None:
        """Let a record wait for those it refers to."""
        self._waiting.append(record)
        self._ids.define(record)
        if len(self._waiting) >= self._patience:
            self.store_waiting(is_last=False)
            self._patience = WAITING + len(self._waiting)

    def store_waiting(self, is_last: bool = True) -> None:
        """Store what waits, references first; refuses those that go round in a circle."""
        line = self._job.line
        waiting, self._waiting = self._waiting, []
        moved = True
        while waiting and moved:
            left: list[Source | Article] = []
            pending: set[str] = {row.id for row in waiting}
            for record in waiting:
                if self._must_wait(record, pending, is_last):
                    left.append(record)
                else:
                    pending.discard(record.id)
                    self._store(record)
            moved = len(left) < len(waiting)
            waiting = left
        if waiting and is_last:
            self._job.line = waiting[0].line
            self._job.refuse("reference-cycle", type=waiting[0].type, id=waiting[0].id)
        self._waiting = waiting
        self._job.line = line

    def _must_wait(self, record: Source | Article, pending: set[str], is_last: bool) -> bool:
        """Whether a record names one of its type that is not stored, or perhaps still to come."""
        table = TABLES[type(record)]
        own = {getattr(record, name) for name, target in table.references.items() if target == table.name}
        own.discard(None)
        if own & pending:
            return True
        return not is_last and not all(
            self._ids.is_known(table.name, self._ids.stored(table.name, one)) for one in own
        )

    def text(self, article: str) -> str:
        """The stored text of an article; the last one stays at hand."""
        if self._last[0] != article:
            self._last = (article, self._rows.text_of(article))
        return self._last[1]

    def shifted(self, article: str, span: Span) -> Span:
        """Where a span of the text as the file has it stands in the text as it is stored."""
        dropped = self._dropped.get(article)
        if not dropped:
            return Span(*span)
        return Span(*(offset - sum(1 for place in dropped if place < offset) for offset in span))

    def _store(self, record: Source | Article) -> None:
        self._job.line = record.line
        if isinstance(record, Article):
            self._store_article(record)
        else:
            self._store_source(record)

    def _store_source(self, record: Source) -> None:
        if not record.name.strip():
            self._job.refuse("source-without-name")
        kinds = self._job.scheme.source_kinds
        if record.kind not in kinds:
            self._job.refuse("source-kind-unknown", kind=record.kind, kinds=kinds)
        settled = self._ids.settled(record)
        if not self._ids.is_there_already(record, settled):
            self._rows.insert(settled)

    def _store_article(self, record: Article) -> None:
        if record.status not in STATUSES:
            self._job.refuse("status-unknown", status=record.status, statuses=STATUSES)
        text = self._normalised(record)
        sha256 = text_sha256(text)
        settled = self._ids.settled(record)
        regions = tuple(self._region(settled.id, region, len(text)) for region in record.regions)
        settled = replace(settled, text="", sha256=sha256, regions=regions)
        if self._ids.is_there_already(record, settled):
            return
        if not self._rows.add_text(text, sha256):
            self._tell_of_double(settled)
        self._rows.insert(settled, original=self._rows.add_original(record.original))
        self._job.result.articles.append(settled.id)
        self._last = (settled.id, text)

    def _tell_of_double(self, article: Article) -> None:
        """Two articles may share a text, but whoever imports a file twice by mistake wants to know."""
        sql = "SELECT min(number) FROM main.article WHERE sha256 = ?"
        number = self._job.store.query(sql, (article.sha256,))[0][0]
        if number is None:
            self._rows.write()
            number = self._job.store.query(sql, (article.sha256,))[0][0]
        if number is not None:
            self._job.report("text-there-already", title=article.title, handle=handle("article", number))

    def _normalised(self, record: Article) -> str:
        """The text as it is stored; where that drops characters, offsets in it will follow."""
        try:
            text, _ = normalise_text(record.text)
        except UserError as error:
            self._job.refuse(error.code, **{**error.details, "id": record.id})
        if record.sha256 and record.sha256 not in (text_sha256(record.text), text_sha256(text)):
            self._job.refuse("text-hash-differs", id=record.id, given=record.sha256)
        if len(text) != len(record.text):
            given = record.text
            dropped = [0] if given.startswith("\ufeff") else []
            dropped += [i for i, char in enumerate(given) if char == "\r" and given[i + 1 : i + 2] == "\n"]
            self._dropped[self._ids.stored("article", record.id)] = dropped
        return text

    def _region(self, article: str, region: Region, length: int) -> Region:
        span = self.shifted(article, Span(*region.span))
        if not 0 <= span.start <= span.end <= length:
            self._job.refuse(
                "region-outside", kind=region.kind, start=span.start, end=span.end, length=length
            )
        return Region(region.kind, span)
