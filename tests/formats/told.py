"""A report that keeps what it is told."""

from __future__ import annotations


class Told(list[tuple[str, dict[str, object]]]):
    def __call__(self, code: str, **details: object) -> None:
        self.append((code, details))
