"""The signs of a scheme: keys, letters and colours, no two of which may be taken for each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from annotator.domain.errors import UserError
from annotator.domain.scheme import Scheme
from annotator.domain.scheme_changes import Draft, SchemeChange

KEYS = "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The keys a label or a kind of link can have."""


def set_key(scheme: Scheme, owner: str, key: str, actions: Mapping[str, str] | None = None) -> SchemeChange:
    """Give a label or a kind of link a key, "" takes it away.

    actions: the keys that the program needs for something else, with what that is.
    Raises UserError("scheme-key-unfit") or "scheme-key-taken", naming who has it.
    """
    draft = Draft(scheme)
    keys = {name: one for name, one in scheme.keys.items() if name != owner}
    wanted = key.strip().upper()
    if wanted:
        if wanted not in KEYS or len(wanted) != 1:
            raise UserError("scheme-key-unfit", key=wanted)
        names = owners(scheme)
        for name, one in keys.items():
            if one == wanted and name in names:
                raise UserError("scheme-key-taken", key=wanted, owner=names[name])
        taken = (actions or {}).get(wanted) or (
            (actions or {}).get(f"Shift+{wanted}") if owner in scheme.link_kinds else None
        )
        if taken:
            raise UserError("scheme-key-taken", key=wanted, owner=taken)
        keys[owner] = wanted
    draft.data["keys"] = keys
    return draft.change("set-key", title=owners(scheme).get(owner, owner), key=wanted)


def set_letter(scheme: Scheme, label: str, letter: str) -> SchemeChange:
    """Give a label the letter that tells it apart where colours cannot.

    Raises UserError("scheme-letter-unfit"), or "scheme-letter-taken" whatever the case of the letter.
    """
    draft = Draft(scheme)
    row = draft.row("labels", label)
    wanted = letter.strip()
    if len(wanted) != 1 or not wanted.isprintable():
        raise UserError("scheme-letter-unfit", letter=wanted)
    for other in scheme.labels.values():
        if other.id != label and other.letter.casefold() == wanted.casefold():
            raise UserError("scheme-letter-taken", letter=wanted, owner=other.name)
    row["letter"] = wanted
    return draft.change("set-letter", title=row.get("name", label), letter=wanted)


def set_colour(scheme: Scheme, label: str, colour: str, colours: Sequence[str]) -> SchemeChange:
    """Give a label a colour, and with it a pattern of its bar. colours: the names of all there are.

    Raises UserError("scheme-colour-unknown"), or "scheme-colour-taken" while another one is free.
    """
    draft = Draft(scheme)
    row = draft.row("labels", label)
    if colour not in colours:
        raise UserError("scheme-colour-unknown", colour=colour, colours=colours)
    others = {name: one for name, one in scheme.colours.items() if name in scheme.labels and name != label}
    free = [one for one in colours if one not in {*others.values(), scheme.colours.get(label)}]
    for name, one in others.items():
        if one == colour and free:
            raise UserError("scheme-colour-taken", colour=colour, owner=scheme.labels[name].name, free=free)
    draft.data["colours"] = {**scheme.colours, label: colour}
    return draft.change("set-colour", title=row.get("name", label), colour=colour)


def free_letter(letters: Iterable[str], name: str) -> str:
    """A letter beside those that labels have: one of the name, otherwise any."""
    taken = {letter.casefold() for letter in letters}
    wanted = [char.upper() for char in name if char.isalnum() and len(char.upper()) == 1]
    for letter in "".join(wanted) + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789":
        if letter.casefold() not in taken:
            return letter
    return "?"


def free_colour(scheme: Scheme, colours: Sequence[str]) -> str | None:
    """The first colour that no label has."""
    taken = {colour for label, colour in scheme.colours.items() if label in scheme.labels}
    for colour in colours:
        if colour not in taken:
            return colour
    return None


def owners(scheme: Scheme) -> dict[str, str]:
    """The names of all that can have a key, by id."""
    labels = {label.id: label.name for label in scheme.labels.values()}
    return labels | {kind.id: kind.name for kind in scheme.link_kinds.values()}
