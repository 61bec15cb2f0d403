"""What a command gave back, and what a project holds."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.store.schema import JOURNALED


@dataclass
class Done:
    """Exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def tables(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a project, to compare."""
    names = [*JOURNALED, "operation", "change", "content", "original"]
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall() for name in names}
