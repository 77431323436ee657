"""Evidence link by link: right on every planted link and non-link of the five cases, and told so that a manager can read it."""

import json

import pytest

from kpikit.companies import case, cases
from kpikit.language import Trouble, use
from kpikit.proof import evidence

# what each make.py plants: (chain, unit, cause, effect) -> is there a link?
PLANTED = {
    "distributor": {
        ("calls", "Đội 1"): [1, 1, 1], ("calls", "Đội 2"): [0, 1, 1], ("listing", None): [1], ("shelf", None): [1, 1],
        ("visits", None): [0], ("programmes", None): [0], ("gt_visits", None): [0], ("new_outlets", None): [0],
    },
    "b2b_sales": {
        ("calls", "Đội Nhà máy"): [1, 1, 1], ("calls", "Đội Dự án"): [0, 1, 1], ("quotes", "Đội Nhà máy"): [0],
        ("quotes", "Đội Dự án"): [1], ("meetings", "Đội Nhà máy"): [0, 0], ("meetings", "Đội Dự án"): [0, 0],
        ("crm", "Đội Nhà máy"): [0], ("crm", "Đội Dự án"): [0],
    },
    "cafe_chain": {("promo", None): [1, 1, 0], ("promo_cost", None): [1, 1, 1], ("posts", None): [0, 0],
                   ("training", None): [0, 0], ("five_s", None): [0]},
    "factory": {("procedures", None): [0, 0, 0], ("purchasing", None): [1], ("paint", None): [1], ("queue", None): [1, 1],
                ("checks", None): [0, 0]},
    "subscription": {("campaigns", None): [0, 1, 1], ("money", None): [1, 1, 1], ("skipping", None): [1],
                     ("on_time", None): [1], ("answers", None): [0]},
}  # fmt: skip
LAGS = {("b2b_sales", "calls", 1): 4, ("b2b_sales", "quotes", 0): 2, ("distributor", "calls", 1): 1, ("distributor", "shelf", 0): 1,
        ("cafe_chain", "promo_cost", 1): 1, ("factory", "purchasing", 0): 1, ("factory", "paint", 0): 1, ("factory", "queue", 0): 1,
        ("subscription", "skipping", 0): 1, ("subscription", "on_time", 0): 1}  # fmt: skip
ALL = [(name, id) for name in cases() for id in case(name).catalogue.chains]


@pytest.mark.parametrize(("name", "id"), ALL)
def test_every_planted_link_is_shown_and_no_other(name, id):
    """As the generator has it, with its lag; where there is no link, none is shown."""
    found = evidence(name, id)
    for unit in found.units:
        mine = [link for link in found.links if link.unit == unit]
        assert [int(link.verdict == "shown") for link in mine] == PLANTED[name][id, unit]
        for n, link in enumerate(mine):
            if link.verdict == "shown" and (name, id, n) in LAGS:
                assert link.reading.lag == LAGS[name, id, n]


def test_every_chain_of_the_cases_has_its_truth_here():
    """A chain added to a catalogue wants its truth in this file."""
    assert {(name, id) for name, truth in PLANTED.items() for id, _ in truth} == set(ALL)


@pytest.mark.parametrize("effect", ["scrap_rate", "oee", "otd", "unit_cost", "press_scrap_rate", "paint_oee"])
def test_procedures_prove_nothing_though_the_lines_go_together(effect):
    """Procedures and scrap step up in the same month (correlation over 0.8): no proof, to either side."""
    assert all(link.verdict != "shown" for link in evidence("factory", ["procedures", effect]).links)


def test_the_size_is_the_planted_one():
    """At Đội Nhà máy 10% more calls are 10% more leads, orders and revenue."""
    for link in evidence("b2b_sales", team="Đội Nhà máy").links:
        assert link.reading.low <= 1.01 and link.reading.high >= 0.99


def test_half_a_year_is_too_little():
    """Seen in June 2025 nothing can be said yet."""
    found = evidence("distributor", until="2025-06")
    assert {link.verdict for link in found.links} == {"too_little"}
    assert set(found.verdicts.values()) == {"too_little"}


def test_a_chain_is_as_good_as_its_weakest_link():
    """One link that is not shown breaks the chain."""
    assert evidence("b2b_sales").verdicts == {"Đội Nhà máy": "shown", "Đội Dự án": "not_shown"}


@pytest.mark.parametrize(
    "slip",
    [{"chain": "none"}, {"chain": ["calls"]}, {"chain": ["calls", "none"]}, {"team": "nobody"}, {"until": "June"}],
)
def test_a_slip_is_told_with_what_there_is(slip):
    """One message in both languages."""
    with pytest.raises(Trouble) as told:
        evidence("b2b_sales", **slip)
    assert set(told.value.words) == {"vi", "en"}


@pytest.mark.parametrize(
    ("name", "id"),
    [("b2b_sales", "calls"), ("factory", "procedures"), ("subscription", "answers"), ("cafe_chain", "promo")],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_shows_itself_in_both_languages(name, id, lang):
    """Text, HTML, JSON and table say the same; no place is left unfilled."""
    use(lang)
    found = evidence(name, id)
    text = found.as_text()
    assert not set("{}@") & set(text)
    for link in found.links:
        assert link.tell(lang) in text
    assert json.loads(json.dumps(found.as_dict()))["chain"] == id
    assert len(found.table) == len(found.links)
    assert "<script" not in found._repr_html_()
    drawn = found.figure()
    assert drawn.get_label() == found.sentence


@pytest.mark.parametrize(("mend", "word"), [
    ("links: []", "links"), ("links: [{from: a, to: nowhere}]", "nowhere"), ("links: [{from: a, to: b, lags: [2, 1]}]", "lag"),
    ("period: day\n    links: [{from: a, to: b}]", "week"), ("links: [{from: a, to: b, when: now}]", "given"),
])  # fmt: skip
def test_a_wrong_chain_is_named(tmp_path, mend, word):
    """A slip in `chains:` is told with file, place and mend."""
    one = "\n    name: {vi: A, en: A}\n    unit: x\n    direction: up\n    kind: driver\n    formula: {vi: A, en: A}\n    type: sum\n    table: t\n    column: c\n"
    chain = f"chains:\n  x:\n    name: {{vi: X, en: X}}\n    {mend}\n"
    (tmp_path / "metrics.yaml").write_text(f"metrics:\n  a:{one}  b:{one}{chain}", "utf-8")
    use("en")
    with pytest.raises(Trouble, match=word):
        _ = case(tmp_path).catalogue
