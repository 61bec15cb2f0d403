"""A format whose reader does what the name of the folder says; another process can load it, too."""

import os
from itertools import repeat
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId
from annotator.domain.model import Article, Source
from annotator.formats import reading_process


class OddFormat:
    name = "odd"
    suffixes = (".odd",)
    title = "Odd"
    reads = True
    writes = False
    extent = "folder"

    def read(self, path: Path, options):
        """A source with the number of the process that reads, another one, then what goes wrong."""
        yield Source(id="p", name=str(os.getpid()))
        options["report"]("text-empty", path=path)
        yield Source(id="s", name="Port office")
        match path.name:
            case "endless":
                while True:
                    yield Article(id=ArticleId("a"), text="x" * 100_000)
            case "refused":
                raise UserError("file-missing", path=path, line=3)
            case "bug":
                raise ZeroDivisionError("of the reader")
            case "own-bug":
                raise _OwnError(1, 2)
            case "killed":
                os.kill(os.getpid(), 9)
            case "memory":
                raise MemoryError
            case "memory-to-send":
                reading_process.LENGTH = _NoRoom()
                yield from repeat(Article(id=ArticleId("a"), text="x" * 1_000_000), 3 * reading_process.AHEAD)
            case "options":
                yield Source(id="o", name=repr(sorted(options.items() - {("report", options["report"])})))
        yield Article(id=ArticleId("a"), text="x")
        options["report"]("text-empty", path="behind")

    def write(self, records, out, options):
        raise NotImplementedError

    def losses(self, summary):
        return []


class _OwnError(Exception):
    def __init__(self, one, other):
        super().__init__(f"{one} and {other}")


class _NoRoom:
    """A number that nobody has the memory to use."""

    def __index__(self):
        raise MemoryError
