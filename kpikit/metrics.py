"""Any metric of a case as a DataFrame: by month, quarter, year or year to date, whole or split, and its plan.

A catalogue entry says how a number is made (`companies.Metric.definition`). Here each type is a few lines
over the same two things: monthly sums (months down, parts across) and the months a period covers. So a ratio
over a quarter is the quarter's numerator over its denominator, never a mean of monthly ratios.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from .companies import TYPES, Case, Metric, UnknownCase
from .language import Trouble

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

PERIODS = ("month", "quarter", "year", "ytd")
Spans = Mapping[str, list[str]]  # a period's name -> the months it covers, in order
WHOLE = ""  # the one part of a metric that is not split


def metric(case: Case, id: str, by: str = "month", split: str | None = None, until: str | None = None) -> pd.DataFrame:
    """A metric's actual and plan, one row a period (and part), in the metric's own unit.

    ``by``: ``month`` (periods like 2026-04), ``quarter`` (2026-Q2), ``year`` (2026), or ``ytd``, the year up
    to each month (lũy kế). ``split``: None, or a column that tells the parts: ``channel``, ``account``,
    ``area``, ``keeper``, ``team``; master data count where there are any, so a renamed account is one part.
    ``until``: stand at the end of that month, as if later actuals were not yet known; the plan stays.

    Columns: ``period``, the split's where asked, ``actual``, ``plan``. NaN in ``actual`` where the period is
    not over (or, for growth, has no year before), in ``plan`` where nothing is planned. A month missing for
    one account counts as nothing in sums over longer periods and over accounts. A part of a share is its part
    of the whole, so parts add up to the unsplit share.

    Raises `UnknownCase` for an unknown metric, `Trouble` for another ``by``, an ``until`` that is no month
    like 2026-04, or a ``split`` the tables do not have.
    Source: curriculum B4, C3, E3; metric types after dbt's MetricFlow.

    >>> from kpikit.companies import case
    >>> share = metric(case("distributor"), "mt_share", by="year")
    >>> share["period"].tolist(), share["plan"].round(1).tolist()
    (['2025', '2026', '2027'], [37.8, 44.8, 45.0])
    """
    import pandas as pd

    entry = find(case, id)
    if by not in PERIODS:
        raise Trouble(
            vi=f"by=“{by}” chưa có. Hãy chọn một trong: {', '.join(PERIODS)}.",
            en=f"There is no by=“{by}”. Choose one of: {', '.join(PERIODS)}.",
        )
    if until is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", until):
        raise Trouble(
            vi=f"until=“{until}” không phải một tháng. Hãy viết như 2026-04.",
            en=f"until=“{until}” is no month. Write it like 2026-04.",
        )
    actual = _Reader(case, split, until=until).values(entry, by)
    plan = _Reader(case, split, planned=True).values(entry, by)
    column = split or "part"
    both = {name: side.unstack() for name, side in (("actual", actual), ("plan", plan)) if not side.empty}
    parts = list(dict.fromkeys([*actual.columns, *plan.columns]))
    periods = sorted({*actual.index, *plan.index})
    rows = pd.MultiIndex.from_tuples([(part, period) for period in periods for part in parts], names=[column, "period"])
    table = pd.DataFrame(both, index=rows, columns=["actual", "plan"], dtype=float).reset_index()
    return table[["period", *([split] if split else []), "actual", "plan"]]


def find(case: Case, id: str) -> Metric:
    """The catalogue's entry. Raises `UnknownCase` that lists the metrics there are.

    >>> from kpikit.companies import case
    >>> find(case("distributor"), "visits").kind
    'activity'
    """
    if id not in case.catalogue:
        there = ", ".join(case.catalogue)
        raise UnknownCase(
            vi=f"Tình huống “{case.id}” không có chỉ số “{id}”. Có: {there}.",
            en=f"The case “{case.id}” has no metric “{id}”. There are: {there}.",
        )
    return case.catalogue[id]


# ---------------------------------------------------------------- months and periods


def year_before(month: str) -> str:
    """
    >>> year_before("2026-04")
    '2025-04'
    """
    return f"{int(month[:4]) - 1:04}{month[4:]}"


def months_of(year: str) -> list[str]:
    return [f"{year}-{number:02}" for number in range(1, 13)]


def spans(months: list[str], by: str) -> dict[str, list[str]]:
    """The periods that touch these months, each with every month it covers, whether there or not.

    >>> spans(["2026-05"], "quarter")
    {'2026-Q2': ['2026-04', '2026-05', '2026-06']}
    >>> spans(["2026-03"], "ytd")
    {'2026-03': ['2026-01', '2026-02', '2026-03']}
    """
    periods: dict[str, list[str]] = {}
    for month in sorted(set(months)):
        year, number = month[:4], int(month[5:7])
        quarter = (number - 1) // 3
        name, covered = {
            "month": (month, [month]),
            "quarter": (f"{year}-Q{quarter + 1}", months_of(year)[3 * quarter : 3 * quarter + 3]),
            "year": (year, months_of(year)),
            "ytd": (month, months_of(year)[:number]),
        }[by]
        periods[name] = covered
    return periods


# ---------------------------------------------------------------- values


class _Ask(NamedTuple):
    """What is wanted of a metric: over which spans, split by what, with which filters added from above."""

    spans: Spans
    split: str | None
    filter: Mapping[str, Any]


class _Reader:
    """Computes metrics from one side of a case: its actuals up to a month, or its plan."""

    def __init__(self, case: Case, split: str | None, planned: bool = False, until: str | None = None) -> None:
        self.case, self.split, self.planned, self.until = case, split, planned, until
        self._tables: dict[str, pd.DataFrame] = {}
        filters = [entry.definition.get("filter", {}) for entry in case.catalogue.values()]
        self._looked_at = {split, *(column for filter in filters for column in filter)}

    def values(self, entry: Metric, by: str) -> pd.DataFrame:
        """Periods down, parts across; empty where this side has nothing."""
        import pandas as pd

        leaves = [self.table(leaf) for leaf in self.leaves(entry)]
        if self.split and not self.planned:
            self._refuse_split(entry, self.split)
        months = sorted({m for table in leaves if table is not None for m in table["month"]})
        if not months or any(table is None for table in leaves):
            return pd.DataFrame()
        result = self.over(entry, _Ask(spans(months, by), self.split, {}))
        return pd.DataFrame() if result is None else result

    def leaves(self, entry: Metric) -> list[Metric]:
        """The metrics at the bottom of its definition, those that read a column."""
        if "table" in entry.definition:
            return [entry]
        named = TYPES[entry.definition["type"]][1]
        return [leaf for key in named for leaf in self.leaves(find(self.case, entry.definition[key]))]

    def over(self, entry: Metric, ask: _Ask) -> pd.DataFrame | None:
        """The metric over the spans asked for; None where this side lacks a column it needs."""
        compute: dict[str, Callable[[Metric, _Ask], pd.DataFrame | None]] = {
            "sum": self._column,
            "last": self._column,
            "mean": self._column,
            "ratio": self._ratio,
            "share": self._share,
            "growth": self._growth,
            "cumulative": self._cumulative,
        }
        return compute[entry.definition["type"]](entry, ask)

    def _column(self, entry: Metric, ask: _Ask) -> pd.DataFrame | None:
        import pandas as pd

        monthly = self.monthly(entry, ask)
        if monthly is None:
            return None
        made = _over_spans(monthly, ask.spans, entry.definition["type"])
        return pd.DataFrame(made, index=list(ask.spans), columns=monthly.columns)

    def _ratio(self, entry: Metric, ask: _Ask) -> pd.DataFrame | None:
        top = self.over(find(self.case, entry.definition["numerator"]), ask)
        bottom = self.over(find(self.case, entry.definition["denominator"]), ask)
        if top is None or bottom is None:
            return None
        times = entry.definition.get("times", 100 if entry.unit == "%" else 1)
        ratio: pd.DataFrame = top / bottom.where(bottom != 0) * times
        return ratio

    def _share(self, entry: Metric, ask: _Ask) -> pd.DataFrame | None:
        of = find(self.case, entry.definition["of"])
        part = self.over(of, ask._replace(filter={**ask.filter, **entry.definition["filter"]}))
        whole = self.over(of, ask._replace(split=None))
        if part is None or whole is None:
            return None
        total = whole[WHOLE]
        return part.div(total.where(total != 0), axis=0) * 100

    def _growth(self, entry: Metric, ask: _Ask) -> pd.DataFrame | None:
        of = find(self.case, entry.definition["of"])
        now = self.over(of, ask)
        earlier = {name: [year_before(m) for m in months] for name, months in ask.spans.items()}
        # a plan grows on what was really there a year before, where that is known; else on the plan before
        before = self.over(of, ask._replace(spans=earlier))
        if self.planned:
            real = _Reader(self.case, self.split).over(of, ask._replace(spans=earlier))
            before = real if before is None else before if real is None else real.combine_first(before)
        if now is None or before is None:
            return None
        return (now / before.where(before > 0) - 1) * 100

    def _cumulative(self, entry: Metric, ask: _Ask) -> pd.DataFrame | None:
        ends = {name: months[-1] for name, months in ask.spans.items()}
        to_date = {name: months_of(end[:4])[: int(end[5:7])] for name, end in ends.items()}
        return self.over(find(self.case, entry.definition["of"]), ask._replace(spans=to_date))

    # ---- tables

    def table(self, leaf: Metric) -> pd.DataFrame | None:
        """The table a leaf reads on this side; None where its plan is not written down."""
        name = leaf.definition["table"]
        if self.planned:
            name = self.case.catalogue.plans.get(name)
        if name is None:
            return None
        if name not in self._tables:
            whole = self._with_masters(self.case.tables[name])
            self._tables[name] = whole[whole["month"] <= self.until] if self.until else whole
        table = self._tables[name]
        wanted = {"month", leaf.definition["column"], *leaf.definition.get("filter", {})}
        if wanted <= set(table.columns):
            return table
        if self.planned:
            return None
        lacking, there = min(wanted - set(table.columns)), ", ".join(table.columns)
        place = f"{self.case.id}/metrics.yaml, {leaf.id}"
        raise Trouble(
            vi=f"{place}: bảng {name} không có cột “{lacking}”. Có: {there}.",
            en=f"{place}: table {name} has no column “{lacking}”. There are: {there}.",
        )

    def _with_masters(self, table: pd.DataFrame) -> pd.DataFrame:
        """What master data say of a code takes the place of what the export says."""
        for code, master in self.case.catalogue.masters.items():
            if code in table.columns:
                known = self.case.tables[master].set_index(code)
                for column in known.columns.intersection(list(self._looked_at)):
                    old = table[column] if column in table.columns else ""
                    table[column] = table[code].map(known[column]).fillna(old)
        return table

    def monthly(self, leaf: Metric, ask: _Ask) -> pd.DataFrame | None:
        """The leaf's column added up: months down, parts across; NaN where a part has no line in a month."""
        table = self.table(leaf)
        filters = [*leaf.definition.get("filter", {}).items(), *ask.filter.items()]
        if table is None or not {*dict(filters), *([ask.split] if ask.split else [])} <= set(table.columns):
            return None
        kept = table
        parts = list(dict.fromkeys(table[ask.split])) if ask.split else [WHOLE]
        months = sorted(set(table["month"]))
        for column, value in filters:
            kept = kept[kept[column] == value]
        by_part = kept[ask.split] if ask.split else kept["month"].map(lambda _: WHOLE)
        sums = kept[leaf.definition["column"]].groupby([kept["month"], by_part]).sum().unstack()
        found: pd.DataFrame = sums.reindex(index=months, columns=[p for p in parts if p in {WHOLE, *sums}])
        return found if ask.split else found.fillna(0)

    def _refuse_split(self, entry: Metric, split: str) -> None:
        for leaf in self.leaves(entry):
            table = self.table(leaf)
            if table is not None and split not in table.columns:
                texts = [c for c in table.columns if table[c].dtype.kind not in "iuf" and c != "month"]
                masters = [
                    self.case.tables[master].columns
                    for code, master in self.case.catalogue.masters.items()
                    if code in table.columns
                ]
                there = ", ".join(dict.fromkeys([*texts, *(c for more in masters for c in more)])) or "-"
                raise Trouble(
                    vi=f"“{entry.id}” không tách được theo “{split}”. Có thể tách theo: {there}.",
                    en=f"“{entry.id}” cannot be split by “{split}”. It can be split by: {there}.",
                )


def _over_spans(monthly: pd.DataFrame, spans: Spans, type: str) -> NDArray[Any]:
    """Spans down, parts across; NaN where a whole month is not there (yet), or a part has no line."""
    import numpy as np

    values, place = monthly.to_numpy(float), {month: row for row, month in enumerate(monthly.index)}
    made = np.full((len(spans), values.shape[1]), np.nan)
    for row, months in enumerate(spans.values()):
        if all(month in place for month in months):
            there = values[[place[month] for month in months]]
            count = (~np.isnan(there)).sum(axis=0)
            total = np.where(count > 0, np.nansum(there, axis=0), np.nan)
            made[row] = {"sum": total, "last": there[-1], "mean": total / np.maximum(count, 1)}[type]
    return made
