"""Opening the window on a project: what the window needs of this installation is handed in here."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_config_path

from annotator.app.identity import data_folder, installed, rename
from annotator.app.segment import NewsSegmenter
from annotator.domain.errors import UserError


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

    settings = user_config_path("annotator", appauthor=False) / "window.ini"
    here = Installation(identity, NewsSegmenter(), settings, data_folder() / "backups", sample, rename)
    return run(path, here, notices)
