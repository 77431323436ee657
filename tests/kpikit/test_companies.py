"""A case is read from its folder when asked, is never spoilt by who looks, and says what is wrong with it."""

import shutil
from pathlib import Path

import pytest

from kpikit import companies
from kpikit.companies import KINDS, UnknownCase, case, cases
from kpikit.language import Trouble, use


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder of one's own, made from the distributor's."""
    return Path(shutil.copytree(case("distributor").folder, tmp_path / "mine"))


def change(folder: Path, old: str, new: str) -> Path:
    path = folder / "metrics.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_the_distributor_is_the_case_one_gets() -> None:
    assert case().id == "distributor"
    assert case("distributor") is case()
    assert "distributor" in cases()


def test_an_unknown_case_is_told_the_ones_there_are_in_both_languages() -> None:
    with pytest.raises(UnknownCase) as told:
        case("no-such-firm")
    for words in told.value.words.values():
        assert "no-such-firm" in words and "distributor" in words
    assert isinstance(told.value, LookupError)


def test_a_folder_is_a_case_too(copy: Path) -> None:
    mine = case(copy)
    assert mine.id == "mine"
    assert case(str(copy)).tables["sales"].equals(case().tables["sales"])


def test_a_folder_that_is_no_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownCase):
        case(tmp_path)


def test_an_installed_wheel_finds_its_cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "site" / "kpikit" / "data" / "cases" / "distributor"
    shutil.copytree(case("distributor").folder, inside)
    monkeypatch.setattr(companies, "__file__", str(tmp_path / "site" / "kpikit" / "companies.py"))
    assert cases() == ["distributor"]
    assert case().folder == inside


def test_a_learner_cannot_spoil_a_table_for_the_next() -> None:
    sales = case().tables["sales"]
    sales["revenue"] = 0
    sales.drop(columns="month", inplace=True)
    assert case().tables["sales"]["revenue"].sum() > 0


def test_a_learner_cannot_spoil_the_plan_for_the_next() -> None:
    case().plan["aop"]["goals"].clear()
    assert len(case().plan["aop"]["goals"]) == 2


def test_tables_keep_months_and_codes_as_text_and_money_whole() -> None:
    sales = case().tables["sales"]
    assert sales["month"].iloc[0] == "2025-01"
    assert sales["revenue"].dtype.kind == "i"
    assert set(case().tables["accounts"]["former_name"]) == {"", "Siêu thị Tân Lộc"}


def test_an_unknown_table_or_design_is_told_the_ones_there_are() -> None:
    with pytest.raises(UnknownCase, match="receivables"):
        case().tables["nope"]
    with pytest.raises(UnknownCase, match="sound"):
        case().design("nope")


def test_the_story_is_told_in_the_language_in_force() -> None:
    use("vi")
    assert case().story() == case().story("vi") != case().story("en")
    assert set(case().title) == {"vi", "en"}
    with pytest.raises(Trouble):
        case().story("fr")


def test_the_plan_is_a_design_document_without_kpis() -> None:
    plan = case().plan
    assert (plan["version"], plan["case"], plan["year"]) == (1, "distributor", 2027)
    assert not {"kpis", "links", "review"} & set(plan)


def test_every_metric_has_both_languages_a_kind_and_a_unit() -> None:
    for entry in case().catalogue.values():
        assert set(entry.name) == set(entry.formula) == {"vi", "en"}
        assert entry.kind in KINDS and entry.unit
        assert entry.up == (entry.direction == "up")


def test_the_catalogue_says_what_each_table_holds() -> None:
    assert set(case().catalogue.about) == set(case().tables)


def test_the_share_of_mt_is_a_driver_and_visits_are_an_activity() -> None:
    kinds = {id: entry.kind for id, entry in case().catalogue.items()}
    assert kinds["mt_share"] == "driver"
    assert kinds["mt_revenue"] == kinds["revenue_growth"] == "outcome"
    assert kinds["visits"] == kinds["programmes"] == kinds["new_outlets"] == "activity"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("    kind: outcome", "    kind: result", "revenue › kind"),
        ("direction: up", "direction: sideways", "revenue › direction"),
        ("type: sum", "type: median", "revenue › type"),
        ("    unit: VND\n", "", "revenue › unit"),
        ("    table: sales\n", "", "revenue › table"),
        ("of: revenue\n", "of: turnover\n", "revenue_growth › of"),
        ("type: growth\n    of: revenue", "type: growth\n    of: revenue_growth", "revenue_growth"),
        ("type: sum\n", "type: sum\n    grain: day\n", "revenue › grain"),
        ("{vi: Doanh thu, en: Revenue}", "{vi: Doanh thu}", "revenue › name"),
    ],
)
def test_a_wrong_entry_is_named_with_file_place_and_mend(copy: Path, old: str, new: str, place: str) -> None:
    with pytest.raises(Trouble) as told:
        len(case(change(copy, old, new)).catalogue)
    for words in told.value.words.values():
        assert "mine/metrics.yaml" in words and place in words


def test_malformed_yaml_is_told_with_its_line(copy: Path) -> None:
    with pytest.raises(Trouble, match=r"metrics\.yaml"):
        len(case(change(copy, "metrics:\n", "metrics: [\n")).catalogue)


def test_a_missing_story_is_told_by_its_name(copy: Path) -> None:
    (copy / "story.md").unlink()
    with pytest.raises(Trouble, match=r"story\.md"):
        case(copy).story("vi")


def test_a_story_in_one_language_is_refused(copy: Path) -> None:
    path = copy / "story.md"
    path.write_text(path.read_text(encoding="utf-8").split("<!-- lang: en -->")[0], encoding="utf-8")
    with pytest.raises(Trouble, match="lang: en"):
        case(copy).story("vi")
