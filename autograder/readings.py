"""What a number was read from: the case's books as a key reads them, and the known ways to read them wrongly."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kpikit.companies import Case


def rows(case: Case, table: str) -> tuple[dict[str, str], ...]:
    """A table of a case, a row a dict of strings: importing pandas would take longer than grading a class.

    >>> from kpikit.companies import case
    >>> rows(case("distributor"), "sales")[0]["month"]
    '2025-01'
    """
    return _rows(case.folder / "tables" / f"{table}.csv")


@cache
def _rows(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def named(answer: float, ways: Iterable[tuple[float, str]], within: float = 0.5, right: float | None = None) -> str:
    """The name of the known way whose number is nearest to the answer; ``"elsewhere"`` where none is near.

    ``ways``: (value, name), one name may have several values. ``within``: how far an answer may lie from a way's
    value, in the answer's unit, and ``right`` the same for the way named ``"right"`` (as ``within`` where None).
    For values of at most 1 neither is more than 0.06, so that a fraction is told from a percentage.

    >>> named(73.1, [(73.2, "right"), (0.732, "unit_slip"), (80.2, "whole_year")])
    'right'
    >>> named(0.73, [(73.2, "right"), (0.732, "unit_slip")]), named(55, [(73.2, "right")])
    ('unit_slip', 'elsewhere')
    """
    near = []
    for value, name in ways:
        room = right if name == "right" and right is not None else within
        room = room if abs(value) > 1 else min(room, 0.06)
        if abs(answer - value) <= room + 1e-12:
            near.append((abs(answer - value), name != "right", name))
    return min(near)[2] if near else "elsewhere"
