"""A chain's series: a metric by unit and month or week, without holes in time, and what the calendar does to all of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from .companies import Case, Chain
from .language import Trouble
from .metrics import find, metric

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

TET = [
    date(2022, 2, 1),
    date(2023, 1, 22),
    date(2024, 2, 10),
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 3),
]  # the first day of the lunar year
HOLIDAYS = {(1, 1), (4, 30), (5, 1), (9, 2)}
WEEKS = 4  # of a month: days 1-7, 8-14, 15-21, 22 to the end


def grid(case: Case, chain: Chain, id: str, unit: str | None, until: str | None, side: str = "actual") -> pd.DataFrame:
    """A metric with units down and periods across."""
    if chain.period == "week" or (chain.by and chain.pool):
        return _from_lines(case, chain, id, unit, until)
    split = chain.by or chain.pool
    long = metric(case, id, split=split, until=until).dropna(subset=[side])
    long = long.assign(unit=long[split] if split else "")
    wide = long.pivot(index="unit", columns="period", values=side)
    return wide.loc[[unit]] if chain.by else wide


def _from_lines(case: Case, chain: Chain, id: str, unit: str | None, until: str | None) -> pd.DataFrame:
    """The same from a table's own lines, where it goes by week or a unit's parts are read together."""
    definition = find(case, id).definition
    if definition["type"] == "ratio":
        top, bottom = (_from_lines(case, chain, definition[k], unit, until) for k in ("numerator", "denominator"))
        ratio: pd.DataFrame = 100 * top / bottom.where(bottom != 0)
        return ratio
    if "table" not in definition:
        raise Trouble(
            vi=f"“{id}” không tính được theo tuần hay theo nhóm: hãy chọn một tổng hoặc một tỷ lệ.",
            en=f"“{id}” cannot be had by week or by group: choose a sum or a ratio.",
        )
    lines = case.tables[definition["table"]]
    wanted = {**definition.get("filter", {}), **({chain.by: unit} if chain.by else {})}
    needed = {*wanted, *([chain.pool] if chain.pool else []), *(["week"] if chain.period == "week" else [])}
    if lacking := needed - set(lines.columns):
        raise Trouble(
            vi=f"Bảng {definition['table']} không có cột “{min(lacking)}” mà chuỗi “{chain.id}” cần.",
            en=f"Table {definition['table']} has no column “{min(lacking)}”, which the chain “{chain.id}” needs.",
        )
    for column, value in wanted.items():
        lines = lines[lines[column] == value]
    if until:
        lines = lines[lines["month"] <= until]
    period = lines["month"] + ("-W" + lines["week"].astype(str) if chain.period == "week" else "")
    lines = lines.assign(period=period, unit=lines[chain.pool] if chain.pool else "")
    wide: pd.DataFrame = lines.groupby(["unit", "period"])[definition["column"]].sum().unstack()
    return wide


def between(spans: list[str], period: str) -> list[str]:
    """Every period from the first to the last, whether there or not: lags need equal steps."""
    if not spans:
        return []
    first, last = spans[0][:7], spans[-1][:7]
    months = [f"{n // 12}-{n % 12 + 1:02}" for n in range(_count(first), _count(last) + 1)]
    weeks = [f"{m}-W{w}" for m in months for w in range(1, WEEKS + 1)]
    return [w for w in weeks if spans[0] <= w <= spans[-1]] if period == "week" else months


def _count(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:7]) - 1


def calendar(periods: list[str]) -> NDArray[Any]:
    """For each period the share of Tết in it (three days before to five after) and its working days, in twenties."""
    import numpy as np

    rows = []
    for period in periods:
        month = date(int(period[:4]), int(period[5:7]), 1)
        end = (month + timedelta(days=31)).replace(day=1)
        if "W" in period:
            week = int(period[-1])
            month, end = (
                month + timedelta(days=7 * week - 7),
                end if week == WEEKS else month + timedelta(days=7 * week),
            )
        days = [month + timedelta(days=n) for n in range((end - month).days)]
        tet = [any(-3 <= (day - new_year).days <= 5 for new_year in TET) for day in days]
        work = sum(
            d.weekday() < 5 and not t and (d.month, d.day) not in HOLIDAYS for d, t in zip(days, tet, strict=True)
        )
        rows.append([sum(tet) / len(days), work / 20])
    return np.array(rows).reshape(len(periods), 2)
