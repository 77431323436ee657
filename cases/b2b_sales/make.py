"""The truth behind the tables of Vật tư An Trường, and the script that makes them.

    python cases/b2b_sales/make.py [OUT]      # writes OUT/*.csv, or tables/*.csv beside this file

Standard library only and one fixed seed: every run gives the same bytes.

A week is a quarter of a month (days 1-7, 8-14, 15-21, 22 to the end), so four weeks are a month and a lag
of four weeks is a lag of one month. What truly moves what (nothing else does; noise is a standard
deviation, per rep and week):

1.  Calls are made on open days (Monday to Friday less Tết, three days before to five after, and public
    holidays): about 20 a rep and day in 2025. From March 2026, after a quota of 25 a day for everyone, Đội
    Nhà máy makes 16% more than the year before, Đội Dự án 46% more. They swing 14% up and down by the week.
2.  Đội Nhà máy (maintenance men in factories buy what runs out). Qualified leads = 11% of the week's calls
    (noise 9%); orders = 35% of the leads of four weeks ago (noise 8%); revenue = orders x 44m (noise 5%).
    Every link holds: 10% more calls are 10% more revenue a month later.
3.  Đội Dự án (contractors buy by tender). Qualified leads are invitations to bid: about 3 a rep and week,
    fewer in the rainy months (RAIN), whatever the calls, also in Tết week (noise 14%). Effect of calls:
    none. The first link is missing.
4.  Đội Dự án, from there on: each lead becomes a quote two weeks later, drawn by the technical office;
    orders = leads of four weeks ago x win rate (noise 8%), and the win rate is 32% x (0.35 + 0.65 x quotes
    on time / 86%). Contractors take the quotes that are in before the bid closes. Revenue = orders x 185m
    (noise 6%).
5.  One of the two men who draw leaves on 30 April 2026 and is not replaced. Quotes on time at Đội Dự án go
    from 86% to 62% in May and 44% from June (noise 3 points), so the win rate falls from 32% to 22% and
    revenue by about a third, two weeks later. Đội Nhà máy quotes from a price list: 94% on time throughout.
6.  Meetings and punctual CRM notes move nothing in either team. Both are above target in 2026.
7.  Gross profit is 27% of revenue at Đội Nhà máy, 19% at Đội Dự án (noise 0.6 points).

The episode: in 2026 calls, meetings, quotes and CRM notes are green, revenue falls and misses its plan. The true cause is D2: the scorecards count activity, none counts leads, wins or quotes in time. The
bottleneck is Đội Dự án (its plan rested on calls that move nothing), and within it the quotes of the
technical office.

Blemishes, left in on purpose: B04 left in June 2025 and B09 took the desk over (two codes, one desk, see
reps.csv); the phone system lost the calls of B02 in the first two weeks of 2025-08 (0 stands there, leads
came all the same); in 2026-10 a contractor sent one order back to B06 (a credit note, a negative line). No
VAT.
"""

import math
import random
import sys
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

SEED = 2027
TET = [date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6)]
HOLIDAYS = {(1, 1), (4, 30), (5, 1), (9, 2)}
RAIN = [1.08, 1.08, 1.12, 1.12, 1.02, 0.90, 0.84, 0.84, 0.88, 0.98, 1.06, 1.08]  # invitations to bid, by month
FACTORY, PROJECT = "Đội Nhà máy", "Đội Dự án"
VALUE = {FACTORY: 44_000_000, PROJECT: 185_000_000}  # VND an order
MARGIN = {FACTORY: 0.27, PROJECT: 0.19}
QUOTA_RISE = {FACTORY: 1.16, PROJECT: 1.46}  # calls from March 2026 on
ON_TIME = {"2026-05": 0.62}  # quotes of Đội Dự án; before that 86%, after it 44%
MILLION = 1_000_000

# code: name, team, calls as a part of the usual, leads as a part of the usual, first and last month at the desk
REPS = {
    "B01": ("Nguyễn Thị Thảo", FACTORY, 1.05, 1.04, "2025-01", ""),
    "B02": ("Lý Minh Khang", FACTORY, 0.97, 1.02, "2025-01", ""),
    "B03": ("Trương Mỹ Lệ", FACTORY, 1.02, 0.97, "2025-01", ""),
    "B04": ("Đinh Công Hậu", FACTORY, 0.96, 0.97, "2025-01", "2025-06"),
    "B09": ("Võ Thanh Nhã", FACTORY, 0.96, 0.97, "2025-07", ""),
    "B05": ("Phan Hữu Lộc", PROJECT, 0.92, 1.12, "2025-01", ""),
    "B06": ("Huỳnh Ngọc Trâm", PROJECT, 0.94, 1.08, "2025-01", ""),
    "B07": ("Tạ Quang Dũng", PROJECT, 1.26, 0.86, "2025-01", ""),
    "B08": ("Cao Thị Bích", PROJECT, 0.88, 0.94, "2025-01", ""),
}
LEADERS = {FACTORY: "Ngô Thị Hạnh", PROJECT: "Lâm Văn Phúc"}
# the plans of 2025, 2026, 2027: revenue in million VND, calls of 2025, meetings and quotes
PLANNED_REVENUE = {FACTORY: (34_500, 37_500, 42_000), PROJECT: (34_500, 38_500, 36_000)}
PLANNED_CALLS = {FACTORY: (20_000, 22_500, 23_500), PROJECT: (20_000, 24_000, 14_000)}
PLANNED_MEETINGS = {FACTORY: (900, 960, 960), PROJECT: (1_150, 1_300, 1_100)}
Row = dict[str, object]


def months(first: str, last: str) -> Iterator[str]:
    while first <= last:
        yield first
        year, number = map(int, first.split("-"))
        first = f"{year + number // 12}-{number % 12 + 1:02}"


PAST = list(months("2025-01", "2026-12"))
WEEKS = [(month, week) for month in months("2024-11", "2026-12") for week in (1, 2, 3, 4)]


def dice(*name: str) -> random.Random:
    """Each series has its own seeded dice: one table can change without the others."""
    return random.Random(":".join([str(SEED), *name]))


def round_to(value: float, step: int = 1) -> int:
    return math.floor(value / step + 0.5) * step


@cache
def open_days(month: str, week: int | None = None) -> int:
    """Days on which the office phones, in a week of a month or in all of it."""
    if week is None:
        return sum(open_days(month, n) for n in (1, 2, 3, 4))
    year, number = map(int, month.split("-"))
    last = monthrange(year, number)[1] if week == 4 else week * 7
    days = [date(year, number, day) for day in range(week * 7 - 6, last + 1)]
    closed = {d for d in days for tet in TET if -3 <= (d - tet).days <= 5}
    return sum(d.weekday() < 5 and d not in closed and (d.month, d.day) not in HOLIDAYS for d in days)


def on_time(month: str) -> float:
    """The part of Đội Dự án's quotes that is in before the bid closes (truth 5)."""
    return ON_TIME.get(month, 0.86 if month < "2026-05" else 0.44)


class Rep:
    """One desk, week by week, from November 2024 on."""

    def __init__(self, desk: int, codes: tuple[str, ...]) -> None:
        _, self.team, self.busy, self.lucky, *_ = REPS[codes[0]]
        self.codes, self.weeks = codes, []
        roll = dice("rep", str(desk))
        for number, (month, week) in enumerate(WEEKS):
            past: list[dict[str, int]] = self.weeks
            before, earlier = (past[number - n] if number >= n else {} for n in (2, 4))
            row = {"calls": self._calls(month, week, number + 5 * (self.team == PROJECT), roll)}
            row["meetings"] = self._meetings(month, week, roll)
            row["qualified_leads"] = self._leads(row["calls"], month, roll)
            row |= self._quotes(row["qualified_leads"], before, month, roll)
            row |= self._orders(earlier.get("qualified_leads", 0), before, roll)
            row["crm_notes"] = row["qualified_leads"] + row["meetings"] + row["quotes"]
            row["crm_on_time"] = round(row["crm_notes"] * min(1.0, 0.962 + roll.gauss(0, 0.015)))
            past.append(row)

    def _calls(self, month: str, week: int, number: int, roll: random.Random) -> int:
        usual = 20 * open_days(month, week) * self.busy
        usual *= QUOTA_RISE[self.team] if month >= "2026-03" else 1.02
        return round(usual * (1 + 0.14 * math.sin(number * 1.9)) * (1 + roll.gauss(0, 0.05)))

    def _meetings(self, month: str, week: int, roll: random.Random) -> int:
        usual = {FACTORY: 4.9, PROJECT: 6.2}[self.team] * (1.09 if month >= "2026-01" else 1)
        return max(0, round(usual * open_days(month, week) / 5.1 + roll.gauss(0, 0.7)))

    def _leads(self, calls: int, month: str, roll: random.Random) -> int:
        usual = 0.11 * calls if self.team == FACTORY else 3.0 * RAIN[int(month[5:]) - 1]
        noise = roll.gauss(0, 0.09 if self.team == FACTORY else 0.14)
        return max(0, math.floor(usual * self.lucky * (1 + noise) + roll.random()))

    def _quotes(self, leads: int, before: dict[str, int], month: str, roll: random.Random) -> dict[str, int]:
        quotes = leads if self.team == FACTORY else before.get("qualified_leads", 0)
        part = 0.94 + roll.gauss(0, 0.02) if self.team == FACTORY else on_time(month) + roll.gauss(0, 0.03)
        in_time = min(quotes, math.floor(quotes * part + roll.random()))
        return {"quotes": quotes, "quotes_on_time": in_time, "punctual": round(100 * part)}

    def _orders(self, leads: int, quoted: dict[str, int], roll: random.Random) -> dict[str, int]:
        rate = 0.35
        if self.team == PROJECT:
            rate = 0.32 * (0.35 + 0.65 * quoted.get("punctual", 86) / 86)
        orders = max(0, math.floor(leads * rate * (1 + roll.gauss(0, 0.08)) + roll.random()))
        revenue = orders * VALUE[self.team] * (1 + roll.gauss(0, 0.05 if self.team == FACTORY else 0.06))
        profit = revenue * (MARGIN[self.team] + roll.gauss(0, 0.006))
        return {"orders": orders, "revenue": round_to(revenue, 10_000), "gross_profit": round_to(profit, 1_000)}

    def code(self, month: str) -> str:
        return next(c for c in self.codes if REPS[c][4] <= month <= (REPS[c][5] or "9999"))


DESKS = [("B01",), ("B02",), ("B03",), ("B04", "B09"), ("B05",), ("B06",), ("B07",), ("B08",)]
SEATS = [Rep(number, codes) for number, codes in enumerate(DESKS)]


def each() -> Iterator[tuple[Rep, str, int, Row, dict[str, int]]]:
    for number, (month, week) in enumerate(WEEKS):
        for seat in SEATS if month in PAST else ():
            code = seat.code(month)
            row: Row = {"month": month, "week": week, "team": seat.team, "rep_code": code, "rep": REPS[code][0]}
            yield seat, month, week, row, seat.weeks[number]


def calls() -> Iterator[Row]:
    for _, month, week, row, made in each():
        row |= {"doc": "week"} | {k: made[k] for k in ("calls", "qualified_leads", "orders", "revenue")}
        if (row["rep_code"], month) == ("B02", "2025-08") and week < 3:
            row["calls"] = 0
        yield row | {"gross_profit": made["gross_profit"]}
        if (row["rep_code"], month, week) == ("B06", "2026-10", 3):
            returned = {"calls": 0, "qualified_leads": 0, "orders": -1, "revenue": -172_500_000}
            yield row | {"doc": "credit_note"} | returned | {"gross_profit": -32_800_000}


def quotes() -> Iterator[Row]:
    for *_, row, made in each():
        columns = ("meetings", "quotes", "quotes_on_time", "crm_notes", "crm_on_time")
        yield row | {column: made[column] for column in columns}


def reps() -> Iterator[Row]:
    for code, (name, team, _, _, first, last) in REPS.items():
        row: Row = {"rep_code": code, "rep": name, "team": team, "leader": LEADERS[team]}
        yield row | {"first_month": first, "last_month": last, "desk_taken_over_from": "B04" if code == "B09" else ""}


def month_before(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year}-{number - 1:02}" if number > 1 else f"{year - 1}-12"


def phased(total: int, month: str, by: str, step: int = 1) -> int:
    """A year's total over its months; December takes what rounding left.

    By open days; orders of Đội Nhà máy by those of the month before, of Đội Dự án by its invitations then.
    """

    def part(m: str) -> float:
        before = month_before(m)
        return {"days": open_days(m), FACTORY: open_days(before), PROJECT: RAIN[int(before[5:]) - 1]}[by]

    year = list(months(f"{month[:4]}-01", f"{month[:4]}-12"))
    parts = [round_to(total * part(m) / sum(map(part, year)), step) for m in year]
    parts[-1] = total - sum(parts[:-1])
    return parts[int(month[5:]) - 1]


def plan() -> Iterator[Row]:
    for month in months("2025-01", "2027-12"):
        number = int(month[:4]) - 2025
        for team in (FACTORY, PROJECT):
            revenue = phased(PLANNED_REVENUE[team][number], month, team, 10) * MILLION
            orders = round(revenue / VALUE[team])
            leads = round(orders / (0.35 if team == FACTORY else 0.32))
            row: Row = {"month": month, "team": team}
            row |= {"calls": phased(PLANNED_CALLS[team][number], month, "days", 10)}
            row |= {"meetings": phased(PLANNED_MEETINGS[team][number], month, "days")}
            row |= {"qualified_leads": leads, "quotes": round(leads * (0.85 if number == 1 else 1))}
            punctual = {FACTORY: 0.94, PROJECT: (0.86, 0.86, 0.88)[number]}[team]
            row |= {"quotes_on_time": round(int(str(row["quotes"])) * punctual), "orders": orders}
            yield row | {"revenue": revenue, "gross_profit": round_to(revenue * MARGIN[team], 100_000)}


def main(folder: Path) -> None:
    """Writes every table as UTF-8 CSV with Unix line ends into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in (reps, calls, quotes, plan):
        rows = list(table())
        lines = [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
        text = "".join(",".join(line) + "\n" for line in lines)
        (folder / f"{table.__name__}.csv").write_bytes(text.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tables")
