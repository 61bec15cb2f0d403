"""By what articles are known for versions of one another: their address, or their title."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_MARKED = re.compile(
    r"^\W*(?:correct(?:ed|ion)|updat(?:ed?|ing)|clarif(?:ied|ication))\b\W*|\((?:correct|updat)ed\)\W*$",
    re.IGNORECASE,
)
"""What papers put before or after the title of a text they changed."""
_FOLLOWING = re.compile(r"utm_\w+|fbclid|gclid|ref|cmpid")
"""Fields of an address that say where the reader came from."""


def address_key(url: str | None) -> str:
    """An address without what does not tell pages apart; empty where it names no page of a site.

    Scheme, "www." and "m.", port, fragment, a slash at the end and fields that
    follow readers count for nothing, nor does the case of the host.
    """
    try:
        parts = urlsplit((url or "").strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        fields = [(name, value) for name, value in parse_qsl(parts.query) if not _FOLLOWING.fullmatch(name)]
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if not host or not (path or fields):
        return ""
    return f"{host}{path}" + (f"?{urlencode(sorted(fields))}" if fields else "")


def title_key(title: str | None) -> str:
    """A title by its words, without "Corrected:" or "(updated)"; empty where there is none."""
    words = re.findall(r"\w+", _MARKED.sub("", title or "").casefold())
    return " ".join(words)
