"""Edits of exhibits: evidence outside any article, of which only address, hash and words are kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from annotator.domain.errors import UserError
from annotator.domain.ids import ExhibitId
from annotator.domain.model import Exhibit
from annotator.store.edits.others import add_record, delete_record, edit_record
from annotator.store.store import Store

_BLOCK = 1 << 20
_HASH = re.compile(r"[0-9a-f]{64}")
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f/?#:@\[\]]+(:\d+)?([/?#][^\s\x00-\x1f]*)?", re.IGNORECASE)
_YEAR_OR_MONTH = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


def add_exhibit(store: Store, **values: str | None) -> ExhibitId:
    """Note an exhibit: title, url, archive_url, sha256, captured, note.

    Raises UserError "exhibit-without-name" where it has neither title nor address,
    "exhibit-address", "exhibit-date" or "exhibit-hash" for a field that is none.
    """
    checked = _checked(values)
    if not (checked.get("title") or checked.get("url") or checked.get("archive_url")):
        raise UserError("exhibit-without-name")
    return ExhibitId(add_record(store, Exhibit(id=ExhibitId(""), **checked)))


def edit_exhibit(store: Store, exhibit: ExhibitId, **changes: str | None) -> None:
    """Change fields of an exhibit; raises as `add_exhibit` does."""
    edit_record(store, Exhibit, exhibit, **_checked(changes))


def delete_exhibit(store: Store, exhibit: ExhibitId) -> None:
    """Delete an exhibit with the links that start at it."""
    delete_record(store, Exhibit, exhibit)


def web_address(words: str) -> str | None:
    """The address, where it is one of the web that may be opened: http or https, with a host."""
    found = _WEB_ADDRESS.fullmatch(words.strip())
    return found[0] if found else None


def file_sha256(path: Path, is_cancelled: Callable[[], bool] = lambda: False) -> str | None:
    """The SHA-256 of a file, read in blocks of 1 MiB; None where it was cancelled.

    Raises UserError("exhibit-file-unreadable").
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                if is_cancelled():
                    return None
                digest.update(block)
    except OSError as error:
        raise UserError(
            "exhibit-file-unreadable", path=str(path), reason=error.strerror or str(error)
        ) from error
    return digest.hexdigest()


def _checked(values: Mapping[str, str | None]) -> dict[str, Any]:
    found: dict[str, Any] = {name: (value or "").strip() or None for name, value in values.items()}
    for name in ("url", "archive_url"):
        address = found.get(name)
        if address and web_address(address) is None:
            raise UserError("exhibit-address", address=address)
    if (captured := found.get("captured")) and not _is_date(captured):
        raise UserError("exhibit-date", date=captured)
    if sha256 := found.get("sha256"):
        found["sha256"] = sha256.lower()
        if not _HASH.fullmatch(sha256.lower()):
            raise UserError("exhibit-hash", hash=sha256)
    return found


def _is_date(words: str) -> bool:
    try:
        datetime.fromisoformat(words)
    except ValueError:
        return bool(_YEAR_OR_MONTH.fullmatch(words))
    return True
