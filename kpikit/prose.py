"""A question's text as HTML: paragraphs, lists, tables and **strong** words. The one place that turns our Markdown into markup.

Everything is escaped first, so that what a text quotes is never markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby

_NUMBERS = re.compile(r":?-+:")  # how Markdown says that a column stands to the right


def as_html(text: str, block: str = "p") -> str:
    """
    ``block``: the tag of a paragraph; nbgrader's pages let no ``p`` pass.

    >>> as_html("Gọi **mỗi ngày** < 5\\n\\n- một\\n- hai")
    '<p>Gọi <b>mỗi ngày</b> &lt; 5</p><ul><li>một</li><li>hai</li></ul>'
    >>> as_html("| Quán | Khách |\\n| --- | ---: |\\n| Yên Bái | 5 |")
    "<table><tr><th>Quán</th><th align='right'>Khách</th></tr><tr><td>Yên Bái</td><td align='right'>5</td></tr></table>"
    """
    strong = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))
    parts = []
    for mark, lines in groupby(strong.strip().splitlines(), _mark):
        if mark == "-":
            parts.append(f"<ul>{''.join(f'<li>{line.lstrip()[2:]}</li>' for line in lines)}</ul>")
        elif mark == "|":
            parts.append(_table(lines))
        else:
            found = re.split(r"\n\s*\n", "\n".join(lines).strip())
            parts += [f"<{block}>{part.replace(chr(10), '<br>')}</{block}>" for part in found if part]
    return "".join(parts)


def _mark(line: str) -> str:
    """What a line is part of: a list, a table, or a paragraph."""
    start = line.lstrip()[:2]
    return start[0] if start in ("- ", "| ") else ""


def _table(lines: Iterable[str]) -> str:
    head, rule, *body = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    looks = [" align='right'" if _NUMBERS.fullmatch(cell) else "" for cell in rule]
    rows = [_row("th", head, looks), *(_row("td", cells, looks) for cells in body)]
    return f"<table>{''.join(rows)}</table>"


def _row(tag: str, cells: list[str], looks: list[str]) -> str:
    return f"<tr>{''.join(f'<{tag}{look}>{cell}</{tag}>' for cell, look in zip(cells, looks, strict=False))}</tr>"
