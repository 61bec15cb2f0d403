"""Who works here: the identity of this installation, kept outside every project file."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, is_uuid, new_id
from annotator.store.store import Identity

if TYPE_CHECKING:  # the formats and what they need are not loaded for the window's sake
    from annotator.formats.registry import Report


def data_folder() -> Path:
    """Where this installation keeps what is its own: the identity, the sample project and copies."""
    return user_data_path("annotator", appauthor=False)


def failed_copies_folder() -> Path:
    """Where it is noted which copies of projects could not be made."""
    return data_folder() / "failed-copies"


def installed(report: Report) -> Identity:
    """The identity of this installation, made when first asked for.

    Where it cannot be read or kept, one that lasts as long as this process,
    told to `report` as "identity-not-kept" with `path` and `reason`.
    """
    path = data_folder() / "identity.json"
    try:
        return _read(path) or _kept(path)
    except OSError as error:
        report("identity-not-kept", path=str(path), reason=error.strerror or str(error))
    except UserError as error:
        report(error.code, **error.details)
    return _fresh()


def _read(path: Path) -> Identity | None:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        site, annotator, name = body["site"], body["annotator"], body["name"]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise UserError("identity-unreadable", path=str(path)) from None
    if not (is_uuid(site) and is_uuid(annotator) and isinstance(name, str) and name.strip()):
        raise UserError("identity-unreadable", path=str(path))
    return Identity(site, AnnotatorId(annotator), name)


def _kept(path: Path) -> Identity:
    """A new identity on disk; of two programs that start at once, the second takes the first one's."""
    identity = _fresh()
    body = {"site": identity.site, "annotator": identity.annotator, "name": identity.name}
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            json.dump(body, file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)
        except FileExistsError:
            return _read(path) or identity
        except OSError:
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return identity


def rename(identity: Identity, name: str) -> Identity:
    """The identity under another name, kept for the next start where that can be.

    Raises UserError("identity-not-kept") where it cannot; the name holds until the program ends.
    """
    renamed = identity._replace(name=name)
    path = data_folder() / "identity.json"
    body = {"site": renamed.site, "annotator": renamed.annotator, "name": renamed.name}
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(body, ensure_ascii=False, indent=2), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError("identity-not-kept", path=str(path), reason=reason) from None
    return renamed


def _fresh() -> Identity:
    return Identity(new_id(), AnnotatorId(new_id()), _login_name())


def _login_name() -> str:
    import getpass

    with suppress(OSError, KeyError, ImportError):
        name = getpass.getuser().strip()
        if name.isprintable() and name:
            return name
    return "annotator"
