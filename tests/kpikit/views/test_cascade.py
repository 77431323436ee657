"""The chains of the distributor agree with its designs and tables: what each KPI feeds, where it breaks, what mends it (E7)."""

import pytest

from kpikit.companies import case
from kpikit.language import LANGUAGES, use
from kpikit.views import cascade
from kpikit.views._cascade_words import BOXES, CHAINS, FEEDS, MENDS, WHO

EVERY = [(who, mend) for who in WHO for mend in MENDS]


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def kpis(design):
    return {kpi.id: kpi for kpi in case("distributor").design(design).kpis}


def test_every_person_or_department_has_every_mend():
    assert set(CHAINS) == set(EVERY)
    assert {answer for _, answers in CHAINS.values() for answer in answers} == set(FEEDS)
    assert {box for boxes, _ in CHAINS.values() for box in boxes} == set(BOXES)
    assert all(len(boxes) == len(answers) + 1 for boxes, answers in CHAINS.values())


def test_has_kpi_was_copied_word_for_word_from_the_departments():
    habit = kpis("habit")
    assert habit["P1"].name == habit["D1"].name == BOXES["visits_ha"][1]["vi"] == BOXES["visits_kam"][1]["vi"]
    assert habit["P1"].parents == ("D1",)
    assert "Trịnh Thu Hà" in habit["P1"].scorecard


@pytest.mark.parametrize(
    ("box", "kpi"),
    [("lam_son", "P1"), ("jbp", "D1"), ("mt", "K1"), ("growth", "K2"), ("gt", "D3"), ("collect", "D4"), ("cash", "K6"), ("otif", "D8")],
)  # fmt: skip
def test_the_mended_chains_are_the_worked_examples(box, kpi):
    made = kpis("sound")[kpi]
    for lang in LANGUAGES:
        low, high = BOXES[box][1][lang].split(": ")[1].split(" → ")
        scale = 1e9 if made.unit == "VND" else 1
        told = [float(x.strip("% tỷbn").replace(",", ".")) * scale for x in (low, high)]
        assert told == pytest.approx([made.baseline, made.scale.target], rel=1e-9)


def test_the_parents_of_the_worked_example_are_the_chains_levels():
    sound = kpis("sound")
    assert sound["P1"].parents == ("D1",)
    assert "K1" in sound["D1"].parents
    assert sound["D3"].parents == ("K2",)
    assert sound["D4"].parents == ("K6",)
    assert sound["D8"].parents == ("K1",)


def test_what_holds_and_what_breaks():
    holds = {pair for pair in EVERY if cascade.whole(cascade.chain(*pair))}
    assert holds == {
        ("ha", "change"), ("team", "link"), ("team", "change"), ("rules", "change"), ("rules", "drop"),
        ("ops", "as_is"), ("ops", "link"),
    }  # fmt: skip
    assert not any((who, "copy") in holds for who in WHO)


def test_the_answers_quote_the_tables():
    found, tables = cascade.facts(case("distributor")), case("distributor").tables
    lam_son = tables["field"].query("account_code == 'MT01'")
    seen = [lam_son[lam_son["month"].str[:4] == year]["visits"].sum() for year in ("2025", "2026")]
    assert found["visits"] == pytest.approx(100 * (seen[1] / seen[0] - 1))
    assert [round(found[k]) for k in ("visits", "lam_son", "calls", "leads", "orders", "called")] == [
        38,
        -11,
        13,
        15,
        13,
        13,
    ]
    assert [round(found[k]) for k in ("hers", "mt_plan", "team", "gt", "gt_receipts", "receipts")] == [
        159,
        270,
        7,
        300,
        299,
        497,
    ]
    assert found["good"] - found["poor"] > 1


@pytest.mark.parametrize(("who", "mend"), EVERY)
def test_every_pick_says_where_it_breaks_or_that_it_holds(lang, who, mend):
    made = cascade.cascade_picture(who, mend)
    assert len(made.sentence) < 220
    assert "{" not in made.sentence + made.table.to_string()
    breaks = {"vi": "đứt", "en": "breaks"}[lang]
    assert (breaks in made.sentence) != cascade.whole(cascade.chain(who, mend))
