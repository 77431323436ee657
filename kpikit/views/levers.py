"""Three levers of one formula: what each brings to revenue, and how far it has ever moved (E3). An Trường's two teams.

Revenue = leads x conversion x order value, so 1% more of any of them is 1% more revenue. They are not equally strong: what
counts now is how far one can be moved, and 24 months of tables show how far each has been.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ..companies import Case, case
from ..language import Words, current, say, show
from ..picks import Choice, Slider, View
from ..pictures.canvas import BLUE, GREY, INK, ORANGE, SOFT, VIEW_HIGH, Picture, Ruler, bare, page, put

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

BILLION = 1_000_000_000
WINDOW = 12  # months: a season and a lucky quarter weigh the same in every window
LEVERS: dict[str, Words] = {
    "leads": {"vi": "Khách tiềm năng chất lượng", "en": "Qualified leads"},
    "conversion": {"vi": "Tỷ lệ chuyển đổi", "en": "Conversion"},
    "order_value": {"vi": "Giá trị mỗi đơn", "en": "Order value"},
}
TEAMS: dict[str, Words] = {
    "Đội Dự án": {"vi": "Đội Dự án", "en": "Đội Dự án"},
    "Đội Nhà máy": {"vi": "Đội Nhà máy", "en": "Đội Nhà máy"},
}


# ---------------------------------------------------------------- what is known


@cache
def _windows(case: Case, team: str) -> pd.DataFrame:
    """Leads a year, conversion (%) and order value (VND) over every 12 months in a row of the 24."""
    calls = case.tables["calls"]
    months = calls[calls["team"] == team].groupby("month")[["qualified_leads", "orders", "revenue"]].sum()
    years: Any = months.rolling(WINDOW).sum().dropna()
    made: pd.DataFrame = years.assign(
        leads=years["qualified_leads"],
        conversion=100 * years["orders"] / years["qualified_leads"],
        order_value=years["revenue"] / years["orders"],
    )
    return made


def moved(case: Case, team: str) -> pd.DataFrame:
    """How far each lever has moved: a row a lever with ``low``, ``high`` (12-month means) and ``moved``, percent of low.

    >>> moved(case("b2b_sales"), "Đội Dự án")["moved"].round(1).to_dict()
    {'leads': 1.4, 'conversion': 24.5, 'order_value': 0.8}
    >>> moved(case("b2b_sales"), "Đội Nhà máy")["moved"].round(1).to_dict()
    {'leads': 12.3, 'conversion': 3.4, 'order_value': 0.5}
    """
    years = _windows(case, team)[list(LEVERS)]
    table = years.agg(["min", "max"]).T.set_axis(["low", "high"], axis=1)
    table["moved"] = 100 * (table["high"] / table["low"] - 1)
    return table


def revenue_now(case: Case, team: str) -> tuple[float, float]:
    """A team's revenue in 2026 and its goal for 2027 (the plan's twelve months), VND."""
    plan = case.tables["plan"]
    goal = plan[(plan["team"] == team) & plan["month"].str.startswith("2027")]["revenue"].sum()
    return float(_windows(case, team)["revenue"].iloc[-1]), float(goal)


def gains(case: Case, team: str, percents: dict[str, float]) -> pd.DataFrame:
    """What each lever adds to the revenue of 2026, VND: a row a lever, ``together`` (what multiplying adds) and ``all``.

    ``gain``: of the percents asked; ``seen``: of no more than each lever has moved in 24 months.

    >>> ten = dict.fromkeys(LEVERS, 10)
    >>> made = gains(case("b2b_sales"), "Đội Dự án", ten)
    >>> round(100 * float(made.loc["all", "gain"]) / revenue_now(case("b2b_sales"), "Đội Dự án")[0], 1)
    33.1
    """
    import pandas as pd

    now, bound = revenue_now(case, team)[0], moved(case, team)["moved"]
    rows, whole = {}, {"gain": 1.0, "seen": 1.0}
    for lever in LEVERS:
        parts = {"gain": percents[lever] / 100, "seen": min(percents[lever], float(bound[lever])) / 100}
        rows[lever] = {name: now * part for name, part in parts.items()}
        whole = {name: whole[name] * (1 + part) for name, part in parts.items()}
    table = pd.DataFrame(rows).T
    everything = {name: now * (value - 1) for name, value in whole.items()}
    table.loc["together"] = {name: value - table[name].sum() for name, value in everything.items()}
    table.loc["all"] = everything
    return table


# ---------------------------------------------------------------- the picture


def levers_picture(team: str, leads: float, conversion: float, order_value: float) -> Picture:
    """Bars of what each lever brings; the part it has never moved is hatched, and a line marks the goal of 2027 (E3)."""
    lang, firm = current(), case("b2b_sales")
    percents = {"leads": leads, "conversion": conversion, "order_value": order_value}
    table: Any = gains(firm, team, percents)
    bound: Any = moved(firm, team)["moved"]
    now, goal = revenue_now(firm, team)
    all_of = {name: float(table.loc["all", name]) for name in table}
    facts = {
        "team": TEAMS[team][lang],
        "percent": _percent(100 * all_of["gain"] / now, lang),
        "seen": _percent(100 * all_of["seen"] / now, lang),
        "gain": _money(all_of["gain"], lang),
        "need": _money(goal - now, lang),
        "sum": _percent(sum(percents.values()), lang),
    }
    beyond = all_of["gain"] - all_of["seen"] > 0.001 * now
    key = "nothing" if not any(percents.values()) else "beyond" if beyond else "within"
    title = _tell(f"{key}_title", lang, **facts)
    reach = "far" if all_of["seen"] < goal - now else "reached"
    multiplied = f" {_tell('multiplied', lang, **facts)}" if sum(map(bool, percents.values())) > 1 else ""
    sentence = f"{title}{multiplied} {_tell(reach, lang, **facts)}"
    figure = _draw(table, percents, bound, now, goal, title, lang)
    shown = table.map(lambda value: _money(value, lang))
    shown.index = [_row(str(id), lang) for id in table.index]
    shown.columns = [_tell(f"column_{name}", lang) for name in table.columns]
    return Picture(figure, sentence, shown, f"{_tell('alt', lang)} {sentence}")


def _money(value: float, lang: str) -> str:
    return Ruler("VND", 1e11).write(value, lang)


def _percent(value: float, lang: str) -> str:
    return show(round(value, 1), "%", lang)


def _row(id: str, lang: str) -> str:
    return LEVERS[id][lang] if id in LEVERS else _tell(id, lang)


def _draw(table: Any, percents: dict[str, float], bound: Any, now: float, goal: float, title: str, lang: str) -> Figure:
    figure = page(title, _tell("note", lang), high=VIEW_HIGH)
    axes = bare(figure.add_axes((0.255, 0.2, 0.735, 0.56)))
    need, longest = (goal - now) / BILLION, float(table.loc["all", "gain"]) / BILLION
    wide = max(need, longest)
    axes.plot([need, need], [-0.55, 4.5], "--", color=INK, linewidth=2, zorder=1)
    there = _tell("goal", lang, need=_money(goal - now, lang), goal=_money(goal, lang))
    put(axes, need, -0.75, there, ha="center" if need < 0.8 * wide else "right", weight="bold")
    for y, id in enumerate(table.index):
        gain, seen = (float(table.loc[id, name]) / BILLION for name in ("gain", "seen"))
        colour = INK if id == "all" else BLUE
        put(
            axes,
            -0.015 * wide,
            y - 0.14 if id in LEVERS else y,
            _row(id, lang),
            ha="right",
            va="center",
            weight="bold" if id == "all" else "normal",
        )
        if id in LEVERS:
            known = _tell("moved", lang, percent=_percent(float(bound[id]), lang))
            put(axes, -0.015 * wide, y + 0.24, known, ha="right", va="center", color=SOFT)
        axes.barh(y, seen, height=0.58, color=colour, zorder=2)
        if gain - seen > 0.001 * wide:
            axes.barh(y, gain - seen, left=seen, height=0.58, color="white", edgecolor=ORANGE, hatch="///", zorder=2)
        percent = percents.get(id, 100 * gain * BILLION / now)
        label = f"+{_percent(percent, lang)} = {_money(gain * BILLION, lang)}"
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        put(
            axes,
            gain + 0.012 * wide,
            y,
            label,
            va="center",
            weight="bold" if id == "all" else "normal",
            bbox=box,
            zorder=3,
        )
    axes.axvline(0, color=GREY, linewidth=1.5)
    axes.axhline(3.5, color=GREY, linewidth=1)
    axes.set(xlim=(0, 1.32 * wide), ylim=(4.5, -0.6))
    return figure


_WORDS: dict[str, Words] = {
    "nothing_title": {"vi": "{team}: chưa kéo đòn bẩy nào.", "en": "{team}: no lever pulled yet."},
    "within_title": {
        "vi": "{team}: doanh thu +{percent}, tức {gain}. 24 tháng qua các đòn bẩy đã nhích được ngần ấy.",
        "en": "{team}: revenue +{percent}, or {gain} VND. In 24 months the levers have moved as much.",
    },
    "beyond_title": {
        "vi": "{team}: trên giấy doanh thu +{percent}. Trong đó, phần 24 tháng qua từng thấy mới là +{seen}.",
        "en": "{team}: revenue +{percent} on paper. Of that, 24 months have shown +{seen}.",
    },
    "multiplied": {
        "vi": "Cộng các phần trăm thì được {sum}, nhân với nhau được {percent}.",
        "en": "Added up, the percentages make {sum}; multiplied, {percent}.",
    },
    "far": {
        "vi": "Mục tiêu 2027 cần thêm {need}: phần từng thấy ở đây chưa với tới.",
        "en": "The goal for 2027 needs {need} more: the part seen here does not reach it.",
    },
    "reached": {
        "vi": "Mục tiêu 2027 cần thêm {need}: với tới được.",
        "en": "The goal for 2027 needs {need} more: within reach.",
    },
    "moved": {"vi": "24 tháng qua nhích {percent}", "en": "moved {percent} in 24 months"},
    "goal": {"vi": "mục tiêu 2027: {goal}, cần thêm {need}", "en": "goal for 2027: {goal}, {need} more"},
    "together": {"vi": "Nhờ nhân với nhau", "en": "From multiplying"},
    "all": {"vi": "Cả ba", "en": "All three"},
    "column_gain": {"vi": "Doanh thu thêm (VND)", "en": "More revenue (VND)"},
    "column_seen": {"vi": "Phần từng thấy trong 24 tháng (VND)", "en": "The part seen in 24 months (VND)"},
    "note": {
        "vi": "Thêm vào doanh thu 2026. Gạch chéo: quá mức từng thấy. Mức từng thấy: trung bình 12 tháng liền cao nhất so "
        "với thấp nhất, 2025 - 2026.",
        "en": "Added to the revenue of 2026. Hatched: beyond what has been seen, which is the highest mean of 12 months in a "
        "row against the lowest, 2025 - 2026.",
    },
    "alt": {
        "vi": "Thanh ngang cho từng đòn bẩy, phần nhân với nhau và cả ba, cạnh vạch mục tiêu.",
        "en": "A bar for each lever, for what multiplying adds and for all three, beside the line of the goal.",
    },
}


def _tell(key: str, lang: str, **facts: Any) -> str:
    return say(_WORDS[key], lang, **facts)


def _slider(lever: str) -> Slider:
    return Slider(
        asks={lang: f"{name} +" for lang, name in LEVERS[lever].items()}, low=0, high=30, step=1, start=10, unit="%"
    )


VIEW = View(
    levers_picture,
    picks={
        "team": Choice(asks={"vi": "Đội:", "en": "Team:"}, options=TEAMS, start="Đội Dự án"),
        **{lever: _slider(lever) for lever in LEVERS},
    },
)
