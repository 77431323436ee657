"""The truth behind the tables of Phân phối Hương Việt, and the script that makes them.

    python cases/distributor/make.py [OUT]      # writes OUT/*.csv, or tables/*.csv beside this file

Standard library only and one fixed seed: every run gives the same bytes.

What truly moves what (nothing else does; noise is stated as a standard deviation):

1.  Season. A year's level is spread over its months by days in the month, a mild index of the month
    (CALENDAR) and Tết: sell-in rises in the weeks before it, stops around it, recovers slowly (TET_CURVE).
    Tết falls on 29 Jan 2025, 17 Feb 2026, 6 Feb 2027: compare January and February with a year earlier only
    together.
2.  MT revenue of a chain in a month = core + lift. core = its part of the year's level x (SKUs listed /
    agreed) ** 0.6 x (shelf availability / 93%) ** 0.8, same month, noise 1.2%. lift = trade spend x return /
    gross margin, same month.
3.  A joint business plan (JBP) decides the return of trade money at a chain: 1.6 VND of extra gross profit
    for each VND while it is in force, 0.5 without (noise 5%). GT: 1.1. The money is spent as planned (2%
    over) either way.
4.  Lam Sơn's JBP (MT01) lapses on 31 March 2026, Gian Bếp's (MT03) on 30 June 2026. From the next month the
    chain cuts its list in two steps: MT01 36 -> 24 -> 16 SKUs, MT03 26 -> 19 -> 15. Nothing else bad happens
    in 2026. So MT's miss begins in April 2026, Lam Sơn is the bottleneck, the other chains stay within a few
    percent of plan.
5.  Deliveries on time in full move shelf availability one month later: 1 point of OTIF moves it by 0.5 point
    (noise 0.7 point). A chain without a JBP gives worse shelf places: 3 points less.
6.  Activity moves nothing at MT. Visits and programmes answer the miss: from May 2026 the team visits all
    chains 25% more and, from the second month without a JBP, that chain 45% more; it cuts the same trade
    money into 2.4 times as many programmes there (1.5 times at the others). Effect of both counts on revenue:
    none.
7.  GT revenue grows 5% in 2026, a little less than planned, evenly over the year (noise 1.5%). New outlets
    are opened as planned but a new one seldom orders again: the share of active outlets slides from 72% to
    65%. Effect of visits and new outlets on GT revenue: none.
8.  Cash. MT pays after about 45 days, GT after about 14. A chain without a JBP disputes display fees: over
    four months its overdue part rises from 5% to 22% of its balance and it pays up to 8 days later. Goods are
    paid a month after they are sold, the thirteenth salary before Tết.
9.  Calls (calls.csv; these orders are part of GT). Team 1: qualified leads = 8.5% of the month's calls (noise
    4%); orders = 42% of last month's leads (noise 4%); revenue = orders x 5.2m (noise 3%). Every link holds.
    Team 2: leads about 205 a month whatever the calls (noise 5%); from there on as team 1 with 40% and 5.1m.
    In both, calls swing 14% up and down; in 2026 team 1 rises to 22% more, team 2 to 50% more, which changes
    nothing there: the first link is missing.

Blemishes, left in on purpose: MT05 changed its name in October 2025 (the code stays); the outlet survey and
visits of MT04 for 2025-08 are missing (lost with a phone system); MT02 returned an order in 2025-11 (a credit
note, a negative line; set off against display fees, so receivables and cash do not show it). VAT is left out
everywhere.
"""

import math
import random
import sys
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

SEED = 2027
TET = [date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26)]
TET_CURVE = {  # from day, to day (counted from Tết), change of daily sell-in
    "MT": [(-45, -5, 0.55), (-4, 6, -0.70), (7, 20, -0.30)],
    "GT": [(-40, -7, 0.40), (-6, 9, -0.65), (10, 20, -0.15)],
}
CALENDAR = [1.00, 0.99, 0.96, 0.98, 1.02, 1.05, 1.04, 1.01, 1.02, 0.98, 0.98, 1.01]
MARGIN = {"MT": 0.18, "GT": 0.13}
SPEND_RATE = {"MT": 0.04, "GT": 0.012}
RETURN = {"JBP": 1.6, "standard": 0.5, "GT": 1.1}
AIM = {"MT": 1.5, "GT": 1.1}  # the return the plan counts on
PAYS_AFTER = {"MT": 45, "GT": 14}  # days
LOGISTICS = 0.03  # of revenue
BILLION = 1_000_000_000

# code: name, channel, area, who looks after it, months the JBP holds (last one), order value in million VND
ACCOUNTS = {
    "MT01": ("Siêu thị Lam Sơn", "MT", "Hà Nội", "Trịnh Thu Hà", "2026-03", 64),
    "MT02": ("Đại siêu thị Thiên Phát", "MT", "Hà Nội", "Trịnh Thu Hà", "2026-12", 82),
    "MT03": ("Chuỗi Gian Bếp", "MT", "Hải Phòng", "Lê Quốc Bảo", "2026-06", 46),
    "MT04": ("Góc Phố 24", "MT", "Hà Nội", "Lê Quốc Bảo", "2026-12", 21),
    "MT05": ("Tân Lộc Fresh", "MT", "Ninh Bình", "Lê Quốc Bảo", "2026-12", 33),
    "GT01": ("GT Hà Nội", "GT", "Hà Nội", "Vũ Đình Khoa", "", 2.6),
    "GT02": ("GT Hải Phòng", "GT", "Hải Phòng", "Đỗ Thị Ngân", "", 2.4),
    "GT03": ("GT Ninh Bình", "GT", "Ninh Bình", "Phạm Văn Tới", "", 2.1),
    "GT04": ("GT Thái Nguyên", "GT", "Thái Nguyên", "Hoàng Mạnh Cường", "", 2.0),
}
RENAMED = {"MT05": ("Siêu thị Tân Lộc", "2025-10")}  # the old name, the first month of the new one
# billion VND a year: the plans of 2025, 2026, 2027; what truly comes in 2024, 2025, 2026 if the JBPs hold
LEVELS = {
    "MT01": ((78, 112, 104), (74, 80.3, 113.6)),
    "MT02": ((35, 46, 55), (33, 36.0, 45.6)),
    "MT03": ((30, 44, 48), (28, 30.7, 44.5)),
    "MT04": ((20, 28, 36), (18, 20.1, 27.9)),
    "MT05": ((13, 20, 27), (11, 13.0, 19.9)),
    "GT01": ((106, 112, 120), (99, 104, 109.0)),
    "GT02": ((77, 82, 88), (72, 76, 80.0)),
    "GT03": ((59, 63, 67), (55, 58, 61.3)),
    "GT04": ((47, 51, 55), (45, 47, 49.4)),
}
SKUS = {"MT01": 36, "MT02": 34, "MT03": 26, "MT04": 18, "MT05": 22}
DELISTED = {"MT01": [24, 16], "MT03": [19, 15]}  # after the JBP lapses, month by month, then as the last
VISITS = dict(zip(ACCOUNTS, (110, 70, 60, 50, 30, 1550, 1180, 900, 780), strict=True))  # a month in 2025
PROGRAMMES = dict(zip(ACCOUNTS, (3, 3, 2, 2, 1, 2, 2, 1, 1), strict=True))  # a month
NEW_OUTLETS = {"GT01": 14, "GT02": 11, "GT03": 8, "GT04": 7}
OUTLETS = {"GT01": 3900, "GT02": 2850, "GT03": 2200, "GT04": 1800}
Row = dict[str, object]


def months(first: str, last: str) -> Iterator[str]:
    while first <= last:
        yield first
        first = back(first, -1)


def back(month: str, steps: int = 1) -> str:
    year, number = map(int, month.split("-"))
    year, number = divmod(year * 12 + number - 1 - steps, 12)
    return f"{year}-{number + 1:02}"


def dice(*name: str) -> random.Random:
    """Each series has its own seeded dice: one table can change without the others."""
    return random.Random(":".join([str(SEED), *name]))


@cache
def season(month: str, channel: str) -> float:
    """Relative sell-in of a month, before the year is made to add up."""
    year, number = map(int, month.split("-"))
    total = 0.0
    for day in range(1, monthrange(year, number)[1] + 1):
        away = [(date(year, number, day) - tet).days for tet in TET]
        total += 1 + sum(c for start, end, c in TET_CURVE[channel] if any(start <= a <= end for a in away))
    return total * CALENDAR[number - 1]


@cache
def share_of_year(month: str, channel: str) -> float:
    whole = months(f"{month[:4]}-01", f"{month[:4]}-12")
    return season(month, channel) / sum(season(m, channel) for m in whole)


def round_to(value: float, step: int = 1_000) -> int:
    return math.floor(value / step + 0.5) * step


def months_without_jbp(code: str, month: str) -> int:
    """0 while the JBP is in force, 1 in the first month without, and so on."""
    until = ACCOUNTS[code][4]
    return len(list(months(back(until, -1), month))) if until and month > until else 0


def owed(now: float, before: float, days: int) -> float:
    """What is unpaid at month's end when customers pay so many days after delivery (at most 60)."""
    return now * min(days, 30) / 30 + before * max(days - 30, 0) / 30


class Account:
    """One chain or GT region, month by month, from November 2024 on."""

    def __init__(self, code: str) -> None:
        self.code, self.channel = code, ACCOUNTS[code][1]
        self.past = list(months("2024-11", "2026-12"))
        roll = dice(code, "flow")
        usual = 0.925 if self.channel == "MT" else 0.955
        self.otif = {m: min(0.99, usual + roll.gauss(0, 0.012)) for m in self.past}
        self.shelf = {m: self._shelf(m, roll) for m in self.past}
        empty: list[dict[str, int]] = [{}, {}, {}, {}]
        self.spend, self.gain, self.revenue, self.margin = empty
        for month in self.past:
            self._trade_and_sell(month, roll)

    def terms(self, month: str) -> str:
        if self.channel == "GT":
            return "GT"
        return "standard" if months_without_jbp(self.code, month) else "JBP"

    def skus(self, month: str) -> int:
        gone = months_without_jbp(self.code, month)
        return DELISTED[self.code][min(gone, 2) - 1] if gone else SKUS[self.code]

    def _shelf(self, month: str, roll: random.Random) -> float:
        usual = 0.90 if months_without_jbp(self.code, month) else 0.93
        return usual + 0.5 * (self.otif.get(back(month), 0.925) - 0.925) + roll.gauss(0, 0.007)

    def _trade_and_sell(self, month: str, roll: random.Random) -> None:
        level = LEVELS[self.code][1][int(month[:4]) - 2024] * BILLION * share_of_year(month, self.channel)
        rate, margin, terms = SPEND_RATE[self.channel], MARGIN[self.channel], self.terms(month)
        spend = level * rate * (1 + roll.gauss(0.02, 0.03))
        gain = spend * RETURN[terms] * (1 + roll.gauss(0, 0.05))
        usual_lift = rate * RETURN["JBP" if self.channel == "MT" else "GT"] / margin
        core = level * (1 - usual_lift) * (1 + roll.gauss(0, 0.012 if self.channel == "MT" else 0.015))
        if self.channel == "MT":
            core *= (self.skus(month) / SKUS[self.code]) ** 0.6 * (self.shelf[month] / 0.93) ** 0.8
        self.spend[month], self.gain[month] = round_to(spend), round_to(gain)
        self.revenue[month] = round_to(core + gain / margin)
        self.margin[month] = round_to(self.revenue[month] * (margin + roll.gauss(0, 0.002)))

    def balance(self, month: str) -> int:
        """What customers owe at the end of the month."""
        before = self.revenue.get(back(month), self.revenue[month])
        days = PAYS_AFTER[self.channel] + min(2 * months_without_jbp(self.code, month), 8)
        return round_to(owed(self.revenue[month], before, days))

    def overdue(self, month: str) -> int:
        usual = {"MT": 0.05, "GT": 0.035}[self.channel]
        part = usual + (0.22 - usual) * min(months_without_jbp(self.code, month), 4) / 4
        return round_to(self.balance(month) * part * (1 + dice(self.code, month, "overdue").gauss(0, 0.06)))

    def collected(self, month: str) -> int:
        return self.balance(back(month)) + self.revenue[month] - self.balance(month)


ACTUAL = {code: Account(code) for code in ACCOUNTS}
PAST = list(months("2025-01", "2026-12"))
PLANNED = [*PAST, *months("2027-01", "2027-12")]


def each(span: Iterable[str], codes: Iterable[str]) -> Iterator[tuple[str, str, Row]]:
    for month in span:
        for code in codes:
            name, channel, *_ = ACCOUNTS[code]
            old, since = RENAMED.get(code, ("", ""))
            key: Row = {"month": month, "channel": channel, "account_code": code}
            yield month, code, key | {"account": old if month < since else name}


def orders_of(code: str, month: str, revenue: int) -> int:
    value = ACCOUNTS[code][5] * 1_000_000
    if code in SKUS:  # fewer SKUs, smaller orders
        value *= (ACTUAL[code].skus(month) / SKUS[code]) ** 0.4
    return round(revenue / value * (1 + dice(code, month, "orders").gauss(0, 0.02)))


def sales() -> Iterator[Row]:
    for month, code, row in each(PAST, ACCOUNTS):
        revenue, profit = ACTUAL[code].revenue[month], ACTUAL[code].margin[month]
        row |= {"doc": "invoice", "terms": ACTUAL[code].terms(month)}
        yield row | {"orders": orders_of(code, month, revenue), "revenue": revenue, "gross_profit": profit}
        if (code, month) == ("MT02", "2025-11"):
            returned = {"orders": -1, "revenue": -84_500_000, "gross_profit": -15_210_000}
            yield row | {"doc": "credit_note"} | returned


def stir(code: str, month: str) -> tuple[float, float]:
    """How much more visiting and how many times the programmes a miss at the chains brings (truth 6)."""
    if ACCOUNTS[code][1] == "GT":
        return 1.03, 1.0
    alone = months_without_jbp(code, month) > 1
    return (1.45, 2.4) if alone else (1.25, 1.5) if month >= "2026-05" else (1.02, 1.0)


def trade() -> Iterator[Row]:
    for month, code, row in each(PAST, ACCOUNTS):
        run = PROGRAMMES[code] * stir(code, month)[1] + dice(code, month, "programmes").gauss(0, 0.4)
        row |= {"programmes": max(1, round(run)), "trade_spend": ACTUAL[code].spend[month]}
        yield row | {"incremental_gross_profit": ACTUAL[code].gain[month]}


def field() -> Iterator[Row]:
    for month, code, row in each(PAST, ACCOUNTS):
        roll = dice(code, month, "field")
        usual = VISITS[code] * 1.08 ** (int(month[:4]) - 2025)
        visits = round(usual * stir(code, month)[0] * (1 + roll.gauss(0, 0.02)))
        on_time = round(visits * min(1.0, 0.965 + roll.gauss(0, 0.01)))
        opened = round(NEW_OUTLETS[code] * 1.06 + roll.gauss(0, 1.2)) if code in NEW_OUTLETS else 0
        if (code, month) != ("MT04", "2025-08"):
            yield row | {"visits": visits, "reports_on_time": on_time, "new_outlets": opened}


def outlets() -> Iterator[Row]:
    """GT only: outlets on the books, and those that ordered in the month."""
    books = dict(OUTLETS)
    opened = {(r["account_code"], r["month"]): r["new_outlets"] for r in field()}
    for number, month in enumerate(PAST):
        for _, code, row in each([month], NEW_OUTLETS):
            books[code] += int(str(opened[code, month]))
            active = 0.72 - 0.07 * number / (len(PAST) - 1) + dice(code, month, "active").gauss(0, 0.006)
            yield row | {"outlets": books[code], "outlets_active": round(books[code] * active)}


def listing() -> Iterator[Row]:
    for month, code, row in each(PAST, SKUS):
        it, agreed, checks = ACTUAL[code], SKUS[code], SKUS[code] * 40
        row |= {"jbp": int(it.terms(month) == "JBP"), "skus_agreed": agreed, "skus_listed": it.skus(month)}
        if (code, month) != ("MT04", "2025-08"):
            yield row | {"shelf_checks": checks, "shelf_available": round(checks * it.shelf[month])}


def deliveries() -> Iterator[Row]:
    for month, code, row in each(PAST, ACCOUNTS):
        number = orders_of(code, month, ACTUAL[code].revenue[month])
        yield row | {"deliveries": number, "on_time_in_full": round(number * ACTUAL[code].otif[month])}


def receivables() -> Iterator[Row]:
    for month, code, row in each(PAST, ACCOUNTS):
        of = ACTUAL[code]
        row |= {"balance": of.balance(month), "overdue": of.overdue(month)}
        yield row | {"collected": of.collected(month)}


def payroll(month: str) -> int:
    before_tet = {f"{t:%Y-%m}" if t.day > 14 else back(f"{t:%Y-%m}") for t in TET}
    return (1_960 + 90 * (int(month[:4]) - 2025)) * 1_000_000 * (2 if month in before_tet else 1)


def cash() -> Iterator[Row]:
    closing = 21_500_000_000
    for month in PAST:
        every, before = ACTUAL.values(), back(month)
        row: Row = {"month": month, "receipts": sum(a.collected(month) for a in every)}
        out = {
            "goods": sum(a.revenue[before] - a.margin[before] for a in every),
            "payroll": payroll(month),
            "logistics": round_to(LOGISTICS * sum(a.revenue[month] for a in every)),
            "trade": sum(a.spend[month] for a in every),
            "other": round_to(900_000_000 * (1 + dice(month, "other").gauss(0, 0.05))),
        }
        net = int(str(row["receipts"])) - sum(out.values())
        closing += net
        yield row | out | {"net_cash": net, "closing_cash": closing}


@cache
def planned(code: str, month: str) -> int:
    """The plan in whole millions; December takes what rounding left, so that a year adds up to its level."""
    year = month[:4]
    level = LEVELS[code][0][int(year) - 2025] * BILLION
    if month.endswith("-12"):
        return level - sum(planned(code, m) for m in months(f"{year}-01", f"{year}-11"))
    return round_to(level * share_of_year(month, ACCOUNTS[code][1]), 1_000_000)


def plan() -> Iterator[Row]:
    for month, code, row in each(PLANNED, ACCOUNTS):
        channel, year = ACCOUNTS[code][1], int(month[:4])
        revenue, spend = planned(code, month), planned_spend(code, month)
        row |= {"revenue": revenue, "gross_profit": round_to(revenue * MARGIN[channel], 100_000)}
        row |= {"orders": round(revenue / (ACCOUNTS[code][5] * 1_000_000)), "trade_spend": spend}
        row |= {"incremental_gross_profit": round_to(spend * AIM[channel], 100_000)}
        fewer, opened = int(year == 2027 and channel == "MT"), NEW_OUTLETS.get(code, 0)
        row |= {"programmes": max(1, PROGRAMMES[code] - fewer)}
        row |= {"visits": round(VISITS[code] * 1.08 ** (year - 2025))}
        yield row | {"new_outlets": opened // 2 if year == 2027 else opened}


def planned_spend(code: str, month: str) -> int:
    channel = ACCOUNTS[code][1]
    rate = 12 / 270 if (channel, month[:4]) == ("MT", "2027") else SPEND_RATE[channel]
    return round_to(planned(code, month) * rate, 100_000)


def cash_plan() -> Iterator[Row]:
    """Truth 8 applied to the plan, with no disputed fees; what was sold before the year is known."""
    for month in PLANNED:
        seen = [back(month, n) for n in range(3)]
        net = -payroll(month) - 900_000_000.0
        for code, (_, channel, *_) in ACCOUNTS.items():
            real = ACTUAL[code].revenue
            now, before, earlier = (planned(code, m) if m[:4] == month[:4] else real[m] for m in seen)
            net += now + owed(before, earlier, PAYS_AFTER[channel]) - owed(now, before, PAYS_AFTER[channel])
            net -= before * (1 - MARGIN[channel]) + LOGISTICS * now + planned_spend(code, month)
        yield {"month": month, "net_cash": round_to(net, 1_000_000)}


def calls() -> Iterator[Row]:
    for team, rise, swing, rate, value in ((1, 0.22, 1.9, 0.42, 5.2), (2, 0.50, 1.3, 0.40, 5.1)):
        roll, last_leads = dice("calls", str(team)), 0
        for number, month in enumerate(["2024-12", *PAST]):
            grown = 1 + rise * min(max(0, number - 12), 9) / 9
            wave = 1 + 0.14 * math.sin(number * swing)
            made = round_to(2_800 * grown * wave * (1 + roll.gauss(0, 0.04)), 10)
            usual, noise = (0.085 * made, 0.04) if team == 1 else (205, 0.05)
            leads = round(usual * (1 + roll.gauss(0, noise)))
            orders = round(rate * last_leads * (1 + roll.gauss(0, 0.04)))
            revenue = round_to(orders * value * 1_000_000 * (1 + roll.gauss(0, 0.03)), 100_000)
            last_leads = leads
            if number:
                row: Row = {"team": f"Đội {team}", "month": month, "calls": made, "qualified_leads": leads}
                yield row | {"orders": orders, "revenue": revenue}


def accounts() -> Iterator[Row]:
    for code, (name, channel, area, keeper, until, _) in ACCOUNTS.items():
        row: Row = {"account_code": code, "account": name}
        row |= {"former_name": RENAMED.get(code, ("", ""))[0]}
        yield row | {"channel": channel, "area": area, "keeper": keeper, "jbp_until": until}


def main(folder: Path) -> None:
    """Writes every table as UTF-8 CSV with Unix line ends into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    there = accounts, sales, deliveries, receivables, outlets, listing, calls
    for table in (*there, trade, field, cash, plan, cash_plan):
        rows = list(table())
        lines = [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
        text = "".join(",".join(line) + "\n" for line in lines)
        (folder / f"{table.__name__}.csv").write_bytes(text.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tables")
