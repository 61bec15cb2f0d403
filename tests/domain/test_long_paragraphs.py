"""An article that is one line of a megabyte is looked at near the place alone, an ordinary one as a whole."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.segment import NewsSegmenter
from annotator.domain import grow, naming, quoting, trimming
from annotator.domain.cues import CueWords, cue_words
from annotator.domain.defaults import proposals
from annotator.domain.paragraphs import REACH, paragraph_at, stretch_at, stretches_at_ends
from annotator.domain.scheme import Scheme
from annotator.domain.spans import Span

SEGMENTER = NewsSegmenter()
SAYING = "Ilena Doran said that the pier burned, “as it did” before. Nobody else (of us) saw it. "
LINE = SAYING * 2_000
PLACE = LINE.index("the pier", len(LINE) // 2)
ENOUGH = 5 * REACH
"""More characters than one look may take: twice the reach on both sides, and the words themselves."""
PIECES = [*"ab .\"“”'\n\u00a0漢。", "e\u0301", "👩‍👩‍👧", "🇺🇦", "क्ष", "said that ", "U.S. ", ". He "]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


class Counting(CueWords):
    """Cue words that note how many characters were looked at in one go."""

    looked: list[int]

    def find(self, text: str, start: int, end: int) -> Iterator[object]:
        self.looked.append(end - start)
        return super().find(text, start, end)


@pytest.fixture
def looked(monkeypatch):
    """The lengths of all that is searched for cues and for quotation marks."""
    found = []
    plain = quoting.pairs

    def pairs(text, start=0, end=None):
        found.append((len(text) if end is None else end) - start)
        return plain(text, start, end)

    for module in (quoting, grow, trimming):
        monkeypatch.setattr(module, "pairs", pairs)
    return found


@pytest.fixture
def cues(looked):
    known = cue_words()
    counting = Counting(**{name: getattr(known, name) for name in known.__dataclass_fields__})
    object.__setattr__(counting, "looked", looked)
    return counting


def test_the_names_near_a_place_are_sought_near_it(looked, cues):
    assert naming.names_in(LINE, PLACE, cues)[0] == "Ilena Doran"
    assert looked
    assert max(looked) < ENOUGH


def test_a_selection_grows_by_what_stands_near_its_ends(looked, cues):
    grown = [Span(PLACE, PLACE)]
    for _ in range(8):
        grown.append(grow.grow(LINE, grown[-1], SEGMENTER, cues))
    assert grown[-1] == Span(0, len(LINE) - 1)
    assert "the pier burned" in [LINE[slice(*span)] for span in grown]
    assert max(looked) < ENOUGH


def test_a_long_selection_grows_to_the_ends_of_its_sentences(looked, cues):
    end = LINE.index("burned", PLACE + 40_000)
    grown = grow.grow(LINE, grow.grow(LINE, Span(PLACE, end), SEGMENTER, cues), SEGMENTER, cues)
    assert LINE[PLACE:].startswith(LINE[grown.start : grown.start + 8])
    assert max(looked) < ENOUGH


def test_a_drag_is_trimmed_by_the_marks_near_its_ends(looked):
    start, end = LINE.index("“", PLACE), LINE.index("”", PLACE)
    for length in (0, 60 * len(SAYING), 900 * len(SAYING)):
        inner = grow.snap(LINE, Span(start + 1, end + length), SEGMENTER)
        assert inner.end == end + length + (length > 0)
    assert max(looked) < ENOUGH


def test_the_kind_of_a_quote_is_told_by_the_marks_near_it(looked):
    start, end = LINE.index("as it did", PLACE), LINE.index("”", PLACE)
    assert quoting.quote_kind(LINE, [Span(start, end)]) == "direct"
    assert quoting.quote_kind(LINE, [Span(PLACE, end)]) == "mixed"
    assert quoting.quote_kind(LINE, [Span(PLACE, PLACE + 8)]) == "indirect"
    assert max(looked) < ENOUGH


def test_the_act_is_told_by_a_cue_near_the_words(looked, cues):
    line = LINE.replace("said that", "denied that")
    start = line.index("the pier", len(line) // 2)
    span = Span(start, start + len("the pier burned"))
    values, _ = proposals(Scheme.default(), "claim", line, [span], cues, None)
    assert values["act"] == "deny"
    assert max(looked) < ENOUGH


def test_a_sentence_of_a_long_line_is_found_whole_wherever_one_asks():
    length = len(SAYING)
    for offset in range(PLACE, PLACE + 3 * length, 7):
        sentence = SEGMENTER.sentence_at(LINE, offset)
        assert LINE[slice(*sentence)] in ("Nobody else (of us) saw it.", SAYING[: SAYING.index(" Nobody")])
        assert sentence.start <= offset < sentence.end or LINE[offset].isspace()


@given(TEXTS, st.data())
def test_of_an_ordinary_paragraph_everything_is_looked_at(text, data):
    offset = data.draw(st.integers(0, len(text)))
    assert stretch_at(text, offset) == paragraph_at(text, offset)


@given(st.integers(0, 2 * REACH), st.integers(0, 2 * REACH))
def test_a_paragraph_is_ordinary_where_both_ends_are_near(before, after):
    text = f"Before.\n{'x' * before}{'y' * after}\nAfter."
    assert stretch_at(text, 8 + before) == Span(8, 8 + before + after)


@given(TEXTS, st.data())
def test_a_stretch_of_a_long_paragraph_is_short_and_cuts_no_word_and_no_character(text, data):
    offset = data.draw(st.integers(0, len(text)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotator.domain.paragraphs.REACH", 6)
        start, end = stretch_at(text, offset)
    first, last = paragraph_at(text, offset)
    assert first <= start <= offset <= end <= last
    assert end - start <= 24
    for cut, hard in ((start, offset - 12), (end, offset + 12)):
        if cut not in (first, last, hard):
            assert text[cut - 1].isspace() or text[cut - 1] in "。！？"
            assert cut in SEGMENTER.graphemes(text, 0, len(text))


def test_a_stretch_ends_with_a_sentence_where_one_ends_there():
    start, end = stretch_at(LINE, PLACE)
    assert LINE[start - 2 : start] == ". "
    assert LINE[end - 2 : end] == ". "


def test_a_sentence_without_blanks_is_never_cut_within_a_character():
    text = "👩‍👩‍👧" * 3_000
    sentence = SEGMENTER.sentence_at(text, len(text) // 2)
    assert sentence.start % 5 == sentence.end % 5 == 0


@given(TEXTS, st.data())
def test_the_stretches_at_the_ends_of_a_span_are_those_of_its_paragraphs(text, data):
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    end = data.draw(st.integers(start + 1, max(start + 1, len(text))))
    ends = {paragraph_at(text, start), paragraph_at(text, end - 1)}
    assert stretches_at_ends(text, Span(start, end)) == sorted(ends)
