"""What one import knows and does at every line: the scheme so far, the line, the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NoReturn, Protocol

from annotator.domain.errors import UserError
from annotator.domain.ids import IdList
from annotator.store import read
from annotator.store.bulk import Bulk
from annotator.store.edits.rowwise import now
from annotator.store.imports.noting import following_at_once
from annotator.store.sketches import Sketches
from annotator.store.store import Store

Report = Callable[..., None]


@dataclass
class Imported:
    """What an import did, by record type; `reanchored` and `refused` count marks."""

    added: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    articles: IdList = field(default_factory=IdList)
    reanchored: int = 0
    refused: int = 0


class Placed(Protocol):
    """Whatever knows where it stood in a file: line, and path within a folder."""

    @property
    def line(self) -> int | None: ...

    @property
    def path(self) -> str | None: ...


class Job:
    """One import while it runs; `record` is the one at hand, whose place a refusal names."""

    def __init__(
        self,
        store: Store,
        bulk: Bulk,
        report: Report,
        sketches: Sketches | None,
        *,
        repair: bool = False,
        is_of_others: bool = False,
    ) -> None:
        """sketches: of what comes in, where texts will be compared. The others: as in `import_records`."""
        self.store = store
        self.bulk = bulk
        self.repair = repair
        self.is_of_others = is_of_others
        self.report = report
        self.sketches = sketches
        self.result = Imported()
        self.scheme = read.scheme(store)
        self.is_empty = not store.query("SELECT 1 FROM main.article UNION ALL SELECT 1 FROM main.source")
        if self.is_empty:
            bulk.within = partial(following_at_once, store)
        self.record: Placed | None = None
        self.began = now(store)

    @property
    def place(self) -> dict[str, Any]:
        """Where the record at hand stands, as far as it says so: line, and path within a folder."""
        found = {"path": self.record.path, "line": self.record.line} if self.record else {}
        return {name: value for name, value in found.items() if value}

    def refuse(self, code: str, **details: Any) -> NoReturn:
        """End the import, naming the line, and the file where there are several."""
        raise UserError(code, **{**self.place, **details})

    def refuse_as(self, error: UserError, **details: Any) -> NoReturn:
        """End the import for a reason found elsewhere; its details yield to those given."""
        self.refuse(error.code, **{**error.details, **details})
