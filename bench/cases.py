"""`python -m bench.cases --make "1 MB x 10,000"`: projects of any size, made once and kept.

What is kept stays as it is: everyone gets a copy. A case goes by its name:
`5 KB x 50` (characters x marks of one article), `one line of 1 MB x 1,000`,
`1,000 links in view`, `1,000 links in view, left out`, `10,000 articles`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from annotator.store.schema import expected_schema
from bench import corpora, making, texts

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".bench-cache"
COPIES = CACHE / "copies"
CROWD = (60_000, 4_000)
"""Characters and marks of the article with many links: about 250 marks in view."""


@dataclass(frozen=True)
class OneArticle:
    """A project of one article of `length` characters, and a short one on which the window opens."""

    length: int
    marks: int
    one_line: bool = False
    edits: ClassVar[int] = 0

    def __str__(self) -> str:
        return f"{'one line of ' if self.one_line else ''}{_size(self.length)} x {self.marks:,}"

    def write(self, path: Path) -> None:
        joint = " " if self.one_line else "\n"
        _write(path, texts.lines(self.length, self.marks, joint=joint))


@dataclass(frozen=True)
class Crowd:
    """An article with `links` links at the mark in its middle, and some at every other mark."""

    links: int
    is_linked: bool = True
    edits: ClassVar[int] = 0

    def __str__(self) -> str:
        return f"{self.links:,} links in view{'' if self.is_linked else ', left out'}"

    def write(self, path: Path) -> None:
        _write(path, texts.crowd(*CROWD, self.links if self.is_linked else 0))


@dataclass(frozen=True)
class Corpus:
    """A project of many short articles, with ten marks and three links each."""

    articles: int

    def __str__(self) -> str:
        return f"{self.articles:,} articles"

    @property
    def marks(self) -> int:
        return self.articles * corpora.MARKS

    @property
    def edits(self) -> int:
        """How many edits its history holds."""
        return self.articles // 10

    def write(self, path: Path) -> None:
        corpora.write(path, self.articles)


Case = OneArticle | Crowd | Corpus

_FORMS = (
    (r"(one line of )?([\d.]+) ([KM])B x ([\d,]+)", lambda m: OneArticle(
        round(float(m[2]) * {"K": 1_000, "M": 1_000_000}[m[3]]), _number(m[4]), bool(m[1]))),
    (r"([\d,]+) links in view(, left out)?", lambda m: Crowd(_number(m[1]), not m[2])),
    (r"([\d,]+) articles", lambda m: Corpus(_number(m[1]))),
)  # fmt: skip


def parse(name: str) -> Case:
    """The case of a name. Raises ValueError."""
    for form, make in _FORMS:
        if match := re.fullmatch(form, name.strip()):
            return make(match)
    raise ValueError(f"no case goes by the name {name!r}; there are:\n{__doc__}")


class Cases:
    """The cases kept in a folder; one that is not there yet is made when it is first wanted."""

    def __init__(self, folder: Path = CACHE) -> None:
        self._folder = folder

    def lines(self, case: Case) -> Path:
        """The case as a file in `annotator-jsonl`, only to be read."""
        return self._kept(case, "jsonl", case.write)

    def project(self, case: Case) -> Path:
        """The case as a project, only to be copied."""
        return self._kept(
            case, "annotator", lambda path: making.make_project(self.lines(case), path, case.edits)
        )

    def copy(self, case: Case, folder: Path) -> Path:
        """A project of the case, for the caller alone, and on the disk.

        Otherwise the first edit in it would wait until the system has written the copy.
        """
        kept = self.project(case)
        folder.mkdir(parents=True, exist_ok=True)
        copy = Path(shutil.copyfile(kept, folder / kept.name))
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        return copy

    def _kept(self, case: Case, suffix: str, make: Callable[[Path], object]) -> Path:
        """The file of this case, made under another name first, so that a half one is never found."""
        slug = re.sub(r"[^0-9a-z]+", "-", str(case).lower()).strip("-")
        path = self._folder / f"{slug}-{_key(case)}.{suffix}"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            part = self._folder / f"{slug}-{os.getpid()}-part.{suffix}"
            try:
                make(part)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
        return path


def _key(case: Case) -> str:
    """Changes with the case, the format of the file, and the code that makes it up."""
    made_by = [Path(module.__file__ or "").read_bytes() for module in (texts, corpora, making)]
    parts = [repr(case).encode(), repr(CROWD).encode(), repr(expected_schema()).encode(), *made_by]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def _number(digits: str) -> int:
    return int(digits.replace(",", ""))


def _size(length: int) -> str:
    return f"{length / 1_000_000:g} MB" if length >= 1_000_000 else f"{length / 1_000:g} KB"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.cases", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--make", metavar="CASE", required=True)
    parser.add_argument("--lines", action="store_true", help="the file in annotator-jsonl, not the project")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where the copy goes")
    options = parser.parse_args()
    try:
        case = parse(options.make)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if options.lines:
        print(Cases().lines(case))
    else:
        COPIES.mkdir(parents=True, exist_ok=True)
        print(Cases().copy(case, options.to or Path(tempfile.mkdtemp(dir=COPIES))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
