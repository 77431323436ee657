"""The kpikit command, as a person types it: what it prints, where, and its exit code."""

import json

import pytest

from kpikit.cli import main
from kpikit.companies import case
from kpikit.files import load


@pytest.fixture
def sound():
    """The distributor's public sound design."""
    return str(case("distributor").folder / "designs" / "sound.yaml")


@pytest.fixture
def habit():
    """The distributor's habit design."""
    return str(case("distributor").folder / "designs" / "habit.yaml")


def test_check_exits_by_what_it_found(sound, habit, tmp_path, capsys):
    """0 all sound, 1 some not, 2 some unreadable; the unreadable is named on stderr."""
    broken = tmp_path / "broken.yaml"
    broken.write_text("a: [1", "utf-8")
    assert main(["check", sound]) == 0
    assert main(["check", sound, habit]) == 1
    assert main(["check", sound, str(broken)]) == 2
    assert "broken.yaml" in capsys.readouterr().err


def test_check_prints_json_a_program_can_read(habit, tmp_path, capsys):
    """One entry a file: score, verdict, checks with findings, notes; or the error."""
    missing = str(tmp_path / "none.yaml")
    assert main(["check", habit, missing, "--format", "json", "--lang", "en"]) == 2
    first, second = json.loads(capsys.readouterr().out)
    assert first["file"] == habit
    assert first["verdict"] == "paradox"
    assert len(first["checks"]) == 24
    failed = next(c for c in first["checks"] if not c["passed"])
    assert set(failed) == {"id", "group", "passed", "question", "findings"}
    assert set(failed["findings"][0]) == {"where", "why", "mend"}
    assert set(second) == {"file", "error"}


def test_only_some_checks_give_no_verdict(sound, capsys):
    """With --only the score counts the checks asked for and the verdict is null."""
    assert main(["check", sound, "--only", "2.1, 5.3", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)[0]
    assert (report["score"], report["verdict"], len(report["checks"])) == (2, None, 2)


def test_an_unknown_check_or_case_is_named(sound, capsys):
    """A slip is answered with the list, exit 2."""
    assert main(["check", sound, "--only", "9.9", "--lang", "en"]) == 2
    assert "9.9" in capsys.readouterr().err
    assert main(["check", sound, "--case", "nowhere"]) == 2
    assert "distributor" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_new_design_is_readable_and_half_filled(tmp_path, lang, capsys):
    """`kpikit new` gives a file that loads and that check finds wanting, in either format, on a case too."""
    for name, case_ in (
        ("a.yaml", []),
        ("a.json", []),
        ("b.yaml", ["--case", "distributor"]),
        ("b.json", ["--case", "distributor"]),
    ):
        path = tmp_path / f"{lang}-{name}"
        assert main(["new", str(path), "--lang", lang, *case_]) == 0
        assert main(["check", str(path)]) == 1
    assert load(tmp_path / f"{lang}-b.yaml").aop.goals[0].target == 600_000_000_000


def test_new_never_overwrites(tmp_path, capsys):
    """A file that is there stays as it is."""
    path = tmp_path / "mine.yaml"
    path.write_text("company: Mine\n", "utf-8")
    assert main(["new", str(path)]) == 2
    assert path.read_text("utf-8") == "company: Mine\n"


def test_convert_there_and_back_gives_the_same_design(sound, tmp_path):
    """YAML to JSON to YAML says the same."""
    there, back = tmp_path / "d.json", tmp_path / "d.yaml"
    assert main(["convert", sound, str(there)]) == 0
    assert main(["convert", str(there), str(back)]) == 0
    assert load(back) == load(sound)


def test_classify_takes_names_and_files(tmp_path, capsys):
    """Names on the line and in a file, a name a line."""
    names = tmp_path / "names.txt"
    names.write_text("Doanh thu\n\nSố cuộc gọi mỗi ngày\n", "utf-8")
    assert main(["classify", "Conversion rate", "--file", str(names), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [k["kind"] for k in found] == ["driver", "outcome", "activity"]
    assert all(set(k) == {"name", "kind", "confidence", "because"} for k in found)
    assert main(["classify"]) == 2


def test_explain_tells_the_question_and_an_example_each_way(capsys):
    """One question in plain words."""
    assert main(["explain", "5.3", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("5.3 ")


@pytest.mark.parametrize("name", ["check", "classify", "explain", "new", "convert", "pace", "evidence", "year"])
def test_every_command_has_help_with_an_example(name, capsys):
    """`--help` shows how the command is typed."""
    with pytest.raises(SystemExit):
        main([name, "--help"])
    assert f"Example: kpikit {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command", [["pace", "--case", "distributor", "--month", "6"], ["evidence", "--case", "b2b_sales"]]
)
def test_pace_and_evidence_print_text_and_json(command, capsys):
    """What a manager reads, in either language, and the same as JSON."""
    for lang in ("vi", "en"):
        assert main([*command, "--lang", lang]) == 0
        assert len(capsys.readouterr().out.splitlines()) > 8
    assert main([*command, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["case"] == command[2]


@pytest.mark.parametrize("slip", [["pace", "--month", "13"], ["pace", "--metric", "nothing"],
                                  ["evidence", "--chain", "nothing"], ["evidence", "--team", "nobody"],
                                  ["evidence", "--month", "June"], ["evidence", "--metric", "nothing"]])  # fmt: skip
def test_pace_and_evidence_name_a_slip(slip, capsys):
    """A month, metric, chain or team that is not there: one message on stderr, exit 2."""
    assert main([*slip, "--lang", "en"]) == 2
    captured = capsys.readouterr()
    assert captured.err.strip()
    assert not captured.out
