"""Small files of the lossless format, written by hand as another program would."""

import json
from collections.abc import Mapping
from pathlib import Path

TEXT = (
    'The harbour office said the cranes stood still. "They never stopped," a crane driver told the Gazette.'
)
SAID = [24, 46]
DENIED = [48, 69]

PROJECT = {"type": "project", "format": "annotator/1"}
OFFICE = {"type": "source", "id": "office", "name": "Harbour office", "kind": "organisation"}
DRIVER = {"type": "source", "id": "driver", "name": "A crane driver", "kind": "anonymous"}
ARTICLE = {"type": "article", "id": "a1", "text": TEXT, "title": "Cranes"}
CLAIM = {
    "type": "mark",
    "id": "m1",
    "article": "a1",
    "label": "claim",
    "spans": [SAID],
    "quotes": ["the cranes stood still"],
    "attribution": [{"source": "office"}],
}
DENIAL = {
    "type": "mark",
    "id": "m2",
    "article": "a1",
    "label": "denial",
    "spans": [DENIED],
    "quotes": ['"They never stopped,"'],
    "attribution": [{"source": "driver"}],
}
LINK = {"type": "link", "id": "l1", "kind": "denies", "from": {"mark": "m2"}, "to": {"mark": "m1"}}
LINES: list[Mapping[str, object]] = [PROJECT, OFFICE, DRIVER, ARTICLE, CLAIM, DENIAL, LINK]


def write(path: Path, *lines: Mapping[str, object]) -> Path:
    """A file of lines."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def changed(line: dict[str, object], **fields: object) -> dict[str, object]:
    """A line with other fields."""
    return {**line, **fields}


def read(path: Path) -> list[dict[str, object]]:
    """The lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
