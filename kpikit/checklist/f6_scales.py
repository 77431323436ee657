"""F6 Scale: fail, meet and exceed are told apart, and doing just enough earns no more than it should."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ..design import Kpi
from .problem import Amount, Problem, Term, check
from .reading import Reading


@check("6.1")
def important_kpis_have_a_floor(reading: Reading) -> Iterator[Problem]:
    heaviest = {id(k) for card in reading.cards for k in card.heaviest}
    for kpi in reading.kpis:
        if kpi.scale.floor is not None:
            continue
        at, name, baseline = reading.place(kpi), reading.name(kpi), Amount(kpi.baseline, kpi.unit)
        if reading.is_outcome(kpi):
            yield Problem("outcome", at, kpi=name, baseline=baseline)
        elif id(kpi) in heaviest:
            yield Problem("heaviest", at, kpi=name, baseline=baseline)


@check("6.2")
def just_enough_is_not_rewarded(reading: Reading) -> Iterator[Problem]:
    for kpi in reading.kpis:
        if kpi.scale.target is None:
            continue
        facts: dict[str, Any] = {"kpi": reading.name(kpi), "target": Amount(kpi.scale.target, kpi.unit)}
        side = Term("higher" if kpi.up else "lower")
        at, needs_stretch = reading.place(kpi), not reading.is_compliance(kpi)
        if kpi.scale.stretch is None and needs_stretch:
            yield Problem("no_stretch", at, side=side, **facts)
        lines = ["floor", "target"] + (["stretch"] if needs_stretch or kpi.scale.stretch is not None else [])
        points = [kpi.scale.points.at(line) for line in lines]
        if not _rises(points):
            yield Problem("flat_points", at, points=points, **facts)
        if kpi.baseline is not None and _target_too_low(reading, kpi):
            yield Problem(
                "worse" if kpi.better(kpi.baseline, kpi.scale.target) else "stands_still",
                at,
                side=side,
                baseline=Amount(kpi.baseline, kpi.unit),
                **facts,
            )


def _target_too_low(reading: Reading, kpi: Kpi) -> bool:
    """A target must beat last year's level; a supporting goal's KPI and compliance may hold it."""
    target, baseline = kpi.scale.target, kpi.baseline
    assert target is not None and baseline is not None
    goal = reading.goals.get(kpi.goal or "")
    may_hold = reading.is_compliance(kpi) or (goal is not None and goal.role == "supporting")
    return kpi.better(baseline, target) or (target == baseline and not may_hold)


def _rises(values: list[float]) -> bool:
    return all(a < b for a, b in pairwise(values))


@check("6.3")
def fail_meet_exceed_are_told_apart(reading: Reading) -> Iterator[Problem]:
    for kpi in reading.kpis:
        lines = ["floor", "target"]
        if not reading.is_compliance(kpi) or kpi.scale.stretch is not None:
            lines.append("stretch")
        at, name = reading.place(kpi), reading.name(kpi)
        given = {line: getattr(kpi.scale, line) for line in lines}
        missing = [line for line, value in given.items() if value is None]
        if missing:
            yield Problem("missing", at, kpi=name, lines=[Term(line) for line in missing])
        values = [v if kpi.up else -v for v in given.values() if v is not None]
        if not _rises(values):
            yield Problem(
                "order_up" if kpi.up else "order_down",
                at,
                kpi=name,
                values=[Amount(v, kpi.unit) for v in given.values() if v is not None],
            )
