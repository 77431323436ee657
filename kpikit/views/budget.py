"""Split one sum of trade-marketing money between MT and GT: what each more brings, and which limits hold (E1, G2).

Each channel has one curve of diminishing returns. The tables know one point of it: what was spent in 2026, and what each
VND brought. They cannot show its shape, since the distributor has always spent about the same part of revenue; the shape
(`POWER`) is the course's assumption, and the figure says so.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ..companies import Case, case
from ..language import Words, current, say
from ..picks import Choice, Slider, View
from ..pictures.canvas import BLUE, INK, ORANGE, PALE, TEAL, VIEW_HIGH, Picture, Ruler, apart, bare, page, put

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

BILLION = 1_000_000_000
TOTAL = 16 * BILLION  # VND: what the AOP 2027 gives the two channels together; a test compares
POWER = 0.7  # twice the money brings 2 ** 0.7, about 1.6 times as much: the course's assumption
STEP = BILLION // 2
CHANNELS = ("MT", "GT")
# the months that tell what a VND brings at MT: all five chains with a JBP, or two of them without
MONTHS_OF = {"signed": ("2025-01", "2026-03"), "unsigned": ("2026-07", "2026-12")}
PRIORITIES: dict[str, Words] = {
    "growth": {"vi": "tăng trưởng", "en": "growth"},
    "efficiency": {"vi": "hiệu quả", "en": "efficiency"},
    "cash": {"vi": "giữ dòng tiền", "en": "cash"},
}
JBP: dict[str, Words] = {
    "signed": {"vi": "đã ký lại", "en": "signed again"},
    "unsigned": {"vi": "chưa ký", "en": "not signed"},
}
COLOUR = {"MT": BLUE, "GT": TEAL}


# ---------------------------------------------------------------- what is known


def anchors(case: Case) -> pd.DataFrame:
    """What the tables say of each channel, a row a JBP state and channel.

    ``spend`` (VND, 2026), ``return`` (extra gross profit for 1 VND), ``margin``, ``days`` until customers pay, ``overdue``
    (part of the balance, last month), ``core`` (VND of 2026 revenue that trade money did not bring). GT has no JBP: all 24
    months in both states.

    >>> anchors(case("distributor"))["return"].round(2).to_dict()
    {('signed', 'MT'): 1.56, ('signed', 'GT'): 1.1, ('unsigned', 'MT'): 0.9, ('unsigned', 'GT'): 1.1}
    """
    return _anchors(case).copy()


@cache
def _anchors(case: Case) -> pd.DataFrame:
    import pandas as pd

    sales, trade, owed = (case.tables[name] for name in ("sales", "trade", "receivables"))
    rows = {}
    for state, (first, last) in MONTHS_OF.items():
        for channel in CHANNELS:
            span = (first, last) if channel == "MT" else ("2025-01", "2026-12")
            sold, spent, balance = (
                table[(table["channel"] == channel) & table["month"].between(*span)] for table in (sales, trade, owed)
            )
            year, paid = (
                t[(t["channel"] == channel) & t["month"].str.startswith("2026")].sum(numeric_only=True)
                for t in (sales, trade)
            )
            end = balance[balance["month"] == span[1]]
            margin = sold["gross_profit"].sum() / sold["revenue"].sum()
            rows[state, channel] = {
                "spend": paid["trade_spend"],
                "return": spent["incremental_gross_profit"].sum() / spent["trade_spend"].sum(),
                "margin": margin,
                "days": 30 * balance["balance"].sum() / sold["revenue"].sum(),
                "overdue": end["overdue"].sum() / end["balance"].sum(),
                "core": year["revenue"] - paid["incremental_gross_profit"] / margin,
            }
    return pd.DataFrame(rows).T


@cache
def delivery_cost(case: Case) -> float:
    """Logistics as a part of revenue."""
    return float(case.tables["cash"]["logistics"].sum() / case.tables["sales"]["revenue"].sum())


def brought(case: Case, state: str, channel: str, money: Any, power: float = POWER) -> dict[str, Any]:
    """What trade money (VND, a number or an array) brings one channel in a year, VND.

    ``growth``: revenue; ``efficiency``: gross profit; ``cash``: what comes in within the year, paid by customers less goods
    (paid a month after they are sold) and delivery; ``waiting``: what customers still owe at the year's end.

    >>> made = brought(case("distributor"), "signed", "MT", 12e9)
    >>> {name: round(float(value) / 1e9, 1) for name, value in made.items()}
    {'growth': 99.7, 'efficiency': 17.9, 'cash': 9.3, 'waiting': 12.5}
    """
    at: Any = _anchors(case).loc[(state, channel)]
    profit = at["return"] * at["spend"] * (money / at["spend"]) ** power
    revenue = profit / at["margin"]
    waiting = revenue * at["days"] / 360
    goods = revenue * (1 - at["margin"]) * 11 / 12
    cash = revenue - waiting - goods - delivery_cost(case) * revenue
    return {"growth": revenue, "efficiency": profit, "cash": cash, "waiting": waiting}


def split(case: Case, priority: str, state: str, mt: float, total: float = TOTAL) -> pd.DataFrame:
    """One way to split ``total``: a row a channel with ``money``, what it brings by that priority (``brought``), what the
    next billion would add (``next``), what customers still owe (``waiting``); all VND.
    """
    import pandas as pd

    rows = {}
    for channel, money in zip(CHANNELS, (mt, total - mt), strict=True):
        now = brought(case, state, channel, money)
        more = brought(case, state, channel, money + BILLION)[priority]
        rows[channel] = {
            "money": money,
            "brought": now[priority],
            "next": more - now[priority],
            "waiting": now["waiting"],
        }
    return pd.DataFrame(rows).T


def limits(case: Case, state: str, mt: float, total: float = TOTAL) -> dict[str, tuple[float, float, bool]]:
    """The AOP's two limits: value, bound, and whether it holds. ``trade_roi`` in VND for 1 VND, ``overdue_share`` in %."""
    bounds = {limit["metric"]: limit for limit in case.plan["aop"]["limits"]}
    profit, balance, overdue = 0.0, 0.0, 0.0
    for channel, money in zip(CHANNELS, (mt, total - mt), strict=True):
        at: Any = _anchors(case).loc[(state, channel)]
        made = brought(case, state, channel, money)
        profit += made["efficiency"]
        owed = (at["core"] + made["growth"]) * at["days"] / 360
        balance, overdue = balance + owed, overdue + owed * at["overdue"]
    roi, share = profit / total, 100 * overdue / balance
    least, most = bounds["trade_roi"]["min"], bounds["overdue_share"]["max"]
    return {"trade_roi": (roi, least, roi >= least), "overdue_share": (share, most, share <= most)}


def best(case: Case, priority: str, state: str, power: float = POWER, step: float = STEP) -> float:
    """The money for MT (VND) at which the two channels together bring the most by that priority.

    >>> [best(case("distributor"), priority, "signed") / BILLION for priority in PRIORITIES]
    [12.0, 14.5, 7.5]
    """
    import numpy as np

    mt = np.arange(0, TOTAL + 1, step, dtype=float)
    whole = sum(
        brought(case, state, channel, money, power)[priority]
        for channel, money in zip(CHANNELS, (mt, TOTAL - mt), strict=True)
    )
    return float(mt[np.argmax(whole)])


# ---------------------------------------------------------------- the picture


def budget_picture(mt: float, priority: str, jbp: str) -> Picture:
    """Two curves and where one stands on them, what the next billion brings, what waits, which limits hold (E1, G2)."""
    lang, distributor = current(), case("distributor")
    parts: Any = split(distributor, priority, jbp, mt)
    held = limits(distributor, jbp, mt)
    there = best(distributor, priority, jbp)
    broken = not all(holds for *_, holds in held.values())
    facts = {
        **{f"{column}_{channel}": _money(parts.loc[channel, column], lang) for column in parts for channel in CHANNELS},
        "whole": _money(parts["brought"].sum(), lang),
        "total": _money(TOTAL, lang),
    }
    verdict = "broken" if broken else "best" if mt == there else "better"
    title = f"{_tell(priority, lang, **facts)} {_tell(verdict, lang)}"
    sentence = f"{title} {_tell('next_sentence', lang, **facts)}"
    figure = page(title, _tell("note", lang, ratio=round(2**POWER, 1)), high=VIEW_HIGH)
    _draw_curves(figure, distributor, parts, priority, jbp, lang)
    _draw_bars(figure, parts["next"], _most(distributor, priority, "next"), "next", 0.645, lang)
    _draw_bars(figure, parts["waiting"], _most(distributor, priority, "waiting"), "waiting", 0.405, lang)
    _draw_limits(figure, held, lang)
    table = parts.map(lambda value: _money(value, lang))
    table.columns = [_tell(f"column_{name}", lang, what=_tell(f"axis_{priority}", lang)) for name in table.columns]
    alt = f"{_tell('alt', lang)} {sentence}"
    return Picture(figure, sentence, table, alt)


def _money(value: float, lang: str) -> str:
    return Ruler("VND", 1e11).write(value, lang)


@cache
def _most(case: Case, priority: str, column: str) -> float:
    """The largest value of a column of `split` over every split and state, so that bars of two picks compare."""
    return max(
        float(split(case, priority, state, mt)[column].max()) for state in JBP for mt in range(0, TOTAL + 1, 4 * STEP)
    )


def _draw_curves(figure: Figure, case: Case, parts: Any, priority: str, state: str, lang: str) -> None:
    import numpy as np

    axes = figure.add_axes((0.062, 0.25, 0.52, 0.51))
    money = np.linspace(0, TOTAL, 120)
    ends, top = [], 0.0
    axes.axhline(0, color=PALE, linewidth=1, zorder=1)
    for channel in CHANNELS:
        values = brought(case, state, channel, money)[priority]
        axes.plot(money / BILLION, values / BILLION, color=COLOUR[channel], zorder=2)
        ends.append(values[-1] / BILLION)
        top = max(top, *(brought(case, other, channel, TOTAL)[priority] / BILLION for other in JBP))
        spent: Any = _anchors(case).loc[(state, channel), "spend"]
        known = brought(case, state, channel, spent)[priority]
        look: Any = {"markerfacecolor": "white", "markeredgecolor": COLOUR[channel], "markeredgewidth": 2}
        axes.plot(spent / BILLION, known / BILLION, "o", markersize=9, zorder=3, **look)
    for channel, y in zip(CHANNELS, apart(ends, 0.1 * top), strict=True):
        put(axes, 16.25, y, channel, color=COLOUR[channel], weight="bold", va="center")
    upper = CHANNELS[ends.index(max(ends))]  # the same power: the curves never cross
    for channel in CHANNELS:
        row = parts.loc[channel]
        x, y = row["money"] / BILLION, row["brought"] / BILLION
        axes.plot(x, y, "o", markersize=14, color=COLOUR[channel], markeredgecolor="white", markeredgewidth=2, zorder=4)
        above = channel == upper
        left = x >= 4 if above else x > 12.5
        axes.annotate(
            _tell("dot", lang, money=_money(row["money"], lang), brought=_money(row["brought"], lang)),
            (x, y),
            xytext=(-11 if left else 11, 9 if above else -9),
            textcoords="offset points",
            ha="right" if left else "left",
            va="bottom" if above else "top",
            color=COLOUR[channel],
            weight="bold",
            zorder=5,
        )
    axes.set(xlim=(-0.3, 16.3), ylim=(-0.14 * top, 1.16 * top), xticks=range(0, 17, 4), xlabel=_tell("x", lang))
    axes.set_title(_tell(f"axis_{priority}", lang), weight="normal", fontsize=14, pad=6)
    axes.locator_params(axis="y", nbins=5)


def _draw_bars(figure: Figure, values: Any, most: float, key: str, bottom: float, lang: str) -> None:
    """Two bars, MT above GT, under a heading; their scale is the same for every split."""
    axes = bare(figure.add_axes((0.65, bottom, 0.34, 0.185)))
    put(axes, 0, -0.95, _tell(key, lang), weight="bold", va="center")
    for y, (channel, value) in enumerate(values.items()):
        axes.barh(y, value, left=0.13 * most, height=0.62, color=COLOUR[str(channel)])
        put(axes, 0, y, str(channel), va="center", color=COLOUR[str(channel)], weight="bold")
        put(axes, 0.16 * most + value, y, _money(value, lang), va="center")
    axes.set(xlim=(0, 1.5 * most), ylim=(1.5, -1.4))


def _draw_limits(figure: Figure, held: dict[str, tuple[float, float, bool]], lang: str) -> None:
    put(figure, 0.65, 0.355, _tell("limits", lang), weight="bold", va="center")
    for y, (id, (value, bound, holds)) in zip((0.285, 0.215), held.items(), strict=True):
        put(
            figure, 0.65, y, "✔" if holds else "✘", color=TEAL if holds else ORANGE, weight="bold", va="center", size=17
        )
        shown = round(value, 2 if id == "trade_roi" else 1)
        text = _tell(id, lang, value=shown, bound=bound)
        put(figure, 0.678, y, text, color=INK if holds else ORANGE, va="center")


_WORDS: dict[str, Words] = {
    "growth": {
        "vi": "MT {money_MT}, GT {money_GT}: thêm {whole} doanh thu.",
        "en": "MT {money_MT}, GT {money_GT}: trade money brings {whole} VND of revenue.",
    },
    "efficiency": {
        "vi": "MT {money_MT}, GT {money_GT}: chi {total}, đem về {whole} lợi nhuận gộp.",
        "en": "MT {money_MT}, GT {money_GT}: {total} VND spent brings {whole} of gross profit.",
    },
    "cash": {
        "vi": "MT {money_MT}, GT {money_GT}: chi {total}, trong năm tiền về {whole}.",
        "en": "MT {money_MT}, GT {money_GT}: {total} VND spent, {whole} of cash in within the year.",
    },
    "best": {"vi": "Không cách chia nào tốt hơn.", "en": "No split brings more."},
    "better": {"vi": "Còn cách chia tốt hơn.", "en": "Another split brings more."},
    "broken": {"vi": "Nhưng vượt giới hạn của AOP.", "en": "But it breaks a limit of the AOP."},
    "next_sentence": {
        "vi": "Thêm 1 tỷ nữa cho MT thì được {next_MT}, cho GT thì được {next_GT}.",
        "en": "The next 1bn would bring {next_MT} at MT, {next_GT} at GT.",
    },
    "next": {"vi": "Thêm 1 tỷ nữa thì được", "en": "What the next 1bn would bring"},
    "waiting": {"vi": "Tiền khách còn nợ cuối năm", "en": "Still owed by customers at year's end"},
    "limits": {"vi": "Giới hạn của AOP", "en": "The AOP's limits"},
    "trade_roi": {
        "vi": "1 đồng trade về {value} đồng (ít nhất {bound})",
        "en": "1 VND of trade brings {value} (min. {bound})",
    },
    "overdue_share": {
        "vi": "Nợ quá hạn {value}% công nợ (tối đa {bound}%)",
        "en": "Overdue {value}% of receivables (max. {bound}%)",
    },
    "dot": {"vi": "{money} → {brought}", "en": "{money} → {brought}"},
    "x": {"vi": "Tiền trade của kênh (tỷ VND)", "en": "Trade money of the channel (VND bn)"},
    "axis_growth": {"vi": "Doanh thu nhờ tiền trade (tỷ VND)", "en": "Revenue from trade money (VND bn)"},
    "axis_efficiency": {"vi": "Lợi nhuận gộp nhờ tiền trade (tỷ VND)", "en": "Gross profit from trade money (VND bn)"},
    "axis_cash": {
        "vi": "Tiền về trong năm, đã trừ tiền hàng, giao hàng (tỷ VND)",
        "en": "Cash in within the year, goods and delivery paid (VND bn)",
    },
    "column_money": {"vi": "Tiền trade", "en": "Trade money"},
    "column_brought": {"vi": "{what}", "en": "{what}"},
    "column_next": {"vi": "Thêm 1 tỷ nữa thì được", "en": "The next 1bn brings"},
    "column_waiting": {"vi": "Khách còn nợ cuối năm", "en": "Owed at year's end"},
    "note": {
        "vi": "Mô hình. Vòng tròn rỗng lấy từ bảng số liệu: tiền chi năm 2026, hiệu quả đã đo. Độ cong là giả định của khóa "
        "học: gấp đôi tiền thì được gấp {ratio} lần.",
        "en": "A model. The hollow rings come from the tables: money spent in 2026, the return measured. The bend is the "
        "course's assumption: twice the money brings {ratio} times as much.",
    },
    "alt": {
        "vi": "Hai đường cong MT và GT: tiền bỏ vào và điều thu được, với chỗ đang đứng trên mỗi đường.",
        "en": "Two curves, MT and GT: money put in and what it brings, with a dot where each stands.",
    },
}


def _tell(key: str, lang: str, **facts: Any) -> str:
    return say(_WORDS[key], lang, **facts)


VIEW = View(
    budget_picture,
    picks={
        "mt": Slider(
            asks={"vi": "Trong 16 tỷ, phần MT:", "en": "Of 16bn, for MT:"},
            low=0,
            high=TOTAL,
            step=STEP,
            start=TOTAL / 2,
            unit="VND",
        ),
        "priority": Choice(asks={"vi": "Ưu tiên:", "en": "Priority:"}, options=PRIORITIES, start="growth"),
        "jbp": Choice(
            asks={"vi": "JBP Lam Sơn, Gian Bếp:", "en": "JBPs with Lam Sơn, Gian Bếp:"}, options=JBP, start="signed"
        ),
    },
)
