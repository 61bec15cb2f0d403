"""Marks on their way in: their words checked against the stored text, or found again."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain import spans as span_rules
from annotator.domain.anchors import check_quote, reanchor
from annotator.domain.errors import UserError
from annotator.domain.ids import new_id
from annotator.domain.model import Attribution, Mark
from annotator.domain.spans import Span
from annotator.store.edits.marks import derived, placed
from annotator.store.edits.rowwise import now
from annotator.store.imports.ids import Ids
from annotator.store.imports.job import Job
from annotator.store.imports.rows import Rows
from annotator.store.imports.texts import Texts
from annotator.store.rows import dump

_ATTRIBUTION = (
    "INSERT INTO main.attribution (id, mark, level, source, cue, mention, operation)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class Marks:
    """Takes marks with their chains."""

    def __init__(self, job: Job, rows: Rows, ids: Ids, texts: Texts) -> None:
        self._job = job
        self._rows = rows
        self._ids = ids
        self._texts = texts

    def take(self, record: Mark) -> None:
        """Store a mark; one without words is left out, counted and reported."""
        job = self._job
        if record.label not in job.scheme.labels:
            job.refuse("label-unknown", label=record.label)
        if not record.spans or any(start >= end for start, end in record.spans):
            job.result.refused += 1
            job.report("mark-without-words", id=record.id, **job.place)
            return
        for name, value in record.attributes.items():
            try:
                job.scheme.check_attribute(record.label, name, value)
            except UserError as error:
                job.refuse_as(error)
        settled = self._attributed(record, self._anchored(record, self._ids.settled(record)))
        if self._ids.is_there_already(record, settled):
            return
        settled = replace(
            settled,
            created=settled.created or now(job.store),
            scheme_version=job.scheme.version if settled.scheme_version is None else settled.scheme_version,
        )
        self._rows.insert(settled, **derived(placed(self._texts.text(settled.article), settled.spans)))
        self._add_chain(settled)

    def _add_chain(self, mark: Mark) -> None:
        rows = [
            (
                new_id(),
                mark.id,
                level,
                step.source,
                dump(step.cue),
                dump(step.mention),
                self._job.bulk.operation,
            )
            for level, step in enumerate(mark.attribution)
        ]
        self._job.bulk.insert(_ATTRIBUTION, rows)

    def _anchored(self, given: Mark, mark: Mark) -> Mark:
        """The mark with spans in the stored text, and quotes that equal it, repaired where asked."""
        text = self._texts.text(mark.article)
        spans = [self._texts.shifted(mark.article, span) for span in given.spans]
        quotes: list[str | None] = [*given.quotes] or [None] * len(spans)
        if len(quotes) != len(spans):
            self._job.refuse("quotes-count-differs", id=given.id, spans=len(spans), quotes=len(quotes))
        found = [self._found(given, text, span, quote) for span, quote in zip(spans, quotes, strict=True)]
        pieces = span_rules.normalise(found)
        return replace(
            mark,
            spans=pieces,
            quotes=tuple(text[start:end] for start, end in pieces),
            hedges=self._inside(given, mark, given.hedges),
        )

    def _found(self, given: Mark, text: str, span: Span, quote: str | None) -> Span:
        try:
            if quote is None:
                _check_inside(span, len(text))
                return span
            quote = quote.replace("\r\n", "\n").replace("\r", "\n")
            check_quote(text, span, quote)
            return span
        except UserError as error:
            repaired = reanchor(text, span, quote) if self._job.repair and quote is not None else None
            if repaired is None:
                self._job.refuse_as(error, id=given.id)
        self._job.result.reanchored += 1
        self._job.report(
            "mark-reanchored",
            id=given.id,
            was=tuple(span),
            found=tuple(repaired),
            quote=quote,
            **self._job.place,
        )
        return repaired

    def _inside(self, given: Mark, mark: Mark, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Spans beside the mark's own, moved with the text and checked against its length."""
        length = len(self._texts.text(mark.article))
        found = tuple(self._texts.shifted(mark.article, span) for span in spans)
        try:
            for span in found:
                _check_inside(span, length)
        except UserError as error:
            self._job.refuse_as(error, id=given.id)
        return found

    def _attributed(self, given: Mark, mark: Mark) -> Mark:
        steps = tuple(
            Attribution(
                self._ids.reference("source", step.source, "attribution"),
                self._inside(given, mark, step.cue),
                self._inside(given, mark, step.mention),
            )
            for step in given.attribution
        )
        return replace(mark, attribution=steps)


def _check_inside(span: Span, length: int) -> None:
    if not 0 <= span.start < span.end <= length:
        raise UserError("span-outside", start=span.start, end=span.end, length=length)
