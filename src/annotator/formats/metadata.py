"""What is known about bare text files: from a manifest, their names, their head, or by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from itertools import zip_longest
from pathlib import Path
from unicodedata import normalize

from annotator.domain.errors import UserError
from annotator.domain.model import Region
from annotator.domain.spans import Span
from annotator.domain.text import decode
from annotator.formats.csv_table import csv_rows
from annotator.formats.encodings import guess_encoding, not_text, tell_of, unmarked_encoding
from annotator.formats.files import read_bytes
from annotator.formats.registry import Report

FIELDS = ("title", "outlet", "date", "url", "byline", "agency", "language", "archive_url", "tags")
"""The metadata of a text, by the names of manifest columns and of fields in file names."""

_FINAL = ".!?…。！？؟।"
_QUOTES = "\"'“”»«’‘"
_LONGEST_TITLE = 200
_MOST_COLUMNS = 20
"""So many are named where something is wrong with them."""
_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FRONT_LINE = re.compile(r"([A-Za-z][\w-]*):(?:[ \t]+(.*?))?[ \t]*")


@dataclass
class Manifest:
    """Rows of a CSV file, one a text: column `file`, and any of FIELDS.

    used: the rows that a file was found for.
    """

    path: Path
    rows: dict[str, dict[str, str]]
    used: set[str] = field(default_factory=set)

    def row(self, file: Path, folder: Path) -> dict[str, str] | None:
        """The row of a file, named by its path, whole or from the folder or the manifest, or by name."""
        for key in map(_key, self._keys(file, folder)):
            if key in self.rows:
                self.used.add(key)
                return self.rows[key]
        return None

    def unused(self) -> list[str]:
        """The files of rows that were not asked for."""
        return [key for key in self.rows if key not in self.used]

    def _keys(self, file: Path, folder: Path) -> Iterator[str]:
        for base in (folder, self.path.parent):
            if file.is_relative_to(base):
                yield file.relative_to(base).as_posix()
        yield file.absolute().as_posix()
        yield file.name


def read_manifest(path: Path, report: Report | None = None) -> Manifest:
    """A manifest with commas, semicolons or tabs between columns.

    report: told of an encoding that was guessed, and of characters that were replaced. Raises UserError
    "manifest-..." for unknown columns, rows without a file and a file named twice, and "csv-...".
    """
    text = _text(path, report)
    head = text.lstrip("\n").partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    return Manifest(path, _rows(csv_rows(StringIO(text, newline=""), delimiter, path), path))


def _text(path: Path, report: Report | None) -> str:
    data = read_bytes(path, {})
    kind = not_text(data)
    if kind:
        raise UserError("not-a-text", path=str(path), kind=kind)
    try:
        found = decode(data, unmarked_encoding(data), guess_encoding)
    except UserError as error:
        raise UserError(error.code, **{"path": str(path), **error.details}) from error
    if report is not None:
        tell_of(found, str(path), report)
    return found.text


def _rows(table: Iterator[tuple[int, list[str]]], path: Path) -> dict[str, dict[str, str]]:
    columns = _columns(next(table, (1, []))[1], path)
    rows: dict[str, dict[str, str]] = {}
    for line, cells in table:
        if any(cell for cell, name in zip_longest(cells, columns, fillvalue="") if not name):
            raise UserError("csv-row-too-long", path=str(path), line=line)
        row = dict(zip(columns, cells, strict=False))
        file = _key(row.get("file", "").strip().replace("\\", "/").removeprefix("./"))
        if not file:
            raise UserError("manifest-row-without-file", path=str(path), line=line)
        if file in rows:
            raise UserError("manifest-file-twice", path=str(path), line=line, file=file)
        rows[file] = {key: value.strip() for key, value in row.items() if value and key != "file"}
    return rows


def _columns(cells: list[str], path: Path) -> list[str]:
    """The names of columns; one without a name may stand there as long as it holds nothing."""
    columns = [name.strip().lower() for name in cells]
    found = [name for name in columns if name]
    unknown = [name for name in found if name not in ("file", *FIELDS)]
    if unknown or "file" not in found or len(set(found)) < len(found):
        raise UserError(
            "manifest-columns",
            path=str(path),
            unknown=unknown,
            known=FIELDS,
            found=found if len(found) <= _MOST_COLUMNS else [*found[:_MOST_COLUMNS], "…"],
        )
    return columns


def _key(file: str) -> str:
    """The name of a file as rows have it: systems differ in how they write accents."""
    return normalize("NFC", file)


class NamePattern:
    """A pattern such as `{date}_{outlet}_{title}.txt`; the suffix may be left out.

    Raises UserError("name-pattern") for a field that is none of FIELDS, or is there twice.
    """

    def __init__(self, pattern: str) -> None:
        stem = re.sub(r"\.(txt|md|markdown)$", "", pattern)
        parts = re.split(r"\{(\w*)\}", stem)
        names = parts[1::2]
        if not names or len(set(names)) < len(names) or not set(names) <= set(FIELDS):
            raise UserError("name-pattern", pattern=pattern, known=list(FIELDS))
        groups = [f"(?P<{name}>.+?)" for name in names]
        literals = [re.escape(part) for part in parts[::2]]
        joined = "".join(literal + group for literal, group in zip(literals, [*groups, ""], strict=True))
        self._pattern = re.compile(joined, re.DOTALL)

    def metadata(self, stem: str) -> dict[str, str] | None:
        """What a file name says; None if it does not fit."""
        found = self._pattern.fullmatch(stem)
        if found is None:
            return None
        return {
            name: _iso_date(value) if name == "date" else " ".join(value.replace("_", " ").split())
            for name, value in found.groupdict().items()
        }


def _iso_date(text: str) -> str:
    return re.sub(r"^(\d{4})[._]?(\d{2})[._]?(\d{2})$", r"\1-\2-\3", text)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The simple `key: value` head of a Markdown text, and the text after it.

    A head with anything else in it (nested values, lists) is left in the text.
    """
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    head: dict[str, str] = {}
    for line in found[1].split("\n"):
        if not line.strip() or line.startswith("#"):
            continue
        pair = _FRONT_LINE.fullmatch(line)
        if pair is None or not pair[2]:
            return {}, text
        head[pair[1].lower()] = _unquoted(pair[2])
    return head, text[found.end() :]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def first_line_title(text: str) -> str | None:
    """The first line, if it is clearly a headline: short, without a final stop, with more text below it.

    Below it stands a blank line, or a line that is longer.
    """
    first, _, rest = text.strip().partition("\n")
    line, below = first.strip(), rest.partition("\n")[0].strip()
    is_short = 0 < len(line) <= _LONGEST_TITLE
    is_apart = bool(rest) and (not below or len(below) > len(line))
    return line if is_short and is_apart and line.rstrip(_QUOTES)[-1:] not in _FINAL else None


def title_regions(text: str, title: str | None) -> tuple[Region, ...]:
    """The first line, where it is the headline that the article has as its title; nothing otherwise."""
    line = first_line_title(text)
    if line is None or title is None or line.split() != title.split():
        return ()
    start = len(text) - len(text.lstrip())
    return (Region("title", Span(start, start + len(line))),)


def readable(stem: str) -> str:
    """A file name as a title: `harbour-closed_again` becomes `Harbour closed again`."""
    title = " ".join(stem.replace("_", " ").split())
    if " " not in title:
        title = re.sub(r"(?<!\d)-|-(?!\d)", " ", title).strip()
    return title[:1].upper() + title[1:]


def tags(text: str) -> tuple[str, ...]:
    """Tags with commas or semicolons between them, in square brackets or not."""
    parts = re.split(r"[,;]", text.strip().removeprefix("[").removesuffix("]"))
    return tuple(dict.fromkeys(part for part in map(_unquoted, map(str.strip, parts)) if part))
