"""The ``kpikit`` command: each command is one call to the function of its name. Results on stdout, errors on stderr."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from .language import LANGUAGES, Trouble, current, say, use

_DONE = {"vi": "Đã ghi {path}", "en": "Wrote {path}"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    parser = _parser()
    options = parser.parse_args(argv)
    for stream in (sys.stdout, sys.stderr):  # names are Vietnamese wherever the terminal is
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        if lang := getattr(options, "lang", None):
            use(lang)
        return int(options.run(options) or 0)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help="vi or en; else KPIKIT_LANG, else the system's"
    )
    shape = argparse.ArgumentParser(add_help=False)
    shape.add_argument("--format", choices=("text", "json"), default="text", help="how the result is printed")
    parser = argparse.ArgumentParser(
        prog="kpikit",
        parents=[common],
        description=(
            "Đọc một bản thiết kế KPI như một chuyên gia tư vấn. / Read a KPI design the way a consultant would."
        ),
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(
        name: str, run: Any, about: str, example: str, *parents: argparse.ArgumentParser
    ) -> argparse.ArgumentParser:
        own = commands.add_parser(
            name,
            help=about,
            description=about,
            epilog=f"Example: {example}",
            parents=[common, *parents],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        own.set_defaults(run=run)
        return own

    own = command(
        "check",
        _check,
        "The 24 questions on a design; exit 0 all sound, 1 some not, 2 some unreadable.",
        "kpikit check design.yaml --only 2.1,5.3",
        shape,
    )
    own.add_argument("files", nargs="+", metavar="FILE")
    own.add_argument("--case", help="a case whose metric catalogue counts")
    own.add_argument("--only", help="ids of checks, with commas")
    own = command(
        "classify",
        _classify,
        "Outcome, driver, activity or compliance: what a metric's name says.",
        'kpikit classify "Số cuộc gọi mỗi ngày"',
        shape,
    )
    own.add_argument("names", nargs="*", metavar="NAME")
    own.add_argument("--file", help="a text file, a name a line")
    own = command("explain", _explain, "One of the 24 questions in plain words.", "kpikit explain 5.3")
    own.add_argument("id")
    own = command(
        "new", _new, "A design to start from; the suffix says the format.", "kpikit new design.yaml --case distributor"
    )
    own.add_argument("file", metavar="FILE")
    own.add_argument("--case", help="start on this case's AOP")
    own = command(
        "convert", _convert, "A design from one format into another.", "kpikit convert design.yaml design.json"
    )
    own.add_argument("source", metavar="IN")
    own.add_argument("target", metavar="OUT")
    own = command(
        "pace",
        _pace,
        "Is the goal within reach at the present pace, and since when could a miss be seen?",
        "kpikit pace --case distributor --month 6",
        shape,
    )
    own.add_argument("--case", default="distributor", help="a case, or a folder with a metrics.yaml")
    own.add_argument("--metric", help="a sum or a rate with a monthly plan; else that of the primary goal")
    own.add_argument("--month", help="1 to 12, or 2026-06; else the last month with actuals")
    own = command(
        "evidence",
        _evidence,
        "Does an activity move the goal, link by link?",
        "kpikit evidence --case b2b_sales --chain calls",
        shape,
    )
    own.add_argument("--case", default="b2b_sales", help="a case, or a folder with a metrics.yaml")
    own.add_argument("--chain", help="a chain of the case's catalogue, or metrics in order with commas; else its first")
    own.add_argument("--metric", help="the first chain that begins with this metric")
    own.add_argument("--team", help="this unit only")
    own.add_argument("--month", help="data up to this month, such as 2026-06")
    own = command(
        "year", _year, "Run a design through simulated years.", "kpikit year design.yaml --case distributor", shape
    )
    own.add_argument("file", metavar="FILE")
    own.add_argument("--case")
    own.add_argument("--years", type=int, default=1000)
    own.add_argument("--seed", type=int, default=1)
    return parser


def _check(options: argparse.Namespace) -> int:
    from .checklist import check
    from .companies import case as open_case
    from .documents import Unreadable

    only = [i.strip() for i in options.only.split(",") if i.strip()] if options.only else None
    case = open_case(options.case) if options.case else None
    worst, results = 0, []
    for file in options.files:
        try:
            report = check(file, case, only)
        except Unreadable as unreadable:
            worst = 2
            results.append({"file": file, "error": str(unreadable)})
            if options.format == "text":
                print(unreadable, file=sys.stderr)
            continue
        worst = max(worst, int(report.score < len(report.checks)))
        results.append({"file": file, **report.as_dict()})
        if options.format == "text":
            print(f"{file}\n{report.as_text()}")
    if options.format == "json":
        _print_json(results)
    return worst


def _classify(options: argparse.Namespace) -> int:
    from .kinds import classify

    names = [*options.names]
    if options.file:
        try:
            with open(options.file, encoding="utf-8-sig") as f:
                names += [line.strip() for line in f if line.strip()]
        except (OSError, UnicodeDecodeError) as error:
            raise Trouble(
                vi=f"{options.file}: không đọc được ({error}). Hãy đưa tệp chữ UTF-8, mỗi dòng một tên.",
                en=f"{options.file}: cannot be read ({error}). Give a UTF-8 text file, a name a line.",
            ) from None
    if not names:
        raise Trouble(
            vi='Chưa có tên nào. Ví dụ: kpikit classify "Số cuộc gọi mỗi ngày"',
            en='No name was given. Example: kpikit classify "Calls per day"',
        )
    found = [classify(name) for name in names]
    if options.format == "json":
        _print_json(
            [
                {"name": k.name, "kind": k.kind, "confidence": k.confidence, "because": k.because[current()]}
                for k in found
            ]
        )
    else:
        for k in found:
            print(f"{k.kind:<11} {k.confidence:.2f}  {k.name}: {k.because[current()]}")
    return 0


def _explain(options: argparse.Namespace) -> None:
    from .checklist import explain

    print(explain(options.id).as_text(), end="")


def _new(options: argparse.Namespace) -> None:
    from .starting import new

    print(say(_DONE, path=new(options.file, options.case)))


def _convert(options: argparse.Namespace) -> None:
    from .files import load, save

    save(load(options.source), options.target)
    print(say(_DONE, path=options.target))


def _year(options: argparse.Namespace) -> None:
    from .years.result import year

    result = year(options.file, years=options.years, seed=options.seed, case=options.case)
    if options.format == "json":
        _print_json(result.as_dict())
    else:
        print(result)


def _pace(options: argparse.Namespace) -> None:
    from .run_rate import pace

    _print_result(pace(options.case, options.metric, options.month), options.format)


def _evidence(options: argparse.Namespace) -> None:
    from .proof import evidence, starting_with

    chain = options.chain.split(",") if options.chain and "," in options.chain else options.chain
    if options.metric and not chain:
        chain = starting_with(options.case, options.metric)
    _print_result(evidence(options.case, chain, options.team, options.month), options.format)


def _print_result(result: Any, shape: str) -> None:
    if shape == "json":
        _print_json(result.as_dict())
    else:
        print(result.as_text(), end="")


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
