"""What the model reads of a design: for every KPI what it measures, whose it is, its scale; and the rhythm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .firm import ACTIVITIES, ACTIVITY, DEPARTMENTS, DRIVER, DRIVERS, MEASURES, OUTCOMES, REVENUE, SHARE, Array

NO_FLOOR = -5.0  # x at a value of nothing, where the goal asks for a fifth more: "90% done is 90 points"


@dataclass(frozen=True)
class Setup:
    """A design as numbers. J is the number of KPIs; x is in goal units (0 last year, 1 what is asked for).

    ``measure`` (J,): which of `MEASURES`; ``weight`` (5, J): how much of each department's score, rows add up to 1, or
    to 0 where a department has no KPI; ``lines`` (J, 3): floor, target, stretch in x; ``points`` (J, 3): points there,
    hundredths; ``ahead`` (J,): x already won, for a target no better than last year; ``home`` (J,): whose, a department's number or -1
    for the company's; ``every``: months between reviews;
    ``sees``, ``knows``: 0 to 1, does the company scorecard hold an outcome, do scorecards hold drivers of the goal;
    ``analyst``, ``decides``, ``updates``: is there one who analyses, one who decides, a trigger to update KPIs;
    ``ratchet``: part of what is above the target that is added to it a quarter later; ``budget``: part of the budget
    on the focus; ``goal``: the measure that the primary goal speaks of.
    """

    measure: NDArray[np.intp]
    weight: Array
    lines: Array
    points: Array
    ahead: Array
    home: NDArray[np.intp]
    names: tuple[str, ...] = ()
    every: int = 1
    sees: float = 1.0
    knows: float = 1.0
    analyst: bool = True
    decides: bool = True
    updates: bool = True
    ratchet: float = 0.0
    budget: float = 0.75
    goal: int = REVENUE

    def __len__(self) -> int:
        return len(self.measure)

    def but(self, **changes: Any) -> Setup:
        """The same setup with other values."""
        return replace(self, **changes)

    @property
    def outcome(self) -> NDArray[np.bool_]:
        """(J,) true where a KPI measures an outcome."""
        which: NDArray[np.bool_] = np.isin(self.measure, OUTCOMES)
        return which

    @property
    def driver(self) -> NDArray[np.bool_]:
        """(J,) true where a KPI measures a driver; the share of the focus line counts as one."""
        m = self.measure
        which: NDArray[np.bool_] = (m == DRIVERS) | (m == SHARE) | ((m >= DRIVER.start) & (m < DRIVER.stop))
        return which

    @property
    def activity(self) -> NDArray[np.bool_]:
        """(J,) true where a KPI counts visible activity."""
        m = self.measure
        which: NDArray[np.bool_] = (m == ACTIVITIES) | ((m >= ACTIVITY.start) & (m < ACTIVITY.stop))
        return which


def setup(kpis: list[tuple[str, dict[str, float]]], **rest: Any) -> Setup:
    """A setup from short notes, for tests and examples: [(measure, {department: weight, ...}), ...].

    Each scale is 0.5, 1 and 1.25 with 60, 100 and 120 points; weights are scaled to add up to 1 a department.

    >>> s = setup([("revenue", {"key_accounts": 30}), ("driver:key_accounts", {"key_accounts": 70})])
    >>> s.weight[0].tolist()
    [0.3, 0.7]
    """
    weight = np.zeros((5, len(kpis)))
    for j, (_, whose) in enumerate(kpis):
        for department, value in whose.items():
            weight[DEPARTMENTS.index(department), j] = value
    return Setup(
        measure=np.array([MEASURES.index(name) for name, _ in kpis], dtype=np.intp),
        weight=normal(weight),
        lines=np.tile([0.5, 1.0, 1.25], (len(kpis), 1)),
        points=np.tile([0.6, 1.0, 1.2], (len(kpis), 1)),
        ahead=np.zeros(len(kpis)),
        home=np.array(
            [DEPARTMENTS.index(next(iter(whose))) if len(whose) == 1 else -1 for _, whose in kpis], dtype=np.intp
        ),
        names=tuple(name for name, _ in kpis),
        **rest,
    )


def normal(weight: Array) -> Array:
    """Weights (5, J) scaled so that each department's add up to 1; a department without any keeps 0."""
    total = weight.sum(axis=1, keepdims=True)
    scaled: Array = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    return scaled
