"""Sources and articles on their way in: each after those it refers to."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from typing import Any, cast

from annotator.domain.dates import is_date
from annotator.domain.errors import UserError
from annotator.domain.handles import handle
from annotator.domain.model import Article, Region, Source
from annotator.domain.prepared import Prepared, sketched
from annotator.domain.runs import Run
from annotator.domain.spans import Span
from annotator.domain.statuses import STATUSES
from annotator.domain.text import BOM, REPLACEMENT, normalise_text, text_sha256
from annotator.store.imports.ids import Ids
from annotator.store.imports.job import Job
from annotator.store.imports.rows import Rows
from annotator.store.imports.run import UnusualError
from annotator.store.rows import TABLES
from annotator.store.sketches import Sketched

WAITING = 500
"""How many records wait at most before those whose references are known are stored."""
CHARACTERS = 1_000_000
"""How many characters of texts wait at most, likewise."""
_Prepared = Sequence[Prepared | None]


class Texts:
    """Takes sources and articles, and answers for the texts that marks stand in."""

    def __init__(self, job: Job, rows: Rows, ids: Ids) -> None:
        self._job = job
        self._rows = rows
        self._ids = ids
        self._waiting: list[Source | Article] = []
        self._patience = WAITING
        self._characters = 0
        self._dropped: dict[str, array[int]] = {}
        self._last: tuple[str, str] = ("", "")
        self._near: Mapping[str, str] = {}
        self._closing: list[tuple[str, str, str]] = []
        self._is_held_up = False
        """Whether what waited when it was last looked at had to go on waiting."""

    def take(self, record: Source | Article) -> None:
        """Let a record wait for those it refers to."""
        self._waiting.append(record)
        self._ids.define(record.type, record.id)
        self._characters += len(record.text) if isinstance(record, Article) else 0
        if len(self._waiting) >= self._patience or self._characters >= CHARACTERS:
            self.store_waiting(is_last=False)
            self._patience = WAITING + 2 * len(self._waiting)
            self._characters = 0

    def checked(self, run: Run[Article]) -> Callable[[], None]:
        """What stores a run in which every article is as it should be, its text a new one.

        Raises UnusualError, or the UserError of a rule, where one has to be looked at on its own.
        """
        columns = run.columns
        if (
            self._waiting
            or not set(STATUSES) >= set(columns["status"])
            or not all(map(_is_kept, set(columns["date"])))
        ):
            raise UnusualError
        settled = self._ids.settled_at_once(run)
        given = (columns[name] for name in ("id", "text", "sha256"))
        texts = dict(map(self._normalised, *given, _prepared(run)))
        if len(texts) < len(run) or not self._rows.are_new([*texts]):
            raise UnusualError
        if any(map(_replaced, columns["text"], texts.values())):  # which is to be told of each
            raise UnusualError
        lengths = map(len, texts.values())
        settled["regions"] = [*map(self._regions, settled["id"], columns["regions"], lengths)]
        settled["sha256"] = [*texts]
        return partial(self._store_run, run, settled, texts)

    def _store_run(
        self, run: Run[Article], settled: Mapping[str, Sequence[Any]], texts: Mapping[str, str]
    ) -> None:
        self._rows.add_texts(texts)
        originals = [*map(self._rows.add_original, run.columns["original"])]
        self._rows.insert_all(run, settled, {"original": originals})
        for row_id in settled["id"]:
            self._job.result.articles.append(row_id)
        self._sketch(settled["id"], texts.values(), _prepared(run))

    def _sketch(self, articles: Sequence[str], texts: Iterable[str], found: _Prepared) -> None:
        """Keep sketches of the new texts of the last articles that were queued."""
        if self._job.sketches is not None:
            contents, numbers = (self._rows.last(table, len(articles)) for table in ("content", "article"))
            sketches = [one.sketch if one else sketched(text) for text, one in zip(texts, found, strict=True)]
            self._job.sketches.keep([*map(Sketched, contents, articles, numbers, sketches)])

    def make_way(self) -> None:
        """Store what waits and can be stored, so that a run may follow it at once."""
        if self._waiting and not self._is_held_up:
            self.store_waiting(is_last=False)

    def store_waiting(self, is_last: bool = True) -> None:
        """Store what waits, references first; see `_open_circle` for those that go round in a circle.

        Costs a step for each record and each reference, however long a chain is.
        """
        at_hand = self._job.record
        records, self._waiting = self._waiting, []
        pending = {self._id(record) for record in records}
        blocked: dict[str, list[int]] = {}
        left: dict[int, str] = {}
        turn: Iterable[int] = range(len(records))
        while turn:
            freed: list[int] = []
            for place in turn:
                record = records[place]
                references = self._references(record)
                needed = next((one for one in references if one in pending), None)
                if needed or (not is_last and not all(map(partial(self._is_known, record), references))):
                    left[place] = needed or ""
                    if needed:
                        blocked.setdefault(needed, []).append(place)
                    continue
                left.pop(place, None)
                self._store(record)
                pending.discard(self._id(record))
                freed += blocked.pop(self._id(record), [])
            turn = sorted(freed)
            if left and is_last and not turn:
                place = self._open_circle(left, records, pending)
                blocked[left[place]].remove(place)
                turn = [place]
        self._waiting = [records[place] for place in sorted(left)]
        self._is_held_up = bool(left)
        self._job.record = at_hand

    def _id(self, record: Source | Article) -> str:
        return self._ids.stored(record.type, record.id)

    def _is_known(self, record: Source | Article, row_id: str) -> bool:
        return self._ids.is_known(record.type, row_id)

    def _references(self, record: Source | Article) -> list[str]:
        """The ids, as they are stored, of records of its own type that it names."""
        names = (name for name, target in TABLES[type(record)].references.items() if target == record.type)
        given = (getattr(record, name) for name in names)
        return [self._ids.stored(record.type, one) for one in given if one is not None]

    def _open_circle(
        self, left: Mapping[int, str], records: list[Source | Article], pending: Set[str]
    ) -> int:
        """The place of a record of a circle, in which what closes it is left for `close_circles`.

        Refuses a circle of articles, and one in which nobody would be the owner or the one source.
        """
        place = self._in_circle({self._id(records[place]): place for place in left}, left)
        record = records[place]
        if not isinstance(record, Source) or self._is_without_end(record, records):
            self._job.record = record
            self._job.refuse("reference-cycle", type=record.type, id=record.id)
        own = self._id(record)
        without: dict[str, Any] = {}
        for name in TABLES[Source].references:
            given = getattr(record, name)
            if given is not None and (target := self._ids.stored("source", given)) in pending:
                self._closing.append((own, name, target))
                without[name] = None
        records[place] = replace(record, **without)
        return place

    @staticmethod
    def _in_circle(places: Mapping[str, int], needed: Mapping[int, str]) -> int:
        """The place of a record of a circle, not of one that only leads to it."""
        met: set[int] = set()
        at = next(iter(needed))
        while at not in met:
            met.add(at)
            at = places[needed[at]]
        return at

    def _is_without_end(self, source: Source, records: Sequence[Source | Article]) -> bool:
        """Whether its affiliations, or what it is the same as, lead back to it."""
        by_id = {self._id(record): record for record in records}
        for name in ("affiliation", "same_as"):
            met: set[str] = set()
            at: Source | Article | None = source
            while at is not None and (given := getattr(at, name, None)) is not None:
                row_id = self._ids.stored("source", given)
                if row_id == self._id(source):
                    return True
                at = by_id.get(row_id) if row_id not in met else None
                met.add(row_id)
        return False

    def close_circles(self) -> None:
        """Write the references that were left out to break circles; runs inside `Bulk.editing`."""
        for source, name, target in self._closing:
            self._job.store.execute(
                f"UPDATE main.source SET {name} = ? WHERE id = ? AND operation = ?",
                (target, source, self._job.bulk.operation),
            )

    def look_up(self) -> None:
        """Have texts at hand that the marks of a run stand in; each on its own would cost a statement."""
        self._near = self._rows.texts_of(self._ids.named("article"))

    def text(self, article: str) -> str:
        """The stored text of an article; the last one stays at hand."""
        if self._last[0] != article:
            text = self._near.get(article)
            self._last = (article, self._rows.text_of(article) if text is None else text)
        return self._last[1]

    def is_shifted(self, article: str) -> bool:
        """Whether offsets in the text as it is stored are others than in the file."""
        return article in self._dropped

    def shifted(self, article: str, span: Span) -> Span:
        """Where a span of the text as the file has it stands in the text as it is stored."""
        dropped = self._dropped.get(article)
        if not dropped:
            return span if type(span) is Span else Span(*span)
        return Span(*(offset - bisect_left(dropped, offset) for offset in span))

    def _store(self, record: Source | Article) -> None:
        self._job.record = record
        if isinstance(record, Article):
            self._store_article(record)
        else:
            self._store_source(record)
        self._ids.note_stored(record.type, self._id(record))

    def _store_source(self, record: Source) -> None:
        if not record.name.strip():
            self._job.refuse("source-without-name")
        kinds = self._job.scheme.source_kinds
        if record.kind not in kinds:
            self._job.refuse("source-kind-unknown", kind=record.kind, kinds=kinds)
        settled = self._ids.settled(record)
        if not self._ids.is_there_already(record, settled):
            self._rows.insert(record, settled)

    def _store_article(self, record: Article) -> None:
        if record.status not in STATUSES:
            self._job.refuse("status-unknown", status=record.status, statuses=STATUSES)
        sha256, text = self._normalised(record.id, record.text, record.sha256)
        settled = self._ids.settled(record)
        row_id = settled["id"]
        settled |= {"text": "", "sha256": sha256}
        settled["regions"] = self._regions(row_id, record.regions, len(text))
        if self._ids.is_there_already(record, settled):
            return
        if not _is_kept(record.date):
            self._job.report("article-date-none", date=record.date, **self._job.place)
        if replaced := _replaced(record.text, text):
            self._job.report("control-characters-replaced", count=replaced, **self._job.place)
        is_new = self._rows.add_text(text, sha256)
        if not is_new:
            self._tell_of_double(record.title, sha256)
        self._rows.insert(record, settled, {"original": self._rows.add_original(record.original)})
        self._job.result.articles.append(row_id)
        if is_new:
            self._sketch([row_id], [text], [None])
        self._last = (row_id, text)

    def _tell_of_double(self, title: str | None, sha256: str) -> None:
        """Two articles may share a text, but whoever imports a file twice by mistake wants to know."""
        number = self._rows.number_of_text(sha256)
        if number is not None:
            self._job.report("text-there-already", title=title, handle=handle("article", number))

    def _normalised(
        self, given: str, whole: str, told: str | None, prepared: Prepared | None = None
    ) -> tuple[str, str]:
        """The hash of an article's text as it is stored, and that text.

        Where that drops characters, offsets in it will follow.
        """
        try:
            text = whole if prepared else normalise_text(whole)[0]
        except UserError as error:
            self._job.refuse_as(error, id=given)
        sha256 = prepared.sha256 if prepared else text_sha256(text)
        if told and told != sha256 and told != text_sha256(whole):
            self._job.refuse("text-hash-differs", id=given, given=told)
        if len(text) != len(whole):
            dropped = list(range(len(whole) - len(whole.lstrip(BOM))))
            dropped += [i for i, char in enumerate(whole) if char == "\r" and whole[i + 1 : i + 2] == "\n"]
            self._dropped[self._ids.stored("article", given)] = array("q", dropped)
        return sha256, text

    def _regions(self, article: str, regions: Sequence[Region], length: int) -> tuple[Region, ...]:
        return tuple([self._region(article, region, length) for region in regions])

    def _region(self, article: str, region: Region, length: int) -> Region:
        span = self.shifted(article, Span(*region.span))
        if not 0 <= span.start <= span.end <= length:
            self._job.refuse(
                "region-outside", kind=region.kind, start=span.start, end=span.end, length=length
            )
        return Region(region.kind, span)


def _prepared(run: Run[Article]) -> _Prepared:
    return cast(_Prepared, run.prepared) or [None] * len(run)


def _is_kept(date: str | None) -> bool:
    """Whether a date is written as dates are kept, if there is one."""
    return not date or is_date(date)


def _replaced(given: str, stored: str) -> int:
    """How many characters of a text gave way to U+FFFD."""
    return stored.count(REPLACEMENT) - given.count(REPLACEMENT) if stored is not given else 0
