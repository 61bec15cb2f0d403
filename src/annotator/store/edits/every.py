"""All edits by name."""

from annotator.store.edits.articles import delete_article, edit_article, set_status
from annotator.store.edits.claims import (
    add_mention,
    add_proposition,
    delete_mention,
    delete_proposition,
    edit_mention,
    edit_proposition,
    merge_propositions,
    relate_propositions,
    split_proposition,
)
from annotator.store.edits.exhibits import add_exhibit, delete_exhibit, edit_exhibit
from annotator.store.edits.judgements import judge, judge_evidence
from annotator.store.edits.labelling import label_places
from annotator.store.edits.links import add_link, delete_link, edit_link, reverse_link
from annotator.store.edits.many import change_marks
from annotator.store.edits.marks import (
    add_mark,
    add_relay,
    delete_marks,
    duplicate_mark,
    edit_mark,
    relabel,
    set_attribute,
    set_attribution,
    set_source,
    set_spans,
)
from annotator.store.edits.newer import make_versions, move_links
from annotator.store.edits.others import add_record, delete_record, edit_record
from annotator.store.edits.project import rename_annotator, rename_project, set_preset, set_scheme
from annotator.store.edits.proposals import drop_proposal, take_proposal
from annotator.store.edits.scheme import change_scheme, confirm_marks
from annotator.store.edits.sources import (
    add_source,
    delete_source,
    edit_source,
    find_or_add_source,
    merge_sources,
    part_source,
    replace_source,
)
from annotator.store.edits.versions import carry_mark, make_version
from annotator.store.edits.wording import set_date_words, set_words

__all__ = [
    "add_exhibit",
    "add_link",
    "add_mark",
    "add_mention",
    "add_proposition",
    "add_record",
    "add_relay",
    "add_source",
    "carry_mark",
    "change_marks",
    "change_scheme",
    "confirm_marks",
    "delete_article",
    "delete_exhibit",
    "delete_link",
    "delete_marks",
    "delete_mention",
    "delete_proposition",
    "delete_record",
    "delete_source",
    "drop_proposal",
    "duplicate_mark",
    "edit_article",
    "edit_exhibit",
    "edit_link",
    "edit_mark",
    "edit_mention",
    "edit_proposition",
    "edit_record",
    "edit_source",
    "find_or_add_source",
    "judge",
    "judge_evidence",
    "label_places",
    "make_version",
    "make_versions",
    "merge_propositions",
    "merge_sources",
    "move_links",
    "part_source",
    "relabel",
    "relate_propositions",
    "rename_annotator",
    "rename_project",
    "replace_source",
    "reverse_link",
    "set_attribute",
    "set_attribution",
    "set_date_words",
    "set_preset",
    "set_scheme",
    "set_source",
    "set_spans",
    "set_status",
    "set_words",
    "split_proposition",
    "take_proposal",
]
