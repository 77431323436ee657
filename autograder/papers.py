"""Tables in the READMEs, made from the code's own words: a fact stands once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kpikit.checklist import IDS, explain
from kpikit.documents import write_text
from kpikit.report import GROUP_NAMES

from .coverage import coverage_table, exercises_table, lessons_table

ROOT = Path(__file__).resolve().parent.parent


def questions_table(lang: str) -> str:
    """The 24 questions by group."""
    head = {"vi": "| mã | nhóm | câu hỏi |", "en": "| id | group | question |"}[lang]
    rows = [f"| {i} | {GROUP_NAMES[i[0]][lang]} | {explain(i).entry['question'][lang]} |" for i in IDS]
    return "\n".join([head, "| --- | --- | --- |", *rows])


# which paper, which block, what makes it
PAPERS: list[tuple[str, str, Callable[[], str]]] = [
    ("README.md", "the 24 questions", lambda: questions_table("en")),
    ("README.vi.md", "the 24 questions", lambda: questions_table("vi")),
    ("lessons/README.md", "index", lessons_table),
    ("exercises/README.md", "index", exercises_table),
    ("docs/coverage.md", "coverage", coverage_table),
]


def fill(path: Path) -> str:
    """The paper with its generated blocks made anew."""
    text = path.read_text("utf-8")
    for name, block, make in PAPERS:
        if path == ROOT / name:
            start, end = text.index("-->\n", text.index(f"<!-- {block}")) + 4, text.index(f"<!-- /{block} -->")
            text = f"{text[:start]}{make()}\n{text[end:]}"
    return text


def stale() -> list[Path]:
    """Papers whose generated blocks differ from what the code says."""
    return [p for name in dict.fromkeys(n for n, _, _ in PAPERS) if fill(p := ROOT / name) != p.read_text("utf-8")]


def write(paths: list[Path]) -> None:
    """Make the generated blocks of these papers anew."""
    for path in paths:
        write_text(path, fill(path))
