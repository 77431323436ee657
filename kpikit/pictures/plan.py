"""A metric against its plan, month by month and over the year so far (B4, C3): one function computes, another draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..attainment import base_type, last_month
from ..companies import Case, Metric
from ..language import Words, current, say, show
from ..metrics import find, metric, months_of, year_before
from .canvas import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    SOFT,
    Picture,
    Ruler,
    apart,
    fit,
    month_name,
    month_tick,
    page,
    put,
    styled,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SAME = 0.005  # within half a percent of the plan is on plan: a house rule


def beside_plan(case: Case, id: str, month: str) -> pd.DataFrame:
    """A metric's year beside its plan and the year before: a row a month of that year, in the metric's own unit.

    Columns: ``actual``, ``plan``, ``before`` (the same month a year earlier), and the same over the year so far as
    ``actual_ytd``, ``plan_ytd``, ``before_ytd``. NaN after ``month`` in the actuals, and where nothing is planned.

    >>> from kpikit.companies import case
    >>> table = beside_plan(case("distributor"), "mt_revenue", "2026-09")
    >>> (table.loc["2026-09", ["actual_ytd", "plan_ytd"]] / 1e9).round(1).tolist()
    [156.0, 187.1]
    """
    import pandas as pd

    months = months_of(month[:4])
    earlier = [year_before(m) for m in months]
    columns = {}
    for by, end in (("month", ""), ("ytd", "_ytd")):
        known = metric(case, id, by=by, until=month).set_index("period")
        for side in ("actual", "plan"):
            columns[side + end] = known[side].reindex(months).to_numpy()
        columns["before" + end] = known["actual"].reindex(earlier).to_numpy()
    table = pd.DataFrame(columns, index=pd.Index(months, name="month"), dtype=float)
    return table[["actual", "plan", "before", "actual_ytd", "plan_ytd", "before_ytd"]]


@styled
def plan_picture(*, case: Case, metric: str | None = None, month: str | None = None, design: Any = None) -> Picture:
    """A metric against its plan: each month on the left, the year so far on the right (B4, C3, C4).

    ``metric``: an id of the case's catalogue, else the metric of its first primary goal. ``month``: stand at its end, else
    at the last month with actuals. Raises `UnknownCase` for a metric that is not there.

    >>> from kpikit.companies import case
    >>> from kpikit.language import use
    >>> use("en"); print(plan_picture(case=case("distributor"), metric="mt_revenue", month="2026-09").sentence)
    MT revenue: 156bn by the end of September 2026, 31.1bn short of the plan of 187.1bn.
    """
    lang, month = current(), month or last_month(case)
    entry = find(case, metric or goal_metric(case))
    table = beside_plan(case, entry.id, month)
    ruler = Ruler(entry.unit, float(table[["actual_ytd", "plan_ytd"]].abs().max().max()))
    sentence = finding(entry, table.loc[month], month, ruler, lang)
    figure = _draw(table, entry, month, ruler, sentence, base_type(case, entry) != "last", lang)
    return Picture(
        figure, sentence, _told(table, ruler, lang), say(_WORDS["alt"], lang, what=entry.name[lang]) + sentence
    )


def goal_metric(case: Case) -> str:
    """The metric of the case's first primary goal that its catalogue knows, else its first metric.

    >>> from kpikit.companies import case
    >>> goal_metric(case("factory"))
    'unit_cost'
    """
    goals = case.plan["aop"].get("goals", [])
    named = [g.get("metric") for g in sorted(goals, key=lambda g: g.get("role") != "primary")]
    return next((str(id) for id in named if id in case.catalogue), next(iter(case.catalogue)))


def finding(entry: Metric, row: Any, month: str, ruler: Ruler, lang: str) -> str:
    """What the year so far says, in one sentence: the actual, and how far it is from plan or the year before."""
    actual, plan, before = row["actual_ytd"], row["plan_ytd"], row["before_ytd"]
    facts = {"what": entry.name[lang], "month": month_name(month, lang), "year": month[:4]}
    if actual != actual:
        return say(_WORDS["nothing"], lang, **facts)
    line, key = (plan, "plan") if plan == plan else (before, "before")
    facts |= {"actual": ruler.write(actual, lang)}
    if line != line:
        return say(_WORDS["alone"], lang, **facts)
    gap = ruler.round(actual) - ruler.round(line)
    facts |= {"line": ruler.write(line, lang), "gap": _gap(abs(gap), ruler, lang)}
    if abs(actual - line) <= SAME * abs(line):
        return say(_WORDS[f"same_{key}"], lang, **facts)
    way = ("over" if gap > 0 else "short") if entry.up else ("higher" if gap > 0 else "lower")
    return say(_WORDS[f"{way}_{key}"], lang, **facts)


def _gap(gap: float, ruler: Ruler, lang: str) -> str:
    """A distance; that of two percentages is in points."""
    if ruler.unit == "%":
        return show(round(gap, ruler.digits), lang=lang) + _WORDS["points"][lang]
    return ruler.write(gap * ruler.scale, lang)


def _told(table: pd.DataFrame, ruler: Ruler, lang: str) -> pd.DataFrame:
    """The table as people read it: the figure's own unit and rounding, months and columns named."""
    told = (table / ruler.scale).round(max(ruler.digits, 1))
    told.index = [month_tick(month, lang) for month in table.index]  # type: ignore[assignment]
    told.columns = [f"{_WORDS['col_' + name][lang]} ({ruler.axis(lang)})" for name in table.columns]  # type: ignore[assignment]
    return told


# ---------------------------------------------------------------- drawing


def _draw(table: pd.DataFrame, entry: Metric, month: str, ruler: Ruler, title: str, two: bool, lang: str) -> Figure:
    planned = bool(table["plan_ytd"].notna().any())
    figure = page(title, say(_WORDS["note" if planned else "note_before"], lang))
    shown = (table / ruler.scale).set_axis(range(1, 13))
    good = _good(table.loc[month], entry)
    bars = two and entry.definition["type"] in ("sum", "mean")
    left = figure.add_axes((0.065, 0.14, 0.375, 0.62))
    right = figure.add_axes((0.535 if two else 0.065, 0.14, 0.31 if two else 0.76, 0.62))
    if two:
        _months(left, shown, good, bars, planned, lang)
        _head(figure, 0.016, say(_WORDS["each"], lang, unit=ruler.axis(lang)), 560)
    else:
        left.remove()
    _lines(right, shown.filter(like="_ytd"), good, planned, ruler, lang)
    word = _WORDS["so_far" if two else "at_end"]
    _head(figure, 0.495 if two else 0.016, say(word, lang, unit=ruler.axis(lang)), 640)
    for axes in (left, right) if two else (right,):
        axes.set(xlim=(0.4, 12.6), xticks=range(1, 13, 1 if axes is right and not two else 2))
        axes.set_xticklabels([month_tick(f"2026-{int(t):02}", lang) for t in axes.get_xticks()])
        axes.locator_params(axis="y", nbins=5)
        axes.yaxis.set_major_formatter(lambda value, _: show(value + 0.0, lang=lang).replace("-", "−"))
        axes.axhline(0, color=GREY, linewidth=1, zorder=0) if axes.get_ylim()[0] < 0 else None
    return figure


def _good(row: Any, entry: Metric) -> bool:
    line = row["plan_ytd"] if row["plan_ytd"] == row["plan_ytd"] else row["before_ytd"]
    gap = (row["actual_ytd"] - line) * (1 if entry.up else -1)
    return not gap < -SAME * abs(line)


def _head(figure: Figure, x: float, text: str, room: float) -> None:
    put(
        figure,
        x,
        0.815,
        fit(text, room, SMALL_BOLD, 1, "bold"),
        size=SMALL_BOLD,
        weight="bold",
        color=SOFT,
        va="center",
    )


SMALL_BOLD = 15


def _months(axes: Any, shown: pd.DataFrame, good: bool, bars: bool, planned: bool, lang: str) -> None:
    """Each month: actual as columns with the plan as a stroke over them; a ratio, which has no bottom, as lines."""
    colour, line = BLUE if good else ORANGE, "plan" if planned else "before"
    if bars:
        axes.bar(shown.index, shown["actual"], width=0.7, color=colour, zorder=2)
        axes.hlines(shown[line], shown.index - 0.46, shown.index + 0.46, color=INK, linewidth=3, zorder=3)
        return
    axes.plot(shown.index, shown[line], "--", color=INK, linewidth=2)
    axes.plot(shown.index, shown["actual"], "-o", color=colour)
    _loose(axes, shown[[line, "actual"]])


def _loose(axes: Any, values: pd.DataFrame) -> None:
    """A y axis that neither hugs the lines nor makes a small wobble look like a cliff."""
    low, high = float(values.min().min()), float(values.max().max())
    room = max((high - low) * 0.25, abs(high) * 0.04, 1e-9)
    axes.set_ylim(low - room if low < 0 or low > room else 0, high + room)


def _lines(axes: Any, ytd: pd.DataFrame, good: bool, planned: bool, ruler: Ruler, lang: str) -> None:
    """The year so far: actual, plan (or the year before) to December, each named at its end."""
    line = "plan_ytd" if planned else "before_ytd"
    actual = ytd["actual_ytd"].dropna()
    axes.plot(ytd.index, ytd[line], "--", color=INK, linewidth=2)
    axes.plot(actual.index, actual, "-o", color=BLUE if good else ORANGE, linewidth=3.5)
    _loose(axes, ytd[[line, "actual_ytd"]])
    low, high = axes.get_ylim()
    ends = [(line, ytd[line].dropna(), INK), ("actual_ytd", actual, BLUE if good else ORANGE)]
    ends = [end for end in ends if len(end[1])]
    places = apart([float(values.iloc[-1]) for _, values, _ in ends], (high - low) * 0.135)
    for (name, values, colour), y in zip(ends, places, strict=True):
        word = "end_plan_year" if name == "plan_ytd" and len(actual) < 12 and values.index[-1] == 12 else "end_" + name
        text = f"{_WORDS[word][lang]}\n{ruler.write(values.iloc[-1] * ruler.scale, lang)}"
        put(axes, 12.55, y, text, color=colour, weight="bold", va="center", linespacing=1.15)
        if values.index[-1] < 12:
            axes.plot([values.index[-1], 12.4], [values.iloc[-1], y], ":", color=colour, linewidth=1.2)


_WORDS: dict[str, Words] = {
    "short_plan": {
        "vi": "{what}: hết {month} năm {year} đạt {actual}, hụt {gap} so với kế hoạch {line}.",
        "en": "{what}: {actual} by the end of {month} {year}, {gap} short of the plan of {line}.",
    },
    "over_plan": {
        "vi": "{what}: hết {month} năm {year} đạt {actual}, vượt kế hoạch {line} một khoảng {gap}.",
        "en": "{what}: {actual} by the end of {month} {year}, over the plan of {line} by {gap}.",
    },
    "higher_plan": {
        "vi": "{what}: hết {month} năm {year} là {actual}, cao hơn kế hoạch {gap} (kế hoạch {line}; thấp mới tốt).",
        "en": "{what}: {actual} by the end of {month} {year}, above plan by {gap} (plan {line}; lower is better).",
    },
    "lower_plan": {
        "vi": "{what}: hết {month} năm {year} là {actual}, thấp hơn kế hoạch {gap} (kế hoạch {line}; thấp là tốt).",
        "en": "{what}: {actual} by the end of {month} {year}, below plan by {gap} (plan {line}; lower is better).",
    },
    "same_plan": {
        "vi": "{what}: hết {month} năm {year} là {actual}, đúng kế hoạch ({line}).",
        "en": "{what}: {actual} by the end of {month} {year}, on plan ({line}).",
    },
    "short_before": {
        "vi": "{what}: hết {month} năm {year} đạt {actual}, kém cùng kỳ năm trước {gap} ({line}); không có kế hoạch.",
        "en": "{what}: {actual} by the end of {month} {year}, down {gap} on the same period ({line}); no plan is set.",
    },
    "over_before": {
        "vi": "{what}: hết {month} năm {year} đạt {actual}, hơn cùng kỳ năm trước {gap} ({line}); không có kế hoạch.",
        "en": "{what}: {actual} by the end of {month} {year}, up {gap} on the same period ({line}); no plan is set.",
    },
    "higher_before": {
        "vi": "{what}: hết {month} năm {year} là {actual}, cao hơn cùng kỳ năm trước {gap} ({line}; thấp mới tốt).",
        "en": "{what}: {actual} by the end of {month} {year}, up {gap} on the same period ({line}; lower is better).",
    },
    "lower_before": {
        "vi": "{what}: hết {month} năm {year} là {actual}, thấp hơn cùng kỳ năm trước {gap} ({line}; thấp là tốt).",
        "en": "{what}: {actual} by the end of {month} {year}, down {gap} on the same period ({line}; lower is better).",
    },
    "same_before": {
        "vi": "{what}: hết {month} năm {year} là {actual}, bằng cùng kỳ năm trước ({line}); không có kế hoạch.",
        "en": "{what}: {actual} by the end of {month} {year}, as in the same period ({line}); no plan is set.",
    },
    "alone": {
        "vi": "{what}: hết {month} năm {year} là {actual}; không có kế hoạch hay năm trước để so.",
        "en": "{what}: {actual} by the end of {month} {year}; there is no plan and no year before to compare with.",
    },
    "nothing": {
        "vi": "{what}: hết {month} năm {year} chưa có thực hiện.",
        "en": "{what}: no actual yet by the end of {month} {year}.",
    },
    "points": {"vi": " điểm %", "en": " points"},
    "each": {"vi": "Từng tháng, {unit}", "en": "Each month, {unit}"},
    "so_far": {"vi": "Lũy kế từ đầu năm, {unit}", "en": "Year to date, {unit}"},
    "at_end": {"vi": "Cuối mỗi tháng, {unit}", "en": "At the end of each month, {unit}"},
    "note": {"vi": "Nét đen là kế hoạch, màu là thực hiện.", "en": "Black strokes are the plan, colour is the actual."},
    "note_before": {
        "vi": "Nét đen là cùng kỳ năm trước (chỉ số này không có kế hoạch), màu là thực hiện.",
        "en": "Black strokes are the same period last year (this metric has no plan), colour is the actual.",
    },
    "end_actual_ytd": {"vi": "Thực hiện", "en": "Actual"},
    "end_plan_ytd": {"vi": "Kế hoạch", "en": "Plan"},
    "end_plan_year": {"vi": "Kế hoạch năm", "en": "Plan, the year"},
    "end_before_ytd": {"vi": "Năm trước", "en": "Last year"},
    "alt": {
        "vi": "Hai biểu đồ thực hiện và kế hoạch của {what}, từng tháng và lũy kế. ",
        "en": "Two charts of actual and plan of {what}, by month and year to date. ",
    },
    "col_actual": {"vi": "Thực hiện tháng", "en": "Actual, month"},
    "col_plan": {"vi": "Kế hoạch tháng", "en": "Plan, month"},
    "col_before": {"vi": "Cùng tháng năm trước", "en": "Same month last year"},
    "col_actual_ytd": {"vi": "Thực hiện lũy kế", "en": "Actual, year to date"},
    "col_plan_ytd": {"vi": "Kế hoạch lũy kế", "en": "Plan, year to date"},
    "col_before_ytd": {"vi": "Lũy kế năm trước", "en": "Year to date last year"},
}
