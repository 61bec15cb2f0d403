"""A caret never stands within what a reader sees as one character."""

import re
import sys

import regex

from annotator.app.segment import NewsSegmenter
from annotator.ui.text.graphemes import _APART, grapheme_start

SEGMENTER = NewsSegmenter()


def test_a_caret_stands_between_letters_and_before_a_letter_with_its_accent():
    text = "Ан й عن 东西 e\u0301 👩‍🚀"
    starts = [offset for offset in range(len(text)) if grapheme_start(SEGMENTER, text, offset) == offset]
    assert starts == SEGMENTER.graphemes(text, 0, len(text))[:-1]


def test_characters_that_are_told_apart_at_once_join_nothing_in_unicode():
    joins = regex.compile(r"\p{Grapheme_Cluster_Break=Other}|\p{Grapheme_Cluster_Break=Control}|\n")
    apart = [char for char in map(chr, range(sys.maxunicode + 1)) if re.match(_APART, char * 2)]
    assert len(apart) > 20_000
    assert [char for char in apart if not joins.match(char)] == []
