"""What counts: of several hand-ins which, how late is how much less, and marks that a person has set."""

from grader.office.gradebook.policy.class_file import CLASS_FILE, NO_RULES, Override, Rules, read_rules
from grader.office.gradebook.policy.deciding import decided, unknown_people
from grader.office.gradebook.policy.several import BEST, FIRST, LAST, TAKES, one_each, rows_of, that_counts

__all__ = [
    "BEST", "CLASS_FILE", "FIRST", "LAST", "NO_RULES", "TAKES",
    "Override", "Rules", "decided", "one_each", "read_rules", "rows_of", "that_counts", "unknown_people",
]  # fmt: skip
