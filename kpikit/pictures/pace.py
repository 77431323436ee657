"""Two pictures: a goal's pace with its fan (C4, C6), and a chain's evidence link by link (A5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..language import Words, current, fact, say, show
from ..proof_words import VERDICTS
from .canvas import BLUE, GREY, INK, MONTHS, ORANGE, SMALL, SOFT, STYLE, fit, month_tick, page, put

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = {"shown": BLUE, "not_shown": ORANGE, "too_little": GREY}
_WORDS: dict[str, Words] = {
    "to_date": {"vi": "Lũy kế từ đầu năm{unit}", "en": "Year to date{unit}"},
    "seen": {"vi": "Dự báo cả năm, nhìn từ cuối mỗi tháng{unit}", "en": "Year forecast, as seen at each month's end{unit}"},
    "bn": {"vi": " (tỷ VND)", "en": " (VND bn)"},
    "plan": {"vi": "kế hoạch", "en": "plan"},
    "actual": {"vi": "thực hiện", "en": "actual"},
    "goal": {"vi": "mục tiêu {goal}", "en": "goal {goal}"},
    "off_course": {
        "vi": "{metric}: với tốc độ hiện tại, mục tiêu {goal} nằm ngoài tầm với",
        "en": "{metric}: at the present pace the goal of {goal} is out of reach",
    },
    "at_risk": {"vi": "{metric}: dự báo hụt, mục tiêu {goal} vẫn còn có thể", "en": "{metric}: a miss is forecast, the goal of {goal} still possible"},
    "within_reach": {"vi": "{metric}: mục tiêu {goal} trong tầm với", "en": "{metric}: the goal of {goal} is within reach"},
    "reached": {"vi": "{metric}: năm đạt mục tiêu {goal}", "en": "{metric}: the goal of {goal} was reached"},
    "missed": {"vi": "{metric}: hụt mục tiêu {goal}", "en": "{metric}: the goal of {goal} was missed"},
    "since": {"vi": "{title}, thấy được từ cuối tháng {month}", "en": "{title}, as could be seen at the end of {name}"},
    "first": {"vi": "thấy được", "en": "could be seen"},
    "effect": {
        "vi": "Nguyên nhân cao hơn mức thường 10% thì kết quả đổi bao nhiêu % (vạch ngang: khoảng đúng 95 lần trong 100)",
        "en": "Percent of change in the effect with the cause 10% above usual (bar: range that holds 95 times in 100)",
    },
    "title_shown": {"vi": "{unit}: chuỗi liền", "en": "{unit}: the chain holds"},
    "title_not_shown": {"vi": "{unit}: đứt ở “{cause} → {effect}”", "en": "{unit}: it breaks at “{cause} → {effect}”"},
    "title_too_little": {"vi": "{unit}: chưa đủ số liệu", "en": "{unit}: too little data"},
    "untold": {"vi": "không đo được", "en": "cannot be told"},
}  # fmt: skip


def pace_figure(pace: Any) -> Figure:
    """Left the year to date against plan with its fan, right the forecast of each month against the goal.

    ``pace``: a `Pace`. Gives a matplotlib figure of 1280 x 720 whose words for those who cannot see it stand in
    its metadata (``figure.get_label()``: the pace's sentence).
    """
    import matplotlib.style

    lang = current()
    with matplotlib.style.context(str(STYLE)):
        figure = page(_pace_title(pace, lang), pace.sentence)
        figure.set_label(pace.sentence)
        left, right = figure.add_axes((0.075, 0.16, 0.39, 0.62)), figure.add_axes((0.575, 0.16, 0.39, 0.62))
        big = 1e9 if pace.metric.unit == "VND" and abs(pace.goal) >= 1e9 else 1.0
        unit = _WORDS["bn"][lang] if big > 1 else f" ({pace.metric.unit})"
        _draw_to_date(left, pace, big, lang)
        _draw_seen(right, pace, big, lang)
        for axes, key in ((left, "to_date"), (right, "seen")):
            axes.set_title(_WORDS[key][lang].format(unit=unit), weight="normal", fontsize=14)
            axes.set_xticks(range(1, 13), [month_tick(f"{pace.year}-{n:02}", lang)[:3] for n in range(1, 13)])
            axes.yaxis.set_major_formatter(lambda value, _: show(round(value, 3), lang=lang))
    return figure


def _pace_title(pace: Any, lang: str) -> str:
    title = say(_WORDS[pace.verdict], lang, metric=pace.metric.name[lang], goal=pace.value(pace.goal))
    return (
        say(_WORDS["since"], lang).format(title=title, month=pace.seen, name=MONTHS["en"][pace.seen - 1])
        if pace.seen and pace.seen < 12
        else title
    )


def _draw_to_date(axes: Any, pace: Any, big: float, lang: str) -> None:
    months, now = [m.month for m in pace.months], pace.now
    plan = _running(pace)
    axes.plot(range(1, 13), [v / big for v in plan], color=GREY, linestyle="--", linewidth=2)
    axes.plot(months, [m.to_date / big for m in pace.months], color=BLUE, marker="o", markersize=5)
    below = plan[now.month - 1] >= now.to_date
    if now.month < 12:
        axes.fill_between(
            [now.month, 12],
            [now.to_date / big, now.low / big],
            [now.to_date / big, now.high / big],
            color=ORANGE,
            alpha=0.25,
        )
        axes.plot([now.month, 12], [now.to_date / big, now.forecast / big], color=ORANGE, linewidth=2)
        _label(
            axes,
            fact(pace.value(now.forecast), lang),
            (12, now.forecast / big),
            (0, -112 if below else 16),
            ORANGE,
            "bold",
        )
    _label(axes, _WORDS["plan"][lang], (12, plan[-1] / big), (0, 10 if below else -24), SOFT)
    at = pace.months[min(len(months), 7) - 1]
    if below:
        _label(axes, _WORDS["actual"][lang], (at.month, at.to_date / big), (70, -30), BLUE)
    else:
        _label(axes, _WORDS["actual"][lang], (at.month, at.to_date / big), (-6, 16), BLUE)
    axes.margins(y=0.14)
    axes.set_xlim(0.7, 12.3)


def _label(
    axes: Any, text: str, at: tuple[float, float], off: tuple[float, float], color: str, weight: str = "normal"
) -> None:
    axes.annotate(
        text, at, off, textcoords="offset points", ha="right", color=color, weight=weight, size=SMALL, parse_math=False
    )


def _running(pace: Any) -> list[float]:
    """The plan to date at each month's end; a rate's from the months so far, then the year's."""
    if pace.adds_up:
        return [sum(pace.plan[:n]) for n in range(1, 13)]
    known = [m.plan_to_date for m in pace.months]
    left = 12 - len(known)
    return [*known, *(known[-1] + (pace.goal - known[-1]) * (n + 1) / left for n in range(left))]


def _draw_seen(axes: Any, pace: Any, big: float, lang: str) -> None:
    months = [m.month for m in pace.months]
    axes.fill_between(
        months, [m.low / big for m in pace.months], [m.high / big for m in pace.months], color=BLUE, alpha=0.18
    )
    axes.plot(months, [m.forecast / big for m in pace.months], color=BLUE, marker="o", markersize=5)
    axes.axhline(pace.goal / big, color=INK, linewidth=2)
    text = say(_WORDS["goal"], lang, goal=pace.value(pace.goal))
    axes.annotate(text, (12.3, pace.goal / big), (0, 6), textcoords="offset points", ha="right", weight="bold")
    if pace.seen and pace.seen < 12:
        m = pace.months[pace.seen - 1]
        axes.plot([m.month], [m.forecast / big], "o", color=ORANGE, markersize=13, zorder=5)
        down = pace.months[pace.seen].forecast <= m.forecast  # the line goes on below: the word stands above it
        axes.annotate(
            _WORDS["first"][lang],
            (m.month, m.forecast / big),
            (10, 14 if down else -24),
            textcoords="offset points",
            color=ORANGE,
            weight="bold",
        )
    axes.margins(y=0.15)
    axes.set_xlim(0.7, 12.3)


def evidence_figure(found: Any) -> Figure:
    """A row a link: how far the effect follows its cause, with the range, coloured by the verdict, which is written beside.

    ``found``: an `Evidence`. Gives a matplotlib figure of 1280 x 720; its label is the sentence.
    """
    import matplotlib.style

    lang = current()
    with matplotlib.style.context(str(STYLE)):
        figure = page(_evidence_title(found, lang), _WORDS["effect"][lang])
        figure.set_label(found.sentence)
        axes = figure.add_axes((0.40, 0.15, 0.40, 0.67))
        rows = _rows(found)
        width = _width(found)
        for y, (unit, link) in enumerate(rows):
            if link is None:
                put(axes, -0.96, y, unit, transform=_row(axes), weight="bold", color=INK, ha="left", va="center")
            else:
                _draw_link(axes, y, link, width, lang)
        axes.axvline(0, color=GREY, linewidth=1.5)
        axes.set(xlim=(-width, width), ylim=(len(rows) - 0.4, -0.6), yticks=[])
        axes.spines["left"].set_visible(False)
        axes.xaxis.set_major_formatter(lambda value, _: show(round(value, 2), "%", lang))
    return figure


def _evidence_title(found: Any, lang: str) -> str:
    """Where each unit's chain holds and where it breaks."""
    if found.units == [None]:
        return str(found.sentence)
    told = []
    for unit, verdict in found.verdicts.items():
        link = next((x for x in found.links if x.unit == unit and x.verdict == verdict), found.links[0])
        names = {"cause": link.names[0][lang], "effect": link.names[1][lang]}
        told.append(say(_WORDS[f"title_{verdict}"], lang).format(unit=unit, **names))
    return "; ".join(told)


def _rows(found: Any) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for unit in found.units:
        rows += [(unit, None)] if unit else []
        rows += [("", link) for link in found.links if link.unit == unit]
    return rows


def _width(found: Any) -> float:
    """Half the axis, in percent: room for every effect shown, ranges cut where they run far out."""
    sizes = [
        10 * abs(v)
        for x in found.links
        if x.reading.effect is not None and x.verdict != "too_little"
        for v in (x.reading.effect, x.reading.low, x.reading.high)
    ]
    return max(2.0, 1.15 * max(sizes, default=10.0))


def _row(axes: Any) -> Any:
    """Across in parts of the axis (0 to 1), down in rows; -0.98 is the figure's left side."""
    return axes.get_yaxis_transform()


def _draw_link(axes: Any, y: int, link: Any, width: float, lang: str) -> None:
    r, colour = link.reading, COLOURS[link.verdict]
    name = fit(f"{link.names[0][lang]} → {link.names[1][lang]}", 470, SMALL, 2)
    put(axes, -0.96, y, name, transform=_row(axes), ha="left", va="center", color=INK)
    put(
        axes,
        1.03,
        y,
        VERDICTS[link.verdict][lang],
        transform=_row(axes),
        ha="left",
        va="center",
        color=colour,
        weight="bold",
    )
    if r.effect is None:
        put(axes, 0.5, y, _WORDS["untold"][lang], transform=_row(axes), ha="center", va="center", color=GREY)
        return
    low, high, middle = (max(-width, min(width, 10 * v)) for v in (r.low, r.high, r.effect))
    axes.plot([low, high], [y, y], color=colour, linewidth=5, alpha=0.45, solid_capstyle="butt")
    axes.plot([middle], [y], "o", color=colour, markersize=11)
