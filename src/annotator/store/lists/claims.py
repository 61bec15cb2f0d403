"""Claim nodes as the panel shows them."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.ids import PropositionId
from annotator.store.lists import filters
from annotator.store.store import Store


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim node with its mentions counted by stance."""

    id: PropositionId
    number: int
    text: str
    support: int
    deny: int
    query: int
    comment: int


def claims(store: Store, *, text: str = "", limit: int = 200, offset: int = 0) -> list[ClaimRow]:
    """Claim nodes whose sentence holds `text`, with their mentions by stance."""
    counts = ", ".join(
        f"(SELECT count(*) FROM shown_mention n WHERE n.proposition = p.id AND n.stance = '{stance}')"
        for stance in ("support", "deny", "query", "comment")
    )
    rows = store.query(
        f"SELECT p.id, p.number, p.text, {counts} FROM shown_proposition p"
        f" WHERE {filters.holds('p.text')} OR 'c' || p.number = :text"
        " ORDER BY p.number LIMIT :limit OFFSET :offset",
        filters.words(text) | {"limit": limit, "offset": offset},
    )
    return [ClaimRow(*row) for row in rows]
