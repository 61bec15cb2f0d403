"""Only the rows that changed are painted again; the screen is that of a full repaint all the same."""

import random
from collections.abc import Callable

import pytest

from annotator.domain.spans import Span
from annotator.layout.marks import FocusLink, Shape
from annotator.ui.text.view import TextView
from tests.ui.text.conftest import Open
from tests.ui.text.sample import Marks, mark, quoted
from tests.ui.text.test_scrolling import is_as_painted_anew, screen

CLAIM = mark("claim", "the rebels may have bought patrol boats")
SPLIT = mark("split", "the paper said", "They [the rebels] pay in", label="denial")
LAST = mark("last", "The yard has not commented", label="no_comment")
LINK = FocusLink("link", "denies", SPLIT.spans[0], CLAIM.spans[0], "denies")


def take(view: TextView, shape: Shape | None) -> None:
    view.hold(None if shape is None else shape.id, shape.spans if shape else ())


def add_many(view: TextView, marks: Marks) -> None:
    """Enough marks on one line to make it grow."""
    word = quoted("smugglers instead")
    for number in range(6):
        shape = Shape(f"more{number}", "Claim", (Span(word.start - number, word.end),), "claim")
        view.marks_changed(marks.add(shape))


STEPS: dict[str, Callable[[TextView, Marks], None]] = {
    "hold": lambda view, marks: take(view, CLAIM),
    "hold the last": lambda view, marks: take(view, LAST),
    "hold two pieces": lambda view, marks: take(view, SPLIT),
    "let go": lambda view, marks: take(view, None),
    "flash": lambda view, marks: view.flash(SPLIT.spans),
    "end of flash": lambda view, marks: view.end_flash(),
    "links": lambda view, marks: view.set_focus_links([LINK]),
    "no links": lambda view, marks: view.set_focus_links([]),
    "select": lambda view, marks: view.select(quoted("leaked customs files")),
    "pieces": lambda view, marks: view.select_pieces((quoted("smugglers"), quoted("Norvik"))),
    "no pieces": lambda view, marks: view.select_pieces(()),
    "add": lambda view, marks: view.marks_changed(marks.add(mark("new", "blamed", label="evidence"))),
    "add many": add_many,
    "remove": lambda view, marks: view.marks_changed(marks.all.pop(CLAIM.id).spans),
}


@pytest.mark.parametrize("seed", range(12))
def test_what_is_laid_over_the_text_leaves_no_traces(open_view: Open, seed: int) -> None:
    marks = Marks([CLAIM, SPLIT, LAST])
    view = open_view(marks=marks)
    screen(view)
    names = list(STEPS)
    random.Random(seed).shuffle(names)
    for name in names:
        STEPS[name](view, marks)
        assert is_as_painted_anew(view), name
