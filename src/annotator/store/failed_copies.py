"""Copies that could not be made when a project was closed, noted until the next one is.

The notes lie in a folder of their own, not among the copies: that may be what failed.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.store.backup import folder_name

_CODE = "backup-failed-before"


def note(folder: Path, project: Path, error: UserError) -> None:
    """Keep that a copy of a project failed, and why. Raises OSError."""
    place = _place(folder, project)
    place.parent.mkdir(parents=True, exist_ok=True)
    kept = {"path": error.details["path"], "reason": error.details["reason"]}
    day = datetime.now(UTC).date().isoformat()
    place.write_text(json.dumps({**kept, "day": day, "is_told": False}), encoding="utf-8")


def forget(folder: Path, project: Path) -> None:
    """Note that a copy was made after all; without notes there is no folder of them."""
    with suppress(OSError):  # none of this project, or others are left
        _place(folder, project).unlink()
        folder.rmdir()


def noted(folder: Path, project: Path) -> UserError | None:
    """Why the last copy of a project is missing, if it is."""
    found = _read(_place(folder, project))
    return found[0] if found else None


def untold(folder: Path, project: Path) -> UserError | None:
    """`noted`, but only until it was asked for once."""
    place = _place(folder, project)
    error, is_told = _read(place) or (None, True)
    if error is None or is_told:
        return None
    with suppress(OSError):  # then it is told again next time
        place.write_text(json.dumps({**error.details, "is_told": True}), encoding="utf-8")
    return error


def _place(folder: Path, project: Path) -> Path:
    return folder / f"{folder_name(project)}.json"


def _read(place: Path) -> tuple[UserError, bool] | None:
    """What was noted and whether it was told; a note that cannot be read says nothing."""
    try:
        kept = json.loads(place.read_text(encoding="utf-8"))
        details = {name: str(kept[name]) for name in ("path", "reason", "day")}
        return UserError(_CODE, **details), bool(kept["is_told"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
