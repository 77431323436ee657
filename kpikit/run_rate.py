"""Is the goal within reach at the present pace (C4), and what does it cost to see a miss late (C6)?

The arithmetic of one year: its months so far, its plan by month, and what follows. `pace_report` shows it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .companies import Case, Metric, UnknownCase
from .companies import case as open_case
from .language import Trouble
from .metrics import find, metric, months_of
from .pace_report import MonthSeen, Pace, UnitGap
from .run_rate_words import WORDS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

RECENT = 3  # months whose pace is carried on; fewer are no pace to judge by
SURE = 1.4  # widths of the forecast error in the range, for 8 in 10
DRIFT = 0.4  # part of a month's swing (as a variance) that may stay: the pace itself moves
STEADIEST = 0.005  # no month is steadier than half a percent
UNKNOWN = 0.05  # a month's swing where nothing is known yet


@dataclass(frozen=True)
class Year:
    """Twelve months of a metric. ``actual``, ``plan``: its values; ``weight``: what a month's value counts
    with (1 for a sum; for a rate its denominator, actual where known, else planned); ``scale``: the plan, or
    the plan's mean size where it is a rate or crosses zero; ``past``: deviations of the year before.

    >>> import numpy as np
    >>> year = Year(np.full(12, 90.0), np.full(12, 100.0), np.ones(12), np.full(12, 100.0), (), True)
    >>> year.whole(year.actual), round(year.forecast(6)[0], 6)
    (1080.0, 1080.0)
    """

    actual: Numbers
    plan: Numbers
    weight: Numbers
    scale: Numbers
    past: tuple[float, ...]
    adds_up: bool
    planned_weight: Numbers | None = None

    def whole(self, values: Numbers, months: slice = slice(0, 12), weight: Numbers | None = None) -> float:
        """The value over months: a sum, or the rate over all of them."""
        w = (self.weight if weight is None else weight)[months]
        total = float((values[months] * w).sum())
        return total if self.adds_up else total / float(w.sum())

    @property
    def goal(self) -> float:
        """The year's goal: what the plan comes to."""
        return self.whole(self.plan, weight=self.planned_weight)

    @property
    def size_of_plan(self) -> float:
        """How large the plan is, all signs taken off: what errors are measured by."""
        import numpy as np

        return self.whole(np.abs(self.plan), weight=self.planned_weight)

    def weights_at(self, month: int) -> Numbers:
        """What each month counts with, as known at that month's end: planned for the months to come."""
        import numpy as np

        planned = self.weight if self.planned_weight is None else self.planned_weight
        return np.concatenate([self.weight[:month], planned[month:]])

    def forecast(self, month: int) -> tuple[float, float, float]:
        """The year as it will end, seen at that month's end (1 to 12), and its range: forecast, low, high."""
        import numpy as np

        strayed = ((self.actual - self.plan) / self.scale)[:month]
        pace, w = float(strayed[-RECENT:].mean()), self.weights_at(month)
        end = self.whole(np.concatenate([self.actual[:month], (self.plan + pace * self.scale)[month:]]), weight=w)
        counts = (self.scale * w)[month:]
        swing = self._swing(strayed)
        to_come = np.cumsum(counts[::-1])  # what a lasting shift hits, for each month it may begin in
        variance = swing**2 * (
            (counts**2).sum()
            + counts.sum() ** 2 / min(RECENT, month)
            + DRIFT * (counts.sum() ** 2 + (to_come**2).sum())
        )
        half = SURE * math.sqrt(float(variance)) / (1.0 if self.adds_up else float(w.sum()))
        return end, end - half, end + half

    def _swing(self, strayed: Numbers) -> float:
        import numpy as np

        steps = np.concatenate([np.diff(np.array(self.past)), np.diff(strayed)])
        return max(STEADIEST, math.sqrt(float((steps**2).mean()) / 2)) if len(steps) else UNKNOWN

    def needed(self, month: int) -> float | None:
        """What the months left must bring (a sum) or average (a rate) to reach the goal; None at year's end."""
        if month == 12:
            return None
        w = self.weights_at(month)
        done = float((self.actual[:month] * w[:month]).sum())
        if self.adds_up:
            return self.goal - done
        return (self.goal * float(w.sum()) - done) / float(w[month:].sum())

    def behind(self, up: bool) -> Numbers:
        """For each month how much is missing (up) or too much (down), weighted: a rate's in its numerator."""
        gap: Numbers = (self.plan - self.actual) * self.weight * (1 if up else -1)
        return gap


def pace(
    case: Case | str = "distributor", metric: str | None = None, month: int | str | None = None, by: str | None = None
) -> Pace:
    """Run rate, forecast to year's end with a range, the growth needed, and when a miss could be seen.

    ``metric``: a sum or a rate of the case's catalogue with a monthly plan (None: that of the plan's primary
    goal). ``month``: 1 to 12 of the last year with plan and actuals, or 2026-06 (None: the last month with
    actuals of that year, so that by default the year is told to its end). ``by``: the column whose parts are
    searched for the bottleneck (None: found in the tables, where actuals and plan share one).

    The goal is what the year's monthly plan comes to. The forecast carries the last three months' distance
    from plan on; the range is meant to hold 8 times in 10 (measured: tests/benchmarks/pace_backtest.py).
    Raises `UnknownCase` for a case or metric that is not there, `Trouble` for a metric without a plan by month
    and for a month without actuals. Source: curriculum C4, C6, B4.

    >>> pace("distributor", month=6).verdict
    'off_course'
    """
    company = case if isinstance(case, Case) else open_case(case)
    entry = _adding(company, metric or _primary(company))
    chosen, number = _when(company, entry, month)
    year = _year(company, entry, chosen)
    if year is None:
        raise _unplanned(company, entry.id)
    seen = [_seen(year, n, entry.up) for n in range(1, number + 1)]
    before = _before(company, entry, chosen, year)
    split = by or _split(company, entry)
    units = _units(company, entry, chosen, number, split) if split else []
    return Pace(
        company.id,
        company.title,
        entry,
        chosen,
        seen,
        year.goal,
        year.adds_up,
        before,
        tuple(float(v) for v in year.plan),
        units,
        *_money(company, entry, chosen, number, year),
    )


def _seen(year: Year, month: int, up: bool) -> MonthSeen:
    done = slice(0, month)
    forecast, low, high = year.forecast(month)
    better, worse = (high, low) if up else (low, high)
    side = 1 if up else -1
    short, hopeless = side * (year.goal - forecast) > 1e-9 * abs(year.goal), side * (year.goal - better) > 0
    if month == 12:
        verdict = "missed" if short else "reached"
    else:
        verdict = "off_course" if hopeless and month >= RECENT else "at_risk" if short else "within_reach"
    planned = year.weight if year.planned_weight is None else year.planned_weight
    rest = slice(month, 12)
    return MonthSeen(
        month,
        float(year.actual[month - 1]),
        float(year.plan[month - 1]),
        year.whole(year.actual, done),
        year.whole(year.plan, done, planned),
        forecast,
        min(better, worse),
        max(better, worse),
        verdict,
        year.needed(month),
        year.whole(year.plan, rest, planned) if month < 12 else None,
    )


# ---------------------------------------------------------------- from the case to a year


def _primary(case: Case) -> str:
    goals = case.plan["aop"]["goals"]
    return str(next((g["metric"] for g in goals if g["role"] == "primary"), goals[0]["metric"]))


def _adding(case: Case, id: str) -> Metric:
    """The metric, or what it is the running total of."""
    entry = find(case, id)
    while entry.definition["type"] == "cumulative":
        entry = find(case, entry.definition["of"])
    if entry.definition["type"] not in ("sum", "ratio", "share"):
        raise _trouble("no_type", id=id, type=entry.definition["type"], there=", ".join(_planned(case)[:8]))
    return entry


def _planned(case: Case) -> list[str]:
    kinds = ("sum", "ratio", "share")
    return [id for id, e in case.catalogue.items() if e.definition["type"] in kinds and _full_years(case, e)]


def _full_years(case: Case, entry: Metric) -> list[str]:
    table = metric(case, entry.id).dropna()
    years = table["period"].str[:4].value_counts()
    return sorted(str(y) for y, n in years.items() if n == 12)


def _when(case: Case, entry: Metric, month: int | str | None) -> tuple[str, int]:
    years = _full_years(case, entry)
    if not years:
        raise _unplanned(case, entry.id)
    if month is None:
        return years[-1], 12
    text = str(month)
    if re.fullmatch(r"\d{4}-\d{2}", text) and text[:4] in years and 1 <= int(text[5:]) <= 12:
        return text[:4], int(text[5:])
    if re.fullmatch(r"\d{1,2}", text) and 1 <= int(text) <= 12:
        return years[-1], int(text)
    raise _trouble("no_month", month=month, example=f"{years[-1]}-06")


def _unplanned(case: Case, id: str) -> Trouble:
    return _trouble("unplanned", id=id, there=", ".join(_planned(case)))


def _trouble(key: str, **facts: Any) -> Trouble:
    return Trouble(**{lang: WORDS[key][lang].format(**facts) for lang in ("vi", "en")})


Find = Callable[[str], "pd.DataFrame"]  # a metric's id -> its months, of the whole or of one part


def year_of(case: Case, id: str, year: str) -> Year | None:
    """A sum's or rate's twelve months of plan and actuals; None where one is lacking.

    >>> year_of(open_case("distributor"), "revenue", "2026").goal
    558000000000.0
    """
    return _year(case, _adding(case, id), year)


def _year(case: Case, entry: Metric, year: str, look: Find | None = None) -> Year | None:
    """The year's months; None where a month of plan or actuals is lacking."""
    import numpy as np

    look = look or (lambda id: metric(case, id))
    base = {"ratio": "denominator", "share": "of"}.get(entry.definition["type"])
    own, counted = look(entry.id), look(entry.definition[base]) if base else None
    if base == "of" and counted is not None:
        counted = metric(case, entry.definition["of"])
    months, before = months_of(year), months_of(str(int(year) - 1))
    actual, plan = _columns(own, months)
    weights = (np.ones(12), None) if counted is None else _columns(counted, months)
    known = [actual, plan, weights[0], *([weights[1]] if weights[1] is not None else [])]
    if not all(np.isfinite(values).all() for values in known) or not np.abs(plan).sum():
        return None
    adds_up = base is None
    old_actual, old_plan = _columns(own, before)
    strayed = (old_actual - old_plan) / _size(old_plan, adds_up)
    past = tuple(float(d) for d in strayed) if np.isfinite(strayed).all() else ()
    return Year(actual, plan, weights[0], _size(plan, adds_up), past, adds_up, weights[1])


def _size(plan: Numbers, adds_up: bool) -> Numbers:
    import numpy as np

    if adds_up and (plan > 0).all():
        return plan
    return np.full(len(plan), max(float(np.abs(plan).mean()), 1e-12))


def _columns(table: pd.DataFrame, months: list[str]) -> tuple[Numbers, Numbers]:
    found = table.drop_duplicates("period").set_index("period").reindex(months)
    return found["actual"].to_numpy(float), found["plan"].to_numpy(float)


def _before(case: Case, entry: Metric, year: str, now: Year) -> tuple[float, ...] | None:
    """The year before by month, where growth on it can be said."""
    import numpy as np

    actual, _ = _columns(metric(case, entry.id), months_of(str(int(year) - 1)))
    return tuple(float(v) for v in actual) if now.adds_up and np.isfinite(actual).all() and (actual > 0).all() else None


# ---------------------------------------------------------------- units and money


def _split(case: Case, entry: Metric) -> str | None:
    """The column of most parts that both actuals and plan are told by."""
    definition = entry.definition
    while "table" not in definition:
        definition = find(case, definition.get("denominator") or definition["of"]).definition
    plan = case.catalogue.plans.get(definition["table"])
    if plan is None:
        return None
    actual, planned = case.tables[definition["table"]], case.tables[plan]
    shared = [
        c
        for c in actual.columns.intersection(planned.columns)
        if actual[c].dtype.kind not in "iuf"
        and c not in ("month", "doc")
        and not c.endswith("_code")
        and planned[c].nunique() > 1
    ]
    return max(shared, key=lambda c: planned[c].nunique()) if shared else None


def _units(case: Case, entry: Metric, year: str, month: int, split: str) -> list[UnitGap]:
    """Each unit's part of what is missing to date, the largest first; empty where the metric cannot be split."""
    tables: dict[str, pd.DataFrame] = {}

    def of(unit: str) -> Find:
        def look(id: str) -> pd.DataFrame:
            if id not in tables:
                tables[id] = metric(case, id, split=split)
            return tables[id][tables[id][split] == unit]

        return look

    try:
        names = list(dict.fromkeys(metric(case, entry.id, split=split)[split]))
        years = {name: _year(case, entry, year, of(name)) for name in names}
    except UnknownCase:
        raise
    except Trouble:
        return []
    gaps = [
        UnitGap(
            name,
            y.whole(y.actual, slice(0, month)),
            y.whole(y.plan, slice(0, month), y.planned_weight),
            float(y.behind(entry.up)[:month].sum()) / _times(case, entry),
        )
        for name, y in years.items()
        if y is not None
    ]
    return sorted(gaps, key=lambda gap: -gap.behind)


def _times(case: Case, entry: Metric) -> float:
    if entry.definition["type"] == "sum":
        return 1.0
    return float(entry.definition.get("times", 100 if entry.unit == "%" else 1))


def _money(case: Case, entry: Metric, year: str, month: int, own: Year) -> tuple[Metric, tuple[float, ...]]:
    """What is told in money: the metric (or its numerator, or the plan's first goal in money), month by month."""
    top = find(case, entry.definition["numerator"]) if entry.definition["type"] == "ratio" else entry
    if top.unit == "VND":
        return top, tuple(float(v) / _times(case, entry) for v in own.behind(entry.up)[:month])
    for goal in case.plan["aop"]["goals"]:
        other = case.catalogue.get(goal["metric"])
        found = (
            _year(case, other, year) if other and other.unit == "VND" and other.definition["type"] == "sum" else None
        )
        if other and found:
            return other, tuple(float(v) for v in found.behind(other.up)[:month])
    return top, tuple(float(v) / _times(case, entry) for v in own.behind(entry.up)[:month])
