"""What people are told for each code, in English; the window translates the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from string import Formatter

from annotator.domain.errors import UserError
from annotator.domain.file_messages import FILES
from annotator.domain.scheme_messages import SCHEME
from annotator.domain.sentences import filled

SHOWN_CHARACTERS = 160
"""Characters of one detail that a sentence shows at most."""

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "annotator-without-name": ("An annotator needs a name. Type one.",),
    "article-frozen": (
        "{older} is an older version and stays as it was. Work in {newer}, which has its marks.",
    ),
    "article-has-versions": ("A corrected version refers to this article. Delete that version first.",),
    "attribute-unknown": ("The scheme has no attribute “{attribute}”.",),
    "attribute-value-unknown": ("“{value}” is no value of “{attribute}”. Choose one of {values}.",),
    "backup-failed": (
        "The copy {path} could not be made ({reason}). Nothing was changed; free some space and try again.",
    ),
    "backup-failed-before": (
        "The project is saved, but the copy {path} that was due when it was closed on {day} could not be made"
        " ({reason}). Free some space or look at that folder; another is made when you close the project.",
    ),
    "bulk-running": ("An import or another large change is still running. Wait until it has ended.",),
    "claim-ambiguous": ("“{claim}” may mean {ids}. Give the id.",),
    "claim-merge-itself": ("These two are the same claim already.",),
    "claim-split-all": (
        "Every mark of “{claim}” is chosen, so none would stay. Write another sentence instead.",
    ),
    "claim-split-nothing": ("No mark of “{claim}” is chosen. Choose those that get a claim of their own.",),
    "claim-unknown": ("There is no claim “{claim}”. Its handle looks like C12.",),
    "control-characters-replaced": (
        "{one_count} control character was replaced by “\ufffd”: no file format can carry it.",
        "{count} control characters were replaced by “\ufffd”, one for one: no file format can carry them.",
    ),
    "copy-stopped": ("The copy was stopped and is not kept. The project itself is saved.",),
    "counters-mended": ("{path}: its counters of marks did not tell what is there, and were counted anew.",),
    "damage-check-failed": (
        "The check “{check}” could not be carried out: {reason}. Save what can be read with “annotator check"
        " PROJECT --salvage NEW”.",
    ),
    "damage-counters": ("The marks counted for {table} {row} are not those that are there.",),
    "damage-link-ends": ("Link {link} “{kind}” goes from {from} to {to}, which the scheme forbids.",),
    "damage-link-kind": ("Statement {link} is of the kind “{kind}”, which the scheme does not know.",),
    "damage-more": ("There is more of the same kind ({like}).",),
    "damage-operation": ("Row {row} of {table} names operation {operation}, which is not in the history.",),
    "damage-original": ("The kept original bytes with hash {sha256} have changed.",),
    "damage-original-missing": ("The original bytes of article {article} are missing.",),
    "damage-pages": ("The file itself is damaged: {finding}",),
    "damage-quote": (
        "Mark {mark} at {start}–{end} of article {article} should read “{quote}”; the text reads “{found}”.",
    ),
    "damage-quotes-count": ("Mark {mark} does not have one quote for each of its pieces.",),
    "damage-reference": ("Row {row} of {table} names a row of {target} that is not there.",),
    "damage-region": ("A region {start}–{end} lies outside article {article}, which ends at {length}.",),
    "damage-span": ("Mark {mark} at {start}–{end} lies outside article {article}, which ends at {length}.",),
    "damage-text": ("The text of article {article} is no longer the one that was imported.",),
    "date-none": (
        "“{date}” is no date. Write 2017-08-14, 2017-08 or 2017, or an interval such as 2012-06/2015-12.",
    ),
    "date-turned-round": ("The interval {date} ends before it begins. Turn it round.",),
    "disk-error": (
        "{path}: the disk did not do as asked ({reason}). The last action was not saved; check the disk.",
    ),
    "disk-full": (
        "{path}: the disk is full. The last action was not saved; free some space and do it again.",
    ),
    "disk-unsure": (
        "{path}: the disk failed ({reason}) while the last action was being saved. It is in the file,"
        " but a power cut could still take it away; check the disk.",
    ),
    "end-unknown": ("A {type} cannot be about a {table}. It may be about {tables}.",),
    "exhibit-address": (
        "“{address}” is no address of the web. It begins with http:// or https:// and names a host.",
    ),
    "exhibit-date": (
        "“{date}” is no date. Write year-month-day, or only year and month: 2024-03-05, 2024-03.",
    ),
    "exhibit-file-project": ("{path} is this project itself. Choose the file of the exhibit.",),
    "exhibit-file-unreadable": ("{path} could not be read: {reason}. Choose another file.",),
    "exhibit-hash": (
        "“{hash}” is no SHA-256. It has 64 digits from 0 to f; leave it empty where none is known.",
    ),
    "exhibit-without-name": ("An exhibit needs a title or an address. Give it one of them.",),
    "field-unknown": ("“{field}” of {table} does not exist or cannot be changed.",),
    "identity-not-kept": (
        "Who works here could not be kept in {path} ({reason}). Undo will ask about this session's actions.",
    ),
    "identity-unreadable": (
        "Who works here could not be read from {path}. Delete that file and a new identity is made.",
    ),
    "label-unknown": ("The scheme has no label “{label}”. Add it, or relabel.",),
    "link-kind-unknown": ("The scheme has no kind of link “{kind}”.",),
    "link-not-reversible": ("“{kind}” can only be turned round between two marks.",),
    "link-origin-refused": (
        "“{kind}” cannot start at “{end}”; it starts at {allowed}.",
        "A link cannot start at “{end}”, only at a mark or an exhibit.",
    ),
    "link-not-carried": (
        "The newer version has no mark for the end of this link. Take the mark over first.",
    ),
    "link-target-refused": ("“{kind}” cannot end at “{end}”; it ends at {allowed}.",),
    "link-there-already": ("These two are linked by “{kind}” already.",),
    "link-to-itself": ("Both ends are the same. Choose another end.",),
    "lone-surrogate": ("Half a character ({char}) stands in line {line} of the text. Take it out.",),
    "mark-ambiguous": ("“{mark}” may mean {ids}. Give the id.",),
    "mark-carried-already": ("The newer version has this mark already. Change it there.",),
    "mark-reanchored": ("Mark {id} stood at {was}; its words “{quote}” were found at {found}.",),
    "marks-repeat-others": (
        "{one_count} mark by {name} says the same of the same words as one by {other}. If both are one"
        " person, undo this import, and do it again under the name “{other}”.",
        "Marks by {name} say the same of the same words as those by {other} ({count}). If both are one"
        " person, undo this import, and do it again under the name “{other}”.",
    ),
    "mark-unknown": ("There is no mark “{mark}”. Its handle looks like M41.",),
    "mark-without-words": ("Mark {id} holds no words and was left out.",),
    "mention-there-already": ("This mark speaks to that claim already. Change its stance instead.",),
    "name-pattern": (
        "“{pattern}” is no pattern of names. Write fields in braces, each once, such as {{date}}_{{title}};"
        " there are {known}.",
    ),
    "name-pattern-does-not-fit": ("The pattern of names does not fit this name.",),
    "no-display": (
        "There is no display here to open a window on. The commands work without one: see annotator --help.",
    ),
    "no-such-paragraph": ("There is no paragraph {number}; the last one is {last}.",),
    "no-such-row": (
        "What this was about is gone ({table}): it was deleted meanwhile. Undo may bring it back.",
    ),
    "not-a-text": ("This is no text but {kind}. Save its text as .txt and import that.",),
    "not-packed": ("{path} is damaged and was not packed: packing writes the whole file anew.",),
    "nothing-to-redo": ("Nothing to redo. Steps redone: {done} of {steps}.",),
    "nothing-to-undo": ("Nothing to undo. Steps undone: {done} of {steps}.",),
    "operation-unfinished": (
        "“{name}” never came to its end; nothing of it is shown. Opening cleans it up.",
    ),
    "opening-stopped": ("The project was not opened. Nothing of it is lost; open it when there is time.",),
    "origin-id-twice": (
        "{type} {id} has the origin_id “{other}” too, and only one foreign id can be kept. Take one out.",
    ),
    "output-failed": ("The output could not be written: {reason}. Send it to a place with space.",),
    "packed": (
        "Packed: {before} before, {after} now. Operations that can no longer be undone: {operations}. The"
        " project as it was is kept in {backup}.",
    ),
    "packed-with-gaps": (
        "{path}: the old history was packed and can no longer be undone, but the disk did not do as asked"
        " ({reason}), so the file is no smaller. The project as it was is kept in {backup}; check the disk.",
        "{path}: the old history was packed and can no longer be undone, but the disk is full, so the file is"
        " no smaller. The project as it was is kept in {backup}; free some space and make the file smaller"
        " again.",
    ),
    "packing-saves": (
        "{saved} of {size} could be saved: annotator check --pack {path}. Undo would then stop where the"
        " history is older than {days} days.",
    ),
    "packing-stopped": ("The file was not made smaller; the project is as it was.",),
    "preset-unknown": ("There is no preset “{preset}”. There are {presets}.",),
    "project-busy": ("Another program is writing to {path}. Try again when it has finished.",),
    "project-damaged": (
        "{path} is damaged: {findings}. Nothing was changed. Go back to a backup,"
        " or save what can be read with “annotator check PROJECT --salvage NEW”.",
    ),
    "project-empty": ("{path} is an empty file, not a project. Is the copy complete?",),
    "project-exists": ("{path} is there already. Open it, or choose another name.",),
    "project-foreign": ("{path} belongs to another program. Choose a file that annotator made.",),
    "project-interrupted": (
        "{path} was left half written: the program that wrote to it was stopped meanwhile. Do it again;"
        " opening the project mends it.",
    ),
    "project-journal-foreign": (
        "Beside {path} lies {journal}, which belongs to another file and would destroy it."
        " Nothing was changed; move {journal} away.",
    ),
    "project-locked": (
        "{path} is open in another window or command (process {pid} on {host}, since {since})."
        " Here it can only be read: end that first, then open it again to change it.",
        "{path} is open in another window or command."
        " Here it can only be read: end that first, then open it again to change it.",
    ),
    "project-missing": ("There is no project {path}. Check the name, or make it with “annotator new”.",),
    "project-lost-commits": (
        "{path} was in use when the program was killed, and {one_commits} change is missing, the last one:"
        " its journal was taken away, or an older copy put in its place. Look for a newer copy or a backup.",
        "{path} was in use when the program was killed, and its last {commits} changes are missing:"
        " its journal was taken away, or an older copy put in its place. Look for a newer copy or a backup.",
    ),
    "project-moved": (
        "{path} was moved or replaced while it was open. Nothing is saved any more:"
        " save a copy, or open the project again.",
    ),
    "project-newer": (
        "{path} comes from a newer version of annotator (format {version}; this one knows {known})."
        " Update annotator.",
    ),
    "project-not-a-file": ("{path} is not a file. Choose a project file.",),
    "project-not-sqlite": ("{path} is not a project. Choose a file that annotator made.",),
    "project-not-writable": (
        "{path} cannot be written there: {reason}. Choose another folder, or free some space.",
    ),
    "project-older": (
        "{path} is of an older format ({version}) and cannot be updated while it may only be read."
        " Copy it to a place you can write to.",
    ),
    "project-readonly": (
        "{path} can only be read: nothing was saved. Close the other window if it is open there,"
        " or copy it to a place you can write to.",
    ),
    "project-readonly-after-errors": (
        "{path}: the disk failed several times in a row, so nothing more is written to it."
        " Save a copy on another disk and go on there.",
    ),
    "project-unfinished": (
        "{path} was left half written and cannot be mended where it lies. Copy it, with the file beside it,"
        " to a place you can write to.",
    ),
    "project-unreadable": ("{path} could not be opened: {reason}.",),
    "project-unsafe": ("{path} holds something no project has ({object}). It was not opened.",),
    "query-field-unknown": (
        "“{found}” is not a field; did you mean “{like}”? Put words in quotation marks.",
    ),
    "query-finds-nothing": ("No mark fits the query, so there is none in what is written.",),
    "query-syntax": (
        "The query cannot go on with “{found}”. What can stand there: {expected}."
        " Try label=denial source=“…”.",
        "The query is not finished. What can come next: {expected}. Try label=denial source=“…”.",
    ),
    "query-too-large": (
        "A search has at most {conditions} conditions and brackets {depth} deep. Make two of it.",
    ),
    "quote-differs": (
        "At {start}–{end} the text reads “{found}”, not “{quote}”. Offsets count characters (code points)"
        " here; these seem to count {unit}.",
        "At {start}–{end} the text reads “{found}”, not “{quote}”.",
    ),
    "quotes-count-differs": ("Mark {id} needs one quote for each span; spans: {spans}, quotes: {quotes}.",),
    "record-differs": (
        "{type} {id} is there already, and differs in its {field}: “{found}” here, “{given}” in the file."
        " Give this one another id, or take it out.",
        "{type} {id} is there already, and differs in its {field}. Give this one another id or file name.",
    ),
    "record-has-own-edits": ("A {type} cannot be changed in this way.",),
    "records-of-others": (
        "{one_count} record that comes as by {name} is there already, by {names}, and was not taken a second"
        " time. Import what {name} made into a project of its own.",
        "Records that come as by {name} are there already, by {names}, and were not taken a second time"
        " ({count}). Import what {name} made into a project of its own.",
    ),
    "record-twice": ("{type} {id} is in the file twice.",),
    "reference-ambiguous": (
        "Several annotators have a {table} {id}: {ids}. Give the id of the one that is meant, or import as"
        " the annotator whose it is.",
    ),
    "reference-cycle": ("{type} {id} refers to itself through others. Take one of these references out.",),
    "reference-unknown": ("{field} names {table} {id}, which is nowhere.",),
    "region-outside": ("The region “{kind}” {start}–{end} lies outside the text, which ends at {length}.",),
    "relabel-breaks-link": (
        "As “{label}” this mark could not keep its link “{kind}”. Remove or change the link first.",
    ),
    "row-unreadable": (
        "Row {row} of {table} holds something this program did not write. Run “annotator check”,"
        " or go back to a backup.",
    ),
    "same-claim-already": ("These two are under one claim already.",),
    "rules-broken": ("The pattern of the rule “{rule}” cannot be read: {reason}. Correct the rules.",),
    "salvage-impossible": ("Nothing can be saved of {path}: {reason}. Restore a backup of it.",),
    "scale-malformed": ("{place} of the scheme is no scale of judgement. Correct it, or take it out.",),
    "scale-not-for": ("{scale} is not for a {table}. It is for {tables}.",),
    "scale-unknown": ("There is no scale “{scale}”. The project has {scales}.",),
    "scale-value-unknown": ("“{value}” is no value of this scale. It has {values}.",),
    **FILES,
    **SCHEME,
    "search-too-slow": (
        "This expression takes too long on “{title}”. Make it simpler: avoid repeats within repeats.",
    ),
    "search-regex": ("The expression is wrong at character {at}: {reason}.",),
    "source-cycle": (
        "{chain}: that would run in a circle, so that nobody is the owner."
        " Choose somebody else, or take away first whom one of them speaks for.",
    ),
    "source-in-use": (
        "“{source}” is named {one_uses} time: {named}. Choose who stands there instead.",
        "“{source}” is named {uses} times: {named}. Choose who stands there instead.",
    ),
    "source-kind-unknown": ("There is no kind of source “{kind}”. There are {kinds}.",),
    "source-merge-itself": ("A source cannot be merged with itself. Choose another one.",),
    "source-not-merged": ("“{source}” stands for itself already.",),
    "source-same-already": ("“{source}” and “{other}” are one already.",),
    "source-without-name": ("A source needs a name. Type one.",),
    "span-empty": ("There are no words in this. Select some.",),
    "span-nothing-left": ("Nothing would be left of the mark. Delete it instead.",),
    "span-outside": ("{start}–{end} lies outside the text, which ends at {length}.",),
    "stance-unknown": ("There is no stance “{stance}”. There are {stances}.",),
    "status-unknown": ("There is no state “{status}”. There are {statuses}.",),
    "text-damaged": (
        "The text of “{title}” is no longer the one that was imported."
        " Nothing was written; run “annotator check”.",
    ),
    "text-empty": ("There are no words in this text.",),
    "text-hash-differs": ("Article {id}: the text does not have the hash that the file gives for it.",),
    "text-nearly-there": (
        "“{title}” may be a copy of {handle}: {percent} % of their wording is the same.",
        "An article may be a copy of {handle}: {percent} % of their wording is the same.",
    ),
    "text-there-already": (
        "“{title}” has the same text as {handle}; it came in as an article of its own.",
        "An article has the same text as {handle}; it came in as an article of its own.",
    ),
    "text-without-manifest-row": ("The list says nothing of this text.",),
    "undo-packed": (
        "Steps undone: {done} of {steps}. Undo stops at {at}; the history before that was packed to make the"
        " file smaller.",
    ),
    "undo-sealed": (
        "Steps undone: {done} of {steps}. Undo stops at {at}, when another program or a new format changed"
        " the file.",
    ),
    "undo-stale": ("This cannot be undone: a row of “{table}” was changed since. Nothing was changed.",),
    "zero-width-mark": ("Mark {id} was left out: it holds no words.",),
}
"""Sentences by code; of several, the first whose details are all there is taken.

A number that is one is there as `one_NAME` too, for a sentence in the singular. Where a sentence
does not name the file and line it is about, they come before it.
"""

PLACES: tuple[str, ...] = ("{path}, line {line}: {sentence}", "{path}: {sentence}", "Line {line}: {sentence}")
"""How the place comes before a sentence; the first whose details are all there is taken."""

UNKNOWN = "This could not be done ({code})."
"""Said of a code that has no sentence, such as one of another package's format."""

Translate = Callable[[str], str]


def sentence(error: UserError, translate: Translate = str) -> str:
    """What an error says, where, and what to do about it.

    translate: given each English form before details are put in.
    """
    given = {name: value for name, value in error.details.items() if value is not None}
    given |= {f"one_{name}": 1 for name, value in given.items() if value == 1}
    details = {name: _shown(name, value) for name, value in given.items()}
    forms = SENTENCES.get(error.code, (UNKNOWN,))
    form = next((one for one in forms if fields_of(one) <= details.keys()), forms[-1])
    words = filled(translate(form), _Details(details | {"code": error.code}))
    unsaid: dict[str, str] = {
        name: details[name] for name in ("path", "line") if name in details.keys() - fields_of(form)
    }
    for place in PLACES:
        if fields_of(place) - {"sentence"} == unsaid.keys():
            return filled(translate(place), unsaid | {"sentence": words})
    return words


def fields_of(form: str) -> set[str]:
    """The names in braces of a form."""
    return {name for _, name, _, _ in Formatter().parse(form) if name}


_UTC = "+00:00"


class _Details(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "–"


def _shown(name: str, value: object) -> str:
    if name in ("size", "limit") and isinstance(value, int):
        return f"{value / 2**20:,.1f} MB"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_shown("", one) for one in value) or "–"
    words = str(value)
    if name == "since" and words.endswith(_UTC):
        return f"{words.removesuffix(_UTC)[:-3].replace('T', ' ')} UTC"
    if name == "path" or len(words) <= SHOWN_CHARACTERS:
        return words
    return words[: SHOWN_CHARACTERS - 1].rstrip() + "…"
