"""Two real articles labelled through the window, by offsets; they lie beside the project."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.ids import MarkId
from annotator.domain.spans import Span
from tests.flows.article_marks import LINKS, MARKS, Row
from tests.flows.conftest import Desktop
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer

pytestmark = pytest.mark.xvfb
Hand = Keyboard | Pointer


@pytest.mark.timeout(300)
def test_marks_and_links_of_two_articles_are_entered_by_keys_and_mouse(
    shared: Path,
    desktop: Desktop,
    tmp_path: Path,
    annotator: Callable[..., str],
    stats: Callable[[Path], dict[str, Any]],
) -> None:
    project = tmp_path / "two.annotator"
    annotator("new", project, "--preset", "analyst")
    annotator("import", project, shared / "articles")
    window = desktop.open(project)
    keyboard, pointer = Keyboard(window), Pointer(window)
    hands: list[Hand] = [keyboard, pointer]
    made = []
    for number, row in enumerate(MARKS):
        if number and row.article != MARKS[number - 1].article:
            keyboard.next_article()
        made.append(enter(hands[number % 2], row))
    for number, (start, kind, end) in enumerate(sorted(LINKS, key=lambda link: -MARKS[link[0]].article)):
        if number and MARKS[start].article != keyboard.article_number():
            keyboard.previous_article()
        is_across = MARKS[start].article != MARKS[end].article
        hand = keyboard if is_across else hands[number % 2]
        hand.take(made[start])
        hand.link(kind, made[end])
        assert not keyboard.notice, keyboard.notice
    desktop.close()
    assert len(MARKS) >= 40
    assert len(LINKS) >= 30
    found = stats(project)
    assert {name: found[name] for name in expected()} == expected()


def enter(hand: Hand, row: Row) -> MarkId:
    """Select from the first to the last piece, label, say who, and cut the holes out."""
    names = [f"source {number}" for number in (row.source, *row.via)]
    hull = Span(row.spans[0].start, row.spans[-1].end)
    mark = hand.mark_words(hull, row.label, names[0], names[1:])
    for before, after in pairwise(row.spans):
        gap = hand.text[before.end : after.start]
        start = before.end + len(gap) - len(gap.lstrip())
        hand.cut(Span(start, start + len(gap.strip())))
    assert hand.mark(mark).spans == row.spans
    return mark


def expected() -> dict[str, Any]:
    kinds = Counter(kind for _, kind, _ in LINKS if kind != "same_claim")
    groups = claim_groups()
    return {
        "articles": 2,
        "marks": {"total": len(MARKS), "by_label": Counter(row.label for row in MARKS)},
        "links": {
            "total": kinds.total(),
            "by_kind": kinds,
            "across_articles": sum(
                kind != "same_claim" and MARKS[start].article != MARKS[end].article
                for start, kind, end in LINKS
            ),
        },
        "sources": len({source for row in MARKS for source in (row.source, *row.via)}),
        "claims": len(groups),
        "mentions": sum(map(len, groups)),
        "annotators": {"analyst": len(MARKS)},
    }


def claim_groups() -> list[set[int]]:
    """Marks under one claim node: a denied claim has one, and same_claim makes two into one."""
    groups: list[set[int]] = []
    for start, kind, end in LINKS:
        if kind == "same_claim" or (kind == "denies" and MARKS[end].label == "claim"):
            merged = {end} if kind == "denies" else {start, end}
            apart = [group for group in groups if not group & merged]
            groups = [*apart, merged.union(*(group for group in groups if group & merged))]
    return groups
