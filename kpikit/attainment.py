"""What a design's KPIs have reached: actuals beside their scales, points, attainment, traffic lights.

A scale's lines are the year's. At the end of month m they are laid beside the year so far like this:

* a sum (revenue, orders, cash) is compared with the plan's own part of the year: line x plan to date / plan of the
  year. So Tết does not make January look lost. Where a year's plan has months below zero (cash), or has
  nothing due yet, a part of it means nothing; there the line keeps its distance to the plan, a twelfth of it a month:
  plan to date + (line - plan of the year) x m/12.
  Where nothing is planned the year before lends its season, and without one every month is a twelfth;
* a balance (subscribers at the end of the month) is compared with where the plan has it in that month, plus the
  line's distance to the plan of December; without a plan, as it stands;
* a ratio, a share, a growth rate is compared as it stands, with its value over the year so far.

At the end of December all of these are the lines themselves.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .companies import Case, Metric, cases
from .companies import case as open_case
from .design import Design, Kpi, scorecards
from .files import as_design, load
from .language import Trouble, Words, unit_name
from .metrics import metric, months_of, year_before

if TYPE_CHECKING:
    import pandas as pd

LIGHTS = ("green", "amber", "red")
LINES = ("floor", "target", "stretch")
NEAR_PLAN = 0.95  # against a plan, which has one line only, amber ends 5% from it: a house rule
REASONS: dict[str, Words] = {
    "no_metric": {"vi": "không gắn với chỉ số nào", "en": "names no metric"},
    "unknown_metric": {"vi": "chỉ số không có trong danh mục", "en": "the catalogue has no such metric"},
    "unit": {"vi": "đơn vị khác với danh mục", "en": "its unit is not the catalogue's"},
    "no_actual": {"vi": "chưa có thực hiện", "en": "no actual yet"},
    "no_target": {"vi": "chưa có mức đạt", "en": "no target"},
    "of_others_too": {
        "vi": "là số của cả phòng hay công ty, không phải của riêng người này",
        "en": "is the whole department's or company's number, not this person's",
    },
    "no_plan": {"vi": "không có kế hoạch trong bảng", "en": "no plan in the tables"},
}
_KNOWN_UNITS = {"VND", "USD", "%", "months", "days", "times"}
_MANY = ("tỷ ", "triệu ", "nghìn ", "ngàn ", "bn ", "m ", "k ", "million ", "billion ")


# ---------------------------------------------------------------- one value on one scale


def points(kpi: Kpi, value: float | None) -> float | None:
    """The points of a value, given in the KPI's unit, on its scale; None without a value or a target (E6).

    Straight lines run from floor to target to stretch (60, 100, 120 points where not given); below the floor it is 0,
    beyond the stretch (without one: the target) the points stay what they are there. A KPI without a floor has
    nothing that is not acceptable: half of its target is half of the target's points. A floor that is better than the
    target, or a stretch that is worse, is passed over.

    >>> kpi = Kpi(unit="VND", scale={"floor": 230, "target": 260, "stretch": 290})
    >>> [points(kpi, value) for value in (229, 230, 245, 260, 275, 400)]
    [0.0, 60.0, 80.0, 100.0, 110.0, 120.0]
    """
    lines = {line: getattr(kpi.scale, line) for line in LINES}
    return points_on(kpi, lines, value)


def points_on(kpi: Kpi, lines: Mapping[str, float | None], value: float | None) -> float | None:
    """`points` with other lines than the year's: ``floor``, ``target``, ``stretch``, any of them None."""
    floor, target, stretch = (lines.get(line) for line in LINES)
    if value is None or target is None or math.isnan(value) or math.isnan(target):
        return None
    at = kpi.scale.points.at
    if floor is not None and kpi.better(floor, target):
        floor = None
    if stretch is not None and not kpi.better(stretch, target):
        stretch = None
    if value == target or kpi.better(value, target):
        if stretch is None:
            return float(at("target"))
        return _between(value, target, stretch, at("target"), at("stretch"))
    if floor is not None:
        return 0.0 if kpi.better(floor, value) else _between(value, floor, target, at("floor"), at("target"))
    return max(0.0, at("target") * _reached(kpi, target, value))


def _between(value: float, start: float, end: float, low: float, high: float) -> float:
    """Points on the straight line from start to end, no further."""
    if start == end:
        return float(high)
    way = (value - start) / (end - start)
    return float(high) if way >= 1 else low + way * (high - low)


def _reached(kpi: Kpi, target: float, value: float) -> float:
    """How much of the target is reached, without a floor: 1 at the target, 0 as far off as the target is from nothing."""
    distance = abs(value - target)
    return 1 - distance / abs(target) if target else 0.0


def light(kpi: Kpi, lines: Mapping[str, float | None], value: float | None) -> str:
    """``green`` at or above the target, ``amber`` from the floor on, ``red`` below it; empty where none can be told.

    A KPI without a floor is never red: nobody said what is not acceptable (E6).

    >>> kpi = Kpi(direction="down")
    >>> [light(kpi, {"floor": 8, "target": 6}, value) for value in (5, 7, 9)]
    ['green', 'amber', 'red']
    """
    floor, target = lines.get("floor"), lines.get("target")
    if value is None or target is None or math.isnan(value) or math.isnan(target):
        return ""
    if value == target or kpi.better(value, target):
        return "green"
    return "red" if floor is not None and kpi.better(floor, value) else "amber"


def share_of_target(kpi: Kpi, target: float | None, value: float | None) -> float | None:
    """Attainment (% đạt): actual / target where more is better, target / actual where less is, in percent.

    None where that says nothing: a target or an actual of zero or less.

    >>> share_of_target(Kpi(), 200, 150), share_of_target(Kpi(direction="down"), 6, 8), share_of_target(Kpi(), -1, 5)
    (75.0, 75.0, None)
    """
    if value is None or target is None or not target > 0 or not (value > 0 or kpi.up):
        return None
    return 100 * (value / target if kpi.up else target / value)


# ---------------------------------------------------------------- the lines at the end of a month


def to_date(case: Case, entry: Metric, until: str) -> Callable[[float | None], float | None]:
    """A function that lays a line of the year beside the year up to the month ``until``: see this module's head.

    >>> from kpikit.companies import case
    >>> firm = case("distributor")
    >>> round(to_date(firm, firm.catalogue["revenue"], "2027-01")(600e9) / 1e9, 1)  # Tết is in February
    71.4
    >>> to_date(firm, firm.catalogue["mt_share"], "2027-01")(45.0)
    45.0
    """
    type_, part = base_type(case, entry), int(until[5:7]) / 12
    if type_ not in ("sum", "last"):
        return lambda line: line
    plan = _year_so_far(case, entry, until[:4], "plan")
    if type_ == "last":
        gap = plan[until] - plan[until[:4] + "-12"] if plan else 0.0
        return lambda line: None if line is None else line + gap
    if plan and (min(_monthly(plan)) < 0 or plan[until] <= 0):
        now, whole = plan[until], plan[until[:4] + "-12"]
        return lambda line: None if line is None else now + (line - whole) * part
    season = plan or _year_so_far(case, entry, year_before(until)[:4], "actual")
    if season and min(_monthly(season)) >= 0 and season[max(season)[:4] + until[4:]] > 0:
        months = list(season.values())
        part = months[int(until[5:7]) - 1] / months[-1]
    return lambda line: None if line is None else line * part


def base_type(case: Case, entry: Metric) -> str:
    """The catalogue's type of a metric as a scale sees it: a cumulative of a sum is a sum."""
    type_ = str(entry.definition["type"])
    if type_ == "cumulative":
        return "sum" if base_type(case, case.catalogue[entry.definition["of"]]) == "sum" else type_
    return type_


@lru_cache(maxsize=512)
def _to_date(case: Case, id: str, until: str | None) -> pd.DataFrame:
    """A metric over the year so far, by period; remembered, since a scorecard asks for it again for each of its lines."""
    return metric(case, id, by="ytd", until=until).set_index("period")


def _year_so_far(case: Case, entry: Metric, year: str, side: str) -> dict[str, float]:
    """A year's values to date, month by month; empty where one is not there."""
    values = _to_date(case, entry.id, None)[side]
    found = {month: float(values.get(month, math.nan)) for month in months_of(year)}
    return {} if any(math.isnan(v) for v in found.values()) else found


def _monthly(cumulated: Mapping[str, float]) -> list[float]:
    values = list(cumulated.values())
    return [b - a for a, b in zip([0.0, *values], values, strict=False)]


def last_month(case: Case) -> str:
    """The last month of which the case's tables hold actuals.

    >>> from kpikit.companies import case
    >>> last_month(case("factory"))
    '2026-12'
    """
    plans = set(case.catalogue.plans.values())
    tables = [case.tables[name] for name in case.tables if name not in plans]
    return max(str(table["month"].max()) for table in tables if "month" in table)


# ---------------------------------------------------------------- the scorecards of a design


def scorecard(
    design: Design | Mapping[str, Any] | str | os.PathLike[str],
    case: Case | str | None = None,
    until: str | None = None,
    against: str = "scale",
) -> pd.DataFrame:
    """Each KPI's actual beside its scale at the end of a month: one row a KPI, by id, in the design's order.

    ``design``: a design, its mapping, or a file's path. ``case``: the company whose tables hold the actuals, else the
    design's own. ``until``: a month like 2026-09, else the last one with actuals. ``against``: ``scale``, the
    design's lines, or ``plan``, the plan in the tables for that year (its floor is 95% of the plan, a house rule; for
    looking at a year that the design was not written for).

    Columns: ``scorecard``, ``level``, ``name``, ``metric``, ``unit``, ``weight`` (percent), ``direction``, ``actual``
    (over the year so far, or the month's balance), ``baseline``, ``floor``, ``target``, ``stretch`` (laid beside the year
    so far, see `kpikit.attainment`), ``year_target`` (as the design has it), ``points``, ``attainment`` (percent of the
    target), ``light`` (green, amber, red, or empty) and ``reason``, a key of `REASONS` where there is nothing to
    compare. Missing numbers are NaN. ``.attrs`` has ``month``, ``design_year`` and ``against``: where the month is not of the
    design's year, that year's numbers are seen on another year's scale.

    Raises `Trouble` for a case, month or ``against`` that is not there, `Unreadable` for a bad design.
    Source: curriculum A1, B4, E6.

    >>> from kpikit.companies import case
    >>> table = scorecard(case("distributor").design("sound"), "distributor", "2026-12")
    >>> print(table.loc["K1", ["actual", "target", "light"]].to_dict())
    {'actual': 200161948000.0, 'target': 270000000000.0, 'light': 'red'}
    >>> table.loc["P1", "reason"]
    'no_metric'
    """
    import pandas as pd

    read = design if isinstance(design, Design) else as_design(design) if isinstance(design, Mapping) else load(design)
    firm = firm_of(read, case)
    if against not in ("scale", "plan"):
        raise Trouble(
            vi=f"against chỉ nhận scale hoặc plan, không có “{against}”.",
            en=f"against takes scale or plan, there is no “{against}”.",
        )
    month = until or last_month(firm)
    rows = {}
    above = {k.metric for k in read.kpis if k.metric and k.level != "individual"}
    for card in scorecards(read):
        for n, kpi in enumerate(card.kpis, 1):
            shared = kpi.level == "individual" and kpi.metric in above
            row = _row(kpi, firm, month, against, "of_others_too" if shared else "")
            rows[kpi.id or f"{card.place} #{n}"] = {"scorecard": card.place, "level": kpi.level or "", **row}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["scorecard", "level", *_COLUMNS])
    numbers = ["weight", "actual", "baseline", *LINES, "year_target", "points", "attainment"]
    table[numbers] = table[numbers].astype(float)
    table.attrs = {"month": month, "design_year": str(read.year or ""), "against": against}
    return table


_COLUMNS = ["name", "metric", "unit", "weight", "direction", "actual", "baseline", *LINES, "year_target",
            "points", "attainment", "light", "reason"]  # fmt: skip


def firm_of(design: Design, case: Case | str | None = None) -> Case:
    """The company a design is measured by: the one given, else its own. Raises `Trouble` where there is none."""
    if isinstance(case, Case):
        return case
    if case or (design.case and design.case in cases()):
        return open_case(case or design.case or "")
    there = ", ".join(cases())
    raise Trouble(
        vi=f"Thiết kế này chưa nói thuộc tình huống nào. Hãy cho biết case=, một trong: {there}.",
        en=f"This design does not say which case it is for. Give case=, one of: {there}.",
    )


def _row(kpi: Kpi, case: Case, month: str, against: str, reason: str = "") -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": kpi.name or kpi.id or "",
        "metric": kpi.metric or "",
        "unit": kpi.unit or "",
        "weight": kpi.weight or 0,
        "direction": "up" if kpi.up else "down",
        "year_target": kpi.scale.target,
        "light": "",
        "reason": "",
    }
    entry = case.catalogue.get(kpi.metric) if kpi.metric else None
    if entry is None:
        return row | {"reason": "unknown_metric" if kpi.metric else "no_metric"}
    if reason or _other_unit(kpi.unit, entry.unit):
        return row | {"reason": reason or "unit"}
    row["unit"] = kpi.unit or entry.unit
    found = _to_date(case, entry.id, month)
    value = _given(found["actual"].get(month))
    lines = _lines(kpi, case, entry, month, against, _given(found["plan"].get(month)))
    row |= {"actual": value, **lines}
    if against == "scale" and kpi.baseline is not None:
        row["baseline"] = to_date(case, entry, month)(kpi.baseline)
    if value is None or lines["target"] is None:
        without = "no_plan" if against == "plan" else "no_target"
        return row | {"reason": "no_actual" if value is None else without}
    return row | {
        "points": points_on(kpi, lines, value),
        "attainment": share_of_target(kpi, lines["target"], value),
        "light": light(kpi, lines, value),
    }


def _lines(
    kpi: Kpi, case: Case, entry: Metric, month: str, against: str, plan: float | None
) -> dict[str, float | None]:
    """Floor, target and stretch beside the year so far; None where not given."""
    if against == "plan":
        near = None if plan is None else plan - abs(plan) * (1 - NEAR_PLAN) * (1 if kpi.up else -1)
        return {"floor": near, "target": plan, "stretch": None}
    lay = to_date(case, entry, month)
    return {line: lay(getattr(kpi.scale, line)) for line in LINES}


def _given(value: Any) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def _other_unit(written: str | None, catalogue: str) -> bool:
    """True where a KPI's unit is surely another one: % for VND, or tỷ VND for VND."""
    if not written or written.strip() == catalogue:
        return False
    if written.strip().casefold().startswith(_MANY):
        return True
    name = unit_name(written)
    return name != catalogue and (name in _KNOWN_UNITS and catalogue in _KNOWN_UNITS)


def totals(table: pd.DataFrame) -> pd.DataFrame:
    """The weighted points of each scorecard in a table of `scorecard`: one row a scorecard, by its name.

    Columns: ``kpis``, ``weight`` (the sum of weights), ``measured`` (the part of the weight, in percent, whose KPIs
    have points), ``points`` (weighted mean of those, NaN where none has any), and the number of ``green``, ``amber``,
    ``red`` and ``no_data``. A total that rests on a small part of the weight is no total: say how much.

    >>> from kpikit.companies import case
    >>> total = totals(scorecard(case("distributor").design("sound"), "distributor", "2026-12"))
    >>> total.loc["company", ["kpis", "weight", "measured"]].tolist()
    [7.0, 100.0, 100.0]
    """
    import pandas as pd

    rows = {}
    for card, kpis in table.groupby(["level", "scorecard"], sort=False):
        seen = kpis[kpis["points"].notna()]
        weight, measured = kpis["weight"].sum(), seen["weight"].sum()
        rows[card] = {
            "kpis": len(kpis),
            "weight": weight,
            "measured": 100 * measured / weight if weight else 0.0,
            "points": (seen["weight"] * seen["points"]).sum() / measured if measured else math.nan,
            **{colour: int((kpis["light"] == colour).sum()) for colour in LIGHTS},
            "no_data": int((kpis["light"] == "").sum()),
        }
    made = pd.DataFrame.from_dict(rows, orient="index")
    made.index = pd.Index([card for _, card in rows], name="scorecard")
    return made
