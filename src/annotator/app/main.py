"""The program's way in: a project alone opens the window, anything else is a command."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.domain.standing_in import standing_in

SUFFIX = ".annotator"
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Variables of the environment of which one tells Qt where to draw."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window or run a command; returns the exit code.

    What can only be a project does not wait until all commands are loaded.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if given and (len(given) > 1 or not given[0].endswith(SUFFIX)):
        from annotator.app import cli

        return cli.main(given)
    try:
        return show(Path(given[0]) if given else None)
    except KeyboardInterrupt as stop:
        from annotator.app.console import interrupted

        return interrupted(stop)
    except UserError as error:
        from annotator.app.console import complain, exit_code

        complain(error.code, **error.details)
        return exit_code(error)


def show(project: Path | None) -> int:
    """Open the window with a project, or with the one that was open last, until it is closed."""
    if sys.platform.startswith("linux") and not any(map(os.environ.get, _DISPLAYS)):
        # Qt would end the process with a core dump.
        raise UserError("no-display")
    gc.disable()  # from here on garbage is collected between events: ui.beside
    with standing_in("shutil"):  # platformdirs brings it; it brings four more
        from annotator.app.open import open_window

    return open_window(project)
