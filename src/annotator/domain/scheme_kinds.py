"""Changes of kinds of links and of the ends they allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.scheme import END_TABLES, Scheme
from annotator.domain.scheme_changes import (
    Draft,
    EndsLeft,
    KindMove,
    KindsLeft,
    SchemeChange,
    named,
    new_id,
)
from annotator.domain.scheme_signs import owners

SAME_CLAIM = "same_claim"
"""The kind that is kept as mentions of a claim and never as a link."""


def add_kind(scheme: Scheme, name: str, *, like: str | None = None) -> SchemeChange:
    """A new kind of link; like: one whose ends it gets, otherwise it takes any."""
    draft = Draft(scheme)
    words = named(scheme, "link_kinds", name)
    row: dict[str, Any] = {"id": new_id(words, owners(scheme)), "name": words, "passive": words}
    model = draft.row("link_kinds", like) if like else {}
    for side in ("from", "to"):
        row[side] = None if model.get(side) is None else list(model[side])
    draft.add("link_kinds", row, after=like)
    return draft.change("add-link-kind", title=words)


def set_passive(scheme: Scheme, kind: str, words: str) -> SchemeChange:
    """Say what a kind of link is called from its other end, such as “denied by”."""
    draft = Draft(scheme)
    row = draft.row("link_kinds", kind)
    row["passive"] = " ".join(words.split())
    if not row["passive"]:
        raise UserError("scheme-name-missing")
    return draft.change("rename-in-scheme", old=scheme.link_kinds[kind].passive, new=row["passive"])


def set_ends(scheme: Scheme, kind: str, side: str, ends: Sequence[str] | None) -> SchemeChange:
    """Say where links of a kind may start (`from`) or end (`to`); None allows every end.

    Refused by the store while there is a link with an end that would not be allowed any more.
    """
    draft = Draft(scheme)
    row = draft.row("link_kinds", kind)
    row[side] = None if ends is None else [end for end in every_end(scheme, side) if end in ends]
    draft.define()
    change = draft.change("define-in-scheme", title=row.get("name", kind), version=draft.data["version"])
    demands = () if ends is None else (EndsLeft(kind, side, tuple(row[side])),)
    return replace(change, demands=demands)


def every_end(scheme: Scheme, side: str) -> tuple[str, ...]:
    """All that a link can start at (`from`) or end at (`to`): labels, and tables beside them."""
    tables = ("exhibit",) if side == "from" else tuple(end for end in END_TABLES if end != "exhibit")
    return (*scheme.labels, *tables)


def merge_kinds(scheme: Scheme, old: str, new: str) -> SchemeChange:
    """Let one kind take over the links of another one, with the ends allowed to it.

    Raises UserError("scheme-merge-acts") where it would take over links that cannot be kept as mentions.
    """
    names = [scheme.link_kinds[kind].name for kind in (old, new)]
    if old == new:
        raise UserError("scheme-merge-itself", name=names[0])
    if new == SAME_CLAIM:
        raise UserError("scheme-merge-acts", kind=names[1])
    draft = Draft(scheme)
    gone, row = draft.row("link_kinds", old), draft.row("link_kinds", new)
    for side in ("from", "to"):
        mine, theirs = row.get(side), gone.get(side)
        row[side] = None if mine is None or theirs is None else list(dict.fromkeys([*mine, *theirs]))
    if gone.get("how") or row.get("how"):
        row["how"] = list(dict.fromkeys([*row.get("how", ()), *gone.get("how", ())]))
    draft.drop("link_kinds", old, instead=new)
    draft.define()
    change = draft.change("merge-link-kinds", old=names[0], new=names[1])
    return replace(change, moves=(KindMove(old, new),))


def delete_kind(scheme: Scheme, kind: str) -> SchemeChange:
    """Take away a kind of which there is no link."""
    draft = Draft(scheme)
    name = draft.row("link_kinds", kind).get("name", kind)
    draft.drop("link_kinds", kind)
    change = draft.change("delete-link-kind", title=name)
    return replace(change, demands=(KindsLeft(tuple(change.scheme.link_kinds)),))
