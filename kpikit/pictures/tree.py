"""The cause-and-effect tree of a design, its breaks in plain sight (E3). What leads where is `cause_tree`'s to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..companies import Case
from ..design import Design
from ..language import Trouble, Words, current, say
from .canvas import AMBER, BLUE, GREY, HIGH, INK, SMALL, SOFT, WIDE, Picture, bare, fit, page, put, styled
from .cause_tree import COLUMNS, Node, cause_tree, drawn

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MOST = 10  # boxes that fit in a column
EDGE, TOP, BOTTOM, BOX = 20, 138, 674, 47  # dots: the margin, where boxes begin and end, and how tall one is
BROKEN = "#B34700"  # vermillion, dark enough for text
LOOKS = {"goal": (BLUE, BLUE, "white"), "outcome": ("#CFE3F1", BLUE, INK), "driver": ("white", BLUE, INK),
         "activity": ("#FBE7BF", AMBER, INK), "compliance": ("#EEEEEE", GREY, INK), "": ("#EEEEEE", GREY, INK)}  # fmt: skip


@styled
def tree_picture(
    *,
    design: Design,
    case: Case | None = None,
    goal: str | None = None,
    persons: bool = False,
    month: str | None = None,
) -> Picture:
    """Activities, drivers, outcomes and goals from left to right, an arrow for each parent and link, and every break.

    ``goal``: only that goal and its KPIs. ``persons``: draw persons' KPIs too (the table always has them). A KPI that
    leads nowhere, an arrow that is missing, an activity without evidence have a dashed frame and say so; a goal without an
    outcome or a driver too. Raises `Trouble` for a goal that is not there. Source: curriculum B5, D3, E3.

    >>> from kpikit.companies import case
    >>> from kpikit.language import use
    >>> use("en"); print(tree_picture(design=case("distributor").design("habit")).sentence)
    13 of 14 KPIs lead to no goal of the AOP; goals without an outcome: 1.
    """
    lang = current()
    if goal is not None and goal not in {g.id for g in design.aop.goals}:
        there = ", ".join(g.id for g in design.aop.goals if g.id)
        raise Trouble(
            vi=f"Không có mục tiêu “{goal}”. Có: {there}.", en=f"There is no goal “{goal}”. There are: {there}."
        )
    nodes = cause_tree(design, case, goal)
    sentence = finding(nodes, lang)
    figure = _draw(nodes, drawn(nodes, MOST, persons), sentence, lang)
    return Picture(figure, sentence, _told(nodes, lang), _WORDS["alt"][lang] + sentence)


def finding(nodes: list[Node], lang: str) -> str:
    """What the tree shows, in one sentence: how many KPIs lead nowhere, which goals nothing leads to, or that all holds."""
    kpis = [n for n in nodes if n.column != "goal"]
    if not kpis:
        return _WORDS["empty"][lang]
    count = {
        b: sum(n.breaks == b for n in nodes)
        for b in ("no_outcome", "no_driver", "nowhere", "no_arrow", "lost", "unproven")
    }
    said = [
        say(_WORDS[f"say_{b}"], lang, n=n, all=len(kpis))
        for b, n in count.items()
        if n and b in ("nowhere", "no_arrow", "lost")
    ]
    said += [say(_WORDS[f"say_{b}"], lang, n=count[b]) for b in ("no_outcome", "no_driver", "unproven") if count[b]]
    if not said:
        return say(_WORDS["whole"], lang, all=len(kpis))
    first = "; ".join(said[:2])
    return first[:1].upper() + first[1:] + "."


def _told(nodes: list[Node], lang: str) -> pd.DataFrame:
    import pandas as pd

    names = {n.place: n.name for n in nodes}
    rows = [
        (n.name, _WORDS[f"is_{n.kind if n.column != 'goal' else 'goal'}"][lang], _WORDS["company"][lang] if n.card == "company" else n.card,
         n.goal, ", ".join(f"{t} ({names[t]})" if t in names else t for t in n.to) or "–",
         _WORDS[n.breaks][lang] if n.breaks else "–")
        for n in nodes
    ]  # fmt: skip
    columns = [_WORDS[f"col_{c}"][lang] for c in ("name", "kind", "card", "goal", "to", "break")]
    return pd.DataFrame(rows, index=[n.place for n in nodes], columns=columns)


# ---------------------------------------------------------------- drawing


def _draw(nodes: list[Node], columns: dict[str, list[Node]], title: str, lang: str) -> Figure:
    shown = {n.place for here in columns.values() for n in here}
    left_out = sum(n.place not in shown for n in nodes)
    figure = page(title, _WORDS["note"][lang] + (say(_WORDS["more"], lang, n=left_out) if left_out else ""))
    axes = bare(figure.add_axes((0, 0, 1, 1)))
    axes.set(xlim=(0, WIDE), ylim=(HIGH, 0))
    axes.patch.set_visible(False)
    gap = 62 if len(columns) == 4 else 120
    wide = min((WIDE - 2 * EDGE - 26 - gap * (len(columns) - 1)) / max(len(columns), 1), 420)
    boxes: dict[str, tuple[float, float]] = {}  # a node's left edge and middle
    roomy: set[str] = set()  # those whose box has room for a line more
    for c, (column, here) in enumerate(columns.items()):
        x = EDGE + 26 + c * (wide + gap)
        put(
            axes,
            x,
            TOP - 18,
            fit(_WORDS[f"column_{column}"][lang], wide + gap - 10, weight="bold"),
            weight="bold",
            color=SOFT,
            va="bottom",
        )
        pitch = min((BOTTOM - TOP) / len(here), 104)
        start = (TOP + BOTTOM) / 2 - pitch * len(here) / 2 if column == "goal" else TOP
        for i, n in enumerate(here):
            boxes[n.place] = (x, start + pitch * (i + 0.5))
            if column == "goal" or (n.breaks and pitch > BOX + 30):
                roomy.add(n.place)
    where = {n.place: COLUMNS.index(n.column) for here in columns.values() for n in here}
    for here in columns.values():
        for n in here:
            _arrows(axes, n, boxes, where, wide)
            _box(axes, n, boxes[n.place], (wide, BOX + 22 if n.place in roomy else BOX), lang)
    return figure


def _box(axes: Any, node: Node, at: tuple[float, float], size: tuple[float, float], lang: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    face, edge, ink = LOOKS["goal" if node.column == "goal" else node.kind]
    (x, y), (wide, tall) = at, size
    frame: dict[str, Any] = (
        {"edgecolor": BROKEN, "linestyle": (0, (4, 2)), "linewidth": 2.6}
        if node.breaks
        else {"edgecolor": edge, "linewidth": 1.6}
    )
    if node.breaks and node.column == "goal":
        face, ink = "white", INK
    axes.add_patch(
        FancyBboxPatch(
            (x, y - tall / 2), wide, tall, boxstyle="round,pad=0,rounding_size=6", facecolor=face, zorder=3, **frame
        )
    )
    text = node.name if node.name == node.place else f"{node.place}  {node.name}"
    look = {"va": "center", "zorder": 4, "linespacing": 1.08}
    if node.breaks:
        lines = 2 if tall > BOX else 1
        put(axes, x + 9, y - 11, fit(text, wide - 18, lines=lines), color=ink, **look)
        put(
            axes,
            x + 9,
            y + 11 * lines,
            fit("✕ " + _WORDS[node.breaks][lang], wide - 12, weight="bold"),
            color=BROKEN,
            weight="bold",
            **look,
        )
    else:
        weight = "bold" if node.column == "goal" else "normal"
        put(
            axes,
            x + 9,
            y,
            fit(text, wide - 18, SMALL, 3 if tall > BOX else 2, weight),
            color=ink,
            weight=weight,
            **look,
        )


def _arrows(axes: Any, node: Node, boxes: dict[str, tuple[float, float]], where: dict[str, int], wide: float) -> None:
    """An arrow to each place it leads to; a stub that ends in a cross where it leads nowhere."""
    x, y = boxes[node.place]
    if node.breaks in ("nowhere", "no_arrow"):
        axes.plot([x + wide, x + wide + 26], [y, y], "--", color=BROKEN, linewidth=2.4, zorder=2)
        axes.plot(x + wide + 34, y, "X", color=BROKEN, markersize=12, markeredgewidth=0, zorder=2)
    for place in node.to:
        if place in boxes:
            _arrow(axes, (x, y), boxes[place], where[place] - where[node.place], wide)


def _arrow(axes: Any, start: tuple[float, float], end: tuple[float, float], steps: int, wide: float) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (x0, y0), (x1, y1) = start, end
    if steps > 0:
        middle, tip = (x0 + wide + x1) / 2, x1 - 6
        points = [(x0 + wide, y0), (middle, y0), (middle, y1), (tip, y1)]
    elif steps == 0:  # within a column: out to the left and back in
        bow, shift, tip = 1.3 * min(26.0, 12 + abs(y1 - y0) / 16), 8 if y1 > y0 else -8, x1 - 6
        points = [(x0, y0 + shift), (x0 - bow, y0 + shift), (x1 - bow, y1 - shift), (tip, y1 - shift)]
    else:  # back to a column on the left
        middle, tip = (x0 + x1 + wide) / 2, x1 + wide + 6
        points = [(x0, y0 + 8), (middle, y0 + 8), (middle, y1 + 8), (tip, y1 + 8)]
    path = Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    colour = GREY if steps > 1 else SOFT
    axes.add_patch(PathPatch(path, facecolor="none", edgecolor=colour, linewidth=1.6, zorder=1))
    axes.plot(*points[-1], ">" if steps >= 0 else "<", color=colour, markersize=9, markeredgewidth=0, zorder=2)


_WORDS: dict[str, Words] = {
    "column_goal": {"vi": "Mục tiêu", "en": "Goals"},
    "column_outcome": {"vi": "Kết quả cuối", "en": "Outcomes"},
    "column_driver": {"vi": "Yếu tố tác động chính", "en": "Drivers"},
    "column_activity": {"vi": "Hoạt động, tuân thủ", "en": "Activity, compliance"},
    "is_goal": {"vi": "mục tiêu", "en": "goal"},
    "is_outcome": {"vi": "kết quả cuối", "en": "outcome"},
    "is_driver": {"vi": "yếu tố tác động chính", "en": "driver"},
    "is_activity": {"vi": "hoạt động", "en": "activity"},
    "is_compliance": {"vi": "tuân thủ", "en": "compliance"},
    "is_": {"vi": "chưa rõ", "en": "not told"},
    "no_outcome": {"vi": "thiếu kết quả cuối", "en": "no outcome KPI"},
    "no_driver": {"vi": "thiếu đòn bẩy", "en": "no driver KPI"},
    "nowhere": {"vi": "không dẫn tới đâu", "en": "leads nowhere"},
    "no_arrow": {"vi": "thiếu mũi tên", "en": "has no arrow"},
    "lost": {"vi": "chỉ tới mã không có", "en": "points at no KPI"},
    "unproven": {"vi": "chưa có bằng chứng", "en": "no evidence"},
    "say_nowhere": {
        "vi": "{n} trong {all} KPI không dẫn tới mục tiêu nào của AOP",
        "en": "{n} of {all} KPIs lead to no goal of the AOP",
    },
    "say_no_arrow": {
        "vi": "{n} trong {all} KPI chỉ nói bằng lời, thiếu mũi tên nhân - quả",
        "en": "{n} of {all} KPIs have words only, and no arrow of cause and effect",
    },
    "say_lost": {
        "vi": "{n} trong {all} KPI chỉ tới mã không có trong thiết kế",
        "en": "{n} of {all} KPIs point at an id that the design does not have",
    },
    "say_no_outcome": {"vi": "{n} mục tiêu chưa có kết quả cuối", "en": "goals without an outcome: {n}"},
    "say_no_driver": {"vi": "{n} mục tiêu chưa có yếu tố tác động", "en": "goals without a driver: {n}"},
    "say_unproven": {"vi": "số hoạt động chưa có bằng chứng: {n}", "en": "activities without evidence: {n}"},
    "whole": {
        "vi": "Cả {all} KPI đều dẫn tới mục tiêu: mối nhân - quả không đứt ở đâu.",
        "en": "All {all} KPIs lead to a goal: cause and effect break nowhere.",
    },
    "empty": {"vi": "Thiết kế này chưa có KPI nào.", "en": "This design has no KPIs yet."},
    "note": {
        "vi": "Mũi tên đi từ nguyên nhân tới kết quả. Khung đứt nét và dấu ✕: chỗ đứt.",
        "en": "Arrows run from cause to effect. A dashed frame with ✕ is a break.",
    },
    "more": {"vi": " Chưa vẽ: {n} KPI (có trong bảng số liệu).", "en": " Not drawn: {n} KPIs (they are in the table)."},
    "company": {"vi": "công ty", "en": "company"},
    "col_name": {"vi": "Tên", "en": "Name"},
    "col_kind": {"vi": "Loại", "en": "Kind"},
    "col_card": {"vi": "Bảng KPI", "en": "Scorecard"},
    "col_goal": {"vi": "Mục tiêu", "en": "Goal"},
    "col_to": {"vi": "Dẫn tới", "en": "Leads to"},
    "col_break": {"vi": "Chỗ đứt", "en": "Break"},
    "alt": {
        "vi": "Sơ đồ từ trái sang phải: hoạt động, yếu tố tác động chính, kết quả cuối, mục tiêu, nối bằng mũi tên. ",
        "en": "A tree from left to right: activities, drivers, outcomes, goals, joined by arrows. ",
    },
}
