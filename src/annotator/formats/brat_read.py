"""From brat documents to records."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, LinkId, MarkId
from annotator.domain.model import Article, Attribution, Link, Mark, Record, Ref, SchemeLine
from annotator.domain.spans import Span
from annotator.domain.text import BOM, decode, normalise_text, text_sha256
from annotator.formats.brat_ann import LINE_ENDS, NOTE, Annotations, TextBound, Used, parse
from annotator.formats.brat_beside import Beside
from annotator.formats.brat_types import CONFIGURATION, FoundTypes, own_comments
from annotator.formats.encodings import guess_encoding
from annotator.formats.files import read_bytes
from annotator.formats.metadata import readable
from annotator.formats.nesting import DEEPEST, depth
from annotator.formats.registry import Options, reporter
from annotator.formats.sources import NamedSources
from annotator.formats.spooled import Spooled

ANN, TXT = ".ann", ".txt"
EXTRACTOR = "brat/1"
_CR_OF_CRLF = re.compile(r"\r(?=\n)")
AT_ONCE = 50
"""Documents that are read at most before their records go on, sorted by type: a store takes those in runs."""
CHARACTERS = 1_000_000
"""Characters of their texts at most, likewise."""


class _Pair(NamedTuple):
    """The records of a document; its sources wait in `NamedSources`."""

    article: Article
    marks: list[Mark]
    links: list[Link]
    there: Set[str]
    """The ids of the marks."""


class BratReader:
    """Reads the documents below a folder, or one of them."""

    def __init__(self, path: Path, options: Options) -> None:
        self.path = path
        self.base = path if path.is_dir() else path.parent
        self.options = options
        self.report = reporter(options)
        self.sources = NamedSources()
        self.types = FoundTypes(*self._own_comments())

    def records(self) -> Iterator[Record]:
        """The scheme; of some documents at a time sources, articles, marks and links; last links across."""
        with closing(Spooled()) as self.spooled, closing(Beside(self.base)) as self.beside:
            self._find_documents()
            yield SchemeLine(data=self._scheme())
            some: list[_Pair] = []
            characters = 0
            for file in self._files():
                some.append(self._document(file.removesuffix(ANN)))
                characters += len(some[-1].article.text)
                if len(some) == AT_ONCE or characters > CHARACTERS:
                    yield from self._of(some)
                    some, characters = [], 0
            yield from self._of(some)
            yield from self.beside.links(self.report)

    def _of(self, documents: Sequence[_Pair]) -> Iterator[Record]:
        self.beside.note({one.article.id: one.there for one in documents})
        yield from self.sources.new()
        yield from (one.article for one in documents)
        for one in documents:
            yield from one.marks
        for one in documents:
            yield from one.links

    def _find_documents(self) -> None:
        """Put the paths of the .ann aside on disk, since there can be very many."""
        is_folder = self.path.is_dir()
        found = self._below(self.base, "") if is_folder else iter([self.path.with_suffix(ANN).name])
        first = next(found, None)
        if first is None:
            raise UserError("folder-without-documents", path=str(self.base), suffixes=[ANN])
        for file in chain([first], found):
            self.spooled.add(os.fsencode(file))

    def _files(self) -> Iterator[str]:
        """The .ann below `base`, in order."""
        for page in self.spooled.pages():
            yield from (os.fsdecode(file) for (file,) in page)

    def _below(self, folder: Path, place: str) -> Iterator[str]:
        """The .ann below a folder in the order of their paths; texts without one are told."""
        folders = {entry.name for entry in _entries(folder) if entry.is_dir(follow_symlinks=False)}
        files = {entry.name for entry in _entries(folder) if entry.name.endswith(ANN)}
        texts = (entry.name for entry in _entries(folder) if entry.name.endswith(TXT))
        for text in sorted(text for text in texts if text.removesuffix(TXT) + ANN not in files):
            self.report("brat-text-without-annotations", path=str(folder / text))
        for name in sorted(folders | files):
            if name in folders:
                yield from self._below(folder / name, f"{place}{name}/")
            else:
                yield place + name

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

    def _scheme(self) -> dict[str, Any]:
        """The scheme of what all documents use; each is read again when its turn comes."""
        name_of, used = self.types.name_of, Used()
        for file in self._files():
            used.look_through(read_bytes(self.base / file, self.options))
        labels = [name_of("labels", one) for one in used.bounds]
        kinds = {(name_of("link_kinds", one), is_symmetric): None for one, is_symmetric in used.relations}
        kinds |= dict.fromkeys((kind, False) for kind in self.beside.kinds())
        attributes = [(name_of("attributes", one), count) for one, count in used.attributes.items()]
        self.types.learn_lists(attributes)
        return self.types.scheme(labels, kinds, [name for name, _ in attributes])

    def _document(self, name: str) -> _Pair:
        ann, path = self.base / f"{name}{ANN}", self.base / f"{name}{TXT}"
        stem = _as_text(name)
        found = parse(ann, read_bytes(ann, self.options), self.report)
        if not path.is_file():
            raise UserError("brat-without-text", path=str(ann), text=str(path))
        data = read_bytes(path, self.options)
        try:
            imported = decode(data, guess=guess_encoding)
        except UserError as error:
            raise UserError(error.code, **{"path": str(path), **error.details}) from error
        raw = data.decode(imported.encoding)
        place = _places(raw, imported.text, found.bounds)
        marks = [self._mark(found, one, stem, imported.text, place) for one in found.bounds]
        article = Article(
            id=ArticleId(stem),
            text=imported.text,
            title=readable(Path(stem).name),
            sha256=text_sha256(imported.text),
            origin={
                "file": f"{stem}{TXT}",
                "encoding": imported.encoding,
                "sha256": imported.sha256,
                "extractor": EXTRACTOR,
            },
            original=data,
            path=str(path),
        )
        there: Set[str] = {mark.id for mark in marks if mark}
        return _Pair(article, [mark for mark in marks if mark], list(self._links(found, stem, there)), there)

    def _mark(
        self, found: Annotations, one: TextBound, stem: str, text: str, place: Callable[[int], int]
    ) -> Mark | None:
        spans = [Span(place(start), place(end)) for start, end in one.fragments]
        for span in spans:
            if not 0 <= span.start <= span.end <= len(text):
                raise UserError(
                    "brat-span-outside", path=str(found.path), line=one.line, id=one.id,
                    start=span.start, end=span.end, length=len(text),
                )  # fmt: skip
        if any(span.start == span.end for span in spans):
            self.report("zero-width-mark", path=str(found.path), line=one.line, id=f"{stem}/{one.id}")
            return None
        spans, quotes = _quoted(text, spans, one.words)
        notes = [note for name in found.about(one) for note in found.notes.get(name, ())]
        return Mark(
            id=MarkId(f"{stem}/{one.id}"),
            article=ArticleId(stem),
            label=self.types.name_of("labels", one.type),
            spans=tuple(spans),
            quotes=tuple(quotes),
            attribution=self._attribution(notes),
            attributes=self._attributes(found, one, notes),
            note=_joined(notes),
            line=one.line,
            path=str(found.path),
        )

    def _attribution(self, notes: Sequence[tuple[str, str]]) -> tuple[Attribution, ...]:
        speakers = [words for kind, words in notes if kind == "Source"]
        relays = [words for kind, words in notes if kind == "Relay"]
        if not speakers and not relays:
            return ()
        speaker = Attribution(self.sources.id_of(speakers[0]) if speakers else None)
        return speaker, *(Attribution(self.sources.id_of(name)) for name in (*speakers[1:], *relays))

    def _attributes(
        self, found: Annotations, one: TextBound, notes: Sequence[tuple[str, str]]
    ) -> dict[str, Any]:
        attributes: dict[str, Any] = {}
        for name in found.about(one):
            for kind, values in found.attributes.get(name, {}).items():
                attribute = self.types.name_of("attributes", kind)
                attributes[attribute] = self.types.value_of(attribute, values)
        for kind, words in notes:
            if kind == "Attribute":
                attributes |= _attribute(words)
        return attributes

    def _links(self, found: Annotations, stem: str, there: Set[str]) -> Iterator[Link]:
        for one in found.relations:
            ends = [f"{stem}/{found.triggers.get(end, end)}" for end in (one.origin, one.target)]
            if not there >= set(ends):
                self.report("brat-relation-without-end", path=str(found.path), id=one.id)
                continue
            if one.id in found.attributes:
                self.report("brat-relation-attribute", path=str(found.path), id=one.id)
            yield Link(
                id=LinkId(f"{stem}/{one.id}"),
                kind=self.types.name_of("link_kinds", one.type),
                origin=Ref("mark", ends[0]),
                target=Ref("mark", ends[1]),
                note=_joined(found.notes.get(one.id, ())),
                line=one.line,
                path=str(found.path),
            )
        if found.event_arguments:
            self.report("brat-event-arguments", path=str(found.path), count=found.event_arguments)


def _as_text(name: str) -> str:
    """A path that can be stored: bytes that are no text, as in names of old systems, by their numbers."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError as error:
        raise UserError("file-unreadable", path=str(folder), reason=error.strerror) from error


def _places(raw: str, text: str, bounds: Sequence[TextBound]) -> Callable[[int], int]:
    """From offsets of the .ann to offsets in our text.

    Tools differ in whether they count a BOM and the CR of CRLF; the way of
    counting that puts more words where they should be is taken.
    """
    dropped = list(range(len(raw) - len(raw.lstrip(BOM))))
    dropped += [found.start() for found in _CR_OF_CRLF.finditer(raw)]

    def less_dropped(offset: int) -> int:
        return offset - bisect_left(dropped, offset)

    def same(offset: int) -> int:
        return offset

    def fitting(place: Callable[[int], int]) -> int:
        return sum(
            _words(text, [Span(place(s), place(e)) for s, e in one.fragments]) == one.words for one in bounds
        )

    if not dropped or fitting(same) >= fitting(less_dropped):
        return same
    return less_dropped


def _words(text: str, spans: Sequence[Span]) -> str:
    return " ".join([text[start:end] for start, end in spans])


def _quoted(text: str, spans: list[Span], words: str | None) -> tuple[list[Span], list[str]]:
    """The spans of a mark with the words the file gives for them.

    Fragments with nothing but line ends between them become one span again.
    Words that are not those of the text are passed on, for the import to refuse or repair.
    """
    there = _words(text, spans)
    if words is None or words.strip() == there.strip() or normalise_text(words)[0] == there:
        spans = _whole(text, spans)
        return spans, [text[start:end] for start, end in spans]
    quotes, at = [], 0
    for start, end in spans:
        quotes.append(words[at : at + end - start])
        at += end - start + 1
    return spans, quotes if " ".join(quotes) == words else [words, *quotes[1:]]


def _whole(text: str, spans: Sequence[Span]) -> list[Span]:
    whole: list[Span] = []
    for span in spans:
        gap = text[whole[-1].end : span.start] if whole else ""
        if gap and not gap.strip(LINE_ENDS):
            whole[-1] = Span(whole[-1].start, span.end)
        else:
            whole.append(span)
    return whole


def _attribute(words: str) -> dict[str, Any]:
    """`name=text`, or `name:=` and JSON for what is no plain text."""
    name, _, value = words.partition("=")
    if not name.endswith(":"):
        return {name: value}
    try:
        decoded = msgspec.json.decode(value)
    except (msgspec.DecodeError, RecursionError):
        decoded = value
    return {name.removesuffix(":"): value if depth(decoded) > DEEPEST else decoded}


def _joined(notes: Sequence[tuple[str, str]]) -> str | None:
    lines = [
        words if kind == NOTE else f"{kind}: {words}"
        for kind, words in notes
        if kind not in ("Source", "Relay", "Attribute")
    ]
    return "\n".join(lines) or None
