"""Changes of labels: new ones, two that become one, one that becomes two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.ids import MarkId
from annotator.domain.scheme import Scheme
from annotator.domain.scheme_changes import (
    Draft,
    LabelsLeft,
    Relabelling,
    SchemeChange,
    named,
    new_id,
    replaced,
)
from annotator.domain.scheme_signs import free_colour, free_letter, owners


def add_label(
    scheme: Scheme, name: str, *, like: str | None = None, colours: Sequence[str] = ()
) -> SchemeChange:
    """A new label, with a letter and a colour that are free.

    like: a label whose stance, values and ends of links it gets too. Raises UserError("scheme-name-...").
    """
    draft, row = _with_label(scheme, name, like, colours)
    return draft.change("add-label", title=row["name"])


def split_label(
    scheme: Scheme, label: str, name: str, marks: Iterable[MarkId], colours: Sequence[str] = ()
) -> SchemeChange:
    """A new label like another one, for some of its marks. Raises UserError("scheme-split-nothing")."""
    chosen = tuple(marks)
    if not chosen:
        raise UserError("scheme-split-nothing", label=scheme.labels[label].name)
    draft, row = _with_label(scheme, name, label, colours)
    change = draft.change("split-label", old=scheme.labels[label].name, new=row["name"], marks=len(chosen))
    return replace(change, moves=(Relabelling(label, row["id"], chosen),))


def _with_label(
    scheme: Scheme, name: str, like: str | None, colours: Sequence[str]
) -> tuple[Draft, dict[str, Any]]:
    draft = Draft(scheme)
    words = named(scheme, "labels", name)
    row: dict[str, Any] = {"id": new_id(words, owners(scheme)), "name": words}
    row["letter"] = free_letter((label.letter for label in scheme.labels.values()), words)
    if like is not None:
        model = draft.row("labels", like)
        row |= {field: model[field] for field in ("stance", "layer") if field in model}
        for ends in _lists_of_labels(draft):
            if like in ends:
                ends.append(row["id"])
    draft.add("labels", row, after=like)
    colour = free_colour(scheme, colours)
    if colour:
        draft.data["colours"] = {**scheme.colours, row["id"]: colour}
    return draft, row


def merge_labels(scheme: Scheme, old: str, new: str) -> SchemeChange:
    """Let one label take over the marks of another one, and all that was allowed to it."""
    if old == new:
        raise UserError("scheme-merge-itself", name=scheme.labels[old].name)
    draft = Draft(scheme)
    names = [draft.row("labels", label).get("name", label) for label in (old, new)]
    for ends in _lists_of_labels(draft):
        ends[:] = replaced(ends, old, new)
    _adopt(draft, old, new)
    draft.drop("labels", old, instead=new)
    change = draft.change("merge-labels", old=names[0], new=names[1])
    return replace(change, moves=(Relabelling(old, new),))


def delete_label(scheme: Scheme, label: str) -> SchemeChange:
    """Take away a label that no mark has. Raises UserError("scheme-last-label") for the only one."""
    draft = Draft(scheme)
    name = draft.row("labels", label).get("name", label)
    if len(scheme.labels) == 1:
        raise UserError("scheme-last-label", label=name)
    for ends in _lists_of_labels(draft):
        ends[:] = replaced(ends, label, None)
    _adopt(draft, label, None)
    draft.drop("labels", label)
    change = draft.change("delete-label", title=name)
    return replace(change, demands=(LabelsLeft(tuple(change.scheme.labels)),))


def set_stance(scheme: Scheme, label: str, stance: str | None) -> SchemeChange:
    """Say what a mark with a label does to a claim by itself; mentions that are there stay."""
    draft = Draft(scheme)
    row = draft.row("labels", label)
    row["stance"] = stance
    draft.define(row)
    return draft.change("define-in-scheme", title=row.get("name", label), version=draft.data["version"])


def _lists_of_labels(draft: Draft) -> list[list[str]]:
    """Every list of labels in attributes and kinds of links, to be changed."""
    found = []
    for group, fields in (("attributes", ("on",)), ("link_kinds", ("from", "to"))):
        for row in draft.rows(group):
            for field in fields:
                if row.get(field) is not None:
                    row[field] = list(row[field])
                    found.append(row[field])
    return found


def _adopt(draft: Draft, old: str, new: str | None) -> None:
    """Labels that narrow one that goes narrow what comes instead, or what that one narrowed."""
    rows = {row["id"]: row for row in draft.rows("labels")}
    above = rows[old].get("parent")
    if new is not None and rows[new].get("parent") == old:
        rows[new]["parent"] = above
    for row in rows.values():
        if row.get("parent") == old:
            row["parent"] = new or above
        if row.get("parent") == row["id"]:
            row["parent"] = None
