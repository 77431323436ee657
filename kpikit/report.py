"""What a check gives: score, verdict, findings and notes, shown as text, HTML or JSON in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from .language import current, say

TOLD = 3  # findings of one check or note told in full; the other places are named (JSON has them all)
WARN_GROUPS = {"2", "5", "7"}  # F9: caught here, the paradox is almost certain
RISK_BELOW = 0.70  # F9: of the questions ticked

GROUP_NAMES = {
    "1": {"vi": "Nền tảng AOP", "en": "Foundation"},
    "2": {"vi": "Gắn với AOP", "en": "Tie to the AOP"},
    "3": {"vi": "Kết quả và đòn bẩy", "en": "Outcome and lever"},
    "4": {"vi": "Số lượng", "en": "Number"},
    "5": {"vi": "Trọng số", "en": "Weight"},
    "6": {"vi": "Thang đo", "en": "Scale"},
    "7": {"vi": "Phân bổ xuống các cấp", "en": "Cascade"},
    "8": {"vi": "Nhịp theo dõi", "en": "Rhythm"},
}
VERDICTS = {
    "sound": {"vi": "Cả 24 câu đều đạt: bản thiết kế vững.", "en": "All 24 questions ticked: the design is sound."},
    "gaps": {
        "vi": "Phần lớn đã đạt; những chỗ còn hở nêu bên dưới.",
        "en": "Most of it stands; the gaps are named below.",
    },
    "at_risk": {
        "vi": "Dưới 70% số câu đạt: hệ thống KPI này có rủi ro cao.",
        "en": "Under 70% ticked: this KPI system is at high risk.",
    },
    "paradox": {
        "vi": "Nhóm 2, 5 hoặc 7 còn câu chưa đạt: hầu như chắc chắn công ty sẽ rơi vào nghịch lý “đạt KPI nhưng không đạt mục tiêu”.",
        "en": "Caught in group 2, 5 or 7: it is almost certain to meet the paradox, KPIs met and the goal missed.",
    },
}
_WORDS = {
    "part": {
        "vi": "Chỉ chạy {n} câu được hỏi: đạt {score}.",
        "en": "Only what was asked was run ({n}): {score} ticked.",
    },
    "bad": {"vi": "Chưa đạt", "en": "Not yet"},
    "good": {"vi": "Đạt", "en": "Ticked"},
    "mend": {"vi": "Cách sửa", "en": "Mend"},
    "same": {"vi": "Cũng vậy ở {n} chỗ nữa: {places}", "en": "The same at {n} more: {places}"},
    "notes": {"vi": "Ghi chú thêm, không tính điểm", "en": "Notes beside the score"},
    "of": {"vi": "Đạt {score} trên {n} câu", "en": "{score} of {n} questions ticked"},
}


@dataclass(frozen=True)
class Finding:
    """One failing place: ``where`` it is; ``tell(lang)`` gives why it matters and how to mend it."""

    where: str
    tell: Callable[[str], tuple[str, str]]

    def as_dict(self, lang: str) -> dict[str, str]:
        why, mend = self.tell(lang)
        return {"where": self.where, "why": why, "mend": mend}


@dataclass(frozen=True)
class Checked:
    """One of the 24 questions, answered: passed where it has no finding."""

    id: str
    question: Callable[[str], str]
    findings: list[Finding]

    @property
    def group(self) -> str:
        return self.id[0]

    @property
    def passed(self) -> bool:
        return not self.findings


@dataclass(frozen=True)
class Note:
    """A remark that never changes the score."""

    id: str
    finding: Finding

    def as_dict(self, lang: str) -> dict[str, str]:
        return {"id": self.id, **self.finding.as_dict(lang)}


@dataclass(frozen=True)
class Report:
    """What `kpikit.check` gives. Print it, show it in a notebook, or take `as_dict()` for JSON."""

    company: str
    checks: list[Checked]
    notes: list[Note]
    whole: bool = True  # all 24 were run

    @property
    def score(self) -> int:
        """Questions ticked."""
        return sum(c.passed for c in self.checks)

    @cached_property
    def warnings(self) -> list[str]:
        """Those of the checklist's two warnings that hold (F9), the graver first."""
        found = []
        if any(not c.passed and c.group in WARN_GROUPS for c in self.checks):
            found.append("paradox")
        if self.score < RISK_BELOW * len(self.checks):
            found.append("at_risk")
        return found

    @property
    def verdict(self) -> str | None:
        """``sound``, ``gaps``, ``at_risk`` or ``paradox`` (F9); None where only some checks were run."""
        if not self.whole:
            return None
        if self.warnings:
            return self.warnings[0]
        return "sound" if self.score == len(self.checks) else "gaps"

    @property
    def failing(self) -> dict[str, list[str]]:
        """The failing checks and their places: ``{"5.3": ["Phòng KAM"]}``."""
        return {c.id: [f.where for f in c.findings] for c in self.checks if not c.passed}

    def as_dict(self, lang: str | None = None) -> dict[str, Any]:
        """The report as plain values, as ``kpikit check --format json`` prints it."""
        lang = lang or current()
        return {
            "score": self.score,
            "verdict": self.verdict,
            "checks": [
                {
                    "id": c.id,
                    "group": c.group,
                    "passed": c.passed,
                    "question": c.question(lang),
                    "findings": [f.as_dict(lang) for f in c.findings],
                }
                for c in self.checks
            ],
            "notes": [n.as_dict(lang) for n in self.notes],
        }

    def summary(self, lang: str | None = None) -> list[str]:
        """The sentences at the top: the score, then the verdict or both of the checklist's warnings."""
        lang = lang or current()
        facts = {"score": self.score, "n": len(self.checks)}
        if not self.whole:
            return [say(_WORDS["part"], lang, **facts)]
        told = self.warnings or [self.verdict or "gaps"]
        return [say(_WORDS["of"], lang, **facts) + ".", *(VERDICTS[v][lang] for v in told)]

    @property
    def _noted(self) -> list[list[Finding]]:
        """The notes' findings, those of one note together."""
        return [[n.finding for n in self.notes if n.id == id] for id in dict.fromkeys(n.id for n in self.notes)]

    def as_text(self, lang: str | None = None) -> str:
        """The report for a terminal or an e-mail."""
        lang = lang or current()
        lines = [self.company, *self.summary(lang)]
        group = ""
        for c in self.checks:
            if c.group != group:
                group = c.group
                lines += ["", f"{group}. {GROUP_NAMES[group][lang]}"]
            lines.append(f"  {'✓' if c.passed else '✗'} {c.id} {c.question(lang)}")
            for finding in c.findings[:TOLD]:
                lines += _told(finding, lang)
            if rest := c.findings[TOLD:]:
                lines.append(f"      {_the_same(rest, lang)}")
        if self.notes:
            lines += ["", _WORDS["notes"][lang]]
            for findings in self._noted:
                for finding in findings[:TOLD]:
                    lines += _told(finding, lang)
                if rest := findings[TOLD:]:
                    lines.append(f"      {_the_same(rest, lang)}")
        return "\n".join(lines).strip() + "\n"

    def __str__(self) -> str:
        return self.as_text()

    def _repr_html_(self) -> str:
        lang = current()
        head = "".join(f"<p><b>{escape(s)}</b></p>" for s in self.summary(lang))
        groups: dict[str, list[Checked]] = {}
        for c in self.checks:
            groups.setdefault(c.group, []).append(c)
        body = "".join(_group_html(g, cs, lang) for g, cs in groups.items())
        notes = "".join(_findings_html(findings, lang) for findings in self._noted)
        if notes:
            notes = f"<h4>{escape(_WORDS['notes'][lang])}</h4><ul>{notes}</ul>"
        return f'<div class="kpikit-report"><h3>{escape(self.company)}</h3>{head}{body}{notes}</div>'


def _told(finding: Finding, lang: str) -> list[str]:
    why, mend = finding.tell(lang)
    return [f"      [{finding.where}] {why}", f"        → {_WORDS['mend'][lang]}: {mend}"]


def _the_same(rest: list[Finding], lang: str) -> str:
    return say(_WORDS["same"], lang).format(n=len(rest), places=", ".join(f.where for f in rest))


def _group_html(group: str, checks: list[Checked], lang: str) -> str:
    ticked = sum(c.passed for c in checks)
    rows = "".join(
        f"<li>{'✓' if c.passed else '<b>✗</b>'} {escape(c.id)} {escape(c.question(lang))}"
        + (f"<ul>{_findings_html(c.findings, lang)}</ul>" if c.findings else "")
        + "</li>"
        for c in checks
    )
    opened = "" if ticked == len(checks) else " open"
    title = f"{group}. {escape(GROUP_NAMES[group][lang])}: {ticked}/{len(checks)}"
    return f'<details{opened}><summary>{title}</summary><ul style="list-style:none">{rows}</ul></details>'


def _findings_html(findings: list[Finding], lang: str) -> str:
    told = "".join(_finding_html(f, lang) for f in findings[:TOLD])
    if not (rest := findings[TOLD:]):
        return told
    more = "".join(_finding_html(f, lang) for f in rest)
    return f"{told}<li><details><summary>{escape(_the_same(rest, lang))}</summary><ul>{more}</ul></details></li>"


def _finding_html(finding: Finding, lang: str) -> str:
    why, mend = finding.tell(lang)
    return (
        f"<li><code>{escape(finding.where)}</code> {escape(why)}"
        f"<br>→ <i>{escape(_WORDS['mend'][lang])}:</i> {escape(mend)}</li>"
    )


@dataclass(frozen=True)
class Explained:
    """One question of the checklist, explained; made from the same entry that the report reads."""

    id: str
    entry: dict[str, Any]

    def _parts(self, lang: str) -> list[tuple[str, str]]:
        return [
            ("", self.entry["why"][lang]),
            *((_WORDS[k][lang] + ": ", self.entry[k][lang]) for k in ("bad", "good")),
        ]

    def as_text(self, lang: str | None = None) -> str:
        """The question, why it is asked, and an example each way."""
        lang = lang or current()
        title = f"{self.id} {self.entry['question'][lang]}"
        return "\n\n".join([title, *(label + text for label, text in self._parts(lang))]) + "\n"

    def __str__(self) -> str:
        return self.as_text()

    def _repr_html_(self) -> str:
        lang = current()
        parts = "".join(f"<p><i>{escape(label)}</i>{escape(text)}</p>" for label, text in self._parts(lang))
        return f"<h4>{escape(self.id)} {escape(self.entry['question'][lang])}</h4>{parts}"
