"""Thousands of years of one setup, a chunk at a time; what is kept of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..language import Trouble
from .chance import CHUNK, Draws, draws
from .firm import MONTHS, Array, Firm
from .model import Plan, State, attainment, begin, month, points
from .setup import Setup

GREEN = 0.90  # a scorecard is green from 90 of 100 points, a house rule
MET = 0.98  # a goal counts as met from 98% of it, as on the course's other boards
MOST = 1_000_000


@dataclass(frozen=True)
class Years:
    """What is kept of Y years: arrays over years, and means by month.

    ``score`` (Y,): mean points of the scorecards, hundredths; ``least`` (Y,): points of the poorest scorecard, nan
    where nobody has a KPI; ``attainment`` (Y,): 1 is the goal as shocks left it; ``kpi`` (Y, J): points of each KPI;
    ``effort`` (12, 5, 3): mean share of working time by month, department and task; ``spent`` (Y, 5, 3): the year's
    mean; ``loaded`` (Y,): revenue lying in the channel at the year's end, part of the growth asked for; ``could``,
    ``did`` (Y,): the month since when the miss could be seen, was seen, 0 to 11, 12 is never; ``shock`` (Y, 4): month
    of each shock, 12 is none.
    """

    score: Array
    least: Array
    attainment: Array
    kpi: Array
    effort: Array
    spent: Array
    loaded: Array
    could: NDArray[np.int8]
    did: NDArray[np.int8]
    shock: NDArray[np.int8]

    @property
    def green(self) -> NDArray[np.bool_]:
        """(Y,) every scorecard is green."""
        return self.least >= GREEN

    @property
    def met(self) -> NDArray[np.bool_]:
        """(Y,) the goal is met."""
        return self.attainment >= MET

    @property
    def paradox(self) -> NDArray[np.bool_]:
        """(Y,) KPIs met, goal missed (D)."""
        return self.green & ~self.met


def run(setup: Setup, years: int = 1000, seed: int = 1, firm: Firm | None = None) -> Years:
    """Live through so many years with a setup. Same seed, same years, for every setup and every number of years.

    Raises `Trouble` for fewer than 1 or more than a million years, and for a seed that is no whole number from 0.

    >>> from .setup import setup
    >>> made = run(setup([("driver:operations", {"operations": 1})]), years=20)
    >>> made.score.shape, made.effort.shape
    ((20,), (12, 5, 3))
    """
    _ask_for(years, seed)
    plan = Plan(setup, firm or Firm())
    kept = [_chunk(plan, seed, n, min(CHUNK, years - n * CHUNK)) for n in range(-(-years // CHUNK))]
    whole = {name: [getattr(k, name) for k in kept] for name in Years.__dataclass_fields__}
    sizes = np.array([len(k.score) for k in kept], dtype=float)
    effort = np.average(np.array(whole.pop("effort")), axis=0, weights=sizes)
    return Years(effort=effort, **{name: np.concatenate(arrays) for name, arrays in whole.items()})


def _ask_for(years: int, seed: int) -> None:
    if isinstance(years, bool) or not isinstance(years, (int, np.integer)) or not 1 <= years <= MOST:
        raise Trouble(
            vi=f"years={years}: cần một số nguyên từ 1 đến {MOST:,}. 1000 là vừa.",
            en=f"years={years}: expected a whole number from 1 to {MOST:,}. 1000 will do.",
        )
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0:
        raise Trouble(
            vi=f"seed={seed}: cần một số nguyên từ 0 trở lên.", en=f"seed={seed}: expected a whole number from 0 on."
        )


def _chunk(plan: Plan, seed: int, n: int, years: int) -> Years:
    chance, state = draws(plan.firm, seed, n), begin(plan, CHUNK)
    effort, spent = np.empty((MONTHS, 5, 3)), np.zeros((5, 3, CHUNK))
    for t in range(MONTHS):
        month(plan, state, chance, t)
        effort[t] = state.effort[:, :, :years].mean(axis=2)
        spent += state.effort
    return _keep(plan, state, chance, effort, spent / MONTHS, years)


def _keep(plan: Plan, state: State, chance: Draws, effort: Array, spent: Array, years: int) -> Years:
    got, part = points(plan, state)[:, :years], plan.firm.focus_part
    cards = plan.people @ got
    loaded = (part * state.stock[0] + (1 - part) * state.stock[1]) / MONTHS
    none = np.full(years, np.nan)
    return Years(
        score=cards.mean(axis=0) if len(cards) else none,
        least=cards.min(axis=0) if len(cards) else none,
        attainment=attainment(plan, state, chance)[:years],
        kpi=got.T.astype(np.float32),
        effort=effort,
        spent=spent[:, :, :years].transpose(2, 0, 1).astype(np.float32),
        loaded=loaded[:years],
        could=state.could[:years].astype(np.int8),
        did=state.did[:years].astype(np.int8),
        shock=chance.shock[:, :years].T.astype(np.int8),
    )
