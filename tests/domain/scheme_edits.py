"""Changes of a scheme drawn at random, for the laws that hold for all of them."""

from hypothesis import strategies as st

from annotator.domain import (
    scheme_changes,
    scheme_kinds,
    scheme_labels,
    scheme_names,
    scheme_signs,
    scheme_values,
)
from annotator.domain.scheme_rows import rows_of

COLOURS = ("blue", "vermilion", "green", "grey", "purple", "teal", "amber", "rose")
NAMES = st.sampled_from(["Rumour", "Claim", "Evasion", "Слух", " ", "source", "Tone"])
LISTS = ["flags", "source_kinds", "region_kinds", "proposition_link_kinds"]
GROUPS = st.sampled_from(["labels", "attributes", "link_kinds", *LISTS])


def some_change(draw, scheme, marks):
    """One change of a scheme, on rows it has; may be refused. marks: those a split can take."""
    return draw(st.sampled_from([_of_any, _of_labels, _of_kinds, _of_values, _of_signs, _of_lists]))(
        draw, scheme, marks
    )


def one(draw, rows):
    return draw(st.sampled_from(list(rows)))


def _of_any(draw, scheme, marks):
    group = draw(GROUPS)
    row = one(draw, [row["id"] for row in rows_of(scheme.data, group)] or ["gone"])
    match draw(st.integers(0, 4)):
        case 0:
            return scheme_changes.rename(scheme, group, row, draw(NAMES))
        case 1:
            words = draw(st.text(max_size=5))
            return scheme_changes.set_codebook(scheme, group, row, words, is_definition=draw(st.booleans()))
        case 2:
            return scheme_changes.reorder(scheme, group, row, draw(st.integers(0, 12)))
        case 3:
            preset = one(draw, scheme.data["presets"])
            return scheme_changes.show(scheme, preset, group, row, is_shown=draw(st.booleans()))
        case _:
            return scheme_changes.add_preset(scheme, draw(NAMES), scheme.preset_name)


def _of_labels(draw, scheme, marks):
    first, second = one(draw, scheme.labels), one(draw, scheme.labels)
    match draw(st.integers(0, 4)):
        case 0:
            return scheme_labels.add_label(scheme, draw(NAMES), like=first, colours=COLOURS)
        case 1:
            return scheme_labels.merge_labels(scheme, first, second)
        case 2:
            return scheme_labels.delete_label(scheme, first)
        case 3:
            chosen = draw(st.lists(st.sampled_from(marks), max_size=3)) if marks else []
            return scheme_labels.split_label(scheme, first, draw(NAMES), chosen, COLOURS)
        case _:
            return scheme_labels.set_stance(scheme, first, draw(st.sampled_from([None, "deny", "query"])))


def _of_kinds(draw, scheme, marks):
    if not scheme.link_kinds:
        return scheme_kinds.add_kind(scheme, draw(NAMES))
    first, second = one(draw, scheme.link_kinds), one(draw, scheme.link_kinds)
    match draw(st.integers(0, 4)):
        case 0:
            return scheme_kinds.add_kind(scheme, draw(NAMES), like=first)
        case 1:
            return scheme_kinds.merge_kinds(scheme, first, second)
        case 2:
            return scheme_kinds.delete_kind(scheme, first)
        case 3:
            side = draw(st.sampled_from(["from", "to"]))
            every = scheme_kinds.every_end(scheme, side)
            ends = draw(st.none() | st.lists(st.sampled_from(every), unique=True))
            return scheme_kinds.set_ends(scheme, first, side, ends)
        case _:
            return scheme_kinds.set_passive(scheme, first, draw(NAMES))


def _of_values(draw, scheme, marks):
    listed = [row.id for row in scheme.attributes.values() if row.values]
    if not listed:
        return scheme_values.add_attribute(scheme, draw(NAMES), None, ["calm", "heated"])
    attribute = one(draw, listed)
    first, second = (one(draw, scheme.attributes[attribute].values) for _ in range(2))
    match draw(st.integers(0, 8)):
        case 0:
            return scheme_values.add_attribute(scheme, draw(NAMES), list(scheme.labels)[:2], ["calm", "wild"])
        case 1:
            return scheme_values.delete_attribute(scheme, attribute)
        case 2:
            return scheme_values.set_labels(scheme, attribute, list(scheme.labels)[1:])
        case 3:
            return scheme_values.set_default(scheme, attribute, [first])
        case 4:
            return scheme_values.add_value(scheme, attribute, draw(NAMES))
        case 5:
            return scheme_values.rename_value(scheme, attribute, first, draw(NAMES))
        case 6:
            return scheme_values.merge_values(scheme, attribute, first, second)
        case 7:
            return scheme_values.delete_value(scheme, attribute, first)
        case _:
            return scheme_values.reorder_value(scheme, attribute, first, draw(st.integers(0, 5)))


def _of_lists(draw, scheme, marks):
    group = draw(st.sampled_from(LISTS))
    ids = [row["id"] for row in rows_of(scheme.data, group)]
    if not ids:
        return scheme_names.add_name(scheme, group, draw(NAMES))
    match draw(st.integers(0, 3)):
        case 0:
            return scheme_names.add_name(scheme, group, draw(NAMES))
        case 1:
            return scheme_names.merge_names(scheme, group, one(draw, ids), one(draw, ids))
        case 2:
            return scheme_names.delete_name(scheme, group, one(draw, ids))
        case _:
            kinds = [row["id"] for row in rows_of(scheme.data, "proposition_link_kinds")]
            return scheme_names.set_symmetric(scheme, one(draw, kinds or ["gone"]), draw(st.booleans()))


def _of_signs(draw, scheme, marks):
    label = one(draw, scheme.labels)
    match draw(st.integers(0, 2)):
        case 0:
            owner = one(draw, [*scheme.labels, *scheme.link_kinds])
            return scheme_signs.set_key(scheme, owner, draw(st.sampled_from(["", "8", "b", "F5"])))
        case 1:
            return scheme_signs.set_letter(scheme, label, draw(st.sampled_from(["x", "é", "", "Ж"])))
        case _:
            return scheme_signs.set_colour(scheme, label, one(draw, COLOURS), COLOURS)
