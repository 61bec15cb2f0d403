"""Opening the window on a project: what the window needs of this installation is handed in here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from platformdirs import user_config_path

from annotator.app.identity import data_folder, failed_copies_folder, installed, rename
from annotator.domain.errors import UserError

if TYPE_CHECKING:
    from annotator.domain.segment import Segmenter


class LateSegmenter:
    """The segmenter of news, whose rules are compiled when it is first asked, not before the text is seen."""

    def __getattr__(self, name: str) -> object:
        from annotator.app.segment import NewsSegmenter

        asked = getattr(NewsSegmenter(), name)
        setattr(self, name, asked)
        return asked


def open_window(path: Path | None) -> int:
    """Show a project, the last one, or the sample; returns the exit code of the event loop.

    Raises UserError where the named project cannot be opened.
    """
    from annotator.ui.desktop import Installation, run

    notices: list[UserError] = []
    identity = installed(lambda code, **details: notices.append(UserError(code, **details)))

    def sample() -> Path:
        from annotator.app.sample import sample_path, sample_project

        place = sample_path()
        if not place.exists():
            sample_project(place, identity)
        return place

    here = Installation(
        identity,
        cast("Segmenter", LateSegmenter()),
        user_config_path("annotator", appauthor=False) / "window.ini",
        data_folder() / "backups",
        failed_copies_folder(),
        sample,
        rename,
    )
    return run(path, here, notices)
