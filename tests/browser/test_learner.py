"""A learner in JupyterLab: fills the six kinds of form and a whole design, reloads, finds all kept; in both languages."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest

from kpikit.documents import read_tree
from kpikit.sources import MIME

from_cells = nbformat.v4.new_code_cell
SAMPLE = Path(__file__).with_name("sample.yaml")
DESIGN = Path(__file__).with_name("design.yaml")
NUMBER = {"vi": "12,5 tỷ", "en": "12.5bn"}
WRITTEN = 'Đứt ở <b>gọi → đơn</b>\n"vì": không ai mua'


def lay(folder: Path, lang: str, sample: Path, ids: list[str]) -> None:
    """An exercise as it is handed out: its questions and one cell a question."""
    folder.mkdir()
    (folder / "questions.yaml").write_text(sample.read_text("utf-8"), "utf-8")
    cells = [f'import kpikit; kpikit.use("{lang}")', *(f'kpikit.ask("{id}")' for id in ids), "kpikit.hand_in()"]
    notebook = nbformat.v4.new_notebook(cells=[from_cells(cell) for cell in cells])
    notebook.metadata.update(
        kernelspec={"name": "python3", "display_name": "Python 3", "language": "python"}, kpikit={"lang": lang}
    )
    nbformat.write(notebook, folder / "ex01.ipynb")


def run_all(page: Any, url: str, folder: Path, last: int) -> Any:
    """Open the notebook, Run All, and wait until every form is there. What is run before a kernel is there is lost: again."""
    page.goto(f"{url}/doc/tree/{folder.name}/ex01.ipynb")
    forms = page.locator(".kpikit-form")
    for _ in range(5):
        page.get_by_text("| Idle").wait_for()
        menu(page, "Run", "Run All Cells")
        if appears(forms.first, 15_000):
            break
    forms.nth(last).wait_for(state="attached")
    page.get_by_text("| Idle").wait_for()
    return forms


def appears(locator: Any, milliseconds: int) -> bool:
    try:
        locator.wait_for(state="attached", timeout=milliseconds)
    except Exception:  # playwright's own, known only where playwright is installed
        return False
    return True


def menu(page: Any, *path: str) -> None:
    for name in path:
        page.get_by_role("menuitem", name=name, exact=True).click()


def fill(forms: Any, lang: str) -> None:
    """What a learner does in each form."""
    forms.nth(0).locator("select").nth(0).select_option(index=3)
    forms.nth(0).locator("select").nth(11).select_option(index=1)
    forms.nth(1).locator("input[type=radio]").nth(1).check()
    forms.nth(2).locator("input[type=checkbox]").nth(2).check()
    forms.nth(3).locator("input[type=text]").fill(NUMBER[lang])
    forms.nth(4).locator("textarea").fill(WRITTEN)
    row = forms.nth(5).locator(".kpikit-row").nth(1)
    row.locator("textarea").nth(0).fill("Doanh thu khách cũ")
    row.locator("select").nth(1).select_option(index=2)
    row.locator("input").nth(1).fill(NUMBER[lang])
    forms.nth(5).locator(".kpikit-row").nth(3).locator("textarea").nth(1).fill("Đổi người phụ trách")


def expected(lang: str) -> dict[str, Any]:
    return {
        "ex01-q1": {"m01": "activity", "m12": "outcome"},
        "ex01-q2": "b",
        "ex01-q3": ["c"],
        "ex01-q4": NUMBER[lang],
        "ex01-q5": WRITTEN,
        "ex01-q6": [
            {"name": "Doanh thu khách cũ", "goal": "G2", "scale": {"target": NUMBER[lang]}},
            {"decision": "Đổi người phụ trách"},
        ],
    }


def until(wanted: Any, look: Any) -> None:
    """Wait until the file on disk says what is wanted."""
    for _ in range(120):
        try:
            found = look()
        except Exception as error:  # not there yet, or half a moment old
            found = error
        if found == wanted:
            return
        time.sleep(0.25)
    assert found == wanted


def carried(path: Path) -> dict[str, Any]:
    """The answers in the notebook's own file."""
    outputs = [o for cell in json.loads(path.read_text("utf-8"))["cells"] for o in cell.get("outputs", [])]
    return {o["data"][MIME]["question"]: o["data"][MIME]["answer"] for o in outputs if MIME in o.get("data", {})}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_learner_fills_reloads_and_finds_all_kept(lang: str, lab: tuple[str, Path], page: Any) -> None:
    """Every change is in answers.yaml at once and in the saved notebook; after a reload and Run All the forms are filled."""
    url, root = lab
    folder = root / lang
    lay(folder, lang, SAMPLE, [f"ex01-q{n}" for n in range(1, 7)])
    forms = run_all(page, url, folder, 6)
    fill(forms, lang)
    until(expected(lang), lambda: read_tree(folder / "answers.yaml")["answers"])
    page.locator('[data-jp-item-name="save"]').first.click()
    until(expected(lang), lambda: carried(folder / "ex01.ipynb"))

    forms = run_all(page, url, folder, 6)
    assert forms.nth(0).locator("select").nth(0).evaluate("e => e.selectedIndex") == 3
    assert forms.nth(1).locator("input[type=radio]").nth(1).is_checked()
    assert forms.nth(2).locator("input[type=checkbox]").nth(2).is_checked()
    assert forms.nth(3).locator("input[type=text]").input_value() == NUMBER[lang]
    assert forms.nth(4).locator("textarea").input_value() == WRITTEN
    assert forms.nth(5).locator(".kpikit-row").nth(1).locator("input").nth(1).input_value() == NUMBER[lang]
    assert {"vi": "12,5 tỷ VND", "en": "12.5bn VND"}[lang] in forms.nth(3).text_content()
    assert page.locator(".kpikit-form b", has_text="gọi").count() == 0  # what was typed is no markup

    forms.nth(6).locator("input[type=text]").nth(0).fill("an.nguyen")
    with page.expect_download() as download:
        forms.nth(6).get_by_role("button").first.click()
        forms.nth(6).locator("a[download]").click()
    assert download.value.suggested_filename == "ex01-an.nguyen.zip"
    assert Path(download.value.path()).read_bytes() == (folder / "ex01-an.nguyen.zip").read_bytes()
    nothing_is_hard_to_use(page)


def nothing_is_hard_to_use(page: Any) -> None:
    """No serious finding of axe inside the forms, and no letter under 14 px."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=".kpikit-form").response["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in ("serious", "critical")] == []
    small = page.evaluate("""() => [...document.querySelectorAll('.kpikit-form *')].filter(
        e => e.textContent.trim() && e.offsetWidth > 2 && parseFloat(getComputedStyle(e).fontSize) < 14
    ).map(e => e.outerHTML.slice(0, 120))""")
    assert small == []


# ---------------------------------------------------------------- a whole design


def fill_aop(form: Any) -> None:
    """A priority, a goal, a limit and a budget line, as one types them."""
    form.locator("select").first.select_option(index=1)
    goal = form.locator(".kpikit-row:has(textarea)").nth(0)
    goal.locator("textarea").fill("Doanh thu")
    goal.locator("select").select_option(index=1)
    for n, text in ((1, "12,5 tỷ"), (2, "15 tỷ"), (3, "VND")):
        goal.locator("input").nth(n).fill(text)
    form.locator(".kpikit-two input").first.fill("Nợ < 5%")
    line = form.locator(".kpikit-row:has(select):not(:has(textarea))").first
    line.locator("input").nth(0).fill("Máy")
    line.locator("select").select_option(index=1)  # the goal that was just typed


AOP = {
    "priority": "growth",
    "goals": [
        {"id": "G1", "name": "Doanh thu", "role": "primary", "baseline": "12,5 tỷ", "unit": "VND", "target": "15 tỷ"}
    ],
    "limits": ["Nợ < 5%"],
    "budget": [{"item": "Máy", "goal": "G1"}],
}


def fill_kpis(form: Any) -> None:
    """Two KPIs, one after the other on the card, and the arrow between them."""
    form.get_by_role("button", name="2. KPI").click()
    card = form.locator(".kpikit-right")
    card.get_by_label("Tên KPI", exact=True).fill("Doanh thu")
    card.locator("select").nth(1).select_option(index=1)  # the goal of the AOP section
    card.locator("select").nth(2).select_option(index=1)
    card.get_by_label("Trọng số (%)").fill("60")
    card.get_by_label("Mức đạt", exact=True).fill("12,5 tỷ")
    form.get_by_role("button", name="+ Thêm KPI").click()
    form.locator(".kpikit-left option").nth(1).wait_for(state="attached")
    card.get_by_label("Tên KPI", exact=True).fill("Giữ khách")
    card.get_by_label("Trọng số (%)").fill("40")
    form.locator(".kpikit-totals", has_text="cộng 100%").wait_for()
    form.get_by_role("button", name="3. Nhân - quả").click()
    arrow = form.locator(".kpikit-row:visible:has(textarea)").first
    arrow.locator("select").nth(0).select_option(index=2)
    arrow.locator("select").nth(1).select_option(index=1)
    arrow.locator("textarea").fill("vì thế")


def test_a_learner_fills_an_aop_and_a_whole_design(lab: tuple[str, Path], page: Any) -> None:
    """Section by section, all of it in answers.yaml; the 24 checks are a click away; after Run All it is there again."""
    url, root = lab
    folder = root / "design"
    lay(folder, "vi", DESIGN, ["whole-q2", "whole-q5"])
    forms = run_all(page, url, folder, 2)
    fill_aop(forms.nth(0))
    fill_aop(forms.nth(1))
    fill_kpis(forms.nth(1))
    forms.nth(1).get_by_role("button", name="4. Nhịp").click()
    forms.nth(1).locator(".kpikit-three:visible input").nth(0).fill("FP&A")
    place = {"goal": "G1", "level": "company"}
    design = {
        "aop": AOP,
        "kpis": [
            {"id": "K1", "name": "Doanh thu", **place, "weight": "60", "scale": {"target": "12,5 tỷ"}},
            {"id": "K2", "name": "Giữ khách", **place, "weight": "40"},
        ],
        "links": [{"from": "K2", "to": "K1", "why": "vì thế"}],
        "review": {"analyst": "FP&A"},
    }
    answers = {"whole-q2": AOP, "whole-q5": design}
    until(answers, lambda: read_tree(folder / "answers.yaml")["answers"])
    forms.nth(1).get_by_role("button", name="Soi 24").click()
    forms.nth(1).locator(".kpikit-checks", has_text="trên 24 câu").wait_for()
    nothing_is_hard_to_use(page)

    forms = run_all(page, url, folder, 2)
    assert forms.nth(0).locator("textarea").first.input_value() == "Doanh thu"
    forms.nth(1).get_by_role("button", name="2. KPI").click()
    forms.nth(1).locator(".kpikit-left select").select_option(index=1)
    forms.nth(1).locator(".kpikit-head4", has_text="K2 · Giữ khách").wait_for()
