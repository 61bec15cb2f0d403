"""Operations and changed rows as people say them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.model import Identified, Proposition, Source
from annotator.domain.sentences import as_quote, filled, in_quotes, shortened
from annotator.store import lists, read
from annotator.store.journal import Operation, Touched
from annotator.store.store import Store
from annotator.ui.panels.history_forms import operation_forms
from annotator.ui.panels.words import count_of_marks, stance_name, status_name, value_name

translate = QCoreApplication.translate
QUOTE_LENGTH = 48
"""Characters of a quote or sentence that a line shows."""

HIDDEN = frozenset(
    {
        "id",
        "operation",
        "reach",
        "contexts",
        "number",
        "start",
        "end",
        "extra",
        "origin_id",
        "mark",
        "article",
    }
    | {
        "scheme_version",
        "origins",
        "created",
        "annotator",
        "level",
        "spans",
        "data",
        "at",
        "sha256",
        "original",
    }
)
"""Columns that say nothing to a reader, or say again what stands elsewhere."""


def operation_words(operation: Operation, store: Store | None = None) -> str:
    """What was done, with the handles of what it was done to; without a store its bare name."""
    form = operation_forms().get(operation.name)
    if form is None or store is None:
        words = operation.name.replace("-", " ")
        words = words[:1].upper() + words[1:] if store else words
    else:
        words = filled(form, _Details(store, operation))
    if operation.kind == "undo":
        return translate("History", "Undone: {what}").format(what=words)
    if operation.kind == "redo":
        return translate("History", "Redone: {what}").format(what=words)
    if operation.kind == "migration":
        return translate("History", "File brought to the present format; undo stops here")
    return words


class _Details(dict[str, str]):
    """The details of an operation by name, looked up when a sentence asks for them.

    What an operation of several edits does not say of itself is what it touched first.
    """

    def __init__(self, store: Store, operation: Operation) -> None:
        super().__init__()
        self._store = store
        self._operation = operation

    def __missing__(self, name: str) -> str:
        value = self._operation.details.get(name)
        if value is None:
            value = self._touched(name)
        table, row_id = value if name in ("origin", "target") and value else (name, value)
        if table == "mark":
            row = lists.mark_row(self._store, MarkId(str(row_id)))
            return handle("mark", row.number) if row else self._gone_mark(str(row_id))
        if table in _CALLED:
            words = self._called(table, str(row_id))
            return in_quotes(words) if name == "proposition" else words
        if name in _NAMERS:
            return _NAMERS[name](self._store, value)
        return "–" if value is None else str(value)

    def _touched(self, name: str) -> Any:
        table = "proposition" if name == "target" else name
        rows = self._store.change_of(self._operation.id).rows if table in _TOLD else ()
        row_id = next((row.id for row in rows if row.table == table), None)
        return (table, row_id) if name == "target" and row_id else row_id

    def _gone_mark(self, mark: str) -> str:
        """The handle a deleted mark had, where the operation touched its row."""
        image = self._gone("mark", mark)
        return handle("mark", image["number"]) if image else mark_words(self._store, mark)

    def _called(self, table: str, row_id: str) -> str:
        record, field = _CALLED[table]
        if not read.by_ids(self._store, record, [row_id]) and (image := self._gone(table, row_id)):
            return _short(image[field])
        return _named(self._store, record, row_id, field)

    def _gone(self, table: str, row_id: str) -> Mapping[str, Any] | None:
        """A row that is no more, where the operation touched it."""
        rows = self._store.change_of(self._operation.id).rows
        return next((row.new or row.old for row in rows if (row.table, row.id) == (table, row_id)), None)


def mark_words(store: Store, mark: Any) -> str:
    """A mark by its handle, or what it is called once it is gone."""
    row = lists.mark_row(store, MarkId(str(mark)))
    return handle("mark", row.number) if row else translate("History", "a deleted mark")


def _named(store: Store, record: type[Identified], row_id: Any, field: str) -> str:
    found = read.by_ids(store, record, [str(row_id)])
    return _short(getattr(found[0], field)) if found else translate("History", "something deleted")


def _article_words(store: Store, article: Any) -> str:
    row = lists.article_row(store, ArticleId(str(article)))
    if row is None:
        return translate("History", "a deleted article")
    number = handle("article", row.number)
    return f"{number} {in_quotes(_short(row.title))}" if row.title else number


def _origin_words(store: Store, of: Any) -> str:
    """What a copy or a newer version was made of."""
    is_article = lists.article_row(store, ArticleId(str(of))) is not None
    return _article_words(store, of) if is_article else mark_words(store, of)


def _label_words(store: Store, label: Any) -> str:
    found = read.scheme(store).labels.get(str(label))
    return found.name if found else str(label)


def _kind_words(store: Store, kind: Any) -> str:
    found = read.scheme(store).link_kinds.get(str(kind))
    return found.name if found else str(kind)


def _attribute_words(store: Store, attribute: Any) -> str:
    found = read.scheme(store).attributes.get(str(attribute))
    return found.name if found else value_name(str(attribute))


def _fields_words(store: Store, fields: Any) -> str:
    del store
    words = ", ".join(field_name(str(name)) for name in fields or ())
    return words[:1].upper() + words[1:]


_NAMERS: Mapping[str, Callable[[Store, Any], str]] = {
    "of": _origin_words,
    "marks": lambda store, marks: count_of_marks(len(marks or ())),
    "count": lambda store, count: count_of_marks(int(count or 0)),
    "label": _label_words,
    "kind": _kind_words,
    "attribute": _attribute_words,
    "article": _article_words,
    "status": lambda store, status: status_name(str(status)),
    "fields": _fields_words,
}


_CALLED: Mapping[str, tuple[type[Identified], str]] = {
    "source": (Source, "name"),
    "proposition": (Proposition, "text"),
}
"""Tables whose rows are called by a field of theirs."""

_TOLD = ("mark", "source", "proposition")
"""Tables whose first touched row stands for what an operation does not name."""


def field_name(field: str) -> str:
    """A column as people call it."""
    names = {
        "label": translate("History", "label"),
        "quotes": translate("History", "words"),
        "note": translate("History", "note"),
        "question": translate("History", "question"),
        "sure": translate("History", "sure"),
        "flags": translate("History", "flags"),
        "attributes": translate("History", "values"),
        "source": translate("History", "source"),
        "stance": translate("History", "stance"),
        "text": translate("History", "sentence"),
        "title": translate("History", "title"),
        "outlet": translate("History", "outlet"),
        "date": translate("History", "date"),
        "status": translate("History", "state"),
        "name": translate("History", "name"),
        "role": translate("History", "role"),
        "kind": translate("History", "kind"),
        "affiliation": translate("History", "speaks for"),
        "aliases": translate("History", "other names"),
        "proposition": translate("History", "claim"),
    }
    return names.get(field, value_name(field))


def row_lines(store: Store, row: Touched) -> list[str]:
    """What happened to one row: a line for each field that changed, before → after."""
    subject = _subject(store, row)
    if row.old is None:
        return [translate("History", "new: {what}").format(what=subject)]
    if row.new is None:
        return [translate("History", "deleted: {what}").format(what=subject)]
    lines = []
    for field, new in row.new.items():
        old = row.old.get(field)
        if field in HIDDEN or old == new:
            continue
        if field == "attributes":
            lines += [f"{subject} · {changed}" for changed in _attribute_lines(store, old, new)]
            continue
        shown = [_value(store, row.table, field, value) for value in (old, new)]
        lines.append(f"{subject} · {field_name(field)}: {shown[0]} → {shown[1]}")
    return lines


def _attribute_lines(store: Store, old: Any, new: Any) -> Iterator[str]:
    """The values of a mark that changed, each before → after."""
    before, after = json.loads(old), json.loads(new)
    for name in {**before, **after}:
        shown = [_short(_listed(values.get(name, "–"), ", ")) for values in (before, after)]
        if shown[0] != shown[1]:
            yield f"{_attribute_words(store, name)}: {shown[0]} → {shown[1]}"


def _subject(store: Store, row: Touched) -> str:
    image = row.new or row.old or {}
    table = {
        "mark": translate("History", "mark"),
        "attribution": translate("History", "who says it"),
        "mention": translate("History", "mark under a claim"),
        "proposition": translate("History", "claim"),
        "link": translate("History", "link"),
        "source": translate("History", "source"),
        "article": translate("History", "article"),
        "scheme": translate("History", "scheme"),
    }.get(row.table, value_name(row.table))
    if row.table == "mark":
        quoted = as_quote(_value(store, "mark", "quotes", image["quotes"]))
        return f"{table} {handle('mark', image['number'])} {quoted}"
    if row.table == "attribution":
        return f"{table}: {_value(store, 'attribution', 'source', image['source'])}"
    if row.table == "link":
        ends = (("mark", image["from_mark"]), ("mark", image["to_mark"]))
        marks = [mark_words(store, end) for _, end in ends if end]
        return f"{table} {_kind_words(store, image['kind'])} ({' → '.join(marks)})"
    if row.table == "mention":
        return f"{table}: {mark_words(store, image['mark'])} {stance_name(image['stance'])}"
    words = image.get("name") or image.get("text") or image.get("title") or image.get("reason") or ""
    return f"{table} {in_quotes(_short(str(words)))}" if words else table


def _value(store: Store, table: str, field: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if field in ("source", "affiliation", "outlet", "agency", "to_source", "possible_source"):
        return _named(store, Source, value, "name")
    if field == "label":
        return _label_words(store, value)
    if field == "stance":
        return stance_name(str(value))
    if field == "proposition":
        return _named(store, Proposition, value, "text")
    if field in ("sure", "inferred", "named", "confidential", "in_no_article"):
        return translate("History", "yes") if value else translate("History", "no")
    if field in ("quotes", "aliases", "flags", "tags", "attributes"):
        return _short(_listed(json.loads(value), " … " if field == "quotes" else ", "))
    return _short(str(value))


def _listed(value: Any, joint: str) -> str:
    if isinstance(value, dict):
        return joint.join(f"{value_name(name)} {_listed(one, ', ')}" for name, one in value.items()) or "–"
    if isinstance(value, list):
        return joint.join(str(one) for one in value) or "–"
    return value_name(str(value))


def _short(words: str | None) -> str:
    return shortened(words or "", QUOTE_LENGTH)
