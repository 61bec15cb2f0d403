"""Where brat is told a mark stands are the words of it, without the ends of lines."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import normalise, quotes
from annotator.formats.brat_ann import LINE_ENDS
from annotator.formats.brat_lines import placed

TEXT = st.text(st.sampled_from(f"ab \u00e9\U0001f600{LINE_ENDS}"), min_size=1, max_size=12)


@given(TEXT, st.data())
def test_a_mark_is_placed_line_by_line_where_its_words_are(text, data):
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    spans = normalise(zip(edges[::2], edges[1::2], strict=False))
    places, words = placed(spans, quotes(text, spans))
    found = [tuple(map(int, place.split())) for place in places.split(";") if place]
    inside = {place for start, end in spans for place in range(start, end)}
    assert [place for start, end in found for place in range(start, end)] == [
        place for place in sorted(inside) if text[place] not in LINE_ENDS
    ]
    assert " ".join(quotes(text, found)) == words
