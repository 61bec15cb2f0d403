"""Corrected articles: a newer version takes the marks over, and the older one is frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.domain.comparing import Alignment
from annotator.domain.errors import UserError
from annotator.domain.facts import CARRIED_FROM
from annotator.domain.ids import ArticleId, LinkId, MarkId, MentionId, new_id
from annotator.domain.model import Attribution, Link, Mention, Ref
from annotator.domain.spans import Span
from annotator.store import read, versions
from annotator.store.bulk import BulkCancelledError, Progress
from annotator.store.edits.articles import edit_article
from annotator.store.edits.frozen import require_open_article
from annotator.store.edits.marks import derived, placed, set_attribution
from annotator.store.edits.rowwise import insert
from annotator.store.store import Store
from annotator.store.versions import Review


def make_version(
    store: Store, new: ArticleId, old: ArticleId, progress: Progress | None = None
) -> list[Review]:
    """Make one article the newer version of another, and give it the marks whose words it still has.

    Carried marks keep label, values, chain, mentions and the links that start at
    them; a link between two carried marks joins the new ones. Links from other
    articles stay where they are: they answered the older words, and the map counts both
    versions as one work. A newer one without an outlet gets that of the older one, which
    printed both. Returns what became of every mark; those that are gone are
    left to `carry_mark`. progress: told the marks of the older one gone through. Raises
    UserError("article-frozen") where that has a newer version already, "reference-cycle",
    and BulkCancelledError; then nothing is changed.
    """
    require_open_article(store, old)
    with store.operation("new-version", article=new, of=old):
        edit_article(store, new, version_of=old)
        _name_outlet(store, new, old)
        found = versions.review(store, old, new)
        carried = {row.mark: row.carried.spans for row in found if row.carried.outcome != "gone"}
        left = len(found) - len(carried)

        def tell(made: int) -> None:
            if progress and not progress(left + made):
                raise BulkCancelledError

        _carry(store, versions.alignment(store, old, new), new, carried, tell)
        return versions.review(store, old, new)


def carry_mark(store: Store, mark: MarkId, new: ArticleId, spans: Sequence[Span]) -> MarkId:
    """Take one mark over that was gone, to words chosen by hand.

    Raises UserError("mark-carried-already") where the new version has it.
    """
    before = read.mark(store, mark)
    if mark in _known(store, new):
        raise UserError("mark-carried-already", mark=mark)
    with store.operation("carry-mark", mark=mark, article=new):
        return _carry(store, versions.alignment(store, before.article, new), new, {mark: tuple(spans)})[mark]


def _name_outlet(store: Store, new: ArticleId, old: ArticleId) -> None:
    rows = store.query(
        "SELECT o.outlet FROM main.article n JOIN main.article o ON o.id = ?"
        " WHERE n.id = ? AND n.outlet IS NULL AND o.outlet IS NOT NULL",
        (old, new),
    )
    for (outlet,) in rows:
        edit_article(store, new, outlet=outlet)


def _carry(
    store: Store,
    alignment: Alignment,
    new: ArticleId,
    wanted: Mapping[MarkId, Sequence[Span]],
    tell: Callable[[int], None] = lambda made: None,
) -> dict[MarkId, MarkId]:
    """Make the new marks, then what hangs on them, so that links find both their ends."""
    made: dict[MarkId, MarkId] = {}
    for mark, spans in wanted.items():
        tell(len(made))
        made[mark] = _carry_one(store, alignment, new, mark, spans)
    known = _known(store, new)
    for old, mark in made.items():
        tell(len(made))
        for mention in read.records(store, Mention, "mark = ?", (old,)):
            insert(store, replace(mention, id=MentionId(new_id()), origin_id=None, mark=mark))
        for link in read.records(store, Link, "from_mark = ? OR to_mark = ?", (old, old)):
            _carry_link(store, link, known)
    return made


def _known(store: Store, new: ArticleId) -> dict[str, MarkId]:
    rows = store.query(
        f"SELECT json_extract(extra, '$.{CARRIED_FROM}'), id FROM main.mark WHERE article = ?", (new,)
    )
    return {origin: MarkId(row_id) for origin, row_id in rows if origin}


def _carry_one(
    store: Store, alignment: Alignment, new: ArticleId, mark: MarkId, spans: Sequence[Span]
) -> MarkId:
    before = read.mark(store, mark)
    place = placed(alignment.new, spans)
    copy = replace(
        before,
        id=MarkId(new_id()),
        origin_id=None,
        article=new,
        spans=place["spans"],
        quotes=place["quotes"],
        hedges=_still_there(alignment, before.hedges),
        attribution=(),
        extra={**before.extra, CARRIED_FROM: mark},
    )
    insert(store, copy, **derived(place))
    steps = [
        Attribution(step.source, _still_there(alignment, step.cue), _still_there(alignment, step.mention))
        for step in before.attribution
    ]
    set_attribution(store, copy.id, steps)
    return copy.id


def _still_there(alignment: Alignment, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Cues, mentions and hedges that stand in the new text where they stood; others are dropped."""
    found = (alignment.counterpart(Span(*span)) for span in spans)
    return tuple(span for span in found if span is not None)


def _carry_link(store: Store, link: Link, known: Mapping[str, MarkId]) -> None:
    """The same link from the new mark; one within the article waits until both its ends are carried."""
    if link.origin.id not in known:
        return
    origin, target = Ref("mark", known[link.origin.id]), link.target
    if target.id in known:
        target = Ref("mark", known[target.id])
    elif target.table == "mark" and _is_of(store, link.origin.id, target.id):
        return
    ends: dict[str, Any] = {"origin": origin, "target": target}
    there = store.query(
        f"SELECT 1 FROM main.link WHERE kind = ? AND from_mark = ? AND to_{target.table} = ?",
        (link.kind, origin.id, target.id),
    )
    if not there:
        insert(store, replace(link, id=LinkId(new_id()), origin_id=None, **ends))


def _is_of(store: Store, one: str, other: str) -> bool:
    """Whether two marks stand in the same article."""
    sql = "SELECT count(DISTINCT article) FROM main.mark WHERE id IN (?, ?)"
    return bool(store.query(sql, (one, other))[0][0] == 1)
