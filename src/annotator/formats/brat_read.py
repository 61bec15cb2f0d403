"""From brat documents to records."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, tee
from pathlib import Path
from typing import Any, NamedTuple, cast

from annotator.domain import runs
from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, is_uuid
from annotator.domain.model import Article, Link, Mark, Record, SchemeLine
from annotator.domain.runs import PAUSE, Run
from annotator.domain.text import decode
from annotator.formats.brat_ann import Used, parse
from annotator.formats.brat_beside import Beside
from annotator.formats.brat_records import FIELDS, BratRecords, Row, places
from annotator.formats.brat_types import CONFIGURATION, FoundTypes, own_comments
from annotator.formats.encodings import guess_encoding, not_text, tell_of
from annotator.formats.files import read_bytes, read_each
from annotator.formats.metadata import readable
from annotator.formats.registry import Options, reporter
from annotator.formats.sources import NamedSources
from annotator.formats.spooled import Spooled

ANN, TXT = ".ann", ".txt"
EXTRACTOR = "brat/1"
AT_ONCE = 50
"""Documents that are read at most before their records go on, sorted by type: a store takes those in runs."""
AT_FIRST = 10
"""Those that go on first, so that whoever stores them has something to do meanwhile."""
CHARACTERS = 1_000_000
"""Characters of their texts at most, likewise."""


Share = Callable[[int, int], object]
"""Told how many documents of how many were looked at before the first is read."""


class _Brought(NamedTuple):
    """What a document brings; its sources wait in `NamedSources`."""

    article: Article
    marks: Sequence[Row]
    links: Sequence[Row]


class BratReader:
    """Reads the documents below a folder, or one of them."""

    def __init__(self, path: Path, options: Options) -> None:
        self.path = path
        self.base = path if path.is_dir() else path.parent
        self.options = options
        self.report = reporter(options)
        self.looking = cast("Share", options.get("looking", _in_silence))
        self.count = 0
        """How many documents there are."""
        self.sources = NamedSources()
        self.types = FoundTypes(*self._own_comments())
        self.made = BratRecords(self.types, self.sources, self.report)
        self._before = str(self.base / ANN).removesuffix(ANN)

    def records(self) -> Iterator[Record | Run[Record]]:
        """The scheme; of some documents at a time sources, articles, marks and links; last what is beside."""
        with closing(Spooled()) as self.spooled, closing(Beside(self.base, self.sources)) as self.beside:
            yield from self._find_documents()
            kinds = yield from self.beside.kinds()
            looked = cast("Callable[[], Used] | None", self.options.get("looked"))
            used = looked() if looked else (yield from self._used())
            yield SchemeLine(data=self._scheme(used, kinds))
            names, ahead = tee(self._files())
            with closing(read_each(self._pairs(ahead), self.options)) as contents:
                yield from self._documents(names, contents)
            yield from self.beside.records(self.report)

    def look(self) -> Generator[Run[Record], None, Used]:
        """What `records` has to know first, with pauses on the way."""
        with closing(Spooled()) as self.spooled:
            yield from self._find_documents()
            return (yield from self._used())

    def _documents(self, files: Iterable[str], contents: Iterator[bytes]) -> Iterator[Record | Run[Record]]:
        some: list[_Brought] = []
        characters, most = 0, AT_FIRST
        for file in files:
            some.append(self._document(file.removesuffix(ANN), contents))
            characters += len(some[-1].article.text)
            if len(some) == most or characters > CHARACTERS:
                yield from self._of(some)
                some, characters, most = [], 0, AT_ONCE
        yield from self._of(some)

    def _of(self, documents: Sequence[_Brought]) -> Iterable[Record | Run[Record]]:
        return chain(
            self.sources.new(),
            [one.article for one in documents],
            _by_column(Mark, [row for one in documents for row in one.marks]),
            _by_column(Link, [row for one in documents for row in one.links]),
        )

    def _find_documents(self) -> Iterator[Run[Record]]:
        """Put the paths of the .ann aside on disk, since there can be very many; pauses on the way."""
        found = self._below() if self.path.is_dir() else [self.path.with_suffix(ANN).name]
        for file in found:
            self.spooled.add(os.fsencode(file))
            self.count += 1
            if self.count % runs.AT_ONCE == 0:
                yield PAUSE
        if not self.count:
            raise UserError("folder-without-documents", path=str(self.base), suffixes=[ANN])

    def _files(self) -> Iterator[str]:
        """The .ann below `base`, in order."""
        for page in self.spooled.pages():
            yield from (os.fsdecode(file) for (file,) in page)

    def _pairs(self, files: Iterable[str]) -> Iterator[str]:
        """The paths of the files of documents, of each the .ann before the text."""
        for file in files:
            path = self._path(file)
            yield from (path, path.removesuffix(ANN) + TXT)

    def _below(self) -> Iterator[str]:
        """The .ann below `base`, in the order of their paths; texts without one are told."""
        way = [self._inside("")]  # to where this is: folders can be nested more deeply than calls
        while way:
            name = next(way[-1], None)
            if name is None:
                way.pop()
            elif name.endswith("/"):
                way.append(self._inside(name))
            else:
                yield name

    def _inside(self, place: str) -> Iterator[str]:
        """What is in a folder, in order: each .ann, and folders with a slash behind their names."""
        folder = self.base / place
        folders = {entry.name for entry in _entries(folder) if entry.is_dir(follow_symlinks=False)}
        files = {entry.name for entry in _entries(folder) if entry.name.endswith(ANN)}
        files -= folders
        texts = (entry.name for entry in _entries(folder) if entry.name.endswith(TXT))
        for text in sorted(text for text in texts if text.removesuffix(TXT) + ANN not in files):
            self.report("brat-text-without-annotations", path=str(folder / text))
        files |= folders  # in place: there can be very many
        for name in sorted(files):
            yield f"{place}{name}/" if name in folders else place + name

    def _own_comments(self) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
        path = self.base / CONFIGURATION
        if not path.is_file():
            return {}, {}
        try:
            scheme, table = own_comments(read_bytes(path, self.options).decode("utf-8", "replace"))
            FoundTypes(scheme, table).scheme((), (), ())
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            self.report("brat-configuration-unreadable", path=str(path), reason=str(error))
            return {}, {}
        return scheme, table

    def _used(self) -> Generator[Run[Record], None, Used]:
        """What all documents use; each is read again when its turn comes."""
        used = Used()
        with closing(read_each(map(self._path, self._files()), self.options)) as contents:
            for count, data in enumerate(contents, 1):
                used.look_through(data)
                if count % runs.AT_ONCE == 0:
                    self.looking(count, self.count)
                    yield PAUSE
        self.looking(self.count, self.count)
        return used

    def _scheme(self, used: Used, beside: Iterable[str]) -> dict[str, Any]:
        """The scheme of what documents use, and of the kinds of links beside them."""
        name_of = self.types.name_of
        self.types.learn_labels(used.bounds)
        labels = [name_of("labels", one) for one in used.bounds]
        kinds = {(name_of("link_kinds", one), is_symmetric): None for one, is_symmetric in used.relations}
        kinds |= dict.fromkeys((kind, False) for kind in beside)
        attributes = [(name_of("attributes", one), count) for one, count in used.attributes.items()]
        self.types.learn_lists(attributes)
        return self.types.scheme(labels, kinds, [name for name, _ in attributes])

    def _document(self, name: str, contents: Iterator[bytes]) -> _Brought:
        ann, path = self._path(name + ANN), self._path(name + TXT)
        stem = _as_text(name)
        found = parse(ann, next(contents), self.report)
        data = self._text_beside(ann, path, contents)
        try:
            imported = decode(data, guess=guess_encoding)
        except UserError as error:
            if kind := not_text(data):
                raise UserError("not-a-text", path=path, kind=kind) from error
            raise UserError(error.code, **{"path": path, **error.details}) from error
        tell_of(imported, path, self.report)
        place = None
        if imported.had_bom or imported.newline in ("crlf", "mixed"):
            place = places(data.decode(imported.encoding), imported.text, found.bounds)
        marks = self.made.marks(found, stem, imported.text, place)
        there = {row[0] for row in marks}
        article = Article(
            id=ArticleId(stem),
            text=imported.text,
            title=_title(stem.rpartition("/")[2]),
            origin={
                "file": f"{stem}{TXT}",
                "encoding": imported.encoding,
                "sha256": imported.sha256,
                "extractor": EXTRACTOR,
            },
            original=data,
            path=path,
        )
        self.beside.note(stem, there)
        return _Brought(article, marks, self.made.links(found, stem, there))

    @staticmethod
    def _text_beside(ann: str, path: str, contents: Iterator[bytes]) -> bytes:
        try:
            return next(contents)
        except UserError:
            if Path(path).is_file():
                raise
            raise UserError("brat-without-text", path=ann, text=path) from None

    def _path(self, name: str) -> str:
        """The path of a file below `base`, without the price of `Path` for each of very many."""
        return self._before + name.replace("/", os.sep)


def _in_silence(done: int, total: int) -> None:
    del done, total


def _by_column(record: type[Mark | Link], rows: Sequence[Row]) -> Iterator[Run[Record]]:
    for start in range(0, len(rows), runs.AT_ONCE):
        columns = zip(*rows[start : start + runs.AT_ONCE], strict=True)
        yield Run(record, dict(zip(FIELDS[record], columns, strict=True)))


def _title(name: str) -> str | None:
    """The name of a document as a title; none where it is an id, by which we name what has no title."""
    return None if is_uuid(name) else readable(name)


def _as_text(name: str) -> str:
    """A path that can be stored: bytes that are no text, as in names of old systems, by their numbers."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError as error:
        raise UserError("file-unreadable", path=str(folder), reason=error.strerror) from error
