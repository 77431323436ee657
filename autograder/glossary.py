"""The course's words: one source, a page in each language, and the links to it that a lesson writes as ``(#driver)``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kpikit.documents import read_tree
from kpikit.language import LANGUAGES, Trouble

NAME = "glossary"
LINK = re.compile(r"\]\(#([a-z-]+)\)")
TITLE = {"vi": "Bảng thuật ngữ", "en": "Glossary"}
HEAD = {
    "vi": "Mỗi từ một nghĩa, dùng thống nhất trong cả khóa học. Bấm số bài để đọc nơi từ ấy được giảng.",
    "en": "One word, one meaning, all through the course. Click a lesson's number to read where the word is taught.",
}
LESSON = {"vi": "Bài", "en": "Lesson"}
Entries = dict[str, dict[str, Any]]


@cache
def entries(root: Path) -> Entries:
    """The glossary by id. Raises `Trouble` where a term or its meaning lacks a language."""
    path = root / "lessons" / f"{NAME}.yaml"
    found: Entries = read_tree(path) if path.is_file() else {}
    for id, entry in found.items():
        if any(not (entry.get(part) or {}).get(code) for part in ("term", "means") for code in LANGUAGES):
            raise Trouble(
                vi=f"{path.name}: “{id}” thiếu term hoặc means ở một ngôn ngữ.",
                en=f"{path.name}: “{id}” lacks its term or its meaning in one of the languages.",
            )
    return found


def linked(text: str, known: Entries, lang: str, where: Path) -> str:
    """A lesson's text with its links to words turned into links to the glossary, the meaning in the link's tip.

    Raises `Trouble` for an unknown word.
    """

    def link(match: re.Match[str]) -> str:
        if match[1] not in known:
            raise Trouble(
                vi=f"{where.name}: bảng thuật ngữ không có “{match[1]}”.",
                en=f"{where.name}: the glossary has no “{match[1]}”.",
            )
        entry = known[match[1]]
        tip = entry["means"][lang].replace('"', "”")
        return f']({NAME}.ipynb#{anchor(entry["term"][lang])} "{tip}")'

    return LINK.sub(link, text)


def anchor(term: str) -> str:
    """The place of a heading in JupyterLab, as a link names it.

    >>> anchor("Cause and effect")
    'Cause-and-effect'
    """
    return quote(term.replace(" ", "-"))


def cells(known: Entries, lang: str, lesson: Callable[[str], str | None]) -> list[str]:
    """The page's texts: a heading, then a word each, in the order of the alphabet. ``lesson`` gives a number's notebook."""
    told = [f"# {TITLE[lang]}\n\n{HEAD[lang]}"]
    for entry in sorted(known.values(), key=lambda e: _place(e["term"][lang])):
        number = str(entry["lesson"])
        page = lesson(number)
        taught = f"[{LESSON[lang]} {number}]({page})" if page else f"{LESSON[lang]} {number}"
        told.append(f"### {entry['term'][lang]}\n\n{entry['means'][lang]}\n\n*{taught}*")
    return told


_ORDER = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"


def _place(term: str) -> tuple[int, ...]:
    """Where a word stands in the alphabet; in Vietnamese ă follows a and đ follows d."""
    return tuple(_ORDER.find(letter) for letter in term.casefold())
