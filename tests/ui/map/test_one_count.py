"""Whoever says how many assert and deny a claim says the same, or says what else is counted."""

from collections import Counter

from hypothesis import given, settings

from annotator.domain.composing import compose
from annotator.domain.dispute import SIDES, ClaimBoard, dispute_map
from annotator.domain.dossier import dossier
from annotator.domain.facts import Facts, is_silence
from annotator.domain.scheme import SILENCE
from annotator.domain.stances import stances_on
from annotator.store import lists, open_ends
from annotator.store.claim_briefs import read_part
from annotator.store.claim_memory import told
from annotator.store.lists import ClaimRow
from annotator.store.store import Store
from annotator.ui.map.reading import Shown, claim_view
from tests.domain.graphs import Line, choruses, projects
from tests.formats.disputes import map_data
from tests.looks.pinned import sample_store
from tests.store.test_claim_facts import stored


def check(store: Store) -> None:
    facts = open_ends.facts_with_copies(store)
    disputes = dispute_map(facts)
    voices = {one.id: (len(one.asserting.counted), len(one.denying.counted)) for one in disputes.claims}
    assert in_list(store) == voices
    assert {one.id: on_board(store, one) for one in disputes.claims} == voices
    assert in_report(facts) == voices
    assert in_json(facts) == voices
    rows = {row.id: row for row in lists.claims(store, limit=-1)}
    heads = {row.id: row for row in lists.heads_at(store, lists.claim_places(store)) if row}
    done = stances_on(facts)
    for board in disputes.claims:
        (near,) = told(store, [heads[board.id]])
        assert (near.said, near.deniers) == (board.saying, board.deniers)
        mentions = facts.mentions_by_proposition.get(board.id, ())
        stances = Counter(one.stance for one in done.get(board.id, ()))
        assert in_panel(rows[board.id]) == stances - Counter({SILENCE: stances[SILENCE]})
        assert rows[board.id].mentions == len(mentions)
        below = lists.said_on(store, board.id)
        assert rows[board.id].mentions + rows[board.id].by_link == len(below)
        assert {(one.mark, one.stance) for one in below} == {
            (one.mark, one.stance) for one in done.get(board.id, ())
        }
        assert in_entries(board) == stances
        said = {(one.stance, one.mark) for one in mentions if not is_silence(facts.marks[one.mark])}
        assert on_their_own(board) == said
        assert named(board) <= in_dossiers(facts, board)


def in_list(store: Store) -> dict[str, tuple[int, int]]:
    read = read_part(store, lists.claim_places(store)).claims.values()
    return {one.id: (one.asserting, one.denying) for one in read if one}


def on_board(store: Store, board: ClaimBoard) -> tuple[int, int]:
    shown = claim_view(store, Shown(board.id)).whole
    assert shown is not None
    return len(shown.asserting.counted), len(shown.denying.counted)


def in_report(facts: Facts) -> dict[str, tuple[int, int]]:
    report = compose(facts, dispute_map(facts))
    return {one.id: (len(one.asserting.counted), len(one.denying.counted)) for one in report.claims}


def in_json(facts: Facts) -> dict[str, tuple[int, int]]:
    rows = map_data(dispute_map(facts))["claims"]
    return {one["id"]: (one["independent"]["asserts"], one["independent"]["denies"]) for one in rows}


def in_panel(row: ClaimRow) -> Counter[str]:
    """The marks that do something to a claim, as the panel of claims counts them."""
    return +Counter(support=row.support, deny=row.deny, query=row.query, comment=row.comment)


def in_entries(board: ClaimBoard) -> Counter[str]:
    """The statements of a board by stance, those that name nobody among them."""
    sides = (board.asserts, board.denies, board.queries, board.comments, board.silent)
    named = {stance: len(entries) for stance, entries in zip(SIDES, sides, strict=True)}
    return +(Counter(named) + Counter(stance for stance, _ in board.without_source))


def on_their_own(board: ClaimBoard) -> set[tuple[str, str]]:
    """What marks say of a claim themselves, not through a link."""
    sides = (("support", board.asserts), ("deny", board.denies), ("query", board.queries))
    said = [(side, entry) for side, entries in sides for entry in entries]
    said += [("comment", entry) for entry in board.comments]
    said += [(side, entry) for side, entry in board.without_source if side != SILENCE]
    return {(side, entry.mark) for side, entry in said if not entry.links}


def named(board: ClaimBoard) -> set[tuple[str, str]]:
    sides = (("support", board.asserts), ("deny", board.denies))
    return {(side, entry.mark) for side, entries in sides for entry in entries}


def in_dossiers(facts: Facts, board: ClaimBoard) -> set[tuple[str, str]]:
    positions = [one for source in facts.sources for one in dossier(facts, source).positions]
    stances = [stance for one in positions if one.claim == board.id for stance in one.stances]
    return {(stance.stance, stance.mark) for stance in stances}


def test_the_sample_has_one_number_of_voices_for_each_claim() -> None:
    store = sample_store()
    check(store)
    store.close()


@settings(max_examples=settings().max_examples // 4)
@given(projects() | choruses())
def test_any_project_has_one_number_of_voices_for_each_claim(lines: list[Line]) -> None:
    store = stored(lines)
    try:
        check(store)
    finally:
        store.close()
