"""What people are told of files that are read into a project or written from it."""

from __future__ import annotations

from collections.abc import Mapping

FILES: Mapping[str, tuple[str, ...]] = {
    "aif-left-out": (
        "An argument graph has no place for {one_count} statement of the kind “{what}”. It was left out.",
        "An argument graph has no place for {count} statements of the kind “{what}”. They were left out.",
    ),
    "article-date-none": (
        "“{date}” is no date. It is kept as it stands, but is in no order of time: write 2017-08-14, 2017-08"
        " or 2017.",
    ),
    "attribute-left-out": (
        "Of mark {id} “{value}” was left out: it is no value of the attribute “{attribute}” here.",
    ),
    "brat-about-nothing": ("Attributes of {id}, and notes on it, were left out: it is not in the file.",),
    "brat-bad-line": ("This line cannot be read: “{text}”. Mend it, or take it out.",),
    "brat-configuration-unreadable": ("The configuration was passed over: {reason}.",),
    "brat-event-arguments": (
        "{one_count} argument of an event was left out; its trigger became a mark.",
        "{count} arguments of events were left out; their triggers became marks.",
    ),
    "brat-line-unknown": ("A line of an unknown kind was left out: “{text}”.",),
    "brat-mark-of-line-ends": ("Mark {id} holds nothing but line ends, which brat cannot write; left out.",),
    "brat-not-utf8": ("This is not UTF-8 at byte {offset}. Save the file as UTF-8.",),
    "brat-relation-attribute": ("An attribute of relation {id} was left out: only marks have them here.",),
    "brat-relation-to-itself": ("Relation {id} was left out: both of its ends are one mark.",),
    "brat-relation-without-end": ("Relation {id} was left out: one of its ends is not there.",),
    "brat-relations-beside": (
        "Links from exhibits, and what is said of marks that are in none of these documents, were left out:"
        " {count}. The format annotator-jsonl keeps all of it.",
    ),
    "claim-worded-otherwise": (
        "A claim reads “{given}” in the file and “{found}” in the project. It stays as it is in the project.",
    ),
    "link-left-out": ("Link {id} was left out: here “{kind}” cannot go from “{origin}” to “{target}”.",),
    "brat-relations-unread": (
        "Its first line does not name the columns {columns}. What it says was left out.",
    ),
    "brat-span-outside": (
        "{id} marks {start} to {end}, but the text ends at {length}. Does the .txt file belong to it?",
    ),
    "brat-text-without-annotations": (
        "This text has no .ann file beside it and was left out. Import it by itself.",
    ),
    "brat-without-text": ("The text {text} is missing. Put it beside this file.",),
    "claim-review-shortened": (
        "The sentence of {claim} was cut at a word: fact-check feeds take fewer than {limit_chars}"
        " characters. The whole of it is under itemReviewed.",
    ),
    "claim-review-without-any": (
        "None of these claims has a verdict, so there is nothing to review. Give one in the window.",
    ),
    "claim-review-without-verdict": (
        "{claim} was left out: a review needs a verdict. Give one in the window.",
    ),
    "csv-row-too-long": ("This row has more cells than there are columns. Are quotation marks missing?",),
    "csv-unreadable": ("This table cannot be read on from here: {reason}. Is a quotation mark missing?",),
    "empty-piece": ("Mark {id} has a piece that holds no words; the piece was left out.",),
    "encoding-guessed": ("This text is not UTF-8; it was read as {encoding}. Check its accents.",),
    "encoding-not-found": (
        "No encoding fits (byte {at}). Save the text as UTF-8, or choose an encoding in the window.",
    ),
    "encoding-unknown": ("There is no encoding “{encoding}”. Try utf-8, windows-1251 or latin-1.",),
    "encoding-wrong": ("This is not {encoding}: byte {at} does not fit. Choose another encoding.",),
    "export-failed": ("{path} could not be written: {reason}. Choose another place, or free some space.",),
    "export-folder-not-ours": (
        "The folder {path} holds files that no export made, such as {example}. Choose an empty folder.",
    ),
    "export-here": ("{path} is the folder you are in, which an export would replace. Name one inside it.",),
    "export-loses": (
        "{format} cannot express all of it. Nothing was written; leave out --strict to export the rest.",
    ),
    "export-not-a-file": ("{path} is a folder or a device. Give the name of a file.",),
    "export-not-a-folder": ("{path} is a file; this format writes a folder. Give another name.",),
    "export-over-project": (
        "{path} is a project, another database or a file that belongs to one. Export to another name.",
    ),
    "export-without-folder": ("The folder {folder} is not there. Make it, or choose another place.",),
    "file-missing": ("{path} is not there. Check the name.",),
    "file-not-regular": ("{path} is a folder, a pipe or a device. Give a file.",),
    "file-too-large": ("{path} has {size}, more than the {limit} taken at once. Split it.",),
    "file-unreadable": ("{path} could not be read: {reason}.",),
    "files-no-texts": ("Left out, since they are no texts: {files}.",),
    "folder-without-documents": ("There is nothing to read in {path}: no files ending in {suffixes}.",),
    "folder-without-texts": ("There are no texts in {path}: no files ending in {suffixes}.",),
    "format-broken": (
        "The format “{name}” of {package} could not be loaded: {reason}. Update that package.",
    ),
    "format-not-guessed": (
        "{path} ends in {suffix}, which nothing here reads. What is read ends in {suffixes}. Save its text"
        " as .txt, or name its format: {names}.",
        "What {path} holds cannot be told, for nothing here ends in {suffixes}. Name its format: {names}.",
    ),
    "format-read-only": ("“{name}” can be read, but not written. Choose another format.",),
    "format-unknown": ("There is no format “{name}”. There are {names}.",),
    "format-write-only": ("“{name}” can be written, but not read. Choose another format.",),
    "judgement-not-shown": (
        "No scale here has “{value}” of “{scale}”. Judgements that say so are kept, but shown nowhere until"
        " the scheme has it.",
    ),
    "jsonl-bad-span": ("Mark {id}: {start} to {end} is no stretch of text.",),
    "jsonl-half-character": ("Half a character ({char}) stands in this line. Take it out.",),
    "jsonl-line-too-long": ("This line has more than {limit}. Split its text.",),
    "jsonl-missing-field": ("A line of type {type} needs the field {field}.",),
    "jsonl-not-an-object": ("This line is no JSON object.",),
    "jsonl-not-json": ("This line is no JSON: {reason}. Each line must be one whole object.",),
    "jsonl-not-utf8": ("This is not UTF-8: {byte} at byte {offset}. Save the file as UTF-8.",),
    "jsonl-quotes-count": ("Mark {id} needs one quote for each span; spans: {spans}, quotes: {quotes}.",),
    "jsonl-too-deep": ("Its values are nested too deep. Flatten them.",),
    "jsonl-unknown-field": ("{field} is not known here. Known are {fields}.",),
    "jsonl-unknown-type": ("“{type}” is no type of record. Known are {types}.",),
    "jsonl-without-type": (
        "This line has no “type”, as each line of annotator-jsonl has. The .jsonl files of other programs are"
        " not read.",
    ),
    "jsonl-wrong-end": ("{field} cannot be a {table}. It may be {tables}.",),
    "jsonl-wrong-format": ("This file is “{found}”; this program reads “{expected}”.",),
    "jsonl-wrong-offsets": ("Offsets are said to be “{found}”; they must be {expected}.",),
    "jsonl-wrong-type": ("{field}: {reason}.",),
    "manifest-columns": (
        "The first line must name the columns, each once: file, and any of {known}. Found: {found}.",
    ),
    "manifest-file-twice": ("“{file}” is listed twice. Keep one of the lines.",),
    "manifest-row-without-file": ("This row names no file.",),
    "manifest-row-without-text": ("The list names “{file}”, but no such text was imported.",),
    "only-of-texts": (
        "A title or a list of texts is said of texts, but this is {format}. Import it without, or say the"
        " format text to take its texts alone.",
    ),
    "reading-broke-off": (
        "Reading {path} broke off: the process that read it was ended, or there was no memory left."
        " Nothing of it was stored. Close other programs, and try again.",
    ),
    "report-ambiguous": ("“{report}” may mean {ids}. Give the id.",),
    "report-format-unknown": ("There is no way to write a report as “{name}”. There are {names}.",),
    "report-loses": ("{title} says less than the report. {loses}",),
    "report-drawings-left-out": ("The drawings are not in it, since nothing could paint them here.",),
    "report-needs-qt": (
        "The program cannot paint here, since Qt cannot be loaded: {reason}. Install what that names,"
        " or write a web page and print it from a browser.",
    ),
    "report-too-large": (
        "{title} is one file, and this report of {one_claims} claim is too large for one. Write a web page or"
        " Markdown, which is then an overview with parts in a folder beside it.",
        "{title} is one file, and this report of {claims} claims is too large for one. Choose claims, or"
        " write a web page or Markdown, which is then an overview with parts in a folder beside it.",
    ),
    "map-too-large": (
        "A page of {one_claims} claim with all that is said on it is too large to be read as one. Name a file"
        " with -o: it is then an overview, with parts in a folder beside it.",
        "A page of {claims} claims is too large to be read as one. Name a file with -o: it is then an"
        " overview, with parts in a folder beside it.",
    ),
    "report-unknown": ("There is no report “{report}”. The reports of this project: {titles}.",),
    "table-not-utf8": ("This line is not UTF-8. Save the table as UTF-8, in Excel as “CSV UTF-8”.",),
    "temporary-full": (
        "Temporary files could not be written ({reason}). Nothing was changed; free some space where they"
        " are, or name another folder in TMPDIR, and do it again.",
    ),
    "texts-not-compared": (
        "{one_count} new article was not compared with the others, since it was stopped."
        " The board of a claim compares those it rests on.",
        "{count} new articles were not compared with the others, since it was stopped."
        " The board of a claim compares those it rests on.",
    ),
}
"""Sentences by code, as in `annotator.domain.messages`."""
