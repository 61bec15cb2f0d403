"""What came of many accidents of one sort, and where they happen."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Outcome:
    """How often something was tried, and what was lost."""

    name: str
    tried: int = 0
    found: list[str] = field(default_factory=list)
    """One line for each thing that is wrong."""


def workspace():
    """A folder in memory where there is one: a program that is killed, or traced, needs no real disk."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(prefix="campaign-", dir=memory if memory.is_dir() else None)
