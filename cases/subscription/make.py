"""The truth behind the tables of Bếp Sẵn, and the script that makes them.

    python cases/subscription/make.py [OUT]      # writes OUT/*.csv, or tables/*.csv beside this file

Standard library only and one fixed seed: every run gives the same bytes.

Weekly meal boxes in four cities, three marketing channels. What truly moves what (nothing else does; noise
is stated as a standard deviation):

1.  Reach = spend / price of a thousand people reached (CPM, noise 3%), same month. 60,000 VND until June
    2026, 30% more from July in every city: the rival bids for the same screens. Visits to the order page =
    0.9% of reach (noise 3%).
2.  New subscribers = visits x conversion (noise 4%), same month. Conversion 1.6% (referral 1.9%); see 6.
3.  Skipping: the part of subscribers who skip every box of a month. 14% (noise 0.6 points); see 6.
4.  Churn of a month = 5.1% + 0.36 points for each point of skipping above 14% in the month before + 0.12
    points for each point of boxes on time under 95% in the month before (noise 0.15 points). Boxes on time:
    95%, two points more or less with rain and traffic (noise 1.2). So skipping tells of churn a month
    ahead.
5.  Orders = mean of opening and closing subscribers x 2.1 x SEASON (Tết stops the kitchen for eight days,
    school holidays take 7%) x the part that does not skip / 86%, noise 1%. Revenue = orders x AOV (292,000
    VND in 2025, 298,000 in 2026; noise 0.8%). Gross profit is 38% of revenue, 35% in TP.HCM from August
    2026.
6.  The context changes on 1 July 2026, beside the CPM of 1 in TP.HCM only: Chợ Nhanh, a delivery app, sells a like box with
    free delivery. Conversion there falls to 55% of what it was, skipping rises (SKIPPING), AOV falls 5%
    from August. Marketing, whose sheet counts campaigns, reach and new subscribers, answers with money:
    spend x 2.1 in TP.HCM from July (x 1.3 elsewhere), more campaigns, and from August a first box at half
    price, which lifts conversion there by 45%; 30% of those so won leave in the month after, beside the
    churn of 4.
7.  The number of campaigns moves nothing (the same money in smaller pieces), nor do answers within 24
    hours.

The episode: until June 2026 the sheet and the goal agree: reach brings subscribers at a steady CAC, revenue
is on plan. After July campaigns, reach, new subscribers and answers stay green to December, while churn
triples in TP.HCM, CAC rises by half, subscribers and revenue fall behind. The true cause is D5: the sheet of
January was right for January's market and was never opened again. The bottleneck is TP.HCM, in its churn
first.

Blemishes, left in on purpose: Cần Thơ's code was DL01 before September 2025 (Đồng bằng; same city,
cities.csv says so); TikTok's export for TP.HCM 2025-06 is lost (no line: reach and new subscribers of that
month are short); in 2026-03 a spoiled batch was refunded in Hà Nội (a negative line without orders). No
VAT.
"""

import math
import random
import sys
from collections.abc import Iterator
from pathlib import Path

SEED = 2031
SEASON = [1.00, 1.00, 1.03, 1.02, 1.00, 0.93, 0.93, 0.98, 1.03, 1.03, 1.02, 1.00]
TET_STOP = {"2025-01": 0.87, "2025-02": 0.90, "2026-02": 0.74, "2027-02": 0.74}  # the kitchen is closed
SKIPPING = [0.18, 0.25, 0.30, 0.33, 0.34, 0.34]  # TP.HCM, July to December 2026
CPM = 60_000  # VND for a thousand people reached
VISITS, CONVERSION = 0.009, {"Facebook": 0.016, "TikTok": 0.016, "Giới thiệu": 0.019}
MIX = {"Facebook": 0.52, "TikTok": 0.33, "Giới thiệu": 0.15}  # of spend
CHURN, SKIP, ON_TIME, ORDERS = 0.051, 0.14, 0.95, 2.1
AOV = {"2025": 292_000, "2026": 298_000, "2027": 300_000}
# code: name, who runs it, subscribers on 1 January 2025, marketing spend a month in 2025 (million VND), campaigns
CITIES = {
    "HCM": ("TP.HCM", "Lưu Gia Bảo", 2_900, 76, 9),
    "HN": ("Hà Nội", "Phùng Thị Mai", 1_750, 46, 7),
    "DN": ("Đà Nẵng", "Trịnh Quốc Anh", 620, 17, 4),
    "CT": ("Cần Thơ", "Lê Ngọc Hân", 380, 11, 3),
}
RENAMED = {"CT": ("DL01", "2025-09")}
# the plan: marketing spend against 2025 at the old CPM, churn a month
PLANNED = {"2025": (1.0, 0.052), "2026": (1.14, 0.050), "2027": (1.18, 0.049)}
WON_BACK = [0.07, 0.06, 0.045, 0.03, 0.02, 0.01, 0.005, 0, 0, 0, 0, 0]  # churn above that, TP.HCM in 2027
MILLION = 1_000_000
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


def season(month: str) -> float:
    return SEASON[int(month[5:]) - 1] * TET_STOP.get(month, 1)


def changed(code: str, month: str) -> bool:
    """True where the rival sells: TP.HCM from July 2026 on (truth 6)."""
    return code == "HCM" and month >= "2026-07"


def half_price(code: str, month: str) -> bool:
    return code == "HCM" and month >= "2026-08"


class City:
    """One city, month by month, 2025 and 2026."""

    def __init__(self, code: str) -> None:
        self.code, (_, _, self.subscribers, self.budget, self.campaigns) = code, CITIES[code]
        self.base: dict[str, dict[str, int]] = {}
        self.won: dict[str, dict[str, dict[str, int]]] = {}
        roll = dice(code)
        skipping, on_time, hunters = SKIP, ON_TIME, 0
        for month in PAST:
            self.won[month] = {channel: self._market(month, channel, roll) for channel in MIX}
            opening, new = self.subscribers, sum(row["new_subscribers"] for row in self.won[month].values())
            churn = CHURN + 0.36 * max(0, skipping - SKIP) + 0.12 * (ON_TIME - on_time) + roll.gauss(0, 0.0015)
            lost = round(opening * churn + 0.3 * hunters)
            hunters = new if half_price(code, month) else 0
            skipping = SKIPPING[int(month[5:]) - 7] if changed(code, month) else SKIP
            skipping += roll.gauss(0, 0.006)
            on_time = min(0.99, ON_TIME + 0.02 * math.sin(int(month[5:]) * 2.3 + len(code)) + roll.gauss(0, 0.012))
            self.subscribers = opening + new - lost
            self.base[month] = {
                "opening": opening,
                "lost": lost,
                "closing": self.subscribers,
                "skipping": round(opening * skipping),
            }
            self.base[month] |= self._sell(month, skipping, on_time, roll)

    def _market(self, month: str, channel: str, roll: random.Random) -> dict[str, int]:
        late = month >= "2026-07"
        raised = 1.12 * (1 if not late else 2.1 if self.code == "HCM" else 1.3) if month >= "2026" else 1.0
        spend = round_to(self.budget * MILLION * raised * MIX[channel] * (1 + roll.gauss(0, 0.05)), 10_000)
        reach = spend / (CPM * (1.3 if late else 1)) * 1_000 * (1 + roll.gauss(0, 0.03))
        visits = reach * VISITS * (1 + roll.gauss(0, 0.03))
        rate = CONVERSION[channel] * (0.55 if changed(self.code, month) else 1)
        rate *= 1.45 if half_price(self.code, month) else 1
        more = 1.65 if late else 1.08 if month >= "2026" else 1
        campaigns = max(1, round(self.campaigns * MIX[channel] * more + roll.gauss(0, 0.3)))
        return {
            "campaigns": campaigns,
            "reach": round_to(reach, 100),
            "visits": round(visits),
            "spend": spend,
            "new_subscribers": round(visits * rate * (1 + roll.gauss(0, 0.04))),
        }

    def _sell(self, month: str, skipping: float, on_time: float, roll: random.Random) -> dict[str, int]:
        eaters = (self.base[month]["opening"] + self.base[month]["closing"]) / 2 * (1 - skipping) / (1 - SKIP)
        orders = round(eaters * ORDERS * season(month) * (1 + roll.gauss(0, 0.01)))
        value = AOV[month[:4]] * (0.95 if half_price(self.code, month) else 1) * (1 + roll.gauss(0, 0.008))
        margin = (0.35 if half_price(self.code, month) else 0.38) + roll.gauss(0, 0.003)
        revenue = round_to(orders * value, 1_000)
        return {
            "orders": orders,
            "revenue": revenue,
            "gross_profit": round_to(revenue * margin, 1_000),
            "boxes_on_time": round(orders * on_time),
        }


ACTUAL = {code: City(code) for code in CITIES}


def each(span: list[str]) -> Iterator[tuple[str, str, Row]]:
    for month in span:
        for code in CITIES:
            old, since = RENAMED.get(code, ("", ""))
            yield month, code, {"month": month, "city_code": old if month < since else code, "city": CITIES[code][0]}


def marketing() -> Iterator[Row]:
    for month, code, row in each(PAST):
        for channel, made in ACTUAL[code].won[month].items():
            if (code, channel, month) != ("HCM", "TikTok", "2025-06"):
                yield row | {"channel": channel} | made


def subscribers() -> Iterator[Row]:
    for month, code, row in each(PAST):
        yield row | {k: ACTUAL[code].base[month][k] for k in ("opening", "lost", "closing", "skipping")}


def sales() -> Iterator[Row]:
    for month, code, row in each(PAST):
        yield row | {"doc": "order"} | {k: ACTUAL[code].base[month][k] for k in ("orders", "revenue", "gross_profit")}
        if (code, month) == ("HN", "2026-03"):
            yield row | {"doc": "refund", "orders": 0, "revenue": -38_700_000, "gross_profit": -38_700_000}


def service() -> Iterator[Row]:
    for month, code, row in each(PAST):
        base, roll = ACTUAL[code].base[month], dice(code, month, "service")
        asked = round(base["opening"] * 0.21 * (1 + roll.gauss(0, 0.06)))
        answered = min(asked, round(asked * (0.968 + roll.gauss(0, 0.008))))
        row |= {"boxes": base["orders"], "boxes_on_time": base["boxes_on_time"]}
        yield row | {"questions": asked, "answered_in_24h": answered}


def plan() -> Iterator[Row]:
    """The market of January: CPM, conversion and orders as they were, churn as the AOP asks."""
    there: dict[str, int] = {}
    for month in months("2025-01", "2027-12"):
        year = month[:4]
        raised, churn = PLANNED[year]
        for code, (name, _, first, budget, campaigns) in CITIES.items():
            if month.endswith("-01"):
                there[code] = first if year == "2025" else ACTUAL[code].base[f"{int(year) - 1}-12"]["closing"]
            cheaper = 1.3 if year == "2027" else 1.0
            spend = round_to(budget * MILLION * raised * cheaper, 100_000)
            reach = round_to(spend / (CPM * cheaper) * 1_000, 1_000)
            visits = round(reach * VISITS)
            won_back = (code, year) == ("HCM", "2027")
            rate = 0.0164 * (0.90 if won_back else 1.05 if year == "2027" else 1)
            lost = round(there[code] * (churn + (WON_BACK[int(month[5:]) - 1] if won_back else 0)))
            row: Row = {"month": month, "city_code": code, "city": name, "campaigns": campaigns, "reach": reach}
            row |= {"visits": visits, "new_subscribers": round(visits * rate), "spend": spend}
            closing = there[code] + round(visits * rate) - lost
            orders = round((there[code] + closing) / 2 * ORDERS * season(month))
            revenue = round_to(orders * AOV[year], 100_000)
            row |= {"opening": there[code], "lost": lost, "closing": closing, "skipping": round(there[code] * SKIP)}
            row |= {"orders": orders, "revenue": revenue, "gross_profit": round_to(revenue * 0.38, 100_000)}
            there[code] = closing
            yield row | {"boxes": orders, "boxes_on_time": round(orders * ON_TIME)}


def cities() -> Iterator[Row]:
    for code, (name, head, *_) in CITIES.items():
        yield {"city_code": code, "city": name, "former_code": RENAMED.get(code, ("", ""))[0], "head": head}
    yield {"city_code": "DL01", "city": "Cần Thơ", "former_code": "", "head": "Lê Ngọc Hân"}


def main(folder: Path) -> None:
    """Writes every table as UTF-8 CSV with Unix line ends into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in (cities, marketing, subscribers, sales, service, plan):
        rows = list(table())
        lines = [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
        text = "".join(",".join(line) + "\n" for line in lines)
        (folder / f"{table.__name__}.csv").write_bytes(text.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tables")
