"""Opening a project for a command or a script."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.store.history import Identity
from annotator.store.stages import Stages
from annotator.store.store import Store


def entered(path: Path, identity: Identity, readonly: bool, stages: Stages | None) -> Store:
    """`Store.open`, which refuses to read a project of an older format.

    One that may be written is brought up to date first, after a backup, as a window does.
    """
    try:
        return Store.open(path, identity, readonly=readonly, stages=stages)
    except UserError as error:
        if error.code != "project-older" or not os.access(path, os.W_OK):
            raise
    Store.open(path, identity, stages=stages).close()
    return Store.open(path, identity, readonly=readonly, stages=stages)
