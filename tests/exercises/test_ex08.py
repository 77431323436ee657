"""ex08 audits a made-up branch: its table is a design too, which kpikit.check fails where the key says it can see."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import kpikit
from autograder.build import ROOT
from autograder.score import KEYS, Scored, load_keys, score
from kpikit.documents import read_tree
from kpikit.files import as_design
from kpikit.language import LANGUAGES, show
from kpikit.questions import questions_of, read_answer

HERE = Path(__file__).parent
SET = questions_of("ex08", HERE)
KEY = load_keys("ex08", KEYS, SET.case)
TEXT = (ROOT / "exercises/ex08-audit/text.md").read_text("utf-8")
KINDS = {
    "vi": {"outcome": "kết quả cuối", "driver": "đòn bẩy", "activity": "hoạt động", "compliance": "tuân thủ"},
    "en": {"outcome": "outcome", "driver": "driver", "activity": "activity", "compliance": "compliance"},
}
LESS = {"vi": "càng ít càng tốt", "en": "less is better"}

# what a careful reader does not tick; the machine reads words and lets these pass
FAILS = {"2.3", "3.3", "5.1", "5.2", "5.3", "6.2"}
ONLY_READ = {"1.3", "2.1", "4.3", "7.1", "7.2", "7.3", "8.3"}


@cache
def table(lang: str) -> dict[str, Any]:
    """The branch's table as a design document in one language."""
    return in_one(read_tree(HERE / "audit_design.yaml"), lang)


def in_one(tree: Any, lang: str) -> Any:
    if isinstance(tree, dict):
        return tree[lang] if set(tree) == set(LANGUAGES) else {k: in_one(v, lang) for k, v in tree.items()}
    return [in_one(v, lang) for v in tree] if isinstance(tree, list) else tree


def kpi(id: str, lang: str = "en") -> dict[str, Any]:
    return next(k for k in table(lang)["kpis"] if k["id"] == id)


@cache
def report(lang: str = "en") -> Any:
    return kpikit.check(as_design(table(lang)))


def marked(id: str, raw: object, lang: str = "en", **earlier: Any) -> Scored:
    earlier = {name.replace("_", "-"): value for name, value in earlier.items()}
    return score(SET.find(id), read_answer(SET.find(id), raw, lang), KEY, earlier)


def model(id: str) -> Any:
    return KEY.entries[id]["model"]


# ---------------------------------------------------------------- the table is one and the same everywhere


def amounts(values: list[Any], unit: str | None, lang: str) -> str:
    """Levels side by side, the unit once: 21 / 24 / 26 tỷ."""
    read = [float(v) for v in values]
    scale, word = (1e9, {"vi": " tỷ", "en": "bn"}[lang]) if unit == "VND" else (1, unit or "")
    return " / ".join(show(v / scale, None, lang) for v in read) + word


def cells(k: dict[str, Any], lang: str) -> dict[str, str]:
    """What stands in the table for a line, by the field's name."""
    name = ", ".join(filter(None, [k["name"], k.get("direction") and LESS[lang]]))
    name += f" = {k['formula']}" if "formula" in k else ""
    scale = [k["scale"][level] for level in ("floor", "target", "stretch") if level in k["scale"]]
    return {
        "name": name,
        "role": f"{KINDS[lang][k['kind']]}, {k['goal']}",
        "weight": str(k["weight"]),
        "before": amounts([k["baseline"]], k.get("unit"), lang),
        "scale": amounts(scale, k.get("unit"), lang),
        "gives": (f"{k['parent']}: " if "parent" in k else "") + k["contributes"],
        "owner": k["owner"],
        "decision": k["decision"].replace(" - ", ": "),
    }


def row(k: dict[str, Any], lang: str) -> str:
    """The line as it stands in the exercise's table."""
    c = cells(k, lang)
    head = f"{c['name']} *({c['role']})*"
    return f"| {' | '.join([k['id'], head, *(c[n] for n in list(c)[2:])])} |"


def who(k: dict[str, Any], lang: str) -> str:
    """The line as question 1 repeats it."""
    c = cells(k, lang)
    return f"- **{k['id']}** {c['name']}: {c['role']} · {c['owner']}"


def how(k: dict[str, Any], lang: str) -> str:
    """The line as question 2 repeats it."""
    c = cells(k, lang)
    return (
        f"- **{k['id']}** {c['name']}: {' · '.join(c[n] for n in ('weight', 'before', 'scale', 'gives', 'decision'))}"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_and_the_questions_show_the_audited_table_line_by_line(lang):
    lines = table(lang)["kpis"]
    assert len(lines) == 18
    for k in lines:
        assert row(k, lang) in TEXT
        assert who(k, lang) in SET.find("ex08-q1").ask[lang].splitlines()
        assert how(k, lang) in SET.find("ex08-q2").ask[lang].splitlines()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_plan_and_the_review_are_the_audited_ones_too(lang):
    aop, review = table(lang)["aop"], table(lang)["review"]
    said = (aop["trade_offs"][0], aop["limits"][0], review["triggers"][0])
    for text in said:
        assert text.lower() in TEXT.lower()
    for id, part in (("ex08-q1", said[:2]), ("ex08-q2", said[2:])):
        assert all(text.lower() in SET.find(id).ask[lang].lower() for text in part)
    given = SET.find("ex08-q8").given["aop"]["goals"]
    for one, other in zip(aop["goals"], given, strict=True):
        assert [one["id"], one["role"], float(one["baseline"]), float(one["target"])] == [
            other["id"],
            other["role"],
            float(other["baseline"]),
            float(other["target"]),
        ]


@pytest.mark.parametrize(("origin", "lines"), [("habit", ["D4"]), ("job", ["D3", "D7", "P1", "P3"])])
def test_where_lines_come_from_is_told_as_the_table_has_it(origin, lines):
    assert [k["id"] for k in table("en")["kpis"] if k["origin"] == origin] == lines
    assert f"{', '.join(lines[:-1])}{' and ' * (len(lines) > 1)}{lines[-1]} sa" in TEXT


# ---------------------------------------------------------------- what the machine sees, what a reader sees


@pytest.mark.parametrize("lang", LANGUAGES)
def test_kpikit_fails_exactly_the_checks_that_can_be_seen_without_understanding(lang):
    found = report(lang).failing
    assert set(found) == FAILS
    assert report(lang).score == 18
    assert {k: v for k, v in found.items() if k in ("2.3", "6.2")} == {"2.3": ["D4"], "6.2": ["D6"]}


def test_it_fails_them_at_the_sheets_that_the_solution_names():
    names = {
        k["scorecard"] if k["level"] != "company" else "company": k["id"] for k in reversed(table("en")["kpis"])
    }  # each sheet by its first line
    places = {id: [names[at] for at in report().failing[id]] for id in ("3.3", "5.1", "5.2", "5.3")}
    assert places == {"3.3": ["P1"], "5.1": ["K1", "D5", "P1"], "5.2": ["D1", "D5"], "5.3": ["K1", "D1"]}


def test_the_key_fails_what_the_machine_fails_and_what_only_a_reader_sees():
    ticks = {id[1] + "." + id[2]: given for q in ("ex08-q1", "ex08-q2") for id, given in model(q).items()}
    assert {id for id, given in ticks.items() if given == "fail"} == FAILS | ONLY_READ
    assert set(ticks) == {c.id for c in report().checks}
    assert not ONLY_READ & FAILS


def test_what_only_a_reader_sees_stands_in_the_table():
    own = table("en")
    assert own["aop"]["trade_offs"][0].startswith("None needed")  # 1.3
    third = [k["id"] for k in own["kpis"] if k["goal"] == "G3" and k["level"] == "company"]
    assert third == ["K5"]
    assert "gifts" in kpi("K5")["formula"]  # 2.1: an outcome by its label alone
    people = {"Hân", "Loan", "Khiêm", "Thắm", "Nga", "Phước", "Sang", "Tuyền", "Trúc", "Vinh"}
    assert [k["id"] for k in own["kpis"] if k["owner"] not in people] == ["K2"]  # 4.3
    assert not re.search(r"lend|loan|borrow|margin", kpi("D8")["contributes"])  # 7.1: names nothing
    copied = [k["id"] for k in own["kpis"] if k["level"] == "individual" and k["name"] == kpi("D2")["name"]]
    assert (copied, kpi("P2")["scale"]) == (["P2"], kpi("D2")["scale"])  # 7.2
    assert "briefing" in kpi("K3")["decision"]  # 7.3
    assert own["review"]["triggers"] == ["When it seems necessary"]  # 8.3


def test_what_looks_wrong_and_is_not():
    assert kpi("P5")["direction"] == "down"
    assert {k["id"]: k["cadence"] for k in table("en")["kpis"] if k["cadence"] != "monthly"} == {"K1": "quarterly"}
    assert kpi("D1")["evidence"]
    assert "83%" in kpi("D1")["contributes"] and "64%" in kpi("D1")["contributes"]


def test_at_tet_a_twelfth_of_the_year_cannot_be_met():
    """Eleven ordinary months and one at half: even a year that meets its target has a red month."""
    target = float(kpi("K4")["scale"]["target"])
    ordinary = target / 11.5
    assert ordinary / 2 < target / 12 < ordinary


def test_the_places_of_q3_that_the_machine_sees_are_its_own():
    assert [report().failing[id] for id in ("6.2", "2.3")] == [[model("ex08-q3")[i].upper()] for i in ("i05", "i06")]
    heavy = max((k for k in table("en")["kpis"] if k["owner"] == "Trúc"), key=lambda k: float(k["weight"]))
    assert (heavy["id"].lower(), heavy["weight"]) == (model("ex08-q3")["i10"], "50")


# ---------------------------------------------------------------- marks


def machine_ticks() -> dict[str, dict[str, str]]:
    """Questions 1 and 2 as somebody fills them who copies the machine's report."""
    halves = {q: list(SET.find(q).items) for q in ("ex08-q1", "ex08-q2")}
    fails = {f"c{id[0]}{id[2]}" for id in report().failing}
    return {q: {i: "fail" if i in fails else "pass" for i in items} for q, items in halves.items()}


def test_the_machines_report_earns_at_most_a_third():
    """Its ticks, its places and notes, its score and verdict, and the points it says to take off compliance."""
    ticks = machine_ticks()
    earlier = {q.replace("-", "_"): ticks[q] for q in ticks}
    noted = {n.id: n.finding.where.lower() for n in report().notes}
    places = {"i05": "d6", "i06": "d4", "i08": noted["copied"], "i10": "p1", "i11": "none", "i12": "none"}
    cut = 55 - 0.2 * 176
    earned = (
        marked("ex08-q1", ticks["ex08-q1"]),
        marked("ex08-q2", ticks["ex08-q2"]),
        marked("ex08-q3", places | {"i01": "none", "i02": "none", "i03": "none", "i07": "none"}),
        marked("ex08-q4", 75, **earlier),
        marked("ex08-q5", report().verdict, **earlier),
        marked("ex08-q6", cut),
    )
    assert sum(s.earned for s in earned) <= 100 / 3


@pytest.mark.parametrize("id", ["ex08-q1", "ex08-q2"])
@pytest.mark.parametrize("given", ["pass", "fail"])
def test_one_answer_to_everything_earns_nothing(id, given):
    assert marked(id, dict.fromkeys(SET.find(id).items, given)).earned == 0


@pytest.mark.parametrize("id", ["ex08-q1", "ex08-q2"])
def test_a_wrong_tick_costs_what_a_right_one_earns(id):
    ticks, full = model(id), SET.find(id).points
    for item, given in ticks.items():
        left_open = marked(id, {i: g for i, g in ticks.items() if i != item}).earned
        wrong = marked(id, ticks | {item: "pass" if given == "fail" else "fail"}).earned
        assert full - left_open == pytest.approx(left_open - wrong, abs=0.02)


@pytest.mark.parametrize("met", [0, 3, 11, 17, 24])
def test_percent_and_verdict_follow_her_own_ticks(met):
    ids = [*SET.find("ex08-q1").items, *SET.find("ex08-q2").items]
    ticks = {id: "pass" if n < met else "fail" for n, id in enumerate(ids)}
    earlier = {"ex08_q1": {i: ticks[i] for i in ids[:12]}, "ex08_q2": {i: ticks[i] for i in ids[12:]}}
    verdict = ("clear" if met == 24 else "paradox") if met >= 17 else "both"
    assert marked("ex08-q4", round(100 * met / 24, 1), **earlier).earned == 4
    assert marked("ex08-q5", verdict, **earlier).earned == 6


def test_a_sound_middle_at_under_seventy_is_at_risk_alone():
    ids = [*SET.find("ex08-q1").items, *SET.find("ex08-q2").items]
    ticks = {id: "fail" if id[1] in "134" or id == "c61" else "pass" for id in ids}
    earlier = {"ex08_q1": {i: ticks[i] for i in ids[:12]}, "ex08_q2": {i: ticks[i] for i in ids[12:]}}
    assert marked("ex08-q5", "risk", **earlier).earned == 6


def test_the_numbers_of_q4_and_q6_come_out_of_the_table():
    met = 24 - len(FAILS | ONLY_READ)
    assert float(model("ex08-q4")) == pytest.approx(100 * met / 24, abs=0.05)
    counter = {k["id"]: float(k["weight"]) for k in table("en")["kpis"] if k["scorecard"] == "Counter"}
    assert sum(counter.values()) == 176
    assert float(model("ex08-q6")) == pytest.approx(100 * counter["D3"] / 176 - 20)
    for id, weight in counter.items():
        assert re.search(rf"- {id}, .*: {weight:.0f}$", SET.find("ex08-q6").ask["en"], re.M)


# ---------------------------------------------------------------- the three lines


def lines(**own: Any) -> list[dict[str, Any]]:
    """The model's three lines with Trúc's changed."""
    end, margin, hers = model("ex08-q8")
    return [end, margin, hers | own]


@pytest.mark.parametrize(
    ("name", "goal", "reason"),
    [
        ("Tỷ lệ sổ đáo hạn tại cửa của Trúc được gửi tiếp", "G3", "own_good"),
        ("Số khách Trúc gọi trước khi sổ đáo hạn", "G3", "own_good"),
        ("Tiền gửi thanh toán của khách quét mã QR tại cửa mình", "G2", "own_good"),
        ("Share of her customers who renew", "G3", "own_good"),
        ("Số giao dịch xử lý", "G2", "busy_row"),
        ("Số mã QR Trúc mở cho hộ kinh doanh", "G2", "busy_row"),
        ("Số thẻ phát hành mới", "G2", "busy_row"),
        ("Số phần quà Trúc phát", "G3", "busy_row"),
        ("Điểm chấp hành quy chế quầy", "G2", "busy_row"),
        ("Dư nợ cho vay hộ kinh doanh", "G2", "out_of_reach"),
        ("Lợi nhuận trước thuế", "G2", "out_of_reach"),
    ],
)
def test_trucs_line_counts_by_what_it_is_whatever_it_is_called(name, goal, reason):
    design = read_answer(SET.find("ex08-q8"), lines(name=name, goal=goal, kind="driver"), "vi").value
    reasons = [str(getattr(r, "name", r)) for r in KEY.functions["ex08-q8"](design, KEY.case).reasons]
    assert reason in reasons


def test_the_old_lines_earn_little_in_q8():
    old = [kpi(id, "vi") for id in ("K5", "D6", "P1")]
    rows = [{k: v for k, v in line.items() if k not in ("id", "level", "scorecard", "parent")} for line in old]
    assert marked("ex08-q8", rows, "vi").earned <= 0.5 * SET.find("ex08-q8").points


def test_the_parts_of_q8_told_to_learners_are_the_keys():
    parts = re.search(r"PARTS = {(.+?)}", (KEYS / "ex08.py").read_text("utf-8"))[1]
    wanted = [int(n) for n in re.findall(r": (\d+)", parts)]
    assert sum(wanted) == SET.find("ex08-q8").points
    for word in ("điểm", "points"):
        assert [int(n) for n in re.findall(rf"\((\d+) {word}\)", TEXT)] == wanted


def test_the_weights_left_open_in_q8_are_what_the_key_wants():
    rest = re.search(r"REST = {(.+?)}", (KEYS / "ex08.py").read_text("utf-8"))[1]
    told = re.findall(r"(?:other (?:two|four): )(.+?)\.", SET.find("ex08-q8").ask["en"])
    assert [sum(int(n) for n in re.findall(r" (\d+)", part)) for part in told] == [
        int(n) for n in re.findall(r": (\d+)", rest)
    ]


def test_the_branch_is_not_the_hotel_of_the_lesson():
    hotel = in_one(read_tree(ROOT / "kpikit/views/audit.yaml"), "vi")
    assert not {k["name"] for k in hotel["kpis"]} & {k["name"] for k in table("vi")["kpis"]}
