"""What reading texts and writing exports may say, as sentences with a way out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from annotator.domain.errors import UserError

Say = Callable[[UserError], str]
"""Makes the sentence for an error."""

translate = QCoreApplication.translate


SENTENCES: dict[str, str] = {
    "file-missing": QT_TRANSLATE_NOOP("Sentences", "“{path}” is not there any more."),
    "file-unreadable": QT_TRANSLATE_NOOP("Sentences", "“{path}” could not be read: {reason}."),
    "file-too-large": QT_TRANSLATE_NOOP(
        "Sentences", "“{path}” is larger than {limit} bytes. Split it, or leave out what is no article."
    ),
    "not-a-text": QT_TRANSLATE_NOOP(
        "Sentences", "“{path}” is no text but {kind}. Save its text as .txt and bring that in."
    ),
    "text-empty": QT_TRANSLATE_NOOP("Sentences", "There are no words in “{path}”."),
    "lone-surrogate": QT_TRANSLATE_NOOP(
        "Sentences", "“{path}” holds half a character ({char}, line {line}). Mend it in a text editor."
    ),
    "encoding-wrong": QT_TRANSLATE_NOOP(
        "Sentences", "“{path}” is not written in {encoding}. Choose another encoding."
    ),
    "encoding-unknown": QT_TRANSLATE_NOOP("Sentences", "There is no encoding called “{encoding}”."),
    "encoding-not-found": QT_TRANSLATE_NOOP(
        "Sentences", "No encoding fits “{path}”. Save it as UTF-8 and try again."
    ),
    "folder-without-texts": QT_TRANSLATE_NOOP("Sentences", "The folder “{path}” holds no .txt or .md files."),
    "format-not-guessed": QT_TRANSLATE_NOOP("Sentences", "“{path}” is in no format that can be read here."),
    "name-pattern": QT_TRANSLATE_NOOP("Sentences", "Write the parts in braces, each once: {known}."),
    "manifest-columns": QT_TRANSLATE_NOOP(
        "Sentences", "“{path}” needs a column “file”; the others may be {known}. Unknown: {unknown}."
    ),
    "manifest-file-twice": QT_TRANSLATE_NOOP("Sentences", "“{path}”, line {line}: “{file}” is there twice."),
    "manifest-row-too-long": QT_TRANSLATE_NOOP(
        "Sentences", "“{path}”, line {line}: more cells than columns."
    ),
    "manifest-row-without-file": QT_TRANSLATE_NOOP(
        "Sentences", "“{path}”, line {line}: the column “file” is empty."
    ),
    "manifest-row-without-text": QT_TRANSLATE_NOOP(
        "Sentences", "The list names “{file}”, but there is no such text."
    ),
    "export-over-project": QT_TRANSLATE_NOOP(
        "Sentences", "“{path}” would be a project. Give the export another ending."
    ),
    "export-without-folder": QT_TRANSLATE_NOOP(
        "Sentences", "There is no folder “{folder}”. Choose another place."
    ),
    "export-not-a-file": QT_TRANSLATE_NOOP("Sentences", "“{path}” is a folder. Choose another name."),
    "export-not-a-folder": QT_TRANSLATE_NOOP(
        "Sentences", "“{path}” is a file; this format needs a folder. Choose another name."
    ),
    "export-folder-not-ours": QT_TRANSLATE_NOOP(
        "Sentences",
        "“{path}” holds other files, such as “{example}”. Choose a new folder, so that nothing is lost.",
    ),
    "export-failed": QT_TRANSLATE_NOOP(
        "Sentences", "“{path}” could not be written: {reason}. Nothing was changed there."
    ),
    "text-damaged": QT_TRANSLATE_NOOP(
        "Sentences", "The text of “{title}” is not the one that was stored. Check the project."
    ),
    "quote-differs": QT_TRANSLATE_NOOP(
        "Sentences", "A mark no longer quotes its article. Check the project."
    ),
}


def sentence(error: UserError) -> str:
    """The sentence for an error; its code and details where there is none of ours."""
    words = SENTENCES.get(error.code)
    if words is None:
        return str(error)
    details = {name: _said(name, value) for name, value in error.details.items()}
    if error.code == "text-empty" and "path" not in details:
        return translate("Sentences", "There are no words in the text.")
    return translate("Sentences", words).format_map(_Details(details))


class _Details(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _said(name: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or translate("Sentences", "none")
    if name == "path":
        return PurePath(str(value)).name or str(value)
    return str(value)
