"""The dispute map as one web page that needs nothing else and can run nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #1d1d1b; --paper: #fdfcf8; --soft: #5f5b52; --line: #d9d4c7; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e6df; --paper: #1b1a18; --soft: #a8a297; --line: #403d37; }
}
body { background: var(--paper); color: var(--ink); font: 1.05rem/1.55 Georgia, "Noto Serif", serif;
  margin: 0 auto; max-width: 46rem; padding: 2rem 1.2rem 4rem; overflow-wrap: anywhere; }
h1, h2, h3 { font-family: system-ui, "Noto Sans", sans-serif; line-height: 1.3; }
h2 { display: inline; font-size: 1.2rem; }
h3 { color: var(--soft); font-size: .95rem; margin: 1.4rem 0 .4rem; }
details { border-top: 1px solid var(--line); padding: 1rem 0; }
summary { cursor: pointer; }
ul { margin: 0; padding-left: 1.2rem; }
ul ul { color: var(--soft); font: .85rem/1.5 system-ui, "Noto Sans", sans-serif; list-style: none;
  margin-bottom: .6rem; padding: 0; }
a { color: inherit; }
@media print { details { break-inside: avoid; } }
"""
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="annotator">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
_KIND = re.compile(r"# |## |### |- |  - ")
_LEVELS = {"- ": 1, "  - ": 2}
_PIECE = re.compile(r"\\(?P<escaped>.)|(?P<bold>\*\*)|(?P<italic>\*)|<(?P<web>https?://[^\s<>]+)>")


def page(markdown: str, title: str) -> str:
    """The report that `formats.mapped` writes as Markdown, as HTML.

    Knows headings, lists of two levels, emphasis and web addresses, which is all
    there is. Every other character is text and comes out as text.
    """
    body = "\n".join(_lines(markdown))
    return _PAGE.format(policy=escape(_POLICY, quote=True), title=escape(title), style=_STYLE, body=body)


def _lines(markdown: str) -> Iterator[str]:
    depth, is_claim_open = 0, False
    for line in filter(str.strip, markdown.split("\n")):
        found = _KIND.match(line)
        kind = found[0] if found else ""
        words = inline(line[len(kind) :])
        level = _LEVELS.get(kind, 0)
        yield from _between_items(depth, level)
        depth = level
        if level:
            yield f"<li>{words}"
        elif kind == "## ":
            yield "</details>" if is_claim_open else ""
            yield f"<details open><summary><h2>{words}</h2></summary>"
            is_claim_open = True
        elif kind:
            yield f"<h{len(kind) - 1}>{words}</h{len(kind) - 1}>"
        else:
            yield f"<p>{words}</p>"
    yield from _between_items(depth, 0)
    if is_claim_open:
        yield "</details>"


def _between_items(depth: int, level: int) -> Iterator[str]:
    """What closes the items before one of this level, and opens its list; 0 is outside of lists."""
    yield from ["</li></ul>"] * (depth - level)
    if 0 < level <= depth:
        yield "</li>"
    yield from ["<ul>"] * (level - depth)


def inline(text: str) -> str:
    """One line of Markdown as HTML; emphasis left open is closed at its end."""
    out, last, is_open = [], 0, {"strong": False, "em": False}

    def toggle(tag: str) -> str:
        is_open[tag] = not is_open[tag]
        return f"<{tag}>" if is_open[tag] else f"</{tag}>"

    for found in _PIECE.finditer(text):
        out.append(escape(text[last : found.start()]))
        last = found.end()
        if found["escaped"] is not None:
            out.append(escape(found["escaped"]))
        elif found["web"]:
            address = escape(found["web"], quote=True)
            out.append(f'<a rel="noreferrer noopener" href="{address}">{address}</a>')
        else:
            out.append(toggle("strong" if found["bold"] else "em"))
    out.append(escape(text[last:]))
    return "".join(out) + "".join(f"</{tag}>" for tag in ("em", "strong") if is_open[tag])
