"""What became of proposals: dropped ones of an article, and how often each rule was right."""

from __future__ import annotations

import json
from typing import NamedTuple

from annotator.domain.ids import ArticleId
from annotator.domain.spans import Span
from annotator.store.store import Store

RULE = "rule:"
"""How the rule of a proposal begins where marks and dismissals name it."""


class Decided(NamedTuple):
    """How often the proposals of a rule were taken, and how often dropped."""

    taken: int = 0
    dropped: int = 0

    @property
    def precision(self) -> float | None:
        """The part that was taken; None where nothing was decided."""
        decided = self.taken + self.dropped
        return self.taken / decided if decided else None


def rule_name(origin: str) -> str:
    """The name of a rule without its version, from `rule:NAME@VERSION`."""
    return origin.removeprefix(RULE).partition("@")[0]


def dropped_proposals(store: Store, article: ArticleId) -> set[tuple[str, tuple[Span, ...]]]:
    """The names of rules with the words whose proposals were dropped in an article."""
    rows = store.query(
        "SELECT rule, extra FROM shown_dismissal WHERE on_article = ? AND substr(rule, 1, 5) = ?",
        (article, RULE),
    )
    return {
        (rule_name(rule), tuple(Span(*span) for span in json.loads(extra).get("spans", ())))
        for rule, extra in rows
    }


def decided(store: Store) -> dict[str, Decided]:
    """What was decided of each rule's proposals, by its name; reads every mark, for a worker."""
    found: dict[str, Decided] = {}
    for origin, count in store.query(
        "SELECT proposed_by, count(*) FROM shown_mark WHERE substr(proposed_by, 1, 5) = ? GROUP BY 1", (RULE,)
    ):
        before = found.get(rule_name(origin), Decided())
        found[rule_name(origin)] = before._replace(taken=before.taken + count)
    for origin, count in store.query(
        "SELECT rule, count(*) FROM shown_dismissal WHERE substr(rule, 1, 5) = ? GROUP BY 1", (RULE,)
    ):
        before = found.get(rule_name(origin), Decided())
        found[rule_name(origin)] = before._replace(dropped=before.dropped + count)
    return found
