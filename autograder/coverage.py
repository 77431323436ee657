"""What is taught where: each curriculum number with its lessons, its exercise questions and its checks, from the sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kpikit.documents import read_tree
from kpikit.language import Words

from .build import ROOT, Source, sources


@dataclass(frozen=True)
class Covered:
    """One number of the curriculum: its title, the lessons that teach it, questions that practise it, checks that look for it."""

    id: str
    title: Words
    lessons: tuple[Source, ...]
    questions: tuple[str, ...]
    checks: tuple[str, ...]


@cache
def coverage(root: Path = ROOT) -> tuple[Covered, ...]:
    """Every curriculum number, in order."""
    known = read_tree(root / "lessons" / "curriculum.yaml")
    every = sources(root)
    return tuple(
        Covered(
            id,
            {code: entry[code] for code in ("vi", "en")},
            tuple(s for s in every if not s.exercise and id in s.header["covers"]),
            tuple(q.id for s in every if s.exercise and s.questions for q in s.questions.questions if id in q.covers),
            tuple(map(str, entry.get("checks") or ())),
        )
        for id, entry in known.items()
    )


def coverage_table() -> str:
    """The table of docs/coverage.md."""
    rows = [
        f"| {c.id} | {c.title['vi']} | {c.title['en']} | {', '.join(s.name[:2] for s in c.lessons)} "
        f"| {', '.join(c.questions)} | {', '.join(c.checks)} |"
        for c in coverage()
    ]
    head = "| | Nội dung | What | Bài học / Lessons | Bài tập / Questions | Câu kiểm / Checks |"
    return "\n".join([head, "| --- | --- | --- | --- | --- | --- |", *rows])


def lessons_table() -> str:
    """The index of lessons/README.md."""
    rows = [
        f"| {s.name[:2]} {_after_colon(s.header['title']['vi'])} / {_after_colon(s.header['title']['en'])} "
        f"| {s.header['minutes']} | {_spans(s.header['covers'])} "
        f"| [vi](vi/{s.name}.ipynb) · [en](en/{s.name}.ipynb) · [nguồn / source]({s.path.name}) | {s.header.get('exercise') or ''} |"
        for s in sources()
        if not s.exercise
    ]
    head = "| Bài / Lesson | Phút / Min. | Nội dung / Covers | Mở / Open | Bài tập / Exercise |"
    return "\n".join([head, "| --- | --- | --- | --- | --- |", *rows])


def exercises_table() -> str:
    """The index of exercises/README.md."""
    rows = []
    for s in (s for s in sources() if s.exercise and s.questions):
        assert s.questions
        points = sum(q.points for q in s.questions.questions)
        hand = ", ".join(q.id.rpartition("-")[2][1:] for q in s.questions.questions if q.by_hand)
        rows.append(
            f"| {s.name} {_after_colon(s.header['title']['vi'])} / {_after_colon(s.header['title']['en'])} | {points:g} "
            f"| {s.header['minutes']} | {hand} | {_spans(s.header['covers'])} | {s.header.get('lesson') or ''} "
            f"| [vi](vi/{s.name}/{s.name}.ipynb) · [en](en/{s.name}/{s.name}.ipynb) · [nguồn / source]({s.path.parent.name}/text.md) |"
        )
    head = (
        "| Bài tập / Exercise | Điểm / Points | Phút / Min. | Chấm tay / By hand | Nội dung / Covers | Bài học / Lesson "
        "| Mở / Open |"
    )
    return "\n".join([head, "| --- | --- | --- | --- | --- | --- | --- |", *rows])


def _after_colon(title: str) -> str:
    return title.partition(":")[2].strip() or title


def _spans(numbers: list[str]) -> str:
    """
    >>> _spans(["A1", "A2", "A3", "B7", "E1"])
    'A1 - A3, B7, E1'
    """
    runs: list[list[str]] = []
    for number in numbers:
        if runs and runs[-1][-1][0] == number[0] and int(number[1:]) == int(runs[-1][-1][1:]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} - {run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)
