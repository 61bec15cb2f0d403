"""The edit of a scheme in use: the scheme and all rows that follow it, as one operation."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotator.domain.defaults import default_stance
from annotator.domain.definitions import anew_for_link, decided
from annotator.domain.errors import UserError
from annotator.domain.ids import LinkId, MarkId, new_id
from annotator.domain.model import Link
from annotator.domain.scheme import Scheme
from annotator.domain.scheme_changes import (
    AttributeRemoval,
    KindMove,
    Move,
    NameMove,
    Relabelling,
    Reversal,
    SchemeChange,
    ValueMove,
)
from annotator.store import read
from annotator.store.bulk import LARGE, Progress
from annotator.store.edits.links import edit_link
from annotator.store.edits.marks import values_under
from annotator.store.edits.rowwise import update
from annotator.store.edits.scheme_names import drop_doubles, move_names, rename_searches
from annotator.store.json_columns import dump
from annotator.store.scheme_use import CERTAINTY, Touched, moved, obstacle, touched_by
from annotator.store.store import Store

PAGE = 2000
"""Marks that are rewritten together."""

Values = tuple[dict[str, Any], dict[str, str]]
"""The attributes of a mark and their origins."""
Note = Callable[[int], object]
"""Told how many more rows are done; whoever waits may stop it there by an exception."""


def change_scheme(store: Store, change: SchemeChange, progress: Progress | None = None) -> Touched:
    """Carry out a change of the scheme with all that follows from it; returns how much did.

    Raises UserError("scheme-...-in-use") where something is in use that the scheme
    would not know any more. What changes many rows is shown at once, at its end,
    and may be done by a worker; progress as in `Store.undo`. Older versions of
    articles follow too: their marks must have labels.
    """
    before = read.scheme(store)
    if change.scheme == before:
        return Touched()
    for demand in change.demands:
        found = obstacle(store, before, demand)
        if found is not None:
            raise UserError(found.code, **found.details)
    touched = touched_by(store, change)
    details = {**change.details, **{name: n for name, n in touched._asdict().items() if n}}
    if sum(touched) > LARGE and not store.is_editing:
        with store.large(change.name, details, progress) as large:
            large.at_seal(lambda: _carry_out(store, before, change, large.note))
    else:
        with store.operation(change.name, **details):
            _carry_out(store, before, change)
    return touched


def confirm_marks(store: Store, marks: Iterable[MarkId]) -> None:
    """Say that marks, with the links that start at them, are still right under the scheme as it is now."""
    scheme = read.scheme(store)
    version, listed = scheme.version, dump(list(marks))
    with store.operation("confirm-mark", marks=json.loads(listed)):
        store.execute(
            "UPDATE main.mark SET scheme_version = ?1 WHERE id IN (SELECT value FROM json_each(?2))"
            " AND scheme_version IS NOT ?1",
            (version, listed),
        )
        for link in read.records(store, Link, "from_mark IN (SELECT value FROM json_each(?))", (listed,)):
            if anew_for_link(scheme, link) is not None:
                update(store, Link, link.id, extra=decided(scheme, link.kind, link.extra))


def nobody_waits(rows: int) -> None:
    """Tell nobody how many rows are done."""


def in_pages(ids: Sequence[str], note: Note) -> Iterator[Sequence[str]]:
    """So many ids as are rewritten together; told after each page."""
    for first in range(0, len(ids), PAGE):
        page = ids[first : first + PAGE]
        yield page
        note(len(page))


def _carry_out(store: Store, before: Scheme, change: SchemeChange, note: Note = nobody_waits) -> None:
    rename_searches(store, change)  # while the scheme in which they were written is in force
    store.execute(
        "INSERT INTO main.scheme (id, version, data) VALUES (?, ?, ?)",
        (new_id(), change.scheme.version, dump(change.scheme.data)),
    )
    for move in change.moves:
        _move(store, (before, change.scheme), move, note)


def _move(store: Store, schemes: tuple[Scheme, Scheme], move: Move, note: Note) -> None:
    _, (sql, parameters) = moved(move)
    ids = [row[0] for row in store.query(sql, parameters)]
    match move:
        case Relabelling(old, new, marks):
            relabel_all(store, schemes, ids, (old, new), is_decided=marks is not None, note=note)
        case KindMove(old, new):
            _change_kind(store, ids, new, note)
        case ValueMove(attribute, old, new_value):
            rewrite(store, ids, lambda label, values: _moved(schemes[1], label, values, move), note)
            if attribute == CERTAINTY:
                store.execute("UPDATE main.mention SET certainty = ? WHERE certainty = ?", (new_value, old))
        case AttributeRemoval(attribute):
            rewrite(store, ids, lambda label, values: _without(values, attribute), note)
        case NameMove():
            move_names(store, ids, move)
        case Reversal():
            drop_doubles(store, ids)


def rewrite(
    store: Store, ids: Sequence[str], change: Callable[[str, Values], Values], note: Note = nobody_waits
) -> None:
    """Give marks the attributes that a function makes of their label and of those they have."""
    for page in in_pages(ids, note):
        changed = [
            (dump(attributes), dump(origins), mark)
            for mark, attributes, origins in _changed(store, page, change)
        ]
        store.execute_many("UPDATE main.mark SET attributes = ?, origins = ? WHERE id = ?", changed)


def _changed(
    store: Store, page: Sequence[str], change: Callable[[str, Values], Values]
) -> Iterator[tuple[str, dict[str, Any], dict[str, str]]]:
    rows = store.query(
        "SELECT id, label, attributes, origins FROM main.mark WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(page),),
    )
    for mark, label, attributes, origins in rows:
        yield mark, *change(label, (json.loads(attributes), json.loads(origins)))


def relabel_all(
    store: Store,
    schemes: tuple[Scheme, Scheme],
    ids: Sequence[str],
    labels: tuple[str, str],
    *,
    is_decided: bool,
    note: Note = nobody_waits,
) -> None:
    """As `marks.relabel` does; is_decided: whether somebody chose these very marks."""
    (before, after), (old, new) = schemes, labels
    stances: list[tuple[str, str, str]] = []
    for mark, attributes in _attributes(store, ids):
        had, has = default_stance(before, old, attributes), default_stance(after, new, attributes)
        if had != has:
            stances.append((has, mark, had))
    version = after.version if is_decided else None
    for page in in_pages(ids, note):
        changed = [
            (new, version, dump(values), dump(origins), mark)
            for mark, values, origins in _changed(
                store, page, lambda _, held: values_under(after, new, *held)
            )
        ]
        store.execute_many(  # at once: each time a row is written the history keeps it as it was and as it is
            "UPDATE main.mark SET label = ?, scheme_version = coalesce(?, scheme_version),"
            " attributes = ?, origins = ? WHERE id = ?",
            changed,
        )
    store.execute_many("UPDATE main.mention SET stance = ? WHERE mark = ? AND stance = ?", stances)


def _attributes(store: Store, ids: Sequence[str]) -> list[tuple[str, Mapping[str, Any]]]:
    rows = store.query(
        "SELECT m.id, m.attributes FROM json_each(?) e CROSS JOIN main.mark m ON m.id = e.value",
        (json.dumps(ids),),
    )
    return [(mark, json.loads(attributes)) for mark, attributes in rows]


def _change_kind(store: Store, ids: Sequence[str], kind: str, note: Note) -> None:
    """One link after the other: some become mentions, some are there already; none is decided on anew."""
    for page in in_pages(ids, note):
        for link in page:
            try:
                edit_link(store, LinkId(link), kind=kind, extra=read.link(store, LinkId(link)).extra)
            except UserError as error:
                if error.code != "link-there-already":
                    raise
                _join_double(store, link, kind)


def _join_double(store: Store, link: str, kind: str) -> None:
    """Of two links that would be the same one is left, with the note of either."""
    store.execute(
        "UPDATE main.link SET note = (SELECT note FROM main.link WHERE id = ?1) WHERE note IS NULL"
        " AND kind = ?2 AND (from_mark, from_exhibit, to_mark, to_proposition, to_source) IS"
        " (SELECT from_mark, from_exhibit, to_mark, to_proposition, to_source FROM main.link WHERE id = ?1)"
        " AND (SELECT note FROM main.link WHERE id = ?1) IS NOT NULL",
        (link, kind),
    )
    store.execute("DELETE FROM main.link WHERE id = ?", (link,))


def _moved(scheme: Scheme, label: str, values: Values, move: ValueMove) -> Values:
    attributes, origins = values
    held = attributes[move.attribute]
    if isinstance(held, list):
        moved_values = [move.new if one == move.old else one for one in held]
        left: Any = list(dict.fromkeys(one for one in moved_values if one is not None))
    else:
        left = move.new
    if left:
        return {**attributes, move.attribute: left}, origins
    default = scheme.defaults(label).get(move.attribute)
    if default is None:
        return _without(values, move.attribute)
    return {**attributes, move.attribute: default}, {**origins, move.attribute: "default"}


def _without(values: Values, attribute: str) -> Values:
    attributes, origins = (
        {name: one for name, one in table.items() if name != attribute} for table in values
    )
    return attributes, origins
