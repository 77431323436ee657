"""Does one series follow another? The arithmetic of one link: numbers in, a reading out; no cases, no words.

Two lines that rise together prove nothing, nor do two that step up in the same month. So a link is read from
what is left of both when trend, season, Tết, the effect's own memory and the cause's own past are taken out:
a surprise in the cause must be followed by a surprise in the effect, on the side that was expected, and must
still be when any one period (or any one unit) is left out, and in each half of the time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Series = NDArray[Any]  # units down, periods across; NaN where there is no number

SURE = 0.02  # a link without substance passes the first gate this often: a house rule, less than half of the usual 5%
STILL = 0.05  # and must keep this much when any one period is left out
HEAVIEST = 8  # periods tried
LEAST = 8  # free numbers that must remain beside all that is taken out
FEWEST = 18  # periods: a year and a half of months
STRAY = 0.05  # of the values: so few zeros are gaps
MOVES = 0.005  # the cause must surprise by half a percent at least, or there is nothing to learn from
WIDE = 1.0  # 10% more of the cause could be 10% more of the effect, and the data would not tell


@dataclass(frozen=True)
class Reading:
    """What the data say of one link.

    ``verdict``: ``shown``, ``not_shown`` or ``too_little``; ``because`` says why: ``follows``, ``no_sign``,
    ``other_way``, ``one_period``, ``one_unit``, ``one_half``, ``few``, ``still`` (the cause hardly moves) or
    ``wide`` (nothing can be told either way). ``effect`` with ``low`` and ``high`` (95%): percent of change in
    the effect for 1% more of the cause; ``lag`` in periods; ``chance``: how often chance alone gives as much,
    the search over lags counted; ``n``: observations used; ``x``, ``y``: the surprises, for a figure.
    """

    verdict: str
    because: str
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    lag: int | None = None
    chance: float | None = None
    n: int = 0
    x: tuple[float, ...] = ()
    y: tuple[float, ...] = ()


@dataclass(frozen=True)
class _Data:
    """Both series, cleaned, and what is taken out of them."""

    cause: Series
    effect: Series
    controls: tuple[Series, ...]
    planned: tuple[Series, ...]
    calendar: Series  # periods down: what all units share (trend, season), or empty
    pooled: bool
    side: int


def measure(
    cause: Any,
    effect: Any,
    lags: tuple[int, int] = (0, 2),
    up: bool = True,
    given: Sequence[Any] = (),
    season: int = 12,
    calendar: Any = None,
    rates: Sequence[bool] = (),
    planned: Any = None,
) -> Reading:
    """Read one link from series of equal shape: periods, or units x periods (equally spaced, in order).

    ``lags``: the first and last to try, in periods. ``up``: whether more of the cause should bring more of the
    effect. ``given``: series that may move both, held equal. ``season``: periods in a year. ``calendar``: a
    known disturbance of both a period, such as the share of Tết in it. With three units or more they are
    pooled: what is common to all units in a period (season, trend, a step of all) drops out.

    Raises ValueError for shapes that differ. Source: curriculum A5; lagged regression with the effect's own
    past after Granger (1969), partial correlation by Frisch and Waugh (1933).

    >>> import numpy as np
    >>> calls = 100 + 10 * np.sin(1.9 * np.arange(24))
    >>> measure(calls, 3 * calls).verdict, measure(calls, np.arange(1, 25)).verdict
    ('shown', 'not_shown')
    """
    import numpy as np

    shapes = [np.atleast_2d(np.asarray(s, dtype=float)) for s in (cause, effect, *given)]
    if len({s.shape for s in shapes}) > 1:
        raise ValueError(f"series of one shape were expected, not {[s.shape for s in shapes]}")
    x, y, *others = (_scale(s, r) for s, r in zip(shapes, [*rates, *[False] * len(shapes)], strict=False))
    pooled = x.shape[0] >= 3
    plans = () if planned is None else (_scale(np.atleast_2d(np.asarray(planned, dtype=float)), rates[1:2] == [True]),)
    data = _Data(x, y, tuple(others), plans, _common(x.shape[1], season, calendar, pooled), pooled, 1 if up else -1)
    if np.isfinite(x * y).sum(axis=1).max(initial=0) < FEWEST:
        return Reading("too_little", "few", n=int(np.isfinite(x * y).sum()))
    fits = [fit for lag in range(lags[0], lags[1] + 1) if (fit := _fit(data, lag))]
    if not fits:
        return Reading("too_little", "few", n=int(np.isfinite(x * y).sum()))
    moving = [fit for fit in fits if fit.spread >= MOVES]
    if not moving:
        return Reading("too_little", "still", n=fits[0].n)
    best = min(moving, key=lambda fit: fit.one_sided(data.side))
    return _judge(data, best, min(moving, key=lambda fit: fit.one_sided(-data.side)), len(moving))


def _judge(data: _Data, best: _Fit, against: _Fit, tried: int) -> Reading:
    read, half = _reading(data, best, data.side, tried)
    if read.chance is not None and read.chance <= SURE:
        weak = _weak_spot(data, best)
        return replace(read, verdict="not_shown" if weak else "shown", because=weak or "follows")
    opposed, _ = _reading(data, against, -data.side, tried)
    if opposed.chance is not None and opposed.chance <= SURE:
        return replace(opposed, because="other_way")
    return replace(read, verdict="too_little", because="wide") if half > WIDE else read


def _reading(data: _Data, fit: _Fit, side: int, tried: int) -> tuple[Reading, float]:
    """A fit as a reading that shows nothing yet, and half of its range."""
    chance, half = min(1.0, tried * fit.one_sided(side)), t_quantile(0.975, fit.df) * fit.error
    x, y = tuple(fit.x.tolist()), tuple(fit.y.tolist())
    return Reading(
        "not_shown", "no_sign", fit.slope, fit.slope - half, fit.slope + half, fit.lag, chance, fit.n, x, y
    ), half


def _weak_spot(data: _Data, best: _Fit) -> str | None:
    """Where the link rests on one period, one unit or one half of the time; None where it rests on none."""
    import numpy as np

    units, periods = data.cause.shape
    leaning = data.side * np.bincount(best.period, best.x * best.y, periods)
    for period in np.argsort(-leaning)[:HEAVIEST]:  # those that carry the slope; the others only weaken it
        without = np.ones((units, periods), dtype=bool)
        without[:, period] = False
        if not _stays(data, best, without):
            return "one_period"
    for shape in (
        []
        if data.pooled
        else [
            (np.arange(periods) - periods / 2) ** 2 / periods,
            *(np.arange(periods) >= step for step in range(2, periods - 2)),
        ]
    ):
        shaped = replace(data, calendar=np.column_stack([data.calendar, shape]))
        if not _stays(shaped, best, None):
            return "one_shape"
    for unit in range(units if data.pooled else 0):
        without = np.ones((units, periods), dtype=bool)
        without[unit] = False
        if _contradicts(data, best, _fit(data, best.lag, without)):
            return "one_unit"
    early = best.period < np.median(best.period)
    for half in (early, ~early):
        x, y = best.x[half], best.y[half]
        if x.std() >= 0.25 * best.x.std() and data.side * float((x - x.mean()) @ (y - y.mean())) <= 0:
            return "one_half"
    return None


def _stays(data: _Data, best: _Fit, kept: Series | None) -> bool:
    fit = _fit(data, best.lag, kept)
    return fit is not None and fit.one_sided(data.side) <= STILL


def _contradicts(data: _Data, best: _Fit, others: _Fit | None) -> bool:
    """The other units show no link of their own, and would have shown this one."""
    if others is None or others.one_sided(data.side) <= STILL or not math.isfinite(others.error):
        return False
    return data.side * others.slope + t_quantile(0.95, others.df) * others.error < data.side * best.slope


# ---------------------------------------------------------------- one regression


@dataclass(frozen=True)
class _Fit:
    """The effect on the cause at one lag, all else taken out of both: ``x`` and ``y`` are what is left."""

    lag: int
    slope: float
    error: float
    df: int
    n: int
    spread: float
    x: Series
    y: Series
    period: Series

    def one_sided(self, side: int) -> float:
        """The chance of a slope as far to that side, were there no link."""
        return t_tail(side * self.slope / self.error, self.df) if self.error > 0 else float(side * self.slope <= 0)


def _fit(data: _Data, lag: int, kept: Series | None = None) -> _Fit | None:
    import numpy as np

    units, periods = data.cause.shape
    start = lag + 1
    if periods - start < LEAST:
        return None
    window = [
        data.effect[:, start:],
        _back(data.cause, lag, start),
        data.effect[:, start - 1 : -1],
        _back(data.cause, lag + 1, start),
        *(_back(c, lag + b, start) for c in data.controls for b in (0, 1)),
        *(p[:, start:] for p in data.planned),
    ]
    columns = np.stack([w.ravel() for w in window])
    unit, period = (g.ravel() for g in np.meshgrid(range(units), range(start, periods), indexing="ij"))
    use = np.isfinite(columns).all(axis=0)
    if kept is not None:
        use &= kept[:, start:].ravel()
    y, x, *rest = columns[:, use]
    unit, period = unit[use], period[use]
    groups = [unit == u for u in range(units)]
    if data.pooled:
        groups += [period == p for p in range(start + 1, periods)]
    shared = data.calendar[period]
    if data.pooled:  # each unit has a trend and a season of its own
        shared = np.hstack([shared * (unit == u)[:, None] for u in range(units)])
    nuisance = np.column_stack([*rest, *(g.astype(float) for g in groups), shared])
    return _partial(y, x, nuisance, lag, period)


def _partial(y: Series, x: Series, nuisance: Series, lag: int, period: Series) -> _Fit | None:
    import numpy as np

    if len(y) <= LEAST:
        return None
    size = np.sqrt((nuisance**2).sum(axis=0))
    nuisance = nuisance[:, size > 0] / size[size > 0]
    left, values, _ = np.linalg.svd(nuisance, full_matrices=False)
    basis = left[:, values > 1e-9 * values[0]]
    x_left, y_left = x - basis @ (basis.T @ x), y - basis @ (basis.T @ y)
    df = len(y) - basis.shape[1] - 1
    if df < LEAST:
        return None
    spread = float(x_left @ x_left)
    if spread < 1e-16 * len(x):
        return _Fit(lag, 0.0, math.inf, df, len(y), 0.0, x_left, y_left, period)
    slope = float(x_left @ y_left) / spread
    left_over = y_left - slope * x_left
    error = math.sqrt(float(left_over @ left_over) / df / spread)
    return _Fit(lag, slope, max(error, 1e-12), df, len(y), math.sqrt(spread / df), x_left, y_left, period)


def _back(series: Series, lag: int, start: int) -> Series:
    """The series ``lag`` periods before each period from ``start`` on."""
    return series[:, start - lag : series.shape[1] - lag]


def _scale(series: Series, rate: bool) -> Series:
    """Changes as parts of 1: logarithms; a rate on its mean over all units; what is not above 0, on its unit's."""
    import numpy as np

    there = np.isfinite(series)
    zeros = there & (series == 0)
    if zeros.sum() <= STRAY * there.sum():  # a phone system that was down: not measured, rather than nothing done
        series, there = np.where(zeros, np.nan, series), there & ~zeros
    if not rate and (series[there] > 0).all():
        logs: Series = np.log(series)
        return logs
    size = np.where(there, np.abs(series), 0.0)
    mean = size.sum() / max(there.sum(), 1) if rate else size.sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    mean = np.broadcast_to(mean, series.shape[:1])
    return series / np.where(mean > 0, mean, 1.0)[:, None]


def _common(periods: int, season: int, calendar: Any, pooled: bool) -> Series:
    """Trend, a yearly wave and the known disturbance (where units are pooled, each period takes that out)."""
    import numpy as np

    time = np.arange(periods)
    columns = [time - time.mean()]
    if periods >= 1.5 * season:
        columns += [np.sin(2 * np.pi * time / season), np.cos(2 * np.pi * time / season)]
    if calendar is not None and not pooled:
        columns.append(np.asarray(calendar, dtype=float))
    return np.column_stack(columns)


# ---------------------------------------------------------------- Student's t, without scipy


def t_tail(t: float, df: int) -> float:
    """The chance that Student's t with ``df`` (a whole number, 1 or more) is at least ``t``.

    Closed form for whole ``df``: Abramowitz and Stegun 26.7.3 and 26.7.4.

    >>> round(t_tail(2.131, 15), 4), round(t_tail(0, 7), 4)
    (0.025, 0.5)
    """
    theta = math.atan(t / math.sqrt(df))
    cosine, total = math.cos(theta), 0.0
    term = cosine if df % 2 else 1.0
    for k in range(2 + df % 2, df + 1, 2):
        total += term
        term *= cosine * cosine * (k - 1) / k
    inside = math.sin(theta) * total
    if df % 2:
        inside = 2 / math.pi * (theta + inside)
    return min(1.0, max(0.0, (1 - inside) / 2))


def t_quantile(share: float, df: int) -> float:
    """The t below which ``share`` of Student's t with ``df`` lies; by halving.

    >>> round(t_quantile(0.975, 15), 3)
    2.131
    """
    low, high = -1e4, 1e4
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 - t_tail(middle, df) < share else (low, middle)
    return high
