"""Where the bottleneck is: a metric by channel, account, team, shop, line or city, beside its plan (B4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..attainment import base_type, last_month
from ..companies import TYPES, Case, Metric
from ..language import Trouble, Words, current, say, show
from ..metrics import find, metric, year_before
from .canvas import (
    INK,
    ORANGE,
    PALE,
    SKY,
    SOFT,
    Picture,
    Ruler,
    bare,
    fit,
    inside,
    month_name,
    page,
    put,
    styled,
)
from .plan import goal_metric

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MOST = 12  # units on a figure: more are no bottleneck to find but a list
FLAT = 0.005  # a unit within half a percent of its plan is on plan: a house rule


# ---------------------------------------------------------------- which units


def splits(case: Case, id: str) -> list[str]:
    """The columns that tell a metric's units apart: the names that master data know, then those its plan is made by.

    >>> from kpikit.companies import case
    >>> splits(case("distributor"), "revenue")
    ['account', 'channel']
    """
    leaves = list(_leaves(case, find(case, id)))
    masters = [code.removesuffix("_code") for code in case.catalogue.masters]
    plans = [case.tables[plan] for leaf in leaves if (plan := case.catalogue.plans.get(leaf.definition["table"]))]
    texts = [c for plan in plans for c in plan.columns if plan[c].dtype.kind not in "iuf"]
    named = dict.fromkeys([*masters, *(c for c in texts if c != "month" and not c.endswith("_code"))])
    tables = [case.tables[leaf.definition["table"]] for leaf in leaves]
    return [c for c in named if all(c in table.columns for table in tables)]


def _leaves(case: Case, entry: Metric) -> Iterator[Metric]:
    if "table" in entry.definition:
        yield entry
    for key in TYPES[entry.definition["type"]][1]:
        yield from _leaves(case, find(case, entry.definition[key]))


def by_unit(case: Case, id: str, split: str, month: str) -> pd.DataFrame:
    """A metric's year so far by unit: a row a unit, columns ``actual``, ``plan``, ``before`` (a year earlier).

    >>> from kpikit.companies import case
    >>> (by_unit(case("b2b_sales"), "revenue", "team", "2026-12").loc["Đội Dự án"] / 1e9).round(1).tolist()
    [27.9, 38.5, 34.8]
    """
    import pandas as pd

    whole = metric(case, id, by="ytd", split=split, until=month).set_index(["period", split])
    now = whole.loc[month] if month in whole.index.get_level_values(0) else whole.iloc[:0].droplevel(0)
    earlier = year_before(month)
    past: Any = whole.loc[earlier, "actual"] if earlier in whole.index.get_level_values(0) else pd.Series(dtype=float)
    table = now.assign(before=past.reindex(now.index))
    there = table[table["actual"].notna() | table["plan"].fillna(0).ne(0)]
    return there[there.index.astype(str) != ""]


def chosen_split(case: Case, id: str, split: str | None, month: str, most: bool) -> str:
    """The split asked for, else one with a plan for its units: the finest for a bottleneck, the coarsest for shares."""
    if split:
        return split
    found = {}
    for column in splits(case, id):
        table = by_unit(case, id, column, month)
        if 2 <= len(table) <= MOST:
            found[column] = (table["plan"].notna().sum() >= 2, len(table) if most else -len(table))
    if not found:
        entry = find(case, id)
        raise Trouble(
            vi=f"“{entry.name['vi']}” ({id}) không tách được theo đơn vị nào. Hãy chọn chỉ số khác bằng metric=.",
            en=f"“{entry.name['en']}” ({id}) cannot be split by any unit. Choose another metric with metric=.",
        )
    return max(found, key=lambda column: found[column])


def _metric_with_units(case: Case, month: str) -> str:
    """The metric to look for the bottleneck in: a goal's own, else the first ratio that acts on it, with units planned."""
    goals = [goal_metric(case), *(str(g.get("metric")) for g in case.plan["aop"].get("goals", []))]
    drivers = [id for id, e in case.catalogue.items() if e.kind == "driver" and e.definition["type"] == "ratio"]
    for id in dict.fromkeys(goals + drivers):
        for column in splits(case, id) if id in case.catalogue else []:
            if by_unit(case, id, column, month)["plan"].notna().sum() >= 2:
                return id
    return goals[0]


# ---------------------------------------------------------------- the bottleneck


@styled
def bottleneck_picture(
    *, case: Case, metric: str | None = None, month: str | None = None, split: str | None = None, design: Any = None
) -> Picture:
    """Each unit's distance from its plan over the year so far, the shortest first: where the bottleneck is (B4).

    ``metric``: else the metric of the primary goal; where that has no units, the first driver rate that has. ``split``: a
    column (account, team, shop, line, city), else the finest one that is planned. Without a plan, against the year before.
    Raises `Trouble` for what cannot be split.

    >>> from kpikit.companies import case
    >>> from kpikit.language import use
    >>> use("en"); print(bottleneck_picture(case=case("factory")).sentence)
    The bottleneck is Chuyền sơn: OEE of the plant is 65.8% where the plan is 74%; every other unit is on plan or better.
    """
    lang, month = current(), month or last_month(case)
    entry = find(case, metric or _metric_with_units(case, month))
    split = chosen_split(case, entry.id, split, month, most=True)
    table = by_unit(case, entry.id, split, month)
    line = "plan" if table["plan"].notna().any() else "before"
    table = table[table[line].notna() & table["actual"].notna()]
    table = table.assign(gap=table["actual"] - table[line])
    table = table.assign(harm=-table["gap"] if entry.up else table["gap"]).sort_values("harm", ascending=False)
    adds = base_type(case, entry) in ("sum", "last")
    gaps = Ruler(entry.unit, float(table["gap"].abs().max()) if len(table) else 0.0)
    size = Ruler(entry.unit, float(table[["actual", line]].abs().max().max()) if len(table) else 0.0)
    sentence = _bottleneck(table, entry, line, adds, gaps, size, lang)
    figure = _draw_gaps(table.head(MOST), entry, line, (gaps, size), sentence, month, lang)
    told = (table[["actual", line, "gap"]] / size.scale).round(max(size.digits, 2))
    told.columns = [f"{_WORDS['col_' + c][lang]} ({size.axis(lang)})" for c in told.columns]  # type: ignore[assignment]
    told.index.name = None
    return Picture(figure, sentence, told, say(_WORDS["alt_bottleneck"], lang, what=entry.name[lang]) + sentence)


def _harmed(table: pd.DataFrame, line: str) -> pd.DataFrame:
    return table[table["harm"] > FLAT * table[line].abs()]


def _bottleneck(table: pd.DataFrame, entry: Metric, line: str, adds: bool, gaps: Ruler, size: Ruler, lang: str) -> str:
    what = inside(entry.name[lang])
    facts: dict[str, Any] = {"what": what, "line": _WORDS[f"the_{line}"][lang]}
    short = _harmed(table, line)
    if short.empty:
        return say(_WORDS["none"], lang, **facts)
    worst = short.iloc[0]
    facts |= {
        "unit": str(short.index[0]),
        "actual": size.write(worst["actual"], lang),
        "due": size.write(worst[line], lang),
    }
    if adds:
        facts |= {
            "gap": gaps.write(abs(worst["gap"]), lang),
            "part": show(round(100 * worst["harm"] / short["harm"].sum()), "%", lang),
        }
        return say(_WORDS["sum_up" if entry.up else "sum_down"], lang, **facts)
    if len(short) == 1:
        return say(_WORDS["rate_alone"], lang, **facts)
    return say(_WORDS["rate"], lang, n=len(short), **facts)


def _draw_gaps(
    table: pd.DataFrame, entry: Metric, line: str, rulers: tuple[Ruler, Ruler], title: str, month: str, lang: str
) -> Figure:
    gaps, size = rulers
    note = say(_WORDS["note_gap"], lang, line=_WORDS[f"the_{line}"][lang], month=month_name(month, lang), year=month[:4],
               better=_WORDS["better_up" if entry.up else "better_down"][lang])  # fmt: skip
    figure = page(title, note)
    put(figure, 0.016, 0.815, say(_WORDS["head_gap"], lang, what=entry.name[lang], unit=gaps.apart(lang)),
        size=15, weight="bold", color=SOFT, va="center")  # fmt: skip
    axes = bare(figure.add_axes((0.245, 0.11, 0.43, 0.66)))
    values = table["gap"] / gaps.scale
    span = max(float(values.abs().max()), 1e-9)
    low, high = min(float(values.min()), 0), max(float(values.max()), 0)
    pad = span * 0.42
    axes.set(xlim=(low - (pad if low < 0 else span * 0.05), high + (pad if high > 0 else span * 0.05)),
             ylim=(max(len(table), 4) - 0.45, -0.55))  # fmt: skip
    axes.axvline(0, color=INK, linewidth=1.5)
    short = set(_harmed(table, line).index)
    put(axes, 1.04, 1.0, fit(_WORDS["head_actual"][lang] + " / " + _WORDS[f"the_{line}"][lang], 340), transform=axes.transAxes, color=SOFT,
        va="bottom")  # fmt: skip
    for y, (unit, row) in enumerate(table.iterrows()):
        worst = y == 0 and unit in short
        value = float(row["gap"]) / gaps.scale
        axes.barh(y, value, height=0.62, color=ORANGE if worst else SKY if unit in short else PALE,
                  edgecolor=INK if worst else "none", hatch="//" if worst else None)  # fmt: skip
        look = {"weight": "bold" if worst else "normal", "color": INK if worst else SOFT, "va": "center"}
        put(
            axes,
            -0.03,
            y,
            fit(str(unit), 285, weight=look["weight"]),
            ha="right",
            transform=axes.get_yaxis_transform(),
            **look,
        )
        away = span * 0.03 * (-1 if value < 0 else 1)
        text = gaps.write(row["gap"], lang, sign=True, unit=False)
        put(axes, value + away, y, text, ha="right" if value < 0 else "left", **look)
        pair = f"{size.write(row['actual'], lang, unit=False)} / {size.write(row[line], lang)}"
        put(axes, 1.04, y, fit(pair, 390, weight=look["weight"]), transform=axes.get_yaxis_transform(), **look)
    return figure


_WORDS: dict[str, Words] = {
    "sum_up": {
        "vi": "Nút thắt là {unit}: {what} hụt {gap}, bằng {part} toàn bộ phần hụt.",
        "en": "The bottleneck is {unit}: {what} is {gap} short, {part} of all that is missing.",
    },
    "sum_down": {
        "vi": "Nút thắt là {unit}: {what} cao hơn {gap}, bằng {part} toàn bộ phần vượt quá.",
        "en": "The bottleneck is {unit}: {what} is {gap} too high, {part} of all that is too much.",
    },
    "rate": {
        "vi": "Nút thắt là {unit}: {what} {actual}, {line} {due}; {n} đơn vị kém mức này, đây là nơi lệch nhất.",
        "en": "The bottleneck is {unit}: {what} is {actual} where {line} is {due}; {n} units are worse than that, it is furthest off.",
    },
    "rate_alone": {
        "vi": "Nút thắt là {unit}: {what} {actual}, {line} {due}; mọi đơn vị khác đúng mức hoặc tốt hơn.",
        "en": "The bottleneck is {unit}: {what} is {actual} where {line} is {due}; every other unit is on plan or better.",
    },
    "none": {
        "vi": "Không có nút thắt: ở mọi đơn vị, {what} đúng hoặc tốt hơn {line}.",
        "en": "There is no bottleneck: in every unit {what} is as good as {line} or better.",
    },
    "the_plan": {"vi": "kế hoạch", "en": "the plan"},
    "the_before": {"vi": "cùng kỳ năm trước", "en": "the same period last year"},
    "better_up": {"vi": "sang trái là hụt", "en": "to the left is short"},
    "better_down": {"vi": "sang phải là xấu", "en": "to the right is worse"},
    "note_gap": {
        "vi": "Lũy kế đến hết {month} năm {year}. Số 0 là {line}; {better}.",
        "en": "Year to date at the end of {month} {year}. Zero is {line}; {better}.",
    },
    "head_gap": {"vi": "{what}: lệch bao nhiêu, {unit}", "en": "{what}: how far off, {unit}"},
    "head_actual": {"vi": "Thực hiện", "en": "Actual"},
    "col_actual": {"vi": "Thực hiện", "en": "Actual"},
    "col_plan": {"vi": "Kế hoạch", "en": "Plan"},
    "col_before": {"vi": "Năm trước", "en": "Last year"},
    "col_gap": {"vi": "Lệch", "en": "Gap"},
    "alt_bottleneck": {
        "vi": "Cột ngang: {what} của mỗi đơn vị lệch bao nhiêu. ",
        "en": "Bars: how far off each unit is in {what}. ",
    },
}
