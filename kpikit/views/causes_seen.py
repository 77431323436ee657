"""The four causes of the paradox, each in the tables of one company: the sheet green, the goal red, the gap (D1 to D5).

Source: curriculum D2 (Vật tư An Trường), D3 (Nhựa Đông Kiều), D4 (Cà phê Hiên Nhà), D5 (Bếp Sẵn), all of 2026.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ..companies import Case, case
from ..language import current, say, show
from ..metrics import metric
from ..picks import Choice, View
from ..pictures.canvas import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SOFT,
    VIEW_HIGH,
    Picture,
    Ruler,
    bare,
    month_tick,
    page,
    put,
)
from ._causes_seen_words import GOALS, LINES, WORDS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

YEAR = "2026"
RULE = (
    95  # percent: the target of each company's rule on time or complete; it stands in the stories, not in a plan table
)
MOST, FULL = 120, 100  # the café's score sheet: a line counts by its attainment, 120 at most, of a hundred points


@dataclass(frozen=True)
class Sheet:
    """A company's sheet of 2026: its KPIs, and the goal of its AOP, by the names of the case's catalogue.

    ``ruled``: the KPI whose target is `RULE`; ``weights``: what each line weighs, where the sheet has weights.
    """

    kpis: tuple[str, ...]
    goal: str
    ruled: str
    weights: tuple[int, ...] = ()


SHEETS = {
    "b2b_sales": Sheet(("calls", "meetings", "quotes", "crm_on_time"), "revenue", "crm_on_time"),
    "factory": Sheet(
        ("procedures", "price_saving", "press_oee", "checks", "file_compliance"), "unit_cost", "file_compliance"
    ),
    "cafe_chain": Sheet(
        ("footfall", "five_s", "posts", "training_hours"), "net_cash", "five_s", weights=(35, 25, 20, 10, 10)
    ),
    "subscription": Sheet(("campaigns", "reach", "new_subscribers", "answer_rate"), "revenue", "answer_rate"),
}


# ---------------------------------------------------------------- the numbers


@cache
def sheet(company: str) -> pd.DataFrame:
    """The sheet of 2026, one row a KPI, the goal last: ``actual``, ``target`` and ``off``.

    ``off`` is how much better (+) or worse (-) than its target the actual is, in % of the target; for a cost less is
    better.

    >>> sheet("b2b_sales").loc["revenue", "off"].round(1)
    np.float64(-13.0)
    """
    import pandas as pd

    asked, firm = SHEETS[company], case(company)
    rows = {}
    for id in (*asked.kpis, asked.goal):
        year = metric(firm, id, by="year").set_index("period").loc[YEAR]
        target = RULE if id == asked.ruled else year["plan"]
        sign = 1 if firm.catalogue[id].up else -1
        rows[id] = {
            "actual": year["actual"],
            "target": target,
            "off": sign * 100 * (year["actual"] / target - 1),
        }
    return pd.DataFrame(rows).T


@cache
def desks() -> pd.DataFrame:
    """Vật tư An Trường: ``calls`` and ``revenue`` (VND) of each sales desk in 2026, with its ``team``."""
    calls = case("b2b_sales").tables["calls"]
    mine = calls[calls["month"].str.startswith(YEAR)]
    made: pd.DataFrame = mine.groupby(["rep_code", "team"])[["calls", "revenue"]].sum().reset_index(level="team")
    return made


@cache
def queue() -> pd.Series:
    """Nhựa Đông Kiều: pieces waiting before paint at the end of each month of 2026."""
    return _monthly(case("factory"), "waiting", by="month")["actual"]


@cache
def points() -> pd.DataFrame:
    """Cà phê Hiên Nhà: each line's ``weight``, ``attained`` (%, 120 at most) and ``points`` of the sheet of 2026.

    >>> points()["points"].sum().round(1)
    np.float64(104.5)
    """
    made = sheet("cafe_chain").copy()
    made["weight"] = SHEETS["cafe_chain"].weights
    made["attained"] = (100 + made["off"]).clip(upper=MOST)
    made["points"] = made["weight"] * made["attained"] / 100
    return made[["weight", "attained", "points"]]


@cache
def halves() -> pd.DataFrame:
    """Bếp Sẵn: new subscribers and revenue of 2026, the year to date in % of plan, a row a month."""
    import pandas as pd

    made = {id: _monthly(case("subscription"), id, by="ytd") for id in ("new_subscribers", "revenue")}
    return pd.DataFrame({id: 100 * table["actual"] / table["plan"] for id, table in made.items()})


def _monthly(firm: Case, id: str, by: str) -> pd.DataFrame:
    table = metric(firm, id, by=by).set_index("period")
    return table[table.index.str.startswith(YEAR)]


# ---------------------------------------------------------------- the picture


def causes_seen_picture(company: str) -> Picture:
    """One company of 2026: its sheet, its goal, and where the two come apart."""
    lang, rows = current(), sheet(company)
    facts = _facts(company, lang)
    title, sentence = (say(WORDS[f"{company}_{what}"], lang, **facts) for what in ("title", "sentence"))
    figure = page(title, say(WORDS["note"], lang), high=VIEW_HIGH)
    _draw_sheet(figure, company, rows, lang)
    _DRAWN[company](figure, lang)
    return Picture(figure, sentence, _table(company, rows, lang), alt=f"{title}. {sentence}")


def _facts(company: str, lang: str) -> dict[str, str]:
    facts = {"off": show(abs(round(sheet(company)["off"][SHEETS[company].goal])), "%", lang)}
    if company == "b2b_sales":
        busiest = str(desks()["calls"].idxmax())
        facts |= {"desk": busiest, "calls": show(int(desks()["calls"].max()), lang=lang)}
    if company == "factory":
        facts |= {"first": show(int(queue()[f"{YEAR}-03"]), lang=lang), "last": show(int(queue().iloc[-1]), lang=lang)}
    if company == "cafe_chain":
        made = points()
        facts |= {
            "points": show(round(made["points"].sum(), 1), lang=lang),
            "weight": show(int(made["weight"]["net_cash"]), lang=lang),
        }
    if company == "subscription":
        facts["more"] = show(round(sheet(company)["off"]["new_subscribers"]), "%", lang)
    return facts


def _written(company: str, id: Any, value: float, target: float, lang: str) -> str:
    """A value as the sheet writes it: whole numbers, large money in tỷ, percentages with one decimal where they need it."""
    unit = case(company).catalogue[id].unit
    if unit == "%":
        return show(round(value, 1 if target < 10 else None), "%", lang)
    if id == "reach":
        return show(round(value / 1e6, 2), lang=lang)
    return Ruler(unit, target).write(value, lang) if target >= 1e9 else show(round(value), lang=lang)


def _table(company: str, rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    import pandas as pd

    made = {
        _line(id, lang): [
            _written(company, id, row["actual"], row["target"], lang),
            _written(company, id, row["target"], row["target"], lang),
            _signed(row["off"], lang),
        ]
        for id, row in rows.iterrows()
    }
    columns = [WORDS[key][lang] for key in ("actual", "target", "off")]
    return pd.DataFrame(made, index=columns).T


def _line(id: Any, lang: str) -> str:
    """A line of the sheet by name; the goal says that it is one."""
    return (GOALS.get(id) or LINES[id])[lang]


def _name(id: Any, lang: str) -> str:
    return LINES[id][lang]


def _signed(percent: float, lang: str) -> str:
    """+10%, −13%; whole percents."""
    whole = round(percent)
    return ("+" if whole > 0 else "−" if whole < 0 else "") + show(abs(whole), "%", lang)


def _draw_sheet(figure: Figure, company: str, rows: pd.DataFrame, lang: str) -> None:
    """The sheet's lines as bars from their target: blue to the right is better, orange to the left is worse."""
    axes = bare(figure.add_axes((0.02, 0.1, 0.45, 0.69)))
    put(figure, 0.02, 0.81, WORDS["sheet"][lang], color=SOFT, weight="bold")
    for n, (id, row) in enumerate(rows.iterrows()):
        goal = id == SHEETS[company].goal
        y = n + 0.35 * goal  # the goal stands apart from the sheet
        axes.plot([0, 0], [y - 0.05, y + 0.45], color=GREY, linewidth=1.5)
        axes.barh(y + 0.2, row["off"], height=0.38, color=BLUE if row["off"] > 0 else ORANGE)
        told = f"{_line(id, lang)}: {_written(company, id, row['actual'], row['target'], lang)} / " + _written(
            company, id, row["target"], row["target"], lang
        )
        put(axes, -41, y - 0.22, told, va="center", weight="bold" if goal else "normal", color=INK)
        put(
            axes,
            row["off"] + (1 if row["off"] > 0 else -1),
            y + 0.2,
            _signed(row["off"], lang),
            va="center",
            ha="left" if row["off"] > 0 else "right",
            weight="bold",
            color=BLUE if row["off"] > 0 else ORANGE,
        )
    axes.set(xlim=(-42, 48), ylim=(len(rows) + 0.1, -0.55))


def _frame(figure: Figure, heading: str, lang: str) -> Any:
    put(figure, 0.54, 0.81, heading, color=SOFT, weight="bold")
    return figure.add_axes((0.6, 0.19, 0.38, 0.58))


def _draw_desks(figure: Figure, lang: str) -> None:
    """Calls and revenue of eight desks; the busiest stands out."""
    made = desks()
    axes = _frame(figure, WORDS["desks"][lang], lang)
    busiest = str(made["calls"].idxmax())
    for team, mark in (("Đội Nhà máy", "o"), ("Đội Dự án", "s")):
        some = made[made["team"] == team]
        axes.plot(some["calls"], some["revenue"] / 1e9, mark, markersize=13, color=GREY)
        put(axes, some["calls"].min() - 260, some["revenue"].mean() / 1e9, team, ha="right", va="center", color=SOFT)
    at: Any = made.loc[busiest]
    axes.plot(at["calls"], at["revenue"] / 1e9, "s", markersize=16, color=ORANGE)
    put(axes, at["calls"], at["revenue"] / 1e9 - 0.55, busiest, ha="center", va="top", weight="bold", color=ORANGE)
    axes.set(xlim=(3400, 9600), ylim=(4.6, 11.4), xlabel=WORDS["calls_axis"][lang], ylabel=WORDS["revenue_axis"][lang])
    axes.locator_params(nbins=5)
    _numbers(axes, lang)


def _draw_queue(figure: Figure, lang: str) -> None:
    """Pieces waiting before paint: pale until the departments tightened their own part, orange after."""
    made = queue()
    axes = _frame(figure, WORDS["queue"][lang], lang)
    late = [month > f"{YEAR}-03" for month in made.index]
    axes.bar(range(12), made / 1000, color=[ORANGE if after else PALE for after in late])
    for at in (2, 11):
        told = show(int(made.iloc[at]), lang=lang)
        put(axes, at + 0.4, made.iloc[at] / 1000 + 4, told, ha="right", weight="bold")
    axes.set(xlim=(-0.6, 12), ylim=(0, 250), ylabel=WORDS["thousand"][lang])
    axes.set_xticks(range(0, 12, 2), [month_tick(month, lang) for month in made.index[::2]])


def _draw_points(figure: Figure, lang: str) -> None:
    """What each line weighs, and what it brought to the score; the goal is the last."""
    made = points()
    axes = bare(_frame(figure, WORDS["weights"][lang], lang))
    for y, (id, row) in enumerate(made.iterrows()):
        goal = id == SHEETS["cafe_chain"].goal
        colour = ORANGE if goal else BLUE
        put(axes, -1, y, _name(id, lang), ha="right", va="center", weight="bold" if goal else "normal")
        axes.barh(y, row["weight"], height=0.6, color=colour)
        told = say(WORDS["brought"], lang, weight=int(row["weight"]), points=show(round(row["points"], 1), lang=lang))
        put(axes, row["weight"] + 0.8, y, told, va="center", color=colour, weight="bold")
    axes.set_position((0.68, 0.12, 0.31, 0.66))
    axes.set(xlim=(0, 74), ylim=(4.6, -0.6))


def _draw_halves(figure: Figure, lang: str) -> None:
    """New subscribers and revenue, the year to date in % of plan; they part in July."""
    made = halves()
    axes = _frame(figure, WORDS["halves"][lang], lang)
    axes.axhline(100, color=GREY, linewidth=1.2)
    axes.axvline(5.5, color=GREY, linewidth=1.5, linestyle=":")
    put(axes, 5.4, 107.4, WORDS["first_of_july"][lang], ha="right", va="top", color=SOFT)
    for id, colour, above in (("new_subscribers", BLUE, 1), ("revenue", ORANGE, -1)):
        axes.plot(range(12), made[id], color=colour)
        name = _name(id, lang)
        put(axes, 11, made[id].iloc[-1] + 1.1 * above, name, ha="right", va="bottom" if above > 0 else "top",
            color=colour, weight="bold")  # fmt: skip
    axes.set(xlim=(0, 11.2), ylim=(88, 108), yticks=[90, 95, 100, 105], ylabel=WORDS["of_plan"][lang])
    axes.set_xticks(range(0, 12, 2), [month_tick(month, lang) for month in made.index[::2]])


def _numbers(axes: Any, lang: str) -> None:
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: show(round(value, 1), lang=lang))


_DRAWN = {
    "b2b_sales": _draw_desks,
    "factory": _draw_queue,
    "cafe_chain": _draw_points,
    "subscription": _draw_halves,
}

VIEW = View(
    causes_seen_picture,
    picks={
        "company": Choice(
            asks={"vi": "Công ty:", "en": "Company:"},
            options={
                "b2b_sales": {"vi": "Vật tư An Trường", "en": "Vật tư An Trường"},
                "factory": {"vi": "Nhựa Đông Kiều", "en": "Nhựa Đông Kiều"},
                "cafe_chain": {"vi": "Cà phê Hiên Nhà", "en": "Cà phê Hiên Nhà"},
                "subscription": {"vi": "Bếp Sẵn", "en": "Bếp Sẵn"},
            },
            start="b2b_sales",
        )
    },
)
