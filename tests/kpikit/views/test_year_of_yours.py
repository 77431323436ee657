"""Last year's sheets with some of six mends, or a design of one's own, in the simulated year (G5)."""

from itertools import chain, combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from kpikit.checklist import check
from kpikit.companies import case
from kpikit.documents import as_yaml
from kpikit.exploring import picture
from kpikit.files import as_design
from kpikit.language import LANGUAGES, use
from kpikit.views._year_of_yours_design import LINES, MENDS, sheets
from kpikit.years.at_hand import CASES, put_together
from kpikit.years.mapping import mapped

ALL = [list(some) for n in range(len(MENDS) + 1) for some in combinations(MENDS, n)]
DRAWN = [some for some in ALL if len(some) not in (2, 3, 4)] + [
    ["weights", "drivers", "review"]
]  # every title, every line both ways
NUMBERS = ("measure", "weight", "lines", "points", "ahead", "home")


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def same(one, other):
    return all(np.allclose(getattr(one, name), getattr(other, name)) for name in NUMBERS) and all(
        getattr(one, name) == getattr(other, name) for name in ("every", "sees", "knows", "updates", "decides")
    )


def check_words(made):
    """Nothing under 14 points, cut short, out of the frame or over another word; a sentence for who cannot see it."""
    FigureCanvasAgg(made.figure).draw()
    texts = [*made.figure.texts, *chain(*(axes.texts for axes in made.figure.axes))]
    texts += [axes.xaxis.label for axes in made.figure.axes]
    seen = [(text, text.get_window_extent()) for text in texts if text.get_text()]
    wide, high = made.figure.get_size_inches() * made.figure.dpi
    for text, box in seen:
        assert text.get_fontsize() >= 14
        assert "…" not in text.get_text()
        assert min(box.x0, box.y0, wide - box.x1, high - box.y1) >= 0, text.get_text()
    for (one, a), (other, b) in combinations(seen, 2):
        across, tall = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across < 2 or tall < 5, f"{one.get_text()!r} over {other.get_text()!r}"
    assert len(made.sentence) <= 220
    assert made.sentence.endswith(".")


# ---------------------------------------------------------------- the sheets


def test_without_a_mend_the_sheets_are_the_habit_design():
    habit = case("distributor").design("habit")
    assert same(mapped(sheets(()), "distributor").setup, mapped(habit, "distributor").setup)


def test_with_all_mends_they_are_the_worked_design():
    worked = case("distributor").design("sound")
    made, wanted = ({k.id: k for k in design.kpis} for design in (sheets(MENDS), worked))
    assert made == wanted
    assert sheets(MENDS).links == worked.links
    assert check(sheets(MENDS)).score == 24


@pytest.mark.parametrize("mends", ALL, ids=lambda v: "+".join(v) or "none")
def test_any_mends_give_sheets_that_add_up_and_refer_to_what_is_there(mends):
    design = sheets(mends)
    ids = [k.id for k in design.kpis]
    assert len(set(ids)) == len(ids)
    totals = {}
    for k in design.kpis:
        totals[k.level, k.scorecard] = totals.get((k.level, k.scorecard), 0) + k.weight
        assert {*k.parents} <= {*ids}
    assert all(total == pytest.approx(100, abs=0.01) for total in totals.values())
    assert mapped(design, "distributor").guessed == 0
    assert not mapped(design, "distributor").unplaced


@pytest.mark.parametrize("mends", ALL, ids=lambda v: "+".join(v) or "none")
def test_both_languages_give_the_same_year(mends):
    assert same(mapped(sheets(mends, "vi"), "distributor").setup, mapped(sheets(mends, "en"), "distributor").setup)


@pytest.mark.parametrize(
    ("mend", "holds"),
    [
        ("weights", lambda d: max((k for k in d.kpis if k.level == "company"), key=lambda k: k.weight).kind == "outcome"),
        ("drivers", lambda d: any(k.kind == "driver" for k in d.kpis)),
        ("tied", lambda d: any(k.level == "department" and k.parents for k in d.kpis)),
        ("scale", lambda d: any(k.scale.stretch is not None for k in d.kpis)),
        ("review", lambda d: d.review.cadence == "monthly" and all(k.cadence == "monthly" for k in d.kpis)),
        ("triggers", lambda d: bool(d.review.triggers)),
    ],
)  # fmt: skip
def test_each_mend_is_what_it_says_and_without_it_is_not(mend, holds):
    assert set(LINES) == set(MENDS)
    assert holds(sheets([mend]))
    assert not holds(sheets([other for other in MENDS if other != mend]))
    assert not holds(sheets(()))


# ---------------------------------------------------------------- the picture


@pytest.mark.parametrize("mends", DRAWN, ids=lambda v: "+".join(v) or "none")
def test_words_are_whole_and_do_not_collide(lang, mends):
    check_words(picture("year_of_yours", mends=mends))


def test_what_is_drawn_is_what_play_runs_next(lang):
    picture("year_of_yours", mends=["weights", "tied"])
    assert put_together == [sheets(["weights", "tied"], lang)]


def test_without_a_design_of_ones_own_it_says_how_to_bring_one(lang, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = picture("year_of_yours", sheet="mine")
    check_words(made)
    assert len(made.table) == 3


@pytest.mark.parametrize("company", CASES)
def test_a_design_of_ones_own_lives_beside_its_cases_habit(lang, company, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    design = as_design({**case(company).design("habit").as_document(), "case": company})
    (tmp_path / "của tôi.yaml").write_text(as_yaml(design.as_document()), "utf-8")
    made = picture("year_of_yours", sheet="mine")
    check_words(made)
    beside, mine = made.table.to_numpy().tolist()
    assert beside == mine, "the habit design brought as one's own is the habit design"


def test_a_design_of_another_firm_says_what_was_guessed(lang, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    kpis = [
        {"id": "K1", "name": "Doanh thu học phí", "kind": "outcome", "level": "company", "weight": 60},
        {"id": "K2", "name": "Số buổi khai giảng rình rang", "kind": "activity", "level": "department",
         "scorecard": "Phòng Tuyển sinh", "weight": 100},
    ]  # fmt: skip
    (tmp_path / "mine.yaml").write_text(as_yaml({"company": "Trung tâm Sao Mai", "kpis": kpis}), "utf-8")
    (tmp_path / "xong.json").write_text('{"kpis": [{"weight": "nhiều"}]}', "utf-8")
    made = picture("year_of_yours", sheet="mine")
    check_words(made)
    assert any("Sao Mai" in text.get_text() for text in made.figure.texts)
    assert any("100%" in text.get_text().replace("\n", " ") for text in made.figure.texts), "how much is a guess"
