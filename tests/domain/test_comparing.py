"""A new version of a text is compared with the old one, and marks find their words again."""

from collections import Counter
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import comparing
from annotator.domain.comparing import Carried, align, carry
from annotator.domain.spans import Span

OLD = (
    "Bridge closed\n"
    "The ministry said on Monday that the bridge had been closed. "
    "“It was never closed,” a spokesman answered.\n"
    "Полиция сообщила, что мост открыт. 导弹试验没有发生。\n"
    "Two workers were hurt, the clinic said.\n"
)
WORDS = st.lists(st.sampled_from(["a", "b", "c", " ", ". ", "\n", "мост", "🌉"]), max_size=30).map("".join)
PARAGRAPHS = st.lists(
    st.sampled_from(["Rain fell.", "It was a test.", "No one spoke. All left.", "", "导弹。"]), max_size=8
)


def span_of(words, text=OLD):
    start = text.index(words)
    return Span(start, start + len(words))


def carried(words, new):
    result = carry(align(OLD, new), [span_of(words)])
    return result.outcome, [new[start:end] for start, end in result.spans]


@given(WORDS, WORDS)
def test_what_two_texts_share_is_the_same_in_both_and_in_order(old, new):
    alignment = align(old, new)
    at = (0, 0)
    for block in alignment.blocks:
        assert block.length > 0
        assert block.old >= at[0]
        assert block.new >= at[1]
        words = old[block.old : block.old + block.length]
        assert words == new[block.new : block.new + block.length]
        at = (block.old + block.length, block.new + block.length)
    left = "".join(old[s:e] for s, e in alignment.removed())
    shared = "".join(old[b.old : b.old + b.length] for b in alignment.blocks)
    assert sorted(left + shared) == sorted(old)
    assert sum(e - s for s, e in alignment.added()) + len(shared) == len(new)


@given(WORDS.filter(bool), st.data())
def test_every_mark_stays_where_it_is_in_an_equal_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert carry(align(text, text), [Span(start, end)]) == Carried("same", (Span(start, end),))


@given(PARAGRAPHS, PARAGRAPHS)
def test_paragraphs_put_before_and_behind_move_every_mark_exactly(before, behind):
    head, tail = "".join(f"{line} New.\n" for line in before), "".join(f"{line} New.\n" for line in behind)
    new = head + OLD + tail
    alignment = align(OLD, new)
    for words in ("Bridge closed", "the bridge had been closed", "мост открыт", "Two workers were hurt"):
        result = carry(alignment, [span_of(words)])
        start = len(head) + span_of(words).start
        assert result == Carried("same", (Span(start, start + len(words)),))


def test_words_that_went_to_another_paragraph_are_found_there():
    lines = OLD.splitlines(keepends=True)
    new = lines[0] + lines[2] + lines[3] + "In the end, it rained. " + lines[1]
    assert carried("the bridge had been closed", new) == ("moved", ["the bridge had been closed"])


def test_words_that_changed_inside_are_gone_and_what_is_left_is_shown():
    new = OLD.replace("had been closed", "may have been closed")
    assert carried("the bridge had been closed", new) == ("gone", ["the bridge may have been closed"])
    assert carried("It was never closed", new) == ("same", ["It was never closed"])


def test_words_that_were_left_out_are_gone():
    new = OLD.replace("Two workers were hurt, the clinic said.\n", "")
    assert carried("Two workers were hurt", new) == ("gone", [])


def test_the_same_words_said_elsewhere_before_are_not_taken_for_those_that_went():
    old = "It was closed.\nNothing else was said.\nIt was closed.\n"
    new = "It was closed.\nNothing else was said.\n"
    last = Span(old.rindex("It"), old.rindex("It") + 13)
    assert carry(align(old, new), [last]).outcome == "gone"


def test_a_mark_of_pieces_is_as_good_as_its_worst_piece():
    alignment = align(OLD, OLD.replace("a spokesman", "an official"))
    pieces = [span_of("It was never closed"), span_of("a spokesman")]
    result = carry(alignment, pieces)
    assert result.outcome == "gone"
    assert result.spans[0] == pieces[0]


def test_one_long_line_is_compared_sentence_by_sentence():
    old = " ".join(f"Sentence {number} stands here." for number in range(3000))
    new = old.replace("Sentence 1500 stands", "Sentence 1500 is")
    alignment = align(old, new)
    assert [old[s:e] for s, e in alignment.removed()] == ["stands"]
    assert [new[s:e] for s, e in alignment.added()] == ["is"]


def test_the_blanks_of_a_long_text_are_not_held_against_one_another(monkeypatch):
    """Each against each, it takes seconds: 16,000 characters with a change in each sentence."""
    most = []

    class Matcher(SequenceMatcher):
        def __init__(self, junk: None, ours: list[str], theirs: list[str], autojunk: bool) -> None:
            most.append(Counter(ours).most_common(1)[0][1])
            super().__init__(junk, ours, theirs, autojunk=autojunk)

    monkeypatch.setattr(comparing, "SequenceMatcher", Matcher)
    old = " ".join(f"ship{n} left port{n} in fog{n} and came{n} home{n}" for n in range(50))
    new = old.replace(" and ", " then ")
    alignment = align(old, new)
    assert [old[s:e] for s, e in alignment.removed()] == ["and"] * 50
    assert [new[s:e] for s, e in alignment.added()] == ["then"] * 50
    assert max(most) == 50
