"""Sources into notebooks: one bilingual text, a notebook a language, nbgrader's locks where questions stand.

``python -m autograder.build`` writes them; ``--check`` names what differs and exits 1.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kpikit.documents import read_yaml, write_text
from kpikit.language import LANGUAGES, Trouble
from kpikit.questions import QuestionSet, read_questions

from . import glossary

ROOT = Path(__file__).resolve().parent.parent
ASK = re.compile(r"""^kpikit\.ask\(["']([A-Za-z0-9-]+)["']\)$""", re.M)

START = {
    "vi": "**Bắt đầu:** vào menu **Run → Run All Cells** (Chạy tất cả) rồi đọc từ trên xuống. Mọi điều anh chị chọn được lưu ngay.",
    "en": "**To start:** open the menu **Run → Run All Cells**, then read from the top. Whatever you choose is saved at once.",
}
ABOUT = {
    "vi": "Khoảng {minutes} phút · nội dung {covers}",
    "en": "About {minutes} minutes · covers {covers}",
}


@dataclass(frozen=True)
class Source:
    """One source: its header and its cells, each text a pair of twins."""

    path: Path
    name: str  # the notebook's name, without suffix
    header: dict[str, Any]
    cells: list[tuple[str, Any]]  # ("text", {"vi":..., "en":...}) or ("code", str)
    questions: QuestionSet | None
    exercise: bool


def sources(root: Path = ROOT, only: tuple[str, ...] = ("",)) -> list[Source]:
    """Every lesson and exercise of the tree, in the order of their names; ``only`` those whose name begins so."""
    lessons = [
        read_source(p, p.stem, p.with_suffix(".yaml"), exercise=False)
        for p in sorted((root / "lessons").glob("[0-9]*.md"))
        if p.stem.startswith(only)
    ]
    exercises = [
        read_source(p / "text.md", p.name.partition("-")[0], p / "questions.yaml", exercise=True)
        for p in sorted((root / "exercises").iterdir(), key=_capstone_last)
        if (p / "text.md").is_file() and p.name.startswith(only)
    ]
    return lessons + exercises


def _capstone_last(path: Path) -> tuple[bool, str]:
    return not path.name.startswith("ex"), path.name


def read_source(path: Path, name: str, questions: Path, *, exercise: bool) -> Source:
    """A MyST source. Raises `Trouble` where a text lacks its twin or the twins' numbers differ."""
    import jupytext

    _, header, body = path.read_text("utf-8").split("---\n", 2)
    asked = read_questions(questions) if questions.exists() else None
    cells: list[tuple[str, Any]] = []
    waiting: dict[str, str] = {}
    for cell in jupytext.reads("---\njupytext: {}\n---\n" + body, fmt="md:myst").cells:
        if cell.cell_type == "code":
            _twins_complete(path, waiting)
            cells.append(("code", cell.source))
            continue
        lang = cell.metadata.get("lang")
        if lang not in LANGUAGES or lang in waiting:
            _twins_complete(path, waiting or {"?": cell.source})
        waiting[str(lang)] = cell.source
        if len(waiting) == len(LANGUAGES):
            _same_numbers(path, waiting)
            cells.append(("text", waiting))
            waiting = {}
    _twins_complete(path, waiting)
    return Source(path, name, read_yaml(header.encode(), str(path)), cells, asked, exercise)


def _twins_complete(path: Path, waiting: dict[str, str]) -> None:
    if waiting:
        text = next(iter(waiting.values()))[:60]
        raise Trouble(
            vi=f'{path.name}: đoạn “{text}…” thiếu bản ngôn ngữ kia (+++ {{"lang": "vi"}} rồi "en").',
            en=f'{path.name}: the text “{text}…” lacks its twin (+++ {{"lang": "vi"}}, then "en").',
        )


def figures_in(text: str) -> Counter[str]:
    """The numbers of a text, separators left out: what twins must share.

    >>> figures_in("tăng 12,5% lên 1.234 tỷ") == figures_in("up 12.5% to 1,234bn")
    True
    """
    return Counter(re.sub(r"[.,]", "", n) for n in re.findall(r"\d+(?:[.,]\d+)*", text))


def _same_numbers(path: Path, twins: dict[str, str]) -> None:
    vi, en = figures_in(twins["vi"]), figures_in(twins["en"])
    if vi != en:
        differ = ", ".join(sorted((vi - en) + (en - vi)))
        raise Trouble(
            vi=f"{path.name}: con số trong hai bản khác nhau ({differ}) ở “{twins['vi'][:60]}…”.",
            en=f"{path.name}: the twins' numbers differ ({differ}) at “{twins['en'][:60]}…”.",
        )


# ---------------------------------------------------------------- notebooks


def notebook(source: Source, lang: str, root: Path = ROOT) -> dict[str, Any]:
    """The notebook of one language: folded code, derived cell ids, no outputs."""
    title = source.header["title"][lang]
    about = ABOUT[lang].format(minutes=source.header["minutes"], covers=", ".join(source.header["covers"]))
    words = {} if source.exercise else glossary.entries(root)  # a class gets the exercises without the lessons
    if words:
        about += f" · [{glossary.TITLE[lang]}]({glossary.NAME}.ipynb)"
    cells = [
        _text(source.name, 0, f"# {title}\n\n{START[lang]}\n\n*{about}*"),
        _code(source, 1, f'import kpikit\n\nkpikit.use("{lang}")'),
    ]
    for n, (kind, content) in enumerate(source.cells, 2):
        if kind == "text":
            text = glossary.linked(content[lang], words, lang, source.path) if not source.exercise else content[lang]
            cells.append(_text(source.name, n, text))
        else:
            cells.append(_code(source, n, content))
    return _whole(cells, source.name, lang)


def words_page(root: Path, lang: str) -> dict[str, Any]:
    """The glossary as a notebook of texts, which JupyterLab opens rendered and finds headings in."""
    lessons = {p.name[:2]: f"{p.stem}.ipynb" for p in (root / "lessons").glob("[0-9]*.md")}
    texts = glossary.cells(glossary.entries(root), lang, lessons.get)
    return _whole([_text(glossary.NAME, n, text) for n, text in enumerate(texts)], glossary.NAME, lang)


def _whole(cells: list[dict[str, Any]], of: str, lang: str) -> dict[str, Any]:
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "kpikit": {"lang": lang, "of": of},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _id(name: str, n: int) -> str:
    return hashlib.sha256(f"{name}:{n}".encode()).hexdigest()[:12]


def _text(name: str, n: int, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": _id(name, n), "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(source: Source, n: int, code: str) -> dict[str, Any]:
    metadata: dict[str, Any] = {"jupyter": {"source_hidden": True}}
    asked = ASK.search(code)
    if asked and source.exercise and source.questions:
        metadata |= {
            "editable": False,
            "deletable": False,
            "nbgrader": _locks(code, asked[1], source.questions.find(asked[1]).points),
        }
    return {
        "cell_type": "code",
        "id": _id(source.name, n),
        "metadata": metadata,
        "execution_count": None,
        "outputs": [],
        "source": code.splitlines(keepends=True),
    }


def _locks(code: str, grade_id: str, points: float) -> dict[str, Any]:
    """nbgrader's metadata of a question: graded and solution both, so that every stock path gives 0 or “by hand”."""
    from nbformat import NotebookNode
    from nbgrader.utils import compute_checksum

    own: dict[str, Any] = {
        "cell_type": "code",
        "grade": True,
        "grade_id": grade_id,
        "locked": False,
        "points": points,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }
    cell = NotebookNode(cell_type="code", source=code, metadata=NotebookNode(nbgrader=NotebookNode(own)))
    return own | {"checksum": compute_checksum(cell)}


def built(root: Path = ROOT, only: tuple[str, ...] = ("",)) -> dict[Path, str]:
    """Every built file of the tree and its content; ``only`` of the sources whose name begins so."""
    files: dict[Path, str] = {}
    for lang in LANGUAGES if glossary.entries(root) else ():
        files[root / "lessons" / lang / f"{glossary.NAME}.ipynb"] = _as_file(words_page(root, lang))
    for source in sources(root, only):
        for lang in LANGUAGES:
            text = _as_file(notebook(source, lang, root))
            if source.exercise:
                folder = root / "exercises" / lang / source.name
                files[folder / f"{source.name}.ipynb"] = text
                files[folder / "questions.yaml"] = (source.path.parent / "questions.yaml").read_text("utf-8")
            else:
                files[root / "lessons" / lang / f"{source.name}.ipynb"] = text
    return files


def _as_file(made: dict[str, Any]) -> str:
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def stale(files: dict[Path, str] | None = None, root: Path = ROOT) -> list[Path]:
    """Built files that differ from their sources, or whose source is gone."""
    files = built(root) if files is None else files
    there = {
        p
        for kind in ("lessons", "exercises")
        for lang in LANGUAGES
        for p in (root / kind / lang).rglob("*")
        if p.suffix in (".ipynb", ".yaml")
        and ".ipynb_checkpoints" not in p.parts
        and ".answers" not in p.parts
        and p.name != "answers.yaml"
    }
    differ = [p for p, text in files.items() if not p.is_file() or p.read_text("utf-8") != text]
    return sorted(set(differ) | (there - set(files)))


def main(arguments: list[str] | None = None) -> int:
    """Build what differs, the papers' tables too. ``--check`` only names it; names build those sources alone."""
    from . import papers

    given = sys.argv[1:] if arguments is None else arguments
    check, names = "--check" in given, tuple(a for a in given if a != "--check")
    try:
        files = built(ROOT, names or ("",))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    differ = [p for p in stale(files) if not names or p in files]
    outdated = [] if names else papers.stale()
    for path in differ + outdated:
        print(path.relative_to(ROOT))
    if check:
        return int(bool(differ + outdated))
    for path in differ:
        if path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_text(path, files[path])
        else:
            path.unlink()
    papers.write(outdated)
    return 0


if __name__ == "__main__":
    sys.exit(main())
