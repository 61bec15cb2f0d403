"""Results as people read them: counts, operations, findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any

from annotator.app.console import many
from annotator.domain.checks import LooseEnd
from annotator.domain.facts import Facts
from annotator.domain.remarks import message
from annotator.domain.sentences import shortened
from annotator.domain.summary import feature_name
from annotator.formats.mapped import printed_ids
from annotator.formats.registry import Loss
from annotator.store.imports import Imported
from annotator.store.journal import Operation
from annotator.store.naming import handle_of
from annotator.store.newer import Newer
from annotator.store.store import Store

NOUNS = {
    "scheme": ("change of the scheme", "changes of the scheme"),
    "proposition": ("claim", "claims"),
    "proposition_link": ("link between claims", "links between claims"),
    "saved_search": ("saved search", "saved searches"),
    "project": ("name of the project", "names of the project"),
}
"""What record types are called where their own name is not what people say."""

_WIDTH = 60
"""Characters of a name in a line at most."""
HANDLED = ("mark", "article", "source", "proposition", "claim", "into", "of")
"""Details of operations that name a row with a handle."""


def counted(counts: Mapping[str, int]) -> str:
    """Record types with their numbers: "2 articles, 31 marks"."""
    return ", ".join(
        many(number, *NOUNS.get(kind, (kind.replace("_", " "),))) for kind, number in counts.items()
    )


def imported(done: Imported, told: int = 0) -> Iterator[str]:
    """What an import did, a line each. told: of how much else it was said that it was left out."""
    nothing = "Nothing new." if done.skipped else "Nothing was there to take in."
    yield f"Added {counted(done.added)}." if done.added else nothing
    if done.skipped:
        yield f"Skipped, since it was there already: {counted(done.skipped)}."
    if done.reanchored:
        yield f"Found again near their offset: {many(done.reanchored, 'quote')}."
    if done.refused:
        yield f"Left out, since they hold no words: {many(done.refused, 'mark')}."
    if told:
        yield f"Left out, as told above: {told:,}."


def version(store: Store, newer: Newer, carried: int) -> str:
    """That an article became a newer version, with how many marks."""
    new, old = (handle_of(store, "article", one) for one in (newer.article, newer.older))
    return f"{new} became a newer version of {old}; {many(carried, 'mark')} carried over."


def version_json(newer: Newer, carried: int) -> dict[str, Any]:
    """The same for programs."""
    return {
        "article": newer.article,
        "of": newer.older,
        "by": newer.why,
        "resemblance": round(newer.resemblance, 3),
        "marks": carried,
    }


def losses(name: str, found: list[Loss], name_of: Callable[[str], str]) -> Iterator[str]:
    """What a format cannot express of an export; `name_of` gives the handle of an id."""
    gone = [loss for loss in found if not loss.beside]
    beside = [loss for loss in found if loss.beside]
    if gone:
        yield f"The format {name} cannot express:"
        yield from (_loss(loss, name_of) for loss in gone)
    if beside:
        yield f"The format {name} has no place for these; files beside hold them:"
        yield from (f"{_loss(loss, name_of)} → {loss.beside}" for loss in beside)


def _loss(loss: Loss, name_of: Callable[[str], str]) -> str:
    example = f" (such as {name_of(loss.example)})" if loss.example else ""
    return f"  {loss.count:,} {feature_name(loss.code, loss.count)}{example}"


def statistics(counts: Mapping[str, Any]) -> Iterator[str]:
    """The counts of `stats`, as a table."""
    marks, links = counts["marks"], counts["links"]
    rows: list[tuple[str, int]] = [("Articles", counts["articles"]), ("Marks", marks["total"])]
    rows += [(f"  {label}", number) for label, number in marks["by_label"].items()]
    rows += [("Links", links["total"])]
    rows += [(f"  {kind}", number) for kind, number in links["by_kind"].items()]
    rows += [("  across articles", links["across_articles"])] if links["total"] else []
    rows += [(name.capitalize(), counts[name]) for name in ("claims", "mentions", "sources")]
    yield from _table(rows)
    for title, sums in (
        ("Marks by annotator", list(counts["annotators"].items())),
        ("Marks by article", [(_article(row), row["marks"]) for row in counts["by_article"]]),
        ("Marks by source", [(row["name"], row["marks"]) for row in counts["by_source"]]),
    ):
        if sums:
            yield from ("", title)
            yield from _table([(f"  {shortened(name, _WIDTH)}", number) for name, number in sums])


def _article(row: Mapping[str, Any]) -> str:
    return f"{row['handle']} {row['title'] or 'untitled'}"


def _table(rows: list[tuple[str, int]]) -> Iterator[str]:
    names = max((len(name) for name, _ in rows), default=0)
    numbers = max((len(f"{number:,}") for _, number in rows), default=0)
    for name, number in rows:
        yield f"{name:<{names}}  {number:>{numbers},}"


def operation(store: Store, one: Operation) -> str:
    """Who did what and when, in one line."""
    return _line(store, one, f"{one.kind}: " if one.kind in ("undo", "redo") else "")


def reversed_operation(store: Store, one: Operation) -> str:
    """The same for what undo or redo took back: of an undo or redo, what it was about."""
    return _line(store, one, "")


def _line(store: Store, one: Operation, kind: str) -> str:
    name = one.name.replace("-", " ")
    return f"{one.at}  {one.annotator_name}  {kind}{name}{_about(store, one.details)}"


def _about(store: Store, details: Mapping[str, Any]) -> str:
    parts = [str(details[name]) for name in ("file", "title", "label", "kind", "status") if details.get(name)]
    for name in HANDLED:
        row = details.get(name)
        table = {"claim": "proposition", "into": "source", "of": "mark"}.get(name, name)
        handle = handle_of(store, table, row) if isinstance(row, str) else None
        parts += [handle] if handle else []
    marks = details.get("marks")
    if isinstance(marks, list):
        parts.append(many(len(marks), "mark"))
    return f" ({shortened(', '.join(parts), _WIDTH)})" if parts else ""


def operation_json(one: Operation) -> dict[str, Any]:
    """An operation in the stable form of `history --json`."""
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "at": one.at,
        "annotator": {"id": one.annotator, "name": one.annotator_name},
        "site": one.site,
        "seq": one.seq,
        "clock": one.clock,
        "reverses": one.reverses,
        "details": dict(one.details),
    }


def loose_ends_json(facts: Facts, found: Iterable[LooseEnd]) -> list[dict[str, str]]:
    """Loose ends in the stable form of `check --json`; ids as `map` prints them."""
    name = printed_ids(facts)
    rows = []
    for one in found:
        ends = {
            "mark": ("mark", one.mark),
            "source": ("source", one.source),
            "claim": ("proposition", one.claim),
        }
        named = {key: name(table, row) for key, (table, row) in ends.items() if row is not None}
        rows.append({"rule": one.rule, **named, "message": message(one, facts)})
    return rows


def formats(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The formats, with what each loses indented below."""
    for row in rows:
        does = " and ".join(verb for verb, can in (("reads", row["reads"]), ("writes", row["writes"])) if can)
        yield f"{row['name']} ({', '.join(row['suffixes'])}): {does}"
        if not row["writes"]:
            continue
        yield from _listed("loses", [feature_name(code) for code in row["loses"]] or ["nothing"])
        beside = [f"{feature_name(code)} ({file})" for code, file in row["beside"].items()]
        yield from _listed("writes beside", beside)


def _listed(head: str, items: list[str]) -> Iterator[str]:
    if items:
        yield from wrap(f"{head}: {'; '.join(items)}", 78, initial_indent="  ", subsequent_indent="    ")
