"""The one-page AOP and the three questions it answers: cover a part, or change the focus, and see what is left (B1, B2).

The left side is the distributor's AOP 2027. The right side holds five situations of that year, made up for the view:
each can be settled by one part of the AOP, and is fought over where that part is covered or contradicted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..companies import Case, case
from ..language import Amount, current, say, show
from ..picks import Choice, Several, View
from ..pictures.canvas import BLUE, GREY, INK, ORANGE, PALE, SKY, SOFT, WIDE, Picture, bare, fit, page, put
from ._three_questions_words import ASKED, FOCI, PARTS, WORDS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

QUESTIONS: dict[str, tuple[str, ...]] = {
    "results": ("goals",),
    "focus": ("priority",),
    "resources": ("budget", "trade_offs", "limits"),
}


# ---------------------------------------------------------------- what is known


def decisions(cover: list[str], focus: str = "growth") -> pd.DataFrame:
    """What becomes of the situation that hangs on each part: a row a part, with ``question``, ``covered`` and ``state``.

    ``state``: ``clear`` (the AOP settles it), ``open`` (the part is covered, so nothing settles it) or ``clash`` (two
    parts that are both in sight send it to different people). Source: curriculum B2.

    >>> decisions(["budget"])["state"].to_dict()["budget"], (decisions([], "cash")["state"] == "clash").sum().item()
    ('open', 3)
    """
    import pandas as pd

    seen = [part for part in PARTS if part not in cover]
    swapped = focus == "cash" and "priority" in seen
    against = {part for part in ("budget", "trade_offs") if swapped and part in seen}
    clashes = against | ({"priority"} if against else set())
    rows = [
        {
            "part": part,
            "question": question,
            "covered": part in cover,
            "state": "open" if part in cover else "clash" if part in clashes else "clear",
        }
        for question, parts in QUESTIONS.items()
        for part in parts
    ]
    return pd.DataFrame(rows).set_index("part")


def money(case: Case) -> pd.DataFrame:
    """The year's budget by goal: a row a goal, with ``role``, ``amount`` (VND) and ``share`` (percent of all).

    >>> int(money(case("distributor")).loc["G1", "amount"])
    15600000000
    """
    import pandas as pd

    aop = case.plan["aop"]
    lines = pd.DataFrame([dict(line) for line in aop["budget"]])
    table = lines.groupby("goal")["amount"].sum().to_frame()
    table["share"] = 100 * table["amount"] / table["amount"].sum()
    table.insert(0, "role", [next(g["role"] for g in aop["goals"] if g["id"] == goal) for goal in table.index])
    return table


def facts_of(case: Case) -> dict[str, Any]:
    """The numbers of the AOP that stand in the picture: goals, outlets and limits, money by goal."""
    aop, split = case.plan["aop"], money(case)
    first, second = aop["goals"]
    trade = next(line["amount"] for line in aop["budget"] if line["item"] == "Trade marketing MT")
    outlets = case.tables["plan"].groupby(case.tables["plan"]["month"].str[:4])["new_outlets"].sum()
    limits = {limit["metric"]: limit for limit in aop["limits"]}
    main, other = split.loc[first["id"]], split.loc[second["id"]]
    return {
        "from_revenue": _bn(first["baseline"]),
        "to_revenue": _bn(first["target"]),
        "from_cash": _bn(second["baseline"]),
        "to_cash": _bn(second["target"]),
        "short": _bn(first["target"] - FORECAST),
        "grown": Amount(round(100 * (FORECAST / first["baseline"] - 1)), "%"),
        "forecast": _bn(FORECAST),
        "all": _bn(split["amount"].sum()),
        "main": _bn(main["amount"]),
        "other": _bn(other["amount"]),
        "main_share": Amount(round(main["share"]), "%"),
        "other_share": Amount(round(other["share"]), "%"),
        "trade": _bn(trade),
        "fewer": int(outlets["2027"]),
        "before": int(outlets["2026"]),
        "overdue": Amount(limits["overdue_share"]["max"], "%"),
        "times": limits["trade_roi"]["min"],
    }


FORECAST = 560e9  # VND: the situation made up for the goals


def _bn(value: float) -> str:
    return f"{show(round(value / 1e9, 1))}{' tỷ' if current() == 'vi' else 'bn'}"


# ---------------------------------------------------------------- the picture


def three_questions_picture(cover: list[str], focus: str) -> Picture:
    """The AOP with some parts covered, and which situations of the year it still settles (B1, B2, G1)."""
    lang, distributor = current(), case("distributor")
    rows, facts = decisions(cover, focus), facts_of(distributor)
    title = _title(rows, focus, facts, lang)
    sentence = f"{title} {_answered(rows, lang)}"
    table = rows.assign(
        question=[ASKED[q][lang] for q in rows["question"]],
        event=[_tell(f"event_{part}", lang, **facts) for part in rows.index],
        state=[_tell(state, lang) for state in rows["state"]],
    )[["question", "event", "state"]]
    table.index = [PARTS[part][lang] for part in table.index]
    table.columns = [_tell(f"col_{name}", lang) for name in table.columns]
    figure = _draw(rows, focus, facts, float(money(distributor)["share"].iloc[0]), title, lang)
    return Picture(figure, sentence, table, f"{_tell('alt', lang)} {sentence}")


def _title(rows: pd.DataFrame, focus: str, facts: dict[str, Any], lang: str) -> str:
    hidden = [PARTS[part][lang].lower() for part in rows.index[rows["covered"]]]
    lost = int((rows["state"] != "clear").sum())
    if len(hidden) == len(rows):
        return _tell("blank", lang)
    swapped = focus == "cash" and not rows.loc["priority", "covered"]
    clash = "budget" in rows.index[rows["state"] == "clash"]
    become = _tell("one" if lost == 1 else "many", lang)
    if not hidden:
        return _tell("whole" if not swapped else "swapped", lang, n=lost, of=len(rows), become=become, **facts)
    key = "covered_swapped_money" if clash else "covered_swapped" if swapped else "covered"
    return _tell(key, lang, parts=_and(hidden, lang), n=lost, of=len(rows), become=become, share=facts["main_share"])


def _and(names: list[str], lang: str) -> str:
    word = {"vi": " và ", "en": " and "}[lang]
    return word.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _states(rows: pd.DataFrame) -> dict[str, str]:
    """How far each question is answered: ``yes``, ``partly``, ``no``, or ``against`` where the answers clash."""
    found = {}
    for question, own in rows.groupby("question", sort=False):
        covered = own["covered"].sum()
        found[str(question)] = (
            "no"
            if covered == len(own)
            else "against"
            if "clash" in set(own["state"])
            else "partly"
            if covered
            else "yes"
        )
    return found


def _answered(rows: pd.DataFrame, lang: str) -> str:
    yes = sum(state == "yes" for state in _states(rows).values())
    return _tell("answered", lang, n=yes, of=len(QUESTIONS))


TALL, LEFT, MIDDLE, RIGHT = 616, 18, 552, 1262  # dots: the page, and where its two columns begin and end
ROW, GAP, HEAD = 74, 6, 28  # dots
CLEAR_BACK, OPEN_BACK = "#E3EFF8", "#FBE6DA"


def _draw(rows: pd.DataFrame, focus: str, facts: dict[str, Any], main_share: float, title: str, lang: str) -> Figure:
    figure = page(title, _tell("note", lang), high=TALL)
    axes = bare(figure.add_axes((0, 0, 1, 1)))
    axes.set(xlim=(0, WIDE), ylim=(TALL, 0), facecolor="none")
    y, states = 92.0, _states(rows)
    told = "" if rows.loc["priority", "covered"] else focus
    for question, parts in QUESTIONS.items():
        state = states[question]
        put(axes, LEFT, y + HEAD / 2, ASKED[question][lang], weight="bold", va="center", size=15)
        put(axes, RIGHT, y + HEAD / 2, _tell(f"is_{state}", lang), weight="bold", va="center", ha="right",
            color=BLUE if state == "yes" else ORANGE)  # fmt: skip
        y += HEAD
        for part in parts:
            _draw_part(axes, y, part, rows.loc[part], told, facts, main_share, lang)
            _draw_event(axes, y, part, str(rows.loc[part, "state"]), focus, facts, lang)
            y += ROW + GAP
    return figure


def _box(axes: Any, x: float, y: float, wide: float, high: float, **look: Any) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, y), wide, high, **look))


def _draw_part(
    axes: Any, y: float, part: str, row: Any, focus: str, facts: dict[str, Any], main_share: float, lang: str
) -> None:
    wide = MIDDLE - LEFT - 12
    if row["covered"]:
        _box(axes, LEFT, y, wide, ROW, facecolor="white", edgecolor=PALE, hatch="//")
        put(axes, LEFT + wide / 2, y + ROW / 2, f"{PARTS[part][lang]}: {_tell('hidden', lang)}", color=SOFT, ha="center",
            va="center", bbox={"facecolor": "white", "edgecolor": "none"})  # fmt: skip
        return
    _box(axes, LEFT, y, wide, ROW, facecolor="white", edgecolor=GREY, linewidth=1.2)
    put(axes, LEFT + 10, y + 15, PARTS[part][lang], weight="bold", va="center", color=SOFT)
    if part == "budget":
        bar, main = wide - 20, main_share / 100
        colours = {"growth": (BLUE, SKY), "cash": (SKY, BLUE)}.get(focus, (GREY, GREY))  # blue: the focus
        _box(axes, LEFT + 10, y + 29, bar * main - 1, 14, facecolor=colours[0])
        _box(axes, LEFT + 11 + bar * main, y + 29, bar * (1 - main) - 1, 14, facecolor=colours[1])
        put(axes, LEFT + 10, y + 58, _tell("says_main", lang, **facts), va="center")
        put(axes, LEFT + 10 + bar, y + 58, _tell("says_other", lang, **facts), va="center", ha="right")
        return
    text = _tell(f"says_{part}" + (f"_{focus}" if part == "priority" else ""), lang, **facts)
    put(axes, LEFT + 10, y + 48, fit(text, wide - 20, lines=2), va="center", linespacing=1.15)


def _draw_event(axes: Any, y: float, part: str, state: str, focus: str, facts: dict[str, Any], lang: str) -> None:
    colour = BLUE if state == "clear" else ORANGE
    _box(
        axes, MIDDLE, y, RIGHT - MIDDLE, ROW, facecolor=CLEAR_BACK if state == "clear" else OPEN_BACK, edgecolor="none"
    )
    _box(axes, MIDDLE, y, 112, ROW, facecolor=colour)
    put(axes, MIDDLE + 56, y + ROW / 2, _tell(state, lang).replace(" ", "\n"), color="white", weight="bold", ha="center",
        va="center", linespacing=1.15)  # fmt: skip
    room = RIGHT - MIDDLE - 112 - 22
    put(axes, MIDDLE + 123, y + 15, fit(_tell(f"event_{part}", lang, **facts), room, weight="bold"), va="center",
        weight="bold", color=INK)  # fmt: skip
    key = f"{part}_{state}" + (f"_{focus}" if part == "priority" and state == "clear" else "")
    put(axes, MIDDLE + 123, y + 49, fit(_tell(key, lang, **facts), room, lines=2), va="center", linespacing=1.15)


def _tell(key: str, lang: str, **facts: Any) -> str:
    return say(WORDS[key], lang, **facts)


VIEW = View(
    three_questions_picture,
    picks={
        "cover": Several(asks={"vi": "Che:", "en": "Cover:"}, options=PARTS),
        "focus": Choice(asks={"vi": "Trọng tâm:", "en": "Focus:"}, options=FOCI, start="growth"),
    },
)
