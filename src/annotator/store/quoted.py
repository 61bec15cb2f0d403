"""What quotation marks say of marks whose kind of quote somebody said."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.model import Mark
from annotator.domain.quoting import quote_kind
from annotator.store import read
from annotator.store.store import Store


def quote_kinds(store: Store, marks: Iterable[Mark]) -> dict[MarkId, str]:
    """For marks with a kind of quote of their own, the kind that their quotation marks tell.

    Damaged texts, and spans beyond their end, are passed over: `annotator check` says so.
    """
    found: dict[MarkId, str] = {}
    for mark in sorted((one for one in marks if one.attributes.get("quote")), key=lambda one: one.article):
        text = _text(store, mark.article)
        if all(0 <= span.start < span.end <= len(text) for span in mark.spans):
            found[mark.id] = quote_kind(text, mark.spans)
    return found


def _text(store: Store, article: ArticleId) -> str:
    try:
        return read.text(store, article)
    except (UserError, IndexError):
        return ""
