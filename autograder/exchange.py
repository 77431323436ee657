"""nbgrader's exchange, which takes the learner's answers along.

A class folder never copies answers out (`course.NEVER_COPIED`: a release must not carry somebody's); on the way in they
are the hand-in.
"""

from __future__ import annotations

from typing import Any

from nbgrader.exchange.default import ExchangeCollect, ExchangeSubmit

NOT_HANDED_IN = [".ipynb_checkpoints", "*.pyc", "__pycache__"]


class _Whole:
    """Copies a hand-in whole, whatever the class folder leaves out elsewhere."""

    coursedir: Any

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        kept, self.coursedir.ignore = self.coursedir.ignore, NOT_HANDED_IN
        try:
            super().do_copy(src, dest, log)  # type: ignore[misc]
        finally:
            self.coursedir.ignore = kept


class CollectAnswers(_Whole, ExchangeCollect):
    """``nbgrader collect`` with answers.yaml and the zip that `kpikit.hand_in` made."""


class SubmitAnswers(_Whole, ExchangeSubmit):
    """``nbgrader submit`` on a machine that has the class's configuration."""
