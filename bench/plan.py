"""What a run measures, how often, and where its projects are."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import NamedTuple

from bench.cases import Cases, Corpus, Crowd, OneArticle


class Plan(NamedTuple):
    """`small` is the article edits are compared with; `typical` the one a start is timed on."""

    articles: tuple[OneArticle, ...]
    small: OneArticle
    typical: OneArticle
    crowd: int
    corpora: tuple[Corpus, ...]
    runs: int
    edits: int
    pages: int
    jumps: int
    """Enough that 95 of 100 are not simply all of them."""
    starts: int
    depth: int = 30
    """Of the stack that is hovered, clicked and cycled."""
    pause_s: float = 1.5
    calm_s: float = 5
    """After so long a window with a small article has done all that it put off to pauses."""

    @property
    def largest(self) -> OneArticle:
        """The article where finding, resizing and memory are measured."""
        return max(self.articles, key=lambda case: (case.length, case.marks))


KB, MB = 1_000, 1_000_000

LARGE = Plan(
    articles=(
        OneArticle(5 * KB, 50),
        OneArticle(5 * KB, 1_000),
        OneArticle(100 * KB, 1_000),
        OneArticle(MB, 1_000),
        OneArticle(MB, 10_000),
        OneArticle(MB, 100_000),
        OneArticle(10 * MB, 100_000),
        OneArticle(MB, 1_000, one_line=True),
    ),
    small=OneArticle(5 * KB, 50),
    typical=OneArticle(100 * KB, 1_000),
    crowd=1_000,
    corpora=(Corpus(1_000), Corpus(10_000)),
    runs=7,
    edits=24,
    pages=60,
    jumps=42,
    starts=7,
)
FULL = LARGE._replace(corpora=(*LARGE.corpora, Corpus(100_000)))
QUICK = Plan(
    articles=(OneArticle(2 * KB, 20), OneArticle(4 * KB, 40)),
    small=OneArticle(2 * KB, 20),
    typical=OneArticle(4 * KB, 40),
    crowd=20,
    corpora=(Corpus(20), Corpus(40)),
    runs=1,
    edits=1,
    pages=3,
    jumps=2,
    starts=1,
    depth=3,
    pause_s=0.1,
    calm_s=0.1,
)


class Ground:
    """Where the steps of a run work: copies of the cases, and a folder for what they write."""

    def __init__(self, plan: Plan, cases: Cases, folder: Path) -> None:
        self.plan = plan
        self.cases = cases
        self.folder = folder
        self._numbers = itertools.count()

    def project(self, case: OneArticle | Crowd | Corpus) -> Path:
        """A project of the case that nobody has worked in."""
        return self.cases.copy(case, self.fresh("project"))

    def fresh(self, name: str) -> Path:
        """A path in the folder at which there is nothing yet."""
        return self.folder / f"{next(self._numbers)}-{name}"

    def clear(self) -> None:
        """Remove what the last step made."""
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def axis(case: OneArticle | Crowd | Corpus) -> tuple[str, float]:
    """Where a case stands in a picture of growth: articles of 1 MB by marks, corpora by articles."""
    if isinstance(case, Corpus):
        return ("articles", case.articles)
    if isinstance(case, OneArticle) and case.length == MB and not case.one_line:
        return ("marks", case.marks)
    return ("", 0)
