"""What a writer of reports gives back."""

from __future__ import annotations

from typing import Any, NamedTuple

Notice = tuple[str, dict[str, Any]]
"""Code and details of a sentence in `domain.messages` about something left out or changed."""


class Written(NamedTuple):
    """A whole file, and what of this report is not in it."""

    data: bytes
    notices: tuple[Notice, ...] = ()
    beside: tuple[tuple[str, bytes], ...] = ()
    """Names and contents of files that it shows, in a folder beside it."""
