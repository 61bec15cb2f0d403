"""What the command `import` does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from annotator.app import words
from annotator.app.console import (
    DONE,
    NOTICES,
    PARTLY,
    REFUSED,
    USAGE,
    Complaints,
    complain,
    counter,
    exit_code,
    opened,
    share_counter,
    show,
    show_json,
)
from annotator.app.taking import printable
from annotator.domain.errors import UserError
from annotator.domain.messages import sentence
from annotator.store.imports import Imported


class _Heard:
    """What readers report during an import: said, kept for the JSON and the exit code."""

    def __init__(self) -> None:
        self.notices: list[dict[str, Any]] = []
        self.failed: list[dict[str, Any]] = []
        self.left_out = 0
        self.empty = 0
        self.errors: list[UserError] = []
        self.complaints = Complaints()

    def report(self, code: str, **details: object) -> None:
        """A repair, a guess, or something left out."""
        if code not in NOTICES:
            count = details.get("count", 1)  # of a kind that is told once a file
            self.left_out += count if isinstance(count, int) else 1
        self.empty += code == "zero-width-mark"
        error = UserError(code, **details)
        self.notices.append({"code": code, "message": sentence(error), **details})
        self.complaints.add(code, **details)

    def refused(self, path: Path, error: UserError) -> None:
        """A file none of which was taken."""
        self.errors.append(error)
        place = {"path": printable(path), "code": error.code, "message": sentence(error)}
        self.failed.append(place)
        self.complaints.add(error.code, **error.details)

    def exit_code(self, done: Imported) -> int:
        if self.errors and not done.added and not done.skipped:
            codes = Counter(map(exit_code, self.errors))
            return REFUSED if REFUSED in codes else USAGE
        return PARTLY if self.errors or self.left_out else DONE


def import_(
    path: Path,
    inputs: Sequence[Path],
    format_: str | None,
    annotator: str | None,
    manifest: Path | None,
    title: str | None,
    as_json: bool,
    reanchor: bool,
    link_versions: bool,
) -> int:
    """Take files in and say what came of it."""
    heard = _Heard()
    with heard.complaints, opened(path, annotator=annotator, report=complain) as project:
        done = project.import_(
            inputs,
            format_,
            manifest=manifest,
            options={"looking": share_counter("files looked at")}
            | ({} if title is None else {"title": title}),
            reanchor=reanchor,
            report=heard.report,
            refused=heard.refused,
            progress=counter("records"),
        )
        linked = project.link_versions(done.articles) if link_versions else []
        told = [words.version(project.store, *one) for one in linked]
    done.refused += heard.empty
    if as_json:
        show_json(
            _json(done, heard)
            | ({"versions": [words.version_json(*one) for one in linked]} if link_versions else {})
        )
    elif done.added or done.skipped or not heard.errors:
        show("\n".join([*words.imported(done, heard.left_out - heard.empty), *told]))
    return heard.exit_code(done)


def _json(done: Imported, heard: _Heard) -> dict[str, Any]:
    return {
        "added": dict(done.added),
        "skipped": dict(done.skipped),
        "articles": [*done.articles],
        "reanchored": done.reanchored,
        "refused": done.refused,
        "notices": heard.notices,
        "failed": heard.failed,
    }
