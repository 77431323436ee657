"""The truth behind the tables of Cà phê Hiên Nhà, and the script that makes them.

    python cases/cafe_chain/make.py [OUT]      # writes OUT/*.csv, or tables/*.csv beside this file

Standard library only and one fixed seed: every run gives the same bytes.

What truly moves what (nothing else does; noise is stated as a standard deviation):

1.  Season. A shop's usual footfall = its level x days in the month x the index of its kind (STREET, BEACH,
    CAMPUS) x Tết: by day, streets fall by half from three days before to the second day and are busy on
    days 3 to 10; beaches are busy from day 1 to 9; students are away from 14 days before to 14 after. Tết
    falls on 29 Jan 2025, 17 Feb 2026, 6 Feb 2027. Levels grow 4% in 2026.
2.  The promo share p is the part of tickets sold on a voucher or "buy one, get one". 4% in all shops until
    February 2026; from March the 2026 scorecard (footfall weighs 35) moves it: PROMO, most at Hòa Khánh.
    Footfall = usual x (1 + 0.55 x (p - 4%)), same month (noise 1.2%).
3.  Tickets = 78% of footfall (noise 0.8%). Basket = the shop's usual basket x (1 - 0.42 x (p - 4%)), same
    month (noise 0.8%). Revenue = tickets x basket. So at p = 60% there are 31% more tickets, each worth 24%
    less, and revenue is nearly what it was.
4.  Goods follow cups, not money: goods used = tickets x 16,500 VND (noise 1%), 3% dearer in 2026.
5.  Waste (cakes and milk thrown away, VND) = goods used x (4% + 16% x last month's (p - 4%)), noise 4%: the
    shop bakes for the crowd it saw. Hours rostered follow last month's tickets: 25 per 100 (at least 1,150
    a month), noise 1%. An hour costs 31,000 VND in 2025, 32,500 in 2026; the thirteenth month is paid
    before Tết.
6.  Rent is fixed and paid a quarter ahead (January, April, July, October); Bạch Đằng's rises 12% in July
    2026. Other costs = 11% of revenue and 9m a month (noise 3%). The office and the central bakery (VP)
    cost 130m a month, 2% more in 2026. Customers pay at once, goods are paid in the month: net cash is what
    is left.
7.  Posts, training hours and the 5S mark move nothing: all are above target in 2026, effect on footfall,
    basket, waste and cash none.

The episode: the scorecard of 2026 adds up to over 100 points, while net cash is two thirds of its plan. The
true cause is D4: cash is on the sheet, with weight 10, beside footfall 35, 5S 25, posts 20, training 10.
(Footfall is no mere activity, and nothing in the market changed.) The bottleneck is Hòa Khánh: more than
half of the cash that is missing, and the shop with the best footfall of all. The AOP of 2026 asked for cash
first.

Blemishes, left in on purpose: Q03 was called Hiên Nhà Sông Hàn before October 2025 (the code stays); the
door counter of Q06 was broken in 2025-05 (no footfall line, tickets are there); in 2026-08 Q02 took back a
catering order (a refund, a negative line). No VAT.
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
TET_DAYS = {  # from day, to day (counted from Tết), change of daily footfall
    "street": [(-3, 2, -0.50), (3, 10, 0.25)],
    "beach": [(-3, 0, -0.40), (1, 9, 0.45)],
    "campus": [(-14, 14, -0.75)],
}
INDEX = {
    "street": [1.00, 0.98, 1.00, 1.00, 1.00, 1.02, 1.02, 1.01, 0.98, 0.95, 0.98, 1.04],
    "beach": [0.88, 0.90, 0.95, 1.05, 1.15, 1.26, 1.28, 1.18, 0.92, 0.78, 0.80, 0.86],
    "campus": [1.04, 1.04, 1.08, 1.08, 1.06, 0.94, 0.72, 0.80, 1.08, 1.08, 1.06, 1.02],
}
USUAL_PROMO = 0.04
PROMO = {"Q01": 0.12, "Q02": 0.14, "Q03": 0.10, "Q04": 0.16, "Q05": 0.62, "Q06": 0.15}  # from May 2026
OFFICE = 130  # million VND a month
CUP = 16_500  # VND of goods a ticket
MILLION = 1_000_000
HOURS, FEWEST_HOURS = 0.25, 1_150  # a ticket; a month

# code: name, district, kind, head of the shop, footfall a day, basket, rent a month (m), seats
SHOPS = {
    "Q01": ("Hiên Nhà Yên Bái", "Hải Châu", "street", "Đặng Thu Trang", 205, 52_000, 34, 62),
    "Q02": ("Hiên Nhà Lê Đình Dương", "Hải Châu", "street", "Bùi Gia Huy", 190, 49_500, 30, 55),
    "Q03": ("Hiên Nhà Bạch Đằng", "Hải Châu", "street", "Mai Hồng Nhung", 230, 58_000, 52, 70),
    "Q04": ("Hiên Nhà An Thượng", "Ngũ Hành Sơn", "beach", "Hồ Văn Quý", 200, 55_000, 38, 58),
    "Q05": ("Hiên Nhà Hòa Khánh", "Liên Chiểu", "campus", "Trần Anh Kiên", 240, 43_500, 26, 88),
    "Q06": ("Hiên Nhà Sơn Trà", "Sơn Trà", "beach", "Võ Thị Hiền", 180, 51_000, 28, 50),
}
RENAMED = {"Q03": ("Hiên Nhà Sông Hàn", "2025-10")}
GROWTH = {"2024": 0.97, "2025": 1.0, "2026": 1.04}
PLANNED_GROWTH = {"2025": 1.0, "2026": 1.05, "2027": 1.06}  # of footfall; Hòa Khánh gives half back in 2027
POSTS, TRAINING = 11, 30  # planned a shop and month
Row = dict[str, object]


def months(first: str, last: str) -> Iterator[str]:
    while first <= last:
        yield first
        year, number = map(int, first.split("-"))
        first = f"{year + number // 12}-{number % 12 + 1:02}"


PAST = list(months("2025-01", "2026-12"))


def month_before(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year}-{number - 1:02}" if number > 1 else f"{year - 1}-12"


def dice(*name: str) -> random.Random:
    """Each series has its own seeded dice: one table can change without the others."""
    return random.Random(":".join([str(SEED), *name]))


def round_to(value: float, step: int = 1_000) -> int:
    return math.floor(value / step + 0.5) * step


@cache
def season(month: str, kind: str) -> float:
    """Days in the month, as many usual days as they are worth."""
    year, number = map(int, month.split("-"))
    worth = 0.0
    for day in range(1, monthrange(year, number)[1] + 1):
        away = [(date(year, number, day) - tet).days for tet in TET]
        worth += 1 + sum(c for start, end, c in TET_DAYS[kind] if any(start <= a <= end for a in away))
    return worth * INDEX[kind][number - 1]


def promo(code: str, month: str) -> float:
    """The part of tickets on a voucher: the usual, from March 2026 on the way to the shop's own (truth 2)."""
    step = {"2026-03": 0.4, "2026-04": 0.7}.get(month, 1.0 if month >= "2026-05" else 0.0)
    return USUAL_PROMO + step * (PROMO[code] - USUAL_PROMO)


def wage(month: str) -> int:
    return 31_000 if month < "2026" else 32_500


def thirteenth(month: str) -> int:
    """1 in the month in which the thirteenth salary is paid, else 0."""
    return int(month in {f"{t:%Y-%m}" if t.day > 14 else month_before(f"{t:%Y-%m}") for t in TET})


class Shop:
    """One shop, month by month, from December 2024 on."""

    def __init__(self, code: str) -> None:
        self.code, (_, _, self.kind, _, self.level, self.basket, self.rent, _) = code, SHOPS[code]
        self.month: dict[str, dict[str, int]] = {}
        roll = dice(code)
        for month in months("2024-12", "2026-12"):
            self.month[month] = self._sell(month, roll) | self._served(month)
            self.month[month] |= self._use(month, roll)

    def _sell(self, month: str, roll: random.Random) -> dict[str, int]:
        p = promo(self.code, month) - USUAL_PROMO
        usual = self.level * season(month, self.kind) * GROWTH[month[:4]]
        footfall = usual * (1 + 0.55 * p) * (1 + roll.gauss(0, 0.012))
        tickets = round(footfall * 0.78 * (1 + roll.gauss(0, 0.008)))
        raised = 1.02 if month >= "2026" else 1
        revenue = tickets * self.basket * raised * (1 - 0.42 * p) * (1 + roll.gauss(0, 0.008))
        on_promo = round(tickets * (p + USUAL_PROMO) * (1 + roll.gauss(0, 0.03)))
        return {
            "footfall": round(footfall),
            "tickets": tickets,
            "promo_tickets": on_promo,
            "revenue": round_to(revenue),
        }

    def _served(self, month: str) -> dict[str, int]:
        last = self.month.get(month_before(month), {"tickets": 0})["tickets"]
        return {"hours": round(max(FEWEST_HOURS, HOURS * last))}

    def _use(self, month: str, roll: random.Random) -> dict[str, int]:
        now = self.month[month]
        used = now["tickets"] * CUP * (1.03 if month >= "2026" else 1) * (1 + roll.gauss(0, 0.01))
        thrown = used * (0.04 + 0.16 * (promo(self.code, month_before(month)) - USUAL_PROMO))
        waste = thrown * (1 + roll.gauss(0, 0.04))
        hours = round(now["hours"] * (1 + roll.gauss(0, 0.01)))
        payroll = hours * wage(month) * (1 + thirteenth(month))
        other = (now["revenue"] * 0.11 + 9 * MILLION) * (1 + roll.gauss(0, 0.03))
        return {
            "goods_used": round_to(used),
            "waste": round_to(waste),
            "hours": hours,
            "payroll": payroll,
            "other": round_to(other),
            "rent": rent(self.code, month),
        }


def rent(code: str, month: str) -> int:
    """A quarter ahead (truth 6)."""
    monthly = SHOPS[code][6] * MILLION * (1.12 if (code, month >= "2026-07") == ("Q03", True) else 1)
    return round_to(monthly * 3) if month[5:] in ("01", "04", "07", "10") else 0


ACTUAL = {code: Shop(code) for code in SHOPS}


def named(code: str, month: str) -> Row:
    old, since = RENAMED.get(code, ("", ""))
    name = "Văn phòng và bếp trung tâm" if code == "VP" else SHOPS[code][0]
    return {"month": month, "shop_code": code, "shop": old if month < since else name}


def each(span: list[str]) -> Iterator[tuple[str, str, Row]]:
    for month in span:
        for code in SHOPS:
            yield month, code, named(code, month)


def sales() -> Iterator[Row]:
    for month, code, row in each(PAST):
        it = ACTUAL[code].month[month]
        yield row | {"doc": "till"} | {k: it[k] for k in ("tickets", "promo_tickets", "revenue")}
        if (code, month) == ("Q02", "2026-08"):
            yield row | {"doc": "refund", "tickets": -1, "promo_tickets": 0, "revenue": -6_480_000}


def doors() -> Iterator[Row]:
    for month, code, row in each(PAST):
        if (code, month) != ("Q06", "2025-05"):
            yield row | {"footfall": ACTUAL[code].month[month]["footfall"]}


def stock() -> Iterator[Row]:
    for month, code, row in each(PAST):
        it = ACTUAL[code].month[month]
        yield row | {"goods_used": it["goods_used"], "waste": it["waste"]}


def staff() -> Iterator[Row]:
    """Hours and pay, and what the scorecard counts beside: posts, training, the 5S mark (truth 7)."""
    for month, code, row in each(PAST):
        roll, it = dice(code, month, "staff"), ACTUAL[code].month[month]
        rise = 1.22 if month >= "2026" else 1.02
        row |= {"hours": it["hours"], "payroll": it["payroll"]}
        row |= {
            "training_hours": round(TRAINING * 1.1 + roll.gauss(0, 2)),
            "posts": max(4, round(POSTS * rise + roll.gauss(0, 1.5))),
        }
        yield row | {"checks": 25, "checks_passed": min(25, round(24.1 + roll.gauss(0, 0.6)))}


OUT = ("goods", "payroll", "rent", "other")


def cash() -> Iterator[Row]:
    for month in PAST:
        for code in [*SHOPS, "VP"]:
            row: Row = named(code, month)
            if code == "VP":
                office = OFFICE * MILLION * (1.02 if month >= "2026" else 1) * (1 + 0.6 * thirteenth(month))
                paid = {"goods": 0, "payroll": 0, "rent": 0, "other": round_to(office)}
                taken = 0
            else:
                it = ACTUAL[code].month[month]
                paid = {"goods": it["goods_used"] + it["waste"]} | {k: it[k] for k in OUT[1:]}
                taken = it["revenue"] - (6_480_000 if (code, month) == ("Q02", "2026-08") else 0)
            yield row | {"receipts": taken} | paid | {"net_cash": taken - sum(paid.values())}


def planned(code: str, month: str) -> dict[str, int]:
    """The plan: the truth with the usual promo share, a little faith in footfall, in round figures."""
    _, _, kind, _, level, basket, _, _ = SHOPS[code]
    year = month[:4]
    growth = PLANNED_GROWTH[year] * (1.06 if (code, year) == ("Q05", "2027") else 1)
    footfall = round_to(level * season(month, kind) * growth, 10)
    tickets = round_to(footfall * 0.78, 10)
    revenue = round_to(tickets * basket * {"2025": 1, "2026": 1.02, "2027": 1.03}[year], 100_000)
    used = round_to(tickets * CUP * {"2025": 1, "2026": 1.03, "2027": 1.05}[year], 100_000)
    hours = max(FEWEST_HOURS, round(HOURS * tickets))
    payroll = hours * {"2025": 31_000, "2026": 32_500, "2027": 33_500}[year] * (1 + thirteenth(month))
    out = round_to(used * 1.04 + payroll + revenue * 0.11 + 9 * MILLION, 100_000) + rent(code, month)
    return {
        "footfall": footfall,
        "tickets": tickets,
        "promo_tickets": round(tickets * USUAL_PROMO),
        "revenue": revenue,
        "goods_used": used,
        "waste": round_to(used * 0.04, 100_000),
        "hours": hours,
        "payroll": round_to(payroll, 100_000),
        "posts": POSTS,
        "training_hours": TRAINING,
        "receipts": revenue,
        "rent": rent(code, month),
        "net_cash": revenue - out,
    }


def plan() -> Iterator[Row]:
    for month in months("2025-01", "2027-12"):
        for code in SHOPS:
            yield named(code, month) | planned(code, month)
        office = round_to(OFFICE * MILLION * (1 if month < "2026" else 1.02) * (1 + 0.6 * thirteenth(month)), 100_000)
        nothing: Row = dict.fromkeys(planned("Q01", month), 0)
        yield named("VP", month) | nothing | {"net_cash": -office}


def shops() -> Iterator[Row]:
    for code, (name, district, kind, head, _, _, rent_monthly, seats) in SHOPS.items():
        row: Row = {"shop_code": code, "shop": name, "former_name": RENAMED.get(code, ("", ""))[0]}
        row |= {"district": district, "kind": kind, "head": head, "seats": seats}
        yield row | {"rent_monthly": rent_monthly * MILLION}
    row = {"shop_code": "VP", "shop": "Văn phòng và bếp trung tâm", "former_name": "", "district": "Hải Châu"}
    yield row | {"kind": "office", "head": "Lê Thị Hoài An", "seats": 0, "rent_monthly": 0}


def main(folder: Path) -> None:
    """Writes every table as UTF-8 CSV with Unix line ends into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in (shops, sales, doors, stock, staff, cash, plan):
        rows = list(table())
        lines = [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
        text = "".join(",".join(line) + "\n" for line in lines)
        (folder / f"{table.__name__}.csv").write_bytes(text.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tables")
