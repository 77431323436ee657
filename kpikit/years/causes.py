"""The four causes of the paradox as switches (D2 to D5), their cures, and variants of scale, rhythm and choice.

Each is a function from a `Setup` to a `Setup`, so that any of them can be laid on any design: on a sound one to see
what a cause does, off a poor one to see which cause weighs most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .firm import (
    ACTIVITIES,
    ACTIVITY,
    CASH,
    COMPLIANCE,
    DRIVER,
    DRIVERS,
    FOCUS,
    LOCAL,
    REVENUE,
    SUPPORT,
)
from .setup import NO_FLOOR, Setup, normal

Some = NDArray[Any]

USUAL_LINES, USUAL_POINTS = (0.5, 1.0, 1.25), (0.6, 1.0, 1.2)
HEAVY = 0.7  # what a trivial KPI weighs where weights run against the priority
LIGHT = 0.2  # what compliance, activity and local numbers weigh together where weights follow it
COMMON = 0.3  # what the company goal weighs in each department where it is tied to it
LINE_OF = np.array([FOCUS, SUPPORT, FOCUS, REVENUE, CASH])  # the outcome nearest to each department


def _of(home: Some, first: int, company: int) -> Some:
    """The measure of one sort for each KPI: its department's, or the company's where it is nobody's own."""
    return np.where(home >= 0, first + home, company)


def _measuring(setup: Setup, which: Some, measure: Some) -> Setup:
    """The same KPIs, those in ``which`` measuring something else on a usual scale."""
    return setup.but(
        measure=np.where(which, measure, setup.measure).astype(np.intp),
        lines=np.where(which[:, None], USUAL_LINES, setup.lines),
        points=np.where(which[:, None], USUAL_POINTS, setup.points),
        ahead=np.where(which, 0.0, setup.ahead),
    )


def _with(setup: Setup, measure: Some, home: Some, weight: float) -> Setup:
    """One more KPI for each of ``measure``; together they hold ``weight`` of each department's score, if it has one."""
    n, held = len(measure), setup.weight.sum(axis=1, keepdims=True)
    mine = (home[None, :] == np.arange(5)[:, None]) | (home[None, :] < 0)
    more = weight * mine / np.maximum(mine.sum(axis=1, keepdims=True), 1)
    return setup.but(
        measure=np.concatenate([setup.measure, measure]).astype(np.intp),
        home=np.concatenate([setup.home, home]).astype(np.intp),
        weight=normal(np.hstack([(1 - weight) * setup.weight, more]) * np.where(held > 0, 1, more.any())),
        lines=np.vstack([setup.lines, np.tile(USUAL_LINES, (n, 1))]),
        points=np.vstack([setup.points, np.tile(USUAL_POINTS, (n, 1))]),
        ahead=np.concatenate([setup.ahead, np.zeros(n)]),
        names=(*setup.names, *("",) * n) if setup.names else (),
    )


def one_more(setup: Setup, measure: int, home: int, weight: float) -> Setup:
    """The same setup with one more KPI that holds ``weight`` (0 to 1) of its department's score; the rest make room."""
    return _with(setup, np.array([measure]), np.array([home]), weight) if weight else setup


# ---------------------------------------------------------------- causes on


def activity(setup: Setup) -> Setup:
    """Cause 1 (D2): departments are measured by what they are seen to do; the company's outcomes stay on paper.

    >>> from .setup import setup as make
    >>> from .firm import MEASURES
    >>> MEASURES[activity(make([("driver:key_accounts", {"key_accounts": 1})])).measure[0]]
    'activity:key_accounts'
    """
    which = setup.driver | (setup.outcome & (setup.home >= 0))
    return _measuring(setup, which, _of(setup.home, ACTIVITY.start, ACTIVITIES)).but(knows=0.0)


def local(setup: Setup) -> Setup:
    """Cause 2 (D3): every department has its own number, and the company's is nobody's."""
    own = setup.home >= 0
    weight = setup.weight.copy()
    tied = weight[:, own].sum(axis=1) > 0
    weight[np.ix_(tied, ~own)] = 0
    changed = _measuring(setup, own & (setup.driver | setup.outcome), LOCAL.start + setup.home)
    return changed.but(weight=normal(weight), knows=0.0, decides=False)


def against(setup: Setup) -> Setup:
    """Cause 3 (D4): the trivial is heavy: administration holds 70% of every score, what matters shares the rest."""
    return _with(setup, COMPLIANCE.start + np.arange(5), np.arange(5), HEAVY)


def frozen(setup: Setup) -> Setup:
    """Cause 4 (D5): whatever happens, the KPIs stay as they were in January."""
    return setup.but(updates=False)


CAUSES: Mapping[str, Callable[[Setup], Setup]] = {
    "activity": activity,
    "local": local,
    "against": against,
    "frozen": frozen,
}


# ---------------------------------------------------------------- and off


def no_activity(setup: Setup) -> Setup:
    """Cause 1 off: what counted activity counts the driver that the same people can move."""
    if not setup.activity.any():
        return setup
    return _measuring(setup, setup.activity, _of(setup.home, DRIVER.start, DRIVERS)).but(knows=1.0)


def tied(setup: Setup) -> Setup:
    """Cause 2 off: local numbers become drivers, and every department carries some of the company goal."""
    which = (setup.measure >= LOCAL.start) & (setup.measure < LOCAL.stop)
    changed = _measuring(setup, which, _of(setup.home, DRIVER.start, DRIVERS))
    carried = (changed.weight * (changed.outcome & (changed.home < 0))).sum(axis=1)
    if not which.any() and setup.sees >= 1 and carried.min() >= COMMON / 3:
        return setup
    goal = np.array([setup.goal])
    return _with(changed, goal, np.array([-1]), COMMON).but(
        sees=1.0, decides=True, knows=1.0 if which.any() else setup.knows
    )


def by_priority(setup: Setup) -> Setup:
    """Cause 3 off: outcomes and drivers weigh at least 80% of a score, wherever it has any."""
    matters = setup.outcome | setup.driver
    held = (setup.weight * matters).sum(axis=1, keepdims=True)
    short = (held > 0) & (held < 1 - LIGHT)
    other = np.maximum(1 - held, 1e-9)
    scaled = np.where(matters, setup.weight / np.maximum(held, 1e-9) * (1 - LIGHT), setup.weight / other * LIGHT)
    return setup.but(weight=normal(np.where(short, scaled, setup.weight)))


def awake(setup: Setup) -> Setup:
    """Cause 4 off: a monthly review with an analyst, a decision and triggers."""
    return setup.but(every=min(setup.every, 1), updates=True, analyst=True, decides=True)


CURES: Mapping[str, Callable[[Setup], Setup]] = {
    "activity": no_activity,
    "local": tied,
    "against": by_priority,
    "frozen": awake,
}


# ---------------------------------------------------------------- variants


def all_or_nothing(setup: Setup) -> Setup:
    """100 points at the target, nothing below, nothing above (E6)."""
    lines = np.repeat(setup.lines[:, 1:2], 3, axis=1)
    return setup.but(lines=lines, points=np.ones_like(setup.points))


def linear(setup: Setup) -> Setup:
    """Points in a straight line from nothing achieved to the stretch: 90% of the target is 90 points."""
    lines, points = setup.lines.copy(), setup.points.copy()
    lines[:, 0], points[:, 0], points[:, 1] = NO_FLOOR, 0.0, 1.0
    lines[:, 2] = np.maximum(lines[:, 2], lines[:, 1] + 0.25)
    points[:, 2] = 1 + (lines[:, 2] - lines[:, 1]) / (lines[:, 1] - lines[:, 0])
    return setup.but(lines=lines, points=points)


def ratchet(setup: Setup, part: float = 0.5) -> Setup:
    """What is above a target is, in part, added to it a quarter later (Weitzman 1980)."""
    return setup.but(ratchet=part)


def rhythm(setup: Setup, months: int) -> Setup:
    """A review every so many months (E8): 1, 3, 6 or 12."""
    return setup.but(every=months)


def outcome_only(setup: Setup) -> Setup:
    """Every driver gives way to the outcome nearest to its people (E2): one knows, but not what to do."""
    nearest = np.where(setup.home >= 0, LINE_OF[setup.home], setup.goal)
    return _measuring(setup, setup.driver, nearest).but(knows=0.0)


def driver_only(setup: Setup) -> Setup:
    """Every outcome gives way to drivers (E2): busy, and nobody knows whether they get there."""
    return _measuring(setup, setup.outcome, _of(setup.home, DRIVER.start, DRIVERS)).but(sees=0.0)
