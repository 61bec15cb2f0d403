"""What people are told of a scheme that does not fit together, or whose change is refused."""

from __future__ import annotations

from collections.abc import Mapping

SCHEME: Mapping[str, tuple[str, ...]] = {
    "query-condition-unknown": (
        "The scheme knows nothing of {condition}, so no mark fits that. Mend the query, or the scheme.",
    ),
    "scheme-attribute-in-use": (
        "{one_count} mark has a value of “{attribute}”, which the scheme would not know any more."
        " Keep it, or delete it first.",
        "Marks have a value of “{attribute}” ({count}), which the scheme would not know any more."
        " Keep it, or delete it first.",
    ),
    "scheme-claim-kind-in-use": (
        "{one_count} link between claims is “{kind}”. Merge it with the kind it is to get instead.",
        "Claims are linked as “{kind}” ({count}). Merge it with the kind they are to get instead.",
    ),
    "scheme-colour-taken": ("“{owner}” has the colour {colour} already. Still free: {free}.",),
    "scheme-colour-twice": ("The scheme gives {colour} to “{first}” and to “{second}”. Change one of them.",),
    "scheme-colour-unknown": ("There is no colour “{colour}”. Choose one of {colours}.",),
    "scheme-default-unknown": (
        "Marks would start with “{value}” for “{attribute}”, which is none of its values: {values}."
        " Take one of these, or add it.",
    ),
    "scheme-duplicate-id": ("The scheme has “{id}” twice in {field}.",),
    "scheme-duplicate-key": ("The scheme gives the key {key} to both “{first}” and “{second}”.",),
    "scheme-end-in-use": (
        "{one_count} link “{kind}” starts at “{start}”. Change this link first, or keep it allowed.",
        "Links “{kind}” start at “{start}” ({count}). Change these links first, or keep it allowed.",
        "{one_count} link “{kind}” ends at “{end}”. Change this link first, or keep it allowed.",
        "Links “{kind}” end at “{end}” ({count}). Change these links first, or keep it allowed.",
    ),
    "scheme-flag-in-use": (
        "{one_count} mark has the flag “{kind}”. Keep it, or delete it first.",
        "Marks have the flag “{kind}” ({count}). Keep it, or delete it first.",
    ),
    "scheme-key-taken": ("The key {key} belongs to “{owner}”. Take it away there, or choose another one.",),
    "scheme-key-unfit": ("“{key}” cannot be a key. A key is one capital letter from A to Z or one digit.",),
    "scheme-kind-in-use": (
        "{one_count} link is of the kind “{kind}”. Merge it with the kind it is to get instead.",
        "Links are of the kind “{kind}” ({count}). Merge it with the kind they are to get instead.",
    ),
    "scheme-kind-needed": (
        "The program itself calls sources “{kind}”, so this kind stays. Rename it, or merge others into it.",
    ),
    "scheme-label-in-use": (
        "{one_count} mark has the label “{label}”. Merge it with the label it is to get instead.",
        "Marks have the label “{label}” ({count}). Merge it with the label they are to get instead.",
    ),
    "scheme-last-label": ("“{label}” is the only label. Add another one before you delete it.",),
    "scheme-last-value": (
        "“{value}” is the only value of “{attribute}”. Delete the attribute, or add a value first.",
    ),
    "scheme-letter-taken": ("“{owner}” has the letter {letter} already. Choose another one.",),
    "scheme-letter-unfit": ("“{letter}” cannot stand for a label. Type one letter or sign.",),
    "scheme-merge-acts": (
        "“{kind}” is kept as what marks do to a claim, so it cannot take over links."
        " Merge the other way round, or link the marks anew.",
    ),
    "scheme-merge-itself": ("“{name}” cannot be merged with itself. Choose another one.",),
    "scheme-name-missing": ("It needs a name. Type one.",),
    "scheme-name-taken": ("“{name}” is there already. Choose another name, or merge the two.",),
    "scheme-not-a-list": ("“{field}” of the scheme must be a list.",),
    "scheme-not-an-object": ("{path} holds no scheme: it must be one JSON object.",),
    "scheme-not-json": ("{path} is no JSON: {reason}.",),
    "scheme-parent-cycle": (
        "Labels narrow each other in a circle: {labels}. Take “parent” away from one of them.",
    ),
    "scheme-preset-in-use": ("The project works with “{preset}”. Choose another preset first.",),
    "scheme-region-kind-in-use": (
        "{one_count} article has a part called “{kind}”. Merge it with what it is to be called instead.",
        "Articles have parts called “{kind}” ({count}). Merge it with what they are to be called instead.",
    ),
    "scheme-row-unknown": ("There is no “{id}” among the {field} of the scheme any more. Choose another.",),
    "scheme-source-kind-in-use": (
        "{one_count} source is of the kind “{kind}”. Merge it with the kind it is to get instead.",
        "Sources are of the kind “{kind}” ({count}). Merge it with the kind they are to get instead.",
    ),
    "scheme-split-nothing": ("No mark is chosen. Tick the marks of “{label}” that get the new label.",),
    "scheme-unknown-end": ("Kind of link “{kind}”, {side}: there is no label or table “{end}”.",),
    "scheme-unknown-label": ("Attribute “{attribute}” is for a label “{label}” that is not there.",),
    "scheme-unknown-parent": (
        "Label “{label}” narrows a label “{parent}” that is not there. Add that label, or mend “parent”.",
    ),
    "scheme-unknown-stance": ("Label “{label}” has no stance “{stance}”: support, deny, query or comment.",),
    "scheme-value-default": (
        "Marks start with “{value}” for “{attribute}”. Choose another value for that before you delete it.",
    ),
    "scheme-value-in-use": (
        "{one_count} mark has the value “{value}” of “{attribute}”. Give it another one first, or keep it.",
        "Marks have the value “{value}” of “{attribute}” ({count}). Give them another one first, or keep it.",
    ),
    "scheme-without-id": ("Row {row} of {field} in the scheme has no id.",),
    "scheme-wrong-value": ("“{place}” of the scheme must be {expected}.",),
}
