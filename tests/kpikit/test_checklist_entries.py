"""The words of the checklist: every check and problem has them, in both languages, and all can be told."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from string import Formatter
from typing import Any

import pytest

from kpikit.checklist import CHECKS, IDS, check, explain
from kpikit.checklist.problem import NOTES
from kpikit.checklist.words import GROUPS, REMARKS, entries, entry
from kpikit.language import LANGUAGES
from kpikit.report import Finding

ALL = {**CHECKS, **NOTES}
# half, 6, 12, 7, 20%, 5, ties, who must beat a baseline
HOUSE_RULES = ("1.1", "3.3", "4.2", "5.1", "5.2", "5.3", "6.1", "6.2")


def names_yielded(judge: Any) -> set[str]:
    """The names of the problems that a check's source can yield, its module's own helpers included."""
    tree = ast.parse(inspect.getsource(import_module(judge.__module__)))
    functions = {f.name: f for f in tree.body if isinstance(f, ast.FunctionDef)}
    waiting, seen, found = [judge.__name__], set(), set()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in functions:
            continue
        seen.add(name)
        for node in ast.walk(functions[name]):
            if isinstance(node, ast.Name):
                waiting.append(node.id)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                found |= set(constants(node.args[0]))
    return found


def constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)
    else:
        assert isinstance(node, ast.Constant), "a problem's name stands in the source as it is"
        yield str(node.value)


def texts(tree: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in both languages below an entry, with its path; designs are not texts."""
    if isinstance(tree, dict) and set(tree) & set(LANGUAGES):
        yield path, tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if key not in ("passes", "fails"):
                yield from texts(value, f"{path}/{key}")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def findings(id: str) -> list[tuple[str, Finding]]:
    """The findings of a check or note on all of its failing examples, with the example's name."""
    found = []
    for example in entry(id)["fails"]:
        report = check(example["design"], only=[id] if id in CHECKS else None)
        of_id = report.checks[0].findings if id in CHECKS else [n.finding for n in report.notes if n.id == id]
        found += [(example["name"], finding) for finding in of_id]
    return found


def test_each_check_has_an_entry_and_each_entry_a_check() -> None:
    """The entries of the groups are the 24 checks, each in its group's file; the notes' are the notes."""
    for number, module in enumerate(GROUPS, 1):
        assert list(entries(module)) == [i for i in IDS if i.startswith(f"{number}.")]
    assert {id for module in REMARKS for id in entries(module)} == set(NOTES)
    assert len(IDS) == 24


@pytest.mark.parametrize("id", ALL)
def test_each_problem_of_a_check_has_its_words_and_no_words_lie_idle(id: str) -> None:
    """The problems that a check yields in its source are those its entry words, one for one."""
    assert set(entry(id)["problems"]) == names_yielded(ALL[id])


@pytest.mark.parametrize("id", ALL)
def test_each_problem_is_shown_by_an_example(id: str) -> None:
    """Every problem of a check occurs in one of its failing examples."""
    occur = {problem.name for _, finding in findings(id) for problem in finding.tell.args[1]}  # type: ignore
    assert occur >= set(entry(id)["problems"])


@pytest.mark.parametrize("id", [*ALL, "shared"])
def test_both_languages_say_the_same(id: str) -> None:
    """Every text stands in Vietnamese and in English, not empty, with the same places."""
    tree = entries("shared") if id == "shared" else entry(id)
    for path, words in texts(tree):
        assert set(words) == set(LANGUAGES), path
        assert all(text and text.strip() for text in words.values()), path
        assert places(words["vi"]) == places(words["en"]), path


@pytest.mark.parametrize("id", IDS)
def test_a_check_explains_itself(id: str) -> None:
    """`explain` shows question, reason and an example each way, in both languages, no place left open."""
    for lang in LANGUAGES:
        shown = explain(id).as_text(lang)
        assert shown.startswith(id)
        for part in ("question", "why", "bad", "good"):
            assert entry(id)[part][lang] in shown
        assert "{" not in shown
    assert f"<h4>{id} " in explain(id)._repr_html_()


@pytest.mark.parametrize("id", IDS)
def test_an_explanation_is_short_and_says_where_the_house_drew_the_line(id: str) -> None:
    """A reason is two to five sentences; it speaks of a house rule where the line is ours, and only there."""
    why = entry(id)["why"]
    assert ("quy ước của bộ học liệu này" in why["vi"]) == (id in HOUSE_RULES)
    assert ("house rule" in why["en"]) == (id in HOUSE_RULES)
    for text in why.values():
        assert 2 <= sum(text.count(end) for end in (". ", "? ", "! ")) + 1 <= 5


def test_what_a_check_cannot_judge_it_says() -> None:
    """5.1 and 5.2 grant that compliance may be the job; 7.2 that it cannot read a job description."""
    for id in ("5.1", "5.2"):
        assert "kiểm toán" in entry(id)["why"]["vi"] and "audit" in entry(id)["why"]["en"]
    assert "JD" in entry("7.2")["question"]["vi"] and "job description" in entry("7.2")["question"]["en"]
    assert "không tự kiểm được" in entry("7.2")["why"]["vi"] and "cannot check" in entry("7.2")["why"]["en"]


@pytest.mark.parametrize("name", ["missing", "order_up", "order_down"])
def test_a_line_never_to_be_crossed_belongs_to_the_limits(name: str) -> None:
    """Every mend of 6.3 says where an absolute line belongs."""
    mend = entry("6.3")["problems"][name]["mend"]
    assert "giới hạn của AOP" in mend["vi"] and "limits of the AOP" in mend["en"]


@pytest.mark.parametrize("id", ALL)
def test_every_finding_can_be_told(id: str) -> None:
    """On all failing examples why and mend come out in both languages, whole sentences, nothing left open."""
    told = findings(id)
    assert told
    for name, finding in told:
        for lang in LANGUAGES:
            for text in finding.tell(lang):
                assert text.endswith((".", "?", "…")) and text[0] == text[0].upper(), name
                assert not any(mark in text for mark in ("{", "}", "None", "[", "  ", "“”")), (name, text)


@pytest.mark.parametrize("id", ALL)
def test_a_mend_names_the_part_it_mends(id: str) -> None:
    """A finding about a KPI or a goal names it, so that it can be found in the design."""
    for example in entry(id)["fails"]:
        design = example["design"]
        parts = [*design.get("kpis", []), *design.get("aop", {}).get("goals", [])]
        report = check(design, only=[id] if id in CHECKS else None)
        of_id = report.checks[0].findings if id in CHECKS else [n.finding for n in report.notes if n.id == id]
        for finding in of_id:
            for part in [p for p in parts if p.get("id") == finding.where]:
                assert (part.get("name") or part["id"]) in " ".join(finding.tell("vi"))


@pytest.mark.parametrize("id", ALL)
def test_an_entry_has_examples_both_ways(id: str) -> None:
    """At least two designs pass and two fail, each with a name that no other example of the check bears."""
    assert len(entry(id)["passes"]) >= 2 and len(entry(id)["fails"]) >= 2
    names = [e["name"] for sort in ("passes", "fails") for e in entry(id)[sort]]
    assert len(set(names)) == len(names)
    assert all(e["where"] for e in entry(id)["fails"])


def test_managers_read_no_programmers_words() -> None:
    """No text speaks of file formats or field names, nor calls things by words that managers do not use."""
    avoid = (
        "YAML",
        "JSON",
        "null",
        "field",
        "KPI cha",
        "thác",
        "đầu ra",
        "cống hiến",
        "chủ sở hữu",
        "thẻ điểm",
        "hằng năm",
        "hằng tháng",
        "tỉ lệ",
        "điều khiển",
        "kích hoạt",
        "số đo",
        "viễn cảnh",
    )
    for module in (*GROUPS, *REMARKS, "shared"):
        for path, words in texts(entries(module)):
            for text in words.values():
                assert not [w for w in avoid if w in text], (module, path, text)
