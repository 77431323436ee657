"""The simulated year, many years at once: what people work on, what that brings, what the scorecards say.

README.md gives the equations by the numbers named here. Years stand last in every array, so that what is added up
lies together in memory: (Y,), (5, Y) by department, (5, 3, Y) by department and task, (J, Y) by KPI, (M, Y) by
measure. Nothing here draws a random number: `chance` does, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .chance import NEVER, Draws
from .firm import (
    ACTIVITIES,
    ACTIVITY,
    BUILD,
    CASH,
    COMPLIANCE,
    DRIVER,
    DRIVERS,
    FIN,
    FOCUS,
    GAME,
    GT,
    KAM,
    LOCAL,
    MEASURES,
    MONTHS,
    PROFIT,
    REVENUE,
    SHARE,
    SHOW,
    SUPPORT,
    TM,
    Array,
    Firm,
)
from .setup import Setup

USUAL_BUDGET = 0.75


# ---------------------------------------------------------------- what does not change within a year


class Plan:
    """A setup in a firm, worked out once: what people believe their effort brings (12, 15, J), and the scale's slopes."""

    def __init__(self, setup: Setup, firm: Firm) -> None:
        self.setup, self.firm = setup, firm
        looked = (MONTHS - setup.every) / (MONTHS - 1)
        self.cosmetic = firm.cosmetic * (1 - firm.caught * setup.sees * looked)
        believed = beliefs(firm, self.cosmetic)[:, setup.measure]  # (12, J, 5, 3)
        felt = (believed * setup.weight.T[None, :, :, None]).reshape(MONTHS, len(setup), 15)
        self.pull = np.ascontiguousarray(felt.transpose(0, 2, 1))
        floor, target, stretch = setup.lines.T
        self.lines = np.ascontiguousarray(setup.lines.T[:, :, None])  # (3, J, 1)
        low, mid, top = setup.points.T
        wide = target - floor > 1e-9
        jump = np.where(wide, low, mid)
        rise = np.divide(mid - low, target - floor, out=np.zeros(len(setup)), where=wide)
        high = stretch - target > 1e-9
        more = np.divide(top - mid, stretch - target, out=np.zeros(len(setup)), where=high)
        self.jump, self.rise, self.more = jump[:, None], rise[:, None], more[:, None]
        self.own = (REVENUE, PROFIT, CASH).index(setup.goal)
        self.outcome = setup.outcome.astype(float)[:, None]
        self.ahead = setup.ahead[:, None]
        self.flow = np.full((MONTHS, len(MEASURES)), 1 / MONTHS)
        self.flow[:, :DRIVERS] = firm.season[:, None]
        self.past = np.cumsum(self.flow, axis=0)
        ramp = 1 - (1 - firm.fade) ** np.arange(MONTHS)  # a plan that builds up as drivers do
        self.phase = np.cumsum(firm.season * ramp) / (firm.season @ ramp)
        self.people = setup.weight[setup.weight.sum(axis=1) > 0]  # scorecards as they are felt (n, J)
        self.known = firm.blind + (1 - firm.blind) * setup.knows
        self.aimed = self.known * (firm.blind + (1 - firm.blind) * setup.sees)
        self.skilled = (1 if setup.analyst else firm.blunt) * (1 if setup.decides else firm.blunt)
        shift = firm.money * np.log(
            [max(setup.budget, 0.05) / USUAL_BUDGET, max(1 - setup.budget, 0.05) / (1 - USUAL_BUDGET)]
        )
        self.focus_money, self.support_money = 0.5 * float(shift[0]), 0.5 * float(shift[1])


def bends(firm: Firm, effort: Array) -> Array:
    """Saturation (4): a driver's level in the long run, x, for a build effort: 0 at last year's, 1 at what is needed."""
    usual = firm.usual[BUILD]
    level: Array = (1 - np.exp(-firm.bend * (effort - usual))) / (1 - np.exp(-firm.bend * (firm.needed - usual)))
    return level


def beliefs(firm: Firm, cosmetic: float) -> Array:
    """What a month of effort is believed to bring by the year's end (1): (12, measures, 5, 3), x a unit of effort.

    Twelve times the effect of that one month, so that a year of it adds up. Build comes back while it lasts; loading
    counts only as far as it has not come back by December; outcomes are seen through `Firm.sight`.
    """
    b = np.zeros((MONTHS, len(MEASURES), 5, 3))
    left = MONTHS - np.arange(MONTHS)
    ripe, riper = 1 - (1 - firm.fade) ** left, 1 - (1 - firm.fade) ** (left - 1)
    stays = (1 - firm.back) ** (left - 1) + firm.close * (left % 3 == 1)
    steep = firm.bend / (1 - np.exp(-firm.bend * (firm.needed - firm.usual[BUILD])))
    focus, support = firm.on_focus * steep, firm.on_support * steep
    part = firm.focus_part
    lines = {
        REVENUE: part * focus + (1 - part) * support,
        FOCUS: focus,
        SUPPORT: support,
        SHARE: 1.4 * focus - 0.4 * support,
        PROFIT: part * focus + (1 - part) * support,
        CASH: 0.4 * (part * focus + (1 - part) * support) + 0.6 * steep * (np.arange(5) == FIN),
    }
    for measure, gain in lines.items():
        b[:, measure, :, BUILD] = firm.sight * riper[:, None] * gain
        in_focus = {REVENUE: part, FOCUS: 1.0, SHARE: 1.4, PROFIT: part * (1 - firm.discount)}.get(measure, 0.0)
        in_support = {REVENUE: 1 - part, SUPPORT: 1.0, SHARE: -0.4, PROFIT: (1 - part) * (1 - firm.discount)}
        b[:, measure, KAM, GAME] = in_focus * firm.load * stays
        b[:, measure, TM, GAME] = in_focus * firm.load * firm.promo * stays
        b[:, measure, GT, GAME] = in_support.get(measure, 0.0) * firm.load * stays
    for d in range(5):
        b[:, DRIVERS, d, BUILD], b[:, DRIVERS, d, SHOW] = ripe * steep / 5, cosmetic * ripe * steep / 5
        b[:, DRIVER.start + d, d, BUILD], b[:, DRIVER.start + d, d, SHOW] = ripe * steep, cosmetic * ripe * steep
        b[:, ACTIVITIES, d, SHOW] = 0.5 / firm.easy
        b[:, ACTIVITY.start + d, d, SHOW] = 1 / firm.easy
        b[:, LOCAL.start + d, d, GAME] = 1 / firm.local
        b[:, COMPLIANCE.start + d, d, SHOW] = 0.3 / firm.easy
    return b


# ---------------------------------------------------------------- the state, and a month of it


@dataclass
class State:
    """Where Y years stand after some months. Changed in place by `month`; `copy` before if you want to keep it."""

    effort: Array  # (5, 3, Y) share of working time
    true: Array  # (5, Y) drivers as they are, x
    shown: Array  # (5, Y) drivers as they are measured, x
    astray: Array  # (5, Y) part of build that no longer builds
    stock: Array  # (2, Y) loaded into the channel, month-x of focus and support
    total: Array  # (M, Y) each measure so far, its part of the year's x
    level: Array  # (M, Y) each measure of late, x
    sold: Array  # (3, Y) revenue, profit, cash as they are: without what lies loaded in the channel
    raised: Array  # (J, Y) how far lines were moved, x
    heed: Array  # (Y,) management's attention, points/100 a unit of effort; (5, Y) where a player shares it out
    goal: Array  # (Y,) the goal as the KPIs know it, x
    waits: Array  # (Y,) a shock not yet answered by an update, 0 or 1
    moved: Array  # (Y,) how far shocks have moved the goal so far, x of the year
    could: Array  # (Y,) the month since when the miss can be seen, 12 where it cannot
    did: Array  # (Y,) the month since when management sees it, 12 where it does not

    def copy(self) -> State:
        return State(**{k: v.copy() for k, v in self.__dict__.items()})


def begin(plan: Plan, years: int) -> State:
    """The first of January: last year's habits, drivers at last year's level."""
    f, j, m, zero = plan.firm, len(plan.setup), len(MEASURES), np.zeros
    level = np.full((m, years), 0.5)
    level[COMPLIANCE] = 1.0
    return State(
        effort=np.tile(f.usual[None, :, None], (5, 1, years)),
        true=zero((5, years)),
        shown=zero((5, years)),
        astray=zero((5, years)),
        stock=zero((2, years)),
        total=zero((m, years)),
        level=level,
        sold=zero((3, years)),
        raised=zero((j, years)),
        heed=zero(years),
        goal=np.ones(years),
        waits=zero(years),
        moved=zero(years),
        could=np.full(years, float(NEVER)),
        did=np.full(years, float(NEVER)),
    )


def month(plan: Plan, s: State, chance: Draws, t: int, review: bool = True) -> State:
    """One month, *t* from 0 to 11: people choose, it takes effect, it is measured, and where due it is reviewed.

    ``review`` False leaves the review to somebody else: a player (`kpikit.years.game`).
    """
    _goes_astray(plan, s, chance, t)
    _choose(plan, s, t)
    focus, support = _work(plan, s, chance, t)
    _measure(plan, s, focus, support, t)
    _notice(plan, s, chance, t)
    if review and (t + 1) % plan.setup.every == 0:
        _review(plan, s, chance, t)
    if plan.setup.ratchet and (t + 1) % 3 == 0:
        _ratchet(plan, s, t)
    return s


def expected(plan: Plan, s: State, t: int, which: Any) -> Array:
    """Where measures are expected to end the year (2), in x, before month t: so far, and of late for the rest.

    ``which``: one measure, (Y,), or n of them, (n, Y).
    """
    x = s.level[which]
    if t:
        left = 1 - plan.past[t - 1, which]
        x = x * (left[:, None] if np.ndim(which) else left)
    ending: Array = x + s.total[which]
    return ending


def slopes(plan: Plan, s: State, t: int) -> Array:
    """Expected points for one more x of each KPI (3), (J, Y), the year's end being in doubt.

    The doubt is Student's t with two degrees of freedom: fat tails, and a distribution function without exp.
    """
    f = plan.firm
    width = f.doubt * np.sqrt((MONTHS - t) / MONTHS)
    x = expected(plan, s, t, plan.setup.measure)
    x -= s.raised
    x += plan.ahead
    z = x - plan.lines  # (3, J, Y)
    z *= 1 / width
    near = z * z
    near += 2
    np.divide(0.5, np.sqrt(near, out=near), out=near)
    z *= near
    steep: Array = near[0] * near[0]
    steep *= near[0]
    steep *= plan.jump * (8 / width)
    z[0] -= z[1]
    z[1] -= z[2]
    z[0] *= plan.rise
    z[1] *= plan.more
    steep += z[0]
    steep += z[1]
    return steep


def _goes_astray(plan: Plan, s: State, chance: Draws, t: int) -> None:
    now = chance.astray[t]
    s.astray *= 1 - plan.firm.learning
    s.astray += (1 - s.astray) * now
    s.waits = np.maximum(s.waits, now.max(axis=0) > 0)


def _choose(plan: Plan, s: State, t: int) -> None:
    f = plan.firm
    pull = (plan.pull[t] @ slopes(plan, s, t)).reshape(5, 3, -1)
    pull *= 1 - plan.setup.ratchet * f.foresight
    pull += f.taste[None, :, None]
    pull[:, BUILD] += f.care + plan.known * s.heed
    pull[:, SHOW] += (1 - plan.known) * s.heed
    pull /= f.heat
    np.clip(pull, -40.0, 40.0, out=pull)
    odds = np.exp(pull, out=pull)
    odds[:, GAME] *= f.most / (1 + odds[:, GAME])  # a call is soon made: gaming is decided by itself
    odds[:, :GAME] *= ((1 - odds[:, GAME]) / (odds[:, BUILD] + odds[:, SHOW] + np.exp(f.comfort / f.heat)))[:, None]
    odds -= s.effort
    odds *= f.pace
    s.effort += odds


def _work(plan: Plan, s: State, chance: Draws, t: int) -> tuple[Array, Array]:
    """Drivers become sales (5), effort becomes drivers (4); sales follow drivers a month later."""
    f = plan.firm
    build, show, game = s.effort[:, BUILD], s.effort[:, SHOW] - f.usual[SHOW], s.effort[:, GAME] - f.usual[GAME]
    focus = f.on_focus @ s.true + chance.focus[t] + (plan.focus_money + f.visible * show[KAM])
    support = f.on_support @ s.true + chance.support[t] + (plan.support_money + f.visible * show[GT])
    s.true += f.fade * (bends(f, build * (1 - s.astray) - f.harm[:, None] * game) - s.true)
    s.shown += f.fade * (bends(f, build + plan.cosmetic * show) - s.shown)
    return focus, support


def _measure(plan: Plan, s: State, focus: Array, support: Array, t: int) -> None:
    """What the month's numbers say (6, 7): as reported for KPIs, as they are for the goal."""
    f, season = plan.firm, plan.firm.season[t]
    game = s.effort[:, GAME] - f.usual[GAME]
    put = np.array([f.load * (game[KAM] + f.promo * game[TM]), f.load * game[GT]])
    moved = put - f.back * s.stock
    s.stock += moved
    moved /= MONTHS * season
    part = f.focus_part
    sold = part * focus + (1 - part) * support
    cost = (f.discount / (MONTHS * season)) * (part * put[0] + (1 - part) * put[1])
    m = np.empty((len(MEASURES), len(sold)))
    m[FOCUS], m[SUPPORT] = focus + moved[0], support + moved[1]
    m[REVENUE] = part * m[FOCUS] + (1 - part) * m[SUPPORT]
    m[SHARE] = 1.4 * m[FOCUS] - 0.4 * m[SUPPORT]
    m[PROFIT] = m[REVENUE] - cost
    m[CASH] = 0.4 * sold + 0.6 * s.true[FIN]
    m[DRIVER], m[DRIVERS] = s.shown, s.shown.mean(axis=0)
    m[ACTIVITY] = (s.effort[:, SHOW] - f.usual[SHOW]) / f.easy
    m[ACTIVITIES] = m[ACTIVITY].mean(axis=0)
    m[LOCAL] = game / f.local
    m[COMPLIANCE] = 1 + 0.3 * m[ACTIVITY]
    s.total += plan.flow[t][:, None] * m
    s.level += m
    s.level *= 0.5
    s.sold[0] += season * sold
    s.sold[1] += season * (sold - cost)
    s.sold[2] += season * m[CASH]


# ---------------------------------------------------------------- the review

LATE = 0.98  # of the plan so far: below this one can see that it is being missed


def _short(plan: Plan, so_far: Array, moved: Array, t: int) -> Array:
    """Is a measure so far, x of the year, short of the plan's phase, as shocks have moved it?"""
    g, past = plan.firm.growth, plan.past[t, 0]
    short: Array = past + g * so_far < LATE * (past + g * (plan.phase[t] + moved))
    return short


def _notice(plan: Plan, s: State, chance: Draws, t: int) -> None:
    """Since when could one see, laying reported actuals beside the plan month by month, that the goal is being missed (8)?"""
    s.moved += plan.firm.season[t] * chance.moved[t]
    if t >= 2:
        s.could = np.where(_short(plan, s.total[plan.setup.goal], s.moved, t), np.minimum(s.could, t), NEVER)


def _review(plan: Plan, s: State, chance: Draws, t: int) -> None:
    """Management looks, shifts effort, and where there is a trigger updates the KPIs (9)."""
    f, own = plan.firm, plan.setup
    if own.updates:
        update(plan, s, chance, t)
    x = expected(plan, s, t + 1, own.goal)
    by_result = np.clip(s.goal - x, 0, 1)
    by_driver = np.clip(1 - s.shown.mean(axis=0), 0, 1)
    s.heed = f.push * plan.skilled * (own.sees * by_result + (1 - own.sees) * own.knows * by_driver)
    if own.sees and t >= 2:
        s.did = np.where(_short(plan, s.total[own.goal], s.moved, t), np.minimum(s.did, t), NEVER)


def update(plan: Plan, s: State, chance: Draws, t: int) -> None:
    """After a shock: outcomes' lines move with the AOP's goal, and work is aimed anew (9)."""
    goal = np.where(s.waits > 0, 1 + chance.moved[t] * (1 - plan.past[t, 0]), s.goal)
    s.raised += plan.outcome * (goal - s.goal)
    s.astray *= 1 - plan.firm.grip * plan.skilled * plan.aimed * s.waits
    s.goal, s.waits = goal, np.zeros_like(s.waits)


def _ratchet(plan: Plan, s: State, t: int) -> None:
    if t + 1 < MONTHS:
        over = expected(plan, s, t + 1, plan.setup.measure) + plan.ahead - s.raised - plan.lines[1]
        s.raised += plan.setup.ratchet * np.maximum(over, 0)


# ---------------------------------------------------------------- the thirty-first of December


def points(plan: Plan, s: State) -> Array:
    """Points of every KPI at the year's end (10), (J, Y), hundredths."""
    x = s.total[plan.setup.measure] + plan.ahead - s.raised
    floor, target, stretch = plan.lines
    low = plan.jump + plan.rise * (np.minimum(x, target) - floor)
    high = plan.more * np.clip(x - target, 0, np.maximum(stretch - target, 0))
    return np.where(x >= floor - 1e-12, low + high, 0.0)


def attainment(plan: Plan, s: State, chance: Draws) -> Array:
    """The goal as it stands after shocks, met or not (11), (Y,): 1 is met. Stock in the channel does not count."""
    f = plan.firm
    got: Array = (1 + f.growth * s.sold[plan.own]) / (1 + f.growth * (1 + f.season @ chance.moved))
    return got
