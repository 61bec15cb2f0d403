"""What a mark costs: label, source and link, its selection and new sources counted in."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from annotator.domain.ids import MarkId
from annotator.domain.spans import Span
from annotator.ui.window import MainWindow
from tests.flows.conftest import Desktop
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer
from tests.flows.texts import FIRST, quoted

pytestmark = pytest.mark.xvfb

MOST_PRESSES = 11
MOST_GESTURES = 5


class Tie(NamedTuple):
    """A link to an earlier step."""

    kind: str
    target: int


class Step(NamedTuple):
    """A mark with its links; `source` is where the name of the source stands in the text."""

    words: Span
    label: str
    source: Span
    ties: tuple[Tie, ...] = ()


def words(quote: str, label: str, source: str, *ties: Tie, after: str = "") -> Step:
    return Step(quoted(FIRST, quote, after), label, quoted(FIRST, source), ties)


OURS = [
    words("Selling Jammers To Smugglers", "claim", "Coast Herald"),
    words("Denies Selling Jammers To Smugglers", "denial", "Velmora", Tie("denies", 0)),
    words("Karsk Is To Blame", "claim", "Velmora", Tie("undermines", 0)),
    words(
        "smugglers may have bought signal jammers from a state works known as Ostrel",
        "claim", "Coast Herald", Tie("same_claim", 0),
    ),
    words(
        "denied a report in The Coast Herald quoting an engineer as saying smugglers"
        " may have bought signal jammers from a state works known as Ostrel",
        "denial", "Velmora", Tie("denies", 3),
    ),
    words("Karsk is to blame", "claim", "Velmora", Tie("same_claim", 2)),
    words(
        "the growing number of lost ships may be due to jammers from Velmora or Karsk",
        "claim", "Coast Herald", Tie("supports", 3),
    ),
    words(
        "a study by the Institute for Sea Studies (ISS)", "evidence", "Institute for Sea Studies",
        Tie("supports", 6),
    ),
    words("classified notes of two coast guards", "evidence", "coast guards", Tie("supports", 6)),
    words("that could not be the case", "denial", "Irena Dobrova", Tie("denies", 6)),
    words(
        "Velmora has never sold jammers or any part of them to smugglers",
        "denial", "Irena Dobrova", Tie("denies", 3),
    ),
    words(
        "this campaign was started in Karsk to hide its own trade",
        "claim", "Irena Dobrova", Tie("undermines", 6),
    ),
    words("not commented on the study or Velmora's charges", "no_comment", "Karsk", Tie("responds_to", 11)),
]  # fmt: skip
"""The first six paragraphs of our article, in the order an analyst reads."""

THEIRS = [
    Step(Span(15, 60), "claim", Span(136, 150), ()),
    Step(Span(8, 60), "denial", Span(0, 7), (Tie("denies", 0),)),
    Step(Span(70, 85), "claim", Span(0, 7), (Tie("undermines", 0),)),
    Step(Span(179, 276), "claim", Span(136, 150), (Tie("same_claim", 0),)),
    Step(Span(114, 276), "denial", Span(0, 7), (Tie("denies", 3),)),
    Step(Span(298, 316), "claim", Span(0, 7), (Tie("same_claim", 2),)),
    Step(Span(490, 634), "claim", Span(136, 150), (Tie("supports", 3),)),
    Step(Span(326, 394), "evidence", Span(342, 387), (Tie("supports", 6),)),
    Step(Span(399, 451), "evidence", Span(425, 442), (Tie("supports", 6),)),
    Step(Span(744, 770), "denial", Span(714, 733), (Tie("denies", 6),)),
    Step(Span(774, 864), "denial", Span(714, 733), (Tie("denies", 3),)),
    Step(Span(959, 1106), "claim", Span(714, 733), (Tie("undermines", 6),)),
    Step(Span(1117, 1173), "no_comment", Span(1110, 1116), (Tie("responds_to", 11),)),
]
"""The first six paragraphs of the first article beside the project: the same, by offsets."""

Hand = Keyboard | Pointer


def average(hand: Hand, steps: Sequence[Step], cost: Callable[[], int], unit: str) -> float:
    """What a step costs on average, by a count that goes up; the costs of all are printed."""
    made: list[MarkId] = []
    for step in steps:
        before = cost()
        made.append(hand.mark_words(step.words, step.label, hand.text[slice(*step.source)]))
        for tie in step.ties:
            hand.link(tie.kind, made[tie.target])
        print(f"{cost() - before:3} {unit}: {step.label}, {', '.join(tie.kind for tie in step.ties)}")
    links = sum(len(step.ties) for step in steps)
    print(f"average {cost() / len(steps):.2f} {unit} a mark, {links} links to {len(steps)} marks")
    assert links >= len(steps) - 1
    return cost() / len(steps)


def by_keys(window: MainWindow, steps: Sequence[Step]) -> float:
    hand = Keyboard(window)
    found = average(hand, steps, lambda: hand.presses, "presses")
    assert hand.gestures == 0
    return found


def by_mouse(window: MainWindow, steps: Sequence[Step]) -> float:
    hand = Pointer(window)
    hand.click_tool("focus-mode")
    return average(hand, steps, lambda: hand.gestures, "gestures")


@pytest.fixture
def theirs(shared: Path, tmp_path: Path, annotator: Callable[..., str]) -> Path:
    path = tmp_path / "theirs.annotator"
    annotator("new", path, "--preset", "analyst")
    annotator("import", path, min((shared / "articles").glob("*.txt")))
    return path


def test_a_mark_costs_few_keys_without_the_mouse(desktop: Desktop, project: Path) -> None:
    assert by_keys(desktop.open(project), OURS) <= MOST_PRESSES


def test_a_mark_costs_few_gestures_without_keys(desktop: Desktop, project: Path) -> None:
    assert by_mouse(desktop.open(project), OURS) <= MOST_GESTURES


def test_a_mark_in_a_real_article_costs_few_keys_without_the_mouse(desktop: Desktop, theirs: Path) -> None:
    assert by_keys(desktop.open(theirs), THEIRS) <= MOST_PRESSES


def test_a_mark_in_a_real_article_costs_few_gestures_without_keys(desktop: Desktop, theirs: Path) -> None:
    assert by_mouse(desktop.open(theirs), THEIRS) <= MOST_GESTURES
