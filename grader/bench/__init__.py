"""What grading costs: `python -m grader.bench`, and `python -m grader.bench.classroom DIR` for a class of 1,000."""
