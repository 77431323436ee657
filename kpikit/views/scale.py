"""A scale and what people make of it: the same KPI scored five ways, 400 people who reckon what pays (E6).

The people are a small model of choice (`_scale_people`); the five chains on the curve are the distributor's.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ..companies import case
from ..language import Words, current, say, show
from ..metrics import metric
from ..picks import Choice, Slider, View
from ..pictures.canvas import AMBER, BLUE, GREY, INK, ORANGE, PALE, VIEW_HIGH, Picture, fit, page, put
from ._scale_people import FLOOR, MANY, SPREAD, STRETCH, TARGET, Found, People, found, people, scored

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHAPES: dict[str, Words] = {
    "cliff": {"vi": "Vách đứng ở 100%", "en": "Cliff at 100%"},
    "steps": {"vi": "Bậc thang", "en": "Steps"},
    "cap": {"vi": "Dốc, trần ở 100%", "en": "Slope, capped at 100%"},
    "line": {"vi": "Dốc thẳng, không trần", "en": "Straight slope, no cap"},
    "course": {"vi": "Ba mức, dốc ở giữa", "en": "Three levels, slopes between"},
}
MANY_IDLE, MANY_HELD, CROWD = 20, 40, 30  # percent of the people: from these on the title speaks of it


@cache
def chains() -> dict[str, float]:
    """The distributor's five MT chains in 2026: revenue in percent of plan, the poorest first.

    >>> {name: round(value) for name, value in chains().items()}
    {'Lam Sơn': 64, 'Gian Bếp': 79, 'Tân Lộc Fresh': 99, 'Thiên Phát': 100, 'Góc Phố 24': 100}
    """
    table = metric(case("distributor"), "mt_revenue", by="year", split="account").query("period == '2026'")
    share = (100 * table["actual"] / table["plan"]).set_axis(
        [
            str(name).removeprefix("Siêu thị ").removeprefix("Đại siêu thị ").removeprefix("Chuỗi ")
            for name in table["account"]
        ]
    )
    return {str(name): float(value) for name, value in share.sort_values().items()}


# ---------------------------------------------------------------- what is said


def scale_picture(shape: str, usual: float, next_year: str) -> Picture:
    """A scale's points, where five real chains would stand on it, and what 400 people make of it."""
    import pandas as pd

    lang, raised = current(), next_year == "raised"
    what = found(shape, usual, raised)
    facts: dict[str, Any] = {"shape": SHAPES[shape][lang]}
    facts |= {name: show(round(value), "%", lang) for name, value in what._asdict().items()}
    title = say(_WORDS[_finding(usual, raised, what)], lang, **facts)
    sentence = f"{title} {say(_WORDS['and'], lang, **facts)}"
    rows = {words[lang]: found(one, usual, raised)._asdict() for one, words in SHAPES.items()}  # all five, to compare
    table = pd.DataFrame(rows).T.round(1)
    table.columns = [_WORDS[f"col_{name}"][lang] for name in Found._fields]
    figure = _draw(shape, usual, raised, what, title, lang)
    return Picture(figure, sentence, table, _WORDS["alt"][lang] + sentence)


def _finding(usual: float, raised: bool, what: Found) -> str:
    if what.idle >= MANY_IDLE:
        return "gave_up" if usual < TARGET - SPREAD else "enough"
    if what.crowd >= CROWD:
        return "crowd"
    if what.held >= MANY_HELD:
        return "held_raised" if raised else "held"
    return "steady" if what.forward + what.held == 0 else "pulls"


# ---------------------------------------------------------------- how it is drawn

EDGES = np.arange(40, 153, 2.0)  # percent of the target: everybody fits


def _draw(shape: str, usual: float, raised: bool, what: Found, title: str, lang: str) -> Figure:
    figure = page(title, _WORDS["note"][lang], high=VIEW_HIGH)
    put(figure, 0.06, 0.815, _WORDS["top"][lang], weight="bold", va="center")
    _draw_scale(figure.add_axes((0.06, 0.54, 0.63, 0.245)), shape, lang)
    put(figure, 0.06, 0.475, _WORDS["bottom"][lang], weight="bold", va="center")
    _draw_people(figure.add_axes((0.06, 0.19, 0.63, 0.255)), people(shape, usual, raised), lang)
    _draw_numbers(figure, what, usual, lang)
    return figure


def _draw_scale(axes: Any, shape: str, lang: str) -> None:
    at = np.arange(EDGES[0], EDGES[-1] + 0.1, 0.1)
    axes.plot(at, scored(shape, at), color=BLUE)
    for line in (FLOOR, TARGET, STRETCH):
        axes.axvline(line, color=PALE, linewidth=1, zorder=0)
    (low, near, *others) = chains().items()
    marks = [low, near, (_WORDS["others"][lang], float(np.mean([value for _, value in others])))]
    for name, value in marks:
        points = float(scored(shape, np.array([value]))[0])
        axes.plot([value], [points], "o", color=INK, markersize=9)
        put(axes, value - 1, points + 6, name, ha="right", va="bottom")
    axes.set(
        xlim=(EDGES[0], EDGES[-1]),
        ylim=(-12, 148),
        yticks=[0, 60, 100, 120],
        xticks=[60, 80, 100, 115, 130],
        xticklabels=[],
    )
    axes.tick_params(length=0)


def _draw_people(axes: Any, made: People, lang: str) -> None:
    groups = [made.moved == 0, made.moved > 0, made.moved < 0]
    bottom = np.zeros(len(EDGES) - 1)
    for which, (colour, hatch) in zip(groups, LOOKS, strict=True):
        share = 100 * np.histogram(made.reported[which], EDGES)[0] / MANY
        axes.bar(
            EDGES[:-1],
            share,
            width=2,
            align="edge",
            bottom=bottom,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            linewidth=0.6,
        )
        bottom += share
    before = 100 * np.histogram(made.usual, EDGES)[0] / MANY
    axes.stairs(before, EDGES, color=GREY, linewidth=2)
    for line in (FLOOR, TARGET, STRETCH):
        axes.axvline(line, color=PALE, linewidth=1, zorder=0)
    tall = max(18.0, 1.08 * bottom.max())
    ticks = [60, 80, 100, 115, 130]
    axes.set(xlim=(EDGES[0], EDGES[-1]), ylim=(0, tall), xticks=ticks, xticklabels=[show(t, "%", lang) for t in ticks])
    axes.set_yticks([0, 10] if tall < 25 else [0, 20] if tall < 50 else [0, 40])
    axes.tick_params(length=0)


LOOKS = ((BLUE, None), (ORANGE, "///"), (AMBER, "..."))  # as they come: pulled forward, held back


def _draw_numbers(figure: Figure, what: Found, usual: float, lang: str) -> None:
    from matplotlib.patches import Rectangle

    rows: list[tuple[str, float, str | None, str | None]] = [
        ("usual", usual, None, None),
        ("earned", what.earned, *LOOKS[0]),
        ("forward", what.forward, *LOOKS[1]),
        ("held", what.held, *LOOKS[2]),
        ("idle", what.idle, "none", None),
        ("nothing", what.nothing, "none", None),
    ]
    for n, (name, value, colour, hatch) in enumerate(rows):
        y = 0.78 - n * 0.108
        if colour != "none":
            figure.add_artist(
                Rectangle((0.715, y - 0.016), 0.014, 0.034, transform=figure.transFigure, facecolor=colour or "white",
                          edgecolor=GREY if colour is None else "white", linewidth=2 if colour is None else 0.6, hatch=hatch)
            )  # fmt: skip
        put(figure, 0.737, y, fit(_WORDS[f"says_{name}"][lang], 235, lines=2), va="center", linespacing=1.1)
        put(figure, 0.99, y, show(round(value), "%", lang), ha="right", va="center", weight="bold", size=17, color=INK)


_WORDS: dict[str, Words] = {
    "gave_up": {
        "vi": "{shape}: {idle} gần như không cố, vì vạch quá xa; {crowd} dồn ngay trên vạch.",
        "en": "{shape}: {idle} hardly try, the line being too far; {crowd} crowd just above it.",
    },
    "enough": {
        "vi": "{shape}: {idle} gần như không cố, vì điểm coi như đã có; {held} giữ đơn lại cho năm sau.",
        "en": "{shape}: {idle} hardly try, the points being as good as won; {held} hold orders back for next year.",
    },
    "held": {
        "vi": "{shape}: {held} giữ bớt đơn lại cho năm sau, vì bán thêm năm nay không lợi gì.",
        "en": "{shape}: {held} hold orders back for next year, since selling more this year brings them nothing.",
    },
    "held_raised": {
        "vi": "{shape}: {held} giữ bớt đơn lại cho năm sau, vì năm nay vượt thì năm sau chỉ tiêu nâng theo.",
        "en": "{shape}: {held} hold orders back for next year, since being above raises the next target.",
    },
    "crowd": {
        "vi": "{shape}: {crowd} dồn ngay trên vạch; {forward} kéo đơn của năm sau về, {held} giữ đơn lại.",
        "en": "{shape}: {crowd} crowd just above a line; {forward} pull orders forward, {held} hold them back.",
    },
    "steady": {
        "vi": "{shape}: thêm chút nào được điểm chút ấy, nên không ai kéo đơn hay giữ đơn.",
        "en": "{shape}: each bit more earns its points, so nobody pulls orders forward or holds them back.",
    },
    "pulls": {
        "vi": "{shape}: cố thêm được {effort} chỉ tiêu; {forward} kéo đơn của năm sau về, {held} giữ đơn lại.",
        "en": "{shape}: trying harder brings {effort} of the target; {forward} pull orders forward, {held} hold them back.",
    },
    "and": {
        "vi": "Bán thật bình quân {earned} chỉ tiêu; {nothing} nhận 0 điểm.",
        "en": "Really sold: {earned} of the target on average; {nothing} get 0 points.",
    },
    "top": {
        "vi": "Điểm theo % chỉ tiêu; chấm đen: năm chuỗi MT của Hương Việt, 2026",
        "en": "Points by % of target; black dots: Hương Việt's five MT chains, 2026",
    },
    "bottom": {
        "vi": "400 người giả lập: % số người theo kết quả họ báo cáo (% chỉ tiêu)",
        "en": "400 simulated people: % of them by the result they report (% of target)",
    },
    "others": {"vi": "ba chuỗi khác", "en": "three others"},
    "says_usual": {"vi": "Nếu không cố thêm, bình quân", "en": "Without trying harder, on average"},
    "says_earned": {"vi": "Bán thật, bình quân", "en": "Really sold, on average"},
    "says_forward": {"vi": "Người kéo đơn của năm sau về", "en": "People who pull orders forward"},
    "says_held": {"vi": "Người giữ đơn lại cho năm sau", "en": "People who hold orders back"},
    "says_idle": {"vi": "Người gần như không cố", "en": "People who hardly try"},
    "says_nothing": {"vi": "Người nhận 0 điểm", "en": "People who get 0 points"},
    "note": {
        "vi": "Mô hình nhỏ: mỗi người tự tính công bỏ ra và điểm thu về rồi chọn điều lợi nhất cho mình; không ai gian dối. Để so các thang, không dự báo ai.",
        "en": "A small model: each person sets the effort against the points and does what pays; nobody cheats. It ranks scales, it forecasts nobody.",
    },
    "col_effort": {"vi": "Cố thêm (% chỉ tiêu)", "en": "From trying harder (% of target)"},
    "col_earned": {"vi": "Bán thật (% chỉ tiêu)", "en": "Really sold (% of target)"},
    "col_idle": {"vi": "Gần như không cố (% người)", "en": "Hardly try (% of people)"},
    "col_forward": {"vi": "Kéo đơn về (% người)", "en": "Pull forward (% of people)"},
    "col_held": {"vi": "Giữ đơn lại (% người)", "en": "Hold back (% of people)"},
    "col_crowd": {"vi": "Sát trên vạch (% người)", "en": "Just above a line (% of people)"},
    "col_nothing": {"vi": "0 điểm (% người)", "en": "0 points (% of people)"},
    "alt": {
        "vi": "Trên: đường điểm theo % chỉ tiêu với các chuỗi là chấm. Dưới: kết quả của 400 người giả lập theo từng khoảng. ",
        "en": "Above: the curve of points by % of target, chains as dots. Below: the results of 400 simulated people in bins. ",
    },
}

VIEW = View(
    scale_picture,
    picks={
        "shape": Choice(asks={"vi": "Thang đo:", "en": "Scale:"}, options=SHAPES, start="cliff"),
        "usual": Slider(
            asks={"vi": "Không cố thêm thì đạt, % chỉ tiêu:", "en": "Reached without trying harder, % of target:"},
            low=60,
            high=110,
            step=5,
            start=75,
            unit="%",
        ),
        "next_year": Choice(
            asks={"vi": "Chỉ tiêu năm sau:", "en": "Next year's target:"},
            options={
                "same": {"vi": "giữ nguyên", "en": "as it is"},
                "raised": {"vi": "nâng theo nửa phần vượt", "en": "raised by half of what is above"},
            },
            start="same",
        ),
    },
)
