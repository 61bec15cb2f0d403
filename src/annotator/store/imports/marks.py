"""Marks on their way in: their words checked against the stored text, or found again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, cast

from annotator.domain.anchors import check_quote, counted, reanchor
from annotator.domain.errors import UserError
from annotator.domain.model import Attribution, Mark
from annotator.domain.prepared import Placed
from annotator.domain.prepared import placed as placed_all
from annotator.domain.runs import Run
from annotator.domain.spans import Span
from annotator.domain.text import stored_words
from annotator.store.edits.marks import DERIVED, derived, placed
from annotator.store.imports.chains import Chains
from annotator.store.imports.ids import Ids
from annotator.store.imports.job import Job
from annotator.store.imports.rows import Rows
from annotator.store.imports.run import UnusualError
from annotator.store.imports.texts import Texts


class Marks:
    """Takes marks with their chains."""

    def __init__(self, job: Job, rows: Rows, ids: Ids, texts: Texts) -> None:
        self._job = job
        self._rows = rows
        self._ids = ids
        self._texts = texts
        self._chains = Chains(job, rows)

    def take(self, record: Mark) -> None:
        """Store a mark; one without words is left out, counted and reported."""
        job = self._job
        if record.label not in job.scheme.labels:
            job.refuse("label-unknown", label=record.label)
        if not record.spans or any(start >= end for start, end in record.spans):
            job.result.refused += 1
            job.report("mark-without-words", id=record.id, **job.place)
            return
        attributes = self._allowed(record)
        settled = self._ids.settled(record) | {"attributes": attributes}
        text = self._texts.text(settled["article"])
        place = placed(text, self._anchored(record, settled["article"], text))
        settled |= {"spans": place["spans"], "quotes": place["quotes"]}
        settled["hedges"] = self._inside(record, settled["article"], len(text), record.hedges)
        settled["attribution"] = self._attributed(record, settled["article"], len(text))
        self._chains.store_that_of(settled["id"])  # a mark that came before is compared with all of it
        if self._ids.is_there_already(record, settled):
            return
        settled["created"] = record.created or job.began
        if record.scheme_version is None:
            settled["scheme_version"] = job.scheme.version
        self._rows.insert(record, settled, derived(place))
        chain = settled["attribution"]
        self._chains.add([settled["id"]], [chain], {step.source: step.source for step in chain})

    def _allowed(self, record: Mark) -> dict[str, Any]:
        """The attributes of a mark.

        A value that the scheme does not know is refused, or left out and told where another program gave it.
        """
        allowed = {}
        for name, value in record.attributes.items():
            try:
                self._job.scheme.check_attribute(record.label, name, value)
                allowed[name] = value
            except UserError as error:
                if not self._job.is_of_others:
                    self._job.refuse_as(error)
                self._job.report(
                    "attribute-left-out", id=record.id, attribute=name, value=value, **self._job.place
                )
        return allowed

    def look_up(self, run: Run[Mark]) -> None:
        """Have at hand what it takes to place the marks of a run."""
        if not run.prepared:
            self._texts.look_up()

    def store_chains(self) -> None:
        """Commit chains, which may wait longer than their marks."""
        self._chains.store()

    def checked(self, run: Run[Mark]) -> Callable[[], None]:
        """What stores a run in which every mark is as it should be.

        Raises UnusualError, or the UserError of a rule, where one has to be looked at on its own.
        """
        columns, scheme, version = run.columns, self._job.scheme, self._job.scheme.version
        if not scheme.labels.keys() >= set(columns["label"]):
            raise UnusualError
        for label, attributes in zip(columns["label"], columns["attributes"], strict=True):
            for name, value in attributes.items():
                scheme.check_attribute(label, name, value)
        settled = self._ids.settled_at_once(run)
        if any(map(self._texts.is_shifted, set(settled["article"]))):
            raise UnusualError
        places = run.prepared or placed_all(map(self._texts.text, settled["article"]), columns)
        if not places:
            raise UnusualError
        derived = dict(zip(DERIVED, cast(Placed, places), strict=True))
        settled["created"] = [given or self._job.began for given in columns["created"]]
        settled["scheme_version"] = [
            version if given is None else given for given in columns["scheme_version"]
        ]
        named = {step.source for attribution in columns["attribution"] for step in attribution}
        sources = {given: self._source(given) for given in named}
        return partial(self._store, run, settled, derived, sources)

    def _store(
        self,
        run: Run[Mark],
        settled: Mapping[str, Sequence[Any]],
        derived: Mapping[str, Sequence[Any]],
        sources: Mapping[str | None, str | None],
    ) -> None:
        self._rows.insert_all(run, settled, derived)
        self._chains.add(settled["id"], run.columns["attribution"], sources)

    def _source(self, given: str | None) -> Any:
        return self._ids.reference("source", given, "attribution")

    def _anchored(self, given: Mark, article: str, text: str) -> list[Span]:
        """Where the words of a mark stand in the stored text, repaired where asked."""
        spans = [self._texts.shifted(article, span) for span in given.spans]
        quotes: list[str | None] = [*given.quotes] or [None] * len(spans)
        if len(quotes) != len(spans):
            self._job.refuse("quotes-count-differs", id=given.id, spans=len(spans), quotes=len(quotes))
        return [self._found(given, text, span, quote) for span, quote in zip(spans, quotes, strict=True)]

    def _found(self, given: Mark, text: str, span: Span, quote: str | None) -> Span:
        try:
            if quote is None:
                _check_inside(span, len(text))
                return span
            quote = stored_words(quote)
            check_quote(text, span, quote)
            return span
        except UserError as error:
            repaired = reanchor(text, span, quote) if self._job.repair and quote is not None else None
            if repaired is None:
                unit = counted(text, span, quote) if quote is not None else None
                self._job.refuse_as(error, id=given.id, unit=unit)
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

    def _inside(self, given: Mark, article: str, length: int, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Spans beside the mark's own, moved with the text and checked against its length."""
        found = tuple([self._texts.shifted(article, span) for span in spans])
        try:
            for span in found:
                _check_inside(span, length)
        except UserError as error:
            self._job.refuse_as(error, id=given.id)
        return found

    def _attributed(self, given: Mark, article: str, length: int) -> tuple[Attribution, ...]:
        return tuple(
            [
                Attribution(
                    self._source(step.source),
                    self._inside(given, article, length, step.cue),
                    self._inside(given, article, length, step.mention),
                )
                for step in given.attribution
            ]
        )


def _check_inside(span: Span, length: int) -> None:
    if not 0 <= span.start < span.end <= length:
        raise UserError("span-outside", start=span.start, end=span.end, length=length)
