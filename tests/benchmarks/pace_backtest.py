"""How far `pace` is off, against the naive run rate, and how often its range holds, over the five cases.

    python tests/benchmarks/pace_backtest.py

Every metric with a monthly plan (sums and rates, the whole company), 2025 and 2026, seen at the end of each month from
February to November. Naive: the year to date times 12 over the months gone (a rate: the rate to date). Error: percent of
the year's plan. In 2026 each case breaks in mid-year by its story: before the break nobody's range can hold it.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from kpikit.companies import case, cases
from kpikit.run_rate import Year, year_of

KINDS = ("sum", "ratio", "share")
MAIN = {
    "revenue",
    "net_cash",
    "unit_cost",
    "churn",
    "gross_profit",
    "profit",
    "operating_cash_flow",
}  # of a plan's goals


def years() -> list[tuple[str, str, str, Year]]:
    """Every planned metric's full years: case, metric, year."""
    found = []
    for name in cases():
        company = case(name)
        for id, entry in company.catalogue.items():
            if entry.definition["type"] in KINDS:
                for year in ("2025", "2026"):
                    if made := year_of(company, id, year):
                        found.append((name, id, year, made))
    return found


def naive(year: Year, month: int) -> float:
    """The year to date, carried on evenly."""
    done = year.whole(year.actual, slice(0, month))
    return done * 12 / month if year.adds_up else done


def main() -> None:
    """Prints errors and coverage by case, year and month."""
    errors: dict[str, list[tuple[float, float]]] = defaultdict(list)
    held: dict[str, list[bool]] = defaultdict(list)
    found = years()
    for name, id, label, year in found:
        truth, size = year.whole(year.actual), year.size_of_plan
        for month in range(2, 12):
            forecast, low, high = year.forecast(month)
            pair = abs(forecast - truth) / size, abs(naive(year, month) - truth) / size
            keys = ["all", name, label, f"month {month:02}", *(["metrics of goals"] if id in MAIN else [])]
            for key in keys:
                errors[key].append(pair)
                held[key].append(bool(low <= truth <= high))
    print(f"{len(found)} metric-years. Mean error in % of the year's plan; the range is meant to hold in 80%.")
    print(f"{'':<18} {'pace':>6} {'naive':>6} {'range holds':>12}")
    for key in sorted(errors, key=lambda k: (k.startswith("month"), k)):
        pace, plain = 100 * np.mean(errors[key], axis=0)
        print(f"{key:<18} {pace:>6.2f} {plain:>6.2f} {np.mean(held[key]):>12.0%}")


if __name__ == "__main__":
    main()
