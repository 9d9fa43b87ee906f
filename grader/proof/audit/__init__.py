"""The course proved sound: measured lecture by lecture, shown as text or as data; what does not hold is a hole.

`measuring` makes the record of a lecture, `as_text` and `as_json` are pure functions of it.
"""

from grader.proof.audit.as_json import audit_data
from grader.proof.audit.as_text import lecture_text, table
from grader.proof.audit.measuring import alternatives, as_submission, measure
from grader.proof.audit.record import Proof

__all__ = [
    "Proof",
    "alternatives", "as_submission", "audit_data", "lecture_text", "measure", "table",
]  # fmt: skip
