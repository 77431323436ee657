"""What a page shows that has outcomes only, drivers only, or both (E2). The café chain, 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..companies import Case, case
from ..language import Words, current, say, show
from ..metrics import metric
from ..picks import Choice, Slider, View
from ..pictures.canvas import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SOFT,
    VIEW_HIGH,
    Picture,
    fit,
    inside,
    month_name,
    month_tick,
    page,
    put,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

GOAL = "net_cash"  # the outcome of the chain's AOP
# the drivers on the page, and what their values are divided by: a ticket is read in thousands
DRIVERS = {"tickets": 1, "basket": 1000, "waste_rate": 1, "payroll_share": 1}
OFF = 10  # percent worse than plan from which a box counts as off: a house rule, said under the figure
YEAR = [f"2026-{m:02}" for m in range(1, 13)]


def cash(case: Case) -> pd.DataFrame:
    """Net cash from January to each month of 2026, VND: ``actual``, ``plan`` and ``gap`` (below zero: short)."""
    table = metric(case, GOAL, by="ytd").set_index("period").loc[YEAR]
    return table.assign(gap=table["actual"] - table["plan"])


def levers(case: Case, month: str) -> pd.DataFrame:
    """Each driver at each shop in one month: ``driver``, ``shop``, ``actual``, ``plan``, ``worse``, ``off``.

    Values are in the metric's own unit (tickets, VND, %). ``worse``: percent worse than plan, below zero where
    better. ``off``: worse by more than `OFF`.
    """
    import pandas as pd

    parts = []
    for id in DRIVERS:
        table = metric(case, id, split="shop")
        table = table[(table["period"] == month) & table["actual"].notna()]  # the office sells nothing
        better = -1 if case.catalogue[id].direction == "up" else 1
        worse = better * 100 * (table["actual"] / table["plan"] - 1)
        parts.append(table.assign(driver=id, worse=worse, off=worse > OFF)[
            ["driver", "shop", "actual", "plan", "worse", "off"]
        ])  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def stands_out(table: pd.DataFrame) -> tuple[str, int] | None:
    """The shop with two drivers off or more that lies twice as far off as any other, and how many; None where there is none."""
    off = table[table["off"]]
    depth = off.groupby("shop")["worse"].sum().sort_values(ascending=False)
    if depth.empty or (len(depth) > 1 and depth.iloc[0] < 2 * depth.iloc[1]):
        return None
    shop = str(depth.index[0])
    count = int((off["shop"] == shop).sum())
    return (shop, count) if count >= 2 else None


def two_roles_picture(lines: str, month: float) -> Picture:
    """The page of one month with outcomes, drivers or both on it, and what it lets its reader know (E2).

    >>> from kpikit.language import use
    >>> use("en"); print(two_roles_picture("outcomes", 5).sentence)
    End of May: net cash is 176m VND short. In which shop, and what to do about it, this page does not say.
    """
    lang, chain, period = current(), case("cafe_chain"), YEAR[int(month) - 1]
    money, table = cash(chain), levers(chain, period)
    sentence = _finding(lines, period, float(money["gap"][period]), table, lang)
    title = sentence.split(". ")[0] if lines == "both" else sentence
    notes = [_WORDS["rent"][lang]] * (lines != "drivers") + [say(_WORDS["orange"], lang, off=OFF)] * (
        lines != "outcomes"
    )
    figure = page(title, " ".join(notes), high=VIEW_HIGH)
    if lines == "drivers":
        _cover(figure, (0.016, 0.1, 0.355, 0.705), _WORDS["near"][lang])
    else:
        _draw_cash(figure, money, period, lang)
    if lines == "outcomes":
        _cover(figure, (0.405, 0.1, 0.58, 0.705), _WORDS["which"][lang])
    else:
        _draw_levers(figure, table, lang)
    return Picture(figure, sentence, _told(lines, money, period, table, lang), _WORDS["alt"][lang] + sentence)


def _finding(lines: str, period: str, gap: float, table: pd.DataFrame, lang: str) -> str:
    off = int(table["off"].sum())
    alone = stands_out(table)
    facts: dict[str, Any] = {
        "month": month_name(period, lang),
        "gap": show(abs(round(gap / 1e6)), lang=lang),
        "off": off,
        "over": OFF,
        "all": len(table),
        "shop": _short(alone[0]) if alone else "",
        "n": alone[1] if alone else 0,
        "drivers": len(DRIVERS),
    }
    key = lines if lines == "outcomes" else f"{lines}_{'off' if off else 'calm'}"
    return say(_WORDS["both_shop" if lines == "both" and alone else key], lang, **facts)


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return table.to_dict("records")  # type: ignore[return-value]


def _short(shop: str) -> str:
    return shop.removeprefix("Hiên Nhà ")


# ---------------------------------------------------------------- drawing


def _cover(figure: Figure, place: tuple[float, float, float, float], question: str) -> None:
    """A part of the page that is not there, with what its reader now cannot answer."""
    axes = figure.add_axes(place)
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.patch.set(facecolor="white", edgecolor=PALE, hatch="//")
    box = {"facecolor": "white", "edgecolor": "none", "pad": 8}
    put(axes, 0.5, 0.5, question, size=16, ha="center", va="center", color=SOFT, weight="bold", bbox=box,
        transform=axes.transAxes)  # fmt: skip


def _draw_cash(figure: Figure, money: pd.DataFrame, period: str, lang: str) -> None:
    axes = figure.add_axes((0.058, 0.175, 0.27, 0.585))
    put(figure, 0.016, 0.815, _WORDS["cash"][lang], weight="bold", va="center")
    done = money.loc[:period] / 1e6
    axes.axhline(0, color=PALE, linewidth=1)
    axes.plot(range(len(money)), money["plan"] / 1e6, color=GREY, linewidth=2)
    axes.plot(range(len(done)), done["actual"], color=BLUE, marker="o", markersize=6)
    last = len(done) - 1
    axes.plot([last, last], done.iloc[-1][["actual", "plan"]], color=ORANGE, linewidth=3)
    beside = range(last, min(last + 5, 12)) if last < 8 else range(last - 4, last + 1)  # the months the label covers
    low = min(done["actual"].iloc[n] if n <= last else money["plan"].iloc[n] / 1e6 for n in beside)
    put(axes, last + 0.3, low - 110, _million(done["gap"].iloc[-1], lang), color=ORANGE, weight="bold", va="top",
        ha="left" if last < 8 else "right")  # fmt: skip
    put(axes, 11, money["plan"].iloc[-1] / 1e6 + 60, _WORDS["plan"][lang], color=SOFT, ha="right", va="bottom")
    axes.set(
        xlim=(-0.4, 12.2),
        ylim=(-720, 2950),
        xticks=[0, 3, 6, 9, 11],
        xticklabels=[month_tick(YEAR[n], lang) for n in (0, 3, 6, 9, 11)],
    )
    axes.locator_params(axis="y", nbins=5)
    axes.yaxis.set_major_formatter(lambda value, _: show(value, lang=lang).replace("-", "−"))


def _million(value: float, lang: str) -> str:
    return say(_WORDS["million"], lang, value=("−" if value < 0 else "+") + show(abs(round(value)), lang=lang))


def _draw_levers(figure: Figure, table: pd.DataFrame, lang: str) -> None:
    axes = figure.add_axes((0.54, 0.1, 0.445, 0.575))
    shops = list(dict.fromkeys(table["shop"]))
    axes.set(xlim=(-0.5, len(DRIVERS) - 0.5), ylim=(len(shops) - 0.5, -0.5), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    put(figure, 0.405, 0.815, _WORDS["levers"][lang], weight="bold", va="center")
    for x, id in enumerate(DRIVERS):
        put(axes, x, -0.62, fit(_WORDS[id][lang], 138, lines=2), ha="center", va="bottom", color=SOFT, linespacing=1.1)
    for row in _rows(table):
        x, y = list(DRIVERS).index(row["driver"]), shops.index(row["shop"])
        text = f"{_value(row['actual'], row['driver'], lang)} / {_value(row['plan'], row['driver'], lang)}"
        axes.barh(y, 0.94, left=x - 0.47, height=0.86, color=ORANGE if row["off"] else "#CFE3F1")
        put(axes, x, y, text, ha="center", va="center", color="white" if row["off"] else "#0B3C5D",
            weight="bold" if row["off"] else "normal")  # fmt: skip
    alone = stands_out(table)
    for y, shop in enumerate(shops):
        bold = alone is not None and shop == alone[0]
        put(
            axes,
            -0.58,
            y,
            fit(_short(shop), 170),
            ha="right",
            va="center",
            color=INK,
            weight="bold" if bold else "normal",
        )


def _value(value: float, driver: str, lang: str) -> str:
    from babel.numbers import format_decimal

    shape = "#,##0" if driver == "tickets" else "0.0"
    return str(format_decimal(value / DRIVERS[driver], format=shape, locale=lang))


def _told(lines: str, money: pd.DataFrame, period: str, table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The figure's table: only what is on the page."""
    import pandas as pd

    rows: list[tuple[str, ...]] = []
    if lines != "drivers":
        rows.append(
            (_WORDS["cash"][lang], *(_million(float(money[c][period]) / 1e6, lang) for c in ("actual", "plan")))
        )
    if lines != "outcomes":
        rows += [
            (f"{_short(row['shop'])}: {inside(_WORDS[row['driver']][lang])}",
             *(_value(row[c], row["driver"], lang) for c in ("actual", "plan")))
            for row in _rows(table)
        ]  # fmt: skip
    return pd.DataFrame(rows, columns=[_WORDS[c][lang] for c in ("line", "actual", "planned")]).set_index(
        _WORDS["line"][lang]
    )


_WORDS: dict[str, Words] = {
    "outcomes": {
        "vi": "Hết {month}: dòng tiền ròng hụt {gap} triệu. Hụt ở quán nào, phải vặn gì, trang này không nói.",
        "en": "End of {month}: net cash is {gap}m VND short. In which shop, and what to do about it, this page does "
        "not say.",
    },
    "drivers_off": {
        "vi": "Riêng {month}: {off} trên {all} ô xấu hơn kế hoạch quá {over}%. Cộng lại tiền có đủ trả nợ không, trang này không nói.",
        "en": "In {month} alone: {off} of {all} boxes are over {over}% worse than plan. Whether the cash will do, this page "
        "does not say.",
    },
    "drivers_calm": {
        "vi": "Riêng {month}: cả {all} ô đều gần kế hoạch. Tiền có đủ trả nợ không, trang này không nói.",
        "en": "In {month} alone: all {all} boxes are close to plan. Whether the cash will do, this page does not say.",
    },
    "both_shop": {
        "vi": "Hết {month}, tiền hụt {gap} triệu, và {shop} lệch {n} trên {drivers} đòn bẩy. "
        "Biết còn cách bao xa, và biết vặn ở đâu trước.",
        "en": "End of {month}: net cash is {gap}m VND short, and {shop} is off on {n} of {drivers} drivers. "
        "We know how far off we are, and where to turn first.",
    },
    "both_off": {
        "vi": "Hết {month}, tiền hụt {gap} triệu; {off} trên {all} ô xấu hơn kế hoạch quá {over}%. "
        "Biết còn cách bao xa; chưa quán nào lệch hẳn so với các quán khác.",
        "en": "End of {month}: net cash is {gap}m VND short; {off} of {all} boxes are over {over}% worse than plan. "
        "We know how far off we are; no shop stands out yet.",
    },
    "both_calm": {
        "vi": "Hết {month}, tiền hụt {gap} triệu; cả {all} ô đều gần kế hoạch. "
        "Biết còn cách bao xa; chưa thấy đòn bẩy nào phải vặn.",
        "en": "End of {month}: net cash is {gap}m VND short; all {all} boxes are close to plan. "
        "We know how far off we are; no driver calls for a turn yet.",
    },
    "near": {"vi": "Gần hay còn xa\nmục tiêu của năm?", "en": "Near the year's goal,\nor far from it?"},
    "which": {"vi": "Quán nào? Vặn cái gì?", "en": "Which shop? Which knob?"},
    "cash": {"vi": "Dòng tiền ròng lũy kế (triệu VND)", "en": "Net cash year to date (VND m)"},
    "levers": {
        "vi": "Bốn đòn bẩy ở sáu quán: thực hiện / kế hoạch trong tháng",
        "en": "Four drivers, six shops: actual / plan of the month",
    },
    "plan": {"vi": "kế hoạch", "en": "plan"},
    "million": {"vi": "{value} triệu", "en": "{value}m"},
    "tickets": {"vi": "Số hóa đơn", "en": "Tickets"},
    "basket": {"vi": "Nghìn đồng mỗi hóa đơn", "en": "Thousand VND a ticket"},
    "waste_rate": {"vi": "Hàng hủy, % giá vốn", "en": "Waste, % of goods used"},
    "payroll_share": {"vi": "Lương, % doanh thu", "en": "Payroll, % of revenue"},
    "orange": {
        "vi": "Ô cam: xấu hơn kế hoạch quá {off}% (quy ước của khóa học).",
        "en": "Orange: worse than plan by more than {off}% (a house rule).",
    },
    "rent": {
        "vi": "Tháng 1, 4, 7, 10 trả tiền mặt bằng cả quý.",
        "en": "In months 1, 4, 7 and 10 a quarter's rent is paid.",
    },
    "line": {"vi": "Dòng", "en": "Line"},
    "actual": {"vi": "Thực hiện", "en": "Actual"},
    "planned": {"vi": "Kế hoạch", "en": "Plan"},
    "alt": {
        "vi": "Trái: dòng tiền ròng lũy kế cạnh kế hoạch. Phải: bảng bốn đòn bẩy ở sáu quán. ",
        "en": "Left: net cash year to date beside its plan. Right: four drivers at six shops. ",
    },
}

VIEW = View(
    two_roles_picture,
    picks={
        "lines": Choice(
            asks={"vi": "Trang có:", "en": "On the page:"},
            options={
                "outcomes": {"vi": "Chỉ kết quả cuối", "en": "Outcomes only"},
                "drivers": {"vi": "Chỉ đòn bẩy", "en": "Drivers only"},
                "both": {"vi": "Cả hai", "en": "Both"},
            },
            start="outcomes",
        ),
        "month": Slider(asks={"vi": "Hết tháng:", "en": "End of month:"}, low=1, high=12, step=1, start=5),
    },
)
