"""The removal test: cover a number and see what you stop knowing (A3). The distributor, 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..companies import Case, case
from ..language import Words, current, say, show
from ..metrics import metric
from ..picks import Several, View
from ..pictures.canvas import GREY, INK, MONTHS, ORANGE, PALE, VIEW_HIGH, Picture, month_name, page

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

NUMBERS: dict[str, Words] = {
    "visits": {"vi": "Lượt viếng thăm", "en": "Outlet visits"},
    "programmes": {"vi": "Chương trình trade", "en": "Trade programmes"},
    "new_outlets": {"vi": "Điểm bán mở mới", "en": "New outlets"},
    "report_compliance": {"vi": "Báo cáo đúng hạn", "en": "Reports on time"},
    "mt_revenue": {"vi": "Doanh thu MT", "en": "MT revenue"},
    "sku_coverage": {"vi": "SKU đang bán tại MT", "en": "SKUs on sale at MT"},
}
REPORTS_TARGET = 95  # percent on time: the 2026 scorecard's target, which stands in the story
ON_COURSE = 98  # percent of plan from which a number counts as green: a house rule, said under the figure
COLUMNS = ["2026-03", *(f"2026-{m:02}" for m in range(4, 13))]  # the first quarter, then month by month


def removal(case: Case) -> pd.DataFrame:
    """Each number of the board in 2026, year to date in percent of its plan: a row a number, a month a column.

    SKUs on sale are the month's, in percent of the SKUs agreed.
    """
    import pandas as pd

    rows = {}
    for id in NUMBERS:
        table = metric(case, id, by="month" if id == "sku_coverage" else "ytd").set_index("period").loc[COLUMNS]
        plan = {"report_compliance": REPORTS_TARGET, "sku_coverage": 100}.get(id)
        rows[id] = 100 * table["actual"] / (table["plan"] if plan is None else plan)
    return pd.DataFrame(rows).T


def first_warning(board: pd.DataFrame) -> str | None:
    """The first month in which some number is below `ON_COURSE`; None where the board is green all year."""
    warned = (board < ON_COURSE).any()
    return str(warned.idxmax()) if warned.any() else None


def removal_picture(without: list[str]) -> Picture:
    """The board of 2026 with some numbers covered, and what one still knows (A3)."""
    lang, whole = current(), removal(case("distributor"))
    board = whole.drop(index=without)
    month = first_warning(board)
    facts = {"month": month_name(month, lang) if month else "", "left": len(board), "all": len(whole)}
    title = _tell("empty" if board.empty else "blind" if month is None else "warned", lang, **facts)
    knows = [id for id in ("mt_revenue", "sku_coverage") if id in board.index]
    key = {0: "know_nothing", 2: "know_both"}.get(len(knows)) or f"know_{knows[0]}"
    sentence = f"{title} {_tell(key, lang)}"
    table = whole.round(1).map(lambda v: show(v, "%", lang))
    table.index, table.columns = (
        [_number_name(id, lang) for id in table.index],
        [_month(c, lang) for c in table.columns],
    )
    return Picture(_draw_removal(whole, without, title, lang), sentence, table)


def _number_name(id: str, lang: str) -> str:
    return NUMBERS[id][lang]


def _draw_removal(whole: pd.DataFrame, without: list[str], title: str, lang: str) -> Figure:
    figure = page(title, _tell("removal_unit", lang, line=ON_COURSE), high=VIEW_HIGH)
    axes = figure.add_axes((0.235, 0.13, 0.755, 0.73))
    for y, (id, values) in enumerate(whole.iterrows()):
        covered = id in without
        axes.text(-0.65, y, _number_name(str(id), lang), ha="right", va="center", color=GREY if covered else INK)
        if covered:
            axes.barh(y, len(values), left=-0.5, height=0.82, color="white", edgecolor=PALE, hatch="//")
            axes.text(
                len(values) / 2 - 0.5,
                y,
                _tell("covered", lang),
                ha="center",
                va="center",
                color=GREY,
                bbox={"facecolor": "white", "edgecolor": "none"},
            )
            continue
        for x, value in enumerate(values):
            off = value < ON_COURSE
            axes.barh(y, 0.92, left=x - 0.46, height=0.82, color=ORANGE if off else "#CFE3F1")
            axes.text(
                x,
                y,
                f"{value:.0f}",
                ha="center",
                va="center",
                color="white" if off else "#0B3C5D",
                weight="bold" if off else "normal",
            )
    axes.set(
        xlim=(-0.5, len(COLUMNS) - 0.5),
        ylim=(len(whole) - 0.45, -0.55),
        yticks=[],
        xticks=range(len(COLUMNS)),
        xticklabels=[_month(c, lang) for c in COLUMNS],
    )
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure


def _month(month: str, lang: str) -> str:
    number = int(month[5:7])
    if month == COLUMNS[0]:
        return {"vi": "quý I", "en": "Q1"}[lang]
    return f"T{number}" if lang == "vi" else MONTHS[lang][number - 1][:3]


_WORDS: dict[str, Words] = {
    "empty": {"vi": "Bảng trống trơn.", "en": "The board is empty."},
    "blind": {
        "vi": "Còn {left} trên {all} dòng: bảng xanh cả năm.",
        "en": "With {left} of {all} lines left, the board is green all year.",
    },
    "warned": {
        "vi": "Còn {left} trên {all} dòng: bảng báo lệch từ {month}.",
        "en": "With {left} of {all} lines left, the board shows trouble from {month}.",
    },
    "know_nothing": {
        "vi": "Nhìn bảng này không ai biết MT đang hụt.",
        "en": "Nobody who reads this board knows that MT falls short.",
    },
    "know_both": {
        "vi": "Ta biết MT hụt bao nhiêu (doanh thu) và vì đâu (hàng bị rút khỏi kệ).",
        "en": "We know how far MT falls short (revenue) and where it comes from (products taken off the shelf).",
    },
    "know_mt_revenue": {
        "vi": "Ta biết MT hụt bao nhiêu, chưa biết vì đâu.",
        "en": "We know how far MT falls short, not yet why.",
    },
    "know_sku_coverage": {
        "vi": "Ta biết hàng bị rút khỏi kệ, chưa biết mất bao nhiêu doanh thu.",
        "en": "We know that products left the shelf, not how much revenue went with them.",
    },
    "covered": {"vi": "đã che", "en": "covered"},
    "removal_unit": {
        "vi": "Năm 2026, lũy kế, % kế hoạch (SKU: % đã thỏa thuận). Dưới {line}% là lệch (quy ước của khóa học).",
        "en": "2026, year to date, % of plan (SKUs: % of those agreed). Below {line}% is off (a house rule).",
    },
}


def _tell(key: str, lang: str, **facts: Any) -> str:
    return say(_WORDS[key], lang, **facts)


VIEW = View(
    removal_picture,
    picks={"without": Several(asks={"vi": "Che:", "en": "Cover:"}, options=NUMBERS)},
)
