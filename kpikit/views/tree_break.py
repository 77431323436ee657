"""A tree of cause and effect, one factor failing: where the goal breaks, and who could have seen it (E3). An Trường.

The formula's links hold by arithmetic: revenue = orders x order value, orders = leads x conversion. The two links below it
(calls to leads, quotes in time to conversion) are read from the tables: how far the effect moved with its cause from 2025
to 2026. They differ between the teams, so the same formula is two trees.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ..companies import Case, case
from ..language import Words, current, say, show
from ..picks import Choice, Several, View
from ..pictures.canvas import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    SOFT,
    VIEW_HIGH,
    WIDE,
    Picture,
    Ruler,
    bare,
    fit,
    inside,
    page,
    put,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

DROP = 20  # percent: how far the failing factor falls, the same for all, so that the branches compare
HOLDS = 0.5  # a link holds where the effect moved at least half as much as its cause: a house rule
READABLE = 5  # percent: a cause that moved less than that in a year says nothing about its link
FACTORS: dict[str, Words] = {
    "calls": {"vi": "Số cuộc gọi", "en": "Calls"},
    "leads": {"vi": "Khách tiềm năng chất lượng", "en": "Qualified leads"},
    "quotes_on_time": {"vi": "Báo giá kịp hạn", "en": "Quotes in time"},
    "conversion": {"vi": "Tỷ lệ chuyển đổi", "en": "Conversion"},
    "order_value": {"vi": "Giá trị mỗi đơn", "en": "Order value"},
}
RESULTS: dict[str, Words] = {
    "orders": {"vi": "Số đơn hàng", "en": "Orders"},
    "revenue": {"vi": "Doanh thu", "en": "Revenue"},
}
NAMES = {**FACTORS, **RESULTS}
LEADS_TO = {
    "calls": "leads",
    "leads": "orders",
    "quotes_on_time": "conversion",
    "conversion": "orders",
    "orders": "revenue",
    "order_value": "revenue",
}
WEEKS_AHEAD = {"calls": 4, "leads": 4, "quotes_on_time": 2}  # of the orders, as `kpikit.evidence` finds them
TEAMS: dict[str, Words] = {
    "Đội Dự án": {"vi": "Đội Dự án", "en": "Đội Dự án"},
    "Đội Nhà máy": {"vi": "Đội Nhà máy", "en": "Đội Nhà máy"},
}
UNITS = {"calls": "calls", "leads": "leads", "quotes_on_time": "%", "conversion": "%", "order_value": "VND",
         "orders": "orders", "revenue": "VND"}  # fmt: skip


# ---------------------------------------------------------------- what is known


def usual(case: Case, team: str) -> pd.DataFrame:
    """Each factor of a team's tree, a row a factor, in 2025 and 2026: counts and VND a year, percent for the two rates.

    >>> usual(case("b2b_sales"), "Đội Dự án").loc["conversion"].round(1).to_dict()
    {'2025': 32.8, '2026': 26.3}
    """
    return _usual(case, team).copy()


@cache
def _usual(case: Case, team: str) -> pd.DataFrame:
    calls, quotes = (
        table[table["team"] == team].groupby(table["month"].str[:4]).sum(numeric_only=True)
        for table in (case.tables["calls"], case.tables["quotes"])
    )
    years = calls[["calls", "orders", "revenue"]].assign(
        leads=calls["qualified_leads"],
        quotes_on_time=100 * quotes["quotes_on_time"] / quotes["quotes"],
        conversion=100 * calls["orders"] / calls["qualified_leads"],
        order_value=calls["revenue"] / calls["orders"],
    )
    return years[list(NAMES)].T


def strength(case: Case, team: str, cause: str) -> float | None:
    """How many percent the effect moves with 1% of its cause: 1 in the formula; below it, as 2026 stood against 2025.

    0 where the effect hardly followed (`HOLDS`); None where the cause hardly moved, so that nobody can know (`READABLE`).

    >>> firm = case("b2b_sales")
    >>> [strength(firm, team, "calls") for team in TEAMS], strength(firm, "Đội Nhà máy", "quotes_on_time")
    ([0.0, 0.83], None)
    """
    if cause not in ("calls", "quotes_on_time"):
        return 1.0
    change: Any = 100 * (_usual(case, team)["2026"] / _usual(case, team)["2025"] - 1)
    if abs(change[cause]) < READABLE:
        return None
    part = float(change[LEADS_TO[cause]] / change[cause])
    return round(part, 2) if part >= HOLDS else 0.0


def falls(case: Case, team: str, breaks: str) -> dict[str, float | None]:
    """By how many percent each place on the way from the failing factor to revenue falls; None where nobody can know.

    >>> falls(case("b2b_sales"), "Đội Dự án", "quotes_on_time")
    {'quotes_on_time': 20, 'conversion': 13.4, 'orders': 13.4, 'revenue': 13.4}
    """
    found: dict[str, float | None] = {breaks: DROP}
    place, fall = breaks, float(DROP)
    known: float | None = fall
    while place in LEADS_TO:
        part = strength(case, team, place)
        known = None if part is None or known is None else round(known * part, 1)
        place = LEADS_TO[place]
        found[place] = known
    return found


def seen(fallen: dict[str, float | None], board: list[str]) -> tuple[str, str]:
    """What a board shows of it, and the factor it points at (or ``""``).

    ``unknown``: nobody can say what the failing factor does; ``false_alarm``, ``silent``: it moves nothing, and the board has
    it or not; ``exact``: the board has it; ``above``: it has a factor further up; ``result``: orders or revenue alone.
    """
    breaks = next(iter(fallen))
    if fallen["revenue"] is None:
        return "unknown", breaks
    if not fallen["revenue"]:
        return ("false_alarm", breaks) if breaks in board else ("silent", "")
    pointed = next((place for place in fallen if place in board), "")
    return ("exact" if pointed == breaks else "above" if pointed else "result", pointed)


# ---------------------------------------------------------------- the picture


def tree_picture(board: list[str], breaks: str, team: str) -> Picture:
    """A team's tree with one factor failing: what falls, how far, and what the board shows of it (E3)."""
    import pandas as pd

    lang, firm = current(), case("b2b_sales")
    fallen, usual_year = falls(firm, team, breaks), _usual(firm, team)["2025"]
    found, pointed = seen(fallen, board)
    short = (fallen["revenue"] or 0) / 100 * float(usual_year["revenue"])
    green = [inside(NAMES[id][lang]) for id in FACTORS if id in board and not fallen.get(id)]
    facts = {
        "factor": NAMES[breaks][lang],
        "drop": DROP,
        "team": TEAMS[team][lang],
        "short": Ruler("VND", 1e11).write(short, lang),
        "percent": show(fallen["revenue"] or 0, "%", lang),
        "pointed": inside(NAMES[pointed][lang]) if pointed else "",
        "green": green,
    }
    start = {"unknown": "cannot_know", "false_alarm": "unmoved", "silent": "unmoved"}.get(found, "falls")
    title = f"{_tell(start, lang, **facts)} {_tell(found, lang, **facts)}"
    ahead = _tell("ahead", lang, weeks=WEEKS_AHEAD[pointed]) if found == "exact" and pointed in WEEKS_AHEAD else ""
    still = _tell("still_green", lang, **facts) if green and start == "falls" else ""
    sentence = " ".join(filter(None, (title, ahead, still)))
    rows = [
        {
            _tell("column_usual", lang): _value(id, float(usual_year[id]), lang),
            _tell("column_fall", lang): "?"
            if fallen.get(id, 0) is None
            else show(-(fallen.get(id) or 0) or 0, "%", lang),
            _tell("column_board", lang): _tell("yes" if id in board or id in RESULTS else "no", lang),
        }
        for id in NAMES
    ]
    table = pd.DataFrame(rows, index=[NAMES[id][lang] for id in NAMES])
    figure = _draw(firm, team, fallen, board, title, lang)
    return Picture(figure, sentence, table, f"{_tell('alt', lang)} {sentence}")


def _value(id: str, value: float, lang: str, unit: bool = True) -> str:
    ruler = Ruler(UNITS[id], 1e8 if id == "order_value" else value)
    return ruler.write(value, lang) if unit else show(round(value), lang=lang)


# where a box stands: its left and middle, in dots of a plane 1280 wide and 380 high; all are equally large
PLACES = {
    "calls": (18, 318), "quotes_on_time": (18, 190), "leads": (356, 318), "conversion": (356, 190),
    "orders": (686, 254), "order_value": (686, 65), "revenue": (1030, 160),
}  # fmt: skip
BROAD, TALL = 230, 94


def _draw(firm: Case, team: str, fallen: dict[str, float | None], board: list[str], title: str, lang: str) -> Figure:
    figure = page(title, _tell("note", lang, drop=DROP), high=VIEW_HIGH)
    axes = bare(figure.add_axes((0, 0.115, 1, 380 / VIEW_HIGH)))
    axes.set(xlim=(0, WIDE), ylim=(0, 380))
    for cause in LEADS_TO:
        _link(axes, cause, strength(firm, team, cause), fallen, lang)
    for id in NAMES:
        _box(axes, id, float(_usual(firm, team)["2025"][id]), fallen.get(id, 0), id in board or id in RESULTS, lang)
    return figure


def _link(axes: Any, cause: str, part: float | None, fallen: dict[str, float | None], lang: str) -> None:
    """From a cause to its effect: broad and orange where the shortfall runs, dashed where no link is known."""
    (x, y), (to_x, to_y) = PLACES[cause], PLACES[LEADS_TO[cause]]
    runs = bool(fallen.get(cause)) and bool(fallen.get(LEADS_TO[cause]))
    look: dict[str, Any] = {"color": ORANGE, "linewidth": 9} if runs else {"color": GREY, "linewidth": 2}
    if not part:
        look["linestyle"] = "--"
    start, end, middle = x + BROAD, to_x, (x + BROAD + to_x) / 2
    axes.plot(
        [start, middle, middle, end], [y, y, to_y, to_y], solid_joinstyle="miter", zorder=1.5 if runs else 1, **look
    )
    if not part:
        put(
            axes,
            middle,
            y + 8,
            "?" if part is None else "✘",
            ha="center",
            va="bottom",
            size=18,
            color=SOFT,
            weight="bold",
        )
        put(
            axes,
            middle,
            y - 10,
            _tell("no_data" if part is None else "no_link", lang),
            ha="center",
            va="top",
            color=SOFT,
        )


def _box(axes: Any, id: str, value: float, fall: float | None, on_board: bool, lang: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    x, y = PLACES[id]
    falls_here = bool(fall)
    face = "white" if not on_board else ORANGE if falls_here else "#CFE3F1"
    edge = ORANGE if falls_here else BLUE if on_board else GREY
    ink = "white" if on_board and falls_here else INK if on_board else SOFT
    shape = FancyBboxPatch((x, y - TALL / 2), BROAD, TALL, boxstyle="round,pad=0,rounding_size=9", zorder=2)
    shape.set(facecolor=face, edgecolor=edge, linewidth=2, linestyle="-" if on_board else "--")
    axes.add_patch(shape)
    told = _value(id, value, lang)
    if fall is None:
        told = f"{told} → ?"
    elif falls_here:
        told = f"{_value(id, value, lang, UNITS[id] in ('VND', '%'))} → {_value(id, value * (1 - fall / 100), lang)}"
    if not on_board:
        told = _tell("off_board", lang)
    name = fit(NAMES[id][lang], BROAD - 16, lines=2, weight="bold")
    low = 8 * name.count("\n")
    middle = x + BROAD / 2
    put(axes, middle, y + 17, name, ha="center", va="center", color=ink, weight="bold", linespacing=1.1, zorder=3)
    put(axes, middle, y - 17 - low, told, ha="center", va="center", color=ink, zorder=3)
    if falls_here and on_board:
        sign = f"−{show(round(fall or 0, 1), '%', lang)}"
        put(
            axes, x + BROAD / 2, y + TALL / 2 + 4, sign, ha="center", va="bottom", color=ORANGE, weight="bold", zorder=3
        )


_WORDS: dict[str, Words] = {
    "falls": {
        "vi": "{factor} kém đi {drop}%: doanh thu {team} hụt {short}.",
        "en": "{factor} down {drop}%: {team} loses {short} VND of revenue.",
    },
    "unmoved": {
        "vi": "{factor} kém đi {drop}%: doanh thu {team} không đổi.",
        "en": "{factor} down {drop}%: the revenue of {team} does not move.",
    },
    "cannot_know": {
        "vi": "{factor} kém đi {drop}%: {team} mất gì, số liệu chưa cho biết.",
        "en": "{factor} down {drop}%: what {team} would lose, the tables cannot tell.",
    },
    "unknown": {
        "vi": "24 tháng qua yếu tố này gần như đứng yên.",
        "en": "In 24 months this factor has hardly moved.",
    },
    "false_alarm": {"vi": "Bảng KPI báo đỏ nhầm.", "en": "The scorecard raises a false alarm."},
    "silent": {"vi": "Bảng KPI im lặng là phải.", "en": "The scorecard is right to keep quiet."},
    "exact": {"vi": "Bảng KPI chỉ đúng chỗ gãy.", "en": "The scorecard points at the break."},
    "above": {
        "vi": "Bảng KPI thấy {pointed} giảm, không biết vì đâu.",
        "en": "The scorecard shows {pointed} falling, not why.",
    },
    "result": {
        "vi": "Bảng KPI chỉ thấy kết quả hụt, không biết vì đâu.",
        "en": "The scorecard shows the shortfall, not where it comes from.",
    },
    "ahead": {"vi": "Nó báo trước số đơn {weeks} tuần.", "en": "It warns {weeks} weeks before the orders do."},
    "still_green": {"vi": "Vẫn xanh: {green}.", "en": "Still green: {green}."},
    "off_board": {"vi": "không có trên bảng", "en": "not on the scorecard"},
    "no_link": {"vi": "không nối", "en": "no link"},
    "no_data": {"vi": "chưa rõ", "en": "unknown"},
    "column_usual": {"vi": "Năm 2025", "en": "2025"},
    "column_fall": {"vi": "Thay đổi", "en": "Change"},
    "column_board": {"vi": "Trên bảng KPI", "en": "On the scorecard"},
    "yes": {"vi": "có", "en": "yes"},
    "no": {"vi": "không", "en": "no"},
    "note": {
        "vi": "Giả sử một yếu tố của năm 2025 kém đi {drop}%. Hai mối nối ngoài cùng bên trái đo từ 2025 sang 2026, phần còn "
        "lại là công thức. Doanh thu và số đơn luôn có trên bảng.",
        "en": "Suppose one factor of 2025 were {drop}% worse. The two links on the left are measured from 2025 to 2026, the "
        "rest is the formula. Revenue and orders are always on the scorecard.",
    },
    "alt": {
        "vi": "Cây nhân - quả từ trái sang phải tới doanh thu; phần hụt chảy theo nhánh gãy.",
        "en": "A tree of causes from left to right up to revenue; the shortfall runs along the broken branch.",
    },
}


def _tell(key: str, lang: str, **facts: Any) -> str:
    return say(_WORDS[key], lang, **facts)


VIEW = View(
    tree_picture,
    picks={
        "team": Choice(asks={"vi": "Đội:", "en": "Team:"}, options=TEAMS, start="Đội Dự án"),
        "breaks": Choice(
            asks={"vi": "Kém đi:", "en": "What fails:"},
            options={id: words for id, words in FACTORS.items() if id != "conversion"},
            start="quotes_on_time",
        ),
        "board": Several(asks={"vi": "Bảng KPI có:", "en": "On the scorecard:"}, options=FACTORS, start=("calls",)),
    },
)
