"""What a learner needs of a case while she designs: its story, and its metrics year by year."""

from __future__ import annotations

import re
from functools import cache
from html import escape

from ..companies import Case
from ..companies import case as open_case
from ..language import Words, show, unit_name
from ..metrics import metric
from ..prose import as_html

_WORDS: dict[str, Words] = {
    "metric": {"vi": "Chỉ số", "en": "Metric"},
    "actual": {"vi": "Thực hiện {year}", "en": "Actual {year}"},
    "plan": {"vi": "Kế hoạch {year}", "en": "Plan {year}"},
    "numbers": {"vi": "Các chỉ số của công ty, theo năm", "en": "The company's metrics, year by year"},
}
UNITS = {"VND", "USD", "%", "days", "months", "times"}
COLUMNS = (("2025", "actual"), ("2026", "plan"), ("2026", "actual"), ("2027", "plan"))


@cache
def case_page(id: str, lang: str) -> str:
    """A case's story and numbers as HTML."""
    case = open_case(id)
    return (
        f"{story_html(case.story(lang))}<div class='kpikit-head4'>{_WORDS['numbers'][lang]}</div>{_numbers(case, lang)}"
    )


def story_html(text: str) -> str:
    """A story's Markdown as HTML: headings, paragraphs, tables; nothing else of it is markup.

    >>> story_html("# A\\n\\n| x | y |\\n| --- | --- |\\n| 1 | <2> |")
    "<div class='kpikit-head4'>A</div><table class='kpikit-list'><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>&lt;2&gt;</td></tr></table>"
    """
    return "".join(_block(block.strip()) for block in re.split(r"\n\s*\n", text) if block.strip())


def _block(block: str) -> str:
    if heading := re.fullmatch(r"#+ +(.+)", block):
        return f"<div class='kpikit-head4'>{escape(heading[1])}</div>"
    lines = block.splitlines()
    if not all(line.startswith("|") for line in lines):
        return as_html(block)
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
    return _table(rows[0], [row for row in rows[1:] if set("".join(row)) - {"-", ":"}])


def _table(head: list[str], rows: list[list[str]]) -> str:
    told = [
        "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row)
        for tag, row in (("th", head), *(("td", r) for r in rows))
    ]
    return f"<table class='kpikit-list'>{''.join(f'<tr>{row}</tr>' for row in told)}</table>"


def _numbers(case: Case, lang: str) -> str:
    """Every metric of the catalogue: what was planned and what came of it."""
    head = [_WORDS["metric"][lang], *(_WORDS[side][lang].format(year=year) for year, side in COLUMNS)]
    rows = []
    for id, entry in case.catalogue.items():
        years = metric(case, id, by="year").set_index("period")
        values = [years[side].get(year) if side in years else None for year, side in COLUMNS]
        rows.append([entry.name[lang], *(_shown(value, entry.unit, lang) for value in values)])
    return _table(head, rows)


def _shown(value: float | None, unit: str, lang: str) -> str:
    """A number to read at a glance: money to the million, a share to a tenth."""
    if value is None or value != value:
        return "–"
    unit = unit if unit_name(unit) in UNITS else ""  # “orders” says nothing the metric's name does not
    digits = -6 if unit == "VND" and abs(value) >= 1e8 else 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2
    return show(round(float(value), digits), unit or None, lang)
