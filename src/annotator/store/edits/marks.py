"""Edits of marks: their words, their label, who says it, and what is known about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.domain import spans as span_rules
from annotator.domain.anchors import contexts, extent
from annotator.domain.dates import normalised
from annotator.domain.defaults import default_attributes, default_stance
from annotator.domain.definitions import anew_for_mark
from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, MarkId, SourceId, new_id
from annotator.domain.model import Attribution, Mark
from annotator.domain.scheme import Scheme
from annotator.domain.spans import Span
from annotator.store import read
from annotator.store.bulk import Progress
from annotator.store.edits.frozen import require_open_article, require_open_marks
from annotator.store.edits.removal import MANY, delete_many
from annotator.store.edits.rowwise import insert, now, require, update
from annotator.store.json_columns import dump
from annotator.store.store import Store

DATE = "date"
"""The attribute that holds a date or an interval as it is kept."""


def add_mark(
    store: Store,
    article: ArticleId,
    label: str,
    spans: Iterable[tuple[int, int]],
    *,
    source: SourceId | None = None,
    attributes: Mapping[str, Any] | None = None,
) -> MarkId:
    """Put a label on words. Raises UserError for an unknown label or spans outside the text.

    Attributes start with the scheme's defaults; those given count as set by hand.
    """
    scheme = read.scheme(store)
    if label not in scheme.labels:
        raise UserError("label-unknown", label=label)
    defaults, origins = default_attributes(scheme, label)
    chosen = dict(attributes or {})
    for name, value in chosen.items():
        scheme.check_attribute(label, name, value)
    mark = MarkId(new_id())
    with store.operation("add-mark", mark=mark, label=label):
        require_open_article(store, article)
        place = placed(read.text(store, article), spans)
        record = Mark(
            id=mark,
            article=article,
            label=label,
            spans=place["spans"],
            quotes=place["quotes"],
            annotator=store.me(),
            attributes=defaults | chosen,
            origins=origins | dict.fromkeys(chosen, "hand"),
            scheme_version=scheme.version,
            created=now(store),
        )
        insert(store, record, **derived(place))
        if source is not None:
            set_source(store, mark, source)
    return mark


def placed(text: str, spans: Iterable[tuple[int, int]]) -> dict[str, Any]:
    """Spans checked against a text, with quotes and 32 characters of context each.

    Raises UserError("span-empty") or UserError("span-outside").
    """
    found = span_rules.normalise(spans)
    if found[0].start < 0 or found[-1].end > len(text):
        raise UserError("span-outside", start=found[0].start, end=found[-1].end, length=len(text))
    return {
        "spans": found,
        "quotes": tuple([text[start:end] for start, end in found]),
        "contexts": contexts(text, found),
    }


DERIVED = ("start", "end", "reach", "contexts")
"""The columns a mark is found by."""


def derived(place: Mapping[str, Any]) -> dict[str, Any]:
    """`DERIVED` of what is `placed`."""
    return dict(zip(DERIVED, (*extent(place["spans"]), place["contexts"]), strict=True))


def set_spans(store: Store, mark: MarkId, spans: Iterable[tuple[int, int]], name: str = "move-mark") -> None:
    """Give a mark other words; `name` is the operation: move-end, add-piece, cut-hole or move-mark."""
    with store.operation(name, mark=mark):
        require_open_marks(store, [mark])
        before = read.mark(store, mark)
        place = placed(read.text(store, before.article), spans)
        if place["spans"] == before.spans:
            return
        columns = derived(place)
        store.execute(
            'UPDATE main.mark SET spans = ?, quotes = ?, contexts = ?, start = ?, "end" = ?, reach = ?'
            " WHERE id = ?",
            (
                dump(place["spans"]),
                dump(place["quotes"]),
                columns["contexts"],
                columns["start"],
                columns["end"],
                columns["reach"],
                mark,
            ),
        )


def relabel(store: Store, mark: MarkId, label: str) -> None:
    """Change what a mark says its words are; defaults follow, values set by hand stay.

    Raises UserError("relabel-breaks-link") where a link would get an end its kind forbids.
    """
    scheme = read.scheme(store)
    if label not in scheme.labels:
        raise UserError("label-unknown", label=label)
    with store.operation("relabel", mark=mark, label=label):
        require_open_marks(store, [mark])
        before = read.mark(store, mark)
        if before.label == label:
            return
        _check_links(store, scheme, mark, label)
        values, origins = values_under(scheme, label, before.attributes, before.origins)
        update(
            store, Mark, mark,
            label=label, attributes=values, origins=origins, scheme_version=scheme.version,
        )  # fmt: skip
        old = default_stance(scheme, before.label, before.attributes)
        _restance(store, mark, old, default_stance(scheme, label, values))


def values_under(
    scheme: Scheme, label: str, attributes: Mapping[str, Any], origins: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The attributes and origins of a mark once it has another label: defaults follow, the rest stays."""
    kept = {name: value for name, value in attributes.items() if origins.get(name) != "default"}
    values, found = default_attributes(scheme, label)
    known = {name: origins[name] for name in kept if name in origins}
    return values | kept, {name: one for name, one in found.items() if name not in kept} | known


def _check_links(store: Store, scheme: Scheme, mark: MarkId, label: str) -> None:
    for kind, is_origin in store.query(
        "SELECT kind, from_mark = ? FROM main.link WHERE from_mark = ? OR to_mark = ?", (mark,) * 3
    ):
        found = scheme.link_kinds.get(kind)
        if found and not (found.starts_at(label) if is_origin else found.ends_at(label)):
            raise UserError("relabel-breaks-link", kind=kind, label=label)


def _restance(store: Store, mark: MarkId, before: str, after: str) -> None:
    """A mention that had the stance of the old label takes that of the new one."""
    if before != after:
        store.execute(
            "UPDATE main.mention SET stance = ? WHERE mark = ? AND stance = ?", (after, mark, before)
        )


def set_attribution(
    store: Store, mark: MarkId, steps: Sequence[Attribution], name: str = "set-attribution"
) -> None:
    """Give a mark its whole chain: the speaker, then relays outward."""
    with store.operation(name, mark=mark):
        require_open_marks(store, [mark])
        before = read.mark(store, mark)
        if tuple(steps) == before.attribution:
            return
        text_length = read.text_length(store, before.article)
        for step in steps:
            if step.source is not None:
                require(store, "source", step.source)
            for span in (*step.cue, *step.mention):
                if not 0 <= span[0] < span[1] <= text_length:
                    raise UserError("span-outside", start=span[0], end=span[1], length=text_length)
        store.execute("DELETE FROM main.attribution WHERE mark = ?", (mark,))
        for level, step in enumerate(steps):
            store.execute(
                "INSERT INTO main.attribution (id, mark, level, source, cue, mention)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (new_id(), mark, level, step.source, dump(step.cue), dump(step.mention)),
            )


def set_source(store: Store, mark: MarkId, source: SourceId | None, cue: Sequence[Span] = ()) -> None:
    """Say who speaks; relays stay. The cue stays too unless another is given."""
    before = read.mark(store, mark).attribution
    kept = before[0] if before else Attribution(None)
    step = Attribution(source, tuple(cue) or kept.cue, kept.mention)
    steps = (step, *before[1:])
    if steps == (Attribution(None),):
        steps = ()
    set_attribution(store, mark, steps, "set-source")


def add_relay(store: Store, mark: MarkId, source: SourceId, cue: Sequence[Span] = ()) -> None:
    """Say through whom the words came, outside those already named."""
    before = read.mark(store, mark).attribution or (Attribution(None),)
    set_attribution(store, mark, (*before, Attribution(source, tuple(cue))), "add-relay")


def set_attribute(store: Store, mark: MarkId, name: str, value: Any, origin: str = "hand") -> None:
    """Set a value, None removes it; `origin` is hand, bulk or rule:NAME@VERSION.

    Where its definition alone is newer than the last decision on the mark, this is the second look
    that it asks for. A date is normalised. Raises UserError for one that is none, and for a value
    the scheme lacks.
    """
    with store.operation("set-attribute", mark=mark, attribute=name):
        require_open_marks(store, [mark])
        before = read.mark(store, mark)
        attributes, origins = dict(before.attributes), dict(before.origins)
        if value is None:
            attributes.pop(name, None)
            origins.pop(name, None)
        else:
            if name == DATE:
                value = normalised(value)
            read.scheme(store).check_attribute(before.label, name, value)
            attributes[name] = value
            origins[name] = origin
        changes: dict[str, Any] = {"attributes": attributes, "origins": origins}
        scheme = read.scheme(store)
        if [one.id for one in anew_for_mark(scheme, before)] == [name]:
            changes["scheme_version"] = scheme.version
        update(store, Mark, mark, **changes)


def edit_mark(store: Store, mark: MarkId, **changes: Any) -> None:
    """Change note, question, sure, flags, status, hedges or possible_source."""
    allowed = {"note", "question", "sure", "flags", "status", "hedges", "possible_source", "proposed_by"}
    for field in changes:
        if field not in allowed:
            raise UserError("field-unknown", table="mark", field=field)
    with store.operation("edit-mark", mark=mark, fields=sorted(changes)):
        require_open_marks(store, [mark])
        update(store, Mark, mark, **changes)


def duplicate_mark(store: Store, mark: MarkId) -> MarkId:
    """A new mark on the same words with the same label, values and chain, but no links."""
    copy = MarkId(new_id())
    with store.operation("duplicate-mark", mark=copy, of=mark):
        require_open_marks(store, [mark])
        before = read.mark(store, mark)
        place = placed(read.text(store, before.article), before.spans)
        record = replace(
            before,
            id=copy,
            origin_id=None,
            created=now(store),
            annotator=store.me(),
            scheme_version=read.scheme(store).version,
            extra={},
        )
        insert(store, record, **derived(place))
        set_attribution(store, copy, before.attribution)
    return copy


def delete_marks(store: Store, marks: Iterable[MarkId], progress: Progress | None = None) -> None:
    """Delete marks with their links and mentions; claim nodes left without a mention go too.

    A node goes only where nothing else was said about it: no sentence typed by
    hand that stands in no article, no link, no judgement, no place in a report.
    More than `removal.MANY` are deleted in batches, which a worker may do; progress as in `Store.undo`.
    """
    marks = list(marks)
    require_open_marks(store, marks)
    if len(marks) > MANY and not store.is_editing:
        delete_many(store, "delete-mark", {"count": len(marks)}, marks, None, progress)
        return
    with store.operation("delete-mark", marks=marks):
        nodes: dict[str, None] = {}
        for mark in marks:
            mentions = store.query("SELECT proposition FROM main.mention WHERE mark = ?", (mark,))
            nodes |= dict.fromkeys(node for (node,) in mentions)
            if not store.execute("DELETE FROM main.mark WHERE id = ?", (mark,)):
                raise UserError("no-such-row", table="mark", id=mark)
        for node in nodes:
            drop_if_empty(store, node)


def drop_if_empty(store: Store, proposition: str) -> None:
    """Delete a claim node that no mention, link, judgement or report needs any more."""
    store.execute(
        "DELETE FROM main.proposition WHERE id = :node AND in_no_article = 0 AND note IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM main.mention WHERE proposition = :node)"
        " AND NOT EXISTS (SELECT 1 FROM main.link WHERE to_proposition = :node)"
        " AND NOT EXISTS (SELECT 1 FROM main.judgement WHERE on_proposition = :node)"
        " AND NOT EXISTS (SELECT 1 FROM main.report WHERE instr(claims, :node))"
        " AND NOT EXISTS (SELECT 1 FROM main.proposition_link WHERE origin = :node OR target = :node)",
        {"node": proposition},
    )
