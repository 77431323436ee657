"""The designs a learner can run without a line of code: put together in a view, her own, the course's sample designs.

Her own is looked for in two places and nowhere else: the capstone's answers, where they lie beside the lessons as the
course lays them out, and design files (YAML, JSON) in the notebook's own folder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..companies import case as open_case
from ..design import Design
from ..documents import READERS, read_tree
from ..files import as_design
from ..language import LANGUAGES, Trouble, Words, say

ANSWERS, WHOSE, DESIGN = "capstone/answers.yaml", "capstone-q1", "capstone-q2"
CASES = ("distributor", "b2b_sales", "cafe_chain", "factory", "subscription")

put_together: list[Design] = []  # what a view made last; empty before one has drawn


class AtHand(NamedTuple):
    """A design one can choose. ``name``: as the reader is told; ``open``: gives it when chosen; ``case``: whose."""

    name: str
    open: Callable[[], Design]
    case: str | None


def at_hand(folder: Path, lang: str) -> tuple[list[AtHand], list[str]]:
    """All there are, the learner's first; and what lies there but cannot be read, a text each.

    ``folder``: where the notebook lies. Source: curriculum G5.

    >>> [one.case for one in at_hand(Path("/nowhere"), "en")[0]][-1]
    'subscription'
    """
    mine, faults = own(folder, lang)
    made = [AtHand(_WORDS["put"][lang], lambda: put_together[-1], CASES[0])] if put_together else []
    return [*made, *mine, *_samples(lang)], faults


def own(folder: Path, lang: str) -> tuple[list[AtHand], list[str]]:
    """The learner's own designs, the capstone's first, and what lies there but cannot be read."""
    found, faults = list[AtHand](), list[str]()
    for path, read in [(p, _of_capstone) for p in _answers(folder, lang)] + [(p, _of_file) for p in _files(folder)]:
        try:
            made = read(path, lang)
        except Trouble as trouble:
            faults.append(trouble.words[lang].replace(str(path), path.name))
            continue
        if made and made.name not in [one.name for one in found]:
            found.append(made)
    return found, faults


def _answers(folder: Path, lang: str) -> list[Path]:
    """Where the capstone's answers may lie, in the reader's language first."""
    codes = (lang, *(code for code in LANGUAGES if code != lang))
    places = [folder.parent.parent / "exercises" / code / ANSWERS for code in codes]
    return [path for path in places if path.is_file()]


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("[!.]*") if p.suffix.casefold() in READERS and p.is_file())


def _of_capstone(path: Path, lang: str) -> AtHand | None:
    """What was designed in the capstone; None before there is a KPI. Raises `Trouble` for answers that cannot be read."""
    record = read_tree(path)
    answers = record.get("answers") if isinstance(record, Mapping) else None
    if not isinstance(answers, Mapping):
        return None
    made = as_design(answers.get(DESIGN), path.name, str(record.get("lang") or lang))
    whose = answers.get(WHOSE)
    return _handed(_WORDS["capstone"][lang], made, whose if whose in CASES else None)


def _of_file(path: Path, lang: str) -> AtHand | None:
    """The design in a file; None where it speaks of other things. Raises `Trouble` where it cannot be read."""
    tree = read_tree(path)
    if not isinstance(tree, Mapping) or not {"kpis", "aop"} & set(tree):
        return None
    made = as_design(tree, path.name, lang)
    return _handed(say(_WORDS["file"], lang, file=path.name), made, made.case if made.case in CASES else None)


def _handed(name: str, made: Any, case: str | None) -> AtHand | None:
    return AtHand(name, lambda: made, case) if made is not None and made.kpis else None


def _samples(lang: str) -> list[AtHand]:
    """The cases' habit scorecards, and the course's worked example."""
    found = []
    for id in CASES:
        case = open_case(id)
        for kind in ("sound", "habit") if id == CASES[0] else ("habit",):
            name = say(_WORDS[kind], lang, company=str(case.plan.get("company") or id))
            found.append(AtHand(name, lambda case=case, kind=kind: case.design(kind), id))  # type: ignore[misc]
    return found


_WORDS: Mapping[str, Words] = {
    "put": {"vi": "Bảng vừa ghép ở hình trên", "en": "The sheets you put together above"},
    "capstone": {"vi": "Bản thiết kế của anh chị ở bài tốt nghiệp", "en": "Your design in the capstone"},
    "file": {"vi": "Bản của anh chị trong tệp {file}", "en": "Your design in the file {file}"},
    "habit": {"vi": "{company}: bảng theo thói quen", "en": "{company}: the habit sheets"},
    "sound": {"vi": "{company}: bảng mẫu 2027", "en": "{company}: the worked example of 2027"},
}
