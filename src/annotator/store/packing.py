"""A smaller file: old history without its images, and no gaps.

What was done, when, by whom and to which rows stays, and so does the last image
of every row that was deleted, which a merge of two files needs. What goes is
the images of rows as they were made, changed and deleted to be brought back, so
that undo stops there.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from annotator.domain import clock
from annotator.domain.errors import UserError
from annotator.store.stages import Stages
from annotator.store.store import Store

KEPT_DAYS = 90
"""How many days of history keep their images unless somebody says otherwise."""
LEAST_BYTES, LEAST_PART = 1_000_000, 0.2
"""What packing must save at least, in bytes and of the file, to be offered."""

_OLD = "operation IN (SELECT id FROM main.operation WHERE at < :before AND sealed = 1)"
_LATER = (
    "SELECT 1 FROM main.change d INDEXED BY change_row WHERE d.row = c.row AND d.tbl = c.tbl AND d.id > c.id"
)
_GONE = f"(new IS NOT NULL OR old IS NOT NULL AND EXISTS ({_LATER})) AND {_OLD}"
"""Of a row that was deleted and brought back, however often, at most the last deletion keeps its image."""
_IMAGES = f"FROM main.change c WHERE {_GONE}"


class Saving(NamedTuple):
    """How many bytes a project has, and how many of them packing would save."""

    size: int
    saved: int

    @property
    def is_worth_it(self) -> bool:
        return self.saved > LEAST_BYTES and self.saved > LEAST_PART * self.size


class Packed(NamedTuple):
    """What a packing did; `backup` is the project as it was before."""

    before: int
    after: int
    operations: int
    backup: Path | None


def saving(store: Store, days: int = KEPT_DAYS) -> Saving:
    """What packing would save; reads the whole history."""
    images = store.query(
        f"SELECT coalesce(sum(length(CAST(coalesce(new, '') || coalesce(old, '') AS BLOB))), 0) {_IMAGES}",
        {"before": _before(store, days)},
    )[0][0]
    return Saving(_size(store), images + _pragma(store, "freelist_count") * _pragma(store, "page_size"))


def pack(store: Store, days: int = KEPT_DAYS, stages: Stages | None = None) -> Packed:
    """Pack what is older than so many days, after a copy of the project beside it.

    Raises UserError where the copy cannot be made or the disk fails: then the project is
    as it was, or ("packed-with-gaps") packed and no smaller. `stages` can stop it until it is copied.
    """
    size = _size(store)
    if stages is not None:
        stages.begin("copying", size)
    backup = store.back_up_before("packing", stages)
    if stages is not None:
        stages.begin("packing")
    operations = 0
    try:
        operations = _drop_images(store, days)
        store.vacuum()
    except UserError as error:
        if operations and error.code in ("disk-full", "disk-error"):
            reason = error.details.get("reason")
            raise UserError(
                "packed-with-gaps", path=str(store.path), reason=reason, backup=str(backup)
            ) from error
        if error.code == "disk-full" and backup:  # nothing was packed, and the copy may be what filled it
            backup.unlink()
        raise
    return Packed(size, _size(store), operations, backup)


def _drop_images(store: Store, days: int) -> int:
    """Of how many operations images were dropped, all of them or none."""
    times = {"before": _before(store, days), "now": clock.utc(store.wall_ms())}
    with store.keeping():
        operations = store.execute(
            "UPDATE main.operation SET details = json_set(details, '$.packed', :now)"
            f" WHERE id IN (SELECT operation {_IMAGES})",
            times,
        )
        packed = f"UPDATE main.change AS c SET old = NULL, new = NULL WHERE {_GONE}"
        store.execute(packed, times)
    return operations


def _before(store: Store, days: int) -> str:
    return clock.utc(store.wall_ms() - int(timedelta(days=days) / timedelta(milliseconds=1)))


def _size(store: Store) -> int:
    return _pragma(store, "page_count") * _pragma(store, "page_size")


def _pragma(store: Store, name: str) -> int:
    return int(store.query(f"PRAGMA main.{name}")[0][0])
