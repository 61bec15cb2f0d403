"""Giving a project back once its window is closed, beside whatever comes next."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.store import failed_copies
from annotator.store.backup import folder_name, regular_copy, thin_out
from annotator.store.store import Store
from annotator.ui.dialogs.progress import Work


class GivingBack(Work[None]):
    """Closes a project and keeps a copy now and then: one is checked when others may write again.

    Its result raises UserError where the copy failed, which is noted in the folder `failed`, or
    "copy-stopped" where it was stopped.
    """

    def __init__(self, store: Store, path: Path, backups: Path, failed: Path) -> None:
        self._store, self._path, self._failed = store, path, failed
        self._folder = backups / folder_name(path)
        self._copy = regular_copy(self._folder, path)
        super().__init__(lambda tell: self._give_back())

    def stop(self) -> None:
        super().stop()
        if self._copy:
            self._copy.stop()

    def _give_back(self) -> None:
        try:
            self._store.close(self._copy)
            if self._copy and self._copy.finish():
                thin_out(self._folder)
                failed_copies.forget(self._failed, self._path)
        except UserError as error:
            if error.code == "backup-failed":
                with suppress(OSError):  # where no copy can be kept it may be that no note can, either
                    failed_copies.note(self._failed, self._path, error)
            raise
