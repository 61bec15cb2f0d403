"""Edits of links: which mark answers, denies or supports which."""

from __future__ import annotations

from typing import Any

from annotator.domain.defaults import check_link
from annotator.domain.definitions import decided
from annotator.domain.errors import UserError
from annotator.domain.ids import LinkId, MarkId, PropositionId, new_id
from annotator.domain.model import Link, Ref
from annotator.store import read
from annotator.store.edits.claims import add_mention, ensure_node, join
from annotator.store.edits.rowwise import insert, now, require, update
from annotator.store.store import Store

ACTS = {"denies": "deny", "supports": "support"}
"""Kinds that are acts when they end at a claim node: stored as mentions with this stance."""


def is_act(kind: str, origin: Ref, target: Ref) -> bool:
    """Whether a link is stored as mentions and not as a link."""
    if origin.table != "mark":
        return False
    return target.table == "mark" if kind == "same_claim" else kind in ACTS and target.table == "proposition"


def perform_act(store: Store, kind: str, origin: Ref, target: Ref, note: str | None = None) -> None:
    """Make the mentions an act is stored as; the note goes to the mention of a claim node."""
    if target.table == "proposition":
        add_mention(store, MarkId(origin.id), PropositionId(target.id), ACTS[kind], note=note)
    else:
        join(store, MarkId(origin.id), MarkId(target.id))


def add_link(
    store: Store,
    kind: str,
    origin: Ref,
    target: Ref,
    *,
    how: str | None = None,
    inferred: bool = False,
    note: str | None = None,
) -> LinkId | None:
    """Link two ends; returns None where the link is an act that is kept as mentions.

    `same_claim` puts both marks under one claim node. `denies` and `supports`
    from a mark to a claim node are mentions of it. `denies` between two marks
    gives the denied claim a node. Raises UserError("link-...") where the scheme
    forbids an end, where both ends are one, or where the link is there already.
    """
    check_ends(store, kind, origin, target)
    link = LinkId(new_id())
    with store.operation("add-link", kind=kind, origin=tuple(origin), target=tuple(target)):
        if is_act(kind, origin, target):
            perform_act(store, kind, origin, target, note)
            return None
        _refuse_double(store, kind, origin, target)
        record = Link(
            id=link,
            kind=kind,
            origin=origin,
            target=target,
            how=how,
            inferred=inferred,
            note=note,
            annotator=store.me(),
            created=now(store),
            extra=decided(read.scheme(store), kind, {}),
        )
        insert(store, record)
        _give_node(store, kind, target)
    return link


def _give_node(store: Store, kind: str, target: Ref) -> None:
    """A denied claim gets a claim node."""
    if kind == "denies" and target.table == "mark":
        ensure_node(store, MarkId(target.id))


def check_ends(store: Store, kind: str, origin: Ref, target: Ref) -> None:
    """Raise UserError where the scheme does not allow a link between two ends."""
    if origin == target:
        raise UserError("link-to-itself", kind=kind)
    if origin.table not in ("mark", "exhibit"):
        raise UserError("link-origin-refused", kind=kind, end=origin.table)
    for end in (origin, target):
        require(store, end.table, end.id)
    check_link(read.scheme(store), kind, end_name(store, origin), end_name(store, target))


def end_name(store: Store, end: Ref) -> str:
    """What the scheme calls an end: the label of a mark, otherwise the table.

    Raises UserError("no-such-row") where the mark is not there.
    """
    if end.table != "mark":
        return end.table
    found = store.query("SELECT label FROM main.mark WHERE id = ?", (end.id,))
    if not found:
        raise UserError("no-such-row", table=end.table, id=end.id)
    return str(found[0][0])


def _refuse_double(store: Store, kind: str, origin: Ref, target: Ref) -> None:
    there = store.query(
        f"SELECT 1 FROM main.link WHERE kind = ? AND from_{origin.table} = ? AND to_{target.table} = ?",
        (kind, origin.id, target.id),
    )
    if there:
        raise UserError("link-there-already", kind=kind)


def edit_link(store: Store, link: LinkId, **changes: Any) -> None:
    """Change kind, ends, how, inferred or note. Another kind or end is checked like a new link.

    A link that becomes an act is replaced by the mentions it is stored as.
    """
    with store.operation("edit-link", link=link, fields=sorted(changes)):
        before = read.link(store, link)
        kind, origin, target = (
            changes.get(name, getattr(before, name)) for name in ("kind", "origin", "target")
        )
        if (kind, origin, target) != (before.kind, before.origin, before.target):
            check_ends(store, kind, origin, target)
            if is_act(kind, origin, target):
                delete_link(store, link)
                perform_act(store, kind, origin, target, changes.get("note", before.note))
                return
            _refuse_double(store, kind, origin, target)
        if kind != before.kind:
            changes.setdefault("extra", decided(read.scheme(store), kind, before.extra))
        update(store, Link, link, **changes)
        _give_node(store, kind, target)


def reverse_link(store: Store, link: LinkId) -> None:
    """Let a link between two marks run the other way."""
    with store.operation("reverse-link", link=link):
        before = read.link(store, link)
        if before.target.table != "mark" or before.origin.table != "mark":
            raise UserError("link-not-reversible", kind=before.kind)
        edit_link(store, link, origin=before.target, target=before.origin)


def delete_link(store: Store, link: LinkId) -> None:
    """Delete a link; the claim node it may have given stays with its mention."""
    with store.operation("delete-link", link=link):
        if not store.execute("DELETE FROM main.link WHERE id = ?", (link,)):
            raise UserError("no-such-row", table="link", id=link)
