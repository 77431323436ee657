"""The checklist by hand: tick the 24 questions for a hotel's KPI table, read the verdict, compare with kpikit (F1 to F9).

The table is made up; it lies in audit.yaml beside this file, its words in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..checklist import IDS, check, explain
from ..documents import read_yaml
from ..files import as_design
from ..language import LANGUAGES, Words, current, say, show
from ..picks import Choice, Several, View
from ..pictures.canvas import BLUE, GREY, INK, ORANGE, SOFT, VIEW_HIGH, Picture, bare, fit, page, put
from ..report import GROUP_NAMES, RISK_BELOW, WARN_GROUPS, Checked, Report

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ALL = len(IDS)


def table(lang: str) -> dict[str, Any]:
    """The hotel's KPI table as a design document in one language.

    >>> [kpi["name"] for kpi in table("en")["kpis"] if kpi["scorecard"] == "Receptionist"]
    ['Conversion of calls into bookings', 'Extra sales per shift']
    """
    path = files(__package__).joinpath("audit.yaml")
    return _in(read_yaml(path.read_bytes(), path.name), lang)  # type: ignore[no-any-return]


def _in(tree: Any, lang: str) -> Any:
    """A tree whose texts stand in every language, in one."""
    if isinstance(tree, dict):
        return tree[lang] if set(tree) == set(LANGUAGES) else {key: _in(value, lang) for key, value in tree.items()}
    return [_in(value, lang) for value in tree] if isinstance(tree, list) else tree


@cache
def report(lang: str) -> Report:
    """What kpikit finds in the table.

    >>> report("vi").score, report("vi").failing["5.3"], report("en").failing["5.3"]
    (17, ['Lễ tân'], ['Front office'])
    """
    return check(as_design(table(lang)))


def warnings(ticked: set[str]) -> list[str]:
    """Those of the checklist's two warnings that hold for what is ticked (F9), the graver first.

    >>> warnings(set(IDS) - {"5.3"}), warnings({"1.1"}), warnings(set(IDS) - {"8.3"})
    (['paradox'], ['paradox', 'at_risk'], [])
    """
    caught = any(id[0] in WARN_GROUPS for id in IDS if id not in ticked)
    return ["paradox"] * caught + ["at_risk"] * (len(ticked) < RISK_BELOW * ALL)


def _question(id: str, lang: str) -> str:
    asked: str = explain(id).entry["question"][lang]
    return asked


# ---------------------------------------------------------------- what is said


def audit_picture(ticked: list[str], show_kit: str) -> Picture:
    """The 8 groups by 3: what she ticked, the verdict by F9; compared, also what kpikit finds and where they differ."""
    import pandas as pd

    lang, mine, compared = current(), set(ticked), show_kit == "compared"
    kit = {checked.id: checked for checked in report(lang).checks}
    title = _compared(mine, kit, lang) if compared else _verdict(mine, lang)
    rows = {}
    for id in IDS:
        rows[id] = {_WORDS["question"][lang]: _question(id, lang), _WORDS["mine"][lang]: _mark(id in mine, lang)}
        if compared:
            rows[id][_WORDS["kit"][lang]] = _mark(kit[id].passed, lang)
            rows[id][_WORDS["why"][lang]] = " ".join(f"{f.where}: {f.tell(lang)[0]}" for f in kit[id].findings)
    table = pd.DataFrame.from_dict(rows, orient="index")
    verdict = f" {_verdict(mine, lang)}" if compared else ""
    return Picture(
        _draw(mine, kit if compared else {}, title, lang), title + verdict, table, _WORDS["alt"][lang] + title
    )


def _mark(passed: bool, lang: str) -> str:
    return _WORDS["passed" if passed else "not_passed"][lang]


def _verdict(mine: set[str], lang: str) -> str:
    """How F9 reads what is ticked."""
    caught = sorted({id[0] for id in IDS if id not in mine} & WARN_GROUPS)
    told = warnings(mine)
    facts = {
        "n": len(mine),
        "of": ALL,
        "share": show(round(100 * len(mine) / ALL, 1), "%", lang),
        "caught": {"vi": "nhóm", "en": "group" if len(caught) == 1 else "groups"}[lang],
        "groups": {"vi": " và ", "en": " and "}[lang].join(filter(None, [", ".join(caught[:-1]), *caught[-1:]])),
    }
    key = "none" if not mine else "_".join(told) or ("sound" if len(mine) == ALL else "gaps")
    return say(_WORDS[key], lang, **facts)


def _compared(mine: set[str], kit: dict[str, Checked], lang: str) -> str:
    """How many differ, and the first: which question, and where kpikit looks."""
    differ = [id for id in IDS if (id in mine) != kit[id].passed]
    if not differ:
        return say(_WORDS["alike"], lang, of=ALL)
    first = kit[differ[0]]
    key = "stricter" if first.passed else "milder"
    return say(_WORDS[key], lang, n=len(differ), id=first.id, where=_where(first, lang))


def _where(checked: Checked, lang: str) -> str:
    return ", ".join(_WORDS.get(f.where, {}).get(lang, f.where) for f in checked.findings)


def _places(kit: Mapping[str, Checked], group: str, lang: str) -> str:
    """Where kpikit finds a group's questions not met: “5.1, 5.2 Lễ tân; 5.3 Buồng phòng”."""
    at: dict[str, list[str]] = {}
    for checked in kit.values():
        if checked.group == group and not checked.passed:
            at.setdefault(_where(checked, lang), []).append(checked.id)
    return "; ".join(f"{', '.join(ids)} {place}" for place, ids in at.items())


# ---------------------------------------------------------------- how it is drawn


def _draw(mine: set[str], kit: dict[str, Checked], title: str, lang: str) -> Figure:
    figure = page(title, _WORDS["note_compared" if kit else "note"][lang], high=VIEW_HIGH)
    axes = bare(figure.add_axes((0.016, 0.105, 0.968, 0.735)))
    axes.set(xlim=(0, 100), ylim=(8, -0.05))
    for row, (group, name) in enumerate(GROUP_NAMES.items()):
        weight = "bold" if group in WARN_GROUPS else "normal"
        put(axes, 0, row + 0.5, fit(f"{group}. {name[lang]}", 300, weight=weight), va="center", weight=weight)
        for column, id in enumerate(i for i in IDS if i[0] == group):
            _cell(axes, 27 + 15 * column, row, id, id in mine, kit.get(id))
        if kit:
            put(
                axes,
                71,
                row + 0.5,
                fit(_places(kit, group, lang), 355, lines=2),
                va="center",
                linespacing=1.05,
                color=INK,
            )
        elif group in WARN_GROUPS:
            put(axes, 71, row + 0.5, _WORDS["grave"][lang], va="center", color=SOFT)
    if kit:
        put(axes, 71, 0, _WORDS["places"][lang], va="bottom", color=SOFT)
    return figure


def _cell(axes: Any, x: float, y: float, id: str, mine: bool, kit: Checked | None) -> None:
    """One question: her tick, and where it is compared kpikit's beside it; framed where the two differ."""
    from matplotlib.patches import Rectangle

    differ = kit is not None and kit.passed != mine
    put(axes, x - 0.6, y + 0.5, id, ha="right", va="center", weight="bold" if differ else "normal")
    marks = [mine] if kit is None else [mine, kit.passed]
    for n, passed in enumerate(marks):
        at = x + 4.4 * n
        colour = BLUE if passed else "white"
        axes.add_patch(Rectangle((at, y + 0.14), 4.0, 0.72, facecolor=colour, edgecolor=GREY, linewidth=1))
        put(
            axes,
            at + 2.0,
            y + 0.48,
            "✓" if passed else "–",
            ha="center",
            va="center",
            color="white" if passed else SOFT,
            size=16,
        )
    if differ:
        frame = Rectangle((x - 0.3, y + 0.07), 9.0, 0.86, facecolor="none", edgecolor=ORANGE, linewidth=3, zorder=5)
        axes.add_patch(frame)


_WORDS: dict[str, Words] = {
    "none": {
        "vi": "Chưa tích câu nào trên {of} câu: đọc bảng rồi tích những câu anh chị thấy Đạt.",
        "en": "None of the {of} questions is ticked: read the table, then tick those that you find met.",
    },
    "paradox_at_risk": {
        "vi": "{n} trên {of} câu đạt ({share}), dưới 70%: rủi ro cao. Vướng {caught} {groups}: gần như chắc chắn gặp nghịch lý.",
        "en": "{n} of {of} ticked ({share}), under 70%: high risk. Caught in {caught} {groups}: the paradox is almost certain.",
    },
    "paradox": {
        "vi": "{n} trên {of} câu đạt ({share}), đã qua 70%, nhưng vướng {caught} {groups}: gần như chắc chắn gặp nghịch lý.",
        "en": "{n} of {of} ticked ({share}), above 70%, but caught in {caught} {groups}: the paradox is almost certain.",
    },
    "at_risk": {
        "vi": "{n} trên {of} câu đạt ({share}), dưới 70%: hệ thống KPI này có rủi ro cao.",
        "en": "{n} of {of} ticked ({share}), under 70%: this KPI system is at high risk.",
    },
    "gaps": {
        "vi": "{n} trên {of} câu đạt ({share}), nhóm 2, 5, 7 đều thông: còn vài chỗ hở nên vá.",
        "en": "{n} of {of} ticked ({share}), groups 2, 5 and 7 are clear: a few gaps to close.",
    },
    "sound": {
        "vi": "Cả {n} trên {of} câu đều đạt: bảng này vững. Anh chị tin chứ?",
        "en": "All {n} of {of} ticked: this table is sound. Do you believe it?",
    },
    "alike": {
        "vi": "Anh chị và kpikit giống nhau cả {of} câu. Còn câu nào máy cho qua mà anh chị chưa yên tâm?",
        "en": "You and kpikit agree on all {of}. Is there one that the kit lets pass and you would not?",
    },
    "milder": {
        "vi": "Khác nhau {n} câu. Câu đầu tiên, {id}: anh chị tích, kpikit thấy chưa đạt ở {where}.",
        "en": "You differ on {n}. The first, {id}: you ticked it, kpikit finds it not met at {where}.",
    },
    "stricter": {
        "vi": "Khác nhau {n} câu. Câu đầu tiên, {id}: kpikit cho qua, anh chị không tích.",
        "en": "You differ on {n}. The first, {id}: kpikit lets it pass, you did not tick it.",
    },
    "grave": {"vi": "trống dù một câu: nghịch lý", "en": "a single blank: the paradox"},
    "places": {"vi": "kpikit thấy ở", "en": "kpikit finds it at"},
    "company": {"vi": "bảng công ty", "en": "the company scorecard"},
    "review": {"vi": "phần rà soát", "en": "the review"},
    "aop": {"vi": "AOP", "en": "the AOP"},
    "note": {
        "vi": "✓ Đạt, – chưa đạt. Đọc theo hai mốc: dưới 70% câu đạt, và nhóm 2, 5, 7.",
        "en": "✓ met, – not met. Read by two lines: under 70% ticked, and groups 2, 5 and 7.",
    },
    "note_compared": {
        "vi": "Ô trái: anh chị. Ô phải: kpikit. Khung cam: hai bên khác nhau. Vì sao thì xem bảng số liệu bên dưới.",
        "en": "Left box: you. Right box: kpikit. Orange frame: you differ. The reasons stand in the table below.",
    },
    "question": {"vi": "Câu hỏi", "en": "Question"},
    "mine": {"vi": "Anh chị", "en": "You"},
    "kit": {"vi": "kpikit", "en": "kpikit"},
    "why": {"vi": "kpikit thấy gì, ở đâu", "en": "What kpikit finds, and where"},
    "passed": {"vi": "Đạt", "en": "Met"},
    "not_passed": {"vi": "Chưa đạt", "en": "Not met"},
    "alt": {
        "vi": "Lưới 8 nhóm, mỗi nhóm 3 câu, mỗi câu một ô đạt hay chưa đạt. ",
        "en": "A grid of 8 groups with 3 questions each, a box a question, met or not met. ",
    },
}

VIEW = View(
    audit_picture,
    picks={
        "ticked": Several(
            asks={"vi": "Tích những câu bảng này Đạt:", "en": "Tick the questions that this table meets:"},
            options={id: {lang: f"{id} {_question(id, lang)}" for lang in LANGUAGES} for id in IDS},
            as_list=True,
        ),
        "show_kit": Choice(
            asks={"vi": "Xem:", "en": "Show:"},
            options={
                "mine": {"vi": "chỉ của tôi", "en": "mine only"},
                "compared": {"vi": "so với kpikit", "en": "compared with kpikit"},
            },
            start="mine",
        ),
    },
)
