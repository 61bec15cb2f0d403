"""What the command `check` does: verifying, packing, saving what can still be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotator.app import words
from annotator.app.console import DONE, PARTLY, complain, opened, show, show_json
from annotator.app.identity import failed_copies_folder
from annotator.app.project import Project
from annotator.app.taking import printable
from annotator.domain.errors import UserError
from annotator.domain.messages import sentence
from annotator.domain.sentences import megabytes
from annotator.store import failed_copies
from annotator.store.packing import KEPT_DAYS
from annotator.store.verify import COUNTERS, Damage, unfinished


def check(path: Path, as_json: bool, pack_days: int | None = None) -> int:
    """Verify the file, and pack it if it is sound and so many days are given.

    A file too damaged to open is damage found, not a refusal.
    """
    packed: dict[str, int]
    if failed := failed_copies.noted(failed_copies_folder(), path):
        complain(failed.code, **failed.details)
    try:
        with opened(path, readonly=pack_days is None, report=complain) as project:
            found = project.check()
            packed = _packed(project, pack_days, path) if found.ok else {}
            for name in [] if project.is_open_elsewhere() else unfinished(project.store):
                complain("operation-unfinished", path=printable(path), name=name)
    except UserError as error:
        if error.code != "project-damaged":
            raise
        _show_check(as_json, [{"code": error.code, "message": sentence(error), **error.details}], [], {})
        return PARTLY
    damage = [
        {"code": one.code, "message": sentence(UserError(one.code, **one.details)), **one.details}
        for one in _mended(path, found.damage)
    ]
    ends = words.loose_ends_json(found.facts, found.loose_ends) if found.facts else []
    if pack_days is not None and damage:
        complain("not-packed", path=printable(path))
    _show_check(as_json, damage, ends, packed)
    return PARTLY if damage else DONE


def _mended(path: Path, found: list[Damage]) -> list[Damage]:
    """The damage that is left once counters are mended; a file with other damage is left as it is."""
    if not found or any(COUNTERS not in (one.code, one.details.get("like")) for one in found):
        return found
    try:
        with opened(path, report=complain) as project:
            project.count_anew()
    except UserError:
        return found
    complain("counters-mended", path=printable(path))
    return []


def _packed(project: Project, days: int | None, path: Path) -> dict[str, int]:
    """Pack where it is asked for; otherwise say what that would save, where it is much."""
    if days is None:
        could = project.saving()
        if could.is_worth_it:
            size, saved = megabytes(could.size), megabytes(could.saved)
            complain("packing-saves", path=printable(path), size=size, saved=saved, days=KEPT_DAYS)
        return {}
    done = project.pack(days)
    before, after = megabytes(done.before), megabytes(done.after)
    backup = printable(done.backup or "")
    complain("packed", operations=done.operations, before=before, after=after, backup=backup)
    return {"bytes": done.after, "saved": done.before - done.after, "operations": done.operations}


def _show_check(
    as_json: bool, damage: list[dict[str, Any]], ends: list[dict[str, str]], packed: dict[str, int]
) -> None:
    if as_json:
        extra = {"packed": packed} if packed else {}
        show_json({"ok": not damage, "damage": damage, "loose_ends": ends, **extra})
        return
    show(f"Damage ({len(damage)}):" if damage else "The file is sound.")
    for one in damage:
        show(f"  {one['message']}")
    show(f"Loose ends ({len(ends)}):" if ends else "No loose ends.")
    for end in ends:
        show(f"  {end['message']}")


def salvage(path: Path, out: Path) -> int:
    """Save what can still be read of a damaged project; the damaged file stays as it is."""
    from annotator.store.salvage import salvage as save

    result = save(path, out)
    for table in ("article", "mark", "link", "source", "proposition"):
        if result.saved[table] or result.lost[table]:
            show(f"{table}: {result.saved[table]} saved, {result.lost[table]} lost")
    show(f"Made {printable(out)}.")
    return PARTLY if +result.lost else DONE
