"""Weights steer: give the café's five KPIs other weights, and see who earns the bonus and what people work on (D4, E5)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ..companies import case
from ..files import as_design
from ..language import Words, current, say, show
from ..metrics import metric
from ..picks import Slider, View
from ..pictures.canvas import AMBER, BLUE, INK, PALE, SOFT, TEAL, VIEW_HIGH, Picture, bare, fit, page, put
from ..years.mapping import mapped
from ..years.run import run

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

KPIS: dict[str, Words] = {
    "footfall": {"vi": "Lượt khách vào quán", "en": "Guests through the door"},
    "five_s": {"vi": "Điểm 5S", "en": "5S mark"},
    "posts": {"vi": "Bài đăng mạng xã hội", "en": "Social media posts"},
    "training_hours": {"vi": "Giờ đào tạo", "en": "Training hours"},
    "net_cash": {"vi": "Dòng tiền ròng", "en": "Net cash"},
}
SHEET = {"footfall": 35, "five_s": 25, "posts": 20, "training_hours": 10, "net_cash": 10}  # the sheet of 2026
GOAL = "net_cash"  # what the AOP calls its primary goal
FIVE_S_TARGET = 95  # percent: the sheet's target, which stands in the story and not in the tables
MOST = 120  # percent of a target that counts at most: the sheet's own rule
BONUS = 100  # points above which the full bonus is paid: the sheet's own rule
YEARS, SEED = 300, 1
ROOF = "roof"  # the row of the whole firm


class Lived(NamedTuple):
    """Means over the simulated years, percent: of working time, and of the goal."""

    build: float
    show: float
    goal: float


def attained() -> pd.DataFrame:
    """What each shop, and the whole firm (``roof``), reached in 2026, percent of its target: a row a place, a column a KPI.

    >>> attained().loc["roof"].round(1).to_dict()
    {'footfall': 106.8, 'five_s': 101.8, 'posts': 123.4, 'training_hours': 109.1, 'net_cash': 67.6}
    """
    return _attained().copy()


@cache
def _attained() -> pd.DataFrame:
    import pandas as pd

    cafe, found = case("cafe_chain"), {}
    for id in KPIS:
        whole = metric(cafe, id, by="year").query("period == '2026'").assign(shop=ROOF)
        table = pd.concat([metric(cafe, id, by="year", split="shop").query("period == '2026'"), whole]).set_index(
            "shop"
        )
        found[id] = 100 * table["actual"] / (FIVE_S_TARGET if id == "five_s" else table["plan"])
    table = pd.DataFrame(found)
    office = cafe.tables["shops"].set_index("kind").loc["office", "shop"]
    return table.drop(index=office, errors="ignore")


def points(weights: Mapping[str, float]) -> pd.Series[float]:
    """The sheet's points of each place with these weights, percent each: nothing counts below 0 or above `MOST`.

    >>> round(float(points(SHEET)["roof"]), 1)
    104.5
    """
    return sum(_attained()[id].clip(0, MOST) * weights[id] / 100 for id in KPIS)  # type: ignore[return-value]


@cache
def lived(footfall: float, five_s: float, posts: float, training_hours: float, net_cash: float) -> Lived:
    """A simulated year in which the café's sheet hangs there with these weights, all else as its habit design has it.

    Everybody reads the one sheet; cash is looked at when the year is over.

    >>> now = lived(**SHEET)
    >>> round(now.build), round(now.show), round(now.goal)
    (30, 30, 82)
    """
    cafe = case("cafe_chain")
    given = {
        "footfall": footfall,
        "five_s": five_s,
        "posts": posts,
        "training_hours": training_hours,
        "net_cash": net_cash,
    }
    design = cafe.design("habit").as_document()
    design["kpis"] = [k | {"weight": given[k["metric"]]} for k in design["kpis"] if k["level"] == "company"]
    years = run(mapped(as_design(design), cafe).setup, YEARS, SEED)
    build, seen, _ = 100 * years.spent.mean(axis=(0, 1))
    return Lived(float(build), float(seen), 100 * float(years.attainment.mean()))


# ---------------------------------------------------------------- what is said


def weights_picture(**weights: float) -> Picture:
    """Who earns the bonus of 2026 with these weights, and what a simulated year makes of them."""
    import pandas as pd

    lang, total = current(), sum(weights.values())
    scored, year = points(weights), lived(**weights) if total else Lived(0, 0, 0)
    shops = scored.drop(ROOF)
    facts: dict[str, Any] = {
        "total": show(total, lang=lang),
        "off": show(abs(total - 100), lang=lang),
        "points": show(round(scored[ROOF], 1), lang=lang),
        "n": int((shops > BONUS).sum()),
        "of": len(shops),
        "build": show(round(year.build), "%", lang),
        "goal": show(round(year.goal), "%", lang),
        "heaviest": _heaviest(weights, lang),
        "weight": show(max(weights.values()), lang=lang),
    }
    key = _case(weights, total)
    title = say(_WORDS[key], lang, **facts)
    sentence = title if key in ("none", "over", "under") else f"{title} {say(_WORDS['year_says'], lang, **facts)}"
    table = pd.DataFrame(
        {
            _WORDS["points_now"][lang]: scored.round(1),
            _WORDS["points_2026"][lang]: points(SHEET).round(1),
            _WORDS["cash"][lang]: _attained()[GOAL].round(1),
        }
    )
    table.index = [_place(str(p), lang) for p in table.index]
    return Picture(_draw(scored, year if total else None, title, lang), sentence, table, _WORDS["alt"][lang] + sentence)


def _case(weights: Mapping[str, float], total: float) -> str:
    if not total:
        return "none"
    if total != 100:
        return "over" if total > 100 else "under"
    if len(set(weights.values())) == 1:
        return "even"
    top = [id for id in KPIS if weights[id] == max(weights.values())]
    return "goal" if top == [GOAL] else "other"


def _heaviest(weights: Mapping[str, float], lang: str) -> str:
    names = [KPIS[id][lang] for id in KPIS if weights[id] == max(weights.values())]
    return {"vi": " và ", "en": " and "}[lang].join(n if i == 0 else n[:1].lower() + n[1:] for i, n in enumerate(names))


def _place(place: str, lang: str) -> str:
    return _WORDS["roof"][lang] if place == ROOF else place.removeprefix("Hiên Nhà ")


# ---------------------------------------------------------------- how it is drawn


def _draw(scored: pd.Series[float], year: Lived | None, title: str, lang: str) -> Figure:
    figure = page(title, _WORDS["note"][lang], high=VIEW_HIGH)
    put(figure, 0.016, 0.805, _WORDS["left"][lang], weight="bold", va="center")
    put(
        figure,
        0.675,
        0.805,
        fit(_WORDS["right"][lang], 405, lines=2, weight="bold"),
        weight="bold",
        va="center",
        linespacing=1.15,
    )
    _draw_points(bare(figure.add_axes((0.135, 0.135, 0.36, 0.585))), scored, lang)
    _draw_year(bare(figure.add_axes((0.675, 0.135, 0.315, 0.615))), year, lang)
    return figure


def _draw_points(axes: Any, scored: pd.Series[float], lang: str) -> None:
    rows = [ROOF, *[p for p in scored.index if p != ROOF]]
    before, cash = points(SHEET), _attained()[GOAL]
    axes.set(xlim=(0, 125), ylim=(len(rows) - 0.4, -0.6))
    axes.axvline(BONUS, color=INK, linewidth=1.5, linestyle=(0, (4, 3)))
    put(axes, BONUS, -0.72, _WORDS["bonus"][lang], ha="center", va="bottom")
    put(axes, 152, -0.72, _WORDS["cash_short"][lang], ha="center", va="bottom", color=SOFT)
    for y, place in enumerate(rows):
        value, bold = float(scored[place]), "bold" if place == ROOF else "normal"
        earns = value > BONUS
        put(axes, -2, y, _place(place, lang), ha="right", va="center", weight=bold)
        axes.barh(y, min(value, 125), height=0.62, color=BLUE if earns else PALE, edgecolor=BLUE, linewidth=1)
        axes.plot([before[place]] * 2, [y - 0.4, y + 0.4], color=AMBER, linewidth=3)
        put(axes, 2, y, show(round(value, 1), lang=lang), va="center", weight="bold", color="white" if earns else INK)
        put(
            axes,
            152,
            y,
            show(round(cash[place]), "%", lang).replace("-", "−"),
            ha="center",
            va="center",
            color=SOFT,
            weight=bold,
        )


def _draw_year(axes: Any, year: Lived | None, lang: str) -> None:
    axes.set(xlim=(0, 118), ylim=(2.45, -0.6))
    if year is None:
        put(axes, 0, 1, _WORDS["no_year"][lang], va="center", color=SOFT)
        return
    before = lived(**SHEET)
    for y, (name, colour) in enumerate((("show", AMBER), ("build", BLUE), ("goal", TEAL))):
        value, was = getattr(year, name), getattr(before, name)
        put(axes, 0, y - 0.36, _WORDS[f"year_{name}"][lang], va="center")
        axes.barh(y, 100, height=0.34, color="#F2F2F2")
        axes.barh(y, value, height=0.34, color=colour)
        axes.plot([was] * 2, [y - 0.22, y + 0.22], color=INK, linewidth=2.5)
        put(axes, 102, y, show(round(value), "%", lang), va="center", weight="bold")


_WORDS: dict[str, Words] = {
    "none": {
        "vi": "Chưa dòng nào có trọng số: bảng KPI này chưa nói với ai điều gì.",
        "en": "No line has a weight yet: this sheet tells nobody anything.",
    },
    "over": {
        "vi": "Trọng số cộng lại {total}, dư {off}: cả tiệm được {points} điểm mà không thêm một đồng nào.",
        "en": "The weights add up to {total}, {off} too many: the firm gets {points} points and not one VND more.",
    },
    "under": {
        "vi": "Trọng số cộng lại {total}, thiếu {off}: cả tiệm còn {points} điểm mà không ai làm kém đi.",
        "en": "The weights add up to {total}, {off} short: the firm gets {points} points though nobody did worse.",
    },
    "even": {
        "vi": "Chia đều mỗi dòng {weight}: tiền, mục tiêu trọng tâm, chỉ nặng bằng bài đăng. {n} trên {of} quán được thưởng đủ.",
        "en": "Even weights, {weight} a line: cash, the primary goal, weighs no more than posts. The full bonus goes to {n} of {of} shops.",
    },
    "other": {
        "vi": "Nặng nhất: {heaviest}. {n} trên {of} quán được thưởng đủ, trong năm tiền hụt một phần ba.",
        "en": "Heaviest: {heaviest}. The full bonus goes to {n} of {of} shops, in a year when a third of the cash went missing.",
    },
    "goal": {
        "vi": "Dòng tiền nặng nhất, {weight}: {n} trên {of} quán được thưởng đủ, cả tiệm được {points} điểm.",
        "en": "Cash weighs most, {weight}: the full bonus goes to {n} of {of} shops, the whole firm gets {points} points.",
    },
    "year_says": {
        "vi": "Trong năm giả lập, công sức tạo ra tiền là {build} giờ làm và mục tiêu đạt {goal}.",
        "en": "In the simulated year {build} of working time builds cash, and {goal} of the goal is reached.",
    },
    "left": {
        "vi": "Kết quả thật năm 2026, chấm bằng trọng số này (điểm)",
        "en": "The real results of 2026, scored with these weights (points)",
    },
    "right": {
        "vi": "Năm giả lập: treo bảng này từ tháng Một thì sao?",
        "en": "A simulated year: what if this sheet hung there from January?",
    },
    "bonus": {"vi": "100: thưởng đủ", "en": "100: full bonus"},
    "cash_short": {"vi": "tiền, % kế hoạch", "en": "cash, % of plan"},
    "year_show": {"vi": "Công sức cho việc dễ thấy, % giờ làm", "en": "Effort on what is seen, % of working time"},
    "year_build": {"vi": "Công sức tạo ra tiền, % giờ làm", "en": "Effort that builds cash, % of working time"},
    "year_goal": {"vi": "Mục tiêu dòng tiền đạt được, %", "en": "Cash goal reached, %"},
    "no_year": {"vi": "Chưa có trọng số thì chưa có gì để thử.", "en": "Without weights there is nothing to try."},
    "note": {
        "vi": "Vạch cam, vạch đen: bảng 2026. % đạt tính từ 0 đến 120 theo quy chế. Năm giả lập: trung bình 300 lần ở một công ty mẫu, để so các bảng, không dự báo tiệm; giờ còn lại là việc khác.",
        "en": "Amber and black marks: the sheet of 2026. Attainment counts from 0 to 120 by the firm's rules. Simulated year: mean of 300 in a model firm; it ranks sheets, it forecasts no café; the rest of the time goes elsewhere.",
    },
    "roof": {"vi": "Cả tiệm", "en": "Whole firm"},
    "points_now": {"vi": "Điểm, trọng số này", "en": "Points, these weights"},
    "points_2026": {"vi": "Điểm, bảng 2026", "en": "Points, sheet of 2026"},
    "cash": {"vi": "Dòng tiền, % kế hoạch", "en": "Cash, % of plan"},
    "alt": {
        "vi": "Cột ngang: điểm của sáu quán và cả tiệm với mốc 100; bên phải là công sức và mục tiêu trong năm giả lập. ",
        "en": "Bars: points of six shops and the firm against the line of 100; on the right effort and goal in a simulated year. ",
    },
}

VIEW = View(
    weights_picture,
    picks={
        id: Slider(
            {lang: f"{name}:" for lang, name in words.items()}, low=0, high=60, step=5, start=SHEET[id], unit="%"
        )
        for id, words in KPIS.items()
    },
)
