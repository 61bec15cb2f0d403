"""How stances, links and nodes of the map look and what they are called."""

from __future__ import annotations

from annotator.domain.neighbours import RELAYS, SAYS, SPEAKS_FOR
from annotator.domain.scheme import Scheme
from annotator.ui.map.wording import tr

STYLES = {
    "support": "claim",
    "deny": "denial",
    "silence": "no_comment",
    "query": "hedge",
    "comment": "elaborates",
    "proposition": "same_claim",
    "exhibit": "evidence",
    "source": "relates_to",
    SAYS: "relates_to",
    RELAYS: "relates_to",
    SPEAKS_FOR: "relates_to",
    "prints": "relates_to",
    "article": "relates_to",
}
"""The label or kind of link whose look a node or a line has; others look like themselves."""


def style_of(kind: str) -> str:
    """The key of a look in the palette."""
    return STYLES.get(kind, kind)


def kind_name(kind: str, scheme: Scheme) -> str:
    """What a line says, from its beginning to its end."""
    names = {
        "support": tr("asserts"),
        "deny": tr("denies"),
        "silence": tr("no comment"),
        "query": tr("asks"),
        "comment": tr("comments"),
        SAYS: "",
        RELAYS: tr("relays"),
        SPEAKS_FOR: tr("speaks for"),
        "prints": tr("prints the same as"),
    }
    if kind in names:
        return names[kind]
    link = scheme.link_kinds.get(kind)
    return link.name.lower() if link else kind.replace("_", " ")
