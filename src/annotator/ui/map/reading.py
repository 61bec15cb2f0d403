"""What the map shows of the project, read and computed beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotator.domain.briefs import MapQuestion
from annotator.domain.dispute import ClaimBoard, DisputeMap, dispute_map
from annotator.domain.echoes import Echo
from annotator.domain.facts import Facts
from annotator.domain.figure import NOTHING, Box, Figure
from annotator.domain.ids import PropositionId, SourceId
from annotator.domain.model import Ref
from annotator.domain.narrowing import narrowed, shown_of
from annotator.domain.neighbours import neighbourhood
from annotator.layout.dated import timeline_figure
from annotator.layout.figures import Told, graph_figure
from annotator.store.claim_facts import claim_facts, with_copies
from annotator.store.store import Store
from annotator.ui.map.kinds import kind_name
from annotator.ui.map.wording import Wording, counted_voices, tr


class Shown(NamedTuple):
    """What is asked to be shown of a claim.

    depth: how far the graph goes. is_folded: whether circular reporting is drawn as one box a voice.
    """

    claim: PropositionId
    depth: int = 1
    is_folded: bool = True
    question: MapQuestion = MapQuestion()


class ClaimView(NamedTuple):
    """All that is shown of one claim; without a board it is gone.

    board: what the question fits; whole: all of it. told: what a screen reader says of each box.
    """

    facts: Facts
    board: ClaimBoard | None
    whole: ClaimBoard | None
    graph: Figure
    timeline: Figure
    told: dict[Ref, str]

    @property
    def is_narrowed(self) -> bool:
        """Whether statements of the claim are hidden, as nobody asked for them."""
        return self.board != self.whole

    @property
    def verdict(self) -> str:
        """Whether the claim is disputed, and how many of its statements are shown where not all are."""
        if self.board is None or self.whole is None:
            return ""
        words = Wording(self.facts).verdict(self.whole)
        if not self.is_narrowed:
            return words
        shown, all_of_it = shown_of(self.board, self.whole)
        return tr("{verdict} · {shown} of {all} statements shown").format(
            verdict=words, shown=f"{shown:,}", all=f"{all_of_it:,}"
        )


def claim_view(store: Store, shown: Shown) -> ClaimView:
    """Read and compute what is shown of a claim."""
    facts = claim_facts(store, [shown.claim])
    known = {shown.claim}  # of these all that is said on them is read
    for _ in range(shown.depth - 1):
        known = set(facts.propositions)
        facts = claim_facts(store, facts.propositions)
    facts = with_copies(store, facts, known)
    disputes = dispute_map(facts)
    boards = {one.id: one for one in disputes.claims}
    whole = boards.get(shown.claim)
    if whole is None:
        return ClaimView(facts, None, None, NOTHING, NOTHING, {})
    asked = DisputeMap(
        tuple(narrowed(facts, one, shown.question) for one in disputes.claims), disputes.without_source
    )
    board = next(one for one in asked.claims if one.id == shown.claim)
    told = words_of_figures(facts)
    near = neighbourhood(facts, asked, shown.claim, shown.depth, is_folded=shown.is_folded)
    graph = graph_figure(facts, near, told)
    timeline = timeline_figure(facts, board, told, is_folded=shown.is_folded)
    sides = {Ref("proposition", one): boards[one] for one in known if one in boards}
    spoken = {box.key: _spoken(facts, box, sides) for box in (*timeline.boxes, *graph.boxes)}
    return ClaimView(facts, board, whole, graph, timeline, spoken)


def words_of_figures(facts: Facts) -> Told:
    """The words of figures in the language of the window."""
    words = Wording(facts)

    def later(days: int) -> str:
        return tr("a day later") if days == 1 else tr("{days} days later").format(days=f"{days:,}")

    def via(relays: Sequence[SourceId]) -> str:
        return tr("via {name}").format(name=words.names(relays))

    def prints(handles: Sequence[str]) -> str:
        return tr("prints {statements}").format(statements=", ".join(handles))

    def echo(one: Echo) -> str:
        return tr("not counted: {reason}").format(reason=words.why(one.leaning))

    def undated(article: str) -> str:
        return tr("undated · {article}").format(article=article) if article else tr("undated")

    def at_latest(date: str) -> str:
        return tr("not after {date}").format(date=date[:10])

    return Told(words.name, echo, via, prints, undated, at_latest, later)


def _spoken(facts: Facts, box: Box, boards: dict[Ref, ClaimBoard]) -> str:
    """A box as a screen reader says it: what it is, who says it, its words, what is to be noted."""
    words = Wording(facts)
    kind = kind_name(box.style, facts.scheme) if box.kind == "mark" else ""
    names = {
        "proposition": tr("claim"),
        "source": tr("source"),
        "exhibit": tr("exhibit"),
        "article": tr("article"),
        "mark": words.speaker(box.key) if box.kind == "mark" else "",
    }
    head = " ".join(filter(None, (names[box.kind], box.head, kind)))
    sides = counted_voices(boards[box.key]) if box.key in boards else ""
    if box.more and box.is_echo:
        more = tr("{count} more of the same").format(count=f"{box.more:,}")
    else:
        more = tr("{count} more not shown").format(count=f"{box.more:,}") if box.more else ""
    return ". ".join(part.rstrip(".") for part in (head, box.text, sides, box.foot, more) if part)
