"""Changes of flags, kinds of sources and of regions, and kinds of links between claims."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.errors import UserError
from annotator.domain.scheme import Scheme
from annotator.domain.scheme_changes import (
    Draft,
    Move,
    NameMove,
    NamesLeft,
    Reversal,
    SchemeChange,
    named,
    new_id,
)
from annotator.domain.scheme_rows import Row, name_of, rows_of
from annotator.domain.source_kinds import NEEDED_KINDS

CLAIM_LINKS = "proposition_link_kinds"
FLAGS = "flags"


def add_name(scheme: Scheme, group: str, name: str) -> SchemeChange:
    """One more of a group, shown in the project's preset. Raises UserError("scheme-name-...")."""
    draft = Draft(scheme)
    words = named(scheme, group, name)
    row: Row = {"id": new_id(words, [one["id"] for one in rows_of(scheme.data, group)]), "name": words}
    draft.add(group, row)
    return draft.change("add-to-list", title=words, group=group)


def merge_names(scheme: Scheme, group: str, old: str, new: str) -> SchemeChange:
    """Let what has one of a group have another one, and take the first away."""
    names = name_of(scheme, group, old), name_of(scheme, group, new)
    if old == new:
        raise UserError("scheme-merge-itself", name=names[0])
    _require_free(scheme, group, old)
    draft = Draft(scheme)
    draft.row(group, new)
    draft.drop(group, old, instead=new)
    change = draft.change("merge-in-list", old=names[0], new=names[1], group=group)
    return replace(change, moves=(NameMove(group, old, new),))


def delete_name(scheme: Scheme, group: str, row_id: str) -> SchemeChange:
    """Take away one of a group of which there is none left; a flag goes from the marks that have it."""
    _require_free(scheme, group, row_id)
    draft = Draft(scheme)
    draft.drop(group, row_id)
    change = draft.change("delete-from-list", title=name_of(scheme, group, row_id), group=group)
    if group == FLAGS:
        return replace(change, moves=(NameMove(group, row_id, None),))
    left = tuple(row["id"] for row in rows_of(change.scheme.data, group))
    return replace(change, demands=(NamesLeft(group, left),))


def set_symmetric(scheme: Scheme, kind: str, is_symmetric: bool) -> SchemeChange:
    """Say whether a link between claims says the same from either end."""
    draft = Draft(scheme)
    row = draft.row(CLAIM_LINKS, kind)
    row["symmetric"] = is_symmetric
    draft.define()
    change = draft.change("define-in-scheme", title=row.get("name", kind), version=draft.data["version"])
    moves: tuple[Move, ...] = (Reversal(kind),) if is_symmetric else ()
    return replace(change, moves=moves)


def _require_free(scheme: Scheme, group: str, row_id: str) -> None:
    """Raise UserError("scheme-kind-needed") for a kind of source that rules of the program speak of."""
    if group == "source_kinds" and row_id in NEEDED_KINDS:
        raise UserError("scheme-kind-needed", kind=name_of(scheme, group, row_id))
