"""The text of an article: from bytes to characters once, then never changed."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from annotator.domain.errors import UserError

Newline = Literal["none", "lf", "crlf", "cr", "mixed"]
Guess = Callable[[bytes], str | None]

BOM = "\ufeff"
REPLACEMENT = "\ufffd"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True)
class TextReport:
    """What `normalise_text` did: offsets of replaced characters (in the result), BOM, line ends it met."""

    replaced: tuple[int, ...]
    had_bom: bool
    newline: Newline


@dataclass(frozen=True)
class Imported:
    """A text as it is stored, and how it came out of its bytes.

    encoding: Python's name of it; sha256: of the original bytes; replaced: offsets
    in `text` of control characters that became U+FFFD.
    """

    text: str
    encoding: str
    sha256: str
    replaced: tuple[int, ...]
    had_bom: bool
    newline: Newline


def decode(data: bytes, encoding: str | None = None, guess: Guess | None = None) -> Imported:
    """The text in a file's bytes.

    Without an encoding: that of a byte order mark, else UTF-8, else what `guess`
    says. Nothing is decoded with losses. Raises UserError "encoding-unknown"
    (encoding) for a name that is no encoding, "encoding-wrong" (encoding, at) if
    the bytes do not fit, `at` counting bytes, "encoding-not-found" (at) if
    nothing fits, and what `normalise_text` raises.
    """
    name = _codec(encoding) if encoding else _marked(data) or _utf_8_or_guess(data, guess)
    text, report = normalise_text(_decoded(data, name))
    return Imported(
        text=text,
        encoding=name,
        sha256=hashlib.sha256(data).hexdigest(),
        replaced=report.replaced,
        had_bom=report.had_bom or _marked(data) is not None,
        newline=report.newline,
    )


def normalise_text(text: str) -> tuple[str, TextReport]:
    """The text as it may be stored, and what was done to it.

    Leading BOMs are dropped, CRLF and CR become LF, control characters that XML
    cannot carry become U+FFFD one for one. Doing it again changes nothing.
    Raises UserError "lone-surrogate" (at, line, char) for half a surrogate pair.
    Source: XML 1.0, production 2 (Char).
    """
    had_bom = text.startswith(BOM)
    text = text.lstrip(BOM)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        at = error.start
        raise UserError(
            "lone-surrogate", at=at, line=text.count("\n", 0, at) + 1, char=f"U+{ord(text[at]):04X}"
        ) from None
    newline = _newline(text)
    text = _with_lf(text)
    replaced = tuple(match.start() for match in _NOT_IN_XML.finditer(text))
    if replaced:
        text = _NOT_IN_XML.sub(REPLACEMENT, text)
    return text, TextReport(replaced, had_bom, newline)


def stored_words(words: str) -> str:
    """Words of a text as they are in it once `normalise_text` changed it; a BOM among them stays."""
    return _NOT_IN_XML.sub(REPLACEMENT, _with_lf(words))


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def text_sha256(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal digits: what a text is shared and checked by."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _codec(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise UserError("encoding-unknown", encoding=encoding) from None


def _marked(data: bytes) -> str | None:
    """The encoding a byte order mark tells; UTF-32 before UTF-16, whose mark begins alike."""
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def _utf_8_or_guess(data: bytes, guess: Guess | None) -> str:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        guessed = guess(data) if guess else None
        if not guessed:
            raise UserError("encoding-not-found", at=error.start) from None
        return _codec(guessed)
    return "utf-8"


def _decoded(data: bytes, encoding: str) -> str:
    """Lets surrogates through in the UTF encodings: they are refused later, with their place in the text."""
    errors = "surrogatepass" if encoding.startswith("utf-") and encoding != "utf-7" else "strict"
    try:
        return data.decode(encoding, errors)
    except UnicodeError as error:  # some codecs do not say where
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise UserError("encoding-wrong", encoding=encoding, at=at) from None
    except LookupError:
        raise UserError("encoding-unknown", encoding=encoding) from None


def _newline(text: str) -> Newline:
    if "\r" not in text:
        return "lf" if "\n" in text else "none"
    both = text.count("\r\n")
    kinds: dict[Newline, int] = {
        "crlf": both,
        "cr": text.count("\r") - both,
        "lf": text.count("\n") - both,
    }
    met = [kind for kind, count in kinds.items() if count]
    return "mixed" if len(met) > 1 else met[0]


def is_right_to_left(words: str) -> bool:
    """Whether the first letter that has a direction is read from right to left."""
    if words.isascii():
        return False
    strong = (unicodedata.bidirectional(char) for char in words)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


def without_controls(words: str) -> str:
    """Words for a file that people read: U+FFFD for each character that terminals obey or XML lacks."""
    return _OBEYED.sub(REPLACEMENT, words)
