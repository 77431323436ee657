"""Questions as forms: asked in a notebook, filled from the record, saved at every change; a whole KPI design too."""

from .asking import answer, ask
from .form import Form, after_change, asked_last, in_notebook, refill

__all__ = ["Form", "after_change", "answer", "ask", "asked_last", "in_notebook", "refill"]
