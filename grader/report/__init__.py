"""A report as text on a terminal, JSON or a page: pure functions of `grader.judging.findings`."""
