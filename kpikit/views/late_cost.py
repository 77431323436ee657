"""What it costs to find a miss late: the shortfall by then, the money still to be moved, the task of the months left (C6).

The distributor's MT revenue of 2026, which went off course at the end of April and was looked at in early October.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ..companies import case
from ..language import Amount, Words, current, say, show
from ..metrics import metric
from ..picks import Slider, View
from ..pictures.canvas import (
    BLUE,
    INK,
    ORANGE,
    PALE,
    SOFT,
    VIEW_HIGH,
    Picture,
    bare,
    fit,
    month_name,
    month_tick,
    page,
    put,
)
from ..run_rate import pace

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

YEAR = "2026"
FIRST, LAST, FOUND = 4, 11, 9  # the months one can pick; in early October the firm looked at September's figures
COLOURS = {"short": ORANGE, "left": BLUE, "over": ORANGE}


@cache
def late_cost() -> pd.DataFrame:
    """Found at the end of which month, at what cost: a row a month (4 to 11).

    ``short``: VND by which MT revenue is behind plan to date; ``left``: VND of MT's planned trade marketing whose months
    are still to come; ``over``: percent by which the months left must beat their own plan; ``late``: months since the
    miss could first be seen. ``attrs["budget"]``: the year's MT trade marketing plan in VND. Source: curriculum C6.

    >>> late_cost().loc[[4, 9], "late"].to_list()
    [0, 5]
    """
    import pandas as pd

    told = pace("distributor", "mt_revenue", month=12)
    spend = metric(case("distributor"), "mt_trade_spend").set_index("period")["plan"]
    planned = [float(spend[f"{YEAR}-{n:02}"]) for n in range(1, 13)]
    rows = {
        n: {
            "short": told.months[n - 1].plan_to_date - told.months[n - 1].to_date,
            "left": sum(planned[n:]),
            "over": told.over_plan(n),
            "late": n - (told.seen or n),
        }
        for n in range(FIRST, LAST + 1)
    }
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.attrs["budget"] = sum(planned)
    return table


# ---------------------------------------------------------------- the picture


def late_cost_picture(found: float) -> Picture:
    """Three rows of bars by the month of finding out, with the one picked in colour (C6)."""
    lang, at, table = current(), int(found), late_cost()
    row: Any = table.loc[at]
    facts = {
        "name": month_name(f"{YEAR}-{at:02}", lang),
        "late": int(row["late"]),
        "short": _bn(row["short"], lang),
        "left": _bn(row["left"], lang),
        "share": Amount(round(100 * row["left"] / table.attrs["budget"]), "%"),
        "over": _percent(row["over"], lang),
        "months": 12 - at,
    }
    title = _tell("in_time" if at == FIRST else "late_one" if at == FIRST + 1 else "late", lang, **facts)
    sentence = f"{title} {_tell('last_month' if at == 11 else 'months_left', lang, **facts)}"
    return Picture(_draw(table, at, title, lang), sentence, _table(table, lang), f"{_tell('alt', lang)} {sentence}")


def _bn(value: float, lang: str) -> str:
    text = show(round(value / 1e9, 1), lang=lang)
    return f"{text} tỷ" if lang == "vi" else f"{text}bn"


def _percent(percent: float, lang: str) -> str:
    return show(round(percent) if percent >= 9.95 else round(percent, 1), "%", lang)


def _table(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    shown = table.assign(
        short=(table["short"] / 1e9).round(1), left=(table["left"] / 1e9).round(1), over=table["over"].round(1)
    )
    shown.columns = [_tell(f"col_{name}", lang) for name in shown.columns]
    shown.index = [month_tick(f"{YEAR}-{n:02}", lang) for n in shown.index]
    return shown


def _draw(table: pd.DataFrame, at: int, title: str, lang: str) -> Figure:
    figure = page(title, _tell("note", lang), high=VIEW_HIGH)
    for n, name in enumerate(COLOURS):
        axes = bare(figure.add_axes((0.245, 0.61 - 0.225 * n, 0.735, 0.155)))
        _draw_row(axes, table, name, at, lang, months=name == "over")
    return figure


def _draw_row(axes: Any, table: pd.DataFrame, name: str, at: int, lang: str, months: bool) -> None:
    """One measure: a bar a month, all with their numbers, the picked one in colour and larger."""
    highest = float(table[name].max())
    for month, value in zip(table.index, table[name], strict=True):
        mine = month == at
        axes.bar(month, value, width=0.72, color=COLOURS[name] if mine else PALE, edgecolor=INK if mine else "none")
        text = f"+{_percent(value, lang)}" if name == "over" else show(round(value / 1e9, 1), lang=lang)
        put(axes, month, value + 0.04 * highest, text, ha="center", va="bottom", size=17 if mine else 14,
            weight="bold" if mine else "normal", color=COLOURS[name] if mine else SOFT)  # fmt: skip
        if months:
            put(axes, month, -0.12 * highest, month_tick(f"{YEAR}-{month:02}", lang), ha="center", va="top",
                weight="bold" if mine else "normal", color=INK if mine else SOFT)  # fmt: skip
    axes.axhline(0, color=SOFT, linewidth=1)
    axes.set(xlim=(FIRST - 0.6, LAST + 0.6), ylim=(0, highest))
    put(axes, -0.315, 0.5, fit(_tell(f"row_{name}", lang), 285, lines=3, weight="bold"), transform=axes.transAxes,
        va="center", weight="bold", color=COLOURS[name], linespacing=1.2)  # fmt: skip


_WORDS: dict[str, Words] = {
    "in_time": {
        "vi": "Biết ngay cuối {name}: mới hụt {short}, còn {left} tiền trade MT ({share}) để xoay.",
        "en": "Found at once, at the end of {name}: {short} short, and {left} of MT trade money ({share}) still to move.",
    },
    "late_one": {
        "vi": "Biết cuối {name}, trễ {late} tháng: hụt {short}, còn {left} tiền trade MT ({share}) để xoay.",
        "en": "Found at the end of {name}, {late} month late: {short} short, {left} of MT trade money ({share}) still to move.",
    },
    "late": {
        "vi": "Biết cuối {name}, trễ {late} tháng: hụt {short}, còn {left} tiền trade MT ({share}) để xoay.",
        "en": "Found at the end of {name}, {late} months late: {short} short, {left} of MT trade money ({share}) still to move.",
    },
    "months_left": {
        "vi": "Muốn kịp mục tiêu, {months} tháng còn lại phải vượt kế hoạch {over}.",
        "en": "To reach the goal the {months} months left must beat their plan by {over}.",
    },
    "last_month": {
        "vi": "Muốn kịp mục tiêu, {months} tháng còn lại phải vượt kế hoạch {over}.",
        "en": "To reach the goal the {months} month left must beat its plan by {over}.",
    },
    "note": {
        "vi": "Còn xoay được: tiền trade marketing MT theo kế hoạch của các tháng chưa tới. Tháng Chín: lúc anh Kiệt đem ra họp.",
        "en": "Still to move: planned MT trade marketing of the months to come. September's figures were those Kiệt brought.",
    },
    "alt": {
        "vi": "Ba hàng cột theo tháng phát hiện: đã hụt, tiền còn xoay được, phần còn lại phải vượt kế hoạch bao nhiêu.",
        "en": "Three rows of bars by month of finding out: shortfall, money still to move, how far the rest must beat plan.",
    },
    "row_short": {"vi": "Đã hụt (tỷ VND)", "en": "Short by then (VND bn)"},
    "row_left": {"vi": "Tiền trade MT còn xoay được (tỷ VND)", "en": "MT trade money still to move (VND bn)"},
    "row_over": {"vi": "Phần còn lại phải vượt kế hoạch (%)", "en": "The rest must beat its plan by (%)"},
    "col_short": {"vi": "Đã hụt (tỷ)", "en": "Short (bn)"},
    "col_left": {"vi": "Tiền còn xoay được (tỷ)", "en": "Still to move (bn)"},
    "col_over": {"vi": "Phần còn lại phải vượt (%)", "en": "The rest must beat plan by (%)"},
    "col_late": {"vi": "Trễ (tháng)", "en": "Months late"},
}


def _tell(key: str, lang: str, **facts: Any) -> str:
    return say(_WORDS[key], lang, **facts)


VIEW = View(
    late_cost_picture,
    picks={
        "found": Slider(
            asks={"vi": "Phát hiện cuối tháng:", "en": "Found at the end of month:"},
            low=FIRST,
            high=LAST,
            step=1,
            start=FOUND,
        ),
    },
)
