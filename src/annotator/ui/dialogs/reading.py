"""Files and folders read for the import dialog, away from the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.domain.model import Article, ProjectLine, Record, SchemeLine
from annotator.domain.runs import in_runs
from annotator.formats.elsewhere import records_of
from annotator.formats.metadata import FIELDS, front_matter
from annotator.formats.plain import FORMAT as TEXT
from annotator.formats.registry import OfOthers, guess
from annotator.store.bulk import Progress
from annotator.ui.dialogs.progress import StoppedError

NOTICES = frozenset({"control-characters-replaced", "encoding-guessed"})
"""What is told of a text that is taken all the same."""


@dataclass(frozen=True)
class FoundText:
    """A text that can be brought in. base: the folder it was found in, as manifests count from it."""

    path: Path
    base: Path
    article: Article
    head: Mapping[str, str] = field(default_factory=dict)
    """What a Markdown text says of itself at its start."""
    notices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The path within the folder read."""
        return self.path.relative_to(self.base).as_posix()

    @property
    def encoding(self) -> str:
        """Python's name of the encoding it was read in."""
        return str((self.article.origin or {}).get("encoding", ""))


@dataclass(frozen=True)
class FoundRecords:
    """A file or folder in a format that brings more than texts."""

    path: Path
    title: str
    records: Sequence[Record]
    counts: Mapping[str, int]
    is_of_others: bool = False
    """Whether its format is one of programs that know neither annotators nor our scheme."""


@dataclass
class Found:
    """All that a reading brought."""

    texts: list[FoundText] = field(default_factory=list)
    others: list[FoundRecords] = field(default_factory=list)
    bad: list[UserError] = field(default_factory=list)
    """Why a file or folder, or something in one, was left out; `path` is among the details."""


def read_all(paths: Sequence[Path], tell: Progress) -> Found:
    """Read files and folders, each in the format it seems to be in. Raises StoppedError."""
    found = Found()
    count = 0

    def step(more: int = 1) -> None:
        nonlocal count
        count += more
        if not tell(count):
            raise StoppedError

    def leave_out(code: str, **details: object) -> None:
        found.bad.append(UserError(code, **details))

    for path in paths:
        try:
            format_ = guess(path)
            if format_.name == TEXT.name:
                for text in _texts(path, found.bad.append, {}):
                    found.texts.append(text)
                    step()
            else:
                records = list[Record]()
                with records_of(format_, path, {"report": leave_out}) as coming:
                    for run in in_runs(coming):
                        records += run
                        step(len(run))
                is_of_others = isinstance(format_, OfOthers)
                found.others.append(
                    FoundRecords(path, format_.title, records, counted(records), is_of_others)
                )
        except UserError as error:
            found.bad.append(UserError(error.code, **{"path": str(path), **error.details}))
        step()
    return found


def read_in(text: FoundText, encoding: str) -> FoundText:
    """The same file read in another encoding. Raises UserError."""
    [read] = _texts(text.path, _raise, {"encoding": encoding})
    return replace(
        read, base=text.base, article=replace(read.article, origin=_origin(read.article, text.name))
    )


def counted(records: Sequence[Record]) -> Counter[str]:
    """How many records there are of each type that an analyst counts."""
    return Counter(record.type for record in records if not isinstance(record, ProjectLine | SchemeLine))


def _texts(
    path: Path, leave_out: Callable[[UserError], object], options: Mapping[str, object]
) -> Iterator[FoundText]:
    base = path if path.is_dir() else path.parent
    told: dict[str, list[str]] = {}

    def report(code: str, **details: object) -> None:
        if code in NOTICES:
            told.setdefault(str(details["path"]), []).append(code)
        else:
            leave_out(UserError(code, **details))

    with records_of(TEXT, path, {**options, "report": report}) as records:
        for record in records:
            if isinstance(record, Article):
                file = base / str((record.origin or {})["file"])
                yield FoundText(file, base, record, _head(file, record), tuple(told.pop(str(file), ())))


def _head(file: Path, article: Article) -> dict[str, str]:
    if file.suffix.lower() not in (".md", ".markdown") or article.original is None:
        return {}
    encoding = str((article.origin or {})["encoding"])
    decoded = article.original.decode(encoding, "replace").removeprefix("\ufeff")
    head, _ = front_matter(decoded.replace("\r\n", "\n").replace("\r", "\n"))
    return {name: value for name, value in head.items() if name in FIELDS}


def _origin(article: Article, name: str) -> dict[str, object]:
    return {**(article.origin or {}), "file": name}


def _raise(error: UserError) -> None:
    raise error
