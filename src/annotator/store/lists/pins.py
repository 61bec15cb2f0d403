"""The tray: marks that stay at hand in every article."""

from __future__ import annotations

from annotator.domain.ids import MarkId
from annotator.store.lists.marks import MarkRow, marks_of
from annotator.store.store import Store

_MOST = 36


def pinned(store: Store) -> list[MarkRow]:
    """The pinned marks, the one pinned first on top; not more than a tray holds."""
    rows = store.query("SELECT mark FROM shown_pin ORDER BY id LIMIT ?", (_MOST,))
    ids = [MarkId(row[0]) for row in rows]
    found = marks_of(store, ids)
    return [found[one] for one in dict.fromkeys(ids) if one in found]


def at_hand(store: Store, held: MarkId | None) -> list[MarkRow]:
    """The mark in hand, if any, and the other pinned ones."""
    in_hand = marks_of(store, [held]).values() if held else ()
    return [*in_hand, *(row for row in pinned(store) if row.id != held)]
