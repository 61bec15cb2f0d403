"""Many marks deleted in one operation of many commits, which a worker may carry out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, MarkId
from annotator.store.bulk import LARGE, Progress
from annotator.store.store import Store

MANY = LARGE // 4
"""More marks than this are deleted in batches: with chains, links and mentions each is some four rows."""


def delete_many(
    store: Store,
    name: str,
    details: Mapping[str, Any],
    marks: Sequence[MarkId],
    article: ArticleId | None,
    progress: Progress | None,
) -> None:
    """Delete marks, and the article they are in if it is named, as `delete_marks` does but in batches."""
    missing = store.query(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM main.mark) LIMIT 1",
        (json.dumps(marks),),
    )
    if missing:
        raise UserError("no-such-row", table="mark", id=missing[0][0])
    with store.large(name, details, progress) as large:
        large.take("mark", marks)
        nodes = store.query(_LEFT_ALONE, {"operation": large.operation})
        large.take("proposition", [node for (node,) in nodes])
        if article is not None:
            large.take("article", [article])


def _stays(row: str) -> str:
    return (
        "NOT EXISTS (SELECT 1 FROM main.change c INDEXED BY change_row"
        f" WHERE c.row = {row}.id AND c.operation = :operation)"
    )


_LEFT_ALONE = (
    "SELECT p.id FROM main.proposition p WHERE p.in_no_article = 0 AND p.note IS NULL"
    " AND p.id IN (SELECT json_extract(old, '$.proposition') FROM main.change"
    " WHERE operation = :operation AND tbl = 'mention')"
    f" AND NOT EXISTS (SELECT 1 FROM main.mention n WHERE n.proposition = p.id AND {_stays('n')})"
    f" AND NOT EXISTS (SELECT 1 FROM main.link l WHERE l.to_proposition = p.id AND {_stays('l')})"
    " AND NOT EXISTS (SELECT 1 FROM main.judgement WHERE on_proposition = p.id)"
    " AND NOT EXISTS (SELECT 1 FROM main.report WHERE instr(claims, p.id))"
    " AND NOT EXISTS (SELECT 1 FROM main.proposition_link WHERE origin = p.id OR target = p.id)"
)
"""Claim nodes that lose their last mention with an operation: the condition of `marks.drop_if_empty`."""
