"""A scheme as a file of its own: one JSON object, the scheme line of `annotator-jsonl`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from annotator.domain.errors import UserError
from annotator.formats.files import read_bytes, write_file
from annotator.formats.nesting import DEEPEST, depth


def read_scheme(path: Path) -> dict[str, Any]:
    """The scheme in a JSON file, or in the scheme line of an `annotator-jsonl` file; not checked further.

    Raises UserError("scheme-not-json"), "scheme-not-an-object", "jsonl-too-deep" or "file-...".
    """
    try:
        text = read_bytes(path, {}).decode("utf-8-sig")
        parts = text.split("\n") if path.suffix == ".jsonl" else [text]
        lines = (msgspec.json.decode(part) for part in parts if part.strip())
        for data in lines:
            if isinstance(data, dict) and data.get("type", "scheme") == "scheme":
                if depth(data) > DEEPEST:
                    raise UserError("jsonl-too-deep", path=str(path))
                return {name: value for name, value in data.items() if name != "type"}
    except RecursionError:
        raise UserError("jsonl-too-deep", path=str(path)) from None
    except ValueError as error:
        raise UserError("scheme-not-json", path=str(path), reason=str(error)) from None
    raise UserError("scheme-not-an-object", path=str(path))


def write_scheme(out: Path, data: Mapping[str, Any]) -> None:
    """Write a scheme so that people can read it too. Raises UserError("export-...")."""
    text = json.dumps({"type": "scheme", **data}, ensure_ascii=False, indent=2) + "\n"

    def fill(part: Path) -> None:
        part.write_text(text, encoding="utf-8", newline="\n")

    write_file(out, fill)
