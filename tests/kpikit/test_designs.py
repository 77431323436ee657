"""Design documents: what is saved comes back the same, and what cannot be read is refused in one error."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpikit.checklist import check
from kpikit.documents import Unreadable
from kpikit.files import as_design, load, save
from kpikit.language import LANGUAGES, use

# ---------------------------------------------------------------- saved and loaded

ODD = [
    "Phòng KAM",
    "Pho\u0300ng KAM",
    "null",
    "~",
    "Null",
    "true",
    "no",
    "1.000",
    "1_000",
    "230e9",
    "0x1F",
    "1:30",
    "2027-03-31",
    ".inf",
    "- a",
    "# b",
    "a: b",
    "a #b",
    "'",
    '"',
    "\\",
    "{x}",
    "[x]",
    "*a",
    "&a",
    "!a",
    "%",
    "@",
    "`",
    "|",
    ">",
    "?",
    "…",
    "TBD",
    "không có",
    "\ufeffx",
    "x\u2028y",
    "x\u0085y",
    "a\nb",
    "\ta",
    "x\x07y",
    "😀",
    "\ud800",
    "𝟙",
    "ΑΣ",
    "İ",
    "ﬁ",
    "",
    "  ",
    "dài " * 300,
    "</script>",
    "---",
    "...",
    "=",
    "<<",
    "\u200b",
    "\u00a0",
]
texts = st.one_of(st.sampled_from(ODD), st.text(max_size=30), st.none())
ids = st.sampled_from(["K1", "K2", "K3", "K4", "K9", "G1", "G2", "", None, "k 1"])
finite = st.floats(allow_nan=False, allow_infinity=False)
numbers = st.one_of(
    st.none(),
    st.integers(-(10**18), 10**18),
    finite,
    st.sampled_from([0, 100, 33.4, 1e22, 0.1 + 0.2, "12 tỷ", "1,2 triệu", "1.234,5", ""]),
)
shares = st.one_of(st.none(), st.integers(0, 100), st.sampled_from([33.3, 20.5, "35", "62,5%"]))


def words(*allowed: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, "", *allowed, *(f" {w.upper()} " for w in allowed)])


def mapping(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


def once(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each id in a list once, as a design asks."""
    seen: set[str] = set()
    kept = []
    for part in parts:
        id = (part.get("id") or "").strip()
        if not id or id not in seen:
            kept.append(part)
            seen.add(id)
    return kept


units = st.sampled_from([None, "VND", "khách"])
goals = mapping(
    id=ids, name=texts, role=words("primary", "supporting"), metric=texts, baseline=numbers, target=numbers, unit=units
)
scales = mapping(
    floor=numbers,
    target=numbers,
    stretch=numbers,
    points=st.one_of(st.none(), mapping(floor=numbers, target=numbers, stretch=numbers)),
)
names = st.one_of(texts, st.sampled_from(["Doanh thu MT", "Số cuộc gọi mỗi ngày", "Reports on time"]))
kpis = mapping(
    id=ids,
    name=names,
    metric=texts,
    kind=words("outcome", "driver", "activity", "compliance"),
    goal=ids,
    level=words("company", "department", "individual"),
    scorecard=texts,
    weight=shares,
    contributes=texts,
    parent=st.one_of(ids, st.lists(ids, max_size=3)),
    unit=units,
    formula=texts,
    source=texts,
    lag_days=st.one_of(st.none(), st.integers(0, 90)),
    direction=words("up", "down"),
    baseline=numbers,
    scale=st.one_of(st.none(), scales),
    owner=texts,
    decision=texts,
    cadence=words("daily", "quarterly", "half_yearly"),
    origin=words("aop", "job", "habit"),
    evidence=texts,
)
limits = st.one_of(texts, mapping(text=texts, metric=texts, min=numbers, max=numbers))
aops = mapping(
    priority=texts,
    goals=st.lists(goals, max_size=3).map(once),
    limits=st.lists(limits, max_size=2),
    trade_offs=st.lists(texts, max_size=2),
    budget=st.lists(mapping(item=texts, amount=numbers, goal=ids), max_size=2),
    actions=st.lists(mapping(what=texts, goal=ids, owner=texts, by=texts), max_size=2),
)
links = st.fixed_dictionaries({"from": ids, "to": ids}, optional={"why": texts})
reviews = mapping(
    cadence=words("monthly", "yearly"), analyst=texts, decides=texts, triggers=st.lists(texts, max_size=2)
)
designs = mapping(
    version=st.sampled_from([1, None]),
    company=texts,
    case=st.none(),
    flat=st.booleans(),
    year=st.sampled_from([2027, None, "2027"]),
    aop=st.one_of(st.none(), aops),
    review=reviews,
    kpis=st.lists(kpis, max_size=5).map(once),
    links=st.lists(links, max_size=4),
)


@pytest.fixture(autouse=True)
def spoken() -> None:
    use("en")


def told(design: Any) -> list[dict[str, Any]]:
    report = check(design)
    return [report.as_dict(lang) for lang in LANGUAGES]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=designs)
def test_loading_what_was_saved_gives_the_same_design_and_findings(
    tree: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever a design holds, YAML and JSON give back the same design, and it is found fault with alike."""
    design = as_design(tree, lang="vi")
    folder = tmp_path_factory.mktemp("saved")
    findings = told(design)
    for suffix in (".yaml", ".json"):
        path = folder / f"design{suffix}"
        save(design, path)
        again = load(path)
        assert again == design
        assert told(again) == findings
        first = path.read_bytes()
        save(again, path)
        assert path.read_bytes() == first


@pytest.mark.parametrize("name", ["en_saas__flat_firm", "vi_phanphoi"])
def test_the_formats_say_the_same_of_a_whole_design(name: str, tmp_path: Path) -> None:
    """A whole design, converted to JSON and back to YAML, loses and gains nothing."""
    design = load(Path(__file__).parent / "designs" / f"{name}.yaml")
    save(design, tmp_path / "a.json")
    save(load(tmp_path / "a.json"), tmp_path / "b.yaml")
    assert load(tmp_path / "b.yaml") == design


# ---------------------------------------------------------------- read as people write


def kpi_from(text: str, folder: Path) -> Any:
    (folder / "d.yaml").write_text(f"kpis:\n- {{id: K1, {text}}}\n", encoding="utf-8")
    return load(folder / "d.yaml").kpis[0]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("230e9", 230_000_000_000),
        ("12_000", 12_000),
        ("12_500_000_000", 12_500_000_000),
        ("1234.5", 1234.5),
        ("1.000", 1),
        ("-3", -3),
        ("+5", 5),
        (".5", 0.5),
        ('"1.234,5"', 1234.5),
        ('"1,234.5"', 1234.5),
        ('"12 tỷ"', 12e9),
        ("12 tỷ", 12e9),
        ('"1,2 triệu"', 1_200_000),
        ("12bn", 12e9),
        ("1 tỷ 200 triệu", 1_200_000_000),
        ("22997129274726447", 22_997_129_274_726_447),
        ('"１２ tỷ"', 12e9),
        ("null", None),
        ("''", None),
        ("", None),
        ("~", None),
    ],
)
def test_a_number_is_read_the_way_it_is_written(written: str, read: float | None, tmp_path: Path) -> None:
    """YAML's own numbers and the reader's forms are numbers; nothing written is no number."""
    assert kpi_from(f"unit: VND, baseline: {written}", tmp_path).baseline == read


def test_words_of_a_list_are_known_in_any_case_and_spacing(tmp_path: Path) -> None:
    """Letter case, spaces and hyphens in the words of a list do not matter."""
    kpi = kpi_from("kind: ' OUTCOME ', cadence: Half Yearly, level: Company, direction: DOWN, origin: Aop", tmp_path)
    assert (kpi.kind, kpi.cadence, kpi.level, kpi.direction, kpi.origin) == (
        "outcome",
        "half_yearly",
        "company",
        "down",
        "aop",
    )


def test_empty_null_and_absent_are_one_thing(tmp_path: Path) -> None:
    """A key without a value, null, an empty text, list or mapping says as much as no key."""
    path = tmp_path / "d.yaml"
    path.write_text("company:\nyear: null\naop: {}\nkpis: []\nlinks: ''\nreview: ~\ncase: '  '\n", "utf-8")
    assert load(path) == as_design({}) == as_design(None)


def test_text_is_trimmed_composed_and_without_control_characters() -> None:
    """Names are kept as one form of Unicode, trimmed; what cannot be seen or printed falls away."""
    kpi = as_design({"kpis": [{"name": "  Pho\u0300ng\x07 KAM\r\n"}]}).kpis[0]
    assert kpi.name == "Phòng KAM"


def test_a_file_from_windows_is_read(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends are no fault."""
    (tmp_path / "d.yaml").write_bytes("\ufeffcompany: Hương Việt\r\nyear: 2027\r\n".encode())
    assert load(tmp_path / "d.yaml").company == "Hương Việt"


def test_a_half_filled_design_is_readable() -> None:
    """References that lead nowhere and parts that say nothing fail checks, never the reading."""
    design = as_design({"kpis": [{}, {"parent": ["K9", "K9"], "goal": "G9"}], "links": [{}, {"from": "K1"}]})
    assert check(design).verdict == "paradox"


# ---------------------------------------------------------------- refused

BOMB = "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))])
BAD: dict[str, tuple[str, bytes, str]] = {
    # name: suffix, content, what the English error says of the place or the fault
    "malformed YAML": (".yaml", b"company: [A, B\nyear: 2027\n", "line 2"),
    "a tab as indent": (".yaml", b"aop:\n\tpriority: growth\n", "line 2"),
    "a quote left open": (".yaml", b'company: "A\n', "line 2"),
    "malformed JSON": (".json", b'{"company": }', "line 1"),
    "a binary file": (".yaml", bytes(range(256)) * 4, "UTF-8"),
    "zeros in the text": (".json", b'{"company": "a\0"}', "binary"),
    "a control character": (".yaml", b"company: \x01\n", "malformed"),
    "UTF-16": (".yaml", "company: Hương Việt".encode("utf-16"), "UTF-8"),
    "a huge text": (".yaml", b"company: " + b"a" * 8_000_001, "8 MB"),
    "very many values": (".yaml", b"kpis: [" + b"1, " * 30_000 + b"1]", "20000"),
    "a text that is too long": (".yaml", b"company: " + b"a" * 32_001, "company"),
    "nesting in YAML": (".yaml", b"company: " + b"[" * 5_000 + b"]" * 5_000, "20 levels"),
    "nesting in JSON": (".json", b"[" * 100_000 + b"]" * 100_000, "20 levels"),
    "nesting in JSON just too deep": (".json", b'{"a":' * 21 + b"1" + b"}" * 21, "20 levels"),
    "a tag that would run a command": (
        ".yaml",
        b"company: !!python/object/apply:os.system ['touch hacked']",
        "line 1: tags",
    ),
    "a tag of one's own": (".yaml", b"year: 2027\ncompany: !x y\n", "line 2: tags"),
    "an anchor": (".yaml", b"company: &a x\n", "line 1: anchors"),
    "an alias": (".yaml", b"company: *a\n", "line 1: anchors"),
    "an alias bomb": (".yaml", BOMB.encode(), "line 1: anchors"),
    "a merge key": (".yaml", b"aop: {<<: {priority: growth}}\n", "<<"),
    "a key twice": (".yaml", b"company: A\nyear: 2027\ncompany: B\n", "line 3: the key “company”"),
    "a key twice inside": (".yaml", b"kpis:\n- {id: K1, weight: 1, weight: 2}\n", "line 2: the key “weight”"),
    "a key twice in JSON": (".json", b'{"company": "A", "company": "B"}', "“company”"),
    "a key in two Unicode forms": (".json", '{"k\u1ebf": 1, "ke\u0302\u0301": 2}'.encode(), "twice"),
    "several documents": (".yaml", b"company: A\n---\ncompany: B\n", "line 2: several documents"),
    "a list as a key": (".yaml", b"? [a, b]\n: c\n", "line 1"),
    "a list instead of a design": (".yaml", b"- a\n- b\n", "no KPI design"),
    "a word instead of a design": (".json", b'"hello"', "no KPI design"),
    "an unknown key": (".yaml", b"compny: A\n", "compny"),
    "an unknown key in a KPI": (".yaml", b"kpis:\n- {id: K1}\n- {id: K2, gaol: G1}\n", "kpis #2 (K2) › gaol"),
    "a list where a text belongs": (".yaml", b"company: [A]\n", "company"),
    "a mapping where a list belongs": (".yaml", b"kpis: {id: K1}\n", "kpis"),
    "a number where a scale belongs": (".yaml", b"kpis:\n- {id: K1, scale: 5}\n", "kpis #1 (K1) › scale"),
    "a word where a KPI belongs": (".yaml", b"kpis:\n- K1\n", "kpis #1"),
    "a word where yes or no belongs": (".yaml", b"flat: maybe\n", "flat"),
    "a kind outside its list": (".yaml", b"kpis:\n- {id: K1, kind: result}\n", "activity, compliance"),
    "a level outside its list": (".yaml", b"kpis:\n- {id: K1, level: team}\n", "department, individual"),
    "a cadence outside its list": (".yaml", b"review: {cadence: sometimes}\n", "review › cadence"),
    "an origin outside its list": (".yaml", b"kpis:\n- {id: K1, origin: boss}\n", "aop, job, habit"),
    "a direction outside its list": (".yaml", b"kpis:\n- {id: K1, direction: left}\n", "up, down"),
    "a role outside its list": (".yaml", b"aop: {goals: [{id: G1, role: main}]}\n", "goals #1 (G1) › role"),
    "a KPI's id twice": (".yaml", b"kpis:\n- {id: K1}\n- {id: ' K1 '}\n", "“K1”"),
    "a goal's id twice": (".yaml", b"aop: {goals: [{id: G1}, {id: G1}]}\n", "aop › goals: The id “G1”"),
    "an infinite weight": (".yaml", b"kpis:\n- {id: K1, weight: .inf}\n", "kpis #1 (K1) › weight"),
    "no number at all": (".yaml", b"kpis:\n- {id: K1, baseline: .nan}\n", "kpis #1 (K1) › baseline"),
    "NaN in JSON": (".json", b'{"kpis": [{"id": "K1", "weight": NaN}]}', "kpis #1 (K1) › weight"),
    "Infinity in JSON": (".json", b'{"kpis": [{"id": "K1", "weight": -Infinity}]}', "kpis #1 (K1) › weight"),
    "a number beyond measure": (".json", b'{"kpis": [{"id": "K1", "weight": 1e999}]}', "#1 (K1) › weight"),
    "a number of 5,000 digits": (".json", b'{"year": ' + b"9" * 5_000 + b"}", "year"),
    "true as a number": (".yaml", b"kpis:\n- {id: K1, weight: true}\n", "kpis #1 (K1) › weight"),
    "false as a number in JSON": (".json", b'{"kpis": [{"scale": {"floor": false}}]}', "scale › floor"),
    "a number of two readings": (".yaml", b'kpis:\n- {id: K1, scale: {target: "1.000"}}\n', "1000 or 1"),
    "another version": (".yaml", b"version: 2\n", "version"),
    "a suffix the kit does not read": (".txt", b"company: A\n", ".yaml"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_refused_by_name_and_place(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One error names the file, the place or the fault, in both languages; nothing in the file is run."""
    monkeypatch.chdir(tmp_path)
    suffix, content, says = BAD[name]
    path = tmp_path / f"thiết kế{suffix}"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        load(path)
    assert refused.value.file == str(path)
    for lang in LANGUAGES:
        assert refused.value.words[lang].startswith(str(path))
    assert says in str(refused.value)
    assert len(str(refused.value)) < 1_000
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_missing_file_and_a_folder_are_refused_too(tmp_path: Path) -> None:
    """What is not there or is no file gives the same one error."""
    for path in (tmp_path / "not there.yaml", tmp_path):
        with pytest.raises(Unreadable) as refused:
            load(path)
        assert str(path) in str(refused.value)


def test_all_faults_of_a_design_are_named_at_once_but_not_endlessly() -> None:
    """Several faults stand in one error, at most five of them in full, the rest counted."""
    with pytest.raises(Unreadable) as refused:
        as_design({"kpis": [{"id": f"K{n}", "weight": "much"} for n in range(12)]}, "mine")
    assert len(refused.value.faults) == 12
    assert str(refused.value).count("mine: kpis #") == 5
    assert "7 more" in str(refused.value)


def test_saving_in_a_format_the_kit_does_not_write_leaves_no_file(tmp_path: Path) -> None:
    """A suffix that is not written is refused, and nothing is left behind."""
    with pytest.raises(Unreadable):
        save({"company": "A"}, tmp_path / "design.docx")
    assert not list(tmp_path.iterdir())
