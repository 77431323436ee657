"""The year's pictures: the wall beside the goal, effort flowing away, the cloud of years, two designs side by side.

Each gives a `kpikit.pictures.Picture`: figure (1280 by 720), sentence, table, in the language in force. Titles state the
finding; colours are told apart without colour vision and never carry the meaning alone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ..language import Words, current, say, show
from ..pictures.canvas import BLUE, GREY, INK, ORANGE, PALE, SOFT, Picture, apart, fit, page, put, styled
from .firm import DEPARTMENTS, MONTHS, TASKS
from .places import WHO
from .result import TASK_NAMES, Year, percent
from .run import GREEN, MET

if TYPE_CHECKING:
    from matplotlib.figure import Figure

GOOD, PURPLE, CORNER = "#009E73", "#AA4499", "#FBE3D6"
TILES, COLUMNS = 18, 3  # KPIs shown on a wall, and in how many columns
MONTH_TICKS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DOTS = 1000  # years drawn in a cloud


@styled
def wall(year: Year) -> Picture:
    """The scorecards of one telling year beside its goal: a year of the paradox where there is one (D).

    >>> from .result import year
    >>> wall(year({"kpis": [{"name": "Số cuộc gọi", "level": "company"}]}, years=60)).table.shape
    (1, 3)
    """
    import pandas as pd

    lang, n = current(), telling(year)
    kept = [p for p in year.mapping.placed if p.how != "none"]
    got, reached = year.years.kpi[n], float(year.attainment[n])
    met = reached >= MET
    green = sum(points >= GREEN for points in got)
    title = say(
        _T["wall_" + ("met" if met else "missed")], lang, green=int(green), n=len(kept), reached=_near(reached, lang)
    )
    figure = page(title)
    axes = figure.add_axes((0.02, 0.05, 0.66, 0.80))
    axes.set(xlim=(0, COLUMNS), ylim=(-(-min(len(kept), TILES) // COLUMNS) or 1, 0), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    for i, (place, points) in enumerate(zip(kept[:TILES], got, strict=False)):
        _tile(axes, i % COLUMNS, i // COLUMNS, place.name, float(points))
    if len(kept) > TILES:
        put(figure, 0.02, 0.02, say(_T["more"], lang, n=len(kept) - TILES), color=SOFT)
    _goal(figure, reached, met, lang)
    table = pd.DataFrame(
        [
            (p.name, p.card or _T["company"][lang], show(round(100 * float(v)), lang=lang))
            for p, v in zip(kept, got, strict=True)
        ],
        columns=[_T["kpi"][lang], _T["card"][lang], _T["points"][lang]],
    )
    return Picture(figure, title, table)


def telling(year: Year) -> int:
    """The year to show: of those of the paradox, else of those that miss, else of all, the one nearest their middle."""
    of = next(w for w in (year.years.paradox, ~year.years.met, np.ones(len(year.attainment), dtype=bool)) if w.any())
    which = np.flatnonzero(of)
    return int(which[np.argmin(np.abs(year.attainment[which] - np.median(year.attainment[which])))])


def _tile(axes: Any, x: int, y: int, name: str, points: float) -> None:
    good = points >= GREEN
    axes.barh(y + 0.5, 0.95, left=x, height=0.84, color="#E3F3EE" if good else CORNER)
    axes.barh(y + 0.5, 0.025, left=x, height=0.84, color=GOOD if good else ORANGE)
    text = fit(name, 178, lines=3)
    put(axes, x + 0.05, y + 0.5, text, va="center", color=INK, size=14, linespacing=1.1)
    put(
        axes,
        x + 0.93,
        y + 0.5,
        f"{'✓' if good else '✗'} {round(100 * points)}",
        va="center",
        ha="right",
        size=15,
        weight="bold",
        color="#00674A" if good else "#A34700",
    )


def _goal(figure: Figure, reached: float, met: bool, lang: str) -> None:
    axes = figure.add_axes((0.71, 0.05, 0.27, 0.80))
    axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.add_patch(_box(GOOD if met else ORANGE))
    put(axes, 0.5, 0.78, _T["goal"][lang], ha="center", color="white", size=20, weight="bold")
    put(axes, 0.5, 0.50, _near(reached, lang), ha="center", va="center", color="white", size=54, weight="bold")
    put(axes, 0.5, 0.22, _T["met" if met else "missed"][lang], ha="center", color="white", size=20, weight="bold")


def _near(reached: float, lang: str) -> str:
    """An attainment; with a decimal where rounding would put it on the other side of the line."""
    return percent(reached, lang, digits=1 if abs(reached - MET) < 0.01 else 0)


def _box(colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((0, 0), 1, 1, color=colour)


@styled
def effort(year: Year, department: str | None = None) -> Picture:
    """Where working time goes month by month: build, show, game, routine; of the firm or one department."""
    import pandas as pd

    lang = current()
    of = year.effort.mean(axis=1) if department is None else year.effort[:, DEPARTMENTS.index(department)]
    parts = [100 * of[:, k] for k in range(3)]
    parts.append(100 - np.sum(parts, axis=0))
    usual = 100 * year.firm.usual
    ends = [float(part.mean()) for part in parts]
    key = (
        "flows_away"
        if ends[0] < usual[0] - 1 and ends[1] > usual[1]
        else "flows_to"
        if ends[0] > usual[0] + 1
        else "stays"
    )
    title = say(
        _T[key],
        lang,
        who=_T["people"][lang] if department is None else WHO[department][lang].capitalize(),
        build=show(round(usual[0]), "%", lang),
        built=show(round(ends[0]), "%", lang),
        seen=show(round(usual[1]), "%", lang),
        saw=show(round(ends[1]), "%", lang),
    )
    figure = page(title)
    axes = figure.add_axes((0.07, 0.12, 0.62, 0.72))
    months, colours = np.arange(MONTHS + 1), (BLUE, ORANGE, PURPLE, PALE)
    start = [*usual, 100 - usual.sum()]
    stack = [np.concatenate([[first], part]) for first, part in zip(start, parts, strict=True)]
    axes.stackplot(months, stack, colors=colours, edgecolor="white", linewidth=1.5)
    names = [*(TASK_NAMES[task][lang] for task in TASKS), _T["routine"][lang]]
    middle = np.cumsum([s[-1] for s in stack]) - np.array([s[-1] for s in stack]) / 2
    for y, name, colour, last in zip(
        apart([float(v) for v in middle], 9.5), names, (BLUE, "#A34700", "#882277", SOFT), stack, strict=True
    ):
        put(
            axes,
            MONTHS + 0.25,
            y,
            f"{show(round(last[-1]), '%', lang)} {textwrap.fill(name, 25)}",
            va="center",
            color=colour,
            clip_on=False,
            size=14,
            weight="bold" if colour != SOFT else "normal",
        )
    axes.set(xlim=(0, MONTHS), ylim=(0, 100), xticks=range(0, MONTHS + 1, 2), ylabel=_T["time"][lang])
    axes.set_xticklabels([_T["last_year"][lang], *(_tick(m, lang) for m in range(2, MONTHS + 1, 2))])
    table = pd.DataFrame(
        {name: [show(round(float(v), 1), "%", lang) for v in part] for name, part in zip(names, stack, strict=True)},
        index=[_T["last_year"][lang], *(_tick(m, lang) for m in range(1, MONTHS + 1))],
    )
    return Picture(figure, title, table)


@styled
def cloud(year: Year) -> Picture:
    """Each year a dot: points of its poorest scorecard against attainment; the paradox corner is marked (D)."""
    import pandas as pd

    lang = current()
    title = say(_T["cloud"], lang, paradox=percent(year.paradox, lang), met=percent(year.met, lang))
    figure = page(title)
    axes = figure.add_axes((0.09, 0.13, 0.88, 0.71))
    x, y, corner = 100 * year.years.least[:DOTS], 100 * year.attainment[:DOTS], year.years.paradox[:DOTS]
    seen = x[~np.isnan(x)]
    left, right = min(60.0, float(np.floor(seen.min(initial=60) / 10) * 10)), max(122.0, float(seen.max(initial=0)) + 2)
    low, high = min(70.0, float(y.min()) - 2), max(112.0, float(y.max()) + 2)
    axes.fill_between([100 * GREEN, right], low, 100 * MET, color=CORNER, linewidth=0)
    axes.plot(x[~corner], y[~corner], "o", color=BLUE, markersize=6, alpha=0.45, markeredgewidth=0)
    axes.plot(x[corner], y[corner], "D", color=ORANGE, markersize=6, alpha=0.6, markeredgewidth=0)
    axes.axhline(100 * MET, color=GREY, linewidth=1.5)
    axes.axvline(100 * GREEN, color=GREY, linewidth=1.5)
    put(
        axes,
        right - 0.5,
        low + 0.03 * (high - low),
        say(_T["corner"], lang, paradox=percent(year.paradox, lang)),
        ha="right",
        color="#A34700",
        size=15,
        weight="bold",
    )
    put(axes, right - 0.5, high - 0.05 * (high - low), _T["both"][lang], ha="right", va="top", color=SOFT)
    put(axes, left + 0.5, high - 0.05 * (high - low), _T["red_met"][lang], va="top", color=SOFT)
    put(axes, left + 0.5, low + 0.03 * (high - low), _T["red_missed"][lang], color=SOFT)
    axes.set(xlim=(left, right), ylim=(low, high), xlabel=_T["least"][lang], ylabel=_T["attainment"][lang])
    axes.yaxis.set_major_formatter(lambda value, _: show(round(value), "%", lang))
    green, met = year.years.green, year.years.met
    table = pd.DataFrame(
        [
            [percent((green & met).mean(), lang), percent((green & ~met).mean(), lang)],
            [percent((~green & met).mean(), lang), percent((~green & ~met).mean(), lang)],
        ],
        index=[_T["all_green"][lang], _T["not_green"][lang]],
        columns=[_T["met"][lang], _T["missed"][lang]],
    )
    return Picture(figure, title, table)


@styled
def beside(first: Year, second: Year, names: tuple[str, str]) -> Picture:
    """Two designs in the same years: each year's attainment, the middle eight tenths, and the chances."""
    import pandas as pd

    lang, both = current(), (first, second)
    better = (
        float(np.mean(first.attainment > second.attainment))
        if len(first.attainment) == len(second.attainment)
        else np.nan
    )
    ahead, behind = (0, 1) if first.attainment.mean() >= second.attainment.mean() else (1, 0)
    wins = better if ahead == 0 else 1 - better
    title = say(
        _T["beside"],
        lang,
        ahead=names[ahead],
        behind=names[behind],
        more=show(round(100 * float(both[ahead].attainment.mean() - both[behind].attainment.mean())), lang=lang),
    )
    if not np.isnan(better):
        title += say(_T["wins"], lang, wins=percent(wins, lang))
    figure = page(title)
    axes = figure.add_axes((0.03, 0.14, 0.94, 0.70))
    rng = np.random.default_rng(1)
    rows = []
    for place, (year, name, colour) in enumerate(zip(both, names, (BLUE, ORANGE), strict=True)):
        y = 1 - place
        values = 100 * year.attainment
        low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
        shown = values[:DOTS]
        axes.plot(
            shown,
            y + rng.uniform(-0.16, 0.16, len(shown)),
            "o",
            color=colour,
            markersize=4,
            alpha=0.18,
            markeredgewidth=0,
        )
        axes.plot([low, high], [y, y], color=INK, linewidth=4, solid_capstyle="butt")
        axes.plot([middle], [y], "o", color="white", markeredgecolor=INK, markeredgewidth=3, markersize=13, zorder=5)
        axes.annotate(
            show(round(middle), "%", lang),
            (middle, y),
            xytext=(0, 14),
            textcoords="offset points",
            ha="center",
            weight="bold",
            size=16,
        )
        put(
            axes,
            0.0,
            y + 0.33,
            name,
            transform=axes.get_yaxis_transform(),
            color=colour if colour == BLUE else "#A34700",
            weight="bold",
            size=16,
        )
        spread = 196 * float(np.sqrt(max(year.met * (1 - year.met), 1e-12) / len(values)))
        chances = say(
            _T["chances"],
            lang,
            met=percent(year.met, lang),
            give=show(round(spread, 1), lang=lang),
            paradox=percent(year.paradox, lang),
        )
        put(axes, 0.0, y - 0.36, chances, transform=axes.get_yaxis_transform(), color=SOFT)
        rows.append(
            [
                percent(year.met, lang),
                percent(year.paradox, lang),
                *(show(round(v), "%", lang) for v in (low, middle, high)),
            ]
        )
    axes.axvline(100 * MET, color=GREY, linewidth=1.5, zorder=0)
    put(axes, 100 * MET, 1.52, say(_T["line"], lang, met=percent(MET, lang)), color=SOFT, ha="center")
    axes.set(ylim=(-0.5, 1.6), yticks=[], xlabel=_T["attainment"][lang])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_formatter(lambda value, _: show(round(value), "%", lang))
    table = pd.DataFrame(
        rows, index=list(names), columns=[_T["met"][lang], _T["paradox"][lang], "10%", _T["median"][lang], "90%"]
    )
    return Picture(figure, title, table)


def _tick(month: int, lang: str) -> str:
    return f"T{month}" if lang == "vi" else MONTH_TICKS[month - 1]


_T: Mapping[str, Words] = {
    "wall_missed": {
        "vi": "{green} trên {n} KPI xanh, mà mục tiêu chỉ đạt {reached}",
        "en": "{green} of {n} KPIs are green, and the goal stands at {reached}",
    },
    "wall_met": {
        "vi": "{green} trên {n} KPI xanh, và mục tiêu đạt {reached}",
        "en": "{green} of {n} KPIs are green, and the goal stands at {reached}",
    },
    "more": {"vi": "và {n} KPI nữa, xem bảng", "en": "and {n} more KPIs, see the table"},
    "goal": {"vi": "Mục tiêu", "en": "The goal"},
    "met": {"vi": "Đạt", "en": "Met"},
    "missed": {"vi": "Không đạt", "en": "Missed"},
    "kpi": {"vi": "KPI", "en": "KPI"},
    "card": {"vi": "Bảng KPI", "en": "Scorecard"},
    "points": {"vi": "Điểm", "en": "Points"},
    "company": {"vi": "Công ty", "en": "Company"},
    "people": {"vi": "Cả công ty", "en": "The whole firm"},
    "flows_away": {
        "vi": "{who}: trung bình năm, công sức tạo ra mục tiêu từ {build} xuống {built}, hoạt động dễ thấy từ {seen} lên {saw}",
        "en": "{who}: over the year, effort that builds the goal falls from {build} to {built}, visible activity rises from {seen} to {saw}",
    },
    "flows_to": {
        "vi": "{who}: trung bình năm, công sức tạo ra mục tiêu từ {build} lên {built} thời gian làm việc",
        "en": "{who}: over the year, effort that builds the goal rises from {build} to {built} of working time",
    },
    "stays": {
        "vi": "{who}: công sức tạo ra mục tiêu vẫn quanh {built} thời gian làm việc",
        "en": "{who}: effort that builds the goal stays near {built} of working time",
    },
    "routine": {"vi": "Việc thường ngày", "en": "Routine"},
    "time": {"vi": "% thời gian làm việc", "en": "% of working time"},
    "last_year": {"vi": "Năm trước", "en": "Last year"},
    "cloud": {
        "vi": "Nghịch lý gặp ở {paradox} số năm; mục tiêu đạt ở {met} số năm",
        "en": "The paradox comes up in {paradox} of the years; the goal is met in {met}",
    },
    "corner": {"vi": "Nghịch lý: {paradox} số năm", "en": "The paradox: {paradox} of the years"},
    "both": {"vi": "KPI xanh, mục tiêu đạt", "en": "KPIs green, goal met"},
    "red_met": {"vi": "KPI chưa xanh, mục tiêu đạt", "en": "KPIs not green, goal met"},
    "red_missed": {"vi": "KPI chưa xanh, mục tiêu không đạt", "en": "KPIs not green, goal missed"},
    "least": {"vi": "Điểm của bảng KPI thấp nhất công ty (điểm)", "en": "Points of the firm's poorest scorecard"},
    "attainment": {"vi": "Tỷ lệ hoàn thành mục tiêu", "en": "Attainment of the goal"},
    "all_green": {"vi": "Mọi bảng KPI xanh", "en": "Every scorecard green"},
    "not_green": {"vi": "Chưa xanh hết", "en": "Not every one green"},
    "beside": {
        "vi": "{ahead} hơn {behind} trung bình {more} điểm % hoàn thành",
        "en": "{ahead} beats {behind} by {more} points of the goal on average",
    },
    "wins": {"vi": ", và hơn ở {wins} số năm", "en": ", and in {wins} of the years"},
    "chances": {
        "vi": "Mục tiêu đạt ở {met} số năm (±{give}); nghịch lý ở {paradox}",
        "en": "Goal met in {met} of the years (±{give}); the paradox in {paradox}",
    },
    "line": {"vi": "đạt từ {met}", "en": "met from {met}"},
    "paradox": {"vi": "Nghịch lý", "en": "Paradox"},
    "median": {"vi": "Trung vị", "en": "Median"},
}
