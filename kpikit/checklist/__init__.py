"""The checklist: 8 groups, 24 questions (F1 to F9), each a few lines over the design."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from ..companies import Case, cases
from ..companies import case as open_case
from ..design import Design
from ..files import as_design, load
from ..language import Trouble, Words
from ..report import Checked, Explained, Finding, Note, Report
from .problem import CHECKS, NOTES, Judge, Problem
from .reading import Reading
from .words import GROUPS, REMARKS, entry, tell

for _name in (*GROUPS, *REMARKS):
    import_module(f".{_name}", __package__)

IDS = tuple(sorted(CHECKS))


def check(
    design: Design | Mapping[str, Any] | str | os.PathLike[str],
    case: Case | str | None = None,
    only: Iterable[str] | None = None,
) -> Report:
    """Read a KPI design as a seasoned consultant would: 24 checks, each with its place, its why and its mend.

    ``design``: a design, a mapping, or a path to one. ``case``: a case (or its id) whose metric catalogue
    says what each metric really is; without it, the case the design names, if the kit has it.
    ``only``: ids of the checks to run; the verdict is then None. Gives a `Report`, which shows itself in a
    notebook, a terminal and as JSON. Raises `kpikit.documents.Unreadable` for a design that cannot be read and
    `Trouble` for an unknown case or check. Source: curriculum F1 to F9.

    >>> report = check({"company": "Hương Việt"})
    >>> report.score, report.verdict
    (0, 'paradox')
    """
    if isinstance(design, (str, os.PathLike)):
        design = load(design)
    read: Design = as_design(design)
    reading = Reading(read, _catalogue(read, case))
    ids = IDS if only is None else list(dict.fromkeys(map(known, only)))
    miscalled = {id(k): really for k in read.kpis if (really := reading.miscalled(k))}
    checked = [Checked(i, _question(i), _findings(i, _problems(i, reading), miscalled)) for i in ids]
    notes = [Note(i, f) for i in (NOTES if only is None else ()) for f in _findings(i, NOTES[i](reading), miscalled)]
    return Report(read.company or "", checked, notes, whole=only is None)


def known(id: str) -> str:
    """The check's id, or a `Trouble` that lists the ones there are."""
    if id not in CHECKS:
        raise Trouble(
            vi=f"Không có câu kiểm tra “{id}”. Các mã: {', '.join(IDS)}.",
            en=f"There is no check “{id}”. The ids: {', '.join(IDS)}.",
        )
    return id


def explain(id: str) -> Explained:
    """One of the 24 questions: what it asks, why, where the house drew the line, an example each way.

    Raises `Trouble` for an unknown id. Source: curriculum F1 to F8.

    >>> explain("5.3").id
    '5.3'
    """
    return Explained(known(str(id).strip()), entry(str(id).strip()))


def _catalogue(design: Design, case: Case | str | None) -> Any:
    if case is None and design.case and design.case in cases():
        case = design.case
    return open_case(case).catalogue if isinstance(case, str) else case.catalogue if case else None


def _problems(id: str, reading: Reading) -> list[Problem]:
    """The check's problems; a design without KPIs fails every check about KPIs, said here once."""
    problems = list(CHECKS[id](reading))
    if not reading.kpis and "2.1" <= id <= "8.1":
        return [Problem("no_kpis", "aop"), *(p for p in problems if p.at == "review")]
    return problems


def _findings(id: str, problems: Iterable[Problem], miscalled: Mapping[int, tuple[str, Words]]) -> list[Finding]:
    """One finding a place, however many problems stand there; the words are chosen when it is shown."""
    places: dict[str, list[Problem]] = {}
    for problem in problems:
        places.setdefault(problem.at, []).append(problem)
    return [Finding(at, partial(tell, id, there, miscalled)) for at, there in places.items()]


def _question(id: str) -> Any:
    return lambda lang: entry(id)["question"][lang]


__all__ = ["CHECKS", "IDS", "Judge", "check", "explain", "known"]
