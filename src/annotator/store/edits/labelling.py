"""The label-all edit: one operation of many commits, which a worker may carry out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotator.domain.defaults import default_attributes
from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, ArticleId, MarkId, SourceId, new_id
from annotator.domain.model import Mark
from annotator.store import read
from annotator.store.bulk import Bulk, BulkCancelledError, Progress
from annotator.store.edits.frozen import require_open_article
from annotator.store.edits.marks import derived, placed
from annotator.store.edits.rowwise import next_number, now, require
from annotator.store.json_columns import dump
from annotator.store.rows import TABLES
from annotator.store.store import Store
from annotator.store.transactions import NothingDoneError

Spans = Sequence[tuple[int, int]]


def label_places(
    store: Store,
    label: str,
    places: Iterable[tuple[ArticleId, Spans]],
    *,
    source: SourceId | None = None,
    attributes: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> list[MarkId]:
    """Put a label on many words in many articles; returns the new marks, article by article.

    Words that bear the label already are passed over. Attributes start with the scheme's
    defaults; those given count as set in bulk. progress: told the places so far.
    Raises UserError like `add_mark`, and BulkCancelledError; then no mark is made.
    """
    labelling = _Labelling(store, label, dict(attributes or {}), source)
    by_article: defaultdict[ArticleId, list[Spans]] = defaultdict(list)
    for article, spans in places:
        by_article[article].append(spans)
    made: list[MarkId] = []
    count = 0
    try:
        with store.bulk("label-places", label=label, articles=len(by_article)) as bulk:
            for article, wanted in by_article.items():
                for mark in labelling.write(bulk, article, wanted):
                    count += 1
                    made += [mark] if mark else []
                    if progress and not progress(count):
                        raise BulkCancelledError
            if not made:
                raise NothingDoneError
    except NothingDoneError:
        pass
    return made


class _Labelling:
    """What all marks of one `label_places` have in common, and how each becomes rows."""

    def __init__(self, store: Store, label: str, attributes: dict[str, Any], source: SourceId | None) -> None:
        self._scheme = read.scheme(store)
        if label not in self._scheme.labels:
            raise UserError("label-unknown", label=label)
        for name, value in attributes.items():
            self._scheme.check_attribute(label, name, value)
        if source is not None:
            require(store, "source", source)
        defaults, origins = default_attributes(self._scheme, label)
        self._store = store
        self._label = label
        self._source = source
        self._attributes = defaults | attributes
        self._origins = origins | dict.fromkeys(attributes, "bulk")
        self._number = next_number(store, "mark")
        self._created = now(store)
        self._me: AnnotatorId | None = None

    def write(self, bulk: Bulk, article: ArticleId, places: Iterable[Spans]) -> Iterator[MarkId | None]:
        """Queue the marks of one article, with their source; None for one that is there already."""
        require_open_article(self._store, article)
        text = read.text(self._store, article)
        known = {
            row[0]
            for row in self._store.query(
                # A label has a quarter of a million marks, an article a few: the index of labels is left out.
                "SELECT spans FROM shown_mark WHERE article = ? AND +label = ?",
                (article, self._label),
            )
        }
        for spans in places:
            place = placed(text, spans)
            words = dump(place["spans"])
            if words in known:
                yield None
                continue
            known.add(words)
            record = Mark(
                id=MarkId(new_id()),
                article=article,
                label=self._label,
                spans=place["spans"],
                quotes=place["quotes"],
                annotator=self._annotator(bulk),
                attributes=self._attributes,
                origins=self._origins,
                scheme_version=self._scheme.version,
                created=self._created,
            )
            self._queue(bulk, record, derived(place))
            yield record.id

    def _annotator(self, bulk: Bulk) -> AnnotatorId:
        """Who labels; asked once, for it needs a transaction."""
        if self._me is None:
            with bulk.editing():
                self._me = self._store.me()
        return self._me

    def _queue(self, bulk: Bulk, mark: Mark, columns: Mapping[str, Any]) -> None:
        row = TABLES[Mark].to_row(mark) | dict(columns)
        row |= {"number": self._number, "operation": bulk.operation}
        self._number += 1
        names = ", ".join(f'"{name}"' for name in row)
        steps: list[tuple[Any, ...]] = []
        if self._source is not None:
            steps = [(new_id(), mark.id, 0, self._source, bulk.operation)]
        bulk.insert_together(
            (f"INSERT INTO main.mark ({names})", [tuple(row.values())]),
            ("INSERT INTO main.attribution (id, mark, level, source, operation)", steps),
        )
