"""Whether bytes are text at all, and in which encoding."""

from __future__ import annotations

from annotator.domain.text import Imported
from annotator.formats.registry import Report

_SAMPLE = 1 << 20
_LOOK = 1 << 16
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP, Word, OpenDocument or EPUB"),
    (b"\xd0\xcf\x11\xe0", "old Word or Excel"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x7fELF", "program"),
)
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
"""Of UTF-16 and UTF-32."""


def not_text(data: bytes) -> str | None:
    """What the bytes are if they are no text: a kind of file, "binary", or None if they may be text.

    Bytes are called binary when more than one in a hundred is NUL, unless
    they stand at every other place only, as in UTF-16, or a mark says UTF-16 or UTF-32.
    """
    kind = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    if kind:
        return kind
    if data.startswith(_MARKS):
        return None
    even, odd = _places_of_nul(data)
    if (even + odd) * 100 <= min(len(data), _LOOK):
        return None
    return None if min(even, odd) * 20 < max(even, odd) else "binary"


def unmarked_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark before it, where every other byte of most characters is NUL, as in Latin letters.

    UTF-8 would fit such bytes too, with a control character after each letter.
    """
    even, odd = _places_of_nul(data)
    pairs = min(len(data), _LOOK) // 2
    most, fewest = max(even, odd), min(even, odd)
    if data.startswith(_MARKS) or len(data) % 2 or most * 2 <= pairs or fewest * 20 >= pairs:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _places_of_nul(data: bytes) -> tuple[int, int]:
    """How many NULs stand at even and at odd places of the beginning."""
    head = data[:_LOOK]
    return head[::2].count(0), head[1::2].count(0)


def guess_encoding(data: bytes) -> str | None:
    """The likeliest encoding, from the first megabyte up to a line end; None where nothing fits."""
    import charset_normalizer  # as much to load as all formats, and most texts are UTF-8

    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    best = charset_normalizer.from_bytes(sample).best()
    return best.encoding if best else None


def tell_of(imported: Imported, path: str, report: Report, *, is_given: bool = False) -> None:
    """Tell what may not stand in a text as it does in its file. is_given: nobody guessed its encoding."""
    if imported.replaced:
        report("control-characters-replaced", path=path, count=len(imported.replaced))
    if imported.encoding != "utf-8" and not imported.had_bom and not is_given:
        report("encoding-guessed", path=path, encoding=imported.encoding)
