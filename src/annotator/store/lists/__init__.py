"""Lists as panels show them: the order of a list as places, and rows with the words a reader needs.

For each list `…_places` finds the places of its rows in order, with a limit only the
first ones, and `…_at` reads the rows at some places; `places` says what a place is.
"""

from annotator.store.lists.articles import (
    ArticleOrder,
    ArticleRow,
    article_places,
    article_row,
    articles,
    articles_at,
    opening,
    regions_of,
)
from annotator.store.lists.claims import (
    ClaimHead,
    ClaimRow,
    Said,
    claim_places,
    claims,
    claims_at,
    done_by_links,
    first_said,
    heads_at,
    mentioned,
    said_on,
)
from annotator.store.lists.history import history, history_at, history_places, undone
from annotator.store.lists.links import (
    LinkRow,
    SeenLink,
    describe,
    described,
    links,
    links_in_hand,
    seen_links,
)
from annotator.store.lists.marks import (
    MarkOrder,
    MarkRow,
    count_marks,
    mark_ids,
    mark_places,
    mark_row,
    marks,
    marks_at,
    marks_of,
    some_marks,
)
from annotator.store.lists.pins import at_hand, pinned
from annotator.store.lists.places import Places, is_settled, place_of
from annotator.store.lists.proposals import Decided, decided, dropped_proposals
from annotator.store.lists.shapes import density, shapes, shapes_beginning
from annotator.store.lists.sources import (
    SourceRow,
    recent_sources,
    source_places,
    sources,
    sources_at,
    sources_of,
)

__all__ = [
    "ArticleOrder",
    "ArticleRow",
    "ClaimHead",
    "ClaimRow",
    "Decided",
    "LinkRow",
    "MarkOrder",
    "MarkRow",
    "Places",
    "Said",
    "SeenLink",
    "SourceRow",
    "article_places",
    "article_row",
    "articles",
    "articles_at",
    "at_hand",
    "claim_places",
    "claims",
    "claims_at",
    "count_marks",
    "decided",
    "density",
    "describe",
    "described",
    "done_by_links",
    "dropped_proposals",
    "first_said",
    "heads_at",
    "history",
    "history_at",
    "history_places",
    "is_settled",
    "links",
    "links_in_hand",
    "mark_ids",
    "mark_places",
    "mark_row",
    "marks",
    "marks_at",
    "marks_of",
    "mentioned",
    "opening",
    "pinned",
    "place_of",
    "recent_sources",
    "regions_of",
    "said_on",
    "seen_links",
    "shapes",
    "shapes_beginning",
    "some_marks",
    "source_places",
    "sources",
    "sources_at",
    "sources_of",
    "undone",
]
