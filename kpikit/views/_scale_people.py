"""People who reckon what a scale pays, and what they make of it: a small model of choice (E6), for the view `scale`.

It is told in full in `people`. It draws nothing and says nothing; sizes are ours, signs from the sources named there.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FLOOR, TARGET, STRETCH = 80.0, 100.0, 115.0  # percent of the target
LOW, FULL, HIGH = 60.0, 100.0, 120.0  # points there, the kit's own where a design gives none

MANY, SEED = 400, 6
SPREAD, LUCK = 7.0, 4.0  # percent of the target, standard deviations: between people, and of a year
COST, CARE = 0.10, 0.35  # points: of a point of effort, squared and halved; what people do for the work's own sake
UNLIKE = 0.35  # how unlike people's costs are: the standard deviation of their logarithm
FAVOUR, RETURNED = 0.05, 0.9  # points for asking a favour, squared; what is left of an order that was held back
SHIFTS = np.arange(-12.0, 13.0)  # percent of the target that can be moved over the year's end
EFFORTS = np.arange(0.0, 31.0)  # percent of the target that more effort brings
RAISED = 0.5  # of what is above the target, added to next year's where it is raised
LITTLE = 5.0  # percent of the target: who adds less is counted as not trying
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
CHANCE = WEIGHTS / WEIGHTS.sum()


def scored(shape: str, reached: Array) -> Array:
    """Points for results in percent of the target.

    >>> [scored(shape, np.array([79.0, 90, 100, 110, 130])).tolist() for shape in ("cliff", "steps", "course")]
    [[0.0, 0.0, 100.0, 100.0, 100.0], [0.0, 60.0, 100.0, 100.0, 120.0], [0.0, 80.0, 100.0, 113.33333333333333, 120.0]]
    """
    if shape == "cliff":
        return np.where(reached >= TARGET, FULL, 0.0)
    if shape == "steps":
        return np.select([reached >= STRETCH, reached >= TARGET, reached >= FLOOR], [HIGH, FULL, LOW], 0.0)
    if shape == "cap":
        return np.clip(reached, 0.0, FULL)
    if shape == "line":
        return np.maximum(reached, 0.0)
    slopes = np.interp(reached, [FLOOR, TARGET, STRETCH], [LOW, FULL, HIGH])
    return np.where(reached < FLOOR, 0.0, slopes)


class People(NamedTuple):
    """(400,) each, percent of the target: what they reach as usual, what effort adds, what they move, what is reported.

    ``moved``: above 0 pulled forward from next year, below 0 held back for it.
    """

    usual: Array
    effort: Array
    moved: Array
    reported: Array

    @property
    def earned(self) -> Array:
        """What was really sold this year."""
        return self.reported - self.moved


@cache
def people(shape: str, usual: float, raised: bool) -> People:
    """What 400 people do with a scale who know what they reach as usual and reckon what pays.

    In January each picks the effort whose expected points, luck being what it is, least its cost, are most; a little is
    done for the work's own sake. In the last week they see where they stand and may move orders over the year's end:
    pulled forward they are missing next year, held back nine tenths come again, and the bigger the favour the dearer.
    Next year has the same scale; where ``raised``, its target goes up by half of what was above this year's. Nobody
    cheats. Sizes are ours; signs after Oyer 1998 and Larkin 2014 (timing), Weitzman 1980 (raised targets).

    >>> made = people("line", 90, False)
    >>> float(abs(made.moved).max()), float(made.effort.mean()) > 10
    (0.0, True)
    """
    rng = np.random.default_rng(SEED)
    own, luck = usual + SPREAD * rng.standard_normal(MANY), LUCK * rng.standard_normal(MANY)
    cost = COST * np.exp(UNLIKE * rng.standard_normal(MANY))
    level = own[:, None] + EFFORTS
    ending = level[:, :, None] + LUCK * NODES
    worth = scored(shape, ending)
    if raised:
        worth = worth + _next(shape, level[:, :, None] - _harder(ending)) - _next(shape, level)[:, :, None]
    gain = worth @ CHANCE + CARE * EFFORTS - cost[:, None] * EFFORTS**2 / 2
    effort = EFFORTS[gain.argmax(axis=1)]
    stands = own + effort + luck
    closes = stands[:, None] + SHIFTS
    after = (own + effort)[:, None] - np.where(SHIFTS > 0, SHIFTS, RETURNED * SHIFTS) - raised * _harder(closes)
    gain = scored(shape, closes) + _next(shape, after) - FAVOUR * SHIFTS**2
    moved = SHIFTS[(gain + 1e-9 * (SHIFTS == 0)).argmax(axis=1)]
    return People(own, effort, moved, stands + moved)


def _harder(reached: Array) -> Array:
    return RAISED * np.maximum(reached - TARGET, 0.0)


@cache
def _expected(shape: str) -> tuple[Array, Array]:
    at = np.linspace(-50, 260, 1241)
    return at, scored(shape, at[:, None] + LUCK * NODES) @ CHANCE


def _next(shape: str, level: Array) -> Array:
    """Next year's points to expect at a level, luck averaged."""
    return np.interp(level, *_expected(shape))


LINES = {
    "cliff": (TARGET,),
    "steps": (FLOOR, TARGET, STRETCH),
    "cap": (TARGET,),
    "line": (),
    "course": (FLOOR, STRETCH),
}
NEAR = 2.0  # percent of the target: so near above a line counts as crowding there


class Found(NamedTuple):
    """What the picture tells, percent of the people, but ``effort`` and ``earned``: means, percent of the target."""

    effort: float
    earned: float
    idle: float
    forward: float
    held: float
    crowd: float
    nothing: float


def found(shape: str, usual: float, raised: bool) -> Found:
    """What 400 people made of a scale, in seven numbers.

    >>> found("cliff", 75, False).idle > found("course", 75, False).idle
    True
    """
    made = people(shape, usual, raised)
    near = sum(((made.reported >= line) & (made.reported < line + NEAR) for line in LINES[shape]), np.zeros(MANY, bool))
    return Found(
        effort=float(made.effort.mean()),
        earned=float(made.earned.mean()),
        idle=_part(made.effort < LITTLE),
        forward=_part(made.moved > 0),
        held=_part(made.moved < 0),
        crowd=_part(near),
        nothing=_part(scored(shape, made.reported) == 0),
    )


def _part(which: NDArray[np.bool_]) -> float:
    return 100 * float(which.mean())
