"""Makes the sample class's hand-ins, each file byte for byte the same at every run: ``python -m autograder.demo.make``.

Who is who: an strong, zip · Bình average, a Moodle folder · chi average, notebook only · dung weak, answers only ·
emily strong, English · frank average, English, zip · giang the whole twin of hai, whose notebook lost, doubled and
retyped cells · khanh writes numbers like 1.234,5 · lan writes one that has two readings · minh saved by another
program in an older format · nam cut short · oanh a binary file · phuc tries to cheat, quynh gave his honest answers ·
tam handed in nothing but the untouched file · uyen of the class list handed in nothing.
"""

from __future__ import annotations

import copy
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from kpikit.documents import as_yaml
from kpikit.sources import MIME

from ..score import load_keys
from . import EXERCISE, HAND_INS, STUDENTS
from .writing import WRITING

ROOT = Path(__file__).resolve().parents[2]

SORTED = {item: str(group) for item, group in load_keys(EXERCISE).entries["ex01-q1"]["model"].items()}
TEXT_VI = (
    "Đội 2 gọi từ 33.850 lên 44.730 cuộc mà khách hàng tiềm năng chất lượng vẫn 2.490 rồi 2.482, nên mắt xích đầu đã "
    "đứt. Số cuộc gọi cho biết các em bận tới đâu, không cho biết mình gần hay xa doanh thu, và đó không phải lỗi của "
    "ai. Chị đưa lên bảng số khách hàng tiềm năng chất lượng trên 100 cuộc gọi: tụt hai tháng liền thì đổi kịch bản và "
    "danh sách gọi. Ba tháng liền gọi nhiều hơn mà khách tiềm năng và đơn cùng lên thì chị trả lại KPI ấy."
)
TEXT_EN = (
    "Calls rose from 33,850 to 44,730 while qualified leads went from 2,490 to 2,482, so the first link is broken. Calls "
    "tell how busy you are, not whether we are nearer to revenue, and nobody is to blame for that. Qualified leads per "
    "100 calls take their place: two weak months and we change the list and the script. Show me three months in which "
    "more calls bring more leads and then more orders, and the calls come back."
)
TABLE_VI = [
    {
        "name": "Doanh thu cà phê rang",
        "kind": "outcome",
        "goal": "G1",
        "floor": "20,5 tỷ",
        "target": "22,5 tỷ",
        "stretch": "24 tỷ",
        "decision": "Chuyển hai người từ nếm thử sang chỉnh máy khi hụt hai tháng liền",
    },
    {
        "name": "Lượng cà phê mỗi quán mua trong tháng",
        "kind": "driver",
        "goal": "G1",
        "floor": "38",
        "target": "42",
        "stretch": "46",
        "decision": "Hẹn chỉnh máy lần hai cho các quán dưới ngưỡng trong tuần",
    },
    {
        "name": "Tỷ lệ quán còn mua sau 12 tháng",
        "kind": "outcome",
        "goal": "G2",
        "floor": "84%",
        "target": "88%",
        "stretch": "91%",
        "decision": "Giám đốc gọi từng quán sắp bỏ và đổi điều khoản giao hàng",
    },
]
TABLE_EN = [
    {
        "name": "Roasted coffee revenue",
        "kind": "outcome",
        "goal": "G1",
        "floor": "20.5bn",
        "target": "22.5bn",
        "stretch": "24bn",
        "decision": "Move two people from tastings to machine tuning after two short months",
    },
    {
        "name": "Coffee bought per café per month",
        "kind": "driver",
        "goal": "G1",
        "floor": "38",
        "target": "42",
        "stretch": "46",
        "decision": "Book a second tuning for every café under the floor within the week",
    },
    {
        "name": "Cafés still buying after 12 months",
        "kind": "outcome",
        "goal": "G2",
        "floor": "84%",
        "target": "88%",
        "stretch": "91%",
        "decision": "Diệp calls each café about to leave and changes its delivery terms",
    },
]


def kpis(table: list[dict[str, str]]) -> list[dict[str, Any]]:
    """A short table as a design's KPIs: floor, target and stretch belong to the scale."""
    lines = ("floor", "target", "stretch")
    return [
        {k: v for k, v in row.items() if k not in lines} | {"scale": {k: row[k] for k in lines if k in row}}
        for row in table
    ]


def strong(lang: str) -> dict[str, Any]:
    """Nearly everything right, numbers in the reader's form."""
    return {
        "ex01-q1": SORTED,
        "ex01-q2": "drop_blind",
        "ex01-q3": "keep_where",
        "ex01-q4": "drop_to_rules",
        "ex01-q5": "73,2%" if lang == "vi" else "73.2%",
        "ex01-q6": TEXT_VI if lang == "vi" else TEXT_EN,
        "ex01-q7": kpis(TABLE_VI if lang == "vi" else TABLE_EN),
    }


def average(lang: str) -> dict[str, Any]:
    """The usual slips: names believed, the gap for the attainment, one decision that is only talk."""
    table = copy.deepcopy(TABLE_VI if lang == "vi" else TABLE_EN)
    table[1]["decision"] = "Họp lại" if lang == "vi" else "Discuss it"
    return strong(lang) | {
        "ex01-q1": SORTED | {"m02": "activity", "m05": "outcome", "m12": "compliance"},
        "ex01-q3": "keep_easy",
        "ex01-q5": "26,8%" if lang == "vi" else "26.8%",
        "ex01-q7": kpis(table),
    }


def own(who: str, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers in this learner's own words; a decision that is only talk stays."""
    text, decisions = WRITING[who]
    rows = [
        row if row["decision"] in ("Họp lại", "Discuss it") else row | {"decision": decision}
        for row, decision in zip(answers["ex01-q7"], decisions, strict=True)
    ]
    return answers | {"ex01-q6": text, "ex01-q7": rows}


def weak() -> dict[str, Any]:
    """Busy numbers taken for results, the plan for the whole year, half of it left open."""
    return {
        "ex01-q1": SORTED
        | dict.fromkeys(("m02", "m03", "m05", "m08", "m09"), "outcome")
        | {"m07": "driver", "m10": "driver"},
        "ex01-q2": "keep_effort",
        "ex01-q3": "drop_money",
        "ex01-q4": "keep_bonus",
        "ex01-q5": "80,1",
        "ex01-q7": kpis(
            [
                {"name": "Số buổi nếm thử", "kind": "outcome", "goal": "G1", "target": "15", "decision": "Cố gắng hơn"},
                {"name": "Số bài đăng mạng xã hội", "kind": "driver", "goal": "G1", "target": "20"},
            ]
        ),
    }


# ---------------------------------------------------------------- files


def record(answers: dict[str, Any], lang: str, learner: str, saved: str) -> str:
    """The content of an answers.yaml."""
    return as_yaml(
        {
            "version": 1,
            "exercise": EXERCISE,
            "lang": lang,
            "learner": {"id": learner},
            "saved": saved,
            "answers": answers,
        }
    )


def notebook(answers: dict[str, Any], lang: str, saved: str) -> dict[str, Any]:
    """The exercise's notebook as a learner saves it: the answers in its outputs."""
    tree: dict[str, Any] = json.loads((ROOT / "exercises" / lang / EXERCISE / f"{EXERCISE}.ipynb").read_text("utf-8"))
    for cell in tree["cells"]:
        id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if id in answers:
            cell["outputs"] = [bundle(id, answers[id], saved)]
            cell["execution_count"] = 2
    return tree


def bundle(id: str, answer: Any, saved: str) -> dict[str, Any]:
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {MIME: {"question": id, "answer": answer, "saved": saved}, "text/plain": [f"{id}: đã lưu / saved"]},
    }


def as_notebook(tree: Any) -> bytes:
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip without times of its own, so that it is the same at every run."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2027, 1, 12, 9, 30, 0)), data)
    return held.getvalue()


def damaged(tree: dict[str, Any]) -> dict[str, Any]:
    """Text cells deleted, a question doubled with an older answer, a text retyped to code, a question to raw text."""
    cells = tree["cells"]
    asked = [c for c in cells if "nbgrader" in c["metadata"]]
    texts = [c for c in cells if c["cell_type"] == "markdown"]
    kept = [c for c in cells if c not in texts[2:4]]
    older = copy.deepcopy(asked[4])
    older["outputs"] = [bundle("ex01-q5", "9", "2027-01-10T08:00:00+07:00")]
    older["id"] = "doubled"
    kept.insert(kept.index(asked[4]) + 1, older)
    texts[-1] |= {"cell_type": "code", "outputs": [], "execution_count": None}
    asked[1]["cell_type"] = "raw"
    asked[0]["source"] = ["# tôi sửa ô này\n", 'kpikit.ask("ex01-q1")']
    asked[0]["metadata"].pop("nbgrader")
    return tree | {"cells": kept}


def older_format(tree: dict[str, Any]) -> dict[str, Any]:
    """The notebook as a program of nbformat 3 writes it: worksheets, input for source, MIME values as text."""
    cells = []
    for cell in tree["cells"]:
        old = {"cell_type": cell["cell_type"], "metadata": {}}
        old |= (
            {"input": cell["source"], "language": "python", "outputs": []}
            if cell["cell_type"] == "code"
            else {"source": cell["source"]}
        )
        for output in cell.get("outputs", []):
            old["outputs"].append(
                {"output_type": "display_data", "metadata": {}, MIME: json.dumps(output["data"][MIME])}
            )
        cells.append(old)
    return {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": cells, "metadata": {}}],
    }


CHEAT = """import pathlib, kpikit
pathlib.Path("CHEATED").write_text("this hand-in was run")
for book in pathlib.Path("/").glob("**/gradebook.db"):
    book.unlink()
import autograder.score
autograder.score.score = lambda *a, **k: 100
kpikit.check = lambda *a, **k: 100
print(100)
"""


def cheat(tree: dict[str, Any]) -> dict[str, Any]:
    """Code that would patch the kit, print 100 and delete the gradebook; forged outputs, points and scores."""
    forged = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": ["100"]}}
    run = {
        "cell_type": "code",
        "id": "cheat",
        "metadata": {},
        "execution_count": 1,
        "outputs": [forged],
        "source": CHEAT.splitlines(keepends=True),
    }
    for cell in tree["cells"]:
        if locks := cell["metadata"].get("nbgrader"):
            locks |= {"points": 1000, "solution": False, "checksum": "0" * 32}
            cell["outputs"].append(forged)
    tree["metadata"]["kpikit"]["graded"] = {
        "questions": [{"id": "ex01-q1", "earned": 100, "points": 100}],
        "status": "graded",
    }
    return tree | {"cells": [run, *tree["cells"]]}


def hand_ins() -> dict[str, bytes]:
    """Every file of the sample class by its path."""
    at = "2027-01-12T09:30:00+07:00"
    numbers = strong("vi") | {
        "ex01-q1": SORTED | {"m05": "outcome"},
        "ex01-q5": "73,243",
        "ex01-q7": kpis(
            [
                row | lines
                for row, lines in zip(
                    TABLE_VI,
                    (
                        {"floor": "20.500.000.000", "target": "22.500.000.000", "stretch": "24.000.000.000"},
                        {"floor": "1.134,5", "target": "1.234,5", "stretch": "1.334,5"},
                        {"floor": "84,5%", "target": "88%", "stretch": "91,5%"},
                    ),
                    strict=True,
                )
            ]
        ),
    }
    numbers = own("khanh", numbers)
    two_readings = own("lan", average("vi")) | {"ex01-q5": "73.243", "ex01-q2": "drop_work"}
    honest = own("phuc", average("vi")) | {"ex01-q2": "keep_green"}
    whole = notebook(own("giang", average("vi")), "vi", at)
    moodle = "Trần Thị Bình_10432_assignsubmission_file"
    return {
        "an.nguyen/ex01-an.nguyen.zip": zipped(
            {
                "answers.yaml": record(strong("vi"), "vi", "an.nguyen", at).encode(),
                "ex01.ipynb": as_notebook(notebook(strong("vi"), "vi", at)),
            }
        ),
        f"{moodle}/answers.yaml": record(
            own("binh", average("vi")) | {"ex01-q4": "drop_reports"}, "vi", "binh.tran", at
        ).encode(),
        "ex01-chi.le.ipynb": as_notebook(notebook(own("chi", average("vi")) | {"ex01-q3": "keep_where"}, "vi", at)),
        "dung.pham/answers.yaml": record(weak(), "vi", "dung.pham", at).encode(),
        "emily.tran/answers.yaml": record(strong("en"), "en", "emily.tran", at).encode(),
        "ex01-frank.vo.zip": zipped(
            {"answers.yaml": record(own("frank", average("en")), "en", "frank.vo", at).encode()}
        ),
        "giang.do/ex01.ipynb": as_notebook(whole),
        "hai.bui/ex01.ipynb": as_notebook(damaged(copy.deepcopy(whole))),
        "khanh.ly/answers.yaml": record(numbers, "vi", "khanh.ly", at).encode(),
        "lan.ngo/answers.yaml": record(two_readings, "vi", "lan.ngo", at).encode(),
        "minh.vu/ex01.ipynb": as_notebook(
            older_format(notebook(own("minh", strong("vi")) | {"ex01-q4": "keep_discipline"}, "vi", at))
        ),
        "nam.ho/ex01.ipynb": as_notebook(notebook(strong("vi"), "vi", at))[:6000],
        "oanh.dang/ex01.ipynb": bytes(range(256)) * 12,
        "phuc.dinh/ex01.ipynb": as_notebook(cheat(notebook(honest, "vi", at))),
        "quynh.mai/ex01.ipynb": as_notebook(notebook(honest, "vi", at)),
        "tam.cao/ex01.ipynb": as_notebook(notebook({}, "vi", at)),
    }


STUDENT_LINES = """id,name,email
an.nguyen,Nguyễn Văn An,an.nguyen@example.com
binh.tran,Trần Thị Bình,binh.tran@example.com
chi.le,Lê Mai Chi,chi.le@example.com
dung.pham,Phạm Tiến Dũng,dung.pham@example.com
emily.tran,Emily Trần,emily.tran@example.com
frank.vo,Frank Võ,frank.vo@example.com
giang.do,Đỗ Hương Giang,giang.do@example.com
hai.bui,Bùi Thanh Hải,hai.bui@example.com
khanh.ly,Lý Gia Khánh,khanh.ly@example.com
lan.ngo,Ngô Ngọc Lan,lan.ngo@example.com
minh.vu,Vũ Quang Minh,minh.vu@example.com
nam.ho,Hồ Hoài Nam,nam.ho@example.com
oanh.dang,Đặng Kiều Oanh,oanh.dang@example.com
phuc.dinh,Đinh Gia Phúc,phuc.dinh@example.com
quynh.mai,Mai Như Quỳnh,quynh.mai@example.com
tam.cao,Cao Minh Tâm,tam.cao@example.com
uyen.ta,Tạ Tú Uyên,uyen.ta@example.com
"""


def main() -> None:
    """Write the sample class anew."""
    shutil.rmtree(HAND_INS, ignore_errors=True)
    for name, data in hand_ins().items():
        path = HAND_INS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    STUDENTS.write_text(STUDENT_LINES, "utf-8")


if __name__ == "__main__":
    main()
