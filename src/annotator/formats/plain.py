"""Bare texts: .txt and .md files, folders of them, and pasted words."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, new_id
from annotator.domain.model import Article, Record
from annotator.domain.summary import Summary
from annotator.domain.text import Imported, decode, normalise_text, text_sha256
from annotator.formats.encodings import guess_encoding, not_text, tell_of, unmarked_encoding
from annotator.formats.files import read_bytes
from annotator.formats.metadata import (
    FIELDS,
    Manifest,
    NamePattern,
    first_line_title,
    front_matter,
    read_manifest,
    readable,
    tags,
    title_regions,
)
from annotator.formats.registry import Loss, Options, Report, reporter
from annotator.formats.sources import NamedSources

EXTRACTOR = "annotator-text/1"
_MOST_KINDS = 8
"""Of files that are no texts, so many kinds are named."""


class TextFormat:
    """Reads texts as articles.

    Options, all of them optional:
    manifest: path of a CSV file; name_pattern: see `NamePattern`;
    first_line_title: take the first line as title where it is clearly one; False for the file name always;
    title: whatever a text or a manifest says; encoding: instead of guessing; max_bytes: largest file taken;
    outlet, date, language and the other FIELDS: for texts of which nothing else is said.
    In a folder, what is wrong with one file is told to `report` and the others go on.
    """

    name = "text"
    suffixes: tuple[str, ...] = (".txt", ".md", ".markdown")
    title = "Text and Markdown files"
    reads = True
    writes = False
    extent: Literal["file", "folder"] = "folder"

    def read(self, path: Path, options: Options) -> Iterator[Record]:
        """Articles in order of their paths, each after the outlet and agency it is the first to name."""
        reader = _Reader(path if path.is_dir() else path.parent, options)
        if path.is_dir():
            yield from reader.folder(path)
        else:
            yield from reader.file(path)

    def write(self, records: Iterable[Record], out: Path, options: Options) -> None:
        raise UserError("format-read-only", name=self.name)

    def losses(self, summary: Summary) -> list[Loss]:
        return []


FORMAT = TextFormat()


def read_pasted(text: str, **metadata: str) -> list[Record]:
    """The article of a pasted text, after the sources its metadata name (see FIELDS).

    Raises UserError "text-empty", or "lone-surrogate" with its place.
    """
    normal, _ = normalise_text(text)
    if not normal.strip():
        raise UserError("text-empty")
    unknown = sorted(set(metadata) - set(FIELDS))
    if unknown:
        raise TypeError(f"no such metadata: {', '.join(unknown)}")
    sources = NamedSources()
    fields = _fields(metadata, sources)
    article = Article(
        id=ArticleId(new_id()),
        text=normal,
        sha256=text_sha256(normal),
        origin={"file": None, "encoding": "utf-8", "sha256": text_sha256(text), "extractor": "pasted"},
        original=text.encode("utf-8"),
        regions=title_regions(normal, metadata.get("title")),
        **fields,
    )
    return [*sources.new(), article]


class _Reader:
    """Reads the files of one call."""

    def __init__(self, folder: Path, options: Options) -> None:
        self.base = folder
        self.others = Counter[str]()
        """How many files are no texts, by their suffix."""
        self.options = options
        self.report: Report = reporter(options)
        self.sources = NamedSources()
        manifest, pattern = options.get("manifest"), options.get("name_pattern")
        self.manifest: Manifest | None = read_manifest(Path(str(manifest))) if manifest else None
        self.pattern = NamePattern(str(pattern)) if pattern else None
        self.defaults = {name: str(options[name]) for name in FIELDS if options.get(name)}

    def folder(self, folder: Path) -> Iterator[Record]:
        found = 0
        for path in self._texts(folder):
            found += 1
            try:
                yield from self.file(path)
            except UserError as error:
                self._leave_out(path, error)
        if not found:
            raise UserError("folder-without-texts", path=str(folder), suffixes=list(FORMAT.suffixes))
        if self.others:
            kinds = [f"{count:,} × {suffix}" for suffix, count in self.others.most_common(_MOST_KINDS)]
            self.report("files-no-texts", path=str(folder), files=kinds)
        for name in self.manifest.unused() if self.manifest else ():
            self.report("manifest-row-without-text", path=str(folder), file=name)

    def _texts(self, folder: Path) -> Iterator[Path]:
        """Text files at any depth, in order of their paths; hidden ones and linked folders are left out."""

        def unreadable(error: OSError) -> None:
            self._leave_out(here, UserError("file-unreadable", path=str(here), reason=error.strerror))

        folders = [folder]
        while folders:  # `os.walk` calls itself, and folders can be nested more deeply than calls
            here = folders.pop()
            _, inside, files = next(os.walk(here, onerror=unreadable), ("", [], []))
            for name in sorted(files):
                suffix = Path(name).suffix.lower()
                if name.startswith("."):
                    continue
                if suffix in FORMAT.suffixes:
                    yield here / name
                elif self.manifest is None or name != self.manifest.path.name:
                    self.others[suffix or name] += 1
            below = (here / name for name in sorted(inside, reverse=True) if not name.startswith("."))
            folders += [path for path in below if not os.path.islink(path)]  # noqa: PTH114 - a path can be too long

    def _leave_out(self, path: Path, error: UserError) -> None:
        """Tell of what could not be read in a folder; raise it where nobody is told."""
        if not callable(self.options.get("report")):
            raise error
        self.report(error.code, **{"path": str(path), **error.details})

    def file(self, path: Path) -> Iterator[Record]:
        data = read_bytes(path, self.options)
        kind = not_text(data)
        if kind:
            raise UserError("not-a-text", path=str(path), kind=kind)
        imported = self._decoded(path, data)
        text, head = imported.text, dict[str, str]()
        if path.suffix.lower() in (".md", ".markdown"):
            head, text = front_matter(text)
        if not text.strip():
            raise UserError("text-empty", path=str(path))
        tell_of(imported, str(path), self.report, is_given=bool(self.options.get("encoding")))
        origin = self._origin(path, imported, head)
        metadata = self._metadata(path, head, text)
        article = Article(
            id=ArticleId(new_id()),
            text=text,
            sha256=text_sha256(text),
            origin=origin,
            original=data,
            regions=title_regions(text, metadata.get("title")),
            **_fields(metadata, self.sources),
        )
        yield from self.sources.new()
        yield article

    def _decoded(self, path: Path, data: bytes) -> Imported:
        encoding = self.options.get("encoding") or unmarked_encoding(data)
        try:
            return decode(data, str(encoding) if encoding else None, guess_encoding)
        except UserError as error:
            raise UserError(error.code, **{"path": str(path), **error.details}) from error

    def _origin(self, path: Path, imported: Imported, head: Mapping[str, str]) -> dict[str, Any]:
        rest = {name: value for name, value in head.items() if name not in FIELDS}
        origin: dict[str, Any] = {
            "file": path.relative_to(self.base).as_posix(),
            "encoding": imported.encoding,
            "sha256": imported.sha256,
            "extractor": EXTRACTOR,
        }
        return origin | {"front_matter": rest} if rest else origin

    def _metadata(self, path: Path, head: Mapping[str, str], text: str) -> dict[str, str]:
        """What is known of a text; a manifest goes before its own head, that before name and first line."""
        metadata = {"title": readable(path.stem), **self.defaults}
        if self.options.get("first_line_title", True):
            title = first_line_title(text)
            metadata |= {"title": title} if title else {}
        if self.pattern:
            named = self.pattern.metadata(path.stem)
            if named is None:
                self.report("name-pattern-does-not-fit", path=str(path))
            metadata |= named or {}
        metadata |= {name: value for name, value in head.items() if name in FIELDS}
        if self.manifest:
            row = self.manifest.row(path, self.base)
            if row is None:
                self.report("text-without-manifest-row", path=str(path))
            metadata |= row or {}
        title = self.defaults.get("title")
        return metadata | ({"title": title} if title else {})


def _fields(metadata: Mapping[str, str], sources: NamedSources) -> dict[str, Any]:
    """Metadata as fields of an Article, with ids of sources for the names of outlet and agency."""
    fields: dict[str, Any] = {name: value for name, value in metadata.items() if value}
    if "outlet" in fields:
        fields["outlet"] = sources.id_of(fields["outlet"], "outlet")
    if "agency" in fields:
        fields["agency"] = sources.id_of(fields["agency"], "organisation")
    if "tags" in fields:
        fields["tags"] = tags(fields["tags"])
    return fields
