"""Edits after a newer version came: several versions at once, and links that answered the older words."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, LinkId
from annotator.domain.model import Ref
from annotator.store import newer
from annotator.store.bulk import Progress
from annotator.store.edits.links import delete_link, edit_link
from annotator.store.edits.versions import make_version
from annotator.store.newer import Newer
from annotator.store.store import Store


def make_versions(
    store: Store, pairs: Iterable[Newer], progress: Progress | None = None
) -> dict[ArticleId, int]:
    """Make articles newer versions of others, as `make_version` does, in one step.

    Returns how many marks each of them took over. progress: told the marks of all the older ones
    gone through. Raises what `make_version` raises, and then nothing is changed.
    """
    chosen = list(pairs)
    carried: dict[ArticleId, int] = {}
    before = 0

    def tell(count: int) -> bool:
        return progress is None or progress(before + count)

    with store.operation("new-versions", articles=[pair.article for pair in chosen]):
        for pair in chosen:
            reviews = make_version(store, pair.article, pair.older, tell)
            before += len(reviews)
            carried[pair.article] = sum(review.taken is not None for review in reviews)
    return carried


def move_links(store: Store, links: Iterable[LinkId], new: ArticleId) -> int:
    """Let links that end at marks of an older version end at the marks carried over from these.

    A link that is there already from the same mark is not made twice: the older one goes.
    Returns how many links moved. Raises UserError("link-not-carried") where the newer
    version has no mark for the end of one, and then nothing is changed.
    """
    moved = 0
    with store.operation("move-links", article=new):
        left = {one.link: one for one in newer.links_left(store, new)}
        for link in links:
            if link not in left:
                raise UserError("link-not-carried", link=link)
            if left[link].is_double:
                delete_link(store, link)
            else:
                edit_link(store, link, target=Ref("mark", left[link].newer))
            moved += 1
    return moved
