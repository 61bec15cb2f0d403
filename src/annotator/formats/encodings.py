"""Whether bytes are text at all, and in which encoding."""

from __future__ import annotations

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


def not_text(data: bytes) -> str | None:
    """What the bytes are if they are no text: a kind of file, "binary", or None if they may be text.

    Bytes are called binary when more than one in a hundred is NUL, unless
    they stand at every other place only, as in UTF-16, or a mark says UTF-16 or UTF-32.
    """
    kind = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    if kind:
        return kind
    head = data[:_LOOK]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if (even + odd) * 100 <= len(head):
        return None
    return None if min(even, odd) * 20 < max(even, odd) else "binary"


def guess_encoding(data: bytes) -> str | None:
    """The likeliest encoding, from the first megabyte up to a line end; None where nothing fits."""
    import charset_normalizer  # as much to load as all formats, and most texts are UTF-8

    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    best = charset_normalizer.from_bytes(sample).best()
    return best.encoding if best else None
