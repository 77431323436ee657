"""Few and to the point: which of fourteen proposed lines to keep, and what that does to attention (E4). The distributor, 2027."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..language import LANGUAGES, Words, current, say, show
from ..picks import Several, View
from ..pictures.canvas import (
    AMBER,
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SKY,
    SOFT,
    Picture,
    bare,
    fit,
    page,
    put,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

OUTCOMES, DRIVERS = (1, 2), (2, 4)  # a goal's KPIs: the article's own counts (E4)
MOST = 12  # lines on a company scorecard: a house rule, said under the figure
KINDS = ("outcome", "driver", "activity", "compliance")
LOOKS = {"outcome": (BLUE, None), "driver": (SKY, None), "activity": (AMBER, "//"), "compliance": (PALE, "..")}
HIGH = 620  # dots: fourteen lines need more room than a view has by itself


@dataclass(frozen=True)
class Line:
    """A line somebody proposed for the company scorecard. ``decision``: what it would lead to, as proposed; None: not said.

    ``metric`` is the catalogue's id (None: the catalogue has none); ``acts``: the decision is one, more than “we will meet”.
    """

    name: Words
    goal: str
    kind: str
    metric: str | None = None
    decision: Words | None = None
    acts: bool = False


GOALS: dict[str, Words] = {
    "G1": {"vi": "1. Doanh thu 600 tỷ", "en": "1. Revenue 600bn"},
    "G2": {"vi": "2. Dòng tiền 15,4 tỷ", "en": "2. Cash flow 15.4bn"},
}
LINES: dict[str, Line] = {
    "mt_revenue": Line(
        {"vi": "Doanh thu MT theo tháng", "en": "MT revenue by month"}, "G1", "outcome", "mt_revenue",
        {"vi": "chuyển tiền trade sang chuỗi đang hụt", "en": "move trade money to the chain behind"}, True),
    "revenue_growth": Line(
        {"vi": "Tăng trưởng so với cùng kỳ", "en": "Growth on the same period"}, "G1", "outcome", "revenue_growth",
        {"vi": "đưa AOP ra cân lại", "en": "put the AOP back on the table"}, True),
    "gt_revenue": Line(
        {"vi": "Doanh thu GT", "en": "GT revenue"}, "G1", "outcome", "gt_revenue",
        {"vi": "đổi tuyến ở vùng đang hụt", "en": "change routes in the area behind"}, True),
    "mt_share": Line(
        {"vi": "Tỷ trọng MT", "en": "MT's share of revenue"}, "G1", "driver", "mt_share",
        {"vi": "dừng tuyển GT, dồn người sang KAM", "en": "stop hiring for GT, move people to KAM"}, True),
    "trade_roi": Line(
        {"vi": "ROI trade marketing", "en": "Trade marketing ROI"}, "G1", "driver", "trade_roi",
        {"vi": "rút tiền khỏi chuỗi đang lỗ", "en": "pull money from a chain at a loss"}, True),
    "jbp_share": Line(
        {"vi": "Phần doanh thu MT có JBP", "en": "MT revenue under a JBP"}, "G1", "driver", "jbp_share",
        {"vi": "Tổng giám đốc vào bàn đàm phán", "en": "the managing director joins the talks"}, True),
    "sku_coverage": Line(
        {"vi": "Độ phủ SKU tại MT", "en": "SKUs on sale at MT"}, "G1", "driver", "sku_coverage",
        {"vi": "đàm phán lại SKU bị cắt, hoặc thay", "en": "win back a cut SKU, or replace it"}, True),
    "mt_otif": Line(
        {"vi": "Giao MT đúng hạn và đủ", "en": "MT deliveries on time, in full"}, "G1", "driver", "mt_otif",
        {"vi": "họp với kho", "en": "meet the warehouse"}),
    "visits": Line({"vi": "Số lượt viếng thăm", "en": "Outlet visits"}, "G1", "activity", "visits"),
    "meetings": Line(
        {"vi": "Số cuộc họp với chuỗi", "en": "Meetings with chains"}, "G1", "activity", None,
        {"vi": "họp", "en": "hold a meeting"}),
    "cash_flow": Line(
        {"vi": "Dòng tiền kinh doanh", "en": "Operating cash flow"}, "G2", "outcome", "operating_cash_flow",
        {"vi": "giãn nhập hàng, dừng khoản chi mới", "en": "stretch purchases, stop new spending"}, True),
    "overdue": Line(
        {"vi": "Tỷ lệ nợ quá hạn", "en": "Overdue receivables"}, "G2", "driver", "overdue_share",
        {"vi": "khóa hạn mức của khách quá hạn", "en": "stop credit for who is overdue"}, True),
    "dso": Line(
        {"vi": "Số ngày thu tiền (DSO)", "en": "Days to collect (DSO)"}, "G2", "driver", "dso",
        {"vi": "trừ hỗ trợ của chuỗi trả chậm", "en": "cut support of a chain that pays late"}, True),
    "reports": Line(
        {"vi": "Báo cáo đúng hạn", "en": "Visit reports on time"}, "G2", "compliance", "report_compliance",
        {"vi": "nhắc nhở", "en": "remind people"}),
}  # fmt: skip


def counts(keep: list[str]) -> pd.DataFrame:
    """How many kept lines each goal has: a row a goal, columns the four kinds, ``decided`` and ``undecided``.

    >>> counts(["mt_revenue", "trade_roi", "visits"]).loc["G1"].to_dict()
    {'outcome': 1, 'driver': 1, 'activity': 1, 'compliance': 0, 'decided': 2, 'undecided': 1}
    """
    import pandas as pd

    kept = [LINES[id] for id in LINES if id in keep]
    rows = []
    for goal in GOALS:
        mine = [line for line in kept if line.goal == goal]
        row = {kind: sum(line.kind == kind for line in mine) for kind in KINDS}
        rows.append(
            row | {"decided": sum(line.acts for line in mine), "undecided": sum(not line.acts for line in mine)}
        )
    return pd.DataFrame(rows, index=list(GOALS))


def attention(keep: list[str]) -> float:
    """The part of a reader's attention a line gets, in percent, where every line is looked at as long; 0 without lines."""
    return 100 / len(keep) if keep else 0.0


def few_picture(keep: list[str]) -> Picture:
    """The kept lines, the attention each gets, whether it leads to a decision, and each goal's count beside 1-2 and 2-4 (E4).

    >>> from kpikit.language import use
    >>> use("en"); print(few_picture(list(LINES)).sentence)
    14 lines, 7.1% of attention each; lines that lead to no decision: 4. Goal 1 has 3 outcomes: 1 too many.
    """
    lang = current()
    keep = [id for id in LINES if id in keep]
    sentence = _finding(keep, lang)
    return Picture(_draw(keep, sentence, lang), sentence, _told(keep, lang), _WORDS["alt"][lang] + sentence)


def _finding(keep: list[str], lang: str) -> str:
    """How thin attention is spread, then the first thing that is missing, too much or without a decision."""
    if not keep:
        return _WORDS["empty"][lang]
    table = counts(keep)
    lazy = int(table["undecided"].sum())
    facts: dict[str, Any] = {"n": len(keep), "each": show(round(attention(keep), 1), "%", lang), "lazy": lazy}
    facts["lines"] = "line" if len(keep) == 1 else "lines"  # English alone needs it
    first = say(_WORDS["thin_lazy" if lazy else "thin"], lang, **facts)
    return f"{first} {_off(table, lang) or _WORDS['but_lazy' if lazy else 'sound'][lang]}"


def _off(table: pd.DataFrame, lang: str) -> str | None:
    """What is off against 1-2 and 2-4: a goal nobody measures, then too many, then too few; None where nothing is."""
    checks = [("outcome", 0, OUTCOMES), ("outcome", 1, OUTCOMES), ("driver", 1, DRIVERS), ("driver", 0, DRIVERS)]
    for kind, side, span in checks:
        for number, goal in enumerate(GOALS, 1):
            n = int(table.loc[goal, kind])  # type: ignore[arg-type]
            over = n - span[side] if side else span[side] - n
            if over > 0:
                key = f"{kind}_{'over' if side else 'none' if n == 0 else 'under'}"
                return say(_WORDS[key], lang, goal=number, n=n, over=over)
    return None


# ---------------------------------------------------------------- drawing


def _draw(keep: list[str], title: str, lang: str) -> Figure:
    figure = page(title, say(_WORDS["note"], lang, most=MOST), high=HIGH)
    _draw_lines(figure, keep, lang)
    _draw_goals(figure, counts(keep), lang)
    return figure


def _draw_lines(figure: Figure, keep: list[str], lang: str) -> None:
    """Every line: its bar of attention and its decision where it is kept, a pale name where it is not."""
    axes = bare(figure.add_axes((0.016, 0.085, 0.74, 0.72)))
    axes.set(xlim=(0, 947), ylim=(len(LINES) - 0.45, -0.55))
    for x, key in ((0, "line"), (295, "each"), (560, "decision")):
        put(figure, 0.016 + 0.74 * x / 947, 0.835, _WORDS[key][lang], weight="bold", va="center")
    each = attention(keep)
    for y, (id, line) in enumerate(LINES.items()):
        kept = id in keep
        put(
            axes,
            0,
            y,
            fit(line.name[lang], 285),
            va="center",
            color=INK if kept else "#767676",
        )
        if not kept:
            put(axes, 295, y, _WORDS["gone"][lang], va="center", color="#767676")
            continue
        colour, hatch = LOOKS[line.kind]
        long = min(each, 25) * 2.4  # from four lines down a bar grows no more; the number still does
        axes.barh(
            y, long, left=295, height=0.66, color=colour, hatch=hatch, edgecolor=INK if hatch else colour, linewidth=0.6
        )
        told = f"{show(round(each, 1), '%', lang)}, {_WORDS[f'is_{line.kind}'][lang]}"
        put(axes, 295 + long + 6, y, told, va="center", color=SOFT)
        said = line.decision[lang] if line.decision else _WORDS["unsaid"][lang]
        put(axes, 560, y, fit(said if line.acts else f"✕ {said}", 386), va="center",
            color=INK if line.acts else "#B34700", weight="normal" if line.acts else "bold")  # fmt: skip


def _draw_goals(figure: Figure, table: pd.DataFrame, lang: str) -> None:
    """Per goal two rows of places, the wanted ones shaded, a dot for each line there is."""
    axes = bare(figure.add_axes((0.765, 0.085, 0.225, 0.77)))
    axes.set(xlim=(0, 288), ylim=(10, -0.2))
    for n, goal in enumerate(GOALS):
        top = 0.15 + 5 * n
        put(axes, 0, top, fit(GOALS[goal][lang], 288, weight="bold"), weight="bold", va="center")
        for m, (kind, span) in enumerate((("outcome", OUTCOMES), ("driver", DRIVERS))):
            y, count = top + 0.85 + 1.75 * m, int(table.loc[goal, kind])  # type: ignore[arg-type]
            fine = span[0] <= count <= span[1]
            put(axes, 0, y, say(_WORDS[f"wanted_{kind}"], lang, low=span[0], high=span[1]), va="center", color=SOFT)
            put(
                axes,
                286,
                y,
                "✓" if fine else "✕",
                va="center",
                ha="right",
                weight="bold",
                color=BLUE if fine else "#B34700",
            )
            axes.barh(y + 0.72, 34 * (span[1] - span[0] + 1), left=34 * (span[0] - 1), height=0.62, color="#E4EEF5")
            for place in range(max(count, span[1])):
                there = place < count
                axes.plot(34 * place + 17, y + 0.72, "o", markersize=12, markeredgewidth=1.5,
                          color=(LOOKS[kind][0] if place < span[1] else ORANGE) if there else "white",
                          markeredgecolor=(LOOKS[kind][0] if place < span[1] else ORANGE) if there else GREY)  # fmt: skip


def _told(keep: list[str], lang: str) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (line.name[lang], GOALS[line.goal][lang], _WORDS[f"is_{line.kind}"][lang], _WORDS["yes" if id in keep else "no"][lang],
         round(attention(keep), 1) if id in keep else 0.0, line.decision[lang] if line.decision else "–")
        for id, line in LINES.items()
    ]  # fmt: skip
    columns = [_WORDS[c][lang] for c in ("line", "goal", "kind", "kept", "each_percent", "decision")]
    return pd.DataFrame(rows, columns=columns).set_index(columns[0])


_WORDS: dict[str, Words] = {
    "empty": {
        "vi": "Trang trắng: rất gọn, và không ai biết mục tiêu gần hay xa.",
        "en": "An empty page: very tidy, and nobody knows whether the goals are near or far.",
    },
    "thin": {
        "vi": "{n} dòng, mỗi dòng được {each} sự chú ý; dòng nào cũng dẫn tới một quyết định.",
        "en": "{n} {lines}, {each} of attention each; every line leads to a decision.",
    },
    "thin_lazy": {
        "vi": "{n} dòng, mỗi dòng được {each} sự chú ý; {lazy} dòng không dẫn tới quyết định nào.",
        "en": "{n} {lines}, {each} of attention each; lines that lead to no decision: {lazy}.",
    },
    "sound": {"vi": "Ít, và đúng trọng tâm.", "en": "Few, and to the point."},
    "but_lazy": {
        "vi": "Số kết quả cuối và đòn bẩy thì đã vừa.",
        "en": "Outcomes and drivers are right in number.",
    },
    "outcome_none": {
        "vi": "Mục tiêu {goal} không còn kết quả cuối nào: sẽ không ai biết gần hay xa.",
        "en": "Goal {goal} has no outcome left: nobody will know whether it is near.",
    },
    "outcome_over": {
        "vi": "Mục tiêu {goal} có {n} kết quả cuối: thừa {over}.",
        "en": "Goal {goal} has {n} outcomes: {over} too many.",
    },
    "driver_over": {
        "vi": "Mục tiêu {goal} có {n} đòn bẩy: thừa {over}.",
        "en": "Goal {goal} has {n} drivers: {over} too many.",
    },
    "driver_none": {
        "vi": "Mục tiêu {goal} không có đòn bẩy nào: biết hụt mà không biết đổi gì.",
        "en": "Goal {goal} has no driver: you will know you are short, and not what to change.",
    },
    "driver_under": {
        "vi": "Mục tiêu {goal} mới có {n} đòn bẩy: thiếu {over}.",
        "en": "Goal {goal} has only {n} driver: {over} too few.",
    },
    "line": {"vi": "Dòng được đề nghị", "en": "Line proposed"},
    "each": {"vi": "Phần chú ý mỗi dòng", "en": "Attention a line"},
    "each_percent": {"vi": "Phần chú ý (%)", "en": "Attention (%)"},
    "decision": {"vi": "Lệch thì quyết định gì", "en": "Off course, we decide to"},
    "gone": {"vi": "đã rời bảng", "en": "off the sheet"},
    "unsaid": {"vi": "chưa ai nói", "en": "nobody has said"},
    "wanted_outcome": {"vi": "Kết quả cuối ({low}-{high})", "en": "Outcomes ({low}-{high})"},
    "wanted_driver": {"vi": "Đòn bẩy ({low}-{high})", "en": "Drivers ({low}-{high})"},
    "goal": {"vi": "Mục tiêu", "en": "Goal"},
    "kind": {"vi": "Loại", "en": "Kind"},
    "kept": {"vi": "Giữ", "en": "Kept"},
    "yes": {"vi": "có", "en": "yes"},
    "no": {"vi": "không", "en": "no"},
    "is_outcome": {"vi": "kết quả cuối", "en": "outcome"},
    "is_driver": {"vi": "đòn bẩy", "en": "driver"},
    "is_activity": {"vi": "hoạt động", "en": "activity"},
    "is_compliance": {"vi": "tuân thủ", "en": "compliance"},
    "note": {
        "vi": "Phần chú ý: giả sử dòng nào cũng được xem lâu như nhau. Cả bảng công ty không quá {most} dòng "
        "(quy ước của khóa học).",
        "en": "Attention: as if each line were looked at equally long. At most {most} lines on a company scorecard "
        "(a house rule).",
    },
    "alt": {
        "vi": "Trái: mười bốn dòng được đề nghị, phần chú ý và quyết định của từng dòng. Phải: mỗi mục tiêu có bao nhiêu "
        "kết quả cuối và đòn bẩy. ",
        "en": "Left: fourteen proposed lines, the attention and the decision of each. Right: how many outcomes and drivers "
        "each goal has. ",
    },
}

VIEW = View(
    few_picture,
    picks={
        "keep": Several(
            asks={"vi": "Giữ trên bảng:", "en": "Keep on the sheet:"},
            options={id: {lang: line.name[lang] for lang in LANGUAGES} for id, line in LINES.items()},
            start=tuple(LINES),
            as_list=True,
        )
    },
)
