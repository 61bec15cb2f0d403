import subprocess
import sys

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.segment import NewsSegmenter
from annotator.domain.paragraphs import paragraph_at
from annotator.domain.spans import Span

SEGMENTER = NewsSegmenter()
SINGLE = [*"ab Z.,'’-1[]\n\"”。漢字カひไי🏽한ᄀ", "\u0301", "\u00a0", "\u2029", "\u200d", "\u0600", "\ufeff"]
JOINED = ["🇺🇦", "🇫", "👩‍👩‍👧", "e\u0301", "क्ष", "U.S.", "do not ", ". He "]
PARTS = st.lists(st.sampled_from(SINGLE + JOINED), max_size=25).map("".join)


def words(text):
    found, offset = [], 0
    while offset < len(text):
        end = SEGMENTER.word_after(text, offset)
        start = SEGMENTER.word_before(text, end)
        if start >= offset:
            found.append(text[start:end])
        offset = end
    return found


def test_words_are_those_of_a_newspaper():
    text = "The U.S. e-mail don’t п’ять 1,000 27.5 F-16 a--b John's Kims' 5 p.m. שלום 한국어는"
    listed = "The|U.S.|e-mail|don’t|п’ять|1,000|27.5|F-16|a|b|John's|Kims|5|p.m.|שלום|한국어는"
    assert words(text) == listed.split("|")


def test_scripts_without_blanks_have_words_too():
    assert words("渡轮カタカナとひらภาษาไทย") == ["渡", "轮", "カタカナ", "とひら", "ภาษาไทย"]


def test_an_emoji_is_a_word():
    assert words("x 🇺🇦🇫🇷 👩‍👩‍👧 e\u0301a") == ["x", "🇺🇦", "🇫🇷", "👩‍👩‍👧", "e\u0301a"]


@pytest.mark.parametrize(
    ("text", "at", "word"),
    [
        ("met [the] Kims", 6, "the"),
        ("met [the] Kims", 8, "the"),
        ("[t]he Kims", 0, "[t]he"),
        ("he speak[s] on", 5, "speak[s]"),
        ("pier, burned", 4, "pier"),
        ("pier , burned", 5, ","),
        ("pier \u00a0 burned", 5, " \u00a0 "),
        ("one\ntwo", 3, "one"),
        ("one\ntwo", 4, "two"),
        ("one", 99, "one"),
        ("a\n\nb", 2, ""),
        ("", 0, ""),
    ],
)
def test_a_double_click_takes_the_word(text, at, word):
    start, end = SEGMENTER.word_at(text, at)
    assert text[start:end] == word


def test_the_caret_steps_over_paragraph_ends():
    text = "one.\n \n two"
    assert SEGMENTER.word_after(text, 3) == 4
    assert SEGMENTER.word_after(text, 4) == 7
    assert SEGMENTER.word_after(text, 7) == 11
    assert SEGMENTER.word_before(text, 8) == 7
    assert SEGMENTER.word_before(text, 7) == 4
    assert SEGMENTER.word_before(text, 4) == 0


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "The U.S. Navy left at 5 p.m. on Monday. Gen. Holm stayed. He said “no.” She left.",
            [
                "The U.S. Navy left at 5 p.m. on Monday.",
                "Gen. Holm stayed.",
                "He said “no.”",
                "She left.",
            ],
        ),
        ("渡轮沉没了。他说：“不。”她走了。", ["渡轮沉没了。", "他说：“不。”", "她走了。"]),
        ("Порт горит. Мэр молчит.", ["Порт горит.", "Мэр молчит."]),
        (
            "The U.N. Ambassador met U.S. Senator Ann Holm. They left the U.S. She stayed.",
            ["The U.N. Ambassador met U.S. Senator Ann Holm.", "They left the U.S.", "She stayed."],
        ),
        (
            "The U.S.S.R. Ambassador spoke. He praised the U.S.S.R. She left.",
            ["The U.S.S.R. Ambassador spoke.", "He praised the U.S.S.R.", "She left."],
        ),
        ("THE PIER BURNED\nHe saw it.", ["THE PIER BURNED", "He saw it."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, sentences):
    found = dict.fromkeys(SEGMENTER.sentence_at(text, offset) for offset in range(len(text) + 1))
    assert [text[start:end] for start, end in found] == sentences


def test_a_sentence_in_a_paragraph_without_end_is_found():
    sentence = "The ferry sank again. "
    text = sentence * 20_000
    start, end = SEGMENTER.sentence_at(text, 10_000 * len(sentence) + 3)
    assert text[start:end] == sentence.strip()
    assert start == 10_000 * len(sentence)


def test_a_word_without_end_does_not_stop_the_caret():
    text = "x" * 5000 + " y"
    assert SEGMENTER.word_after(text, 5000) == 5002
    assert SEGMENTER.word_before(text, 5002) == 5001
    assert SEGMENTER.word_before("," * 5000 + "x", 5000) == 0


@given(PARTS)
def test_carets_stand_between_graphemes_everywhere(text):
    truth = sorted({0, *(match.end() for match in regex.finditer(r"\X", text))})
    assert SEGMENTER.graphemes(text, 0, len(text)) == truth
    for offset in range(len(text) + 1):
        assert SEGMENTER.grapheme_before(text, offset) == max([b for b in truth if b < offset], default=0)
        assert SEGMENTER.grapheme_after(text, offset) == min(
            [b for b in truth if b > offset], default=len(text)
        )


@given(PARTS)
def test_words_and_sentences_stay_in_their_paragraph_and_tear_no_grapheme(text):
    boundaries = set(SEGMENTER.graphemes(text, 0, len(text)))
    for offset in sorted(boundaries):
        paragraph = paragraph_at(text, offset)
        for span in (SEGMENTER.word_at(text, offset), SEGMENTER.sentence_at(text, offset)):
            assert paragraph.start <= span.start <= span.end <= paragraph.end
        word = SEGMENTER.word_at(text, offset)
        assert {word.start, word.end} <= boundaries
        assert word == Span(offset, offset) or word.start <= offset <= word.end


@given(PARTS)
def test_the_caret_always_gets_on(text):
    offset = 0
    while offset < len(text):
        later = SEGMENTER.word_after(text, offset)
        assert later > offset
        offset = later
    while offset > 0:
        earlier = SEGMENTER.word_before(text, offset)
        assert earlier < offset
        offset = earlier


def test_sentences_are_loaded_only_when_asked_for():
    probe = "import sys, annotator.app.segment; print('nupunkt' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
