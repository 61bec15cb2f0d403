"""Edits of claim nodes and of what marks say about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from annotator.domain.defaults import default_stance
from annotator.domain.errors import UserError
from annotator.domain.ids import MarkId, MentionId, PropositionId, new_id
from annotator.domain.model import Mention, Proposition, PropositionLink, Report
from annotator.domain.scheme import STANCES, Scheme
from annotator.store import read
from annotator.store.edits.marks import drop_if_empty
from annotator.store.edits.others import add_record
from annotator.store.edits.rowwise import insert, require, update
from annotator.store.store import Store


def add_proposition(store: Store, text: str, **fields: Any) -> PropositionId:
    """A claim node with its canonical sentence."""
    node = PropositionId(new_id())
    with store.operation("add-claim", proposition=node):
        insert(store, Proposition(id=node, text=text.strip(), **fields))
    return node


def edit_proposition(store: Store, proposition: PropositionId, **changes: Any) -> None:
    """Change the sentence or the frame of a claim node."""
    with store.operation("edit-claim", proposition=proposition, fields=sorted(changes)):
        update(store, Proposition, proposition, **changes)


def delete_proposition(store: Store, proposition: PropositionId) -> None:
    """Delete a claim node with its mentions and the links that end at it; marks stay.

    Reports that list it go on without it.
    """
    with store.operation("delete-claim", proposition=proposition):
        _replace_in_reports(store, proposition, None)
        if not store.execute("DELETE FROM main.proposition WHERE id = ?", (proposition,)):
            raise UserError("no-such-row", table="proposition", id=proposition)


def add_mention(
    store: Store,
    mark: MarkId,
    proposition: PropositionId,
    stance: str | None = None,
    certainty: str | None = None,
    note: str | None = None,
) -> MentionId:
    """Say what a mark does to a claim; the stance is that of its label unless given.

    Raises UserError("mention-there-already") where the mark mentions the claim already.
    """
    mention = MentionId(new_id())
    with store.operation("add-mention", mark=mark, proposition=proposition):
        require(store, "proposition", proposition)
        if store.query("SELECT 1 FROM main.mention WHERE mark = ? AND proposition = ?", (mark, proposition)):
            raise UserError("mention-there-already", mark=mark, proposition=proposition)
        insert(
            store,
            Mention(
                id=mention,
                mark=mark,
                proposition=proposition,
                stance=_checked(stance or _stance_of(store, mark)),
                certainty=certainty,
                annotator=store.me(),
                note=note,
            ),
        )
    return mention


def edit_mention(store: Store, mention: MentionId, **changes: Any) -> None:
    """Change stance, certainty, note or proposition of a mention."""
    with store.operation("edit-mention", mention=mention, fields=sorted(changes)):
        if "stance" in changes:
            _checked(changes["stance"])
        rows = store.query("SELECT proposition FROM main.mention WHERE id = ?", (mention,))
        if "proposition" in changes:
            _refuse_second(store, mention, changes["proposition"])
        update(store, Mention, mention, **changes)
        for (node,) in rows:
            drop_if_empty(store, node)


def _refuse_second(store: Store, mention: MentionId, proposition: PropositionId) -> None:
    require(store, "proposition", proposition)
    there = store.query(
        "SELECT o.mark FROM main.mention n JOIN main.mention o ON o.mark = n.mark AND o.id <> n.id"
        " WHERE n.id = ? AND o.proposition = ?",
        (mention, proposition),
    )
    if there:
        raise UserError("mention-there-already", mark=there[0][0], proposition=proposition)


def delete_mention(store: Store, mention: MentionId) -> None:
    """Take a mark out of a claim; a node nothing else needs goes with it."""
    with store.operation("delete-mention", mention=mention):
        rows = store.query("SELECT proposition FROM main.mention WHERE id = ?", (mention,))
        if not store.execute("DELETE FROM main.mention WHERE id = ?", (mention,)):
            raise UserError("no-such-row", table="mention", id=mention)
        drop_if_empty(store, rows[0][0])


def _stance_of(store: Store, mark: MarkId) -> str:
    found = read.mark(store, mark)
    return default_stance(read.scheme(store), found.label, found.attributes)


def ensure_node(store: Store, mark: MarkId) -> PropositionId | None:
    """The claim node of a denied mark, made where it has none; None where its label asserts nothing.

    Its sentence is the mark's own words until somebody writes a better one.
    """
    rows = nodes_of(store, mark)
    if rows:
        return rows[0]
    found = read.mark(store, mark)
    if not asserts(read.scheme(store), found.label):
        return None
    node = add_proposition(store, own_words(found.quotes))
    add_mention(store, mark, node)
    return node


def asserts(scheme: Scheme, label: str) -> bool:
    """Whether a mark with this label says something that can be denied."""
    row = scheme.labels.get(label)
    return row is not None and row.stance == "support"


def own_words(quotes: Iterable[str]) -> str:
    """The first sentence of the claim node of a mark with these words."""
    return " … ".join(quotes).strip()


def nodes_of(store: Store, mark: MarkId) -> list[PropositionId]:
    """The claim nodes a mark mentions, first mentioned first."""
    rows = store.query("SELECT proposition FROM main.mention WHERE mark = ? ORDER BY id", (mark,))
    return [PropositionId(row[0]) for row in rows]


def join(store: Store, first: MarkId, second: MarkId) -> PropositionId:
    """Put two marks under one claim node: one of theirs, or a new one with the shorter words.

    Where both have nodes and none in common, their first nodes become one, under
    the sentence somebody wrote. Raises UserError("same-claim-already").
    """
    ours, theirs = nodes_of(store, first), nodes_of(store, second)
    if set(ours) & set(theirs):
        raise UserError("same-claim-already", first=first, second=second)
    if ours and theirs:
        kept, gone = ours[0], theirs[0]
        if _is_quoted(store, kept) and not _is_quoted(store, gone):
            kept, gone = gone, kept
        merge_propositions(store, kept, gone)
        return kept
    if ours or theirs:
        node = (ours or theirs)[0]
        add_mention(store, second if ours else first, node)
        return node
    texts = [" … ".join(read.mark(store, mark).quotes) for mark in (first, second)]
    node = add_proposition(store, min(texts, key=len))
    add_mention(store, first, node)
    add_mention(store, second, node)
    return node


def _is_quoted(store: Store, node: PropositionId) -> bool:
    """Whether the sentence of a node is only the words of one of its marks."""
    text = read.proposition(store, node).text
    marks = store.query("SELECT mark FROM main.mention WHERE proposition = ?", (node,))
    return any(" … ".join(read.mark(store, MarkId(row[0])).quotes) == text for row in marks)


def merge_propositions(store: Store, into: PropositionId, other: PropositionId) -> None:
    """Make two claim nodes one; a mark that mentions both keeps its mention of the first."""
    if into == other:
        raise UserError("claim-merge-itself", proposition=into)
    with store.operation("merge-claims", proposition=into, other=other):
        require(store, "proposition", into)
        require(store, "proposition", other)
        _replace_in_reports(store, other, into)
        both = {"into": into, "other": other}
        store.execute(
            "DELETE FROM main.mention WHERE proposition = :other AND mark IN"
            " (SELECT mark FROM main.mention WHERE proposition = :into)",
            both,
        )
        store.execute(
            "DELETE FROM main.proposition_link"
            " WHERE :into IN (origin, target) AND :other IN (origin, target)",
            both,
        )
        for statement in (
            "UPDATE main.mention SET proposition = :into WHERE proposition = :other",
            "UPDATE main.link SET to_proposition = :into WHERE to_proposition = :other",
            "UPDATE main.judgement SET on_proposition = :into WHERE on_proposition = :other",
            "UPDATE main.dismissal SET on_proposition = :into WHERE on_proposition = :other",
            "UPDATE main.proposition_link SET origin = :into WHERE origin = :other",
            "UPDATE main.proposition_link SET target = :into WHERE target = :other",
            "DELETE FROM main.proposition WHERE id = :other",
        ):
            store.execute(statement, both)


def split_proposition(
    store: Store, proposition: PropositionId, mentions: Collection[MentionId], text: str
) -> PropositionId:
    """Give some mentions of a claim a claim of their own, with this sentence; returns it.

    Raises UserError("claim-split-nothing") without mentions of the claim, and
    "claim-split-all" where none would stay.
    """
    with store.operation("split-claim", proposition=proposition):
        require(store, "proposition", proposition)
        rows = store.query("SELECT id FROM main.mention WHERE proposition = ?", (proposition,))
        ours = {MentionId(row[0]) for row in rows}
        if not ours & set(mentions):
            raise UserError("claim-split-nothing", claim=read.proposition(store, proposition).text)
        if ours <= set(mentions):
            raise UserError("claim-split-all", claim=read.proposition(store, proposition).text)
        node = add_proposition(store, text)
        for mention in sorted(ours & set(mentions)):
            update(store, Mention, mention, proposition=node)
    return node


def relate_propositions(store: Store, origin: PropositionId, kind: str, target: PropositionId) -> str:
    """Say how two claims stand to each other; returns the id of the link between them.

    Raises UserError("link-there-already"), also for the other direction of a symmetric kind.
    """
    row = _link_kinds(store).get(kind, {})
    ends = {(origin, target), (target, origin)} if row.get("symmetric") else {(origin, target)}
    with store.operation("add-proposition-link", origin=origin, kind=kind, target=target):
        for first, second in sorted(ends):
            if store.query(
                "SELECT 1 FROM main.proposition_link WHERE kind = ? AND origin = ? AND target = ?",
                (kind, first, second),
            ):
                raise UserError("link-there-already", kind=row.get("name", kind))
        return add_record(store, PropositionLink(id="", origin=origin, kind=kind, target=target))


def _link_kinds(store: Store) -> Mapping[str, Mapping[str, Any]]:
    return {row["id"]: row for row in read.scheme(store).data.get("proposition_link_kinds", ())}


def _replace_in_reports(store: Store, claim: PropositionId, instead: PropositionId | None) -> None:
    """Let reports list another claim in the place of one, each claim once, or none."""
    for report in read.records(store, Report, "instr(claims, ?)", (claim,)):
        listed = dict.fromkeys(instead if one == claim else one for one in report.claims)
        update(store, Report, report.id, claims=tuple(one for one in listed if one is not None))


def _checked(stance: str) -> str:
    if stance not in STANCES:
        raise UserError("stance-unknown", stance=stance, stances=STANCES)
    return stance
