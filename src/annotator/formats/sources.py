"""Sources that a foreign file only names: one record for each name."""

from __future__ import annotations

from annotator.domain.ids import NAMED, SourceId
from annotator.domain.model import Source


class NamedSources:
    """Gives every name an id of its own, `source:NAME`, and makes its record once."""

    def __init__(self) -> None:
        self._ids: dict[str, SourceId] = {}
        self._new: list[Source] = []

    def id_of(self, name: str, kind: str = "person") -> SourceId:
        """The id for a name; letter case and white space do not make another source."""
        name = " ".join(name.split())
        key = name.casefold()
        if key not in self._ids:
            self._ids[key] = SourceId(f"{NAMED}{name}")
            self._new.append(Source(id=self._ids[key], name=name, kind=kind))
        return self._ids[key]

    def new(self) -> list[Source]:
        """The records made since this was last asked, to be passed on before what refers to them."""
        new, self._new = self._new, []
        return new
