"""Values for what is being typed in a query, as the project has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.completing import Wish, names
from annotator.domain.handles import handle
from annotator.domain.query import ATTRIBUTE
from annotator.domain.scheme import SILENCE, STANCES, Scheme
from annotator.domain.statuses import STATUSES
from annotator.store import lists, read
from annotator.store.lists.claims import claim_places, heads_at
from annotator.store.store import Store

MOST = 8
"""How many values are suggested."""
_CERTAINTY = "certainty"
_FROM_LISTS = frozenset({"source", "owner", "outlet", "article", "claim"})


class Suggestion(NamedTuple):
    """A name or value as it is written, and what tells more about it."""

    written: str
    about: str = ""


def takes_long(wish: Wish) -> bool:
    """Whether lists are looked through, up to 35 ms of the processor at 100,000 articles."""
    return wish.field in _FROM_LISTS


def suggestions(store: Store, wish: Wish) -> list[Suggestion]:
    """What may be meant, the likeliest first; none where nothing is known."""
    scheme = read.scheme(store)
    if not wish.field:
        return [Suggestion(name) for name in names(wish.typed, list(scheme.attributes))][:MOST]
    return [one for one in _values(store, scheme, wish) if one.written != wish.typed][:MOST]


def _values(store: Store, scheme: Scheme, wish: Wish) -> Iterable[Suggestion]:
    typed = wish.typed
    match wish.field:
        case "source" | "owner" | "outlet":
            found = lists.source_places(store, text=typed, by_use=True, limit=MOST)
            return [
                Suggestion(row.name, row.role or row.kind) for row in lists.sources_at(store, found) if row
            ]
        case "article":
            places = lists.article_places(store, text=typed, limit=MOST)
            return [
                Suggestion(handle("article", row.number), row.title or "")
                for row in lists.articles_at(store, places)
                if row
            ]
        case "claim":
            rows = heads_at(store, claim_places(store, text=typed, limit=MOST))
            return [Suggestion(handle("proposition", row.number), row.text) for row in rows if row]
        case "annotator":
            return _alike(typed, ((name, "") for name in read.annotators(store).values()))
    return _alike(typed, _of_scheme(scheme, wish.field))


def _of_scheme(scheme: Scheme, field: str) -> Iterable[tuple[str, str]]:
    match field:
        case "label":
            return [(label.id, label.name) for label in scheme.labels.values()]
        case "kind":
            kinds = [(kind.id, kind.name) for kind in scheme.link_kinds.values()]
            return [*kinds, *((kind, "") for kind in scheme.source_kinds)]
        case "status":
            return [(status, "") for status in (*STATUSES, "open")]
        case "stance":
            return [(stance, "") for stance in (*STANCES, SILENCE)]
    attribute = scheme.attributes.get(_CERTAINTY if field == _CERTAINTY else field.removeprefix(ATTRIBUTE))
    values = attribute.values if attribute else None
    return [(value, attribute.value_name(value)) for value in values or ()] if attribute else []


def _alike(typed: str, values: Iterable[tuple[str, str]]) -> list[Suggestion]:
    """The values that begin as typed, by id or by name, before those that only hold it."""
    wanted = typed.casefold()
    held = [
        (not any(one.casefold().startswith(wanted) for one in value), Suggestion(*value))
        for value in values
        if any(wanted in one.casefold() for one in value)
    ]
    return [suggestion for _, suggestion in sorted(held, key=lambda row: row[0])]
