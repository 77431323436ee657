"""Who makes the whole: each unit's share of a sum, beside plan and last year (C3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..attainment import base_type, last_month
from ..companies import Case
from ..language import Trouble, Words, current, say, show
from ..metrics import find, metric, months_of, year_before
from .canvas import BLUE, GREY, INK, SOFT, Picture, apart, bare, fit, inside, month_name, month_tick, page, put, styled
from .plan import goal_metric
from .unit import MOST, by_unit, chosen_split

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

NEAR = 0.5  # points: shares that are all nearer than this to their plan are as planned, a house rule


def shares(case: Case, id: str, split: str, month: str) -> pd.DataFrame:
    """Each unit's part of a sum over the year so far, in percent: columns ``actual``, ``plan``, ``before``; largest first.

    Raises `Trouble` for what does not add up (a ratio) or has parts below zero: of such there is no share.

    >>> from kpikit.companies import case
    >>> shares(case("distributor"), "revenue", "channel", "2026-12").round(1)["actual"].to_dict()
    {'GT': 60.0, 'MT': 40.0}
    """
    entry = find(case, id)
    table = by_unit(case, id, split, month)
    if base_type(case, entry) not in ("sum", "last") or (table.fillna(0) < 0).any(axis=None):
        raise Trouble(
            vi=f"“{entry.name['vi']}” ({id}) không chia được thành tỷ trọng: nó không cộng dồn, hoặc có phần âm. Hãy chọn chỉ số khác.",
            en=f"“{entry.name['en']}” ({id}) has no shares: it does not add up, or has parts below zero. Choose another metric.",
        )
    part = 100 * table / table.sum(min_count=1)
    return part.sort_values("actual", ascending=False)


@styled
def share_picture(
    *, case: Case, metric: str | None = None, month: str | None = None, split: str | None = None, design: Any = None
) -> Picture:
    """Who makes the whole: each unit's share of a sum, beside plan and last year, and the course of the one that moved most.

    ``metric``: a sum, or one of the catalogue's shares (its own split); else the first share of the catalogue, else
    revenue. ``split``: a column, else the coarsest one that is planned. Raises `Trouble` for what has no shares (C3).

    >>> from kpikit.companies import case
    >>> from kpikit.language import use
    >>> use("en"); print(share_picture(case=case("distributor"), month="2026-12").sentence)
    MT makes 40% of revenue by the end of December 2026, where the plan is 44.8%.
    """
    lang, month = current(), month or last_month(case)
    id, split, focus = _whole(case, metric, split, month)
    entry, table = find(case, id), shares(case, id, split, month)
    line = "plan" if table["plan"].notna().any() else "before"
    off = (table["actual"] - table[line]).abs()
    unit = focus if focus in table.index else str(off.idxmax()) if off.notna().any() else str(table.index[0])
    row: Any = table.loc[unit]
    what = inside(entry.name[lang])
    facts = {"unit": unit, "what": what, "month": month_name(month, lang), "year": month[:4],
             "actual": show(round(row["actual"], 1), "%", lang)}  # fmt: skip
    if row[line] == row[line]:
        facts["due"] = show(round(row[line], 1), "%", lang)
        same = off.max() < NEAR
        facts["near"] = show(NEAR, lang=lang)
        sentence = say(_WORDS[f"share_same_{line}" if same else f"share_{line}"], lang, **facts)
    else:
        sentence = say(_WORDS["share_alone"], lang, **facts)
    told = table.round(1)
    told.columns = [f"{_WORDS['col_' + c][lang]} (%)" for c in told.columns]  # type: ignore[assignment]
    told.index.name = None
    figure = _draw_shares(table, _course(case, id, split, unit, month), unit, line, sentence, lang)
    return Picture(figure, sentence, told, say(_WORDS["alt_share"], lang, what=what) + sentence)


def _whole(case: Case, id: str | None, split: str | None, month: str) -> tuple[str, str, str]:
    """The sum to take shares of, by which column, and whose share is asked for."""
    if id is None:
        id = next((i for i, e in case.catalogue.items() if e.definition["type"] == "share"), None)
        id = id or ("revenue" if "revenue" in case.catalogue else goal_metric(case))
    entry = find(case, id)
    if entry.definition["type"] == "share":
        column, focus = next(iter(entry.definition["filter"].items()))
        return str(entry.definition["of"]), split or str(column), str(focus)
    return id, chosen_split(case, id, split, month, most=False), ""


def _course(case: Case, id: str, split: str, unit: str, month: str) -> pd.DataFrame:
    """One unit's share, year to date, through the months of the year: columns ``actual`` and ``plan``, percent."""
    import pandas as pd

    table = metric(case, id, by="ytd", split=split, until=month)
    whole = table.groupby("period")[["actual", "plan"]].sum(min_count=1)
    part = table[table[split] == unit].set_index("period")[["actual", "plan"]]
    earlier = [year_before(m) for m in months_of(month[:4])]
    course = (100 * part / whole).reindex([*earlier, *months_of(month[:4])])
    return pd.DataFrame(
        {
            "actual": course["actual"][12:].to_numpy(),
            "plan": course["plan"][12:].to_numpy(),
            "before": course["actual"][:12].to_numpy(),
        },
        index=months_of(month[:4]),
    )


def _draw_shares(table: pd.DataFrame, course: pd.DataFrame, unit: str, line: str, title: str, lang: str) -> Figure:
    rows = table.head(MOST)
    figure = page(title, _WORDS[f"note_share_{line}"][lang])
    put(figure, 0.016, 0.815, _WORDS["head_share"][lang], size=15, weight="bold", color=SOFT, va="center")
    axes = bare(figure.add_axes((0.215, 0.13, 0.295, 0.64)))
    top = float(rows[["actual", line]].max().max())
    axes.set(xlim=(0, top * 1.32), ylim=(max(len(rows), 3) - 0.45, -0.55))
    row: Any
    for y, (name, row) in enumerate(rows.iterrows()):
        bold = name == unit
        look = {"weight": "bold" if bold else "normal", "color": INK if bold else SOFT, "va": "center"}
        axes.barh(y, row["actual"], height=0.55, color=BLUE if bold else "#B9CFDF")
        axes.vlines(row[line], y - 0.4, y + 0.4, color=INK, linewidth=3)
        put(
            axes,
            -0.03,
            y,
            fit(str(name), 235, weight=look["weight"]),
            ha="right",
            transform=axes.get_yaxis_transform(),
            **look,
        )
        end = max(v for v in (row["actual"], row[line]) if v == v)
        put(axes, end + top * 0.03, y, show(round(row["actual"], 1), "%", lang), **look)
    right = figure.add_axes((0.6, 0.13, 0.26, 0.64))
    put(figure, 0.555, 0.815, fit(say(_WORDS["head_course"], lang, unit=unit), 560, 15, 1, "bold"), size=15, weight="bold", color=SOFT,
        va="center")  # fmt: skip
    _draw_course(right, course, line, lang)
    return figure


def _draw_course(axes: Any, course: pd.DataFrame, line: str, lang: str) -> None:
    shown = course.set_axis(range(1, 13))
    axes.plot(shown.index, shown[line], "--", color=INK, linewidth=2)
    axes.plot(shown.index, shown["actual"], "-o", color=BLUE)
    low, high = float(shown[[line, "actual"]].min().min()), float(shown[[line, "actual"]].max().max())
    room = max((high - low) * 0.3, 1.0)
    low, high = max(0.0, low - room), min(100.0 + room, high + room)
    axes.set(xlim=(0.4, 12.6), ylim=(low, high), xticks=range(1, 13, 2))
    axes.set_xticklabels([month_tick(f"2026-{t:02}", lang) for t in range(1, 13, 2)])
    axes.locator_params(axis="y", nbins=5)
    axes.yaxis.set_major_formatter(lambda value, _: show(value, "%", lang))
    ends = [(name, shown[name].dropna(), colour) for name, colour in ((line, INK), ("actual", BLUE))]
    ends = [end for end in ends if len(end[1])]
    places = apart([float(values.iloc[-1]) for _, values, _ in ends], (high - low) * 0.135)
    for (name, values, colour), y in zip(ends, places, strict=True):
        text = f"{_WORDS['col_' + name][lang]}\n{show(round(float(values.iloc[-1]), 1), '%', lang)}"
        put(axes, 12.8, y, text, color=colour, weight="bold", va="center", linespacing=1.15)
        if values.index[-1] < 12:
            axes.plot([values.index[-1], 12.6], [values.iloc[-1], y], ":", color=GREY, linewidth=1.2)


_WORDS: dict[str, Words] = {
    "head_share": {"vi": "Tỷ trọng của mỗi đơn vị", "en": "Each unit's share"},
    "head_course": {"vi": "Tỷ trọng của {unit}, lũy kế", "en": "The share of {unit}, year to date"},
    "share_plan": {
        "vi": "{unit} chiếm {actual} {what} tính đến hết {month} năm {year}, kế hoạch là {due}.",
        "en": "{unit} makes {actual} of {what} by the end of {month} {year}, where the plan is {due}.",
    },
    "share_before": {
        "vi": "{unit} chiếm {actual} {what} tính đến hết {month} năm {year}, cùng kỳ năm trước là {due}.",
        "en": "{unit} makes {actual} of {what} by the end of {month} {year}, in the same period last year {due}.",
    },
    "share_same_plan": {
        "vi": "Mọi đơn vị đúng tỷ trọng kế hoạch, lệch dưới {near} điểm %; {unit} chiếm {actual} {what} tính đến hết {month} năm {year}.",
        "en": "Every unit is within {near} points of its planned share; {unit} makes {actual} of {what} by the end of {month} {year}.",
    },
    "share_same_before": {
        "vi": "Tỷ trọng như cùng kỳ năm trước, lệch dưới {near} điểm %; {unit} chiếm {actual} {what} tính đến hết {month} năm {year}.",
        "en": "Shares are within {near} points of the same period last year; {unit} makes {actual} of {what} by the end of {month} {year}.",
    },
    "share_alone": {
        "vi": "{unit} chiếm {actual} {what} tính đến hết {month} năm {year}.",
        "en": "{unit} makes {actual} of {what} by the end of {month} {year}.",
    },
    "note_share_plan": {"vi": "Vạch và nét đen là kế hoạch.", "en": "Black strokes are the plan."},
    "note_share_before": {
        "vi": "Vạch và nét đen là cùng kỳ năm trước (không có kế hoạch theo đơn vị).",
        "en": "Black strokes are the same period last year (no plan by unit is set).",
    },
    "col_actual": {"vi": "Thực hiện", "en": "Actual"},
    "col_plan": {"vi": "Kế hoạch", "en": "Plan"},
    "col_before": {"vi": "Năm trước", "en": "Last year"},
    "alt_share": {
        "vi": "Cột ngang: tỷ trọng của mỗi đơn vị trong {what}; đường: tỷ trọng qua các tháng. ",
        "en": "Bars: each unit's share of {what}; lines: a share through the months. ",
    },
}
