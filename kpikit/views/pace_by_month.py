"""What one could know at a month's end: how far off, where the year will end, what the rest of it would need (C4, C6).

The distributor's 2026. The forecasts are `kpikit.pace`'s; with a goal spread evenly over twelve months they are the same
forecasts on that plan, which shows what a plan without seasons hides.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from ..companies import case
from ..language import Amount, Words, current, say, show
from ..picks import Choice, Slider, View
from ..pictures.canvas import (
    BLUE,
    INK,
    ORANGE,
    SOFT,
    VIEW_HIGH,
    Picture,
    inside,
    month_name,
    month_tick,
    page,
    put,
)
from ..run_rate import RECENT, Year, pace, year_of
from .removal import ON_COURSE, removal

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

YEAR = "2026"
HABIT = ("visits", "programmes", "new_outlets", "report_compliance")  # the four lines of the 2026 scorecard
METRICS: dict[str, Words] = {
    "mt_revenue": {"vi": "Doanh thu MT", "en": "MT revenue"},
    "revenue": {"vi": "Doanh thu công ty", "en": "Company revenue"},
}
PLANS: dict[str, Words] = {
    "seasons": {"vi": "Chia theo mùa", "en": "By the seasons"},
    "even": {"vi": "Chia đều 12 tháng", "en": "Evenly over 12 months"},
}


# ---------------------------------------------------------------- what could be known


@cache
def known(metric: str, plan: str) -> pd.DataFrame:
    """Each month's end of 2026: a row a month (1 to 12).

    ``actual``, ``plan``: to date, in VND; ``forecast``, ``low``, ``high``: the year's end in VND; ``off``: whether the
    goal lies outside that range; ``growth``, ``needed``: percent on the same period, so far and for the months left.
    ``attrs``: ``goal`` (VND) and ``seen``, the month since which it has always been off. Source: curriculum C4, C6.

    >>> known("mt_revenue", "seasons").attrs["seen"], known("mt_revenue", "even").attrs["seen"]
    (4, 7)
    """
    import pandas as pd

    told, year = pace("distributor", metric, month=12), _year(metric, plan)
    rows = []
    for month in range(1, 13):
        done = slice(0, month)
        forecast, low, high = year.forecast(month)
        off = month >= RECENT and high < year.goal if month < 12 else forecast < year.goal
        growth, needed = told.growth(month), told.growth(month, rest=True)
        rows.append(
            (year.whole(year.actual, done), year.whole(year.plan, done), forecast, low, high, off, growth, needed)
        )
    columns = ["actual", "plan", "forecast", "low", "high", "off", "growth", "needed"]
    table = pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(1, 13, name="month"))
    fine = table.index[~table["off"]]
    table.attrs = {"goal": year.goal, "seen": int(fine[-1]) + 1 if len(fine) else 1}
    return table


def _year(metric: str, plan: str) -> Year:
    """The months of 2026, on the firm's own plan by month or on a twelfth of its goal for each."""
    import numpy as np

    now, before = (year_of(case("distributor"), metric, year) for year in (YEAR, str(int(YEAR) - 1)))
    assert now is not None and before is not None
    if plan == "seasons":
        return now
    even, evenly = np.full(12, now.goal / 12), np.full(12, before.goal / 12)
    past = tuple(float(v) for v in (before.actual - evenly) / evenly)
    return replace(now, plan=even, scale=even, past=past)


@cache
def green(month: int) -> int:
    """How many of the old scorecard's four lines were green at that month's end, year to date.

    >>> [green(month) for month in (3, 9, 12)]
    [4, 4, 4]
    """
    board = removal(case("distributor")).loc[list(HABIT), f"{YEAR}-{month:02}"]
    return int((board >= ON_COURSE).sum())


# ---------------------------------------------------------------- the picture


def pace_by_month_picture(month: float, metric: str, plan: str) -> Picture:
    """The year 2026 as it could be read at the end of one month (C4)."""
    lang, at = current(), int(month)
    table = known(metric, plan)
    title = _title(table, at, metric, plan, lang)
    sentence = f"{title} {_tell('card', lang, n=green(at), of=len(HABIT))}"
    figure = _draw(table, at, title, sentence, lang)
    return Picture(figure, sentence, _table(table, at, lang), f"{_tell('alt', lang)} {sentence}")


def _title(table: pd.DataFrame, at: int, metric: str, plan: str, lang: str) -> str:
    now: Any = table.loc[at]
    goal, seen = table.attrs["goal"], table.attrs["seen"]
    facts = {
        "name": month_name(f"{YEAR}-{at:02}", lang),
        "what": inside(METRICS[metric][lang]),
        "goal": _bn(goal, lang),
        "end": _bn(now["actual"], lang),
        "gap": _bn(now["plan"] - now["actual"], lang),
        "share": Amount(round(100 * now["actual"] / now["plan"], 1), "%"),
        "since": month_name(f"{YEAR}-{seen:02}", lang),
        "late": at - seen,
        "more": _bn((now["plan"] - now["actual"]) - (table.loc[seen, "plan"] - table.loc[seen, "actual"]), lang),
    }
    key = "over" if at == 12 else "fine" if not now["off"] or at < seen else "first" if at == seen else "late"
    if key == "late":
        key = "late_one" if at == seen + 1 else key
    if plan == "even" and key != "fine":
        key = {"first": "first_even", "over": "over_even"}.get(key, "late_even")
    text = _tell(key, lang, **facts)
    return _tell("even", lang) + text if plan == "even" else text


def _bn(value: float, lang: str) -> str:
    text = show(abs(round(value / 1e9, 1)), lang=lang)
    return f"{text} tỷ" if lang == "vi" else f"{text}bn"


def _signed(percent: float, lang: str) -> str:
    shown = round(percent)
    return f"{'+' if shown > 0 else '−' if shown < 0 else ''}{show(abs(shown), '%', lang)}"


def _table(table: pd.DataFrame, at: int, lang: str) -> pd.DataFrame:
    shown = table.loc[:at].drop(columns="off").copy()
    money = ["actual", "plan", "forecast", "low", "high"]
    shown[money] = (shown[money] / 1e9).round(1)
    shown[["growth", "needed"]] = shown[["growth", "needed"]].astype(float).round(1)
    shown.columns = [_tell(f"col_{name}", lang) for name in shown.columns]
    shown.index = [month_tick(f"{YEAR}-{n:02}", lang) for n in shown.index]
    return shown


def _draw(table: pd.DataFrame, at: int, title: str, sentence: str, lang: str) -> Figure:
    figure = page(title, _tell("note", lang, n=green(at), of=len(HABIT)), high=VIEW_HIGH)
    left, right = figure.add_axes((0.065, 0.185, 0.42, 0.53)), figure.add_axes((0.615, 0.185, 0.245, 0.53))
    for axes, key in ((left, "head_gap"), (right, "head_growth")):
        axes.set_title(_tell(key, lang), fontsize=14, weight="bold", color=SOFT, pad=8)
        axes.set_xlim(0.5, 12.5)
        axes.set_xticks(range(1, 13, 2), [month_tick(f"{YEAR}-{n:02}", lang) for n in range(1, 13, 2)])
    _draw_gap(left, table, at, lang)
    _draw_growth(right, table, at, lang)
    return figure


LOWEST, HIGHEST = -75, 30  # VND bn around the plan: what the left side shows
STEEPEST = 120  # percent: what the right side shows; beyond it the number alone is written


def _draw_gap(axes: Any, table: pd.DataFrame, at: int, lang: str) -> None:
    """How far from plan to date, and the fan of the year's end: does it still touch the line of the goal?"""
    now: Any = table.loc[at]
    goal = table.attrs["goal"]
    gap = (table["actual"] - table["plan"]) / 1e9
    axes.set_ylim(LOWEST, HIGHEST)
    axes.axhline(0, color=INK, linewidth=2)
    colour = ORANGE if now["off"] else BLUE
    ends = [(now[name] - goal) / 1e9 for name in ("low", "high", "forecast")]
    if at < 12:
        axes.fill_between([at, 12], [gap[at], ends[0]], [gap[at], ends[1]], color=colour, alpha=0.22, linewidth=0)
        axes.plot([at, 12], [gap[at], ends[2]], "--", color=colour, linewidth=2)
    axes.plot(range(1, at + 1), gap.loc[:at], "-o", color=INK, markersize=5, linewidth=2.5)
    axes.plot([at], [gap[at]], "o", color=colour, markersize=12, zorder=5)
    put(axes, 12.7, 0, _tell("on_plan", lang), va="center", color=INK, linespacing=1.15)
    words = _tell("ends" if at < 12 else "ended", lang, forecast=_bn(now["forecast"], lang), low=_bn(now["low"], lang),
                  high=_bn(now["high"], lang), goal=_bn(goal, lang))  # fmt: skip
    put(
        axes,
        0.7,
        LOWEST + 4,
        words,
        va="bottom",
        weight="bold",
        color=colour,
        linespacing=1.25,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 2},
    )
    axes.yaxis.set_major_formatter(lambda value, _: _plain(value, lang))
    axes.set_yticks([-60, -40, -20, 0, 20])


def _plain(value: float, lang: str) -> str:
    return ("−" if value < 0 else "+" if value > 0 else "") + show(abs(round(value, 3)), lang=lang)


def _draw_growth(axes: Any, table: pd.DataFrame, at: int, lang: str) -> None:
    """Growth on the same period: what came so far, what the months left would have to bring."""
    axes.set_ylim(0, STEEPEST)
    axes.set_yticks([0, 50, 100])
    axes.yaxis.set_major_formatter(lambda value, _: show(round(value, 3), "%", lang))
    last = min(at, 11)
    come, need = table.loc[1:at, "growth"], table.loc[1:last, "needed"].astype(float)
    axes.plot(come.index, come, "-o", color=BLUE, markersize=5)
    axes.plot(need.index, need, "-o", color=ORANGE, markersize=5)
    ends = [(_tell("so_far", lang, growth=_signed(come[at], lang)), BLUE, float(come[at])),
            (_tell("needs", lang, growth=_signed(need[last], lang)) if at < 12 else _tell("none_left", lang), ORANGE,
             min(float(need[last]), STEEPEST))]  # fmt: skip
    middle, least = sum(y for *_, y in ends) / 2, 34.0
    if abs(ends[0][2] - ends[1][2]) < least:
        top = 1 if ends[1][2] >= ends[0][2] else 0
        middle = max(middle, least / 2 + 8)
        ends = [(t, c, middle + (least / 2 if n == top else -least / 2)) for n, (t, c, _) in enumerate(ends)]
    for text, colour, y in ends:
        put(
            axes,
            at + 0.6,
            min(max(y, 16), STEEPEST - 16),
            text,
            color=colour,
            weight="bold",
            va="center",
            clip_on=False,
            linespacing=1.2,
        )


_WORDS: dict[str, Words] = {
    "fine": {
        "vi": "Cuối {name}: {what} đạt {share} kế hoạch lũy kế, mục tiêu {goal} còn trong khoảng dự báo.",
        "en": "End of {name}: {what} is at {share} of plan to date, the goal of {goal} still within the forecast's range.",
    },
    "first": {
        "vi": "Cuối {name}: mục tiêu {goal} vừa ra khỏi khoảng dự báo. Thấy được từ đây, khi mới hụt {gap}.",
        "en": "End of {name}: the goal of {goal} has just left the forecast's range. It shows from here, with {gap} missing.",
    },
    "first_even": {
        "vi": "Cuối {name}: mục tiêu {goal} mới ra khỏi khoảng dự báo. Đến đây mới thấy, khi đã hụt {gap}.",
        "en": "End of {name}: only now has the goal of {goal} left the forecast's range, with {gap} missing already.",
    },
    "late_one": {
        "vi": "Cuối {name}: hụt {gap}. Lẽ ra thấy từ cuối {since}, chậm {late} tháng là hụt thêm {more}.",
        "en": "End of {name}: {gap} short. It showed at the end of {since}; {late} month late means a further {more}.",
    },
    "late": {
        "vi": "Cuối {name}: hụt {gap}. Lẽ ra thấy từ cuối {since}, chậm {late} tháng là hụt thêm {more}.",
        "en": "End of {name}: {gap} short. It showed at the end of {since}; {late} months late means a further {more}.",
    },
    "late_even": {
        "vi": "Cuối {name}: hụt {gap}. Chia kiểu này đến cuối {since} mới cho thấy, và từ đó hụt thêm {more}.",
        "en": "End of {name}: {gap} short. This plan showed it only at the end of {since}, and a further {more} went since.",
    },
    "over_even": {
        "vi": "Hết năm: {what} {end}, hụt {gap}. Chia kiểu này đến cuối {since} mới cho thấy.",
        "en": "The year is over: {what} {end}, {gap} short. This plan showed it only at the end of {since}.",
    },
    "over": {
        "vi": "Hết năm: {what} {end}, hụt {gap}. Chuyện này thấy được từ cuối {since}.",
        "en": "The year is over: {what} {end}, {gap} short. It could be seen at the end of {since}.",
    },
    "even": {"vi": "Chia đều 12 tháng. ", "en": "Evenly over 12 months. "},
    "card": {
        "vi": "Bảng KPI cũ lúc ấy: {n} trên {of} ô xanh.",
        "en": "The old scorecard then: {n} of {of} boxes green.",
    },
    "note": {
        "vi": "Bảng KPI cũ cuối tháng này: {n} trên {of} ô xanh. Khoảng dự báo được dựng để đúng chừng 8 lần trong 10.",
        "en": "The old scorecard at this month's end: {n} of {of} boxes green. The range is meant to hold 8 times in 10.",
    },
    "alt": {
        "vi": "Trái: lệch so với kế hoạch lũy kế, có khoảng dự báo tới cuối năm. Phải: tăng trưởng so với cùng kỳ.",
        "en": "Left: distance from plan to date with the forecast's range. Right: growth on the same period.",
    },
    "head_gap": {"vi": "Lệch so với kế hoạch lũy kế (tỷ VND)", "en": "Distance from plan to date (VND bn)"},
    "head_growth": {"vi": "Tăng so với cùng kỳ (%)", "en": "Growth on the same period (%)"},
    "on_plan": {"vi": "đúng\nkế hoạch", "en": "on\nplan"},
    "ends": {
        "vi": "Dự báo cả năm {forecast}\n({low} đến {high}), mục tiêu {goal}",
        "en": "Forecast for the year {forecast}\n({low} to {high}), goal {goal}",
    },
    "ended": {"vi": "Cả năm {forecast}, mục tiêu {goal}", "en": "The year {forecast}, goal {goal}"},
    "so_far": {"vi": "đến nay\n{growth}", "en": "so far\n{growth}"},
    "needs": {"vi": "phần còn lại\nphải {growth}", "en": "the rest\nneeds {growth}"},
    "none_left": {"vi": "không còn\ntháng nào", "en": "no month\nis left"},
    "col_actual": {"vi": "Lũy kế (tỷ)", "en": "To date (bn)"},
    "col_plan": {"vi": "Kế hoạch lũy kế (tỷ)", "en": "Plan to date (bn)"},
    "col_forecast": {"vi": "Dự báo cả năm (tỷ)", "en": "Year forecast (bn)"},
    "col_low": {"vi": "Từ (tỷ)", "en": "From (bn)"},
    "col_high": {"vi": "Đến (tỷ)", "en": "To (bn)"},
    "col_growth": {"vi": "Tăng đến nay (%)", "en": "Growth so far (%)"},
    "col_needed": {"vi": "Phần còn lại phải tăng (%)", "en": "The rest needs (%)"},
}


def _tell(key: str, lang: str, **facts: Any) -> str:
    return say(_WORDS[key], lang, **facts)


VIEW = View(
    pace_by_month_picture,
    picks={
        "month": Slider(
            asks={"vi": "Đứng ở cuối tháng:", "en": "Stand at the end of month:"}, low=3, high=12, step=1, start=3
        ),
        "metric": Choice(asks={"vi": "Xem:", "en": "Look at:"}, options=METRICS, start="mt_revenue"),
        "plan": Choice(asks={"vi": "Kế hoạch:", "en": "Plan:"}, options=PLANS, start="seasons"),
    },
)
