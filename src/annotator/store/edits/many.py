"""One change of many marks: what it would do is told first, and all of it is one operation."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.ids import MarkId
from annotator.domain.scheme import Scheme
from annotator.store import read
from annotator.store.bulk import LARGE, Progress
from annotator.store.edits.scheme import (
    PAGE,
    Note,
    Values,
    in_pages,
    nobody_waits,
    relabel_all,
    rewrite,
)
from annotator.store.json_columns import dump
from annotator.store.store import Store

Obstacle = Literal["frozen", "breaks-link", "other-label"]
"""Why a mark stays as it is: its article has a newer version, a link of it would get an end
that its kind forbids, its label has no such attribute."""
_NAMES = {"label": "relabel-marks", "attribute": "set-attribute-of-marks", "status": "set-status-of-marks"}


class MarkChange(NamedTuple):
    """What marks get: a label, a status, or a value of an attribute, where None takes it away."""

    field: Literal["label", "attribute", "status"]
    value: str | None
    attribute: str = ""


class Outlook(NamedTuple):
    """What a change would do: to which marks, how many are so already, and how many stay, and why."""

    marks: tuple[MarkId, ...]
    same: int
    left: Mapping[Obstacle, int]


class _Row(NamedTuple):
    id: MarkId
    label: str
    status: str
    attributes: Mapping[str, Any]
    is_frozen: bool


def foresee(store: Store, marks: Sequence[MarkId], change: MarkChange) -> Outlook:
    """What a change would do to some marks. Raises UserError for what the scheme does not know."""
    scheme = read.scheme(store)
    _check(scheme, change)
    changed: list[MarkId] = []
    left: Counter[Obstacle] = Counter()
    same = 0
    for page in _pages(store, marks):
        for row, why in _judged(store, scheme, page, change):
            if why == "same":
                same += 1
            elif why is None:
                changed.append(row.id)
            else:
                left[why] += 1
    return Outlook(tuple(changed), same, dict(left))


def change_marks(
    store: Store, marks: Sequence[MarkId], change: MarkChange, progress: Progress | None = None
) -> Outlook:
    """Carry out a change on all marks that can have it; returns what was done.

    What changes many marks is shown at once, at its end, and may be done by a worker;
    progress as in `Store.undo`.
    """
    outlook = foresee(store, marks, change)
    if not outlook.marks:
        return outlook
    details = {"count": len(outlook.marks), change.field: change.attribute or change.value}
    name = _NAMES[change.field]
    if len(outlook.marks) > LARGE and not store.is_editing:
        with store.large(name, details, progress) as large:
            large.at_seal(lambda: _carry_out(store, outlook.marks, change, large.note))
    else:
        with store.operation(name, **details):
            _carry_out(store, outlook.marks, change)
    return outlook


def _check(scheme: Scheme, change: MarkChange) -> None:
    if change.field == "label" and change.value not in scheme.labels:
        raise UserError("label-unknown", label=change.value)
    if change.field == "attribute":
        if change.value is None and change.attribute in scheme.attributes:
            return
        scheme.check_attribute("", change.attribute, change.value)


def _pages(store: Store, marks: Sequence[MarkId]) -> Iterator[list[_Row]]:
    for first in range(0, len(marks), PAGE):
        rows = store.query(
            "SELECT m.id, m.label, m.status, m.attributes,"
            " EXISTS (SELECT 1 FROM main.article n WHERE n.version_of = m.article)"
            " FROM json_each(?) e CROSS JOIN shown_mark m ON m.id = e.value",
            (dump(list(marks[first : first + PAGE])),),
        )
        yield [_Row(row[0], row[1], row[2], json.loads(row[3]), bool(row[4])) for row in rows]


def _judged(
    store: Store, scheme: Scheme, rows: Sequence[_Row], change: MarkChange
) -> Iterator[tuple[_Row, Obstacle | Literal["same"] | None]]:
    bound = _bound(store, scheme, rows, str(change.value)) if change.field == "label" else frozenset()
    attribute = scheme.attributes.get(change.attribute)
    for row in rows:
        if _has(row, change):
            yield row, "same"
        elif row.is_frozen:
            yield row, "frozen"
        elif row.id in bound:
            yield row, "breaks-link"
        elif change.value is not None and attribute is not None and not attribute.fits(row.label):
            yield row, "other-label"
        else:
            yield row, None


def _has(row: _Row, change: MarkChange) -> bool:
    if change.field == "label":
        return row.label == change.value
    if change.field == "status":
        return row.status == change.value
    held = row.attributes.get(change.attribute)
    return held == ([change.value] if isinstance(held, list) else change.value)


def _bound(store: Store, scheme: Scheme, rows: Sequence[_Row], label: str) -> frozenset[str]:
    """The marks that a label would make a forbidden end of one of their links."""
    ends = "SELECT e.value, l.kind, {} FROM json_each(:ids) e CROSS JOIN main.link l ON l.{} = e.value"
    sql = f"{ends.format(1, 'from_mark')} UNION ALL {ends.format(0, 'to_mark')}"
    kinds = scheme.link_kinds
    return frozenset(
        mark
        for mark, kind, is_origin in store.query(sql, {"ids": dump([row.id for row in rows])})
        if kind in kinds and not (kinds[kind].starts_at(label) if is_origin else kinds[kind].ends_at(label))
    )


def _carry_out(store: Store, marks: Sequence[MarkId], change: MarkChange, note: Note = nobody_waits) -> None:
    match change.field:
        case "label":
            _relabel(store, marks, str(change.value), note)
        case "attribute":
            rewrite(store, marks, _setter(read.scheme(store), change), note)
        case "status":
            for page in in_pages(marks, note):
                store.execute(
                    "UPDATE main.mark SET status = ? WHERE id IN (SELECT value FROM json_each(?))",
                    (change.value, dump(list(page))),
                )


def _relabel(store: Store, marks: Sequence[MarkId], label: str, note: Note) -> None:
    scheme = read.scheme(store)
    by_label: defaultdict[str, list[str]] = defaultdict(list)
    for page in _pages(store, marks):
        for row in page:
            by_label[row.label].append(row.id)
    for old, ids in by_label.items():
        relabel_all(store, (scheme, scheme), ids, (old, label), is_decided=True, note=note)


def _setter(scheme: Scheme, change: MarkChange) -> Any:
    name, several = change.attribute, scheme.attributes[change.attribute].several
    value = [change.value] if several else change.value

    def with_value(label: str, values: Values) -> Values:
        del label
        attributes, origins = dict(values[0]), dict(values[1])
        if change.value is None:
            attributes.pop(name, None)
            origins.pop(name, None)
        else:
            attributes[name], origins[name] = value, "bulk"
        return attributes, origins

    return with_value
