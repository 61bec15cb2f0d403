"""Claim nodes as the panel shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from annotator.domain.ids import MarkId, MentionId, PropositionId
from annotator.domain.scheme import SILENCE, STANCES
from annotator.store import read
from annotator.store.json_columns import dump
from annotator.store.lists import filters
from annotator.store.lists.places import Places, places, rows_at
from annotator.store.store import Store

_DONE = (*STANCES, SILENCE)
"""What marks do to claims."""
_NONE = (0, 0, 0)


class ClaimRow(NamedTuple):
    """A claim node with the marks counted that do something to it, by mention or by link (`stances_on`).

    Silence is none of the four. mentions: how many marks mention it, silent ones among them; by_link:
    how many more deny it, or are silent on it, by a link alone.
    """

    id: PropositionId
    number: int
    text: str
    mentions: int
    by_link: int
    support: int
    deny: int
    query: int
    comment: int


def claim_places(store: Store, *, text: str = "", limit: int = -1) -> Places:
    """The places of claim nodes whose sentence holds `text`, by number."""
    where = f"{filters.holds(text, 'p.text')} OR p.number = :number" if text else "1"
    return places(
        store,
        [f"SELECT p.rowid FROM shown_proposition p WHERE {where} ORDER BY p.number, p.rowid"],
        filters.parameters(text) | {"number": filters.number("proposition", text)},
        limit,
    )


class Said(NamedTuple):
    """What one mark does to a claim; without a mention where it does so by a link alone."""

    mark: MarkId
    stance: str
    mention: MentionId | None


class ClaimHead(NamedTuple):
    """A claim node alone."""

    id: PropositionId
    number: int
    text: str


def heads_at(store: Store, some: Sequence[int]) -> list[ClaimHead | None]:
    """The claims at some places without what is said on them; None where one is gone."""
    return rows_at(
        store,
        some,
        "p.id, p.number, p.text FROM here CROSS JOIN shown_proposition p ON p.rowid = here.value",
        lambda row: ClaimHead(*row),
    )


def claims_at(store: Store, some: Sequence[int]) -> list[ClaimRow | None]:
    """The claims at some places, with the marks that do something to them; None where one is gone."""
    heads = heads_at(store, some)
    ids = dump([row.id for row in heads if row])
    by_link = "CASE WHEN done.mention IS NULL THEN done.mark END"
    what = f"count(DISTINCT done.mark), count(done.mention), count(DISTINCT {by_link})"
    done = {(claim, stance): counts for claim, stance, *counts in _stated(store, ids, what)}
    return [row and _counted(row, {one: done.get((row.id, one), _NONE) for one in _DONE}) for row in heads]


def _counted(row: ClaimHead, done: Mapping[str, Sequence[int]]) -> ClaimRow:
    """A claim with how many marks do what to it; done: how many do, mentions and by link alone, by stance."""
    mentions, by_link = (sum(counts[which] for counts in done.values()) for which in (1, 2))
    return ClaimRow(*row, mentions, by_link, *(done[one][0] for one in STANCES))


def mentioned(store: Store, some: Sequence[int]) -> frozenset[int]:
    """The places of those claims, of some, that have mentions."""
    sql = (
        "SELECT h.value FROM json_each(?) h CROSS JOIN main.proposition p ON p.rowid = h.value"
        " WHERE EXISTS (SELECT 1 FROM shown_mention n WHERE n.proposition = p.id)"
    )
    return frozenset(place for (place,) in store.query(sql, (dump(list(some)),)))


def claims(store: Store, *, text: str = "", limit: int = 200, offset: int = 0) -> list[ClaimRow]:
    """A stretch of the claims that `claim_places` lists."""
    found = claim_places(store, text=text, limit=offset + limit)
    return [row for row in claims_at(store, found[offset:]) if row]


def said_on(store: Store, claim: PropositionId) -> list[Said]:
    """What marks do to a claim: assert it first, then deny, ask, comment, are silent; by link alone last."""
    sql, denials = _done(store)
    turns = " ".join(f"WHEN '{stance}' THEN {turn}" for turn, stance in enumerate(_DONE))
    rows = store.query(
        f"SELECT DISTINCT mark, stance, mention FROM ({sql})"
        f" ORDER BY CASE stance {turns} END, mention IS NULL, mention, mark",
        {"claims": dump([claim]), "denials": denials},
    )
    return [Said(*row) for row in rows]


def first_said(store: Store, claims: Sequence[str]) -> dict[PropositionId, str]:
    """The date of the first article in which a mark asserts or denies each claim, where it has one.

    The date of a mark is no sign of it: it may be that of what is told.
    """
    article = "SELECT a.date FROM shown_mark m CROSS JOIN shown_article a ON a.id = m.article"
    dated = f"min(({article} WHERE m.id = done.mark))"
    rows = _stated(store, dump(list(claims)), dated)
    first: dict[PropositionId, str] = {}
    for claim, stance, date in rows:
        if stance in ("support", "deny") and date is not None:
            first[claim] = min(first.get(claim, date), date)
    return first


def done_by_links(store: Store, claim: PropositionId, limit: int) -> list[tuple[MarkId, str]]:
    """Marks that deny a claim, or are silent on it, by a link to a mark that asserts it; and which it is."""
    sql, denials = _done(store)
    rows = store.query(
        f"SELECT DISTINCT m.number, m.id, done.stance FROM ({sql}) done"
        " CROSS JOIN shown_mark m ON m.id = done.mark WHERE done.mention IS NULL ORDER BY 1 LIMIT :limit",
        {"claims": dump([claim]), "denials": denials, "limit": limit},
    )
    return [(MarkId(mark), stance) for _, mark, stance in rows]


def _stated(store: Store, claims: str, what: str) -> list[tuple[Any, ...]]:
    """Something of what marks do to claims, by claim and stance. claims: their ids as JSON."""
    sql, denials = _done(store)
    return store.query(
        f"SELECT proposition, stance, {what} FROM ({sql}) done GROUP BY proposition, stance",
        {"claims": claims, "denials": denials},
    )


def _done(store: Store) -> tuple[str, str]:
    """A statement for what marks do to `:claims`, given as JSON, and the labels it asks for as `:denials`."""
    from annotator.store import conditions  # with the rules of the map, which a list that opens needs not

    sql = conditions.STATED_ON.format(
        claims="SELECT value FROM json_each(:claims)", denials="SELECT value FROM json_each(:denials)"
    )
    return sql, dump(conditions.denial_labels(read.scheme(store)))
