"""Sentences for operations, with gaps for their details."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def operation_forms() -> dict[str, str]:
    """The sentence of each operation by its name, in the language of the window."""
    return {
        **_of_marks(),
        **_of_links_and_claims(),
        **_of_sources_and_texts(),
        **_of_the_scheme(),
        **_of_the_project(),
    }


def _of_marks() -> dict[str, str]:
    return {
        "add-mark": translate("History", "{mark} marked as {label}"),
        "label-places": translate("History", "Words of many places marked as {label}"),
        "delete-mark": translate("History", "{marks} deleted"),
        "relabel": translate("History", "{mark} is now {label}"),
        "relabel-marks": translate("History", "Label {label} given to {count}"),
        "set-attribute-of-marks": translate("History", "{attribute} of {count} set"),
        "set-status-of-marks": translate("History", "Status of {count} set"),
        "move-mark": translate("History", "{mark} given other words"),
        "move-end": translate("History", "An end of {mark} moved"),
        "add-piece": translate("History", "A piece added to {mark}"),
        "cut-hole": translate("History", "A hole cut into {mark}"),
        "set-source": translate("History", "Source of {mark} set"),
        "add-relay": translate("History", "Relay added to {mark}"),
        "set-attribution": translate("History", "Who says {mark} changed"),
        "set-attribute": translate("History", "{attribute} of {mark} set"),
        "edit-mark": translate("History", "{fields} of {mark} changed"),
        "duplicate-mark": translate("History", "{of} duplicated as {mark}"),
        "set-words": translate("History", "Words of {mark} noted: {layer}"),
        "take-proposal": translate("History", "Proposal of the rule “{rule}” taken as {label}"),
        "drop-proposal": translate("History", "Proposal of the rule “{rule}” dropped"),
        "carry-mark": translate("History", "{mark} taken over to {article}"),
        "add-pin": translate("History", "A mark pinned"),
        "delete-pin": translate("History", "A mark unpinned"),
        "confirm-mark": translate("History", "{marks} confirmed"),
    }


def _of_links_and_claims() -> dict[str, str]:
    return {
        "add-link": translate("History", "{origin} {kind} {target}"),
        "edit-link": translate("History", "A link changed"),
        "reverse-link": translate("History", "A link turned round"),
        "delete-link": translate("History", "A link deleted"),
        "add-claim": translate("History", "New claim {proposition}"),
        "edit-claim": translate("History", "Claim {proposition} changed"),
        "delete-claim": translate("History", "A claim deleted"),
        "merge-claims": translate("History", "Two claims became {proposition}"),
        "name-claim": translate("History", "{mark} put under a new claim"),
        "split-claim": translate("History", "Marks of {proposition} got a claim of their own"),
        "move-mentions": translate("History", "Marks moved to {proposition}"),
        "add-proposition-link": translate("History", "Two claims linked"),
        "delete-proposition-link": translate("History", "A link between claims deleted"),
        "add-mention": translate("History", "{mark} put under {proposition}"),
        "edit-mention": translate("History", "What a mark does to a claim changed"),
        "delete-mention": translate("History", "A mark taken out of a claim"),
    }


def _of_sources_and_texts() -> dict[str, str]:
    return {
        "add-source": translate("History", "New source “{title}”"),
        "edit-source": translate("History", "Source “{source}” changed"),
        "merge-sources": translate("History", "Two sources became “{source}”"),
        "part-source": translate("History", "“{source}” stands for itself again"),
        "replace-source": translate("History", "“{source}” stands in the place of a deleted source"),
        "delete-source": translate("History", "A source deleted"),
        "edit-article": translate("History", "{fields} of {article} changed"),
        "set-status": translate("History", "{article} is {status}"),
        "delete-article": translate("History", "An article deleted"),
        "new-version": translate("History", "{article} became a newer version of {of}, with its marks"),
        "new-versions": translate("History", "Articles became newer versions of others, with their marks"),
        "move-links": translate("History", "Links moved to the marks of {article}, the newer version"),
        "add-exhibit": translate("History", "An exhibit noted"),
        "edit-exhibit": translate("History", "An exhibit changed"),
        "delete-exhibit": translate("History", "An exhibit deleted"),
    }


def _of_the_scheme() -> dict[str, str]:
    return {
        "set-scheme": translate("History", "Scheme changed"),
        "rename-in-scheme": translate("History", "“{old}” of the scheme called “{new}”"),
        "define-in-scheme": translate("History", "“{title}” defined anew in version {version} of the scheme"),
        "reorder-scheme": translate("History", "“{title}” of the scheme moved"),
        "show-in-preset": translate("History", "“{title}” shown in the preset “{preset}”"),
        "hide-in-preset": translate("History", "“{title}” hidden in the preset “{preset}”"),
        "add-preset": translate("History", "New preset “{preset}”"),
        "delete-preset": translate("History", "Preset “{preset}” deleted"),
        "replace-scheme": translate("History", "Scheme replaced by that of a file"),
        "add-to-scheme": translate("History", "Scheme of a file added"),
        "set-key": translate("History", "Key of “{title}” set to “{key}”"),
        "set-letter": translate("History", "Letter of “{title}” set to “{letter}”"),
        "set-colour": translate("History", "Colour of “{title}” set to {colour}"),
        "add-label": translate("History", "New label “{title}”"),
        "split-label": translate("History", "Label “{new}” split from “{old}”"),
        "merge-labels": translate("History", "Label “{old}” merged into “{new}”"),
        "delete-label": translate("History", "Label “{title}” deleted"),
        "add-attribute": translate("History", "New attribute “{title}”"),
        "delete-attribute": translate("History", "Attribute “{title}” deleted"),
        "merge-values": translate("History", "Value “{old}” merged into “{new}”"),
        "delete-value": translate("History", "Value “{title}” deleted"),
        "add-link-kind": translate("History", "New kind of link “{title}”"),
        "merge-link-kinds": translate("History", "Kind of link “{old}” merged into “{new}”"),
        "delete-link-kind": translate("History", "Kind of link “{title}” deleted"),
        "add-to-list": translate("History", "“{title}” added to the scheme"),
        "merge-in-list": translate("History", "“{old}” of the scheme merged into “{new}”"),
        "delete-from-list": translate("History", "“{title}” of the scheme deleted"),
    }


def _of_the_project() -> dict[str, str]:
    return {
        "add-dismissal": translate("History", "A loose end left open"),
        "delete-dismissal": translate("History", "A loose end brought back"),
        "add-saved-search": translate("History", "A search kept"),
        "edit-saved-search": translate("History", "A kept search changed"),
        "delete-saved-search": translate("History", "A kept search deleted"),
        "add-judgement": translate("History", "A judgement given"),
        "add-report": translate("History", "A report kept"),
        "edit-report": translate("History", "A report changed"),
        "delete-report": translate("History", "A report deleted"),
        "edit-judgement": translate("History", "A judgement changed"),
        "delete-judgement": translate("History", "A judgement withdrawn"),
        "rename-project": translate("History", "Project named “{title}”"),
        "rename-annotator": translate("History", "Annotator named “{title}”"),
        "import": translate("History", "Imported"),
        "changed-by-another-program": translate("History", "Changed by another program; undo stops here"),
    }
