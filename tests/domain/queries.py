"""Queries of all forms, for laws."""

from hypothesis import strategies as st

from annotator.domain.query import FIELDS, FLAGS, And, Flag, Not, Or, Term, Words, operators_of

VALUES = st.one_of(
    st.text(st.sampled_from("ab \\\"“”'=~<>!()\nпорт渡😀e\u0301"), max_size=8),
    st.sampled_from(["and", "NOT", "or", "2024", "denial", "across"]),
)


@st.composite
def terms(draw):
    names = st.text(st.sampled_from("abN_é-"), min_size=1).map("attr.{}".format)
    field = draw(st.sampled_from(FIELDS) | names)
    op = draw(st.sampled_from(operators_of(field)))
    dates = st.sampled_from(["2024", "2024-11", "2024-11-05"])
    return Term(field, op, draw(dates if field == "date" else VALUES))


def grown(smaller):
    several = st.lists(smaller, min_size=2, max_size=3).map(tuple)
    return several.map(And) | several.map(Or) | smaller.map(Not)


QUERIES = st.recursive(terms() | st.sampled_from(FLAGS).map(Flag) | VALUES.map(Words), grown, max_leaves=8)
