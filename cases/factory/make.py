"""The truth behind the tables of Nhựa Đông Kiều, and the script that makes them.

    python cases/factory/make.py [OUT]      # writes OUT/*.csv, or tables/*.csv beside this file

Standard library only and one fixed seed: every run gives the same bytes.

Three presses, one paint line, one assembly line; every piece passes through paint. What truly moves what
(nothing else does; noise is stated as a standard deviation):

1.  Demand. Customers want 4.75m pieces in 2025, 4.95m in 2026, by month as DEMAND says (fan shells before
    summer, cooker shells before Tết), less the days closed at Tết, in part (noise 0.4%).
2.  Purchasing. A resin price s% under the standard moves scrap at the presses a month later: 2.2% + 0.5
    points for each point of s above 1 (cheap resin is wet), noise 0.1 points. s is 1% until March 2026 (a
    little more in two months of 2025), then 3 to 5%.
3.  Presses. Hours are planned for the demand at 75% OEE. From April 2026 the shop, judged on OEE, runs
    batches twice as long: OEE 79% (noise 0.8 points). What they make beyond the demand waits before paint.
    Over 110,000 waiting pieces they are given 7% fewer hours.
4.  Paint. OEE = 73% less 0.5 points for each hour of maintenance under 40 that the line got in the month
    before (noise 0.7 points). 42 hours a month until March 2026 (33 to 36 in four months of 2025), then as
    PAINT_HOURS says, down to 14.
5.  Maintenance is judged on procedures done. A paint booth takes six hours a procedure, a press twenty
    minutes: from April 2026 more procedures are done (+30%), on the presses. Effect of the number of
    procedures, of checks and of complete files on scrap, OEE, OTD and cost: none.
6.  The queue before paint grows by what presses make and paint does not take (after Tết too, for a month).
    Paint may work 44 hours of overtime a month while over 45,000 pieces wait. OTD (orders on time) = 95.5%
    less 3.2 points for each day of paint work above 2 that waited a month earlier (noise 0.8 points a
    customer).
7.  Cost. Resin 0.42 kg a piece made, scrap too, at 36,000 VND/kg (2% more in 2026) less s; wages 3.05bn a
    month in 2025, 3.2bn in 2026, overtime 1.9m an hour; power 2,300 VND a piece made; the rest 2.65bn a
    month (noise 1%); penalties 900 VND a piece shipped for each 10 points of OTD under 95%. Unit cost =
    cost / pieces shipped. A piece sells for 36,500 VND, in 2026 for 37,000.

The episode: in 2026 all five scorecards are green (procedures, price saved, OEE of the presses, checks,
files), while unit cost rises where it should have fallen, OTD drops and the profit is missed. The true
cause is D3: each department is judged on its own number, and nobody on unit cost or OTD. The bottleneck is
the paint line; the presses, whose OEE is best, feed its queue. (The procedures are an activity count, D2,
but purchasing and presses were judged on drivers: it is that they are local which does the harm.)

Blemishes, left in on purpose: customer KH03 was called Điện gia dụng Phú Mỹ before July 2025 (the code
stays); the checks of the assembly line for 2025-09 are missing (a sheet was lost); in 2026-11 KH02 sent
1,200 pieces back (a credit note, a negative line). No VAT.
"""

import math
import random
import sys
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

SEED = 2029
TET = [date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6)]
HOLIDAYS = {(1, 1), (4, 30), (5, 1), (9, 2)}
DEMAND = [1.04, 0.94, 1.05, 1.08, 1.06, 0.99, 0.93, 0.93, 0.97, 1.02, 1.05, 1.08]
PIECES = {"2024": 4_650_000, "2025": 4_750_000, "2026": 4_950_000, "2027": 5_050_000}
# percent under the standard price, and hours of maintenance at paint: else 1.0 and 42, at the end 4.6 and 14
SAVING = {"2025-06": 2.6, "2025-09": 2.2, "2026-04": 3.2, "2026-05": 4.1}
PAINT_HOURS = {
    "2025-02": 35,
    "2025-05": 33,
    "2025-08": 34,
    "2025-11": 36,
    "2026-04": 34,
    "2026-05": 27,
    "2026-06": 22,
    "2026-07": 18,
}
PRESS_RATE, PAINT_RATE, ASSEMBLY_RATE = 470, 1_430, 1_330  # pieces an hour at 100%
FREE_QUEUE, CROWDED, FULL = 30_000, 45_000, 110_000
RESIN_KG, RESIN_PRICE = 0.42, 36_000
OVERTIME = 44
MILLION = 1_000_000

# code: name, stage, who runs it, procedures planned a month, quality checks planned a month
LINES = {
    "L1": ("Máy ép 1", "Ép", "Nguyễn Bá Tài", 96, 120),
    "L2": ("Máy ép 2", "Ép", "Nguyễn Bá Tài", 96, 120),
    "L3": ("Máy ép 3", "Ép", "Nguyễn Bá Tài", 92, 120),
    "L4": ("Chuyền sơn", "Sơn", "Đoàn Thị Yến", 84, 150),
    "L5": ("Chuyền lắp ráp", "Lắp ráp", "Kiều Văn Lâm", 72, 130),
}
CUSTOMERS = {  # code: name, part of the demand, pieces an order
    "KH01": ("Quạt điện Gió Nam", 0.34, 3_900),
    "KH02": ("Nồi cơm Hoa Lúa", 0.26, 3_200),
    "KH03": ("Gia dụng Phú Mỹ Hòa", 0.18, 2_600),
    "KH04": ("Máy lọc nước Suối Trong", 0.14, 2_100),
    "KH05": ("Thiết bị bếp An Bình Gia", 0.08, 1_500),
}
RENAMED = {"KH03": ("Điện gia dụng Phú Mỹ", "2025-07")}
Row = dict[str, object]


def months(first: str, last: str) -> Iterator[str]:
    while first <= last:
        yield first
        year, number = map(int, first.split("-"))
        first = f"{year + number // 12}-{number % 12 + 1:02}"


PAST = list(months("2025-01", "2026-12"))


def dice(*name: str) -> random.Random:
    """Each series has its own seeded dice: one table can change without the others."""
    return random.Random(":".join([str(SEED), *name]))


def round_to(value: float, step: int = 1) -> int:
    return math.floor(value / step + 0.5) * step


@cache
def open_hours(month: str) -> int:
    """Two shifts, Monday to Saturday, less Tết (three days before to four after) and holidays."""
    year, number = map(int, month.split("-"))
    days = [date(year, number, day) for day in range(1, monthrange(year, number)[1] + 1)]
    closed = {d for d in days for tet in TET if -3 <= (d - tet).days <= 4}
    return 16 * sum(d.weekday() < 6 and d not in closed and (d.month, d.day) not in HOLIDAYS for d in days)


@cache
def demand(month: str) -> float:
    """Pieces wanted, before noise: half of what closed days cost is wanted all the same."""

    def part(m: str) -> float:
        return DEMAND[int(m[5:]) - 1] * (0.5 + 0.5 * open_hours(m) / 416)

    year = months(f"{month[:4]}-01", f"{month[:4]}-12")
    return PIECES[month[:4]] * part(month) / sum(map(part, year))


def saving(month: str) -> float:
    return SAVING.get(month, 1.0 if month < "2026-04" else 4.6)


def paint_hours(month: str) -> int:
    return PAINT_HOURS.get(month, 42 if month < "2026-04" else 14)


def line(pieces: float, scrap: float, planned: float, rate: int, overtime: float = 0) -> dict[str, int]:
    made, lost = round(pieces), round(pieces * scrap)
    return {
        "planned_hours": round(planned + overtime),
        "overtime_hours": round(overtime),
        "pieces": made,
        "scrap": lost,
        "ideal_hours": round((made - lost) / rate),
    }


class Plant:
    """The whole plant, month by month, from November 2024 on; a dict of lines and a few totals a month."""

    def __init__(self) -> None:
        self.lines: dict[str, dict[str, dict[str, int]]] = {}
        self.total: dict[str, dict[str, int]] = {}
        self.queue, self.stock, self.late, self.waited = FREE_QUEUE, 40_000, 0, 2.0
        before, roll = "2024-10", dice("plant")
        for month in months("2024-11", "2026-12"):
            wanted = round(demand(month) * (1 + roll.gauss(0, 0.004)))
            presses, good = self._press(month, before, demand(month), roll)
            paint, painted = self._paint(month, before, good, roll)
            assembly = line(painted, 0.006 + roll.gauss(0, 0.0006), painted / (ASSEMBLY_RATE * 0.83), ASSEMBLY_RATE)
            self.lines[month] = presses | {"L4": paint, "L5": assembly}
            ready = self.stock + assembly["pieces"] - assembly["scrap"]
            shipped = min(ready, wanted + self.late)
            self.late, self.stock = wanted + self.late - shipped, ready - shipped
            self.total[month] = {
                "wanted": wanted,
                "shipped": shipped,
                "otd": round(1000 * (95.5 - 3.2 * max(0.0, self.waited - 2))),
            }
            self.waited = self.queue / (PAINT_RATE * 0.73 * 16)
            before = month

    def _press(
        self, month: str, before: str, wanted: float, roll: random.Random
    ) -> tuple[dict[str, dict[str, int]], int]:
        hours = wanted * 1.02 / (3 * PRESS_RATE * 0.75) * (0.93 if self.queue > FULL else 1)
        oee = 0.75 if month < "2026-04" else 0.79
        made = {}
        for code in ("L1", "L2", "L3"):
            scrap = (2.2 + 0.5 * (saving(before) - 1) + roll.gauss(0, 0.1)) / 100
            good = hours * PRESS_RATE * (oee + roll.gauss(0, 0.008))
            made[code] = line(good / (1 - scrap), scrap, hours, PRESS_RATE)
        return made, sum(row["pieces"] - row["scrap"] for row in made.values())

    def _paint(self, month: str, before: str, good: int, roll: random.Random) -> tuple[dict[str, int], int]:
        oee = 0.73 - 0.005 * max(0, 40 - paint_hours(before)) + roll.gauss(0, 0.007)
        there, scrap = self.queue + good, 0.012 + roll.gauss(0, 0.0008)
        need = max(0, there - FREE_QUEUE) / (PAINT_RATE * 0.73)
        planned = min(open_hours(month), need)
        overtime = min(OVERTIME, max(0, need - open_hours(month))) if there > good + CROWDED else 0
        taken = min(there, (planned + overtime) * PAINT_RATE * oee / (1 - scrap))
        row = line(taken, scrap, planned, PAINT_RATE, overtime)
        self.queue = there - row["pieces"]
        return row, row["pieces"] - row["scrap"]


PLANT = Plant()


def named(code: str, month: str) -> Row:
    old, since = RENAMED.get(code, ("", ""))
    return {"month": month, "customer_code": code, "customer": old if month < since else CUSTOMERS[code][0]}


def production() -> Iterator[Row]:
    queues = queue_at_end()
    for month in PAST:
        for code, (name, stage, *_) in LINES.items():
            row: Row = {"month": month, "line_code": code, "line": name, "stage": stage}
            yield row | PLANT.lines[month][code] | {"waiting": queues[month] if code == "L4" else 0}


@cache
def queue_at_end() -> dict[str, int]:
    """Pieces that wait before paint at each month's end."""
    queue, ends = FREE_QUEUE, {}
    for month, lines in PLANT.lines.items():
        queue += sum(lines[c]["pieces"] - lines[c]["scrap"] for c in ("L1", "L2", "L3")) - lines["L4"]["pieces"]
        ends[month] = queue
    return ends


def procedures() -> Iterator[Row]:
    for month in PAST:
        for code, (name, stage, _, planned, checks) in LINES.items():
            roll, more = dice(code, month, "procedures"), month >= "2026-04"
            rise = (1.42 if stage == "Ép" else 0.9 if stage == "Sơn" else 1.15) if more else 1.03
            hours = paint_hours(month) if code == "L4" else planned / 3 * (1.3 if more and stage == "Ép" else 1)
            row: Row = {"month": month, "line_code": code, "line": name, "stage": stage}
            row |= {"procedures": round(planned * rise + roll.gauss(0, 2))}
            row |= {"maintenance_hours": round(hours + roll.gauss(0, 1))}
            row |= {"files": 40, "files_complete": min(40, round(39.2 + roll.gauss(0, 0.7)))}
            lost = (code, month) == ("L5", "2025-09")
            yield row | {"checks": 0 if lost else round(checks * (1.09 if more else 1.02) + roll.gauss(0, 3))}


def purchases() -> Iterator[Row]:
    for month in PAST:
        roll = dice("purchases", month)
        kilos = round_to(RESIN_KG * sum(PLANT.lines[month][c]["pieces"] for c in ("L1", "L2", "L3")), 10)
        standard = round(RESIN_PRICE * (1.02 if month >= "2026" else 1))
        paid = kilos * standard * (1 - (saving(month) + roll.gauss(0, 0.12)) / 100)
        saved = kilos * standard - round_to(paid, 1_000)
        yield {
            "month": month,
            "material": "Hạt nhựa PP",
            "kilos": kilos,
            "at_standard": kilos * standard,
            "paid": kilos * standard - saved,
            "saved": saved,
        }


def planned_saving(month: str) -> float:
    """3% over the year 2026, asked for from April on; a modest 1.5% in 2027."""
    return 0.01 if month < "2026-04" else 0.0366 if month < "2027" else 0.015


def purchase_plan() -> Iterator[Row]:
    for month in months("2025-01", "2027-12"):
        kilos = round_to(RESIN_KG * demand(month) / 0.978, 100)
        standard = round(RESIN_PRICE * (1.02 if month >= "2026" else 1))
        saved = round_to(kilos * standard * planned_saving(month), 1_000)
        yield {"month": month, "at_standard": kilos * standard, "saved": saved}


def deliveries() -> Iterator[Row]:
    for month in PAST:
        total = PLANT.total[month]
        for code, (_, part, size) in CUSTOMERS.items():
            roll = dice(code, month, "deliveries")
            due = max(8, round(total["wanted"] * part / size * (1 + roll.gauss(0, 0.02))))
            punctual = min(0.995, total["otd"] / 100_000 + roll.gauss(0, 0.008))
            row = named(code, month) | {"doc": "delivery", "orders_due": due}
            row |= {"orders_on_time": round(due * punctual), "pieces_due": round(total["wanted"] * part)}
            row |= {"pieces_shipped": round(total["shipped"] * part)}
            yield row | {"revenue": int(str(row["pieces_shipped"])) * price(month)}
            if (code, month) == ("KH02", "2026-11"):
                back: Row = {"orders_due": 0, "orders_on_time": 0, "pieces_due": 0, "pieces_shipped": -1_200}
                yield row | {"doc": "credit_note"} | back | {"revenue": -1_200 * price(month)}


def price(month: str) -> int:
    return {"2025": 36_500, "2026": 37_000, "2027": 37_000}[month[:4]]


def costs() -> Iterator[Row]:
    bought = {str(r["month"]): int(str(r["paid"])) for r in purchases()}
    for month in PAST:
        lines, roll, total = PLANT.lines[month], dice("costs", month), PLANT.total[month]
        made = sum(lines[c]["pieces"] for c in ("L1", "L2", "L3"))
        late = max(0.0, 95 - total["otd"] / 1000)
        row: Row = {"month": month, "resin": bought[month]}
        wages = 3_050 if month < "2026" else 3_200
        row |= {"wages": round_to(wages * MILLION * 13 / 12, 1_000)}  # the thirteenth month is set aside monthly
        row |= {"overtime": round_to(lines["L4"]["overtime_hours"] * 1.9 * MILLION, 1_000)}
        row |= {"power": round_to(made * 2_300 * (1 + roll.gauss(0, 0.01)), 1_000)}
        row |= {"other": round_to(2_650 * MILLION * (1 + roll.gauss(0, 0.01)), 1_000)}
        row |= {"penalties": round_to(late / 10 * 900 * total["shipped"], 1_000)}
        spent = sum(int(str(value)) for key, value in row.items() if key != "month")
        sold = sum(int(str(r["revenue"])) for r in deliveries() if r["month"] == month)
        yield row | {"total_cost": spent, "profit": sold - spent}


def plan() -> Iterator[Row]:
    """What the year's AOP counts on: demand met, the usual scrap, OTD and OEE a little better each year."""
    for month in months("2025-01", "2027-12"):
        year = int(month[:4]) - 2025
        pieces = round_to(demand(month), 100)
        unit_cost = plan_unit_cost(month)
        for code, (name, stage, _, done, checks) in LINES.items():
            row: Row = {"month": month, "line_code": code, "line": name, "stage": stage}
            good = round_to(pieces * (1 / 3 if stage == "Ép" else 1), 100)
            rate = {"Ép": PRESS_RATE, "Sơn": PAINT_RATE, "Lắp ráp": ASSEMBLY_RATE}[stage]
            ideal = good / rate
            aim = {"Ép": (0.74, 0.76, 0.75), "Sơn": (0.73, 0.74, 0.72), "Lắp ráp": (0.82, 0.82, 0.83)}[stage][year]
            lost = {"Ép": 0.022, "Sơn": 0.012, "Lắp ráp": 0.006}[stage]
            row |= {
                "planned_hours": round(ideal / aim),
                "ideal_hours": round(ideal),
                "pieces": round(good / (1 - lost)),
            }
            row |= {"scrap": round(good / (1 - lost)) - good, "waiting": FREE_QUEUE if code == "L4" else 0}
            row |= {"procedures": done, "checks": checks}
            hours = (42 if year < 2 else 46) if code == "L4" else round(done / 3)
            row |= {"maintenance_hours": hours}
            last = code == "L5"  # what the whole plant ships, sells and costs stands once, at the last line
            due = round(sum(pieces * part / size for _, part, size in CUSTOMERS.values())) if last else 0
            row |= {"orders_due": due, "orders_on_time": round(due * (0.95, 0.955, 0.94)[year])}
            row |= {"pieces_shipped": pieces if last else 0, "revenue": pieces * price(month) if last else 0}
            row |= {"total_cost": round_to(pieces * unit_cost, 1_000_000) if last else 0}
            yield row | {"profit": int(str(row["revenue"])) - int(str(row["total_cost"]))}


def plan_unit_cost(month: str) -> float:
    """Resin, power, wages and the rest spread over the month's pieces, then the thrift the AOP asks for."""
    year = month[:4]
    resin = RESIN_KG * RESIN_PRICE * (1 if year == "2025" else 1.02) * (1 - planned_saving(month))
    wages = {"2025": 3_050, "2026": 3_200, "2027": 3_300}[year] * 13 / 12
    fixed = (wages + 2_650) * MILLION / demand(month)
    return ((resin + 2_300) * 1.042 + fixed) * {"2025": 1, "2026": 0.99, "2027": 0.985}[year]


def lines() -> Iterator[Row]:
    for code, (name, stage, head, *_) in LINES.items():
        yield {"line_code": code, "line": name, "stage": stage, "head": head}


def customers() -> Iterator[Row]:
    for code, (name, *_) in CUSTOMERS.items():
        yield {"customer_code": code, "customer": name, "former_name": RENAMED.get(code, ("", ""))[0]}


def main(folder: Path) -> None:
    """Writes every table as UTF-8 CSV with Unix line ends into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in (lines, customers, production, procedures, purchases, deliveries, costs, plan, purchase_plan):
        rows = list(table())
        text = "".join(
            ",".join(cells) + "\n"
            for cells in [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
        )
        (folder / f"{table.__name__}.csv").write_bytes(text.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tables")
