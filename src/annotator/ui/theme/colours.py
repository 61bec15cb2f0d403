"""The colours of the three themes, as data.

Marks are told apart by colour, bar pattern and letter together. The label colours were
searched for in OKLCH, within the range of hues that still deserves the name, so that any two
stay apart for normal, protanopic and deuteranopic sight; `tests/ui/test_theme.py` holds the
bounds. They start from the set of Okabe and Ito (2008), darkened or lightened until a bar
stands out from the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from annotator.ui.text.palette import Pattern

ThemeName = Literal["light", "dark", "contrast"]

CHROME: Mapping[ThemeName, Mapping[str, str]] = {
    "light": {
        "window": "#f1eee8",
        "panel": "#faf8f3",
        "panel_alt": "#f5f2ec",
        "text": "#24221e",
        "muted": "#615b51",
        "placeholder": "#6f695e",
        "disabled": "#8a8478",
        "border": "#d8d2c6",
        "border_strong": "#8c8578",
        "button": "#faf8f3",
        "button_hover": "#e8e3d9",
        "button_pressed": "#ddd6c9",
        "accent": "#1f5fa8",
        "on_accent": "#ffffff",
        "selection": "#d3e2f3",
        "selection_text": "#14283f",
        "selection_inactive": "#e6e2d9",
        "link": "#1a5a9e",
        "link_visited": "#6a3f92",
        "tooltip": "#2e2b26",
        "tooltip_text": "#f8f4eb",
        "focus": "#1f5fa8",
        "warning": "#8a5300",
        "danger": "#b3261e",
        "success": "#1d6b45",
        "info": "#1f5fa8",
        "icon": "#4d483f",
        "icon_disabled": "#aca598",
        "badge": "#e5dfd2",
        "badge_text": "#4a453c",
        "scroll": "#bfb8aa",
        "tick_ground": "#faf8f3",
    },
    "dark": {
        "window": "#141413",
        "panel": "#191817",
        "panel_alt": "#1f1e1c",
        "text": "#e6e1d8",
        "muted": "#a69f93",
        "placeholder": "#958e82",
        "disabled": "#716b61",
        "border": "#34312d",
        "border_strong": "#7a7368",
        "button": "#24221f",
        "button_hover": "#2e2b27",
        "button_pressed": "#393530",
        "accent": "#7fb0ea",
        "on_accent": "#0e1a28",
        "selection": "#25405f",
        "selection_text": "#f1f5fa",
        "selection_inactive": "#33302c",
        "link": "#8ab8f0",
        "link_visited": "#c3a6ea",
        "tooltip": "#37342f",
        "tooltip_text": "#f3eee4",
        "focus": "#7fb0ea",
        "warning": "#e6b04c",
        "danger": "#ff8a7a",
        "success": "#7fce9f",
        "info": "#8ab8f0",
        "icon": "#c6bfb2",
        "icon_disabled": "#5f5a52",
        "badge": "#35322d",
        "badge_text": "#d8d2c7",
        "scroll": "#4a463f",
        "tick_ground": "#7fb0ea",
    },
    "contrast": {
        "window": "#000000",
        "panel": "#000000",
        "panel_alt": "#141414",
        "text": "#ffffff",
        "muted": "#e0e0e0",
        "placeholder": "#c8c8c8",
        "disabled": "#9a9a9a",
        "border": "#8c8c8c",
        "border_strong": "#ffffff",
        "button": "#262626",
        "button_hover": "#3a3a3a",
        "button_pressed": "#4d4d4d",
        "accent": "#ffe14a",
        "on_accent": "#000000",
        "selection": "#ffe14a",
        "selection_text": "#000000",
        "selection_inactive": "#c4b878",
        "link": "#7fd4ff",
        "link_visited": "#e3b8ff",
        "tooltip": "#000000",
        "tooltip_text": "#ffffff",
        "focus": "#ffe14a",
        "warning": "#ffd23f",
        "danger": "#ff9c8f",
        "success": "#7ff0b2",
        "info": "#7fd4ff",
        "icon": "#ffffff",
        "icon_disabled": "#9a9a9a",
        "badge": "#333333",
        "badge_text": "#ffffff",
        "scroll": "#c8c8c8",
        "tick_ground": "#ffe14a",
    },
}
"""Colours around the text, by role.

`selection` is a chosen row, `accent` a chosen menu entry; `tick_ground` lies under the tick of a
check box, which is black in every theme because a style sheet cannot recolour a picture.
"""

PAGE: Mapping[ThemeName, Mapping[str, str]] = {
    "light": {
        "base": "#fdfcf8",
        "text": "#23211d",
        "dim": "#6c665b",
        "selection": "#c9ddf4",
        "selection_text": "#100f0d",
        "caret": "#14120f",
        "focus": "#1f5fa8",
        "rail_text": "#57524a",
        "hint_back": "#ffe48f",
        "hint_text": "#2a2108",
    },
    "dark": {
        "base": "#1c1b19",
        "text": "#e4dfd6",
        "dim": "#999286",
        "selection": "#2d4f78",
        "selection_text": "#ffffff",
        "caret": "#f5f1e8",
        "focus": "#8ab8f0",
        "rail_text": "#b5aea2",
        "hint_back": "#e8c25a",
        "hint_text": "#1f1804",
    },
    "contrast": {
        "base": "#000000",
        "text": "#ffffff",
        "dim": "#d0d0d0",
        "selection": "#ffe14a",
        "selection_text": "#000000",
        "caret": "#ffffff",
        "focus": "#ffe14a",
        "rail_text": "#ffffff",
        "hint_back": "#ffffff",
        "hint_text": "#000000",
    },
}
"""Colours of the text view, by the field of `TextPalette` they fill."""

TINT_ALPHA: Mapping[ThemeName, int] = {"light": 34, "dark": 34, "contrast": 46}
"""How strongly a mark colours the page under its words, of 255."""

INKS: Mapping[ThemeName, Mapping[str, str]] = {
    "light": {
        "blue": "#0961bb",
        "vermilion": "#b74506",
        "green": "#1d9d77",
        "grey": "#494745",
        "purple": "#4c108c",
        "teal": "#1788a2",
        "amber": "#c37902",
        "rose": "#982c72",
        "olive": "#334400",
        "indigo": "#21285a",
        "brick": "#4f0913",
    },
    "dark": {
        "blue": "#4b86d9",
        "vermilion": "#fe6a00",
        "green": "#56ac88",
        "grey": "#cfcac1",
        "purple": "#bda8fc",
        "teal": "#aef2fe",
        "amber": "#eebd3a",
        "rose": "#e494c0",
        "olive": "#d3eda3",
        "indigo": "#767aa1",
        "brick": "#d15c56",
    },
    "contrast": {
        "blue": "#7fb3fd",
        "vermilion": "#f66b17",
        "green": "#52ac8b",
        "grey": "#cfcac1",
        "purple": "#a888c9",
        "teal": "#81fbff",
        "amber": "#f9b73f",
        "rose": "#e097bf",
        "olive": "#deed70",
        "indigo": "#778ffa",
        "brick": "#fd6f76",
    },
}
"""What a scheme's colour names mean in each theme, in the order in which they are handed out."""

PATTERNS: Mapping[str, Pattern] = {
    "blue": "solid",
    "vermilion": "double",
    "green": "dashed",
    "grey": "dotted",
    "purple": "dotted",
    "teal": "dashed",
    "amber": "wave",
    "rose": "double",
    "olive": "solid",
    "indigo": "wave",
    "brick": "wave",
}
"""The bar pattern that goes with a colour: colours close to each other have different ones."""

LABELS: Mapping[str, tuple[str, str]] = {
    "claim": ("blue", "C"),
    "denial": ("vermilion", "D"),
    "evidence": ("green", "E"),
    "no_comment": ("grey", "N"),
    "cue": ("purple", "q"),
    "source_mention": ("teal", "s"),
    "hedge": ("amber", "h"),
}
"""Colour and letter of the labels of the default scheme."""

LINKS: Mapping[str, tuple[str, str]] = {
    "denies": ("against", "D"),
    "undermines": ("doubt", "U"),
    "contradicts": ("against", "X"),
    "supports": ("favour", "S"),
    "corroborates": ("favour", "B"),
    "same_claim": ("same", "="),
    "responds_to": ("neutral", "R"),
    "elaborates": ("neutral", "L"),
    "qualifies": ("doubt", "Q"),
    "cites": ("neutral", "I"),
    "relates_to": ("neutral", "~"),
}
"""Family and letter of each kind of link. Families are colours for words in the rail."""

FAMILIES: Mapping[ThemeName, Mapping[str, str]] = {
    "light": {
        "against": "#b03f06",
        "doubt": "#805000",
        "favour": "#126b51",
        "same": "#0961bb",
        "neutral": "#57524a",
    },
    "dark": {
        "against": "#ff8a45",
        "doubt": "#e6b84a",
        "favour": "#6cc49e",
        "same": "#82b1f2",
        "neutral": "#b5aea2",
    },
    "contrast": {
        "against": "#ff8f4d",
        "doubt": "#ffd23f",
        "favour": "#6fe0b4",
        "same": "#8fc1ff",
        "neutral": "#ffffff",
    },
}
